"""Every way of paying has its own checks; what is off, too late, used already or too much is refused."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest

from counter_app.desk import payments, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.domain.money_refusals import (
    BankMissing,
    CashCeiling,
    ChequeDayWrong,
    ChequeNumberWrong,
    ChequeTooLate,
    ChequeUsed,
    ReferenceUsed,
    ReferenceWrong,
)
from counter_app.domain.payment import Tender, TenderKind, card, cash, cheque, demand_draft, other, upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import CardNumberTyped, Refused, TenderOff, UtrUsed
from counter_app.domain.undoing import Why
from counter_app.store import finds
from counter_app.store.finds.day_end import tender_sums
from tests.desk.small_office import (
    ARREARS,
    NOW,
    OTHERS,
    OVERDUE,
    PASSWORD,
    PLAIN,
    RURAL,
    SUPERVISOR,
    nothing_recorded,
    paying,
    taking,
)

TODAY = date(2026, 3, 12)
CHEQUE, DRAFT, OTHER = TenderKind.CHEQUE, TenderKind.DRAFT, TenderKind.OTHER
STATE_BANK = "State Bank of India"


def by_cheque(amount: int = 1613_00, number: str = "004217", bank: str = STATE_BANK) -> Tender:
    return cheque(amount, number, bank, TODAY, TODAY)


# -- cheque, draft, other channels ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "tender",
    [by_cheque(), demand_draft(1613_00, "004217", STATE_BANK, TODAY, TODAY)],
    ids=lambda tender: tender.kind.value,
)
def test_what_is_off_by_rule_is_refused_and_taken_once_the_rule_says_so(
    desk: Desk, cashier: Session, tender: Tender
) -> None:
    with nothing_recorded(desk), pytest.raises(TenderOff):
        payments.take(desk, cashier, paying(PLAIN, 1613_00, tender), NOW)
    on = taking(desk, CHEQUE, DRAFT)
    taken = payments.take(on, cashier, paying(PLAIN, 1613_00, tender), NOW).payment.tenders
    assert taken == (tender,)
    assert not tender.confirmed


def test_a_cheque_keeps_bank_number_and_date(desk: Desk, cashier: Session) -> None:
    day = TODAY - timedelta(days=3)
    tender = cheque(1613_00, "००४२१७", " state bank  of india ", day, TODAY)
    payments.take(taking(desk, CHEQUE), cashier, paying(PLAIN, 1613_00, tender), NOW)
    with desk.book.reading() as connection:
        (row,) = finds.receipts_of_day(connection, TODAY)
    (stored,) = row.tenders
    assert (stored.reference, stored.bank, stored.dated) == ("004217", "STATE BANK OF INDIA", day)


@pytest.mark.parametrize(
    ("why", "made"),
    [
        (ChequeNumberWrong, Tender(CHEQUE, 1613_00, reference="42170", bank="SBI", dated=TODAY)),
        (ChequeNumberWrong, Tender(CHEQUE, 1613_00, reference="00421A", bank="SBI", dated=TODAY)),
        (BankMissing, Tender(CHEQUE, 1613_00, reference="004217", bank="  ", dated=TODAY)),
        (ChequeDayWrong, Tender(CHEQUE, 1613_00, reference="004217", bank="SBI", dated=date(2026, 3, 13))),
        (ChequeDayWrong, Tender(CHEQUE, 1613_00, reference="004217", bank="SBI", dated=date(2025, 12, 11))),
        (CardNumberTyped, Tender(CHEQUE, 1613_00, reference="004217", bank="4111111111111111", dated=TODAY)),
        (ReferenceWrong, Tender(OTHER, 1613_00, reference="AB12")),
        (ReferenceWrong, Tender(OTHER, 1613_00, reference="NODIGITS")),
        (CardNumberTyped, Tender(OTHER, 1613_00, reference="4111-1111-1111-1111")),
    ],
)
def test_a_cheque_or_reference_that_no_bank_would_pay(
    desk: Desk, cashier: Session, why: type[Refused], made: Tender
) -> None:
    with nothing_recorded(desk), pytest.raises(why):
        payments.take(taking(desk, CHEQUE, OTHER), cashier, paying(PLAIN, 1613_00, made), NOW)


def test_a_cheque_pays_once_whatever_it_is_called(desk: Desk, cashier: Session) -> None:
    on = taking(desk, CHEQUE, DRAFT)
    first = payments.take(on, cashier, paying(PLAIN, 1613_00, by_cheque()), NOW)
    again = [
        by_cheque(500_00), by_cheque(500_00, bank="STATE  BANK OF INDIA"),
        demand_draft(500_00, "004217", STATE_BANK, TODAY, TODAY),
    ]  # fmt: skip
    for tender in again:
        with nothing_recorded(desk), pytest.raises(ChequeUsed) as refused:
            payments.take(on, cashier, paying(RURAL, 500_00, tender), NOW)
        assert refused.value.receipt == str(first.number)
    other_bank = by_cheque(500_00, bank="Punjab National Bank")
    assert payments.take(on, cashier, paying(RURAL, 500_00, other_bank), NOW).payment.serial == 2


def test_a_reference_of_a_channel_pays_once(desk: Desk, cashier: Session) -> None:
    first = payments.take(desk, cashier, paying(PLAIN, 1613_00, other(1613_00, "hdfc0nb1234")), NOW)
    assert not first.payment.tenders[0].confirmed
    with nothing_recorded(desk), pytest.raises(ReferenceUsed):
        payments.take(desk, cashier, paying(RURAL, 500_00, other(500_00, "HDFC0NB1234")), NOW)
    # A channel has told of this one itself.
    with nothing_recorded(desk), pytest.raises(ReferenceUsed):
        payments.take(desk, cashier, paying(RURAL, 500_00, other(500_00, "UPAY0001")), NOW)


@pytest.mark.parametrize(
    ("tender", "why"), [(by_cheque(800_00), ChequeUsed), (other(800_00, "HDFC0NB1234"), ReferenceUsed)]
)
def test_one_reference_twice_within_a_receipt(
    desk: Desk, cashier: Session, tender: Tender, why: type[Refused]
) -> None:
    on = taking(desk, CHEQUE, OTHER)
    with nothing_recorded(desk), pytest.raises(why):
        payments.take(on, cashier, paying(PLAIN, 1600_00, tender, tender), NOW)


def test_the_database_itself_refuses_a_cheque_twice(desk: Desk, cashier: Session) -> None:
    """Whoever came round the desk's question meets the index, in the same words."""
    on = taking(desk, CHEQUE)
    draft = paying(PLAIN, 1613_00, by_cheque())
    receipt = payments.take(on, cashier, draft, NOW)
    twice = replace(receipt.payment, serial=2, consumer=RURAL)
    with pytest.raises(ChequeUsed) as refused, desk.book.writing() as page:
        page.record(twice, act=UUID(int=77), person=cashier.person.id, at=NOW, drawer=cashier.drawer, money=1)
    assert refused.value.receipt == str(receipt.number)


