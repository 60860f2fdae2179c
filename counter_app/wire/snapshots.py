"""A snapshot: what an office's feed comes to at one of its places, in chunks that are fetched one by one.

A counter that loads one goes on in the feed from its cursor, with the rows of one that has heard everything.
Chunks come in the order in which they are needed at a window; each of them only adds to what is there.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import msgspec
import zstandard

from counter_app.domain.bill import Bill
from counter_app.domain.consumer import Consumer
from counter_app.domain.entry import Entry, EntryDamaged, Header
from counter_app.domain.network import Asset
from counter_app.domain.office import Officer
from counter_app.wire.bodies import PaidElsewhere
from counter_app.wire.feed import presentable
from counter_app.wire.messages import Cursor, FeedItem, Hash, Item, ItemKind, Whole
from counter_app.wire.values import ColumnsDamaged, Row, by_columns, by_rows

FORM = 1
LARGEST_CHUNK = 1 << 20
"""Bytes of a chunk as sent; what it expands to is bounded as well."""

LARGEST_ROWS = 32 << 20
LEVEL = 12


class Part(IntEnum):
    """What the rows of a chunk are."""

    ITEMS = 1
    CONSUMERS = 10
    BILLS = 11
    PAYMENTS = 12
    OFFICERS = 13
    ASSETS = 14


CLASSES: dict[int, type[Any]] = {
    Part.CONSUMERS: Consumer,
    Part.BILLS: Bill,
    Part.PAYMENTS: PaidElsewhere,
    Part.OFFICERS: Officer,
    Part.ASSETS: Asset,
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: what it has, how many rows, its bytes as sent, and their SHA-256."""

    part: Whole
    rows: Whole
    size: Whole
    hash: Hash


@dataclass(frozen=True, slots=True)
class Manifest:
    """What belongs together. ``cursor``: where the office's feed stood at that moment; ``made_ms``: when."""

    form: Whole
    office: str
    cursor: Cursor
    made_ms: Whole
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """An item of the feed, and its number there."""

    seq: Whole
    item: FeedItem


class SnapshotUnfit(Exception):
    """Bytes that are no snapshot, or none that this program can read."""


class _Items(msgspec.Struct, array_like=True):
    """Items by columns: number, kind, header or body, payload, salt."""

    seqs: list[Whole]
    kinds: list[Whole]
    firsts: list[bytes]
    payloads: list[bytes]
    salts: list[bytes]


_ENCODER = msgspec.msgpack.Encoder()
_MANIFEST = msgspec.msgpack.Decoder(Manifest)
_ITEMS = msgspec.msgpack.Decoder(_Items)


def name_of(manifest: bytes) -> bytes:
    """What a snapshot is known by, 32 bytes."""
    return hashlib.sha256(b"counter snapshot 1\0" + manifest).digest()


def manifest_bytes(manifest: Manifest) -> bytes:
    """The bytes of a manifest."""
    return _ENCODER.encode(manifest)


def read_manifest(data: bytes) -> Manifest:
    """The manifest of some bytes; ``SnapshotUnfit``, also where this program cannot read all its parts."""
    try:
        manifest = _MANIFEST.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise SnapshotUnfit(str(fault)) from fault
    fits = manifest.form == FORM and all(
        chunk.part in set(Part) and 0 < chunk.size <= LARGEST_CHUNK for chunk in manifest.chunks
    )
    if not fits or not manifest.chunks:
        raise SnapshotUnfit("a form or a part that is not known here")
    return manifest


# -- chunks ------------------------------------------------------------------------------------------


def values_chunk(part: Part, values: Sequence[object]) -> tuple[Chunk, bytes]:
    """A chunk of values of one class."""
    return _chunk(part, len(values), by_columns(CLASSES[part], values))


def items_chunk(placed: Sequence[Placed]) -> tuple[Chunk, bytes]:
    """A chunk of items of the feed."""
    rows = [(one.seq, *_kept(one.item)) for one in placed]
    columns = list(zip(*rows, strict=True)) or [()] * len(_Items.__struct_fields__)
    return _chunk(Part.ITEMS, len(placed), _ENCODER.encode(columns))


def _kept(item: FeedItem) -> tuple[int, bytes, bytes, bytes]:
    if isinstance(item, Item):
        return item.kind, item.body, b"", b""
    return int(ItemKind.ENTRY), item.packed_header, item.payload, item.salt


def _chunk(part: Part, rows: int, plain: bytes) -> tuple[Chunk, bytes]:
    data = zstandard.ZstdCompressor(level=LEVEL).compress(plain)
    return Chunk(part, rows, len(data), hashlib.sha256(data).digest()), data


def is_whole(chunk: Chunk, data: bytes) -> bool:
    """Whether these are the bytes of a chunk."""
    return len(data) == chunk.size and hashlib.sha256(data).digest() == chunk.hash


def read_chunk(chunk: Chunk, data: bytes) -> list[Placed] | list[Row]:
    """The items of a chunk, or its values as rows. ``SnapshotUnfit``.

    An entry whose payload is not its own comes without.
    """
    try:
        if chunk.part != Part.ITEMS:
            return by_rows(CLASSES[chunk.part], _expanded(data))
        said = _ITEMS.decode(_expanded(data))
        rows = zip(said.seqs, said.kinds, said.firsts, said.payloads, said.salts, strict=True)
        return [Placed(seq, _item(kind, first, payload, salt)) for seq, kind, first, payload, salt in rows]
    except (ColumnsDamaged, msgspec.MsgspecError, EntryDamaged, ValueError, RecursionError) as fault:
        raise SnapshotUnfit(str(fault)) from fault


def _item(kind: int, first: bytes, payload: bytes, salt: bytes) -> FeedItem:
    if kind != ItemKind.ENTRY:
        return Item(kind, first)
    Header.unpacked(first)
    return presentable(Entry(first, payload, salt, b""))


def _expanded(data: bytes) -> bytes:
    try:
        # What a frame says of its size is believed by the decompressor, so it is looked at first.
        if not 0 < zstandard.frame_content_size(data) <= LARGEST_ROWS:
            raise SnapshotUnfit("too large, or of no size that is told")
        return zstandard.ZstdDecompressor().decompress(data, allow_extra_data=False)
    except zstandard.ZstdError as fault:
        raise SnapshotUnfit(str(fault)) from fault
