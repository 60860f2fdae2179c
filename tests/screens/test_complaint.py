"""Registering a complaint with the keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import complaint_steps, complaints, drafts
from counter_app.desk.rows import ComplaintRow, DraftRow
from counter_app.domain.complaint import Answered, Stage
from counter_app.domain.consumer import Supply
from counter_app.domain.office import Officer, Post
from counter_app.store import reference
from counter_app.store.centre import note_contact
from counter_app.store.extracts import Counts, Extracts
from counter_app.ui.page import Visit
from counter_app.ui.pages.complaint import ComplaintPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import NOW, NUMBERS, PLAIN, complaining, entries, faults, moving
from tests.screens.conftest import press, type_keys, words_on

ENTER = Qt.Key.Key_Return


def open_complaint(window: Window, qtbot: QtBot, number: str = PLAIN) -> ComplaintPage:
    """The complaint page of a consumer, or of a place without one."""
    window.go("complaint", Visit(consumer=number))
    page = window.page()
    assert isinstance(page, ComplaintPage)
    qtbot.waitUntil(lambda: page._form is not None)
    return page


def open_ones(window: Window) -> tuple[ComplaintRow, ...]:
    """All complaints that are not closed."""
    return complaints.status(window.desk, window.session, "", NOW)


def shown(window: Window) -> str:
    """All the text on the page."""
    return words_on(window.page())


def test_two_digits_and_four_enters_register(window: Window, qtbot: QtBot) -> None:
    open_complaint(window, qtbot)
    type_keys(window, "11")
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = open_ones(window)
    assert (one.registered.type, one.registered.consumer) == ("SUP-04", PLAIN)
    assert one.registered.mobile == "9826048200"
    assert one.number.stem in shown(window)
    assert faults(window.desk) == ()


def test_without_a_line_the_clerk_is_told_to_telephone_1912_about_the_supply(
    window: Window, qtbot: QtBot
) -> None:
    open_complaint(window, qtbot)
    assert "1912 में अभी दर्ज नहीं" in shown(window)
    type_keys(window, "11")
    assert "केंद्र से संपर्क नहीं है: 1912 पर फोन करके बताएँ।" in shown(window)
    assert "F6 और 0" in shown(window)
    with window.desk.book.writing() as page:
        note_contact(page, NOW, 0)
    open_complaint(window, qtbot)
    type_keys(window, "11")
    assert "नंबर मिलते ही यहाँ जुड़ेगा।" in shown(window)
    assert "1912 पर फोन" not in shown(window)


def test_without_a_line_danger_too_says_that_1912_is_to_be_telephoned(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "91")
    assert "केंद्र से संपर्क नहीं है: 1912 पर फोन करके बताएँ।" in words_on(page._at_1912)
    assert "नंबर मिलते ही" not in shown(window)


def test_who_is_telephoned_besides_1912_is_named_in_both_languages(window: Window, qtbot: QtBot) -> None:
    with window.desk.book.writing() as page:
        officer = Officer(Post.JE, "", "", "आर. के. वर्मा", "R. K. Verma", "9425000001")
        Extracts(page).put_officers([officer], Counts())
    beside = open_complaint(window, qtbot)
    type_keys(window, "11")
    said = words_on(beside._at_1912)
    assert "और आर. के. वर्मा, 9425000001 · " in said
    assert "And R. K. Verma, 9425000001 · F6" in said
    beside._types.setFocus()
    type_keys(window, "91")
    assert "9425000001" not in words_on(beside._at_1912)
    assert "And R. K. Verma, 9425000001" in words_on(beside._danger)


def test_who_is_cut_off_for_dues_is_told_before_no_supply_is_registered(window: Window, qtbot: QtBot) -> None:
    open_complaint(window, qtbot)
    assert "बिजली कटी हुई है" not in shown(window)
    with window.desk.book.writing() as page:
        consumer = reference.consumer(page.connection, PLAIN)
        assert consumer is not None
        reference.put_consumers(page, [replace(consumer, supply=Supply.DISCONNECTED)])
    open_complaint(window, qtbot)
    assert "बिजली कटी हुई है।" in shown(window)
    assert "देय राशि लें" in shown(window)
    assert "The supply is cut off." in shown(window)


def test_of_a_connection_that_was_removed_nobody_is_said_to_reconnect_it(
    window: Window, qtbot: QtBot
) -> None:
    window.resize(1366, 768)
    with window.desk.book.writing() as page:
        consumer = reference.consumer(page.connection, PLAIN)
        assert consumer is not None
        reference.put_consumers(page, [replace(consumer, supply=Supply.REMOVED)])
    page_of = open_complaint(window, qtbot)
    assert "यह कनेक्शन स्थायी रूप से हट चुका है।" in shown(window)
    assert "अनुभाग" not in shown(window)
    assert page_of._main_room.verticalScrollBar().maximum() == 0


def complain_of_no_supply(window: Window, qtbot: QtBot, number: str) -> None:
    """Register a house without supply, as a clerk does."""
    open_complaint(window, qtbot, number)
    type_keys(window, "11")
    page = window.page()
    assert isinstance(page, ComplaintPage)
    if page._line.asked is not None:
        press(window, Qt.Key.Key_Escape)
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")


KEYS_NO_SUPPLY = 13


def test_a_complaint_joined_to_an_outage_takes_thirteen_keys_from_home(window: Window, qtbot: QtBot) -> None:
    for number in NUMBERS[1:3]:
        complain_of_no_supply(window, qtbot, number)
    keys = 0
    for digits, then in ((PLAIN[-6:], ENTER), ("", Qt.Key.Key_F3), ("11", ENTER), ("", ENTER), ("", ENTER)):
        if digits:
            type_keys(window, digits)
            keys += len(digits)
        if digits == PLAIN[-6:]:
            qtbot.waitUntil(lambda: window.page().consumer() == PLAIN)
        press(window, then)
        keys += 1
        if then == Qt.Key.Key_F3:
            qtbot.waitUntil(lambda: getattr(window.page(), "_form", None) is not None)
        elif digits == PLAIN[-6:]:
            qtbot.waitUntil(lambda: window.page().name == "consumer")
    qtbot.waitUntil(lambda: window.page().name == "home")
    print(f"\nkeystrokes: {keys}")  # the bench reads it
    assert keys <= KEYS_NO_SUPPLY
    (one,) = (row for row in open_ones(window) if row.registered.consumer == PLAIN)
    assert (one.state.stage, one.registered.joined) == (Stage.MERGED, one.state.joined)
    assert one.state.joined is not None


def test_escape_keeps_a_complaint_separate_from_the_outage(window: Window, qtbot: QtBot) -> None:
    for number in NUMBERS[:4]:
        complain_of_no_supply(window, qtbot, number)
    assert [row.registered.joined for row in open_ones(window)] == [None] * 4


def test_the_same_again_and_a_broken_promise_are_said(window: Window, qtbot: QtBot) -> None:
    before = NOW - timedelta(days=2)
    for _ in range(2):
        complaints.register(window.desk, window.session, complaining(PLAIN, "11"), before)
    open_complaint(window, qtbot)
    type_keys(window, "11")
    assert "कुल 3 बार" in shown(window)
    assert "पिछली बार (10/03) देर हुई" in shown(window)


def test_a_withdrawn_complaint_is_no_broken_promise(window: Window, qtbot: QtBot) -> None:
    before = NOW - timedelta(days=2)
    made = complaints.register(window.desk, window.session, complaining(PLAIN, "11"), before)
    complaint_steps.step(window.desk, window.session, moving(made.act, Stage.WITHDRAWN), before)
    open_complaint(window, qtbot)
    type_keys(window, "11")
    assert "कुल 2 बार" in shown(window)
    assert "देर हुई" not in shown(window)


@pytest.mark.parametrize(
    ("field", "typed"), [("_landmark", "क" * 121), ("_note", "क" * 501), ("reading", "क" * 81)]
)
def test_what_the_desk_refuses_is_said_below_the_field_that_is_wrong(
    window: Window, qtbot: QtBot, field: str, typed: str
) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "21")
    named = {"_landmark": page._landmark, "_note": page._note, **page._questions.fields}
    named[field].put(typed)
    page._note.edit.setFocus()
    press(window, ENTER)
    qtbot.waitUntil(lambda: named[field].is_wrong())
    assert [name for name, one in named.items() if one.is_wrong()] == [field]
    assert named[field].has_focus()
    assert open_ones(window) == ()


def test_of_a_half_typed_report_nothing_is_kept_that_leads_to_who_makes_it(
    window: Window, qtbot: QtBot
) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "11")
    page._note.put("कटिया")
    window.work.keep(page)
    assert kept(window, qtbot, 1)[0].consumer == PLAIN
    press(window, Qt.Key.Key_Escape)
    window.home()
    page = open_complaint(window, qtbot)
    type_keys(window, "52")
    page._note.put("कटिया")
    page._mobile.put("9826048299")
    assert page.draft() is not None
    window.work.keep(page)
    (found,) = (one for one in kept(window, qtbot, 2) if one.body["type"] == "52")
    assert (found.consumer, found.body["mobile"], found.body["note"]) == ("", "", "कटिया")
    assert "9826048299" not in repr(found)


def test_of_a_half_typed_confidential_complaint_nothing_is_kept(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "11")
    page._note.put("लाइनमैन ने पैसे माँगे")
    window.work.keep(page)
    kept(window, qtbot, 1)
    assert page._at_1912.isVisible()
    page._types.setFocus()
    type_keys(window, "53")
    kept(window, qtbot, 0)
    assert page.draft() is None
    assert not page._at_1912.isVisible()
    window.hold()
    assert drafts.kept(window.desk, window.session) == ()


def kept(window: Window, qtbot: QtBot, many: int) -> tuple[DraftRow, ...]:
    """What is half-typed, once it is so many."""
    qtbot.waitUntil(lambda: len(drafts.kept(window.desk, window.session)) == many)
    return drafts.kept(window.desk, window.session)


def test_what_is_asked_with_a_type_is_recorded(window: Window, qtbot: QtBot) -> None:
    open_complaint(window, qtbot)
    type_keys(window, "21")
    press(window, ENTER)
    press(window, ENTER)
    type_keys(window, "4180")
    press(window, ENTER)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = open_ones(window)
    assert one.registered.answers == (Answered("reading", "4180"),)


def test_letters_filter_the_types(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "burnt")
    press(window, ENTER)
    assert page._types.kind() is not None
    assert "burnt" in page._types.kind().name_en.lower()


@pytest.mark.parametrize(
    ("typed", "code"),
    [("fu", "SUP-04"), ("li", "SUP-04"), ("फ्यू", "SUP-04"), ("रि", "BIL-03"), ("dt", "SUP-02"),
     ("चो", "THF-01"), ("stf", "STF-01"), ("सोल", "CON-06"), ("chi", "SAF-04")],
)  # fmt: skip
def test_two_letters_of_what_people_say_find_a_type(
    window: Window, qtbot: QtBot, typed: str, code: str
) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, typed)
    shown_types = [kind.code for _, kind in page._types._rows if kind is not None]
    assert code in shown_types
    assert len(shown_types) < 12


def test_arrows_choose_a_type(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    press(window, Qt.Key.Key_Down)
    press(window, ENTER)
    assert page._types.key() == "12"


def test_a_short_mobile_is_said_under_its_field(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "21")
    page._mobile.edit.selectAll()
    type_keys(window, "982604821", every=120)
    before = entries(window.desk)
    for _ in range(4):
        press(window, ENTER)
    qtbot.waitUntil(page._mobile.is_wrong)
    assert page._mobile.text() == "982604821"
    assert entries(window.desk) == before


def test_the_mobile_of_the_record_is_shown_in_part_until_another_takes_its_place(
    window: Window, qtbot: QtBot
) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "21")
    assert (page._mobile.edit.text(), page._mobile.text()) == ("••••• 48200", "9826048200")
    half = page.draft()
    assert half is not None
    assert half.body["mobile"] == "9826048200"
    type_keys(window, "98930", every=120)
    assert (page._mobile.edit.text(), page._mobile.text()) == ("98930", "98930")
    page._mobile.put_known("9826048200")
    press(window, Qt.Key.Key_Backspace)
    assert page._mobile.text() == ""


def test_a_place_without_a_consumer_needs_its_landmark(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot, "")
    type_keys(window, "91")
    for _ in range(4):
        press(window, ENTER)
    qtbot.waitUntil(page._landmark.is_wrong)
    type_keys(window, "shiv mandir")
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "called")
    (one,) = open_ones(window)
    assert (one.registered.consumer, one.registered.landmark) == ("", "shiv mandir")


def test_danger_tells_whom_to_phone(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "91")
    assert page._danger.isVisible()
    page._types.setFocus()
    type_keys(window, "21")
    assert not page._danger.isVisible()


def test_enter_held_down_registers_once(window: Window, qtbot: QtBot) -> None:
    open_complaint(window, qtbot)
    type_keys(window, "11")
    for _ in range(3):
        press(window, ENTER)
    for _ in range(40):
        press(window, ENTER, repeat=True)
    qtbot.waitUntil(lambda: window.page().name == "home")
    assert len(open_ones(window)) == 1


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", ["complaint", "status"])
def test_the_pages_stand_in_both_languages(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, name: str
) -> None:
    window = open_window(language)
    window.go(name, Visit())
    qtbot.waitUntil(lambda: window.page().name == name)
    assert ("शिकायत" in shown(window) or "प्रकार" in shown(window)) == (language is Language.HINDI)
