"""The snapshots that are kept of each office: the newest, and the one before, which somebody may be fetching.

None is handed out that stands below its feed's floor: nobody could go on from there. Of an office whose
snapshots were emptied, because something in them was erased, a row below every floor stays until there is
another.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, or_, select, update

from counter_app.central.database import Transaction
from counter_app.central.tables import chunks, feeds, floors, items, snapshots
from counter_app.wire.messages import ItemKind
from counter_app.wire.snapshots import Manifest, manifest_bytes, name_of

KEPT = 2

_OF_OFFICE = snapshots.c.office == bindparam("office")
_FLOOR = select(floors.c.seq).where(floors.c.office == bindparam("office")).scalar_subquery()
_STANDING = (_OF_OFFICE, snapshots.c.seq >= func.coalesce(_FLOOR, 0))
_NEWEST = select(snapshots.c.manifest).where(*_STANDING).order_by(snapshots.c.made_ms.desc()).limit(1)
_NAMES = select(snapshots.c.snapshot).where(_OF_OFFICE).order_by(snapshots.c.made_ms.desc())
# Counted from 1.
_PIECE = select(
    func.substr(chunks.c.data, bindparam("start"), bindparam("most"), type_=chunks.c.data.type)
).where(
    *_STANDING,
    snapshots.c.snapshot == bindparam("snapshot"),
    chunks.c.office == snapshots.c.office,
    chunks.c.snapshot == snapshots.c.snapshot,
    chunks.c.chunk == bindparam("chunk"),
)
_DROP = tuple(
    delete(table).where(table.c.office == bindparam("office"), table.c.snapshot == bindparam("gone"))
    for table in (chunks, snapshots)
)
_EMPTIED = -1
_EMPTY = (
    delete(chunks).where(chunks.c.office == bindparam("which")),
    update(snapshots).where(snapshots.c.office == bindparam("which")).values(seq=_EMPTIED, manifest=b""),
)
_REPLACED = delete(snapshots).where(_OF_OFFICE, snapshots.c.seq == _EMPTIED)
_OWED = select(snapshots.c.office).where(snapshots.c.seq == _EMPTIED).distinct().order_by(snapshots.c.office)
# Who erases takes the row as well, before the snapshots are emptied.
_TAKEN = select(feeds.c.seq).where(feeds.c.office == bindparam("office")).with_for_update()
_ERASED = (
    select(items.c.seq)
    .where(
        items.c.office == bindparam("office"),
        items.c.seq > bindparam("after"),
        or_(*(items.c.kind == int(kind) for kind in (ItemKind.ERASE, ItemKind.COMPLAINT_ERASED))),
    )
    .limit(1)
)
_CHUNKS = (
    select(chunks.c.data)
    .where(chunks.c.office == bindparam("office"), chunks.c.snapshot == bindparam("snapshot"))
    .order_by(chunks.c.chunk)
)


class Erased(Exception):
    """Of what is in a snapshot something was erased while it was made."""


def newest(transaction: Transaction, office: str) -> bytes:
    """The manifest of an office's newest snapshot; empty where there is none."""
    found = transaction.rows(_NEWEST, {"office": office})
    return bytes(found[0][0]) if found else b""


def piece(
    transaction: Transaction, office: str, snapshot: bytes, chunk: int, start: int, most_bytes: int
) -> bytes:
    """Bytes of a chunk; empty where it is not kept, or has no more."""
    if max(chunk, start) >= 1 << 31:
        return b""
    asked = {"office": office, "snapshot": snapshot, "chunk": chunk, "start": start + 1, "most": most_bytes}
    found = transaction.rows(_PIECE, asked)
    return bytes(found[0][0]) if found else b""


def all_chunks(transaction: Transaction, office: str, manifest: bytes) -> list[bytes]:
    """The bytes of all chunks of a snapshot that is kept."""
    rows = transaction.rows(_CHUNKS, {"office": office, "snapshot": name_of(manifest)})
    return [bytes(data) for (data,) in rows]


def keep(transaction: Transaction, manifest: Manifest, made: Sequence[bytes]) -> None:
    """Keep a snapshot, and let go of those before the one before. ``Erased``."""
    office, packed = manifest.office, manifest_bytes(manifest)
    name = name_of(packed)
    kept = [found for (found,) in transaction.rows(_NAMES, {"office": office})]
    if name in kept:
        return  # this is tried once more, and the first time came through
    transaction.do(_REPLACED, {"office": office})
    transaction.fill(snapshots, [(office, name, manifest.made_ms, manifest.cursor.seq, packed)])
    transaction.fill(chunks, [(office, name, number, data) for number, data in enumerate(made)])
    for gone in kept[KEPT - 1 :]:
        for statement in _DROP:
            transaction.do(statement, {"office": office, "gone": gone})
    transaction.rows(_TAKEN, {"office": office})
    if transaction.rows(_ERASED, {"office": office, "after": manifest.cursor.seq}):
        raise Erased


def empty(transaction: Transaction, office: str) -> None:
    """Keep nothing of an office's snapshots: what they have is erased. Who is fetching one begins with the
    next, which is owed from here on.
    """
    for statement in _EMPTY:
        transaction.do(statement, {"which": office})


def owed(transaction: Transaction) -> list[str]:
    """The offices whose snapshots were emptied and that have no new one yet."""
    return [office for (office,) in transaction.rows(_OWED, {})]
