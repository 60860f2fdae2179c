"""A wrong receipt: two people cancel it while its drawer is open; afterwards a refund is asked for."""

from datetime import timedelta
from uuid import uuid4

import pytest

from counter_app.desk import paper, payments, receipts, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.domain.approval import Approval, Way
from counter_app.domain.money_refusals import (
    DrawerNotYours,
    ReceiptCancelled,
    ReceiptOpen,
    ReceiptSealed,
    RefundKnown,
    SecondIsSame,
    SecondMayNot,
    SecondMissing,
)
from counter_app.domain.payment import cash, upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import PasswordWrong, Refused, TriesUsedUp, UtrUsed
from counter_app.domain.undoing import PaymentCancelled, Why
from counter_app.store import finds, journal
from tests.desk.small_office import (
    CASHIER,
    CLERK,
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    SECOND,
    SUPERVISOR,
    entries,
    nothing_recorded,
    paying,
    sealed,
    signed_in,
)

UTR = "607198418802"
WORD = Word(SUPERVISOR.code, PASSWORD)
SPLIT = (cash(1000_00, 2000_00), upi(613_00, UTR))


def cancelled(desk: Desk, session: Session, receipt: payments.Receipt, word: Word = WORD) -> undoing.Undone:
    return undoing.cancel(desk, session, uuid4(), receipt.act, Why.WRONG_CONSUMER, "", word, NOW)


def test_a_cancelled_receipt_counts_nowhere_and_stands_for_ever(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN, 1613_00, *SPLIT), NOW)
    form = undoing.prepare(desk, cashier, receipt.act, NOW)
    assert (form.open, form.cash_back) == (True, 1000_00)
    undone = undoing.cancel(
        desk, cashier, uuid4(), receipt.act, Why.WRONG_CONSUMER, "पड़ोसी का बिल", WORD, NOW
    )
    assert undone.number.stem == "2214-2-X00001"
    assert isinstance(undone.payload, PaymentCancelled)
    assert undone.payload.approved == Approval("ANITA", Way.PASSWORD)
    assert undone.payload.cash_back == 1000_00
    (row,) = receipts.today(desk, cashier, NOW)
    assert row.cancelled
    after = payments.prepare(desk, cashier, PLAIN, NOW)
    assert (after.payable.amount, after.today, after.paid_today) == (1613_00, None, False)
    with desk.book.reading() as connection:
        assert journal.entry_of_act(connection, receipt.act) is not None
        drawer = finds.drawer_of(connection, receipt.act)
    assert drawer is not None
    assert (drawer.holds, drawer.receipts, drawer.cancelled, drawer.cancelled_amount) == (0, 1, 1, 1613_00)
    report = sealed(desk, cashier, 0).report
    assert (report.difference, report.cancelled, report.perpetual, report.undone) == (0, 1, 1613_00, 1613_00)
    assert all(one.amount == 0 for one in report.tenders)


def test_the_utr_of_a_cancelled_receipt_may_stand_on_the_right_one(desk: Desk, cashier: Session) -> None:
    wrong = payments.take(desk, cashier, paying(PLAIN, 613_00, upi(613_00, UTR)), NOW)
    with pytest.raises(UtrUsed):
        payments.take(desk, cashier, paying(RURAL, 613_00, upi(613_00, UTR)), NOW)
    cancelled(desk, cashier, wrong)
    right = payments.take(desk, cashier, paying(RURAL, 613_00, upi(613_00, UTR)), NOW)
    assert right.payment.serial == 2


def test_the_same_act_again_is_the_same_slip(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    act = uuid4()
    undone = undoing.cancel(desk, cashier, act, receipt.act, Why.NOT_PAID, "", WORD, NOW)
    with nothing_recorded(desk):
        again = undoing.cancel(desk, cashier, act, receipt.act, Why.OTHER, "x" * 999, Word("", ""), NOW)
    assert again == undone
    with nothing_recorded(desk), pytest.raises(ReceiptCancelled):
        cancelled(desk, cashier, receipt)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        (Word("", ""), SecondMissing),
        (Word(CASHIER.code, PASSWORD), SecondIsSame),
        (Word(SECOND.code, PASSWORD), SecondMayNot),
        (Word(CLERK.code, PASSWORD), SecondMayNot),
    ],
)
def test_who_cannot_be_the_second_person(
    desk: Desk, cashier: Session, word: Word, why: type[Refused]
) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    with nothing_recorded(desk), pytest.raises(why):
        cancelled(desk, cashier, receipt, word)


def test_a_supervisor_who_took_the_money_cannot_agree(desk: Desk) -> None:
    supervisor = signed_in(desk, SUPERVISOR)
    receipt = payments.take(desk, supervisor, paying(PLAIN), NOW)
    with nothing_recorded(desk), pytest.raises(SecondIsSame):
        cancelled(desk, supervisor, receipt)


def test_wrong_passwords_of_a_second_person_are_recorded_and_waited_for(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    before = entries(desk)
    for _ in range(5):
        with pytest.raises(PasswordWrong):
            cancelled(desk, cashier, receipt, Word(SUPERVISOR.code, "nonsense"))
    assert entries(desk) == before + 5
    with nothing_recorded(desk), pytest.raises(TriesUsedUp):
        cancelled(desk, cashier, receipt)


def test_after_the_count_only_a_refund_is_asked_for_once(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    with nothing_recorded(desk), pytest.raises(ReceiptOpen):
        undoing.ask_refund(desk, cashier, uuid4(), receipt.act, Why.TAKEN_TWICE, "", NOW)
    sealed(desk, cashier, 1613_00)
    again = signed_in(desk)
    assert not undoing.prepare(desk, again, receipt.act, NOW).open
    with nothing_recorded(desk), pytest.raises(ReceiptSealed):
        cancelled(desk, again, receipt)
    act, later = uuid4(), NOW + timedelta(days=1)
    asked = undoing.ask_refund(desk, again, act, receipt.act, Why.TAKEN_TWICE, "", later)
    assert asked.number.stem == "2214-2-X00001"
    with nothing_recorded(desk):
        assert undoing.ask_refund(desk, again, act, receipt.act, Why.OTHER, "", later) == asked
    with nothing_recorded(desk), pytest.raises(RefundKnown):
        undoing.ask_refund(desk, again, uuid4(), receipt.act, Why.TAKEN_TWICE, "", later)
    assert payments.prepare(desk, again, PLAIN, later).payable.amount == 0


def test_nobody_cancels_out_of_another_s_drawer(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    other = signed_in(desk, SECOND)
    with nothing_recorded(desk), pytest.raises(DrawerNotYours):
        cancelled(desk, other, receipt)


def test_both_slips_have_a_page(desk: Desk, cashier: Session) -> None:
    first = payments.take(desk, cashier, paying(PLAIN), NOW)
    second = payments.take(desk, cashier, paying(OTHERS[0], 100_00), NOW)
    slip = cancelled(desk, cashier, first)
    closed = sealed(desk, cashier, 90_00, note="₹10 कम")
    refund = undoing.ask_refund(desk, signed_in(desk), uuid4(), second.act, Why.WRONG_AMOUNT, "", NOW)
    for act, number in ((slip.act, slip.number), (closed.act, closed.number), (refund.act, refund.number)):
        document = paper.page_of(desk, cashier, act, NOW)
        assert document.title == str(number)
    copy = paper.ask_copy(desk, cashier, uuid4(), closed.act, "फटी", NOW)
    assert copy.copy == 2
    assert paper.page_of(desk, cashier, copy.job, NOW).title == str(closed.number)
