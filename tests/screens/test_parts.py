"""The parts: text that is never cut, icons, colours that can be read, fields that keep their value."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app.resources import resource
from counter_app.ui import icons, theme
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field, MoneyField
from counter_app.ui.match import left_over, marks, number_marks
from counter_app.ui.parts import Money
from counter_app.ui.text import Run, Text
from counter_app.words.say import Both

ICONS = [line.split(":")[0] for line in resource("icons", "paths.txt").read_text("utf-8").splitlines()[1:]]
AMOUNTS_ONLY = ["due", "change"]
TYPE = ["caption", "body", "lead", "title", "amount", "display", "due", "change"]


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_stays_in_its_box(name: str) -> None:
    drawn = icons.outline(name).boundingRect()
    assert QRectF(0, 0, 20, 20).contains(drawn)
    assert drawn.width() > 5 or drawn.height() > 5


def test_a_circle_of_two_arcs_is_round() -> None:
    box = icons.read_path("M10 2.75a7.25 7.25 0 1 0 0 14.5a7.25 7.25 0 1 0 0-14.5").boundingRect()
    assert box.width() == pytest.approx(14.5, abs=0.05)
    assert box.height() == pytest.approx(14.5, abs=0.05)
    assert box.center().x() == pytest.approx(10, abs=0.05)


@pytest.mark.parametrize("size", TYPE)
def test_devanagari_is_not_cut_by_its_line(size: str) -> None:
    said = "₹1,618" if size in AMOUNTS_ONLY else "र्द्धिं कुटुंब ट्रू छूँ ₹1,618"
    box = QFontMetricsF(theme.font(size, bold=True)).tightBoundingRect(said)
    assert box.height() <= theme.line_height(size)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("ink", "ground", "ratio"),
    [
        ("ink", "surface", 12),
        ("ink", "accent-soft", 12),
        ("ink2", "surface", 4.5),
        ("ink3", "surface", 4.5),
        ("ink3", "paper", 4.5),
        ("ink3", "sunken", 4.5),
        ("good", "surface", 7),
        ("warn", "surface", 7),
        ("bad", "surface", 7),
        ("good", "good-soft", 4.5),
        ("warn", "warn-soft", 4.5),
        ("bad", "bad-soft", 4.5),
        ("on-accent", "accent", 4.5),
        ("base-ink", "base", 4.5),
        ("base3", "base2", 4.5),
        ("edge", "surface", 3),
        ("bar", "surface", 3),
    ],
)
def test_colours_can_be_read(qapp: QApplication, dark: bool, ink: str, ground: str, ratio: float) -> None:
    theme.wear(qapp, dark=dark)
    contrast = _contrast(theme.colour(ink), theme.colour(ground))
    theme.wear(qapp, dark=False)
    assert contrast >= ratio - 0.05


def _contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_money_is_never_narrower_than_its_amount_and_is_read_with_its_label(qtbot: QtBot) -> None:
    money = Money(Both("कुल देय", "Total due"))
    qtbot.addWidget(money)
    money.put("₹99,99,999")
    assert money.minimumSizeHint().width() >= money.natural_width()
    assert money.accessibleName() == "कुल देय ₹99,99,999"


def test_wrapped_text_takes_the_lines_it_needs(qtbot: QtBot) -> None:
    text = Text(Run("मोबाइल या मीटर के अंतिम 4 अंक, या पड़ोसी का नंबर लिखें।", "caption"), wrap=True)
    qtbot.addWidget(text)
    one = text.heightForWidth(2_000)
    assert one == theme.line_height("caption")
    assert text.heightForWidth(160) >= 2 * one


def test_a_wrong_value_stays_and_is_explained(qtbot: QtBot) -> None:
    field = Field(Both("मोबाइल", "Mobile"), hint=Both("10 अंक", "10 digits"))
    qtbot.addWidget(field)
    field.put("98270")
    height = field.sizeHint().height()
    field.wrong(Both("10 अंक चाहिए, 5 हैं।", "10 digits are needed."))
    assert field.is_wrong()
    assert field.text() == "98270"
    assert field.sizeHint().height() == height
    assert field.edit.accessibleDescription() == "10 अंक चाहिए, 5 हैं।"


def test_a_money_field_takes_digits_of_both_scripts_and_no_letters(qtbot: QtBot) -> None:
    field = MoneyField(Both("दिए", "Received"))
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    for sign in "१6x18":
        QCoreApplication.sendEvent(field.edit, _press(sign))
    assert field.text() == "१618"
    assert isinstance(field.edit, QLineEdit)


def _press(sign: str) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, sign)


def test_a_choice_without_room_for_both_languages_stands_whole_in_the_leading_one(qtbot: QtBot) -> None:
    words = Both("अभी प्रतियाँ बनाएँ, या रोकें", "Make copies now, or stop them")
    choices = Choices([Choice("1", words)], dense=True)
    qtbot.addWidget(choices)
    for width, shown in ((300, [words.lead]), (600, [words.lead, words.second])):
        choices.resize(width, 60)
        choices.show()
        (text,) = [one for one in choices.findChildren(Text) if words.lead in one.text()]
        qtbot.waitUntil(lambda text=text, shown=shown: [run.text for run in text.fitting()] == shown)


def test_choices_skip_what_is_off(qtbot: QtBot) -> None:
    words = [Both(word, "") for word in ("नकद", "चेक", "कार्ड")]
    choices = Choices(
        [Choice("1", words[0]), Choice("2", words[1], off=True), Choice("3", words[2])], current=0
    )
    qtbot.addWidget(choices)
    choices.step(1)
    assert choices.key() == "3"
    assert not choices.pick("2")
    with qtbot.waitSignal(choices.picked) as picked:
        assert choices.pick("1")
    assert picked.args == ["1"]


@pytest.mark.parametrize(
    ("name", "typed", "parts"),
    [
        ("सुरेश मालवीय", "sur mal", ["सुरे", "माल"]),
        ("सुरेश मालवीय", "सुरे", ["सुरे"]),
        ("Suresh Malviya", "sures", ["Sures"]),
        ("Suresh Malviya", "malvia surehs", ["Suresh", "Malvi"]),
        ("Mohan Lal Yadav", "mohanlal", ["Mohan", "Lal"]),
        ("Mohanlal Yadav", "mohan lal", ["Mohanlal"]),
        ("सुरेश मालवीय", "N2204518731", []),
        ("पिता इमरान · ग्राम सेमरी", "imran semri", ["इमरान", "सेमरी"]),
        ("", "sur", []),
    ],
)
def test_a_match_is_marked_in_whole_letters(name: str, typed: str, parts: list[str]) -> None:
    assert [name[start : start + length] for start, length in marks(name, typed)] == parts


@pytest.mark.parametrize(
    ("name", "typed", "rest"),
    [
        ("सुरेश मालवीय", "sur ramdin", "ramdin"),
        ("Suresh Malviya", "suresh malviya", ""),
        ("Suresh Malviya", "suresh suresh 8210", "suresh 8210"),
        ("", "sur", "sur"),
    ],
)
def test_the_words_that_are_no_part_of_a_name_are_looked_for_elsewhere(
    name: str, typed: str, rest: str
) -> None:
    assert left_over(name, typed) == rest


@pytest.mark.parametrize(
    ("shown", "typed", "part"),
    [
        ("N2204518731", "518731", "518731"),
        ("N2204518731", "n 2204", "2204"),
        ("N2204518731", "२२०४५१८७३१", "2204518731"),
        ("मो. ••••• 48210", "8210", "8210"),
        ("मो. ••••• 48210", "9826048210", "48210"),
        ("मीटर …1902", "471902", "1902"),
        ("मो. ••••• 48210", "suresh 8210", "8210"),
        ("N2204518731", "सुरेश ८७३१", "8731"),
        ("पुराना …31-009921", "18-31-9921", "9921"),
        ("पुराना …31-000021", "18/31/21", "21"),
        ("N2204518731", "187", ""),
        ("N2204518731", "suresh", ""),
        ("मोबाइल नहीं", "48210", ""),
    ],
)
def test_the_typed_part_of_a_number_is_marked(shown: str, typed: str, part: str) -> None:
    assert "".join(shown[start : start + length] for start, length in number_marks(shown, typed)) == part