def test_cheques_are_taken_until_an_hour_of_the_day(desk: Desk, cashier: Session) -> None:
    until = taking(desk, CHEQUE, paper_until=time(11, 0))
    with nothing_recorded(desk), pytest.raises(ChequeTooLate) as refused:
        payments.take(until, cashier, paying(PLAIN, 1613_00, by_cheque()), NOW)
    assert refused.value.until == "11:00"
    later = taking(desk, CHEQUE, paper_until=time(13, 0))
    payments.take(later, cashier, paying(PLAIN, 1613_00, by_cheque()), NOW)
    # Cash knows no hour.
    payments.take(until, cashier, paying(RURAL), NOW)


def test_a_cheque_has_a_due_date_of_its_own(desk: Desk, cashier: Session) -> None:
    """Due on 18/03, today is the 12th: seven days before, a cheque is late and cash is not."""
    early = taking(desk, CHEQUE, paper_days=7)
    form = payments.prepare(early, cashier, PLAIN, NOW)
    assert form.dues is not None
    assert (form.payable.amount, form.dues.by_paper.amount) == (1613_00, 1633_00)
    by_paper = payments.take(early, cashier, paying(PLAIN, 1633_00, by_cheque(1633_00)), NOW)
    assert (by_paper.payment.due, by_paper.balance, by_paper.payment.within_due) == (1633_00, 0, False)
    in_cash = payments.take(early, cashier, paying(RURAL), NOW)
    assert (in_cash.payment.due, in_cash.payment.within_due) == (1613_00, True)


# -- split -----------------------------------------------------------------------------------------------


