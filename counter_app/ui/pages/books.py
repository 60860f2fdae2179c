"""The office's books: a digit chooses one, Enter reads it again, another digit takes it out as a file."""

from datetime import date, datetime
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.desk import books
from counter_app.desk.books import MakesPdf
from counter_app.domain.books import COLUMNS, MONEY_BOOKS, Book, Kind, Of, Value, Which, kind
from counter_app.domain.days import business_day, in_india, read_day
from counter_app.domain.refusals import Refused
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, row
from counter_app.ui.table import Table
from counter_app.ui.text import Run, Text, heading
from counter_app.words import book_words
from counter_app.words.dates import clock, short_day
from counter_app.words.refusals import sentence
from counter_app.words.say import N_, Both, both

_WAYS = {"8": ".pdf", "9": ".xlsx", "0": ".csv"}
_BOOKS = "1234567*"
_WIDTHS = {
    Of.NUMBER: 128, Of.AT: 104, Of.DAY: 100, Of.CONSUMER: 112, Of.CLERK: 80, Of.SECOND: 80, Of.TENDER: 104,
    Of.RECEIPT: 128, Of.COPY: 70, Of.AMOUNT: 96, Of.CASH: 110, Of.OTHER: 110, Of.PENDING: 110, Of.LOST: 110,
    Of.RECEIPTS: 84, Of.CANCELLED: 68, Of.DUE: 90, Of.DONE: 90, Of.STATE: 84, Of.RECEIVED: 84,
    Of.WITHIN: 84, Of.LATE: 76, Of.OPEN: 96, Of.OVERDUE: 96, Of.WITHDRAWN: 96, Of.COMPENSATION: 110,
    Of.SERVED: 100, Of.BEFORE: 96, Of.CAME: 110, Of.SETTLED: 96, Of.HELD: 104,
}  # fmt: skip
_NUMBER_PARTS = 3  # office, counter, serial
_NUMBERS = frozenset({Kind.MONEY, Kind.COUNT})
_Row = tuple[tuple[Value, ...], bool]


