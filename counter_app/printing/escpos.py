"""A page for a receipt printer: dots, as the commands that every ESC/POS printer knows.

The printers' own letters have no Hindi, so that a page goes as a picture, drawn by the same painter as the
preview: black dots only, eight to a millimetre, as wide as the head. White rows are fed, not sent.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from counter_app.documents.page import Document, Sheet
from counter_app.domain.refusals import PaperTooWide
from counter_app.printing.painter import INCH, paint

DOTS_A_MM = 8
HEAD = 576
"""Dots across: 72 of the roll's 80 mm."""

_DPI = DOTS_A_MM * INCH
_ROW = HEAD // 8
_START = b"\x1b@" + b"\x1dP\xcb\xcb"  # as after switching on; a step of the paper is a dot
_CUT = b"\x1dVB\x00"  # the paper goes on to the knife and is cut
_MOST_ROWS = 256
_MOST_FED = 255
_LEAST_FED = 8
_BLACK = QColor(0, 0, 0)
_WHITE = QColor(255, 255, 255)


def commands(document: Document) -> bytes:
    """What makes a receipt printer print the document; ``PaperTooWide`` when it is not for a roll."""
    pages = (b"".join(_page(dots(sheet))) + _CUT for sheet in document.sheets)
    return _START + b"".join(pages)


def dots(sheet: Sheet) -> QImage:
    """The sheet as black dots (1) on white (0), the margins beside the head left out."""
    if sheet.width * DOTS_A_MM - HEAD > HEAD / 8:
        raise PaperTooWide
    grey = QImage(HEAD, round(sheet.height * DOTS_A_MM), QImage.Format.Format_Grayscale8)
    grey.fill(_WHITE)
    painter = QPainter(grey)
    painter.translate((HEAD - sheet.width * DOTS_A_MM) / 2, 0)
    paint(painter, sheet, _DPI)
    painter.end()
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.MonoOnly
    black = grey.convertToFormat(QImage.Format.Format_Mono, flags)
    if black.color(1) != _BLACK.rgb():
        black.invertPixels()
    return black


def _page(picture: QImage) -> Iterator[bytes]:
    """The rows of a page: those with dots as pictures, the white between them as feeds."""
    stride, bits = picture.bytesPerLine(), bytes(picture.constBits())
    rows = [bits[start : start + _ROW] for start in range(0, len(bits), stride)]
    white = 0
    drawn: list[bytes] = []
    for row in rows:
        if any(row):
            if white >= _LEAST_FED:
                yield from _drawn(drawn)
                yield from _fed(white)
                drawn = []
            else:
                drawn += [bytes(_ROW)] * white
            drawn.append(row)
            white = 0
        else:
            white += 1
    yield from _drawn(drawn)
    yield from _fed(white)


def _drawn(rows: list[bytes]) -> Iterator[bytes]:
    for start in range(0, len(rows), _MOST_ROWS):
        band = rows[start : start + _MOST_ROWS]
        yield b"\x1dv0\x00" + _ROW.to_bytes(2, "little") + len(band).to_bytes(2, "little") + b"".join(band)


def _fed(rows: int) -> Iterator[bytes]:
    while rows:
        step = min(rows, _MOST_FED)
        yield b"\x1bJ" + bytes([step])
        rows -= step
