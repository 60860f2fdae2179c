"""Telling where a complaint stands, answering for the consumer, printing its slip again."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from counter_app.desk import complaint_steps, complaints, paper
from counter_app.desk.complaint_steps import consent_code
from counter_app.desk.rows import ComplaintRow
from counter_app.documents.page import Document
from counter_app.documents.pdf import pdf
from counter_app.domain.acts import PaperState
from counter_app.domain.complaint import ComplaintStep, Consent, Stage
from counter_app.domain.ways import Way, Ways
from counter_app.store import reference
from counter_app.store.complaint_states import restate
from counter_app.ui.page import Visit
from counter_app.ui.pages.status import StatusPage
from counter_app.ui.paper_out import PaperOut
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, NUMBERS, PLAIN, complaining, entries, faults, moving
from tests.screens.conftest import press, type_keys
from tests.screens.test_complaint import ENTER, open_complaint, open_ones, shown
from tests.store.test_finds import known_complaint


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
    assert "आज से लंबित" in shown(window)
    before = entries(window.desk)
    for _ in range(3):
        press(window, ENTER)
    assert page._open is not None
    assert entries(window.desk) == before


def test_1_closes_by_what_the_consumer_says_and_2_reopens(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    type_keys(window, "12")  # close, by the signature on the slip
    qtbot.waitUntil(lambda: stage_of(page) is Stage.CLOSED)
    assert open_one(page).state.steps[-1].consent == Consent.SIGNATURE
    assert open_ones(window) == ()
    type_keys(window, "2")
    qtbot.waitUntil(lambda: stage_of(page) is Stage.REOPENED)
    assert len(open_ones(window)) == 1
    assert faults(window.desk) == ()


def test_the_code_on_the_slip_closes_it(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    with window.desk.book.reading() as connection:
        code = consent_code(connection, open_one(page))
    type_keys(window, "11")
    type_keys(window, "12")  # digits are typed now
    press(window, ENTER)
    qtbot.waitUntil(lambda: "कोड उपभोक्ता की पावती से नहीं मिलता" in shown(window))
    assert stage_of(page) is Stage.REGISTERED
    typed = window.focusWidget()
    assert isinstance(typed, QLineEdit)
    typed.selectAll()
    type_keys(window, code)
    press(window, ENTER)
    qtbot.waitUntil(lambda: stage_of(page) is Stage.CLOSED)
    assert open_one(page).state.steps[-1].consent == Consent.CODE


def test_a_closed_one_is_found_by_whatever_people_bring(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    type_keys(window, "13")  # close, by calling back
    assert stage_of(page) is Stage.REGISTERED
    type_keys(window, "9826048210")
    press(window, ENTER)
    qtbot.waitUntil(lambda: stage_of(page) is Stage.CLOSED)
    one = open_one(page)
    assert one.state.steps[-1].note == "9826048210"
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(page._rows.rows()) == 0)
    for typed in ("2214070018", "C1", PLAIN, "98260 48210"):
        page._typed.put("")
        page._rows.replace(())
        type_keys(window, typed)
        qtbot.waitUntil(lambda: len(page._rows.rows()) == 1)
        press(window, ENTER)
        assert open_one(page).act == one.act, typed
        press(window, Qt.Key.Key_Escape)


def test_attended_by_staff_is_still_open(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    type_keys(window, "6")
    type_keys(window, "fuse")
    press(window, ENTER)
    qtbot.waitUntil(lambda: stage_of(page) is Stage.ATTENDED)
    assert open_one(page).state.steps[-1].note == "fuse"
    assert len(open_ones(window)) == 1


def test_a_wrong_office_is_said_below_the_field_and_the_right_one_gets_it(
    window: Window, qtbot: QtBot
) -> None:
    page = to_status(window, qtbot)
    type_keys(window, "7")
    type_keys(window, "2214")
    press(window, ENTER)
    qtbot.waitUntil(lambda: "2214 के पास है" in shown(window))
    type_keys(window, "9")
    press(window, ENTER)
    qtbot.waitUntil(lambda: stage_of(page) is Stage.TRANSFERRED)
    assert open_one(page).state.office == "22149"
    assert "कार्यालय 22149 के पास" in shown(window)


def test_0_takes_the_number_that_1912_gave(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    type_keys(window, "0")
    type_keys(window, "2026031200318")
    press(window, ENTER)
    qtbot.waitUntil(lambda: open_one(page).central_number == "2026031200318")
    qtbot.waitUntil(lambda: "1912 से नंबर मिला" not in shown(window))
    assert stage_of(page) is Stage.REGISTERED


def test_esc_goes_back_from_what_is_asked(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    before = entries(window.desk)
    for keys in ("1", "11", "4", "0"):
        type_keys(window, keys)
        assert page._answers.is_deep
        press(window, Qt.Key.Key_Escape)
        assert not page._answers.is_deep
    assert entries(window.desk) == before
    assert page._open is not None


def test_what_contradicts_itself_needs_attention_in_list_and_life(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    act = open_one(page).act
    with window.desk.book.writing() as written:
        for stage in (Stage.ASSIGNED, Stage.CLOSED):
            elsewhere = ComplaintStep(act, stage, NOW, "JE", seen=())
            reference.put_known_events(written, [(uuid4(), elsewhere)])
        restate(written.connection, act)
    page.refresh()
    qtbot.waitUntil(lambda: open_one(page).state.attention)
    assert "ध्यान देना ज़रूरी" in shown(window)
    qtbot.waitUntil(lambda: "दो जगह" in shown(window))
    type_keys(window, "12")
    qtbot.waitUntil(lambda: stage_of(page) is Stage.CLOSED)
    assert not open_one(page).state.attention


AGREED, NOT_RIGHT = "काम हो गया, सहमत", "अभी ठीक नहीं"


def are_offered(window: Window, agreed: bool, not_right: bool) -> bool:
    """Whether the consumer's two answers stand there, or do not, as they should."""
    return (AGREED in shown(window), NOT_RIGHT in shown(window)) == (agreed, not_right)


