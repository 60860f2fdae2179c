"""Papers about money that another channel took, 80 mm wide: the claim slip, and a duplicate of the payment.

Neither is a receipt of this office, and none of them has its code: what they say comes from the billing data.
"""

from dataclasses import dataclass
from datetime import date

from counter_app.documents.account_head import AccountPaper, rests_on
from counter_app.documents.counter_lines import (
    DOT,
    clerk_text,
    heading,
    in_both,
    month_text,
    side_by_side,
    specimen,
    upper_both,
)
from counter_app.documents.fonts import printable
from counter_app.documents.lines import Span
from counter_app.documents.page import Document
from counter_app.documents.roll import SMALL, STRONG, Roll
from counter_app.domain.acts import Paper
from counter_app.domain.bill import Payable
from counter_app.domain.money import Paise
from counter_app.words.amounts import in_words, rupees
from counter_app.words.dates import day, stamp
from counter_app.words.say import N_, Both, Language, both

HINDI = Language.HINDI


@dataclass(frozen=True, slots=True)
class ElsewhereFacts:
    """All that is known of such a payment. ``posted``: the billing system has it in the bill.

    ``payable`` is what is due on the day of printing, this payment taken off; None without a bill.
    """

    paper: AccountPaper
    on: date
    month: str
    channel: Both
    reference: str
    amount: Paise
    posted: bool
    payable: Payable | None


def channel_receipt(facts: ElsewhereFacts) -> Document:
    """A duplicate of a payment through another channel, for who has lost the original."""
    roll = Roll()
    heading(roll, facts.paper.office)
    roll.boxed([Span(upper_both(both("Payment elsewhere", HINDI)), bold=True)], STRONG)
    roll.gap(1.2)
    duplicate = both("Duplicate, not the original", HINDI)
    roll.boxed([Span(upper_both(duplicate), bold=True)], STRONG, inverse=True)
    roll.gap(1.6)
    _payment(roll, facts)
    where = N_("The original is what the channel gave. This paper repeats the billing data.")
    _both_lines(roll, both(where, HINDI))
    return _finished(roll, facts, Paper.CHANNEL_RECEIPT)


def claim_slip(facts: ElsewhereFacts) -> Document:
    """What the office knows of a payment that the bill does not show yet, to be kept and shown."""
    roll = Roll()
    heading(roll, facts.paper.office)
    roll.boxed([Span(upper_both(both("Claim: paid elsewhere", HINDI)), bold=True)], STRONG)
    roll.gap(1.6)
    _payment(roll, facts)
    if facts.payable is not None:
        label = both("Payable today without it", HINDI)
        roll.strong_fact(label, rupees(facts.payable.amount))
        roll.dashes()
    hold = both("Do not disconnect for this amount before the payment has been looked into.", HINDI)
    roll.paragraph(hold.lead, bold=True)
    roll.paragraph(hold.second)
    again = both("If the next bill does not show it, bring this slip and the proof of payment.", HINDI)
    _both_lines(roll, again)
    roll.paragraph(in_both(both("This slip is no receipt.", HINDI)), bold=True)
    return _finished(roll, facts, Paper.CLAIM)


def _payment(roll: Roll, facts: ElsewhereFacts) -> None:
    consumer = facts.paper.consumer
    roll.strong_fact(both("Consumer no.", HINDI), consumer.number)
    roll.names(printable(consumer.name_hi), printable(consumer.name_en))
    roll.dashes()
    roll.fact(both("Paid at", HINDI), printable(side_by_side(facts.channel)))
    roll.fact(both("Payment date", HINDI), day(facts.on))
    roll.fact(both("Transaction no.", HINDI), printable(facts.reference))
    if facts.month:
        roll.fact(both("Bill month", HINDI), month_text(facts.month))
    roll.rule()
    roll.strong_fact(both("Amount", HINDI), rupees(facts.amount))
    for language in (Language.HINDI, Language.ENGLISH):
        roll.paragraph(in_words(facts.amount, language))
    roll.rule()
    state = both("It is in the bill.", HINDI) if facts.posted else both("It is not in the bill yet.", HINDI)
    roll.paragraph(in_both(state), bold=True)


def _both_lines(roll: Roll, words: Both) -> None:
    roll.paragraph(words.lead)
    roll.paragraph(words.second)


def _finished(roll: Roll, facts: ElsewhereFacts, kind: Paper) -> Document:
    paper = facts.paper
    rests_on(roll, paper.as_of)
    roll.dashes()
    roll.paragraph(f"{side_by_side(both('Clerk', HINDI))}: {clerk_text(paper.clerk_name, paper.clerk)}")
    which = f"{side_by_side(both('print no.', HINDI))} {paper.copy}"
    printed = side_by_side(both("Printed", HINDI))
    roll.paragraph(f"{which} {DOT} {printed} {stamp(paper.printed_at)}")
    number = (
        f"{side_by_side(both('Entry', HINDI))} {paper.number}"
        if paper.number
        else in_both(both("Not recorded yet", HINDI))
    )
    roll.paragraph(number, bold=True)
    if paper.office.demo:
        roll.centred([Span(specimen(paper.office), bold=True)], SMALL)
    name = f"{paper.consumer.number} {day(facts.on)}"
    return Document(name, (roll.sheet(),), kind, paper.printed_at)
