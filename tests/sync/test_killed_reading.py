"""A counter that is killed while it reads: what came is there once, and it goes on behind it."""

import subprocess
import sys
import threading
from pathlib import Path
from random import Random

from sqlalchemy import select

from counter_app.store.book import Book
from counter_app.store.projections import rebuild_and_compare
from counter_app.store.sync_ledger import SyncLedger
from counter_app.store.tables import known_complaints, known_payments
from counter_app.wire.messages import Ask
from tests.store.office import ROOT, create, open_book
from tests.sync.centre import Centre
from tests.sync.conftest import Step
from tests.sync.steps import Counter
from tests.sync.test_sending import record

READER = """
import sys
from pathlib import Path
from counter_app.line import now
from counter_app.store.centre import centre
from counter_app.sync.rounds import once
from tests.store.office import open_book
book = open_book(Path(sys.argv[1]))
with book.reading() as connection:
    at = centre(connection)
done = once(book, at, "1.0", now)
book.close()
sys.exit(0 if done else 9)
"""
KILLS = 6


def reader(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", READER, str(folder)], cwd=ROOT)


def known(book: Book) -> list[set[tuple[object, ...]]]:
    """What there is of others."""
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        tables = known_payments, known_complaints
        return [{tuple(row) for row in connection.execute(select(table))} for table in tables]


def test_f25_a_counter_that_is_killed_while_it_applies_pages(
    book: Book, centre: Centre, counter: Counter, step: Step, tmp_path: Path
) -> None:
    """Behind a page that was sent it has a moment to store it, or half of it, or nothing."""
    other = create(tmp_path / "other", counter=3)
    centre.admit(other.device, other.public_key, 3)
    for _ in range(9):
        record(other, 100)
    assert step(other, counter.centre).drain()
    other.close()
    book.close()
    chance, ends = Random(25), list[int]()
    for _ in range(KILLS):
        pages = sum(isinstance(one, Ask) for one in centre.asked)
        running = reader(book.folder)
        with centre.change:
            sent = centre.change.wait_for(
                lambda pages=pages: sum(isinstance(one, Ask) for one in centre.asked) > pages, 60
            )
        assert sent
        threading.Event().wait(chance.uniform(0, 0.8))
        running.kill()
        running.wait()
        again = open_book(book.folder)
        ends.append(SyncLedger(again).cursor().seq)
        known(again)
        again.close()
    assert ends == sorted(ends)
    assert reader(book.folder).wait(120) == 0
    fresh = create(tmp_path / "fresh", counter=4)
    centre.admit(fresh.device, fresh.public_key, 4)
    assert step(fresh, counter.centre).read()
    again = open_book(book.folder)
    assert SyncLedger(again).cursor() == SyncLedger(fresh).cursor()
    assert known(again) == known(fresh)
    again.close()
    fresh.close()
