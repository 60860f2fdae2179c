"""Copies of an installation, replaced ones, and devices that are trusted no more."""

import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random

import psycopg
import pytest
from sqlalchemy import select

from counter_app.central.database import retried
from counter_app.central.enrolling import GOOD_FOR_MS, new_code
from counter_app.central.tables import arrivals, devices, entries, forks, held, payments, returned
from counter_app.domain.central_refusals import CounterTaken
from counter_app.domain.entry import Entry
from counter_app.wire.counter_side import GREET_AGAIN_MS
from counter_app.wire.messages import (
    Item,
    ItemKind,
    Kept,
    Push,
    Refusal,
    Return,
    Taken,
    TurnedAway,
    Welcome,
)
from tests.central.databases import LOCKED, Centre, rows
from tests.central.gateways import (
    Counter,
    Gateway,
    centre_command,
    enrolled,
    gateway,
    until,
    wall_ms,
)
from tests.program import called
from tests.simulation.node import Node


def clone(counter: Counter) -> Counter:
    """Another PC with a copy of this one's disk."""
    node = counter.node
    return Counter(node.twin("copy", node.disk.copy(), Random(secrets.randbits(32))))


def restarted(counter: Counter) -> None:
    counter.node.memory = counter.node.fresh(0)


def revoke(centre: Centre, counter: Counter) -> None:
    centre_command("revoke", "--database", centre.url, "--device", str(counter.node.device))


def hashes(centre: Centre, table: object) -> set[bytes]:
    asked = select(table.c.hash)
    return {one for (one,) in retried(centre.store, lambda transaction: transaction.rows(asked, {}))}


# -- copies ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("first_goes_on", [False, True], ids=["both restarted", "one goes on"])
def test_two_copies_that_come_at_the_same_moment_raise_one_alarm(
    on_postgres: Centre, first_goes_on: bool
) -> None:
    """Neither has committed when the other is read: they meet before anything of them is stored."""
    centre = on_postgres
    with gateway(centre.url) as one, gateway(centre.url) as other, ThreadPoolExecutor(2) as threads:
        counter = enrolled(centre, one.address)
        counter.pay(2)
        counter.send(one.address)
        until(lambda: centre.count(arrivals) == 0)
        for turn in range(1, 4):
            copy = clone(counter)
            if not first_goes_on:
                restarted(counter)
            pushes = [each.push(each.pay()) for each in (counter, copy)]
            with psycopg.connect(centre.url) as keeping:
                keeping.execute("LOCK TABLE entries IN SHARE MODE")
                sent = [
                    threads.submit(taken, counter, one.address, pushes[0]),
                    threads.submit(taken, copy, other.address, pushes[1]),
                ]
                until(lambda: rows(centre.url, LOCKED) == 2)
            assert not any(answer.result().forked for answer in sent)
            assert centre.count(forks) == turn
            until(lambda: centre.count(arrivals) == 0)
        status = centre_command("status", "--database", centre.url)
        assert status["counters"][0]["forks"] == 3


def taken(counter: Counter, address: str, push: Push) -> Taken:
    """Say it until it is taken."""
    while not isinstance(answer := counter.say(address, push), Taken):
        assert isinstance(answer, TurnedAway)
        assert answer.refusal is Refusal.BUSY
    return answer


# -- revoked ---------------------------------------------------------------------------------------


def test_what_was_acknowledged_before_a_revoke_goes_into_the_books(on_postgres: Centre) -> None:
    centre = on_postgres
    with gateway(centre.url) as running:
        counter, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
        with psycopg.connect(centre.url) as keeping:
            # Nothing is integrated now: all of it waits when the device is revoked.
            keeping.execute("SELECT * FROM offices FOR UPDATE")
            before = counter.pay(5)
            counter.send(running.address)
            revoke(centre, counter)
            after = counter.pay(3)
            counter.steady_ms += GREET_AGAIN_MS
            counter.send(running.address)
            assert centre.count(payments) == 0
        until(lambda: centre.count(arrivals) == 0)
        other.read(running.address, lambda: held_in(other) == {one.hash for one in after})
        assert other.heard() == {one.hash for one in before}
        assert hashes(centre, entries) == set(counter.node.disk.own())
        assert (hashes(centre, held), centre.count(payments)) == ({one.hash for one in after}, 5)


def held_in(counter: Counter) -> set[bytes]:
    """The entries of which a counter read that they are held."""
    said = [one for one in counter.node.disk.items.values() if isinstance(one, Item)]
    return {bytes.fromhex(json.loads(one.body)["hash"]) for one in said if one.kind == ItemKind.HELD}


def test_three_hundred_entries_of_a_revoked_device_are_kept_for_a_person(
    centre: Centre, running: Gateway
) -> None:
    """It was revoked while it was offline, and works on; nothing of it reaches books or other counters."""
    counter, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
    revoke(centre, counter)
    made = [one for number in range(300) for one in counter.pay(consumer=f"N22{number:08d}")]
    counter.send(running.address)
    for _ in range(2):
        answer = counter.say(running.address, counter.push(made[:20]))
        assert isinstance(answer, Taken)
    welcome = counter.say(running.address, counter.hello())
    assert isinstance(welcome, Welcome)
    assert (welcome.revoked, welcome.held, welcome.same) == (True, len(made), True)
    other.read(running.address, lambda: held_in(other) == {one.hash for one in made})
    assert (other.heard(), centre.count(payments), centre.count(arrivals)) == (set(), 0, 0)
    asked = select(entries.c.header, entries.c.payload, entries.c.salt, entries.c.signature)
    kept = {Entry(*row).hash: row[1] for row in retried(centre.store, lambda t: t.rows(asked, {}))}
    assert kept == {one.hash: one.payload for one in made}


