"""QR codes and barcodes as their dark modules; every renderer draws the same ones."""

import re
from collections.abc import Iterator
from itertools import chain, count
from typing import NamedTuple

import segno

from counter_app.documents.code128 import widths

QUIET = 4
"""Modules of white around a code."""

_MASK = 4
_DARK = re.compile(rb"\x01+")


class Run(NamedTuple):
    """Dark modules beside each other in one row."""

    row: int
    start: int
    length: int


class Modules(NamedTuple):
    """A code: how many modules a side has, and its dark runs."""

    side: int
    runs: tuple[Run, ...]


def modules(text: str) -> Modules:
    """The modules of a QR code with error level M.

    Every mask can be read; to try all eight and choose among them takes five times as long.
    """
    made = segno.make_qr(text, error="m", mask=_MASK, boost_error=False)
    return Modules(len(made.matrix), tuple(chain.from_iterable(map(_runs, count(), made.matrix))))


def stripes(text: str) -> Modules:
    """The stripes of a Code 128 barcode as one row; ``side`` is how many modules it is wide."""
    runs, x = [], 0
    for place, width in enumerate(map(int, widths(text))):
        if place % 2 == 0:
            runs.append(Run(0, x, width))
        x += width
    return Modules(x, tuple(runs))


def _runs(number: int, row: bytes | bytearray) -> Iterator[Run]:
    """The dark runs of one row: ones among noughts."""
    for dark in _DARK.finditer(row):
        yield Run(number, dark.start(), dark.end() - dark.start())
