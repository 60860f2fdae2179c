"""The second file: a database that was put back or cut short shows itself."""

import json
import shutil
from pathlib import Path

import pytest

from counter_app.domain.acts import SegmentOpened
from counter_app.domain.entry import Kind, Place
from counter_app.domain.refusals import StoreBehind
from counter_app.store import journal
from counter_app.store.anchor import Anchor, Anchored, read_anchor
from counter_app.wire.payloads import decode
from tests.store.office import create, open_book, pay


def paid(folder: Path, times: int = 1) -> None:
    book = create(folder) if not (folder / "counter.db").exists() else open_book(folder)
    for _ in range(times):
        with book.writing() as page:
            pay(page)
    book.close()


def state(folder: Path) -> str:
    book = open_book(folder)
    book.close()
    return book.start.anchor


def test_the_anchor_names_the_newest_entry(tmp_path: Path) -> None:
    paid(tmp_path, 3)
    anchored = read_anchor(tmp_path)
    book = open_book(tmp_path)
    with book.reading() as connection:
        head = journal.head(connection)
    book.close()
    assert head is not None
    assert anchored == Anchored(head.place, head.hash, head.signature, (3, 0, 0, 0, 0))
    assert book.start.anchor == "same"


def test_yesterday_s_database_put_back_is_not_written_to(tmp_path: Path) -> None:
    paid(tmp_path)
    shutil.copy(tmp_path / "counter.db", tmp_path / "yesterday.db")
    paid(tmp_path)
    lost = read_anchor(tmp_path)
    assert lost is not None
    assert lost.serials == (2, 0, 0, 0, 0)
    shutil.copy(tmp_path / "yesterday.db", tmp_path / "counter.db")
    with pytest.raises(StoreBehind) as found:
        open_book(tmp_path)
    assert found.value == StoreBehind(1, 0, 2, 0)
    book = open_book(tmp_path, reading_only=True)
    assert (book.start.anchor, book.start.damage) == ("behind", "second file")
    book.close()
    assert read_anchor(tmp_path) == lost


def test_a_missing_second_file_leaves_its_mark_in_the_journal(tmp_path: Path) -> None:
    paid(tmp_path)
    (tmp_path / "counter.anchor").unlink()
    paid(tmp_path)
    book = open_book(tmp_path)
    with book.reading() as connection:
        opened = [entry for entry in journal.entries(connection) if entry.header.kind == Kind.SEGMENT_OPENED]
    book.close()
    reason = decode(Kind.SEGMENT_OPENED, 1, opened[-1].payload)
    assert isinstance(reason, SegmentOpened)
    assert reason.reason == "second file missing"


def test_an_anchor_of_an_earlier_moment_is_what_a_kill_leaves(tmp_path: Path) -> None:
    paid(tmp_path)
    shutil.copy(tmp_path / "counter.anchor", tmp_path / "before.anchor")
    paid(tmp_path)
    shutil.copy(tmp_path / "before.anchor", tmp_path / "counter.anchor")
    assert state(tmp_path) == "ahead"


def test_a_missing_or_unreadable_anchor_is_said(tmp_path: Path) -> None:
    paid(tmp_path)
    for spoilt in (b"", b"x", bytes(8192), b"\xff" * 9000):
        (tmp_path / "counter.anchor").write_bytes(spoilt)
        assert state(tmp_path) == "missing"
    (tmp_path / "counter.anchor").unlink()
    assert state(tmp_path) == "missing"


def test_a_torn_write_leaves_the_entry_before(tmp_path: Path) -> None:
    anchor = Anchor(tmp_path)
    first, second = (
        Anchored(Place(5, seq), bytes([seq]) * 32, bytes(64), (seq, 0, 0, 0, 0)) for seq in (1, 2)
    )
    anchor.write(first)
    before = (tmp_path / "counter.anchor").read_bytes()
    anchor.write(second)
    anchor.close()
    after = (tmp_path / "counter.anchor").read_bytes()
    assert read_anchor(tmp_path) == second
    assert len(after) == len(before)
    changed = [at for at in range(len(after)) if after[at] != before[at]]
    for cut in range(changed[0] + 1, changed[-1], 7):
        (tmp_path / "counter.anchor").write_bytes(after[:cut] + before[cut:])
        assert read_anchor(tmp_path) == first


def test_a_commit_stands_when_the_anchor_cannot_be_written(tmp_path: Path) -> None:
    paid(tmp_path)
    (tmp_path / "counter.anchor").unlink()
    (tmp_path / "counter.anchor").mkdir()
    book = open_book(tmp_path)
    assert (book.start.anchor, book.anchor_kept) == ("missing", False)
    with book.writing() as page:
        pay(page)
    assert not book.anchor_kept
    (tmp_path / "counter.anchor").rmdir()
    with book.writing() as page:
        pay(page)
    assert book.anchor_kept
    book.close()
    assert state(tmp_path) == "same"


def test_the_export_is_lines_that_begin_with_who(tmp_path: Path) -> None:
    paid(tmp_path, 2)
    book = open_book(tmp_path)
    with book.reading() as connection:
        lines = list(journal.export(connection))
        entries = list(journal.entries(connection))
    book.close()
    first = json.loads(lines[0])
    assert first["format"] == "counter-journal"
    assert (first["device"], first["public_key"]) == (str(book.device), book.public_key.hex())
    assert len(lines) == 1 + len(entries) == 4
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)
    assert set(json.loads(lines[1])) == {"header", "payload", "salt", "signature"}
