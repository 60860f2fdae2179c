"""Money is a whole number of paise; nothing here or above ever holds it as a fraction of a rupee."""

import re
from fractions import Fraction
from math import floor

from counter_app.domain.refusals import (
    AmountMissing,
    AmountNotPositive,
    AmountNotWholeRupees,
    AmountTooLarge,
    AmountUnreadable,
    RupeesUnreadable,
)
from counter_app.domain.text import western_digits

Paise = int

RUPEE: Paise = 100

# One receipt never holds more than this; a typed consumer or mobile number (10 digits) can
# therefore never pass for an amount.
LARGEST_AMOUNT: Paise = 99_99_999 * RUPEE

_EXACT = re.compile(
    r"([-+]?)(?:₹ ?)?([0-9]{1,10}|[0-9]{1,3}(?:,[0-9]{2,3}){0,3},[0-9]{3})(?:\.([0-9]{0,2})0*)?"
)


def half_up(paise: Fraction) -> Paise:
    """Round a fraction of a paisa to the nearest paisa, halves upwards (also below zero)."""
    return floor(paise + Fraction(1, 2))


def portion(amount: int, part: int, whole: int) -> int:
    """``amount`` × part / whole to the nearest whole number, halves upwards (also below zero)."""
    return (2 * amount * part + whole) // (2 * whole)


def to_rupee(paise: Paise) -> Paise:
    """Round to the nearest whole rupee: up to 49 paise dropped, 50 and more raised.

    Source: general conditions of the LT tariff schedule (domain notes 3.3, vectors F).
    """
    return (paise + RUPEE // 2) // RUPEE * RUPEE


def read_rupees(typed: str) -> Paise:
    """Turn what a clerk typed into paise; whole rupees above zero, or a refusal that says why.

    Accepts Devanagari digits, the rupee sign, spaces and commas between digits, the "/-" of
    handwriting, and a fraction of exactly zero ("1,618.00").
    """
    text = western_digits(typed).strip().removeprefix("₹").removesuffix("/-").strip()
    if not text:
        raise AmountMissing
    if not re.fullmatch(r"[-+]?[0-9][0-9, ]*(\.[0-9]*)?", text):
        raise AmountUnreadable
    whole, _, fraction = text.replace(",", "").replace(" ", "").partition(".")
    if whole.startswith("-"):
        raise AmountNotPositive
    if fraction.strip("0"):
        raise AmountNotWholeRupees
    whole = whole.lstrip("+0") or "0"
    if len(whole) > len(str(LARGEST_AMOUNT)):
        raise AmountTooLarge(LARGEST_AMOUNT)
    return checked(int(whole) * RUPEE)


def read_exact(written: str) -> Paise:
    """Paise of an amount in a file, also below zero: "1,23,456.50", "-45", "₹ 7.5".

    ``RupeesUnreadable`` for anything else, parts of a paisa among it.
    """
    found = _EXACT.fullmatch(western_digits(written).replace("−", "-").strip())
    if not found:
        raise RupeesUnreadable
    sign, whole, part = found.groups("")
    paise = int(whole.replace(",", "")) * RUPEE + int(part.ljust(2, "0"))
    return -paise if sign == "-" else paise


def checked(paise: Paise) -> Paise:
    """Return an amount to be taken unchanged, or refuse it: above zero, whole rupees, not absurd."""
    if paise <= 0:
        raise AmountNotPositive
    if paise % RUPEE:
        raise AmountNotWholeRupees
    if paise > LARGEST_AMOUNT:
        raise AmountTooLarge(LARGEST_AMOUNT)
    return paise
