"""A run of entries as bytes: what the receiver can work out does not travel.

Hashes, previous hashes, commitments and sizes are recomputed; what is common is said once; clocks, sums
and the numbers inside payloads go by the column; patterns and texts are compressed together. Salts
are random and stay as they are. ``docs/wire.md`` has the layout.
"""

import hashlib
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from counter_app.domain.entry import (
    HEADER,
    HEADER_VERSION,
    LARGEST_PAYLOAD,
    MAGIC,
    SALT_SIZE,
    Entry,
    Header,
    Place,
    commitment,
    drawn_salt,
)
from counter_app.wire.columns import ColumnsDamaged, Packer, Reader, Unpacker, number, signed
from counter_app.wire.pieces import Column, Pieces, PiecesDamaged, Slots, joined, slots, split
from counter_app.wire.squeeze import LARGEST_TEXT, SqueezeDamaged, deflated, inflated

MOST_ENTRIES = 5000
LARGEST_RUN = LARGEST_TEXT // 2
"""Bytes of all payloads of a run together."""

MOST_NUMBERS = 1 << 20
HASH_SIZE, SIGNATURE_SIZE, IDENTITY_SIZE = 32, 64, 16
_NAMED = ("boot", "person", "drawer")
_PLAIN = 10


class RunDamaged(Exception):
    """Bytes that are no run of entries."""


# -- writing ---------------------------------------------------------------------------------------


def packed(entries: Sequence[Entry], seed: bytes = b"") -> bytes:
    """The bytes of a contiguous run; the last entry's signature goes with it, the others' do not.

    Salts that were drawn from ``seed`` are said by it. ``ValueError`` when the run is too large.
    """
    _check_size(entries)
    headers = [entry.header for entry in entries]
    pieces = [split(entry.payload) for entry in entries if not entry.erased]
    first, packer = headers[0], Packer()
    fixed = bytearray(first.place.segment.to_bytes(8, "big") + first.previous)
    if first.place.seq == 1:
        fixed += first.parent.segment.to_bytes(8, "big") + first.parent.seq.to_bytes(8, "big")
    plain = number(len(entries)) + number(first.place.seq)
    for column in zip(*map(_plain_numbers, headers), strict=True):
        packer.add(column)
    for name in _NAMED:
        named = [getattr(header, name).bytes for header in headers]
        known = list(dict.fromkeys(named))
        plain += number(len(known))
        fixed += b"".join(known)
        packer.add([known.index(one) for one in named])
    packer.add([int(entry.erased) for entry in entries])
    packer.add([header.payload_size for header, entry in zip(headers, entries, strict=True) if entry.erased])
    patterns, texts = _add_pieces(packer, fixed, pieces, [header.act.bytes for header in headers])
    sums = [header.running_total for header in headers]
    taken = _first_amount(pieces[0]) if pieces and not entries[0].erased else 0
    grown = [after - before for before, after in zip((sums[0] - taken, *sums), sums, strict=False)]
    packer.add([int(one != 0) for one in grown])
    packer.add([one for one in grown if one])
    drawn = _all_drawn(entries, seed)
    plain += number(drawn)
    fixed += seed if drawn else b""
    for entry in entries:
        if entry.erased or not drawn:
            fixed += entry.header.commitment if entry.erased else entry.salt
    plain += signed(sums[0] - taken) + number(len(patterns)) + packer.said
    text = deflated(number(len(plain)) + plain + b"".join(patterns) + b"".join(texts))
    sizes = number(len(text)) + number(len(packer.bits))
    return sizes + text + bytes(packer.bits) + bytes(fixed) + entries[-1].signature


def _check_size(entries: Sequence[Entry]) -> None:
    if not 0 < len(entries) <= MOST_ENTRIES or sum(len(one.payload) for one in entries) > LARGEST_RUN:
        raise ValueError("no run that the other side would read")


def _all_drawn(entries: Sequence[Entry], seed: bytes) -> bool:
    return bool(seed) and all(
        entry.erased or entry.salt == drawn_salt(seed, entry.header.place) for entry in entries
    )


