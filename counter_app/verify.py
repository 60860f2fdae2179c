"""Checks an exported journal without the program: ``python verify.py FILE [--json]``.

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
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

LARGEST_PAYLOAD, LONGEST_LINE, MOST_FAULTS = 64 * 1024, 128 * 1024, 50

_FIELDS = struct.Struct(">4sBBHQQ32sQQqQ16s16s16s16s16sqI32sh2s")
_OPENED, _DRAWER_OPENED, _DRAWER_CLOSED, _PAYMENT, _COMPLAINT = 1, 20, 21, 30, 40
_KNOWN = {1: 1, 10: 1, 11: 1, 12: 1, 13: 1, 20: 1, 21: 1, 30: 1, 40: 1, 41: 1, 50: 1, 51: 1}  # kind: version
_SERIES = {_PAYMENT: "receipt", _COMPLAINT: "complaint"}
_OF_A_DRAWER = frozenset({_DRAWER_OPENED, _DRAWER_CLOSED, _PAYMENT})
_NOWHERE, _PARTS = (0, 0), "header payload salt signature"
_EPOCH, _LATEST = datetime(1970, 1, 1, tzinfo=UTC), 250_000_000_000_000  # milliseconds; year 9892
_Place = tuple[int, int]


class _Wrong(Exception):
    """What is the matter, as a sentence."""


# -- Ed25519, verifying only (RFC 8032) -------------------------------------------------------------------

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]  # X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z
_ZERO: _Point = (0, 1, 1, 0)
_BASE = bytes([0x58]) + bytes([0x66]) * 31


def _add(one: _Point, other: _Point) -> _Point:
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a = (y1 - x1) * (y2 - x2) % _P
    b = (y1 + x1) * (y2 + x2) % _P
    c = 2 * _D * t1 * t2 % _P
    d = 2 * z1 * z2 % _P
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
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if y >= _P or len(data) != 32 or (x * x - square) % _P or (x == 0 and sign):
        raise ValueError("no point of the curve")
    if x & 1 != sign:
        x = _P - x
    return x, y, 1, x * y % _P


@lru_cache(maxsize=4)
def _multiples(packed: bytes) -> tuple[tuple[_Point, ...], ...]:
    """For each of the 32 bytes of a factor, the 256 multiples of a point: signatures share two points."""
    base = _unpacked(packed)
    rows = []
    for _ in range(32):
        row = [_ZERO]
        for _ in range(255):
            row.append(_add(row[-1], base))
        rows.append(tuple(row))
        base = _add(row[-1], base)
    return tuple(rows)


def _times(packed: bytes, factor: int) -> _Point:
    total = _ZERO
    for row, digit in zip(_multiples(packed), factor.to_bytes(32, "little"), strict=True):
        if digit:
            total = _add(total, row[digit])
    return total


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature (64 bytes) over the message was made with the key of ``public``."""
    first, second = signature[:32], int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or second >= _L:
        return False
    digest = int.from_bytes(hashlib.sha512(first + public + message).digest(), "little") % _L
    x, y, z, t = _times(public, digest)
    return hmac.compare_digest(_packed(_add(_times(_BASE, second), (-x % _P, y, z, -t % _P))), first)


# -- the report and one entry --------------------------------------------------------------------------------


