"""Makes the demo office beside its place and moves it there when it is whole: a stop leaves no half."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app import __version__
from counter_app.demo import staff
from counter_app.desk.desk import Desk
from counter_app.desk.rules import load_rules
from counter_app.domain.days import business_day
from counter_app.domain.office import Office
from counter_app.domain.rules import Rules
from counter_app.store import people, reference
from counter_app.store.book import Book
from counter_app.store.engine import Connection
from counter_app.store.keys import demo_keys
from counter_app.store.words_index import gather_words

if TYPE_CHECKING:
    from counter_app.demo.billing import Account

Progress = Callable[[int, int], None]

OFFICE = Office(
    code="2214",
    location="2214000",
    name_hi="नवग्राम जोन",
    name_en="Navgram zone",
    company_hi="म.प्र. मध्य क्षेत्र विद्युत वितरण कंपनी लि.",
    company_en="M.P. Madhya Kshetra Vidyut Vitaran Co. Ltd.",
    division_hi="नवग्राम संभाग",
    division_en="Navgram division",
    helpline="1912",
    urban=True,
    counter=2,
    demo=True,
)
NEIGHBOUR = replace(OFFICE, code="2215", location="2215000", name_hi="हरितग्राम जोन", name_en="Haritgram zone")
"""The second of two offices."""

_CHUNK = 2_000


def _nobody_watches(_done: int, _total: int) -> None:
    """Progress that is not shown."""


def make(
    folder: Path,
    *,
    consumers: int,
    seed: int,
    now: datetime,
    progress: Progress = _nobody_watches,
    office: Office = OFFICE,
    alone: bool = True,
) -> None:
    """Make a demo office in ``folder``, which has none yet; ``progress`` gets consumers done and to do.

    ``alone``: there is no centre, so what other counters and channels did is invented too.
    """
    # Heavy, and only needed when an office is made.
    from counter_app.demo import past
    from counter_app.demo.extracts import dice_of

    making = folder.with_name(folder.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    rules = load_rules()
    # Its past is told in past times.
    book = Book.create(making, demo_keys(making), office, program=__version__, now=now, steady=None)
    try:
        accounts = _fill(book, rules, consumers, seed, now, progress)
        past.live_through(Desk(book, rules, office), accounts, dice_of(seed + 1), now, alone=alone)
    finally:
        book.close()
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(making.iterdir()):
        file.replace(folder / file.name)
    making.rmdir()


def numbers(connection: Connection) -> tuple[str, ...]:
    """All consumer numbers of an office, sorted."""
    return reference.consumer_numbers(connection)


def _fill(
    book: Book, rules: Rules, count: int, seed: int, now: datetime, progress: Progress
) -> "Sequence[Account]":
    """Put staff and consumers; the first chunk's accounts come back, to be lived with."""
    from counter_app.demo.extracts import accounts
    from counter_app.demo.planned import duties, shutdowns
    from counter_app.store.extracts import Counts, Extracts  # as heavy, and each start reads this file

    first: Sequence[Account] = ()
    done = 0
    progress(0, count)
    for chunk in _chunks(accounts(rules, count, business_day(now), seed, book.office.code)):
        first = first or chunk
        with book.writing() as page:
            if not done:
                secret = staff.hashed()
                for person in staff.STAFF:
                    people.put_person(page, person, secret)
                reference.put_dues_as_of(page, now)
                planned = Extracts(page)
                planned.put_shutdowns(list(shutdowns(now)), Counts())
                planned.put_duties(list(duties(now)), Counts())
            reference.put_consumers(page, [account.consumer for account in chunk])
            reference.put_bills(page, (bill for account in chunk for bill in account.bills))
            reference.put_known_payments(page, [paid for account in chunk for paid in account.payments])
        done += len(chunk)
        progress(done, count)
    with book.writing() as page:
        gather_words(page.connection)
    return first


def _chunks(accounts: "Iterator[Account]") -> "Iterator[list[Account]]":
    while chunk := list(islice(accounts, _CHUNK)):
        yield chunk
