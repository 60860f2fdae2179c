"""QR codes as their dark modules; every renderer draws the same ones."""

from typing import NamedTuple

import segno

QUIET = 4
"""Modules of white around a code."""


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
    """The modules of a QR code with error level M."""
    rows = [bytes(row) for row in segno.make_qr(text, error="m", boost_error=False).matrix]
    runs = []
    for number, row in enumerate(rows):
        start = None
        for column, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append(Run(number, start, column - start))
                start = None
    return Modules(len(rows), tuple(runs))
