"""Entries for tests of the wire: one segment of one device, signed with the fixed key of the journals."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from counter_app.domain.entry import (
    NO_HASH,
    NOBODY,
    NOWHERE,
    Entry,
    Header,
    Kind,
    Place,
    commitment,
    drawn_salt,
)
from tests.verify.journals import BOOT, DEVICE, KEY, sealed

SEGMENT = 0x0123456789ABCDEF
SEED = bytes(range(32))


def run(
    payloads: Sequence[bytes],
    *,
    segment: int = SEGMENT,
    after: Entry | None = None,
    seed: bytes = b"",
    kind: int = Kind.PAYMENT_TAKEN,
    acts: int = 1,
) -> list[Entry]:
    """Entries with these payloads, one behind the other, the first behind ``after``."""
    made: list[Entry] = [] if after is None else [after]
    for number, payload in enumerate(payloads, acts):
        last = made[-1].header if made else None
        follows = last is not None and last.place.segment == segment
        place = Place(segment, last.place.seq + 1 if last and follows else 1)
        salt = drawn_salt(seed, place) if seed else hashlib.sha256(f"{segment} {number}".encode()).digest()
        header = Header(
            kind=kind, kind_version=1, place=place, previous=made[-1].hash if made else NO_HASH,
            parent=last.place if last and not follows else NOWHERE,
            wall_ms=1_773_295_000_000 + number * 61_003, steady_ms=5_000_000 + number * 61_003, boot=BOOT,
            device=DEVICE, person=UUID(int=7), act=UUID(int=number << 70 | segment), drawer=NOBODY,
            running_total=number * 100, payload_size=len(payload), commitment=commitment(salt, payload),
            zone_minutes=330,
        )  # fmt: skip
        made.append(sealed(header, payload, salt))
    return made if after is None else made[1:]


def bare(entry: Entry) -> Entry:
    """The entry as the other side has it when another one carried the signature."""
    return replace(entry, signature=b"")


def erased(entry: Entry) -> Entry:
    """The entry after a lawful erasure."""
    return Entry(entry.packed_header, b"", b"", entry.signature)


__all__ = ["DEVICE", "KEY", "SEED", "SEGMENT", "bare", "erased", "run"]
