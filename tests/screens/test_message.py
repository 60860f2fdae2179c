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
    message = messages.prepare(window.desk, window.session, made.act, NOW)
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
    late = messages.prepare(desk, session, part.act, NOW + timedelta(days=1)).texts[Language.ENGLISH]
    assert ("Cause" in late, "expected" in late) == (True, False)
    complaint_steps.step(desk, session, moving(whole.act, Stage.ATTENDED), NOW + timedelta(hours=1))
    for one in (whole, part):
        over = messages.prepare(desk, session, one.act, NOW).texts[Language.ENGLISH]
        assert "Cause" not in over
