"""Consumers that belong to another office from now on: both hear of it, the new one with all there is.

The row that says where a consumer belongs is changed first and held until the commit; who puts entries into
the feeds holds it as well. So an entry goes to the new office with the move, or behind it by itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import Select, Table, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Row, Transaction, among
from counter_app.central.erasing import Erasing
from counter_app.central.feeds import Feeds
from counter_app.central.tables import (
    cancelled,
    complaints,
    consumers,
    entries,
    erased,
    floors,
    known,
    payments,
    payments_moved,
    settled,
    steps,
    tenders,
)
from counter_app.domain.acts import FileKind
from counter_app.domain.bill import Bill
from counter_app.domain.entry import Entry
from counter_app.wire.bodies import (
    BegunAnew,
    Bills,
    MovedAway,
    MovedIn,
    MovedOut,
    PaidElsewhere,
    Payments,
    item,
)

T = TypeVar("T")

MOST_IN_BODY = 24

_NUMBERS = among(consumers.c.consumer, "consumers")
_HOMES = select(consumers.c.consumer, consumers.c.office).where(_NUMBERS).with_for_update()
_SETTLE = insert(consumers).values(
    consumer=bindparam("consumer"), office=bindparam("office")
).on_conflict_do_nothing(index_elements=["consumer"])  # fmt: skip
_MOVE = update(consumers).where(_NUMBERS).values(office=bindparam("to"))
_ELSEWHERE = select(consumers.c.consumer).where(_NUMBERS, consumers.c.office != bindparam("to"))
_UNDERWAY = select(floors.c.moving).where(floors.c.office == bindparam("office"))
_MOVING = insert(floors).values(office=bindparam("office"), seq=0, moving=bindparam("moving"))
_MOVING = _MOVING.on_conflict_do_update(index_elements=["office"], set_={"moving": _MOVING.excluded.moving})
_BEGUN = update(floors).where(floors.c.office == bindparam("which")).values(seq=bindparam("now"))
_ENDED = update(floors).where(floors.c.office == bindparam("which")).values(moving=False)
_KNOWN = (
    select(known.c.consumer, known.c.kind, known.c.body)
    .where(among(known.c.consumer, "consumers"))
    .order_by(known.c.consumer, known.c.kind, known.c.key)
)


def begin_anew(transaction: Transaction, office: str, numbers: Sequence[str], most: int) -> bool:
    """Whether so many of these consumers belong to other offices that a snapshot tells of them, and no feed:
    two offices become one, or a part of one goes to another. Who was stopped in between ends so as well.
    """
    homes = transaction.rows(_ELSEWHERE, {"consumers": list(numbers), "to": office})
    underway = transaction.rows(_UNDERWAY, {"office": office})
    if len(homes) <= most and underway != [(True,)]:
        return False
    transaction.do(_MOVING, {"office": office, "moving": True})
    return True


def begun_anew(transaction: Transaction, office: str) -> None:
    """All of them have come: nobody goes on in the office's feed from before here."""
    feeds = Feeds(transaction)
    feeds.publish(office, item(BegunAnew()), office)
    feeds.write()
    transaction.do(_BEGUN, {"which": office, "now": feeds.head(office).seq})


def ended(transaction: Transaction, office: str) -> None:
    """There is a snapshot that tells of them: whoever comes from before can go on."""
    transaction.do(_ENDED, {"which": office})


def _entries(table: Table) -> "Select[tuple[object, ...]]":
    """What was stored of the entries behind rows of the books, with the office of who recorded them."""
    at = table.c
    return select(
        at.office, entries.c.received_ms, entries.c.seq, entries.c.header, entries.c.payload, entries.c.salt
    ).where(
        entries.c.office == at.office,
        entries.c.device == at.device,
        entries.c.segment == at.segment,
        entries.c.seq == at.seq,
        entries.c.hash == at.hash,
        at.office != bindparam("to"),
    )


