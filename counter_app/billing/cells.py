"""What may stand in a cell, by the column's kind: text into a value of the domain, or a refusal."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Any

from counter_app.domain.consumer import read_mobile, whole_number
from counter_app.domain.days import midnight, read_day, read_month
from counter_app.domain.file_refusals import (
    CountOutside,
    CountUnreadable,
    MomentUnreadable,
    PowerFactorUnreadable,
    RupeesBelowZero,
    WordUnknown,
)
from counter_app.domain.money import checked, read_exact
from counter_app.domain.refusals import DayUnreadable, MobileWrong
from counter_app.domain.text import clean_text, only_digits, western_digits

Read = Callable[[str], Any]

# Printable ASCII that is too short to hide a card's number: most cells, told apart in no time.
_SHORT = re.compile(r"[!-~](?:[ -~]{0,10}[!-~])?")
_COUNT = re.compile(r"(-?[0-9]{1,12}|-?[0-9]{1,3}(?:,[0-9]{2,3}){0,3},[0-9]{3})(?:\.0*)?")
_PHONE = re.compile(r"[-+0-9() ./]{1,20}")
_FACTOR = re.compile(r"([2-9]|[1-9][0-9]|100)(?:\.0*)?|(1(?:\.0{1,3})?)|0?\.([0-9]{1,3})0*")
_MOMENT = re.compile(r"(.*[^T ,])[T ,]+([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?:[:.]00)?")
_REMEMBERED = 1 << 14
_YES = {"yes": True, "y": True, "true": True, "1": True, "हाँ": True}
_NO = {"no": False, "n": False, "false": False, "0": False, "नहीं": False}

day = lru_cache(_REMEMBERED)(read_day)
month = lru_cache(_REMEMBERED)(read_month)
rupees = lru_cache(_REMEMBERED)(read_exact)


def number(cell: str) -> str:
    """A consumer number in any written form."""
    if len(cell) == 11 and cell[0] == "N" and cell.isascii() and cell[1:].isdecimal():
        return cell
    return whole_number(cell)


def text(limit: int) -> Read:
    """Text of at most so many characters."""

    def read(cell: str) -> str:
        return cell if len(cell) <= limit and _SHORT.fullmatch(cell) else clean_text(cell, limit)

    return read


def repeated_text(limit: int) -> Read:
    """The same for columns in which few texts stand again and again."""
    return lru_cache(_REMEMBERED)(partial(clean_text, limit=limit))


def moment(cell: str) -> datetime:
    """The instant of a day and a time of day in India; a day alone is its beginning."""
    found = _MOMENT.fullmatch(western_digits(cell))
    on, hour, minute = found.groups() if found else (cell, "0", "0")
    try:
        return (midnight(read_day(on)) + timedelta(hours=int(hour), minutes=int(minute))).astimezone(UTC)
    except DayUnreadable:
        raise MomentUnreadable from None


@lru_cache(_REMEMBERED)
def count(cell: str) -> int:
    """A whole number, also with a fraction of zero as meters and Excel write it."""
    found = _COUNT.fullmatch(western_digits(cell))
    if not found:
        raise CountUnreadable
    return int(found[1].replace(",", ""))


def count_within(least: int, most: int) -> Read:
    """The same within two bounds, both of them in it."""

    @lru_cache(_REMEMBERED)
    def read(cell: str) -> int:
        number = count(cell)
        if not least <= number <= most:
            raise CountOutside(least, most)
        return number

    return read


def power_factor(cell: str) -> int:
    """Thousandths of what is written as a fraction of one ("0.95") or in percent ("95")."""
    found = _FACTOR.fullmatch(western_digits(cell))
    if not found:
        raise PowerFactorUnreadable
    return int(found[1]) * 10 if found[1] else 1000 if found[2] else int(found[3].ljust(3, "0"))


def deposit(cell: str) -> int:
    """Money that is held, in paise; never below zero."""
    if (paise := rupees(cell)) < 0:
        raise RupeesBelowZero
    return paise


def payment(cell: str) -> int:
    """Money that was paid: whole rupees above zero, in paise."""
    return checked(rupees(cell))


def mobile(cell: str) -> str:
    """The ten digits; a telephone number that is none is kept as the office has it, other text refused."""
    return read_mobile(cell) or phone(cell)


def phone(cell: str) -> str:
    """Any telephone number, as it is written."""
    kept = western_digits(cell)
    if not _PHONE.fullmatch(kept):
        raise MobileWrong(len(only_digits(cell)))
    return clean_text(kept, len(kept))


def word(known: Mapping[str, Any]) -> Read:
    """One of these words, in small or capital letters, as what it stands for."""

    def read(cell: str) -> Any:
        try:
            return known[western_digits(cell).casefold()]
        except KeyError:
            raise WordUnknown(", ".join(known)) from None

    return read


yes_or_no = word(_YES | _NO)
