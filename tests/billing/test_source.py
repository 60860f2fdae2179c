"""A file from outside is believed only after checking; what is no table is refused in its own words."""

import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from counter_app.billing import source
from counter_app.billing.source import Line, Source
from counter_app.domain import file_refusals as f
from counter_app.domain.refusals import FileUnreadable, Refused, TextTooLong


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    return tmp_path


def lines(folder: Path, data: bytes, name: str = "bills.csv") -> list[Line]:
    path = folder / name
    path.write_bytes(data)
    opened = Source(path)
    try:
        return list(opened.lines())
    finally:
        opened.close()


def cells(folder: Path, data: bytes) -> list[list[str]]:
    return [line.cells for line in lines(folder, data)]


def sheet(rows: list[list[object]]) -> bytes:
    made = BytesIO()
    with Workbook(made, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return made.getvalue()


def archive(**members: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return made.getvalue()


def without_dimension(data: bytes) -> bytes:
    """The same sheet as programs write it that do not know beforehand how wide it becomes."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    members = {name: re.sub(rb"<dimension [^>]*>", b"", text) for name, text in members.items()}
    return archive(**members)


@pytest.mark.parametrize("says_how_wide", [True, False])
def test_a_sheet_tells_how_far_its_rows_are_taken_out(folder: Path, *, says_how_wide: bool) -> None:
    path = folder / "bills.xlsx"
    data = sheet([[number, f"नाम {number * 7919 % 5003}"] for number in range(20_000)])
    path.write_bytes(data if says_how_wide else without_dimension(data))
    with closing(Source(path)) as opened:
        done = [opened.read_bytes for _ in opened.lines()]
    assert done == sorted(done)
    assert 0 < done[0] < opened.size // 2 < done[-1] <= opened.size
    assert done[0] < done[len(done) // 2] < done[-1]
    assert opened.sha256 == sha256(path.read_bytes()).hexdigest()


TABLE = "क्र,नाम\r\n1,सुरेश\r\n2,गीता\r\n"
WANTED = [["क्र", "नाम"], ["1", "सुरेश"], ["2", "गीता"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_csv_comes_in_every_way_excel_writes_it(
    folder: Path, encoding: str, delimiter: str, ending: str
) -> None:
    written = TABLE.replace(",", delimiter).replace("\r\n", ending)
    assert cells(folder, written.encode(encoding)) == WANTED


def test_a_sheet_reads_like_the_same_table_as_csv(folder: Path) -> None:
    data = sheet([["क्र", "राशि", "दिन"], [1, 1495.55, date(2026, 3, 12)], [2204518731, -7, "x"], [], [True]])
    assert cells(folder, data) == [
        ["क्र", "राशि", "दिन"], ["1", "1495.55", "2026-03-12"], ["2204518731", "-7", "x"], ["yes"],
    ]  # fmt: skip
    assert [line.number for line in lines(folder, data)] == [1, 2, 3, 5]


def test_the_hash_is_that_of_all_bytes(folder: Path) -> None:
    data = b"a,b\n" + b"1,2\n" * 50_000
    (folder / "x.csv").write_bytes(data)
    opened = Source(folder / "x.csv")
    assert sum(1 for _ in opened.lines()) == 50_001
    opened.close()
    assert opened.sha256 == sha256(data).hexdigest()
    assert opened.read_bytes == opened.size == len(data)


BOMB = archive(**{"[Content_Types].xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * (200 << 20)})
REFUSED = {
    "empty": (b"", f.FileEmpty),
    "blank": (b" \r\n\r\n", f.FileEmpty),
    "a mark alone": (b"\xef\xbb\xbf", f.FileEmpty),
    "a web page": (b"\r\n<!DOCTYPE html><html><body><table><tr><td>1", f.FileWebPage),
    "an HTML table called xls": (b"<table border=1><tr><th>consumer", f.FileWebPage),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", f.FilePdf),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), f.FileOldExcel),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, f.FileNoTable),
    "a document": (archive(**{"word/document.xml": b"<w/>"}), f.FileNoTable),
    "NUL from the first byte": (bytes(5000), f.FileNulBytes),
    "NUL in the middle": (b"a,b\n1,2\n" * 5000 + bytes(4096), f.FileNulBytes),
    "cut in a row": (b"a,b,c\n1,2,3\n4,5", f.FileCutShort),
    "cut in a quoted cell": (b'a,b\n1,2\n3,"fo', f.FileCutShort),
    "cut in a letter": ("a,b\n1,सुरेश".encode()[:-1], f.FileCutShort),
    "cut in a letter of UTF-16": ("a,b\n1,2".encode("utf-16")[:-1], f.FileCutShort),
    "a sheet cut short": (sheet([["a"], ["b"]])[:-200], f.FileCutShort),
    "a sheet of which only the beginning came": (b"PK\x03\x04\x14", f.FileCutShort),
    "a sheet with a hole": (sheet([["a"], ["b"]]).replace(b"PK\x03\x04", b"XX\x03\x04"), f.FileNoTable),
    "a bomb": (BOMB, f.FileSwells),
    "too many columns": (b"a," * 5_000 + b"\n", f.FileTooWide),
    "too many columns in a sheet": (sheet([list(range(300))]), f.FileTooWide),
    "a row without an end": (b"a" * 3_000_000, f.FileTooWide),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_whole_table_is_refused_in_its_own_words(folder: Path, what: str) -> None:
    data, refusal = REFUSED[what]
    with pytest.raises(refusal):
        lines(folder, data)


def test_a_sheet_with_damaged_insides_is_refused(folder: Path) -> None:
    whole = bytearray(sheet([["a", "b"]] * 300))
    for place in range(200, len(whole) - 600, 97):
        damaged = bytes(whole[:place] + b"\xff\xfe\xfd" + whole[place + 3 :])
        with suppress(f.FileNoTable, f.FileCutShort, f.FileSwells):
            lines(folder, damaged)


def test_another_encoding_is_refused_with_its_line(folder: Path) -> None:
    with pytest.raises(f.FileEncoding) as refusal:
        lines(folder, b"a,b\n" * 3000 + "x,\u00e9\n".encode("latin-1") + b"1,2\n")
    assert refusal.value.line == 3001


def test_a_file_that_is_not_there_or_a_folder_is_refused(folder: Path) -> None:
    for path in (folder / "none.csv", folder):
        with pytest.raises(FileUnreadable):
            Source(path)


def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.csv")
    with pytest.raises(FileUnreadable):
        Source(folder / "pipe.csv")


def test_a_file_above_the_largest_is_refused_before_it_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "LARGEST_CSV_MB", 1)
    with pytest.raises(f.FileTooLarge):
        lines(folder, b"a,b\n" * 300_000)


def test_a_mark_that_does_not_close_costs_one_row(folder: Path) -> None:
    found = lines(folder, b'a,b\n1,2\n"x,3\n4,5\n6,"7"y\n8,9\n')
    assert [(line.number, line.cells, bool(line.broken)) for line in found] == [
        (1, ["a", "b"], False), (2, ["1", "2"], False), (3, ['"x,3'], True), (4, ["4", "5"], False),
        (5, ['6,"7"y'], True), (6, ["8", "9"], False),
    ]  # fmt: skip


def test_a_mark_that_does_not_close_at_all_costs_one_row_of_many(folder: Path) -> None:
    found = lines(folder, b'a,b\n"x,3\n' + b"1,2\n" * 5000)
    assert len(found) == 5002
    assert [line.number for line in found if line.broken] == [2]


def test_a_quoted_cell_may_go_over_lines_and_the_next_row_knows_where_it_stands(folder: Path) -> None:
    found = lines(folder, b'a,b\n"x\r\ny",2\n3,4\n')
    assert [(line.number, line.cells) for line in found[1:]] == [(2, ["x\r\ny", "2"]), (4, ["3", "4"])]


def test_a_row_or_cell_that_is_too_long_is_a_row_that_is_not_taken(folder: Path) -> None:
    found = lines(folder, b"a,b\n" + b"x," * 30_000 + b"\n1,2\n" + b"y" * 3000 + b",1\n3,4\n")
    assert [type(line.broken) for line in found] == [
        type(None), f.RowTooLong, type(None), TextTooLong, type(None),
    ]  # fmt: skip
    long = sheet([["a", "b"], ["y" * 3000, 1]])
    assert [type(line.broken) for line in lines(folder, long)] == [type(None), TextTooLong]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=3000) | st.text(alphabet='ab",;\t\r\n\0क1 ', max_size=300).map(str.encode))
@example(b'"')
@example(b'""\n"')
@example(b"\xff\xfe")
@example(b"PK\x03\x04" + bytes(100))
def test_any_bytes_give_rows_or_a_refusal(folder: Path, data: bytes) -> None:
    try:
        found = lines(folder, data)
    except Refused:
        return
    assert [line.number for line in found] == sorted({line.number for line in found})