def test_only_steps_that_may_follow_are_offered(window: Window, qtbot: QtBot) -> None:
    page = to_status(window, qtbot)
    before = entries(window.desk)
    qtbot.waitUntil(lambda: AGREED in shown(window))
    assert NOT_RIGHT not in shown(window)
    type_keys(window, "2")
    assert entries(window.desk) == before
    assert not page.saving
    for stage, offered in ((Stage.ATTENDED, (True, True)), (Stage.CLOSED, (False, True))):
        complaint_steps.step(window.desk, window.session, moving(open_one(page).act, stage), NOW)
        page.refresh()
        qtbot.waitUntil(partial(are_offered, window, *offered))


def stage_of(page: StatusPage) -> Stage:
    return open_one(page).state.stage


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


def test_f7_and_3_print_the_original_slip_that_never_came_out_then_copies(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    nowhere = Ways(Way("a printer that is not here"))
    out = window.work.paper_out = PaperOut(InProcess(), tmp_path / "papers", nowhere)
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
    type_keys(window, "3")
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


def test_an_outage_is_told_gathered_and_restored_by_its_keys(window: Window, qtbot: QtBot) -> None:
    area = complaints.register(window.desk, window.session, complaining(PLAIN, "12"), NOW)
    house = complaints.register(window.desk, window.session, complaining(NUMBERS[1], "11"), NOW)
    window.go("status", Visit(act=area.act))
    page = window.page()
    assert isinstance(page, StatusPage)
    qtbot.waitUntil(lambda: page._open is not None)
    type_keys(window, "*")
    type_keys(window, "jumper 18:30")
    press(window, ENTER)
    qtbot.waitUntil(lambda: "jumper" in shown(window) and not page._answers.is_deep)
    answered = page._act
    type_keys(window, "+")
    qtbot.waitUntil(lambda: page._act != answered)
    qtbot.waitUntil(lambda: joined(window, house.act) == area.act and not page.saving)
    window.go("status", Visit(act=house.act))
    told = f"{area.number.stem} में शामिल: jumper"
    qtbot.waitUntil(lambda: told in shown(window))
    assert "बिजली आने का अनुमान 12/03/2026 18:30" in shown(window)
    window.go("status", Visit(act=area.act))
    qtbot.waitUntil(lambda: open_one(page).act == area.act)
    type_keys(window, "6")
    press(window, ENTER)
    qtbot.waitUntil(lambda: stage_of(page) is Stage.ATTENDED)
    row = complaints.complaint(window.desk, window.session, house.act, NOW)
    assert row.state.stage is Stage.CLOSED


@pytest.mark.parametrize("height", [720, 768])
def test_all_that_may_be_done_about_an_outage_is_seen_without_scrolling(
    window: Window, qtbot: QtBot, height: int
) -> None:
    window.resize(1366, height)
    burnt = complaints.register(
        window.desk, window.session, complaining(PLAIN, "16"), NOW - timedelta(days=2)
    )
    window.go("status", Visit(act=burnt.act))
    page = window.page()
    assert isinstance(page, StatusPage)
    qtbot.waitUntil(lambda: "क्षतिपूर्ति का दावा" in shown(window))
    rooms = [room for room in page.findChildren(QScrollArea) if room.isAncestorOf(page._answers)]
    qtbot.waitUntil(lambda: not any(room.verticalScrollBar().isVisible() for room in rooms))


def joined(window: Window, act: UUID) -> UUID | None:
    return complaints.complaint(window.desk, window.session, act, NOW).state.joined


def test_compensation_is_claimed_and_a_call_recorded_with_one_key(window: Window, qtbot: QtBot) -> None:
    long_ago = NOW - timedelta(hours=31)
    made = complaints.register(window.desk, window.session, complaining(PLAIN, "11"), long_ago)
    done = moving(made.act, Stage.ATTENDED)
    complaint_steps.step(window.desk, window.session, done, NOW - timedelta(hours=1))
    window.go("status", Visit(act=made.act))
    page = window.page()
    assert isinstance(page, StatusPage)
    qtbot.waitUntil(lambda: page._open is not None)
    qtbot.waitUntil(lambda: "₹200" in shown(window))
    type_keys(window, "-")
    qtbot.waitUntil(lambda: len(open_one(page).events) == 2)
    wire = complaints.register(window.desk, window.session, complaining(PLAIN, "91"), NOW)
    window.go("status", Visit(act=wire.act))
    qtbot.waitUntil(lambda: open_one(page).act == wire.act)
    type_keys(window, ".")
    type_keys(window, "JE 9826000001")
    press(window, ENTER)
    qtbot.waitUntil(lambda: "9826000001" in shown(window))
    assert faults(window.desk) == ()


@pytest.mark.parametrize("day", [date(2026, 3, 12), date(1999, 1, 1)])
def test_a_type_of_a_newer_list_is_said_in_words_and_the_rest_is_shown(
    window: Window, qtbot: QtBot, day: date
) -> None:
    known = known_complaint(uuid4())
    made = replace(known.registered, type="NEW-77", day=day, dtr="D1", due_at=NOW - timedelta(days=1))
    with window.desk.book.writing() as page_:
        reference.put_known_complaints(page_, [known._replace(registered=made)])
        restate(page_.connection, known.act)
    window.go("status", Visit(act=known.act))
    page = window.page()
    assert isinstance(page, StatusPage)
    qtbot.waitUntil(lambda: page._open is not None)
    assert "प्रकार NEW-77" in shown(window)
    type_keys(window, "5")
    qtbot.waitUntil(lambda: stage_of(page) is Stage.ON_SITE)


def test_the_page_says_why_a_limit_is_later_than_it_was_promised(window: Window, qtbot: QtBot) -> None:
    agreed = NOW - timedelta(days=150)
    made = complaints.register(
        window.desk, window.session, complaining(PLAIN, "11"), agreed - timedelta(hours=1)
    )
    for stage, at in ((Stage.CLOSED, agreed), (Stage.REOPENED, NOW)):
        complaint_steps.step(window.desk, window.session, moving(made.act, stage), at)
    window.go("status", Visit(act=made.act))
    qtbot.waitUntil(lambda: "बीच के 150 दिन नहीं गिने" in shown(window))
    assert "3 घं 0 मि बाकी" in shown(window)


def test_no_time_limit_runs_for_what_is_withdrawn(window: Window, qtbot: QtBot) -> None:
    made = complaints.register(window.desk, window.session, complaining(PLAIN, "11"), NOW - timedelta(days=2))
    complaint_steps.step(window.desk, window.session, moving(made.act, Stage.WITHDRAWN), NOW)
    window.go("status", Visit(act=made.act))
    page = window.page()
    assert isinstance(page, StatusPage)
    qtbot.waitUntil(lambda: "वापस ली गई" in shown(window))
    assert "सीमा से" not in shown(window)
    marks = page._life._marks(open_one(page))
    assert [mark.state for mark in marks] == ["done", "ahead", "ahead", "ahead", "done"]
