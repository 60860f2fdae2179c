"""The security deposit of a connection."""

from counter_app.domain.money import Paise
from counter_app.domain.tariff.charges import DAYS_A_MONTH
from counter_app.domain.tariff.conditions import Deposit


def deposit_needed(rule: Deposit, month: Paise, *, title: bool = True, defaults: int = 0) -> Paise:
    """The deposit for a consumption that costs ``month`` paise a month, raised to the next whole step.

    More days are asked for without a title to the premises and after too many defaults in a year.
    """
    days = rule.days
    if defaults > rule.defaults:
        days = rule.days_after_defaults
    if not title:
        days = max(days, rule.days_without_title)
    steps = -(-month * days // (DAYS_A_MONTH * rule.round_up))
    return steps * rule.round_up
