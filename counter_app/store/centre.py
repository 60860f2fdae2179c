"""The centre this counter is enrolled at, when it answered, and what it still lacks or holds."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.domain.days import from_millis
from counter_app.domain.entry import Header
from counter_app.domain.value import value
from counter_app.store.facts import CARRIED, CENTRE, CENTRE_NAMED, CLOCK_OFFSET, drop_fact, fact, put_fact
from counter_app.store.journal import signed, unsigned
from counter_app.store.page import Page
from counter_app.store.seal import SealCheck
from counter_app.store.tables import contacts, marks

ONE_SPAN = timedelta(minutes=5)
"""Answers no further apart than this are one span: a quiet line is asked every few minutes."""

KEPT = timedelta(days=90)
"""How long they are kept: what was posted too late is told by them."""

_COUNT = """
    SELECT coalesce(sum(max(s.upto - coalesce(m.received, 0), 0)), 0) FROM segments s
    LEFT JOIN marks m ON m.segment = s.segment"""
_UNSENT = """
    SELECT j.kind, count(*), min(j.id) FROM segments s LEFT JOIN marks m ON m.segment = s.segment
    JOIN journal j ON j.segment = s.segment AND j.seq > coalesce(m.received, 0)
    WHERE s.upto > coalesce(m.received, 0) GROUP BY j.kind"""
_HEADER = "SELECT header FROM journal WHERE id = ?"


@value
class Centre:
    """Where the centre answers and who this counter is there.

    ``url`` is scheme, host and port; ``certificate`` is PEM, empty: the machine's own roots are trusted.
    ``installation`` was drawn when the counter was enrolled. ``company_key``: Ed25519, in hex; what it did
    not sign, this counter does not act on. Empty: the centre had none then.
    """

    url: str
    certificate: str
    installation: UUID
    office: str
    counter: int
    company_key: str = ""


@value
class Unsent:
    """Entries of a kind that the centre is not known to have: how many, and since when."""

    kind: int
    count: int
    oldest_at: datetime


@value
class Contact:
    """A span of time in which the centre answered."""

    since: datetime
    until: datetime


@value
class CentreNamed:
    """What the set-up said of a centre at which this counter is not enrolled yet. ``company_key``: in hex, of
    who signed that; empty: nobody did.
    """

    url: str
    certificate: str
    code: str
    company_key: str


def put_named(page: Page, named: CentreNamed) -> None:
    """Keep where this counter is to be enrolled; until it is."""
    put_fact(page.connection, CENTRE_NAMED, msgspec.json.encode(named))


def named(connection: Connection) -> CentreNamed | None:
    """Where this counter is to be enrolled, as the set-up said."""
    body = fact(connection, CENTRE_NAMED)
    return None if body is None else msgspec.json.decode(body, type=CentreNamed)


def centre(connection: Connection) -> Centre | None:
    """The centre this counter is enrolled at; None before it is."""
    body = fact(connection, CENTRE)
    return None if body is None else msgspec.json.decode(body, type=Centre)


def company_signed(connection: Connection, message: bytes, signature: str) -> bool:
    """Whether the company's key, as the centre named it at the enrolment, made a signature (in hex)."""
    known = centre(connection)
    if known is None or not known.company_key:
        return False
    return SealCheck(bytes.fromhex(known.company_key)).holds(message, bytes.fromhex(signature))


def put_centre(page: Page, centre: Centre) -> None:
    """Remember where this counter is enrolled."""
    put_fact(page.connection, CENTRE, msgspec.json.encode(centre))
    drop_fact(page.connection, CENTRE_NAMED)


# -- contact -----------------------------------------------------------------------------------------


def note_contact(page: Page, at: datetime, offset_ms: int) -> None:
    """The centre answered; its clock is so far ahead of the own. Old spans are forgotten."""
    connection, span = page.connection, contacts.c
    newest = connection.execute(select(contacts).order_by(span.since.desc()).limit(1)).first()
    if newest is not None and newest.since <= at <= newest.until + ONE_SPAN:
        ended = max(at, newest.until)
        connection.execute(update(contacts).where(span.since == newest.since).values(until=ended))
    else:
        put = insert(contacts).values(since=at, until=at)
        connection.execute(put.on_conflict_do_nothing(index_elements=["since"]))
    connection.execute(delete(contacts).where(span.until < at - KEPT, span.since != at))
    put_fact(connection, CLOCK_OFFSET, str(offset_ms).encode())


def answers(connection: Connection, at: datetime) -> bool:
    """Whether the line is up: then the centre is heard of at least once in ``ONE_SPAN``."""
    heard_at = last_contact(connection)
    return heard_at is not None and timedelta(0) <= at - heard_at <= ONE_SPAN


def contacts_since(connection: Connection, since: datetime) -> tuple[Contact, ...]:
    """The spans that reach behind an instant, oldest first."""
    asked = select(contacts).where(contacts.c.until >= since).order_by(contacts.c.since)
    return tuple(Contact(row.since, row.until) for row in connection.execute(asked))


def last_contact(connection: Connection) -> datetime | None:
    """When the centre answered last; None: never yet."""
    return connection.execute(select(func.max(contacts.c.until))).scalar()


def clock_offset(connection: Connection) -> timedelta | None:
    """How far the centre's clock was ahead of the own at the last contact; None before the first."""
    body = fact(connection, CLOCK_OFFSET)
    return None if body is None else timedelta(milliseconds=int(body))


# -- what has not arrived, what is held --------------------------------------------------------------


def settle(page: Page, settled: Mapping[int, int]) -> None:
    """The centre said up to where it has each segment; it may have less than before, after a restore."""
    connection = page.connection
    known = {row.segment: row.received for row in connection.execute(select(marks))}
    for segment, upto in settled.items():
        if known.get(signed(segment)) != upto:
            put = insert(marks).values(segment=signed(segment), received=upto, archived=0)
            again = put.on_conflict_do_update(index_elements=["segment"], set_={"received": upto})
            connection.execute(again)


def received(connection: Connection) -> Mapping[int, int]:
    """Up to where the centre has said that it has each segment."""
    return {unsigned(row.segment): row.received for row in connection.execute(select(marks))}


# -- what goes by hand -------------------------------------------------------------------------------


def put_carried(page: Page, number: int) -> None:
    """A parcel with this number was written; what answers it is waited for, and nothing else."""
    put_fact(page.connection, CARRIED, str(number).encode())


def end_carried(page: Page) -> None:
    """The answer was read; no other one is waited for."""
    drop_fact(page.connection, CARRIED)


def carried(connection: Connection) -> int:
    """The number of the parcel whose answer is waited for; 0 when none is."""
    return int(fact(connection, CARRIED) or b"0")


def unsent_count(connection: Connection) -> int:
    """How many own entries the centre is not known to have."""
    return int(connection.exec_driver_sql(_COUNT).scalar_one())


def unsent(connection: Connection) -> tuple[Unsent, ...]:
    """The same by kind, the oldest first."""
    found = []
    for kind, count, oldest in connection.exec_driver_sql(_UNSENT):
        header = Header.unpacked(connection.exec_driver_sql(_HEADER, (oldest,)).scalar_one())
        found.append(Unsent(kind, count, from_millis(header.wall_ms)))
    return tuple(sorted(found, key=lambda one: one.oldest_at))
