"""Receiving: what a device sent is stored as it came, once, and waits to be put into the books."""

import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Occupied, Row, Transaction, among
from counter_app.central.tables import arrivals, devices, entries, forks, offices, returned, segments
from counter_app.domain.entry import Entry
from counter_app.wire.ledgers import Enrolled, added
from counter_app.wire.messages import Mark, Standing

NO_DIGEST = bytes(32)
_NOTHING: Row = (0, 0, NO_DIGEST, b"")
LARGEST = (1 << 63) - 1

_OFFICE: BindParameter[str] = bindparam("office")
_DEVICE: BindParameter[bytes] = bindparam("device")
_SEGMENT: BindParameter[bytes] = bindparam("segment")
_AT = (segments.c.office == _OFFICE, segments.c.device == _DEVICE, segments.c.segment == _SEGMENT)
_HERE = (entries.c.office == _OFFICE, entries.c.device == _DEVICE)

_STANDINGS = (
    select(segments.c.segment, segments.c.upto, segments.c.digest)
    .where(segments.c.office == _OFFICE, segments.c.device == _DEVICE)
    .order_by(segments.c.segment)
)
_STANDING = select(segments.c.upto, segments.c.entries, segments.c.digest, segments.c.tip).where(*_AT)
_NOW = ("upto", "entries", "digest", "tip")
_GROW = insert(segments).values(
    office=_OFFICE, device=_DEVICE, segment=_SEGMENT, **{name: bindparam(name) for name in _NOW}
)
_GROW = _GROW.on_conflict_do_update(
    index_elements=["office", "device", "segment"], set_={name: _GROW.excluded[name] for name in _NOW}
)
_HASHES = select(entries.c.seq, entries.c.hash).where(
    *_HERE, entries.c.segment == _SEGMENT, entries.c.seq.between(bindparam("first"), bindparam("last"))
)
_FOLLOWED = (
    select(entries.c.previous, func.count())
    .where(*_HERE, among(entries.c.previous, "hashes"))
    .group_by(entries.c.previous)
)
# The same of many devices at once.
_WHOSE = among(devices.c.device, "devices")
_ALL_STANDING = (
    select(segments.c.device, segments.c.segment, *_STANDING.selected_columns)
    .select_from(devices)
    .join(segments, (segments.c.office == devices.c.office) & (segments.c.device == devices.c.device))
    .where(_WHOSE, among(segments.c.segment, "segments"))
)
_ALL_FOLLOWED = (
    select(entries.c.device, entries.c.previous, func.count())
    .select_from(devices)
    .join(entries, (entries.c.office == devices.c.office) & (entries.c.device == devices.c.device))
    .where(_WHOSE, among(entries.c.previous, "hashes"))
    .group_by(entries.c.device, entries.c.previous)
)
_STORED = select(entries.c.hash).where(
    *_HERE,
    entries.c.segment == _SEGMENT,
    entries.c.seq == bindparam("seq"),
    entries.c.hash == bindparam("hash"),
)
_RETURNED = select(returned.c.hash).where(among(returned.c.hash, "hashes"))
_OFFICES = select(arrivals.c.office).distinct().order_by(arrivals.c.office)
# Whoever finds the row taken has no turn, and goes on with other offices.
_FREE = select(offices.c.office).where(offices.c.office == _OFFICE).with_for_update(skip_locked=True)
_TURN = (
    update(offices)
    .where(offices.c.office == _FREE.scalar_subquery())
    .values(turn=offices.c.turn + 1)
    .returning(offices.c.turn)
)
_WAITING = (
    select(arrivals.c.arrival, arrivals.c.first, arrivals.c.last, arrivals.c.hashes)
    .where(arrivals.c.office == _OFFICE)
    .order_by(arrivals.c.arrival)
    .limit(bindparam("most"))
)
_ARRIVED = (
    select(arrivals.c.arrival, entries.c.header, entries.c.payload, entries.c.salt, entries.c.signature)
    .select_from(
        arrivals.join(
            entries,
            (entries.c.office == arrivals.c.office)
            & (entries.c.device == arrivals.c.device)
            & (entries.c.segment == arrivals.c.segment)
            & entries.c.seq.between(arrivals.c.first, arrivals.c.last),
        )
    )
    .where(arrivals.c.office == _OFFICE, among(arrivals.c.arrival, "arrivals"))
    .order_by(arrivals.c.arrival, entries.c.seq)
)
_AROUND = select(arrivals.c.arrival, arrivals.c.hashes).where(
    arrivals.c.office == _OFFICE,
    arrivals.c.device == _DEVICE,
    arrivals.c.segment == _SEGMENT,
    arrivals.c.first <= bindparam("seq"),
    arrivals.c.last >= bindparam("seq"),
)
_DONE = delete(arrivals).where(arrivals.c.office == _OFFICE, among(arrivals.c.arrival, "arrivals"))
_LEFT = (
    update(arrivals)
    .where(arrivals.c.office == _OFFICE, arrivals.c.arrival == bindparam("which"))
    .values(hashes=bindparam("left"))
)

