"""The surcharge for paying late."""

from datetime import date
from fractions import Fraction

from counter_app.domain.money import RUPEE, Paise, half_up
from counter_app.domain.tariff.conditions import Surcharge

_WHOLE = 10_000  # basis points


def surcharge_exact(rule: Surcharge, outstanding: Paise, months: int = 1) -> Fraction:
    """Surcharge in paise for so many months or parts of one, before rounding; simple, not compounded."""
    if outstanding <= 0:
        return Fraction(0)
    counted = -(-outstanding // rule.unit) * rule.unit
    rated = Fraction(counted * rule.basis_points_a_month, _WHOLE)
    least = next(
        row.amount
        for row in rule.minimums
        if row.above < outstanding and (row.upto is None or outstanding <= row.upto)
    )
    return max(rated, Fraction(least)) * months


def months_late(due: date, on: date) -> int:
    """Months or parts of one from the due date to a day; 0 up to the due date."""
    if on <= due:
        return 0
    return (on.year - due.year) * 12 + on.month - due.month + (on.day > due.day)


def late_surcharge(rule: Surcharge, outstanding: Paise, months: int = 1) -> Paise:
    """The same in whole rupees, as a bill carries it."""
    return half_up(Fraction(surcharge_exact(rule, outstanding, months), RUPEE)) * RUPEE
