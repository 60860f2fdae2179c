"""A held entry is shown at its counter until the centre could read it; nothing else waits for it."""

from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from counter_app.domain.entry import Kind
from counter_app.domain.task import Task
from counter_app.domain.undoing import TaskDone
from counter_app.store.book import Book
from counter_app.store.held import held_entries
from counter_app.store.journal import entries
from counter_app.store.projections import rebuild_and_compare
from counter_app.wire.bodies import Held
from counter_app.wire.counter_feed import Reader
from counter_app.wire.messages import Item, ItemKind, Reason
from counter_app.wire.payloads import VERSIONS
from tests.store.office import NOW, PERSON, create, pay, register
from tests.sync.centre import Centre
from tests.sync.conftest import Step
from tests.sync.steps import Counter, arrived


def held(book: Book) -> list[tuple[int, str]]:
    with book.reading() as connection:
        return [(one.kind, one.reason) for one in held_entries(connection, book.device)]


def test_what_is_released_leaves_the_list(
    book: Book, centre: Centre, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with book.writing() as page:
        pay(page)
        register(page)
    with monkeypatch.context() as older:
        older.setitem(VERSIONS, (Kind.COMPLAINT_REGISTERED, 2), "complaint.ComplaintStep")
        assert counter.drain()
    assert counter.read()
    assert arrived(book, centre)
    assert held(book) == [(Kind.COMPLAINT_REGISTERED, "payload_damaged")]
    monkeypatch.setitem(VERSIONS, (Kind.COMPLAINT_REGISTERED, 2), "complaint.ComplaintStep")
    centre.release()
    monkeypatch.undo()
    assert set(centre.memory.held_back.values()) == {Reason.PAYLOAD_DAMAGED}, "in vain"
    centre.release()
    counter.reading.state = type(counter.reading.state)()
    assert counter.read()
    assert held(book) == []
    told = [one for one in centre.memory.feeds["2214"] if isinstance(one, Item)]
    assert [one.kind for one in told] == [ItemKind.HELD], "told once, and its end by the entry itself"


def test_what_others_gave_back_is_seen_to_once_in_the_office(
    book: Book, centre: Centre, counter: Counter, step: Step, tmp_path: Path
) -> None:
    """Both were put back, the author is gone: two counters read it once, and one of them looks at it."""
    gone, other = (create(tmp_path / name, counter=number) for name, number in (("gone", 3), ("other", 4)))
    for one in (gone, other):
        centre.admit(one.device, one.public_key, one.office.counter)
    backup = centre.memory.copy()
    with gone.writing() as page:
        taken = pay(page, counter=3)
    assert step(gone, counter.centre).drain()
    assert counter.read()
    elsewhere = step(other, counter.centre)
    assert elsewhere.read()
    centre.memory = backup
    with gone.reading() as connection:
        lost = list(entries(connection))
    for entry in lost:
        place = entry.header.place
        said = Held(gone.device, f"{place.segment:016x}", place.seq, entry.hash.hex(), "returned")
        body = msgspec.json.encode(said)
        centre.transaction(lambda work, body=body: work.publish("2214", Item(ItemKind.HELD, body)))
    for one in (counter, elsewhere):
        one.reading.state = Reader()
        assert one.read()
    letters = f"2214-3-000001-{taken.letters}"
    for here in (book, other):
        with here.reading() as connection:
            found = held_entries(connection, here.device)
            assert letters in [one.number for one in found]
            assert {one.reason for one in found} == {"returned"}
    for one in found:
        with other.writing() as page:
            page.record(
                TaskDone(Task.HELD, one.of, "काग़ज़ से मिलाया", "R01"), act=uuid4(), person=PERSON, at=NOW
            )
    assert held(other) == []
    assert len(held(book)) == len(found)
    assert elsewhere.drain()
    counter.reading.state = Reader()
    assert counter.read()
    assert held(book) == []
    for here in (book, other):
        with here.reading() as connection:
            assert rebuild_and_compare(connection) == ()
    gone.close()
    other.close()
