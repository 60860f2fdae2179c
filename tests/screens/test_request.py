"""Requests at the window by keys, and serving somebody before the queue."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import complaints
from counter_app.domain.complaint import Answered
from counter_app.domain.entry import Kind
from counter_app.domain.priority import Priority, PriorityGiven
from counter_app.ui.page import Visit
from counter_app.ui.pages.request import RequestPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import NOW, PLAIN, entries, faults, payloads
from tests.screens.conftest import press, type_keys
from tests.screens.test_complaint import shown

ENTER = Qt.Key.Key_Return


def open_request(window: Window, qtbot: QtBot, number: str = PLAIN) -> RequestPage:
    """The page of requests, of a consumer or of somebody without a connection."""
    window.go("request", Visit(consumer=number))
    page = window.page()
    assert isinstance(page, RequestPage)
    qtbot.waitUntil(lambda: page._form is not None)
    return page


def test_a_reading_is_noted_by_keys(window: Window, qtbot: QtBot) -> None:
    open_request(window, qtbot)
    type_keys(window, "61")
    assert "4" in shown(window)
    type_keys(window, "4210")
    press(window, ENTER)
    type_keys(window, "12/03/2026")
    for _ in range(3):
        press(window, ENTER)
    type_keys(window, "1")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = complaints.status(window.desk, window.session, "", NOW)
    assert one.registered.answers == (
        Answered("reading", "4210"), Answered("read_on", "2026-03-12"), Answered("proofs", "meter_photo")
    )  # fmt: skip
    assert one.number.stem in shown(window)
    assert faults(window.desk) == ()


def test_a_mobile_needs_proof_and_consent(window: Window, qtbot: QtBot) -> None:
    page = open_request(window, qtbot)
    type_keys(window, "62")
    type_keys(window, "9893011223")
    before = entries(window.desk)
    for _ in range(4):
        press(window, ENTER)
    qtbot.waitUntil(lambda: "पहले कागज़ देखें और सहमति लें" in shown(window))
    assert entries(window.desk) == before
    type_keys(window, "12")
    assert page._ticks.ticked() == {"who_asks", "agreed"}
    type_keys(window, "2")
    assert page._ticks.ticked() == {"who_asks"}
    type_keys(window, "2")
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = complaints.status(window.desk, window.session, "", NOW)
    assert one.registered.type == "REQ-03"


def test_what_is_missing_is_said_at_its_field(window: Window, qtbot: QtBot) -> None:
    page = open_request(window, qtbot, "")
    type_keys(window, "71")
    assert "कार्यालय जो कागज़ बताए" in shown(window)
    type_keys(window, "ram singh")
    for _ in range(6):
        press(window, ENTER)
    qtbot.waitUntil(page._asked["site"].is_wrong)
    assert page._asked["applicant"].text() == "ram singh"
    type_keys(window, "nai basti")
    for _ in range(5):
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")


def test_half_a_request_is_held_and_comes_back(window: Window, qtbot: QtBot) -> None:
    page = open_request(window, qtbot)
    type_keys(window, "62")
    type_keys(window, "98930")
    page._ticks.setFocus()
    type_keys(window, "1")
    half = page.draft()
    assert half is not None
    assert half.body["answer new_mobile"] == "98930"
    row = window.work.keep(page)
    assert row is not None
    window.go("request", Visit(draft=row))
    again = window.page()
    assert isinstance(again, RequestPage)
    qtbot.waitUntil(lambda: again._types.key() == "62")
    assert (again._asked["new_mobile"].text(), again._ticks.ticked()) == ("98930", {"who_asks"})


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("typed", "name"), [("request", "request"), ("senior citizen", "priority")])
def test_the_pages_are_found_by_their_word(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, typed: str, name: str
) -> None:
    window = open_window(language)
    type_keys(window, typed)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == name)
    assert "अनुरोध" in shown(window) or "सेवा" in shown(window) or language is Language.ENGLISH


def test_from_the_consumers_page_a_digit_leads_to_the_requests(window: Window, qtbot: QtBot) -> None:
    window.go("consumer", Visit(consumer=PLAIN))
    type_keys(window, "1")
    page = window.page()
    assert isinstance(page, RequestPage)
    assert page.consumer() == PLAIN


def test_a_digit_notes_who_was_served_first(window: Window, qtbot: QtBot) -> None:
    for _ in range(2):
        window.go("priority", Visit())
        type_keys(window, "1")
        qtbot.waitUntil(lambda: window.page().name == "home")
    assert payloads(window.desk, Kind.PRIORITY_GIVEN) == [
        PriorityGiven(Priority.SENIOR, NOW.date(), window.session.person.code)
    ] * 2  # fmt: skip
    assert "आज 2" in shown(window)
    assert faults(window.desk) == ()
