"""Rows that follow from the journal alone: written with each entry, made again and compared at will.

``project`` writes to its tables by their bare names. Tables of the same names in the temporary
schema come first, so that the same function fills a second set to compare with.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, select, text, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from counter_app.domain.acts import (
    CopyAsked,
    NumberGap,
    Paper,
    PaperOutcome,
    PaperState,
    SignedIn,
    SignInRefused,
)
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep
from counter_app.domain.days import from_millis
from counter_app.domain.drawer import DrawerClosed, DrawerOpened
from counter_app.domain.entry import NO_DIGEST, Entry, EntryDamaged, Header, Place, added, chained
from counter_app.domain.numbering import Series, hash_letters
from counter_app.domain.payment import PaymentTaken
from counter_app.store.journal import entries, said, signed
from counter_app.store.tables import (
    PROJECTION,
    complaint_steps,
    complaints,
    drawers,
    paper_jobs,
    payments,
    serials,
    tenders,
    tries,
)
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode


class DoesNotFollow(ValueError):
    """An act that cannot come now: a serial out of turn, a drawer or print job that is not there."""


def project(connection: Connection, header: Header, payload: Payload | None, entry_hash: bytes) -> None:
    """Change the rows as an entry says. ``DoesNotFollow`` or a broken uniqueness when it cannot be.

    A payload of None is one that this program does not know.
    """
    _stand(connection, header.place, entry_hash)
    writes = _PROJECTIONS.get(type(payload))
    if writes is not None:
        writes(connection, header, payload, entry_hash)


def last_serial(connection: Connection, series: Series) -> int:
    """The serial given last in a series; 0 before the first."""
    return _serial(connection, _series_name(series))


def last_gap(connection: Connection, series: Series) -> int:
    """The serial up to which numbers may be missing here, as an entry says; 0 when there is no such entry."""
    return _serial(connection, _above(series))


def _serial(connection: Connection, name: str) -> int:
    return connection.execute(select(serials.c.last).where(serials.c.series == name)).scalar() or 0


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
    for series, given in ((Series.RECEIPT, payload.receipts), (Series.COMPLAINT, payload.complaints)):
        if given > last_serial(connection, series):
            _put_serial(connection, _series_name(series), given)
            _put_serial(connection, _above(series), given)


def _payment_taken(connection: Connection, header: Header, payload: PaymentTaken, entry_hash: bytes) -> None:
    _take_serial(connection, Series.RECEIPT, payload.serial)
    connection.execute(
        payments.insert(),
        {
            "serial": payload.serial,
            "act": header.act,
            "office": payload.office,
            "counter": payload.counter,
            "letters": hash_letters(entry_hash),
            "day": payload.day,
            "taken_at": _at(header),
            "consumer": payload.consumer,
            "bill_number": payload.bill_number,
            "bill_month": payload.bill_month,
            "amount": payload.amount,
            "clerk": payload.clerk,
            "drawer": header.drawer,
        },
    )
    rows = [
        {
            "payment": payload.serial,
            "position": position,
            "kind": tender.kind,
            "amount": tender.amount,
            "given": tender.given,
            "returned": tender.returned,
            "reference": tender.reference,
            "approval": tender.approval,
            "confirmed": tender.confirmed,
        }
        for position, tender in enumerate(payload.tenders)
    ]
    connection.execute(tenders.insert(), rows)
    _add_job(connection, header, CopyAsked(Paper.RECEIPT, header.act, payload.consumer, "", 1, ""))


def _complaint_registered(
    connection: Connection, header: Header, payload: ComplaintRegistered, entry_hash: bytes
) -> None:
    _take_serial(connection, Series.COMPLAINT, payload.serial)
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
    _add_job(connection, header, CopyAsked(Paper.SLIP, header.act, payload.consumer, "", 1, ""))


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


def _drawer_opened(connection: Connection, header: Header, payload: DrawerOpened, _: bytes) -> None:
    connection.execute(
        drawers.insert(),
        {
            "drawer": payload.drawer,
            "clerk": payload.clerk,
            "day": payload.day,
            "opening": payload.opening,
            "opened_at": _at(header),
            "note": "",
        },
    )


def _drawer_closed(connection: Connection, header: Header, payload: DrawerClosed, _: bytes) -> None:
    still_open = (drawers.c.drawer == payload.drawer) & drawers.c.closed_at.is_(None)
    closed = connection.execute(
        update(drawers)
        .where(still_open)
        .values(closed_at=_at(header), expected=payload.expected, counted=payload.counted, note=payload.note)
    )
    if closed.rowcount != 1:
        raise DoesNotFollow("no open drawer to close")


def _copy_asked(connection: Connection, header: Header, payload: CopyAsked, _: bytes) -> None:
    _add_job(connection, header, payload)


def _paper_outcome(connection: Connection, header: Header, payload: PaperOutcome, _: bytes) -> None:
    # The run that last had a hand in it: what is under way now is not asked about before the next start.
    moved = connection.execute(
        update(paper_jobs)
        .where(paper_jobs.c.job == payload.job)
        .values(state=payload.state, printer=payload.printer, segment=signed(header.place.segment))
    )
    if moved.rowcount != 1:
        raise DoesNotFollow("no such print job")


def _signed_in(connection: Connection, _header: Header, payload: SignedIn, _: bytes) -> None:
    connection.execute(delete(tries).where(tries.c.code == payload.code))


def _sign_in_refused(connection: Connection, header: Header, payload: SignInRefused, _: bytes) -> None:
    if payload.known:
        put = insert(tries).values(code=payload.code, failed=1, last_at=_at(header))
        again = {"failed": tries.c.failed + 1, "last_at": put.excluded.last_at}
        connection.execute(put.on_conflict_do_update(index_elements=["code"], set_=again))


_PROJECTIONS: dict[type[Any], Callable[[Connection, Header, Any, bytes], None]] = {
    NumberGap: _number_gap,
    PaymentTaken: _payment_taken,
    ComplaintRegistered: _complaint_registered,
    ComplaintStep: _complaint_step,
    DrawerOpened: _drawer_opened,
    DrawerClosed: _drawer_closed,
    CopyAsked: _copy_asked,
    PaperOutcome: _paper_outcome,
    SignedIn: _signed_in,
    SignInRefused: _sign_in_refused,
}


def _add_job(connection: Connection, header: Header, asked: CopyAsked) -> None:
    connection.execute(
        paper_jobs.insert(),
        {
            "job": header.act,
            "paper": asked.paper,
            "subject": asked.subject,
            "consumer": asked.consumer,
            "month": asked.month,
            "copy": asked.copy,
            "reason": asked.reason,
            "state": PaperState.WAITING,
            "printer": "",
            "asked_at": _at(header),
            "segment": signed(header.place.segment),
        },
    )


def _take_serial(connection: Connection, series: Series, serial: int) -> None:
    """Give out the next serial of a series, and no other."""
    last = last_serial(connection, series)
    if serial != last + 1:
        raise DoesNotFollow(f"serial {serial} does not follow {last}")
    _put_serial(connection, _series_name(series), serial)


def _put_serial(connection: Connection, name: str, serial: int) -> None:
    put = insert(serials).values(series=name, last=serial)
    connection.execute(put.on_conflict_do_update(index_elements=["series"], set_={"last": serial}))


def _series_name(series: Series) -> str:
    return series.name.lower()


def _above(series: Series) -> str:
    return f"{_series_name(series)} gap"


def _at(header: Header) -> datetime:
    return from_millis(header.wall_ms)


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
