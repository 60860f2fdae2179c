"""A book of the office on A4: its rows under headings that every page repeats, its sums at the end."""

from collections.abc import Sequence
from datetime import datetime

from counter_app.documents.counter_lines import side_by_side
from counter_app.documents.fonts import measure, printable
from counter_app.documents.grid import LEFT, RIGHT
from counter_app.documents.lines import elided, fitted
from counter_app.documents.page import Align, Document, Item, Line, Sheet, Text
from counter_app.domain.acts import Paper
from counter_app.domain.books import Book, Kind, Of, kind
from counter_app.domain.office import Office
from counter_app.words import book_words
from counter_app.words.dates import stamp
from counter_app.words.say import Language, both

WIDTH, HEIGHT = 210.0, 297.0
_TOP, _FOOT = 33.0, 284.0
_PITCH = 5.2
_SIZE, _LEAST, _HEAD, _GAP = 8.0, 6.0, 7.5, 2.5
_NUMBERS = frozenset({Kind.MONEY, Kind.COUNT})
# Texts of these columns may be cut with "…" where there is no room; numbers never are.
_CUT = frozenset({Of.NAME, Of.REASON, Of.TENDER, Of.HEAD, Of.PRINTER, Of.WHAT, Of.SECOND, Of.TYPE, Of.STATE})


def book(office: Office, made: Book, language: Language, at: datetime) -> Document:
    """The whole book as pages."""
    rows = [*made.rows, made.totals] if made.rows else list(made.rows)
    texts = [
        [printable(book_words.text(column, value)) for column, value in zip(made.columns, row, strict=True)]
        for row in rows
    ]
    heads = [book_words.heading(column, language).lead for column in made.columns]
    edges = _edges(made.columns, heads, texts)
    a_page = int((_FOOT - _TOP - 6.8) // _PITCH)
    parts = [texts[first : first + a_page] for first in range(0, max(len(texts), 1), a_page)]
    sheets = []
    for number, part in enumerate(parts, 1):
        items = _frame(office, made, language, at, f"{number}/{len(parts)}")
        items += _headings(made.columns, heads, edges)
        last = number == len(parts) and bool(made.rows)
        items += _lines(made.columns, part, edges, last)
        sheets.append(Sheet(WIDTH, HEIGHT, tuple(items)))
    title = f"{book_words.name(made.which, Language.ENGLISH).lead} {book_words.span(made)}"
    return Document(title, tuple(sheets), Paper.BOOK, at)


def _frame(office: Office, made: Book, language: Language, at: datetime, page: str) -> list[Item]:
    name = book_words.name(made.which, language)
    title = side_by_side(name)
    where = f"{printable(office.name_hi)} {office.code} · {printable(office.name_en)}"
    printed = f"{side_by_side(both('Printed', language))} {stamp(at)}"
    items: list[Item] = [
        Text(LEFT, 17.0, title, fitted(title, 14, 125, bold=True), bold=True),
        Text(RIGHT, 17.0, book_words.span(made), 12, bold=True, align=Align.RIGHT),
        Text(LEFT, 23.0, where, 9),
        Text(RIGHT, 23.0, f"{office.code}-{office.counter}", 9, align=Align.RIGHT),
        Line(LEFT, 26.0, RIGHT, 26.0, 0.5),
        Text(LEFT, 290.0, printed, 8, grey=True),
        Text(RIGHT, 290.0, page, 8, align=Align.RIGHT, grey=True),
    ]
    if not made.rows:
        nothing = side_by_side(both("Nothing on these days.", language))
        items.append(Text(WIDTH / 2, 60.0, nothing, 11, align=Align.CENTRE))
    return items


def _edges(
    columns: Sequence[Of], heads: Sequence[str], texts: Sequence[Sequence[str]]
) -> list[tuple[float, float]]:
    """Left and right of each column: as wide as its longest text; of what may be cut, the widest give way."""
    widths = [
        max([measure(head, _HEAD), *(measure(row[place], _SIZE, kind(column) in _NUMBERS) for row in texts)])
        + _GAP
        for place, (column, head) in enumerate(zip(columns, heads, strict=True))
    ]
    left_over = RIGHT + _GAP - LEFT - sum(widths)
    if left_over > 0:
        widths = [width + left_over / len(widths) for width in widths]
    cut = sorted((place for place, column in enumerate(columns) if column in _CUT), key=widths.__getitem__)
    room = sum(widths[place] for place in cut) + min(left_over, 0)
    for count, place in enumerate(cut):
        widths[place] = min(widths[place], room / (len(cut) - count))
        room -= widths[place]
    found, x = [], LEFT
    for width in widths:
        found.append((x, x + width - _GAP))
        x += width
    return found


def _headings(
    columns: Sequence[Of], heads: Sequence[str], edges: Sequence[tuple[float, float]]
) -> list[Item]:
    items: list[Item] = [Line(LEFT, _TOP + 1.8, RIGHT, _TOP + 1.8, 0.35)]
    for column, head, (left, right) in zip(columns, heads, edges, strict=True):
        size = fitted(head, _HEAD, right - left, least=5.0)
        items.append(_cell(column, head, left, right, _TOP, size, grey=True))
    return items


def _lines(
    columns: Sequence[Of], rows: Sequence[Sequence[str]], edges: Sequence[tuple[float, float]], totals: bool
) -> list[Item]:
    items: list[Item] = []
    y = _TOP + 1.8
    for number, row in enumerate(rows, 1):
        y += _PITCH
        bold = totals and number == len(rows)
        for column, text, (left, right) in zip(columns, row, edges, strict=True):
            if not text:
                continue
            room = right - left
            size = fitted(text, _SIZE, room, bold=bold, least=_LEAST)
            shown = elided(text, size, room, bold=bold) if column in _CUT else text
            items.append(_cell(column, shown, left, right, y - 1.5, size, bold=bold))
        items.append(Line(LEFT, y, RIGHT, y, 0.35 if bold else 0.1, grey=not bold))
    return items


def _cell(
    column: Of, text: str, left: float, right: float, y: float, size: float, *, bold: bool = False,
    grey: bool = False,
) -> Text:  # fmt: skip
    if kind(column) in _NUMBERS:
        return Text(right, y, text, size, bold=bold, align=Align.RIGHT, grey=grey)
    return Text(left, y, text, size, bold=bold, grey=grey)
