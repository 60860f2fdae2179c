"""The sums of a counter put back from a copy, once the feed has told what was done about its receipts."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.desk import books, correcting, day_end, payments, posting, today, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.payments import Receipt
from counter_app.domain.books import Of, Which
from counter_app.domain.file_refusals import SerialUnknown
from counter_app.domain.money_refusals import CashCeiling
from counter_app.domain.numbering import Series
from counter_app.domain.payment import TenderKind, cash, upi
from counter_app.domain.undoing import Outcome, Why
from counter_app.domain.variance import Guess
from counter_app.store import finds
from counter_app.words import causes
from counter_app.words.say import Language
from tests.desk.day_audit import audited, sealed_days
from tests.desk.small_office import (
    ARREARS,
    AUDITOR,
    CREDIT,
    NOW,
    OTHERS,
    PLAIN,
    RURAL,
    SUPERVISOR,
    UTR_KNOWN,
    counted_as,
    faults,
    nothing_recorded,
    paying,
    sealed,
    signed_in,
    taking,
)
from tests.desk.test_posting import rows
from tests.desk.test_reconciling import UTR, WORD
from tests.desk.two_counters import CHEQUE, TODAY, Restore, bank_says, copy, put_back, taken, tell

BOOKS = (Which.DAY, Which.CASHIERS, Which.TENDERS, Which.HEADS, Which.CANCELLED, Which.SETTLED)
"""Those about receipts and their cash."""
LATE = NOW + timedelta(minutes=2)
SPLIT = cash(1000_00, 2000_00), upi(613_00, UTR)


def worked(desk: Desk) -> list[Receipt]:
    """A morning: cash, split, an old arrear, a transfer, a cheque, and one that stays as it is."""
    session = signed_in(desk)
    drafts = (
        paying(PLAIN), paying(RURAL, 1613_00, *SPLIT), paying(ARREARS, 2538_00),
        paying(OTHERS[0], 1613_00, upi(1613_00, "607198400000")), paying(OTHERS[1], 1613_00, CHEQUE),
        paying(OTHERS[2]),
    )  # fmt: skip
    return [payments.take(desk, session, one, NOW) for one in drafts]


def put_right(desk: Desk, made: list[Receipt]) -> None:
    """Cancelled, moved, corrected, corrected and cancelled, dishonoured."""
    session, at = signed_in(desk), NOW + timedelta(minutes=1)
    dead, split, arrear, transfer, cheque, _ = made
    undoing.cancel(desk, session, uuid4(), dead.act, Why.TAKEN_TWICE, "", WORD, at)
    correcting.correct(desk, session, uuid4(), split.act, (cash(1613_00, 1613_00),), "", WORD, at)
    correcting.move(desk, session, uuid4(), arrear.act, OTHERS[3], "", WORD, at)
    correcting.correct(desk, session, uuid4(), transfer.act, (cash(1613_00, 1700_00),), "", WORD, at)
    undoing.cancel(desk, session, uuid4(), transfer.act, Why.OTHER, "", WORD, at)
    bank_says(desk, cheque, Outcome.DISHONOURED, at=at)


def book_of(desk: Desk, which: Which) -> object:
    """Its rows; how a receipt that is dead was paid matters to nobody."""
    made = books.book(desk, signed_in(desk, AUDITOR), which, TODAY, TODAY, Language.ENGLISH, NOW)
    if which is not Which.DAY:
        return made.rows
    tender, dead = (made.columns.index(of) for of in (Of.TENDER, Of.CANCELLED))
    return [(*row[:tender], row[tender] * (not row[dead]), *row[tender + 1 :]) for row in made.rows]


def told_of_today(desk: Desk) -> object:
    told = today.today(desk, signed_in(desk, AUDITOR), NOW)
    return told.receipts, told.collected, told.pending


def holds(desk: Desk) -> int:
    """What the cashier's drawer is expected to hold."""
    session = signed_in(desk)
    assert session.drawer is not None
    with desk.book.reading() as connection:
        row = finds.drawer(connection, session.drawer)
    assert row is not None
    return row.holds


def test_books_and_todays_sums_are_those_that_there_were_before(here: Desk, restore: Restore) -> None:
    made = worked(here)
    back, before = restore(), {which: book_of(here, which) for which in BOOKS}
    put_right(here, made)
    restored = back()
    for which in BOOKS:
        assert book_of(here, which) != before[which], which
        assert book_of(restored, which) == book_of(here, which), which
    assert told_of_today(restored) == told_of_today(here)
    assert faults(restored) == ()
    assert audited(restored, None).violations == []


def test_what_was_lost_is_posted_as_if_it_were_here(here: Desk, restore: Restore, tmp_path: Path) -> None:
    """Also a receipt of which nothing is left, and what was done about it; it may be gone on after."""
    made = worked(here)
    back = restore()
    put_right(here, made)
    late = payments.take(here, signed_in(here, at=LATE), paying(UTR_KNOWN, 500_00, advance=True), LATE)
    newest = payments.take(here, signed_in(here, at=LATE), paying(CREDIT, 300_00, advance=True), LATE)
    undoing.cancel(here, signed_in(here, at=LATE), uuid4(), late.act, Why.OTHER, "", WORD, LATE)
    restored = back()
    for desk in (here, restored):
        out = tmp_path / desk.book.folder.name
        posting.post(desk, signed_in(desk, SUPERVISOR, at=LATE), uuid4(), out, posting.Wanted(), LATE)
    for name in (posting.PAYMENTS, posting.CHANGES):
        there, now = (tmp_path / desk.book.folder.name / name for desk in (here, restored))
        assert now.read_bytes() == there.read_bytes()
        assert str(late.number) in now.read_text("utf-8")
    gone_on_after = posting.after(restored, [str(newest.number), "2214-2-X00006"])
    assert gone_on_after == {Series.RECEIPT: newest.number.serial, Series.SLIP: 6}
    with pytest.raises(SerialUnknown):
        posting.after(restored, [f"{newest.number.stem}-000"])


