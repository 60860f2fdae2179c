"""What counters last said of themselves, and how every counter stands: for who looks after the line."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Boolean, bindparam, case, func, select, update
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
    installations,
    returned,
    segments,
    surpluses,
)
from counter_app.domain.entry import Entry, Header
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.messages import Hello
from counter_app.words.say import N_, Language, say

LARGEST = (1 << 63) - 1
LONGEST_PROGRAM = 40
LONGEST_OFFICE = 12
MOST_INSTALLATIONS = 16
"""Of one device: as many as nobody has who is not told of long since."""

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
# Who does not say since when, and was behind already, stays so since then; who is not is so no more.
_HELLO = _SAID.on_conflict_do_update(
    index_elements=["device"],
    set_={
        "contact_ms": _SAID.excluded.contact_ms,
        "program": _SAID.excluded.program,
        "clock_ahead_ms": _SAID.excluded.clock_ahead_ms,
        "entries": _SAID.excluded.entries,
        "behind_since_ms": case(
            (bindparam("told", type_=Boolean), _SAID.excluded.behind_since_ms),
            (
                _SAID.excluded.behind_since_ms.is_not(None),
                func.coalesce(contacts.c.behind_since_ms, _SAID.excluded.behind_since_ms),
            ),
        ),
    },
)


_SPEAKS = insert(installations).values(
    device=bindparam("device"), installation=bindparam("installation"), office=bindparam("office"),
    counter=bindparam("counter"), first_ms=bindparam("now_ms"), last_ms=bindparam("now_ms"),
)  # fmt: skip
_SPEAKS = _SPEAKS.on_conflict_do_update(
    index_elements=["device", "installation"],
    set_={name: _SPEAKS.excluded[name] for name in ("office", "counter", "last_ms")},
)
_SPOKE = select(installations.c.installation).where(installations.c.device == bindparam("device"))
_INSTALLATIONS = select(installations).order_by(installations.c.first_ms)


def note_hello(transaction: Transaction, who: Enrolled, hello: Hello, now_ms: int) -> None:
    """Remember when a device said hello, and what of its clock, program and unsent entries that tells."""
    ahead = hello.clock_ms - now_ms
    oldest = None if hello.oldest_ms is None else min(hello.oldest_ms - ahead, now_ms)
    stored = transaction.rows(_STORED, {"office": who.office, "device": who.device.bytes})[0][0]
    transaction.do(
        _HELLO,
        {
            "device": who.device.bytes,
            "now_ms": now_ms,
            "program": hello.program[:LONGEST_PROGRAM].replace("\0", ""),
            "ahead": max(-LARGEST, min(ahead, LARGEST)),
            "entries": min(hello.entries, LARGEST),
            "behind": None if hello.entries <= stored else now_ms if oldest is None else max(0, oldest),
            "told": oldest is not None,
        },
    )
    known = {one for (one,) in transaction.rows(_SPOKE, {"device": who.device.bytes})}
    if hello.installation.bytes in known or len(known) < MOST_INSTALLATIONS:
        said = {
            "office": hello.office[:LONGEST_OFFICE].replace("\0", ""),
            "counter": min(hello.counter, LARGEST),
        }
        named = {"device": who.device.bytes, "installation": hello.installation.bytes}
        transaction.do(_SPEAKS, {**named, **said, "now_ms": now_ms})


def note_contact(transaction: Transaction, device: UUID, now_ms: int) -> None:
    """Remember that a device was heard of."""
    transaction.do(_SEEN, {"which": device.bytes, "now_ms": now_ms})


# -- how counters stand ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CounterStanding:
    """A counter as the centre sees it. ``unsent``: as of its last hello, less what arrived since.
    ``unsent_since_ms``: when the oldest of these was recorded, or, where an older program does not say it,
    since when the centre knows of them; None when nothing is known to be unsent. ``doubted``: what
    came in the name of somebody who was gone. Times are ms UTC.
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
    alarms: tuple[str, ...]


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
_SURPLUSES = select(func.count()).select_from(surpluses).where(surpluses.c.surplus > 0)


def standing(transaction: Transaction, language: Language) -> CentreStanding:
    """How every counter stands; alarms are sentences."""
    counts: list[dict[bytes, int]] = [
        dict(transaction.rows(one, {})) for one in (_RECEIVED, _HELD, _DOUBTED, _FORKS)
    ]
    received, held_, doubts, forked = counts
    alarms = _alarms(transaction, language)
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
                alarms(device, office, counter),
            )
        )  # fmt: skip
    waiting, over = (int(transaction.rows(one, {})[0][0]) for one in (_ARRIVALS, _SURPLUSES))
    kept = sum(not _stored(transaction, *row) for row in transaction.rows(_RETURNED, {}))
    return CentreStanding(tuple(counters), waiting, kept, over)


class _Spoke(NamedTuple):
    """A row of ``installations``, without its device and installation."""

    office: str
    counter: int
    first_ms: int
    last_ms: int


def _alarms(transaction: Transaction, language: Language) -> Callable[[bytes, str, int], tuple[str, ...]]:
    """What devices said of themselves that cannot be, in sentences: by device and what it was enrolled as."""
    spoke: dict[bytes, list[_Spoke]] = {}
    for device, _, *row in transaction.rows(_INSTALLATIONS, {}):
        spoke.setdefault(device, []).append(_Spoke(*row))

    def found(device: bytes, office: str, counter: int) -> tuple[str, ...]:
        told = []
        rows = spoke.get(device, [])
        newest = max(rows, key=lambda one: one.last_ms, default=None)
        if newest and (newest.office, newest.counter) != (office, counter):
            told.append(
                say(
                    N_(
                        "It says that it is counter {counter} of office {office}: what it records there is "
                        "held. Enrol it as what it is."
                    ),
                    language, counter=newest.counter, office=newest.office,
                )
            )  # fmt: skip
        if any(after.first_ms < before.last_ms for before, after in pairwise(rows)):
            told.append(
                say(
                    N_(
                        "Two installations use its key in turns: its data was put back or copied. "
                        "Where it was copied, revoke it and enrol both anew."
                    ),
                    language,
                )
            )
        return tuple(told)

    return found


def _stored(transaction: Transaction, office: str, packed: bytes) -> bool:
    """Whether the author has pushed an entry that was returned."""
    header = Header.unpacked(packed)
    author = Enrolled(header.device, b"", office, 0)
    return Intake(transaction).stored(author, Entry(packed, b"", b"", b""))
