"""One of the two conversations: asks ``wire`` what to say, says it, and hands the answer back, for ever."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from counter_app.domain.days import to_millis
from counter_app.store.book import Book
from counter_app.store.sync_ledger import SyncLedger
from counter_app.sync.client import Client, Lost
from counter_app.wire.codec import Unreadable, decode_answer, encode
from counter_app.wire.counter_side import Who
from counter_app.wire.ledgers import Action, CounterLedger
from counter_app.wire.line import Line, Moment, Rest
from counter_app.wire.messages import Answer, Ask, AskPiece, AskSnapshot, Hello, Push, Request, Return
from counter_app.wire.requests import sign

_PATHS: dict[type[Request], str] = {
    Hello: "/v1/hello", Push: "/v1/push", Return: "/v1/push", Ask: "/v1/feed",
    AskSnapshot: "/v1/snapshot", AskPiece: "/v1/snapshot",
}  # fmt: skip


class State(Protocol):
    """What both sides of the core keep between two turns."""

    @property
    def line(self) -> Line:
        """How it speaks."""


S = TypeVar("S", bound=State)


@dataclass(frozen=True, slots=True)
class Rules(Generic[S]):
    """The core's three functions for a conversation, and what "try at once" makes of its state."""

    plan: Callable[[S, Who, CounterLedger, Moment, int], tuple[S, Request | Rest]]
    heard: Callable[[S, CounterLedger, Answer, Moment, int], tuple[S, Sequence[Action]]]
    lost: Callable[[S, Moment, int, int], S]
    hurried: Callable[[S], S]


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a turn: an answer, or None with whether a stranger gave one."""

    answer: Answer | None
    stranger: bool = False


class Conversation(Generic[S]):
    """Speaks until it is stopped. ``told`` hears of every turn, ``fault`` of whatever should not happen."""

    def __init__(
        self, rules: Rules[S], state: S, book: Book, who: Who, client: Client, clock: Callable[[], datetime]
    ) -> None:
        self.state = state
        self._rules, self._book, self._who, self._client, self._clock = rules, book, who, client, clock
        self._ledger = SyncLedger(book)
        self._wake = threading.Event()
        self._hurry = self._stopped = False

    def wake(self) -> None:
        """There may be something to say."""
        self._wake.set()

    def hurry(self) -> None:
        """Try now, whatever pause was kept."""
        self._hurry = True
        self._wake.set()

    def stop(self) -> None:
        """Say nothing more; a turn that waits for an answer ends without one."""
        self._stopped = True
        self._client.end()
        self._wake.set()

    def run(self, told: Callable[[Heard | None], None], fault: Callable[[Exception], object]) -> None:
        """Turn by turn, until ``stop``."""
        while not self._stopped:
            try:
                rest_ms = self.turn(told)
            except Exception as trouble:  # noqa: BLE001 - a conversation never ends by a fault, it begins anew
                self.state = self._rules.lost(self.state, self._now(), _draw(), 0)
                fault(trouble)
                rest_ms = self.state.line.pause(self._now())
            if rest_ms and not self._stopped:
                self._wake.wait(rest_ms / 1000)
            self._wake.clear()

    def turn(self, told: Callable[[Heard | None], None]) -> int:
        """Say one thing and take its answer; or, with nothing to say, for how many ms that holds."""
        if self._hurry:
            self._hurry = False
            self.state = self._rules.hurried(self.state)
        with self._ledger.view() as ledger:
            self.state, todo = self._rules.plan(self.state, self._who, ledger, self._now(), _draw())
        if isinstance(todo, Rest):
            told(None)
            return todo.ms
        try:
            answer = self._say(todo)
        except Lost as lost:
            self.state = self._rules.lost(self.state, self._now(), _draw(), lost.pause_ms)
            if not self._stopped:
                told(Heard(None, lost.stranger))
            return 0
        with self._ledger.view() as ledger:
            state, actions = self._rules.heard(self.state, ledger, answer, self._now(), _draw())
        self._ledger.do(actions)
        self.state = state
        told(Heard(answer))
        return 0

    def _say(self, todo: Request) -> Answer:
        path = _PATHS[type(todo)]
        body = encode(todo)
        created_s = (self._now().wall_ms + self.state.line.offset_ms) // 1000
        headers = sign(self._book.sign, self._book.device, "POST", path, body, created_s, _draw())
        patience_s = todo.patience_ms / 1000 if isinstance(todo, Ask) else 0.0
        data = self._client.ask(path, body, headers, patience_s=patience_s)
        try:
            return decode_answer(data)
        except Unreadable as fault:
            raise Lost(stranger=True) from fault

    def _now(self) -> Moment:
        return Moment(to_millis(self._clock()), time.monotonic_ns() // 1_000_000)


def at_once(line: Line) -> Line:
    """A line that is not silent any longer."""
    return replace(line, not_before_ms=0)


def _draw() -> int:
    return int.from_bytes(os.urandom(8), "big")
