"""A receipt that is moved to another consumer counts there from then on, in the centre's books and feeds."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations
from types import MappingProxyType

import pytest
from sqlalchemy import select

from counter_app.central.database import Database, Transaction, retried
from counter_app.central.feeds import Feeds
from counter_app.central.moving import Moves
from counter_app.central.overpaid import CANCELLED, surplus
from counter_app.central.tables import surpluses
from counter_app.domain.allocation import Head, Share
from counter_app.domain.approval import Approval, Way
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.payment import PaymentTaken, upi
from counter_app.domain.undoing import Outcome, PaymentMoved, Why
from counter_app.wire.bodies import Overpaid, read_body
from counter_app.wire.messages import Item
from counter_app.wire.payloads import decode
from tests.central.books import (
    belongs,
    books_of,
    cancelling,
    correcting,
    empty,
    feed,
    heard,
    integrate,
    let_in,
    received,
    recorded,
    settling,
)
from tests.central.gateways import Counter
from tests.central.test_books import ONE, paid

HERE, THERE, OTHER = "2214", "2215", "2216"
A, B, C = "N2204500001", "N2204500002", "N2204500003"


def moving(taken: Entry, slip: int, consumer: str, to: str, due: int = 500_00) -> PaymentMoved:
    """What moves a receipt to another consumer, who owes so much then."""
    said = decode(Kind.PAYMENT_TAKEN, taken.header.kind_version, taken.payload)
    assert isinstance(said, PaymentTaken)
    return PaymentMoved(
        slip, said.office, said.counter, said.day, taken.header.act, said.serial, consumer, said.amount, to,
        f"2602{to[1:]}", "2026-02", due, (Share(Head.CURRENT, said.amount),), said.order,
        Why.WRONG_CONSUMER, "", said.clerk, Approval("JE1", Way.PASSWORD),
    )  # fmt: skip


def over(store: Database) -> dict[str, int]:
    """What consumers paid too much."""
    asked = select(surpluses.c.consumer, surpluses.c.surplus).where(surpluses.c.surplus > 0)
    return dict(retried(store, lambda transaction: transaction.rows(asked, {})))


def arrive(store: Database, made: list[Entry]) -> None:
    for one in made:
        received(store, [one])
    integrate(store)


@pytest.fixture
def counters(store: Database) -> tuple[Counter, Counter]:
    """Two of an office that do not know of each other; three consumers, one of another office."""
    for consumer, office in ((A, HERE), (B, HERE), (C, THERE)):
        belongs(store, consumer, office)
    let_in(store, THERE, 1)
    return let_in(store, HERE, 1), let_in(store, HERE, 2)


def test_a_bill_paid_twice_by_mistake_is_put_right_by_moving(
    store: Database, counters: tuple[Counter, Counter]
) -> None:
    one, other = counters
    arrive(store, [*one.pay(1, consumer=A), *(second := other.pay(1, consumer=A))])
    assert over(store) == {A: 500_00}
    moved = recorded(other, moving(second[-1], 1, A, B))
    arrive(store, [moved])
    assert over(store) == {}
    arrive(store, one.pay(1, consumer=B))
    assert over(store) == {B: 500_00}
    said = [read_body(item) for item in feed(store, HERE) if isinstance(item, Item)]
    last = [body for body in said if isinstance(body, Overpaid)][-1]
    assert last.receipts[0].hash == second[-1].hash.hex(), "by the letters on its paper"


def test_whoever_moves_knows_what_is_due_there(store: Database, counters: tuple[Counter, Counter]) -> None:
    """The counter took something for the bill before: what it moves there settles the rest."""
    one, _ = counters
    first = one.pay(1, 200_00, B)
    wrong = one.pay(1, 300_00, A)
    move = recorded(one, moving(wrong[-1], 1, A, B, due=300_00))
    arrive(store, [*first, *wrong, move])
    assert over(store) == {}


def test_a_payment_that_comes_behind_its_moves_comes_to_the_same_books(
    store: Database, counters: tuple[Counter, Counter]
) -> None:
    one, other = counters
    opened, taken = one.pay(1, consumer=A)
    first = recorded(one, moving(taken, 1, A, B))
    second = recorded(one, moving(taken, 2, B, C))
    back = recorded(one, moving(taken, 3, C, A))
    gone = recorded(one, replace(cancelling(taken, 4), consumer=A))
    (start, elsewhere) = other.pay(1, consumer=A)
    moves, known = [first, second, back, gone], set[str]()
    for place in range(len(moves) + 1):
        empty(store)
        again(store, counters)
        arrive(store, [opened, start, elsewhere, *moves[:place], taken, *moves[place:]])
        assert over(store) == {}
        known.add(repr(sorted((name, sorted(map(repr, rows))) for name, rows in books_of(store).items())))
        assert taken.hash in heard(store, THERE), "the office of a consumer in between knows what was moved"
    assert len(known) == 1


def again(
    store: Database, counters: tuple[Counter, Counter], homes: Mapping[str, str] = MappingProxyType({})
) -> None:
    """The same office in an empty store; ``homes``: consumers who belong to other offices than usual."""
    for consumer, office in ({A: HERE, B: HERE, C: THERE} | dict(homes)).items():
        belongs(store, consumer, office)
    for office in (THERE, OTHER):
        let_in(store, office, 1)
    for number in (1, 2):
        let_in(store, HERE, number)
    assert counters


def test_an_office_hears_what_was_moved_to_its_consumer(
    store: Database, counters: tuple[Counter, Counter]
) -> None:
    one, _ = counters
    opened, taken = one.pay(1, consumer=A)
    moved = recorded(one, moving(taken, 1, A, C))
    arrive(store, [opened, taken, moved])
    assert heard(store, THERE) == {taken.hash, moved.hash}


def test_every_office_on_the_way_hears_once_in_whatever_order_moves_come(
    store: Database, counters: tuple[Counter, Counter]
) -> None:
    """The last office knows of the payment also when the move to it came first, and the payment second."""
    one, _ = counters
    opened, taken = one.pay(1, consumer=A)
    first = recorded(one, moving(taken, 1, A, B))
    second = recorded(one, moving(taken, 2, B, C))
    corrected = recorded(one, correcting(taken, 3, upi(500_00, "608712345678")))
    for homes in ((THERE, OTHER), (THERE, THERE), (HERE, THERE), (THERE, HERE)):
        for order in permutations([taken, first, second, corrected]):
            empty(store)
            again(store, counters, dict(zip((B, C), homes, strict=True)))
            arrive(store, [opened, *order])
            for office in {THERE, OTHER} & {*homes}:
                moves = {first.hash} if homes[0] == office else set[bytes]()
                assert heard(store, office) == {taken.hash, second.hash, corrected.hash, *moves}
            assert heard(store, HERE) == {one.hash for one in (opened, *order)}


def test_a_consumer_takes_along_what_was_moved_to_and_from_him(
    store: Database, counters: tuple[Counter, Counter]
) -> None:
    one, _ = counters
    opened, taken, other = one.pay(2, consumer=A)
    to = recorded(one, moving(taken, 1, A, B))
    arrive(store, [opened, taken, other, to])

    def move(consumer: str) -> None:
        def work(transaction: Transaction) -> None:
            feeds = Feeds(transaction)
            moves = Moves(transaction, feeds)
            moves.tell(THERE, *moves.to(THERE, [consumer]))
            feeds.write()

        retried(store, work)

    move(B)
    assert heard(store, THERE) == {taken.hash, to.hash}
    move(A)
    assert {one.hash for one in feed(store, THERE) if isinstance(one, Entry)} == {
        taken.hash, to.hash, other.hash,
    }  # fmt: skip


def test_what_the_bank_said_counts_wherever_the_receipt_is_by_now(
    store: Database, counters: tuple[Counter, Counter]
) -> None:
    """Moved, dishonoured, moved again to a consumer of another office: both offices know of all of it."""
    one, other = counters
    opened, taken = one.pay(1, consumer=A)
    first = recorded(one, moving(taken, 1, A, B))
    bounced = recorded(one, settling(taken, Outcome.DISHONOURED, consumer=B))
    second = recorded(one, moving(taken, 2, B, C))
    came = recorded(one, settling(taken, Outcome.CONFIRMED, consumer=C))
    there = other.pay(1, consumer=C)
    for order in permutations([taken, first, bounced, second]):
        empty(store)
        again(store, counters)
        arrive(store, [opened, *there, *order])
        assert over(store) == {}, "one of the two came to nothing"
        assert {taken.hash, bounced.hash, second.hash} <= heard(store, THERE)
        arrive(store, [came])
        assert over(store) == {C: 500_00}


def test_a_consumer_takes_along_what_became_of_receipts(
    store: Database, counters: tuple[Counter, Counter]
) -> None:
    one, _ = counters
    opened, taken = one.pay(1, consumer=A)
    corrected = recorded(one, correcting(taken, 1, upi(500_00, "608712345678")))
    bounced = recorded(one, settling(taken, Outcome.FAILED, position=1))
    arrive(store, [opened, taken, corrected, bounced])

    def move(transaction: Transaction) -> None:
        feeds = Feeds(transaction)
        moves = Moves(transaction, feeds)
        moves.tell(THERE, *moves.to(THERE, [A]))
        feeds.write()

    retried(store, move)
    assert heard(store, THERE) == {taken.hash, corrected.hash, bounced.hash}


def test_a_receipt_that_was_moved_away_and_back_counts_once() -> None:
    taken = paid(ONE, 1, 1000_00, 1000_00, 1000_00)
    back = taken._replace(nth=2, slip=2)
    assert surplus([taken, back], {taken.receipt: {1: 1000_00}}) == 0
    assert surplus([taken, back], {taken.receipt: {1: 1000_00, CANCELLED: 1000_00}}) == 0
    other = paid(ONE, 3, 2000_00, 0, 1000_00)
    assert surplus([taken, back, other], {taken.receipt: {1: 1000_00}}) == 1000_00


def test_thousands_of_payments_of_one_bill_are_reckoned_at_once() -> None:
    many = [paid(ONE, serial, serial * 100, max(0, 1000 - serial * 100), 100) for serial in range(1, 50_001)]
    assert surplus(many, {}) == 100, "whoever took the last knew of all before"
