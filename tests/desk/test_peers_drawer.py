"""What other people's tills got wrong with drawers and day ends, as it was reported, and what happens here.

Numbers are those of the reports; ``erpnext``, ``odoo`` and so on are the programs.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import IntegrityError

from counter_app.desk import cash, closings, day_end, drafts, drawer_now, drawers, paper, payments, undoing
from counter_app.desk.cash import Moved, MoveDraft
from counter_app.desk.closings import Stamp
from counter_app.desk.day_end import Ending
from counter_app.desk.desk import Desk
from counter_app.desk.drawers import Closed
from counter_app.desk.second import Word
from counter_app.domain.drawer import Move
from counter_app.domain.money_refusals import (
    DepositKnown,
    DrawerCounted,
    HandoverUnknown,
    ReceiptSealed,
    SecondMissing,
)
from counter_app.domain.payment import cash as in_cash
from counter_app.domain.payment import upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import AmountNotWholeRupees
from counter_app.domain.undoing import Why
from counter_app.store import finds
from tests.desk.small_office import (
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    SECOND,
    SUPERVISOR,
    counted_as,
    entries,
    nothing_recorded,
    opened,
    paying,
    sealed,
    signed_in,
)

WORD = Word(SUPERVISOR.code, PASSWORD)


# -- twice -----------------------------------------------------------------------------------------------


def test_odoo_42862_152259_opensourcepos_4688_two_clicks_are_one_slip(desk: Desk, cashier: Session) -> None:
    draft = MoveDraft(uuid4(), Move.CHANGE, 500_00, other="SBI")
    before = entries(desk)
    with ThreadPoolExecutor(4) as hands:
        moved: list[Moved] = list(hands.map(lambda _: cash.move(desk, cashier, draft, None, NOW), range(8)))
    assert len(set(moved)) == 1
    assert entries(desk) == before + 1


def test_dolibarr_8933_a_closing_is_validated_once(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(), NOW)
    day_end.fix(desk, cashier, counted_as(1613_00), NOW)
    ending = Ending(uuid4())
    with ThreadPoolExecutor(4) as hands:
        closed: list[Closed] = list(
            hands.map(lambda _: day_end.close(desk, cashier, ending, None, NOW), range(8))
        )
    assert {one.number.serial for one in closed} == {1}


def test_odoo_16781_no_number_is_given_out_twice(desk: Desk, cashier: Session) -> None:
    """Two windows on one machine made the same reference; the second order was dropped."""
    drafts_ = [MoveDraft(uuid4(), Move.IN, 100_00, "डाक", "SBI") for _ in range(12)]
    with ThreadPoolExecutor(4) as hands:
        moved = list(hands.map(lambda draft: cash.move(desk, cashier, draft, None, NOW), drafts_))
    assert sorted(one.number.serial for one in moved) == list(range(1, 13))


def test_erpnext_15699_the_database_says_so_not_only_the_code(desk: Desk, cashier: Session) -> None:
    """One open drawer a person, one taking over and one deposit of a closing."""
    other = ("INSERT INTO drawers (drawer, clerk, day, opening, opened_at, note)"
             " VALUES (randomblob(16), 'REKHA', '2026-03-12', 0, 0, '')")  # fmt: skip
    with pytest.raises(IntegrityError), desk.book.writing() as page:
        page.connection.exec_driver_sql(other)
    closing = sealed(desk, cashier, 0, handed_to=SECOND.code).act
    cash.accept(desk, signed_in(desk, SECOND), uuid4(), closing, (), "", NOW)
    again = ("INSERT INTO cash_moves SELECT 99, randomblob(16), letters, drawer, move, day, moved_at, amount,"
             " clerk, other, approved, reason, closing FROM cash_moves")  # fmt: skip
    with pytest.raises(IntegrityError), desk.book.writing() as page:
        page.connection.exec_driver_sql(again)
    deposit = "INSERT INTO deposits VALUES (?, '2026-03-13', 0, 1, '', '', '')"
    with pytest.raises(IntegrityError), desk.book.writing() as page:
        page.connection.exec_driver_sql(deposit, [(closing.bytes,), (closing.bytes,)])


# -- copies and rounding ---------------------------------------------------------------------------------


def test_wcpos_1952_odoo_36967_a_copy_of_a_slip_says_so(desk: Desk, cashier: Session) -> None:
    slip = cash.move(desk, cashier, MoveDraft(uuid4(), Move.CHANGE, 500_00, other="SBI"), None, NOW)
    closed = sealed(desk, cashier, 500_00)
    for act in (slip.act, closed.act):
        for number in (2, 3):
            job = paper.ask_copy(desk, cashier, uuid4(), act, "खो गई", NOW)
            page = paper.page_of(desk, cashier, job.job, NOW)
            said = " ".join(getattr(item, "text", "") for item in page.sheets[0].items)
            assert job.copy == number
            assert f"COPY {number}" in said


def test_odoo_65043_124713_posnext_114_no_paise_can_block_a_closing(desk: Desk, cashier: Session) -> None:
    for amount in (1_50, 99, 1):
        with nothing_recorded(desk), pytest.raises(AmountNotWholeRupees):
            cash.move(desk, cashier, MoveDraft(uuid4(), Move.IN, amount, "x", "y"), None, NOW)
    payments.take(desk, cashier, paying(PLAIN, 1_00, in_cash(1_00, 2000_00), advance=True), NOW)
    assert sealed(desk, cashier, 1_00).report.difference == 0


# -- the end of a shift ----------------------------------------------------------------------------------


def test_erpnext_25638_23125_posawesome_18_33_change_is_not_counted_as_cash(
    desk: Desk, cashier: Session
) -> None:
    payments.take(desk, cashier, paying(PLAIN, 1613_00, in_cash(1613_00, 2000_00)), NOW)
    report = sealed(desk, cashier, 1613_00).report
    assert (report.cash, report.expected, report.difference) == (1613_00, 1613_00, 0)
    assert report.tenders[0].amount == 1613_00


def test_erpnext_43855_a_closing_holds_every_receipt_that_was_given(desk: Desk, cashier: Session) -> None:
    """It was saved before the rows had loaded. Here nothing is taken any more once the count is fixed."""
    for number in (PLAIN, RURAL, *OTHERS):
        payments.take(desk, cashier, paying(number, 100_00, advance=True), NOW)
    given = 2 + len(OTHERS)
    day_end.fix(desk, cashier, counted_as(given * 100_00), NOW)
    with nothing_recorded(desk), pytest.raises(DrawerCounted):
        payments.take(desk, cashier, paying(PLAIN, 100_00, advance=True), NOW)
    report = day_end.close(desk, cashier, Ending(uuid4()), None, NOW).report
    assert (report.receipts, report.first, report.last) == (given, 1, given)


def test_odoo_31548_32849_26139_closing_is_no_more_work_after_more_receipts(
    desk: Desk, cashier: Session
) -> None:
    """A thousand orders took from a quarter of an hour to six hours, for the books were made at the close."""
    other, work = signed_in(desk, SECOND), []
    for session, receipts in ((cashier, 2), (other, 40)):
        for _ in range(receipts):
            payments.take(desk, session, paying(PLAIN, 100_00, advance=True), NOW)
        day_end.fix(desk, session, counted_as(receipts * 100_00), NOW)
        with machine_steps() as steps:
            report = day_end.close(desk, session, Ending(uuid4()), None, NOW).report
        assert (report.receipts, report.expected) == (receipts, receipts * 100_00)
        work.append(sum(steps))
    assert work[1] < work[0] * 1.1


@contextmanager
def machine_steps() -> Iterator[list[int]]:
    """The instructions that the database's own machine goes through meanwhile."""
    steps: list[int] = []

    def watched(connection: Connection, *_: object) -> None:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_progress_handler(lambda: steps.append(1), 1)
        seen.append(raw)

    seen: list[Any] = []
    event.listen(Engine, "before_cursor_execute", watched)
    try:
        yield steps
    finally:
        event.remove(Engine, "before_cursor_execute", watched)
        for raw in seen:
            raw.set_progress_handler(None, 0)


