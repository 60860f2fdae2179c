"""The line to the centre by hand: what would be said goes out in a file, what is answered comes back in one.

What is said and what is believed is decided where it is for the line (``wire``); each answer is heard as if
it had just come.
"""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from counter_app.domain.days import from_millis, to_millis
from counter_app.domain.file_refusals import CompanyKeyMissing, ParcelBroken, ParcelForeign, ParcelOld
from counter_app.domain.link import Brought
from counter_app.store import centre as store
from counter_app.store.book import Book
from counter_app.store.catching_up import catch_up
from counter_app.store.centre import Centre
from counter_app.store.purging import purge
from counter_app.store.seal import key_signed
from counter_app.store.sync_ledger import SyncLedger
from counter_app.sync.rounds import who_of
from counter_app.wire.counter_feed import Reader, heard_reading, next_to_ask
from counter_app.wire.counter_side import Sender, Who, heard_sending, next_to_send
from counter_app.wire.ledgers import BeginSegment, CounterLedger, Received
from counter_app.wire.line import NEW_LINE, Moment
from counter_app.wire.messages import (
    Answer,
    Ask,
    AskSnapshot,
    Astray,
    Hello,
    Mark,
    Page,
    Piece,
    Push,
    Refusal,
    Request,
    Snapshot,
    Taken,
    TurnedAway,
    Welcome,
)
from counter_app.wire.parcels import Head, Parcel, ParcelDamaged, messages, packed, unpacked
from counter_app.wire.sealing import SealBroken
from counter_app.wire.snapshots import SnapshotUnfit, read_manifest

MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """A file to be carried to the centre: its bytes, and how many entries lie in it."""

    data: bytes
    entries: int


def write(book: Book, centre: Centre, program: str, now: datetime) -> Written:
    """All that the centre is not known to have, and the question for what is new there. What comes back is
    the answer to this one only. ``CompanyKeyMissing``.
    """
    number = int.from_bytes(os.urandom(8), "big") or 1
    who, moment, ledger = who_of(book, centre, program), _moment(now), SyncLedger(book)
    with book.reading() as connection:
        known = store.received(connection)
    with ledger.view() as seen:
        said = list(_requests(seen, who, moment, number, dict(known)))
    head = Head(book.public_key, _company(centre), centre.office, centre.counter, number, to_millis(now))
    try:
        data = packed(head, said, book.sign, os.urandom(32))
    except SealBroken as fault:
        raise CompanyKeyMissing from fault
    with book.writing() as page:
        store.put_carried(page, number)
    return Written(data, sum(len(one.entries) for one in said if isinstance(one, Push)))


def _requests(
    ledger: CounterLedger, who: Who, now: Moment, number: int, known: dict[int, int]
) -> Iterator[Request]:
    """Hello, every run as if the one before had been taken, and what is asked of the feed."""
    _, hello = next_to_send(Sender(), who, ledger, now, number)
    if isinstance(hello, Hello):
        yield hello
    sender = Sender(greeted_ms=now.steady_ms, settled=known)
    while True:
        sender, push = next_to_send(sender, who, ledger, now, number)
        if not isinstance(push, Push):
            break
        yield push
        last = push.entries[-1]
        place = last.header.place
        taken = Taken(number, Mark(place.segment, place.seq, last.hash), forked=False)
        sender, _ = heard_sending(sender, ledger, taken, now, 0)
    cursor = ledger.cursor()
    if cursor.seq == 0:
        yield AskSnapshot(number, who.device, who.office)
    yield Ask(number, who.device, who.office, cursor, MOST_BYTES, 0)


def read(book: Book, centre: Centre, program: str, name: str, data: bytes, now: datetime) -> Brought:
    """Hear what a file says; nothing is changed by one that is refused.

    ``name``: what it is called. ``ParcelBroken``, ``ParcelForeign``, ``ParcelOld``, ``CompanyKeyMissing``.
    """
    catch_up(book)
    parcel, answers = _opened(book, centre, name, data)
    with book.reading() as connection:
        expected = store.carried(connection)
    ledger, number = SyncLedger(book), parcel.head.number
    if not (number == expected if number else _brings_more(ledger, centre, answers)):
        raise ParcelOld(name)
    brought = _hear(book, ledger, who_of(book, centre, program), answers, _moment(now))
    if number:
        with book.writing() as page:
            store.end_carried(page)
    return brought


