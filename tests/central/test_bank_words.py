"""What the bank said of money is the same at its counter, at another one, and at the centre, once all have
heard of all: also where the counter was put back from a copy and went on.
"""

import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from counter_app.central.database import retried
from counter_app.central.enrolling import new_code
from counter_app.central.receipts import lost_of
from counter_app.central.tables import arrivals, settled, tenders
from counter_app.domain.payment import Tender, upi
from counter_app.domain.undoing import Outcome, TenderSettled
from counter_app.store import finds
from counter_app.store.book import Book
from counter_app.store.centre import Centre as Enrolment
from counter_app.store.finds.claims import claims_since
from counter_app.store.finds.claims_elsewhere import claims_elsewhere
from counter_app.store.projections import rebuild_and_compare
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import once
from tests.central.databases import Centre
from tests.central.gateways import Gateway, until, wall_ms
from tests.store.office import DRAWER, NOW, PERSON, SURESH, TODAY, create, open_book, pay
from tests.store.test_settled_elsewhere import correcting
from tests.sync.steps import clock

PARTS = (300_00, 340_00)
WORDS = 12
Words = Mapping[str, Outcome]


def let_in(centre: Centre, running: Gateway, folder: Path, counter: int) -> tuple[Book, Enrolment]:
    book = create(folder / f"counter-{counter}", counter)
    code = retried(centre.store, lambda transaction: new_code(transaction, "2214", counter, wall_ms()))
    return book, enrol(book, running.address, code, "", clock())


def transfers(named: int) -> tuple[Tender, ...]:
    """Two parts of a receipt, under references that nothing else has."""
    return tuple(upi(amount, f"{named:011d}{part}") for part, amount in enumerate(PARTS))


def speak(
    book: Book, random: Random, at: datetime, about: Sequence[tuple[int, UUID, int]], *, takes: bool = True
) -> None:
    """The bank says this and that of receipts (serial, act, first place), much of it within one instant; some
    of it after other money was taken.
    """
    with book.writing() as page:
        for _ in range(WORDS):
            at += timedelta(minutes=random.randrange(2))
            if takes and not random.randrange(4):
                pay(page, counter=3, at=at)
            (serial, act, first), part = random.choice(about), random.randrange(2)
            outcome = random.choice((Outcome.CONFIRMED, Outcome.FAILED))
            of_part = first + part, PARTS[part], outcome, "", TODAY, "", 0, "S01"
            said = TenderSettled(act, serial, SURESH.number, *of_part)
            page.record(said, act=uuid4(), person=PERSON, at=at)


@pytest.mark.parametrize("seed", range(3))
def test_all_hold_the_same_of_each_place_after_a_counter_was_put_back(
    centre: Centre, running: Gateway, tmp_path: Path, seed: int
) -> None:
    random = Random(seed)
    (book, at), (reader, its) = (let_in(centre, running, tmp_path, number) for number in (3, 2))
    with book.writing() as page:
        acts = [pay(page, *transfers(one), counter=3).entry.header.act for one in range(4)]
    about = [(serial, act, 0) for serial, act in enumerate(acts, 1)]
    synced(book, at)
    book.close()
    kept = Path(shutil.copytree(book.folder, tmp_path / "kept"))
    gone = open_book(book.folder)
    with gone.writing() as page:
        corrected = correcting(acts[0], 1, *transfers(9))
        page.record(corrected, act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER)
    speak(gone, random, NOW, [(1, acts[0], 2), *about[1:]])
    synced(gone, at)
    gone.close()
    back = open_book(kept)
    speak(back, random, NOW, about[1:], takes=False)
    synced(back, at)
    speak(back, random, NOW + timedelta(minutes=WORDS), about[1:])
    synced(back, at)
    until(lambda: centre.count(arrivals) == 0)
    synced(back, at)
    synced(reader, its)
    everywhere = words_at(centre)
    assert len(everywhere) == 8
    assert words_of(back) == words_of(reader) == everywhere
    lost = retried(centre.store, lambda transaction: lost_of(transaction, [SURESH.number]))
    there = {f"2214-3-{serial:06d}": amount for (_, _, serial), amount in lost.items() if amount}
    assert lost_at(back) == lost_at(reader) == there
    for one in (back, reader):
        one.close()


def synced(book: Book, at: Enrolment) -> None:
    assert once(book, at, "1.0", clock)


def words_of(book: Book) -> Words:
    """By the reference that was typed what a counter holds of each tender, its own and others'."""
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        own, others = claims_since(connection, TODAY), claims_elsewhere(connection, TODAY)
        return {one.reference: one.outcome for one in (*own, *others)}


def lost_at(book: Book) -> dict[str, int]:
    """What did not come, by the receipt."""
    with book.reading() as connection:
        paid = finds.payments_of(connection, SURESH.number)
    # One of another counter is named with its letters.
    return {"-".join(one.reference.split("-")[:3]): one.lost for one in paid if one.lost}


def words_at(centre: Centre) -> Words:
    """The same at the centre, whose rows say it by the places of all tenders that a receipt ever had."""
    taken = tenders.c
    asked = select(taken.serial, taken.slip, taken.kind, taken.reference).order_by(
        taken.serial, taken.slip, taken.position
    )
    word = settled.c
    said = select(word.serial, word.position, word.outcome).order_by(
        word.total, word.at_ms, word.seq, word.hash
    )
    rows, words = retried(centre.store, lambda it: (it.rows(asked, {}), it.rows(said, {})))
    last = {(serial, position): Outcome(outcome) for serial, position, outcome in words}
    found = {}
    for serial, its in groupby(rows, key=lambda row: row[0]):
        places = list(enumerate(its))
        newest = max(row[1] for _, row in places)
        for place, (_, slip, kind, reference) in places:
            if slip == newest and kind == "upi":
                found[reference] = last.get((serial, place), Outcome.PENDING)
    return found
