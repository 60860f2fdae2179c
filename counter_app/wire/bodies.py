"""The bodies of feed items that are no entries, as values. A body that cannot be read is kept, not applied.

``msgspec.json.encode`` of a value is its body. Fields that a newer centre adds are passed over.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from counter_app.domain.bill import Bill
from counter_app.domain.consumer import Consumer
from counter_app.domain.network import Asset, Shutdown
from counter_app.domain.office import Duty, Officer
from counter_app.domain.people import Person
from counter_app.domain.refusals import Refused
from counter_app.wire.messages import Item, ItemKind

HexHash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
HexSignature = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{128}$")]
HexSegment = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{16}$")]
RULE_NAME = re.compile("[a-z0-9_-]{1,60}")
RuleName = Annotated[str, msgspec.Meta(pattern=f"^{RULE_NAME.pattern}$")]
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
    """Payload and salt of an entry are lawfully erased, says the company's key over ``message``."""

    hash: HexHash
    signature: HexSignature

    @property
    def message(self) -> bytes:
        """What is signed."""
        return b"counter erase 1\0" + bytes.fromhex(self.hash)


@dataclass(frozen=True, slots=True)
class Left:
    """What an erased entry still says: the JSON of its payload without anything of a person."""

    hash: HexHash
    payload: str


@dataclass(frozen=True, slots=True)
class ComplaintErased:
    """The registration of a complaint and all its steps, those to come among them, are lawfully erased, says
    the company's key over ``message``. ``left`` is of entries that stand before it in the feed.
    """

    complaint: UUID
    signature: HexSignature
    left: tuple[Left, ...] = ()

    @property
    def message(self) -> bytes:
        """What is signed."""
        return b"counter erase 2\0" + self.complaint.bytes


@dataclass(frozen=True, slots=True)
class Revoke:
    """A device is trusted no more."""

    device: UUID


@dataclass(frozen=True, slots=True)
class OverpaidReceipt:
    """One of the receipts of a bill: its number, paise, and the hash of its entry."""

    office: str
    counter: int
    serial: int
    amount: int
    hash: HexHash


@dataclass(frozen=True, slots=True)
class Overpaid:
    """A bill was paid more than once: ``surplus`` (paise) is an advance.

    ``receipts``: its newest ones, the last one last. ``at_ms``: when by its counter's clock that was recorded
    from which the surplus follows.
    """

    consumer: str
    bill_number: str
    surplus: int
    receipts: tuple[OverpaidReceipt, ...] = ()
    at_ms: int = 0


@dataclass(frozen=True, slots=True)
class MovedOut:
    """A consumer belongs to another office now, ``office`` where it is known which."""

    consumer: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class MovedAway:
    """Many consumers belong to another office now, all at once; that one hears of them in a snapshot."""

    consumers: tuple[str, ...]
    office: str


@dataclass(frozen=True, slots=True)
class BegunAnew:
    """What came to the office all at once no item before this tells of: who is here has loaded a snapshot."""


@dataclass(frozen=True, slots=True)
class MovedIn:
    """A consumer belongs to this office now. ``known`` and ``bill``: what the centre knows of the open state.

    Older bills, payments, and the entries about the consumer come as items of their own, behind this.
    """

    consumer: str
    known: Consumer | None = None
    bill: Bill | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """A rule file (TOML) that takes the place of the one of the same name, or is new.

    The company's key signed ``message``.
    """

    name: RuleName
    text: str
    signature: HexSignature

    @property
    def message(self) -> bytes:
        """What is signed."""
        return b"counter rules 1\0" + self.name.encode() + b"\0" + self.text.encode()


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


@dataclass(frozen=True, slots=True)
class PaidElsewhere:
    """A payment as the billing system knows it; ``reversed``: it was taken back and counts no more.

    ``month``: of the bill, "YYYY-MM" or empty; ``amount``: paise; ``posted``: in the bill's arrear already.
    """

    consumer: str
    month: str
    on: date
    amount: int
    channel: str
    reference: str
    posted: bool
    reversed: bool


@dataclass(frozen=True, slots=True)
class Payments:
    """Payments that the billing system knows of, new or changed."""

    payments: tuple[PaidElsewhere, ...]


@dataclass(frozen=True, slots=True)
class Officers:
    """Whom complaints of the office go to, new or changed."""

    officers: tuple[Officer, ...]


@dataclass(frozen=True, slots=True)
class Assets:
    """Feeders, transformers and poles of the office, new or changed."""

    assets: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class DuesAsOf:
    """Bills and payments elsewhere that came before this are known up to ``at_ms`` (UTC since 1970)."""

    at_ms: Positive


@dataclass(frozen=True, slots=True)
class Shutdowns:
    """Planned shutdowns of the office's lines, new or changed."""

    shutdowns: tuple[Shutdown, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """Who of the office is on duty when, new or changed."""

    duties: tuple[Duty, ...]


Body = (
    Held | Erase | Revoke | Overpaid | MovedOut | MovedIn | Rules | Staff
    | Consumers | Bills | Payments | Officers | Assets | ComplaintErased | DuesAsOf | Shutdowns | Roster
    | MovedAway | BegunAnew
)  # fmt: skip

BODIES: dict[int, type[Body]] = {
    ItemKind.HELD: Held,
    ItemKind.ERASE: Erase,
    ItemKind.REVOKE: Revoke,
    ItemKind.OVERPAID: Overpaid,
    ItemKind.MOVED_OUT: MovedOut,
    ItemKind.MOVED_IN: MovedIn,
    ItemKind.RULES: Rules,
    ItemKind.STAFF: Staff,
    ItemKind.CONSUMERS: Consumers,
    ItemKind.BILLS: Bills,
    ItemKind.PAYMENTS: Payments,
    ItemKind.OFFICERS: Officers,
    ItemKind.ASSETS: Assets,
    ItemKind.COMPLAINT_ERASED: ComplaintErased,
    ItemKind.DUES_AS_OF: DuesAsOf,
    ItemKind.SHUTDOWNS: Shutdowns,
    ItemKind.ROSTER: Roster,
    ItemKind.MOVED_AWAY: MovedAway,
    ItemKind.BEGUN_ANEW: BegunAnew,
}


_KINDS: dict[type[Body], int] = {body: kind for kind, body in BODIES.items()}


def item(body: Body) -> Item:
    """The feed item that says it."""
    return Item(_KINDS[type(body)], msgspec.json.encode(body))


def read_body(said: Item) -> Body | None:
    """The value of a body; None for a kind that is unknown here and for bytes that are none of its kind."""
    kind = BODIES.get(said.kind)
    if kind is None:
        return None
    try:
        return msgspec.json.decode(said.body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError, Refused):
        return None