def _opened(book: Book, centre: Centre, name: str, data: bytes) -> tuple[Parcel, Sequence[Answer]]:
    """The parcel of a file, and its messages, of which all are answers."""
    company = _company(centre)
    try:
        parcel = unpacked(data, key_signed)
        if (parcel.head.sender, parcel.head.receiver) != (company, book.public_key):
            raise ParcelForeign(name)
        said = list(messages(parcel, book.agree))
    except (ParcelDamaged, ValueError) as fault:
        raise ParcelBroken(name) from fault
    answers = [one for one in said if isinstance(one, Answer)]
    if len(answers) != len(said) or any(one.to != parcel.head.number for one in answers):
        raise ParcelBroken(name)
    return parcel, answers


def _brings_more(ledger: SyncLedger, centre: Centre, answers: Sequence[Answer]) -> bool:
    """Whether a snapshot that nobody asked for leads on from where the reading of the feed stands."""
    if not answers or not isinstance(answers[0], Snapshot):
        return False
    try:
        manifest = read_manifest(answers[0].manifest)
    except SnapshotUnfit:
        return False
    here = ledger.cursor()
    newer = here.epoch != manifest.cursor.epoch or here.seq < manifest.cursor.seq
    return manifest.office == centre.office and (here.seq == 0 or newer)


def _hear(book: Book, ledger: SyncLedger, who: Who, answers: Sequence[Answer], now: Moment) -> Brought:
    reader, items, shut_out = Reader(), 0, False
    before = _unsent(book)
    for answer in answers:
        match answer:
            case Welcome():
                _welcomed(book, ledger, who, answer, now)
            case Taken(mark=mark, forked=forked):
                if ledger.hash_at(mark.segment, mark.seq) == mark.hash:
                    ledger.do([Received(mark), *([BeginSegment(mark.segment)] if forked else [])])
            case Page() | Astray() | Snapshot() | Piece():
                reader, did = _read_on(reader, ledger, who, answer, now)
                items += did
            case TurnedAway():
                shut_out = answer.refusal is Refusal.DEVICE_REVOKED
    return Brought(max(0, before - _unsent(book)), items, shut_out)


def _unsent(book: Book) -> int:
    with book.reading() as connection:
        return store.unsent_count(connection)


def _welcomed(book: Book, ledger: SyncLedger, who: Who, answer: Welcome, now: Moment) -> None:
    """What the centre had when it read the file, and what of it lies in a checked backup."""
    sender, _ = next_to_send(Sender(), who, ledger, now, answer.to)
    sender, actions = heard_sending(sender, ledger, answer, now, 0)
    ledger.do(actions)
    with book.writing() as page:
        store.settle(page, sender.settled)
    if answer.archived:
        purge(book, from_millis(answer.centre_ms))


def _read_on(
    reader: Reader, ledger: SyncLedger, who: Who, answer: Page | Astray | Snapshot | Piece, now: Moment
) -> tuple[Reader, int]:
    """Ask what this answers, and hear it; how many items or chunks it brought."""
    wanted = isinstance(answer, Snapshot)
    line = replace(NEW_LINE, aim_bytes=MOST_BYTES)
    reader = replace(reader, line=line, in_vain=not wanted, needs_snapshot=wanted)
    reader, _ = next_to_ask(reader, who, ledger, now, answer.to)
    reader, actions = heard_reading(reader, ledger, answer, now, 0)
    ledger.do(actions)
    if isinstance(answer, Page):
        return reader, len(answer.items) if actions else 0
    return reader, len(actions)


def _company(centre: Centre) -> bytes:
    """The company's key, to which is sealed what goes out, and by which is signed what comes back."""
    if not centre.company_key:
        raise CompanyKeyMissing
    return bytes.fromhex(centre.company_key)


def _moment(now: datetime) -> Moment:
    return Moment(to_millis(now), time.monotonic_ns() // 1_000_000)
