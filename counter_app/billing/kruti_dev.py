"""Text in the legacy Kruti Dev 010 encoding, where Latin letters stand for the strokes of Devanagari.

``lqjs'k ekyoh;`` is सुरेश मालवीय. A half letter and the bar ``k`` make a whole one, the short i stands before
its consonants and the r above a syllable behind it. Nothing in a file says which texts are such; they are
told from English by two things together: they make well-formed Hindi, and their letters are those of strokes.
"""

import re
from functools import lru_cache

_SHORT_I, _UPPER_R = "\ue000", "\ue001"  # until they stand where Unicode wants them

_ASCII = dict(zip(
    "abcdefghijklmnopqrstuvwxyz",
    ("ं", "इ", "ब", "क", "म", _SHORT_I, "ह", "ी", "प", "र", "ा", "स", "उ", "द", "व", "च", "ु", "त", "े", "ज",
     "न", "अ", "ू", "ग", "ल", "्र"), strict=True,
)) | dict(zip(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ("।", "ठ", "ब्", "क्", "म्", "थ्", "ळ", "भ्", "प्", "श्र", "ज्ञ", "स्", "ड", "छ", "व्", "च्", "फ", "त्", "ै", "ज्",
     "न्", "ट", "ॅ", "ग्", "ल्", _UPPER_R), strict=True,
)) | dict(zip(
    "[?/.'\"{=><;,_|})#:`~+%&-]@^*(\\",
    ("ख्", "घ्", "ध्", "ण्", "श्", "ष्", "क्ष्", "त्र्", "झ", "ढ", "य", "ए", "ऋ", "द्य", "द्व", "द्ध", "रु", "रू", "ृ", "्",
     "़", "ः", "-", ".", ",", "/", "‘", "’", ";", "?"), strict=True,
))  # fmt: skip
_BEYOND = {
    "³": "ङ", "¥": "ञ", "÷": "झ्", "Ö": "झ्", "Ä": "घ्", "Ë": "ध्", "è": "ध्", "¶": "फ्", "¸": "य्",
    "Ò": "भ", "Ü": "श्", "«": "त्र्", "Ù": "त्त्", "í": "द्द", "Ì": "द्द", "ê": "ट्ट", "Í": "ट्ट",
    "ë": "ट्ठ", "Î": "ट्ठ", "ì": "ड्ड", "Ï": "ड्ड", "ï": "ड्ढ", "Ô": "ड्ढ", "ô": "क्क", "é": "न्न",
    "™": "न्न्", "Ø": "क्र", "Ý": "फ्र", "æ": "द्र", "ç": "प्र", "Á": "प्र", "ª": "्र", "î": "्य",
    "Ó": "्य", "à": "ह्न", "á": "ह्य", "â": "हृ", "ã": "ह्म", "º": "ह्", "–": "दृ", "—": "कृ",
    "Ñ": "कृ", "Å": "ऊ", "Ã": "ई", "‚": "ॉ", "¡": "ँ", "È": "ीं", "Ç": _SHORT_I + "ं",
    "¯": _SHORT_I + "ं", "Æ": _UPPER_R + _SHORT_I, "É": _UPPER_R + _SHORT_I + "ं",
    "Ê": "ी" + _UPPER_R, "±": _UPPER_R + "ं", "å": "०", "ƒ": "१", "„": "२", "…": "३", "†": "४",
    "‡": "५", "ˆ": "६", "‰": "७", "Š": "८", "‹": "९", "¼": "(", "½": ")", "Œ": "॰", "Þ": "“",
    "ß": "”", "•": "-",
}  # fmt: skip
_SIGNS = str.maketrans(_ASCII | _BEYOND)

