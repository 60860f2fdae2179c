"""A copy of a consumer's bill on A4, in Hindi with English beside it or in English alone, with what is
payable on the day of printing.

It says of itself that it is a duplicate, when and where it was printed and by whom: the same bill printed
after its due date shows other amounts.
"""

from dataclasses import dataclass
from datetime import datetime

from counter_app.documents.bill_below import foot, messages, scan
from counter_app.documents.bill_charges import BillPayment as BillPayment
from counter_app.documents.bill_charges import break_up, energy, last_payments
from counter_app.documents.bill_head import facts as facts_of
from counter_app.documents.bill_head import strip, who
from counter_app.documents.bill_use import bars, earlier, readings
from counter_app.documents.counter_lines import DOT
from counter_app.documents.grid import LEFT, RIGHT
from counter_app.documents.letterhead import HEIGHT, WIDTH, letterhead
from counter_app.documents.page import Document, Item, Sheet
from counter_app.domain.acts import Paper
from counter_app.domain.bill import Bill, MonthUse, Payable
from counter_app.domain.bill_messages import BillMessage
from counter_app.domain.consumer import Consumer
from counter_app.domain.office import Office, Officer
from counter_app.domain.payee import Payee
from counter_app.words.dates import month
from counter_app.words.say import Language, both

LINK = "https://py.mpcz.in/x?k={number}"
"""What the code on the company's bills says; counters read the number out of it."""

MANY = 0

# Every part has its place, so that a ready-made form can carry the headings.
_USE, _READINGS, _MONEY, _PAYMENTS, _BELOW = 91.0, 134.0, 156.3, 211.0, 232.5
_CHART_RIGHT = 104.0
_HALF_LEFT, _HALF_RIGHT = 102.3, 110.5


@dataclass(frozen=True, slots=True)
class BillFacts:
    """All that a bill's copy says. ``payable`` is as of the day of ``printed_at``.

    ``history`` is up to thirteen months, oldest first; ``payments`` newest first, two are printed.
    ``copy`` counts from 1: the original came from the billing system; ``MANY``: it is one of many that were
    printed together, which are not counted. ``payee`` is whom UPI apps pay, None where the company has named
    nobody. ``messages`` come in the order of their weight.
    """

    office: Office
    consumer: Consumer
    bill: Bill
    payable: Payable
    history: tuple[MonthUse, ...]
    payments: tuple[BillPayment, ...]
    copy: int
    printed_at: datetime
    clerk_name: str
    reason: str = ""
    payee: Payee | None = None
    messages: tuple[BillMessage, ...] = ()
    officers: tuple[Officer, ...] = ()
    language: Language = Language.HINDI


def bill(facts: BillFacts) -> Document:
    """The bill as one A4 sheet."""
    language, payable = facts.language, facts.payable
    items = _top(facts.office, facts.copy, language)
    items += who(facts.consumer, language)
    items += facts_of(facts.consumer, facts.bill, language)
    items += strip(facts.bill, payable, language)
    items += bars(facts.history, facts.bill, LEFT, _CHART_RIGHT, _USE, language)
    items += earlier(facts.history, facts.bill, _HALF_RIGHT, RIGHT, _USE, language)
    items += readings(facts.bill, LEFT, RIGHT, _READINGS, language)
    room = _BELOW - 8.0 - _MONEY
    items += break_up(facts.bill, payable, LEFT, _HALF_LEFT, _MONEY, room, language)
    items += energy(facts.bill, _HALF_RIGHT, RIGHT, _MONEY, language)
    items += last_payments(facts.payments, _HALF_RIGHT, RIGHT, _PAYMENTS, language)
    link = LINK.format(number=facts.consumer.number)
    items += scan(link, _upi_link(facts), payable.amount, LEFT, _HALF_LEFT, _BELOW, language)
    items += messages(facts.messages, _HALF_RIGHT, RIGHT, _BELOW, language)
    items += foot(
        facts.office, facts.officers, facts.clerk_name, facts.reason, facts.printed_at, _HALF_RIGHT, language
    )
    title = f"{facts.consumer.number} {month(facts.bill.month)}"
    return Document(title, (Sheet(WIDTH, HEIGHT, tuple(items)),), Paper.BILL, facts.printed_at)


def _top(office: Office, copy: int, language: Language) -> list[Item]:
    """Whose bill; that this is a duplicate."""
    title, duplicate = both("Electricity bill", language), both("duplicate, print no.", language)
    under = f"{title.second} {DOT} {duplicate.lead} {duplicate.second}"
    if language is Language.ENGLISH:
        under = duplicate.lead
    return letterhead(office, title, (under.upper(), str(copy or "–")), language)


def _upi_link(facts: BillFacts) -> str | None:
    """What is payable today, under a reference of this print alone; empty where nothing is asked, None where
    there is nobody to ask.
    """
    if facts.payee is None:
        return None
    if facts.payable.amount <= 0:
        return ""
    office, current = facts.office, facts.bill
    reference = f"{office.code}{office.counter}D{facts.copy}B{current.number}"
    note = f"Bill {facts.consumer.number} {month(current.month)}"
    return facts.payee.link(reference, facts.payable.amount, note)
