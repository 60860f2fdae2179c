"""Facts of the papers about an account, ordinary and extreme."""

from dataclasses import replace
from datetime import date, timedelta

from counter_app.documents.account_head import AccountPaper
from counter_app.documents.certificate import NoDuesFacts
from counter_app.documents.paid_elsewhere import ElsewhereFacts
from counter_app.documents.statement import AccountPayment, StatementFacts
from counter_app.domain.bill import MonthUse, payable
from counter_app.words.say import Both
from tests.documents.bills import BILL, CONSUMER, FEBRUARY, LONGEST_CONSUMER, ORDER, TODAY, USES
from tests.documents.papers import DEMO_OFFICE, LONG_HI, MOST, NOON, OFFICE

PAPER = AccountPaper(OFFICE, CONSUMER, "2214-2 2026-03 1-Q7M", 1, NOON, "रेखा पटेल", "C2-07", NOON)
LONGEST_PAPER = replace(
    PAPER, office=DEMO_OFFICE, consumer=LONGEST_CONSUMER, copy=12, clerk_name=LONG_HI, as_of=None
)
NOT_RECORDED = replace(LONGEST_PAPER, number="")
MONTHS = tuple(
    MonthUse(FEBRUARY.plus(place - 11), units, 1000 + 200 * place, 8_00 * units, "actual")
    for place, units in enumerate(USES[1:])
)
PORTAL, COUNTER = Both("पोर्टल", "Portal"), Both("काउंटर", "Counter")
POSTED, NOT_POSTED = Both("बिल में", "in the bill"), Both("अभी बिल में नहीं", "not yet in the bill")
PAYMENTS = (
    AccountPayment(date(2026, 2, 14), "2026-01", PORTAL, "PT000001", POSTED, 1584_00),
    AccountPayment(date(2026, 3, 12), "2026-02", COUNTER, "2214-2-004187", NOT_POSTED, 1618_00),
)


def statement_facts() -> StatementFacts:
    """Twelve months and two payments; nothing is due."""
    return StatementFacts(PAPER, MONTHS, PAYMENTS, payable(BILL, BILL.net, TODAY, ORDER))


def longest_statement() -> StatementFacts:
    """More payments than one sheet holds, of the largest amounts."""
    many = tuple(
        AccountPayment(
            date(2025, 3, 1) + timedelta(days=4 * place), "2025-03", Both("एमपी ऑनलाइन", "MPOnline kiosk"),
            f"MPON{place:04}20260312004187", NOT_POSTED, MOST,
        )
        for place in range(90)
    )  # fmt: skip
    months = tuple(replace(use, amount=MOST, units=99_999, reading=9_999_999) for use in MONTHS)
    return StatementFacts(LONGEST_PAPER, months, many, payable(BILL, 0, TODAY, ORDER))


def empty_statement() -> StatementFacts:
    """An account of which nothing is known yet."""
    return StatementFacts(PAPER, (), (), None)


def no_dues_facts() -> NoDuesFacts:
    """Paid in full."""
    return NoDuesFacts(PAPER, BILL, payable(BILL, BILL.net, TODAY, ORDER))


def no_dues_in_advance() -> NoDuesFacts:
    """More than was due, in the invented office."""
    return NoDuesFacts(LONGEST_PAPER, BILL, payable(BILL, BILL.net + MOST, TODAY, ORDER))


def elsewhere_facts() -> ElsewhereFacts:
    """Paid with the company's app; the bill does not know it."""
    app = Both("उपाय ऐप", "UPAY app")
    due = payable(BILL, BILL.net, TODAY, ORDER)
    return ElsewhereFacts(PAPER, TODAY, "2026-02", app, "UPAY0001", 1618_00, posted=False, payable=due)


def longest_elsewhere() -> ElsewhereFacts:
    """The longest names and the largest amount, in the bill already."""
    return replace(
        elsewhere_facts(), paper=LONGEST_PAPER, reference="HDFC0NB26031200417UPAY00417", amount=MOST,
        month="", posted=True, payable=None,
    )  # fmt: skip
