"""Lawful erasing: what a complaint and its steps said of a person goes, also out of what arrives later.

The company's signature over the complaint is kept, so that whoever hears of a later entry hears it again.
What an erased entry still says, and nothing of a person, is kept beside it: from that others make its rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from counter_app.central import snapshots
from counter_app.central.database import Row, Transaction, among
from counter_app.central.feeds import Feeds
from counter_app.central.tables import complaints, entries, erased, held, items, redacted, returned, steps
from counter_app.domain.complaint import AboutComplaint, ComplaintRegistered, impersonal
from counter_app.domain.entry import Entry, Header
from counter_app.domain.numbering import Series, Sought, hash_letters
from counter_app.domain.refusals import ComplaintUnknown
from counter_app.wire.bodies import ComplaintErased, Erase, Left, item
from counter_app.wire.messages import Item
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode, encode

MOST_LEFT = 100
"""How many entries one item tells of: a body is at most 64 KiB."""

_PLACE = ("office", "device", "segment", "seq", "hash")
_SIGNATURES = select(erased.c.complaint, erased.c.signature).where(among(erased.c.complaint, "acts"))
_ERASED = insert(erased).values(complaint=bindparam("complaint"), signature=bindparam("signature"))
_ERASED = _ERASED.on_conflict_do_nothing(index_elements=["complaint"])
_EMPTY = update(entries).where(entries.c.hash == bindparam("its_hash"))
_EMPTY = _EMPTY.where(*(entries.c[name] == bindparam(f"its_{name}") for name in _PLACE[:-1]))
_EMPTY = _EMPTY.values(payload=b"", salt=b"")
_EMPTY_RETURNED = (
    update(returned).where(returned.c.hash == bindparam("its_hash")).values(payload=b"", salt=b"")
)
_KEEP_LEFT = insert(redacted).values(
    hash=bindparam("hash"), complaint=bindparam("complaint"), payload=bindparam("payload")
).on_conflict_do_nothing(index_elements=["hash"])  # fmt: skip
_LEFT = select(redacted.c.hash, redacted.c.payload).where(redacted.c.complaint == bindparam("complaint"))
_STORED = (entries.c.header, entries.c.payload, *(entries.c[name] for name in _PLACE))
_OF_COMPLAINT = select(*_STORED).where(
    complaints.c.act == bindparam("complaint"), *(complaints.c[name] == entries.c[name] for name in _PLACE)
)
_OF_STEPS = select(*_STORED).where(
    steps.c.complaint == bindparam("complaint"), *(steps.c[name] == entries.c[name] for name in _PLACE)
)
_HELD = select(*_STORED).where(*(held.c[name] == entries.c[name] for name in _PLACE))
_RETURNED = select(returned.c.header, returned.c.payload, returned.c.hash)
# Until the commit no step of it goes into the books: those before are seen, those behind see the erasing.
_NUMBERED = (
    select(complaints.c.act, complaints.c.hash)
    .where(
        complaints.c.office == bindparam("which"),
        complaints.c.counter == bindparam("counter"),
        complaints.c.serial == bindparam("serial"),
    )
    .with_for_update()
)
_HEARD = select(items.c.hash, items.c.office).distinct().where(among(items.c.hash, "hashes"))


def complaint_of(header: Header, payload: Payload | None) -> UUID | None:
    """The complaint that an entry registers or is a step of."""
    if isinstance(payload, AboutComplaint):
        return payload.complaint
    return header.act if isinstance(payload, ComplaintRegistered) else None


@dataclass(slots=True)
class Erasing:
    """What is erased, within one transaction."""

    transaction: Transaction
    known: dict[UUID, str | None] = field(default_factory=dict)

    def look_up(self, acts: Iterable[UUID]) -> None:
        """Read at once whether these complaints are erased."""
        new = [act for act in acts if act not in self.known]
        if new:
            self.known.update(dict.fromkeys(new))
            found = self.transaction.rows(_SIGNATURES, {"acts": [act.bytes for act in new]})
            self.known.update({UUID(bytes=act): signature for act, signature in found})

    def has(self, complaint: UUID | None) -> bool:
        """Whether a complaint is erased."""
        if complaint is None:
            return False
        self.look_up([complaint])
        return self.known[complaint] is not None

    def bare(self, entry: Entry) -> Entry:
        """The entry, without its payload where that is about an erased complaint."""
        payload = _read(entry.header, entry.payload)
        complaint = complaint_of(entry.header, payload)
        if complaint is None or not self.has(complaint):
            return entry
        self.keep_left(entry.hash, complaint, payload)
        return Entry(entry.packed_header, b"", b"", entry.signature)

    def empty_held(self, place: dict[str, object], entry: Entry) -> None:
        """Empty an entry that is held, where it is about an erased complaint."""
        if self.bare(entry) != entry:
            self.transaction.do(_EMPTY, {f"its_{name}": place[name] for name in _PLACE})

    def empty(self, place: dict[str, object], complaint: UUID, payload: Payload | None) -> None:
        """Empty an entry about an erased complaint."""
        entry_hash = place["hash"]
        assert isinstance(entry_hash, bytes)
        self.keep_left(entry_hash, complaint, payload)
        self.transaction.do(_EMPTY, {f"its_{name}": place[name] for name in _PLACE})

    def keep_left(self, entry_hash: bytes, complaint: UUID, payload: Payload | None) -> None:
        """Keep what an erased entry may still say."""
        if isinstance(payload, ComplaintRegistered | AboutComplaint):
            left = {"hash": entry_hash, "complaint": complaint.bytes, "payload": encode(impersonal(payload))}
            self.transaction.do(_KEEP_LEFT, left)

    def said(self, complaint: UUID, only: bytes | None = None) -> list[Item]:
        """What an office hears of an erased complaint: what is left of all its entries, or of one."""
        self.look_up([complaint])
        rows = self.transaction.rows(_LEFT, {"complaint": complaint.bytes})
        left = [Left(one.hex(), payload.decode()) for one, payload in rows if only in {None, one}]
        signature = self.known[complaint] or ""
        parts = [tuple(left[at : at + MOST_LEFT]) for at in range(0, len(left), MOST_LEFT)] or [()]
        return [item(ComplaintErased(complaint, signature, part)) for part in parts]


def erase(transaction: Transaction, key: Ed25519PrivateKey, sought: Sought | None, typed: str) -> int:
    """Empty what a complaint and its steps said, here and wherever they were heard of; how many entries.

    Headers and hashes stay, so every chain still holds. Payments are public money and are never erased.
    ``ComplaintUnknown``.
    """
    complaint = _named(transaction, sought)
    if complaint is None:
        raise ComplaintUnknown(typed)
    statement = ComplaintErased(complaint, "")
    signature = key.sign(statement.message).hex()
    transaction.do(_ERASED, {"complaint": complaint.bytes, "signature": signature})
    erasing = Erasing(transaction)
    about = {"complaint": complaint.bytes}
    hashes: set[bytes] = set()
    for header, payload, *place in (
        *transaction.rows(_OF_COMPLAINT, about),
        *transaction.rows(_OF_STEPS, about),
        *_about(transaction.rows(_HELD, {}), complaint),
    ):
        at = dict(zip(_PLACE, place, strict=True))
        erasing.empty(at, complaint, _read(Header.unpacked(header), payload))
        hashes.add(at["hash"])
    for header, payload, entry_hash in _about(transaction.rows(_RETURNED, {}), complaint):
        erasing.keep_left(entry_hash, complaint, _read(Header.unpacked(header), payload))
        transaction.do(_EMPTY_RETURNED, {"its_hash": entry_hash})
        hashes.add(entry_hash)
    _tell(transaction, key, erasing.said(complaint), hashes)
    return len(hashes)


def _tell(transaction: Transaction, key: Ed25519PrivateKey, said: Sequence[Item], hashes: set[bytes]) -> None:
    """Tell whoever heard of the entries; programs that do not know of whole complaints hear of each. Their
    offices' snapshots have them still.
    """
    feeds = Feeds(transaction)
    heard = transaction.rows(_HEARD, {"hashes": sorted(hashes)})
    for entry_hash, office in sorted(heard):
        unsigned = Erase(entry_hash.hex(), "")
        feeds.publish(office, item(Erase(unsigned.hash, key.sign(unsigned.message).hex())), office)
    offices = sorted({office for _, office in heard})
    for office in offices:
        for one in said:
            feeds.publish(office, one, office)
    feeds.write()
    # Behind the feeds: whoever keeps a snapshot now waits for these, and sees then what was erased.
    for office in offices:
        snapshots.empty(transaction, office)


def _named(transaction: Transaction, sought: Sought | None) -> UUID | None:
    """The complaint of a whole number, also one that never came into the books."""
    if sought is None or sought.series is not Series.COMPLAINT or not sought.office:
        return None
    asked = {"which": sought.office, "counter": sought.counter, "serial": sought.serial}
    for act, entry_hash in transaction.rows(_NUMBERED, asked):
        if hash_letters(entry_hash) == sought.letters:
            return UUID(bytes=act)
    number = sought.office, sought.counter, sought.serial, sought.letters
    for packed, body, *place in (*transaction.rows(_HELD, {}), *transaction.rows(_RETURNED, {})):
        header = Header.unpacked(packed)
        match _read(header, body):
            case ComplaintRegistered(office=office, counter=counter, serial=serial):
                if (office, counter, serial, hash_letters(place[-1])) == number:
                    return header.act
    return None


def _about(rows: Iterable[Row], complaint: UUID) -> list[Row]:
    """Those of some stored entries (header, payload, …) that are about a complaint."""
    read = ((row, Header.unpacked(row[0])) for row in rows)
    return [row for row, header in read if complaint_of(header, _read(header, row[1])) == complaint]


def _read(header: Header, payload: bytes) -> Payload | None:
    try:
        return decode(header.kind, header.kind_version, payload)
    except (PayloadUnknown, PayloadDamaged):
        return None