def test_odoo_16151_posawesome_half_typed_work_outlives_the_closing(desk: Desk, cashier: Session) -> None:
    act = uuid4()
    drafts.keep(desk, cashier, act, "pay", PLAIN, {"amount": "500"}, NOW)
    assert day_end.checks(desk, cashier, NOW).held == 1
    sealed(desk, cashier, 0)
    assert [kept.act for kept in drafts.kept(desk, signed_in(desk))] == [act]


def test_nexopos_577_a_count_that_differs_can_be_closed(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(), NOW)
    report = sealed(desk, cashier, 1000_00, reason="कारण नहीं मिला").report
    assert report.difference == -613_00


def test_posawesome_107_57_an_empty_shift_can_be_closed(desk: Desk, cashier: Session) -> None:
    report = sealed(desk, cashier, 0).report
    assert (report.receipts, report.expected, report.difference, report.tenders) == (0, 0, 0, ())


def test_posawesome_2988_a_shift_does_not_show_the_one_before(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(PLAIN, 613_00, in_cash(100_00, 100_00), upi(513_00, "418802")), NOW)
    sealed(desk, cashier, 100_00)
    again = signed_in(desk)
    assert day_end.checks(desk, again, NOW).pending == 0
    revealed = day_end.fix(desk, again, (), NOW)
    assert (revealed.expected, revealed.receipts, revealed.non_cash) == (0, 0, ())


