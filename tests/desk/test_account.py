"""Papers of an account: what they say, what they rest on, and when there is none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from counter_app.desk import account, day_end, finding, paper, payments
from counter_app.desk.account import Wanted
from counter_app.desk.desk import Desk
from counter_app.documents.page import Barcode, Code
from counter_app.domain.acts import Paper
from counter_app.domain.money_refusals import (
    DuesNotHeard,
    DuesRemain,
    DuesUnsure,
    PaymentInBill,
    PaymentNotKnown,
)
from counter_app.domain.numbering import Number, Series
from counter_app.domain.payment import upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import BillUnknown, ConsumerUnknown, Refused
from counter_app.store import elsewhere, facts, reference
from counter_app.store.columns import consumer_key
from counter_app.store.rows import KnownPayment
from counter_app.store.tables import moved
from tests.desk.small_office import (
    ARREARS,
    CREDIT,
    NO_BILL,
    NOW,
    OTHERS,
    PAID_ONLINE,
    PLAIN,
    nothing_recorded,
    paying,
)
from tests.documents.looking import texts, words_of

STATEMENT, NO_DUES = Wanted(Paper.STATEMENT), Wanted(Paper.NO_DUES)


def claim(desk: Desk, session: Session, paper: Paper, number: str = PAID_ONLINE) -> Wanted:
    """A paper of the newest payment elsewhere."""
    return Wanted(paper, account.elsewhere(desk, session, number, NOW)[0])


def said(desk: Desk, session: Session, number: str, wanted: Wanted) -> str:
    """What the paper says once it was asked for."""
    job = account.ask(desk, session, uuid4(), number, wanted, NOW)
    document = paper.page_of(desk, session, job.job, NOW)
    assert document.paper is wanted.paper
    assert not [item for sheet in document.sheets for item in sheet.items if isinstance(item, Code | Barcode)]
    return " ".join(words_of(document).split())


# -- the statement --------------------------------------------------------------------------------------


def test_a_statement_lists_twelve_bills_and_their_payments(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    text = said(desk, cashier, PLAIN, STATEMENT)
    for part in (
        "खाता विवरण, 12 माह", "ACCOUNT STATEMENT, 12 MONTHS", PLAIN, "Suresh Malviya", "MAR-2025", "FEB-2026",
        "₹19,356", "14/02/2026", "PT000001", "in the bill", receipt.number.stem, "received here", "₹3,197",
        "known up to 12/03/2026 11:38",
    ):  # fmt: skip
        assert part in text, part
    assert "FEB-2025" not in text
    assert "Payable today ₹0" in text


def test_money_that_is_not_sure_is_called_so(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(PLAIN, 1613_00, upi(1613_00, "607198418802")), NOW)
    assert "not confirmed" in said(desk, cashier, PLAIN, STATEMENT)


def test_an_account_without_a_bill_has_a_statement_too(desk: Desk, cashier: Session) -> None:
    text = said(desk, cashier, NO_BILL, STATEMENT)
    assert "No bill of this account is here." in text
    assert "No payment is known here." in text


def test_every_print_has_its_number_and_letters(desk: Desk, cashier: Session) -> None:
    for copy in (1, 2):
        text = said(desk, cashier, PLAIN, STATEMENT)
        assert f"PRINT NO. {copy}" in text
        assert f"Entry 2214-2 2026-03 {copy}-" in text
    paper.ask_bill(desk, cashier, uuid4(), PLAIN, NOW)  # of the same month, and not their third
    preview = words_of(account.preview(desk, cashier, PLAIN, STATEMENT, NOW))
    assert "अभी दर्ज नहीं · Not recorded yet" in preview
    assert "Entry" not in preview


def test_the_same_act_asks_once(desk: Desk, cashier: Session) -> None:
    act = uuid4()
    first = account.ask(desk, cashier, act, PLAIN, STATEMENT, NOW)
    with nothing_recorded(desk):
        assert account.ask(desk, cashier, act, PLAIN, STATEMENT, NOW) == first


# -- the certificate ------------------------------------------------------------------------------------


def test_who_paid_gets_a_certificate_that_says_what_it_rests_on(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(PLAIN), NOW)
    text = said(desk, cashier, PLAIN, NO_DUES)
    for part in (
        "अदेय प्रमाण पत्र", "Certified that nothing is due on this account", "As on 12/03/2026",
        "Bills up to that of FEB-2026", "₹1,613", "known up to 12/03/2026 11:38", "not certified",
        "vigilance dues", "signature and seal",
    ):  # fmt: skip
        assert part in text, part


def test_a_certificate_says_as_large_as_what_it_certifies_when_the_office_heard_last(
    desk: Desk, cashier: Session
) -> None:
    payments.take(desk, cashier, paying(PLAIN), NOW)
    with desk.book.writing() as page:
        facts.drop_fact(page.connection, facts.DUES_AS_OF)
        reference.put_dues_as_of(page, NOW - timedelta(days=9))
    document = account.preview(desk, cashier, PLAIN, NO_DUES, NOW)
    sizes = {item.text: (item.size, item.bold) for item in texts(document.sheets[0])}
    assert sizes["03/03/2026 11:42"] == sizes["12/03/2026"]
    assert sizes["What came after that is not certified."] == sizes["12/03/2026"]


def test_who_has_an_advance_gets_one(desk: Desk, cashier: Session) -> None:
    assert "Advance with us ₹500" in said(desk, cashier, CREDIT, NO_DUES)


def owing(_desk: Desk, _session: Session) -> str:
    return ARREARS


def without_bill(_desk: Desk, _session: Session) -> str:
    return NO_BILL


def unknown(_desk: Desk, _session: Session) -> str:
    return "N2204599999"


def provisional(desk: Desk, session: Session) -> str:
    payments.take(desk, session, paying(PLAIN, 1613_00, upi(1613_00, "607198418802")), NOW)
    return PLAIN


def never_heard(desk: Desk, _session: Session) -> str:
    with desk.book.writing() as page:
        facts.drop_fact(page.connection, facts.DUES_AS_OF)
    return CREDIT


def moved_away(desk: Desk, _session: Session) -> str:
    with desk.book.writing() as page:
        page.connection.execute(moved.insert(), {"consumer": consumer_key(CREDIT), "office": "2215"})
    return CREDIT


@pytest.mark.parametrize(
    ("whose", "refused"),
    [
        (owing, DuesRemain), (without_bill, BillUnknown), (unknown, ConsumerUnknown),
        (provisional, DuesUnsure), (never_heard, DuesNotHeard), (moved_away, DuesNotHeard),
    ],
)  # fmt: skip
def test_nothing_is_certified_that_is_not_known(
    desk: Desk, cashier: Session, whose: Callable[[Desk, Session], str], refused: type[Refused]
) -> None:
    number = whose(desk, cashier)
    with nothing_recorded(desk):
        with pytest.raises(refused):
            account.preview(desk, cashier, number, NO_DUES, NOW)
        with pytest.raises(refused):
            account.ask(desk, cashier, uuid4(), number, NO_DUES, NOW)


def test_a_certificate_that_was_asked_for_does_not_print_once_something_is_due(
    desk: Desk, cashier: Session
) -> None:
    job = account.ask(desk, cashier, uuid4(), CREDIT, NO_DUES, NOW)
    with desk.book.writing() as page:
        bill = reference.bill(page.connection, CREDIT)
        assert bill
        newer = bill.month.plus(1)
        reference.put_bills(page, [replace(bill, month=newer, number="X", net=900_00)])
    with pytest.raises(DuesRemain):
        paper.page_of(desk, cashier, job.job, NOW)


# -- paid elsewhere -------------------------------------------------------------------------------------


def test_what_was_paid_elsewhere_is_claimed_by_a_slip(desk: Desk, cashier: Session) -> None:
    text = said(desk, cashier, PAID_ONLINE, claim(desk, cashier, Paper.CLAIM))
    for part in (
        "CLAIM: PAID ELSEWHERE", PAID_ONLINE, "UPAY app", "UPAY0001", "12/03/2026", "₹1,613",
        "It is not in the bill yet.", "Payable today without it ₹0", "Do not disconnect", "no receipt",
        "known here up to 12/03/2026 11:38",
    ):  # fmt: skip
        assert part in text, part


def test_the_duplicate_of_a_payment_elsewhere_never_looks_like_ours(desk: Desk, cashier: Session) -> None:
    text = said(desk, cashier, PAID_ONLINE, claim(desk, cashier, Paper.CHANNEL_RECEIPT))
    for part in ("PAYMENT ELSEWHERE", "DUPLICATE, NOT THE ORIGINAL", "UPAY0001", "repeats the billing data"):
        assert part in text, part
    assert "PAYMENT RECEIPT" not in text
    assert "Receipt no." not in text


def test_the_bill_has_what_is_posted(desk: Desk, cashier: Session) -> None:
    posted = claim(desk, cashier, Paper.CLAIM, PLAIN)
    with nothing_recorded(desk), pytest.raises(PaymentInBill):
        account.ask(desk, cashier, uuid4(), PLAIN, posted, NOW)
    assert "It is in the bill." in said(desk, cashier, PLAIN, Wanted(Paper.CHANNEL_RECEIPT, posted.payment))


def test_a_payment_that_nobody_knows_gets_no_paper(desk: Desk, cashier: Session) -> None:
    invented = KnownPayment(PLAIN, "2026-02", date(2026, 3, 11), 1613_00, "upay", "UPAY9", posted=False)
    for wanted in (Wanted(Paper.CLAIM, invented), Wanted(Paper.CHANNEL_RECEIPT)):
        with nothing_recorded(desk), pytest.raises(PaymentNotKnown):
            account.ask(desk, cashier, uuid4(), PLAIN, wanted, NOW)


def test_a_payment_that_was_taken_back_prints_no_more(desk: Desk, cashier: Session) -> None:
    number = Number(Series.RECEIPT, "2214", 3, 9, "ABC")
    paid = KnownPayment(OTHERS[0], "2026-02", date(2026, 3, 12), 50_00, "other counter", str(number), False)
    with desk.book.writing() as page:
        reference.put_known_payments(page, [paid])
    job = account.ask(desk, cashier, uuid4(), OTHERS[0], Wanted(Paper.CLAIM, paid), NOW)
    with desk.book.writing() as page:
        elsewhere.cancel(page, number, uuid4(), OTHERS[0])
    with pytest.raises(PaymentNotKnown):
        paper.page_of(desk, cashier, job.job, NOW)


def test_only_a_year_is_listed(desk: Desk, cashier: Session) -> None:
    later = NOW + timedelta(days=360)
    assert [paid.reference for paid in account.elsewhere(desk, cashier, PAID_ONLINE, NOW)] == ["UPAY0001"]
    assert account.elsewhere(desk, cashier, PAID_ONLINE, later) == ()
    assert finding.card(desk, cashier, PAID_ONLINE, later).payments != ()


def test_the_end_of_the_day_asks_after_originals_alone(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(PLAIN), NOW)
    before = day_end.checks(desk, cashier, NOW).unprinted
    assert before == 1
    account.ask(desk, cashier, uuid4(), PLAIN, STATEMENT, NOW)
    paper.ask_bill(desk, cashier, uuid4(), PLAIN, NOW)
    assert day_end.checks(desk, cashier, NOW).unprinted == before
