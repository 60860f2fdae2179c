"""What the demo office's engineers have planned: work on lines, and who answers the telephone when."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from counter_app.domain.days import business_day, midnight
from counter_app.domain.network import Shutdown
from counter_app.domain.office import Duty, Post

DAYS = 31
"""How far the roster reaches."""

_TREES = ("पेड़ों की छँटाई", "Trees are cut back")
_JUMPERS = ("जम्पर और इंसुलेटर बदलना", "Jumpers and insulators are replaced")
_SHIFTS = (
    (6, 8, "संतोष गुर्जर", "Santosh Gurjar", "6666600011"),
    (14, 8, "दीपक अहिरवार", "Deepak Ahirwar", "6666600015"),
    (22, 8, "प्रीति सोलंकी", "Preeti Solanki", "6666600012"),
)
_ENGINEER = ("अजय चौहान", "Ajay Chauhan", "6666600013")


def shutdowns(now: datetime) -> Iterator[Shutdown]:
    """One that goes on now, one of tomorrow, and one of tomorrow that was called off."""
    begun = now.replace(minute=0, second=0, microsecond=0)
    yield Shutdown("F-14", begun - timedelta(hours=1), begun + timedelta(hours=3), *_TREES, called_off=False)
    tomorrow = midnight(business_day(now)) + timedelta(days=1)
    for line, hour, off in (("F-07", 10, False), ("F-03", 8, True)):
        since = tomorrow + timedelta(hours=hour)
        yield Shutdown(line, since, since + timedelta(hours=4), *_JUMPERS, called_off=off)


def duties(now: datetime) -> Iterator[Duty]:
    """A junior engineer in three shifts, an assistant engineer all day; from yesterday on."""
    first = midnight(business_day(now)) - timedelta(days=1)
    for day in (first + timedelta(days=at) for at in range(DAYS + 1)):
        for hour, length, hindi, english, phone in _SHIFTS:
            since = day + timedelta(hours=hour)
            until = since + timedelta(hours=length)
            yield Duty(Post.JE, "supply", "", since, until, hindi, english, phone)
        yield Duty(Post.AE, "", "", day, day + timedelta(days=1), *_ENGINEER)
