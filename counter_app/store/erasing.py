"""A lawful erasing, as the company signed it: what an entry says of a person goes, here and in its rows.

Header and hash stay, so every chain still holds. Only complaints and their steps say anything of the kind;
payments are public money, and no signature makes them say less.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.domain.complaint import AboutComplaint, ComplaintRegistered, impersonal
from counter_app.domain.entry import Entry, EntryDamaged, header_hash
from counter_app.store import archive, journal
from counter_app.store.complaint_states import restate
from counter_app.store.page import Page
from counter_app.store.tables import complaints, drafts, erased_complaints, foreign_entries
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode

_REMEMBER = "INSERT OR IGNORE INTO erased (hash) VALUES (?)"
_EMPTY = "UPDATE foreign_entries SET payload = x'', salt = x'' WHERE hash = ?"
_OWN = """
    SELECT j.header, j.payload, j.salt, j.signature FROM journal j
    JOIN (SELECT act FROM complaints UNION ALL SELECT act FROM complaint_events) told ON told.act = j.act"""
_ABOUT = """
    SELECT j.header, j.payload, j.salt, j.signature FROM journal j
    WHERE j.act = ? OR j.act IN (SELECT act FROM complaint_events WHERE complaint = ?)"""
_FED = "SELECT 1 FROM feed WHERE entry = ?"


def payload_of(entry: Entry) -> Payload | None:
    """The payload; None when it is not known here, damaged or gone."""
    try:
        header = entry.header
        return decode(header.kind, header.kind_version, entry.payload)
    except (EntryDamaged, PayloadUnknown, PayloadDamaged):
        return None


def remember(page: Page, entry_hash: bytes) -> None:
    """An entry is erased for good, whether it is here or comes later."""
    page.connection.exec_driver_sql(_REMEMBER, (entry_hash,))


def without_erased(connection: Connection, entries: Iterable[Entry]) -> dict[bytes, Entry]:
    """These entries by hash, those that were erased empty."""
    gone = set(connection.exec_driver_sql("SELECT hash FROM erased").scalars())
    return {
        one.hash: Entry(one.packed_header, b"", b"", one.signature) if one.hash in gone else one
        for one in entries
    }


def erase_foreign(page: Page, entry_hash: bytes) -> tuple[Entry, Payload] | None:
    """Empty an entry of others; the entry, and what its rows are to say now. None when it told nothing."""
    entry = foreign_entry(page.connection, entry_hash)
    said = None if entry is None else payload_of(entry)
    if entry is None or not isinstance(said, ComplaintRegistered | AboutComplaint):
        return None
    page.connection.exec_driver_sql(_EMPTY, (entry_hash,))
    return entry, impersonal(said)


def foreign_entry(connection: Connection, entry_hash: bytes) -> Entry | None:
    """An entry of others, as it is here."""
    stored = foreign_entries.c
    asked = select(stored.header, stored.payload, stored.salt).where(stored.hash == entry_hash)
    row = connection.execute(asked).first()
    return None if row is None else Entry(*row, b"")


def erase_own(page: Page, entry_hash: bytes) -> None:
    """Empty an entry of this counter, and what its rows say."""
    entry = _own(page.connection, entry_hash)
    if entry is not None:
        empty_own(page, entry)


def erase_complaint(page: Page, complaint: UUID) -> None:
    """A complaint is erased for good; own entries about it are emptied as soon as the centre has them."""
    page.connection.execute(insert(erased_complaints).values(complaint=complaint).on_conflict_do_nothing())
    for row in page.connection.exec_driver_sql(_ABOUT, (complaint.bytes, complaint.bytes)).all():
        entry = Entry(*row)
        # One that was emptied before it was sent would never arrive; with it the erasing is told again.
        if page.connection.exec_driver_sql(_FED, (entry.hash,)).first():
            empty_own(page, entry)


def empty_own(page: Page, entry: Entry) -> None:
    """Empty an own entry and its rows, where it is one that says anything of a person."""
    said = payload_of(entry)
    if not isinstance(said, ComplaintRegistered | AboutComplaint):
        return
    header = entry.header
    journal.erase(page, header, impersonal(said))
    if isinstance(said, ComplaintRegistered):
        page.connection.execute(update(complaints).where(complaints.c.act == header.act).values(mobile=""))
        archive.erase(page, header.act)
        restate(page.connection, header.act)
    else:
        restate(page.connection, said.complaint)
    page.connection.execute(delete(drafts).where(drafts.c.act == header.act))


def _own(connection: Connection, entry_hash: bytes) -> Entry | None:
    """The own entry of a hash, where it is one that may be erased. Rare: every one of them is looked at."""
    for row in connection.exec_driver_sql(_OWN):
        if header_hash(row.header) == entry_hash:
            return Entry(*row)
    return None
