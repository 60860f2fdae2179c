"""One open page of the book: what is written on it is committed as a whole or not at all."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from counter_app.domain.acts import NumberGap, SegmentOpened
from counter_app.domain.clock import ClockDecided, ClockFound, Decision, Reading
from counter_app.domain.entry import COMPLAINT_KINDS, NOBODY
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Series
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.refusals import ActUsedElsewhere
from counter_app.machine import Steady
from counter_app.store import clock, journal, people
from counter_app.store.complaint_states import restate
from counter_app.store.finds.used import refusal_of_use
from counter_app.store.journal import Act, Head, Pen, Recorded
from counter_app.store.projected import last_serial
from counter_app.store.projections import project
from counter_app.wire.payloads import Payload


@dataclass(slots=True)
class Page:
    """Made by ``Book.writing``. ``connection`` reads and writes inside the same transaction."""

    connection: Connection
    _pen: Pen
    _head: Head | None
    _opening: SegmentOpened
    _steady: Steady | None
    recorded: list[Recorded] = field(default_factory=list)

    def clocks(self, at: datetime) -> Reading:
        """Both clocks as they stood when the page was opened; ``at``: what the wall's said."""
        return clock.read_together(at, self._steady)

    def record(
        self,
        payload: Payload,
        *,
        act: UUID,
        person: UUID,
        at: datetime,
        drawer: UUID | None = None,
        money: Paise = 0,
    ) -> Recorded:
        """Add a signed entry and change the rows that follow from it.

        Before the first of a page stands what it shows of the clock. ``money`` goes into the running total.
        Raises ``ActUsedElsewhere`` when the act is in the journal already, ``UtrUsed``, ``ChequeUsed`` or
        ``ReferenceUsed`` when a tender is on another receipt, ``DoesNotFollow`` (a ``ValueError``) when the
        act cannot come now; the page must then be given up.
        """
        known = journal.entry_of_act(self.connection, act)
        if known is not None:
            raise ActUsedElsewhere(known[0].kind)
        clocks = self.clocks(at)
        self._look(person, clocks)
        try:
            return self._add(Act(payload, act, person, clocks, drawer or NOBODY, money))
        except IntegrityError:
            self._explain(payload)
            raise

    def next_serial(self, series: Series) -> int:
        """The serial that comes next; the payload recorded on this page must hold it."""
        return last_serial(self.connection, series) + 1

    def go_on_above(self, gap: NumberGap, *, act: UUID, person: UUID, at: datetime) -> bool:
        """Record that numbers were given out that are not here. False, and nothing recorded: all are."""
        beyond = any(number > last_serial(self.connection, series) for series, number in gap.given.items())
        if beyond:
            self.record(gap, act=act, person=person, at=at)
        return beyond

    def look_at_the_clock(self, *, person: UUID, at: datetime) -> None:
        """Record what speaks against the clock now, or speaks so no more; nothing when nothing is new."""
        self._look(person, self.clocks(at))

    def _look(self, person: UUID, clocks: Reading) -> None:
        if self.recorded:
            return
        known = clock.known(self.connection)
        stands = clock.standing(self.connection, clocks, self._head.clocks if self._head else None)
        if stands == known:
            return
        found: ClockFound | ClockDecided = ClockDecided(Decision.IS_RIGHT, "")
        if stands is not None:
            found = ClockFound(stands.fault, stands.seconds, people.code_of(self.connection, person))
        self._add(Act(found, uuid.uuid4(), person, clocks, NOBODY, 0))

    def _add(self, act: Act) -> Recorded:
        if self._head is None or self._head.place.segment != self._pen.segment:
            self._write(Act(self._opening, uuid.uuid4(), NOBODY, act.clocks, NOBODY, 0))
        return self._write(act)

    def _write(self, act: Act) -> Recorded:
        recorded = self._pen.write(self.connection, act, self._head)
        header = recorded.entry.header
        project(self.connection, header, act.payload, recorded.hash)
        if header.kind in COMPLAINT_KINDS:
            restate(self.connection, getattr(act.payload, "complaint", header.act))
        self._head = Head(
            recorded.place, recorded.hash, header.running_total, act.clocks, recorded.entry.signature
        )
        self.recorded.append(recorded)
        return recorded

    def _explain(self, payload: Payload) -> None:
        """Raise the refusal behind a broken uniqueness, where it is one of the clerk's."""
        if isinstance(payload, PaymentTaken):
            for tender in payload.tenders:
                refusal = refusal_of_use(self.connection, tender)
                if refusal is not None:
                    raise refusal
