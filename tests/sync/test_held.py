"""A held entry is shown at its counter until the centre could read it; nothing else waits for it."""

import pytest

from counter_app.domain.entry import Kind
from counter_app.store.book import Book
from counter_app.store.held import held_entries
from counter_app.wire.messages import Item, ItemKind, Reason
from counter_app.wire.payloads import VERSIONS
from tests.store.office import pay, register
from tests.sync.centre import Centre
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
        older.setitem(VERSIONS, (Kind.COMPLAINT_REGISTERED, 1), "complaint.ComplaintStep")
        assert counter.drain()
    assert counter.read()
    assert arrived(book, centre)
    assert held(book) == [(Kind.COMPLAINT_REGISTERED, "payload_damaged")]
    monkeypatch.setitem(VERSIONS, (Kind.COMPLAINT_REGISTERED, 1), "complaint.ComplaintStep")
    centre.release()
    monkeypatch.undo()
    assert set(centre.memory.held_back.values()) == {Reason.PAYLOAD_DAMAGED}, "in vain"
    centre.release()
    counter.reading.state = type(counter.reading.state)()
    assert counter.read()
    assert held(book) == []
    told = [one for one in centre.memory.feeds["2214"] if isinstance(one, Item)]
    assert [one.kind for one in told] == [ItemKind.HELD], "told once, and its end by the entry itself"