def test_what_a_revoked_device_gives_back_is_told_to_nobody(centre: Centre, running: Gateway) -> None:
    counter, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
    lost = Counter(Node("lost", "2214", 3, Random(3)))
    forged, true = lost.pay(2), lost.pay(2)

    def give_back(carrier: Counter, given: list[Entry]) -> None:
        unsigned = tuple(replace(one, signature=b"") for one in given)
        answer = carrier.say(running.address, Return(secrets.randbits(64), carrier.node.device, unsigned))
        assert isinstance(answer, Kept)

    revoke(centre, counter)
    give_back(counter, forged)
    give_back(other, true)
    other.read(running.address, lambda: held_in(other))
    assert held_in(other) == {one.hash for one in true}
    assert hashes(centre, returned) == {one.hash for one in (*forged, *true)}
    assert (centre.count(entries), centre.count(payments)) == (0, 0)


# -- replaced --------------------------------------------------------------------------------------


def code_for(centre: Centre, number: int = 2, good_for_ms: int = GOOD_FOR_MS) -> str:
    return retried(centre.store, lambda one: new_code(one, "2214", number, wall_ms(), good_for_ms))


def test_a_newer_code_ends_the_older_one_that_nobody_used(centre: Centre, running: Gateway) -> None:
    first, second = (Counter(Node("pc", "2214", 2, Random(seed))) for seed in (1, 2))
    neighbour = Counter(Node("pc", "2214", 3, Random(3)))
    on_a_stick, elsewhere = code_for(centre, good_for_ms=60 * 86_400_000), code_for(centre, 3)
    spoken = code_for(centre)
    refused = first.enrol(running.address, on_a_stick)
    assert (refused.status, refused.json()) == (403, {"refused": "CodeNotGood"})
    assert second.enrol(running.address, spoken).status == 200
    assert neighbour.enrol(running.address, elsewhere).status == 200, "another counter's code is none older"
    # What was used is no code that waits: who did not hear the answer says the same again.
    revoke(centre, neighbour)
    code_for(centre, 3)
    assert second.enrol(running.address, spoken).status == 200
    assert neighbour.enrol(running.address, elsewhere).status == 403, "it was revoked"


def test_a_counter_is_one_installation_at_a_time(centre: Centre, running: Gateway) -> None:
    first, second = (Counter(Node("pc", "2214", 2, Random(seed))) for seed in (1, 2))
    assert first.enrol(running.address, code_for(centre)).status == 200
    words = ("enrol", "--database", centre.url, "--office", "2214", "--counter", "2")
    refused = called("central", *words)
    assert refused.returncode
    assert f"as {first.node.device}. Revoke that one first." in refused.stderr
    first.pay(2)
    first.send(running.address)
    revoke(centre, first)
    assert second.enrol(running.address, code_for(centre)).status == 200
    second.pay()
    second.send(running.address)
    # The old PC is found and switched on: what it has is kept, apart.
    late = first.pay()
    first.steady_ms += GREET_AGAIN_MS
    first.send(running.address)
    until(lambda: hashes(centre, held) == {one.hash for one in late})
    until(lambda: centre.count(arrivals) == 0)
    assert centre.count(payments) == 3


def test_who_is_another_counter_than_the_code_is_for_is_told_before_it_is_let_in(
    centre: Centre, running: Gateway
) -> None:
    code = code_for(centre)
    strangers = {"office": "2215", "counter": 2}, {"office": "2214", "counter": 3}, {"counter": 1}
    for number, said in enumerate(strangers):
        answer = Counter(Node("pc", "2215", 2, Random(number))).enrol(running.address, code, **said)
        told = {"refused": "EnrolledOtherwise", "office": "2214", "counter": 2}
        assert (answer.status, json.loads(answer.data)) == (409, told)
    assert centre.count(devices) == 0
    mine = Counter(Node("pc", "2214", 2, Random(7)))
    for _ in range(2):
        assert mine.enrol(running.address, code, office="2214", counter=2).status == 200
    assert mine.enrol(running.address, code, office="2214", counter=3).status == 409
    assert centre.count(devices) == 1


def test_a_code_that_is_used_while_a_newer_one_is_made(centre: Centre, running: Gateway) -> None:
    """One of the two comes about: the older code let somebody in, or the newer one will."""

    def newer(number: int) -> str:
        try:
            return code_for(centre, number)
        except CounterTaken:
            return ""

    for number in range(1, 8):
        first, second = (Counter(Node("pc", "2214", number, Random(secrets.randbits(32)))) for _ in range(2))
        older = code_for(centre, number)
        with ThreadPoolExecutor(3) as threads:
            made = [threads.submit(newer, number) for _ in range(2)]
            status = threads.submit(first.enrol, running.address, older).result().status
        codes = [code for code in (one.result() for one in made) if code]
        assert status == (403 if codes else 200)
        let_in = [second.enrol(running.address, code).status for code in codes]
        assert sorted(let_in) == ([200, 403] if len(codes) == 2 else [200] * len(codes))
