"""The draw list on a QPainter: preview on screen, printers that take no PDF.

Glyphs come from the same shaping as the PDF's, so both show the same. Needs a QGuiApplication; works in
any thread.
"""

import threading
from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QGlyphRun, QImage, QPainter, QPen, QRawFont

from counter_app.documents.codes import Modules, modules, stripes
from counter_app.documents.fonts import FONT_FILES, UNITS, measure, shape
from counter_app.documents.page import POINT, RED, Align, Barcode, Box, Code, Fill, Item, Line, Sheet, Text

INCH = 25.4
_BLACK = QColor(0, 0, 0)
_GREY_TEXT = QColor(0x57, 0x57, 0x57)
_RED = QColor.fromRgbF(*RED)
_FILLS = {Fill.BLACK: _BLACK, Fill.GREY: QColor(0x99, 0x99, 0x99), Fill.WHITE: QColor(255, 255, 255)}
_FINEST_SIZE = 0.01
_MOST_SIZES = 64  # a window that is drawn wider asks for new sizes all the time

_here = threading.local()


def picture(sheet: Sheet, dpi: float) -> QImage:
    """A white sheet with everything on it, at so many dots an inch."""
    width, height = round(sheet.width * dpi / INCH), round(sheet.height * dpi / INCH)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(dpi / INCH * 1000))
    image.setDotsPerMeterY(round(dpi / INCH * 1000))
    image.fill(_FILLS[Fill.WHITE])
    painter = QPainter(image)
    paint(painter, sheet, dpi)
    painter.end()
    return image


def paint(painter: QPainter, sheet: Sheet, dpi: float) -> None:
    """Draw a sheet with its top left corner at the painter's origin, one unit a dot."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    dots = dpi / INCH
    for item in sheet.items:
        _draw(painter, item, dots)


def _draw(painter: QPainter, item: Item, dots: float) -> None:
    match item:
        case Text():
            _text(painter, item, dots)
        case Line():
            _line(painter, item, dots)
        case Box():
            _box(painter, item, dots)
        case Code():
            code = modules(item.text)
            size = item.size * dots
            _modules(painter, code, item.x * dots, item.y * dots, size, size / code.side)
        case Barcode():
            code = stripes(item.text)
            _modules(painter, code, item.x * dots, item.y * dots, item.width * dots, item.height * dots)


def _text(painter: QPainter, item: Text, dots: float) -> None:
    x = item.x
    if item.align is not Align.LEFT:
        width = measure(item.text, item.size, item.bold)
        x -= width if item.align is Align.RIGHT else width / 2
    pixels = item.size * POINT * dots
    unit = pixels / UNITS
    numbers, places, along = [], [], 0
    for glyph in shape(item.text, item.bold):
        numbers.append(glyph.glyph)
        places.append(QPointF((along + glyph.dx) * unit, -glyph.dy * unit))
        along += glyph.advance
    run = QGlyphRun()
    run.setRawFont(_raw_font(item.bold, pixels))
    run.setGlyphIndexes(numbers)
    run.setPositions(places)
    painter.setPen(_FILLS[Fill.WHITE] if item.white else _GREY_TEXT if item.grey else _BLACK)
    painter.drawGlyphRun(QPointF(x * dots, item.y * dots), run)


def _raw_font(bold: bool, pixels: float) -> QRawFont:
    """The typeface at a size; a QRawFont belongs to the thread that made it."""
    fonts: dict[tuple[bool, float], QRawFont] = _here.__dict__.setdefault("fonts", {})
    key = (bold, round(pixels / _FINEST_SIZE) * _FINEST_SIZE)
    if key not in fonts:
        if len(fonts) >= _MOST_SIZES:
            fonts.clear()
        fonts[key] = QRawFont(_font_bytes(bold), key[1], QFont.HintingPreference.PreferNoHinting)
    return fonts[key]


@lru_cache
def _font_bytes(bold: bool) -> QByteArray:
    return QByteArray(FONT_FILES[bold].read_bytes())


def _line(painter: QPainter, item: Line, dots: float) -> None:
    pen = QPen(_FILLS[Fill.GREY] if item.grey else _BLACK, item.width * dots)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if item.dash:
        pen.setDashPattern([item.dash / item.width] * 2)
    painter.setPen(pen)
    painter.drawLine(QPointF(item.x1 * dots, item.y1 * dots), QPointF(item.x2 * dots, item.y2 * dots))


def _box(painter: QPainter, item: Box, dots: float) -> None:
    whole = QRectF(item.x * dots, item.y * dots, item.width * dots, item.height * dots)
    if item.fill:
        painter.fillRect(whole, _FILLS[item.fill])
    if item.stroke:
        inset = item.stroke * dots / 2
        pen = QPen(_RED if item.red else _BLACK, item.stroke * dots)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(QBrush(Qt.BrushStyle.NoBrush))
        painter.drawRect(whole.adjusted(inset, inset, -inset, -inset))


def _modules(
    painter: QPainter, code: Modules, left: float, top: float, width: float, row_height: float
) -> None:
    """Dark runs on whole dots: a code with soft edges is read badly."""
    module = width / code.side
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for run in code.runs:
        x, end = round(left + run.start * module), round(left + (run.start + run.length) * module)
        y, foot = round(top + run.row * row_height), round(top + (run.row + 1) * row_height)
        painter.fillRect(x, y, end - x, foot - y, _BLACK)
    painter.restore()
