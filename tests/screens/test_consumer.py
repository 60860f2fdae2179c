"""The consumer's page: on which line the supply stands, whom to telephone, what is masked until asked for."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app.demo import extracts
from counter_app.desk import complaint_steps, complaints, imports
from counter_app.desk.desk import Desk
from counter_app.domain.acts import ContactShown, FileKind
from counter_app.domain.complaint import Stage
from counter_app.domain.entry import Kind
from counter_app.store import reference
from counter_app.ui.page import Visit
from counter_app.ui.window import Window
from tests.desk.small_office import (
    AUDITOR,
    NOW,
    PLAIN,
    RURAL,
    SUPERVISOR,
    complaining,
    moving,
    payloads,
    signed_in,
)
from tests.desk.test_imports import nobody_watches, written
from tests.screens.conftest import press, type_keys, words_on


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


def shown(window: Window) -> list[str]:
    """Whose mobile and address the journal says were shown whole."""
    found = payloads(window.desk, Kind.CONTACT_SHOWN)
    assert all(isinstance(one, ContactShown) and one.code == window.session.person.code for one in found)
    return [one.consumer for one in found if isinstance(one, ContactShown)]


def look_whole(window: Window, qtbot: QtBot) -> None:
    """Press 3 and wait until the page shows what it asked for."""
    type_keys(window, "3")
    qtbot.waitUntil(lambda: "9826048200" in words(window) and not window.page().saving)


def masked_now(said: str) -> bool:
    return "••••• 48200" in said and "•••••, गांधी" in said and not {"9826048200", "114,"} & set(said.split())


def test_mobile_and_address_are_masked_until_asked_for_and_each_showing_is_recorded(
    window: Window, qtbot: QtBot
) -> None:
    assert masked_now(facts(window, qtbot))
    look_whole(window, qtbot)
    assert "114, गांधी मोहल्ला" in words(window)
    assert "3" not in [key.cap for key in window.page().keys().more]
    window.background.changed.emit()  # something was recorded elsewhere: the page reads again
    qtbot.waitUntil(lambda: "9826048200" in words(window))
    type_keys(window, "3")
    assert shown(window) == [PLAIN]
    window.go("consumer", Visit(consumer=RURAL))
    qtbot.waitUntil(lambda: RURAL in words(window))
    assert "9826048200" not in words(window)
    type_keys(window, "3")
    qtbot.waitUntil(lambda: shown(window) == [PLAIN, RURAL])


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_F4, Qt.Key.Key_F12])
def test_what_was_shown_whole_is_masked_as_soon_as_the_page_is_left(
    window: Window, qtbot: QtBot, key: Qt.Key
) -> None:
    facts(window, qtbot)
    page = window.page()
    look_whole(window, qtbot)
    press(window, key)
    qtbot.waitUntil(lambda: window.page() is not page)
    assert masked_now("\n".join(label.text() for label in page.findChildren(QLabel)))
    assert shown(window) == [PLAIN]


def test_an_auditor_is_told_why_not_and_sees_nothing_more(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(person=AUDITOR)
    facts(window, qtbot)
    type_keys(window, "3")
    qtbot.waitUntil(lambda: "अधिकार" in words(window))
    assert masked_now(words(window))
    assert shown(window) == []
