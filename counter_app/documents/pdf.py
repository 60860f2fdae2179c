"""A document as PDF bytes, PDF/A-2b, on top of fpdf2; the same document gives the same bytes.

Neither texts nor fonts go through fpdf2's own calls. They break a conjunct at ZWJ and ZWNJ, guess the script
from the first letter of a line, leave out a missing glyph without a word, and cut the font anew with
all its rules for every document. Here each text is shaped once by ``fonts.shape``, its operators are kept
for the next document, and HarfBuzz cuts the font. fpdf2 writes the file around them.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from fpdf import FPDF
from fpdf.output import OutputProducer, PDFCatalog, PDFPage
from fpdf.syntax import Name, PDFContentStream

from counter_app.documents.codes import modules, stripes
from counter_app.documents.embedding import Codes, Meaning, font, packed
from counter_app.documents.fonts import JOINERS, UNITS, Glyph, advance, measure, shape
from counter_app.documents.page import (
    POINT,
    RED,
    Align,
    Barcode,
    Box,
    Code,
    Document,
    Fill,
    Line,
    Sheet,
    Text,
)

GREY = 0.34
_FILLS = {Fill.BLACK: 0.0, Fill.GREY: 0.6, Fill.WHITE: 1.0}
_TEXTS_KEPT = 8192
_FONT_NAMES = {False: "F1", True: "F2"}
_ABOUT = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<rdf:Description rdf:about="" xmp:CreateDate="{made}" xmp:ModifyDate="{made}" xmp:MetadataDate="{made}">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>"""

logging.getLogger("fontTools").setLevel(logging.WARNING)


def pdf(document: Document) -> bytes:
    """The document as a PDF; raises ``GlyphMissing`` when the typeface lacks a character."""
    file = _File(document.title, document.made_at)
    for sheet in document.sheets:
        file.draw(sheet)
    return bytes(file.output(output_producer_class=_Producer))


class _File(FPDF):
    """A file under way, and the codes of what is written in it."""

    def __init__(self, title: str, made_at: datetime) -> None:
        super().__init__(unit="mm", enforce_compliance="PDF/A-2B")
        self.codes = {False: Codes(), True: Codes()}
        # What is the same on all sheets of a file is worked out once.
        self._same: dict[tuple[Text, float], str] = {}
        self.single_resources_object = True
        self.allow_images_transparency = False
        self.set_auto_page_break(False)
        self.set_compression(False)  # pages are packed like fonts
        self.set_lang("hi-IN")
        made = made_at.astimezone(UTC)
        self.set_creation_date(made)
        about = _ABOUT.format(made=made.isoformat(timespec="seconds"), title=escape(title))
        self.set_xmp_metadata(about)

    def draw(self, sheet: Sheet) -> None:
        """Put a sheet behind those that are there."""
        self.add_page(format=(sheet.width, sheet.height))
        self._out("\n".join(_operators(sheet, self._text)))

    def _text(self, item: Text, sheet: Sheet) -> str:
        if not item.static:
            return _text(item, sheet, self.codes[item.bold])
        same = item, sheet.height
        if same not in self._same:
            self._same[same] = _text(item, sheet, self.codes[item.bold])
        return self._same[same]


class _Producer(OutputProducer):
    """The file's objects; only fonts are written otherwise than fpdf2 would, and pages packed faster."""

    def _add_pages(self, *asked: Any, **more: Any) -> list[PDFPage]:
        for page in self.fpdf.pages.values():
            assert isinstance(page.contents, bytearray)
            page.contents = bytearray(packed(bytes(page.contents)))
        pages = super()._add_pages(*asked, **more)
        for page in pages:
            assert isinstance(page.contents, PDFContentStream)
            page.contents.filter = Name("FlateDecode")
        return pages

    def _add_fonts(self, *_others: Any, **_more: Any) -> dict[int, Any]:
        file = self.fpdf
        assert isinstance(file, _File)
        used = [(bold, codes) for bold, codes in file.codes.items() if codes]
        return {1 + bold: font(bold, codes, self._add_pdf_obj) for bold, codes in used}

    def _finalize_catalog(self, catalog_obj: PDFCatalog, *others: Any, **more: Any) -> None:
        super()._finalize_catalog(catalog_obj, *others, **more)
        catalog_obj.open_action = None  # how a reader shows it first is the reader's own affair


# -- texts --------------------------------------------------------------------------------------------


class _Shown(NamedTuple):
    """A text as operators with a gap for each code, and what belongs into the gaps. An em is one unit."""

    operators: str
    meanings: tuple[Meaning, ...]


@lru_cache(_TEXTS_KEPT)
def _shown(text: str, bold: bool) -> _Shown:
    glyphs = shape(text, bold)
    words = "".join(_word(word, run, bold) for word, run in _words(glyphs))
    return _Shown(words, tuple(Meaning(glyph.glyph, glyph.text) for glyph in glyphs))


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


def _word(text: str, glyphs: list[Glyph], bold: bool) -> str:
    """The operators of one word. A word that was really shaped says what it reads, for search and copy."""
    placed = _placed(glyphs, bold)
    if all(len(glyph.text) == 1 for glyph in glyphs) and not any(sign in text for sign in JOINERS):
        return placed
    return f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC {placed}EMC "


def _placed(glyphs: list[Glyph], bold: bool) -> str:
    """Glyphs as one or more arrays of codes and movements; raised marks get a rise of their own."""
    operators = ""
    entries, back, rise = "", 0, 0
    for glyph in glyphs:
        if glyph.dy != rise:
            operators += f"[{entries}] TJ " if entries else ""
            operators += f"{glyph.dy / UNITS:g} Ts "
            entries, rise = "", glyph.dy
        move = back - glyph.dx
        entries += f"{move}<%s>" if move else "<%s>"
        back = advance(glyph.glyph, bold) - glyph.advance + glyph.dx
    operators += f"[{entries}{back or ''}] TJ "
    return (operators + "0 Ts " if rise else operators).replace("><", "")


def _text(item: Text, sheet: Sheet, codes: Codes) -> str:
    x = item.x
    if item.align is not Align.LEFT:
        width = measure(item.text, item.size, item.bold)
        x -= width if item.align is Align.RIGHT else width / 2
    shown = _shown(item.text, item.bold)
    words = shown.operators % tuple(map(codes.__getitem__, shown.meanings))
    start = _start(item.size, item.bold, item.grey, item.white)
    return f"{start}{x / POINT:.2f} {(sheet.height - item.y) / POINT:.2f} Tm {words}ET"


@lru_cache(_TEXTS_KEPT)
def _start(size: float, bold: bool, grey: bool, white: bool) -> str:
    """The operators before a text's place."""
    colour = 1.0 if white else GREY if grey else 0.0
    return f"{colour:g} g BT /{_FONT_NAMES[bold]} 1 Tf {size:g} 0 0 {size:g} "


# -- everything ---------------------------------------------------------------------------------------


def _operators(sheet: Sheet, text: Callable[[Text, Sheet], str]) -> Iterator[str]:
    """A sheet, item by item."""
    for item in sheet.items:
        match item:
            case Text():
                yield text(item, sheet)
            case Line():
                yield f"q {_line(item, sheet)} Q"
            case Box():
                yield f"q {_box(item, sheet)} Q"
            case Code():
                yield f"q {_code(item, sheet)} Q"
            case Barcode():
                yield f"q {_barcode(item, sheet)} Q"


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
        colour = "{:g} {:g} {:g} RG".format(*RED) if item.red else "0 G"
        operators += f"{colour} {_number(item.stroke)} w {corner} {width} {height} re S"
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
