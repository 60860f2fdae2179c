"""QR codes and barcodes as their dark modules; every renderer draws the same ones."""

import re
from collections.abc import Iterator
from itertools import chain, count
from typing import NamedTuple

import segno

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
    import barcode  # its writers load an imaging library; most papers have no use for it

    drawn = barcode.get_barcode_class("code128")(text).build()[0]
    return Modules(len(drawn), tuple(_runs(0, bytes(map(int, drawn)))))


def _runs(number: int, row: bytes | bytearray) -> Iterator[Run]:
    """The dark runs of one row: ones among noughts."""
    for dark in _DARK.finditer(row):
        yield Run(number, dark.start(), dark.end() - dark.start())
