"""The page of the line to the centre, and what the status line says of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from counter_app import app
from counter_app.desk import complaints, payments
from counter_app.domain.entry import Kind
from counter_app.domain.file_refusals import ParcelOld
from counter_app.domain.link import Brought, LinkState, LinkTrouble
from counter_app.domain.task import Task
from counter_app.domain.undoing import TaskDone
from counter_app.store.journal import entries
from counter_app.ui.fields import Field
from counter_app.ui.link import CentreLine
from counter_app.ui.pages.sync import SyncPage
from counter_app.ui.results import ResultList
from counter_app.ui.window import Window
from counter_app.wire.bodies import Held
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import NOW
from tests.screens.conftest import press, type_keys, words_on
from tests.store.hearing import enrolled, hear
from tests.sync.centre import CODE, Centre, centre_at

DOWN = LinkState(linked=False, last_contact=NOW - timedelta(hours=2), unsent=14, held=0)
UP = LinkState(linked=True, last_contact=NOW, unsent=0, held=0)


def no_file(_file: Path) -> Any:
    raise AssertionError


NO_FILES = (no_file, no_file)


def at_page(window: Window, qtbot: QtBot) -> SyncPage:
    type_keys(window, "sync")
    press(window, Qt.Key.Key_Return)
    page = window.page()
    assert isinstance(page, SyncPage)
    qtbot.waitUntil(lambda: page._standing is not None)
    return page


def test_the_status_line_says_how_the_line_stands(window: Window) -> None:
    assert "सब इस पीसी" in words_on(window) or "PC" in words_on(window)
    window.work.show_link(DOWN)
    assert "09:42 से संपर्क नहीं, काम चालू है, 14 भेजना बाकी" in words_on(window)
    window.work.show_link(UP)
    assert "केंद्र से संपर्क है" in words_on(window)
    window.work.show_link(replace(UP, held=2))
    assert "2 रुकी" in words_on(window)
    window.work.show_link(replace(DOWN, last_contact=None))
    assert "अभी संपर्क नहीं" in words_on(window)
    window.work.show_link(replace(UP, loading=34))
    assert "कार्यालय के आँकड़े 34% आ चुके हैं" in words_on(window)


@pytest.mark.parametrize("word", ["sync", "Sync ", "केंद्र", "संपर्क"])
def test_the_page_is_found_by_its_word(window: Window, qtbot: QtBot, word: str) -> None:
    type_keys(window, word)
    found = window.page().findChildren(ResultList)[0]
    qtbot.waitUntil(lambda: (action := found.action()) is not None and action.page == "sync")
    press(window, Qt.Key.Key_Return)
    assert window.page().name == "sync"
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "home"


def test_the_page_is_reached_by_a_click_on_the_status_line(window: Window, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.status.link, Qt.MouseButton.LeftButton)
    assert window.page().name == "sync"


def test_what_waits_is_shown_by_kind(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, small_office.paying(), NOW)
    complaints.register(window.desk, window.session, small_office.complaining(), NOW)
    page = at_page(window, qtbot)
    shown = [(str(one.what), one.count) for one in page._rows.rows()]
    assert shown[:2] == [("payments", 1), ("complaints", 1)]
    assert "प्रविष्टियाँ इस PC पर सुरक्षित हैं" in words_on(window)
    assert "₹" not in "".join(cell.text for one in page._rows.rows() for cell in page._cells(one))


def test_a_held_entry_is_shown_until_it_comes_in_the_feed(window: Window, qtbot: QtBot) -> None:
    receipt = payments.take(window.desk, window.session, small_office.paying(), NOW)
    book = enrolled(window.desk.book)
    with book.reading() as connection:
        own = next(one for one in entries(connection) if one.header.act == receipt.act)
    place = own.header.place
    hear(book, Held(book.device, f"{place.segment:016x}", place.seq, own.hash.hex(), "not_fitting"))
    page = at_page(window, qtbot)
    qtbot.waitUntil(lambda: str(receipt.number) in words_on(window))
    assert "1 रुकी" in words_on(window)
    hear(book, replace(own, signature=b""))
    window.work.show_link(UP)
    qtbot.waitUntil(lambda: page._standing is not None and not page._standing.held)
    assert str(receipt.number) not in words_on(window)
    qtbot.waitUntil(lambda: "कोई प्रविष्टि रुकी नहीं है" in words_on(window))


def test_what_is_held_is_seen_to_once_by_keys(window: Window, qtbot: QtBot) -> None:
    book = enrolled(window.desk.book)
    draft = small_office.paying
    receipts = [
        payments.take(window.desk, window.session, draft(number, 100_00, advance=True), NOW)
        for number in (small_office.PLAIN, small_office.CREDIT)
    ]
    with book.reading() as connection:
        own = {one.header.act: one for one in entries(connection)}
    for receipt, reason in zip(receipts, ("not_fitting", "returned"), strict=True):
        entry = own[receipt.act]
        place = entry.header.place
        hear(book, Held(book.device, f"{place.segment:016x}", place.seq, entry.hash.hex(), reason))
    page = at_page(window, qtbot)
    qtbot.waitUntil(lambda: str(receipts[0].number) in words_on(window))
    assert "2 रुकी" in words_on(window)
    type_keys(window, "2")
    assert page._holding.note.has_focus()
    type_keys(window, "consumer number dekha")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: str(receipts[0].number) not in words_on(window))
    qtbot.waitUntil(lambda: str(receipts[1].number) in words_on(window))
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "कोई प्रविष्टि रुकी नहीं है" in words_on(window))
    assert not page._holding.note.isVisible()
    type_keys(window, "2")
    done = [one for one in small_office.payloads(window.desk, Kind.TASK_DONE) if isinstance(one, TaskDone)]
    assert [(one.task, one.note, one.clerk) for one in done] == [
        (Task.HELD, "consumer number dekha", "REKHA"), (Task.HELD, "", "REKHA"),
    ]  # fmt: skip
    assert small_office.faults(window.desk) == ()


@pytest.mark.parametrize("trouble", LinkTrouble)
def test_every_trouble_is_told_in_words(window: Window, qtbot: QtBot, trouble: LinkTrouble) -> None:
    page = at_page(window, qtbot)
    window.work.show_link(replace(DOWN, trouble=trouble))
    qtbot.waitUntil(lambda: bool(page._trouble.text()))
    assert page._trouble.isVisible()


def test_trying_now_asks_the_line(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    tried: list[bool] = []
    window.work.line = CentreLine(lambda: tried.append(True), lambda *_: None, *NO_FILES)
    at_page(window, qtbot)
    type_keys(window, "1")
    assert not tried  # not enrolled: the page says so
    with centre_at(tmp_path) as centre:
        enrol_by_hand(window, centre)
        page = window.page()
        page.refresh()
        qtbot.waitUntil(lambda: isinstance(page, SyncPage) and bool(page._standing and page._standing.url))
        type_keys(window, "1")
        qtbot.waitUntil(lambda: bool(tried))


def test_files_go_to_a_pen_drive_and_come_from_one(
    open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(Language.ENGLISH)
    named: list[Path] = []

    def write_out(file: Path) -> int:
        named.append(file)
        return 14

    def read_in(file: Path) -> Brought:
        if file in named:
            raise ParcelOld(file.name)
        named.append(file)
        return Brought(14, 2, file.name == "shut.parcel")

    window.work.line = CentreLine(lambda: None, lambda *_: None, write_out, read_in)
    page = at_page(window, qtbot)
    type_keys(window, "3")
    qtbot.waitUntil(lambda: "not enrolled" in words_on(window))
    assert not page.findChildren(QFileDialog)
    with centre_at(tmp_path) as centre:
        enrol_by_hand(window, centre)
    page.refresh()
    qtbot.waitUntil(lambda: bool(page._standing and page._standing.url))
    for key, name, said in (
        ("3", "2214-1.parcel", "14 entries are in 2214-1.parcel"),
        ("4", "back.parcel", "14 entries have arrived at the centre"),
        ("4", "back.parcel", "back.parcel brings nothing new"),
        ("4", "shut.parcel", "shut this counter out"),
    ):
        type_keys(window, key)
        dialog = page.findChildren(QFileDialog)[-1]
        qtbot.waitUntil(dialog.isVisible)
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.close()
        qtbot.waitUntil(lambda said=said: said in words_on(window))
    assert [file.name for file in named] == ["2214-1.parcel", "back.parcel", "shut.parcel"]


def enrol_by_hand(window: Window, centre: Centre) -> None:
    from counter_app.sync.enrol import enrol

    enrol(window.desk.book, centre.url, CODE, centre.certificate, NOW)


def test_who_may_not_enrol_is_not_offered_to(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(Language.ENGLISH)
    window.work.line = CentreLine(lambda: None, lambda *_: None, *NO_FILES)
    page = at_page(window, qtbot)
    assert not page.keys().accept.lead
    assert not [field for field in page.findChildren(Field) if field.isVisible()]


def test_the_whole_way_from_the_code_to_the_last_entry(
    qtbot: QtBot, qapp: object, office_folder: Path, tmp_path: Path
) -> None:
    """The real program: the supervisor enrols the counter, what is recorded arrives, the words follow."""
    counter = app.Counter(qapp, app.Opening(office_folder, True, 20, 1), Language.ENGLISH)  # type: ignore[arg-type]
    qtbot.addWidget(counter.shell)
    counter.shell.show()
    with qtbot.waitSignal(counter.opened, timeout=30_000):
        pass
    window = counter.window
    assert window is not None
    window.signed_in(small_office.signed_in(window.desk, small_office.SUPERVISOR))
    qtbot.waitUntil(lambda: window.page().name == "home")
    with centre_at(tmp_path) as centre:
        (tmp_path / "given.pem").write_text(centre.certificate)
        page = at_page(window, qtbot)
        qtbot.waitUntil(lambda: bool(page.keys().accept.lead))
        for typed in (centre.url, "WRONG", str(tmp_path / "given.pem")):
            press(window, Qt.Key.Key_Return)
            focused = window.focusWidget()
            assert focused is not None
            focused.setText(typed)  # type: ignore[attr-defined]
        press(window, Qt.Key.Key_Return)
        qtbot.waitUntil(page._code.is_wrong, timeout=10_000)
        page._code.put(CODE.lower().upper())
        page._certificate.edit.setFocus()
        press(window, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(window.link and window.link.linked), timeout=10_000)
        complaints.register(window.desk, window.session, small_office.complaining(), NOW)
        qtbot.waitUntil(lambda: bool(window.link and window.link.unsent == 0), timeout=10_000)
        qtbot.waitUntil(lambda: "Linked to the centre" in words_on(window))
        qtbot.waitUntil(lambda: "The centre has everything" in words_on(window))
        assert len(centre.memory.entries) == small_office.entries(window.desk)
        counter.close()
