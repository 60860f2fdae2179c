"""A receipt put right: the way of paying, or whose payment it is; always another entry, with a slip."""

from datetime import timedelta
from uuid import uuid4

import pytest

from counter_app.desk import correcting, paper, payments, reconciling, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.payments import Receipt
from counter_app.desk.second import Word
from counter_app.documents.page import Text
from counter_app.domain.money_refusals import (
    CashCeiling,
    NothingChanged,
    ReceiptCancelled,
    ReceiptSealed,
    SecondIsSame,
    SecondMissing,
    TailUsed,
)
from counter_app.domain.payment import TenderKind, card, cash, cheque, upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import Refused, SplitDoesNotAdd, UtrUsed
from counter_app.domain.undoing import Outcome, Why
from counter_app.store import finds, reference
from tests.desk.small_office import (
    CASHIER,
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    SUPERVISOR,
    faults,
    nothing_recorded,
    paying,
    sealed,
    signed_in,
    taking,
)
from tests.documents.looking import words_of

WORD = Word(SUPERVISOR.code, PASSWORD)
UTR, OTHER_UTR = "607198418802", "607198400000"
UPI = (upi(1613_00, UTR),)


@pytest.fixture
def receipt(desk: Desk, cashier: Session) -> Receipt:
    """A bill paid in cash."""
    return payments.take(desk, cashier, paying(PLAIN), NOW)


def corrected(desk: Desk, session: Session, receipt: Receipt, *tenders: object) -> undoing.Undone:
    return correcting.correct(desk, session, uuid4(), receipt.act, tenders or UPI, "", WORD, NOW)


def moved(desk: Desk, session: Session, receipt: Receipt, to: str = RURAL) -> undoing.Undone:
    return correcting.move(desk, session, uuid4(), receipt.act, to, "", WORD, NOW)


def holds(desk: Desk, session: Session) -> int:
    assert session.drawer
    with desk.book.reading() as connection:
        row = finds.drawer(connection, session.drawer)
    assert row
    return row.holds


def paid(desk: Desk, number: str) -> int:
    with desk.book.reading() as connection:
        bill = reference.bill(connection, number)
        assert bill
        return finds.paid_since(connection, bill).paid


def shown(desk: Desk, session: Session, job: object) -> str:
    document = paper.page_of(desk, session, job, NOW)
    return " ".join(item.text for sheet in document.sheets for item in sheet.items if isinstance(item, Text))


def test_cash_that_was_upi_leaves_the_drawer_by_another_entry(
    desk: Desk, cashier: Session, receipt: Receipt
) -> None:
    assert holds(desk, cashier) == 1613_00
    undone = corrected(desk, cashier, receipt)
    assert undone.number.stem == "2214-2-X00001"
    assert holds(desk, cashier) == 0
    with desk.book.reading() as connection:
        row = finds.receipt(connection, receipt.act)
    assert row
    assert [tender.kind for tender in row.tenders] == [TenderKind.UPI]
    assert paid(desk, PLAIN) == 1613_00
    paper_says = shown(desk, cashier, undone.act)
    assert "2214-2-X00001" in paper_says
    assert UTR in paper_says
    assert "₹1,613" in paper_says


def test_one_part_of_a_split_is_corrected_and_the_other_stays(desk: Desk, cashier: Session) -> None:
    split = cash(1000_00, 1000_00), upi(613_00, UTR)
    receipt = payments.take(desk, cashier, paying(PLAIN, 1613_00, *split), NOW)
    corrected(desk, cashier, receipt, split[0], card(613_00, "4242"))
    with desk.book.reading() as connection:
        row = finds.receipt(connection, receipt.act)
    assert row
    assert [(one.kind, one.amount) for one in row.tenders] == [
        (TenderKind.CASH, 1000_00), (TenderKind.CARD, 613_00),
    ]  # fmt: skip
    assert holds(desk, cashier) == 1000_00
    undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.TAKEN_TWICE, "", WORD, NOW)
    assert holds(desk, cashier) == 0


@pytest.mark.parametrize(("typed", "right"), [(UTR[-6:], UTR), (UTR, UTR[-6:]), (UTR[-6:], OTHER_UTR)])
def test_a_utr_is_completed_on_its_own_receipt(desk: Desk, cashier: Session, typed: str, right: str) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN, 1613_00, upi(1613_00, typed)), NOW)
    corrected(desk, cashier, receipt, upi(1613_00, right))
    with desk.book.reading() as connection:
        row = finds.receipt(connection, receipt.act)
    assert row
    assert [tender.reference for tender in row.tenders] == [right]
    again = paying(RURAL, 1613_00, upi(1613_00, right))
    with nothing_recorded(desk), pytest.raises((UtrUsed, TailUsed)):
        payments.take(desk, cashier, again, NOW)


