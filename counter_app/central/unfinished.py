"""Entries in the books of which more is to be done: some are of kinds that no program here could read, some
are steps that came before their complaint, so that nobody knew whose consumer they are about.
"""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, or_, select

from counter_app.central.database import Row, Transaction, among
from counter_app.central.tables import complaints, entries, redacted, unfinished
from counter_app.domain.entry import Entry
from counter_app.wire.payloads import VERSIONS

_PLACE = ("office", "device", "segment", "seq", "hash")
_NAMED = select(complaints.c.act).where(complaints.c.act == unfinished.c.complaint).exists()
_CAN_BE = or_(among(unfinished.c.what, "known"), _NAMED)
_OFFICES = select(unfinished.c.office).distinct().where(_CAN_BE)
# Of one that was erased meanwhile, what it still says.
_SAYS = func.coalesce(redacted.c.payload, entries.c.payload)
_ENTRIES = (
    select(entries.c.header, _SAYS, entries.c.salt, entries.c.signature)
    .select_from(
        unfinished.join(entries, and_(*(entries.c[name] == unfinished.c[name] for name in _PLACE))).outerjoin(
            redacted, redacted.c.hash == entries.c.hash
        )
    )
    .where(unfinished.c.office == bindparam("office"), _CAN_BE)
    .order_by(entries.c.received_ms, entries.c.device, entries.c.segment, entries.c.seq)
    .limit(bindparam("most"))
)
_LET_GO = (
    delete(unfinished)
    .where(*(unfinished.c[name] == bindparam(name) for name in _PLACE))
    .returning(unfinished.c.complaint)
)


def offices_to_finish(transaction: Transaction) -> list[str]:
    """The offices of which something can be finished now."""
    return [office for (office,) in transaction.rows(_OFFICES, {"known": _known()})]


@dataclass(slots=True)
class Unfinished:
    """What is unfinished, within one transaction."""

    transaction: Transaction
    gathered: list[Row] = field(default_factory=list)

    def ready(self, office: str, most: int) -> list[Entry]:
        """An office's entries that can be finished now, in the order in which they came."""
        asked = {"office": office, "known": _known(), "most": most}
        return [Entry(*parts) for parts in self.transaction.rows(_ENTRIES, asked)]

    def add(self, place: dict[str, object], entry: Entry, complaint: UUID | None) -> None:
        """An entry waits for its complaint, or (None) for a program that can read it."""
        header = entry.header
        what = None if complaint else _what(header.kind, header.kind_version)
        named = complaint.bytes if complaint else None
        self.gathered.append((*(place[name] for name in _PLACE), what, named))

    def let_go(self, place: dict[str, object]) -> list[bool]:
        """An entry waits no more: whether it waited for its complaint, or nothing where it did not wait."""
        return [complaint is not None for (complaint,) in self.transaction.rows(_LET_GO, place)]

    def write(self) -> None:
        """Write what was gathered."""
        self.transaction.fill(unfinished, self.gathered)
        self.gathered.clear()


def _known() -> list[int]:
    return [_what(kind, version) for kind, version in VERSIONS]


def _what(kind: int, version: int) -> int:
    return kind << 8 | version
