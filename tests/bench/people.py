"""A large invented office: common names as the demo has them, rare ones made of syllables, slips of the pen.

Vocabulary grows with the office as a real one does. Nothing of the program's own folding is used here.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from random import Random

from counter_app.demo.town import consumers
from counter_app.domain.consumer import Consumer, Supply

RARE_GIVEN, RARE_FAMILIES, RARE_PLACES = 4000, 3000, 600
_RARE = 0.45
_SLIP = 0.08  # written wrongly in the books themselves
_DISCONNECTED = 0.06

_BEGINNINGS = (
    ("क", "k"), ("ख", "kh"), ("ग", "g"), ("घ", "gh"), ("च", "ch"), ("ज", "j"), ("झ", "jh"), ("ट", "t"),
    ("ठ", "th"), ("ड", "d"), ("त", "t"), ("द", "d"), ("ध", "dh"), ("न", "n"), ("प", "p"), ("फ", "ph"),
    ("ब", "b"), ("भ", "bh"), ("म", "m"), ("य", "y"), ("र", "r"), ("ल", "l"), ("व", "v"), ("श", "sh"),
    ("स", "s"), ("ह", "h"), ("प्र", "pr"), ("त्र", "tr"), ("श्र", "shr"), ("ब्र", "br"),
)  # fmt: skip
_VOWELS = (
    ("ा", "a"), ("ि", "i"), ("ी", "ee"), ("ु", "u"), ("ू", "oo"), ("े", "e"), ("ो", "o"),
    ("", "a"), ("", "a"),
)  # fmt: skip
_GIVEN_ENDS = (
    ("श", "sh"), ("ल", "l"), ("न", "n"), ("म", "m"), ("ता", "ta"), ("या", "ya"), ("वती", "vati"),
    ("लाल", "lal"), ("राम", "ram"), ("चंद", "chand"), ("कुमार", "kumar"), ("पाल", "pal"),
)  # fmt: skip
_FAMILY_ENDS = (
    ("ले", "le"), ("कर", "kar"), ("वाल", "wal"), ("रिया", "riya"), ("नी", "ni"), ("रा", "ra"),
    ("टे", "te"), ("वंशी", "vanshi"), ("डिया", "diya"), ("र", "r"),
)  # fmt: skip
_PLACE_ENDS = (("पुर", "pur"), ("खेड़ी", "khedi"), ("गाँव", "gaon"), (" नगर", " nagar"), (" टोला", " tola"))
_TYPED_BESIDE = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioipsdfghjkkxcvbnn", strict=False))


def people(count: int, seed: int) -> Iterator[Consumer]:
    """So many consumers, in the order of their numbers."""
    dice = Random(seed)
    given = _rare(RARE_GIVEN, _GIVEN_ENDS, dice)
    families = _rare(RARE_FAMILIES, _FAMILY_ENDS, dice)
    places = _rare(RARE_PLACES, _PLACE_ENDS, dice)
    weights = [list(accumulate(1 / (rank + 20) for rank in range(len(names)))) for names in (given, families)]
    for consumer in consumers(count, dice, "2214"):
        name_hi, name_en = consumer.name_hi, consumer.name_en
        first = _words(name_hi, name_en)[0]
        last = _words(name_hi, name_en)[1]
        kin = consumer.relation_hi, consumer.relation_en
        if dice.random() < _RARE:
            first = dice.choices(given, cum_weights=weights[0])[0]
        if dice.random() < _RARE:
            last = dice.choices(families, cum_weights=weights[1])[0]
        if dice.random() < _RARE:
            kin = dice.choices(given, cum_weights=weights[0])[0]
        place = consumer.locality_hi, consumer.locality_en
        if dice.random() < _RARE:
            place = dice.choice(places)
        yield replace(
            consumer,
            name_hi=f"{first[0]} {last[0]}",
            name_en=_slipped(f"{first[1]} {last[1]}", dice),
            relation_hi=f"{kin[0]} {last[0]}",
            relation_en=_slipped(f"{kin[1]} {last[1]}", dice),
            locality_hi=place[0],
            locality_en=place[1].title(),
            supply=Supply.DISCONNECTED if dice.random() < _DISCONNECTED else Supply.LIVE,
        )


def _words(name_hi: str, name_en: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Given and family name in both scripts: the last word is the family's."""
    first_hi, _, last_hi = name_hi.rpartition(" ")
    first_en, _, last_en = name_en.rpartition(" ")
    return (first_hi, first_en), (last_hi, last_en)


def _rare(count: int, ends: tuple[tuple[str, str], ...], dice: Random) -> list[tuple[str, str]]:
    names: dict[str, str] = {}
    while len(names) < count:
        parts = [_syllable(dice) for _ in range(dice.choice((1, 1, 2)))] + [dice.choice(ends)]
        names["".join(hindi for hindi, _ in parts)] = "".join(latin for _, latin in parts).capitalize()
    return list(names.items())


def _syllable(dice: Random) -> tuple[str, str]:
    (hindi, latin), (sign, vowel) = dice.choice(_BEGINNINGS), dice.choice(_VOWELS)
    return hindi + sign, latin + vowel


def _slipped(name: str, dice: Random) -> str:
    """Now and then the books have a letter twice, missing, or the one beside it."""
    if dice.random() >= _SLIP:
        return name
    at = dice.randrange(1, len(name))
    kept = name[at]
    return name[:at] + dice.choice((kept + kept, "", _TYPED_BESIDE.get(kept, kept))) + name[at + 1 :]
