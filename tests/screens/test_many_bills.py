"""Many bills by keys: chosen, made beside the work, stopped, gone on with, still there after the window."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot

from counter_app.desk import many_bills
from counter_app.desk.many_bills import Run
from counter_app.documents.page import Document
from counter_app.documents.pdf import pdf
from counter_app.domain.acts import BillsOf
from counter_app.domain.file_refusals import BillsStopped
from counter_app.domain.people import Person
from counter_app.domain.refusals import PaperFailed
from counter_app.ui.bills_now import paper_worker
from counter_app.ui.pages.many_bills import ManyBillsPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import CASHIER, CLERK, PLAIN, SUPERVISOR, signed_in
from tests.screens.conftest import press, type_keys, words_on

BILLS, BUNDLE = 11, 4


class Maker:
    """Makes papers in this process."""

    pdf = staticmethod(pdf)

    def stop(self) -> None:
        """It is never in the middle of anything."""

    def close(self) -> None:
        """There is nothing to end."""


@pytest.fixture(autouse=True)
def _small_bundles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_bills, "BUNDLE", BUNDLE)


def equipped(window: Window, tmp_path: Path, maker: type = Maker) -> Window:
    work = window.background.bills_now
    work.maker, work.folder = maker, tmp_path / "papers"
    return window


def opened(window: Window, qtbot: QtBot) -> ManyBillsPage:
    type_keys(window, "many bills")
    press(window, Qt.Key.Key_Return)
    page = window.page()
    assert isinstance(page, ManyBillsPage)
    qtbot.waitUntil(lambda: bool(page._lots))
    return page


def chosen(window: Window, line: str) -> None:
    type_keys(window, line)
    press(window, Qt.Key.Key_Return)


def test_the_bills_of_a_feeder_are_made_by_its_code_and_two_enters(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    window = equipped(open_window(Language.ENGLISH, CLERK), tmp_path)
    page = opened(window, qtbot)
    chosen(window, "f-07")
    assert "Bills: 11" in words_on(page)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Bills made: 11" in page._banner.accessibleName())
    files = sorted(file.name for file in (tmp_path / "papers").iterdir())
    assert [name[-7:] for name in files] == ["001.pdf", "002.pdf", "003.pdf"]
    qtbot.waitUntil(page._choosing.isVisible)


def test_nothing_is_printed_before_somebody_chose_whose(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    window = equipped(open_window(Language.ENGLISH, SUPERVISOR), tmp_path)
    page = opened(window, qtbot)
    for _ in range(3):
        press(window, Qt.Key.Key_Return)
    assert "Choose with" in page._banner.accessibleName()
    press(window, Qt.Key.Key_Down)
    assert page._ways_card.isHidden(), "digits are typed"
    press(window, Qt.Key.Key_Return)
    assert page._ways_card.isVisible()
    assert "In Hindi and English" in words_on(page._ways_card)
    page._folder.edit.setFocus()
    assert page._ways_card.isHidden()
    page.setFocus()
    type_keys(window, "2")
    assert "No printer is chosen" in page._banner.accessibleName()
    type_keys(window, "3")
    assert "In Hindi and English" in words_on(page._how)
    assert "In English" in words_on(page._ways_card)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Bills made: 11" in page._banner.accessibleName())


@pytest.mark.parametrize("part", ["", "bills"])
def test_a_folder_is_named_in_full_or_chosen(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path, part: str
) -> None:
    window = equipped(open_window(Language.ENGLISH, CLERK), tmp_path)
    page = opened(window, qtbot)
    type_keys(window, "*")
    assert not page.findChildren(QFileDialog), "the cursor is in the list"
    page._sought.put("")
    chosen(window, "f-07")
    page._folder.put(part)
    press(window, Qt.Key.Key_Return)
    assert page._folder.is_wrong()
    assert page._folder.has_focus()
    assert not window.background.bills_now.under_way
    type_keys(window, "*")
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "chosen"))
    dialog.close()
    dialog.deleteLater()
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: str(tmp_path / "chosen") in page._banner.accessibleName())
    assert len(list((tmp_path / "chosen").iterdir())) == 3


@pytest.fixture
def held(window_of_clerk: Window) -> Event:
    """The second bundle begins only when this is set, in the thread that makes it."""
    goes_on = Event()

    def hold(done: int, _total: int) -> None:
        if done == BUNDLE:
            goes_on.wait(20)

    told = window_of_clerk.background.bills_now._told
    told.connect(hold, Qt.ConnectionType.DirectConnection)
    return goes_on


@pytest.fixture
def window_of_clerk(open_window: Callable[..., Window], tmp_path: Path) -> Window:
    return equipped(open_window(Language.ENGLISH, CLERK), tmp_path)


def test_the_digit_stops_it_between_two_bills_and_enter_goes_on(
    window_of_clerk: Window, held: Event, qtbot: QtBot, tmp_path: Path
) -> None:
    window, work = window_of_clerk, window_of_clerk.background.bills_now
    page = opened(window, qtbot)
    chosen(window, "f-07")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: work.done == BUNDLE)
    assert "4 of 11 bills" in page._going.said()
    assert page._choosing.isHidden()
    press(window, Qt.Key.Key_F1)
    press(window, Qt.Key.Key_Escape)
    assert page._going.isVisible()
    type_keys(window, "1")
    held.set()
    qtbot.waitUntil(lambda: page._resting.isVisible())
    assert "F-07: 4 of 11 bills are made" in page._resting.said()
    assert "Stopped" in page._banner.accessibleName()
    assert len(list((tmp_path / "papers").iterdir())) == 1
    assert "Enter goes on" in page._banner.accessibleName()
    press(window, Qt.Key.Key_Delete)
    assert page._banner.isHidden(), "Enter forgets now"
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Bills made: 11" in page._banner.accessibleName())
    assert len(list((tmp_path / "papers").iterdir())) == 3


def test_a_stop_that_is_heard_on_another_page_does_not_offer_its_enter(
    window_of_clerk: Window, held: Event, qtbot: QtBot
) -> None:
    window, work = window_of_clerk, window_of_clerk.background.bills_now
    opened(window, qtbot)
    chosen(window, "f-07")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: work.done == BUNDLE)
    type_keys(window, "1")
    window.home()
    held.set()
    page = window.page()
    qtbot.waitUntil(lambda: "Stopped" in page._banner.accessibleName())
    assert "F9" in page._banner.accessibleName()
    assert "Enter" not in page._banner.accessibleName()


@pytest.mark.parametrize("back", [CLERK, SUPERVISOR], ids=["who began", "another"])
def test_how_it_ended_waits_while_the_counter_is_locked_and_numbers_are_for_who_began(
    window_of_clerk: Window, qtbot: QtBot, back: Person
) -> None:
    window, work = window_of_clerk, window_of_clerk.background.bills_now
    folder, act = str(work.folder), uuid4()
    run = Run(act, BillsOf.OFFICE, "", "", folder, Language.HINDI, 11, 11, missed=1, left_out=(PLAIN,))
    window.lock()
    work.finished.emit(run, CLERK.id)
    assert window.page().name == "sign_in"
    assert window.page()._banner.isHidden()
    window.signed_in(signed_in(window.desk, back))
    qtbot.waitUntil(lambda: "Bills made: 10" in window.page()._banner.accessibleName())
    assert "printed: 1" in window.page()._banner.accessibleName()
    assert (PLAIN in window.page()._banner.accessibleName()) is (back is CLERK)
    work.failed.emit(BillsStopped())
    assert "Stopped" in window.page()._banner.accessibleName()


def test_who_closes_the_window_is_asked_nothing_and_finds_the_rest_on_home(
    window_of_clerk: Window, held: Event, open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    window, work = window_of_clerk, window_of_clerk.background.bills_now
    opened(window, qtbot)
    chosen(window, "f-07")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: work.done == BUNDLE)
    assert window.may_close()
    window.background.ending.set()
    held.set()
    window.background.close()
    assert [file.suffix for file in (tmp_path / "papers").iterdir()] == [".pdf"]
    window.desk.book.close()
    later = equipped(open_window(Language.ENGLISH, CLERK), tmp_path)
    qtbot.waitUntil(lambda: "Many bills 4 / 11" in words_on(later))
    press(later, Qt.Key.Key_F9)
    page = later.page()
    assert isinstance(page, ManyBillsPage)
    qtbot.waitUntil(lambda: page._resting.isVisible())
    press(later, Qt.Key.Key_Delete)
    assert "Enter forgets the rest" in page._resting.said()
    press(later, Qt.Key.Key_Escape)
    assert "Enter goes on" in page._resting.said()
    press(later, Qt.Key.Key_Delete)
    press(later, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._choosing.isVisible())
    assert len(list((tmp_path / "papers").iterdir())) == 1


def test_what_cannot_be_made_is_said_and_left_for_later(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    class Broken(Maker):
        @staticmethod
        def pdf(_document: Document) -> bytes:
            raise OSError("no process")

    window = equipped(open_window(Language.ENGLISH, CLERK), tmp_path, Broken)
    page = opened(window, qtbot)
    chosen(window, "f-07")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._resting.isVisible())
    assert page._banner.isVisible()
    assert not list((tmp_path / "papers").iterdir())


def test_a_stop_is_heard_in_the_middle_of_a_file(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    begun, wanted = Event(), Event()

    class Slow(Maker):
        @staticmethod
        def pdf(_document: Document) -> bytes:
            begun.set()
            wanted.wait(20)
            raise PaperFailed

        def stop(self) -> None:
            wanted.set()

    window = equipped(open_window(Language.ENGLISH, CLERK), tmp_path, Slow)
    page = opened(window, qtbot)
    chosen(window, "f-07")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: "0 of 11 bills are made. The file of 4 more is being written" in page._going.said()
    )
    qtbot.waitUntil(begun.is_set)
    (stop,) = [one for one in window.findChildren(QAbstractButton) if one.objectName() == "key 1"]
    stop.click()
    assert "It is being stopped" in page._going.said()
    qtbot.waitUntil(lambda: page._resting.isVisible())
    assert "Stopped" in page._banner.accessibleName()
    assert wanted.is_set()
    begun.clear()
    wanted.clear()
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(begun.is_set)
    window.background.close()
    assert wanted.is_set(), "the window does not wait for a file"


def test_the_process_of_papers_makes_them_and_says_where_it_does_not(
    window_of_clerk: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    class Failing(Maker):
        @staticmethod
        def pdf(_document: Document) -> bytes:
            raise PaperFailed

    window, work = window_of_clerk, window_of_clerk.background.bills_now
    work.maker = Failing
    page = opened(window, qtbot)
    chosen(window, "f-07")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page._resting.isVisible())
    assert "The next bundle could not be made" in page._banner.accessibleName()
    work.maker = paper_worker
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Bills made: 11" in page._banner.accessibleName(), timeout=30_000)
    assert len(list((tmp_path / "papers").iterdir())) == 3


def test_the_page_of_a_bill_leads_there_for_who_may(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    for person, leads in ((CASHIER, False), (CLERK, True)):
        window = open_window(Language.ENGLISH, person)
        type_keys(window, PLAIN)
        qtbot.waitUntil(lambda window=window: bool(window.page().consumer()))
        press(window, Qt.Key.Key_F5)
        qtbot.waitUntil(lambda window=window: window.page().name == "bill")
        type_keys(window, "+")
        assert (window.page().name == "many_bills") is leads
        window.background.close()
        window.desk.book.close()
