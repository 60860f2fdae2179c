"""What cannot go into the books is held, alone and told once, and tried again when its cause may be gone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from counter_app.central import enrolling, integrating
from counter_app.central.database import Database, Transaction, Unavailable, retried
from counter_app.central.feeds import Feeds
from counter_app.central.releasing import all_held, is_tried
from counter_app.central.tables import arrivals, facts, payments
from counter_app.domain import payment as domain_payment
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.value import value
from counter_app.wire.messages import Item, ItemKind, Reason
from counter_app.wire.payloads import VERSIONS
from tests.central.books import let_in, received
from tests.central.databases import Centre, kept
from tests.central.gateways import Counter, centre_command, enrolled, gateway, until
from tests.central.test_office import told

SOON_S = 5


@pytest.fixture
def counter(centre: Centre) -> Counter:
    """A counter that is let in; what it records is given to the store by ``received``."""
    return let_in(centre.store, "2214", 1)


@value
class Mistaken(PaymentTaken):
    """What a program with a mistake takes a payment for: one of ₹700 breaks it."""

    def __post_init__(self) -> None:
        if self.amount == 700_00:
            raise ZeroDivisionError


@pytest.fixture
def mistaken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of this test has the mistake."""
    monkeypatch.setattr(domain_payment, "Mistaken", Mistaken, raising=False)
    monkeypatch.setitem(VERSIONS, (Kind.PAYMENT_TAKEN, 1), "payment.Mistaken")


def told_held(store: Database) -> list[str]:
    """The hashes that the office was told are held."""

    def read(transaction: Transaction) -> list[str]:
        items = Feeds(transaction).page("2214", 0, 1 << 30)
        held = [one for one in items if isinstance(one, Item) and one.kind == ItemKind.HELD]
        return [json.loads(one.body)["hash"] for one in held]

    return retried(store, read)


def held_at(store: Database) -> dict[bytes, Reason]:
    return {one.hash: one.reason for one in retried(store, all_held)}


@dataclass
class Forgetful:
    """A database that commits and says that it is not there, so many times."""

    store: Database
    times: int

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self.store.transaction() as transaction:
            yield transaction
        if self.times:
            self.times -= 1
            raise Unavailable

    def close(self) -> None:
        """The database under it belongs to the test."""


@pytest.mark.usefixtures("mistaken")
@pytest.mark.parametrize("times", [1, 2, 5])
def test_a_hold_whose_answer_is_lost_holds_no_other(centre: Centre, counter: Counter, times: int) -> None:
    *_, bad = received(centre.store, counter.pay(amount=700_00))
    good = received(centre.store, counter.pay(3))
    integrating.integrate_office(Forgetful(centre.store, times), "2214")
    while integrating.integrate_office(centre.store, "2214"):
        continue
    assert held_at(centre.store) == {bad.hash: Reason.NOT_FITTING}
    assert told_held(centre.store) == [bad.hash.hex()]
    assert (centre.count(payments), centre.count(arrivals)) == (len(good), 0)


@pytest.mark.usefixtures("mistaken")
@pytest.mark.parametrize("times", [1, 2, 5])
def test_a_hold_is_tried_until_it_is_known_and_is_one(centre: Centre, counter: Counter, times: int) -> None:
    """Every commit is doubted, those of the holding itself among them."""
    *_, bad = received(centre.store, counter.pay(amount=700_00))
    received(centre.store, counter.pay(1))
    doubting = Forgetful(centre.store, 0)
    for _ in range(4):
        doubting.times = times
        integrating.integrate_office(doubting, "2214")
    while integrating.integrate_office(centre.store, "2214"):
        continue
    assert held_at(centre.store) == {bad.hash: Reason.NOT_FITTING}
    assert told_held(centre.store) == [bad.hash.hex()]
    assert centre.count(payments) == 1


def test_what_a_newer_program_can_read_is_released_by_its_start(
    centre: Centre, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setitem(VERSIONS, (Kind.PAYMENT_TAKEN, 1), "complaint.ComplaintStep")
        made = received(centre.store, counter.pay(2))
        integrating.try_after_update(centre.store)
        while integrating.integrate_office(centre.store, "2214"):
            continue
    *_, first, second = made
    assert held_at(centre.store) == dict.fromkeys((first.hash, second.hash), Reason.PAYLOAD_DAMAGED)
    integrating.try_after_update(centre.store)
    assert len(held_at(centre.store)) == 2, "the same program knows no better"
    with centre.store.transaction() as transaction:
        transaction.do(facts.update().where(facts.c.name == "tried_by").values(value="0.0.9"), {})
    with gateway(centre.url):
        until(lambda: retried(centre.store, is_tried))
    assert (held_at(centre.store), centre.count(payments)) == ({}, 2)
    assert len(told_held(centre.store)) == 2, "what is released comes in the feed; nothing else is told"
    fed = retried(centre.store, lambda t: Feeds(t).page("2214", 0, 1 << 30))
    assert {one.hash for one in fed if isinstance(one, Entry)} == {one.hash for one in made}
    newest = select(facts.c.value).where(facts.c.name == "tried_by")
    assert retried(centre.store, lambda t: t.rows(newest, {})) != [("0.0.9",)]


def test_what_is_held_of_a_kept_office_delays_no_other(
    on_postgres: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = on_postgres
    with monkeypatch.context() as older:
        older.setitem(VERSIONS, (Kind.PAYMENT_TAKEN, 1), "complaint.ComplaintStep")
        received(centre.store, let_in(centre.store, "2214", 1).pay(2))
        while integrating.integrate_office(centre.store, "2214"):
            continue
    assert len(held_at(centre.store)) == 2
    with kept(centre, "SELECT * FROM feeds WHERE office = '2214' FOR UPDATE"), gateway(centre.url) as running:
        other = enrolled(centre, running.address, office="2215")
        for made in (1, 2):
            other.pay(1)
            other.send(running.address)
            until(lambda made=made: centre.count(payments) == made, SOON_S)
        assert not retried(centre.store, is_tried)
    with gateway(centre.url):
        until(lambda: retried(centre.store, is_tried))
    assert (held_at(centre.store), centre.count(payments)) == ({}, 4)


def test_what_a_revoked_counter_sent_is_let_in_by_a_person_only(centre: Centre) -> None:
    with gateway(centre.url) as running:
        counter = enrolled(centre, running.address)
        retried(centre.store, lambda t: enrolling.revoke(t, counter.node.device))
        opened, first, second = counter.pay(2)
        counter.send(running.address)
        until(lambda: len(held_at(centre.store)) == 3)
    shown = centre_command("held", "--database", centre.url)["held"]
    assert isinstance(shown, list)
    assert [(one["reason"], one["kind"]) for one in shown] == [
        ("device_revoked", "segment_opened"),
        ("device_revoked", "payment_taken"),
        ("device_revoked", "payment_taken"),
    ]
    assert first.hash.hex()[:16] in told(centre, "held").stdout
    again = told(centre, "release")
    assert (again.returncode, len(held_at(centre.store))) == (1, 3)
    assert len(told_held(centre.store)) == 3, "nothing new, nothing told"
    assert told(centre, "release", "0000").returncode == 3
    assert told(centre, "release", first.hash.hex()[:16], opened.hash.hex()).returncode == 0
    assert held_at(centre.store) == {second.hash: Reason.DEVICE_REVOKED}
    assert centre.count(payments) == 1


def test_nothing_held_is_said_so(centre: Centre) -> None:
    assert "Nothing is held." in told(centre, "held").stdout
    released = centre_command("release", "--database", centre.url)
    assert (released["released"], released["held"]) == (0, 0)
