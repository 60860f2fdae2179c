"""Where complaints stand: equal sets make equal rows at every counter, whatever came first and from whom."""

import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.complaint import (
    CentralNumberNoted,
    CompensationClaimed,
    ComplaintStep,
    Seen,
    Stage,
)
from counter_app.domain.entry import COMPLAINT_KINDS, Entry
from counter_app.store import facts, finds, foreign
from counter_app.store.book import Book
from counter_app.store.complaint_states import states_are_old
from counter_app.store.engine import Connection
from counter_app.store.journal import entries
from counter_app.store.projections import rebuild_and_compare
from counter_app.wire.payloads import kind_of
from tests.store.hearing import enrolled, erasing, hear
from tests.store.office import NOW, PERSON, create, open_book, register
from tests.verify.journals import AT, COMPLAINT, Act, act_of, journal

REPLICAS = 5
REGISTERED = 3
"""Complaints of each set: the acts 1 to 3."""


def rows(connection: Connection) -> bytes:
    """All states, as bytes."""
    asked = "SELECT * FROM complaint_states ORDER BY act"
    return repr([tuple(row) for row in connection.exec_driver_sql(asked)]).encode()


# -- any set in any order ----------------------------------------------------------------------------------


def acts() -> st.SearchStrategy[UUID]:
    """Acts that are there, and one that is not."""
    return st.integers(1, 14).map(act_of)


STEPS = st.builds(
    lambda complaint, stage, minutes, seen, to, into, ends: ComplaintStep(
        act_of(complaint), stage, AT + timedelta(minutes=minutes), "R07", "",
        None if seen is None else tuple(map(Seen, seen)), to, act_of(into) if into else None, ends,
    ),
    st.integers(1, REGISTERED), st.sampled_from(list(Stage)), st.integers(0, 20),
    st.none() | st.lists(acts(), max_size=2), st.sampled_from(["", "2215", "2216"]),
    st.integers(0, REGISTERED), st.booleans(),
)  # fmt: skip
NUMBERS = st.builds(
    lambda complaint, number, minutes: CentralNumberNoted(
        act_of(complaint), number, AT + timedelta(minutes=minutes), "R07"
    ),
    st.integers(1, REGISTERED), st.sampled_from(["1912-1", "1912-2"]), st.integers(0, 3),
)  # fmt: skip
JOINED = st.lists(st.integers(0, REGISTERED), min_size=REGISTERED, max_size=REGISTERED)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """One book in which each replica is tried and given up."""
    made = create(tmp_path_factory.mktemp("replicas"), counter=7)
    yield made
    made.close()


def told(joined: Sequence[int], events: Sequence[ComplaintStep | CentralNumberNoted]) -> list[Entry]:
    """Entries of another counter: the registrations, then what was recorded about them."""
    registrations = [
        Act(
            replace(COMPLAINT, serial=number, joined=act_of(into) if into else None, ends=number % 2 == 0),
            version=2,
        )
        for number, into in enumerate(joined, 1)
    ]
    return journal([*registrations, *(Act(event, version=kind_of(event)[1]) for event in events)])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JOINED, st.lists(STEPS | NUMBERS, max_size=9), st.integers())
def test_five_replicas_that_hear_in_any_order_have_equal_rows(
    shared: Book, joined: list[int], events: list[ComplaintStep | CentralNumberNoted], seed: int
) -> None:
    dice, made = random.Random(seed), told(joined, events)
    found = set()
    with shared.writing() as page:
        for _ in range(REPLICAS):
            heard = [*made, *dice.choices(made, k=3)]  # some come twice
            dice.shuffle(heard)
            nested = page.connection.begin_nested()
            while heard:
                size = dice.randint(1, 4)
                foreign.put(page, heard[:size])
                heard = heard[size:]
            found.add(rows(page.connection))
            nested.rollback()
    assert len(found) == 1
    assert found != {b"[]"}


# -- counters that work while they do not hear of each other ---------------------------------------------


def move(book: Book, complaint: UUID, stage: Stage, minutes: int, **more: Any) -> None:
    """Record a step as the desk does: it names what this counter knows."""
    with book.writing() as page:
        row = finds.complaint(page.connection, complaint)
        assert row is not None
        step = ComplaintStep(
            complaint,
            stage,
            NOW + timedelta(minutes=minutes),
            "R01",
            seen=row.state.seen,
            **more,
        )
        page.record(step, act=uuid4(), person=PERSON, at=NOW)


def about_complaints(book: Book) -> list[Entry]:
    """What a counter recorded about complaints, as others hear it."""
    with book.reading() as connection:
        return [
            replace(one, signature=b"") for one in entries(connection) if one.header.kind in COMPLAINT_KINDS
        ]


