"""Entries of kinds and versions that no program here knew when they came: passed on, read once one does."""

from dataclasses import dataclass, field

from sqlalchemy import bindparam, delete, select

from counter_app.central.database import Row, Transaction, among
from counter_app.central.tables import entries, unread
from counter_app.domain.entry import Entry
from counter_app.wire.payloads import VERSIONS

_PLACE = ("office", "device", "segment", "seq", "hash")
_READABLE = among(unread.c.what, "known")
_OFFICES = select(unread.c.office).distinct().where(_READABLE)
_ENTRIES = (
    select(entries.c.header, entries.c.payload, entries.c.salt, entries.c.signature)
    .where(
        unread.c.office == bindparam("office"),
        _READABLE,
        *(entries.c[name] == unread.c[name] for name in _PLACE),
    )
    .order_by(entries.c.received_ms, entries.c.device, entries.c.segment, entries.c.seq)
    .limit(bindparam("most"))
)
_LET_GO = (
    delete(unread)
    .where(*(unread.c[name] == bindparam(name) for name in _PLACE))
    .returning(unread.c.hash)
)  # fmt: skip


def readable_offices(transaction: Transaction) -> list[str]:
    """The offices of which this program can read what those before it could not."""
    return [office for (office,) in transaction.rows(_OFFICES, {"known": _known()})]


@dataclass(slots=True)
class Unread:
    """What could not be read, within one transaction."""

    transaction: Transaction
    gathered: list[Row] = field(default_factory=list)

    def readable(self, office: str, most: int) -> list[Entry]:
        """An office's entries that this program can read, in the order in which they came."""
        asked = {"office": office, "known": _known(), "most": most}
        return [Entry(*parts) for parts in self.transaction.rows(_ENTRIES, asked)]

    def add(self, place: dict[str, object], entry: Entry) -> None:
        """One more."""
        header = entry.header
        self.gathered.append((*(place[name] for name in _PLACE), _what(header.kind, header.kind_version)))

    def let_go(self, place: dict[str, object]) -> bool:
        """An entry waits for no newer program any more; whether it did."""
        return bool(self.transaction.rows(_LET_GO, place))

    def write(self) -> None:
        """Write what was gathered."""
        self.transaction.fill(unread, self.gathered)
        self.gathered.clear()


def _known() -> list[int]:
    return [_what(kind, version) for kind, version in VERSIONS]


def _what(kind: int, version: int) -> int:
    return kind << 8 | version