@dataclass
class Report:
    """What a file holds and, in ``faults``, one sentence for each thing that is not as it was recorded.

    ``serials`` gives the first and last serial of each series, ``running_total`` paise, ``head`` place
    and hash of the last entry. Entries counted in ``unread`` are newer than this verifier: chain and
    signature were checked, contents were not.
    """

    device: str = ""
    public_key: str = ""
    office: str = ""
    entries: int = 0
    segments: int = 0
    branches: int = 0
    erased: int = 0
    unread: int = 0
    serials: dict[str, tuple[int, int]] = field(default_factory=dict)
    running_total: int = 0
    first_at: str = ""
    last_at: str = ""
    head: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything that was checked is whole."""
        return not self.faults


_Header = namedtuple(
    "_Header",
    "magic layout version kind segment seq previous parent_segment parent_seq wall_ms steady_ms boot device"
    " person act drawer total size commitment zone filling",
)


def _read_header(data: bytes) -> _Header:
    if len(data) != _FIELDS.size:
        raise _Wrong(f"The header has {len(data)} bytes; it must have {_FIELDS.size}.")
    header = _Header._make(_FIELDS.unpack(data))
    if (header.magic, header.layout, header.filling) != (b"CTRJ", 1, bytes(2)):
        raise _Wrong("The header is not one of this format.")
    return header


def _read_object(text: bytes, what: str) -> dict[str, Any]:
    try:
        value = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise _Wrong(f"{what} is not a JSON object.")
    return value


def _read_bytes(line: dict[str, Any], name: str) -> bytes:
    try:
        data = base64.b64decode(line[name], validate=True)
    except (KeyError, TypeError, ValueError):
        raise _Wrong(f"The {name} is missing or is not base64.") from None
    if base64.b64encode(data).decode("ascii") != line[name]:
        raise _Wrong(f"The {name} is not written as base64 is.")
    return data


def _read_payload(header: _Header, payload: bytes, salt: bytes) -> dict[str, Any]:
    if len(payload) != header.size or len(payload) > LARGEST_PAYLOAD or len(salt) != 32:
        raise _Wrong("Payload or salt has another size than was recorded.")
    if not hmac.compare_digest(hmac.new(salt, payload, hashlib.sha256).digest(), header.commitment):
        raise _Wrong("The payload is not the one that was recorded.")
    return _read_object(payload, "The payload")


def _whole(fields: Any, name: str) -> int:
    value = fields.get(name) if isinstance(fields, dict) else None
    if type(value) is not int:
        raise _Wrong(f"The payload has no whole number {name}.")
    return value


def _money_in(fields: dict[str, Any]) -> int:
    """What a payment took, in paise, after adding up its parts."""
    amount = _whole(fields, "amount")
    if amount <= 0 or amount % 100:
        raise _Wrong("The amount of the payment is not whole rupees above zero.")
    for parts in (fields.get("tenders"), fields.get("shares")):
        if not isinstance(parts, list) or sum(_whole(part, "amount") for part in parts) != amount:
            raise _Wrong("The parts of the payment do not add up to its amount.")
    return amount


@dataclass(frozen=True)
class _Standing:
    """Where a line of the tree stands after an entry: its hash, money taken, last serial of each series."""

    hash: bytes = bytes(32)
    total: int = 0
    serials: dict[str, int] = field(default_factory=dict)


class _Journal:
    """Reads entries in order and compares each with those before it."""

    def __init__(self, report: Report, device: bytes, public: bytes) -> None:
        self._report, self._device, self._public = report, device, public
        self._standing: dict[_Place, _Standing] = {}
        self._followed: set[_Place] = set()
        self._acts, self._drawers = set[bytes](), set[bytes]()
        self._where = ""

    def read(self, number: int, text: bytes) -> None:
        """Check one line; everything wrong with it goes into the report."""
        self._where = f"Line {number}"
        self._report.entries += 1
        try:
            line = _read_object(text, "The line")
            packed, payload, salt, signature = (_read_bytes(line, part) for part in _PARTS.split())
            header = _read_header(packed)
        except _Wrong as wrong:
            self._demand(False, str(wrong))
            return
        entry = f"{header.segment:016x}/{header.seq}"
        self._where += f", entry {entry}"
        digest = hashlib.sha256(packed).digest()
        genuine = signed(self._public, digest, signature)
        self._demand(genuine, "The signature is not this counter's over this header.")
        before = self._follow(header)
        self._own(header)
        serials = self._count(header, before, *self._contents(header, payload, salt))
        at = str(_EPOCH + timedelta(seconds=header.wall_ms // 1000)) if 0 <= header.wall_ms < _LATEST else "?"
        self._report.first_at, self._report.last_at = self._report.first_at or at, at
        self._report.segments += header.seq == 1
        self._report.running_total, self._report.head = header.total, f"{entry} {digest.hex()}"
        self._standing[header.segment, header.seq] = _Standing(digest, header.total, serials)

    def _demand(self, fulfilled: bool, sentence: str) -> None:
        if not fulfilled:
            self._report.faults.append(f"{self._where}: {sentence}")

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
        named = f"{earlier[0]:016x}/{earlier[1]}"
        self._demand(before.hash == header.previous, f"It does not follow from {named}, or that is missing.")
        self._report.branches += earlier in self._followed
        self._followed.add(earlier)
        return before

    def _own(self, header: _Header) -> None:
        """Device, act and drawer."""
        self._demand(header.device == self._device, "It was recorded by another device than the file names.")
        self._demand(header.act not in self._acts, "The same act was recorded before.")
        self._acts.add(header.act)
        if header.kind == _DRAWER_OPENED and any(header.drawer):
            self._drawers.add(header.drawer)
        if header.kind in _OF_A_DRAWER:
            self._demand(header.drawer in self._drawers, "It names no drawer that was opened.")

    def _contents(self, header: _Header, payload: bytes, salt: bytes) -> tuple[int | None, int | None]:
        """Serial and money of an entry; None where it has none or they cannot be read."""
        known = _KNOWN.get(header.kind) == header.version
        self._report.erased += not payload and not salt
        self._report.unread += not known
        try:
            fields = _read_payload(header, payload, salt) if payload or salt else None
            if fields is not None and known:
                if header.kind == _OPENED:
                    self._report.office = f"{fields.get('office')}-{fields.get('counter')}"
                serial = _whole(fields, "serial") if header.kind in _SERIES else None
                return serial, _money_in(fields) if header.kind == _PAYMENT else None
        except _Wrong as wrong:
            self._demand(False, str(wrong))
        return None, None

    def _count(self, header: _Header, before: _Standing, serial: Any, taken: Any) -> dict[str, int]:
        """Check running total and serial; the last serial of each series after this entry."""
        added = header.total - before.total
        if header.kind == _PAYMENT:
            right = added == taken if taken is not None else added > 0
            self._demand(right, f"The running total grows by {added} paise, not by this payment.")
        elif header.kind in _KNOWN:  # what is newer than this verifier may move money in its own way
            self._demand(added == 0, f"The running total grows by {added} paise without a payment.")
        series = _SERIES.get(header.kind)
        if series is None:
            return before.serials
        expected = before.serials.get(series, 0) + 1
        serial = expected if serial is None else serial
        self._demand(serial == expected, f"The {series} serial is {serial}; {expected} comes next.")
        low, high = self._report.serials.get(series, (serial, serial))
        self._report.serials[series] = min(low, serial), max(high, serial)
        return {**before.serials, series: serial}


def _begin(report: Report, text: bytes) -> _Journal:
    """Read the first line of the file."""
    line = _read_object(text, "The first line")
    if line.get("format") != "counter-journal" or line.get("version") != 1:
        raise _Wrong("The file is not an exported journal of a version this verifier knows.")
    try:
        device, public = UUID(line["device"]).bytes, bytes.fromhex(line["public_key"])
        if _times(public, 8)[0] % _P == 0 or hashlib.sha256(public).digest()[:16] != device:
            raise ValueError("a key of small order, which signs everything, or another device's key")
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _Wrong("The first line does not name a device with its public key.") from None
    report.device, report.public_key = device.hex(), public.hex()
    return _Journal(report, device, public)


def verify_lines(lines: Iterable[bytes]) -> Report:
    """Check the lines of an export (with or without their line ends); never raises for what they hold."""
    report = Report()
    journal: _Journal | None = None
    try:
        for number, line in enumerate(lines, 1):
            if len(line) > LONGEST_LINE:
                raise _Wrong(f"Line {number} is longer than any entry can be. Reading stopped there.")
            if journal is None:
                journal = _begin(report, line)
            else:
                journal.read(number, line)
            if len(report.faults) >= MOST_FAULTS:
                raise _Wrong(f"There is too much wrong. Reading stopped at line {number}.")
        if journal is None:
            raise _Wrong("The file is empty.")
    except _Wrong as wrong:
        report.faults.append(str(wrong))
    return report


def verify_export(path: Path) -> Report:
    """Check an exported journal in a file; one that cannot be read gives a report that says so."""
    try:
        with path.open("rb") as file:
            return verify_lines(iter(lambda: file.readline(LONGEST_LINE + 1), b""))
    except OSError as fault:
        return Report(faults=[f"The file cannot be read: {fault.strerror}."])


def _sentences(report: Report) -> Iterator[str]:
    """The report for people."""
    yield f"Office and counter {report.office}, device {report.device}, public key {report.public_key}"
    yield f"{report.entries} entries in {report.segments} segments, {report.first_at} to {report.last_at}"
    yield from (
        f"{name.capitalize()} serials {low} to {high}" for name, (low, high) in report.serials.items()
    )
    rupees = "{}.{:02d} rupees".format(*divmod(report.running_total, 100))
    yield f"Running total {rupees}; last entry {report.head}, to be compared with the second file"
    for count, what in (
        (report.branches, "entries have a second successor: a copy of the data was used as well"),
        (report.erased, "payloads were erased; their headers are whole"),
        (report.unread, "entries are of a newer program: chain and signature checked, contents not"),
    ):
        if count:
            yield f"{count} {what}"
    yield from report.faults
    yield "जर्नल पूरा और सही है। The journal is whole." if report.ok else "जर्नल सही नहीं है। It is NOT whole."


def main(arguments: list[str] | None = None) -> int:
    """Check the file named on the command line."""
    parser = argparse.ArgumentParser(prog="verify.py", description="Check an exported journal of a counter.")
    parser.add_argument("file", type=Path, metavar="FILE", help="the export, as made by the program")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")
    chosen = parser.parse_args(arguments)
    report = verify_export(chosen.file)
    text = json.dumps({"ok": report.ok, **asdict(report)}) if chosen.json else "\n".join(_sentences(report))
    sys.stdout.buffer.write(f"{text}\n".encode(errors="backslashreplace"))
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
