"""The one typeface: Hindi and English shaped by HarfBuzz, the same glyphs for every renderer.

Every text is shaped as Devanagari from left to right, whatever it begins with: left to itself,
HarfBuzz takes the script from the first letter and leaves the Hindi after an English word unshaped.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz

from counter_app.documents.page import POINT
from counter_app.resources import resource

FAMILY = "CounterSans"
FONT_FILES = {
    False: resource("fonts", "CounterSans-Regular.ttf"),
    True: resource("fonts", "CounterSans-Bold.ttf"),
}
UNITS = 1000
"""Font units in an em."""

_TEXTS_KEPT = 8192
JOINERS = "\u200c\u200d"
_REPLACEMENT = "\ufffd"


@dataclass
class GlyphMissing(Exception):
    """A character that the typeface does not have was about to be printed."""

    character: str


class Glyph(NamedTuple):
    """A shaped glyph. Advance and offsets in font units; ``text`` is what it stands for in the text.

    The first glyph of a cluster stands for all of it; those that follow stand for nothing.
    """

    glyph: int
    advance: int
    dx: int
    dy: int
    text: str


def printable(text: str) -> str:
    """A text from outside as it can be printed: composed, and a replacement sign for what has no glyph."""
    characters = _characters()
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign if ord(sign) in characters else _REPLACEMENT for sign in composed)


def measure(text: str, size: float, bold: bool = False) -> float:
    """The width of a text in millimetres."""
    return _width(text, bold) * size * POINT / UNITS


@lru_cache(_TEXTS_KEPT)
def _width(text: str, bold: bool) -> int:
    return sum(glyph.advance for glyph in shape(text, bold))


@lru_cache(_TEXTS_KEPT)
def shape(text: str, bold: bool) -> tuple[Glyph, ...]:
    """The glyphs of a text in their order; raises ``GlyphMissing``."""
    if not text:
        return ()
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.script = "Deva"
    buffer.direction = "ltr"
    buffer.language = "hi"
    uharfbuzz.shape(_font(bold), buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    glyphs = []
    for info, position in zip(infos, positions, strict=True):
        start = info.cluster
        if info.codepoint == 0:
            raise GlyphMissing(text[start])
        end = ends.pop(start, start)
        glyphs.append(
            Glyph(info.codepoint, position.x_advance, position.x_offset, position.y_offset, text[start:end])
        )
    return tuple(glyphs)


@lru_cache(_TEXTS_KEPT)
def advance(glyph: int, bold: bool) -> int:
    """How wide a glyph is by itself, in font units; shaping may have moved its neighbours closer."""
    return int(_font(bold).get_glyph_h_advance(glyph))


@lru_cache
def _font(bold: bool) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONT_FILES[bold]))))


@lru_cache
def _characters() -> frozenset[int]:
    """What both weights can show."""
    return frozenset(_font(False).face.unicodes) & frozenset(_font(True).face.unicodes)
