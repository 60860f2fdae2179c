"""Checks an exported journal without the program: ``python verify.py FILE [--anchor FILE] [--json]``.

One file, standard library only, a deliberate second implementation of the journal: it shares nothing
with the program but the golden vectors and ``docs/journal.md``, which describes what is checked.
Exit code 0: the journal is whole; 1: it is not, or cannot be read; 2: wrongly called.
"""

import argparse
import base64
import hashlib
import hmac
import json
import struct
import sys
from collections import namedtuple
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache, reduce
from itertools import accumulate, repeat
from pathlib import Path
from typing import Any
from uuid import UUID

LARGEST_PAYLOAD, LONGEST_LINE, MOST_FAULTS = 64 * 1024, 128 * 1024, 50
_SLOT, _SLOTS_AT = {b"CTRANCH1": ">8sQQQ32s64s2Q", b"CTRANCH2": ">8sQQQ32s64s5Q"}, (0, 4096)
_FIELDS = struct.Struct(">4sBBHQQ32sQQqQ16s16s16s16s16sqI32sh2s")
_OPENED, _GAP, _DRAWER_OPENED, _CLOSED, _PAYMENT, _NOWHERE = 1, 2, 20, 21, 30, (0, 0)
_LIFE = (40, 41, *range(43, 48))
_KINDS = (1, 2, *range(10, 18), *range(20, 26), *range(30, 37), *_LIFE, 50, 51, *range(60, 67), 70)
_KNOWN = dict.fromkeys(_KINDS, 1) | dict.fromkeys((_GAP, _CLOSED, _PAYMENT, 40, 41), 2)  # newest version
_NAMES, _PARTS = ("receipt", "complaint", "slip", "move", "closing"), "header payload salt signature"
_SERIES = {30: "receipt", 40: "complaint", 21: "closing", **dict.fromkeys(range(31, 35), "slip")}
_SERIES |= dict.fromkeys((22, 23), "move")
_AT_DRAWER, _SUM = (20, 21, 22, 23, 24, 30, 31, 32), ("opening", "cash", "moved_in", "moved_out")
_EPOCH, _LATEST = datetime.fromisoformat("1970-01-01T05:30:00+05:30"), 250_000_000_000_000  # ms; year 9892


class Fault(str):
    """An English sentence that keeps its parts, for whoever says it in another language."""

    pattern, facts, line, entry = "", tuple[Any, ...](), 0, ""

    def __new__(cls, pattern: str, *facts: Any, line: int = 0, entry: str = "") -> "Fault":  # noqa: D102
        where = f"Line {line}{entry and ', entry '}{entry}: " if line else ""
        fault = super().__new__(cls, where + pattern.format(*facts))
        fault.pattern, fault.facts, fault.line, fault.entry = pattern, facts, line, entry
        return fault


class _Wrong(Exception):
    """What is the matter: the pattern of a sentence and its facts."""


# -- Ed25519, verifying only (RFC 8032) -------------------------------------------------------------------

_P, _L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
_D, _ROOT = -121665 * pow(121666, -1, _P) % _P, pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]  # X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z
_ZERO: _Point = (0, 1, 1, 0)
_BASE = bytes([0x58]) + bytes([0x66]) * 31


def _add(one: _Point, other: _Point) -> _Point:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b = (y1 - x1) * (y2 - x2) % _P, (y1 + x1) * (y2 + x2) % _P
    c, d = 2 * _D * t1 * t2 % _P, 2 * z1 * z2 % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _packed(point: _Point) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, -1, _P)
    return (y * inverse % _P | (x * inverse % _P & 1) << 255).to_bytes(32, "little")


def _unpacked(data: bytes) -> _Point:
    """The point of 32 bytes; ValueError when they stand for none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    x = x * _ROOT % _P if (x * x - square) % _P else x
    if y >= _P or len(data) != 32 or (x * x - square) % _P or (x == 0 and sign):
        raise ValueError("no point of the curve")
    x = x if x & 1 == sign else _P - x
    return x, y, 1, x * y % _P


@lru_cache(maxsize=4)
def _multiples(packed: bytes) -> list[tuple[_Point, ...]]:
    """For each of the 32 bytes of a factor, the 256 multiples of a point: signatures share two points."""
    rows, point = list[tuple[_Point, ...]](), _unpacked(packed)
    for _ in range(32):
        rows.append(tuple(accumulate(repeat(point, 255), _add, initial=_ZERO)))
        point = _add(rows[-1][255], point)
    return rows


def _times(packed: bytes, factor: int) -> _Point:
    digits = zip(_multiples(packed), factor.to_bytes(32, "little"), strict=True)
    return reduce(_add, (row[digit] for row, digit in digits))


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature (64 bytes) over the message was made with the key of ``public``."""
    first, second = signature[:32], int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or second >= _L:
        return False
    digest = int.from_bytes(hashlib.sha512(first + public + message).digest(), "little") % _L
    x, y, z, t = _times(public, digest)
    return hmac.compare_digest(_packed(_add(_times(_BASE, second), (-x % _P, y, z, -t % _P))), first)


