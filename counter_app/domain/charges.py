"""Money that is no bill: what else the office takes, each a head with its dated amounts, where known."""

from counter_app.domain.money import Paise
from counter_app.domain.ruling import Ruling
from counter_app.domain.value import value

INSTALMENT = "instalment"
"""A part of the dues, as an officer fixed it (Supply Code 9.13 to 9.15)."""
RECONNECTION = "reconnection"
RECONNECTED_WITHIN_HOURS = 6
"""Working hours after the payment (Rights of Consumers Rules 2020, 9(2))."""
CHOOSING = "4567890*"
"""The keys that choose a head, in the order in which they are offered."""
ON_DUES = frozenset({"", INSTALMENT})
"""Under these the money goes to a bill."""


@value
class ChargeRate:
    """What a head comes to in one case: ``amount``, and ``per_kw`` for each whole kW of the load.

    It is for loads from ``least_kw`` to ``most_kw``; both are 0 where the load does not matter.
    """

    name_hi: str
    name_en: str
    amount: Paise
    per_kw: Paise = 0
    least_kw: int = 0
    most_kw: int = 0

    def at(self, kw: int) -> Paise | None:
        """The amount for a load in whole kW; None outside of the rate's bounds."""
        if not self.least_kw <= kw <= self.most_kw:
            return None
        return self.amount + self.per_kw * kw

    def fits(self, amount: Paise) -> bool:
        """Whether an amount is one that this rate makes."""
        return any(self.at(kw) == amount for kw in range(self.least_kw, self.most_kw + 1))


@value
class ChargeHead:
    """One head. ``digit``, one of ``CHOOSING``, chooses it; ``for_anybody``: also from people who have no
    connection yet.
    """

    ruling: Ruling
    key: str
    digit: str
    name_hi: str
    name_en: str
    for_anybody: bool
    rates: tuple[ChargeRate, ...]

    def fits(self, amount: Paise) -> bool:
        """Whether an amount is the dated one of some case."""
        return any(rate.fits(amount) for rate in self.rates)
