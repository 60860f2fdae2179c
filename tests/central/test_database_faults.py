"""What a PostgreSQL does to gateways in a long life: errors of every class, failovers."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy.engine import make_url

from counter_app.central.database import opened
from counter_app.central.tables import arrivals, entries, payments
from counter_app.wire.counter_side import GREET_AGAIN_MS
from counter_app.wire.messages import Page, Taken, Welcome
from tests.central.databases import (
    LOCKED,
    Centre,
    at_once,
    halt,
    host,
    kept,
    new_centre,
    new_database,
    own_server,
    rows,
    standby,
)
from tests.central.gateways import (
    Counter,
    Gateway,
    asked,
    enrolled,
    fetched,
    gateway,
    once,
    placed,
    put_off,
    until,
)
from tests.program import called


@pytest.fixture
def centre(on_postgres: Centre) -> Centre:
    return on_postgres


# -- errors ----------------------------------------------------------------------------------------

TWICE = """
    CREATE SEQUENCE times;
    GRANT ALL ON SEQUENCE times TO PUBLIC;
    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('times') < {times} THEN RAISE EXCEPTION 'as it happens' USING ERRCODE = '{state}'; END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER fails AFTER INSERT ON {table} FOR EACH STATEMENT EXECUTE FUNCTION fail();
"""
DEADLOCKS = "pg_stat_database WHERE datname = current_database() AND deadlocks > 0"
STATES = {
    "serialization": "40001", "deadlock": "40P01", "no room": "53100", "out of memory": "53200",
    "cancelled": "57014", "internal": "XX000", "damaged": "XX001", "table gone": "42P01",
    "no right": "42501", "read only": "25006", "unheard of": "ZZ999",
}  # fmt: skip


@pytest.mark.parametrize("table", ["entries", "items"])
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_an_error_of_any_class_is_lived_through(
    centre: Centre, running: Gateway, table: str, state: str
) -> None:
    """While it is received, and while it goes into the books and the feeds."""
    counter, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
    at_once(centre, TWICE.format(table=table, state=state, times=4))
    counter.pay(3)
    counter.send(running.address)
    once(centre, counter)
    other.read(running.address, lambda: other.heard() == set(counter.node.disk.own()))
    welcome = counter.say(running.address, counter.hello())
    assert isinstance(welcome, Welcome)
    assert welcome.held == 0


POISON = """
    CREATE FUNCTION poisoned() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.amount = 66600 THEN RAISE EXCEPTION 'never' USING ERRCODE = '22023'; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER poison BEFORE INSERT ON payments FOR EACH ROW EXECUTE FUNCTION poisoned();
