"""A message for the consumer: copied or scanned by people, never sent from here."""

from urllib.parse import parse_qs, urlsplit

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from counter_app.desk import complaints, messages
from counter_app.ui.page import Visit
from counter_app.ui.pages.message import MessagePage
from counter_app.ui.pages.status import StatusPage
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk.small_office import NOW, PLAIN, complaining, nothing_recorded
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
