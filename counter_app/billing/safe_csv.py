"""CSV for other people's spreadsheets: no cell is ever a formula, and the file is there whole or not."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from counter_app.domain.file_refusals import FolderMissing
from counter_app.domain.refusals import DiskFailed
from counter_app.whole_file import WholeFile

_FORMULA = re.compile(r"[\s'\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[-+]?[0-9][0-9,]*(?:\.[0-9]+)?")


def safe(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


class SafeCsv:
    """A CSV being written: UTF-8 with its mark, lines as Windows ends them. Gone unless ``keep`` was called.

    ``FolderMissing`` or ``DiskFailed`` when it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.rows = 0
        self._line = io.StringIO(newline="")
        self._writer = csv.writer(self._line, lineterminator="\r\n")
        with _refusing(path):
            self._file = WholeFile(path)
            self._file.write(b"\xef\xbb\xbf")

    @property
    def sha256(self) -> str:
        """Of all that was written so far, in hex."""
        return self._file.sha256

    def headings(self, names: Iterable[str]) -> None:
        """The first row."""
        self._row(names)

    def row(self, cells: Iterable[str]) -> None:
        """One more row."""
        self.rows += 1
        self._row(map(safe, cells))

    def keep(self) -> None:
        """Let the whole file take its name."""
        with _refusing(self._file.path):
            self._file.keep()

    def __enter__(self) -> "SafeCsv":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.__exit__(kind, value, trace)

    def _row(self, cells: Iterable[str]) -> None:
        self._line.seek(0)
        self._line.truncate()
        self._writer.writerow(cells)
        with _refusing(self._file.path):
            self._file.write(self._line.getvalue().encode("utf-8", "replace"))


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as fault:
        raise FolderMissing(str(path.parent)) from fault
    except OSError as fault:
        raise DiskFailed from fault
