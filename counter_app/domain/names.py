"""One search key for a name however it is spelled: सुरेश मालवीय, Suresh Malviya, Sooresh Malveeya.

A word in Devanagari or Latin letters becomes a key of a–z and digits. What people spell
differently is merged: long and short vowels, aspirates and doubles, s/sh, b/v/w (बिश्नोई, विश्नोई), c/k/q,
j/z, ai/ay/e, au/o, and every "a" after the first vowel, so that the silent vowel of Hindi needs no
rule. ड़ cannot be merged, for Latin writes it d or r (Dhakad, Dhakar): a word with it has two keys.
Index and query go through the same functions; a key is never shown. An index made with another
``KEY_VERSION`` is made anew.
"""

import re
import unicodedata
from functools import lru_cache

KEY_VERSION = 3

_LONGEST_TEXT = 400
_LONGEST_WORD = 48
_WORD = re.compile(r"[0-9a-z]+|[\u0900-\u0963\u0971-\u097f]+")
_BEFOREHAND = str.maketrans(
    {chr(0x0966 + n): str(n) for n in range(10)} | dict.fromkeys("\u200c\u200d'’")
    | dict.fromkeys(map(chr, range(0x0300, 0x0370)))
)  # fmt: skip

# -- Devanagari as Latin letters, already merged --------------------------------------------------------

_VIRAMA = "\u094d"
_CONSONANTS = dict(
    zip("कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ", "kkggnccjjnttddnttddnpfbbmyrlvssshl", strict=True)
)
_VOWELS = dict(zip("अआइईउऊएऐओऔऍऑऎऒ", "aaiiuueeooeoeo", strict=True))
_SIGNS = dict(zip("ािीुूेैोौॅॉॆॊ", "aiiuueeooeoeo", strict=True))
_SPELLED_OUT = (("ज्ञ", "ग्य"), ("ृ", "्रि"), ("ऋ", "रि"), ("ॐ", "ओम"), ("\u093c", ""))
_NASAL = "ंँ"
_LABIAL = "पफबभम"
# ड़ and ढ़ with and without their dot: after a vowel, where no other consonant is joined on.
_FLAP = re.compile("(?<=[अ-ऌएऐओ-हऍऑा-ूेैोौॅॉ\u093c])[डढ](?!\u093c?\u094d)\u093c?")
_PRONOUNCED_AT_END = "yrlvmn"  # after another consonant: मिश्र, शुक्ल, कृष्ण

# -- Latin letters as people write them ------------------------------------------------------------------

_LATIN = {
    "ksh": "ks", "x": "ks", "sch": "sk", "chh": "c", "ch": "c", "ck": "k", "c": "k", "q": "k", "sh": "s",
    "kh": "k", "gh": "g", "jh": "j", "th": "t", "dh": "d", "bh": "b", "ph": "f", "gny": "gy", "dny": "gy",
    "jn": "gy", "z": "j", "w": "v", "ee": "i", "oo": "u",
}  # fmt: skip
_LETTERS = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))


