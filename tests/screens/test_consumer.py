"""The consumer's page: on which line the supply stands, and whom to telephone."""

from pathlib import Path
from uuid import uuid4

from pytestqt.qtbot import QtBot

from counter_app.demo import extracts
from counter_app.desk import complaint_steps, complaints, imports
from counter_app.desk.desk import Desk
from counter_app.domain.acts import FileKind
from counter_app.domain.complaint import Stage
from counter_app.store import reference
from counter_app.ui.page import Visit
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, PLAIN, SUPERVISOR, complaining, moving, signed_in
from tests.desk.test_imports import nobody_watches, written
from tests.screens.conftest import words_on


def listed(desk: Desk, folder: Path) -> None:
    """The office's lists of officers and lines, taken in."""
    with desk.book.reading() as connection:
        consumer = reference.consumer(connection, PLAIN)
    assert consumer is not None
    heads = ("post", "category", "group", "name_hi", "name_en", "phone")
    officers = [
        ("ae", "", "", "अजय चौहान", "Ajay Chauhan", "6666600013"),
        ("je", "supply", "", "संतोष गुर्जर", "Santosh Gurjar", "6666600011"),
        ("je", "", consumer.group, "प्रीति सोलंकी", "Preeti Solanki", "6666600012"),
    ]
    assets = [
        ("feeder", consumer.feeder, "दूसरा नाम", "", "", ""),
        ("dtr", consumer.dtr, "शिव मंदिर", "", consumer.feeder, "2214070999"),
    ]
    files = {
        FileKind.OFFICERS: written(folder / "officers.csv", heads, officers),
        FileKind.ASSETS: written(folder / "assets.csv", extracts.ASSETS, assets),
    }
    imports.take(desk, signed_in(desk, SUPERVISOR), uuid4(), files, {}, None, NOW, nobody_watches)


def facts(window: Window, qtbot: QtBot) -> str:
    """What the page says once its rows are laid out."""
    window.go("consumer", Visit(consumer=PLAIN))
    qtbot.waitUntil(lambda: "LV-1.2" in words(window))
    return words(window)


def words(window: Window) -> str:
    return words_on(window.page())


def test_without_lists_there_are_the_codes_of_the_bill_and_nobody_to_call(
    window: Window, qtbot: QtBot
) -> None:
    said = facts(window, qtbot)
    assert "डीटीआर" in said
    assert "प्रीति" not in said


def test_the_lists_tell_the_transformer_and_whom_to_call(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    listed(window.desk, tmp_path)
    said = facts(window, qtbot)
    assert "प्रीति सोलंकी, 6666600012" in said
    assert "संतोष" not in said
    assert "शिव मंदिर (" in said
    assert "· 2214070999)" in said
    assert "दूसरा नाम" not in said


def test_a_withdrawn_complaint_is_not_open(window: Window, qtbot: QtBot) -> None:
    made = complaints.register(window.desk, window.session, complaining(PLAIN, "11"), NOW)
    assert "शिकायत खुली है" in facts(window, qtbot)
    complaint_steps.step(window.desk, window.session, moving(made.act, Stage.WITHDRAWN), NOW)
    window.page().refresh()
    qtbot.waitUntil(lambda: "वापस ली गई" in words(window))
    assert "शिकायत खुली है" not in words(window)
