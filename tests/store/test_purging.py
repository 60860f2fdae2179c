"""What a counter lets go of by itself: only what was closed long ago, and is archived as the centre says."""

from datetime import timedelta

from counter_app.domain.complaint import Stage
from counter_app.store.book import Book
from counter_app.store.centre import settle
from counter_app.store.journal import entries
from counter_app.store.purging import KEPT, purge
from counter_app.store.sync_ledger import SyncLedger
from counter_app.wire.ledgers import Archived, Received
from tests.store.office import NOW, pay, register, step

LATER = NOW + timedelta(hours=2) + KEPT


def erased(book: Book) -> int:
    with book.reading() as connection:
        return sum(one.erased for one in entries(connection))


def test_a_complaint_is_let_go_of_when_it_is_archived_received_and_closed_long_ago(book: Book) -> None:
    with book.writing() as page:
        registered = register(page)
        pay(page)
        step(page, registered.entry.header.act, Stage.CLOSED, 60, "ठीक हुआ")
    ledger = SyncLedger(book)
    head = ledger.heads()[0]
    assert purge(book, LATER) == 0
    ledger.do([Received(head)])
    assert purge(book, LATER) == 0, "it is in no backup"
    ledger.do([Archived(head)])
    with book.writing() as page:
        settle(page, {head.segment: head.seq - 1})
    assert purge(book, LATER) == 0, "the centre has lost it since"
    with book.writing() as page:
        settle(page, {head.segment: head.seq})
    assert purge(book, LATER - timedelta(hours=2)) == 0, "it was closed lately"
    assert erased(book) == 0
    assert purge(book, LATER) == 2
    assert (purge(book, LATER), erased(book)) == (0, 2)


def test_what_was_withdrawn_is_let_go_of_like_what_was_closed(book: Book) -> None:
    with book.writing() as page:
        step(page, register(page).entry.header.act, Stage.WITHDRAWN, 60, "गलती से")
    ledger = SyncLedger(book)
    ledger.do([Received(ledger.heads()[0]), Archived(ledger.heads()[0])])
    assert purge(book, LATER - timedelta(hours=2)) == 0
    assert purge(book, LATER) == 2


def test_what_is_still_open_is_kept(book: Book) -> None:
    with book.writing() as page:
        for stages in (
            (),
            (Stage.ASSIGNED,),
            (Stage.CLOSED, Stage.REOPENED),
            (Stage.WITHDRAWN, Stage.REOPENED),
        ):
            registered = register(page)
            for minutes, stage in enumerate(stages, 1):
                step(page, registered.entry.header.act, stage, minutes)
    ledger = SyncLedger(book)
    ledger.do([Received(ledger.heads()[0]), Archived(ledger.heads()[0])])
    assert purge(book, LATER) == 0


def test_many_are_let_go_of_in_steps_between_which_others_record(book: Book) -> None:
    with book.writing() as page:
        for _ in range(120):
            registered = register(page)
            step(page, registered.entry.header.act, Stage.CLOSED, 1)
    ledger = SyncLedger(book)
    ledger.do([Received(ledger.heads()[0]), Archived(ledger.heads()[0])])
    assert purge(book, LATER) == 240
    assert erased(book) == 240
