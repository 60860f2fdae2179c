"""What the centre's clock says of the counter's, whichever way the round was made."""

import threading
from datetime import timedelta

import pytest

from counter_app.store import clock as store
from counter_app.store.book import Book
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import Rounds, once
from tests.store.office import pay
from tests.sync.centre import CODE, Centre
from tests.sync.steps import clock

TEN_MINUTES = timedelta(minutes=10)


def seconds_off(book: Book) -> int:
    """By how many seconds the clock is found wrong; 0 while nothing stands against it."""
    with book.reading() as connection:
        found = store.standing(connection, book.clocks(clock()), None)
    return found.seconds if found is not None else 0


@pytest.mark.parametrize("ahead", [timedelta(0), -TEN_MINUTES, timedelta(days=400)])
def test_one_round_hears_the_centre_s_time(book: Book, centre: Centre, ahead: timedelta) -> None:
    at = enrol(book, centre.url, CODE, centre.certificate, clock())
    centre.ahead_ms = ahead // timedelta(milliseconds=1)
    assert once(book, at, "1.0", clock)
    assert seconds_off(book) == pytest.approx(-ahead.total_seconds(), abs=30)


def test_so_does_the_line_beside_the_window(book: Book, centre: Centre) -> None:
    at = enrol(book, centre.url, CODE, centre.certificate, clock())
    centre.ahead_ms = TEN_MINUTES // timedelta(milliseconds=1)
    with book.writing() as page:
        pay(page)
    sent = threading.Event()
    rounds = Rounds(book, at, "1.0", clock, lambda state: None if state.unsent else sent.set(), _raise)
    rounds.start()
    try:
        assert sent.wait(20)
    finally:
        rounds.stop()
    assert seconds_off(book) == pytest.approx(-600, abs=30)


def _raise(trouble: Exception) -> None:
    raise trouble
