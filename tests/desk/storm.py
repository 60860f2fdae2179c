"""A storm over one feeder: counters and channels register, some cut off, and then the supply is back."""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from counter_app.desk import complaint_steps, complaints, outages
from counter_app.desk.desk import Desk
from counter_app.domain.complaint import Answered, Consent, Stage
from counter_app.domain.consumer import Consumer
from counter_app.domain.entry import COMPLAINT_KINDS, Entry
from counter_app.domain.people import Session
from counter_app.domain.refusals import StepNotPossible
from counter_app.store import foreign, journal
from tests.desk import small_office
from tests.desk.small_office import CLERK, NOW, complaining, moving, signed_in

COUNTERS, CHANNELS = (1, 2, 3), (91, 92, 93)
TRANSFORMERS = 8
FEEDER = "F-09"
_STATES = "SELECT * FROM complaint_states ORDER BY act"
_OPEN = "SELECT count(*) FROM complaint_states WHERE open"
_NUMBERS = "SELECT count(*), count(DISTINCT office || '-' || counter || '-' || serial) FROM complaint_states"
_APART = "SELECT count(*) FROM complaint_states WHERE joined IS NULL"


@dataclass
class Place:
    """A desk that registers, and what it has heard of the others."""

    desk: Desk
    session: Session
    heard: set[bytes] = field(default_factory=set)


@dataclass(frozen=True)
class Aftermath:
    """What the storm left. ``took`` are milliseconds of each complaint at a counter."""

    registered: int
    unnumbered: int
    unclosed: int
    outages: int
    diverged: int
    took: list[float]


def households(count: int) -> Iterator[Consumer]:
    """Consumers of the feeder, behind its transformers in turn."""
    one = next(small_office.consumers())
    for place in range(count):
        yield replace(
            one, number=f"N22099{place:05d}", meter=f"55{place:05d}", mobile=f"97{place:08d}",
            feeder=FEEDER, dtr=f"22140700{place % TRANSFORMERS:02d}",
        )  # fmt: skip


def storm(folder: Path, complaints_: int, seed: int) -> Aftermath:
    """Let it pass: ten minutes of complaints, then the line is whole, then the supply is back."""
    dice = random.Random(seed)
    homes = tuple(households(complaints_))
    with ExitStack() as closing:
        places = []
        for counter in (*COUNTERS, *CHANNELS):
            (folder / str(counter)).mkdir()
            small_office.make(folder / str(counter), counter, homes)
            desk = small_office.opened(folder / str(counter))
            closing.callback(desk.book.close)
            places.append(Place(desk, signed_in(desk, CLERK)))
        took, whole = _register(places, homes, dice)
        _spread(places, dice)
        _restore(places[0], whole, NOW + timedelta(minutes=30))
        _spread(places, dice)
        return _aftermath(places, complaints_, took)


def _register(
    places: list[Place], homes: tuple[Consumer, ...], dice: random.Random
) -> tuple[list[float], UUID]:
    """Each house complains once, at a counter or a channel; the third counter is cut off meanwhile."""
    took = []
    counters = places[: len(COUNTERS)]
    feeder = replace(complaining("", "12"), landmark="", answers=(Answered("feeder", FEEDER),))
    for number, home in enumerate(homes):
        place, at = dice.choice(places), NOW + timedelta(milliseconds=number * 600_000 // len(homes))
        draft = replace(complaining(home.number, "11"), join=place in counters)
        begun = time.perf_counter()
        complaints.register(place.desk, place.session, draft, at)
        if place in counters:
            took.append((time.perf_counter() - begun) * 1000)
        if number == len(homes) // 2:
            complaints.register(counters[0].desk, counters[0].session, feeder, at)
        if number % (len(homes) // 6) == 0:
            _spread([one for one in places if one is not counters[2]], dice)
    return took, feeder.act


def _restore(place: Place, whole: UUID, at: datetime) -> None:
    """What is open on the feeder is gathered under its oldest outage, and its supply is back.

    A counter may have made that outage before.
    """
    desk, session = place.desk, place.session
    whole = outages.gather(desk, session, uuid4(), whole, at).act
    with suppress(StepNotPossible):  # a second time there is nothing
        outages.gather(desk, session, uuid4(), whole, at)
    back = moving(whole, Stage.ATTENDED, "जम्पर जोड़ा")
    complaint_steps.step(desk, session, back, at + timedelta(minutes=1))
    agreed = moving(whole, Stage.CLOSED, note="9826048210, 16:30", consent=Consent.CALL_BACK)
    complaint_steps.step(desk, session, agreed, at + timedelta(minutes=2))


def _spread(places: list[Place], dice: random.Random) -> None:
    """Each hears what the others recorded, in an order of its own."""
    said = {id(place): _recorded(place) for place in places}
    for place in places:
        others = [one for other in places if other is not place for one in said[id(other)]]
        new = [one for one in others if one.hash not in place.heard]
        dice.shuffle(new)
        place.heard |= {one.hash for one in new}
        with place.desk.book.writing() as page:
            foreign.put(page, new)


def _recorded(place: Place) -> list[Entry]:
    with place.desk.book.reading() as connection:
        found = [one for one in journal.entries(connection) if one.header.kind in COMPLAINT_KINDS]
    return [replace(one, signature=b"") for one in found]


def _aftermath(places: list[Place], complaints_: int, took: list[float]) -> Aftermath:
    rows = set()
    for place in places:
        with place.desk.book.reading() as connection:
            rows.add(repr([tuple(row) for row in connection.exec_driver_sql(_STATES)]))
            unclosed = connection.exec_driver_sql(_OPEN).scalar_one()
            known, numbers = connection.exec_driver_sql(_NUMBERS).one()
            apart = connection.exec_driver_sql(_APART).scalar_one()
    return Aftermath(known, max(known, complaints_) - numbers, unclosed, apart, len(rows) - 1, took)