@dataclass
class Report:
    """What a file holds and, in ``faults``, one sentence for each thing that is not as it was recorded.

    ``serials``: first and last of each series; ``gaps``: entries behind which numbers go on above a gap;
    ``unanchored``: segments begun without a second file; ``head``: place and hash of the last entry;
    ``unread``: newer than this verifier; ``anchored``: place in a second file, how many entries follow.
    """

    device: str = ""
    public_key: str = ""
    office: str = ""
    entries: int = 0
    segments: int = 0
    branches: int = 0
    erased: int = 0
    unread: int = 0
    gaps: int = 0
    unanchored: int = 0
    serials: dict[str, tuple[int, int]] = field(default_factory=dict)
    running_total: int = 0
    first_at: str = ""
    last_at: str = ""
    head: str = ""
    anchored: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    ok = property(lambda self: not self.faults, doc="Whether everything that was checked is whole.")


_Header = namedtuple(
    "_Header",
    "magic layout version kind segment seq previous parent_segment parent_seq wall_ms steady_ms boot device"
    " person act drawer total size commitment zone filling",
)


def _read_object(text: bytes, otherwise: str) -> dict[str, Any]:
    try:
        value = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise _Wrong(otherwise)
    return value


def _read_bytes(line: dict[str, Any], name: str) -> bytes:
    try:
        data = base64.b64decode(line[name], validate=True)
    except (KeyError, TypeError, ValueError):
        raise _Wrong("The {0} is missing or is not base64.", name) from None
    if base64.b64encode(data).decode("ascii") != line[name]:
        raise _Wrong("The {0} is not written as base64 is.", name)
    return data


def _read_payload(header: _Header, payload: bytes, salt: bytes) -> dict[str, Any]:
    if len(payload) != header.size or len(payload) > LARGEST_PAYLOAD or len(salt) != 32:
        raise _Wrong("Payload or salt has another size than was recorded.")
    if not hmac.compare_digest(hmac.new(salt, payload, hashlib.sha256).digest(), header.commitment):
        raise _Wrong("The payload is not the one that was recorded.")
    return _read_object(payload, "The payload is not a JSON object.")


def _whole(fields: Any, name: str) -> int:
    value = fields.get(name) if isinstance(fields, dict) else None
    if type(value) is not int:
        raise _Wrong("The payload has no whole number {0}.", name)
    return value


def _added_up(kind: int, fields: dict[str, Any]) -> int | None:
    """What a payment took, in paise, after adding up its parts; None for a closing that adds up."""
    amount = _whole(fields, "amount" if kind == _PAYMENT else "expected")
    if kind == _CLOSED:
        opening, cash, came, went = (_whole(fields, name) for name in _SUM)
        if opening + cash + came - went != amount:
            raise _Wrong("The closing of the drawer does not add up.")
        return None
    if amount <= 0 or amount % 100:
        raise _Wrong("The amount of the payment is not whole rupees above zero.")
    for parts in (fields.get("tenders"), fields.get("shares")):
        if not isinstance(parts, list) or sum(_whole(part, "amount") for part in parts) != amount:
            raise _Wrong("The parts of the payment do not add up to its amount.")
    return amount


# Where the tree stands after an entry: its hash, money taken, last serials, entries up to it.
_Standing = namedtuple("_Standing", "hash total serials number", defaults=(bytes(32), 0, {}, 0))


