"""Rows that follow from the journal alone: written with each entry, made again and compared at will.

``project`` writes to its tables by their bare names. Tables of the same names in the temporary
schema come first, so that the same function fills a second set to compare with.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, func, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from counter_app.domain.acts import CopyAsked, NumberGap, Paper, PaperOutcome, SignedIn, SignInRefused
from counter_app.domain.clock import ClockDecided, ClockFound
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep
from counter_app.domain.entry import NO_DIGEST, Entry, EntryDamaged, Header, Place, added, chained
from counter_app.domain.numbering import Series, hash_letters
from counter_app.store.journal import entries, said, signed
from counter_app.store.projected import DoesNotFollow, add_job, at, go_on_above, take_serial
from counter_app.store.projected_drawers import DRAWERS
from counter_app.store.projected_receipts import RECEIPTS
from counter_app.store.tables import (
    PROJECTION,
    clock_faults,
    complaint_steps,
    complaints,
    paper_jobs,
    sign_ins,
    tries,
)
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode


def project(connection: Connection, header: Header, payload: Payload | None, entry_hash: bytes) -> None:
    """Change the rows as an entry says. ``DoesNotFollow`` or a broken uniqueness when it cannot be.

    A payload of None is one that this program does not know.
    """
    _stand(connection, header.place, entry_hash)
    writes = _PROJECTIONS.get(type(payload))
    if writes is not None:
        writes(connection, header, payload, entry_hash)


def rebuild_and_compare(connection: Connection) -> tuple[str, ...]:
    """Make all projections again from the journal, in temporary tables, and list what differs.

    Empty: every row is equal. The chain is checked on the way; what comes after a damaged entry
    is not rebuilt and so shows as a difference too.
    """
    made = _temporary_tables(connection)
    try:
        differences = _rebuild(connection)
        for table in PROJECTION.sorted_tables:
            differences += _compare(connection, table)
        return tuple(differences)
    finally:
        for name in reversed(made):
            connection.exec_driver_sql(f'DROP TABLE temp."{name}"')


# -- the journal itself ---------------------------------------------------------------------------------

_BEGIN = "INSERT INTO segments VALUES (?, (SELECT coalesce(max(begun), 0) + 1 FROM segments), ?, ?, ?)"
_GO_ON = "UPDATE segments SET upto = ?, hash = ?, digest = ? WHERE segment = ?"


def _stand(connection: Connection, place: Place, entry_hash: bytes) -> None:
    """One more entry of a segment."""
    segment = signed(place.segment)
    if place.seq == 1:
        first = (segment, 1, entry_hash, added(NO_DIGEST, entry_hash))
        connection.exec_driver_sql(_BEGIN, first)
        return
    asked = "SELECT digest FROM segments WHERE segment = ?"
    digest = connection.exec_driver_sql(asked, (segment,)).scalar()
    if digest is None:
        raise DoesNotFollow("a segment without its first entry")
    connection.exec_driver_sql(_GO_ON, (place.seq, entry_hash, added(digest, entry_hash), segment))


# -- the entries ----------------------------------------------------------------------------------------


def _number_gap(connection: Connection, _header: Header, payload: NumberGap, _: bytes) -> None:
    for series, given in payload.given.items():
        go_on_above(connection, series, given)


def _complaint_registered(
    connection: Connection, header: Header, payload: ComplaintRegistered, entry_hash: bytes
) -> None:
    take_serial(connection, Series.COMPLAINT, payload.serial)
    connection.execute(
        complaints.insert(),
        {
            "serial": payload.serial,
            "act": header.act,
            "office": payload.office,
            "counter": payload.counter,
            "letters": hash_letters(entry_hash),
            "consumer": payload.consumer,
            "mobile": payload.mobile,
            "priority": payload.priority,
            "registered_at": payload.registered_at,
        },
    )
    add_job(connection, header, CopyAsked(Paper.SLIP, header.act, payload.consumer, "", 1, ""))


def _complaint_step(connection: Connection, header: Header, payload: ComplaintStep, _: bytes) -> None:
    connection.execute(
        complaint_steps.insert(),
        {
            "act": header.act,
            "complaint": payload.complaint,
            "stage": payload.stage,
            "done_at": payload.at,
            "done_by": payload.by,
            "note": payload.note,
        },
    )


def _copy_asked(connection: Connection, header: Header, payload: CopyAsked, _: bytes) -> None:
    add_job(connection, header, payload)


def _paper_outcome(connection: Connection, header: Header, payload: PaperOutcome, _: bytes) -> None:
    # The run that last had a hand in it: what is under way now is not asked about before the next start.
    moved = connection.execute(
        update(paper_jobs)
        .where(paper_jobs.c.job == payload.job)
        .values(state=payload.state, printer=payload.printer, segment=signed(header.place.segment))
    )
    if moved.rowcount != 1:
        raise DoesNotFollow("no such print job")


def _signed_in(connection: Connection, header: Header, payload: SignedIn, _: bytes) -> None:
    connection.execute(delete(tries).where(tries.c.code == payload.code))
    put = insert(sign_ins).values(code=payload.code, at=at(header))
    again = put.on_conflict_do_update(index_elements=["code"], set_={"at": put.excluded.at})
    connection.execute(again)


def _sign_in_refused(connection: Connection, header: Header, payload: SignInRefused, _: bytes) -> None:
    if payload.known:
        put = insert(tries).values(code=payload.code, failed=1, last_at=at(header))
        again = {"failed": tries.c.failed + 1, "last_at": put.excluded.last_at}
        connection.execute(put.on_conflict_do_update(index_elements=["code"], set_=again))


def _clock_found(connection: Connection, header: Header, payload: ClockFound, _: bytes) -> None:
    row = {"fault": payload.fault, "seconds": payload.seconds, "found_at": at(header)}
    undecided = {"decision": "", "decided_at": None, "decided_by": ""}
    connection.execute(clock_faults.insert().values(row | undecided))


def _clock_decided(connection: Connection, header: Header, payload: ClockDecided, _: bytes) -> None:
    newest = select(func.max(clock_faults.c.id)).scalar_subquery()
    decided = update(clock_faults).where(clock_faults.c.id == newest)
    values = {"decision": payload.decision, "decided_at": at(header), "decided_by": payload.code}
    if connection.execute(decided.values(values)).rowcount != 1:
        raise DoesNotFollow("nothing was found wrong with the clock")


_PROJECTIONS: dict[type[Any], Callable[[Connection, Header, Any, bytes], None]] = (
    RECEIPTS
    | DRAWERS
    | {
        NumberGap: _number_gap,
        ComplaintRegistered: _complaint_registered,
        ComplaintStep: _complaint_step,
        CopyAsked: _copy_asked,
        PaperOutcome: _paper_outcome,
        SignedIn: _signed_in,
        SignInRefused: _sign_in_refused,
        ClockFound: _clock_found,
        ClockDecided: _clock_decided,
    }
)


# -- making them again ----------------------------------------------------------------------------------


def _temporary_tables(connection: Connection) -> list[str]:
    """Empty twins of the projections in the temporary schema, made from the real ones' own statements."""
    names = [table.name for table in PROJECTION.sorted_tables]
    made: list[str] = []
    asked = text("SELECT name, sql FROM main.sqlite_master WHERE type = 'table' AND name = :name")
    for name in names:
        _, statement = connection.execute(asked, {"name": name}).one()
        connection.exec_driver_sql(statement.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
        made.append(name)
    return made


def _rebuild(connection: Connection) -> list[str]:
    try:
        for entry in chained(entries(connection)):
            _project_again(connection, entry)
    except (EntryDamaged, PayloadDamaged, DoesNotFollow, IntegrityError) as fault:
        return [f"journal: {fault}"]
    return []


def _project_again(connection: Connection, entry: Entry) -> None:
    header = entry.header
    try:
        payload = decode(header.kind, header.kind_version, said(connection, entry))
    except PayloadUnknown:
        payload = None  # of a newer program; kept and forwarded, projected by none here
    project(connection, header, payload, entry.hash)


def _compare(connection: Connection, table: Table) -> list[str]:
    differences = []
    key = [column.name for column in table.primary_key]
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    for here, there, what in (("main", "temp", "not from the journal"), ("temp", "main", "missing")):
        ours, theirs = f'{here}."{table.name}"', f'{there}."{table.name}"'
        both = f"SELECT {columns} FROM {ours} EXCEPT SELECT {columns} FROM {theirs}"  # noqa: S608 - names from our tables
        rows = connection.exec_driver_sql(both).mappings()
        differences += [f"{table.name} {[_shown(row[name]) for name in key]}: {what}" for row in rows]
    return differences


def _shown(value: object) -> str:
    return str(UUID(bytes=value)) if isinstance(value, bytes) and len(value) == 16 else str(value)
