"""When the centre last answered: a receipt of the due date hangs on it."""

import threading
from datetime import timedelta

from counter_app.domain.link import LinkState
from counter_app.store import centre as store
from counter_app.store.book import Book
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import Rounds
from tests.store.office import pay
from tests.sync.centre import CODE, Centre
from tests.sync.steps import clock


def fail(trouble: Exception) -> None:
    raise trouble


def test_each_delivery_is_noted_at_its_minute(book: Book, centre: Centre) -> None:
    """A receipt that is delivered right after another is no older than itself."""
    at = enrol(book, centre.url, CODE, centre.certificate, clock())
    started, ahead, change = clock(), [timedelta(0)], threading.Condition()

    def tell(_state: LinkState) -> None:
        with change:
            change.notify_all()

    def noted_since(seconds: int) -> bool:
        with book.reading() as connection:
            noted = store.last_contact(connection)
        return noted is not None and noted >= started.replace(microsecond=0) + timedelta(seconds=seconds)

    rounds = Rounds(book, at, "1.0", lambda: started + ahead[0], tell, fail)
    rounds.start()
    try:
        for seconds in (0, 20, 40):
            ahead[0] = timedelta(seconds=seconds)
            with book.writing() as page:
                pay(page)
            with change:
                assert change.wait_for(lambda seconds=seconds: noted_since(seconds), 20)
    finally:
        rounds.stop()
