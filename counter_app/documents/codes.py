"""QR codes and barcodes as their dark modules; every renderer draws the same ones."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import segno

QUIET = 4
"""Modules of white around a code."""

_MASK = 4


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
    rows = [bytes(row) for row in made.matrix]
    return Modules(len(rows), tuple(run for number, row in enumerate(rows) for run in _runs(number, row)))


def stripes(text: str) -> Modules:
    """The stripes of a Code 128 barcode as one row; ``side`` is how many modules it is wide."""
    import barcode  # its writers load an imaging library; most papers have no use for it

    drawn = barcode.get_barcode_class("code128")(text).build()[0]
    return Modules(len(drawn), tuple(_runs(0, [sign == "1" for sign in drawn])))


def _runs(number: int, row: Iterable[int]) -> Iterator[Run]:
    """The dark runs of one row."""
    start = None
    for column, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield Run(number, start, column - start)
            start = None
