"""Checks on text that people type: length, hidden characters, card numbers."""

import re
import unicodedata

from counter_app.domain.refusals import CardNumberTyped, HiddenCharacters, TextTooLong

_DIGITS = {ord("०") + n: str(n) for n in range(10)}
_JOINERS = "\u200c\u200d"  # ZWNJ and ZWJ shape Hindi conjuncts; every other hidden character is refused
_LONG_NUMBER = re.compile(r"(?:[0-9][ \-.]?){12,18}[0-9]")


def western_digits(text: str) -> str:
    """Map the Devanagari digits ०–९ to 0–9 and leave everything else alone."""
    return text.translate(_DIGITS)


def only_digits(text: str) -> str:
    """The digits of a text in their order, as 0–9."""
    return re.sub(r"[^0-9]", "", western_digits(text))


def clean_text(typed: str, limit: int) -> str:
    """Return typed text in NFC with single spaces, or refuse it.

    Refused: more than ``limit`` characters, control and bidirectional characters, and anything
    that looks like the number of a payment card (never stored, whichever field it was typed in).
    """
    text = unicodedata.normalize("NFC", typed)
    for sign in text:
        if sign in "\n\t" or sign in _JOINERS:
            continue
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
            raise HiddenCharacters
    text = " ".join(text.split())
    if len(text) > limit:
        raise TextTooLong(limit, len(text))
    refuse_card_number(text)
    return text


def refuse_card_number(text: str) -> None:
    """Refuse a text that holds 13 to 19 digits which pass the Luhn check of payment cards."""
    for found in _LONG_NUMBER.finditer(western_digits(text)):
        digits = only_digits(found.group())
        if any(_luhn(digits[:size]) for size in range(13, len(digits) + 1)):
            raise CardNumberTyped


def _luhn(digits: str) -> bool:
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (1 + place % 2)
        total += value if value < 10 else value - 9
    return total % 10 == 0
