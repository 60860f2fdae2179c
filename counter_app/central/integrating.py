"""Putting into the books what was received: behind the answers, batch by batch, an office at a time."""

import logging
import threading
import time
from collections.abc import Callable

from counter_app.central.database import Database, Unavailable
from counter_app.central.intake import waiting_offices
from counter_app.central.ledger import Ledger, in_ledger
from counter_app.wire.centre_side import held_item, integrate
from counter_app.wire.messages import Reason

BATCH = 500
LOOK_AGAIN_S = 2.0

log = logging.getLogger(__name__)


def integrate_office(database: Database, office: str, most: int = BATCH) -> int:
    """Integrate what waits of an office, at most so many entries; how many they were.

    ``Unavailable``: later again. An entry at which program or database break is held, alone.
    """

    def batch(ledger: Ledger) -> int:
        found = ledger.pending_of(office, most)
        for entry in found:
            integrate(ledger, entry)
        return len(found)

    try:
        return in_ledger(database, batch)
    except Unavailable:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever an entry does to the program, the others go on
        log.warning(
            "not integrated", extra={"office": office, "entries": most, "fault": type(fault).__name__}
        )
        if most > 1:
            return _one_by_one(database, office, most)
        in_ledger(database, lambda ledger: _hold_first(ledger, office))
        return 1


def _one_by_one(database: Database, office: str, most: int) -> int:
    for done in range(most):
        if not integrate_office(database, office, 1):
            return done
    return most


def _hold_first(ledger: Ledger, office: str) -> None:
    for entry in ledger.pending_of(office, 1):
        ledger.hold(entry, Reason.NOT_FITTING)
        ledger.publish(office, held_item(entry, Reason.NOT_FITTING))
        log.warning("held", extra={"office": office, "reason": Reason.NOT_FITTING.name})


class Integrator:
    """A thread that integrates what this process received, and now and then what others left behind."""

    def __init__(self, database: Database, published: Callable[[str], None]) -> None:
        self._database = database
        self._published = published
        self._asked: set[str] = set()
        self._change = threading.Condition()
        self._ending = False
        self._look_s = 0.0
        self._thread = threading.Thread(target=self._run, name="integrator", daemon=True)

    def start(self) -> None:
        """Begin, with what waits already."""
        self._thread.start()

    def ask(self, office: str) -> None:
        """Something of this office was received; any thread."""
        with self._change:
            self._asked.add(office)
            self._change.notify()

    def stop(self) -> None:
        """Finish the batch that is under way."""
        with self._change:
            self._ending = True
            self._change.notify()
        self._thread.join()

    def _run(self) -> None:
        while not self._ending:
            try:
                self._round()
            except Unavailable as fault:
                log.warning("integration waits for the database", extra={"fault": str(fault)})
            with self._change:
                self._change.wait_for(lambda: self._asked or self._ending, LOOK_AGAIN_S)

    def _round(self) -> None:
        """Every office that has something, a batch each, until none is left."""
        offices = self._offices()
        while offices and not self._ending:
            # In no order: another process is most likely at another office.
            for office in list(offices):
                if not integrate_office(self._database, office):
                    offices.discard(office)
                self._published(office)
            offices |= self._offices()

    def _offices(self) -> set[str]:
        """What was asked for; every two seconds, also what other processes began and did not end."""
        with self._change:
            offices, self._asked = self._asked, set()
        if time.monotonic() >= self._look_s:
            self._look_s = time.monotonic() + LOOK_AGAIN_S
            with self._database.transaction() as transaction:
                offices |= set(waiting_offices(transaction))
        return offices
