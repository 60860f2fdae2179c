"""The typeface and its shaping: the shipped bytes, conjuncts, joiners, missing glyphs."""

from hashlib import sha256
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontDatabase, QTextLayout
from pytestqt.qtbot import QtBot

from counter_app.documents.fonts import FAMILY, FONT_FILES, GlyphMissing, measure, printable, shape
from counter_app.resources import resource
from tests.documents.hindi import WORDS


def test_the_shipped_files_are_the_ones_that_were_checked() -> None:
    sums = dict(
        reversed(line.split("  ")) for line in resource("fonts", "SHA256SUMS").read_text("utf-8").splitlines()
    )
    assert sums == {file.name: sha256(file.read_bytes()).hexdigest() for file in FONT_FILES.values()}


def test_the_licence_lies_beside_them() -> None:
    licence = resource("fonts", "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    for source in ("Noto Sans:", "Noto Sans Devanagari:", "Noto Sans Symbols:", "Noto Sans Symbols 2:"):
        assert f"{source} Copyright" in licence


def glyphs_of_qt(text: str, bold: bool) -> list[int]:
    """The glyphs that Qt's own text engine chooses."""
    numbers = [QFontDatabase.addApplicationFont(str(file)) for file in FONT_FILES.values()]
    assert all(QFontDatabase.applicationFontFamilies(number) == [FAMILY] for number in numbers)
    layout = QTextLayout(text, QFontDatabase.font(FAMILY, "Bold" if bold else "Regular", 20))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]


def shown(glyphs: list[int], bold: bool) -> list[int]:
    """Without what shows nothing: Qt leaves out the joiners, HarfBuzz puts a space without width."""
    blank = shape(" ", bold)[0].glyph
    return [glyph for glyph in glyphs if glyph not in {blank, 0xFFFFFF}]


@pytest.mark.parametrize(("word", "bold"), list(product(WORDS, (False, True))))
def test_hindi_is_shaped_as_a_second_engine_shapes_it(word: str, bold: bool, qtbot: QtBot) -> None:
    ours = [glyph.glyph for glyph in shape(word, bold)]
    assert shown(ours, bold) == shown(glyphs_of_qt(word, bold), bold)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_shaped_the_same_behind_english(word: str) -> None:
    alone = shape(word, False)
    behind = shape(f"Receipt {word}", False)
    assert [glyph[:4] for glyph in behind[-len(alone) :]] == [glyph[:4] for glyph in alone]


def test_a_joiner_keeps_the_half_letter_and_makes_no_gap() -> None:
    plain, joined = shape("क्ष", False), shape("क्\u200dष", False)
    assert len(plain) == 1
    assert [glyph.advance for glyph in joined].count(0) == 1
    assert 0 not in [glyph.glyph for glyph in joined]


def test_digits_are_of_one_width_and_the_rupee_sign_is_there() -> None:
    for bold in (False, True):
        assert len({measure(digit, 10, bold) for digit in "0123456789"}) == 1
        assert measure("₹−·•…–—×←↑→↓✓□■", 10, bold) > 0


@given(st.text(st.sampled_from("कखगरतदधनपबमयशषसहाििीुूेैोौ्ंँः़ ऽ\u200d\u200cabcA1₹.,-"), max_size=40))
def test_the_glyphs_stand_for_the_whole_text_in_its_order(text: str) -> None:
    glyphs = shape(text, False)
    assert "".join(glyph.text for glyph in glyphs) == text


def test_a_missing_glyph_is_never_passed_over() -> None:
    with pytest.raises(GlyphMissing) as missing:
        shape("नाम 中", False)
    assert missing.value.character == "中"


def test_a_text_from_outside_shows_what_cannot_be_shown() -> None:
    assert printable("सुरेश 中\u0000 Suresh") == "सुरेश �� Suresh"
    assert printable("क\u093c") == "क़"
    shape(printable("🙂 سلام"), True)


@given(st.text(max_size=30))
def test_whatever_comes_can_be_printed(text: str) -> None:
    shape(printable(text), False)
    shape(printable(text), True)
