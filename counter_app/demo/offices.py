"""Two demo offices under a centre of their own: made once, then each a counter that sends and reads."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import NamedTuple

from counter_app import __version__
from counter_app.demo import beside, bot, centre, extracts
from counter_app.demo.bot import Writer
from counter_app.demo.make import NEIGHBOUR, OFFICE, make, numbers
from counter_app.demo.staff import PASSWORD
from counter_app.demo.walk import Walk
from counter_app.desk import finding
from counter_app.desk.desk import Desk
from counter_app.desk.rules import load_rules
from counter_app.domain.consumer import Consumer, read_mobile
from counter_app.domain.days import business_day
from counter_app.domain.office import Office
from counter_app.domain.refusals import CentreSilent
from counter_app.store import reference, told
from counter_app.store.book import Book
from counter_app.store.centre import Centre, put_centre
from counter_app.store.centre import centre as enrolled_at
from counter_app.store.engine import Connection
from counter_app.store.keys import demo_keys
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import once
from counter_app.words.say import N_, Language

OFFICES = (OFFICE, NEIGHBOUR)
CENTRE = "centre"
WRITERS = 40
"""So many consumers of each office write to the bot."""


class Linked(NamedTuple):
    """An office's counter at a start: who writes to the bot, and who belongs to the other office by now."""

    office: Office
    at: Centre
    writers: tuple[Writer, ...]
    moved: tuple[Consumer, ...]


def ready(walk: Walk, consumers: int, seed: int) -> Path:
    """The folder of the two offices and their centre; they are made where they are not there."""
    offices = walk.folder / "offices"
    if not offices.exists():
        walk.step(
            N_("Two offices and a centre are made"),
            lambda: _make(offices, consumers, seed),
            lambda _: str(offices),
        )
    return offices


def _make(offices: Path, consumers: int, seed: int) -> None:
    """Make all beside its place and move it there when it is whole: a stop leaves no half."""
    making, now, rules = offices.with_name("offices.making"), clock(), load_rules()
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    seeds = range(seed, seed + len(OFFICES))
    for office, own in zip(OFFICES, seeds, strict=True):
        make(making / office.code, consumers=consumers, seed=own, now=now, office=office, alone=False)
    towns = [
        (office, extracts.accounts(rules, consumers, business_day(now), own, office.code))
        for office, own in zip(OFFICES, seeds, strict=True)
    ]
    centre.found(making / CENTRE, towns, now)
    with centre.serving(making / CENTRE) as address:
        for office in OFFICES:
            code = centre.code_for(making / CENTRE, office, now)
            with closing(opened(making, office)) as book:
                at = enrol(book, address, code, "", clock())
                if not once(book, at, __version__, clock):
                    raise CentreSilent
    making.rename(offices)


def opened(offices: Path, office: Office) -> Book:
    """The book of an office's counter, as the program opens it."""
    folder = offices / office.code
    return Book.open(folder, demo_keys(folder), program=__version__, now=clock())


def linked(book: Book, address: str) -> Linked:
    """Let a counter find the centre where it answers this time."""
    desk = Desk(book, load_rules(), book.office)
    with book.reading() as connection:
        before = enrolled_at(connection)
        assert before is not None
        found = [*numbers(connection)]
        moved = tuple(_moved(desk, connection, found))
        writers = tuple(_writers(connection, book.office, found))
    at = replace(before, url=address)
    with book.writing() as page:
        put_centre(page, at)
    return Linked(book.office, at, writers, moved)


def _moved(desk: Desk, connection: Connection, found: list[str]) -> Iterator[Consumer]:
    """Those who belong elsewhere by now, first those with dues; they are among the last numbers."""
    known = [reference.consumer(connection, number) for number in found[-2 * centre.AT_THE_BORDER :]]
    gone = [one for one in known if one is not None and told.moved_to(connection, one.number) is not None]
    for with_dues in (True, False):
        for one in gone:
            due = finding.current_dues(desk, connection, one.number, clock())[1]
            if with_dues is (due is not None and due.amount > 0):
                yield one


def _writers(connection: Connection, office: Office, found: list[str]) -> Iterator[Writer]:
    left = WRITERS
    for number in SystemRandom().sample(found, len(found)):
        one = reference.consumer(connection, number)
        mobile = read_mobile(one.mobile) if one is not None else None
        if one is not None and mobile and told.moved_to(connection, number) is None and left:
            left -= 1
            yield Writer(number, mobile, one.name_hi, one.name_en, office.name_hi, office.name_en)


def with_windows(
    folder: Path, window: Callable[[Path], int], consumers: int, seed: int, language: Language
) -> int:
    """Open a window on each office, the bot beside them, until both are closed; the exit code.

    ``window`` opens one on a folder, in a process of its own. Refuses as the store and the sync do.
    """
    walk = Walk(folder, folder / "papers", language, as_json=False)
    offices = ready(walk, consumers, seed)
    with centre.serving(offices / CENTRE) as address:
        counters = []
        for office in OFFICES:
            with closing(opened(offices, office)) as book:
                counters.append(linked(book, address))
        _explain(walk, address, counters)
        windows = [beside.start(window, offices / office.code) for office in OFFICES]
        moved = {one.number for counter in counters for one in counter.moved}
        writers = tuple(one for counter in counters for one in counter.writers if one.number not in moved)
        speaks = beside.start(bot.run, address, centre.bot_key(offices / CENTRE), writers, language)
        try:
            for one in windows:
                one.join()
        finally:
            for process in (speaks, *windows):
                beside.end(process)
    return max(one.exitcode or 0 for one in windows)


def _explain(walk: Walk, address: str, counters: list[Linked]) -> None:
    """What can be tried, and where the centre can be looked at."""
    for here, there in (counters, counters[::-1]):
        for who in here.moved[:1]:
            said = walk.said(
                N_("{who}, {number}, belongs to {there} now. Take the money at {here}: {there} sees it."),
                who=walk.name(who.name_hi, who.name_en), number=who.number,
                here=walk.name(here.office.name_hi, here.office.name_en),
                there=walk.name(there.office.name_hi, there.office.name_en),
            )  # fmt: skip
            print(said, flush=True)
    said = walk.said(
        N_("The centre's overview: {url} (code {code}, password {password}). Ctrl+C ends everything."),
        url=f"{address}/overview", code=centre.LOOKS, password=PASSWORD,
    )  # fmt: skip
    print(said, flush=True)


def clock() -> datetime:
    """The PC's clock."""
    return datetime.now(UTC)
