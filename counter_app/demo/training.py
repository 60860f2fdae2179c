"""The zone for training: small, invented, and made anew each day, so that nothing in it is out of date."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import SystemRandom

from counter_app import __version__
from counter_app.demo.make import OFFICE, make
from counter_app.domain.days import business_day
from counter_app.domain.drill import Flow, Run
from counter_app.domain.refusals import Refused
from counter_app.store.book import Book
from counter_app.store.drills import best_runs, put_best_runs
from counter_app.store.keys import demo_keys, is_demo

ZONE = replace(
    OFFICE,
    code="2299",
    location="2299000",
    name_hi="अभ्यास जोन",
    name_en="Practice zone",
    division_hi="अभ्यास संभाग",
    division_en="Practice division",
    training=True,
)
CONSUMERS = 600
_NAME = "zone-"
_SEEDS = 10**6


def place(folder: Path, now: datetime) -> Path:
    """Where the zone of today lies below ``folder``."""
    return folder / f"{_NAME}{business_day(now)}"


def ready(zone: Path, now: datetime, progress: Callable[[int, int], None]) -> None:
    """Make the zone where it is not there yet; those of earlier days go, the best runs stay.

    Refuses as the store does.
    """
    if Book.exists(zone):
        return
    best: dict[Flow, Run] = {}
    for earlier in sorted(zone.parent.glob(f"{_NAME}*")):
        if Book.exists(earlier) and is_demo(earlier):
            best |= _ended(earlier, now)
    make(
        zone,
        consumers=CONSUMERS,
        seed=SystemRandom().randrange(_SEEDS),
        now=now,
        progress=progress,
        office=ZONE,
    )
    with closing(_opened(zone, now)) as book, book.writing() as page:
        put_best_runs(page, best)


def _ended(zone: Path, now: datetime) -> dict[Flow, Run]:
    """The best runs of a zone that is not needed any more; one that is open elsewhere, or broken, stays."""
    try:
        with closing(_opened(zone, now)) as book, book.reading() as connection:
            best = best_runs(connection)
    except Refused:
        return {}
    shutil.rmtree(zone, ignore_errors=True)
    return best


def _opened(zone: Path, now: datetime) -> Book:
    return Book.open(zone, demo_keys(zone), program=__version__, now=now)
