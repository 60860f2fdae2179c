"""A counter's two conversations, turn by turn in the test's own thread."""

from datetime import UTC, datetime

from counter_app.store.book import Book
from counter_app.store.centre import Centre as Enrolment
from counter_app.store.journal import entries
from counter_app.sync.client import Client, read_address
from counter_app.sync.conversation import Conversation, Heard
from counter_app.sync.rounds import READING, SENDING, who_of
from counter_app.wire.counter_feed import Reader
from counter_app.wire.counter_side import Sender
from tests.sync.centre import Centre


def clock() -> datetime:
    return datetime.now(UTC)


class Counter:
    """``drain`` sends, ``read`` reads, each until there is no more to do or the line fails."""

    def __init__(self, book: Book, centre: Enrolment) -> None:
        self.centre = centre
        self.outcomes: list[Heard] = []
        address, who = read_address(centre.url), who_of(book, centre, "1.0")
        made = [Client(address, centre.certificate) for _ in range(2)]
        self.sending = Conversation(SENDING, Sender(), book, who, made[0], clock)
        self.reading = Conversation(READING, Reader(), book, who, made[1], clock)

    def end(self) -> None:
        """Let go of both connections."""
        self.sending.stop()
        self.reading.stop()

    def heard(self, outcome: Heard | None) -> None:
        if outcome is not None:
            self.outcomes.append(outcome)

    def hurry(self) -> None:
        self.sending.hurry()
        self.reading.hurry()

    def drain(self) -> bool:
        """Whether everything was sent."""
        while not self.sending.turn(self.heard):
            if self.sending.state.line.failures:
                return False
        return not self.sending.state.line.failures

    def read(self) -> bool:
        """Whether the feed was read to its end."""
        while self.reading.state.more:
            self.reading.turn(self.heard)
            if self.reading.state.line.failures:
                return False
        return True


def arrived(book: Book, centre: Centre) -> bool:
    """Whether the centre has exactly what the journal has, each entry in its books once."""
    with book.reading() as connection:
        own = {entry.hash for entry in entries(connection)}
    there = {one for one, entry in centre.memory.entries.items() if entry.header.device == book.device}
    return own == there and len(centre.memory.stand) == len({one[1] for one in centre.memory.stand})
