"""What is really written in a PDF: its glyphs one by one, and how HarfBuzz itself sets the same text."""

import io
import struct
from collections.abc import Iterable
from typing import NamedTuple

import pikepdf
import uharfbuzz

from counter_app.documents.fonts import FONT_FILES
from counter_app.documents.page import Document, Sheet, Text
from counter_app.domain.acts import Paper
from tests.documents.papers import NOON

_EM = 1000


class Placed(NamedTuple):
    """A glyph and where it stands from the start of its text, in font units."""

    glyph: int
    x: int
    y: int


def page_of(texts: Iterable[str], bold: bool) -> Document:
    """A tall page with a text a line."""
    items = tuple(Text(5, 10 + 6 * row, text, 10, bold=bold) for row, text in enumerate(texts))
    return Document("words", (Sheet(200, 20 + 6 * len(items), items),), Paper.BOOK, NOON)


def runs(made: bytes, number: int = 0) -> list[list[Placed]]:
    """The glyphs of every text of a PDF's page, as a reader would place them."""
    with pikepdf.open(io.BytesIO(made)) as file:
        page = file.pages[number]
        fonts = {name: _Font(font) for name, font in page.Resources.Font.items()}
        found: list[list[Placed]] = []
        font, x, rise = next(iter(fonts.values())), 0.0, 0.0
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BT":
                    found.append([])
                    x = 0.0
                case "Tf":
                    font = fonts[str(operands[0])]
                case "Ts":
                    rise = float(operands[0])
                case "TJ":
                    for one in operands[0]:
                        if isinstance(one, pikepdf.String):
                            for glyph, width in font.glyphs(bytes(one)):
                                found[-1].append(Placed(glyph, round(x), round(rise * _EM)))
                                x += width
                        else:
                            x -= float(one)
        return found


class _Font:
    """A font of a PDF: codes to glyphs and widths."""

    def __init__(self, font: pikepdf.Object) -> None:
        part = font.DescendantFonts[0]
        self._glyphs = part.CIDToGIDMap.read_bytes()
        first, widths = part.W
        self._widths = {int(first) + place: int(width) for place, width in enumerate(widths)}

    def glyphs(self, codes: bytes) -> list[tuple[int, int]]:
        return [
            (struct.unpack_from(">H", self._glyphs, 2 * code)[0], self._widths[code])
            for (code,) in struct.iter_unpack(">H", codes)
        ]


def harfbuzz(text: str, bold: bool) -> list[Placed]:
    """A text as HarfBuzz sets it when it is told that this is Hindi."""
    font = uharfbuzz.Font(uharfbuzz.Face(FONT_FILES[bold].read_bytes()))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.set_script_from_ot_tag("dev2")
    buffer.direction, buffer.language = "ltr", "hi"
    uharfbuzz.shape(font, buffer)
    placed, x = [], 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        placed.append(Placed(info.codepoint, x + position.x_offset, position.y_offset))
        x += position.x_advance
    return placed


def mismatches(made: bytes, texts: list[str], bold: bool) -> list[str]:
    """Those of the texts, a line each in a PDF, that do not stand there as HarfBuzz sets them."""
    found = runs(made)
    assert len(found) == len(texts)
    return [text for text, run in zip(texts, found, strict=True) if run != harfbuzz(text, bold)]
