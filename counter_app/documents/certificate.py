"""The no-dues certificate on A4: what it certifies, on what that rests, and room for a signature."""

from dataclasses import dataclass

from counter_app.documents.account_head import AccountPaper, foot, head, rests_on
from counter_app.documents.counter_lines import side_by_side
from counter_app.documents.fonts import printable
from counter_app.documents.grid import LEFT, RIGHT
from counter_app.documents.letterhead import HEIGHT, WIDTH
from counter_app.documents.page import Document, Sheet
from counter_app.documents.roll import UNKNOWN, Roll
from counter_app.domain.acts import Paper
from counter_app.domain.bill import Bill, Payable
from counter_app.domain.days import business_day
from counter_app.words.amounts import rupees
from counter_app.words.dates import day, month
from counter_app.words.say import N_, Language, both

HINDI = Language.HINDI
_SIZE, _SMALL = 12.0, 9.0
_CERTIFIED = 58.0  # millimetres for what is certified: its sentences take more or fewer lines


@dataclass(frozen=True, slots=True)
class NoDuesFacts:
    """All that the certificate says. Nothing is payable on ``payable.on``; ``bill`` is the latest one.

    What it rests on may be of an earlier day: then it says so as large as what it certifies.
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
    text.gap(6.0)
    words = N_("On {day} nothing is due on this account for electricity bills up to that of {month}.")
    said = both(words, HINDI, day=day(payable.on), month=month(facts.bill.month))
    text.paragraph(said.lead, _SIZE, bold=True)
    text.gap(1.5)
    text.paragraph(said.second, _SIZE)
    for line in _older(paper, payable):
        text.paragraph(line, _SIZE, bold=True)
    text.y = y + _CERTIFIED
    text.rule(static=True)
    last = f"{month(facts.bill.month)}, {printable(facts.bill.number)}"
    advance = rupees(-payable.balance) if payable.not_for_payment else UNKNOWN
    text.ruled_fact(both("Last bill", HINDI), last)
    text.ruled_fact(both("Amount of the bill", HINDI), rupees(facts.bill.net))
    text.ruled_fact(both("Paid since", HINDI), rupees(payable.paid))
    text.ruled_fact(both("Advance with us", HINDI), advance)
    text.dashes(static=True)
    text.gap(2.0)
    rests_on(text, paper.as_of)
    limits = N_("Dues that are in no bill, such as vigilance dues, and later bills are not part of it.")
    for line in both(limits, HINDI):
        text.paragraph(line, static=True)
    text.gap(34.0)
    officer = side_by_side(both("Officer in charge: signature and seal", HINDI))
    office = printable(f"{paper.office.name_hi} {paper.office.code} {paper.office.name_en}")
    signed = Roll(RIGHT - 80.0, RIGHT, text.y)
    signed.rule(static=True)
    signed.paragraph(officer, _SMALL, bold=True, static=True)
    signed.paragraph(office, _SMALL, static=True)
    made = (*items, *text.items, *signed.items, *foot(paper))
    name = f"{paper.consumer.number} {day(payable.on)}"
    return Document(name, (Sheet(WIDTH, HEIGHT, made),), Paper.NO_DUES, paper.printed_at)


def _older(paper: AccountPaper, payable: Payable) -> tuple[str, ...]:
    """That the office has heard of nothing since an earlier day; nothing where it heard on the day itself."""
    heard = business_day(paper.as_of) if paper.as_of else None
    if heard is None or heard >= payable.on:
        return ()
    words = N_(
        "The office heard of bills and payments elsewhere last on {day}. What came since is not certified."
    )
    return tuple(both(words, HINDI, day=day(heard)))