@pytest.fixture
def books(tmp_path: Path) -> Iterator[list[Book]]:
    with ExitStack() as closing:
        made = [create(tmp_path / str(number), counter=number) for number in range(1, REPLICAS + 1)]
        for one in made:
            closing.callback(one.close)
        yield made


def test_counters_that_worked_apart_agree_once_they_hear_of_each_other(books: list[Book]) -> None:
    dice = random.Random(8)
    first, second, third, *_ = books
    known = []
    for book in (first, second, third):
        with book.writing() as page:
            known += [register(page).entry.header.act for _ in range(2)]
    spread(books, dice)
    move(first, known[0], Stage.ASSIGNED, 5)
    spread(books, dice)
    # The line is cut; three counters go on.
    move(first, known[0], Stage.CLOSED, 10)
    move(second, known[0], Stage.ON_SITE, 3)
    move(second, known[1], Stage.MERGED, 4, into=known[2], ends=True)
    move(third, known[2], Stage.ATTENDED, 7)
    move(third, known[3], Stage.TRANSFERRED, 7, to="2215")
    move(first, known[3], Stage.TRANSFERRED, 9, to="2216")
    spread(books, dice)
    stand = {act: state(book, act) for book in books for act in known}
    assert stand[known[0]] == (Stage.ON_SITE, True)  # closed here, worked at there
    assert stand[known[1]] == (Stage.CLOSED, False)  # over with what it is a part of
    assert stand[known[3]] == (Stage.TRANSFERRED, True)
    move(second, known[0], Stage.CLOSED, 60)
    spread(books, dice)
    assert {state(book, known[0]) for book in books} == {(Stage.CLOSED, False)}


def test_counters_that_claim_apart_have_claimed_once(books: list[Book]) -> None:
    """Nobody decides and nobody is asked: it is one breach, and the first by its clock is its claim."""
    dice = random.Random(7)
    with books[0].writing() as page:
        complaint = register(page).entry.header.act
    spread(books, dice)
    move(books[0], complaint, Stage.ATTENDED, 60)
    spread(books, dice)
    for book, minutes in zip(books[:3], (90, 70, 80), strict=True):
        at = NOW + timedelta(minutes=minutes)
        said = CompensationClaimed(complaint, 100_00, NOW, NOW + timedelta(hours=1), at, "R01")
        with book.writing() as page:
            page.record(said, act=uuid4(), person=PERSON, at=NOW)
    spread(books, dice)
    found = set()
    for book in books:
        with book.reading() as connection:
            row = finds.complaint(connection, complaint)
        assert row is not None
        assert row.claim is not None
        assert (len(row.events), row.promise.claimed) == (4, True)
        found.add((row.claim[0], row.claim[1].at))
    assert [at for _, at in found] == [NOW + timedelta(minutes=70)]


def spread(books: list[Book], dice: random.Random) -> None:
    """Each counter hears what the others recorded, in an order of its own; all rows are then equal."""
    said = {id(book): about_complaints(book) for book in books}
    for book in books:
        heard = [one for other in books if other is not book for one in said[id(other)]]
        dice.shuffle(heard)
        with book.writing() as page:
            foreign.put(page, heard)
    assert len({rows_of(book) for book in books}) == 1


def rows_of(book: Book) -> bytes:
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        return rows(connection)


def state(book: Book, act: UUID) -> tuple[Stage, bool]:
    with book.reading() as connection:
        row = finds.complaint(connection, act)
    assert row is not None
    return row.state.stage, row.state.attention


# -- made again ----------------------------------------------------------------------------------------------


def test_another_fold_makes_the_rows_again_when_the_book_is_opened(tmp_path: Path) -> None:
    book = create(tmp_path)
    with book.writing() as page:
        act, part = (register(page).entry.header.act for _ in range(2))
    move(book, part, Stage.MERGED, 1, into=act, ends=True)
    move(book, act, Stage.ATTENDED, 2)
    before = rows_of(book)
    assert before.count(b"'closed'") == 1
    with book.writing() as page:
        page.connection.exec_driver_sql("UPDATE complaint_states SET stage = 'forwarded', done_at = NULL")
        facts.put_fact(page.connection, facts.FOLDED, b"0")
        assert states_are_old(page.connection)
    book.close()
    book = open_book(tmp_path)
    assert rows_of(book) == before
    book.close()


def test_what_is_erased_is_gone_from_the_row_too(tmp_path: Path) -> None:
    book = enrolled(create(tmp_path))
    with book.writing() as page:
        registered = register(page)
        noted = CentralNumberNoted(registered.entry.header.act, "1912-77", NOW, "R01")
        numbered = page.record(noted, act=uuid4(), person=PERSON, at=NOW)
    assert b"9826048210" in rows_of(book)
    hear(book, erasing(registered.hash), erasing(numbered.hash))
    assert b"9826048210" not in rows_of(book)
    assert b"1912-77" not in rows_of(book)
    book.close()
