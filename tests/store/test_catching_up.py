"""F44 at the counter: what an older program could not read of the feed is kept, and read after the update."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from counter_app.domain.approval import Approval, Way
from counter_app.domain.complaint import ComplaintStep, Stage
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.undoing import PaymentCancelled, Why
from counter_app.store.book import Book
from counter_app.store.catching_up import catch_up
from counter_app.store.facts import FEED_READ
from counter_app.store.journal import entries
from counter_app.store.projections import rebuild_and_compare
from counter_app.store.sync_ledger import SyncLedger
from counter_app.store.tables import OWN, REFERENCE, foreign_entries
from counter_app.wire import bodies
from counter_app.wire.bodies import BODIES, Body
from counter_app.wire.feed import beginning
from counter_app.wire.ledgers import FallBack
from counter_app.wire.messages import Cursor, ItemKind
from counter_app.wire.payloads import VERSIONS
from tests.store.hearing import enrolled, erasing, hear
from tests.store.office import GEETA, NOW, PERSON, SURESH, TODAY, bill_of, create, open_book, pay, register

NOT_COMPARED = {"contacts", "word_index", "changed_words", "journal", "drafts", "marks"}
Newer = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]


def of_a_newer_counter(folder: Path) -> list[Entry]:
    """Two payments of which one is cancelled, a complaint and its steps."""
    other = create(folder, counter=3)
    with other.writing() as page:
        first, _ = pay(page, counter=3), pay(page, consumer=GEETA.number, counter=3)
        asked = register(page)
        for stage in (Stage.ASSIGNED, Stage.ATTENDED):
            step = ComplaintStep(asked.entry.header.act, stage, NOW, "R02", "कल आएँगे")
            page.record(step, act=uuid4(), person=PERSON, at=NOW)
        cancelled = PaymentCancelled(
            1, "2214", 3, TODAY, first.entry.header.act, 1, SURESH.number, 64000, 64000, Why.TAKEN_TWICE,
            "", "R01", Approval("JE1", Way.PASSWORD),
        )  # fmt: skip
        page.record(cancelled, act=uuid4(), person=PERSON, at=NOW)
    with other.reading() as connection:
        made = [replace(one, signature=b"") for one in entries(connection)]
    other.close()
    return made


def said(others: list[Entry]) -> list[Body | Entry]:
    """A feed of entries and items, an erased step among them."""
    stepped = next(one for one in others if one.header.kind == Kind.COMPLAINT_STEP)
    later = replace(bill_of(SURESH), number="B2", net=100_00)
    return [
        *others[:4],
        bodies.Overpaid(SURESH.number, bill_of(SURESH).number, 64000),
        bodies.MovedOut(GEETA.number, "2215"),
        *others[4:],
        erasing(stepped.hash),
        bodies.Bills((later,)),
        bodies.MovedIn(GEETA.number),
        bodies.Bills((replace(later, number="B3", net=200_00),)),
    ]


NEWER: dict[str, Newer] = {
    "cancelling": (((Kind.PAYMENT_CANCELLED, 1),), ()),
    "payments": (((Kind.PAYMENT_TAKEN, 2), (Kind.PAYMENT_CANCELLED, 1)), ()),
    "complaints": (((Kind.COMPLAINT_REGISTERED, 1), (Kind.COMPLAINT_STEP, 1)), ()),
    "steps": (((Kind.COMPLAINT_STEP, 1),), ()),
    "surpluses": ((), (ItemKind.OVERPAID,)),
    "moves": ((), (ItemKind.MOVED_OUT, ItemKind.MOVED_IN)),
    "bills": ((), (ItemKind.BILLS,)),
    "erasing": ((), (ItemKind.ERASE,)),
    "all": (tuple(VERSIONS), tuple(BODIES)),
}


@pytest.fixture
def others(tmp_path: Path) -> list[Entry]:
    return of_a_newer_counter(tmp_path / "other")


@pytest.fixture
def wanted(tmp_path: Path, others: list[Entry]) -> dict[str, set[Any]]:
    """The rows of a program that could read all of it when it came."""
    book = enrolled(create(tmp_path / "fresh"))
    hear(book, *said(others))
    rows = rows_of(book)
    book.close()
    return rows


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = enrolled(create(tmp_path / "counter"))
    catch_up(made)
    yield made
    made.close()


def rows_of(book: Book) -> dict[str, set[Any]]:
    """All rows that come from elsewhere, but for names of this installation."""
    found: dict[str, set[Any]] = {}
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        for table in (*REFERENCE.sorted_tables, *OWN.sorted_tables):
            if table.name not in NOT_COMPARED:
                found[table.name] = {tuple(row) for row in connection.execute(select(table))}
    own = {"public_key", "centre", FEED_READ}
    found["office_facts"] = {row for row in found["office_facts"] if row[0] not in own}
    return found


def opened(folder: Path) -> Book:
    """The book, opened by the program of this moment, which reads what it can of the feed."""
    book = open_book(folder)
    catch_up(book)
    return book


def compare(book: Book, wanted: dict[str, set[Any]]) -> None:
    found = rows_of(book)
    assert [name for name in wanted if found[name] != wanted[name]] == []


def older(monkeypatch: pytest.MonkeyPatch, newer: Newer) -> None:
    """From here on this is a program of before these kinds."""
    for kind in newer[0]:
        monkeypatch.delitem(VERSIONS, kind)
    for item in newer[1]:
        monkeypatch.delitem(BODIES, item)


@pytest.mark.parametrize("newer", NEWER.values(), ids=NEWER)
def test_an_updated_counter_has_the_rows_of_one_that_knew_all_along(
    book: Book,
    others: list[Entry],
    wanted: dict[str, set[Any]],
    newer: Newer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = book.folder
    book.close()
    with monkeypatch.context() as before:
        older(before, newer)
        old = opened(folder)
        hear(old, *said(others))
        cursor = SyncLedger(old).cursor()
        old.close()
    updated = opened(folder)
    compare(updated, wanted)
    assert SyncLedger(updated).cursor() == cursor
    updated.close()
    again = opened(folder)
    compare(again, wanted)
    again.close()


def test_a_program_put_back_for_a_while_is_made_up_for(
    book: Book, others: list[Entry], wanted: dict[str, set[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """New, old, new: what came meanwhile is read, what was read before stays as it was."""
    folder, whole = book.folder, said(others)
    hear(book, *whole[:5])
    book.close()
    with monkeypatch.context() as before:
        older(before, NEWER["all"])
        old = opened(folder)
        hear(old, *whole[5:])
        old.close()
    updated = opened(folder)
    compare(updated, wanted)
    updated.close()


def test_what_the_feed_lost_meanwhile_is_read_as_well(
    book: Book, others: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = book.folder
    book.close()
    with monkeypatch.context() as before:
        older(before, NEWER["payments"])
        old = opened(folder)
        hear(old, *others)
        SyncLedger(old).do([FallBack(Cursor(9, 0, beginning(0, "2214").chain))])
        old.close()
    updated = opened(folder)
    with updated.reading() as connection:
        assert connection.execute(select(foreign_entries.c.placed)).scalars().all().count(False)
        assert connection.exec_driver_sql("SELECT count(*) FROM known_payments").scalar() == 1
    updated.close()
