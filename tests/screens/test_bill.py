"""The Bill page with real keys: the paper, and behind F5 how the bill was made."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.documents.page import Document
from counter_app.documents.pdf import pdf
from counter_app.domain.ways import Ways
from counter_app.ui.page import Visit
from counter_app.ui.pages.bill import BillPage
from counter_app.ui.paper_out import PaperOut
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import ARREARS, NO_BILL, PLAIN, entries
from tests.documents.looking import read, texts
from tests.screens.conftest import press, type_keys, words_on

F5, ESC, ENTER = Qt.Key.Key_F5, Qt.Key.Key_Escape, Qt.Key.Key_Return


def opened(window: Window, qtbot: QtBot, number: str = PLAIN) -> BillPage:
    """The Bill page, its paper drawn."""
    window.go("consumer", Visit(consumer=number))
    qtbot.waitUntil(lambda: window.page().consumer() == number)
    press(window, F5)
    page = window.page()
    assert isinstance(page, BillPage)
    qtbot.waitUntil(lambda: page._ready or number == NO_BILL)
    return page


def table(page: BillPage) -> list[list[str]]:
    """The lines of how it was made, as they stand on the screen."""
    rows = page._made.table.rows
    return [[rows.index(at, place).data() for place in range(5)] for at in range(rows.rowCount())]


def words(page: BillPage) -> str:
    return words_on(page)


def test_f5_turns_the_bill_over_and_back(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    before = entries(window.desk)
    assert page._preview.isVisible()
    press(window, F5)
    qtbot.waitUntil(page._made.isVisible)
    assert not page._preview.isVisible()
    assert table(page) == [
        ["ऊर्जा शुल्क", "200", "", "1,103.00", "वही"],
        ["      50 यूनिट तक", "50", "4.45", "222.50", ""],
        ["      51–150 यूनिट", "100", "5.41", "541.00", ""],
        ["      151–300 यूनिट", "50", "6.79", "339.50", ""],
        ["नियत प्रभार", "14 × 0.1 किलोवाट", "28.00", "392.00", "वही"],
        ["विद्युत शुल्क", "", "", "118.00", "वही"],
        ["      100 यूनिट तक", "₹493", "9 %", "44.37", ""],
        ["      100 यूनिट से ऊपर", "₹610", "12 %", "73.20", ""],
        ["चालू माह का बिल", "", "", "1,613.00", ""],
        ["नेट बिल", "", "", "1,613.00", ""],
    ]
    assert "JAN-2026 जितना ही" in words(page)
    assert "FEB-2025 जितना ही" in words(page)
    press(window, F5)
    assert page._preview.isVisible()
    press(window, F5)
    qtbot.waitUntil(page._made.isVisible)
    press(window, ESC)
    assert (window.page(), page._preview.isVisible()) == (page, True)
    press(window, ESC)
    assert window.page().name == "consumer"
    assert entries(window.desk) == before


def test_what_the_order_makes_otherwise_is_marked(open_window: Callable[..., Window], qtbot: QtBot) -> None:
    window = open_window(Language.ENGLISH)
    page = opened(window, qtbot, ARREARS)
    press(window, F5)
    qtbot.waitUntil(page._made.isVisible)
    lines = table(page)
    assert lines[0] == ["Energy", "200", "", "1,495.00", "1,103.00"]
    assert (
        lines[1] == ["      Not explained by the slabs", "", "", "1,495.00", ""]
        or lines[1][0] == "Fixed charge"
    )
    assert ["Arrears", "", "", "820.00", ""] in lines
    assert lines[-1] == ["Net bill", "", "", "2,538.00", ""]
    assert "the marked amounts come out otherwise." in words(page)
    assert "The bill of JAN-2026 is not here." in words(page)


def test_the_arrows_go_through_the_lines_and_enter_still_prints_a_copy(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    before = entries(window.desk)
    press(window, F5)
    qtbot.waitUntil(page._made.isVisible)
    for _ in range(2):
        press(window, Qt.Key.Key_Down)
    assert page._made.table.place() == 1
    press(window, ENTER)
    qtbot.waitUntil(lambda: entries(window.desk) > before)


def test_left_and_right_go_through_the_months_that_are_here(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    press(window, F5)
    qtbot.waitUntil(page._made.isVisible)
    assert "FEB-2026 का बिल कैसे बना" in words(page)
    press(window, Qt.Key.Key_Right)  # there is no later one
    press(window, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: "JAN-2026 का बिल कैसे बना" in words(page))
    qtbot.waitUntil(lambda: "DEC-2025" in words(page))
    press(window, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "FEB-2026 का बिल कैसे बना" in words(page))
    press(window, F5)
    assert page._preview.isVisible()
    press(window, Qt.Key.Key_Left)
    assert page._preview.isVisible()


@pytest.mark.parametrize("language", list(Language))
def test_without_a_bill_there_is_nothing_to_turn_over(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language
) -> None:
    window = open_window(language)
    page = opened(window, qtbot, NO_BILL)
    press(window, F5)
    qtbot.waitUntil(lambda: page._banner.isVisible())
    assert not page._made.isVisible()


def title(page: BillPage) -> str:
    """What the paper that is shown calls itself."""
    shown = page._preview._paper
    return texts(shown.sheets[0])[1].text if shown.sheets else ""


class Plain:
    """Makes PDFs where it stands."""

    def pdf(self, document: Document) -> bytes:
        return pdf(document)


def test_a_star_turns_to_the_other_edition_and_that_is_what_prints(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window.work.paper_out = PaperOut(Plain(), tmp_path, Ways())
    page = opened(window, qtbot)
    assert title(page) == "विद्युत देयक"
    type_keys(window, "*")
    qtbot.waitUntil(lambda: page._ready and title(page) == "Electricity bill")
    press(window, ENTER)
    qtbot.waitUntil(lambda: [*tmp_path.glob("*.pdf")] != [])
    (made,) = tmp_path.glob("*.pdf")
    said = read(made.read_bytes())
    assert "Electricity bill" in said
    assert "विद्युत देयक" not in said
    type_keys(window, "*")
    qtbot.waitUntil(lambda: page._ready and title(page) == "विद्युत देयक")


def test_in_an_english_window_the_bill_begins_in_english(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    page = opened(open_window(Language.ENGLISH), qtbot)
    assert title(page) == "Electricity bill"
