"""What the rules say of money that is not in hand when its receipt is given."""

from datetime import timedelta

from counter_app.domain.money import Paise
from counter_app.domain.ruling import Ruling
from counter_app.domain.value import value


@value
class Banking:
    """What a dishonoured cheque costs (paise), and after how many days a pending payment is asked about.

    It costs ``dishonoured_high`` where the consumer's tariff category begins with ``high_tension``.
    """

    ruling: Ruling
    dishonoured_cheque: Paise
    pending_days: int
    high_tension: str = ""
    dishonoured_high: Paise = 0

    def dishonoured(self, tariff: str) -> Paise:
        """What it costs a consumer of this tariff category (paise); one of none pays as low tension does."""
        is_high = self.high_tension and tariff.upper().startswith(self.high_tension)
        return self.dishonoured_high if is_high else self.dishonoured_cheque

    @property
    def asked_after(self) -> timedelta:
        """So long after its day money may stay unconfirmed before somebody asks."""
        return timedelta(days=self.pending_days)

    @property
    def key(self) -> str:
        """There is only one at a time."""
        return ""
