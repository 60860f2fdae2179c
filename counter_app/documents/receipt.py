"""The payment receipt: 80 mm wide, or the same on half an A4."""

from counter_app.documents.counter_lines import clerk_text, closing, heading, in_both, upper_both
from counter_app.documents.half_receipt import half_sheets
from counter_app.documents.lines import Span
from counter_app.documents.page import Document, Sheet
from counter_app.documents.receipt_body import ReceiptFacts as ReceiptFacts
from counter_app.documents.receipt_body import (
    amount_received,
    bands,
    consumer_number,
    how,
    is_plain,
    number_and_time,
    number_text,
    of_bill,
    title,
    what_for,
    where_it_went,
    who_paid,
)
from counter_app.documents.receipt_notes import computer_made, goes_to_centre, notes
from counter_app.documents.roll import SMALL, STRONG, Roll
from counter_app.domain.acts import Paper
from counter_app.words.say import Language, both

HINDI = Language.HINDI


def receipt(facts: ReceiptFacts) -> Document:
    """The receipt: one sheet, or as many halves of an A4 as it takes."""
    sheets = half_sheets(facts) if facts.half else (_roll_sheet(facts),)
    return Document(number_text(facts), sheets, Paper.RECEIPT, facts.printed_at)


def _roll_sheet(facts: ReceiptFacts) -> Sheet:
    roll = Roll()
    heading(roll, facts.office)
    roll.boxed([Span(upper_both(title(facts)), bold=True)], STRONG)
    bands(roll, facts)
    number_and_time(roll, facts)
    consumer_number(roll, facts)
    who_paid(roll, facts)
    what_for(roll, facts)
    of_bill(roll, facts.payment)
    amount_received(roll, facts.payment.amount)
    how(roll, facts)
    if not is_plain(facts):
        roll.dashes()
        where_it_went(roll, facts)
    roll.dashes()
    notes(roll, facts.payment, facts.at)
    if told := goes_to_centre(facts.payment, recorded=facts.number is not None):
        roll.paragraph(told)
    for line in computer_made():
        roll.paragraph(line)
    if facts.code:
        roll.gap(2.0)
        roll.code(facts.code)
        roll.gap(0.8)
        roll.centred([Span(in_both(both("Genuine? Scan it here", HINDI)))], SMALL)
    clerk = clerk_text(facts.clerk_name, facts.payment.clerk)
    closing(roll, facts.office, clerk, facts.number, facts.copy, facts.printed_at)
    return roll.sheet()
