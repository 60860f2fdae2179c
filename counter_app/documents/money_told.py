"""Which amounts must stand on a paper by what was recorded; whoever makes the page proves it by them.

Each is named as often as it stands there. What stands within a sentence, or is worked out for reading alone
(a daily average, say), is not among them.
"""

from collections.abc import Iterator

from counter_app.documents.bill import BillFacts
from counter_app.documents.cash_slip import MoveFacts
from counter_app.documents.certificate import NoDuesFacts
from counter_app.documents.day_papers import ClosingFacts
from counter_app.documents.paid_elsewhere import ElsewhereFacts
from counter_app.documents.statement import MONTHS, StatementFacts
from counter_app.documents.undone import UndoneFacts
from counter_app.domain.acts import Paper
from counter_app.domain.bill import Payable
from counter_app.domain.books import Book, Kind, kind
from counter_app.domain.drawer import CashMoved
from counter_app.domain.money import Paise, to_rupee
from counter_app.domain.undoing import PaymentCancelled, PaymentMoved, TendersCorrected


def of_bill(facts: BillFacts) -> Iterator[Paise]:
    """The strip, the total, and the sums that lead to it."""
    bill, payable = facts.bill, facts.payable
    yield from (bill.current_month, to_rupee(bill.arrear + bill.arrear_duty + bill.surcharge))
    yield from (payable.until_due, payable.after_due)
    yield from (sum(line.amount for line in bill.charges), bill.arrear, bill.surcharge)
    yield payable.balance if payable.not_for_payment else payable.amount
    yield from (line.amount for line in bill.slabs)


def of_statement(facts: StatementFacts) -> Iterator[Paise]:
    """Every month, every payment, both totals, and what is payable."""
    months = facts.months[-MONTHS:]
    yield from (use.amount for use in months)
    yield from (one.amount for one in facts.payments)
    if months:
        yield sum(use.amount for use in months)
    if facts.payments:
        yield sum(one.amount for one in facts.payments)
    yield from _due(facts.payable)


def of_no_dues(facts: NoDuesFacts) -> Iterator[Paise]:
    """The last bill, what was paid since, what is over."""
    yield from (facts.bill.net, facts.payable.paid)
    if facts.payable.not_for_payment:
        yield -facts.payable.balance


def of_elsewhere(facts: ElsewhereFacts, paper: Paper) -> Iterator[Paise]:
    """What was paid elsewhere; on a claim slip also what is payable without it."""
    yield facts.amount
    if paper is Paper.CLAIM and facts.payable is not None:
        yield facts.payable.amount


def of_undone(facts: UndoneFacts) -> Iterator[Paise]:
    """The receipt's amount, and what became of it."""
    yield facts.payload.amount
    match facts.payload:
        case PaymentCancelled(cash_back=cash_back):
            yield cash_back
        case TendersCorrected(before=before, tenders=tenders, cash=cash):
            yield from (one.amount for one in (*before, *tenders))
            if cash:
                yield abs(cash)
        case PaymentMoved(shares=shares):
            yield from (share.amount for share in shares)


def of_move(facts: MoveFacts) -> Iterator[Paise]:
    """What was moved, or handed over and counted."""
    payload = facts.payload
    if isinstance(payload, CashMoved):
        yield payload.amount
    else:
        yield from (payload.handed, payload.counted, payload.counted - payload.handed)


def of_closing(facts: ClosingFacts) -> Iterator[Paise]:
    """The report, the denomination sheet, both parts of the pay-in slip, the certificate."""
    report = facts.report
    counted = [one.amount for one in report.counts]
    taken = [one.amount for one in report.tenders]
    yield from (report.opening, report.cash, report.moved_in, report.moved_out, sum(taken))
    yield from (report.perpetual, report.undone, *(one.amount for one in report.carried))
    for _ in ("report", "certificate"):
        yield from (report.expected, report.counted, report.difference, *taken)
        if not report.handed_to:
            yield from (report.kept, report.to_bank)
    for _ in ("report", "denomination sheet", "certificate"):
        yield from counted
    yield from (report.counted, report.counted)
    if report.to_bank:
        yield from (report.to_bank, report.to_bank)
        if report.to_bank == report.counted:
            yield from (*counted, *counted)


def of_book(made: Book) -> Iterator[Paise]:
    """Every amount of its rows, and the sums under them."""
    for row in (*made.rows, made.totals) if made.rows else ():
        for column, value in zip(made.columns, row, strict=True):
            if kind(column) is Kind.MONEY and isinstance(value, int):
                yield value


def _due(payable: Payable | None) -> Iterator[Paise]:
    if payable is not None:
        yield -payable.balance if payable.not_for_payment else payable.amount
