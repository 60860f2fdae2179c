"""Registering a complaint with the keyboard, telling its status, answering for the consumer."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app.desk import complaints, paper
from counter_app.desk.rows import ComplaintRow
from counter_app.documents.page import Document
from counter_app.documents.pdf import pdf
from counter_app.domain.acts import PaperState
from counter_app.domain.complaint import Stage
from counter_app.domain.ways import Way, Ways
from counter_app.ui.page import Visit
from counter_app.ui.pages.complaint import ComplaintPage
from counter_app.ui.pages.status import StatusPage
from counter_app.ui.paper_out import PaperOut
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import NOW, PLAIN, complaining, entries, faults
from tests.screens.conftest import press, type_keys

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
    return "\n".join(label.text() for label in window.page().findChildren(QLabel) if label.isVisible())


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


def test_letters_filter_the_types(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot)
    type_keys(window, "burnt")
    press(window, ENTER)
    assert page._types.kind() is not None
    assert "burnt" in page._types.kind().name_en.lower()


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
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(page._mobile.is_wrong)
    assert page._mobile.text() == "982604821"
    assert entries(window.desk) == before


def test_a_place_without_a_consumer_needs_its_landmark(window: Window, qtbot: QtBot) -> None:
    page = open_complaint(window, qtbot, "")
    type_keys(window, "91")
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(page._landmark.is_wrong)
    type_keys(window, "shiv mandir")
    press(window, ENTER)
    press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
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


def to_status(window: Window, qtbot: QtBot) -> StatusPage:
    """The status page with the one complaint there is, opened by Enter."""
    complaints.register(window.desk, window.session, complaining(PLAIN), NOW)
    window.go("status", Visit())
    page = window.page()
    assert isinstance(page, StatusPage)
    qtbot.waitUntil(lambda: len(page._rows.rows()) == 1)
    press(window, ENTER)
    assert page._open is not None
    return page


def test_enter_on_an_open_complaint_answers_nothing(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    before = entries(window.desk)
    for _ in range(3):
        press(window, ENTER)
    assert page._open is not None
    assert entries(window.desk) == before


def test_1_closes_and_2_reopens(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    type_keys(window, "1")
    qtbot.waitUntil(lambda: page._open is not None and page._open.state.stage is Stage.CLOSED)
    assert open_ones(window) == ()
    type_keys(window, "2")
    qtbot.waitUntil(lambda: page._open is not None and page._open.state.stage is Stage.REOPENED)
    assert len(open_ones(window)) == 1
    assert faults(window.desk) == ()


AGREED, NOT_RIGHT = "काम हो गया, सहमत", "अभी ठीक नहीं"


def test_only_steps_that_may_follow_are_offered(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    before = entries(window.desk)
    qtbot.waitUntil(lambda: AGREED in shown(window))
    assert NOT_RIGHT not in shown(window)
    type_keys(window, "2")
    assert entries(window.desk) == before
    assert not page.saving
    for stage, offered in ((Stage.ATTENDED, (True, True)), (Stage.CLOSED, (False, True))):
        complaints.step(window.desk, window.session, uuid4(), open_one(page).act, stage, "", NOW)
        page.refresh()
        qtbot.waitUntil(
            lambda offered=offered: (AGREED in shown(window), NOT_RIGHT in shown(window)) == offered  # type: ignore[misc]
        )


def open_one(page: StatusPage) -> ComplaintRow:
    assert page._open is not None
    return page._open


class InProcess:
    """Makes the PDF at once, without a process of its own."""

    def pdf(self, document: Document) -> bytes:
        return pdf(document)


def slip_jobs(window: Window, page: StatusPage) -> list[tuple[int, PaperState, str]]:
    """Copy, state and reason of every print of the slip that is shown."""
    jobs = paper.jobs(window.desk, window.session, open_one(page).act, NOW)
    return [(job.copy, job.state, job.reason) for job in jobs]


def test_f7_prints_the_original_slip_that_never_came_out_then_copies(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    out = window.work.paper_out = PaperOut(
        InProcess(), tmp_path / "papers", Ways(Way("a printer that is not here"))
    )
    open_complaint(window, qtbot)
    type_keys(window, "11")
    for _ in range(3):
        press(window, ENTER)
    qtbot.waitUntil(lambda: "प्रिंटर नहीं मिला" in shown(window))
    press(window, Qt.Key.Key_F6)
    page = window.page()
    assert isinstance(page, StatusPage)
    qtbot.waitUntil(lambda: len(page._rows.rows()) == 1)
    press(window, ENTER)
    assert slip_jobs(window, page) == [(1, PaperState.FAILED, "")]
    out.ways = Ways()  # papers go to files again
    press(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: slip_jobs(window, page) == [(1, PaperState.CONFIRMED, "")])
    assert window.page() is page
    before = entries(window.desk)
    press(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: "पावती खो गई" in shown(window))
    press(window, Qt.Key.Key_Escape)  # not after all
    assert "पावती खो गई" not in shown(window)
    press(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: "पावती खो गई" in shown(window))
    assert entries(window.desk) == before
    type_keys(window, "2")
    qtbot.waitUntil(lambda: slip_jobs(window, page)[1:] == [(2, PaperState.CONFIRMED, "पावती खो गई")])
    assert len(list((tmp_path / "papers").iterdir())) == 2
    assert faults(window.desk) == ()


def test_f7_on_the_list_shows_the_receipts(window: Window, qtbot: QtBot) -> None:
    to_status(window, qtbot)
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_F7)
    assert window.page().name == "receipts"


def test_esc_goes_from_the_complaint_to_the_list(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    press(window, Qt.Key.Key_Escape)
    assert page._open is None
    assert window.page().name == "status"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", ["complaint", "status"])
def test_the_pages_stand_in_both_languages(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, name: str
) -> None:
    window = open_window(language)
    window.go(name, Visit())
    qtbot.waitUntil(lambda: window.page().name == name)
    assert ("शिकायत" in shown(window) or "प्रकार" in shown(window)) == (language is Language.HINDI)
