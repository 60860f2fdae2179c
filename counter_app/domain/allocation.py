"""How a payment is appropriated: an order of heads, dated data (Supply Code 9.10 for regular bills)."""

from collections.abc import Mapping
from enum import StrEnum

from counter_app.domain.money import Paise
from counter_app.domain.value import value


class Head(StrEnum):
    """What money is owed for, and the advance it becomes when nothing is."""

    CURRENT_DUTY = "current_duty"
    ARREAR_DUTY = "arrear_duty"
    SURCHARGE = "surcharge"
    ARREAR = "arrear"
    CURRENT = "current"
    ADVANCE = "advance"


@value
class Share:
    """What of a payment goes to one head, in paise."""

    head: Head
    amount: Paise


def allocate(amount: Paise, owed: Mapping[Head, Paise], order: tuple[Head, ...]) -> tuple[Share, ...]:
    """Split an amount over what is owed, in order; what is over becomes the advance.

    Heads that get nothing are left out. Heads owed less than nothing take nothing.
    """
    shares = []
    left = amount
    for head in order:
        part = min(left, max(owed.get(head, 0), 0))
        if part:
            shares.append(Share(head, part))
            left -= part
    if left:
        shares.append(Share(Head.ADVANCE, left))
    return tuple(shares)
