"""What goes between counters and the centre by hand: an office's snapshot for one of them, and answers to
what a counter wrote, each message as it would be answered over the line.

Both need the company's key: what counters write is sealed to it, and they believe nothing that it did not
sign.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import bindparam, false, select

from counter_app.central import compacting, gateway, snapshots
from counter_app.central.database import Database, retried
from counter_app.central.integrating import integrate_office
from counter_app.central.ledger import Ledger, in_ledger
from counter_app.central.tables import devices
from counter_app.domain.central_refusals import DeviceNotEnrolled
from counter_app.domain.file_refusals import ParcelBroken, ParcelForeign
from counter_app.domain.refusals import FileThere, FileUnreadable, FileUnwritable
from counter_app.progress import Watch, unwatched
from counter_app.whole_file import WholeFile
from counter_app.wire.centre_side import greet, read_on, receive
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.messages import (
    USUAL_LIMITS,
    Answer,
    Ask,
    AskSnapshot,
    Astray,
    Cursor,
    Hello,
    Page,
    Piece,
    Push,
    Request,
    Snapshot,
    Taken,
)
from counter_app.wire.parcels import BEGINS, LARGEST_PARCEL, Head, ParcelDamaged, messages, packed, unpacked
from counter_app.wire.sealing import agreeing
from counter_app.wire.snapshots import name_of, read_manifest

MOST_BYTES = 64 << 20
"""About as much of a feed as goes into one file; the next one goes on."""

_LIVE = select(devices.c.public_key).where(
    devices.c.office == bindparam("office"),
    devices.c.counter == bindparam("counter"),
    devices.c.revoked == false(),
)
_NAMED = select(devices.c.device).where(devices.c.public_key == bindparam("public_key"))


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The answer to a counter's file: its bytes, whose it is, how many entries came, how many items go."""

    data: bytes
    office: str
    counter: int
    entries: int
    items: int


def snapshot_for(
    database: Database, key: Ed25519PrivateKey, office: str, counter: int, now_ms: int,
    watch: Watch = unwatched,
) -> bytes:  # fmt: skip
    """A new snapshot of an office as a file for one of its counters, watched as ``compacting.make`` is.
    ``OfficeUnknown``, ``DeviceNotEnrolled``.
    """
    manifest = compacting.make(database, office, now_ms, watch)
    live = retried(database, lambda t: t.rows(_LIVE, {"office": office, "counter": counter}))
    if not live:
        raise DeviceNotEnrolled
    receiver = bytes(live[0][0])
    said = retried(database, lambda t: _snapshot(Ledger(t), office, 0))
    return _packed(key, Head(b"", receiver, office, counter, 0, manifest.made_ms), said)


def exchange(database: Database, key: Ed25519PrivateKey, name: str, data: bytes, now_ms: int) -> Exchanged:
    """Take what a counter wrote, and answer it. The same file once more comes to the same.

    ``ParcelBroken``, ``ParcelForeign``, ``DeviceNotEnrolled``: nothing is changed.
    """
    seed = key.private_bytes_raw()
    try:
        parcel = unpacked(data, gateway.holds)
        if parcel.head.receiver != key.public_key().public_bytes_raw():
            raise ParcelForeign(name)
        said = list(messages(parcel, agreeing(seed)))
    except ParcelDamaged as fault:
        raise ParcelBroken(name) from fault
    named = retried(database, lambda t: t.rows(_NAMED, {"public_key": parcel.head.sender}))
    if not named:
        raise DeviceNotEnrolled
    device = UUID(bytes=bytes(named[0][0]))
    requests = [one for one in said if isinstance(one, Request) and one.device == device]
    if len(requests) != len(said):
        raise ParcelBroken(name)
    who, answers = _answered(database, device, requests, now_ms)
    head = Head(b"", parcel.head.sender, who.office, who.counter, parcel.head.number, now_ms)
    taken = sum(len(one.entries) for one in requests if isinstance(one, Push))
    items = sum(len(one.items) for one in answers if isinstance(one, Page))
    return Exchanged(_packed(key, head, answers), who.office, who.counter, taken, items)