def _plain_numbers(header: Header) -> tuple[int, ...]:
    """What of a header goes by the column as it is; the act in the parts that versions of UUIDs have."""
    act = header.act.int
    return (
        header.kind, header.kind_version, header.zone_minutes, header.wall_ms, header.steady_ms,
        act >> 80, act >> 76 & 15, act >> 64 & 4095, act >> 62 & 3, act & (1 << 62) - 1,
    )  # fmt: skip


def _first_amount(pieces: Pieces) -> int:
    """What the first entry most likely added to the running total; any guess is good."""
    columns = slots(pieces.pattern).columns
    found = (value for column, value in zip(columns, pieces.numbers, strict=True) if column[1] == b"amount")
    return next(found, 0)


def _add_pieces(
    packer: Packer, fixed: bytearray, pieces: Sequence[Pieces], acts: Sequence[bytes]
) -> tuple[list[bytes], list[bytes]]:
    """Pack the payloads' columns; gives the patterns and the texts that go beside them."""
    patterns = list(dict.fromkeys(one.pattern for one in pieces))
    packer.add([len(pattern) for pattern in patterns])
    packer.add([patterns.index(one.pattern) for one in pieces])
    columns: dict[Column, list[int]] = {}
    for one in pieces:
        for column, value in zip(slots(one.pattern).columns, one.numbers, strict=True):
            columns.setdefault(column, []).append(value)
    for values in columns.values():
        packer.add(values)
    # An identity that is the act of an entry of this run is said by that entry's number, from 1.
    known = {act: index for index, act in enumerate(acts, 1)}
    identities = [identity for one in pieces for identity in one.identities]
    packer.add([known.get(identity, 0) for identity in identities])
    fixed += b"".join(identity for identity in identities if identity not in known)
    texts = [text for one in pieces for text in one.texts]
    packer.add([len(text) for text in texts])
    return patterns, texts


# -- reading ---------------------------------------------------------------------------------------


def unpacked(data: bytes, device: bytes) -> tuple[Entry, ...]:
    """The entries of a run of a device, chained anew; only the last has a signature. ``RunDamaged``.

    Whatever the bytes are, not much more than 8 MiB come of them.
    """
    try:
        return _Run(Reader(data)).entries(device)
    except (ColumnsDamaged, PiecesDamaged, SqueezeDamaged, struct.error) as fault:
        raise RunDamaged(str(fault)) from fault


def _damaged(why: str) -> NoReturn:
    raise RunDamaged(why)


