"""The reference renderer: a draw list through fpdf2's own public calls, slowly, with its own shaping."""

import logging

from fpdf import FPDF
from fpdf.fonts import SubsetMap

from counter_app.documents.codes import Modules, modules, stripes
from counter_app.documents.fonts import FAMILY, FONT_FILES, measure
from counter_app.documents.page import (
    POINT,
    RED,
    Align,
    Barcode,
    Box,
    Code,
    Document,
    Fill,
    Item,
    Line,
    Text,
)

_FILLS = {Fill.BLACK: 0, Fill.GREY: 153, Fill.WHITE: 255}
_GREY_TEXT = 87
_BASELINE = 0.8  # how far below the top of its cell fpdf2 sets a line that is as high as its letters

logging.getLogger("fontTools").setLevel(logging.WARNING)


def stock_pdf(document: Document) -> bytes:
    """The document as fpdf2 makes it when nothing of it is replaced."""
    out = FPDF(unit="mm")
    out.set_auto_page_break(False)
    out.set_margin(0)
    out.c_margin = 0
    for bold, file in FONT_FILES.items():
        out.add_font(FAMILY, style="B" if bold else "", fname=file)
    out.set_text_shaping(True, script="Deva", direction="ltr", language="hin")
    for sheet in document.sheets:
        out.add_page(format=(sheet.width, sheet.height))
        for item in sheet.items:
            _draw(out, item)
    made = bytes(out.output())
    # Else fpdf2 keeps every document's fonts for ever.
    SubsetMap.pick.cache_clear()
    SubsetMap.get_glyph.cache_clear()
    return made


def _draw(out: FPDF, item: Item) -> None:
    match item:
        case Text():
            _text(out, item)
        case Line():
            out.set_draw_color(_FILLS[Fill.GREY] if item.grey else 0)
            out.set_line_width(item.width)
            out.set_dash_pattern(item.dash, item.dash)
            out.line(item.x1, item.y1, item.x2, item.y2)
        case Box():
            _box(out, item)
        case Code():
            code = modules(item.text)
            _runs(out, code, item.x, item.y, item.size / code.side, item.size / code.side)
        case Barcode():
            code = stripes(item.text)
            _runs(out, code, item.x, item.y, item.width / code.side, item.height)


def _text(out: FPDF, item: Text) -> None:
    width = measure(item.text, item.size, item.bold)
    x = item.x - {Align.LEFT: 0.0, Align.CENTRE: width / 2, Align.RIGHT: width}[item.align]
    high = item.size * POINT
    out.set_font(FAMILY, style="B" if item.bold else "", size=item.size)
    out.set_text_color(_FILLS[Fill.WHITE] if item.white else _GREY_TEXT if item.grey else 0)
    out.set_xy(x, item.y - _BASELINE * high)
    out.cell(width, high, item.text)


def _box(out: FPDF, item: Box) -> None:
    if item.fill:
        out.set_fill_color(_FILLS[item.fill])
        out.rect(item.x, item.y, item.width, item.height, style="F")
    if item.stroke:
        inset = item.stroke / 2
        out.set_draw_color(*([round(255 * part) for part in RED] if item.red else [0]))
        out.set_line_width(item.stroke)
        out.set_dash_pattern(0, 0)
        wide, high = item.width - item.stroke, item.height - item.stroke
        out.rect(item.x + inset, item.y + inset, wide, high, style="D")


def _runs(out: FPDF, code: Modules, left: float, top: float, module: float, height: float) -> None:
    out.set_fill_color(0)
    for run in code.runs:
        x, y = left + run.start * module, top + run.row * height
        out.rect(x, y, run.length * module, height, style="F")
