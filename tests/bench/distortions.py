"""What becomes of a name on its way from a consumer's mouth to the search box: one function a kind.

Written from how people spell and mistype, with tables of its own: the search is not its own judge.
"""

from collections.abc import Callable
from random import Random

from counter_app.domain.consumer import Consumer

# Latin spellings met for one sound; either may stand for the other.
_SPELT = (
    ("ee", "i"), ("oo", "u"), ("sh", "s"), ("v", "w"), ("aa", "a"), ("ph", "f"), ("ks", "x"), ("au", "ou"),
    ("ai", "ay"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("chh", "ch"), ("z", "j"), ("y", "i"), ("ksh", "x"),
)  # fmt: skip
_WRITTEN = (
    ("ी", "ि"), ("ू", "ु"), ("श", "स"), ("ष", "श"), ("ण", "न"), ("व", "ब"), ("ड़", "ड"), ("ज़", "ज"), ("ँ", "ं"),
    ("ऋ", "रि"), ("ंद", "न्द"), ("ै", "े"), ("ौ", "ो"),
)  # fmt: skip
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    sign: row[max(at - 1, 0) : at] + row[at + 1 : at + 2] for row in _ROWS for at, sign in enumerate(row)
}

Distortion = Callable[[Consumer, Random], str]


def latin(consumer: Consumer, dice: Random) -> str:
    """As the books have it in Latin letters, in small ones."""
    return consumer.name_en.lower()


def devanagari(consumer: Consumer, dice: Random) -> str:
    """As the books have it in Devanagari."""
    return consumer.name_hi


def spelling(consumer: Consumer, dice: Random) -> str:
    """One or two sounds of the Latin name spelt in another way."""
    return _respelt(consumer.name_en.lower(), _SPELT, dice)


def signs(consumer: Consumer, dice: Random) -> str:
    """One or two signs of the Devanagari name as others write them."""
    return _respelt(consumer.name_hi, _WRITTEN, dice)


def typo(consumer: Consumer, dice: Random) -> str:
    """A letter twice, missing, beside, strange, or changed over with the next, in a word of four or more."""
    return _mistyped(consumer.name_en.lower(), dice)


def two_typos(consumer: Consumer, dice: Random) -> str:
    """One such in the given and one in the family name."""
    first, _, last = consumer.name_en.lower().rpartition(" ")
    return f"{_mistyped(first, dice)} {_mistyped(last, dice)}"


def order(consumer: Consumer, dice: Random) -> str:
    """The family name first, the given name only begun."""
    first, _, last = consumer.name_en.lower().rpartition(" ")
    return f"{last} {first[: max(3, len(first) * 2 // 3)].strip()}"


def begun(consumer: Consumer, dice: Random) -> str:
    """Only the beginnings of both, in either script."""
    first, _, last = dice.choice((consumer.name_en.lower(), consumer.name_hi)).rpartition(" ")
    return f"{first[:4].strip()} {last[:4]}"


def joined(consumer: Consumer, dice: Random) -> str:
    """Written as one word."""
    return dice.choice((consumer.name_en.lower(), consumer.name_hi)).replace(" ", "")


def split(consumer: Consumer, dice: Random) -> str:
    """A long given name written as two: one of the endings that are names by themselves."""
    first, _, last = consumer.name_en.lower().rpartition(" ")
    for end in ("lal", "ram", "chand", "kumar", "pal", "prakash", "vati", "shankar", "narayan"):
        if first.endswith(end) and len(first) > len(end) + 1:
            return f"{first.removesuffix(end).strip()} {end} {last}"
    return f"{first} {last}"


def place(consumer: Consumer, dice: Random) -> str:
    """Given name and locality."""
    return f"{consumer.name_en.lower().split()[0]} {consumer.locality_en.lower().split()[-1]}"


def father(consumer: Consumer, dice: Random) -> str:
    """Name and the father's or husband's given name."""
    return f"{consumer.name_en.lower()} {consumer.relation_en.lower().split()[0]}"


CLASSES: tuple[Distortion, ...] = (
    latin, devanagari, spelling, signs, typo, two_typos, order, begun, joined, split, place, father,
)  # fmt: skip


def _respelt(name: str, table: tuple[tuple[str, str], ...], dice: Random) -> str:
    pairs = [*table, *((other, one) for one, other in table)]
    for _ in range(dice.choice((1, 1, 2))):
        fitting = [(one, other) for one, other in pairs if one in name[1:]]
        if not fitting:
            return name
        one, other = dice.choice(fitting)
        at = dice.choice([at for at in range(1, len(name)) if name.startswith(one, at)])
        name = name[:at] + other + name[at + len(one) :]
    return name


def _mistyped(name: str, dice: Random) -> str:
    words = name.split() or [""]
    long_ones = [at for at, word in enumerate(words) if len(word) > 3] or [0]
    which = dice.choice(long_ones)
    words[which] = _mistyped_word(words[which], dice)
    return " ".join(words)


def _mistyped_word(word: str, dice: Random) -> str:
    if len(word) < 2:
        return word
    at = dice.randrange(1, len(word))
    kind = dice.randrange(5)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 3:
        return word[:at] + dice.choice("abcdefghijklmnopqrstuvwxyz") + word[at:]
    return word[:at] + dice.choice(_BESIDE.get(word[at], word[at])) + word[at + 1 :]
