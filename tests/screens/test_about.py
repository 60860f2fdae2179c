"""About this counter: found by words, its rules with their sources, and nothing to change."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app import __version__
from counter_app.desk.rules import load_rules
from counter_app.domain.days import business_day
from counter_app.ui.pages.about import AboutPage
from counter_app.ui.window import Window
from counter_app.words.labels import rule_kind
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import NOW
from tests.screens.conftest import press, type_keys


def words_on(page: AboutPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


def test_the_rules_in_force_with_their_dates_and_sources(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(Language.ENGLISH, small_office.CLERK)
    type_keys(window, "rules in force")
    press(window, Qt.Key.Key_Return)
    page = window.page()
    assert isinstance(page, AboutPage)
    qtbot.waitUntil(lambda: page._rows.rows() != ())
    assert "MP Electricity Supply Code 2013, clause 9.10" in words_on(page)
    shown = {rule.kind for rule in page._rows.rows()}
    assert shown == {rule.kind for rule in window.desk.rules.in_force(business_day(NOW))}
    assert {"tariffs", "surcharges", "catalogues", "tenders"} < shown
    press(window, Qt.Key.Key_Down)
    assert page._rows.at(1).ruling.source in words_on(page)
    for said in (__version__, small_office.CASHIER.name_en, str(window.desk.book.device)[:8]):
        assert said in words_on(page)
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "home"


def test_every_kind_of_rule_has_its_words() -> None:
    for rule in load_rules().in_force(business_day(NOW)):
        assert rule_kind(rule.kind, Language.HINDI) != rule_kind(rule.kind, Language.ENGLISH)


@pytest.mark.parametrize(
    ("language", "expected", "other"),
    [
        (Language.HINDI, "विद्युत प्रदाय संहिता 2013, 9.10", "Supply Code 2013, 9.10"),
        (Language.ENGLISH, "Supply Code 2013, 9.10", "विद्युत प्रदाय संहिता 2013, 9.10"),
    ],
)
def test_each_rule_has_its_name_in_the_reader_s_language(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, expected: str, other: str
) -> None:
    window = open_window(language, small_office.CLERK)
    type_keys(window, "rules in force")
    press(window, Qt.Key.Key_Return)
    page = window.page()
    assert isinstance(page, AboutPage)
    qtbot.waitUntil(lambda: page._rows.rows() != ())
    names = [page._cells(rule)[1].text for rule in page._rows.rows()]
    assert expected in names
    assert other not in names


def test_every_rule_that_came_with_the_program_has_a_hindi_name() -> None:
    rules = load_rules()
    for rule in rules.in_force(business_day(NOW)):
        assert any("ऀ" <= letter <= "ॿ" for letter in rule.ruling.name_hi), rule
        assert (rule.ruling.name_en or rule.ruling.name)[0].isupper()