def _rules(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


_SPELLING = _rules(
    ("sinh", "singh"),
    ("ore$", "or"),  # Rathore, Indore
    ("rh(?!a[a-z])", "d"),  # Garh is also written Gadh; but Burhanpur
    ("c(?=[eiy])", "s"),  # City
    ("qu(?=[aeiou])", "k"),  # Siddiqui
    ("ow(?![aeiou])", "o"),  # Chowdhary
    ("(?<=[ae])o", "w"),  # Rao, Namdeo: Rav, Namdev
)
_MERGING = _rules(
    ("b", "v"),  # Bishnoi, Govind: विश्नोई, गोबिंद
    (r"([a-z])\1+", r"\1"),
    ("[ae][iye]+", "e"),
    ("iy+", "i"),
    ("[ao]u", "o"),
    ("(?<=[bcdfghjklmnpqrstvwxz])y(?![aeiou])", "i"),  # Choudhary
    ("(?<=[a-z]{2})a([vh])a$", r"a\1"),  # Bhargava, Kushwaha
)
_AFTERWARDS = _rules(
    ("sinhg?", "sing"),
    ("^ver(?=m)", "var"),
    ("(?<=[bcdfgjklmnpqrstvwxyz])h", ""),
    ("eh(?![aeiou]|$)", "ah"),  # Mehta, Rehman
    ("nd(?:er|ra)$", "ndr"),  # Rajender, Chandra
)
_ALIASES = {
    # people
    "ahmed": "ahmd", "vegm": "vegum", "dut": "dat", "feroj": "firoj", "goel": "goyl", "kr": "kumr",
    "md": "mohmd", "mo": "mohmd", "moh": "mohmd",
    "mohd": "mohmd", "mohmed": "mohmd", "muhmd": "mohmd", "muhmed": "mohmd", "ratod": "rator", "roy": "re",
    "sin": "sing", "siva": "siv", "sk": "sek", "srivstva": "srivstv", "updyea": "updye",
    # places and addresses
    "vips": "veps", "vus": "vas", "ekstension": "ekstensn", "fase": "fej",
    "ganv": "gav", "garden": "gardn", "gate": "get", "gavn": "gav", "gvalior": "gvalir", "hose": "hos",
    "kaloni": "koloni", "karter": "kvartr", "kera": "keda", "keri": "kedi", "line": "len",
    "morena": "murena", "muhla": "mohla", "nager": "nagr", "sehor": "sihor", "sektor": "sektr",
    "sevpur": "syopur", "stand": "stend", "station": "stesn",
}  # fmt: skip
_HONORIFICS = frozenset({"sri", "srimti", "smt", "mr", "mrs", "sva", "svargia", "late"})


def words(text: str) -> tuple[str, ...]:
    """The words of a text as ``fold`` wants them: small letters, ordinary digits, one script a word."""
    plain = unicodedata.normalize("NFKD", text[:_LONGEST_TEXT]).lower().translate(_BEFOREHAND)
    return tuple(word[:_LONGEST_WORD] for word in _WORD.findall(plain))


def fold(token: str) -> str:
    """The usual key of one word; empty when it has neither letter nor digit of the two scripts."""
    return "".join(map(_key, words(token)))


@lru_cache(maxsize=1 << 12)
def keys(token: str) -> tuple[str, ...]:
    """Every key of one word, ``fold``'s first: two where a ड़ may be written d or r."""
    parts = words(token)
    return tuple(dict.fromkeys(("".join(map(_key, parts)), "".join(map(_key, map(_with_r, parts))))))


def spellings(text: str) -> tuple[tuple[str, ...], ...]:
    """Of each word of a text its ``keys``, in order; honorifics are left out unless nothing else is there."""
    found: list[tuple[str, ...]] = []
    for piece in text[:_LONGEST_TEXT].split():
        found += _spelled(piece)
    return tuple([one for one in found if one[0] not in _HONORIFICS] or found)


@lru_cache(maxsize=1 << 14)
def _spelled(piece: str) -> tuple[tuple[str, ...], ...]:
    """The keys of the words between two spaces."""
    return tuple(keys(word) for word in words(piece) if _key(word))


def tokens(text: str) -> tuple[str, ...]:
    """The usual key of each word of a text, in order, without honorifics as in ``spellings``."""
    return tuple(usual for usual, *_ in spellings(text))


@lru_cache(maxsize=1 << 12)
def prefixes(token: str) -> tuple[str, ...]:
    """Key beginnings for a word that is still being typed, any of which may match.

    The key of a word that begins with ``token`` begins with one of them, except where the next
    letter turns the word into another (Lin, Line). Empty when the token has no letter or digit.
    """
    typed = words(token)
    if not typed:
        return ()
    found = _prefixes(typed)
    with_r = tuple(map(_with_r, typed))
    return found if with_r == typed else tuple(dict.fromkeys((*found, *_prefixes(with_r))))


def _prefixes(typed: tuple[str, ...]) -> tuple[str, ...]:
    before, last = "".join(map(_key, typed[:-1])), typed[-1]
    key = _plain_key(last)
    found = [key, *_other_ends(last, key)]
    found += [alias for spelled, alias in _ALIASES.items() if _begins(spelled, key)]
    if re.search("[aeiou].*[aeo]$", key) or (last[-1] in _CONSONANTS and key.endswith("a")):
        found[0] = key[:-1]
    return tuple(dict.fromkeys(before + end for end in found if end))


def _begins(spelled: str, key: str) -> bool:
    return spelled == key or (len(key) >= 3 and spelled.startswith(key))


_TURNS = {"c": "c", "p": "f", "e": "i", "o": "u", "ं": "m", "ँ": "m"}


def _other_ends(last: str, key: str) -> list[str]:
    """What the last letters typed may still become."""
    if last[-1] == "y":
        return [key[:-1] + "y"] if key.endswith("i") else []
    if last[-1] in _TURNS:
        return [key[:-1] + _TURNS[last[-1]]]
    if last.endswith(("rh", "rha")):
        return [key.removesuffix("a")[:-1] + "r"]
    if last.endswith("qu"):
        return [key[:-1]]
    return [key[:-2] + "ah"] if key.endswith("eh") else []


def _with_r(word: str) -> str:
    """The word with every ड़ as र."""
    return word if word.isascii() else _FLAP.sub("र", word)


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    key = _plain_key(word)
    return _ALIASES.get(key, key)


def _plain_key(word: str) -> str:
    key = _replaced(_latin(word) if word.isascii() else _devanagari(word), _MERGING)
    first = re.search("[aeiou]", key)
    if first:
        rest = key[first.end() :]
        key = key[: first.end()] + rest[:-1].replace("a", "") + rest[-1:]
    return _replaced(key, _AFTERWARDS)


def _replaced(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def _latin(word: str) -> str:
    return _LETTERS.sub(lambda found: _LATIN[found.group()], _replaced(word, _SPELLING))


def _devanagari(word: str) -> str:
    """Letters with every inherent vowel written out, but one that is silent at the end left away."""
    for sign, spelled in _SPELLED_OUT:
        word = word.replace(sign, spelled)
    out: list[str] = []
    for place, sign in enumerate(word):
        if sign in _CONSONANTS:
            out += (_CONSONANTS[sign], "a")
        elif sign in _SIGNS and out and out[-1] == "a":
            out[-1] = _SIGNS[sign]
        elif sign == _VIRAMA and out and out[-1] == "a":
            out[-1] = ""
        elif sign in _NASAL:
            out.append("m" if word[place + 1 : place + 2] in _LABIAL and word[place + 1 :] else "n")
        else:
            out.append(_VOWELS.get(sign, ""))
    if word[-1:] in _CONSONANTS and not _heard_at_end(word, out):
        out.pop()
    return "".join(out)


def _heard_at_end(word: str, out: list[str]) -> bool:
    """Whether the inherent vowel of the last consonant is spoken: मिश्र, मालवीय, but not सुरेश."""
    consonant, before = out[-2], "".join(out[:-2])[-1:]
    if word[-2:-1] == _VIRAMA:
        return consonant in _PRONOUNCED_AT_END and before != consonant
    return before == "i" and consonant == "y"
