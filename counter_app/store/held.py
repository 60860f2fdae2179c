"""What the centre said that it holds, and whether somebody has looked at it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.days import from_millis
from counter_app.domain.entry import Header, header_hash
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.task import Task
from counter_app.store.journal import signed
from counter_app.wire.bodies import Held, read_body
from counter_app.wire.messages import Item, ItemKind, Reason
from counter_app.wire.payloads import PayloadDamaged, PayloadUnknown, decode

_RETURNED = Reason.RETURNED.name.lower()
_HELD = """
    SELECT h.kind, h.body FROM feed h WHERE h.kind = ? AND h.entry IS NULL ORDER BY h.seq"""
_ENTRY = "SELECT header, payload FROM journal WHERE segment = ? AND seq = ?"
_OTHERS = "SELECT header, payload FROM foreign_entries WHERE hash = ?"
_FED = "SELECT 1 FROM feed WHERE entry = ?"
_SEEN = """
    SELECT "of" FROM follow_ups WHERE task = ? UNION ALL SELECT "of" FROM known_follow_ups WHERE task = ?"""


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """An entry that waits for a person at the centre. ``number`` is empty for most kinds, ``type`` for
    all but complaints; ``of`` names the work of looking at it.
    """

    of: UUID
    kind: int
    number: str
    consumer: str
    reason: str
    at: datetime
    type: str = ""

    def as_seen(self, hidden: Collection[str]) -> "HeldEntry":
        """The same; of a complaint of ``hidden`` types neither number nor consumer."""
        return replace(self, number="", consumer="") if self.type in hidden else self


def held_entries(connection: Connection, device: UUID) -> tuple[HeldEntry, ...]:
    """Own entries that the centre said it holds, and those of anybody that were given back to it: what
    has not come in the feed since, and what nobody has seen to, here or at another counter.
    """
    found: dict[str, HeldEntry] = {}
    seen = set(connection.exec_driver_sql(_SEEN, (str(Task.HELD), str(Task.HELD))).scalars())
    for kind, body in connection.exec_driver_sql(_HELD, (int(ItemKind.HELD),)):
        said = read_body(Item(kind, body))
        if not isinstance(said, Held) or not (said.device == device or said.reason == _RETURNED):
            continue
        entry_hash = bytes.fromhex(said.hash)
        row = _entry(connection, said, entry_hash)
        fed = connection.exec_driver_sql(_FED, (entry_hash,)).first()
        if row is not None and fed is None and entry_hash[:16] not in seen:
            found[said.hash] = _held(*row, said)
    return tuple(found.values())


def _entry(connection: Connection, said: Held, entry_hash: bytes) -> tuple[bytes, bytes] | None:
    """Header and payload of what is held, as far as it is here: the own, or what the feed once brought."""
    place = signed(int(said.segment, 16)), said.seq
    own = connection.exec_driver_sql(_ENTRY, place).first()
    if own is None or header_hash(own.header) != entry_hash:
        own = connection.exec_driver_sql(_OTHERS, (entry_hash,)).first()
    return None if own is None else (own.header, own.payload)


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
    of = UUID(bytes=header_hash(packed)[:16])
    kind = payload.type if isinstance(payload, ComplaintRegistered) else ""
    return HeldEntry(of, header.kind, number, consumer, said.reason, from_millis(header.wall_ms), kind)
