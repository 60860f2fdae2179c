"""The PC's clock as evidence: set back, jumped, drifting. Judged from what is known, decided by a person.

Two clocks are read together: the wall's, which people and the network set, and a steady one that counts from
the machine's boot. Within a boot the one proves the other; across boots only order is left.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from counter_app.domain.days import to_millis
from counter_app.domain.value import value

MAY_LAG = timedelta(seconds=120)
MAY_JUMP = timedelta(seconds=300)
SAME_DAY = timedelta(hours=1)
"""A fault below this cannot turn a day of the counter into another one."""

_NO_BOOT = UUID(int=0)


class ClockFault(StrEnum):
    """What is wrong. ``BACK``: before the last entry, or before the time that the centre told last; ``JUMP``:
    it moved against the steady clock of one boot; ``DRIFT``: it stands otherwise than the centre's.
    """

    BACK = "back"
    JUMP = "jump"
    DRIFT = "drift"


@value
class ClockFound:
    """The clock was found wrong: how, and by how many seconds (below zero: it stands too early).

    ``code`` is who was at work. Receipts say so until somebody decides.
    """

    fault: ClockFault
    seconds: int
    code: str


class Decision(StrEnum):
    """What a supervisor says of the clock."""

    IS_RIGHT = "is right"
    GO_ON = "go on"


@value
class ClockDecided:
    """A supervisor decided about the clock: it is right now, or work goes on with flagged receipts.

    ``code`` is empty where nobody had to: it agrees with the centre's again, or was set right by as much.
    """

    decision: Decision
    code: str


@value
class Reading:
    """Two clocks read together: the wall's (UTC), and the steady one of a boot in milliseconds."""

    wall: datetime
    steady_ms: int
    boot: UUID

    def gained_since(self, before: "Reading") -> timedelta | None:
        """How much more time passed on the wall than on the steady clock; None where that does not go on."""
        if self.boot != before.boot or self.steady_ms < before.steady_ms:
            return None
        return self.wall - before.wall - timedelta(milliseconds=self.steady_ms - before.steady_ms)

    def passed_since(self, before: "Reading") -> timedelta:
        """How long it is since an earlier reading at least, whatever the wall says."""
        passed = self.steady_ms - (before.steady_ms if self.boot == before.boot else 0)
        return timedelta(milliseconds=max(passed, 0))


def told(at: datetime) -> Reading:
    """A time that is told, not measured (an office's invented past): the steady clock goes with it."""
    return Reading(at, max(to_millis(at), 0), _NO_BOOT)


@value
class Doubt:
    """What stands against the clock, by how many seconds (below zero: it stands too early), and since when.

    ``decision`` is None while nobody has decided.
    """

    fault: ClockFault
    seconds: int
    found_at: datetime
    decision: Decision | None = None

    @property
    def by(self) -> timedelta:
        """How far off it is, one way or the other."""
        return timedelta(seconds=abs(self.seconds))

    @property
    def grave(self) -> bool:
        """Whether the day itself may be wrong."""
        return self.by >= SAME_DAY

    def stops(self, now: datetime) -> bool:
        """Whether nobody takes money before the clock is set right or somebody has decided."""
        if self.decision is not None:
            return False
        return self.behind(now) > MAY_LAG if self.fault is ClockFault.BACK else self.grave

    def undone_by(self, gained: timedelta) -> bool:
        """Whether the clock was now set right by as much as it had been wrong."""
        return abs(timedelta(seconds=self.seconds) + gained) <= min(MAY_LAG, self.by / 2)

    def behind(self, now: datetime) -> timedelta:
        """How far a clock that was set back stands before the last time that is known; zero: it does not."""
        if self.fault is not ClockFault.BACK:
            return timedelta(0)
        return max(self.found_at - timedelta(seconds=self.seconds) - now, timedelta(0))


def doubt(now: Reading, last: Reading | None, heard: Reading | None, known: Doubt | None) -> Doubt | None:
    """What stands against the clock: by the newest entry or the centre's time, else what is ``known``.

    ``heard`` has the centre's time for the wall's, read when it came. Nothing stands while that proves the
    clock right, or once it was set right by as much as it had been wrong.
    """
    gained = now.gained_since(last) if last is not None else None
    if agrees(now, heard) or (known is not None and gained is not None and known.undone_by(gained)):
        return None
    found = _moved(now, last) if last is not None else None
    if found is None and known is None and heard is not None:
        found = _differs(now, heard)  # to who doubts already it says nothing new
    return found or known


def agrees(now: Reading, heard: Reading | None) -> bool:
    """Whether the centre's time, heard in this boot, proves the clock right now."""
    ahead = now.gained_since(heard) if heard is not None else None
    return ahead is not None and abs(ahead) <= MAY_LAG


def _moved(now: Reading, last: Reading) -> Doubt | None:
    gained = now.gained_since(last)
    if now.wall < last.wall - MAY_LAG:
        return _against(now, ClockFault.BACK, gained if gained is not None else now.wall - last.wall)
    if gained is not None and abs(gained) > MAY_JUMP:
        return _against(now, ClockFault.JUMP, gained)
    return None


def _differs(now: Reading, heard: Reading) -> Doubt | None:
    ahead = now.gained_since(heard)
    if ahead is None:
        back = now.wall < heard.wall - MAY_LAG
        return _against(now, ClockFault.BACK, now.wall - heard.wall) if back else None
    return _against(now, ClockFault.DRIFT, ahead) if abs(ahead) > MAY_JUMP else None


def _against(now: Reading, fault: ClockFault, by: timedelta) -> Doubt:
    return Doubt(fault, round(by.total_seconds()), now.wall)