def test_oca_1495_vauxoo_1549_nothing_tells_the_sum_before_the_count(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(), NOW)
    for told in (
        drawer_now.now(desk, cashier), day_end.checks(desk, cashier, NOW), day_end.reveal(desk, cashier, NOW),
        closings.papers(desk, cashier, NOW), cash.waiting(desk, cashier, NOW),
    ):  # fmt: skip
        assert "161300" not in repr(told)


def test_hmis_17911_an_adjustment_needs_somebody_s_approval(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(), NOW)
    day_end.fix(desk, cashier, counted_as(1613_00 + 40_00), NOW)
    with nothing_recorded(desk), pytest.raises(SecondMissing):
        day_end.close(desk, cashier, Ending(uuid4(), reason="अधिक"), None, NOW)


# -- handing over ----------------------------------------------------------------------------------------


def handed(desk: Desk, cashier: Session) -> UUID:
    payments.take(desk, cashier, paying(PLAIN, 500_00, advance=True), NOW)
    return sealed(desk, cashier, 500_00, handed_to=SECOND.code).act


def test_hmis_19561_the_receiver_gets_what_was_counted_not_what_was_computed(
    desk: Desk, cashier: Session
) -> None:
    closing, other = handed(desk, cashier), signed_in(desk, SECOND)
    cash.accept(desk, other, uuid4(), closing, counted_as(470_00), "", NOW)
    assert sealed(desk, other, 470_00).report.expected == 470_00


def test_hmis_20579_cash_that_was_taken_over_is_offered_to_nobody(desk: Desk, cashier: Session) -> None:
    closing, other = handed(desk, cashier), signed_in(desk, SECOND)
    cash.accept(desk, other, uuid4(), closing, counted_as(500_00), "", NOW)
    for session in (other, signed_in(desk)):
        assert cash.waiting(desk, session, NOW) == ()
        with nothing_recorded(desk), pytest.raises(HandoverUnknown):
            cash.accept(desk, session, uuid4(), closing, counted_as(500_00), "", NOW)


# -- what comes late -------------------------------------------------------------------------------------


def test_odoo_182058_203431_what_comes_late_opens_no_shift_and_changes_none(
    desk: Desk, cashier: Session
) -> None:
    """A "rescue" session with a zero opening balance made wrong cash statements."""
    receipt = payments.take(desk, cashier, paying(), NOW)
    closed = sealed(desk, cashier, 1613_00)
    again = signed_in(desk)
    with nothing_recorded(desk), pytest.raises(ReceiptSealed):
        undoing.cancel(desk, again, uuid4(), receipt.act, Why.TAKEN_TWICE, "", WORD, NOW)
    undoing.ask_refund(desk, again, uuid4(), receipt.act, Why.TAKEN_TWICE, "", NOW)
    with desk.book.reading() as connection:
        assert drawers.stored_closing(connection, closed.act) == closed
        row = finds.drawer(connection, closed.report.drawer)
    assert row
    assert row.counted == 1613_00
    late = sealed(desk, again, 0).report
    assert [(one.what, one.amount) for one in late.carried] == [("refund", 1613_00)]
    assert late.expected == 0


def test_a_deposit_is_noted_once_also_after_a_restart(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(), NOW)
    closing = sealed(desk, cashier, 1613_00).act
    tomorrow = NOW + timedelta(days=1)
    stamp = Stamp(tomorrow.date(), 1613_00, "SBI", "00042")
    closings.note_deposit(desk, cashier, uuid4(), closing, stamp, tomorrow)
    desk.book.close()
    later = opened(desk.book.folder, tomorrow)
    try:
        with pytest.raises(DepositKnown):
            closings.note_deposit(later, signed_in(later, at=tomorrow), uuid4(), closing, stamp, tomorrow)
    finally:
        later.book.close()