_WHOLE = "[क-ह]़?"
_CLUSTER = f"(?:{_WHOLE}्)*{_WHOLE}"
_MATRA, _OVER = "[ािीुूृेैोौॅॉ]", "[ँंः]"
_JOINED = (
    (re.compile("्(़?)ा"), r"\1"),  # the bar makes a half letter whole
    (re.compile(f"इ{_UPPER_R}"), "ई"),
    (re.compile(f"{_UPPER_R}({_SHORT_I}ं?{_CLUSTER})"), rf"\1{_UPPER_R}"),
    (re.compile(f"{_SHORT_I}(ं?)({_CLUSTER})"), r"\2ि\1"),
    (re.compile("ं([ािीुूृेैोौॅॉ])"), r"\1ं"),
    (re.compile("अा"), "आ"), (re.compile("[आअ]ाे|आे|अो"), "ओ"), (re.compile("आै"), "औ"), (re.compile("एे"), "ऐ"),
    (re.compile("ाे"), "ो"), (re.compile("ाै"), "ौ"), (re.compile("ाॅ"), "ॉ"), (re.compile("[आअ]ॉ|आॅ"), "ऑ"),
    (re.compile(f"({_CLUSTER}{_MATRA}?{_OVER}?){_UPPER_R}({_OVER}?)"), r"र्\1\2"),
)  # fmt: skip
_HINDI = re.compile(f"(?:{_CLUSTER}(?:्|{_MATRA}?{_OVER}?)|[अ-औऋ]{_OVER}?)+")
_PARTS = re.compile(r"[\s0-9०-९().,/;‘’“”-]+")
_NEUTRAL = re.compile(r"[0-9@/\\&.,()\s-]+")


# How much oftener a letter is a stroke of Hindi names than a letter of the same names in Latin script: twice
# the natural logarithm, in whole numbers. Counted over names of people and places of the region.
_STROKES = {
    sign: weight
    for weight, signs in (
        (-6, "m"), (-4, "a"), (-3, "pnr"), (-2, "ib"), (-1, "vtl"), (0, "hdswogec"), (1, "u"), (2, "yz"),
        (3, "j"), (4, "xkf"), (6, "q;"),
    )
    for sign in signs
}  # fmt: skip
_CAPITAL_INSIDE, _OTHER_SIGN, _QUIET = 5, 5, "@/\\&.,()-"
_LIKE_A_NAME, _CAPITALS_ALONE = -5, -20
_STRANGE, _STRANGE_PAIRS = (
    3,
    ["lq", "qj", "xz", "wj", "dq", "qd", "fn", "fj", "xk", "xh", "xj", "jt", "gj", "yj", "lj", "oe", "hd"],
)
_LIKELY, _CERTAIN = 1, 6


def unicode_text(text: str, *, hindi: bool) -> str:
    """The text, in Unicode where it was Kruti Dev; else as it is. ``hindi``: its column is for Hindi."""
    return converted(text) if is_kruti_dev(text, hindi=hindi) else text


def converted(text: str) -> str:
    """Kruti Dev as Unicode, whatever it is."""
    made = text.translate(_SIGNS)
    for pattern, joined in _JOINED:
        made = pattern.sub(joined, made)
    return made


@lru_cache(1 << 14)
def is_kruti_dev(text: str, *, hindi: bool) -> bool:
    """Whether a text of Latin letters is Kruti Dev. In doubt it is not: no English name is to be spoilt."""
    words = [word for word in text.split() if not _NEUTRAL.fullmatch(word)]
    if not words or any("\u0900" <= sign <= "\u097f" for sign in text):
        return False
    if sum(map(_speaks, words)) < (_LIKELY if hindi else _CERTAIN):
        return False
    return all(_is_hindi(converted(word)) for word in words)


def _speaks(word: str) -> int:
    """Above zero: the letters of a word speak for strokes; below: for an English spelling."""
    if word.isupper():
        return _CAPITALS_ALONE
    small = word.lower()
    letters = [_STROKES.get(sign, _OTHER_SIGN) for sign in small if sign not in _QUIET and not sign.isdigit()]
    inside = sum("A" <= sign <= "Z" for sign in word[1:])
    written = _CAPITAL_INSIDE * inside if inside else _LIKE_A_NAME * word.istitle()
    return sum(letters) + written + _STRANGE * sum(map(small.count, _STRANGE_PAIRS))


def _is_hindi(made: str) -> bool:
    return all(_HINDI.fullmatch(part) for part in _PARTS.split(made) if part)
