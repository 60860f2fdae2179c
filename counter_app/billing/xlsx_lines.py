"""XLSX: the first sheet's values as text. The archive's headers are looked at before anything is unpacked."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from io import BytesIO
from xml.etree.ElementTree import ParseError

from counter_app.billing.source import LONGEST_CELL, MOST_COLUMNS, Line
from counter_app.domain.file_refusals import FileCutShort, FileNoTable, FileSwells, FileTooWide
from counter_app.domain.refusals import TextTooLong

LARGEST_MB = 64

_MIB = 1 << 20
_BLOCK = 1 << 12
_MOST_MEMBERS = 1_000
_LARGEST_UNPACKED = 1024 * _MIB
_LARGEST_TEXTS = 128 * _MIB  # shared texts are held in memory
_MOST_SWELLING = 150
_SWELLING_FROM = _MIB
_MOST_ROWS = 1 << 20  # as many as Excel itself knows
# Whatever a damaged archive or sheet makes the library stumble over.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, ParseError, EOFError, OSError, KeyError, ValueError, TypeError,
    IndexError, AttributeError, RuntimeError,
)  # fmt: skip


def lines(data: bytes, name: str, unpacked: Callable[[int], None]) -> Iterator[Line]:
    """The rows of the first sheet that shows; refuses a bomb, a damaged file, and one that is no sheet.

    ``unpacked`` is told how many bytes of the archive the rows came out of so far.
    """
    _look_at_headers(data, name)
    try:
        yield from _rows(_Watched(data, unpacked), name)
    except _DAMAGE as fault:
        raise FileNoTable(name) from fault


def _look_at_headers(data: bytes, name: str) -> None:
    """Sizes as the archive states them; what lies about them is stopped by the unpacking itself."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as fault:
        raise FileCutShort(name) from fault
    except _DAMAGE as fault:
        raise FileNoTable(name) from fault
    if "[Content_Types].xml" not in {member.filename for member in members}:
        raise FileNoTable(name)
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or unpacked > _LARGEST_UNPACKED:
        raise FileSwells(name)
    for member in members:
        swells = (
            member.file_size > _SWELLING_FROM and member.file_size > _MOST_SWELLING * member.compress_size
        )
        if swells or ("sharedStrings" in member.filename and member.file_size > _LARGEST_TEXTS):
            raise FileSwells(name)


class _Watched(BytesIO):
    """An archive in memory that tells how much of it was read, whatever is read twice."""

    def __init__(self, data: bytes, unpacked: Callable[[int], None]) -> None:
        super().__init__(data)
        self._unpacked, self._read = unpacked, set[int]()

    def read(self, size: int | None = -1, /) -> bytes:
        begins = self.tell()
        part = super().read(size)
        self._read.update(range(begins // _BLOCK, -(-self.tell() // _BLOCK)))
        self._unpacked(len(self._read) * _BLOCK)
        return part

    def forget_sheets(self) -> None:
        """Count sheets anew: one that does not say how wide it is was read once only to find that out."""
        with zipfile.ZipFile(self) as archive:
            sheets = [member for member in archive.infolist() if "worksheets/" in member.filename]
        for member in sheets:
            begins, ends = member.header_offset, member.header_offset + member.compress_size
            self._read.difference_update(range(begins // _BLOCK, -(-ends // _BLOCK)))


def _rows(data: _Watched, name: str) -> Iterator[Line]:
    from openpyxl import load_workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    book = load_workbook(data, read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
    shown = next((sheet for sheet in sheets if sheet.sheet_state == "visible"), None)
    if shown is None:
        raise FileNoTable(name)
    data.forget_sheets()
    shown.reset_dimensions()  # what the file says of its own size is not believed
    wide = MOST_COLUMNS + 1
    for number, row in enumerate(shown.iter_rows(max_row=_MOST_ROWS, max_col=wide, values_only=True), 1):
        while row and row[-1] is None:
            row = row[:-1]
        if len(row) == wide:
            raise FileTooWide(name, MOST_COLUMNS)
        cells = [_text(value) for value in row]
        longest = max(map(len, cells), default=0)
        if longest > LONGEST_CELL:
            yield Line(number, [cell[:LONGEST_CELL] for cell in cells], TextTooLong(LONGEST_CELL, longest))
        elif any(cells):
            yield Line(number, cells)


def _text(value: object) -> str:
    """A cell as it would stand in a CSV. Of a number Excel shows fifteen digits, and no more are true."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
        case date():
            return value.isoformat()
        case str():
            return value.encode("utf-8", "replace").decode()  # escapes in a sheet can make half a letter
        case int():
            return str(value)
    return format(value, ".15g") if hasattr(value, "is_integer") else str(value)
