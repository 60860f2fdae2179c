"""Copies in other places: whole, checked before they count, never at the cost of what lay there before."""

import errno
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.domain.backup_refusals import (
    BackupPlaceFailed,
    BackupPlaceFull,
    BackupPlaceMissing,
    BackupStopped,
    BackupUnsound,
    RecoveryCodeWrong,
)
from counter_app.domain.refusals import StoreDamaged
from counter_app.store import backup, engine, recovery
from counter_app.store.backup import back_up, back_up_everywhere, look_through
from counter_app.store.book import Book
from counter_app.store.keys import new_keys
from counter_app.store.projections import rebuild_and_compare
from tests.store.office import NOW, create, open_book, pay, register


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def paid(book: Book, times: int = 1) -> None:
    with book.writing() as page:
        for _ in range(times):
            pay(page)


def test_a_copy_has_everything_and_stands_alone(tmp_path: Path, place: Path) -> None:
    book = create(tmp_path / "office")
    paid(book, 3)
    made = back_up(book, place, NOW)
    assert [file.name for file in place.iterdir()] == [made.name]
    assert made.entries == 4
    with book.copied(place / made.name) as connection:
        assert look_through(connection, book.public_key) == 4
        assert rebuild_and_compare(connection) == ()
    assert (place / made.name).stat().st_mode & 0o077 == 0
    assert b"SQLite" not in (place / made.name).read_bytes()
    book.close()


def test_whoever_records_meanwhile_does_not_wait_and_the_copy_is_of_one_moment(
    tmp_path: Path, place: Path
) -> None:
    book, stop, recorded = create(tmp_path / "office"), threading.Event(), [0]

    def record() -> None:
        while not stop.is_set():
            with book.writing() as page:
                pay(page)
                register(page)
            recorded[0] += 1

    writer = threading.Thread(target=record)
    writer.start()
    made = [back_up(book, place, NOW + timedelta(minutes=minute)) for minute in range(5)]
    stop.set()
    writer.join()
    assert recorded[0] > 0
    for one in made:
        with book.copied(place / one.name) as connection:
            assert rebuild_and_compare(connection) == ()
            # Both of a page or neither.
            assert (one.entries - 1) % 2 == 0 or one.entries == 0
    book.close()


def test_a_copy_may_be_made_beside_the_window(tmp_path: Path, place: Path) -> None:
    book = create(tmp_path / "office")
    paid(book)
    beside = open_book(tmp_path / "office", reading_only=True)
    assert back_up(beside, place, NOW).entries == 2
    beside.close()
    book.close()


def test_a_place_that_is_not_there_is_not_made(tmp_path: Path, place: Path) -> None:
    book = create(tmp_path / "office")
    gone, file = tmp_path / "pulled out", tmp_path / "a file"
    file.write_bytes(b"")
    outcomes = back_up_everywhere(book, [gone, place, file], NOW)
    assert [one.refusal for one in outcomes] == [
        BackupPlaceMissing(str(gone)), None, BackupPlaceMissing(str(file)),
    ]  # fmt: skip
    assert not gone.exists()
    assert backup.standing(book, gone).free_mb is None
    assert backup.standing(book, place).newest == outcomes[1].made
    book.close()


