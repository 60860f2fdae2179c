"""The clocks of a PC in a test's hand: time passes, the machine sleeps or boots, one turns the wall's."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from counter_app.machine import Steady
from tests.desk.small_office import NOW


class PcClock:
    """``now`` is what the wall's clock says, ``true`` what it ought to say."""

    def __init__(self, at: datetime = NOW) -> None:
        self.now = self.true = at
        self._booted = at - timedelta(hours=2)
        self._boot: UUID = uuid4()

    def steady(self) -> Steady:
        """The clock that nobody turns."""
        return Steady((self.true - self._booted) // timedelta(milliseconds=1), self._boot)

    def wait(self, span: timedelta) -> datetime:
        """Time passes, awake or asleep."""
        self.now += span
        self.true += span
        return self.now

    def turn(self, by: timedelta) -> datetime:
        """Somebody sets the wall's clock forward, or back."""
        self.now += by
        return self.now

    def reboot(self, off: timedelta = timedelta(minutes=1), turned: timedelta = timedelta(0)) -> datetime:
        """The machine is off for a while; the wall's clock may be turned meanwhile."""
        self.wait(off)
        self._booted, self._boot = self.true, uuid4()
        self.wait(timedelta(seconds=40))
        return self.turn(turned)
