"""How a counter speaks over a bad line: one request at a time, what failed comes again, later and smaller."""

from dataclasses import dataclass, replace

from counter_app.wire.messages import Answer, Ask, AskPiece, Push, Refusal, Request, TurnedAway

FIRST_BYTES = 16 * 1024
LEAST_BYTES = 1024
AIM_MS = 4000
"""How long one message should be under way: worth the round trip, and not too long to send again."""

FIRST_PAUSE_MS = 1000
LONGEST_PAUSE_MS = 60_000
HELD = 16
"""So many full messages below the size with which a working line broke, then it is tried again."""

LONGEST_ASKED_PAUSE_MS = 15 * 60_000
HOPELESS_PAUSE_MS = 5 * 60_000

_HOPELESS = {Refusal.DEVICE_UNKNOWN, Refusal.DEVICE_REVOKED, Refusal.PROTOCOL}


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, on two clocks: the wall's (may be years off, may jump) and the machine's steady one."""

    wall_ms: int
    steady_ms: int


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing to say for so long, unless something is recorded before."""

    ms: int


@dataclass(frozen=True, slots=True)
class Line:
    """One conversation with the centre. Kept in memory only: after a start it begins anew.

    ``offset_ms`` is the centre's clock minus the own; requests are signed with the centre's time.
    ``broke_bytes``: the line was there and broke with a message aimed at so much (0: it did not), as where
    large packets are swallowed; ``held`` full messages were smaller since.
    """

    waiting: Request | None = None
    asked_ms: int = 0
    failures: int = 0
    not_before_ms: int = 0
    aim_bytes: int = FIRST_BYTES
    broke_bytes: int = 0
    held: int = 0
    offset_ms: int = 0
    refusal: Refusal | None = None

    def pause(self, now: Moment) -> int:
        """How long to be silent still, ms."""
        return max(0, self.not_before_ms - now.steady_ms)

    def asking(self, request: Request, now: Moment) -> "Line":
        """The request was sent."""
        return replace(self, waiting=request, asked_ms=now.steady_ms)

    def answered(self, now: Moment, *, full: bool, most_bytes: int) -> "Line":
        """A good answer came. After a full message the next one is as large as the line carries in time."""
        aim, broke, held = self.aim_bytes, self.broke_bytes, self.held
        if full:
            took = max(1, now.steady_ms - self.asked_ms)
            aim = min(aim * 2, max(aim // 2, aim * AIM_MS // took))
            if broke and aim >= broke:
                broke, held = (broke, held + 1) if held < HELD else (0, 0)
                aim = self.aim_bytes if broke else aim
        aim = min(max(aim, LEAST_BYTES), most_bytes)
        return replace(
            self,
            waiting=None, failures=0, not_before_ms=0,
            aim_bytes=aim, broke_bytes=broke, held=held, refusal=None,
        )  # fmt: skip

    def lost(self, now: Moment, draw: int, asked_pause_ms: int = 0) -> "Line":
        """No answer, or one that cannot be believed. ``draw`` are 64 random bits for the jitter."""
        pause = min(FIRST_PAUSE_MS << min(self.failures, 10), LONGEST_PAUSE_MS)
        pause = pause // 2 + draw % (pause // 2 + 1)
        smaller = max(self.aim_bytes // 2, LEAST_BYTES)
        large = isinstance(self.waiting, Push | Ask | AskPiece)
        broke = self.aim_bytes if large and not self.failures else self.broke_bytes
        pause = max(pause, min(asked_pause_ms, LONGEST_ASKED_PAUSE_MS))
        return replace(
            self,
            waiting=None,
            failures=self.failures + 1,
            not_before_ms=now.steady_ms + pause,
            aim_bytes=smaller if large else self.aim_bytes,
            broke_bytes=broke,
            held=0,
        )

    def turned_away(self, answer: TurnedAway, now: Moment, draw: int) -> "Line":
        """The centre does not serve this; a wrong clock is put right, everything else waits."""
        pause = HOPELESS_PAUSE_MS if answer.refusal in _HOPELESS else answer.retry_after_ms
        line = self.lost(now, draw, pause)
        if answer.refusal is Refusal.CLOCK:
            line = replace(line, offset_ms=answer.centre_ms - now.wall_ms)
        return replace(line, refusal=answer.refusal, broke_bytes=self.broke_bytes, held=self.held)

    def expects(self, answer: Answer) -> bool:
        """Whether this answers what was asked last."""
        return self.waiting is not None and answer.to == self.waiting.ask


NEW_LINE = Line()
