"""CSV for other people's spreadsheets: no cell is ever a formula, and the file is there whole or not."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from counter_app.domain.refusals import DiskFailed

_FORMULA = re.compile(r"[\s'\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?")


def safe(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


class SafeCsv:
    """A CSV being written: UTF-8 with its mark, lines as Windows ends them. Gone unless ``keep`` was called.

    ``DiskFailed`` when it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._part = path, path.with_name(f"{path.name}.part")
        self._hash = hashlib.sha256()
        self.rows = 0
        try:
            self._file = self._part.open("wb")
        except OSError as fault:
            raise DiskFailed from fault
        self._line = io.StringIO(newline="")
        self._writer = csv.writer(self._line, lineterminator="\r\n")
        self._put(b"\xef\xbb\xbf")

    @property
    def sha256(self) -> str:
        """Of all that was written so far, in hex."""
        return self._hash.hexdigest()

    def headings(self, names: Iterable[str]) -> None:
        """The first row."""
        self._row(names)

    def row(self, cells: Iterable[str]) -> None:
        """One more row."""
        self.rows += 1
        self._row(map(safe, cells))

    def keep(self) -> None:
        """Let the whole file take its name."""
        try:
            self._file.close()
            self._part.replace(self._path)
        except OSError as fault:
            raise DiskFailed from fault

    def __enter__(self) -> "SafeCsv":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # a full disk refuses what is still to be written once more
            self._file.close()
        self._part.unlink(missing_ok=True)

    def _row(self, cells: Iterable[str]) -> None:
        self._line.seek(0)
        self._line.truncate()
        self._writer.writerow(cells)
        self._put(self._line.getvalue().encode("utf-8", "replace"))

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        try:
            self._file.write(data)
        except OSError as fault:
            raise DiskFailed from fault
