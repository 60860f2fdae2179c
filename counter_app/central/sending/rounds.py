"""Sending, round by round: what is new in the feeds, then one message after the other, never too many."""

import logging
import threading
from collections.abc import Callable
from functools import partial

from counter_app.central.channels.rules import CentreRules
from counter_app.central.database import Database, Transaction, Unavailable, retried
from counter_app.central.sending import outbox
from counter_app.central.sending.outbox import Due, State
from counter_app.central.sending.provider import Line, Outcome, Provider, Said
from counter_app.central.sending.text import Written, written

FIRST_PAUSE_MS, LONGEST_PAUSE_MS = 30_000, 3_600_000
LOOK_AGAIN_S = 2.0

log = logging.getLogger(__name__)


class Sender:
    """Sends until it is told to end. Any number of them may run on one central store.

    Each message goes to the provider at least once: who is killed between its answer and the note of it sends
    again, with the same key, by which the provider knows it.
    """

    def __init__(self, database: Database, provider: Provider, now_ms: Callable[[], int]) -> None:
        self._database, self._provider, self._now_ms = database, provider, now_ms
        self._line = Line(provider)
        self._rules = CentreRules()
        self._ending = threading.Event()

    def run(self) -> None:
        """Go on until ``stop``; a database that cannot be reached is asked again."""
        while not self._ending.is_set():
            try:
                idle = not self.round()
            except Unavailable as fault:
                log.warning("sending waits", extra={"fault": type(fault).__name__})
                idle = True
            if idle:
                self._ending.wait(LOOK_AGAIN_S)
        self._line.close()

    def stop(self) -> None:
        """End behind the message that is under way; any thread."""
        self._ending.set()

    def round(self) -> bool:
        """Read what is new, and send what is due; whether a message was handled."""
        self._gather()
        handled = False
        while not self._ending.is_set() and (due := retried(self._database, self._take)):
            handled = True
            self._send(due)
            self._ending.wait(60 / self._provider.per_minute)
        return handled

    def _gather(self) -> None:
        retried(self._database, outbox.begin)
        retried(self._database, lambda transaction: outbox.forget(transaction, self._now_ms()))
        for office in retried(self._database, outbox.behind):
            while retried(self._database, partial(self._read_on, office)) and not self._ending.is_set():
                pass

    def _read_on(self, office: str, transaction: Transaction) -> bool:
        return outbox.gather(transaction, office, self._now_ms())

    def _take(self, transaction: Transaction) -> Due | None:
        return outbox.take(transaction, self._now_ms())

    def _send(self, due: Due) -> None:
        text = retried(self._database, partial(self._written, due))
        if text is None or due.until_ms < self._now_ms():
            state, next_ms = State.GIVEN_UP, 0
        else:
            state, next_ms = self._became(due, self._line.send(text, f"{due.event.hex}-{due.complaint.hex}"))
        retried(self._database, lambda transaction: outbox.settle(transaction, due, state, next_ms))
        log.info("message", extra={"reason": str(state)})

    def _written(self, due: Due, transaction: Transaction) -> Written | None:
        rules = self._rules.now(transaction)
        language = self._provider.language
        return written(transaction, rules, due.event, due.complaint, language, self._now_ms())

    def _became(self, due: Due, said: Said) -> tuple[State, int]:
        if said.outcome is Outcome.TAKEN:
            return State.SENT, 0
        if said.outcome is Outcome.REFUSED:
            return State.REFUSED, 0
        pause_ms = min(FIRST_PAUSE_MS << min(due.tries - 1, 10), LONGEST_PAUSE_MS)
        return State.WAITING, self._now_ms() + max(pause_ms, said.after_s * 1000)
