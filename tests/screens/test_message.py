"""A message for the consumer: copied or scanned by people, never sent from here."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from counter_app.desk import complaint_steps, complaints, messages, outages
from counter_app.domain.complaint import Stage
from counter_app.ui.page import Visit
from counter_app.ui.pages.message import MessagePage
from counter_app.ui.pages.status import StatusPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import NOW, NUMBERS, PLAIN, complaining, moving, nothing_recorded
from tests.screens.conftest import press, type_keys
from tests.screens.test_complaint import shown


def opened(window: Window, qtbot: QtBot, **changed: str) -> MessagePage:
    """The message of a complaint, from where it stands."""
    made = complaints.register(window.desk, window.session, complaining(**changed), NOW)
    window.go("status", Visit(act=made.act))
    status = window.page()
    assert isinstance(status, StatusPage)
    qtbot.waitUntil(lambda: status._open is not None)
    type_keys(window, "=")
    page = window.page()
    assert isinstance(page, MessagePage)
    qtbot.waitUntil(lambda: page._message is not None)
    return page


def test_the_text_is_copied_and_said_not_to_be_sent(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert page._message is not None
    with nothing_recorded(window.desk):
        for key, language in (("1", Language.HINDI), ("2", Language.ENGLISH)):
            type_keys(window, key)
            assert QGuiApplication.clipboard().text() == page._message.texts[language]
    assert "अभी भेजा नहीं गया" in shown(window)
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "status"


def test_the_code_opens_whatsapp_with_the_text_at_the_consumers_mobile(window: Window, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    type_keys(window, "3")
    link = urlsplit(page._code.accessibleName())
    assert (link.netloc, link.path) == ("wa.me", "/919826048210")
    (text,) = parse_qs(link.query)["text"]
    assert "2214-2-C00001" in text
    assert "जमा नहीं दिख रहा" in text


def test_the_text_names_nobody(window: Window, qtbot: QtBot) -> None:
    made = complaints.register(window.desk, window.session, complaining(PLAIN), NOW)
    (message,) = messages.prepare(window.desk, window.session, made.act, NOW)
    for text in message.texts.values():
        assert "मालवीय" not in text
        assert "Malviya" not in text
        assert "9826048210" not in text
    assert message.texts[Language.ENGLISH].startswith(
        "Navgram zone: 2214-2-C00001, Paid, not shown: registered."
    )


def test_the_text_tells_the_cause_and_when_supply_is_back_of_the_outage_it_is_part_of(
    window: Window, qtbot: QtBot
) -> None:
    desk, session = window.desk, window.session
    whole = complaints.register(desk, session, complaining(NUMBERS[1], "12"), NOW)
    part = complaints.register(desk, session, replace(complaining(PLAIN, "11"), join=True), NOW)
    outages.tell(desk, session, uuid4(), whole.act, "जम्पर टूटा 18:30", NOW)
    window.go("message", Visit(act=part.act))
    qtbot.waitUntil(lambda: "कारण: जम्पर टूटा।" in shown(window))
    assert "बिजली 12/03/2026 18:30 तक आने का अनुमान है।" in shown(window)
    assert "Cause: जम्पर टूटा. Supply is expected by 12/03/2026 18:30." in shown(window)
    late = messages.prepare(desk, session, part.act, NOW + timedelta(days=1))[0].texts[Language.ENGLISH]
    assert ("Cause" in late, "expected" in late) == (True, False)
    complaint_steps.step(desk, session, moving(whole.act, Stage.ATTENDED), NOW + timedelta(hours=1))
    for one in (whole, part):
        over = messages.prepare(desk, session, one.act, NOW)[0].texts[Language.ENGLISH]
        assert "Cause" not in over


def test_who_complained_of_an_outage_that_is_over_is_told_one_by_one(window: Window, qtbot: QtBot) -> None:
    desk, session = window.desk, window.session
    for ago, number in ((2, NUMBERS[0]), (1, NUMBERS[1])):
        draft = complaining(number, "11", mobile="98260482" + number[-2:])
        complaints.register(desk, session, draft, NOW - timedelta(minutes=ago))
    third = complaints.register(desk, session, replace(complaining(NUMBERS[2], "11"), join=True), NOW)
    assert third.outage_job is not None
    window.go("status", Visit(act=third.outage_job))
    status = window.page()
    assert isinstance(status, StatusPage)
    qtbot.waitUntil(lambda: status._open is not None and "इससे जुड़ी शिकायतें: 3" in shown(window))
    type_keys(window, "6")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page().name == "message")
    page = window.page()
    assert isinstance(page, MessagePage)
    qtbot.waitUntil(lambda: page._rows.rowCount() == 3)
    type_keys(window, "2")
    first = QGuiApplication.clipboard().text()
    assert "2214-2-C00001, No supply, one house: complaint closed. " in first
    assert "Supply is back since 12/03/2026 11:42. Still off: tell this number." in first
    press(window, Qt.Key.Key_Down)
    type_keys(window, "3")
    assert urlsplit(page._code.accessibleName()).path.startswith("/9198260482")
    press(window, Qt.Key.Key_Down)
    assert not page._code.accessibleName()
    assert page._taken == {"2214-2-C00001", "2214-2-C00002"}
    press(window, Qt.Key.Key_Escape)
    assert window.page().name == "status"


def test_who_stands_by_himself_again_is_not_told(window: Window, qtbot: QtBot) -> None:
    desk, session = window.desk, window.session
    whole = complaints.register(desk, session, complaining(NUMBERS[1], "12"), NOW)
    parts = [
        complaints.register(desk, session, replace(complaining(number, "11"), join=True), NOW)
        for number in NUMBERS[2:5]
    ]
    complaint_steps.step(desk, session, moving(whole.act, Stage.ATTENDED), NOW + timedelta(hours=1))
    complaint_steps.step(desk, session, moving(parts[0].act, Stage.REOPENED), NOW + timedelta(hours=2))
    complaint_steps.step(desk, session, moving(parts[1].act, Stage.REOPENED), NOW + timedelta(hours=2))
    complaint_steps.step(desk, session, moving(parts[1].act, Stage.WITHDRAWN), NOW + timedelta(hours=3))
    own, told = messages.prepare(desk, session, whole.act, NOW + timedelta(hours=4))
    assert (own.number, told.number) == (whole.number.stem, parts[2].number.stem)
