"""Looking at pages: where texts stand, what they say, what they look like."""

from itertools import combinations
from typing import NamedTuple

import pypdfium2

from counter_app.documents.fonts import measure
from counter_app.documents.page import POINT, Align, Box, Document, Line, Sheet, Text

UP, DOWN = 0.72, 0.16  # how far ordinary letters reach above and below their baseline, in sizes
TOUCH = 0.05
FRAME = 1.0  # white between a text and the upright sides of its frame


class Place(NamedTuple):
    """The rectangle of a text in millimetres."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    def meets(self, other: "Place") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > TOUCH and down > TOUCH


def place(item: Text) -> Place:
    width = measure(item.text, item.size, item.bold)
    left = item.x - {Align.LEFT: 0.0, Align.CENTRE: width / 2, Align.RIGHT: width}[item.align]
    high = item.size * POINT
    return Place(left, item.y - UP * high, left + width, item.y + DOWN * high, item.text)


def texts(sheet: Sheet) -> list[Text]:
    return [item for item in sheet.items if isinstance(item, Text)]


def words_of(document: Document) -> str:
    """All texts of a document, a line each."""
    return "\n".join(item.text for sheet in document.sheets for item in texts(sheet))


def faults(document: Document, margin: float) -> list[str]:
    """Texts that leave the sheet, run into each other, over an upright line or to the edge of a frame."""
    found = []
    for sheet in document.sheets:
        places = [place(item) for item in texts(sheet)]
        for each in places:
            if each.left < margin - TOUCH or each.right > sheet.width - margin + TOUCH:
                found.append(f"beside the sheet: {each}")
            if each.top < 1 or each.bottom > sheet.height - 1:
                found.append(f"above or below the sheet: {each}")
        found += [f"{one} runs into {other}" for one, other in combinations(places, 2) if one.meets(other)]
        for item in sheet.items:
            match item:
                case Line(x1=x, x2=x_end, y1=y, y2=y_end) if x == x_end:
                    line = Place(x - 0.1, min(y, y_end), x + 0.1, max(y, y_end), "an upright line")
                    found += [f"{each} crosses {line}" for each in places if each.meets(line)]
                case Box(x=x, y=y, width=width, height=height):
                    if x < 0 or y < 0 or x + width > sheet.width or y + height > sheet.height:
                        found.append(f"a box leaves the sheet: {item}")
                    found += [
                        f"{each} touches its frame"
                        for each in places
                        if y < each.top and each.bottom < y + height
                        and x < (each.left + each.right) / 2 < x + width
                        and (each.left < x + FRAME or each.right > x + width - FRAME)
                    ]  # fmt: skip
                case _:
                    continue
    return found


def read(made: bytes) -> str:
    """What a reader of PDFs finds in it, spaces made one."""
    pages = pypdfium2.PdfDocument(made)
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    return text


def grey(made: bytes, dpi: int) -> tuple[int, int, bytes]:
    """The first page as grey dots: width, height, one byte a dot."""
    pages = pypdfium2.PdfDocument(made)
    bitmap = pages[0].render(scale=dpi / 72, grayscale=True)
    rows = memoryview(bitmap.buffer).cast("B")
    dots = b"".join(
        bytes(rows[y * bitmap.stride : y * bitmap.stride + bitmap.width]) for y in range(bitmap.height)
    )
    size = bitmap.width, bitmap.height
    bitmap.close()
    pages.close()
    return *size, dots
