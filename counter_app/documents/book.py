"""A book of the office on A4: its rows under headings that every page repeats, its sums at the end.

Upright where all of it has room beside each other, else lying; there long texts go on below.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from counter_app.documents.counter_lines import side_by_side
from counter_app.documents.fonts import measure, printable
from counter_app.documents.grid import LEAST, LEFT
from counter_app.documents.letterhead import invented
from counter_app.documents.lines import fitted, wrapped
from counter_app.documents.page import Align, Document, Item, Line, Sheet, Text
from counter_app.domain.acts import Paper
from counter_app.domain.books import Book, Kind, Of, kind
from counter_app.domain.office import Office
from counter_app.words import book_words
from counter_app.words.dates import stamp
from counter_app.words.say import Language, both

SHORT, LONG = 210.0, 297.0
_TOP, _BELOW = 33.0, 13.0
_LEADING, _PITCH = 3.7, 5.2
_GAP = 2.5
_NUMBERS = frozenset({Kind.MONEY, Kind.COUNT})
# Texts of these columns may go on below; numbers, amounts and times never do.
_LONG = frozenset({Of.NAME, Of.REASON, Of.TENDER, Of.HEAD, Of.PRINTER, Of.WHAT, Of.SECOND, Of.TYPE, Of.STATE})


class _Column(NamedTuple):
    """What it holds, its heading, and where its left and right edges are."""

    of: Of
    head: list[str]
    left: float
    right: float


class _Row(NamedTuple):
    """The lines of each cell."""

    cells: list[list[str]]
    bold: bool

    @property
    def height(self) -> float:
        return _PITCH + _LEADING * (max(map(len, self.cells)) - 1)


def book(office: Office, made: Book, language: Language, at: datetime) -> Document:
    """The whole book as pages."""
    summed = made.rows and any(total is not None for total in made.totals)
    texts = [
        [printable(book_words.text(column, value)) for column, value in zip(made.columns, row, strict=True)]
        for row in (*made.rows, *([made.totals] if summed else ()))
    ]
    wide, columns = _columns(made.columns, language, texts)
    size = (LONG, SHORT) if wide else (SHORT, LONG)
    top = _TOP + _LEADING * (max(len(column.head) for column in columns) - 1)
    rows = [_row(columns, cells, bold=place == len(made.rows)) for place, cells in enumerate(texts)]
    parts = list(_pages(rows, size[1] - _BELOW - top - 6.8)) or [[]]
    sheets = []
    for number, part in enumerate(parts, 1):
        items = _frame(office, made, language, at, f"{number}/{len(parts)}", size)
        items += _headings(columns, top)
        items += _lines(columns, part, top)
        sheets.append(Sheet(*size, tuple(items)))
    title = f"{book_words.name(made.which, Language.ENGLISH).lead} {book_words.span(made)}"
    return Document(title, tuple(sheets), Paper.BOOK, at)


def _frame(
    office: Office, made: Book, language: Language, at: datetime, page: str, size: tuple[float, float]
) -> list[Item]:
    width, height = size
    right, foot = width - LEFT, height - 7.0
    title = side_by_side(book_words.name(made.which, language))
    where = f"{printable(office.name_hi)} {office.code} · {printable(office.name_en)}"
    printed = f"{side_by_side(both('Printed', language))} {stamp(at)}"
    items: list[Item] = [
        *invented(office, width),
        Text(LEFT, 17.0, title, fitted(title, 14, width - 85, bold=True), bold=True),
        Text(right, 17.0, book_words.span(made), 12, bold=True, align=Align.RIGHT),
        Text(LEFT, 23.0, where, 9),
        Text(right, 23.0, f"{office.code}-{office.counter}", 9, align=Align.RIGHT),
        Line(LEFT, 26.0, right, 26.0, 0.5),
        Text(LEFT, foot, printed, LEAST, grey=True),
        Text(right, foot, page, LEAST, align=Align.RIGHT, grey=True),
    ]
    if not made.rows:
        nothing = side_by_side(both("Nothing on these days.", language))
        items.append(Text(width / 2, 60.0, nothing, 11, align=Align.CENTRE))
    return items


def _columns(
    of: Sequence[Of], language: Language, texts: Sequence[Sequence[str]]
) -> tuple[bool, list[_Column]]:
    """Whether the paper must lie, and each column: as wide as its longest text; on paper that lies the widest
    of those that may go on below give way.
    """
    heads = [book_words.heading(column, language).lead for column in of]
    needs = [
        max((measure(row[place], LEAST, row is texts[-1]) for row in texts), default=0.0)
        for place in range(len(of))
    ]
    whole = [max(need, measure(head, LEAST)) + _GAP for need, head in zip(needs, heads, strict=True)]
    wide = sum(whole) - _GAP > SHORT - 2 * LEFT
    room = (LONG if wide else SHORT) - 2 * LEFT + _GAP
    if sum(whole) > room:
        words = [max(measure(word, LEAST) for word in head.split()) for head in heads]
        whole = [max(need, word) + _GAP for need, word in zip(needs, words, strict=True)]
    left_over = room - sum(whole)
    widths = (
        _narrowed(of, whole, -left_over) if left_over < 0 else [one + left_over / len(whole) for one in whole]
    )
    found, x = [], LEFT
    for column, head, width in zip(of, heads, widths, strict=True):
        found.append(_Column(column, wrapped(head, LEAST, width - _GAP), x, x + width - _GAP))
        x += width
    return wide, found


def _narrowed(of: Sequence[Of], widths: Sequence[float], by: float) -> list[float]:
    """The widths, those of the widest columns that may go on below made less."""
    found = list(widths)
    long = sorted((place for place, column in enumerate(of) if column in _LONG), key=found.__getitem__)
    room = sum(found[place] for place in long) - by
    for count, place in enumerate(long):
        found[place] = min(found[place], room / (len(long) - count))
        room -= found[place]
    return found


def _row(columns: Sequence[_Column], texts: Sequence[str], *, bold: bool) -> _Row:
    cells = [
        wrapped(text, LEAST, column.right - column.left, bold=bold) or [""] if column.of in _LONG else [text]
        for column, text in zip(columns, texts, strict=True)
    ]
    return _Row(cells, bold)


def _pages(rows: Sequence[_Row], room: float) -> Iterator[list[_Row]]:
    """The rows of each page."""
    page, used = list[_Row](), 0.0
    for row in rows:
        if page and used + row.height > room:
            yield page
            page, used = [], 0.0
        page.append(row)
        used += row.height
    if page:
        yield page


def _headings(columns: Sequence[_Column], top: float) -> list[Item]:
    """Their last lines stand at ``top``."""
    items: list[Item] = [Line(LEFT, top + 1.8, columns[-1].right, top + 1.8, 0.35)]
    for column in columns:
        items += _cell(column, column.head, top - _LEADING * (len(column.head) - 1), grey=True)
    return items


def _lines(columns: Sequence[_Column], rows: Sequence[_Row], top: float) -> list[Item]:
    items: list[Item] = []
    y, right = top + 1.8, columns[-1].right
    for row in rows:
        for column, lines in zip(columns, row.cells, strict=True):
            items += _cell(column, lines, y + _PITCH - 1.5, bold=row.bold)
        y += row.height
        items.append(Line(LEFT, y, right, y, 0.35 if row.bold else 0.1, grey=not row.bold))
    return items


def _cell(
    column: _Column, lines: Sequence[str], y: float, *, bold: bool = False, grey: bool = False
) -> Iterator[Text]:
    number = kind(column.of) in _NUMBERS
    x, align = (column.right, Align.RIGHT) if number else (column.left, Align.LEFT)
    for place, text in enumerate(lines):
        if text:
            yield Text(x, y + _LEADING * place, text, LEAST, bold=bold, align=align, grey=grey)
