"""What is known of the PC's clock: the centre's time as it was last heard, and what was found wrong."""

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy.engine import Connection

from counter_app.domain.clock import ClockFault, Decision, Doubt, Reading, doubt, told
from counter_app.domain.days import from_millis
from counter_app.machine import Steady
from counter_app.store.facts import CENTRE_TIME, drop_fact, fact, put_fact

if TYPE_CHECKING:
    from counter_app.store.page import Page

LATEST_MS = 32_503_680_000_000
"""The year 3000: a centre that says more is not believed."""

_NEWEST = "SELECT fault, seconds, found_at, decision FROM clock_faults ORDER BY id DESC LIMIT 1"


def read_together(at: datetime, steady: Steady | None) -> Reading:
    """The wall's time with the steady clock's; without one the time is told, not measured."""
    return told(at) if steady is None else Reading(at, *steady)


def hear(page: "Page", centre_ms: int, at: datetime) -> None:
    """The centre's clock said so just now, when the own one said ``at``."""
    if centre_ms <= LATEST_MS:
        here = page.clocks(at)
        heard = Reading(from_millis(centre_ms), here.steady_ms, here.boot)
        put_fact(page.connection, CENTRE_TIME, msgspec.json.encode(heard))


def believe(page: "Page") -> None:
    """Somebody vouched for the own clock: what the centre's said before does not count against it."""
    drop_fact(page.connection, CENTRE_TIME)


def standing(connection: Connection, now: Reading, last: Reading | None) -> Doubt | None:
    """What stands against the clock if something were recorded now; ``last``: the newest entry's clocks."""
    return doubt(now, last, _heard(connection), known(connection))


def known(connection: Connection) -> Doubt | None:
    """What was found wrong last; None when nothing was, or it was decided that the clock is right."""
    found = connection.exec_driver_sql(_NEWEST).first()
    if found is None or found.decision == Decision.IS_RIGHT:
        return None
    decision = Decision(found.decision) if found.decision else None
    return Doubt(ClockFault(found.fault), found.seconds, from_millis(found.found_at), decision)


def _heard(connection: Connection) -> Reading | None:
    body = fact(connection, CENTRE_TIME)
    return None if body is None else msgspec.json.decode(body, type=Reading)
