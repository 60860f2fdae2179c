"""What must be seen on half an A4 before anything else is read: white on black across the sheet."""

from collections.abc import Sequence

from counter_app.documents.counter_lines import DOT
from counter_app.documents.fonts import measure
from counter_app.documents.grid import LEFT, RIGHT
from counter_app.documents.lines import fitted
from counter_app.documents.page import POINT, Align, Box, Fill, Item, Text
from counter_app.documents.receipt_body import ReceiptFacts, change_words, title
from counter_app.documents.roll import LEADING, SMALL, STRONG
from counter_app.words.say import Both, Language, both

HINDI = Language.HINDI
_HEIGHT = 9.4
_PAD = 2.0
_MIDDLE = (LEFT + RIGHT) / 2


def placed(facts: ReceiptFacts) -> tuple[list[Both], list[Both]]:
    """What the band has room for, the weightiest first, and what it has none for."""
    words = _weighty(facts)
    most = len(words)
    while most > 1 and not _fits(words[:most]):
        most -= 1
    return words[:most], words[most:]


def band(words: Sequence[Both], y: float) -> list[Item]:
    """The words behind each other: a line for both languages, or one for each."""
    if not words:
        return []
    lines, room = [*_lines(words)], RIGHT - LEFT - 2 * _PAD
    whole = f" {DOT} ".join(lines)
    size = fitted(whole, STRONG, room, bold=True)
    if measure(whole, size, True) <= room:
        lines = [whole]
    else:
        size = min(fitted(line, STRONG, room, bold=True) for line in lines)
    pitch = size * POINT * LEADING
    base = y + _HEIGHT / 2 + size * POINT * 0.36 - pitch * (len(lines) - 1) / 2
    items: list[Item] = [Box(LEFT, y, RIGHT - LEFT, _HEIGHT, 0.0, Fill.BLACK)]
    for place, line in enumerate(lines):
        text = Text(_MIDDLE, base + place * pitch, line, size, bold=True, align=Align.CENTRE, white=True)
        items.append(text)
    return items


def _weighty(facts: ReceiptFacts) -> list[Both]:
    words = []
    if facts.number is None:
        words.append(both("Not recorded yet", HINDI))
    if facts.cancelled:
        words.append(both("Receipt cancelled", HINDI))
    if facts.copy > 1:
        words.append(both("Copy {number}, not the original", HINDI, number=facts.copy))
    if facts.provisional:
        words.append(title(facts))
    if facts.payment.protest:
        words.append(both("Paid under protest", HINDI))
    changed = dict.fromkeys(change_words(change)[0] for change in facts.changes)
    return [*words, *changed]


def _lines(words: Sequence[Both]) -> tuple[str, str]:
    """In Hindi and in English, that in capitals (Devanagari has none)."""
    sign = f" {DOT} "
    return sign.join(one.lead for one in words), sign.join(one.second.upper() for one in words)


def _fits(words: Sequence[Both]) -> bool:
    return all(measure(line, SMALL, True) <= RIGHT - LEFT - 2 * _PAD for line in _lines(words))
