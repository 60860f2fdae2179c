"""What the central office said of a consumer, as the clerk sees it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import complaints
from counter_app.domain.office import Officer, Post
from counter_app.store import reference
from counter_app.store.centre import Centre, put_centre
from counter_app.store.sync_ledger import SyncLedger
from counter_app.ui.page import Visit
from counter_app.ui.window import Window
from counter_app.wire.bodies import Body, MovedOut, Officers, Overpaid, item
from counter_app.wire.feed import forward
from counter_app.wire.ledgers import Apply
from counter_app.wire.messages import Page
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import PLAIN
from tests.screens.conftest import press, type_keys, words_on
from tests.store.hearing import enrolled, hear, rules


def told(window: Window, *said: Body) -> None:
    """The counter reads this in its feed."""
    ledger, items = SyncLedger(window.desk.book), tuple(map(item, said))
    start = ledger.cursor()
    ledger.do([Apply(Page(1, window.desk.office.code, start, items, forward(start, items), more=False))])


def bill_number(window: Window) -> str:
    with window.desk.book.reading() as connection:
        bill = reference.bill(connection, PLAIN)
    assert bill is not None
    return bill.number


@pytest.mark.parametrize(
    ("language", "lead"),
    [(Language.HINDI, "अब कार्यालय 2215 के पास"), (Language.ENGLISH, "Now with office 2215")],
)
def test_a_consumer_that_moved_away_is_served_all_the_same(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, lead: str
) -> None:
    window = open_window(language)
    told(window, MovedOut(PLAIN, "2215"))
    window.go("consumer", Visit(consumer=PLAIN))
    qtbot.waitUntil(lambda: lead in words_on(window))
    press(window, Qt.Key.Key_F4)
    assert window.page().name == "pay"


def test_nothing_that_was_told_hides_another_thing(window: Window, qtbot: QtBot) -> None:
    complaints.register(window.desk, window.session, small_office.complaining(), small_office.NOW)
    told(window, MovedOut(PLAIN, "2215"), Overpaid(PLAIN, bill_number(window), 64000))
    window.go("consumer", Visit(consumer=PLAIN))
    qtbot.waitUntil(lambda: "अब कार्यालय 2215 के पास" in words_on(window))
    assert "एक बिल दो बार जमा हुआ: ₹640 अग्रिम है" in words_on(window)
    assert "F6" in words_on(window)
    assert window.page()._told._state.isVisible()


def test_a_bill_paid_twice_is_an_advance_and_somebody_is_told(window: Window, qtbot: QtBot) -> None:
    with window.desk.book.writing() as page:
        put_centre(page, Centre("https://centre", "", uuid4(), "2214", 2))
    told(window, Overpaid(PLAIN, bill_number(window), 64000))
    window.go("consumer", Visit(consumer=PLAIN))
    qtbot.waitUntil(lambda: "एक बिल दो बार जमा हुआ: ₹640 अग्रिम है" in words_on(window))
    window.go("sync", Visit())
    qtbot.waitUntil(lambda: f"बिल {bill_number(window)} दो बार जमा हुआ" in words_on(window))
    assert PLAIN in words_on(window)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.HINDI, "यह नियम फ़ाइल यहाँ लागू नहीं हो सकती"),
        (Language.ENGLISH, "This rule file cannot be used here"),
    ],
)
def test_a_rule_file_that_cannot_be_used_is_told(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, words: str
) -> None:
    window = open_window(language)
    hear(enrolled(window.desk.book), rules("allocation", "heads = ["))
    window.go("sync", Visit())
    qtbot.waitUntil(lambda: words in words_on(window))
    assert "allocation.toml" in words_on(window)


def test_whom_to_telephone_stands_with_the_connection(window: Window, qtbot: QtBot) -> None:
    told(window, Officers((Officer(Post.JE, "", "", "आर. के. वर्मा", "R. K. Verma", "9425000001"),)))
    type_keys(window, PLAIN)
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "आर. के. वर्मा, 9425000001" in words_on(window))