def test_six_digits_that_were_seen_before_are_asked_about(desk: Desk, cashier: Session) -> None:
    """The second person's word is not used up by the question: the same is said once more."""
    payments.take(desk, cashier, paying(RURAL, 1613_00, upi(1613_00, UTR[-6:])), NOW)
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    act, right = uuid4(), (upi(1613_00, UTR[-6:]),)
    with nothing_recorded(desk), pytest.raises(TailUsed):
        correcting.correct(desk, cashier, act, receipt.act, right, "", WORD, NOW)
    correcting.correct(desk, cashier, act, receipt.act, right, "", WORD, NOW, asked=True)
    with desk.book.reading() as connection:
        row = finds.receipt(connection, receipt.act)
    assert row
    assert row.tenders == right


def test_a_cheque_keeps_its_number_when_its_bank_was_wrong(desk: Desk, cashier: Session) -> None:
    on = taking(desk, TenderKind.CHEQUE)
    day = NOW.date()
    tender = cheque(1613_00, "004217", "SBI", day, day)
    receipt = payments.take(on, cashier, paying(PLAIN, 1613_00, tender), NOW)
    corrected(on, cashier, receipt, cheque(1613_00, "004217", "SBI", day - timedelta(days=1), day))
    assert faults(on) == ()


def test_a_utr_stands_once_on_a_receipt_also_where_the_bank_has_named_it(
    desk: Desk, cashier: Session
) -> None:
    two = upi(1000_00, UTR[-6:]), upi(613_00, OTHER_UTR)
    receipt = payments.take(desk, cashier, paying(PLAIN, 1613_00, *two), NOW)
    said = signed_in(desk, SUPERVISOR), uuid4(), receipt.act, 0, Outcome.CONFIRMED, UTR, NOW.date(), NOW
    reconciling.settle(desk, *said)
    with desk.book.reading() as connection:
        row = finds.receipt(connection, receipt.act)
    assert row
    for tenders, refusal in (
        ((row.tenders[0], upi(613_00, UTR)), UtrUsed),
        ((upi(1000_00, UTR[-6:]), row.tenders[1]), NothingChanged),
    ):
        with nothing_recorded(desk), pytest.raises(refusal):
            corrected(desk, cashier, receipt, *tenders)


@pytest.mark.parametrize("ceiling", ["cash_a_day", "cash_a_bill"])
def test_more_cash_than_the_rules_allow_does_not_come_by_a_correction(
    desk: Desk, cashier: Session, ceiling: str
) -> None:
    limited = taking(desk, **{ceiling: 1612_00})
    receipt = payments.take(limited, cashier, paying(PLAIN, 1613_00, *UPI), NOW)
    with nothing_recorded(desk), pytest.raises(CashCeiling) as refused:
        corrected(limited, cashier, receipt, cash(1613_00, 1613_00))
    assert refused.value.limit == 1612_00
    just = taking(desk, **{ceiling: 1613_00})
    corrected(just, cashier, receipt, cash(1613_00, 1613_00))
    corrected(limited, cashier, receipt, cash(1000_00, 1000_00), upi(613_00, UTR))
    corrected(just, cashier, receipt, cash(1500_00, 1500_00), upi(113_00, UTR))


@pytest.mark.parametrize("ceiling", ["cash_a_day", "cash_a_bill"])
def test_nor_by_a_move_to_whom_it_belongs(
    desk: Desk, cashier: Session, receipt: Receipt, ceiling: str
) -> None:
    limited, just = (taking(desk, **{ceiling: most}) for most in (1712_00, 1713_00))
    in_cash = payments.take(desk, cashier, paying(RURAL, 100_00), NOW)
    by_upi = payments.take(desk, cashier, paying(OTHERS[1], 1613_00, *UPI), NOW)
    with nothing_recorded(desk):
        with pytest.raises(CashCeiling):
            correcting.destination(limited, cashier, receipt.act, RURAL, NOW)
        with pytest.raises(CashCeiling):
            moved(limited, cashier, receipt)
    moved(just, cashier, receipt)
    moved(limited, cashier, by_upi)
    moved(limited, cashier, in_cash, OTHERS[0])


