"""What is checked when the book is opened, and the report of it."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from counter_app.domain.entry import EntryDamaged
from counter_app.domain.numbering import Series
from counter_app.domain.refusals import StoreDamaged
from counter_app.domain.value import value
from counter_app.store import journal
from counter_app.store.anchor import Anchored
from counter_app.store.engine import Connections, blamed, free_bytes
from counter_app.store.projected import last_gap, last_serial
from counter_app.store.tables import OWN, PROJECTION, cash_moves, complaints, payments, undoings

ENTRIES_CHECKED = 200
RECEIPTS_CHECKED = 1000
BEHIND = "second file"
"""The damage when the database lacks what the second file names."""

_MIB = 1 << 20


@value
class StartReport:
    """What opening the book found.

    ``anchor`` says where the *database* stands against the second file: "same", "ahead" (the
    program died between the two writes), "behind" (the database lacks what the second file knows:
    put back or cut short; people must be told), or "missing" (no second file). ``damage`` names what
    did not pass; empty when all did.
    """

    opened_at: datetime
    receipts_checked: int
    entries_checked: int
    gap_free: bool
    quick_check_ok: bool
    anchor: str
    last_entry_at: datetime | None
    clean_close: bool
    free_mb: int
    damage: str


def examine(
    connections: Connections,
    folder: Path,
    anchored: Anchored | None,
    *,
    now: datetime,
    clean_close: bool,
) -> StartReport:
    """Check pages, the newest entries, the newest serials and the anchor; all findings are in the report."""
    head, sound, receipts, gap_free, entries, anchor, damage = None, False, 0, False, 0, "missing", ""
    try:
        # A connection that met a damaged page is of no further use; the error on its way closes it.
        with blamed(folder), connections.reader() as connection:
            sound = _quick_check(connection)
            head = journal.head(connection)
            receipts, gap_free = _serials(connection)
            anchor = _stands(connection, head, anchored)
            entries = journal.check_tail(connection, None, ENTRIES_CHECKED)
    except StoreDamaged as found:
        damage = found.what
    except EntryDamaged:
        damage = "journal"
    # A database that lacks what the second file names was put back or cut short: numbers could come twice.
    if anchor == "behind":
        damage = damage or BEHIND
    return StartReport(
        opened_at=now,
        receipts_checked=receipts,
        entries_checked=entries,
        gap_free=gap_free,
        quick_check_ok=sound,
        anchor=anchor,
        last_entry_at=head.clocks.wall if head else None,
        clean_close=clean_close,
        free_mb=free_bytes(folder) // _MIB,
        damage=damage or ("quick_check" if not sound else "" if gap_free else "serials"),
    )


def _quick_check(connection: Connection) -> bool:
    """Check the tables that nobody could send again: journal, projections, drafts."""
    for table in (*OWN.sorted_tables, *PROJECTION.sorted_tables):
        if connection.exec_driver_sql(f"PRAGMA quick_check('{table.name}')").scalar() != "ok":
            return False
    return True


_NUMBERED = (
    (complaints, Series.COMPLAINT),
    (undoings, Series.SLIP),
    (cash_moves, Series.MOVE),
    (payments, Series.RECEIPT),
)


def _serials(connection: Connection) -> tuple[int, bool]:
    """How many receipts were looked at, and whether the newest serials have no gap."""
    looked_at, gap_free = 0, True
    for table, series in _NUMBERED:
        last = last_serial(connection, series)
        below = max(last - RECEIPTS_CHECKED, last_gap(connection, series))
        newest = select(func.count(), func.max(table.c.serial)).where(table.c.serial > below)
        looked_at, highest = connection.execute(newest).one()
        gap_free = gap_free and looked_at == last - below and (highest or below) == last
    return looked_at, gap_free


def _stands(connection: Connection, head: journal.Head | None, anchored: Anchored | None) -> str:
    if anchored is None:
        return "missing" if head else "same"
    if head and head.place == anchored.place and head.hash == anchored.hash:
        return "same"
    entry = journal.entry_at(connection, anchored.place)
    return "ahead" if entry is not None and entry.hash == anchored.hash else "behind"
