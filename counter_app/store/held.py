"""What the centre said that it holds of this counter's entries."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.days import from_millis
from counter_app.domain.entry import Header, header_hash
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.payment import PaymentTaken
from counter_app.store.journal import signed
from counter_app.wire.bodies import Held, read_body
from counter_app.wire.messages import Item, ItemKind
from counter_app.wire.payloads import PayloadDamaged, PayloadUnknown, decode

_HELD = """
    SELECT h.kind, h.body FROM feed h WHERE h.kind = ? AND h.entry IS NULL ORDER BY h.seq"""
_ENTRY = "SELECT header, payload FROM journal WHERE segment = ? AND seq = ?"
_FED = "SELECT 1 FROM feed WHERE entry = ?"


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """An entry of this counter that waits for a person at the centre. ``number`` is empty for most kinds."""

    kind: int
    number: str
    consumer: str
    reason: str
    at: datetime


def held_entries(connection: Connection, device: UUID) -> tuple[HeldEntry, ...]:
    """Own entries that the centre said it holds, and that have not come in the feed since."""
    found: dict[str, HeldEntry] = {}
    for kind, body in connection.exec_driver_sql(_HELD, (int(ItemKind.HELD),)):
        said = read_body(Item(kind, body))
        if not isinstance(said, Held) or said.device != device:
            continue
        place = signed(int(said.segment, 16)), said.seq
        row = connection.exec_driver_sql(_ENTRY, place).first()
        fed = connection.exec_driver_sql(_FED, (bytes.fromhex(said.hash),)).first()
        if row is not None and fed is None and header_hash(row.header).hex() == said.hash:
            found[said.hash] = _held(row.header, row.payload, said)
    return tuple(found.values())


def _held(packed: bytes, body: bytes, said: Held) -> HeldEntry:
    header, number, consumer = Header.unpacked(packed), "", ""
    try:
        payload = decode(header.kind, header.kind_version, body)
    except (PayloadUnknown, PayloadDamaged):
        payload = None
    if isinstance(payload, PaymentTaken | ComplaintRegistered):
        series = Series.RECEIPT if isinstance(payload, PaymentTaken) else Series.COMPLAINT
        letters = hash_letters(header_hash(packed))
        number = str(Number(series, payload.office, payload.counter, payload.serial, letters))
        consumer = payload.consumer
    return HeldEntry(header.kind, number, consumer, said.reason, from_millis(header.wall_ms))
