"""A file from outside, believed only after checking: what it is, how large, and its rows as text."""

import hashlib
import io
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from counter_app.domain.file_refusals import (
    FileCutShort,
    FileEmpty,
    FileNoTable,
    FileOldExcel,
    FilePdf,
    FileTooLarge,
    FileWebPage,
)
from counter_app.domain.refusals import FileUnreadable, Refused

LARGEST_CSV_MB = 1024
MOST_COLUMNS = 200
LONGEST_CELL = 2_000
LONGEST_ROW = 20_000

_LOOKED_AT = 1024
_MIB = 1 << 20
_BLOCK = 1 << 18
_ZIP, _CUT_ZIP = b"PK\x03\x04", b"PK"
_WEB = (b"<!doctype", b"<html", b"<head", b"<body", b"<table", b"<?xml", b"<meta", b"<script", b"<!--")


class Line(NamedTuple):
    """A row as it stands in the file: the line it begins on, from 1, and its cells.

    ``broken`` says why it cannot be taken apart; the cells then hold its text as one.
    """

    number: int
    cells: list[str]
    broken: Refused | None = None


class Source:
    """An open file. ``lines`` is read once; afterwards ``sha256`` is that of the bytes that were read.

    ``read_bytes`` is how far the rows are taken out of them.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name.encode("utf-8", "replace").decode()
        self._hash = hashlib.sha256()
        self.read_bytes = 0
        try:
            state = path.stat()
            if not stat.S_ISREG(state.st_mode):  # a pipe nobody writes to would hold the reader for ever
                raise FileUnreadable(self.name)
            self.size = state.st_size
            self._file = path.open("rb")
        except OSError as fault:
            raise FileUnreadable(self.name) from fault
        try:
            self._open_lines = self._recognised()
        except BaseException:
            self.close()
            raise

    @property
    def sha256(self) -> str:
        """Of the bytes read so far, in hex."""
        return self._hash.hexdigest()

    def lines(self) -> Iterator[Line]:
        """The rows, headings first, empty ones left out; refuses the file as soon as it cannot be whole."""
        return self._open_lines()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _recognised(self) -> Callable[[], Iterator[Line]]:
        from counter_app.billing import csv_lines, xlsx_lines

        begins = self._block(_LOOKED_AT)
        plain = begins.removeprefix(b"\xef\xbb\xbf").lstrip()[:_LOOKED_AT].lower()
        if not plain:
            raise FileEmpty(self.name)
        if plain.startswith(b"%pdf-"):
            raise FilePdf(self.name)
        if begins.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            raise FileOldExcel(self.name)
        if plain.startswith(_WEB):
            raise FileWebPage(self.name)
        if begins.startswith(_ZIP):
            data = begins + self._all(xlsx_lines.LARGEST_MB)
            self.read_bytes = 0  # the work begins with unpacking
            return lambda: xlsx_lines.lines(data, self.name, self._unpacked)
        if begins.startswith(_CUT_ZIP) and len(begins) < 30:
            raise FileCutShort(self.name)
        if self.size > LARGEST_CSV_MB * _MIB:
            raise FileTooLarge(self.name, LARGEST_CSV_MB)
        encoding = csv_lines.encoding_of(begins)
        if encoding is None:
            raise FileNoTable(self.name)
        return lambda: csv_lines.lines(io.BufferedReader(_Raw(self._block, begins)), encoding, self.name)

    def _block(self, size: int) -> bytes:
        """The next bytes, hashed and counted."""
        try:
            block = self._file.read(size)
        except OSError as fault:
            raise FileUnreadable(self.name) from fault
        self._hash.update(block)
        self.read_bytes += len(block)
        return block

    def _unpacked(self, count: int) -> None:
        """Of an archive, which is read as a whole before, so many bytes are taken out."""
        self.read_bytes = min(count, self.size)

    def _all(self, megabytes: int) -> bytes:
        if self.size > megabytes * _MIB:
            raise FileTooLarge(self.name, megabytes)
        return b"".join(iter(lambda: self._block(_BLOCK), b""))


class _Raw(io.RawIOBase):
    """The bytes that were looked at already, then the rest."""

    def __init__(self, block: Callable[[int], bytes], begins: bytes) -> None:
        self._block, self._left = block, begins

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self._left[: len(buffer)] or self._block(len(buffer))
        self._left = self._left[len(buffer) :]
        buffer[: len(block)] = block
        return len(block)
