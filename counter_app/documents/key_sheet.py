"""The sheet of keys that lies beside the keyboard: one A4 page, Hindi and English."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from counter_app.documents.counter_lines import DOT, side_by_side
from counter_app.documents.fonts import measure
from counter_app.documents.grid import LEFT, RIGHT, heading
from counter_app.documents.letterhead import HEIGHT, WIDTH, letterhead
from counter_app.documents.lines import Span, fitted, row
from counter_app.documents.page import Align, Box, Document, Item, Sheet, Text
from counter_app.domain.acts import Paper
from counter_app.domain.office import Office
from counter_app.words.say import N_, Both, Language, both

_CAP, _CAP_HIGH = 15.0, 5.0
_TEXT = LEFT + _CAP + 3.0
_SIZE, _LEAST, _CAP_SIZE = 9.5, 7.5, 8.5
_KEY, _TWO_LINES, _WORD = 6.0, 9.4, 5.0
_HEAD = 9.6
_BETWEEN = 6.0


class KeyLine(NamedTuple):
    """A key: what stands on it, and in both languages what it does."""

    cap: str
    does: Both


class KeyWords(NamedTuple):
    """All keys: those with a name of their own, the others, and the words that stand for one."""

    keys: Sequence[KeyLine]
    more: Sequence[KeyLine]
    words: Sequence[Both]


def key_sheet(office: Office, told: KeyWords, at: datetime) -> Document:
    """The page; ``told`` is in both languages, Hindi leading."""
    title = both(N_("Keys of the counter"), Language.HINDI)
    under = f"{title.second.upper()} {DOT} {side_by_side(both('Counter', Language.HINDI))}"
    items = letterhead(office, title, (under, str(office.counter)))
    y = 27.0
    y = _headed(items, both(N_("Keys of every page"), Language.HINDI), y)
    for line in told.keys:
        _cap(items, line.cap, y)
        _beside(items, line.does, _TEXT, RIGHT, y + 3.7)
        y += _KEY
    y = _headed(items, both(N_("Other keys, and what they do"), Language.HINDI), y)
    for line in told.more:
        _cap(items, line.cap, y + 1.5)
        for place, text in enumerate(line.does):
            size = fitted(text, _SIZE, RIGHT - _TEXT, least=_LEAST)
            items.append(Text(_TEXT, y + 3.4 + place * 4.2, text, size, grey=bool(place)))
        y += _TWO_LINES
    y = _headed(items, both(N_("Words to type on Home"), Language.HINDI), y)
    rows = -(-len(told.words) // 2)
    middle = (LEFT + RIGHT) / 2
    for place, words in enumerate(told.words):
        left = LEFT if place < rows else middle + _BETWEEN / 2
        right = middle - _BETWEEN / 2 if place < rows else RIGHT
        _beside(items, words, left, right, y + 3.6 + place % rows * _WORD, bold=True)
    name = f"keys {office.code}-{office.counter}"
    return Document(name, (Sheet(WIDTH, HEIGHT, tuple(items)),), Paper.BOOK, at)


def _headed(items: list[Item], text: Both, y: float) -> float:
    items += heading(text, LEFT, RIGHT, y + _HEAD - 1.6)
    return y + _HEAD


def _cap(items: list[Item], cap: str, y: float) -> None:
    items.append(Box(LEFT, y, _CAP, _CAP_HIGH, 0.25))
    items.append(Text(LEFT + _CAP / 2, y + 3.5, cap, _CAP_SIZE, bold=True, align=Align.CENTRE))


def _beside(
    items: list[Item], words: Both, left: float, right: float, y: float, *, bold: bool = False
) -> None:
    """Both languages on one line, smaller where that is needed."""
    size = _SIZE
    while size > _LEAST and _wide(words, size, bold=bold) > right - left:
        size -= 0.25
    items += row([Span(words.lead, bold), Span(words.second, grey=True)], left, y, size)


def _wide(words: Both, size: float, *, bold: bool) -> float:
    return measure(words.lead, size, bold) + measure(f" {words.second}", size)
