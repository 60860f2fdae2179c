"""What a counter begins with: how large, how soon it goes in, and how soon somebody is served meanwhile."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from counter_app.central import compacting, importing, snapshots
from counter_app.central.database import Transaction, retried
from counter_app.central.enrolling import new_code
from counter_app.central.feeds import Feeds
from counter_app.demo import PASSWORD, extracts, staff
from counter_app.desk import complaints, payments, sign_in
from counter_app.desk.complaints import ComplaintDraft
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft
from counter_app.desk.rules import load_rules
from counter_app.domain.days import business_day
from counter_app.domain.payment import cash
from counter_app.store import reference
from counter_app.store.book import Book
from counter_app.store.keys import new_keys
from counter_app.store.sync_ledger import SyncLedger
from counter_app.sync.enrol import enrol
from counter_app.wire.bodies import Staff, StaffMember, item
from counter_app.wire.counter_feed import Reader, heard_reading, next_to_ask
from counter_app.wire.counter_side import Who
from counter_app.wire.line import Moment
from counter_app.wire.messages import Answer, Piece, Snapshot
from counter_app.wire.snapshots import Manifest, Part, name_of, read_manifest
from tests.bench.figures import Figure
from tests.bench.slow_line import slow_line
from tests.bench.sync_line import FAR_S, SLOW_BITS_S
from tests.central.databases import Centre, new_centre
from tests.central.gateways import gateway, wall_ms
from tests.offices import NOW
from tests.store.office import OFFICE
from tests.sync.steps import Counter, clock

CONSUMERS = 20_000
BILLS = 13
_MOST = 1 << 20


@dataclass
class Made:
    """A centre that knows a zone, and the zone's snapshot."""

    centre: Centre
    packed: bytes
    chunks: list[bytes]
    took_s: float

    @property
    def manifest(self) -> Manifest:
        return read_manifest(self.packed)


def measure() -> list[Figure]:
    """A zone of twenty thousand consumers with thirteen bills each."""
    with TemporaryDirectory(prefix="counter-snapshot-") as scratch, _made(Path(scratch)) as made:
        bills = sum(chunk.rows for chunk in made.manifest.chunks if chunk.part == Part.BILLS)
        assert bills == CONSUMERS * BILLS
        megabytes = sum(map(len, made.chunks)) / 1e6
        rows, seconds = _loaded(Path(scratch), made)
        usable = _usable(Path(scratch), made.centre)
    return [
        Figure("snapshot_make_s", made.took_s, "s"),
        Figure("snapshot_20k_mb", megabytes, "MB", 8),
        Figure("snapshot_rows_per_s", rows / seconds, "rows/s", 50_000, at_least=True),
        Figure("usable_after_s", usable, "s", 60),
    ]


@contextmanager
def _made(folder: Path) -> Iterator[Made]:
    """Import the zone's files at a centre, name its people, and make its snapshot."""
    with new_centre(f"sqlite:///{folder / 'centre.db'}") as centre:
        accounts = extracts.accounts(load_rules(), CONSUMERS, business_day(NOW), seed=5)
        files = extracts.write(folder, accounts)
        importing.take(centre.store, OFFICE.code, files, {}, None, business_day(NOW), wall_ms())
        secret = staff.hashed()
        people = item(Staff(tuple(StaffMember(person, secret) for person in staff.STAFF)))

        def name(transaction: Transaction) -> None:
            feeds = Feeds(transaction)
            feeds.publish(OFFICE.code, people, OFFICE.code)
            feeds.write()

        retried(centre.store, name)
        began = time.monotonic()
        compacting.make(centre.store, OFFICE.code, wall_ms())
        took = time.monotonic() - began
        packed = retried(centre.store, lambda t: snapshots.newest(t, OFFICE.code))
        chunks = retried(centre.store, lambda t: snapshots.all_chunks(t, OFFICE.code, packed))
        yield Made(centre, packed, chunks, took)


def _loaded(folder: Path, made: Made) -> tuple[int, float]:
    """Rows, and seconds until all of them are in an encrypted store and found by name, from bytes here."""
    book = Book.create(folder / "loaded", new_keys(), OFFICE, program="1.0", now=NOW)
    who = Who(book.device, UUID(int=1), OFFICE.code, OFFICE.counter, "1.0", ())
    name, ledger, now = name_of(made.packed), SyncLedger(book), Moment(wall_ms(), 1000)
    answers: list[Answer] = [Snapshot(9, OFFICE.code, made.packed)]
    answers += [Piece(9, name, at, 0, data) for at, data in enumerate(made.chunks)]
    # As in the program, which collects garbage when nobody waits.
    gc.collect()
    gc.disable()
    began, reader = time.monotonic(), Reader()
    for answer in answers:
        reader = replace(reader, line=replace(reader.line, aim_bytes=_MOST))
        reader, _ = next_to_ask(reader, who, ledger, now, 9)
        reader, actions = heard_reading(reader, ledger, answer, now, 9)
        assert actions
        ledger.do(actions)
    took = time.monotonic() - began
    gc.enable()
    assert ledger.loading() is None
    book.close()
    return sum(chunk.rows for chunk in made.manifest.chunks), took


def _usable(folder: Path, centre: Centre) -> float:
    """Seconds, over a slow line, from the first question until somebody has signed in, registered a complaint
    and taken what a consumer owes.
    """
    with gateway(centre.url) as running, slow_line(running.port, SLOW_BITS_S, FAR_S) as carrier:
        book = Book.create(folder / "usable", new_keys(), OFFICE, program="1.0", now=clock(), steady=None)
        code = retried(centre.store, lambda t: new_code(t, OFFICE.code, OFFICE.counter, wall_ms()))
        at = enrol(book, running.address, code, "", clock())
        counter = Counter(book, replace(at, url=f"http://127.0.0.1:{carrier.port}"))
        began = time.monotonic()
        while not _served(book):
            counter.reading.turn(counter.heard)
        took = time.monotonic() - began
        assert SyncLedger(book).loading() is not None, "most of it is still to come"
        counter.end()
        book.close()
    return took


def _served(book: Book) -> bool:
    """Whether somebody could be served with what is here; then it is done."""
    with book.reading() as connection:
        number = next(iter(reference.consumer_numbers(connection)), "")
        owed = reference.bill(connection, number) if number else None
    if owed is None:
        return False
    desk, now = Desk(book, load_rules(), book.office), clock()
    session = sign_in.sign_in(desk, staff.CASHIER, PASSWORD, uuid4(), now)
    kind = complaints.types(desk, business_day(now)).complaints.types[0].key
    draft = ComplaintDraft(uuid4(), number, kind, "9826048210", "मंदिर के पास", "")
    complaints.register(desk, session, draft, now)
    paid = PaymentDraft(uuid4(), number, owed.net, (cash(owed.net, owed.net),), advance=True)
    return bool(payments.take(desk, session, paid, now))
