"""Two words of the bank about one tender, where older data was put back between them: one that its counter
knew of comes before what it says next; of two that knew nothing of each other somebody asks the bank.
"""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.desk import payments, reconciling
from counter_app.desk.desk import Desk
from counter_app.domain.money_refusals import NothingChanged, SettledOutOfTurn, WordStands
from counter_app.domain.payment import upi
from counter_app.domain.statement import Finding
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome
from tests.desk.small_office import (
    NOW,
    OTHERS,
    PLAIN,
    SUPERVISOR,
    faults,
    nothing_recorded,
    paying,
    signed_in,
)
from tests.desk.test_reconciling import UTR, findings, read, statement
from tests.desk.test_restored_money import owed
from tests.desk.two_counters import TODAY, Restore, bank_says, taken, tell, waiting

MINUTE = timedelta(minutes=1)
BOTH = [Outcome.CONFIRMED, Outcome.FAILED]


def more_is_taken(desk: Desk, amount: int, minutes: int) -> None:
    at = NOW + minutes * MINUTE
    payments.take(desk, signed_in(desk, at=at), paying(OTHERS[0], amount, advance=True), at)


def stands(desk: Desk, receipt: payments.Receipt, outcome: Outcome, minutes: int) -> int:
    """What is lacking before this can be recorded; nothing is until then."""
    at = NOW + minutes * MINUTE
    boss = signed_in(desk, SUPERVISOR, at=at)
    with nothing_recorded(desk), pytest.raises(WordStands) as refused:
        reconciling.settle(desk, boss, uuid4(), receipt.act, 0, outcome, "", TODAY, at)
    return refused.value.more


@pytest.mark.parametrize("last", BOTH)
def test_what_is_said_is_recorded_only_when_it_holds_everywhere(
    here: Desk, there: Desk, restore: Restore, tmp_path: Path, last: Outcome
) -> None:
    """The counter had taken more money when it recorded what the restore has lost."""
    first = next(one for one in BOTH if one is not last)
    receipt = taken(here, upi(1613_00, UTR))
    back = restore()
    more_is_taken(here, 700_00, 0)
    bank_says(here, receipt, first, at=NOW + MINUTE)
    restored = back()
    assert stands(restored, receipt, last, 2) == 700_00
    status = "SUCCESS" if last is Outcome.CONFIRMED else "FAILED"
    row = f"12/03/2026,{UTR},1613.00,{status}"
    boss = signed_in(restored, SUPERVISOR)
    assert findings(read(restored, boss, statement(tmp_path, row))) == [Finding.STANDS]
    more_is_taken(restored, 700_00, 4)
    bank_says(restored, receipt, last, at=NOW + 4 * MINUTE)
    for giver, taker in ((here, there), (restored, there)):
        tell(giver, taker)
    for desk in (restored, there):
        assert owed(desk, PLAIN) == (0 if last is Outcome.CONFIRMED else 1613_00)
    assert faults(restored) == ()


@pytest.mark.parametrize("right", BOTH)
def test_of_two_words_that_knew_nothing_of_each_other_somebody_asks_the_bank(
    here: Desk, restore: Restore, right: Outcome
) -> None:
    receipt = taken(here, upi(1613_00, UTR))
    restored = restore()()
    more_is_taken(here, 700_00, 0)
    bank_says(here, receipt, Outcome.CONFIRMED, at=NOW + MINUTE)
    bank_says(restored, receipt, Outcome.FAILED, at=NOW + 2 * MINUTE)
    assert waiting(restored) == ()
    tell(here, restored)
    at = NOW + 3 * MINUTE
    boss = signed_in(restored, SUPERVISOR, at=at)
    (row,) = reconciling.pending(restored, boss, at)
    assert (row.row.both, row.late, row.row.claim.outcome) == (True, True, Outcome.CONFIRMED)
    assert [(one.task, one.of) for one in waiting(restored)] == [(Task.PENDING_LATE, receipt.act)]
    with pytest.raises(SettledOutOfTurn):
        bank_says(restored, receipt, Outcome.DISHONOURED, at=at)
    more_is_taken(restored, 700_00, 3)
    bank_says(restored, receipt, right, at=at)
    assert reconciling.pending(restored, boss, at) == ()
    assert waiting(restored) == ()
    assert owed(restored, PLAIN) == (0 if right is Outcome.CONFIRMED else 1613_00)
    with pytest.raises(NothingChanged):
        bank_says(restored, receipt, right, at=at)
    assert faults(restored) == ()


def test_two_words_that_agree_need_nobody(here: Desk, restore: Restore) -> None:
    receipt = taken(here, upi(1613_00, UTR))
    restored = restore()()
    more_is_taken(here, 700_00, 0)
    for desk in (here, restored):
        bank_says(desk, receipt, Outcome.CONFIRMED, at=NOW + MINUTE)
    tell(here, restored)
    assert reconciling.pending(restored, signed_in(restored, SUPERVISOR), NOW) == ()
    assert waiting(restored) == ()


def test_a_clock_that_was_set_back_lets_no_older_word_hold_elsewhere(here: Desk, there: Desk) -> None:
    """What counts here counts at the other counter too: until money was taken since, nothing is recorded."""
    receipt = taken(here, upi(1613_00, UTR))
    bank_says(here, receipt, Outcome.CONFIRMED, at=NOW + 2 * MINUTE)
    more_is_taken(here, stands(here, receipt, Outcome.FAILED, 1), 1)
    bank_says(here, receipt, Outcome.FAILED, at=NOW + MINUTE)
    tell(here, there)
    assert owed(here, PLAIN) == owed(there, PLAIN) == 1613_00
