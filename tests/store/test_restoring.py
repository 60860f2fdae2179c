"""A copy put back only goes forward: what can still be had comes back, and no number comes twice."""

import os
import shutil
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.domain.acts import NumberGap, SegmentOpened
from counter_app.domain.backup_refusals import (
    BackupForeign,
    BackupUnreadable,
    RecordsWhole,
    RecoveryKeysMissing,
)
from counter_app.domain.numbering import Series
from counter_app.domain.refusals import KeyMissing, StoreNewer
from counter_app.store import journal, replacing, restoring
from counter_app.store.backup import back_up
from counter_app.store.book import Book
from counter_app.store.keys import demo_keys, new_keys
from counter_app.store.projected import last_serial
from counter_app.store.projections import rebuild_and_compare
from counter_app.store.restoring import Remains, bring_back, stage
from counter_app.wire.payloads import decode
from tests.store.office import NOW, PERSON, create, open_book, pay, register, tamper


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with a copy beside it, and two receipts and a complaint recorded since."""
    folder, place = tmp_path / "office", tmp_path / "place"
    place.mkdir()
    book = create(folder)
    with book.writing() as page:
        pay(page)
    back_up(book, place, NOW)
    for _ in range(2):
        with book.writing() as page:
            pay(page)
    with book.writing() as page:
        register(page)
    book.close()
    return folder


def copy_of(office: Path) -> Path:
    (file,) = (office.parent / "place").glob("*.backup")
    return file


def entries(book: Book) -> list[bytes]:
    with book.reading() as connection:
        return [entry.hash for entry in journal.entries(connection)]


def staged(office: Path, to: Path | None = None) -> Book:
    folder = to or office
    keys = demo_keys(office)
    there = stage(folder, copy_of(office), keys)
    return Book.open(there, keys, program="1.0", now=NOW, reason="restored", steady=None)


def test_what_the_old_database_still_has_comes_back_to_the_byte(office: Path) -> None:
    lost = open_book(office)
    everything = entries(lost)
    lost.close()
    book, remains = staged(office), Remains(office, demo_keys(office), "1.0", NOW)
    with book.reading() as connection:
        head = journal.head(connection)
    assert bring_back(book, remains.entries_after(head)) == 3
    assert entries(book) == everything
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        assert journal.check(connection, book.public_key) == 5
        assert last_serial(connection, Series.RECEIPT) == 3
    assert bring_back(book, remains.entries_after(head)) == 0
    remains.close()
    book.close()


def test_a_stranger_s_or_a_changed_entry_does_not_come_back(office: Path, tmp_path: Path) -> None:
    tamper(office, "UPDATE journal SET signature = zeroblob(64) WHERE id = 4")
    book, remains = staged(office), Remains(office, demo_keys(office), "1.0", NOW)
    with book.reading() as connection:
        head = journal.head(connection)
    assert bring_back(book, remains.entries_after(head)) == 1
    other = create(tmp_path / "other")
    with other.writing() as page:
        pay(page)
    with other.reading() as connection:
        assert bring_back(book, journal.entries(connection)) == 0
    for one in (remains, book, other):
        one.close()


def test_numbers_go_on_above_what_the_second_file_knows(office: Path) -> None:
    (office / "counter.db").unlink()
    book = staged(office)
    known = restoring.known_serials(office)
    assert known == (3, 1, 0, 0, 0)
    with book.writing() as page:
        assert page.go_on_above(NumberGap(*known), act=uuid4(), person=PERSON, at=NOW)
        pay(page)
    with book.reading() as connection:
        assert last_serial(connection, Series.RECEIPT) == 4
        assert rebuild_and_compare(connection) == ()
        opened = [one for one in journal.entries(connection) if one.header.kind == 1]
        said = decode(1, 1, opened[-1].payload)
    assert isinstance(said, SegmentOpened)
    assert said.reason == "restored"
    book.close()
    kept = replacing.replace(office, NOW)
    assert kept is not None
    assert [file.name for file in kept.iterdir()] == ["counter.anchor"]
    again = open_book(office)
    assert again.start.anchor == "same"
    again.close()


def test_records_that_are_whole_are_not_replaced(office: Path) -> None:
    remains = Remains(office, demo_keys(office), "1.0", NOW)
    book = staged(office)
    with pytest.raises(RecordsWhole):
        remains.demand_damage(copy_of(office), book.public_key)
    with pytest.raises(BackupForeign):
        remains.demand_damage(copy_of(office), bytes(32))
    book.close()
    remains.close()


@pytest.mark.parametrize("damage", ["cut", "spoilt", "behind", "gone"])
def test_damaged_records_may_be_replaced(office: Path, damage: str) -> None:
    file = office / "counter.db"
    whole = file.read_bytes()
    if damage == "behind":
        shutil.copy(copy_of(office), file)
    elif damage == "gone":
        file.unlink()
    else:
        end = b"" if damage == "cut" else os.urandom(len(whole) // 2)
        file.write_bytes(whole[: len(whole) // 2] + end)
    remains = Remains(office, demo_keys(office), "1.0", NOW)
    book = staged(office)
    remains.demand_damage(copy_of(office), book.public_key)
    book.close()
    remains.close()


def test_what_is_no_copy_is_refused_and_nothing_changed(office: Path, tmp_path: Path) -> None:
    good, keys = copy_of(office), demo_keys(office)
    before = {file.name: file.read_bytes() for file in office.iterdir() if file.is_file()}
    cut, text, newer = tmp_path / "cut.backup", tmp_path / "text.backup", tmp_path / "newer.backup"
    cut.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    text.write_text("nothing", "utf-8")
    for file, refusal in (
        (cut, BackupUnreadable),
        (text, KeyMissing),
        (tmp_path / "missing.backup", BackupUnreadable),
    ):
        with pytest.raises(refusal):
            stage(office, file, keys)
    with pytest.raises(KeyMissing):
        stage(office, good, new_keys())
    there = tmp_path / "newer"
    there.mkdir()
    shutil.copy(good, there / "counter.db")
    shutil.copy(office / "keys.json", there)
    tamper(there, "PRAGMA user_version = 999")
    shutil.copy(there / "counter.db", newer)
    with pytest.raises(StoreNewer):
        stage(office, newer, keys)
    with pytest.raises(RecoveryKeysMissing):
        restoring.sealed_beside(good)
    replacing.clear(office / replacing.STAGE)
    assert {file.name: file.read_bytes() for file in office.iterdir() if file.is_file()} == before


def test_a_kill_at_any_step_of_the_replacing_is_made_good(office: Path, tmp_path: Path) -> None:
    old = (office / "counter.db").read_bytes()
    (office / "counter.db-wal").write_bytes(b"a log of the old one")
    staged(office).close()
    new = (office / replacing.STAGE / "counter.db").read_bytes()
    steps = 0
    while True:
        folder = Path(shutil.copytree(office, tmp_path / f"killed {steps}"))
        done = _killed_after(folder, steps)
        assert Book.exists(folder)
        if (folder / replacing.READY).exists():
            replacing.finish(folder)
        replaced = (folder / "counter.db").read_bytes() == new
        assert replaced or (folder / "counter.db").read_bytes() == old
        assert replaced or not done
        if replaced:
            assert not (folder / "counter.db-wal").exists()
            (kept,) = folder.glob("replaced-*")
            assert (kept / "counter.db").read_bytes() == old
            assert (kept / "counter.db-wal").exists()
            assert not (folder / replacing.READY).exists()
        if done:
            break
        steps += 1
    assert steps > 6


class _Killed(Exception):
    pass


def _killed_after(folder: Path, steps: int) -> bool:
    """Replace, and die before the next rename after so many; whether it came to its end."""
    left = [steps]

    whole = Path.replace

    def rename(self: Path, target: Path) -> Path:
        if not left[0]:
            raise _Killed
        left[0] -= 1
        return whole(self, target)

    with pytest.MonkeyPatch.context() as disk:
        disk.setattr(Path, "replace", rename)
        try:
            replacing.replace(folder, NOW)
        except _Killed:
            return False
    return True
