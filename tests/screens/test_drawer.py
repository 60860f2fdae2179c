"""The drawer from the keyboard: its pages found by word, cash moved on slips, counted blind, sealed."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.desk import cash, closings, drawer_now, drawers, paper, payments
from counter_app.domain.acts import PaperState
from counter_app.domain.drawer import Move
from counter_app.domain.payment import card, upi
from counter_app.domain.payment import cash as in_cash
from counter_app.store import finds
from counter_app.ui.count import CountCard
from counter_app.ui.page import Visit
from counter_app.ui.pages.day_end import DayEndPage, Step
from counter_app.ui.pages.home import HomePage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import NOW, OVERDUE, PASSWORD, PLAIN, RURAL, SECOND, entries, faults, paying
from tests.screens.conftest import press, type_keys, words_on

ENTER = Qt.Key.Key_Return


def shown(window: Window) -> str:
    """All the text on the page."""
    return words_on(window.page())


def typed_in(window: Window, text: str) -> None:
    """Text put into the field with the cursor, as an input method does."""
    edit = window.focusWidget()
    assert isinstance(edit, QLineEdit)
    edit.setText(text)


def counted(window: Window, *pieces: str) -> None:
    """Type a count from the first line on, and go behind the last line."""
    card = window.page().findChildren(CountCard)[0]
    for typed in pieces:
        type_keys(window, typed)
        press(window, ENTER)
    while card.has_focus():
        press(window, ENTER)


def to_count(window: Window, qtbot: QtBot) -> DayEndPage:
    """F8, the checks looked at, the cursor in the first line."""
    press(window, Qt.Key.Key_F8)
    page = window.page()
    assert isinstance(page, DayEndPage)
    qtbot.waitUntil(lambda: page._open)
    press(window, ENTER)
    return page


def by_word(window: Window, qtbot: QtBot, word: str) -> None:
    window.home()
    home = window.page()
    assert isinstance(home, HomePage)
    type_keys(window, word)
    qtbot.waitUntil(lambda: home._answered == word)
    press(window, ENTER)


@pytest.mark.parametrize(
    ("word", "page"),
    [
        ("गल्ला", "drawer"),
        ("drawer", "drawer"),
        ("float", "drawer_open"),
        ("cash in", "cash_move"),
        ("नकद आना-जाना", "cash_move"),
        ("drop", "cash_move"),
        ("no sale", "unlock"),
        ("take over", "handover"),
        ("नकद लेना", "handover"),
        ("hand over", "day_end"),
        ("lunch", "day_end"),
        ("z report", "drawer_papers"),
        ("deposit", "deposit"),
        ("जमा पर्ची", "deposit"),
    ],
)
def test_each_page_of_the_drawer_is_found_by_its_word(
    window: Window, qtbot: QtBot, word: str, page: str
) -> None:
    by_word(window, qtbot, word)
    assert window.page().name == page


def test_a_clerk_without_money_is_not_led_to_the_drawer(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(person=small_office.CLERK)
    by_word(window, qtbot, "drawer")
    assert window.page().name == "home"
    assert "Drawer" not in shown(window)


@pytest.mark.parametrize("digit", "12345678")
def test_the_digits_of_the_drawer_open_its_pages(window: Window, qtbot: QtBot, digit: str) -> None:
    window.go("drawer", Visit())
    type_keys(window, digit)
    names = [
        "drawer_open",
        "cash_move",
        "unlock",
        "handover",
        "day_end",
        "day_end",
        "drawer_papers",
        "deposit",
    ]
    assert window.page().name == names[int(digit) - 1]
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "drawer"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "name",
    ["day_end", "drawer", "drawer_open", "cash_move", "unlock", "handover", "drawer_papers", "deposit"],
)
def test_the_pages_stand_in_both_languages(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, name: str
) -> None:
    window = open_window(language)
    window.go(name, Visit())
    words = shown(window)
    assert any("\u0900" <= sign <= "\u097f" for sign in words) == (language is Language.HINDI)


# -- opening and moving ------------------------------------------------------------------------------------


def test_a_counted_float_opens_the_drawer(window: Window, qtbot: QtBot) -> None:
    window.go("drawer_open", Visit())
    qtbot.waitUntil(lambda: bool(window.page().keys().accept.lead))
    counted(window, "2", "3")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert "₹1,600" in shown(window)
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    with window.desk.book.reading() as connection:
        row = finds.drawer(connection, window.session.drawer or uuid4())
    assert row is not None
    assert (row.opening, row.receipts) == (1600_00, 1)


def test_change_comes_in_on_a_slip(window: Window, qtbot: QtBot) -> None:
    by_word(window, qtbot, "change")
    type_keys(window, "500")
    press(window, ENTER)
    typed_in(window, "अनीता")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (row,) = closings.papers(window.desk, window.session, NOW).moves
    assert (row.move, row.amount, row.other) == (Move.CHANGE, 500_00, "अनीता")


def test_a_drop_waits_for_the_second_person(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    by_word(window, qtbot, "drop")
    type_keys(window, "1000")
    before = entries(window.desk)
    press(window, ENTER)
    type_keys(window, small_office.SUPERVISOR.code)
    press(window, ENTER)
    press(window, ENTER)  # no password yet: the desk says no
    qtbot.waitUntil(lambda: not window.page().saving)
    assert entries(window.desk) == before + 1  # the wrong try
    typed_in(window, PASSWORD)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (row,) = closings.papers(window.desk, window.session, NOW).moves
    assert (row.amount, row.other) == (1000_00, small_office.SUPERVISOR.code)


def test_the_drawer_opens_without_a_receipt_only_with_a_reason(window: Window, qtbot: QtBot) -> None:
    window.go("unlock", Visit())
    before = entries(window.desk)
    press(window, ENTER)
    assert entries(window.desk) == before
    type_keys(window, "4")
    type_keys(window, "x")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert entries(window.desk) == before + 1


# -- the end of the day ------------------------------------------------------------------------------------


def test_the_count_is_fixed_before_any_sum_is_shown(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    page = to_count(window, qtbot)
    counted(window, "3", "", "1")
    assert "₹1,600" in shown(window)
    assert "₹1,613" not in shown(window)
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._step is Step.COMPARE)
    assert "₹1,613" in shown(window)
    assert "₹13" in shown(window)
    press(window, Qt.Key.Key_Escape)  # behind the fixed count there is no way back to it
    assert window.page().name == "home"
    again = to_count(window, qtbot)
    assert again._step in (Step.COMPARE, Step.SECOND)
    assert faults(window.desk) == ()


def test_bundles_and_devanagari_digits_are_counted(window: Window, qtbot: QtBot) -> None:
    page = to_count(window, qtbot)
    counted(window, "2*", "१२")
    assert "₹1,02,400" in shown(window)
    press(window, Qt.Key.Key_Up)
    counted(window, "99999*")
    press(window, ENTER)  # too many pieces: nothing is fixed
    assert page._step is Step.COUNT
    now = drawer_now.now(window.desk, window.session)
    assert now
    assert not now.counted


def test_a_begun_count_waits_as_it_was_left(window: Window, qtbot: QtBot) -> None:
    to_count(window, qtbot)
    type_keys(window, "7")
    press(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.page().name == "home")
    home = window.page()
    assert isinstance(home, HomePage)
    qtbot.waitUntil(lambda: bool(home._start.held))
    press(window, Qt.Key.Key_F9)
    assert window.page().name == "day_end"
    assert "₹3,500" in shown(window)


def test_a_day_that_agrees_is_sealed_by_one_person(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    page = to_count(window, qtbot)
    counted(window, "3", "", "1", "", "", "1", "", "", "", "1", "1")
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._step is Step.COMPARE)
    press(window, ENTER)
    assert page._step is Step.SEAL
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._step is Step.SEALED)
    assert "2214-2-Z00001" in shown(window)
    press(window, ENTER)
    assert window.page().name == "home"
    (row,) = closings.papers(window.desk, window.session, NOW).closings
    assert (row.counted, row.to_bank) == (1613_00, 1613_00)


def test_a_difference_takes_thirty_two_keys_and_a_password(window: Window, qtbot: QtBot) -> None:
    """₹270 short: the receipt that fits leads; reason and second person, a float stays."""
    for number, amount in ((PLAIN, 1613_00), (OVERDUE, 270_00)):
        payments.take(window.desk, window.session, paying(number, amount, advance=True), NOW)
    split = (in_cash(100_00, 100_00), upi(500_00, "418802"), card(13_00, "4821"))
    payments.take(window.desk, window.session, paying(RURAL, 613_00, *split, advance=True), NOW)
    page = to_count(window, qtbot)
    counted(window, "3", "1", "", "", "", "1", "", "", "", "1", "1")
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._step is Step.OTHERS)
    assert "418802" in str(page._others._rows._cells(page._others._rows.at(1)))
    type_keys(window, "1")
    press(window, ENTER)
    assert page._step is Step.COMPARE
    assert "000002" in shown(window)
    type_keys(window, "1")
    press(window, ENTER)
    assert "000002" in page._difference.reason.text()
    press(window, ENTER)
    type_keys(window, small_office.SUPERVISOR.code)
    press(window, ENTER)
    typed_in(window, PASSWORD)
    press(window, ENTER)
    assert page._step is Step.SEAL
    type_keys(window, "2")
    type_keys(window, "500")
    for _ in range(2):
        press(window, ENTER)
    qtbot.waitUntil(lambda: page._step is Step.SEALED)
    with window.desk.book.reading() as connection:
        (row,) = finds.closings(connection, 9)
        report = drawers.stored_closing(connection, row.closing).report
    assert (report.difference, report.kept, report.to_bank) == (-270_00, 500_00, 1213_00)
    assert report.note.endswith("Not found: 000003 Card")
    assert report.approved is not None
    assert faults(window.desk) == ()


def test_enter_held_down_seals_at_most_one_day(window: Window, qtbot: QtBot) -> None:
    page = to_count(window, qtbot)
    for _ in range(40):
        press(window, ENTER, repeat=True)
    assert page._step is Step.COUNT
    for _ in range(40):
        press(window, ENTER)
    qtbot.waitUntil(lambda: not page.saving)
    assert len(closings.papers(window.desk, window.session, NOW).closings) <= 1


def test_cash_goes_to_a_colleague_who_counts_it(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window()
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    window.go("day_end", Visit(typed="hand over"))
    page = window.page()
    assert isinstance(page, DayEndPage)
    qtbot.waitUntil(lambda: page._open)
    press(window, ENTER)
    counted(window, "3", "", "1", "", "", "1", "", "", "", "1", "1")
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._step is Step.COMPARE)
    press(window, ENTER)
    press(window, ENTER)  # into the field of the colleague's code
    type_keys(window, SECOND.code)
    for _ in range(2):
        press(window, ENTER)
    qtbot.waitUntil(lambda: page._step is Step.SEALED)
    window.signed_in(small_office.signed_in(window.desk, SECOND))
    qtbot.waitUntil(lambda: window.page().name == "home")
    by_word(window, qtbot, "take over")
    qtbot.waitUntil(lambda: bool(window.page().keys().accept.lead))
    assert "₹1,613" not in shown(window)
    press(window, ENTER)
    counted(window, "3", "", "1")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert "₹1,600" in shown(window)
    (slip,) = closings.papers(window.desk, window.session, NOW).moves
    assert slip.amount == 1600_00
    assert cash.waiting(window.desk, window.session, NOW) == ()


# -- papers and the bank -----------------------------------------------------------------------------------


def test_a_z_report_is_printed_again_as_a_numbered_copy(window: Window, qtbot: QtBot) -> None:
    closed = small_office.sealed(window.desk, window.session, 0)
    paper.note_outcome(window.desk, window.session, uuid4(), closed.act, PaperState.CONFIRMED, "", NOW)
    by_word(window, qtbot, "z report")
    qtbot.waitUntil(lambda: str(closed.number) in shown(window))
    press(window, ENTER)
    before = entries(window.desk)
    type_keys(window, "2")
    qtbot.waitUntil(lambda: entries(window.desk) > before)
    with window.desk.book.reading() as connection:
        assert [job.copy for job in finds.jobs_of(connection, closed.act)] == [1, 2]


def test_the_bank_s_stamp_is_noted_the_next_morning(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, paying(PLAIN), NOW)
    closed = small_office.sealed(window.desk, window.session, 1613_00)
    window.go("deposit", Visit(act=closed.act))
    qtbot.waitUntil(lambda: bool(window.page().keys().accept.lead))
    assert "₹1,613" in shown(window)
    press(window, ENTER)
    press(window, ENTER)
    typed_in(window, "SBI नवग्राम")
    press(window, ENTER)
    typed_in(window, "00042")
    press(window, ENTER)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (row,) = closings.papers(window.desk, window.session, NOW).closings
    assert row.arrived is not None
    window.go("deposit", Visit())
    assert not window.page().keys().accept.lead


def test_who_holds_a_drawer_sees_no_sum_of_today(window: Window, qtbot: QtBot) -> None:
    """1,613 + 270 + 100 in cash, 500 by UPI: none of the sums stands anywhere before the count is fixed."""
    for number, amount in ((PLAIN, 1613_00), (OVERDUE, 270_00)):
        payments.take(window.desk, window.session, paying(number, amount, advance=True), NOW)
    split = (in_cash(100_00, 100_00), upi(500_00, "418802"))
    payments.take(window.desk, window.session, paying(RURAL, 600_00, *split, advance=True), NOW)
    cash.move(window.desk, window.session, cash.MoveDraft(uuid4(), Move.CHANGE, 40_00, other="x"), None, NOW)
    sums = {"₹1,983", "₹2,483", "₹2,023", "₹2,523", "₹1,883", "₹1,923"}
    for name in ("home", "receipts", "drawer", "drawer_open", "cash_move", "unlock", "handover", "day_end",
                 "drawer_papers", "deposit", "sync"):  # fmt: skip
        window.go(name, Visit())
        desk_is_done: list[None] = []
        window.background.run(lambda: None, desk_is_done.append)
        qtbot.waitUntil(partial(bool, desk_is_done))
        assert not [amount for amount in sums if amount in shown(window)], name
