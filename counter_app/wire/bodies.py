"""The bodies of feed items that are no entries, as values. A body that cannot be read is kept, not applied.

``msgspec.json.encode`` of a value is its body. Fields that a newer centre adds are passed over.
"""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import msgspec

from counter_app.domain.bill import Bill
from counter_app.domain.consumer import Consumer
from counter_app.domain.people import Person
from counter_app.domain.refusals import Refused
from counter_app.wire.messages import Item, ItemKind

HexHash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
HexSegment = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]
Positive = Annotated[int, msgspec.Meta(ge=1)]


@dataclass(frozen=True, slots=True)
class Held:
    """An entry that the centre keeps out of its books until a person has looked at it."""

    device: UUID
    segment: HexSegment
    seq: Positive
    hash: HexHash
    reason: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Payload and salt of an entry are lawfully erased."""

    hash: HexHash


@dataclass(frozen=True, slots=True)
class Revoke:
    """A device is trusted no more."""

    device: UUID


@dataclass(frozen=True, slots=True)
class Overpaid:
    """A bill was paid more than once: ``surplus`` (paise) is an advance."""

    consumer: str
    bill_number: str
    surplus: int


@dataclass(frozen=True, slots=True)
class MovedOut:
    """A consumer belongs to another office now."""

    consumer: str


@dataclass(frozen=True, slots=True)
class MovedIn:
    """A consumer belongs to this office now. ``known`` and ``bill``: what the centre knows of the open state.

    Entries about the consumer come as entries, behind this.
    """

    consumer: str
    known: Consumer | None = None
    bill: Bill | None = None


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Someone of the office, and the argon2id hash of the password."""

    person: Person
    password_hash: str


@dataclass(frozen=True, slots=True)
class Staff:
    """People of the office, new or changed."""

    members: tuple[StaffMember, ...]


@dataclass(frozen=True, slots=True)
class Consumers:
    """Consumers of the office, new or changed."""

    consumers: tuple[Consumer, ...]


@dataclass(frozen=True, slots=True)
class Bills:
    """Bills of the office's consumers."""

    bills: tuple[Bill, ...]


Body = Held | Erase | Revoke | Overpaid | MovedOut | MovedIn | Staff | Consumers | Bills

_BODIES: dict[int, type[Body]] = {
    ItemKind.HELD: Held,
    ItemKind.ERASE: Erase,
    ItemKind.REVOKE: Revoke,
    ItemKind.OVERPAID: Overpaid,
    ItemKind.MOVED_OUT: MovedOut,
    ItemKind.MOVED_IN: MovedIn,
    ItemKind.STAFF: Staff,
    ItemKind.CONSUMERS: Consumers,
    ItemKind.BILLS: Bills,
}


def read_body(item: Item) -> Body | None:
    """The value of a body; None for a kind that is unknown here and for bytes that are none of its kind."""
    kind = _BODIES.get(item.kind)
    if kind is None:
        return None
    try:
        return msgspec.json.decode(item.body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError, Refused):
        return None
