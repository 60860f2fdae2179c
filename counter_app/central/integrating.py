"""Putting into the books what was received: behind the answers, batch by batch, an office at a time."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from counter_app.central.database import Database, Occupied, Unavailable, retried
from counter_app.central.intake import waiting_offices
from counter_app.central.ledger import Ledger, in_ledger
from counter_app.central.releasing import Held, all_held, entry_of, is_tried, note_tried
from counter_app.central.unfinished import offices_to_finish
from counter_app.domain.entry import Entry
from counter_app.wire.centre_side import hold, integrate
from counter_app.wire.messages import Reason

BATCHES = (500, 50, 5, 1)
LOOK_AGAIN_S = 2.0
RESTS, LONGEST_REST_S = 4, 2.0
"""So many times as long as a round took nothing is integrated, and not longer than that: what came one by one
costs a fraction together, and the less there is to do, the sooner it is done."""

FEW_FAILURES = 4
FIRST_PAUSE_S, LONG_PAUSE_S, LONGEST_PAUSE_S = 0.05, 1.0, 10.0

T = TypeVar("T")

log = logging.getLogger(__name__)


def integrate_office(database: Database, office: str, failures: int = 0) -> bool:
    """Integrate what waits of an office, a batch at the most; whether there may be more.

    ``Unavailable``: later again, with less at once after some ``failures``. Where an entry breaks program or
    database, batches become smaller until it is alone; then it is held. What cannot even be held is raised.
    """
    found: list[Entry] = []

    def batch(most: int, ledger: Ledger) -> bool:
        found[:] = ledger.pending_of(office, most)
        ledger.look_up(found)
        for entry in found:
            integrate(ledger, entry)
        return len(found) >= most

    for most in BATCHES[min(failures, len(BATCHES) - 1) :]:
        done = _outcome(partial(in_ledger, database, partial(batch, most)))
        if not isinstance(done, Exception):
            return done
        if isinstance(done, Unavailable):
            raise done
        log.warning("not integrated", extra={"office": office, "fault": type(done).__name__})
        if not found:
            raise done
    # This one and no other, however often it is tried: once it is held, the next one is the first.
    in_ledger(database, lambda ledger: hold(ledger, found[0], Reason.NOT_FITTING))
    log.warning("held", extra={"office": office, "reason": Reason.NOT_FITTING.name})
    return True


def _outcome(work: Callable[[], T]) -> T | Exception:
    """What work gives, or why there is nothing."""
    try:
        return work()
    except Exception as fault:  # noqa: BLE001 - whatever an entry does to the program, the others go on
        return fault


def try_again(database: Database, one: Held, *, looked_at: bool = False) -> bool:
    """Try once more to integrate a held entry; whether it is held no more. ``Unavailable``.

    ``looked_at``: a person lets it in although its device was revoked when it came.
    """
    if one.reason is Reason.DEVICE_REVOKED and not looked_at:
        return False

    def once(ledger: Ledger) -> bool:
        entry = entry_of(ledger.transaction, one)
        return entry is None or integrate(ledger, entry) is None

    done = _outcome(partial(in_ledger, database, once))
    if isinstance(done, Unavailable):
        raise done
    if isinstance(done, Exception):
        log.warning("still held", extra={"office": one.office, "fault": type(done).__name__})
        return False
    return done


def try_after_update(database: Database) -> bool:
    """What is held is tried once by every newer program, which may know better; whether all of it was.

    What is of an office that somebody keeps waits for another time. ``Unavailable``.
    """
    if retried(database, is_tried):
        return True
    kept: set[str] = set()
    for one in retried(database, all_held):
        if one.office in kept:
            continue
        try:
            if try_again(database, one):
                log.info("released", extra={"office": one.office, "reason": one.reason.name})
        except Occupied:
            kept.add(one.office)
    if not kept:
        retried(database, note_tried)
    return not kept


@dataclass
class _Pause:
    """Not before ``until_s``; each failure in a row makes it longer."""

    failures: int = 0
    seconds: float = 0.0
    until_s: float = 0.0

    def longer(self) -> None:
        self.failures += 1
        self.seconds = min(max(2 * self.seconds, FIRST_PAUSE_S), LONGEST_PAUSE_S)
        self.until_s = time.monotonic() + self.seconds


class Integrator:
    """A thread that integrates what this process received, and now and then what others left behind.

    It ends only when it is told to. An office that somebody keeps is left until later, and delays no other.
    """

    def __init__(self, database: Database, published: Callable[[str], None]) -> None:
        self._database = database
        self._published = published
        self._asked: set[str] = set()
        self._change = threading.Condition()
        self._ending = False
        self._held: _Pause | None = _Pause()
        self._offices: dict[str, _Pause] = {}
        self._look_s = self._rested_s = self._worked_s = 0.0
        self._moved_s = time.monotonic()
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

    def still_s(self) -> float:
        """For how many seconds nothing went on, not even looking for something to do; any thread."""
        return time.monotonic() - self._moved_s

    def waiting(self) -> list[str]:
        """The offices that could not be integrated for a while, for whatever reason; any thread."""
        return sorted(one for one, pause in self._offices.copy().items() if pause.seconds > LONG_PAUSE_S)

    def _run(self) -> None:
        pause = _Pause()
        while not self._ending:
            fault = _outcome(self._round)
            if fault is None:
                pause = _Pause()
            else:
                pause.longer()
                log.warning("integration waits", extra={"fault": type(fault).__name__})
            with self._change:
                # Who has to wait is not hurried by what is received meanwhile.
                self._change.wait_for(lambda: self._ending, pause.seconds)
                if idle_s := self._idle_s():
                    self._change.wait_for(lambda: self._asked or self._ending, idle_s)
                if not self._due():
                    rest_s = self._rested_s - time.monotonic()
                    self._change.wait_for(lambda: self._ending, max(0.0, rest_s))

    def _idle_s(self) -> float:
        times = [self._look_s, *(pause.until_s for pause in self._offices.values())]
        return max(0.0, min(times) - time.monotonic())

    def _round(self) -> None:
        """A batch of every office that has something; once, when none has more, what is held."""
        self._look()
        due, self._worked_s = self._due(), 0.0
        # In no order: another process is most likely at another office.
        for office in due:
            if self._ending:
                return
            self._integrate(office)
        if due:
            self._rested_s = time.monotonic() + min(RESTS * self._worked_s, LONGEST_REST_S)
        if self._due():
            return
        if self._held is not None and self._held.until_s <= time.monotonic():
            if try_after_update(self._database):
                self._held = None
            else:
                self._held.longer()

    def _look(self) -> None:
        """What was asked for; every two seconds, also what other processes began and did not end."""
        with self._change:
            found, self._asked = self._asked, set()
        if time.monotonic() >= self._look_s:
            with self._database.transaction() as transaction:
                found |= {*waiting_offices(transaction), *offices_to_finish(transaction)}
            self._look_s = time.monotonic() + LOOK_AGAIN_S
            self._moved_s = time.monotonic()
        for office in found:
            self._offices.setdefault(office, _Pause())

    def _due(self) -> list[str]:
        now = time.monotonic()
        return [office for office, pause in self._offices.items() if pause.until_s <= now]

    def _integrate(self, office: str) -> None:
        """A batch of an office. Raises only what concerns all of them."""
        pause, began_s = self._offices[office], time.monotonic()
        done = _outcome(partial(integrate_office, self._database, office, pause.failures // FEW_FAILURES))
        if not isinstance(done, Exception):
            self._moved_s = time.monotonic()
            self._worked_s += self._moved_s - began_s  # what was waited for in vain is no work
            if done:
                self._offices[office] = _Pause(pause.failures // 2)
            else:
                del self._offices[office]
            self._published(office)
            return
        pause.longer()
        if pause.seconds > LONG_PAUSE_S:
            log.warning("office waits", extra={"office": office, "fault": type(done).__name__})
        if isinstance(done, Unavailable) and not isinstance(done, Occupied):
            raise done