_order = itertools.count()


def waiting_offices(transaction: Transaction) -> list[str]:
    """The offices of which something waits to be integrated."""
    return [office for (office,) in transaction.rows(_OFFICES, {})]


@dataclass(slots=True)
class Intake:
    """Receiving within one transaction. What is received is gathered and written at the end."""

    transaction: Transaction
    stand: dict[tuple[bytes, int], Row] = field(default_factory=dict)
    waits: dict[bytes, tuple[str, bytes]] = field(default_factory=dict)
    left: dict[tuple[str, bytes], set[bytes]] = field(default_factory=dict)
    done: set[bytes] = field(default_factory=set)
    followers: dict[bytes, dict[bytes, int]] = field(default_factory=dict)
    new_entries: list[Row] = field(default_factory=list)
    new_arrivals: list[Row] = field(default_factory=list)
    new_forks: list[Row] = field(default_factory=list)
    grown: dict[tuple[bytes, int], dict[str, object]] = field(default_factory=dict)

    def look_up(self, firsts: Mapping[UUID, Entry]) -> None:
        """Read at once what receiving a run of each of these devices asks for, by the run's first entry."""
        headers = {device.bytes: first.header for device, first in firsts.items()}
        places = {(device, header.place.segment) for device, header in headers.items()}
        self.stand.update(dict.fromkeys(places, _NOTHING))
        self.followers.update({device: {header.previous: 0} for device, header in headers.items()})
        asked: dict[str, object] = {"devices": list(headers)}
        segments_ = [segment.to_bytes(8, "big") for _, segment in places]
        for device, packed, *row in self.transaction.rows(_ALL_STANDING, asked | {"segments": segments_}):
            key = device, int.from_bytes(packed, "big")
            if key in places:
                self.stand[key] = tuple(row)
        hashes = [header.previous for header in headers.values()]
        for device, previous, count in self.transaction.rows(_ALL_FOLLOWED, asked | {"hashes": hashes}):
            self.followers[device][previous] = count

    def standings(self, who: Enrolled) -> list[Standing]:
        """What there is of each segment of a device."""
        self.flush()
        found = self.transaction.rows(_STANDINGS, {"office": who.office, "device": who.device.bytes})
        return [Standing(int.from_bytes(segment, "big"), upto, digest) for segment, upto, digest in found]

    def standing(self, who: Enrolled, segment: int) -> Standing:
        """What there is of one segment."""
        upto, _, digest, _ = self._standing(who, segment)
        return Standing(segment, upto, digest)

    def _standing(self, who: Enrolled, segment: int) -> Row:
        key = who.device.bytes, segment
        if key not in self.stand:
            found = self.transaction.rows(_STANDING, _place(who, segment))
            self.stand[key] = found[0] if found else _NOTHING
        return self.stand[key]

    def hashes(self, who: Enrolled, segment: int, first: int, last: int) -> Mapping[int, frozenset[bytes]]:
        """All hashes at each place; where nothing was branched the segment's own row knows the newest."""
        upto, _, _, tip = self._standing(who, segment)
        if tip and first >= upto:
            return {upto: frozenset({tip})} if first == upto else {}
        self._flush_of(who)
        places: dict[int, set[bytes]] = {}
        asked = _place(who, segment) | {"first": min(first, LARGEST), "last": min(last, LARGEST)}
        for seq, entry_hash in self.transaction.rows(_HASHES, asked):
            places.setdefault(seq, set()).add(entry_hash)
        return {seq: frozenset(found) for seq, found in places.items()}

    def followed(self, who: Enrolled, hashes: Sequence[bytes]) -> Mapping[bytes, int]:
        """How many stored entries name each of these as their previous one."""
        known = self.followers.get(who.device.bytes, {})
        if known.keys() >= set(hashes):
            return {one: known[one] for one in hashes if known[one]}
        self._flush_of(who)
        asked = {"office": who.office, "device": who.device.bytes, "hashes": list(hashes)}
        return dict(self.transaction.rows(_FOLLOWED, asked))

    def store(self, who: Enrolled, run: Sequence[Entry], forked: Sequence[Mark], now_ms: int) -> None:
        """Add entries of one segment as they came, and what is to be done about them."""
        read = [(entry, entry.header, entry.hash) for entry in run]
        segment = read[0][1].place.segment
        device, packed = who.device.bytes, segment.to_bytes(8, "big")
        rows = [
            (who.office, device, packed, header.place.seq, entry_hash, header.previous,
             entry.packed_header, entry.payload, entry.salt, entry.signature, now_ms)
            for entry, header, entry_hash in read
        ]  # fmt: skip
        self.new_entries += rows
        self.followers.pop(device, None)
        self._grow(who, segment, [(h.place.seq, h.previous, one) for _, h, one in read])
        seqs = [row[3] for row in rows]
        hashes = b"".join(one for _, _, one in read)
        arrival = _arrival(now_ms)
        self.new_arrivals.append((who.office, arrival, device, packed, min(seqs), max(seqs), hashes))
        self.left[who.office, arrival] = {one for _, _, one in read}
        self.waits.update(dict.fromkeys(self.left[who.office, arrival], (who.office, arrival)))
        self.new_forks += [
            (who.office, device, os.urandom(16), mark.segment.to_bytes(8, "big"), mark.seq, mark.hash, now_ms)
            for mark in forked
        ]

    def _grow(self, who: Enrolled, segment: int, links: Sequence[tuple[int, bytes, bytes]]) -> None:
        """The segment's row with these entries (number, previous hash, hash) in it."""
        upto, count, digest, tip = self._standing(who, segment)
        before, straight = (upto, tip), bool(tip) or upto == 0
        for seq, previous, entry_hash in links:
            straight = straight and seq == before[0] + 1 and (seq == 1 or previous == before[1])
            before = seq, entry_hash
        hashes = [one for _, _, one in links]
        row = (
            max(upto, *(seq for seq, _, _ in links)), count + len(links), added(digest, *hashes),
            hashes[-1] if straight else b"",
        )  # fmt: skip
        self.stand[who.device.bytes, segment] = row
        self.grown[who.device.bytes, segment] = _place(who, segment) | dict(zip(_NOW, row, strict=True))

    def _flush_of(self, who: Enrolled) -> None:
        if any(row[1] == who.device.bytes for row in self.new_entries):
            self.flush()

    def flush(self) -> None:
        """Write what was received. Before anything of it is read back, and before it is integrated."""
        if not self.new_entries:
            return
        self.transaction.fill(entries, self.new_entries)
        self.transaction.do_each(_GROW, list(self.grown.values()))
        self.transaction.fill(forks, self.new_forks)
        self.new_entries.clear()
        self.grown.clear()
        self.new_forks.clear()

    def stored(self, who: Enrolled, entry: Entry) -> bool:
        """Whether an entry of a device is here."""
        self.flush()
        place = entry.header.place
        at = _place(who, place.segment) | {"seq": min(place.seq, LARGEST), "hash": entry.hash}
        return bool(self.transaction.rows(_STORED, at))

    def returned(self, run: Sequence[Entry]) -> set[bytes]:
        """The hashes of those of some entries that were returned before."""
        return {one for (one,) in self.transaction.rows(_RETURNED, {"hashes": [entry.hash for entry in run]})}

    def keep(self, carrier: UUID, homes: Sequence[str], run: Sequence[Entry], now_ms: int) -> None:
        """Keep what was returned, each for an office."""
        rows = [
            (one.hash, office, carrier.bytes, one.packed_header, one.payload, one.salt, now_ms)
            for office, one in zip(homes, run, strict=True)
        ]
        self.transaction.fill(returned, rows)

    # -- what waits ----------------------------------------------------------------------------------

    def pending(self, office: str, most: int) -> list[tuple[bytes, Entry]]:
        """An office's waiting entries with their arrival, in its order. Nobody else integrates the office
        before the commit; ``Occupied`` when somebody else does now.
        """
        if not self.transaction.rows(_TURN, {"office": office}):
            raise Occupied("turn")
        wanted: dict[bytes, set[bytes]] = {}
        room = most
        for arrival, _, _, hashes in self.transaction.rows(_WAITING, {"office": office, "most": most}):
            if room <= 0:
                break
            wanted[arrival] = _split(hashes) - self.done
            room -= len(wanted[arrival])
        found: list[tuple[bytes, Entry]] = []
        for arrival, *parts in self.transaction.rows(_ARRIVED, {"office": office, "arrivals": list(wanted)}):
            entry = Entry(*parts)
            entry_hash = entry.hash
            if entry_hash in wanted[arrival] and len(found) < most:
                found.append((arrival, entry))
                self.waits[entry_hash] = office, arrival
        for arrival, hashes in wanted.items():
            self.left[office, arrival] = hashes
        return found

    def settled(self, who: Enrolled, entry: Entry) -> bool:
        """The entry waits no more; whether it did."""
        entry_hash = entry.hash
        if entry_hash not in self.waits:
            self.flush()
            place = entry.header.place
            at = _place(who, place.segment) | {"seq": min(place.seq, LARGEST)}
            for arrival, hashes in self.transaction.rows(_AROUND, at):
                if entry_hash in _split(hashes):
                    self.waits[entry_hash] = who.office, arrival
                    self.left.setdefault((who.office, arrival), _split(hashes) - self.done)
        if entry_hash not in self.waits:
            return False
        self.left[self.waits[entry_hash]].discard(entry_hash)
        self.done.add(entry_hash)
        return True

    def write(self) -> None:
        """Write what was received, and take what is done out of the arrivals; what came and is done within
        this transaction never stands there.
        """
        self.flush()
        gone = {row[:2] for row in self.new_arrivals if not self.left[row[:2]]}
        self.transaction.fill(arrivals, [row for row in self.new_arrivals if row[:2] not in gone])
        self.new_arrivals.clear()
        touched = {self.waits[one] for one in self.done} - gone
        for office in sorted({office for office, _ in touched}):
            whole = [
                arrival for where, arrival in touched if where == office and not self.left[where, arrival]
            ]
            self.transaction.do(_DONE, {"office": office, "arrivals": whole})
        for office, arrival in touched:
            left = self.left[office, arrival]
            if left:
                self.transaction.do(
                    _LEFT, {"office": office, "which": arrival, "left": b"".join(sorted(left))}
                )
        self.done.clear()


def _place(who: Enrolled, segment: int) -> dict[str, object]:
    return {"office": who.office, "device": who.device.bytes, "segment": segment.to_bytes(8, "big")}


def _split(hashes: bytes) -> set[bytes]:
    return {hashes[at : at + 32] for at in range(0, len(hashes), 32)}


def _arrival(now_ms: int) -> bytes:
    """A name that sorts by when it was given; never the same one twice."""
    return now_ms.to_bytes(6, "big") + (next(_order) % (1 << 32)).to_bytes(4, "big") + os.urandom(6)
