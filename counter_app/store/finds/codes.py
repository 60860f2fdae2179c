"""What codes on paper stand for: receipts by serial or hash, and the salt from which a slip's code follows.

Own ones come from the journal, those of other counters from what the feed brought.
"""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from counter_app.domain.entry import EntryDamaged, Header, Kind
from counter_app.domain.numbering import hashes_of
from counter_app.domain.payment import PaymentTaken
from counter_app.store.tables import foreign_entries, journal, payments
from counter_app.wire.payloads import PayloadDamaged, PayloadUnknown, decode

_EIGHT_BYTES = 8
_ACT = (137, 16)  # where a header has its act, counted from 1 (docs/journal.md)


def act_of_serial(connection: Connection, serial: int) -> bytes | None:
    """The act of this counter's receipt with a serial, 16 bytes."""
    act = connection.execute(select(payments.c.act).where(payments.c.serial == serial)).scalar()
    return act.bytes if act else None


def taken_elsewhere(connection: Connection, begins: bytes) -> tuple[Header, PaymentTaken] | None:
    """The payment of another counter whose entry's hash begins so; None when it was not heard of."""
    hashes = foreign_entries.c
    after = (int.from_bytes(begins, "big") + 1).to_bytes(_EIGHT_BYTES + 1, "big")[1:]
    asked = select(hashes.header, hashes.payload).where(hashes.hash >= begins)
    if any(after):
        asked = asked.where(hashes.hash < after)
    for row in connection.execute(asked):
        try:
            header = Header.unpacked(row.header)
            payload = decode(header.kind, header.kind_version, row.payload)
        except (EntryDamaged, PayloadDamaged, PayloadUnknown):
            continue
        if isinstance(payload, PaymentTaken):
            return header, payload
    return None


def salt_of_complaint(connection: Connection, act: UUID, letters: str) -> bytes:
    """The salt of the entry that registered a complaint, here or elsewhere; empty when it is not here (any
    more).

    ``letters`` are those of its number: they are the beginning of the entry's hash.
    """
    own = select(journal.c.salt).where(journal.c.act == act, journal.c.kind == int(Kind.COMPLAINT_REGISTERED))
    if (salt := connection.execute(own).scalar()) is not None:
        return bytes(salt)
    hashes, (first, last) = foreign_entries.c, hashes_of(letters)
    asked = select(hashes.salt).where(
        hashes.hash.between(first, last), func.substr(hashes.header, *_ACT) == act.bytes
    )
    return bytes(connection.execute(asked).scalar() or b"")