"""


def test_an_entry_that_the_database_never_takes_is_held_alone(centre: Centre, running: Gateway) -> None:
    counter, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
    at_once(centre, POISON)
    good = [one for number in range(70) for one in counter.pay(consumer=f"N22{number:08d}")]
    counter.pay(amount=666_00)
    good += [one for number in range(70, 90) for one in counter.pay(consumer=f"N22{number:08d}")]
    counter.send(running.address)
    other.read(running.address, lambda: other.heard() == {one.hash for one in good})
    until(lambda: centre.count(arrivals) == 0)
    welcome = counter.say(running.address, counter.hello())
    assert isinstance(welcome, Welcome)
    assert (welcome.held, centre.count(payments)) == (1, 90)


def test_who_is_sacrificed_in_a_deadlock_does_it_again(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address)
    counter.pay()
    counter.send(running.address)
    with psycopg.connect(centre.url) as connection, ThreadPoolExecutor(2) as threads:
        # Whoever waits longer finds it: the gateway.
        connection.execute("SET deadlock_timeout = '30s'")
        connection.execute("SELECT * FROM segments FOR UPDATE")
        push = counter.push(counter.pay(2))
        answer = threads.submit(counter.say, running.address, push)
        until(lambda: rows(centre.url, LOCKED))
        connection.execute("SELECT * FROM devices FOR UPDATE")
        connection.rollback()
        assert isinstance(answer.result(), Taken)
    until(lambda: rows(centre.url, DEADLOCKS))
    once(centre, counter)


# -- who may enter ---------------------------------------------------------------------------------


@contextmanager
def role(centre: Centre, rights: str) -> Iterator[tuple[str, str]]:
    """Somebody of the database who may do everything with it: name and address."""
    name = f"{make_url(centre.url).database}_role"
    at_once(
        centre, f"CREATE ROLE {name} LOGIN {rights}", f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}"
    )
    try:
        yield name, make_url(centre.url).set(username=name).render_as_string(hide_password=False)
    finally:
        at_once(centre, f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def cut(centre: Centre, name: str) -> None:
    """End all that somebody says to the database."""
    at_once(centre, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{name}'")


def test_a_database_that_lets_only_a_few_in(centre: Centre) -> None:
    with role(centre, "CONNECTION LIMIT 3") as (_, url), gateway(url) as running:
        counters = [enrolled(centre, running.address, number=number) for number in range(1, 9)]

        def work(counter: Counter) -> None:
            for _ in range(5):
                counter.pay(2)
                counter.send(running.address)

        with ThreadPoolExecutor(len(counters)) as threads:
            list(threads.map(work, counters))
        once(centre, *counters)


def test_a_database_that_cuts_everybody_off_again_and_again(centre: Centre) -> None:
    with role(centre, "") as (name, url), gateway(url) as running, ThreadPoolExecutor(3) as threads:
        counters = [enrolled(centre, running.address, number=number) for number in (1, 2, 3)]

        def work(counter: Counter) -> None:
            for _ in range(10):
                counter.pay(2)
                counter.send(running.address)

        working = [threads.submit(work, counter) for counter in counters]
        while not all(one.done() for one in working):
            before = centre.count(entries)
            cut(centre, name)
            until(lambda before=before: centre.count(entries) > before or all(one.done() for one in working))
        for one in working:
            one.result()
        once(centre, *counters)


# -- failovers -------------------------------------------------------------------------------------


def test_a_gateway_whose_database_may_only_be_read_tells_nothing_old(centre: Centre) -> None:
    with (
        gateway(centre.url) as first,
        role(centre, "") as (name, url),
        gateway(url) as second,
    ):
        counter, other = (enrolled(centre, second.address, number=number) for number in (1, 2))
        counter.pay(2)
        counter.send(second.address)
        other.read(second.address, lambda: other.heard() == set(counter.node.disk.own()))
        at_once(centre, f"ALTER ROLE {name} SET default_transaction_read_only = on")
        cut(centre, name)
        until(lambda: fetched(second.address, "GET", "/healthz").status == 503)
        push = counter.push(counter.pay(2))
        assert put_off(asked(second, counter, counter.hello()))
        assert put_off(asked(second, counter, push))
        assert put_off(asked(second, other, other.ask(other.node.disk.cursor())))
        # The first one is as before, and its feed goes on from the cursor that the second gave.
        counter.send(first.address)
        assert isinstance(other.say(first.address, other.ask(other.node.disk.cursor())), Page)
        first.stop()
        at_once(centre, f"ALTER ROLE {name} RESET default_transaction_read_only")
        until(lambda: fetched(second.address, "GET", "/healthz").status == 200)
        counter.pay(2)
        counter.send(second.address)
        other.read(second.address, lambda: other.heard() == set(counter.node.disk.own()))
        once(centre, counter)


def test_a_database_that_is_not_writable_for_a_while() -> None:
    """The gateway's sessions go on, and find nothing to be writable; something waits for the books."""
    with (
        own_server() as server, new_database(server.get_uri()) as url, new_centre(url) as centre,
        gateway(url) as running,
    ):  # fmt: skip
        counter, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
        with kept(centre, "SELECT * FROM offices FOR UPDATE"):
            counter.pay(3)
            counter.send(running.address)
            server.psql("ALTER SYSTEM SET default_transaction_read_only = on")
            server.psql("SELECT pg_reload_conf()")
        push = counter.push(counter.pay())
        until(lambda: put_off(asked(running, counter, push)))
        assert fetched(running.address, "GET", "/healthz").status == 503
        server.psql("ALTER SYSTEM RESET default_transaction_read_only")
        server.psql("SELECT pg_reload_conf()")
        until(lambda: fetched(running.address, "GET", "/healthz").status == 200)
        counter.send(running.address)
        once(centre, counter)
        other.read(running.address, lambda: other.heard() == set(counter.node.disk.own()))


def test_a_standby_that_lacks_the_last_seconds_takes_over() -> None:
    """The gateway is told of both machines, and speaks to the one that can be written."""
    with own_server() as primary, standby(primary) as second, new_centre(primary.get_uri()) as centre:
        both = make_url(centre.url).update_query_dict({"host": f"{host(primary)},{host(second)}"})
        with gateway(both.render_as_string(hide_password=False)) as running:
            counter, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
            counter.pay(3)
            counter.send(running.address)
            other.read(running.address, lambda: other.heard() == set(counter.node.disk.own()))
            until(lambda: rows(second.get_uri(), "items") == 4)
            assert "does not answer" in refusal_to_serve(second.get_uri())
            second.psql("ALTER SYSTEM SET primary_conninfo = ''")
            second.psql("SELECT pg_reload_conf()")
            until(lambda: not rows(second.get_uri(), "pg_stat_wal_receiver"))
            for one in (counter, other):
                one.pay(2)
                one.send(running.address)
            other.read(running.address, lambda: other.heard() >= set(counter.node.disk.own()))
            centre.store.close()
            halt(primary)
            assert put_off(asked(running, counter, counter.hello()))
            second.psql("SELECT pg_promote()")
            until(lambda: fetched(running.address, "GET", "/healthz").status == 200)
            assert rows(second.get_uri(), "entries") == 4
            everything = {*counter.node.disk.own(), *other.node.disk.own()}
            for one in (counter, other):
                one.steady_ms += GREET_AGAIN_MS
                one.send(running.address)
            for one in (counter, other):
                one.read(running.address, lambda one=one: placed(one) == everything)
            promoted = Centre(second.get_uri(), opened(second.get_uri()))
            once(promoted, counter, other)
            promoted.store.close()


def refusal_to_serve(url: str) -> str:
    done = called("central", "serve", "--database", url, "--port", "0")
    assert done.returncode
    return done.stdout + done.stderr
