"""How long the board takes with 5,000 open complaints, and a complaint by its tail among 500,000."""

import gc
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from counter_app.desk import board, complaints
from counter_app.domain.numbering import Number, Series
from counter_app.store import reference
from counter_app.store.book import Page
from counter_app.store.complaint_states import state_all
from counter_app.store.rows import KnownComplaint
from tests.bench.figures import Figure, p99
from tests.desk import small_office
from tests.desk.small_office import NOW, NUMBERS, SUPERVISOR
from tests.verify.journals import COMPLAINT

OPEN = 5_000
LOOKS = 100
_TYPES = ("SUP-04", "SUP-01", "SUP-02", "SAF-02", "BIL-02", "MTR-01", "REQ-03")
# The closed ones are copies of one: what is looked for are their numbers.
_KNOWN = """
    WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
    INSERT INTO known_complaints
    SELECT unhex(printf('%032x', i)), office, counter, i, letters, central_number, channel, consumer, mobile,
        priority, registered_at, body FROM n, (SELECT * FROM known_complaints LIMIT 1)"""
_STATES = """
    WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2),
        tails(i, t) AS (SELECT i, printf('%05d', i) FROM n)
    INSERT INTO complaint_states
    SELECT unhex(printf('%032x', i)), office, counter, i,
        iif(length(t) > 5, substr(t, 6, 1), '') || substr(t, 5, 1) || substr(t, 4, 1) || substr(t, 3, 1)
            || substr(t, 2, 1) || substr(t, 1, 1),
        letters, '', '', '', type, priority, dtr, feeder, registered_at - i, due_at, 'closed', 0, 0, since,
        since, 0, holder, NULL, 0, since, NULL, NULL
    FROM tails, (SELECT * FROM complaint_states LIMIT 1)"""


def measure(kept: int = 500_000) -> list[Figure]:
    """Fill an office with so many complaints, and look at it as its engineer and at its window."""
    dice = random.Random(8)
    with TemporaryDirectory(prefix="counter-board-") as scratch:
        folder = Path(scratch)
        small_office.make(folder)
        desk = small_office.opened(folder)
        session = small_office.signed_in(desk, SUPERVISOR)
        with desk.book.writing() as page:
            _fill(page, kept, dice)
        gc.disable()  # as in the window, which collects between the work
        looks = _timed(lambda _: board.look(desk, session, NOW), range(LOOKS))
        asked = [f"C{dice.randrange(OPEN + 1, kept):05d}" for _ in range(LOOKS)]
        found = _timed(lambda place: complaints.status(desk, session, asked[place], NOW), range(LOOKS))
        gc.enable()
        desk.book.close()
    return [
        Figure("complaints_open", OPEN, "count"),
        Figure("complaints_kept", kept, "count"),
        Figure("board_refresh_p99_ms", p99(looks), "ms", 50),
        Figure("status_tail_p99_ms", p99(found), "ms", 5),
    ]


def _fill(page: Page, kept: int, dice: random.Random) -> None:
    """So many in all; the first of them are open."""
    reference.put_known_complaints(page, [_open_one(serial, dice) for serial in range(1, OPEN + 1)])
    state_all(page.connection)
    for statement in (_KNOWN, _STATES):
        page.connection.exec_driver_sql(statement, (OPEN + 1, kept))


def _open_one(serial: int, dice: random.Random) -> KnownComplaint:
    at = NOW - timedelta(minutes=dice.randrange(60 * 24 * 40))
    registered = replace(
        COMPLAINT, serial=serial, consumer=dice.choice(NUMBERS), type=dice.choice(_TYPES),
        priority=dice.randrange(1, 6), registered_at=at, due_at=at + timedelta(hours=dice.randrange(4, 240)),
        dtr=f"22140700{dice.randrange(80):02d}", feeder=f"F-{dice.randrange(12):02d}",
    )  # fmt: skip
    number = Number(Series.COMPLAINT, "2214", 1, serial, "7KD")
    return KnownComplaint(UUID(int=serial), number, registered, "", "counter")


def _timed(job: Callable[[int], object], places: range) -> list[float]:
    """Milliseconds of the processor for each: what else runs on the machine is not measured."""
    taken = []
    for place in places:
        begun = time.process_time()
        job(place)
        taken.append((time.process_time() - begun) * 1000)
    return taken
