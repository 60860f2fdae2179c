"""The page of the bank: what waits, a statement that settles it, and the word of a person."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from counter_app.desk import payments
from counter_app.domain.entry import Kind
from counter_app.domain.payment import upi
from counter_app.domain.statement import Finding
from counter_app.store.journal import entries
from counter_app.ui import theme
from counter_app.ui.pages.bank import BankPage
from counter_app.ui.table import PADDING, Table
from counter_app.ui.window import Window
from counter_app.words.labels import finding
from counter_app.words.say import Language, say
from tests.desk import small_office
from tests.desk.small_office import NOW, PLAIN, RURAL, SUPERVISOR
from tests.screens.conftest import press, type_keys, words_on
from tests.store.hearing import enrolled, hear

UTR = "607198418802"
ICON = 23


@pytest.fixture
def page(open_window: Callable[..., Window], qtbot: QtBot) -> BankPage:
    """The page, with two payments that wait."""
    window = open_window(person=SUPERVISOR)
    session = small_office.signed_in(window.desk)
    for number, reference in ((PLAIN, UTR), (RURAL, "400000")):
        draft = small_office.paying(number, 1613_00, upi(1613_00, reference))
        payments.take(window.desk, session, draft, NOW)
    type_keys(window, "bank")
    press(window, Qt.Key.Key_Return)
    page = window.page()
    assert isinstance(page, BankPage)
    qtbot.waitUntil(lambda: len(page._rows.rows()) == 2)
    return page


def test_a_statement_is_read_and_what_it_speaks_for_waits_no_more(
    page: BankPage, qtbot: QtBot, tmp_path: Path
) -> None:
    file, window = tmp_path / "upi.csv", page.window()
    file.write_text(f"Date,UTR,Amount\n12/03/2026,{UTR},1613.00\n12/03/2026,999999999999,5.00\n", "utf-8")
    page._file.edit.setFocus()
    type_keys(window, str(file))
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page._rows.rows()) == 1)
    assert "upi.csv" in words_on(window)
    assert [line[1].text for line in page._lines.rows()] == ["999999999999"]


def test_a_file_that_is_no_statement_says_so(page: BankPage, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "note.csv"
    file.write_text("Day,What\n1,2\n", "utf-8")
    page._file.edit.setFocus()
    type_keys(page.window(), str(file))
    press(page.window(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "note.csv" in words_on(page.window()) and not page.saving)
    assert len(page._rows.rows()) == 2


@pytest.mark.parametrize(("key", "left"), [("2", 1), ("3", 1)])
def test_a_person_says_what_became_of_one(page: BankPage, qtbot: QtBot, key: str, left: int) -> None:
    type_keys(page.window(), key)
    assert page._reference.text() == UTR
    press(page.window(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page._rows.rows()) == left)
    assert [one.row.claim.reference for one in page._rows.rows()] == ["400000"]


def test_escape_goes_one_step_back_and_records_nothing(page: BankPage) -> None:
    type_keys(page.window(), "2")
    press(page.window(), Qt.Key.Key_Escape)
    assert not page._reference.isVisible()
    press(page.window(), Qt.Key.Key_Escape)
    assert page.window().page().name == "home"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("large", [False, True])
def test_what_became_of_money_stands_whole_in_its_column(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, large: bool
) -> None:
    window = open_window(language, person=SUPERVISOR)
    window.resize(1366, 768)
    if large:
        window.act("large_print")
        qtbot.waitUntil(theme.is_large)
    window.go("bank")
    page = window.page()
    assert isinstance(page, BankPage)
    page._seen.show()
    qtbot.waitUntil(lambda: page._seen.width() > page._ways.width())
    metrics = QFontMetrics(theme.font("body"))
    waiting, seen = page._table.view, page._seen.findChildren(Table)[0].view
    both = say("said: came, and not", language)
    assert ICON + metrics.horizontalAdvance(both) + PADDING <= waiting.columnWidth(5)
    for one in Finding:
        said = metrics.horizontalAdvance(f"{finding(one, language).lead}: 104")
        assert said + PADDING <= seen.columnWidth(3), one
    theme.enlarge(large=False)


def test_a_row_of_another_counters_receipt_names_it(page: BankPage, qtbot: QtBot, tmp_path: Path) -> None:
    small_office.make(tmp_path / "one", counter=1)
    other = small_office.opened(tmp_path / "one")
    draft = small_office.paying(PLAIN, 1613_00, upi(1613_00, "607198555555"))
    receipt = payments.take(other, small_office.signed_in(other), draft, NOW)
    with other.book.reading() as connection:
        (taken,) = [one for one in entries(connection) if one.header.kind == Kind.PAYMENT_TAKEN]
    other.book.close()
    window, file = page.window(), tmp_path / "upi.csv"
    hear(enrolled(window.desk.book), replace(taken, signature=b""))
    file.write_text("Date,UTR,Amount\n12/03/2026,607198555555,1613.00\n", "utf-8")
    page._file.edit.setFocus()
    type_keys(window, str(file))
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(page._lines.rows()) == 1)
    assert page._lines.rows()[0][3].text.endswith(receipt.number.stem)
    assert len(page._rows.rows()) == 2
