"""A document as PDF bytes, written by fpdf2; the same document gives the same bytes.

Text does not go through fpdf2's own text calls. They break a conjunct at ZWJ and ZWNJ, guess the script
from the first letter of a line, and leave out a missing glyph without a word. Here each text is shaped
once by ``fonts.shape`` and its glyphs are placed one by one; fpdf2 embeds the part of the font that
is used.
"""

import logging
from datetime import UTC
from typing import cast

from fpdf import FPDF
from fpdf.fonts import Glyph as FontGlyph
from fpdf.fonts import SubsetMap, TTFFont

from counter_app.documents.codes import modules, stripes
from counter_app.documents.fonts import FAMILY, FONT_FILES, JOINERS, UNITS, Glyph, measure, shape
from counter_app.documents.page import (
    POINT,
    Align,
    Barcode,
    Box,
    Code,
    Document,
    Fill,
    Item,
    Line,
    Sheet,
    Text,
)

GREY = 0.34
_FILLS = {Fill.BLACK: 0.0, Fill.GREY: 0.6, Fill.WHITE: 1.0}
_NOTHING = (0x200B,)  # what the later glyphs of a cluster stand for: a space without width

logging.getLogger("fontTools").setLevel(logging.WARNING)


def pdf(document: Document) -> bytes:
    """The document as a PDF; raises ``GlyphMissing`` when the typeface lacks a character."""
    writer = _Writer(document)
    try:
        return writer.write()
    finally:
        writer.close()
        # fpdf2 caches on these methods and would keep every document's fonts for ever.
        SubsetMap.pick.cache_clear()
        SubsetMap.get_glyph.cache_clear()


class _Writer:
    """One document on its way to bytes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.out = FPDF(unit="mm")
        self.out.set_auto_page_break(False)
        self.out.set_margin(0)
        self.out.set_title(document.title)
        self.out.set_lang("hi-IN")
        self.out.set_creation_date(document.made_at.astimezone(UTC))
        for bold, file in FONT_FILES.items():
            self.out.add_font(FAMILY, style="B" if bold else "", fname=file)

    def write(self) -> bytes:
        """Every sheet, then the file."""
        for sheet in self.document.sheets:
            self.out.add_page(format=(sheet.width, sheet.height))
            for item in sheet.items:
                self._draw(item, sheet)
        return bytes(self.out.output())

    def close(self) -> None:
        """Let go of the font files."""
        for font in self.out.fonts.values():
            cast(TTFFont, font).ttfont.close()

    def _draw(self, item: Item, sheet: Sheet) -> None:
        match item:
            case Text():
                self._text(item, sheet)
            case Line():
                self._put(_line(item, sheet))
            case Box():
                self._put(_box(item, sheet))
            case Code():
                self._put(_code(item, sheet))
            case Barcode():
                self._put(_barcode(item, sheet))

    def _put(self, operators: str) -> None:
        self.out._out(f"q {operators} Q")  # noqa: SLF001 - fpdf2 has no public way to place a glyph

    def _text(self, item: Text, sheet: Sheet) -> None:
        self.out.set_font(FAMILY, style="B" if item.bold else "", size=item.size)
        font = cast(TTFFont, self.out.current_font)
        x = item.x
        if item.align is not Align.LEFT:
            width = measure(item.text, item.size, item.bold)
            x -= width if item.align is Align.RIGHT else width / 2
        words = "".join(
            _word(text, glyphs, font, item.size) for text, glyphs in _words(shape(item.text, item.bold))
        )
        colour = 1.0 if item.white else GREY if item.grey else 0.0
        # Only this marks the font as used on the page; fpdf2's public calls would write the text as well.
        chosen = self.out._set_font_for_page(font, item.size, wrap_in_text_object=False)  # noqa: SLF001
        self._put(f"{colour:g} g BT {chosen} {_point(x, item.y, sheet)} Td {words}ET")


def _words(glyphs: tuple[Glyph, ...]) -> list[tuple[str, list[Glyph]]]:
    """The glyphs word by word, each with its text; a space ends the word before it."""
    words: list[tuple[str, list[Glyph]]] = [("", [])]
    for glyph in glyphs:
        text, word = words[-1]
        word.append(glyph)
        words[-1] = (text + glyph.text, word)
        if glyph.text == " ":
            words.append(("", []))
    return [word for word in words if word[1]]


def _word(text: str, glyphs: list[Glyph], font: TTFFont, size: float) -> str:
    """The operators of one word. A word that was really shaped says what it reads, for search and copy."""
    shown = _shown(glyphs, font, size)
    if all(len(glyph.text) == 1 for glyph in glyphs) and not any(sign in text for sign in JOINERS):
        return shown
    return f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC {shown}EMC "


def _shown(glyphs: list[Glyph], font: TTFFont, size: float) -> str:
    """Glyphs as one or more arrays of codes and movements; raised marks get a rise of their own."""
    parts: list[str] = []
    entries: list[str] = []
    rise = 0
    for glyph in glyphs:
        if glyph.dy != rise:
            if entries:
                parts.append(f"[{''.join(entries)}] TJ ")
                entries = []
            rise = glyph.dy
            parts.append(f"{rise * size / UNITS:.3f} Ts ")
        code, width = _code_of(glyph, font)
        if glyph.dx:
            entries.append(f"{-glyph.dx}")
        entries.append(f"<{code:04X}>")
        back = width - glyph.advance + glyph.dx
        if back:
            entries.append(f"{back}")
    parts.append(f"[{''.join(entries)}] TJ ")
    if rise:
        parts.append("0 Ts ")
    return "".join(parts)


def _code_of(glyph: Glyph, font: TTFFont) -> tuple[int, int]:
    """The code of a glyph in this PDF's part of the font, and the width the PDF will know it by."""
    name = font.ttfont.getGlyphName(glyph.glyph)
    width = font.ttfont["hmtx"].metrics[name][0]
    stands_for = tuple(map(ord, glyph.text)) or _NOTHING
    code = font.subset.pick_glyph(FontGlyph(glyph.glyph, stands_for, name, width))
    return cast(int, code), width


