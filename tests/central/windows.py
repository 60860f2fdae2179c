"""A counter of an office with a store of its own, linked to a gateway."""

from pathlib import Path

from counter_app.central.database import retried
from counter_app.central.enrolling import new_code
from counter_app.central.tables import arrivals
from counter_app.store.projections import rebuild_and_compare
from counter_app.sync.enrol import enrol
from tests.central.databases import Centre
from tests.central.gateways import Gateway, until, wall_ms
from tests.store.office import create
from tests.sync.steps import Counter, clock


class Window:
    """``linked`` lets it say and hear all there is; ``end`` proves that its rows follow from what it has."""

    def __init__(self, centre: Centre, running: Gateway, folder: Path) -> None:
        self.centre = centre
        self.book = create(folder / "counter")
        code = retried(centre.store, lambda transaction: new_code(transaction, "2214", 2, wall_ms()))
        self.counter = Counter(self.book, enrol(self.book, running.address, code, "", clock()))

    def linked(self) -> None:
        assert self.counter.drain()
        until(lambda: self.centre.count(arrivals) == 0)
        self.counter.end()
        self.counter = Counter(self.book, self.counter.centre)
        assert self.counter.read()

    def end(self) -> None:
        self.counter.end()
        with self.book.reading() as connection:
            assert rebuild_and_compare(connection) == ()
        self.book.close()
