"""Paid, but not shown: certain by its reference, likely by day and amount, and never guessed."""

import pytest

from counter_app.desk import crediting, payments
from counter_app.desk.desk import Desk
from counter_app.domain.complaint_refusals import PaymentNotDescribed
from counter_app.domain.crediting import Verdict
from counter_app.domain.people import Session
from counter_app.domain.refusals import AmountUnreadable, ConsumerUnknown, DayUnreadable
from tests.desk.small_office import (
    DUES_AS_OF,
    KNOWN_UTR,
    NOW,
    PAID_ONLINE,
    PLAIN,
    UTR_KNOWN,
    nothing_recorded,
    paying,
)


@pytest.mark.parametrize(
    ("number", "said", "verdict", "found"),
    [
        (UTR_KNOWN, (KNOWN_UTR, "", ""), Verdict.WAITS, 1),
        (UTR_KNOWN, (KNOWN_UTR[-6:], "", ""), Verdict.WAITS, 1),
        (UTR_KNOWN, ("६०७११२३४५६७८", "", ""), Verdict.WAITS, 1),
        (PLAIN, ("PT000001", "", ""), Verdict.POSTED, 1),
        (PAID_ONLINE, ("999999", "12/03/2026", "1613"), Verdict.LIKELY, 1),
        (PAID_ONLINE, ("", "12/03/2026", "1,613"), Verdict.LIKELY, 1),
        (PAID_ONLINE, ("", "12/03/2026", "1612"), Verdict.UNKNOWN, 0),
        (PAID_ONLINE, (KNOWN_UTR, "", ""), Verdict.UNKNOWN, 0),
    ],
)  # fmt: skip
def test_what_became_of_a_payment(
    desk: Desk, cashier: Session, number: str, said: tuple[str, str, str], verdict: Verdict, found: int
) -> None:
    with nothing_recorded(desk):
        looked = crediting.look(desk, cashier, number, *said, NOW)
    assert (looked.verdict, len(looked.payments), looked.as_of) == (verdict, found, DUES_AS_OF)


def test_a_receipt_of_this_office_is_found_by_its_number(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    looked = crediting.look(desk, cashier, PLAIN, f"{receipt.number.serial:06d}", "", "", NOW)
    assert (looked.verdict, looked.payments[0].act) == (Verdict.WAITS, receipt.act)


@pytest.mark.parametrize(
    ("number", "said", "refusal"),
    [
        (PLAIN, ("123", "", ""), PaymentNotDescribed),
        (PLAIN, ("", "12/03/2026", ""), PaymentNotDescribed),
        (PLAIN, ("", "31/02/2026", "100"), DayUnreadable),
        (PLAIN, ("", "12/03/2026", "सौ"), AmountUnreadable),
        ("N9999999999", ("123456", "", ""), ConsumerUnknown),
    ],
)
def test_too_little_is_not_looked_for(
    desk: Desk, cashier: Session, number: str, said: tuple[str, str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        crediting.look(desk, cashier, number, *said, NOW)
