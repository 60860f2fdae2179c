"""What the pay screen shows before anything is typed: dues, what was paid, the rules of the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from counter_app.desk.desk import Desk
from counter_app.desk.finding import current_dues, known_consumer
from counter_app.domain.bill import Bill, Payable
from counter_app.domain.charges import ON_DUES, ChargeHead
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import business_day
from counter_app.domain.money import Paise, half_up, to_rupee
from counter_app.domain.numbering import Number, Series
from counter_app.domain.payment import PAPER, Tender
from counter_app.domain.refusals import BillUnknown, NumberIncomplete
from counter_app.domain.rules import Order, Tenders
from counter_app.domain.shield import Evidence
from counter_app.domain.tariff.rebates import online_rebate
from counter_app.store import finds, reference
from counter_app.store.centre import answers, last_contact
from counter_app.store.engine import Connection
from counter_app.store.finds.charged import Charged, charged_elsewhere
from counter_app.store.rows import PaymentRow, ReceiptRow

MONTHS_OF_AVERAGE = 6
"""Of so many months is the average that is enough under protest (Supply Code 9.11)."""


@dataclass(frozen=True, slots=True)
class Dues:
    """What a consumer owes.

    ``by_paper``: what is payable with a cheque or draft, whose due date may be earlier; ``last_day``: until
    when the bill is paid in time; ``average``: of the bills of six months before it, None without them;
    ``rebate``: what paying it in a way that earns the online rebate takes off the next bill.
    """

    bill: Bill
    payable: Payable
    by_paper: Payable
    last_day: date
    average: Paise | None
    rebate: Paise

    def payable_with(self, tenders: Sequence[Tender]) -> Payable:
        """What is payable when it is handed over so."""
        return self.by_paper if any(tender.kind in PAPER for tender in tenders) else self.payable


@dataclass(frozen=True, slots=True)
class PayForm:
    """What the pay screen shows before anything is typed. ``consumer`` is None for who has no connection yet.

    ``today`` is this counter's newest receipt of today for dues, ``charged_today`` those for other heads,
    ``elsewhere`` and ``charged_elsewhere`` what channels and other counters took today, as far as it is known
    here.
    """

    consumer: Consumer | None
    dues: Dues | None
    dues_as_of: datetime | None
    today: ReceiptRow | None
    charged_today: Mapping[str, ReceiptRow]
    charged_elsewhere: Mapping[str, Charged]
    elsewhere: tuple[PaymentRow, ...]
    last_paid: PaymentRow | None
    order: Order
    tenders: Tenders
    charges: tuple[ChargeHead, ...]
    evidence: Evidence
    next_number: Number

    @property
    def number(self) -> str:
        """Whose money it is; empty for who has no connection yet."""
        return self.consumer.number if self.consumer else ""

    @property
    def owes(self) -> Dues:
        """The dues; ``BillUnknown`` without a bill."""
        if self.dues is not None:
            return self.dues
        raise BillUnknown(self.number) if self.consumer else NumberIncomplete(0)

    @property
    def bill(self) -> Bill:
        """The latest bill; ``BillUnknown`` without one."""
        return self.owes.bill

    @property
    def payable(self) -> Payable:
        """What is payable now; ``BillUnknown`` without a bill."""
        return self.owes.payable

    @property
    def paid_today(self) -> bool:
        """Whether anything was paid for dues today, here or elsewhere."""
        return self.today is not None or bool(self.elsewhere)


def form_of(desk: Desk, connection: Connection, number: str, at: datetime, *, doubted: bool) -> PayForm:
    """What is known of a consumer now; an empty number is somebody without a connection.

    ``doubted``: something stands against the clock.
    """
    day = business_day(at)
    consumer = known_consumer(connection, number) if number else None
    known = consumer.number if consumer else ""
    history = [paid for paid in finds.payments_of(connection, known) if paid.charge in ON_DUES]
    today = finds.paid_today(connection, known, day) if known else {}
    serial = finds.last_serial(connection, Series.RECEIPT) + 1
    return PayForm(
        consumer=consumer,
        dues=_dues(desk, connection, known, at) if known else None,
        dues_as_of=reference.dues_as_of(connection),
        today=today.get(""),
        charged_today=today,
        charged_elsewhere=charged_elsewhere(connection, known, day) if known else {},
        elsewhere=tuple(
            paid for paid in history if paid.act is None and paid.on == day and paid.lost < paid.amount
        ),
        last_paid=history[0] if history else None,
        order=desk.rules.order(day),
        tenders=desk.rules.tenders_on(day),
        charges=desk.rules.charges_on(day),
        evidence=_evidence(connection, at, doubted=doubted),
        next_number=Number(Series.RECEIPT, desk.office.code, desk.office.counter, serial, ""),
    )


def _evidence(connection: Connection, at: datetime, *, doubted: bool) -> Evidence:
    """What stands for the time."""
    return Evidence(last_contact(connection), not answers(connection, at), doubted)


def _dues(desk: Desk, connection: Connection, number: str, at: datetime) -> Dues | None:
    bill, payable = current_dues(desk, connection, number, at)
    if bill is None or payable is None:
        return None
    tenders, by_paper, rebate = desk.rules.tenders_on(business_day(at)), payable, 0
    if tenders.paper_days:
        by_paper = current_dues(desk, connection, number, at, tenders.paper_days)[1] or payable
    if tenders.rebated:
        rebate = half_up(-online_rebate(desk.rules.conditions(business_day(at)), bill.net))
    before = [use.amount for use in reference.history(connection, number) if use.month < bill.month]
    lately = before[-MONTHS_OF_AVERAGE:]
    average = to_rupee(sum(lately) // len(lately)) if lately else None
    return Dues(bill, payable, by_paper, desk.rules.last_day(bill.due), average, rebate)
