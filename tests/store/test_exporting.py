"""The journal goes out whole beside its second file, never over another file, also out of a damaged book."""

import hashlib
import os
from pathlib import Path

import pytest

from counter_app.domain.refusals import FileThere, FileUnwritable
from counter_app.store import journal
from counter_app.store.exporting import Exported, export_journal
from counter_app.verify import verify_export
from tests.store.office import create, one_of_each, open_book, pay


def made(folder: Path, payments: int = 3) -> None:
    book = create(folder)
    with book.writing() as page:
        one_of_each(page)
    for _ in range(payments):
        with book.writing() as page:
            pay(page)
    book.close()


def exported(folder: Path, file: Path) -> Exported:
    book = open_book(folder, reading_only=True)
    try:
        return export_journal(book, file)
    finally:
        book.close()


def test_the_export_and_its_second_file_agree(tmp_path: Path) -> None:
    made(tmp_path / "office")
    done = exported(tmp_path / "office", tmp_path / "out.jsonl")
    hashed = hashlib.sha256((tmp_path / "out.jsonl").read_bytes()).hexdigest()
    assert done == Exported(tmp_path / "out.jsonl", tmp_path / "out.anchor", hashed, 17, 0)
    assert done.anchor is not None
    report = verify_export(done.file, [done.anchor])
    assert [fault for fault in report.faults if "drawer" not in fault] == []
    assert (report.entries, [*report.anchored.values()]) == (17, [0])
    assert {file.name for file in tmp_path.iterdir()} == {"office", "out.jsonl", "out.anchor"}


def test_it_works_while_the_counter_works_and_what_came_after_is_ahead(tmp_path: Path) -> None:
    made(tmp_path / "office")
    book = open_book(tmp_path / "office")
    done = exported(tmp_path / "office", tmp_path / "first.jsonl")
    with book.writing() as page:
        pay(page)
    later = exported(tmp_path / "office", tmp_path / "second.jsonl")
    book.close()
    assert done.anchor is not None
    assert later.entries == done.entries + 2
    assert [*verify_export(later.file, [done.anchor]).anchored.values()] == [2]


def test_without_a_name_it_is_named_after_device_and_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "office")
    monkeypatch.chdir(tmp_path)
    book = open_book(tmp_path / "office", reading_only=True)
    left = tmp_path / f"journal-{book.device.hex[:8]}-12.jsonl.part"
    left.write_text("what a killed run left")
    done = export_journal(book, None)
    book.close()
    assert done.file.name == f"journal-{book.device.hex[:8]}-17.jsonl"
    assert (tmp_path / done.file).exists()
    assert not left.exists()


@pytest.mark.parametrize("there", ["out.jsonl", "out.anchor"])
def test_nothing_is_written_over(there: str, tmp_path: Path) -> None:
    made(tmp_path / "office")
    (tmp_path / there).write_text("mine")
    with pytest.raises(FileThere):
        exported(tmp_path / "office", tmp_path / "out.jsonl")
    assert (tmp_path / there).read_text() == "mine"
    assert {file.name for file in tmp_path.iterdir()} == {"office", there}


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    made(tmp_path / "office")
    (tmp_path / "file").write_text("in the way")
    for file in (tmp_path / "none" / "out.jsonl", tmp_path / "file" / "out.jsonl"):
        with pytest.raises(FileUnwritable):
            exported(tmp_path / "office", file)


def test_when_the_journal_cannot_be_written_nothing_stays_behind(tmp_path: Path) -> None:
    made(tmp_path / "office")
    (tmp_path / "out.jsonl.part").mkdir()
    with pytest.raises(FileUnwritable):
        exported(tmp_path / "office", tmp_path / "out.jsonl")
    assert {file.name for file in tmp_path.iterdir()} == {"office", "out.jsonl.part"}


@pytest.mark.parametrize("name", ["out.jsonl", "out.anchor"])
def test_only_its_owner_may_read_it(name: str, tmp_path: Path) -> None:
    made(tmp_path / "office")
    exported(tmp_path / "office", tmp_path / "out.jsonl")
    assert os.name != "posix" or (tmp_path / name).stat().st_mode & 0o077 == 0


def test_without_a_second_file_the_journal_goes_out_alone(tmp_path: Path) -> None:
    made(tmp_path / "office")
    (tmp_path / "office" / "counter.anchor").unlink()
    done = exported(tmp_path / "office", tmp_path / "out.jsonl")
    assert (done.anchor, done.entries) == (None, 17)


def test_out_of_damaged_pages_comes_what_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    made(folder, payments=600)
    whole = exported(folder, tmp_path / "whole.jsonl")
    database = folder / "counter.db"
    data = bytearray(database.read_bytes())
    pages = len(data) // 4096
    kept = bytes(data)
    tried = 0
    # The first half holds the schema too, without which nothing can be read, the end the newest entry, which
    # tells how many there are.
    for page in (pages * eighth // 8 for eighth in (4, 5, 6, 7)):
        data[:] = kept
        data[page * 4096 + 100] ^= 0xFF
        database.write_bytes(data)
        try:
            done = exported(folder, tmp_path / f"{page}.jsonl")
        finally:
            database.write_bytes(kept)
        assert done.entries + done.unreadable == whole.entries
        assert done.entries > whole.entries // 2
        lines = done.file.read_bytes().splitlines()
        assert len(lines) == 1 + done.entries
        assert set(lines) <= set(whole.file.read_bytes().splitlines())
        tried += done.unreadable
    assert tried


def test_rows_of_one_page_after_another_are_those_of_all(tmp_path: Path) -> None:
    made(tmp_path)
    book = open_book(tmp_path, reading_only=True)
    with book.reading() as connection:
        numbers = [number for number, _ in journal.numbered(connection, 3, 9)]
    book.close()
    assert numbers == [4, 5, 6, 7, 8, 9]
