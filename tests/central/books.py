"""A central store without a gateway: counters that are let in, what arrives, and what the books say then."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from sqlalchemy import Table, select

from counter_app.central import integrating
from counter_app.central.database import Database, Transaction, retried
from counter_app.central.feeds import Feeds
from counter_app.central.intake import waiting_offices
from counter_app.central.ledger import Ledger, in_ledger
from counter_app.central.tables import (
    TABLES,
    acts,
    cancelled,
    complaints,
    consumers,
    devices,
    held,
    offices,
    payments,
    payments_moved,
    serials,
    settled,
    steps,
    surpluses,
    tenders,
    unfinished,
)
from counter_app.central.unfinished import offices_to_finish
from counter_app.domain.approval import Approval, Way
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, Stage
from counter_app.domain.days import from_millis
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.payment import PaymentTaken, Tender
from counter_app.domain.undoing import Outcome, PaymentCancelled, TendersCorrected, TenderSettled, Why
from counter_app.wire.centre_side import hold
from counter_app.wire.messages import FeedItem, Reason
from counter_app.wire.payloads import Payload, decode, kind_of
from counter_app.wire.payloads import encode as payload_bytes
from tests.central.gateways import Counter, until, wall_ms
from tests.simulation.node import Node
from tests.simulation.story import complaint, payment

BOOKS = (
    acts, payments, payments_moved, cancelled, tenders, settled, complaints, steps, surpluses, serials, held,
    unfinished,
)  # fmt: skip


def let_in(store: Database, office: str, number: int, seed: int = 7) -> Counter:
    """A counter of an office, which is opened where it is not."""
    node = Node(f"{office}/{number}", office, number, Random(f"{office} {number} {seed}"))

    def admit(transaction: Transaction) -> None:
        transaction.fill(devices, [(node.device.bytes, node.public_key, office, number, 0, False)])
        known = transaction.rows(select(offices.c.office), {})
        if (office,) not in known:
            transaction.fill(offices, [(office, 0)])
            Feeds(transaction).open(office)

    retried(store, admit)
    return Counter(node)


def belongs(store: Database, consumer: str, office: str) -> None:
    """A consumer belongs to an office."""
    retried(store, lambda transaction: transaction.fill(consumers, [(consumer, office)]))


def recorded(counter: Counter, payload: Payload) -> Entry:
    """An entry of a counter that says this, in a millisecond of its own, as whatever people do."""
    before = wall_ms()
    until(lambda: wall_ms() > before)
    kind, version = kind_of(payload)
    money = payload.amount if isinstance(payload, PaymentTaken) else 0
    return counter.record(kind, payload_bytes(payload), money, version)[-1]


def registering(counter: Counter, consumer: str, serial: int = 1) -> ComplaintRegistered:
    return replace(complaint(counter.node, consumer, from_millis(wall_ms())), serial=serial)


def stepping(registered: Entry, stage: Stage, note: str = "") -> ComplaintStep:
    return ComplaintStep(registered.header.act, stage, from_millis(wall_ms()), "R02", note)


def cancelling(taken: Entry, serial: int = 1) -> PaymentCancelled:
    """What cancels a receipt."""
    paid = decode(Kind.PAYMENT_TAKEN, taken.header.kind_version, taken.payload)
    assert isinstance(paid, PaymentTaken)
    return PaymentCancelled(
        serial, paid.office, paid.counter, paid.day, taken.header.act, paid.serial, paid.consumer,
        paid.amount, paid.amount, Why.TAKEN_TWICE, "", paid.clerk, Approval("JE1", Way.PASSWORD),
    )  # fmt: skip


def paid_by(counter: Counter, *given: Tender, consumer: str = "N2204500001") -> Entry:
    """The entry of a payment that was handed over like this."""
    amount = sum(one.amount for one in given)
    made = payment(counter.node, counter.node.next_serial(), consumer, amount, from_millis(wall_ms()))
    return recorded(counter, replace(made, tenders=given))


def correcting(taken: Entry, slip: int, *given: Tender) -> TendersCorrected:
    """What says that a receipt's money was handed over otherwise."""
    paid = decode(Kind.PAYMENT_TAKEN, taken.header.kind_version, taken.payload)
    assert isinstance(paid, PaymentTaken)
    return TendersCorrected(
        slip, paid.office, paid.counter, paid.day, taken.header.act, paid.serial, paid.consumer, paid.amount,
        paid.tenders, given, 0, Why.WRONG_TENDER, "", paid.clerk, Approval("JE1", Way.PASSWORD),
    )  # fmt: skip


def settling(taken: Entry, outcome: Outcome, amount: int = 500_00, **more: object) -> TenderSettled:
    """What the bank said of the first tender of a receipt."""
    paid = decode(Kind.PAYMENT_TAKEN, taken.header.kind_version, taken.payload)
    assert isinstance(paid, PaymentTaken)
    said = TenderSettled(
        taken.header.act, paid.serial, paid.consumer, 0, amount, outcome, "000123", paid.day, "", 0, "JE1"
    )
    return replace(said, **more)


def received(store: Database, made: Sequence[Entry]) -> list[Entry]:
    """Entries of one segment arrive, whether they follow each other or not."""

    def keep(ledger: Ledger) -> None:
        device = made[0].header.device
        ledger.store(device, made, (), wall_ms())
        for entry in made if ledger.take(device).revoked else ():
            hold(ledger, entry, Reason.DEVICE_REVOKED)

    in_ledger(store, keep)
    return list(made)


def integrate(store: Database) -> None:
    """Put into the books all that can be."""

    def waiting(transaction: Transaction) -> set[str]:
        return {*waiting_offices(transaction), *offices_to_finish(transaction)}

    while found := retried(store, waiting):
        for office in found:
            integrating.integrate_office(store, office)


def feed(store: Database, office: str) -> list[FeedItem]:
    """All that an office's counters read."""
    return retried(store, lambda transaction: Feeds(transaction).page(office, 0, 1 << 30))


def heard(store: Database, office: str) -> set[bytes]:
    """The hashes of the entries in an office's feed, none of which may be there twice."""
    found = [one.hash for one in feed(store, office) if isinstance(one, Entry)]
    assert len(found) == len(set(found))
    return set(found)


def books_of(store: Database) -> dict[str, set[tuple[object, ...]]]:
    """All rows of the books, but for the order in which payments of a bill came. A bill that was overpaid for
    a while is like one that never was.
    """

    def rows(table: Table) -> set[tuple[object, ...]]:
        asked = select(*(one for one in table.c if one.name != "nth"))
        asked = asked.where(surpluses.c.surplus > 0) if table is surpluses else asked
        return set(retried(store, lambda transaction: transaction.rows(asked, {})))

    return {table.name: rows(table) for table in BOOKS}


def empty(store: Database) -> None:
    """Take everything out of a store but what it is."""

    def clear(transaction: Transaction) -> None:
        for table in TABLES.sorted_tables:
            if table.name != "facts":
                transaction.do(table.delete(), {})

    retried(store, clear)
