"""One open page of the book: what is written on it is committed as a whole or not at all."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from counter_app.domain.acts import SegmentOpened
from counter_app.domain.entry import NOBODY
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Series
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.refusals import ActUsedElsewhere
from counter_app.store import journal
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
    recorded: list[Recorded] = field(default_factory=list)

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

        ``money`` goes into the running total. Raises ``ActUsedElsewhere`` when the act is in the
        journal already, ``UtrUsed``, ``ChequeUsed`` or ``ReferenceUsed`` when a tender is on another
        receipt, ``DoesNotFollow`` (a ``ValueError``) when the act cannot come now; the page must then be
        given up.
        """
        known = journal.entry_of_act(self.connection, act)
        if known is not None:
            raise ActUsedElsewhere(known[0].kind)
        if self._head is None or self._head.place.segment != self._pen.segment:
            self._write(Act(self._opening, uuid.uuid4(), NOBODY, at, NOBODY, 0))
        try:
            return self._write(Act(payload, act, person, at, drawer or NOBODY, money))
        except IntegrityError:
            self._explain(payload)
            raise

    def next_serial(self, series: Series) -> int:
        """The serial that comes next; the payload recorded on this page must hold it."""
        return last_serial(self.connection, series) + 1

    def _write(self, act: Act) -> Recorded:
        recorded = self._pen.write(self.connection, act, self._head)
        header = recorded.entry.header
        project(self.connection, header, act.payload, recorded.hash)
        self._head = Head(
            recorded.place, recorded.hash, header.running_total, header.wall_ms, recorded.entry.signature
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
