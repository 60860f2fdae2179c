"""Receipt numbers of twenty counters over the ends of years and crashes: 1, 2, 3 … without gap or repeat."""

import os
import random
import shutil
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from counter_app.domain.drawer import DrawerOpened
from counter_app.domain.numbering import Number, Series, hash_letters
from counter_app.domain.payment import PaymentTaken
from counter_app.store import journal
from counter_app.store.book import Book
from counter_app.wire.payloads import decode
from tests.bench.figures import Figure
from tests.store.office import PERSON, create, open_book, pay

COUNTERS = 20
CRASHES = 10
AT_A_TIME = 50
BEGIN = datetime(2026, 3, 31, 12, tzinfo=UTC)
"""The last day of a financial year; within the span the calendar's year ends too."""
SPAN = timedelta(days=400)


class _PowerGoes(Exception):
    """In the middle of a page: nothing of it was recorded."""


def measure(receipts: int) -> list[Figure]:
    """So many receipts on twenty counters, as many counters at a time as there are processors."""
    given, gaps, years = counted(receipts)
    return [
        Figure("receipts_numbered", given.total(), "count", receipts, at_least=True),
        Figure("counters", COUNTERS, "count"),
        Figure("crashes", COUNTERS * CRASHES, "count"),
        Figure("changes_of_year", years, "count", 1, at_least=True),
        Figure("number_gaps", gaps, "count", 0),
        Figure("number_repeats", sum(times - 1 for times in given.values()), "count", 0),
    ]


def counted(receipts: int) -> tuple[Counter[str], int, int]:
    """How often each number stands in the journals, how many are missing, how often a year changed."""
    each = -(-receipts // COUNTERS)
    given: Counter[str] = Counter()
    gaps = years = 0
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        for numbers, missing, changed in pool.map(counter, range(1, COUNTERS + 1), [each] * COUNTERS):
            given.update(numbers)
            gaps, years = gaps + missing, max(years, changed)
    return given, gaps, years


def counter(number: int, receipts: int, crashes: int = CRASHES) -> tuple[list[str], int, int]:
    """One counter gives out so many receipts with crashes between; what then stands in its journal."""
    with TemporaryDirectory(prefix="counter-bench-") as scratch:
        dice, book = random.Random(number), create(Path(scratch, "0"), number)
        given = 0
        for place in range(crashes + 1):
            upto = receipts * (place + 1) // (crashes + 1)
            while given < upto:
                some = min(dice.randint(1, AT_A_TIME), upto - given)
                given += _page(book, dice, number, given, receipts, some)
            if place < crashes:
                book = _crashed(book, Path(scratch, str(place + 1)))
        found = _journaled(book)
        book.close()
    return found


def _page(book: Book, dice: random.Random, number: int, given: int, wanted: int, receipts: int) -> int:
    """Record some receipts in one page; one page in seven is given up before its end."""
    fails_at = dice.randrange(receipts) if dice.random() < 1 / 7 else receipts
    drawer = UUID(int=number << 64 | given + 1)
    at = BEGIN + SPAN * given // wanted
    try:
        with book.writing() as page:
            opened = DrawerOpened(drawer, f"R{given}", at.date(), 0)
            page.record(opened, act=drawer, person=PERSON, at=at, drawer=drawer)
            for place in range(receipts):
                if place == fails_at:
                    raise _PowerGoes
                pay(page, counter=number, at=at, drawer=drawer)
    except _PowerGoes:
        return 0
    return receipts


def _crashed(book: Book, folder: Path) -> Book:
    """The power goes: what lies on the disk at that moment is all that is left."""
    shutil.copytree(book.folder, folder)
    book.close()
    shutil.rmtree(book.folder)
    return open_book(folder)


def _journaled(book: Book) -> tuple[list[str], int, int]:
    """The numbers as the journal has them, how many are missing below the last, changes of the year."""
    numbers, serials, years = [], set(), set()
    with book.reading() as connection:
        for entry in journal.entries(connection):
            payload = decode(entry.header.kind, entry.header.kind_version, entry.payload)
            if isinstance(payload, PaymentTaken):
                letters = hash_letters(entry.hash)
                number = Number(Series.RECEIPT, payload.office, payload.counter, payload.serial, letters)
                numbers.append(number.stem)
                serials.add(payload.serial)
                years.add(datetime.fromtimestamp(entry.header.wall_ms / 1000, UTC).year)
    return numbers, max(serials) - len(serials), len(years) - 1
