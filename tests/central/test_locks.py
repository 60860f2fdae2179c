"""What somebody keeps in the database: an office, a row, a table, a snapshot. Nobody else waits for it."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from counter_app.central.tables import arrivals
from counter_app.wire.messages import Welcome
from tests.bench.sync_gateway import followed
from tests.central.databases import Centre, at_once, kept, new_centre, new_database, own_server, restart
from tests.central.gateways import Gateway, asked, enrolled, fetched, gateway, health, once, put_off, until

SOON_S = 5


@pytest.fixture
def centre(on_postgres: Centre) -> Centre:
    return on_postgres


@pytest.mark.parametrize("table", ["offices", "feeds"])
def test_an_office_that_is_kept_delays_no_other(centre: Centre, running: Gateway, table: str) -> None:
    kept_one, other = (enrolled(centre, running.address, office=office) for office in ("2214", "2215"))
    reader = enrolled(centre, running.address, office="2215", number=2)
    with kept(centre, f"SELECT * FROM {table} WHERE office = '2214' FOR UPDATE"):
        for _ in range(3):
            kept_one.pay(2)
            kept_one.send(running.address)
            made = other.pay(2)
            sent = time.monotonic()
            other.send(running.address)
            reader.read(running.address, lambda made=made: reader.heard() >= {one.hash for one in made})
            assert time.monotonic() - sent < SOON_S
        until(lambda: health(running)["waiting"] == ["2214"])
        assert fetched(running.address, "GET", "/healthz").status == 200
        assert centre.count(arrivals) == 3
    once(centre, kept_one, other)
    assert health(running)["waiting"] == []


def test_an_office_that_a_forgotten_prepared_transaction_keeps() -> None:
    with own_server() as server, new_database(server.get_uri()) as url, new_centre(url) as centre:
        server.psql("ALTER SYSTEM SET max_prepared_transactions = 1")
        restart(server)
        with gateway(url) as running:
            kept_one, other = (enrolled(centre, running.address, office=one) for one in ("2214", "2215"))
            with kept(centre, "SELECT * FROM offices WHERE office = '2214' FOR UPDATE") as connection:
                connection.execute("PREPARE TRANSACTION 'forgotten'")
            kept_one.pay()
            other.pay()
            for counter in (kept_one, other):
                counter.send(running.address)
            until(lambda: centre.count(arrivals) == 1, SOON_S)
            at_once(centre, "ROLLBACK PREPARED 'forgotten'")
            once(centre, kept_one, other)


def test_a_reader_who_never_ends_keeps_nobody(centre: Centre, running: Gateway) -> None:
    """As a dump does: one snapshot, hours old."""
    one, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
    one.pay()
    one.send(running.address)
    with kept(centre, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ") as reading:
        reading.execute("SELECT count(*) FROM items, entries, arrivals, offices")
        one.pay(2)
        one.send(running.address)
        other.read(running.address, lambda: other.heard() == set(one.node.disk.own()))
        once(centre, one)


def test_a_kept_row_of_one_counter_hangs_nobody_else(centre: Centre, running: Gateway) -> None:
    counters = [enrolled(centre, running.address, number=number) for number in (1, 2)]
    for counter in counters:
        assert isinstance(counter.say(running.address, counter.hello()), Welcome)
    one, other = counters
    which = one.node.device.hex
    with (
        kept(centre, f"SELECT * FROM contacts WHERE device = '\\x{which}' FOR UPDATE"),
        ThreadPoolExecutor(9) as threads,
    ):
        refused = [threads.submit(asked, running, one, one.ask()) for _ in range(9)]
        began = time.monotonic()
        other.pay()
        other.send(running.address)
        assert time.monotonic() - began < SOON_S
        assert all(put_off(each.result()) for each in refused)
    assert not put_off(asked(running, one, one.ask()))
    once(centre, other)


def test_a_table_that_is_rewritten_is_waited_for(centre: Centre, running: Gateway) -> None:
    """As VACUUM FULL does it: nobody reads or writes it meanwhile. More ask than there are threads."""
    counter, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
    push = counter.push(counter.pay(3))
    with (
        kept(centre, "LOCK TABLE entries IN ACCESS EXCLUSIVE MODE"),
        ThreadPoolExecutor(20) as threads,
    ):
        answers = list(threads.map(lambda _: asked(running, counter, push), range(20)))
        assert all(map(put_off, answers))
    counter.send(running.address)
    once(centre, counter)
    other.read(running.address, lambda: other.heard() == set(counter.node.disk.own()))


def test_integration_that_stands_still_is_seen(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address)
    with kept(centre, "LOCK TABLE arrivals IN ACCESS EXCLUSIVE MODE"):
        until(lambda: fetched(running.address, "GET", "/healthz").status == 503)
        assert health(running)["integration"] == "stands still"
    until(lambda: fetched(running.address, "GET", "/healthz").status == 200)
    counter.pay()
    counter.send(running.address)
    once(centre, counter)


def test_readers_miss_nothing_of_writers_who_dawdle_and_change_their_mind(centre: Centre) -> None:
    """``python -m tests.bench sync --only gateway`` does it for longer."""
    missed, seen = followed(centre, 10)
    assert missed == 0
    assert seen
