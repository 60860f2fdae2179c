"""What counters last said of themselves, and how every counter stands: for who looks after the line."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Transaction
from counter_app.central.intake import Intake
from counter_app.central.tables import (
    arrivals,
    contacts,
    devices,
    doubted,
    forks,
    held,
    returned,
    segments,
    surpluses,
)
from counter_app.domain.entry import Entry, Header
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.messages import Hello

LARGEST = (1 << 63) - 1
LONGEST_PROGRAM = 40

_STORED = select(func.coalesce(func.sum(segments.c.entries), 0)).where(
    segments.c.office == bindparam("office"), segments.c.device == bindparam("device")
)
_SEEN = (
    update(contacts)
    .where(contacts.c.device == bindparam("which"))
    .values(contact_ms=bindparam("now_ms"))
)  # fmt: skip
_SAID = insert(contacts).values(
    device=bindparam("device"), contact_ms=bindparam("now_ms"), program=bindparam("program"),
    clock_ahead_ms=bindparam("ahead"), entries=bindparam("entries"), behind_since_ms=bindparam("behind"),
)  # fmt: skip
# Who was behind already stays so since then; who is not is so no more.
_HELLO = _SAID.on_conflict_do_update(
    index_elements=["device"],
    set_={
        "contact_ms": _SAID.excluded.contact_ms,
        "program": _SAID.excluded.program,
        "clock_ahead_ms": _SAID.excluded.clock_ahead_ms,
        "entries": _SAID.excluded.entries,
        "behind_since_ms": case(
            (
                _SAID.excluded.behind_since_ms.is_not(None),
                func.coalesce(contacts.c.behind_since_ms, _SAID.excluded.behind_since_ms),
            )
        ),
    },
)


def note_hello(transaction: Transaction, who: Enrolled, hello: Hello, now_ms: int) -> None:
    """Remember when a device said hello, and what of its clock, program and unsent entries that tells."""
    stored = transaction.rows(_STORED, {"office": who.office, "device": who.device.bytes})[0][0]
    transaction.do(
        _HELLO,
        {
            "device": who.device.bytes,
            "now_ms": now_ms,
            "program": hello.program[:LONGEST_PROGRAM].replace("\0", ""),
            "ahead": max(-LARGEST, min(hello.clock_ms - now_ms, LARGEST)),
            "entries": min(hello.entries, LARGEST),
            "behind": now_ms if hello.entries > stored else None,
        },
    )


def note_contact(transaction: Transaction, device: UUID, now_ms: int) -> None:
    """Remember that a device was heard of."""
    transaction.do(_SEEN, {"which": device.bytes, "now_ms": now_ms})


# -- how counters stand ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CounterStanding:
    """A counter as the centre sees it. ``unsent`` and ``unsent_since_ms``: as of its last hello, less what
    arrived since; None when nothing is known to be unsent. ``doubted``: what came in the name of somebody
    who was gone. Times are milliseconds UTC.
    """

    office: str
    counter: int
    device: str
    revoked: bool
    contact_ms: int | None
    program: str
    clock_ahead_ms: int
    received: int
    unsent: int
    unsent_since_ms: int | None
    held: int
    doubted: int
    forks: int


@dataclass(frozen=True, slots=True)
class CentreStanding:
    """All counters, and what waits: for the books, or for a person."""

    counters: tuple[CounterStanding, ...]
    arrivals: int
    returned: int
    surpluses: int


_RECEIVED = select(segments.c.device, func.sum(segments.c.entries)).group_by(segments.c.device)
_HELD = select(held.c.device, func.count()).group_by(held.c.device)
_DOUBTED = select(doubted.c.device, func.count()).group_by(doubted.c.device)
_FORKS = select(forks.c.device, func.count()).group_by(forks.c.device)
_COUNTERS = (
    select(
        devices.c.office, devices.c.counter, devices.c.device, devices.c.revoked, contacts.c.contact_ms,
        contacts.c.program, contacts.c.clock_ahead_ms, contacts.c.entries, contacts.c.behind_since_ms,
    )
    .select_from(devices.outerjoin(contacts, contacts.c.device == devices.c.device))
    .order_by(devices.c.office, devices.c.counter, devices.c.enrolled_ms)
)  # fmt: skip
_ARRIVALS = select(func.count()).select_from(arrivals)
_RETURNED = select(returned.c.office, returned.c.header)
_SURPLUSES = select(func.count()).select_from(surpluses)


def standing(transaction: Transaction) -> CentreStanding:
    """How every counter stands."""
    counts: list[dict[bytes, int]] = [
        dict(transaction.rows(one, {})) for one in (_RECEIVED, _HELD, _DOUBTED, _FORKS)
    ]
    received, held_, doubts, forked = counts
    counters = []
    for office, counter, device, revoked, contact, program, ahead, said, behind in transaction.rows(
        _COUNTERS, {}
    ):
        has = int(received.get(device, 0))
        unsent = max(0, (said or 0) - has)
        counters.append(
            CounterStanding(
                office, counter, str(UUID(bytes=device)), bool(revoked), contact, program or "", ahead or 0,
                has, unsent, behind if unsent else None, held_.get(device, 0), doubts.get(device, 0),
                forked.get(device, 0),
            )
        )  # fmt: skip
    waiting, over = (int(transaction.rows(one, {})[0][0]) for one in (_ARRIVALS, _SURPLUSES))
    kept = sum(not _stored(transaction, *row) for row in transaction.rows(_RETURNED, {}))
    return CentreStanding(tuple(counters), waiting, kept, over)


def _stored(transaction: Transaction, office: str, packed: bytes) -> bool:
    """Whether the author has pushed an entry that was returned."""
    header = Header.unpacked(packed)
    author = Enrolled(header.device, b"", office, 0)
    return Intake(transaction).stored(author, Entry(packed, b"", b"", b""))
