"""What is written for other people's spreadsheets holds no live formula, and is there whole or not at all."""

import csv
import resource
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.billing.safe_csv import SafeCsv, safe
from counter_app.domain.file_refusals import FolderMissing
from counter_app.domain.refusals import DiskFailed

LIVE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1",
    "'=1",
    "\n=1",
    "\ufeff=1",
]


@pytest.mark.parametrize("cell", LIVE)
def test_a_formula_becomes_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "राम", "-45.00", "+919826048210", "1,23,456.50", "a=b", "12-03-2026", "N2204518731"]
)
def test_names_and_amounts_stay(cell: str) -> None:
    assert safe(cell) == cell


@given(st.text(max_size=40))
def test_no_text_begins_a_formula(cell: str) -> None:
    made = safe(cell).lstrip(" \t\r\n\ufeff\u200b\u3000")
    assert made[:1] not in "=@＝＋－＠" or not made
    assert made[:1] not in "+-" or made[1:2].isdigit() or made == ""


def test_the_file_is_utf8_with_its_mark_and_windows_lines(tmp_path: Path) -> None:
    with SafeCsv(tmp_path / "x.csv") as file:
        file.headings(["क्र", "b"])
        file.row(["1", 'say "a", b\nc'])
        file.keep()
    data = (tmp_path / "x.csv").read_bytes()
    assert data == '\ufeffक्र,b\r\n1,"say ""a"", b\nc"\r\n'.encode()
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as read:
        assert list(csv.reader(read)) == [["क्र", "b"], ["1", 'say "a", b\nc']]


def test_what_is_not_kept_is_gone_and_what_was_there_stays(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("old", "utf-8")
    with SafeCsv(tmp_path / "x.csv") as file:
        file.headings(["new"])
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    assert (tmp_path / "x.csv").read_text("utf-8") == "old"


def test_a_full_disk_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with SafeCsv(tmp_path / "x.csv") as file:
        file.row(["a"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            with pytest.raises(DiskFailed):
                file.keep()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderMissing):
        SafeCsv(tmp_path / "none" / "x.csv")
