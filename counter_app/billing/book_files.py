"""The office's books as files for spreadsheets; no cell of them is ever a formula."""

import csv as csv_lines
import io
from datetime import datetime
from decimal import Decimal

from counter_app.billing.safe_csv import safe
from counter_app.domain.books import Book, Kind, kind
from counter_app.domain.days import in_india
from counter_app.words import book_words
from counter_app.words.say import Language

_MONEY = "#,##,##0.00"
_WIDEST = 40


def csv(book: Book, language: Language, mark: str, _at: datetime) -> bytes:
    """UTF-8 with its byte order mark, lines as Windows ends them: headings, rows, totals.

    ``mark``: what stands on each paper of an invented office, in a row above the headings; empty: no row.
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv_lines.writer(out, lineterminator="\r\n")
    if mark:
        writer.writerow([safe(mark)])
    for row in _rows(book, language):
        writer.writerow(map(safe, row))
    return out.getvalue().encode()


def xlsx(book: Book, language: Language, mark: str, at: datetime) -> bytes:
    """One sheet: money and counts as numbers, all else as text. ``at`` dates it: same book, same bytes.

    ``mark``: as in ``csv``.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": in_india(at).replace(tzinfo=None)})
        sheet = workbook.add_worksheet()
        bold = workbook.add_format({"bold": True})
        money = workbook.add_format({"num_format": _MONEY})
        total = workbook.add_format({"num_format": _MONEY, "bold": True})
        top = 1 if mark else 0
        if mark:
            sheet.write_string(0, 0, mark, bold)
        for place, column in enumerate(book.columns):
            sheet.write_string(top, place, book_words.heading(column, language).lead, bold)
            sheet.set_column(place, place, _width(book, place))
        for line, row in enumerate((*book.rows, book.totals), top + 1):
            last = line > top + len(book.rows)
            for place, (column, value) in enumerate(zip(book.columns, row, strict=True)):
                if isinstance(value, int) and kind(column) is Kind.MONEY:
                    sheet.write_number(line, place, Decimal(value).scaleb(-2), total if last else money)
                elif isinstance(value, int):
                    sheet.write_number(line, place, value, bold if last else None)
                elif value is not None:
                    sheet.write_string(line, place, book_words.plain(column, value))
        sheet.freeze_panes(top + 1, 0)
    return out.getvalue()


def _rows(book: Book, language: Language) -> list[list[str]]:
    heads = [book_words.heading(column, language).lead for column in book.columns]
    lines = [
        [book_words.plain(column, value) for column, value in zip(book.columns, row, strict=True)]
        for row in (*book.rows, book.totals)
    ]
    return [heads, *lines]


def _width(book: Book, place: int) -> int:
    """Letters that a column shows."""
    column = book.columns[place]
    longest = max((len(book_words.text(column, row[place])) for row in book.rows), default=0)
    return min(max(longest, 12) + 2, _WIDEST)
