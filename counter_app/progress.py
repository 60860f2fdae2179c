"""How far a long command is, told on a terminal, and Ctrl+C heard between two of its steps."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

from counter_app.words.dates import minutes
from counter_app.words.say import Language, say

Watch = Callable[[int, int], None]
"""Is told how many of how many steps are done."""

_OFTEN = 0.2


def unwatched(_done: int, _all: int) -> None:
    """Nobody is told how far it is."""


class Progress:
    """One line that says how far a long command is and how long it may still take; on a terminal only."""

    def __init__(self, language: Language) -> None:
        self._language, self._shown = language, sys.stderr.isatty()
        self._began = self._last = time.monotonic()

    def show(self, done: float, text: str, **facts: object) -> None:
        """So much of 1 is done; ``text`` may name ``{percent}`` and ``{left}``."""
        now = time.monotonic()
        if not self._shown or now - self._last < _OFTEN:
            return
        self._last = now
        left = minutes(int((now - self._began) * (1 - done) / done) if done else 0)
        words = say(text, self._language, percent=int(done * 100), left=left, **facts)
        print(f"\r{words}\033[K", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line to what is said next."""
        if self._shown and self._last > self._began:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


@contextmanager
def stoppable(progress: Progress) -> Iterator[Event]:
    """Ctrl+C sets what is given, which is looked at between two steps; at the end the line is left."""
    stopped = Event()
    before = signal.signal(signal.SIGINT, lambda *_: stopped.set())
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, before)
        progress.end()
