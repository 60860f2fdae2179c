"""An auditor with a pencil: adds the whole journal up anew, drawer by drawer, and compares with what stands.

Nothing of the projections is used for it, only the payloads.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from counter_app.desk.desk import Desk
from counter_app.domain.drawer import (
    CashMoved,
    DrawerClosed,
    DrawerOpened,
    HandoverAccepted,
    counted_total,
)
from counter_app.domain.entry import Header, Place
from counter_app.domain.payment import PaymentTaken, Tender, TenderKind
from counter_app.domain.undoing import PaymentCancelled, RefundAsked, TendersCorrected
from counter_app.store import finds, journal, projections
from counter_app.store.finds import day_end
from counter_app.wire.payloads import Payload, decode

SERIES = {
    PaymentTaken: "receipts", PaymentCancelled: "slips", TendersCorrected: "slips", RefundAsked: "slips",
    CashMoved: "moves", HandoverAccepted: "moves", DrawerClosed: "closings",
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


class Audit:
    """Reads a journal from its first entry on; ``violations`` says what does not hold."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self.upto: Place | None = None
        self.tills: dict[UUID, Till] = {}
        self.closings: dict[UUID, DrawerClosed] = {}
        self._serials: Counter[str] = Counter()
        self._receipts: dict[int, tuple[UUID, tuple[Tender, ...]]] = {}
        self._kept: Counter[str] = Counter()
        self._late: Counter[str] = Counter()
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
                self._demand(till.holds >= 0, "a drawer holds less than nothing")
            case HandoverAccepted():
                self._open(payload.drawer).moved_in += payload.counted
                given = self.closings.get(payload.closing)
                self._demand(given is not None and given.counted == payload.handed, "another sum handed over")
            case RefundAsked():
                drawer = self._receipts[payload.receipt_serial][0]
                self._late["refund"] += self.tills[drawer].closed is not None
            case DrawerClosed():
                self._closed(header, payload)
        self._demand(header.running_total == self._ever, "the running total is another")

    def _opened(self, payload: DrawerOpened) -> None:
        for till in self.tills.values():
            if till.clerk == payload.clerk and till.closed is None:
                # Nothing was ever done in it: its float goes along.
                self._demand(not till.serials and till.holds == till.opening, "an open drawer was left")
                self._kept[till.clerk] = till.opening
                till.closed = DrawerClosed(payload.drawer, till.clerk, payload.day, till.holds, till.holds)
        self._demand(payload.opening >= self._kept[payload.clerk], "less opened with than was kept")
        self._kept[payload.clerk] = 0
        self.tills[payload.drawer] = Till(payload.clerk, payload.opening)

    def _paid(self, header: Header, payload: PaymentTaken) -> None:
        till = self._open(header.drawer)
        self._ever += payload.amount
        self._receipts[payload.serial] = header.drawer, payload.tenders
        till.serials.append(payload.serial)
        for tender in payload.tenders:
            till.tenders[tender.kind] += tender.amount
            till.cash += tender.given - tender.returned

    def _undone_by(self, payload: PaymentCancelled | TendersCorrected) -> None:
        drawer, tenders = self._receipts[payload.receipt_serial]
        till = self._open(drawer)
        for tender in tenders:
            till.tenders[tender.kind] -= tender.amount
        if isinstance(payload, PaymentCancelled):
            till.cash -= payload.cash_back
            self._undone += payload.amount
            self._receipts[payload.receipt_serial] = drawer, ()
            return
        till.cash += payload.cash
        self._receipts[payload.receipt_serial] = drawer, payload.tenders
        for tender in payload.tenders:
            till.tenders[tender.kind] += tender.amount

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
            ("undone", self._undone, payload.undone), ("late", self._late.total(), len(payload.carried)),
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
    return audit


def sealed_days(desk: Desk, audit: Audit) -> Iterator[tuple[UUID, tuple[object, ...]]]:
    """Every sealed day as everybody sees it, by the act of its closing."""
    with desk.book.reading() as connection:
        for act, closed in audit.closings.items():
            row = finds.closing_of(connection, act)
            yield act, (closed, row, day_end.tender_sums(connection, closed.drawer))
