"""The books and feeds come to the same, in whatever order entries arrive and are read."""

from collections.abc import Callable
from random import Random

import pytest

from counter_app.central.database import Database
from counter_app.domain.complaint import Stage
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.payment import cash, upi
from counter_app.domain.undoing import Outcome
from counter_app.wire.payloads import VERSIONS
from tests.central.books import (
    belongs,
    books_of,
    cancelling,
    correcting,
    empty,
    heard,
    integrate,
    let_in,
    paid_by,
    received,
    recorded,
    registering,
    settling,
    stepping,
)
from tests.central.gateways import Counter

CONSUMER = "N2204500001"
HERE, THERE = "2214", "2215"
Lives = list[list[Entry]]


def lives(here: Counter, there: Counter) -> Lives:
    """What two counters of two offices record about a consumer who has moved from one to the other: a
    complaint with steps at both, payments, of which two are cancelled, one of them by the other's clerk,
    one corrected twice, and one of which the bank said now this, now that.
    """
    asked = recorded(here, registering(here, CONSUMER))
    paid = here.pay(3, consumer=CONSUMER)[-3:]
    for number, taken in enumerate(paid[:2], 1):
        recorded(here, cancelling(taken, number))
    recorded(here, stepping(asked, Stage.ASSIGNED))
    by_upi = paid_by(there, upi(500_00, "608712345678"), consumer=CONSUMER)
    recorded(there, correcting(by_upi, 1, upi(500_00, "608712345679")))
    recorded(there, correcting(by_upi, 2, cash(500_00, 500_00)))
    for outcome in (Outcome.DISHONOURED, Outcome.CONFIRMED, Outcome.DISHONOURED):
        recorded(here, settling(paid[2], outcome, 200_00))
    there.pay(2, consumer=CONSUMER)
    recorded(there, stepping(asked, Stage.ATTENDED))
    recorded(there, stepping(asked, Stage.CLOSED))
    return [[*one.node.disk.own().values()] for one in (here, there)]


def shuffled(made: Lives, rng: Random) -> list[Entry]:
    """All of it in any order: the chain is not what the books go by."""
    flat = [entry for one in made for entry in one]
    rng.shuffle(flat)
    return flat


@pytest.fixture
def world(store: Database) -> Callable[[], Lives]:
    """Begins anew with the same counters; gives what they recorded."""
    here, there = let_in(store, HERE, 1), let_in(store, THERE, 1)
    made = lives(here, there)

    def begin() -> Lives:
        empty(store)
        let_in(store, HERE, 1)
        let_in(store, THERE, 1)
        belongs(store, CONSUMER, THERE)
        return made

    return begin


def outcome(store: Database) -> dict[str, object]:
    return {**books_of(store), HERE: heard(store, HERE), THERE: heard(store, THERE)}


def compare(store: Database, wanted: dict[str, object]) -> None:
    found = outcome(store)
    assert [name for name in wanted if found[name] != wanted[name]] == []


def about_the_consumer(made: Lives) -> set[bytes]:
    kinds = {Kind.PAYMENT_TAKEN, Kind.PAYMENT_CANCELLED, Kind.TENDERS_CORRECTED, Kind.TENDER_SETTLED}
    kinds |= {Kind.COMPLAINT_REGISTERED, Kind.COMPLAINT_STEP}
    return {entry.hash for one in made for entry in one if entry.header.kind in kinds}


def test_every_order_of_arrival_comes_to_the_same(store: Database, world: Callable[[], Lives]) -> None:
    made = world()
    for one in made:
        received(store, one)
    integrate(store)
    wanted = outcome(store)
    assert about_the_consumer(made) <= heard(store, THERE)
    for seed in range(8):
        rng = Random(seed)
        for entry in shuffled(world(), rng):
            received(store, [entry])
            if rng.random() < 0.5:
                integrate(store)
        integrate(store)
        compare(store, wanted)


def test_a_step_that_is_read_before_its_complaint_reaches_the_other_office(
    store: Database, world: Callable[[], Lives]
) -> None:
    here, _ = world()
    steps = [entry for entry in here if entry.header.kind == Kind.COMPLAINT_STEP]
    received(store, steps)
    integrate(store)
    assert heard(store, THERE) == set()
    received(store, [entry for entry in here if entry not in steps])
    integrate(store)
    assert {entry.hash for entry in steps} <= heard(store, THERE)


NEWER = [
    [(Kind.PAYMENT_CANCELLED, 1)],
    [(Kind.TENDERS_CORRECTED, 1)],
    [(Kind.TENDER_SETTLED, 1)],
    [(Kind.COMPLAINT_REGISTERED, 1), (Kind.COMPLAINT_STEP, 1)],
    [(Kind.COMPLAINT_STEP, 1)],
    [(Kind.PAYMENT_TAKEN, 1), (Kind.PAYMENT_CANCELLED, 1)],
]


@pytest.mark.parametrize("newer", NEWER)
@pytest.mark.parametrize("again", [1, 2])
def test_f44_an_old_centre_comes_to_the_same_once_it_is_updated(
    store: Database,
    world: Callable[[], Lives],
    monkeypatch: pytest.MonkeyPatch,
    newer: list[tuple[Kind, int]],
    again: int,
) -> None:
    """Kinds that came after the centre's program are passed on, and read when it knows them, whatever else
    was read before; also when an older gateway still runs beside.
    """
    made = world()
    for one in made:
        received(store, one)
    integrate(store)
    wanted = outcome(store)
    half = [entry for one in world() for entry in one[: len(one) // 2]]
    rest = [entry for one in made for entry in one[len(one) // 2 :]]
    for part in (half, rest)[:again]:
        with monkeypatch.context() as older:
            for one in newer:
                older.delitem(VERSIONS, one)
            for entry in part:
                received(store, [entry])
            integrate(store)
            own = {entry.hash for entry in made[0] if entry in part}
            assert own <= heard(store, HERE), "kept and passed on"
        if again == 2:
            integrate(store)
    if again == 1:
        for entry in rest:
            received(store, [entry])
    integrate(store)
    compare(store, wanted)
