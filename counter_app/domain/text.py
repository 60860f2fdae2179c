"""Checks on text that people type: length, hidden characters, card numbers."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from counter_app.domain.refusals import CardNumberTyped, HiddenCharacters, Refused, TextTooLong

_DIGITS = {ord("०") + n: str(n) for n in range(10)}
_BREAKS = "\n\r\t"  # pasted lines and columns become one line
_JOINERS = "\u200c\u200d"  # ZWNJ and ZWJ shape Hindi conjuncts; every other hidden character is refused
_INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters and signs that show nothing
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SPACED_NUMBER = re.compile(r"[0-9]+(?:[ \-.,_/|:\u2010-\u2015]{1,3}[0-9]+)*")
_CARD_SIZES = range(13, 20)
# How the numbers of payment cards begin, and their sizes (ISO/IEC 7812 issuers in use in India).
_CARD = re.compile(
    r"4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})"  # Visa
    r"|(?:5[1-5]|2[2-7]|8[12])[0-9]{14}"  # Mastercard, RuPay
    r"|3[47][0-9]{13}|3[0689][0-9]{12}|35[0-9]{14,17}"  # American Express, Diners, JCB and RuPay
    r"|(?:50|5[6-8]|6[0-9])[0-9]{11,17}"  # RuPay, Maestro, Discover, UnionPay
)


def western_digits(text: str) -> str:
    """Map the Devanagari digits ०–९ to 0–9 and leave everything else alone."""
    return text.translate(_DIGITS)


def only_digits(text: str) -> str:
    """The digits of a text in their order, as 0–9."""
    return re.sub(r"[^0-9]", "", western_digits(text))


@contextmanager
def about(field: str) -> Iterator[None]:
    """What is refused inside is wrong in this field of what was typed."""
    try:
        yield
    except Refused as refusal:
        refusal.field = field
        raise


def clean_text(typed: str, limit: int) -> str:
    """Return typed text in NFC with single spaces, or refuse it.

    Refused: more than ``limit`` characters, control and bidirectional characters, and anything
    that looks like the number of a payment card (never stored, whichever field it was typed in).
    """
    text = unicodedata.normalize("NFC", typed)
    before = ""
    for sign in text:
        if _hidden(sign, before):
            raise HiddenCharacters
        before = sign
    text = " ".join(text.split())
    if len(text) > limit:
        raise TextTooLong(limit, len(text))
    refuse_card_number(text)
    return text


def _hidden(sign: str, before: str) -> bool:
    """Whether a character shows nothing; a joiner is at home only behind a sign of an Indian script."""
    if sign in _JOINERS:
        return not "\u0900" <= before <= "\u0dff"
    return sign in _INVISIBLE or (sign not in _BREAKS and unicodedata.category(sign) in _HIDDEN)


def refuse_card_number(text: str) -> None:
    """Refuse a text that holds the number of a payment card: its beginning, size and Luhn check fit.

    Digits may be parted by single spaces, hyphens or dots. A number counts when it begins and ends with
    its group of digits, or anywhere inside a group that is too long to be one card.
    """
    for found in _SPACED_NUMBER.finditer(_plain_digits(text)):
        groups = re.findall(r"[0-9]+", found.group())
        for first in range(len(groups)):
            digits = ""
            for group in groups[first:]:
                digits += group
                if len(digits) > _CARD_SIZES[-1]:
                    break
                _refuse_card(digits)
        for group in groups:
            if len(group) > _CARD_SIZES[-1]:
                for start in range(len(group)):
                    for size in _CARD_SIZES:
                        _refuse_card(group[start : start + size])


def _refuse_card(digits: str) -> None:
    if _CARD.fullmatch(digits) and _luhn(digits):
        raise CardNumberTyped


def _plain_digits(text: str) -> str:
    """Decimal digits of every script as 0–9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _luhn(digits: str) -> bool:
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + place % 2)
        total += value if value < 10 else value - 9
    return total % 10 == 0