def test_five_ways_on_one_receipt_add_up_in_the_drawer(desk: Desk, cashier: Session) -> None:
    on = taking(desk, CHEQUE, DRAFT, OTHER)
    tenders = (
        cash(500_00, 1000_00), upi(400_00, "607198418802"), card(300_00, "4821", "A1B2"),
        by_cheque(200_00), other(213_00, "HDFC0NB1234"),
    )  # fmt: skip
    receipt = payments.take(on, cashier, paying(PLAIN, 1613_00, *tenders), NOW)
    assert receipt.payment.tenders == tenders
    assert receipt.returned == 500_00
    assert cashier.drawer is not None
    with desk.book.reading() as connection:
        drawer, sums = finds.drawer(connection, cashier.drawer), tender_sums(connection, cashier.drawer)
    assert drawer is not None
    assert drawer.holds == 500_00
    assert {one.kind: (one.receipts, one.amount) for one in sums} == {
        tender.kind: (1, tender.amount) for tender in tenders
    }


# -- how much cash ---------------------------------------------------------------------------------------


def test_without_a_rule_there_is_no_ceiling(desk: Desk, cashier: Session) -> None:
    amount = 5_00_000_00
    assert payments.take(desk, cashier, paying(PLAIN, amount), NOW).payment.amount == amount


def test_cash_from_one_person_on_one_day(desk: Desk, cashier: Session) -> None:
    limited = taking(desk, cash_a_day=2000_00)
    payments.take(limited, cashier, paying(PLAIN), NOW)
    more = paying(PLAIN, 388_00, advance=True)
    with nothing_recorded(desk), pytest.raises(CashCeiling) as refused:
        payments.take(limited, cashier, more, NOW)
    assert refused.value.limit == 2000_00
    rest = (cash(387_00, 387_00), upi(1_00, "607198418802"))
    payments.take(limited, cashier, paying(PLAIN, 388_00, *rest, advance=True), NOW)
    payments.take(limited, cashier, paying(RURAL), NOW)


def test_another_spelling_of_the_number_is_the_same_person(desk: Desk, cashier: Session) -> None:
    limited = taking(desk, cash_a_day=2000_00)
    payments.take(limited, cashier, paying(PLAIN), NOW)
    with nothing_recorded(desk), pytest.raises(CashCeiling):
        payments.take(limited, cashier, paying("n 2204-518731", 500_00, advance=True), NOW)


def test_cash_for_one_bill_also_over_days(desk: Desk, cashier: Session) -> None:
    limited = taking(desk, cash_a_bill=1000_00)
    with nothing_recorded(desk), pytest.raises(CashCeiling):
        payments.take(limited, cashier, paying(PLAIN), NOW)
    payments.take(limited, cashier, paying(PLAIN, 900_00), NOW)
    with nothing_recorded(desk), pytest.raises(CashCeiling):
        payments.take(limited, cashier, paying(PLAIN, 101_00, advance=True), NOW)
    by_upi = (cash(100_00, 100_00), upi(613_00, "607198418802"))
    payments.take(limited, cashier, paying(PLAIN, 713_00, *by_upi, advance=True), NOW)


def test_a_cancelled_receipt_counts_for_no_ceiling(desk: Desk, cashier: Session) -> None:
    limited = taking(desk, cash_a_bill=2000_00, cash_a_day=2000_00)
    receipt = payments.take(limited, cashier, paying(ARREARS, 2000_00), NOW)
    word = Word(SUPERVISOR.code, PASSWORD)
    undoing.cancel(limited, cashier, uuid4(), receipt.act, Why.WRONG_AMOUNT, "", word, NOW)
    assert payments.take(limited, cashier, paying(ARREARS, 1500_00), NOW).payment.serial == 2


# -- never a card number ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tail", "approval"),
    [("1111", "411111111111"), ("4111", "111111111111"), ("2222", "4222 22222")],
)
def test_a_card_number_in_two_fields_is_refused(
    desk: Desk, cashier: Session, tail: str, approval: str
) -> None:
    split = Tender(TenderKind.CARD, 1613_00, reference=tail, approval=approval)
    with nothing_recorded(desk), pytest.raises(CardNumberTyped):
        payments.take(desk, cashier, paying(PLAIN, 1613_00, split), NOW)


def test_a_card_number_is_no_order(desk: Desk, cashier: Session) -> None:
    draft = replace(paying(OVERDUE, 500_00), charge="instalment", authority="4111 1111 1111 1111")
    with nothing_recorded(desk), pytest.raises(CardNumberTyped):
        payments.take(desk, cashier, draft, NOW)


def test_utr_of_another_consumer_is_found_by_all_twelve(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(OTHERS[0], 1613_00, upi(1613_00, "607198418802")), NOW)
    with nothing_recorded(desk), pytest.raises(UtrUsed):
        payments.take(desk, cashier, paying(OTHERS[1], 100_00, upi(100_00, "607198418802")), NOW)
