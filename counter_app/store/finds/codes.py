"""The receipt that a code names: own ones by serial, those of other counters by what the feed brought."""

from sqlalchemy import select
from sqlalchemy.engine import Connection

from counter_app.domain.entry import EntryDamaged, Header
from counter_app.domain.payment import PaymentTaken
from counter_app.store.tables import foreign_entries, payments
from counter_app.wire.payloads import PayloadDamaged, PayloadUnknown, decode

_EIGHT_BYTES = 8


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
