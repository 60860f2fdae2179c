"""Home: what is typed is found in both scripts, shown with what is due, opened by Enter."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from counter_app.desk import complaints, payments
from counter_app.domain.days import business_day
from counter_app.resources import resource
from counter_app.store import reference
from counter_app.ui.pages.home import HomePage
from counter_app.ui.pages.home_parts import RecentStrip
from counter_app.ui.pages.home_today import TodayCard
from counter_app.ui.plot import PlotView
from counter_app.ui.results import Result, ResultList, number_line, reason
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.desk import small_office
from tests.desk.small_office import NO_BILL, NOW, NUMBERS, PAID_ONLINE, PLAIN, complaining
from tests.screens.conftest import press, type_keys, words_on
from tests.store.hearing import enrolled, hear, rules


def home(window: Window) -> HomePage:
    page = window.page()
    assert isinstance(page, HomePage)
    return page


def rows(window: Window) -> tuple[Result, ...]:
    return home(window).findChildren(ResultList)[0].results()


def find(window: Window, qtbot: QtBot, typed: str) -> None:
    press(window, Qt.Key.Key_Escape)
    type_keys(window, typed)
    qtbot.waitUntil(lambda: home(window)._answered == typed and bool(rows(window)))


def find_on(window: Window, qtbot: QtBot, typed: str) -> None:
    """Let the box hold something else, without emptying it before."""
    window.search.put(typed)
    window.search.edited.emit(typed)
    qtbot.waitUntil(lambda: home(window)._answered == typed and bool(rows(window)))


def test_a_number_is_found_and_opened_by_enter(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, PLAIN)
    assert [result.row.number for result in rows(window)] == [PLAIN]
    press(window, Qt.Key.Key_Return)
    assert (window.page().name, window.page().consumer()) == ("consumer", PLAIN)


@pytest.mark.parametrize("typed", ["suresh", "सुरेश", "sures", "सुरे"])
def test_a_name_is_found_in_both_scripts(window: Window, qtbot: QtBot, typed: str) -> None:
    find(window, qtbot, typed)
    assert PLAIN in [result.row.number for result in rows(window)]


def test_the_arrows_choose_and_f4_acts_on_the_chosen(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "sur")
    first, second = (result.row.number for result in rows(window)[:2])
    assert home(window).consumer() == first
    press(window, Qt.Key.Key_Down)
    assert home(window).consumer() == second
    assert window.search.has_focus()
    press(window, Qt.Key.Key_F4)
    assert window.page().name == "pay"


def test_enter_before_the_answer_is_here_opens_who_is_found_then(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "sur")
    type_keys(window, "jit")
    press(window, Qt.Key.Key_Return)
    assert window.page().name == "home"
    qtbot.waitUntil(lambda: window.page().name == "consumer")
    assert window.page().consumer() == PAID_ONLINE


def test_the_selected_consumer_stays_selected_when_the_list_changes(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "sur")
    press(window, Qt.Key.Key_Down)
    chosen = home(window).consumer()
    window.background.changed.emit()
    type_keys(window, "j")
    qtbot.waitUntil(lambda: rows(window)[0].row.number == chosen)
    assert home(window).consumer() == chosen


def test_the_best_row_is_selected_while_nobody_chose_another(window: Window, qtbot: QtBot) -> None:
    pattern = next(iter(small_office.consumers()))
    people = (("N2211111112", "शरद पाल", "Sharad Pal"), ("N2211111113", "शरद पालीवाल", "Sharad Paliwal"))
    with window.desk.book.writing() as page:
        named = [replace(pattern, number=number, name_hi=hi, name_en=en) for number, hi, en in people]
        reference.put_consumers(page, named)
    find(window, qtbot, "sharad pal")
    first = rows(window)[0].row.number
    for typed in ("sharad paliwal", "sharad pal", "sharad paliwal"):
        find_on(window, qtbot, typed)
        assert home(window).consumer() == rows(window)[0].row.number
    assert (first, home(window).consumer()) == ("N2211111112", "N2211111113")


def test_nothing_found_says_what_to_type(window: Window, qtbot: QtBot) -> None:
    type_keys(window, "zzqx")
    hint = "यह नाम नहीं मिला। मोबाइल के अंतिम 4 अंक लिखें।"
    qtbot.waitUntil(
        lambda: any(hint in label.text() for label in window.page().findChildren(QLabel) if label.isVisible())
    )


def test_esc_empties_the_box(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "sur")
    press(window, Qt.Key.Key_Escape)
    assert window.search.text() == ""
    assert rows(window) == ()


def test_mobile_and_house_are_masked_and_the_preview_tells_what_is_due(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, PLAIN)
    shown = [label.text() for label in window.page().side.findChildren(QLabel) if label.isVisible()]
    assert "₹1,613" in shown
    assert not any("9826048200" in text or "114" in text for text in shown)
    assert any("•••••, गांधी मोहल्ला" in text for text in shown)
    qtbot.waitUntil(
        lambda: any("₹1,584" in label.text() for label in window.page().side.findChildren(QLabel))
    )


@pytest.mark.parametrize(("language", "word"), [(Language.HINDI, "बिल नहीं"), (Language.ENGLISH, "no bill")])
def test_a_consumer_without_a_bill_says_so(
    open_window: Callable[..., Window], qtbot: QtBot, language: Language, word: str
) -> None:
    window = open_window(language)
    find(window, qtbot, NO_BILL)
    assert word in reason(rows(window)[0], language).words


def test_what_was_paid_today_shows_in_the_list_and_among_the_recent(window: Window, qtbot: QtBot) -> None:
    payments.take(window.desk, window.session, small_office.paying(PLAIN), NOW)
    find(window, qtbot, PLAIN)
    why = reason(rows(window)[0], Language.HINDI)
    assert (why.tone, rows(window)[0].on) == ("warn", business_day(NOW))
    window.background.changed.emit()
    strip = home(window).findChildren(RecentStrip)[0]
    qtbot.waitUntil(lambda: any("सुरेश" in label.text() for label in strip.findChildren(QLabel)))
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_F2)
    type_keys(window, "1")
    assert (window.page().name, window.page().consumer()) == ("consumer", PLAIN)


def test_a_digit_is_a_search_when_f2_has_not_armed_it(window: Window, qtbot: QtBot) -> None:
    type_keys(window, "1")
    assert window.search.text() == "1"
    assert window.page().name == "home"


def said(window: Window) -> str:
    return words_on(window)


@pytest.mark.parametrize(
    ("typed", "cap"),
    [
        ("pay", "F4"),
        ("भुगतान", "F4"),
        ("bhugtan", "F4"),
        ("F4", "F4"),
        ("f8", "F8"),
        ("day end", "F8"),
        ("सहायता", "F1"),
        ("payment", "F4"),
        ("shikayat", "F3"),
        ("रसीद", "F7"),
        ("बिल प्रिंट", "F5"),
        ("हिसाब", "F8"),
        ("हिंदी", "F11"),
    ],
)
def test_an_action_is_found_by_its_key_and_its_word_in_both_languages(
    window: Window, qtbot: QtBot, typed: str, cap: str
) -> None:
    type_keys(window, typed)
    found = home(window).findChildren(ResultList)[0]
    qtbot.waitUntil(lambda: (chosen := found.action()) is not None and chosen.cap == cap)


def test_enter_on_an_action_does_what_its_key_does(window: Window, qtbot: QtBot) -> None:
    found = home(window).findChildren(ResultList)[0]
    type_keys(window, "receipts")
    qtbot.waitUntil(lambda: found.action() is not None)
    press(window, Qt.Key.Key_Return)
    assert window.page().name == "receipts"


def test_an_action_that_needs_a_consumer_asks_for_one_and_takes_no_money(
    window: Window, qtbot: QtBot
) -> None:
    found = home(window).findChildren(ResultList)[0]
    type_keys(window, "pay")
    qtbot.waitUntil(lambda: found.action() is not None)
    for _ in range(3):
        press(window, Qt.Key.Key_Return)
    assert window.page().name == "home"
    assert "पहले उपभोक्ता खोजें" in said(window)


def test_an_action_nobody_has_the_right_to_is_not_offered(
    open_window: Callable[..., Window], qtbot: QtBot
) -> None:
    window = open_window(person=small_office.CLERK)
    type_keys(window, "day end")
    qtbot.waitUntil(lambda: home(window)._answered == "day end")
    assert home(window).findChildren(ResultList)[0].action() is None


def test_who_is_called_as_an_action_sounds_comes_before_it(window: Window, qtbot: QtBot) -> None:
    rashid = replace(
        next(iter(small_office.consumers())), number="N2211111111", name_hi="रशीद खान", name_en="Rashid Khan"
    )
    with window.desk.book.writing() as page:
        reference.put_consumers(page, [rashid])
    found = home(window).findChildren(ResultList)[0]
    find(window, qtbot, "rashid")
    assert (found.action(), home(window).consumer()) == (None, "N2211111111")
    press(window, Qt.Key.Key_Escape)
    type_keys(window, "रसीद")
    qtbot.waitUntil(lambda: found.action() is not None)
    qtbot.waitUntil(lambda: "N2211111111" in [result.row.number for result in rows(window)])


def test_enter_at_once_behind_the_word_for_an_action_does_it(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "sur")
    press(window, Qt.Key.Key_Escape)
    type_keys(window, "receipts")
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page().name == "receipts")


def test_people_come_before_an_action_that_is_only_begun(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "sur")
    assert home(window).findChildren(ResultList)[0].action() is None
    assert home(window).consumer()


@pytest.mark.parametrize(
    ("typed", "kind"), [("suresh", "नाम"), (PLAIN, "नंबर"), (PLAIN[-5:], "नंबर"), ("9826048200", "मोबाइल")]
)
def test_what_was_typed_is_said_to_be_what_it_was_taken_for(
    window: Window, qtbot: QtBot, typed: str, kind: str
) -> None:
    find(window, qtbot, typed)
    qtbot.waitUntil(lambda: f"{kind} · " in said(window))


@pytest.mark.parametrize(
    ("typed", "line"),
    [("48200", "मो. ••••• 48200"), ("4471900", "मीटर …1900"), ("suresh", "मो. ••••• 48200")],
)
def test_a_row_shows_the_number_that_was_typed(window: Window, qtbot: QtBot, typed: str, line: str) -> None:
    find(window, qtbot, typed)
    row = next(result.row for result in rows(window) if result.row.number == PLAIN)
    assert number_line(row, Language.HINDI, typed) == line


def test_a_name_and_a_number_narrow_to_who_has_both(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "suresh 8200")
    qtbot.waitUntil(lambda: "नाम और नंबर · 1" in said(window))
    assert home(window).consumer() == PLAIN


@pytest.mark.parametrize("typed", ["s", "स", "9", " "])
def test_one_letter_is_too_little_to_say_that_nobody_was_found(
    window: Window, qtbot: QtBot, typed: str
) -> None:
    type_keys(window, typed)
    qtbot.waitUntil(lambda: home(window)._answered == typed)
    assert "उपभोक्ता जो लाए हों" in said(window)
    assert "नहीं मिला" not in said(window)


@pytest.mark.parametrize("typed", ["zzqx", "2299999999", "zxzx zqzq"])
def test_nobody_found_is_no_dead_end(window: Window, qtbot: QtBot, typed: str) -> None:
    type_keys(window, typed)
    qtbot.waitUntil(lambda: "बिना उपभोक्ता के शिकायत दर्ज करें" in said(window))
    for words in ("मोबाइल के अंतिम 4 अंक", "मीटर के अंतिम 4 अंक", "उस डीटीआर के सब उपभोक्ता"):
        assert words in said(window)
    press(window, Qt.Key.Key_F3)
    assert (window.page().name, window.page().consumer()) == ("complaint", "")


def test_a_star_shows_who_else_is_on_the_transformer(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, PLAIN)
    type_keys(window, "*")
    assert window.search.text() == f"{PLAIN}*"
    qtbot.waitUntil(lambda: len(rows(window)) > 1)
    assert PLAIN in [result.row.number for result in rows(window)]
    assert "वही डीटीआर" in said(window)


def test_a_star_behind_a_name_asks_for_the_neighbours_of_the_selected(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, "sur")
    press(window, Qt.Key.Key_Down)
    chosen = home(window).consumer()
    type_keys(window, "*")
    assert window.search.text() == f"{chosen}*"
    qtbot.waitUntil(lambda: home(window)._answered == f"{chosen}*")
    assert home(window).consumer() == chosen


def test_namesakes_are_told_apart_by_the_meter(window: Window, qtbot: QtBot) -> None:
    find(window, qtbot, PLAIN)
    meter = rows(window)[0].row.meter[-4:]
    assert f"मीटर …{meter}" in said(window)


def test_today_stands_below_while_nothing_is_typed_and_there_is_room(window: Window, qtbot: QtBot) -> None:
    def cards() -> list[TodayCard]:
        return [card for card in window.page().findChildren(TodayCard) if card.isVisible()]

    qtbot.waitUntil(lambda: len(cards()) == 1)
    (card,) = cards()
    plots = [plot.accessibleName() for plot in card.findChildren(PlotView) if plot.isVisible()]
    assert plots == ["शिकायतें, पिछले 14 दिन: दर्ज 0, पूरी 0"]
    complaints.register(window.desk, window.session, complaining(NUMBERS[0], "11"), NOW)
    window.page().refresh()
    qtbot.waitUntil(lambda: "दर्ज 1" in card.findChildren(PlotView)[0].accessibleName())
    type_keys(window, "su")
    qtbot.waitUntil(lambda: not cards())
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(cards()) == 1)


def test_newer_rules_are_told_of_until_the_program_starts_again(window: Window, qtbot: QtBot) -> None:
    def told() -> bool:
        shown = (one for one in window.page().findChildren(QLabel) if one.isVisible())
        return any("नए नियम" in one.text() for one in shown)

    qtbot.waitUntil(lambda: bool(window.page().findChildren(TodayCard)))
    assert not told()
    shipped = (resource("rules") / "tenders.toml").read_text(encoding="utf-8")
    enrolled(window.desk.book)
    hear(window.desk.book, rules("tenders", shipped.replace(', "upi", "card"', "")))
    window.page().refresh()
    qtbot.waitUntil(told)
