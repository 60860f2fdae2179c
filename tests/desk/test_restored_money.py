"""A counter put back from a copy hears from the feed what was done about its receipts since."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.desk import correcting, payments, receipts, reconciling, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft
from counter_app.domain.money_refusals import (
    MoneyLost,
    NothingChanged,
    PutRightBefore,
    ReceiptCancelled,
    RefundKnown,
)
from counter_app.domain.payment import cash, upi
from counter_app.domain.refusals import ReceiptUnknown
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome, Why
from counter_app.store import finds
from counter_app.store.finds.taken import Span, payments_taken
from tests.desk.small_office import (
    NOW,
    PLAIN,
    RURAL,
    SUPERVISOR,
    faults,
    nothing_recorded,
    paying,
    sealed,
    signed_in,
)
from tests.desk.test_reconciling import UTR, WORD, read, statement
from tests.desk.test_shield import heard
from tests.desk.two_counters import CHEQUE, LATER, TODAY, Restore, bank_says, done, taken, tell, waiting


def test_a_refund_that_a_restore_lost_is_not_asked_for_twice(
    here: Desk, there: Desk, restore: Restore
) -> None:
    session = signed_in(here)
    receipt = taken(here, cash(1613_00, 1613_00))
    sealed(here, session, 1613_00)
    back = restore()
    undoing.ask_refund(here, signed_in(here), uuid4(), receipt.act, Why.OTHER, "", NOW)
    tell(here, there)
    restored = back()
    assert waiting(restored) == waiting(there) == waiting(here) != ()
    session = signed_in(restored)
    with nothing_recorded(restored), pytest.raises(RefundKnown):
        undoing.ask_refund(restored, session, uuid4(), receipt.act, Why.OTHER, "", NOW)
    done(restored, waiting(restored)[0])
    assert waiting(restored) == ()
    assert faults(restored) == ()


def test_a_receipt_whose_cancellation_a_restore_lost_stays_cancelled(here: Desk, restore: Restore) -> None:
    receipt = taken(here, cash(1613_00, 1613_00))
    draft = PaymentDraft(uuid4(), PLAIN, 340_00, (cash(340_00, 340_00),), charge="reconnection")
    another = payments.take(here, signed_in(here), draft, NOW)
    back = restore()
    for one in (receipt, another):
        undoing.cancel(here, signed_in(here), uuid4(), one.act, Why.OTHER, "", WORD, NOW)
    restored = back()
    assert waiting(restored) == (), "nobody is reconnected for what went back"
    session = signed_in(restored)
    with nothing_recorded(restored), pytest.raises(ReceiptCancelled):
        undoing.cancel(restored, session, uuid4(), receipt.act, Why.OTHER, "", WORD, NOW)
    assert owed(restored, PLAIN) == owed(here, PLAIN) == 1613_00
    assert known_of(restored, PLAIN) == known_of(here, PLAIN)
    assert all(row.cancelled for row in receipts.today(restored, session, NOW)), "the list says so too"
    with restored.book.reading() as connection:
        posted = list(payments_taken(connection, Span()))
    assert [cancelled for *_, cancelled in posted] == [True, True], "nothing of it is posted as paid"
    payments.take(restored, session, paying(PLAIN, 1613_00), NOW)
    assert faults(restored) == ()


@pytest.mark.parametrize("charge", ["", "reconnection"])
def test_a_receipt_whose_moving_a_restore_lost_counts_for_whom_it_was_moved_to(
    here: Desk, restore: Restore, charge: str
) -> None:
    session = signed_in(here)
    amount = 340_00 if charge else 1613_00
    receipt = payments.take(here, session, replace(paying(PLAIN, amount), charge=charge), NOW)
    back = restore()
    correcting.move(here, session, uuid4(), receipt.act, RURAL, "", WORD, NOW)
    restored = back()
    for number in (PLAIN, RURAL):
        assert owed(restored, number) == owed(here, number)
        assert known_of(restored, number) == known_of(here, number)
    assert waiting(restored) == waiting(here)
    assert faults(restored) == ()


@pytest.mark.parametrize("moved", [False, True])
def test_a_receipt_put_right_before_a_restore_is_not_put_right_on_what_it_was(
    here: Desk, restore: Restore, moved: bool
) -> None:
    receipt = taken(here, cash(1613_00, 1613_00))
    back = restore()
    session = signed_in(here)
    if moved:
        correcting.move(here, session, uuid4(), receipt.act, RURAL, "", WORD, NOW)
    else:
        correcting.correct(here, session, uuid4(), receipt.act, (upi(1613_00, UTR),), "", WORD, NOW)
    restored = back()
    session = signed_in(restored)
    with nothing_recorded(restored), pytest.raises(PutRightBefore):
        correcting.correct(restored, session, uuid4(), receipt.act, (upi(1613_00, UTR),), "", WORD, NOW)
    with nothing_recorded(restored), pytest.raises(PutRightBefore):
        correcting.move(restored, session, uuid4(), receipt.act, RURAL, "", WORD, NOW)
    with nothing_recorded(restored), pytest.raises(PutRightBefore):
        undoing.cancel(restored, session, uuid4(), receipt.act, Why.OTHER, "", WORD, NOW)
    assert [one.task for one in waiting(restored, LATER)] == ([] if moved else [Task.PENDING_LATE])
    assert waiting(restored, LATER) == waiting(here, LATER)


@pytest.mark.parametrize("corrected", [False, True])
def test_money_that_was_never_handed_over_is_not_settled_after_a_restore(
    here: Desk, restore: Restore, tmp_path: Path, corrected: bool
) -> None:
    """Neither by hand nor by a statement: of what stands instead the feed tells."""
    receipt = taken(here, upi(1613_00, "999999"))
    back, session = restore(), signed_in(here)
    if corrected:
        correcting.correct(here, session, uuid4(), receipt.act, (upi(1613_00, UTR),), "", WORD, NOW)
    else:
        undoing.cancel(here, session, uuid4(), receipt.act, Why.OTHER, "", WORD, NOW)
    restored = back()
    boss = signed_in(restored, SUPERVISOR)
    assert reconciling.pending(restored, boss, NOW) == ()
    said = restored, boss, uuid4(), receipt.act, 0, Outcome.CONFIRMED, "", TODAY, NOW
    with nothing_recorded(restored), pytest.raises(ReceiptUnknown):
        reconciling.settle(*said)
    file = statement(tmp_path, "12/03/2026,608712999999,1613.00,SUCCESS")
    assert read(restored, boss, file).read.matched == 0
    assert [one.task for one in waiting(restored, LATER)] == ([Task.PENDING_LATE] if corrected else [])
    assert waiting(restored, LATER) == waiting(here, LATER)
    assert faults(restored) == ()


def test_what_waits_for_the_bank_is_of_whom_a_lost_moving_says(here: Desk, restore: Restore) -> None:
    receipt = taken(here, upi(1613_00, UTR))
    back = restore()
    correcting.move(here, signed_in(here), uuid4(), receipt.act, RURAL, "", WORD, NOW)
    restored = back()
    (row,) = reconciling.pending(restored, signed_in(restored, SUPERVISOR), NOW)
    assert row.row.claim.consumer == RURAL
    assert [one.consumer for one in waiting(restored, LATER)] == [RURAL]
    bank_says(restored, receipt, Outcome.FAILED)
    assert owed(restored, PLAIN) == 1613_00
    assert owed(restored, RURAL) == 1613_00 + owed(here, RURAL)


def test_what_was_moved_before_a_restore_is_refunded_to_whom_it_was_moved(
    here: Desk, restore: Restore
) -> None:
    receipt = taken(here, cash(1613_00, 1613_00))
    back = restore()
    correcting.move(here, signed_in(here), uuid4(), receipt.act, RURAL, "", WORD, NOW)
    restored = back()
    session = signed_in(restored)
    sealed(restored, session, 1613_00)
    session = signed_in(restored)
    asked = undoing.ask_refund(restored, session, uuid4(), receipt.act, Why.OTHER, "", NOW)
    assert asked.payload.consumer == RURAL


def test_what_the_bank_said_before_a_restore_is_not_said_twice_and_not_refunded(
    here: Desk, restore: Restore
) -> None:
    receipt = taken(here, CHEQUE)
    sealed(here, signed_in(here), 0)
    back = restore()
    bank_says(here, receipt, Outcome.DISHONOURED)
    restored = back()
    again = signed_in(restored, SUPERVISOR)
    said = (restored, again, uuid4(), receipt.act, 0, Outcome.DISHONOURED, "", TODAY, NOW)
    with nothing_recorded(restored), pytest.raises(NothingChanged):
        reconciling.settle(*said)
    session = signed_in(restored)
    with nothing_recorded(restored), pytest.raises(MoneyLost):
        undoing.ask_refund(restored, session, uuid4(), receipt.act, Why.OTHER, "", NOW)


def test_the_banks_word_that_a_restore_lost_counts_at_the_counter_itself(
    here: Desk, restore: Restore, tmp_path: Path
) -> None:
    """What came waits no more; what did not come pays nothing; a statement says neither of them again."""
    came, failed = taken(here, upi(1613_00, UTR)), taken(here, CHEQUE, RURAL)
    back = restore()
    bank_says(here, came, Outcome.CONFIRMED)
    bank_says(here, failed, Outcome.DISHONOURED)
    restored = back()
    boss = signed_in(restored, SUPERVISOR, at=LATER)
    assert waiting(restored, LATER) == waiting(here, LATER)
    assert [one.task for one in waiting(restored, LATER)] == [Task.DISHONOURED]
    assert reconciling.pending(restored, boss, LATER) == ()
    assert owed(restored, RURAL) == owed(here, RURAL) == owed(restored, PLAIN) + 1613_00
    file = statement(tmp_path, f"12/03/2026,{UTR},1613.00,SUCCESS", "12/03/2026,004411,1613.00,RETURNED")
    again = read(restored, signed_in(restored, SUPERVISOR), file)
    assert (again.read.matched, again.read.unmatched, again.read.known) == (0, 0, 2)
    assert faults(restored) == ()


def test_a_word_of_the_bank_after_a_restore_takes_the_place_of_one_that_was_lost(
    here: Desk, restore: Restore
) -> None:
    receipt = taken(here, CHEQUE)
    back = restore()
    bank_says(here, receipt, Outcome.DISHONOURED)
    restored = back()
    assert [one.task for one in waiting(restored)] == [Task.DISHONOURED]
    bank_says(restored, receipt, Outcome.CONFIRMED, at=NOW + timedelta(minutes=1))
    assert waiting(restored) == ()
    assert owed(restored, PLAIN) == 0
    assert faults(restored) == ()


@pytest.mark.parametrize("told_first", [True, False])
@pytest.mark.parametrize("last", [Outcome.DISHONOURED, Outcome.CONFIRMED])
def test_of_two_words_the_one_recorded_later_holds_whatever_day_the_bank_names(
    here: Desk, there: Desk, restore: Restore, last: Outcome, told_first: bool
) -> None:
    """A word of a day ago is typed today, after one that a restore had lost, or before that is heard of."""
    first = Outcome.CONFIRMED if last is Outcome.DISHONOURED else Outcome.DISHONOURED
    receipt = taken(here, CHEQUE)
    back = restore()
    restored = None if told_first else back()
    bank_says(here, receipt, first, at=NOW + timedelta(minutes=1))
    restored = restored or back()
    after = NOW + timedelta(minutes=2)
    bank_says(restored, receipt, last, at=after, on=TODAY - timedelta(days=1))
    for giver, taker in ((here, restored), (here, there), (restored, there)):
        tell(giver, taker)
    waits = [Task.DISHONOURED] if last is Outcome.DISHONOURED else []
    for desk in (restored, there):
        assert [one.task for one in waiting(desk, after)] == waits
    assert waiting(restored, after) == waiting(there, after)
    assert owed(restored, PLAIN) == owed(there, PLAIN) == (1613_00 if waits else 0)
    assert faults(restored) == ()


def test_a_cheque_that_came_back_and_is_recorded_twice_asks_for_one_charge(
    here: Desk, there: Desk, restore: Restore
) -> None:
    """Once before the restore, and once more before that word was heard of again."""
    receipt = taken(here, CHEQUE)
    restored = restore()()
    for desk, minutes in ((here, 1), (restored, 2)):
        bank_says(desk, receipt, Outcome.DISHONOURED, at=NOW + timedelta(minutes=minutes))
    for giver, taker in ((here, restored), (here, there), (restored, there)):
        tell(giver, taker)
    assert [(one.task, one.amount) for one in waiting(restored)] == [(Task.DISHONOURED, 150_00)]
    assert waiting(there) == waiting(restored)


def test_money_that_came_after_a_lost_word_that_it_did_not_leaves_the_waiver(
    here: Desk, restore: Restore
) -> None:
    due_day = NOW + timedelta(days=6)
    heard(here, due_day - timedelta(hours=2))
    session = signed_in(here, at=due_day)
    receipt = payments.take(here, session, paying(PLAIN, 1613_00, upi(1613_00, UTR)), due_day)
    back = restore()
    bank_says(here, receipt, Outcome.FAILED, at=due_day + timedelta(hours=1))
    restored, day_after = back(), due_day + timedelta(days=1)
    assert waiting(restored, day_after) == ()
    bank_says(restored, receipt, Outcome.CONFIRMED, at=due_day + timedelta(hours=2))
    assert [(one.task, one.of) for one in waiting(restored, day_after)] == [
        (Task.WAIVE_SURCHARGE, receipt.act)
    ]


@pytest.mark.parametrize("last", [Outcome.DISHONOURED, Outcome.CONFIRMED])
def test_a_lost_word_of_a_later_day_holds_against_one_that_was_kept(
    here: Desk, there: Desk, restore: Restore, last: Outcome
) -> None:
    """A cheque that was credited and came back, or the other way round: the copy knows the first alone."""
    first = Outcome.CONFIRMED if last is Outcome.DISHONOURED else Outcome.DISHONOURED
    receipt = taken(here, CHEQUE)
    bank_says(here, receipt, first)
    back = restore()
    boss = signed_in(here, SUPERVISOR, at=LATER)
    reconciling.settle(here, boss, uuid4(), receipt.act, 0, last, "", LATER.date(), LATER)
    tell(here, there)
    restored = back()
    waits = [Task.DISHONOURED] if last is Outcome.DISHONOURED else []
    for desk in (here, restored, there):
        assert [one.task for one in waiting(desk, LATER)] == waits
    assert owed(restored, PLAIN) == owed(here, PLAIN) == (1613_00 if waits else 0)
    again = signed_in(restored, SUPERVISOR, at=LATER)
    with nothing_recorded(restored), pytest.raises(NothingChanged):
        reconciling.settle(restored, again, uuid4(), receipt.act, 0, last, "", LATER.date(), LATER)
    assert faults(restored) == ()


def known_of(desk: Desk, number: str) -> tuple[object, ...]:
    """What was paid for a consumer, and what of it stands against taking it once more today."""
    with desk.book.reading() as connection:
        paid = [(one.amount, one.month, one.number) for one in finds.payments_of(connection, number)]
        today = finds.paid_today(connection, number, TODAY)
    return paid, {charge: row.number for charge, row in today.items()}


def owed(desk: Desk, number: str) -> int:
    """What a consumer is asked for at the window."""
    dues = payments.prepare(desk, signed_in(desk), number, NOW).dues
    assert dues is not None
    return dues.payable.amount
