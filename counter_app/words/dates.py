"""Dates, times and ages as people read them: Indian time, ordinary digits in both languages."""

from datetime import date, datetime, timedelta

from counter_app.domain.days import Month, in_india
from counter_app.words.say import Both, Language

_MONTHS_EN = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTHS_HI = ("जन", "फर", "मार्च", "अप्रै", "मई", "जून", "जुला", "अग", "सितं", "अक्टू", "नवं", "दिसं")
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_HI = ("सोम", "मंगल", "बुध", "गुरु", "शुक्र", "शनि", "रवि")


def day(on: date) -> str:
    """A date: "12/03/2026"."""
    return f"{on.day:02d}/{on.month:02d}/{on.year:04d}"


def short_day(on: date) -> str:
    """A date inside a year: "12/03"."""
    return f"{on.day:02d}/{on.month:02d}"


def clock(at: datetime) -> str:
    """A time of day in India: "11:42"."""
    local = in_india(at)
    return f"{local.hour:02d}:{local.minute:02d}"


def stamp(at: datetime) -> str:
    """Date and time in India: "12/03/2026 11:42"."""
    return f"{day(in_india(at).date())} {clock(at)}"


def exact_stamp(at: datetime) -> str:
    """The same to the second, where it is proof: "12/03/2026 11:42:08"."""
    return f"{stamp(at)}:{in_india(at).second:02d}"


def month(of: Month) -> str:
    """A bill month as the bill writes it: "FEB-2026"."""
    return f"{_MONTHS_EN[of.month - 1]}-{of.year}"


def month_name(of: Month, language: Language) -> str:
    """The short name of a month without its year: "फर" or "FEB"."""
    return (_MONTHS_HI if language is Language.HINDI else _MONTHS_EN)[of.month - 1]


def weekday(on: date, language: Language) -> str:
    """The short name of a weekday: "गुरु" or "Thu"."""
    return (_DAYS_HI if language is Language.HINDI else _DAYS_EN)[on.weekday()]


def age(span: timedelta, language: Language) -> str:
    """How long ago, in its two largest units: "1 घं 44 मि", "2 d 3 h"; below zero counts as nothing."""
    minutes = max(span // timedelta(minutes=1), 0)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    day_word, hour_word, minute_word = ("दिन", "घं", "मि") if language is Language.HINDI else ("d", "h", "m")
    if days:
        return f"{days} {day_word} {hours} {hour_word}" if hours else f"{days} {day_word}"
    if hours:
        return f"{hours} {hour_word} {minutes} {minute_word}"
    return f"{minutes} {minute_word}"


def ages(span: timedelta, language: Language) -> Both:
    """The same, each line of a text in its own language."""
    return Both(age(span, language), age(span, Language.ENGLISH))


def minutes(seconds: int) -> str:
    """A stretch of time as minutes and seconds: 1:07."""
    return f"{seconds // 60}:{seconds % 60:02d}"
