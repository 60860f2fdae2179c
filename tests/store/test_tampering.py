"""Somebody with the key changes the closed book: opening or rebuilding tells."""

import shutil
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.domain.refusals import StoreBehind, StoreDamaged
from counter_app.store import finds, journal, projections
from counter_app.store.anchor import read_anchor
from tests.store.office import TODAY, create, one_of_each, open_book, pay, tamper

# Another byte than the one that stands there, whichever that is.
FLIPPED = (
    "CAST(substr({0}, 1, 40) || iif(substr({0}, 41, 1) = x'01', x'02', x'01') || substr({0}, 42) AS BLOB)"
)


def made(folder: Path, payments: int = 3) -> None:
    book = create(folder)
    with book.writing() as page:
        one_of_each(page)
    with book.writing() as page:
        for _ in range(payments):
            pay(page)
    book.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments SET amount = 100 WHERE serial = 2",
        "UPDATE tenders SET amount = 100 WHERE payment = 1",
        "UPDATE paper_jobs SET state = 'confirmed' WHERE copy = 2",
        "UPDATE complaint_events SET complaint = act",
        "UPDATE drawers SET counted = counted + 1",
        "UPDATE tries SET failed = 0",
        "DELETE FROM complaint_events",
        "DELETE FROM paper_jobs WHERE copy = 2",
        "INSERT INTO tries (code, failed, last_at) VALUES ('ghost', 1, 0)",
    ],
)
def test_a_changed_projection_is_found_by_rebuilding(tmp_path: Path, statement: str) -> None:
    made(tmp_path)
    tamper(tmp_path, statement)
    book = open_book(tmp_path)
    with book.reading() as connection:
        differences = projections.rebuild_and_compare(connection)
        assert differences
        assert projections.rebuild_and_compare(connection) == differences
        assert finds.receipts_of_day(connection, TODAY)
    book.close()


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE journal SET header = {FLIPPED.format('header')} WHERE id = 7",
        f"UPDATE journal SET payload = {FLIPPED.format('payload')} WHERE id = 7",
        "UPDATE journal SET salt = zeroblob(32) WHERE id = 7",
        "UPDATE journal SET act = zeroblob(16) WHERE id = 7",
        "UPDATE journal SET seq = 99 WHERE id = 7",
        "UPDATE journal SET header = zeroblob(3) WHERE id = 7",
        "DELETE FROM journal WHERE id = 7",
    ],
)
def test_a_changed_entry_is_found_at_opening_and_only_read_afterwards(tmp_path: Path, statement: str) -> None:
    made(tmp_path)
    tamper(tmp_path, statement)
    with pytest.raises(StoreDamaged):
        open_book(tmp_path)
    book = open_book(tmp_path, reading_only=True)
    assert book.start.damage
    with book.reading() as connection:
        assert finds.receipts_of_day(connection, TODAY)
        with pytest.raises(StoreDamaged):
            journal.check(connection, book.public_key)
    book.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET signature = zeroblob(64) WHERE id = 7",
        "UPDATE office_facts SET body = zeroblob(32) WHERE name = 'public_key'",
        "DELETE FROM office_facts WHERE name = 'public_key'",
    ],
)
def test_a_strange_signature_or_key_is_found_before_anything_is_written(
    tmp_path: Path, statement: str
) -> None:
    made(tmp_path)
    tamper(tmp_path, statement)
    book = open_book(tmp_path)
    before = read_anchor(tmp_path)
    for _ in range(2):
        with pytest.raises(StoreDamaged), book.writing():
            pass
    assert read_anchor(tmp_path) == before
    book.close()


def test_an_old_entry_that_was_changed_is_found_by_the_whole_check(tmp_path: Path) -> None:
    made(tmp_path, payments=230)
    tamper(
        tmp_path, "UPDATE journal SET payload = CAST(replace(payload, '64000', '74000') AS BLOB) WHERE id = 7"
    )
    book = open_book(tmp_path)
    assert book.start.entries_checked == 200
    with book.reading() as connection:
        with pytest.raises(StoreDamaged):
            journal.check(connection, book.public_key)
        assert any(found.startswith("journal:") for found in projections.rebuild_and_compare(connection))
    book.close()


def test_a_receipt_taken_out_leaves_a_gap(tmp_path: Path) -> None:
    made(tmp_path)
    tamper(tmp_path, "DELETE FROM tenders WHERE payment = 2", "DELETE FROM payments WHERE serial = 2")
    with pytest.raises(StoreDamaged):
        open_book(tmp_path)


def test_an_entry_forged_with_another_device_s_key_is_found(tmp_path: Path) -> None:
    made(tmp_path / "real")
    made(tmp_path / "forged")
    shutil.copy(tmp_path / "forged/counter.db", tmp_path / "real/counter.db")
    shutil.copy(tmp_path / "forged/keys.json", tmp_path / "mixed.json")
    forged = (tmp_path / "forged/keys.json").read_text().splitlines()
    real = (tmp_path / "real/keys.json").read_text().splitlines()
    mixed = [forged[number] if "database" in line else line for number, line in enumerate(real)]
    (tmp_path / "real/keys.json").write_text("\n".join(mixed))
    with pytest.raises(StoreBehind):
        open_book(tmp_path / "real")


def test_damaged_pages_are_said_and_what_can_be_read_is_read(tmp_path: Path) -> None:
    made(tmp_path, payments=100)
    file = tmp_path / "counter.db"
    whole = file.read_bytes()
    spoilt = bytearray(whole)
    for page in range(len(whole) // 4096 - 10, len(whole) // 4096):
        spoilt[page * 4096 + 100] ^= 0xFF
    file.write_bytes(spoilt)
    with pytest.raises(StoreDamaged):
        open_book(tmp_path)
    book = open_book(tmp_path, reading_only=True)
    assert book.start.damage
    book.close()


def test_an_act_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    book = create(tmp_path)
    act = uuid4()
    with book.writing() as page:
        pay(page, act=act)
    book.close()
    tamper(tmp_path, "UPDATE journal SET payload = x'7b' WHERE kind = 30")
    book = open_book(tmp_path, reading_only=True)
    with pytest.raises(StoreDamaged), book.reading() as connection:
        journal.entry_of_act(connection, act)
    book.close()
