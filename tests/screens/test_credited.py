"""A payment that does not show, looked for by keys; the complaint about it comes filled in."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import complaints
from counter_app.domain.acts import Paper
from counter_app.domain.complaint import Answered
from counter_app.domain.crediting import Verdict
from counter_app.ui.page import Visit
from counter_app.ui.pages.complaint import ComplaintPage
from counter_app.ui.pages.credited import CreditedPage
from counter_app.ui.window import Window
from tests.desk.small_office import KNOWN_UTR, NOW, PAID_ONLINE, PLAIN, UTR_KNOWN, entries
from tests.screens.conftest import press, type_keys
from tests.screens.test_account import printed
from tests.screens.test_complaint import shown

ENTER = Qt.Key.Key_Return


def opened(window: Window, number: str) -> CreditedPage:
    """The page, from the consumer's."""
    window.go("consumer", Visit(consumer=number))
    type_keys(window, "2")
    page = window.page()
    assert isinstance(page, CreditedPage)
    return page


def describe(window: Window, on: str, amount: str) -> None:
    """Pass over the UTR, type day and amount, look."""
    press(window, ENTER)
    for typed in (on, amount):
        type_keys(window, typed)
        press(window, ENTER)


def test_the_end_of_the_utr_and_enter_say_what_became_of_it(window: Window, qtbot: QtBot) -> None:
    page = opened(window, UTR_KNOWN)
    type_keys(window, KNOWN_UTR[-6:])
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._looked is not None)
    assert "मिला, पर अभी बिल में नहीं चढ़ा" in shown(window)


def test_an_unknown_one_leads_to_a_complaint_that_is_filled_in(window: Window, qtbot: QtBot) -> None:
    page = opened(window, PAID_ONLINE)
    describe(window, "11/03/2026", "500")
    qtbot.waitUntil(lambda: page._looked is not None)
    assert page._looked is not None
    assert page._looked.verdict is Verdict.UNKNOWN
    type_keys(window, "1")
    form = window.page()
    assert isinstance(form, ComplaintPage)
    qtbot.waitUntil(lambda: form._types.key() == "24")
    for _ in form._fields():
        press(window, ENTER)
    qtbot.waitUntil(lambda: window.page().name == "home")
    (one,) = complaints.status(window.desk, window.session, "", NOW)
    assert (one.registered.type, one.registered.consumer) == ("BIL-05", PAID_ONLINE)
    assert one.registered.note == "₹500"
    assert Answered("paid_on", "11/03/2026") in one.registered.answers


def test_too_little_is_said_at_the_field(window: Window, qtbot: QtBot) -> None:
    page = opened(window, PAID_ONLINE)
    type_keys(window, "12")
    press(window, ENTER)
    qtbot.waitUntil(page._utr.is_wrong)


def test_2_prints_the_claim_slip_of_what_is_found_and_not_posted(window: Window, qtbot: QtBot) -> None:
    page = opened(window, UTR_KNOWN)
    type_keys(window, KNOWN_UTR[-6:])
    press(window, ENTER)
    qtbot.waitUntil(lambda: page._looked is not None)
    qtbot.waitUntil(lambda: "दावा पर्ची छापें" in shown(window))
    type_keys(window, "2")
    qtbot.waitUntil(lambda: printed(window.desk) == [Paper.CLAIM])
    qtbot.waitUntil(lambda: not page.saving)
    type_keys(window, "2")  # a second print, with a number of its own
    qtbot.waitUntil(lambda: printed(window.desk) == [Paper.CLAIM, Paper.CLAIM])
    qtbot.waitUntil(lambda: not page.saving)


def test_what_the_bill_has_gets_no_claim_slip(window: Window, qtbot: QtBot) -> None:
    page = opened(window, PLAIN)
    before = entries(window.desk)
    describe(window, "14/02/2026", "1584")
    qtbot.waitUntil(lambda: page._looked is not None)
    type_keys(window, "2")
    assert "दावा पर्ची छापें" not in shown(window)
    assert (printed(window.desk), entries(window.desk)) == ([], before)