def test_a_change_lost_by_a_second_restore_stands_behind_the_word_that_it_knew(
    here: Desk, tmp_path: Path
) -> None:
    receipt = taken(here, CHEQUE)
    one = put_back(copy(here, tmp_path / "first"))
    bank_says(one, receipt, Outcome.DISHONOURED)
    old = copy(one, tmp_path / "second")
    correcting.move(one, signed_in(one, at=LATE), uuid4(), receipt.act, RURAL, "", WORD, LATE)
    two = put_back(old)
    payments.take(two, signed_in(two, at=LATE), paying(CREDIT, 300_00, advance=True), LATE)
    tell(one, two)
    for desk in (one, two):
        out = tmp_path / f"of-{desk.book.folder.name}"
        posting.post(desk, signed_in(desk, SUPERVISOR, at=LATE), uuid4(), out, posting.Wanted(), LATE)
        (change,) = rows(out / posting.CHANGES)
        assert change["taken_back"] == "1613"
        desk.book.close()


def test_the_ceilings_go_by_the_cash_that_stands(here: Desk, restore: Restore) -> None:
    """For whom it stands: a receipt that is dead fills nobody's, one that was moved another's."""
    limits = {"cash_a_day": 3000_00, "cash_a_bill": 3000_00}
    here = taking(here, TenderKind.CHEQUE, TenderKind.DRAFT, **limits)
    dead, arrear = taken(here, cash(1613_00, 1613_00)), taken(here, cash(1613_00, 1613_00), ARREARS)
    back, session = restore(), signed_in(here)
    undoing.cancel(here, session, uuid4(), dead.act, Why.OTHER, "", WORD, NOW)
    correcting.move(here, session, uuid4(), arrear.act, RURAL, "", WORD, NOW)
    restored = taking(back(), TenderKind.CHEQUE, TenderKind.DRAFT, **limits)
    session = signed_in(restored)
    with nothing_recorded(restored), pytest.raises(CashCeiling):
        payments.take(restored, session, paying(RURAL, 1613_00, advance=True), NOW)
    payments.take(restored, session, paying(PLAIN, 2900_00, advance=True), NOW)
    payments.take(restored, session, paying(ARREARS, 2538_00), NOW)


def test_the_count_of_a_drawer_is_explained_by_what_was_lost_of_it(here: Desk, restore: Restore) -> None:
    """The drawer is expected to hold what is recorded; what it holds besides is known, and what is left is
    looked for.
    """
    made = worked(here)
    back = restore()
    put_right(here, made)
    late = payments.take(here, signed_in(here, at=LATE), paying(UTR_KNOWN, 500_00, advance=True), LATE)
    restored = back()
    difference = holds(here) - holds(restored)
    assert difference == -1613_00 + 613_00 + 500_00
    session = signed_in(restored)
    revealed = day_end.fix(restored, session, counted_as(holds(here)), NOW)
    (cause,) = revealed.causes
    told = tuple(one.payment.serial for one in (made[0], made[1], late))
    assert (cause.guess, cause.serials, cause.amount, cause.sure) == (Guess.RESTORED, told, difference, True)
    assert {row.serial for row in revealed.non_cash} == {made[4].payment.serial}, "what can be looked for"
    said = causes.as_reason(cause)
    closed = sealed(restored, session, holds(here), reason=said)
    assert (closed.report.expected, closed.report.difference) == (holds_of(made), difference)
    assert closed.report.reason == said
    assert audited(restored, None).violations == []


def holds_of(made: list[Receipt]) -> int:
    """What receipts brought in cash, as they were taken."""
    return sum(one.given - one.returned for paid in made for one in paid.payment.tenders)


def test_what_is_missing_beside_what_was_lost_is_looked_for(here: Desk, restore: Restore) -> None:
    made = worked(here)
    back = restore()
    undoing.cancel(here, signed_in(here), uuid4(), made[0].act, Why.OTHER, "", WORD, NOW)
    restored = back()
    session = signed_in(restored)
    revealed = day_end.fix(restored, session, counted_as(holds(here) - 2538_00), NOW)
    first, second, *_ = revealed.causes
    assert (first.guess, first.amount, first.sure) == (Guess.RESTORED, -1613_00, False)
    assert (second.guess, second.serials) == (Guess.WRONG_TENDER, (made[2].payment.serial,))


def test_a_sealed_day_stays_as_it_was_sealed(here: Desk, restore: Restore) -> None:
    """The drawer was counted before the counter heard what it had lost: its Z report stands."""
    made = worked(here)
    restored = restore()()
    sealed(restored, signed_in(restored), holds_of(made))
    audit = audited(restored, None)
    days = dict(sealed_days(restored, audit))
    put_right(here, made)
    tell(here, restored)
    assert dict(sealed_days(restored, audited(restored, None))) == days
    assert book_of(restored, Which.DAY) == book_of(here, Which.DAY)
    assert audited(restored, None).violations == []