class BooksPage(Page):
    """Days first, then the book. Totals stand in the last row."""

    name = "books"
    title: ClassVar[str] = N_("Books")
    offered: ClassVar[tuple[Which, ...]] = MONEY_BOOKS

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._book: Book | None = None
        self._which = self.offered[0]
        self._rows: dict[Which, Rows[_Row]] = {}
        self._tables: dict[Which, Table] = {}
        self.main_column.addWidget(self._build_days())
        self.main_column.addWidget(self._build_book(), 1)
        self.side_column.addWidget(self._build_side())
        self.side_column.addStretch(1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        accept = self._both(N_("Show"))
        return Keys(("help", "lock"), escape=self._both(N_("Back")), accept=accept)

    def enter(self, _visit: Visit) -> None:
        """The first book, of today."""
        for field in (self._first, self._last):
            field.put("")
        self._choose(self.offered[0])
        self.setFocus()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()
        self._ask()

    def digit(self, digit: str) -> bool:
        """A book, or a way to take it out; in the fields digits are typed."""
        free = not self._first.has_focus() and not self._last.has_focus()
        return free and (self._choices.pick(digit) or self._ways.pick(digit))

    def other_key(self, key: int, text: str) -> bool:
        """There are more books than digits."""
        return text in _BOOKS[-1] and self.digit(text)

    def step(self, rows: int) -> bool:
        """Up and down move in the book."""
        return self._tables[self._which].step(rows)

    def accept(self) -> None:
        """Enter: from the first day to the last, then the book is read."""
        if self._first.has_focus():
            self._last.edit.setFocus()
        else:
            self.setFocus()
            self._ask()

    # -- building ------------------------------------------------------------------------------------

    def _build_days(self) -> QWidget:
        card = Card()
        days = row(spacing=16)
        self._first = Field(self._both(N_("From (empty: today)")), limit=20)
        self._last = Field(self._both(N_("To (empty: the same day)")), limit=20)
        for field in (self._first, self._last):
            days.addWidget(field, 1)
        card.body.addLayout(days)
        return card

    def _build_book(self) -> QWidget:
        whole = Card(padding=(20, 14, 20, 14))
        self._title = Text(elide=True)
        whole.body.addWidget(self._title)
        self._stack = QStackedWidget()
        whole.flush(self._stack, stretch=1)
        return whole

    def _build_side(self) -> QWidget:
        side = Card(spacing=6)
        side.body.addWidget(heading(self._both(self.title)))
        self._choices = Choices(
            [
                Choice(key, book_words.name(which, self.language))
                for key, which in zip(_BOOKS, self.offered, strict=False)
            ],
            dense=True,
        )
        self._choices.picked.connect(self._picked)
        side.body.addWidget(self._choices)
        ways = side.section()
        ways.addWidget(heading(self._both(N_("Take it out"))))
        kinds = {key: ending[1:].upper() for key, ending in _WAYS.items()}
        self._ways = Choices(
            [Choice(key, Both(kind, "")) for key, kind in kinds.items()], dense=True, across=True
        )
        self._ways.picked.connect(self._take_out)
        ways.addWidget(self._ways)
        return side

    def _table(self, which: Which) -> Table:
        """The table of a book, made when it is first shown."""
        if which not in self._tables:
            columns = [
                Column(
                    book_words.heading(column, self.language),
                    _WIDTHS.get(column, 0),
                    kind(column) in _NUMBERS,
                )
                for column in COLUMNS[which]
            ]
            rows: Rows[_Row] = Rows(columns, lambda one: self._cells(COLUMNS[which], one))
            name = book_words.name(which, self.language)
            table = Table(rows, name.lead, self._both(N_("Nothing on these days.")))
            self._rows[which], self._tables[which] = rows, table
            self._stack.addWidget(table)
        return self._tables[which]

    def _cells(self, columns: tuple[Of, ...], one: _Row) -> tuple[Cell, ...]:
        values, total = one
        gone = Of.CANCELLED in columns and Of.NUMBER in columns and bool(values[columns.index(Of.CANCELLED)])
        tone = "ink3" if gone and not total else "ink"
        return tuple(
            Cell(_short(column, value), tone, bold=total)
            for column, value in zip(columns, values, strict=True)
        )

    # -- doing ---------------------------------------------------------------------------------------

    @Slot(str)
    def _picked(self, key: str) -> None:
        self._choose(self.offered[_BOOKS.index(key)])

    def _choose(self, which: Which) -> None:
        self._which = which
        self._choices.select(self.offered.index(which))
        self._stack.setCurrentWidget(self._table(which))
        self._ask()

    def _ask(self) -> None:
        """Read the book; a day that is none is said at its field."""
        days = self._days()
        if days is None:
            return
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        which, (first, last), language = self._which, days, self.language
        self.frame.untell()
        self.fetch(lambda: books.book(desk, session, which, first, last, language, at), self._show)

    def _days(self) -> tuple[date, date] | None:
        found = []
        missing = business_day(self.frame.now())
        for field in (self._first, self._last):
            field.right()
            typed = field.text().strip()
            try:
                missing = read_day(typed) if typed else missing
            except Refused as why:
                field.wrong(sentence(why, self.language))
                return None
            found.append(missing)
        return found[0], found[1]

    def _show(self, found: Book) -> None:
        self._book = found
        words = book_words.name(found.which, self.language)
        self._title.show_runs(
            Run(words.lead, "body", "ink", bold=True), Run(words.second, "body", "ink3"),
            Run(book_words.span(found), "body", "ink", bold=True),
        )  # fmt: skip
        lines: list[_Row] = [(one, False) for one in found.rows]
        if lines:
            lines.append((found.totals, True))
        self._rows[found.which].replace(lines)
        if lines:
            self._tables[found.which].select(0)

    @Slot(str)
    def _take_out(self, key: str) -> None:
        found = self._book
        self._ways.select(-1)
        if found is None or found.which is not self._which:
            return
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), uuid4()
        ending, language = _WAYS[key], self.language
        stem = f"{found.which} {found.first.isoformat()} {found.last.isoformat()}"

        def hand_out(pdf: MakesPdf, folder: Path) -> Path:
            return books.hand_out(desk, session, act, found, language, folder / f"{stem}{ending}", pdf, at)

        self.frame.take_out(hand_out)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)


def _short(column: Of, value: Value) -> str:
    """A value as it stands in a narrow column: of an instant no year, of a number no letters."""
    if column is Of.NUMBER and isinstance(value, str):
        return "-".join(value.split("-")[:_NUMBER_PARTS])
    if isinstance(value, datetime):
        return f"{short_day(in_india(value).date())} {clock(value)}"
    return book_words.text(column, value)
