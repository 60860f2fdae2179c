"""Consumers and the numbers people bring: N number in every written form, mobiles, the bill's QR link."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

from counter_app.domain.refusals import MobileWrong, NumberIncomplete
from counter_app.domain.text import only_digits, western_digits
from counter_app.domain.value import value

NUMBER_DIGITS = 10

_LONGEST_TYPED = 64
_LONGEST_LINK = 2048
_LINK_FIELDS = 32
# Spaces, hyphens, dashes and brackets between digits, stops behind them, and the invisible marks that come
# along when a number is copied out of a chat.
_BETWEEN = re.compile(r"[\s\-().,/\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
# What parts a text into pieces: a stop does behind a letter (Mob.98260), not within a number; and a digit
# right behind a name (suresh8210), not behind the few letters of a meter's number.
_BETWEEN_PIECES = re.compile(r"[\s,;:=?&]+|(?<=[^\W\d_])\.|(?<=[^\W\d_]{4})(?=\d)|(?<=[\u0900-\u0963])(?=\d)")
_LINK = re.compile(r"https?://", re.IGNORECASE)
_NUMBER = re.compile(r"[Nn]?([0-9]{10})")
# At the beginning the first word with a digit, and up to two before it; anywhere what is called a house.
_HOUSE = re.compile(
    r"\A(?:[^\s\d,]+\s+){0,2}[^\s\d,]*\d[^\s,]*"
    r"|(?<!\w)(?:h\.?\s*no|house|plot|flat|qr|quarter|म\.?\s*नं|मकान|क्वार्टर|प्लॉट|फ्लैट)[^\d,]{0,12}\d[^\s,]*",
    re.IGNORECASE,
)
_DOTS = "•••••"
_MOBILE = re.compile(r"(?:\+91|0091|91|0)?([6-9][0-9]{9})")


_PAIRS = ("name", "relation", "locality", "feeder")
_IN_TWO_SCRIPTS = {f"{name}_hi": f"{name}_en" for name in _PAIRS} | {
    f"{name}_en": f"{name}_hi" for name in _PAIRS
}


class Supply(StrEnum):
    """State of a connection."""

    LIVE = "live"
    DISCONNECTED = "disconnected"
    REMOVED = "removed"


@value
class Consumer:
    """One connection as the billing system knows it. Text is as delivered; empty means not known.

    ``relation`` is "father" or "husband"; ``load`` is watts; ``deposit`` is paise.
    """

    number: str
    name_hi: str
    name_en: str
    relation: str
    relation_hi: str
    relation_en: str
    house: str
    locality_hi: str
    locality_en: str
    ward: str
    mobile: str
    meter: str
    old_number: str
    tariff: str
    purpose: str
    urban: bool
    load: int
    phases: int
    feeder: str
    feeder_hi: str
    feeder_en: str
    dtr: str
    pole: str
    group: str
    diary: str
    supply: Supply
    connected_on: date | None
    deposit: int


def completed(found: Consumer, kept: Consumer, unsaid: Collection[str]) -> Consumer:
    """A consumer with what was known in the fields that nothing was said of now.

    Of a text in two scripts one may have been said for both: then neither empties the other.
    """
    fields = {name for name in unsaid if name not in _IN_TWO_SCRIPTS or not getattr(found, name)}
    fields |= {
        name for name, other in _IN_TWO_SCRIPTS.items()
        if other in unsaid and getattr(found, other) and not getattr(found, name)
    }  # fmt: skip
    return replace(found, **{name: getattr(kept, name) for name in fields})


def read_number(typed: str) -> str | None:
    """The consumer number in what was typed or scanned, as "N" and 10 digits; None when there is none.

    With or without N, with spaces, hyphens or Devanagari digits, or as parameter ``k`` of a web link
    (the code on the bill). Ten digits alone that start with 6 to 9 are a mobile number, not this.
    """
    number = _linked(typed) or _written(typed)
    if number and number[1] in "6789" and _closed_up(typed)[:1].isdecimal():
        return None
    return number


def whole_number(typed: str) -> str:
    """The same where nothing but a consumer number is wanted; any ten digits count as one.

    Raises ``NumberIncomplete`` with the count of digits.
    """
    number = _linked(typed) or _written(typed)
    if number is None:
        raise NumberIncomplete(len(only_digits(typed)))
    return number


def read_mobile(typed: str) -> str | None:
    """The ten digits of an Indian mobile number, also behind +91, 0091, 91 or 0; None when it is none."""
    found = _MOBILE.fullmatch(_closed_up(typed))
    return found[1] if found else None


def mobile(typed: str) -> str:
    """The same where a mobile number is wanted; raises ``MobileWrong`` with the count of digits."""
    digits = read_mobile(typed)
    if digits is None:
        raise MobileWrong(len(only_digits(typed)))
    return digits


def apart(typed: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The pieces of a text that have no digit, and those that have one: a name and a number beside it."""
    pieces = list(filter(None, _BETWEEN_PIECES.split(typed)))
    numbers = tuple(piece for piece in pieces if any(map(str.isdecimal, piece)))
    return tuple(piece for piece in pieces if piece not in numbers), numbers


def masked(mobile: str) -> str:
    """A mobile number as it is shown: five dots and the last five digits; nothing for nothing."""
    return f"{_DOTS} {mobile[-5:]}" if mobile else ""


def masked_address(house: str, hindi: str, english: str) -> tuple[str, str, str]:
    """House and locality in both scripts as they are shown: the house is dots, the rest as it is.

    Where no house is named it may stand in the locality ("114/2, गांधी मोहल्ला", "H. No. 12 Subhash Nagar"):
    then the first word with a digit is dots, and up to two before it.
    """
    if house:
        return _DOTS, hindi, english
    return "", _HOUSE.sub(_DOTS, hindi), _HOUSE.sub(_DOTS, english)


def _closed_up(typed: str) -> str:
    """Without what people put between digits; empty when it is too long to be a number."""
    return _BETWEEN.sub("", western_digits(typed)) if len(typed) <= _LONGEST_TYPED else ""


def _written(typed: str) -> str | None:
    found = _NUMBER.fullmatch(_closed_up(typed))
    return f"N{found[1]}" if found else None


def _linked(typed: str) -> str | None:
    """The number in parameter ``k`` of a web link; some codes are written in capitals throughout."""
    link = typed.strip()
    if len(link) > _LONGEST_LINK or not _LINK.match(link):
        return None
    try:
        fields = parse_qs(urlsplit(link).query, max_num_fields=_LINK_FIELDS)
    except ValueError:
        return None
    return _written((fields.get("k") or fields.get("K") or [""])[0])
