"""What an older program made of the waiting work is put right by the step of the database's versions."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from counter_app.domain.approval import Approval, Way
from counter_app.domain.drawer import DrawerOpened
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.payment import Tender, cash, upi
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome, TaskDone, TendersCorrected, TenderSettled, Why
from counter_app.store import migrate
from counter_app.store.book import Book
from counter_app.store.catching_up import catch_up
from counter_app.store.journal import entries
from counter_app.store.keys import demo_keys
from counter_app.store.projections import rebuild_and_compare
from tests.store.hearing import enrolled, hear
from tests.store.office import DRAWER, NOW, PERSON, SURESH, TODAY, create, open_book, pay
from tests.store.test_versions import writing

JE = Approval("S01", Way.PASSWORD)
FIRST, SECOND, THIRD = (upi(amount, f"607198418{amount // 100}") for amount in (100_00, 200_00, 300_00))


def settled(act: UUID, position: int, tender: Tender, outcome: Outcome) -> TenderSettled:
    return TenderSettled(
        act, 1, SURESH.number, position, tender.amount, outcome, tender.reference, date(2026, 3, 13), "", 0,
        "S01",
    )  # fmt: skip


def at_version_17(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """A book after the step to version 17 alone: what later versions brought is there already."""
    monkeypatch.setattr(migrate, "STEPS", migrate.STEPS[:17])
    return open_book(folder)


def test_what_waited_of_a_receipt_is_reckoned_from_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three parts by UPI, one of them corrected to cash; one came, one failed, and one waits."""
    book, act = create(tmp_path), uuid4()
    now = cash(40_00, 40_00), FIRST, SECOND, THIRD
    said = [
        TendersCorrected(
            1, "2214", 2, TODAY, act, 1, SURESH.number, 640_00, (), now,
            0, Why.WRONG_TENDER, "", "R01", JE,
        ),
        settled(act, 2, FIRST, Outcome.CONFIRMED),
        settled(act, 4, THIRD, Outcome.FAILED),
        TaskDone(Task.PENDING_LATE, act, "बैंक से पूछा", "R01"),
        settled(act, 3, SECOND, Outcome.CONFIRMED),
    ]  # fmt: skip
    with book.writing() as page:
        page.record(DrawerOpened(DRAWER, "R01", TODAY, 0), act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER)
        pay(page, replace(FIRST, amount=640_00), act=act)
        pay(page)
        for one in said:
            page.record(one, act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER)
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
    book.close()
    with writing(tmp_path, demo_keys(tmp_path)) as connection:
        connection.exec_driver_sql("UPDATE tasks SET amount = 64000")
        connection.exec_driver_sql("PRAGMA user_version = 16")
    book = at_version_17(tmp_path, monkeypatch)
    with book.reading() as connection:
        assert connection.exec_driver_sql("SELECT amount FROM tasks").scalars().all() == [200_00]
        assert rebuild_and_compare(connection) == ()
    book.close()


def done_elsewhere(folder: Path) -> Entry:
    """Somebody at another counter has looked at what the centre holds."""
    other = create(folder, counter=3)
    with other.writing() as page:
        page.record(TaskDone(Task.HELD, UUID(int=9), "", "R01"), act=uuid4(), person=PERSON, at=NOW)
    with other.reading() as connection:
        (made,) = (one for one in entries(connection) if one.header.kind == Kind.TASK_DONE)
    other.close()
    return replace(made, signature=b"")


def test_what_others_did_is_read_again_after_a_program_that_passed_over_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = enrolled(create(tmp_path / "here"))
    hear(book, done_elsewhere(tmp_path / "other"))
    catch_up(book)
    book.close()
    with writing(tmp_path / "here", demo_keys(tmp_path / "here")) as connection:
        connection.exec_driver_sql("DELETE FROM known_follow_ups")
        connection.exec_driver_sql("PRAGMA user_version = 16")
    book = at_version_17(tmp_path / "here", monkeypatch)
    catch_up(book)
    with book.reading() as connection:
        seen = connection.exec_driver_sql('SELECT "of", task FROM known_follow_ups').all()
    assert [(UUID(bytes=of), task) for of, task in seen] == [(UUID(int=9), "held")]
    book.close()