def test_the_same_act_again_returns_what_stands(desk: Desk, cashier: Session, receipt: Receipt) -> None:
    act = uuid4()
    first = correcting.correct(desk, cashier, act, receipt.act, UPI, "", WORD, NOW)
    other = uuid4()
    gone = correcting.move(desk, cashier, other, receipt.act, RURAL, "", WORD, NOW)
    with nothing_recorded(desk):
        assert correcting.correct(desk, cashier, act, receipt.act, UPI, "", WORD, NOW) == first
        assert correcting.move(desk, cashier, other, receipt.act, RURAL, "", WORD, NOW) == gone


def test_what_cannot_be_corrected_changes_nothing(desk: Desk, cashier: Session, receipt: Receipt) -> None:
    payments.take(desk, cashier, paying(RURAL, 1613_00, upi(1613_00, OTHER_UTR)), NOW)
    same = cash(1613_00, 1613_00)
    for tenders, refusal in (
        ((same,), NothingChanged),
        ((upi(1600_00, UTR),), SplitDoesNotAdd),
        ((upi(1613_00, OTHER_UTR),), UtrUsed),
    ):
        with nothing_recorded(desk), pytest.raises(refusal):
            corrected(desk, cashier, receipt, *tenders)


@pytest.mark.parametrize(
    ("word", "refusal"),
    [(Word("", ""), SecondMissing), (Word(CASHIER.code, PASSWORD), SecondIsSame)],
)
def test_nobody_puts_right_alone(
    desk: Desk, cashier: Session, receipt: Receipt, word: Word, refusal: type[Refused]
) -> None:
    with nothing_recorded(desk):
        with pytest.raises(refusal):
            correcting.correct(desk, cashier, uuid4(), receipt.act, UPI, "", word, NOW)
        with pytest.raises(refusal):
            correcting.move(desk, cashier, uuid4(), receipt.act, RURAL, "", word, NOW)


def test_a_payment_of_another_consumer_counts_there_and_not_here(
    desk: Desk, cashier: Session, receipt: Receipt
) -> None:
    to = correcting.destination(desk, cashier, receipt.act, RURAL, NOW)
    assert (to.due, sum(share.amount for share in to.shares)) == (1613_00, 1613_00)
    undone = moved(desk, cashier, receipt)
    assert (paid(desk, PLAIN), paid(desk, RURAL)) == (0, 1613_00)
    assert holds(desk, cashier) == 1613_00
    says = shown(desk, cashier, undone.act)
    assert PLAIN in says
    assert RURAL in says
    payments.take(desk, cashier, paying(PLAIN), NOW)
    with nothing_recorded(desk), pytest.raises(NothingChanged):
        moved(desk, cashier, receipt)


def test_a_sealed_day_keeps_its_tenders_but_a_payment_can_still_move(
    desk: Desk, cashier: Session, receipt: Receipt
) -> None:
    sealed(desk, cashier, 1613_00)
    with nothing_recorded(desk), pytest.raises(ReceiptSealed):
        corrected(desk, cashier, receipt)
    moved(desk, cashier, receipt)
    assert (paid(desk, PLAIN), paid(desk, RURAL)) == (0, 1613_00)


def test_a_cancelled_receipt_is_not_put_right(desk: Desk, cashier: Session, receipt: Receipt) -> None:
    undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.NOT_PAID, "", WORD, NOW)
    with nothing_recorded(desk):
        for put_right in (corrected, moved):
            with pytest.raises(ReceiptCancelled):
                put_right(desk, cashier, receipt)


def test_money_can_go_on_to_a_third_consumer(desk: Desk, cashier: Session, receipt: Receipt) -> None:
    moved(desk, cashier, receipt)
    moved(desk, cashier, receipt, OTHERS[0])
    assert (paid(desk, RURAL), paid(desk, OTHERS[0])) == (0, 1613_00)


def test_a_copy_after_it_says_so(desk: Desk, cashier: Session, receipt: Receipt) -> None:
    asked = paper.ask_copy(desk, cashier, uuid4(), receipt.act, "खो गई", NOW)
    assert "UPI" not in words_of(paper.page_of(desk, cashier, asked.job, NOW))
    first = corrected(desk, cashier, receipt)
    second = moved(desk, cashier, receipt)
    said = " ".join(words_of(paper.page_of(desk, cashier, asked.job, NOW)).split())
    assert f"slip {first.number}. The first paper said: नकद Cash." in said
    assert f"slip {second.number}. It counts for {RURAL}, no more for the one below." in said
    assert UTR in said
    assert "PROVISIONAL RECEIPT" in said