class _Journal:
    """Begins with the first line of a file, reads entries in order, compares each with those before it."""

    def __init__(self, report: Report, first: bytes) -> None:
        line = _read_object(first, "The file is empty, or its first line is not a JSON object.")
        if line.get("format") != "counter-journal" or line.get("version") != 1:
            raise _Wrong("The file is not an exported journal of a version this verifier knows.")
        try:
            self._device, self._public = UUID(line["device"]).bytes, bytes.fromhex(line["public_key"])
            small = _times(self._public, 8)[0] % _P == 0  # a key of small order signs everything
            if small or hashlib.sha256(self._public).digest()[:16] != self._device:
                raise ValueError
        except (AttributeError, KeyError, TypeError, ValueError):
            raise _Wrong("The first line does not name a device with its public key.") from None
        report.device, report.public_key, self._report = self._device.hex(), self._public.hex(), report
        self._standing, self._followed = dict[Any, _Standing](), set[Any]()
        self._acts, self._drawers, self._line, self._entry = set[bytes](), set[bytes](), 0, ""

    def read(self, number: int, text: bytes) -> None:
        """Check one line; everything wrong with it goes into the report."""
        self._line, self._entry = number, ""
        self._report.entries += 1
        try:
            line = _read_object(text, "The line is not a JSON object.")
            packed, payload, salt, signature = (_read_bytes(line, part) for part in _PARTS.split())
            if len(packed) != _FIELDS.size:
                raise _Wrong("The header has {0} bytes; it must have {1}.", len(packed), _FIELDS.size)
            header = _Header._make(_FIELDS.unpack(packed))
            if (header.magic, header.layout, header.filling) != (b"CTRJ", 1, bytes(2)):
                raise _Wrong("The header is not one of this format.")
        except _Wrong as wrong:
            self._demand(False, *wrong.args)
            return
        self._entry = entry = f"{header.segment:016x}/{header.seq}"
        digest = hashlib.sha256(packed).digest()
        self._demand(signed(self._public, digest, signature), "The signature is not this counter's.")
        before = self._follow(header)
        self._own(header)
        serials = self._count(header, before, *self._contents(header, payload, salt))
        at = str(_EPOCH + timedelta(seconds=header.wall_ms // 1000)) if 0 <= header.wall_ms < _LATEST else "?"
        self._report.first_at, self._report.last_at = self._report.first_at or at, at
        self._report.segments += header.seq == 1
        self._report.running_total, self._report.head = header.total, f"{entry} {digest.hex()}"
        here = _Standing(digest, header.total, serials, self._report.entries)
        self._standing[header.segment, header.seq] = here

    def compare(self, anchor: bytes) -> None:
        """Hold all that was read against the bytes of a second file: what that names must be here."""
        self._line, self._entry = 0, ""
        written = []
        for slot in (anchor[at:] for at in _SLOTS_AT if anchor[at : at + 8] in _SLOT):
            layout = struct.Struct(_SLOT[slot[:8]])
            if hashlib.sha256(slot[: layout.size]).digest() == slot[layout.size :][:32]:
                written.append(layout.unpack(slot[: layout.size])[1:])
        if not written:
            if any(anchor) or self._report.entries:
                raise _Wrong("The second file names no entry, so it proves nothing.")
            return
        _, segment, seq, digest, signature, *serials = max(written)
        place, here = f"{segment:016x}/{seq}", self._standing.get((segment, seq))
        self._demand(signed(self._public, digest, signature), "The second file is not signed by this device.")
        if here is None or here.hash != digest:
            raise _Wrong("{0} of the second file is not here: cut off or rewritten.", place)
        agree = [here.serials.get(series, 0) for series in _NAMES[: len(serials)]] == serials
        self._demand(agree, "The second file counts its numbers otherwise at {0}.", place)
        self._report.anchored[place] = self._report.entries - here.number

    def _demand(self, fulfilled: bool, pattern: str, *facts: Any) -> None:
        if not fulfilled:
            self._report.faults.append(Fault(pattern, *facts, line=self._line, entry=self._entry))

    def _follow(self, header: _Header) -> _Standing:
        """The standing of the entry before this one, as far as it is here."""
        place, parent = (header.segment, header.seq), (header.parent_segment, header.parent_seq)
        first, opens = header.seq == 1, header.kind == _OPENED
        self._demand(first == opens, "The first entry of a segment, and no other, opens it.")
        self._demand(place not in self._standing, "This place is taken by an earlier line.")
        self._demand(first or parent == _NOWHERE, "Only the first entry of a segment names a parent.")
        if first and parent == _NOWHERE:
            alone = not self._standing and header.previous == bytes(32)
            self._demand(alone, "A segment without a parent can only be the first.")
            return _Standing()
        earlier = parent if first else (header.segment, header.seq - 1)
        before = self._standing.get(earlier, _Standing(b""))
        behind = first or next(reversed(self._standing), None) == earlier  # a segment stands together
        follows = behind and before.hash == header.previous
        self._demand(follows, "It does not follow {0}, or that is missing.", "{:016x}/{}".format(*earlier))
        self._report.branches += earlier in self._followed
        self._followed.add(earlier)
        return before

    def _own(self, header: _Header) -> None:
        self._demand(header.device == self._device, "It was recorded by another device than the file names.")
        self._demand(header.act not in self._acts, "The same act was recorded before.")
        self._acts.add(header.act)
        if header.kind == _DRAWER_OPENED and any(header.drawer):
            self._drawers.add(header.drawer)
        if header.kind in _AT_DRAWER:
            self._demand(header.drawer in self._drawers, "It names no drawer that was opened.")

    def _contents(self, header: _Header, payload: bytes, salt: bytes) -> tuple[Any, int | None]:
        """Serial (of a gap both) and money of an entry; None where it has none or they cannot be read."""
        known = 1 <= header.version <= _KNOWN.get(header.kind, 0)
        self._report.erased += not payload and not salt
        self._report.unread += not known
        try:
            fields = _read_payload(header, payload, salt) if payload or salt else None
            if fields is not None and known:
                if header.kind == _OPENED:
                    self._report.office = f"{fields.get('office')}-{fields.get('counter')}"
                    self._report.unanchored += fields.get("reason") == "second file missing"
                if header.kind == _GAP:
                    names = _NAMES[: 2 if header.version == 1 else 5]
                    return {name: _whole(fields, f"{name}s") for name in names}, None
                if (header.kind, header.version) == (_CLOSED, 1):
                    return None, None
                serial = _whole(fields, "serial") if header.kind in _SERIES else None
                return serial, _added_up(header.kind, fields) if header.kind in (_PAYMENT, _CLOSED) else None
        except _Wrong as wrong:
            self._demand(False, *wrong.args)
        return None, None

    def _count(self, header: _Header, before: _Standing, serial: Any, taken: Any) -> dict[str, int]:
        """Check running total and serial; the last serial of each series after this entry."""
        added = header.total - before.total
        if header.kind == _PAYMENT:
            right = added == taken if taken is not None else added > 0
            self._demand(right, "The running total grows by {0} paise, not by this payment.", added)
        elif header.kind in _KNOWN:  # what is newer than this verifier may move money in its own way
            self._demand(added == 0, "The running total grows by {0} paise without a payment.", added)
        if header.kind == _GAP and serial:
            self._report.gaps += 1
            return {name: max(above, before.serials.get(name, 0)) for name, above in serial.items()}
        series = _SERIES.get(header.kind)
        if series is None or (header.kind, header.version) == (_CLOSED, 1):  # it gave out no number
            return dict(before.serials)
        expected = before.serials.get(series, 0) + 1
        serial = expected if serial is None else serial
        self._demand(serial == expected, "The {0} serial is {1}; {2} comes next.", series, serial, expected)
        low, high = self._report.serials.get(series, (serial, serial))
        self._report.serials[series] = min(low, serial), max(high, serial)
        return {**before.serials, series: serial}


def verify_lines(lines: Iterable[bytes], anchors: Iterable[bytes] = ()) -> Report:
    """Check the lines of an export against each other and second files; never raises for what they hold."""
    report, rest = Report(), iter(lines)
    try:
        journal = _Journal(report, next(rest, b""))
        for number, line in enumerate(rest, 2):
            if len(line) > LONGEST_LINE:
                raise _Wrong("Line {0} is longer than any entry can be. Reading stopped.", number)
            journal.read(number, line)
            if len(report.faults) >= MOST_FAULTS:
                raise _Wrong("There is too much wrong. Reading stopped at line {0}.", number)
        for anchor in anchors:
            journal.compare(anchor)
    except _Wrong as wrong:
        report.faults.append(Fault(*wrong.args))
    return report


def verify_export(path: Path, anchors: Iterable[Path] = ()) -> Report:
    """Check an exported journal in a file; a file that cannot be read gives a report that says so."""
    try:
        held = [anchor.read_bytes() for anchor in anchors]
        with path.open("rb") as file:
            return verify_lines(iter(lambda: file.readline(LONGEST_LINE + 1), b""), held)
    except OSError as fault:
        return Report(faults=[Fault("{0} cannot be read.", fault.filename)])


def main(arguments: list[str] | None = None) -> int:
    """Check the file named on the command line."""
    parser = argparse.ArgumentParser(prog="verify.py", description="Check an exported journal of a counter.")
    add = parser.add_argument
    add("file", type=Path, metavar="FILE", help="the export, as made by the program")
    add("--anchor", action="append", type=Path, default=[], metavar="FILE", help="the counter's second file")
    add("--json", action="store_true", help="print one JSON object instead of sentences")
    chosen = parser.parse_args(arguments)
    report = verify_export(chosen.file, chosen.anchor)
    found = {"ok": report.ok, **vars(report)}
    told = [f"{name}: {value}" for name, value in found.items() if name != "faults"] + [*report.faults]
    warned = f"Starts without the second file: {report.unanchored}. Was older data put back?"
    told += [warned] * bool(report.unanchored)
    told += ["जर्नल पूरा और सही है। The journal is whole." if report.ok else "जर्नल सही नहीं है। It is NOT whole."]
    text = json.dumps(found) if chosen.json else "\n".join(told)
    sys.stdout.buffer.write(f"{text}\n".encode(errors="backslashreplace"))
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
