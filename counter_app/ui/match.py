"""Which part of a name a search has found: whole letters only, in either script."""

from PySide6.QtCore import QTextBoundaryFinder

from counter_app.domain.names import keys, prefixes, words


def marks(name: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Start and length (UTF-16 units, as Qt counts) of the beginnings of words that were typed."""
    sought = [beginnings for word in words(typed) if (beginnings := prefixes(word))]
    found: list[tuple[int, int]] = []
    start = 0
    for word in name.split():
        start = name.index(word, start)
        spelled = keys(word)
        for beginnings in sought:
            fitting = [begin for begin in beginnings if any(key.startswith(begin) for key in spelled)]
            if fitting:
                found.append((_units(name[:start]), _whole_letters(word, max(fitting, key=len))))
                sought.remove(beginnings)
                break
        start += len(word)
    return tuple(found)


def _whole_letters(word: str, beginning: str) -> int:
    """The length of the shortest beginning of a word that holds a folded beginning."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, word)
    while (place := finder.toNextBoundary()) > 0:
        part = word.encode("utf-16-le")[: 2 * place].decode("utf-16-le")
        if any(key.startswith(beginning) for key in keys(part)):
            return place
    return _units(word)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
