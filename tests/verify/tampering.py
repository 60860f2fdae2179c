"""Every way to tamper with an export, at every entry and every field, and whether the verifier finds it.

What runs, exactly: an export of four segments and a branch (``office_year``) is read by the verifier once;
after each entry its state is kept. A tampering at entry n leaves the lines before n as they are, so it is
tried by the verifier's own reader going on from a copy of the state after n - 1: it reads the changed
line and all that follow until the first fault (faults are only ever added, so the first one settles the
verdict) or the end, and there is held against both second files, the main line's and the branch's.
One tampering in ``WHOLE_EVERY`` is also given as a whole file to ``verify_lines``, which must say the same.

Ways: each field of the header, of the payload (as it stands, and with size, commitment and hashes made
anew without the key), salt and signature changed; payload and salt of another entry; entry deleted, twice
(here and at the end), of another device, forged with another key in its place; two swapped, near and
far; the chain made anew from here on without the key, and with the key; the tail cut off here; rolled
back to here and gone on; the whole file signed anew under another key; the first line changed.

Not among them: payload and salt both emptied. That is the form of a lawful erasure, which the verifier
counts and tells, and takes for no fault.
"""

import copy
import json
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app import verify
from counter_app.domain.entry import NOWHERE, Entry, Header, Place, commitment
from tests.verify.journals import FIRST, KEY, Act, act_of, entry_after, line, lines, sealed
from tests.verify.office_year import OPENED, ends, year

WHOLE_EVERY = 499
ANOTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
Tampering = tuple[str, int, Callable[[], Iterable[bytes]]]
"""Its way, how many entries before it are left as they are, and the lines from there on."""

_HEADER = "4s B B H Q Q 32s Q Q q Q 16s 16s 16s 16s 16s q I 32s h 2s"


def header_fields() -> list[tuple[int, int]]:
    """Offset and size of each field of the header."""
    sizes = [struct.calcsize(f">{part}") for part in _HEADER.split()]
    return [(sum(sizes[:number]), size) for number, size in enumerate(sizes)]


class Tamperer:
    """An export, the verifier's state after each of its entries, and the trying out."""

    def __init__(self, entries: int = 1000) -> None:
        made = year(entries)
        self.entries = [one.entry for one in made]
        self.anchors = ends(made)
        self._first, *self.lines = lines(self.entries)
        self._states = [verify._Journal(verify.Report(), self._first)]
        for number, text in enumerate(self.lines, 2):
            self._states.append(_copied(self._states[-1]))
            self._states[-1].read(number, text)
        self.tried = Counter[str]()
        self.missed = Counter[str]()
        self.told_otherwise = 0

    def sound(self) -> bool:
        """Nothing is found where nothing was changed: read on from each state, and as a whole."""
        whole = verify.verify_lines([self._first, *self.lines], self.anchors).ok
        return whole and not any(self._found(n, self.lines[n : n + 2], ()) for n in range(len(self.lines)))

    def try_out(self, share: int = 0, shares: int = 1) -> None:
        """Try every tampering at every entry of one share of them."""
        for at in range(share, len(self.entries), shares):
            for way, kept, changed in ways(self, at):
                self._try(way, kept, changed)
        if share == 0:
            self._try_files()

    def _try(self, way: str, kept: int, changed: Callable[[], Iterable[bytes]]) -> None:
        found = self._found(kept, changed(), self.anchors)
        self.tried[way] += 1
        self.missed[way] += not found
        if sum(self.tried.values()) % WHOLE_EVERY == 0:
            file = [self._first, *self.lines[:kept], *changed()]
            self.told_otherwise += verify.verify_lines(file, self.anchors).ok == found

    def _try_files(self) -> None:
        """What changes the file from its first line on is given as a whole."""
        for way, file in files(self):
            self.tried[way] += 1
            self.missed[way] += verify.verify_lines(file, self.anchors).ok

    def _found(self, kept: int, changed: Iterable[bytes], anchors: Iterable[bytes]) -> bool:
        journal = _copied(self._states[kept])
        for number, text in enumerate(changed, kept + 2):
            journal.read(number, text)
            if journal._report.faults:
                return True
        try:
            for second in anchors:
                journal.compare(second)
        except verify._Wrong:
            return True
        return bool(journal._report.faults)


def _copied(journal: verify._Journal) -> verify._Journal:
    """The verifier's state, to read on from twice: what it holds is copied, entries in it never change."""
    twin = copy.copy(journal)
    for owner in (twin, journal._report):
        copies = {name: copy.copy(value) for name, value in vars(owner).items()}
        vars(twin if owner is twin else twin._report).update(copies)
    return twin


# -- at an entry -----------------------------------------------------------------------------------------


def ways(export: Tamperer, at: int) -> Iterator[Tampering]:
    """Every tampering at the entry of this number, from 0."""
    entry, after = export.entries[at], export.lines[at + 1 :]
    for way, changed in _edits(entry, export.entries[at - 1]):
        yield way, at, lambda changed=changed: [line(changed), *after]
    yield from _moves(export, at)
    yield "chain anew without the key", at, lambda: _anew(export, at, ANOTHER_KEY)
    yield "chain anew with the key", at, lambda: _anew(export, at, KEY)
    yield "tail cut", at, lambda: ()
    if after:
        yield "rolled back", at + 1, lambda: [line(_gone_on(entry))]


