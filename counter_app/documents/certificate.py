"""The no-dues certificate on A4: what it certifies, on what that rests, and room for a signature."""

from dataclasses import dataclass

from counter_app.documents.account_head import KNOWN_UP_TO, AccountPaper, foot, head, heard
from counter_app.documents.fonts import printable
from counter_app.documents.grid import LEFT, RIGHT
from counter_app.documents.letterhead import HEIGHT, WIDTH
from counter_app.documents.lines import fitted, row, width
from counter_app.documents.page import Align, Document, Sheet, Text
from counter_app.documents.roll import UNKNOWN, Roll, label_spans
from counter_app.domain.acts import Paper
from counter_app.domain.bill import Bill, Payable
from counter_app.words.amounts import rupees
from counter_app.words.dates import day, month
from counter_app.words.say import N_, Both, Language, both

HINDI = Language.HINDI
_SIZE, _FACT, _SMALL = 12.0, 10.0, 9.0


@dataclass(frozen=True, slots=True)
class NoDuesFacts:
    """All that the certificate says. Nothing is payable on ``payable.on``; ``bill`` is the latest one.

    What it rests on may be of an earlier day: up to when is said as large as what it certifies.
    """

    paper: AccountPaper
    bill: Bill
    payable: Payable


def no_dues(facts: NoDuesFacts) -> Document:
    """The certificate as one A4 sheet."""
    paper, payable = facts.paper, facts.payable
    items, y = head(paper, both("No-dues certificate", HINDI))
    text = Roll(LEFT, RIGHT, y + 6.0)
    text.rule(static=True)
    text.gap(4.0)
    said = both("Certified that nothing is due on this account for electricity bills:", HINDI)
    text.paragraph(said.lead, _SIZE, bold=True, static=True)
    text.paragraph(said.second, _SIZE, static=True)
    text.gap(2.0)
    _large(text, both("As on", HINDI), day(payable.on))
    _large(text, both("Bills up to that of", HINDI), month(facts.bill.month))
    _large(text, both(KNOWN_UP_TO, HINDI), heard(paper.as_of))
    text.gap(2.0)
    for line in both("What came after that is not certified.", HINDI):
        text.paragraph(line, _SIZE, bold=True, static=True)
    text.gap(3.0)
    text.rule(static=True)
    last = f"{month(facts.bill.month)}, {printable(facts.bill.number)}"
    advance = rupees(-payable.balance) if payable.not_for_payment else UNKNOWN
    text.ruled_fact(both("Last bill", HINDI), last)
    text.ruled_fact(both("Amount of the bill", HINDI), rupees(facts.bill.net))
    text.ruled_fact(both("Paid since", HINDI), rupees(payable.paid))
    text.ruled_fact(both("Advance with us", HINDI), advance)
    text.dashes(static=True)
    text.gap(2.0)
    limits = N_("Dues that are in no bill, such as vigilance dues, and later bills are not part of it.")
    for line in both(limits, HINDI):
        text.paragraph(line, static=True)
    text.gap(34.0)
    officer = both("Officer in charge: signature and seal", HINDI)
    office = printable(f"{paper.office.name_hi} {paper.office.code} {paper.office.name_en}")
    signed = Roll(RIGHT - 80.0, RIGHT, text.y)
    signed.rule(static=True)
    for line in officer:
        signed.paragraph(line, _SMALL, bold=True, static=True)
    signed.paragraph(office, _SMALL, static=True)
    made = (*items, *text.items, *signed.items, *foot(paper))
    name = f"{paper.consumer.number} {day(payable.on)}"
    return Document(name, (Sheet(WIDTH, HEIGHT, made),), Paper.NO_DUES, paper.printed_at)


def _large(text: Roll, name: Both, value: str) -> None:
    """A fact that is part of what is certified, as large as that."""
    y = text.baseline(_SIZE)
    text.items += row(label_spans(name), text.left, y, _FACT, static=True)
    size = fitted(value, _SIZE, text.room - width(label_spans(name), _FACT) - 3, bold=True)
    text.items.append(Text(text.right, y, value, size, bold=True, align=Align.RIGHT))
