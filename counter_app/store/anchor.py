"""The head of the journal in a second file, so that a database put back or cut short shows itself.

Two slots of one sector each, written in turn in place: one flush a commit, no new blocks, so it
works on a full disk, and a write torn by a power cut leaves the other slot. Each slot holds the
place, hash and signature of an entry, and the last serial of each series, under a checksum. Slots of
version 1 knew receipts and complaints only.
"""

import hashlib
import os
import struct
from pathlib import Path
from typing import BinaryIO

from counter_app.domain.entry import Place
from counter_app.domain.numbering import Serials
from counter_app.domain.value import value
from counter_app.whole_file import flush_folder, make_private

_NAME = "counter.anchor"
_SECTOR = 4096
_MAGIC = b"CTRANCH2"
_SLOT = struct.Struct(">8sQQQ32s64s5Q")
_SLOTS = {b"CTRANCH1": struct.Struct(">8sQQQ32s64s2Q"), _MAGIC: _SLOT}
_CHECKSUM = 32
# The file never grows, so its size and times need no flush of their own.
_flush = getattr(os, "fdatasync", os.fsync)


@value
class Anchored:
    """What the file says: the entry that was last when it was written."""

    place: Place
    hash: bytes
    signature: bytes
    serials: Serials


class Anchor:
    """The anchor file of a folder, made when it is not there; OSError when it cannot be written."""

    def __init__(self, folder: Path) -> None:
        path = folder / _NAME
        new = not path.exists()
        make_private(path)
        self._file: BinaryIO = path.open("w+b" if new else "r+b", buffering=0)
        if new:
            self._file.write(bytes(2 * _SECTOR))
            os.fsync(self._file.fileno())
            flush_folder(folder)
        self._turn, self.last = _newest(self._file)

    def write(self, anchored: Anchored) -> None:
        """Make this the newest entry and flush it to the disk; OSError when that fails."""
        turn = self._turn + 1
        place = anchored.place
        slot = _SLOT.pack(
            _MAGIC, turn, place.segment, place.seq, anchored.hash, anchored.signature, *anchored.serials
        )  # fmt: skip
        self._file.seek(turn % 2 * _SECTOR)
        self._file.write(slot + hashlib.sha256(slot).digest())
        _flush(self._file.fileno())
        self._turn, self.last = turn, anchored

    def close(self) -> None:
        """Give the file back."""
        self._file.close()


def read_anchor(folder: Path) -> Anchored | None:
    """What the anchor file of a folder says, without touching it; OSError when it cannot be read."""
    path = folder / _NAME
    if not path.exists():
        return None
    with path.open("rb") as file:
        return _newest(file)[1]


def anchor_bytes(folder: Path) -> bytes | None:
    """The anchor file as it is, for a verifier that reads it by itself; None when there is none to be had."""
    try:
        return (folder / _NAME).read_bytes()
    except OSError:
        return None


def _newest(file: BinaryIO) -> tuple[int, Anchored | None]:
    """The whole slot that was written last and its turn; 0 and None when there is none."""
    newest: tuple[int, Anchored | None] = 0, None
    for slot in (0, 1):
        file.seek(slot * _SECTOR)
        stored = file.read(_SLOT.size + _CHECKSUM)
        layout = _SLOTS.get(stored[: len(_MAGIC)], _SLOT)
        packed, checksum = stored[: layout.size], stored[layout.size :][:_CHECKSUM]
        if checksum == hashlib.sha256(packed).digest():
            _, turn, segment, seq, entry_hash, signature, *serials = layout.unpack(packed)
            if turn > newest[0]:
                newest = turn, Anchored(Place(segment, seq), entry_hash, signature, tuple(serials))
    return newest
