"""CSV as billing systems and Excel write it: UTF-8 or UTF-16; comma, semicolon or tab.

A row whose quotation marks do not fit is broken by itself: reading goes on with the line after the one
it begins on, so a mark that is never closed costs one row, not all that follow.
"""

import csv
import io
from collections.abc import Iterator

from counter_app.billing.source import LONGEST_CELL, LONGEST_ROW, MOST_COLUMNS, Line
from counter_app.domain.file_refusals import (
    FileCutShort,
    FileEncoding,
    FileNulBytes,
    FileTooWide,
    RowBroken,
    RowTooLong,
)
from counter_app.domain.refusals import Refused, TextTooLong

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb": "utf-8-sig"}
_DELIMITERS = "\t;,"
_BUFFER = 1 << 16
_STRAY = 16  # control characters that a text may have got; more are no text
_ENDS_INSIDE = {"unexpected end of data", "truncated data"}  # of a character


def encoding_of(begins: bytes) -> str | None:
    """The encoding by the first bytes of a file; None when they cannot be those of a text."""
    if begins[:2] in _MARKS:
        return _MARKS[begins[:2]]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in begins if byte)
    return None if controls > max(len(begins) // 50, _STRAY) else "utf-8"


def lines(data: io.BufferedReader, encoding: str, name: str) -> Iterator[Line]:
    """The rows of a text; refuses the whole file for NUL, another encoding, or an end inside a row."""
    texts = _Texts(data, encoding, name)
    csv.field_size_limit(LONGEST_CELL)
    delimiter, width = _delimiter(texts), 0
    reader = csv.reader(texts, delimiter=delimiter, strict=True)
    while True:
        texts.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield _broken(texts, fault)
            continue
        if not any(cells):
            continue
        width = width or len(cells)
        if width > MOST_COLUMNS:
            raise FileTooWide(name, MOST_COLUMNS)
        if len(cells) < width and texts.unended:
            raise FileCutShort(name)
        yield Line(texts.number, cells)


def _broken(texts: "_Texts", fault: csv.Error) -> Line:
    """The row that cannot be taken apart; what it had swallowed is read again."""
    row, *swallowed = texts.taken
    if texts.unended and not swallowed and "unexpected end" in str(fault):
        raise FileCutShort(texts.name) from fault
    texts.push_back(swallowed)
    why: Refused = RowBroken()
    if len(row) > LONGEST_ROW:
        why = RowTooLong(LONGEST_ROW)
    elif len(row) > LONGEST_CELL and not swallowed:
        why = TextTooLong(LONGEST_CELL, len(row))
    return Line(texts.number, [row.rstrip("\r\n")[:LONGEST_CELL]], why)


def _delimiter(texts: "_Texts") -> str:
    """The one that parts the headings most often; the headings are given again."""
    try:
        first = next(texts, "")
    except csv.Error as fault:
        raise FileTooWide(texts.name, MOST_COLUMNS) from fault
    texts.push_back([first])
    return max(_DELIMITERS, key=first.count)


class _Texts:
    """The lines of a text, one at a time; knows which of them the present row was made of."""

    def __init__(self, data: io.BufferedReader, encoding: str, name: str) -> None:
        self.name = name
        self.number = 1
        self.taken: list[str] = []
        self.unended = False
        self._again: list[str] = []
        self._read = io.TextIOWrapper(data, encoding, newline="").readline

    def begin(self) -> None:
        """A new row begins behind what was taken."""
        self.number += len(self.taken)
        self.taken.clear()

    def push_back(self, lines: list[str]) -> None:
        """Give lines again; the row they were taken for is one line long."""
        self._again += reversed(lines)
        del self.taken[len(self.taken) - len(lines) :]

    def __iter__(self) -> "_Texts":
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._next()
        if not line:
            raise StopIteration
        self.unended = line[-1] not in "\r\n"
        self.taken.append(line)
        if len(line) > LONGEST_ROW:
            raise csv.Error("longer than any row")
        return line

    def _next(self) -> str:
        try:
            line = part = self._read(LONGEST_ROW + 1)
            # Of a row longer than any may be the rest is passed over.
            while len(line) > LONGEST_ROW and part and part[-1] not in "\r\n" and "\0" not in part:
                part = self._read(_BUFFER)
        except UnicodeDecodeError as fault:
            if fault.reason in _ENDS_INSIDE:
                raise FileCutShort(self.name) from fault
            before = fault.object[: fault.start].count(b"\n")
            raise FileEncoding(self.name, self.number + len(self.taken) + before) from fault
        except UnicodeError as fault:
            raise FileEncoding(self.name, self.number + len(self.taken)) from fault
        if "\0" in line or "\0" in part:
            raise FileNulBytes(self.name)
        return line
