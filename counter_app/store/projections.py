"""Rows that follow from the journal alone: written with each entry, made again and compared at will.

``project`` writes to its tables by their bare names. Tables of the same names in the temporary
schema come first, so that the same function fills a second set to compare with.
"""

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from counter_app.domain.entry import NO_DIGEST, Entry, EntryDamaged, Header, Kind, Place, added, chained
from counter_app.store.journal import entries, said, signed
from counter_app.store.projected import DoesNotFollow
from counter_app.store.tables import PROJECTION
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode


def project(connection: Connection, header: Header, payload: Payload | None, entry_hash: bytes) -> None:
    """Change the rows as an entry says. ``DoesNotFollow`` or a broken uniqueness when it cannot be.

    A payload of None is one that this program does not know.
    """
    _stand(connection, header.place, entry_hash)
    if header.kind == Kind.SEGMENT_OPENED:
        return  # it has no rows but those of its segment
    writes = _projections().get(type(payload))
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


@cache
def _projections() -> dict[type[Any], Callable[[Connection, Header, Any, bytes], None]]:
    """What each payload writes; made with the first that writes any: every start would pay for it."""
    from counter_app.store.projected_acts import ACTS
    from counter_app.store.projected_drawers import DRAWERS
    from counter_app.store.projected_receipts import RECEIPTS

    return ACTS | DRAWERS | RECEIPTS


# -- making them again ----------------------------------------------------------------------------------


def _temporary_tables(connection: Connection) -> list[str]:
    """Empty twins of the projections in the temporary schema, made from the real ones' own statements."""
    asked = "SELECT name, sql FROM main.sqlite_master WHERE type = 'table'"
    statements = {row.name: row.sql for row in connection.exec_driver_sql(asked)}
    made: list[str] = []
    for table in PROJECTION.sorted_tables:
        statement = statements[table.name]
        connection.exec_driver_sql(statement.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
        made.append(table.name)
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