def _edits(entry: Entry, other: Entry) -> Iterator[tuple[str, Entry]]:
    for offset, size in header_fields():
        for at in {offset, offset + size - 1}:
            yield "header field", replace(entry, packed_header=_turned(entry.packed_header, at))
    for payload in _payloads(entry.payload):
        yield "payload field", replace(entry, payload=payload)
        sizes = {"payload_size": len(payload), "commitment": commitment(entry.salt, payload)}
        header = replace(entry.header, **sizes)  # type: ignore[arg-type]
        yield "payload field, hashes anew", replace(entry, packed_header=header.packed(), payload=payload)
    yield "salt", replace(entry, salt=_turned(entry.salt, 7))
    yield "salt", replace(entry, salt=b"")
    yield "signature", replace(entry, signature=_turned(entry.signature, 3))
    yield "signature", replace(entry, signature=_turned(entry.signature, 40))
    yield "signature", replace(entry, signature=other.signature)
    yield "payload of another", replace(entry, payload=other.payload, salt=other.salt)


def _turned(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def _payloads(payload: bytes) -> Iterator[bytes]:
    """The payload with each single field changed, and with each left out."""
    whole = json.loads(payload)
    for path in _paths(whole):
        for leave_out in (False, True):
            fields = copy.deepcopy(whole)
            holder = fields
            for step in path[:-1]:
                holder = holder[step]
            if leave_out:
                del holder[path[-1]]
            else:
                holder[path[-1]] = _other(holder[path[-1]])
            yield json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every single field, those in lists too."""
    if isinstance(value, dict | list) and value:
        steps = value if isinstance(value, dict) else range(len(value))
        for step in steps:
            yield from _paths(value[step], (*path, step))
    else:
        yield path


def _other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 100
        case str():
            return f"{value}1"
    return "something" if not value else None


def _moves(export: Tamperer, at: int) -> Iterator[Tampering]:
    here, after = export.lines[at], export.lines[at + 1 :]
    yield "deleted", at, lambda: after
    yield "twice", at + 1, lambda: [here, *after]
    yield "twice", len(export.lines), lambda: [here]
    before = export.entries[at]
    yield "of another device", at + 1, lambda: [line(_foreign(before)), *after]
    yield "forged", at + 1, lambda: [line(_forged(before)), *after]
    for distance in (1, 1 + (at * 7919) % 613):
        if distance <= len(after):
            far = after[distance - 1]
            swapped = [far, *after[: distance - 1], here, *after[distance:]]
            yield "swapped", at, lambda swapped=swapped: swapped


def _foreign(entry: Entry) -> Entry:
    """The entry as another counter would have recorded it, with its own key and name."""
    device = UUID(bytes=sha256(ANOTHER_KEY.public_key().public_bytes_raw()).digest()[:16])
    return sealed(replace(entry.header, device=device), entry.payload, entry.salt, ANOTHER_KEY)


def _forged(before: Entry) -> Entry:
    """A copy of an entry put right behind it, with place, hash and act that fit, signed with another key."""
    header = before.header
    place = Place(header.place.segment, header.place.seq + 1)
    fits = replace(header, place=place, previous=before.hash, parent=NOWHERE, act=act_of(999_999))
    return sealed(fits, before.payload, before.salt, ANOTHER_KEY)


def _gone_on(before: Entry) -> Entry:
    """What the device itself records next after its data was put back to this entry."""
    opened = entry_after(500_000, Act(OPENED, segment=0), None)
    header: Header = replace(
        opened.header, place=Place(4711, 1), previous=before.hash, parent=before.header.place,
        running_total=before.header.running_total,
    )  # fmt: skip
    return sealed(header, opened.payload, opened.salt)


def _anew(export: Tamperer, at: int, key: Ed25519PrivateKey) -> Iterator[bytes]:
    """The entry a second later, and all hashes and signatures from there on made anew."""
    hashes: dict[bytes, bytes] = {}
    for entry in islice(export.entries, at, None):
        header = entry.header
        moved = 0 if hashes else 1000
        header = replace(
            header, wall_ms=header.wall_ms + moved, previous=hashes.get(header.previous, header.previous)
        )
        anew = sealed(header, entry.payload, entry.salt, key)
        hashes[entry.hash] = anew.hash
        yield line(anew)


# -- from the first line on --------------------------------------------------------------------------------


def files(export: Tamperer) -> Iterator[tuple[str, Sequence[bytes]]]:
    """Whole files: another device's key throughout, and the first line changed."""
    public = ANOTHER_KEY.public_key().public_bytes_raw()
    device = UUID(bytes=sha256(public).digest()[:16])
    first = {**FIRST, "device": str(device), "public_key": public.hex()}
    hashes: dict[bytes, bytes] = {}
    anew = []
    for entry in export.entries:
        header = replace(
            entry.header, device=device, previous=hashes.get(entry.header.previous, entry.header.previous)
        )
        anew.append(sealed(header, entry.payload, entry.salt, ANOTHER_KEY))
        hashes[entry.hash] = anew[-1].hash
    yield "another key throughout", [json.dumps(first).encode(), *map(line, anew)]
    for name in FIRST:
        changed = {key: value for key, value in FIRST.items() if key != name}
        yield "first line", [json.dumps(changed).encode(), *export.lines]
        yield "first line", [json.dumps({**changed, name: _other(FIRST[name])}).encode(), *export.lines]
    yield "first line", export.lines
