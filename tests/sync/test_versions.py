"""F44: counters and centre of two versions in one office: what one cannot read it keeps and passes on."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from counter_app.domain.approval import Approval, Way
from counter_app.domain.complaint import ComplaintStep, Stage
from counter_app.domain.entry import Kind
from counter_app.domain.undoing import PaymentCancelled, Why
from counter_app.store.book import Book
from counter_app.store.catching_up import catch_up
from counter_app.store.tables import (
    cancelled_elsewhere,
    complaint_states,
    known_complaints,
    known_events,
    known_payments,
    surpluses,
)
from counter_app.wire.bodies import BODIES
from counter_app.wire.messages import Item, ItemKind
from counter_app.wire.payloads import VERSIONS
from tests.store.office import NOW, PERSON, SURESH, TODAY, create, open_book, pay, register
from tests.sync.centre import Centre
from tests.sync.conftest import Step
from tests.sync.steps import Counter, arrived

TABLES = (
    known_payments, known_complaints, known_events, complaint_states, surpluses, cancelled_elsewhere,
)  # fmt: skip
NEWER = (
    (Kind.PAYMENT_TAKEN, 2), (Kind.PAYMENT_CANCELLED, 1), (Kind.COMPLAINT_REGISTERED, 2),
    (Kind.COMPLAINT_STEP, 2),
)  # fmt: skip
OVERPAID = b'{"consumer":"N2204518731","bill_number":"B1","surplus":64000}'


def work(book: Book) -> None:
    """Two payments, one of them cancelled, and a complaint with its step."""
    with book.writing() as page:
        wrong = pay(page)
        pay(page)
        undone = PaymentCancelled(
            1, "2214", 2, TODAY, wrong.entry.header.act, 1, SURESH.number, 64000, 64000, Why.TAKEN_TWICE, "",
            "R01", Approval("JE1", Way.PASSWORD),
        )  # fmt: skip
        page.record(undone, act=uuid4(), person=PERSON, at=NOW)
        asked = register(page)
        step = ComplaintStep(asked.entry.header.act, Stage.ASSIGNED, NOW, "R02", "")
        page.record(step, act=uuid4(), person=PERSON, at=NOW)


def opened(folder: Path) -> Book:
    """The book, as the program of this moment begins with it."""
    book = open_book(folder)
    catch_up(book)
    return book


def rows(book: Book) -> list[set[object]]:
    with book.reading() as connection:
        return [{tuple(row) for row in connection.execute(select(table))} for table in TABLES]


@pytest.mark.parametrize("reader_is_old", [False, True])
@pytest.mark.parametrize("centre_is_old", [False, True])
def test_f44_counters_and_centre_of_two_versions(
    book: Book, centre: Centre, counter: Counter, step: Step, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, centre_is_old: bool, reader_is_old: bool,
) -> None:  # fmt: skip
    def version(old: bool) -> AbstractContextManager[pytest.MonkeyPatch | None]:
        return monkeypatch.context() if old else nullcontext()

    second = create(tmp_path / "second")
    folder = second.folder
    centre.admit(second.device, second.public_key, 3)
    second.close()
    work(book)
    with version(centre_is_old) as older:
        for one in NEWER if older else ():
            older.delitem(VERSIONS, one)
        assert counter.drain()
        assert arrived(book, centre), "whatever it is, it is taken"
        assert not centre.memory.held_back
    with version(reader_is_old) as older:
        for one in NEWER if older else ():
            older.delitem(VERSIONS, one)
        if older:
            older.delitem(BODIES, ItemKind.OVERPAID)
        centre.transaction(lambda memory: memory.publish("2214", Item(ItemKind.OVERPAID, OVERPAID)))
        centre.transaction(lambda memory: memory.publish("2214", Item(999, b"of a program to come")))
        second = opened(folder)
        assert step(second, counter.centre).read()
        second.close()
    centre.integrate()
    assert not centre.memory.waiting
    assert all(centre.memory.books.values()), "the centre has read all of it"
    fed = centre.memory.feeds["2214"]
    assert len(fed) == len(set(fed)), "nothing was told twice"
    updated = opened(folder)
    assert step(updated, counter.centre).read()
    fresh = create(tmp_path / "fresh", counter=4)
    centre.admit(fresh.device, fresh.public_key, 4)
    assert step(fresh, counter.centre).read()
    assert rows(updated) == rows(fresh)
    assert [len(one) for one in rows(fresh)] == [1] * len(TABLES)
    updated.close()
    fresh.close()