def _number(millimetres: float) -> str:
    return f"{millimetres / POINT:.2f}"


def _point(x: float, y: float, sheet: Sheet) -> str:
    """A place on the sheet as PDF wants it: points from the bottom left."""
    return f"{_number(x)} {_number(sheet.height - y)}"


def _line(item: Line, sheet: Sheet) -> str:
    dash = f"[{_number(item.dash)}] 0 d " if item.dash else ""
    colour = _FILLS[Fill.GREY] if item.grey else 0.0
    start, end = _point(item.x1, item.y1, sheet), _point(item.x2, item.y2, sheet)
    return f"{colour:g} G {_number(item.width)} w {dash}{start} m {end} l S"


def _box(item: Box, sheet: Sheet) -> str:
    operators = ""
    if item.fill:
        corner = _point(item.x, item.y + item.height, sheet)
        operators += f"{_FILLS[item.fill]:g} g {corner} {_number(item.width)} {_number(item.height)} re f "
    if item.stroke:
        inset = item.stroke / 2
        corner = _point(item.x + inset, item.y + item.height - inset, sheet)
        width, height = _number(item.width - item.stroke), _number(item.height - item.stroke)
        operators += f"0 G {_number(item.stroke)} w {corner} {width} {height} re S"
    return operators


def _code(item: Code, sheet: Sheet) -> str:
    """All dark runs as one path, in units of a module so that nothing falls between."""
    code = modules(item.text)
    module = item.size / code.side / POINT
    runs = " ".join(f"{run.start} {-run.row - 1} {run.length} 1 re" for run in code.runs)
    return f"{module:.5f} 0 0 {module:.5f} {_point(item.x, item.y, sheet)} cm 0 g {runs} f"


def _barcode(item: Barcode, sheet: Sheet) -> str:
    code = stripes(item.text)
    module, height = item.width / code.side / POINT, item.height / POINT
    runs = " ".join(f"{run.start} -1 {run.length} 1 re" for run in code.runs)
    return f"{module:.5f} 0 0 {height:.5f} {_point(item.x, item.y, sheet)} cm 0 g {runs} f"
