"""Opening the book: one program, the right key, a known version, proved settings, an honest report."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.refusals import (
    AlreadyRunning,
    DemoKeyRefused,
    DiskFull,
    FileUnreadable,
    KeyMissing,
    KeyNotFitting,
    StoreDamaged,
    StoreNewer,
    StoreTooOld,
)
from counter_app.store import engine, finds, keys, migrate
from counter_app.store.book import Book
from tests.store.office import NOW, OFFICE, SURESH, create, elsewhere, one_of_each, open_book, pay, tamper


def test_a_new_book_knows_its_office_and_is_sound(book: Book) -> None:
    assert book.office == OFFICE
    assert book.start.clean_close
    assert (book.start.anchor, book.start.damage, book.start.last_entry_at) == ("same", "", None)
    assert book.start.opened_at == NOW
    assert book.start.free_mb > 0


def test_the_settings_are_those_that_survive_a_power_cut(book: Book) -> None:
    with book.writing() as page:
        settings = {
            name: page.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("synchronous", "journal_mode", "foreign_keys", "mmap_size", "application_id")
        }
        assert page.connection.exec_driver_sql("PRAGMA cipher_version").scalar()
    assert settings == {
        "synchronous": 3,
        "journal_mode": "wal",
        "foreign_keys": 1,
        "mmap_size": 0,
        "application_id": migrate.APPLICATION_ID,
    }
    assert engine.sqlite_version() >= engine.OLDEST_SQLITE


def test_an_unsafe_sqlite_is_refused(book: Book, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(engine, "OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(StoreTooOld):
        create(tmp_path / "other")
    assert book.start.quick_check_ok


def test_a_second_book_in_the_same_place_is_refused(book: Book) -> None:
    with pytest.raises(FileExistsError):
        create(book.folder)


def test_there_is_no_book_in_an_empty_folder(tmp_path: Path) -> None:
    assert not Book.exists(tmp_path)
    with pytest.raises(FileUnreadable):
        open_book(tmp_path)


def test_a_second_program_is_refused_until_the_first_has_gone(book: Book) -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from counter_app.domain.refusals import AlreadyRunning\n"
        "from tests.store.office import open_book\n"
        "try:\n    open_book(Path(sys.argv[1])).close()\nexcept AlreadyRunning:\n    print('refused')"
    )
    assert elsewhere(code, str(book.folder)).stdout == "refused\n"
    with pytest.raises(AlreadyRunning):
        open_book(book.folder)
    with book.reading() as connection:
        assert finds.found(connection, [SURESH.number], ())
    book.close()
    assert elsewhere(code, str(book.folder)).stdout == ""


def test_a_wrong_key_is_said_and_leaves_the_book_usable(tmp_path: Path) -> None:
    create(tmp_path).close()
    wrong = replace(keys.demo_keys(tmp_path), database=bytes(32))
    with pytest.raises(KeyNotFitting):
        Book.open(tmp_path, wrong, program="1.0", now=NOW, steady=None)
    open_book(tmp_path).close()


def test_a_newer_book_is_refused_and_not_touched(tmp_path: Path) -> None:
    create(tmp_path).close()
    tamper(tmp_path, "PRAGMA user_version = 99")
    before = (tmp_path / "counter.db").read_bytes()
    for reading_only in (False, True):
        with pytest.raises(StoreNewer):
            open_book(tmp_path, reading_only=reading_only)
    assert (tmp_path / "counter.db").read_bytes() == before


def test_a_program_that_was_killed_shows_at_the_next_start(tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from tests.store.office import create, pay\n"
        "book = create(Path(sys.argv[1]))\n"
        "with book.writing() as page:\n    pay(page)\n"
        "os._exit(1)"
    )
    elsewhere(code, str(tmp_path))
    book = open_book(tmp_path)
    assert not book.start.clean_close
    assert (book.start.receipts_checked, book.start.anchor) == (1, "same")
    with book.reading() as connection:
        assert [job.copy for job in finds.jobs_in_doubt(connection, book.segment)] == [1]
    book.close()
    again = open_book(tmp_path)
    assert again.start.clean_close
    again.close()


def test_only_earlier_runs_leave_papers_in_doubt(book: Book) -> None:
    with book.writing() as page:
        pay(page)
    with book.reading() as connection:
        assert finds.jobs_in_doubt(connection, book.segment) == ()


def test_reading_only_takes_no_lock_and_writes_nothing(book: Book) -> None:
    with book.writing() as page:
        pay(page)
    beside = open_book(book.folder, reading_only=True)
    assert beside.start.receipts_checked == 1
    with beside.reading() as connection:
        assert finds.found(connection, [SURESH.number], ())[0].paid == 64000
    with pytest.raises(StoreDamaged), beside.writing():
        pass
    beside.close()
    with book.writing() as page:
        pay(page)


def test_money_needs_room(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.room_for_money()
    monkeypatch.setattr("counter_app.store.book.ROOM_FOR_MONEY_MB", shutil.disk_usage(book.folder).free)
    with pytest.raises(DiskFull):
        book.room_for_money()


def test_demo_keys_are_the_owner_s_and_say_what_they_are(tmp_path: Path) -> None:
    made = keys.demo_keys(tmp_path)
    assert keys.demo_keys(tmp_path) == made
    file = tmp_path / "keys.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert "DEMO" in file.read_text()
    assert made.database.hex() not in repr(made)
    assert keys.is_demo(tmp_path)
    with pytest.raises(DemoKeyRefused):
        keys.office_keys(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"database": "zz", "device": ""}', '{"database": 3, "device": 4}']
)
def test_a_broken_key_file_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "keys.json").write_text(text)
    with pytest.raises(KeyMissing):
        keys.demo_keys(tmp_path)


def test_a_real_office_s_book_never_gets_demo_keys(tmp_path: Path) -> None:
    create(tmp_path).close()
    (tmp_path / "keys.json").unlink()
    with pytest.raises(DemoKeyRefused):
        keys.demo_keys(tmp_path)


def test_without_a_real_keyring_there_are_no_office_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from counter_app.domain.refusals import KeyringMissing\n"
        "from counter_app.store.keys import office_keys\n"
        "try:\n    office_keys(Path(sys.argv[1]))\nexcept KeyringMissing:\n    print('missing')"
    )
    assert elsewhere(code, str(tmp_path)).stdout == "missing\n"


def test_nobody_s_name_lies_in_the_clear(book: Book) -> None:
    with book.writing() as page:
        pay(page)
    files = {file.name for file in book.folder.iterdir()}
    assert files == {
        "counter.db",
        "counter.db-wal",
        "counter.db-shm",
        "counter.anchor",
        "counter.lock",
        "keys.json",
    }
    # Another process reads: closing a handle here would let go of the database's locks.
    code = (
        "import sys\nfrom pathlib import Path\n"
        "bytes_of = b''.join(file.read_bytes() for file in Path(sys.argv[1]).iterdir())\n"
        "print(len(bytes_of) > 100_000, [word for word in ('सुरेश', 'Malviya', 'malvi', 'Mohalla',"
        " '9826048210', '0128406289', 'N2204518731', 'CREATE TABLE', 'SQLite') if word.encode() in bytes_of])"
    )
    assert elsewhere(code, str(book.folder)).stdout == "True []\n"


def test_only_its_owner_may_read_what_lies_in_the_folder(tmp_path: Path) -> None:
    book = create(tmp_path / "office")
    with book.writing() as page:
        one_of_each(page)
    names = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "office").iterdir()}
    book.close()
    assert {"counter.db", "counter.db-wal", "counter.anchor", "counter.lock"} <= names.keys()
    assert os.name != "posix" or set(names.values()) == {0o600}