def _packed(key: Ed25519PrivateKey, head: Head, said: Sequence[Answer]) -> bytes:
    return packed(replace(head, sender=key.public_key().public_bytes_raw()), said, key.sign, os.urandom(32))


def _answered(
    database: Database, device: UUID, requests: Sequence[Request], now_ms: int
) -> tuple[Enrolled, list[Answer]]:
    """Everything that a counter says is taken first; then it goes into the books, and only then is it told
    what is new.
    """
    saying = [one for one in requests if isinstance(one, Hello | Push)]
    answers = [in_ledger(database, partial(_taken, device, one, now_ms)) for one in saying]
    who = in_ledger(database, partial(_who, device))
    if any(isinstance(one, Taken) for one in answers):
        while integrate_office(database, who.office):
            pass
    asked = next((one for one in requests if isinstance(one, Ask)), None)
    wanted = any(isinstance(one, AskSnapshot) for one in requests)
    if asked is not None:
        answers += in_ledger(database, lambda ledger: list(_told(ledger, who, asked, now_ms, wanted=wanted)))
    return who, answers


def _who(device: UUID, ledger: Ledger) -> Enrolled:
    who = ledger.enrolled(device)
    assert who is not None
    return who


def _taken(device: UUID, said: Hello | Push, now_ms: int, ledger: Ledger) -> Answer:
    who = _who(device, ledger)
    if isinstance(said, Hello):
        return greet(ledger, who, said, now_ms, USUAL_LIMITS)
    return receive(ledger, who, said, now_ms, gateway.holds)


def _told(ledger: Ledger, who: Enrolled, asked: Ask, now_ms: int, *, wanted: bool) -> Iterator[Answer]:
    """The snapshot, where it is wanted and there is one; then the feed, page by page."""
    if wanted and not who.revoked:
        snapshot = _snapshot(ledger, who.office, asked.ask)
        if snapshot:
            yield from snapshot
            manifest = snapshot[0]
            assert isinstance(manifest, Snapshot)
            asked = replace(asked, cursor=read_manifest(manifest.manifest).cursor)
    size = 0
    while size < MOST_BYTES:
        answer = read_on(ledger, who, asked, now_ms)
        yield answer
        if isinstance(answer, Astray) and asked.cursor.seq == 0 and answer.points:
            # Of a feed that somebody begins to read only the epoch is not known.
            asked = replace(asked, cursor=Cursor(answer.epoch, 0, answer.points[-1].chain))
        elif isinstance(answer, Page) and answer.more:
            asked = replace(asked, cursor=answer.end)
            size += asked.most_bytes
        else:
            return


def _snapshot(ledger: Ledger, office: str, number: int) -> list[Answer]:
    """The newest snapshot of an office, chunk by chunk, as it is answered over the line."""
    manifest = ledger.snapshot(office)
    if not manifest:
        return []
    name = name_of(manifest)
    data = snapshots.all_chunks(ledger.transaction, office, manifest)
    pieces = [Piece(number, name, at, 0, one) for at, one in enumerate(data)]
    return [Snapshot(number, office, manifest), *pieces]


def read(file: Path) -> bytes:
    """The bytes of a file; ``FileUnreadable``."""
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_PARCEL + 1)
    except OSError:
        raise FileUnreadable(file.name) from None


def refuse_to_overwrite(out: Path) -> None:
    """``FileThere`` where there is something that was not carried by hand before."""
    if out.exists() and not (out.is_file() and read(out).startswith(BEGINS)):
        raise FileThere(out.name)


def write(out: Path, data: bytes) -> None:
    """Write a file that is carried. ``FileThere``, ``FileUnwritable``."""
    refuse_to_overwrite(out)
    try:
        with WholeFile(out) as file:
            file.write(data)
            file.keep()
    except OSError:
        raise FileUnwritable(out.name) from None
