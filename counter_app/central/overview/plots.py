"""Plots as inline SVG: values in, text out. Colours come from the style sheet, by class."""

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT = 640, 190
LEFT, TOP, BOTTOM = 8, 22, 24
_GAP = 0.24
_STEPS = (1, 2, 5)
_EVERY = 3


class Bar(NamedTuple):
    """Two parts that stand on each other, and what both are in words."""

    label: str
    lower: int
    upper: int
    words: str


def bars(title: str, bars: Sequence[Bar], told: Callable[[int], str]) -> str:
    """Bars side by side over one line, with two lines of height; ``told`` writes a value."""
    top = _above(max((one.lower + one.upper for one in bars), default=0))
    floor, tall = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    step = (WIDTH - 2 * LEFT) / max(len(bars), 1)
    parts = [_line(TOP, told(top)), _line(TOP + tall / 2, told(top // 2) if top % 2 == 0 else "")]
    for nth, one in enumerate(bars):
        x, wide = LEFT + (nth + _GAP / 2) * step, step * (1 - _GAP)
        low, high = (max(0, part) / top * tall for part in (one.lower, one.upper))
        parts.append(f"<g><title>{escape(one.words)}</title>")
        parts.append(f'<rect class="hit" x="{x:.1f}" y="{TOP}" width="{wide:.1f}" height="{tall}"/>')
        parts += [_bar("lower", x, floor - low, wide, low), _bar("upper", x, floor - low - high, wide, high)]
        parts.append("</g>")
        if nth % _EVERY == 0:
            parts.append(f'<text class="under" x="{x:.1f}" y="{HEIGHT - 6}">{escape(one.label)}</text>')
    parts.append(f'<line class="floor" x1="{LEFT}" x2="{WIDTH - LEFT}" y1="{floor}" y2="{floor}"/>')
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(parts)}</svg>'
    )


def share(value: int, most: int) -> str:
    """A bar that lies, as long as its part of the longest."""
    long = max(0, value) / most * 100 if most > 0 else 0
    return (
        '<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="lower" x="0" y="0" width="{long:.1f}" height="8"/></svg>'
    )


def _above(most: int) -> int:
    """A round number that is not below the highest value."""
    size = 1
    while True:
        for step in _STEPS:
            if step * size >= most:
                return step * size
        size *= 10


def _line(y: float, words: str) -> str:
    text = f'<text class="over" x="{LEFT}" y="{y - 5:.1f}">{escape(words)}</text>' if words else ""
    return f'<line class="grid" x1="{LEFT}" x2="{WIDTH - LEFT}" y1="{y:.1f}" y2="{y:.1f}"/>{text}'


def _bar(kind: str, x: float, y: float, wide: float, tall: float) -> str:
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>'
        if tall
        else ""
    )
