"""The Z report of a drawer, 80 mm wide: what was taken and how, what was counted, what was ever taken.

Behind it, in one go, what goes with the cash.
"""

from counter_app.documents.counter_lines import (
    clerk_text,
    closing,
    copy_band,
    heading,
    side_by_side,
    upper_both,
)
from counter_app.documents.day_papers import (
    ClosingFacts,
    cash_certificate,
    count_lines,
    denomination_sheet,
    pay_in_slip,
)
from counter_app.documents.fonts import printable
from counter_app.documents.lines import Span
from counter_app.documents.page import Document
from counter_app.documents.roll import BODY, STRONG, Roll, label_spans
from counter_app.domain.acts import Paper
from counter_app.domain.drawer import DrawerClosed
from counter_app.words.amounts import in_words, rupees
from counter_app.words.dates import day, stamp
from counter_app.words.labels import carried, tender
from counter_app.words.say import N_, Both, Language, both

HINDI = Language.HINDI


def day_report(facts: ClosingFacts) -> Document:
    """The report with room for signatures, and further sheets: denominations, pay-in slip, certificate."""
    roll, report = Roll(), facts.report
    heading(roll, facts.office)
    roll.boxed([Span(upper_both(both("Day report of the drawer", HINDI)), bold=True)], STRONG)
    copy_band(roll, facts.copy, facts.reason)
    roll.gap(1.6)
    roll.strong_fact(both("Report no.", HINDI), facts.number)
    roll.fact(both("Business day", HINDI), day(report.day))
    roll.fact(both("Opened", HINDI), stamp(facts.opened_at))
    roll.fact(both("Closed", HINDI), stamp(facts.closed_at))
    if facts.in_place:
        words = both("Counted in the place of the cashier, who takes no money here any more", HINDI)
        roll.paragraph(f"{side_by_side(words)}: {printable(facts.in_place)}", bold=True)
    roll.dashes()
    _receipts(roll, report)
    _drawer(roll, report)
    _where(roll, facts)
    _count(roll, report)
    _carried(roll, report)
    roll.dashes()
    roll.fact(both("All receipts ever", HINDI), rupees(report.perpetual))
    roll.fact(both("Of these cancelled", HINDI), rupees(report.undone))
    _signatures(roll)
    clerk = clerk_text(facts.clerk_name, report.clerk)
    closing(roll, facts.office, clerk, facts.number, facts.copy, facts.printed_at)
    sheets = [roll.sheet(), denomination_sheet(facts)]
    if report.to_bank:
        sheets.append(pay_in_slip(facts))
    sheets.append(cash_certificate(facts))
    return Document(facts.number, tuple(sheets), Paper.DAY_REPORT, facts.printed_at)


def _receipts(roll: Roll, report: DrawerClosed) -> None:
    span = f"{report.first:06d} – {report.last:06d}" if report.receipts else "—"
    roll.fact(both("Receipts", HINDI), f"{report.receipts}")
    roll.fact(both("First and last", HINDI), span)
    for one in report.tenders:
        words = tender(one.kind, HINDI)
        roll.fact(Both(f"{words.lead} ({one.receipts})", words.second), rupees(one.amount))
    roll.fact(both("Together", HINDI), rupees(sum(one.amount for one in report.tenders)), bold=True)
    cancelled = f"{report.cancelled} · {rupees(report.cancelled_amount)}"
    roll.fact(both("Cancelled", HINDI), cancelled if report.cancelled else "0")
    for label, count in (
        (N_("Corrected"), report.corrected),
        (N_("Copies of receipts"), report.copies),
        (N_("Opened without a receipt"), report.unlocked),
    ):
        roll.fact(both(label, HINDI), f"{count}")
    roll.dashes()


def _drawer(roll: Roll, report: DrawerClosed) -> None:
    roll.fact(both("Float at opening", HINDI), rupees(report.opening))
    roll.fact(both("Cash from receipts", HINDI), rupees(report.cash))
    roll.fact(both("Cash brought in", HINDI), rupees(report.moved_in))
    roll.fact(both("Cash taken out", HINDI), rupees(report.moved_out))
    roll.fact(both("Expected", HINDI), rupees(report.expected), bold=True)
    roll.fact(both("Counted", HINDI), rupees(report.counted), bold=True)
    roll.strong_fact(both("Difference", HINDI), rupees(report.difference))
    if report.note:
        roll.paragraph(f"{side_by_side(both('Note', HINDI))}: {printable(report.note)}")


def _where(roll: Roll, facts: ClosingFacts) -> None:
    """Why count and books differ and who agreed; where the cash goes."""
    report = facts.report
    if report.reason:
        roll.paragraph(f"{side_by_side(both('Reason', HINDI))}: {printable(report.reason)}")
    if report.approved:
        second = clerk_text(facts.second_name, report.approved.code)
        roll.paragraph(f"{side_by_side(both('Agreed by', HINDI))}: {printable(second)}")
    roll.dashes()
    if report.handed_to:
        receiver = clerk_text(facts.receiver_name, report.handed_to)
        roll.fact(both("Handed over to", HINDI), printable(receiver), bold=True)
    else:
        roll.fact(both("Kept as float", HINDI), rupees(report.kept))
        roll.fact(both("To the bank", HINDI), rupees(report.to_bank), bold=True)
    roll.dashes()


def _carried(roll: Roll, report: DrawerClosed) -> None:
    """What became of receipts of earlier days; their reports stay as they are."""
    if not report.carried:
        return
    roll.dashes()
    roll.sides(label_spans(both("Carried from sealed days", HINDI), bold=True), [], BODY)
    for one in report.carried:
        what = printable(f"{one.receipt} {carried(one.what, HINDI).lead}".strip())
        roll.sides([Span(what)], [Span(rupees(one.amount))])


def _count(roll: Roll, report: DrawerClosed) -> None:
    """What lay in the drawer, piece by piece."""
    roll.sides(label_spans(both("Notes and coins", HINDI), bold=True), [], BODY)
    count_lines(roll, report.counts)
    for language in (Language.HINDI, Language.ENGLISH):
        roll.paragraph(in_words(report.counted, language))


def _signatures(roll: Roll) -> None:
    roll.gap(9.0)
    cashier, head = both("Cashier", HINDI), both("Head cashier", HINDI)
    roll.sides([Span(side_by_side(cashier))], [Span(side_by_side(head))])
    roll.gap(1.5)
