"""Money that comes and comes back around the payment of a refund: it goes out once, each asks for itself."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from counter_app.desk import payments, reconciling, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.payments import Receipt
from counter_app.domain.payment import cash, cheque
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome, Why
from tests.desk.small_office import NOW, OTHERS, PLAIN, SUPERVISOR, paying, sealed, signed_in
from tests.desk.two_counters import TODAY, bank_says, copy, done, put_back, taken, tell, waiting

HOUR = timedelta(hours=1)
PART = cheque(613_00, "004411", "SBI", TODAY, TODAY)
WHOLE = cheque(1613_00, "004412", "SBI", TODAY, TODAY)
OTHER = cheque(1613_00, "004414", "SBI", TODAY, TODAY)


def receipt_of_two(desk: Desk) -> Receipt:
    """₹1,000 in cash and ₹613 by cheque, of a sealed day."""
    session = signed_in(desk)
    receipt = payments.take(desk, session, paying(PLAIN, 1613_00, cash(1000_00, 1000_00), PART), NOW)
    sealed(desk, session, 1000_00)
    return receipt


def ask_back(desk: Desk, receipt: Receipt) -> None:
    undoing.ask_refund(desk, signed_in(desk), uuid4(), receipt.act, Why.OTHER, "", NOW)


def refunds(desk: Desk, hours: int) -> list[int]:
    return [one.amount for one in waiting(desk, NOW + hours * HOUR) if one.task is Task.REFUND]


def pay_refund(desk: Desk, hours: int) -> None:
    (refund,) = [one for one in waiting(desk, NOW + hours * HOUR) if one.task is Task.REFUND]
    done(desk, refund, NOW + hours * HOUR)


def test_what_was_refunded_whole_is_not_refunded_again_when_the_bank_says_it_bounced_and_came(
    here: Desk,
) -> None:
    receipt = receipt_of_two(here)
    bank_says(here, receipt, Outcome.CONFIRMED, place=1)
    ask_back(here, receipt)
    assert refunds(here, 1) == [1613_00]
    pay_refund(here, 1)
    bank_says(here, receipt, Outcome.DISHONOURED, place=1, at=NOW + 2 * HOUR)
    bank_says(here, receipt, Outcome.CONFIRMED, place=1, at=NOW + 3 * HOUR)
    assert refunds(here, 4) == []


def test_what_came_after_its_refund_waits_also_when_it_bounced_in_between(here: Desk) -> None:
    receipt = receipt_of_two(here)
    bank_says(here, receipt, Outcome.DISHONOURED, place=1)
    ask_back(here, receipt)
    pay_refund(here, 1)
    for hour, outcome in ((2, Outcome.CONFIRMED), (3, Outcome.DISHONOURED), (4, Outcome.CONFIRMED)):
        bank_says(here, receipt, outcome, place=1, at=NOW + hour * HOUR)
    assert refunds(here, 5) == [613_00]
    pay_refund(here, 5)
    assert refunds(here, 6) == []


def test_a_refund_paid_at_another_counter_is_asked_for_again_by_no_other_receipt(
    here: Desk, there: Desk
) -> None:
    receipt, other = receipt_of_two(here), taken(here, WHOLE, OTHERS[0])
    bank_says(here, receipt, Outcome.DISHONOURED, place=1)
    ask_back(here, receipt)
    bank_says(here, receipt, Outcome.CONFIRMED, place=1, at=NOW + HOUR)
    tell(here, there)
    pay_refund(there, 2)
    tell(there, here)
    bank_says(here, other, Outcome.DISHONOURED, at=NOW + 3 * HOUR)
    assert refunds(here, 4) == []


def test_what_is_told_of_one_receipt_hides_the_charge_of_no_other(
    here: Desk, restore: Callable[[], Callable[[], Desk]]
) -> None:
    bounced, other = taken(here, WHOLE, OTHERS[0]), taken(here, OTHER, OTHERS[1])
    bank_says(here, bounced, Outcome.DISHONOURED)
    back = restore()
    bank_says(here, other, Outcome.CONFIRMED, at=NOW + HOUR)
    assert [one.task for one in waiting(back(), NOW + 2 * HOUR)] == [Task.DISHONOURED]


def test_a_word_that_knew_the_one_before_holds_also_after_a_second_restore(
    here: Desk, tmp_path: Path
) -> None:
    receipt = taken(here, WHOLE)
    one = put_back(copy(here, tmp_path / "first"))
    bank_says(one, receipt, Outcome.CONFIRMED, at=NOW + HOUR)
    old = copy(one, tmp_path / "second")
    payments.take(one, signed_in(one), paying(OTHERS[0], 700_00, advance=True), NOW + 2 * HOUR)
    bank_says(one, receipt, Outcome.DISHONOURED, at=NOW + 3 * HOUR)
    two = put_back(old)
    tell(one, two)
    asked = reconciling.pending(two, signed_in(two, SUPERVISOR), NOW + 4 * HOUR)
    waits = [one.task for one in waiting(two, NOW + 4 * HOUR)]
    one.book.close()
    two.book.close()
    assert not [each for each in asked if each.row.both]
    assert waits == [Task.DISHONOURED]


def test_a_receipt_with_money_late_for_two_reasons_is_one_piece_of_work(here: Desk, tmp_path: Path) -> None:
    parts = cheque(1000_00, "004413", "SBI", TODAY, TODAY), PART
    receipt = payments.take(here, signed_in(here), paying(OTHERS[0], 1613_00, *parts), NOW)
    one = put_back(copy(here, tmp_path / "old"))
    payments.take(here, signed_in(here), paying(OTHERS[1], 700_00, advance=True), NOW + HOUR)
    bank_says(here, receipt, Outcome.CONFIRMED, place=0, at=NOW + HOUR)
    bank_says(one, receipt, Outcome.DISHONOURED, place=0, at=NOW + 2 * HOUR)
    tell(here, one)
    late = [each for each in waiting(one, NOW + timedelta(days=30)) if each.task is Task.PENDING_LATE]
    one.book.close()
    assert [each.amount for each in late] == [1613_00]
