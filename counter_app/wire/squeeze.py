"""Compression by deflate, with a bound on what comes out. What payloads say often is known beforehand."""

import zlib

from counter_app.wire.phrases import PHRASES

LARGEST_TEXT = 8 << 20


class SqueezeDamaged(Exception):
    """Bytes that were not compressed so, or that would expand beyond the bound."""


def deflated(data: bytes, phrases: bytes = PHRASES) -> bytes:
    """Compressed; the other side must know the same phrases."""
    # What is small and known to nobody is not worth the memory of the thorough way.
    level, window, memory = (9, 15, 9) if phrases else (6, 12, 5)
    tool = zlib.compressobj(level, zlib.DEFLATED, -window, memory, zlib.Z_DEFAULT_STRATEGY, phrases)
    return tool.compress(data) + tool.flush()


def inflated(data: bytes, phrases: bytes = PHRASES) -> bytes:
    """Back again, at most ``LARGEST_TEXT`` bytes; ``SqueezeDamaged``."""
    tool = zlib.decompressobj(-15, phrases)
    try:
        out = tool.decompress(data, LARGEST_TEXT)
    except zlib.error as fault:
        raise SqueezeDamaged("compressed text is damaged") from fault
    if not tool.eof or tool.unused_data:
        raise SqueezeDamaged("compressed text is cut, too large or followed by something")
    return out
