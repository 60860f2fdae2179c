"""Lines of text in a given room: side by side, wrapped, made smaller. Nothing is ever cut off silently."""

from collections.abc import Sequence
from typing import NamedTuple

from counter_app.documents.fonts import measure, shape
from counter_app.documents.page import Align, Text

STEP = 0.25
"""By how many points a text that is too wide is made smaller at a time."""


class Span(NamedTuple):
    """A piece of a line in one weight and colour."""

    text: str
    bold: bool = False
    grey: bool = False


def width(spans: Sequence[Span], size: float) -> float:
    """Millimetres of pieces side by side, a space between them."""
    spaces = sum(measure(" ", size, span.bold) for span in spans[1:])
    return spaces + sum(measure(span.text, size, span.bold) for span in spans)


def row(
    spans: Sequence[Span],
    x: float,
    y: float,
    size: float,
    align: Align = Align.LEFT,
    *,
    white: bool = False,
    static: bool = False,
) -> list[Text]:
    """Pieces side by side on one baseline; ``x`` is their left end, middle or right end."""
    shown = [span for span in spans if span.text]
    if align is not Align.LEFT:
        whole = width(shown, size)
        x -= whole if align is Align.RIGHT else whole / 2
    items = []
    for place, span in enumerate(shown):
        if place:
            x += measure(" ", size, span.bold)
        items.append(Text(x, y, span.text, size, bold=span.bold, grey=span.grey, white=white, static=static))
        x += measure(span.text, size, span.bold)
    return items


def named(
    name: str, value: str, x: float, y: float, size: float, *, bold: bool = False, static: bool = True
) -> list[Text]:
    """A label and its value behind it, on one line; ``static``: the label is the form's."""
    behind = x + measure(f"{name} ", size, bold)
    return [Text(x, y, name, size, bold=bold, static=static), Text(behind, y, value, size, bold=bold)]


def named_at_right(name: str, value: str, widest: str, right: float, y: float, size: float) -> list[Text]:
    """A label and its value at the right edge; the label leaves room for the ``widest`` value, so that it
    stands at one place.
    """
    before = right - measure(f" {widest}", size)
    return [
        Text(before, y, name, size, align=Align.RIGHT, static=True),
        Text(right, y, value, size, align=Align.RIGHT),
    ]


def wrapped(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """A text broken between words into lines no wider than ``room``; a word too long, between letters."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, bold) <= room:
            lines[-1] = longer
        elif measure(word, size, bold) <= room:
            lines.append(word)
        else:
            lines += _broken(word, size, room, bold)
    return lines


def _broken(word: str, size: float, room: float, bold: bool) -> list[str]:
    """One word in pieces that fit; letters that are shaped together stay together."""
    pieces = [""]
    for cluster in (glyph.text for glyph in shape(word, bold) if glyph.text):
        if pieces[-1] and measure(pieces[-1] + cluster, size, bold) > room:
            pieces.append("")
        pieces[-1] += cluster
    return pieces


def fitted(text: str, size: float, room: float, *, bold: bool = False, least: float = 8.0) -> float:
    """The size at which a text fits into the room, not below ``least`` (then it must be wrapped)."""
    while size > least and measure(text, size, bold) > room:
        size = max(size - STEP, least)
    return size


def shortened(lines: Sequence[str], most: int) -> list[str]:
    """No more than so many lines; the last says with "…" that there was more."""
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - 1], f"{lines[most - 1]} …"]


def elided(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """A text cut at whole letters with "…" where it is too wide; never for money or numbers."""
    if measure(text, size, bold) <= room:
        return text
    return f"{_broken(text, size, room - measure('…', size, bold), bold)[0]}…"
