"""Help: each page told and pictured, all keys, the journal checked, the file for who helps from afar."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from counter_app.documents.page import Document
from counter_app.domain.refusals import FileUnwritable
from counter_app.domain.ways import Ways
from counter_app.store.engine import Connection
from counter_app.ui import theme
from counter_app.ui.choices import Choices
from counter_app.ui.page_picture import PagePicture
from counter_app.ui.pages.table import PAGES
from counter_app.ui.paper_out import PaperOut
from counter_app.ui.support import Support
from counter_app.ui.text import Text
from counter_app.ui.window import Window
from counter_app.words.page_help import PAGE_HELP
from counter_app.words.say import Language, both
from tests.desk import small_office
from tests.screens.conftest import press, type_keys, words_on
from tests.screens.looked_at import SLACK


@pytest.fixture(autouse=True)
def _usual_again() -> Iterator[None]:
    yield
    theme.enlarge(large=False)


def told(window: Window) -> str:
    return words_on(window.page())


def test_who_may_verify_checks_the_journal_with_enter(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(Language.HINDI, small_office.AUDITOR)
    press(window, Qt.Key.Key_F1)
    assert window.page().keys().accept.second == "Check the journal"
    press(window, Qt.Key.Key_Return)
    assert not window.page().keys().accept.lead
    qtbot.waitUntil(lambda: "जर्नल पूरा और सही है" in told(window), timeout=20_000)
    assert window.page().keys().accept.lead


def test_a_fault_is_said_with_whom_to_tell(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(Language.ENGLISH, small_office.SUPERVISOR)
    with window.desk.book.writing() as page:
        _spoil(page.connection)
    press(window, Qt.Key.Key_F1)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "NOT whole" in told(window), timeout=20_000)
    assert "Tell the office in charge" in told(window)
    assert "drawers" in told(window)


def _spoil(connection: Connection) -> None:
    """What somebody with the key and a database tool might do."""
    connection.exec_driver_sql("UPDATE drawers SET opening = opening + 100")


def test_who_may_not_is_not_offered_it(window: Window) -> None:
    press(window, Qt.Key.Key_F1)
    assert not window.page().keys().accept.lead
    before = told(window)
    press(window, Qt.Key.Key_Return)
    type_keys(window, "x")
    assert told(window) == before


def test_one_key_makes_the_file_for_who_helps_from_afar(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    made = tmp_path / "papers" / "support.zip"
    window.support = Support(tuple, lambda: made)
    press(window, Qt.Key.Key_F1)
    type_keys(window, "2")
    qtbot.waitUntil(lambda: str(made) in told(window))


def test_where_no_file_can_be_made_the_page_says_why(window: Window, qtbot: QtBot) -> None:
    def refuse() -> Path:
        raise FileUnwritable("support.zip")

    window.support = Support(tuple, refuse)
    press(window, Qt.Key.Key_F1)
    type_keys(window, "2")
    qtbot.waitUntil(lambda: "support.zip" in told(window))


@pytest.mark.parametrize("language", Language)
def test_all_keys_are_seen_at_once_on_the_usual_screen(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language
) -> None:
    window = open_window(language)
    window.resize(1366, 768)
    press(window, Qt.Key.Key_F1)
    press(window, Qt.Key.Key_F1)
    bar = window.page()._main_room.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.pageStep() > 500 and bar.maximum() == 0)


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("language", Language)
def test_what_one_can_do_stands_whole_above_and_the_rest_is_reached_by_a_key(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, large: bool
) -> None:
    theme.enlarge(large=large)
    window = open_window(language)
    window.resize(1366, 768)
    press(window, Qt.Key.Key_F1)
    page = window.page()
    (choices,) = page.findChildren(Choices)
    shown = page._main_room.viewport()
    qtbot.waitUntil(lambda: page._main_room.verticalScrollBar().pageStep() > 500)
    foot = choices.mapTo(shown, QPoint(0, choices.height())).y()
    assert 0 < foot <= shown.height()
    assert all(text.natural_width() <= text.width() + SLACK for text in choices.findChildren(Text))
    bar = page._main_room.verticalScrollBar()
    press(window, Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()
    assert bar.maximum() or not large


def test_every_page_that_leads_to_help_is_told_in_both_languages() -> None:
    assert set(PAGE_HELP) == set(PAGES) - {"sign_in", "help"}
    for text in PAGE_HELP.values():
        assert both(text, Language.ENGLISH).lead == text == both(text, Language.HINDI).second


def pictures(window: Window) -> PagePicture:
    return window.page().findChildren(PagePicture)[0]


@pytest.mark.parametrize("language", Language)
def test_f1_tells_of_the_page_it_is_pressed_on_and_shows_it(
    open_window: Callable[..., Window], language: Language
) -> None:
    window = open_window(language)
    window.resize(1366, 768)
    window.act("about")
    press(window, Qt.Key.Key_F1)
    assert both(PAGE_HELP["about"], language).lead in words_on(window)
    shown = pictures(window)
    assert shown.isVisible()
    assert shown.height() > 200
    assert len(set(colours_of(shown))) > 20  # the page, not an empty sheet
    press(window, Qt.Key.Key_F1)
    assert not shown.isVisible()
    press(window, Qt.Key.Key_F1)
    assert shown.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "about"


def colours_of(picture: PagePicture) -> list[int]:
    image = picture.grab().toImage()
    return [image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]


def test_help_in_the_other_language_still_tells_of_the_same_page(window: Window, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_F1)
    press(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.room.is_leaving)
    assert both(PAGE_HELP["status"], Language.ENGLISH).lead in words_on(window)
    assert pictures(window).isVisible()


class Maker:
    """Makes no PDF, but keeps what one would be made of."""

    def __init__(self) -> None:
        self.documents: list[Document] = []

    def pdf(self, document: Document) -> bytes:
        self.documents.append(document)
        return b"%PDF-"


def test_one_key_puts_all_keys_on_a_sheet(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    maker = Maker()
    window.work.paper_out = PaperOut(maker, tmp_path / "papers", Ways())
    press(window, Qt.Key.Key_F1)
    type_keys(window, "5")
    qtbot.waitUntil(lambda: "book keys 2214-2.pdf" in words_on(window))
    assert [len(document.sheets) for document in maker.documents] == [1]
    assert (tmp_path / "papers" / "book keys 2214-2.pdf").is_file()


def test_what_does_not_fit_is_reached_by_keys_and_the_key_bar_says_so(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(Language.HINDI)
    window.resize(1280, 720)
    press(window, Qt.Key.Key_F1)
    page = window.page()
    qtbot.waitUntil(lambda: [one.cap for one in page.keys().more] == ["PgDn"])
    press(window, Qt.Key.Key_Down)
    assert page._bar.value() > 0
    press(window, Qt.Key.Key_PageDown)
    assert page._bar.value() == page._bar.maximum()
    assert page.keys().more == ()
    press(window, Qt.Key.Key_Up)
    assert page._bar.value() < page._bar.maximum()
