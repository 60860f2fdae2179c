"""The line to the centre as long as the program runs: sending and reading, and how people are told of it."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from counter_app.domain.days import from_millis
from counter_app.domain.link import LinkState, LinkTrouble
from counter_app.domain.refusals import Refused
from counter_app.store import centre as store
from counter_app.store import clock
from counter_app.store.book import Book
from counter_app.store.catching_up import catch_up
from counter_app.store.centre import Centre
from counter_app.store.held import held_entries
from counter_app.store.loading import percent_loaded
from counter_app.store.purging import purge
from counter_app.store.told import is_revoked
from counter_app.sync.client import Client, read_address
from counter_app.sync.conversation import Conversation, Heard, Rules, S, at_once
from counter_app.wire.counter_feed import Reader, heard_reading, lost_reading, next_to_ask
from counter_app.wire.counter_side import Sender, Who, heard_sending, lost_sending, next_to_send
from counter_app.wire.messages import Answer, Refusal, Taken, TurnedAway, Welcome
from counter_app.wire.payloads import VERSIONS

NOTED_EVERY = timedelta(minutes=1)
JOINED_WITHIN_S = 3.0

_TROUBLES = {
    Refusal.DEVICE_UNKNOWN: LinkTrouble.NOT_ENROLLED,
    Refusal.DEVICE_REVOKED: LinkTrouble.REVOKED,
    Refusal.PROTOCOL: LinkTrouble.PROGRAM_OLD,
    Refusal.SIGNATURE: LinkTrouble.NOT_BELIEVED,
}


def _sender_at_once(sender: Sender) -> Sender:
    return replace(sender, line=at_once(sender.line), greeted_ms=None)


def _reader_at_once(reader: Reader) -> Reader:
    return replace(reader, line=at_once(reader.line))


SENDING = Rules(next_to_send, heard_sending, lost_sending, _sender_at_once)
READING = Rules(next_to_ask, heard_reading, lost_reading, _reader_at_once)


class Rounds:
    """Sends what is recorded and reads the office's feed. ``tell`` gets every other state of the line, from
    one of its threads; ``fault`` what should not happen. Whoever made it says ``start`` and ``stop``.
    """

    def __init__(
        self,
        book: Book,
        centre: Centre,
        program: str,
        now: Callable[[], datetime],
        tell: Callable[[LinkState], None],
        fault: Callable[[Exception], object],
    ) -> None:
        self._book, self._now, self._tell, self._fault = book, now, tell, fault
        address, certificate = read_address(centre.url), centre.certificate
        who = who_of(book, centre, program)
        self._sending = Conversation(SENDING, Sender(), book, who, Client(address, certificate), now)
        self._reading = Conversation(READING, Reader(), book, who, Client(address, certificate), now)
        self._change = threading.Lock()
        self._linked = self._strange = False
        self._noted: datetime | None = None
        self._told: LinkState | None = None
        self._loading: tuple[int, float] | None = None
        with book.reading() as connection:
            self._contact = store.last_contact(connection)
        self._threads = [
            threading.Thread(target=one.run, args=(self._heard, fault), name=name, daemon=True)
            for one, name in ((self._sending, "sending"), (self._reading, "reading"))
        ]

    def start(self) -> None:
        """Begin both conversations, beside everything else, behind what an older program could not read."""
        with suppress(Refused):  # without room for it at the next start
            catch_up(self._book)
        self._book.after_record = self._sending.wake
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End both; what was not answered counts as not sent."""
        self._book.after_record = _nobody
        for one in (self._sending, self._reading):
            one.stop()
        until = time.monotonic() + JOINED_WITHIN_S
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))

    def try_now(self) -> None:
        """Whatever pause was kept, try at once."""
        for one in (self._sending, self._reading):
            one.hurry()

    # -- telling -------------------------------------------------------------------------------------

    def _heard(self, heard: Heard | None) -> None:
        """A turn of either conversation is over."""
        with self._change:
            if heard is not None:
                self._strange = heard.stranger
                self._linked = _is_contact(heard)
                if self._linked:
                    self._note_contact(heard.answer)
            state = self._state()
            if state != self._told:
                self._told = state
                self._tell(state)

    def _note_contact(self, answer: Answer | None) -> None:
        """Now and then, at each delivery, and with all that it has whenever the centre tells that.

        What a receipt of the due date is worth may hang on the minute of the last delivery.
        """
        self._contact = now = self._now()
        sender = self._sending.state
        greeted = answer if isinstance(answer, Welcome) else None
        seldom = greeted is None and not isinstance(answer, Taken)
        if seldom and self._noted and timedelta(0) <= now - self._noted < NOTED_EVERY:
            return
        self._noted = now
        _note(self._book, now, sender, greeted)

    def _state(self) -> LinkState:
        with self._book.reading() as connection:
            unsent = store.unsent_count(connection)
            held = len(held_entries(connection, self._book.device))
            revoked = is_revoked(connection, self._book.device)
            loaded = percent_loaded(connection)
        trouble = self._trouble(revoked=revoked)
        return LinkState(
            self._linked, self._contact, unsent, held, trouble, loaded, self._seconds_left(loaded)
        )

    def _seconds_left(self, loaded: int | None) -> int | None:
        """How long a snapshot may still take, by how long it took since the program saw it first."""
        if loaded is None:
            self._loading = None
            return None
        percent, since = self._loading = self._loading or (loaded, time.monotonic())
        took, more = time.monotonic() - since, loaded - percent
        return round(took * (100 - loaded) / more) if more > 0 else None

    def _trouble(self, *, revoked: bool) -> LinkTrouble | None:
        sender, reader = self._sending.state, self._reading.state
        for line in (sender.line, reader.line):
            if line.refusal in _TROUBLES:
                return _TROUBLES[line.refusal]
        if sender.revoked or revoked:
            return LinkTrouble.REVOKED
        if self._strange:
            return LinkTrouble.STRANGER
        if sender.troubled:
            return LinkTrouble.CHAIN
        return LinkTrouble.NEEDS_SNAPSHOT if reader.needs_snapshot else None


