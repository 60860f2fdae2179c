"""A photo or scan beside a complaint: how large it may be, and how it is cut into entries.

What is kept is a JPEG that this program made itself of what somebody brought: nothing of the file but its
pixels. It travels in parts, so that a slow line is never kept by one of them for long.
"""

import hashlib
from collections.abc import Mapping

from counter_app.domain.complaint_refusals import NoPicture

LARGEST_FILE = 20 << 20
"""Bytes of a file that is looked at; no telephone and no scanner makes more of one page."""

MOST_PIXELS = 50_000_000
"""Of a picture that is taken apart: what telephones make; a small file can claim any number."""

LONGEST_SIDE = 1600
"""Pixels of what is kept: a sheet of A4 with 137 to the inch, the figures of a meter many times over."""

LARGEST = 192 << 10
"""Bytes of what is kept: eight parts."""

PART = 24 << 10
"""Bytes in one entry; as base64 half of what an entry may hold."""

MOST = 5
"""Pictures of one complaint: each is as much on the line as a thousand payments."""

_BEGINS, _ENDS = b"\xff\xd8\xff", b"\xff\xd9"


def demand_picture(content: bytes) -> None:
    """Refuse what is no JPEG of a size that is kept: ``NoPicture``."""
    if not (len(content) <= LARGEST and content.startswith(_BEGINS) and content.endswith(_ENDS)):
        raise NoPicture


def name_of(content: bytes) -> str:
    """What a picture goes by: its SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def cut(content: bytes) -> tuple[bytes, ...]:
    """The parts of a picture, in their order."""
    return tuple(content[at : at + PART] for at in range(0, len(content), PART))


def joined(parts: Mapping[int, bytes], count: int, name: str) -> bytes | None:
    """The picture of its parts, counted from 1; None while they are not all here, or are not it."""
    if not 0 < count <= len(parts):
        return None
    content = b"".join(parts.get(at, b"") for at in range(1, count + 1))
    return content if name_of(content) == name else None