_ABOUT = (
    _entries(payments).where(among(payments.c.consumer, "consumers")),
    _entries(cancelled).where(among(cancelled.c.consumer, "consumers")),
    _entries(complaints).where(among(complaints.c.consumer, "consumers")),
    _entries(steps).where(complaints.c.act == steps.c.complaint, among(complaints.c.consumer, "consumers")),
    _entries(payments_moved).where(among(payments_moved.c.consumer, "consumers")),
    # What was done about receipts says not always whose they are now.
    *(
        _entries(table).where(
            *(table.c[name] == payments.c[name] for name in ("office", "counter", "serial")),
            among(payments.c.consumer, "consumers"),
        )
        for table in (tenders, settled)
    ),
    # What was moved to a consumer was taken for another one.
    _entries(payments).where(
        *(payments.c[name] == payments_moved.c[name] for name in ("office", "counter", "serial")),
        payments.c.slip == 0,
        among(payments_moved.c.to_consumer, "consumers"),
    ),
)


_ERASED = select(erased.c.complaint).where(
    erased.c.complaint == complaints.c.act, among(complaints.c.consumer, "consumers")
)


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves of one transaction. ``at_once``: so many that the new office hears of them in a snapshot."""

    transaction: Transaction
    feeds: Feeds
    at_once: bool = False

    def to(self, office: str, numbers: Sequence[str]) -> tuple[set[str], set[str]]:
        """Let these consumers belong to an office. Those that belonged to another one until now, and those
        that belonged to none.
        """
        homes: dict[str, str] = dict(self.transaction.rows(_HOMES, {"consumers": list(numbers)}))
        new = {one for one in numbers if one not in homes}
        for one in sorted(new):
            self.transaction.do(_SETTLE, {"consumer": one, "office": office})
        arrived = {one for one, home in homes.items() if home != office}
        if arrived:
            self.transaction.do(_MOVE, {"consumers": sorted(arrived), "to": office})
        self._tell_before(office, {one: homes[one] for one in sorted(arrived)})
        return arrived, new

    def _tell_before(self, office: str, homes: dict[str, str]) -> None:
        """Tell the offices that consumers belonged to until now."""
        if not self.at_once:
            for one, home in homes.items():
                self.feeds.publish(home, item(MovedOut(one, office)), home)
            return
        for home in sorted({*homes.values()}):
            gone = tuple(one for one, before in homes.items() if before == home)
            self.feeds.publish(home, item(MovedAway(gone, office)), home)

    def tell(self, office: str, arrived: set[str], new: set[str]) -> None:
        """Tell an office all there is of its consumers that came from elsewhere, and what others recorded
        about its new ones; the consumers themselves it must have heard of before.
        """
        said: dict[str, list[Row]] = {one: [] for one in sorted(arrived) if not self.at_once}
        if said:
            for consumer, *row in self.transaction.rows(_KNOWN, {"consumers": list(said)}):
                said[consumer].append(tuple(row))
        for consumer, rows in said.items():
            self.feeds.publish(office, item(MovedIn(consumer)), office)
            bills = tuple(_values(rows, FileKind.BILLS, Bill))
            paid = tuple(_values(rows, FileKind.PAYMENTS, PaidElsewhere))
            if bills:
                self.feeds.publish(office, item(Bills(bills)), office)
            if paid:
                self.feeds.publish(office, item(Payments(paid)), office)
        self._entries_to(office, arrived | new)

    def _entries_to(self, office: str, numbers: set[str]) -> None:
        """What other offices recorded about consumers, in the order in which it came."""
        asked = {"consumers": sorted(numbers), "to": office}
        found = [row for about in _ABOUT for row in self.transaction.rows(about, asked)] if numbers else []
        once = {row[3]: row for row in found}.values()
        for home, _, _, header, payload, salt in sorted(once, key=lambda row: row[1:3]):
            self.feeds.publish(office, Entry(header, payload, salt, b""), home)
        erasing = Erasing(self.transaction)
        for (act,) in self.transaction.rows(_ERASED, asked) if numbers else ():
            for said in erasing.said(UUID(bytes=act)):
                self.feeds.publish(office, said, office)


def _values(rows: Sequence[Row], kind: FileKind, of: type[T]) -> Iterator[T]:
    """The newest of a kind that fit into one body."""
    bodies = [body for which, body in rows if which == kind][-MOST_IN_BODY:]
    return (msgspec.json.decode(body, type=of) for body in bodies)
