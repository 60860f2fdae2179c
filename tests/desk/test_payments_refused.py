"""When the desk takes no money: it says why, and nothing has changed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from counter_app.desk import clock, payments
from counter_app.desk.desk import Desk
from counter_app.domain.allocation import Head, Share
from counter_app.domain.clock import Decision
from counter_app.domain.money_refusals import TailUsed
from counter_app.domain.payment import Tender, TenderKind, cash, upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import (
    AmountNotPositive,
    AmountNotWholeRupees,
    AmountTooLarge,
    BillUnknown,
    CardNumberTyped,
    CardTailWrong,
    ClockBehind,
    ConsumerUnknown,
    DiskFull,
    DrawerMissing,
    DrawerNotCounted,
    GivenTooLittle,
    HiddenCharacters,
    NothingDue,
    NumberIncomplete,
    PaidToday,
    Refused,
    RuleMissing,
    SplitDoesNotAdd,
    TenderOff,
    TextTooLong,
    UtrUsed,
    UtrWrong,
)
from counter_app.store import book as store_book
from tests.desk.small_office import (
    CREDIT,
    KNOWN_UTR,
    NO_BILL,
    NOW,
    OVERDUE,
    PAID_ONLINE,
    PLAIN,
    RURAL,
    SECOND,
    SUPERVISOR,
    UTR_KNOWN,
    nothing_recorded,
    paying,
    sealed,
    signed_in,
)

UTR = "607198418802"


def _raw(kind: TenderKind, reference: str, amount: int = 1613_00, approval: str = "") -> Tender:
    """A tender that went round the checks of its maker."""
    return Tender(kind, amount, reference=reference, approval=approval)


REFUSED: list[tuple[type[Refused], payments.PaymentDraft]] = [
    (AmountNotPositive, paying(amount=0)),
    (AmountNotPositive, paying(PLAIN, -100, Tender(TenderKind.CASH, -100))),
    (AmountNotWholeRupees, paying(PLAIN, 1613_50, Tender(TenderKind.CASH, 1613_50, given=1613_50))),
    (AmountTooLarge, paying(PLAIN, 10**15, Tender(TenderKind.CASH, 10**15, given=10**15))),
    (SplitDoesNotAdd, paying(PLAIN, 1613_00, cash(1000_00, 1000_00))),
    (SplitDoesNotAdd, replace(paying(), tenders=())),
    (
        AmountNotPositive,
        paying(PLAIN, 13_00, cash(14_00, 14_00), Tender(TenderKind.UPI, -1_00, reference=UTR)),
    ),
    (GivenTooLittle, paying(PLAIN, 1613_00, Tender(TenderKind.CASH, 1613_00, given=1500_00))),
    (UtrWrong, paying(PLAIN, 1613_00, _raw(TenderKind.UPI, "12345"))),
    (UtrWrong, paying(PLAIN, 1613_00, _raw(TenderKind.UPI, ""))),
    (UtrWrong, paying(PLAIN, 1613_00, _raw(TenderKind.UPI, "6071984188021"))),
    (CardNumberTyped, paying(PLAIN, 1613_00, _raw(TenderKind.CARD, "4111 1111 1111 1111"))),
    (CardTailWrong, paying(PLAIN, 1613_00, _raw(TenderKind.CARD, "482"))),
    (CardTailWrong, paying(PLAIN, 1613_00, _raw(TenderKind.CARD, "ABCD"))),
    (TextTooLong, paying(PLAIN, 1613_00, _raw(TenderKind.CARD, "4821", approval="A" * 10_000))),
    (HiddenCharacters, paying(PLAIN, 1613_00, _raw(TenderKind.CARD, "4821", approval="A\u202eB"))),
    (TextTooLong, paying(PLAIN, 1613_00, _raw(TenderKind.CARD, "4821", approval="४१११ 1111 1111 1111"))),
    (ConsumerUnknown, paying("N2999999999")),
    (NumberIncomplete, paying("N220451873")),
    (NumberIncomplete, paying("")),
    (NumberIncomplete, paying("सुरेश " * 2_000)),
    (NumberIncomplete, paying("\ud800\u202e'; DROP TABLE journal; --")),
    (BillUnknown, paying(NO_BILL)),
    (PaidToday, paying(PAID_ONLINE, 100_00)),
    (NothingDue, paying(CREDIT, 100_00)),
]


@pytest.mark.parametrize(("why", "draft"), REFUSED, ids=lambda value: getattr(value, "__name__", ""))
def test_what_cannot_be_taken_is_refused_and_changes_nothing(
    desk: Desk, cashier: Session, why: type[Refused], draft: payments.PaymentDraft
) -> None:
    with nothing_recorded(desk), pytest.raises(why):
        payments.take(desk, cashier, draft, NOW)
    # The next one gets the first serial: none was lost.
    assert payments.take(desk, cashier, paying(PLAIN), NOW).payment.serial == 1


def test_a_tender_that_is_off_here(desk: Desk, cashier: Session) -> None:
    cash_only = tuple(replace(row, taken=(TenderKind.CASH,)) for row in desk.rules.tenders)
    strict = replace(desk, rules=replace(desk.rules, tenders=cash_only))
    with nothing_recorded(desk), pytest.raises(TenderOff):
        payments.take(strict, cashier, paying(PLAIN, 1613_00, upi(1613_00, UTR)), NOW)


def test_a_day_no_rule_covers(desk: Desk, cashier: Session) -> None:
    none = replace(desk, rules=replace(desk.rules, orders=()))
    with nothing_recorded(desk), pytest.raises(RuleMissing):
        payments.take(none, cashier, paying(), NOW)


def test_paid_today_stops_a_second_payment_but_not_an_advance(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(PLAIN), NOW)
    with nothing_recorded(desk), pytest.raises(PaidToday) as refused:
        payments.take(desk, cashier, paying(PLAIN, 50_00), NOW + timedelta(minutes=5))
    assert refused.value == PaidToday(1613_00, "counter")
    advance = payments.take(desk, cashier, paying(PLAIN, 50_00, advance=True), NOW)
    assert advance.payment.advance
    assert advance.payment.shares == (Share(Head.ADVANCE, 50_00),)
    assert advance.balance == -50_00


def test_what_a_channel_took_today_stops_too(desk: Desk, cashier: Session) -> None:
    for number, amount, channel in ((PAID_ONLINE, 1613_00, "upay"), (UTR_KNOWN, 100_00, "bbps")):
        with nothing_recorded(desk), pytest.raises(PaidToday) as refused:
            payments.take(desk, cashier, paying(number, 100_00), NOW)
        assert refused.value == PaidToday(amount, channel)
    tomorrow = signed_in(desk, at=NOW + timedelta(days=1))
    assert payments.take(desk, tomorrow, paying(UTR_KNOWN, 1513_00), NOW + timedelta(days=1)).balance == 0


def test_a_new_day_may_pay_the_rest(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(PLAIN, 600_00), NOW)
    tomorrow = NOW + timedelta(days=1)
    with nothing_recorded(desk), pytest.raises(DrawerNotCounted):
        payments.take(desk, cashier, paying(PLAIN, 1013_00), tomorrow)
    sealed(desk, signed_in(desk, at=tomorrow), 600_00, tomorrow)
    receipt = payments.take(desk, signed_in(desk, at=tomorrow), paying(PLAIN, 1013_00), tomorrow)
    assert receipt.balance == 0


# -- UTR ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "amount", "why"),
    [
        (UTR, UTR, 700_00, UtrUsed),
        (UTR, UTR, 500_00, UtrUsed),
        (UTR, UTR[-6:], 500_00, TailUsed),
        (UTR, UTR[-6:], 700_00, None),
        (UTR[-6:], UTR, 500_00, TailUsed),
        (UTR[-6:], UTR, 700_00, None),
        (UTR[-6:], UTR[-6:], 500_00, TailUsed),
        (UTR[-6:], UTR[-6:], 700_00, None),
        (UTR, "607198418803", 500_00, None),
        (UTR, f"111111{UTR[-6:]}", 500_00, None),
    ],
)
def test_a_used_utr(
    desk: Desk,
    cashier: Session,
    first: str,
    second: str,
    amount: int,
    why: type[UtrUsed | TailUsed] | None,
) -> None:
    """The whole number says it for certain; six digits with the same amount stop it until somebody looked."""
    receipt = payments.take(desk, cashier, paying(PLAIN, 500_00, upi(500_00, first)), NOW)
    draft = paying(RURAL, amount, upi(amount, second))
    if why is not None:
        with nothing_recorded(desk), pytest.raises(why) as refused:
            payments.take(desk, cashier, draft, NOW)
        assert refused.value.receipt == str(receipt.number)
    looked = replace(draft, asked=True)
    if why is UtrUsed:
        with nothing_recorded(desk), pytest.raises(UtrUsed):
            payments.take(desk, cashier, looked, NOW)
    else:
        assert payments.take(desk, cashier, looked, NOW).payment.serial == 2


def test_a_utr_that_a_channel_reported(desk: Desk, cashier: Session) -> None:
    for tender, why in ((upi(1000_00, KNOWN_UTR), UtrUsed), (upi(100_00, KNOWN_UTR[-6:]), TailUsed)):
        with nothing_recorded(desk), pytest.raises(why):
            payments.take(desk, cashier, paying(PLAIN, tender.amount, tender), NOW)
    other = upi(101_00, KNOWN_UTR[-6:])
    assert payments.take(desk, cashier, paying(PLAIN, 101_00, other), NOW).payment.tenders == (other,)


@pytest.mark.parametrize("again", [UTR, UTR[-6:]])
def test_the_same_utr_twice_within_one_payment(desk: Desk, cashier: Session, again: str) -> None:
    draft = paying(PLAIN, 200_00, upi(100_00, UTR), upi(100_00, again))
    with nothing_recorded(desk), pytest.raises(UtrUsed):
        payments.take(desk, cashier, draft, NOW)


# -- drawer, clock, disk -----------------------------------------------------------------------------


def test_money_needs_an_open_drawer_of_this_person_and_day(desk: Desk, cashier: Session) -> None:
    other = signed_in(desk, SECOND)
    sessions = [
        replace(cashier, drawer=None),
        replace(cashier, drawer=uuid4()),
        replace(cashier, drawer=other.drawer),
    ]
    for session in sessions:
        with nothing_recorded(desk), pytest.raises(DrawerMissing):
            payments.take(desk, session, paying(), NOW)
    with nothing_recorded(desk), pytest.raises(DrawerNotCounted):
        payments.take(desk, cashier, paying(), NOW + timedelta(days=1))
    sealed(desk, cashier, 0)
    with nothing_recorded(desk), pytest.raises(DrawerMissing):
        payments.take(desk, cashier, paying(), NOW)


@pytest.mark.parametrize("late", [timedelta(minutes=7), timedelta(seconds=121)])
def test_no_money_while_the_clock_is_slow(desk: Desk, cashier: Session, late: timedelta) -> None:
    payments.take(desk, cashier, paying(RURAL), NOW)
    again = signed_in(desk, at=NOW - late)  # what is recorded under the wrong clock does not set it right
    with nothing_recorded(desk), pytest.raises(ClockBehind) as refused:
        payments.take(desk, again, paying(), NOW - late)
    assert refused.value.by == late
    assert payments.take(desk, cashier, paying(), NOW - timedelta(minutes=2)).payment.serial == 2


def test_a_supervisor_decides_when_the_clock_once_ran_ahead(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(RURAL), NOW + timedelta(hours=5))
    with pytest.raises(ClockBehind):
        payments.take(desk, cashier, paying(), NOW)
    supervisor = signed_in(desk, SUPERVISOR)
    with nothing_recorded(desk), pytest.raises(ClockBehind):
        payments.take(desk, supervisor, paying(OVERDUE), NOW)
    clock.decide(desk, supervisor, uuid4(), Decision.IS_RIGHT, None, NOW)
    assert payments.take(desk, cashier, paying(), NOW).payment.serial == 2


def test_a_full_disk_is_said_before_money_is_taken(
    desk: Desk, cashier: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_book, "ROOM_FOR_MONEY_MB", 1 << 40)
    with nothing_recorded(desk), pytest.raises(DiskFull):
        payments.take(desk, cashier, paying(), NOW)