def test_a_copy_that_does_not_pass_its_check_is_taken_away_and_the_older_one_stays(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = create(tmp_path / "office")
    made = back_up(book, place, NOW)

    def spoilt(descriptor: int, *_asked: int) -> None:
        """A drive that gives other bytes back than were written, once they are in memory no more."""
        os.pwrite(descriptor, os.urandom(4096), os.fstat(descriptor).st_size // 2)

    monkeypatch.setattr(os, "posix_fadvise", spoilt)
    with pytest.raises(BackupUnsound):
        back_up(book, place, NOW + timedelta(hours=1))
    assert [file.name for file in place.iterdir()] == [made.name]
    book.close()


def test_a_damaged_book_makes_no_copy(tmp_path: Path, place: Path) -> None:
    book = create(tmp_path / "office")
    paid(book, 30)
    book.close()
    file = tmp_path / "office" / "counter.db"
    book = open_book(tmp_path / "office", reading_only=True)
    with file.open("r+b") as opened:
        half = file.stat().st_size // 2
        opened.seek(half)
        opened.write(os.urandom(half))
    with pytest.raises((StoreDamaged, BackupUnsound)):
        back_up(book, place, NOW)
    assert not list(place.iterdir())
    book.close()


@pytest.mark.parametrize(
    ("fault", "refusal"), [(errno.ENOSPC, BackupPlaceFull), (errno.EIO, BackupPlaceFailed)]
)
def test_a_drive_that_fails_midway_leaves_nothing_half(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch, fault: int, refusal: type[Exception]
) -> None:
    book = create(tmp_path / "office")

    def failing(_descriptor: int) -> None:
        raise OSError(fault, os.strerror(fault))

    with monkeypatch.context() as drive:
        drive.setattr(os, "fsync", failing)
        with pytest.raises(refusal):
            back_up(book, place, NOW)
    assert not list(place.iterdir())
    assert back_up(book, place, NOW).entries == 0
    book.close()


def test_what_is_superfluous_goes_and_another_counter_s_stays(tmp_path: Path, place: Path) -> None:
    book, other = create(tmp_path / "office"), create(tmp_path / "other", counter=3)
    back_up(other, place, NOW)
    for hour in range(12):
        back_up(book, place, NOW + timedelta(hours=hour))
    assert backup.standing(book, place).copies == 8
    assert backup.standing(other, place).copies == 1
    book.close()
    other.close()


def test_the_keys_lie_beside_under_the_code_alone(tmp_path: Path, place: Path) -> None:
    book, keys, code = create(tmp_path / "office"), new_keys(), recovery.new_code()
    back_up(book, place, NOW)
    assert not list(place.glob("*.keys"))
    with book.writing() as page:
        recovery.put_sealed_keys(page, recovery.seal(keys, code))
    back_up(book, place, NOW)
    (sealed,) = place.glob("*.keys")
    typed = code.lower().replace("-", " ").replace("1", "l").replace("0", "o")
    assert recovery.unseal(sealed.read_bytes(), typed) == keys
    assert keys.database not in sealed.read_bytes()
    for wrong in ("", recovery.new_code(), code[:-1]):
        with pytest.raises(RecoveryCodeWrong):
            recovery.unseal(sealed.read_bytes(), wrong)
    with pytest.raises(RecoveryCodeWrong):
        recovery.unseal(b"something else", code)
    book.close()


@pytest.mark.parametrize("checking", [False, True])
def test_a_copy_can_be_stopped_while_it_is_made_and_while_it_is_checked(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch, checking: bool
) -> None:
    monkeypatch.setattr(engine, "_STEP", 20)
    monkeypatch.setattr(backup, "_INSTRUCTIONS", 100)
    book = create(tmp_path / "office")
    paid(book, 3)
    before = back_up(book, place, NOW)
    paid(book)
    told: list[tuple[int, int]] = []

    def stop(done: int, pages: int) -> None:
        told.append((done, pages))
        if (done, pages) == (1, 1) if checking else done < pages:
            raise BackupStopped

    with pytest.raises(BackupStopped):
        back_up_everywhere(book, [place], NOW + timedelta(hours=1), stop)
    assert [file.name for file in place.glob("*counter*")] == [before.name]
    counts = [done for done, _ in told]
    assert counts == sorted(counts) or checking
    assert (told[-1] == (1, 1)) is checking
    with book.writing() as page:  # nothing is held open by it
        pay(page)
    assert back_up(book, place, NOW + timedelta(hours=2)).entries == before.entries + 2
    book.close()


def test_how_far_all_copies_are_is_told_as_one(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_STEP", 20)
    book, other, told = create(tmp_path / "office"), tmp_path / "other", list[float]()
    other.mkdir()
    back_up_everywhere(book, [place, other], NOW, lambda done, pages: told.append(done / pages))
    assert told == sorted(told)
    assert 0 < told[0] < 0.5 < told[len(told) // 2 + 1]
    assert told[-1] == 1
    book.close()
