"""An auditor with a pencil: adds the whole journal up anew, drawer by drawer, and compares with what stands.

Nothing of the projections is used for it, only the payloads.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from counter_app.desk.desk import Desk
from counter_app.domain.drawer import (
    CashMoved,
    DepositNoted,
    DrawerClosed,
    DrawerOpened,
    HandoverAccepted,
    counted_total,
)
from counter_app.domain.entry import Header, Kind, Place
from counter_app.domain.payment import PaymentTaken, Tender, TenderKind
from counter_app.domain.undoing import (
    LOST,
    Outcome,
    PaymentCancelled,
    PaymentMoved,
    RefundAsked,
    TendersCorrected,
    TenderSettled,
    Undoing,
)
from counter_app.store import finds, journal, projections
from counter_app.store.engine import Connection
from counter_app.store.finds import day_end, settled
from counter_app.store.finds.books import Days
from counter_app.store.finds.lost import lost
from counter_app.wire.payloads import Payload, decode

ALL_DAYS = Days(date(2000, 1, 1), date(2100, 1, 1))
_RECEIPTS = """
    SELECT serial, consumer, cancelled, lost, coalesce((SELECT sum(t.amount) FROM tenders t
        WHERE t.payment = serial AND t.live AND t.outcome NOT IN ('failed', 'dishonoured')), 0)
    FROM payments"""
SERIES = {
    PaymentTaken: "receipts", PaymentCancelled: "slips", TendersCorrected: "slips", PaymentMoved: "slips",
    RefundAsked: "slips", CashMoved: "moves", HandoverAccepted: "moves", DrawerClosed: "closings",
}  # fmt: skip


@dataclass
class Till:
    """A drawer as the pencil has it, in paise."""

    clerk: str
    opening: int
    cash: int = 0
    moved_in: int = 0
    moved_out: int = 0
    tenders: Counter[TenderKind] = field(default_factory=Counter)
    serials: list[int] = field(default_factory=list)
    closed: DrawerClosed | None = None

    @property
    def holds(self) -> int:
        return self.opening + self.cash + self.moved_in - self.moved_out


@dataclass
class Paid:
    """A receipt as the pencil has it: whose, in which drawer, its tenders by place, what the bank said."""

    act: UUID
    number: str
    consumer: str
    drawer: UUID
    amount: int
    tenders: dict[int, Tender]
    places: int
    cancelled: bool = False
    said: dict[int, Outcome] = field(default_factory=dict)

    @property
    def lost(self) -> int:
        return sum(self.tenders[place].amount for place, said in self.said.items() if said in LOST)


class Audit:
    """Reads a journal from its first entry on; ``violations`` says what does not hold."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self.upto: Place | None = None
        self.tills: dict[UUID, Till] = {}
        self.closings: dict[UUID, DrawerClosed] = {}
        self._serials: Counter[str] = Counter()
        self.receipts: dict[int, Paid] = {}
        self.outstanding: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()
        self._late: Counter[tuple[str, str]] = Counter()
        self._ever = self._undone = 0

    def read(self, header: Header, payload: Payload) -> None:
        """One entry."""
        self.upto = header.place
        series = SERIES.get(type(payload))
        serial = getattr(payload, "serial", 0)
        if series and serial:
            self._demand(serial == self._serials[series] + 1, f"{series}: {serial} is out of turn")
            self._serials[series] = serial
        match payload:
            case DrawerOpened():
                self._opened(payload)
            case PaymentTaken():
                self._paid(header, payload)
            case PaymentCancelled() | TendersCorrected():
                self._undone_by(payload)
            case CashMoved():
                till = self._open(payload.drawer)
                till.moved_in += max(payload.into, 0)
                till.moved_out += max(-payload.into, 0)
                self.outstanding[till.clerk] += payload.into
                self._demand(till.holds >= 0, "a drawer holds less than nothing")
            case HandoverAccepted():
                self._open(payload.drawer).moved_in += payload.counted
                self.outstanding[payload.clerk] += payload.counted
                self.outstanding[payload.giver] -= payload.counted
                given = self.closings.get(payload.closing)
                self._demand(given is not None and given.counted == payload.handed, "another sum handed over")
            case PaymentMoved():
                paid = self._about(payload.receipt_serial, payload.consumer)
                self._demand(sum(one.amount for one in payload.shares) == paid.amount, "moved in part")
                paid.consumer = payload.to_consumer
                self._carry(Undoing.MOVE, paid, paid.amount)
            case RefundAsked():
                paid = self._about(payload.receipt_serial, payload.consumer)
                self._demand(payload.amount == paid.amount - paid.lost > 0, "refunded what never came")
                self._carry(Undoing.REFUND, paid, payload.amount)
            case TenderSettled():
                self._settled(payload)
            case DrawerClosed():
                self._closed(header, payload)
            case DepositNoted():
                self.outstanding[self.closings[payload.closing].clerk] -= payload.amount
        self._demand(header.running_total == self._ever, "the running total is another")

    def _opened(self, payload: DrawerOpened) -> None:
        for till in self.tills.values():
            if till.clerk == payload.clerk and till.closed is None:
                # Nothing was ever done in it: its float goes along.
                self._demand(not till.serials and till.holds == till.opening, "an open drawer was left")
                self._kept[till.clerk] = till.opening
                till.closed = DrawerClosed(payload.drawer, till.clerk, payload.day, till.holds, till.holds)
        self._demand(payload.opening >= self._kept[payload.clerk], "less opened with than was kept")
        self.outstanding[payload.clerk] += payload.opening - self._kept[payload.clerk]
        self._kept[payload.clerk] = 0
        self.tills[payload.drawer] = Till(payload.clerk, payload.opening)

    def _paid(self, header: Header, payload: PaymentTaken) -> None:
        till = self._open(header.drawer)
        self._ever += payload.amount
        tenders = dict(enumerate(payload.tenders))
        number = f"{payload.office}-{payload.counter}-{payload.serial:06d}"
        self.receipts[payload.serial] = Paid(
            header.act, number, payload.consumer, header.drawer, payload.amount, tenders, len(tenders)
        )
        till.serials.append(payload.serial)
        for tender in payload.tenders:
            till.tenders[tender.kind] += tender.amount
            till.cash += tender.given - tender.returned
            self.outstanding[till.clerk] += tender.given - tender.returned

    def _undone_by(self, payload: PaymentCancelled | TendersCorrected) -> None:
        paid = self._about(payload.receipt_serial, payload.consumer)
        till = self._open(paid.drawer)
        for tender in paid.tenders.values():
            till.tenders[tender.kind] -= tender.amount
        if isinstance(payload, PaymentCancelled):
            till.cash -= payload.cash_back
            self.outstanding[till.clerk] -= payload.cash_back
            self._undone += payload.amount
            paid.cancelled = True
            return
        self._demand(not paid.lost, "money that never came is said to have come otherwise")
        till.cash += payload.cash
        self.outstanding[till.clerk] += payload.cash
        for tender in payload.tenders:
            till.tenders[tender.kind] += tender.amount
        paid.tenders = dict(enumerate(payload.tenders, paid.places))
        paid.said, paid.places = {}, paid.places + len(payload.tenders)
        self._demand(sum(one.amount for one in payload.tenders) == paid.amount, "corrected in part")

    def _settled(self, payload: TenderSettled) -> None:
        paid = self._about(payload.receipt_serial, payload.consumer)
        tender = paid.tenders.get(payload.position)
        self._demand(tender is not None and tender.amount == payload.amount, "the bank spoke of another sum")
        paid.said[payload.position] = payload.outcome
        named = paid if payload.outcome is not Outcome.CONFIRMED else None
        self._carry(payload.outcome, named or replace(paid, number=""), payload.amount)

    def _about(self, serial: int, consumer: str) -> Paid:
        """The receipt that something is done about: it counts, and is that consumer's."""
        paid = self.receipts[serial]
        self._demand(not paid.cancelled, f"{paid.number} was cancelled before")
        self._demand(paid.consumer == consumer, f"{paid.number} is not {consumer}'s")
        return paid

    def _carry(self, what: str, paid: Paid, amount: int) -> None:
        """What comes after the seal stands in the next Z report."""
        if self.tills[paid.drawer].closed is not None:
            self._late[what, paid.number] += amount

    def _closed(self, header: Header, payload: DrawerClosed) -> None:
        till = self._open(payload.drawer)
        sums = {one.kind: one.amount for one in payload.tenders}
        for what, ours, theirs in (
            ("opening", till.opening, payload.opening), ("cash", till.cash, payload.cash),
            ("moved in", till.moved_in, payload.moved_in), ("moved out", till.moved_out, payload.moved_out),
            ("expected", till.holds, payload.expected), ("tenders", +till.tenders, +Counter(sums)),
            ("counted", counted_total(payload.counts), payload.counted),
            ("difference", payload.counted - till.holds, payload.difference),
            ("receipts", len(till.serials), payload.receipts), ("perpetual", self._ever, payload.perpetual),
            ("undone", self._undone, payload.undone),
            ("late", self._late, {(one.what, one.receipt): one.amount for one in payload.carried}),
        ):  # fmt: skip
            self._demand(ours == theirs, f"closing {payload.serial}, {what}: {ours} is not {theirs}")
        goes = payload.to_bank + payload.kept + (payload.counted if payload.handed_to else 0)
        self._demand(goes == payload.counted, "the counted cash does not go anywhere")
        self._demand(bool(payload.approved) == bool(payload.difference), "a difference without a second")
        till.closed = self.closings[header.act] = payload
        self._kept[payload.clerk] = payload.kept
        self._late.clear()

    def _open(self, drawer: UUID) -> Till:
        till = self.tills[drawer]
        self._demand(till.closed is None, "something was done in a sealed drawer")
        return till

    def _demand(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.violations.append(otherwise)


def audited(desk: Desk, before: Audit | None) -> Audit:
    """The journal added up, from where the audit ``before`` ended, and held against the rows of the drawers.

    Without one the whole journal, chain and signatures too, and each row of every table made again.
    """
    audit = before or Audit()
    with desk.book.reading() as connection:
        for entry in journal.entries(connection, audit.upto):
            header = entry.header
            audit.read(header, decode(header.kind, header.kind_version, entry.payload))
        if before is None:
            journal.check(connection, desk.book.public_key)
            audit.violations += projections.rebuild_and_compare(connection)
        for drawer, till in audit.tills.items():
            row = finds.drawer(connection, drawer)
            if row is None or (row.closed_at is None) != (till.closed is None):
                audit.violations.append(f"{drawer}: is open and closed")
            elif row.holds != till.holds:
                audit.violations.append(f"{drawer}: {row.holds} is not {till.holds}")
            sums = Counter({one.kind: one.amount for one in day_end.tender_sums(connection, drawer)})
            if +sums != +till.tenders:
                audit.violations.append(f"{drawer}: {sums} is not {till.tenders}")
        held = Counter({clerk: sums[-1] for clerk, *sums in settled.by_person(connection, ALL_DAYS)})
        known = _with_lost(connection, audit)
        told = {row[0]: row[1:] for row in connection.exec_driver_sql(_RECEIPTS)}
    if held != known:  # a Counter takes what is missing for 0
        audit.violations.append(f"outstanding: {held} is not {known}")
    for serial, paid in audit.receipts.items():
        came = 0 if paid.cancelled else paid.amount - paid.lost
        ours = paid.consumer, paid.cancelled, paid.lost, came
        if told.get(serial) != ours:
            audit.violations.append(f"{paid.number}: {told.get(serial)} is not {ours}")
    return audit


def _with_lost(connection: Connection, audit: Audit) -> Counter[str]:
    """What people hold, with the cash that moved by what a restore has lost about receipts that are here."""
    held = audit.outstanding.copy()
    for _, said, *_ in lost(connection, Kind.PAYMENT_CANCELLED, Kind.TENDERS_CORRECTED):
        assert isinstance(said, PaymentCancelled | TendersCorrected)
        about = audit.receipts.get(said.receipt_serial)
        if about is not None and about.act == said.receipt:
            held[audit.tills[about.drawer].clerk] += (
                -said.cash_back if isinstance(said, PaymentCancelled) else said.cash
            )
    return held


def sealed_days(desk: Desk, audit: Audit) -> Iterator[tuple[UUID, tuple[object, ...]]]:
    """Every sealed day as everybody sees it, by the act of its closing."""
    with desk.book.reading() as connection:
        for act, closed in audit.closings.items():
            row = finds.closing_of(connection, act)
            yield act, (closed, row, day_end.tender_sums(connection, closed.drawer))