@dataclass(slots=True)
class _Run:
    """Reads a run's parts in the order in which they were packed."""

    body: Reader
    acts: list[bytes] = field(default_factory=list)

    def entries(self, device: bytes) -> tuple[Entry, ...]:
        text_size, bits_size = self.body.number(), self.body.number()
        text = inflated(self.body.take(text_size))
        outer = Reader(text)
        plain = Reader(outer.take(outer.number()))
        columns = Unpacker(plain, Reader(self.body.take(bits_size)))
        count, seq = plain.number(), plain.number()
        if not 0 < count <= MOST_ENTRIES or not 0 < seq < 1 << 62:
            _damaged("no possible run")
        known_sizes = [plain.number() for _ in _NAMED]
        drawn, total, pattern_count = plain.number(), plain.signed(), plain.number()
        if drawn > 1:
            _damaged("unknown kind of salts")
        segment, previous = self.body.take(8), self.body.take(HASH_SIZE)
        parent = self.body.take(16) if seq == 1 else bytes(16)
        numbers = [columns.take(count) for _ in range(_PLAIN)]
        named = [self._table(columns, count, size) for size in known_sizes]
        self.acts = [_act(parts) for parts in zip(*numbers[5:], strict=True)]
        erased = columns.take(count)
        sizes = iter(columns.take(sum(map(bool, erased))))
        payloads = self._payloads(columns, outer, count - sum(map(bool, erased)), pattern_count)
        grown = _spread(columns, count)
        columns.bits.finish()
        plain.finish()
        seed = self.body.take(SALT_SIZE) if drawn else b""
        made: list[Entry] = []
        for index in range(count):
            total += grown[index]
            place = Place(int.from_bytes(segment, "big"), seq + index)
            if erased[index]:
                payload, salt, size, committed = b"", b"", next(sizes), self.body.take(HASH_SIZE)
            else:
                payload = next(payloads)
                salt = drawn_salt(seed, place) if drawn else self.body.take(SALT_SIZE)
                size, committed = len(payload), commitment(salt, payload)
            header = HEADER.pack(
                MAGIC, HEADER_VERSION, numbers[1][index], numbers[0][index],
                place.segment, place.seq, previous,
                int.from_bytes(parent[:8], "big"), int.from_bytes(parent[8:], "big"),
                numbers[3][index], numbers[4][index], named[0][index], device, named[1][index],
                self.acts[index], named[2][index], total, size, committed, numbers[2][index],
            )  # fmt: skip
            previous, parent = hashlib.sha256(header).digest(), bytes(16)
            made.append(Entry(header, payload, salt, b""))
        last = made[-1]
        made[-1] = Entry(last.packed_header, last.payload, last.salt, self.body.take(SIGNATURE_SIZE))
        self.body.finish()
        return tuple(made)

    def _table(self, columns: Unpacker, count: int, size: int) -> list[bytes]:
        """Per entry one of a few identities."""
        if size > count:
            _damaged("more names than entries")
        known = [self.body.take(IDENTITY_SIZE) for _ in range(size)]
        indexes = columns.take(count)
        if not 0 <= min(indexes) <= max(indexes) < size:
            _damaged("no such name")
        return [known[index] for index in indexes]

    def _payloads(self, columns: Unpacker, text: Reader, count: int, pattern_count: int) -> Iterator[bytes]:
        if pattern_count > count:
            _damaged("more patterns than payloads")
        patterns = [slots(text.take(size)) for size in columns.take(pattern_count)]
        indexes = columns.take(count)
        if indexes and not 0 <= min(indexes) <= max(indexes) < pattern_count:
            _damaged("no such pattern")
        wanted = [patterns[index] for index in indexes]
        if sum(len(one.marks) for one in wanted) > MOST_NUMBERS:
            _damaged("more pieces than a run may have")
        lengths: dict[Column, int] = {}
        for one in wanted:
            for column in one.columns:
                lengths[column] = lengths.get(column, 0) + 1
        values = {column: iter(columns.take(length)) for column, length in lengths.items()}
        identities = self._identities(columns, sum(one.identities for one in wanted))
        texts = [text.take(size) for size in columns.take(sum(one.texts for one in wanted))]
        text.finish()
        return self._joined(wanted, values, iter(identities), iter(texts))

    def _identities(self, columns: Unpacker, count: int) -> list[bytes]:
        indexes = columns.take(count)
        if indexes and not 0 <= min(indexes) <= max(indexes) <= len(self.acts):
            _damaged("no such act")
        return [self.acts[index - 1] if index else self.body.take(IDENTITY_SIZE) for index in indexes]

    def _joined(
        self,
        wanted: Sequence[Slots],
        values: dict[Column, Iterator[int]],
        identities: Iterator[bytes],
        texts: Iterator[bytes],
    ) -> Iterator[bytes]:
        room = LARGEST_TEXT
        for one in wanted:
            payload = joined(one, [next(values[column]) for column in one.columns], identities, texts)
            room -= len(payload)
            if len(payload) > LARGEST_PAYLOAD or room < 0:
                _damaged("payloads too large")
            yield payload


def _spread(columns: Unpacker, count: int) -> list[int]:
    """A column of which only what is not zero was packed."""
    there = columns.take(count)
    values = iter(columns.take(sum(map(bool, there))))
    return [next(values) if one else 0 for one in there]


def _act(parts: tuple[int, ...]) -> bytes:
    high, version, middle, variant, low = parts
    act = high << 80 | version << 76 | middle << 64 | variant << 62 | low
    if not 0 <= act < 1 << 128:
        _damaged("no possible act")
    return act.to_bytes(16, "big")
