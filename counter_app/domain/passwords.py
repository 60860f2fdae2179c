"""Which passwords everybody guesses: short ones, runs of keys, common words however they are dressed up."""

import unicodedata
from collections.abc import Collection, Iterable

from counter_app.domain.money_refusals import PasswordCommon

SHORTEST = 8
FEWEST_SIGNS = 4
"""Different ones; "abababab" has two."""

_SHORTEST_OWN = 3
_STANDS_FOR = str.maketrans("0134578@$!|", "oieastbasii")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklzxcvbnm", "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)  # fmt: skip


def refuse_common(password: str, common: Collection[str], own: Iterable[str]) -> None:
    """``PasswordCommon`` for a password that is tried first.

    ``common`` are words in small letters; ``own`` is what everybody knows of the person, code and names.
    """
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(plain) < SHORTEST or len(set(plain)) < FEWEST_SIGNS:
        raise PasswordCommon
    known = {word for text in own for word in _words(text.casefold()) if len(word) >= _SHORTEST_OWN}
    known |= {text.casefold() for text in own if len(text) >= _SHORTEST_OWN}
    for spelled in (plain, plain.translate(_STANDS_FOR), _bare(plain).translate(_STANDS_FOR)):
        squeezed = "".join(sign for sign in spelled if not sign.isspace())
        if _is_run(squeezed) or _is_made_of(spelled, common, known):
            raise PasswordCommon


def _is_made_of(spelled: str, common: Collection[str], known: Collection[str]) -> bool:
    """Whether nothing is left of it but digits and signs once the common and own words are taken out."""
    for text in sorted(known, key=len, reverse=True):
        spelled = spelled.replace(text, " ")
    return all(_once(word) in common for word in _words(spelled))


def _bare(text: str) -> str:
    """Without the digits and signs around it."""
    around = "".join(sign for sign in text if not _is_letter(sign))
    return text.strip(around)


def _is_letter(sign: str) -> bool:
    """A letter, or a sign above or below one."""
    return unicodedata.category(sign)[0] in "LM"


def _words(text: str) -> list[str]:
    """The runs of letters."""
    return "".join(sign if _is_letter(sign) else " " for sign in text).split()


def _once(word: str) -> str:
    """A word that is written several times in a row, once: "ramram" is "ram"."""
    for size in range(1, len(word) // 2 + 1):
        if word[:size] * (len(word) // size) == word:
            return word[:size]
    return word


def _is_run(text: str) -> bool:
    """Keys in a row, there or back, with any digits behind."""
    bare = text.rstrip("0123456789") or text
    return any(bare in row or bare in row[::-1] for row in _RUNS)