def who_of(book: Book, centre: Centre, program: str) -> Who:
    """What this counter says of itself."""
    newest: dict[int, int] = {}
    for kind, version in VERSIONS:
        newest[int(kind)] = max(version, newest.get(int(kind), 0))
    kinds = tuple(sorted(newest.items()))
    office = book.office
    return Who(book.device, centre.installation, office.code, office.counter, program, kinds)


def once(book: Book, centre: Centre, program: str, now: Callable[[], datetime]) -> bool:
    """Send everything and read all that there is; whether the centre answered to the end."""
    catch_up(book)
    address, who = read_address(centre.url), who_of(book, centre, program)

    def heard(outcome: Heard | None) -> None:
        if outcome is not None and isinstance(outcome.answer, Welcome):
            _note(book, now(), sending.state, outcome.answer)

    sending = Conversation(SENDING, Sender(), book, who, Client(address, centre.certificate), now)
    reading = Conversation(READING, Reader(), book, who, Client(address, centre.certificate), now)
    try:
        sent = _carried_through(sending, heard, lambda: False)
        return _carried_through(reading, heard, lambda: not reading.state.more) and sent
    finally:
        sending.stop()
        reading.stop()


def greet(book: Book, centre: Centre, program: str, now: Callable[[], datetime]) -> bool:
    """Hear what the centre has of this counter, and go on above its numbers; whether it answered."""
    answers: list[Answer | None] = []

    def heard(outcome: Heard | None) -> None:
        answers.append(outcome.answer if outcome is not None else None)

    who, client = who_of(book, centre, program), Client(read_address(centre.url), centre.certificate)
    sending = Conversation(SENDING, Sender(), book, who, client, now)
    try:
        sending.turn(heard)
        if sending.state.line.refusal is Refusal.CLOCK:
            sending.hurry()  # the right time is known now
            sending.turn(heard)
    finally:
        sending.stop()
    return isinstance(answers[-1] if answers else None, Welcome)


def _note(book: Book, now: datetime, sender: Sender, greeted: Welcome | None) -> None:
    """The centre answered; at a greeting it said what it has, the time, and what it has archived."""
    with book.writing() as page:
        store.note_contact(page, now, sender.line.offset_ms)
        if greeted is not None:
            store.settle(page, sender.settled)
            clock.hear(page, greeted.centre_ms, now)
    if greeted is not None and greeted.archived:
        purge(book, from_millis(greeted.centre_ms))


def _carried_through(
    conversation: Conversation[S], heard: Callable[[Heard | None], None], done: Callable[[], bool]
) -> bool:
    """Turn by turn until there is nothing to say, or ``done``; False as soon as the line fails."""
    while True:
        rest_ms, line = conversation.turn(heard), conversation.state.line
        if line.failures:
            if line.refusal is not Refusal.CLOCK or line.failures > 1:
                return False
            conversation.hurry()  # the right time is known now
        elif rest_ms or done():
            return True


def _is_contact(heard: Heard) -> bool:
    """Whether the centre was there for this counter; a word about the clock is one, being sent away not."""
    answer = heard.answer
    return answer is not None and not (isinstance(answer, TurnedAway) and answer.refusal is not Refusal.CLOCK)


def _nobody() -> None:
    """Nobody sends any more."""
