"""What breaks under a central store: lines, gateways, the database; the store put back to an older day."""

import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from counter_app.central.tables import entries
from counter_app.wire.codec import encode
from counter_app.wire.counter_side import GREET_AGAIN_MS
from counter_app.wire.messages import Taken, Welcome
from tests.central.databases import Centre, halt, new_centre, new_database, own_server
from tests.central.gateways import Counter, Gateway, enrolled, fetched, gateway, once, placed, raw, until


def test_answers_that_are_lost_fifty_times(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address)
    push = counter.push(counter.pay(5))
    for _ in range(50):
        with socket.create_connection(("127.0.0.1", running.port)) as line:
            line.sendall(raw(counter, "/v1/push", encode(push)))
    until(lambda: centre.count(entries))
    assert isinstance(counter.say(running.address, push), Taken)
    once(centre, counter)


def test_a_body_that_is_cut_at_every_kilobyte(centre: Centre, running: Gateway) -> None:
    counter = enrolled(centre, running.address)
    push = counter.push(counter.pay(400))
    whole = raw(counter, "/v1/push", encode(push))
    for cut in range(1, len(whole), 1024):
        with socket.create_connection(("127.0.0.1", running.port)) as line:
            line.sendall(whole[:cut])
            line.shutdown(socket.SHUT_WR)
            assert b" 200 " not in line.recv(1 << 16)
    assert centre.count(entries) == 0
    counter.send(running.address)
    once(centre, counter)


def test_bodies_that_are_other_than_they_say(centre: Centre, running: Gateway) -> None:
    """Bits that flipped, and lengths that are wrong."""
    counter = enrolled(centre, running.address)
    push = encode(counter.push(counter.pay(50)))
    for at in range(0, len(push), 7):
        flipped = push[:at] + bytes([push[at] ^ 1]) + push[at + 1 :]
        assert (
            counter.post(running.address, "/v1/push", flipped, counter.signed("/v1/push", push)).status == 401
        )
        if at % 5 == 0:
            signed = counter.signed("/v1/push", flipped)
            assert counter.post(running.address, "/v1/push", flipped, signed).status in {400, 401, 409, 429}
    length = f"Content-Length: {len(push)}".encode()
    for wrong in (len(push) - 1, len(push) + 1, 10 * len(push)):
        lied = raw(counter, "/v1/push", push).replace(length, f"Content-Length: {wrong}".encode())
        with socket.create_connection(("127.0.0.1", running.port)) as line:
            line.sendall(lied)
            line.shutdown(socket.SHUT_WR)
            assert b" 200 " not in line.recv(1 << 16)
    assert centre.count(entries) == 0
    counter.send(running.address)
    once(centre, counter)


def test_a_gateway_that_dies_after_sixty_of_a_hundred(centre: Centre) -> None:
    with gateway(centre.url) as running:
        counter = enrolled(centre, running.address)
        made = counter.pay(100)
        assert isinstance(counter.say(running.address, counter.push(made[:60])), Taken)
        running.kill()
    with gateway(centre.url) as running:
        welcome = counter.say(running.address, counter.hello())
        assert isinstance(welcome, Welcome)
        assert [one.upto for one in welcome.has] == [60]
        counter.send(running.address)
        once(centre, counter)


def test_the_same_batch_on_many_connections_at_once(centre: Centre, running: Gateway) -> None:
    with gateway(centre.url) as second, ThreadPoolExecutor(8) as threads:
        counter = enrolled(centre, running.address)
        for _ in range(3):
            push = counter.push(counter.pay(20))
            addresses = [running.address, second.address] * 4
            answers = list(threads.map(lambda address, push=push: counter.say(address, push), addresses))
            assert all(isinstance(answer, Taken) and not answer.forked for answer in answers)
        once(centre, counter)


def test_a_gateway_that_is_killed_before_its_answer_is_read(centre: Centre) -> None:
    with gateway(centre.url) as running:
        counter, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
        for times in (1, 2, 3):
            made = counter.push(counter.pay(times))
            with closing(socket.create_connection(("127.0.0.1", running.port))) as line:
                line.sendall(raw(counter, "/v1/push", encode(made)))
                until(lambda: centre.count(entries) == len(counter.node.disk.own()))
                running.kill()
            running = Gateway(centre.url)
            try:
                counter.send(running.address)
                other.read(running.address, lambda: other.heard() == set(counter.node.disk.own()))
            finally:
                running.stop() if times == 3 else None
    once(centre, counter)


def test_gateways_that_are_killed_at_any_moment(centre: Centre) -> None:
    """While counters send, their gateway dies again and again; each time another takes its place there."""
    first = Gateway(centre.url)
    place = first.port
    counters = [enrolled(centre, first.address, number=number) for number in (1, 2, 3)]
    running, sent = [first], threading.Event()

    def kills() -> None:
        for many in (3, 10, 20, 30):
            until(lambda many=many: centre.count(entries) >= many)
            running[-1].kill()
            running.append(Gateway(centre.url, port=place))
        assert sent.wait(60)

    def work(counter: Counter) -> None:
        for _ in range(12):
            counter.pay(2)
            counter.send(first.address)

    with ThreadPoolExecutor(4) as threads:
        killing = threads.submit(kills)
        working = [threads.submit(work, counter) for counter in counters]
        try:
            for one in working:
                one.result()
        finally:
            sent.set()
            killing.result()
            running[-1].stop()
    with gateway(centre.url):
        once(centre, *counters)


def test_a_database_that_is_killed_under_load() -> None:
    with (
        own_server() as server,
        new_database(server.get_uri()) as url,
        new_centre(url) as centre,
        gateway(url) as running,
        ThreadPoolExecutor(3) as threads,
    ):
        counters = [enrolled(centre, running.address, number=number) for number in (1, 2, 3)]

        def work(counter: Counter) -> None:
            for _ in range(30):
                counter.pay(3)
                counter.send(running.address)

        working = [threads.submit(work, counter) for counter in counters]
        until(lambda: centre.count(entries) > 40)
        halt(server)
        until(lambda: fetched(running.address, "GET", "/healthz").status == 503)
        server.ensure_postgres_running()
        until(lambda: fetched(running.address, "GET", "/healthz").status == 200)
        for one in working:
            one.result()
        once(centre, *counters)


# -- the store put back ----------------------------------------------------------------------------


@contextmanager
def backup(url: str) -> Iterator[Callable[[], None]]:
    """A copy of the store as it is now; what is given puts it in the place of the present one."""
    parts = make_url(url)
    if parts.drivername == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "centre.db"
            shutil.copyfile(str(parts.database), copy)
            yield lambda: put_back(copy, Path(str(parts.database)))
        return
    name, copy_name = str(parts.database), f"{parts.database}_backup"
    server = parts.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:

        def restore() -> None:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {copy_name}".encode())

        connection.execute(f"CREATE DATABASE {copy_name} TEMPLATE {name}".encode())
        try:
            yield restore
        finally:
            connection.execute(f"DROP DATABASE {copy_name} WITH (FORCE)".encode())


def put_back(copy: Path, file: Path) -> None:
    for rest in ("-wal", "-shm"):
        Path(f"{file}{rest}").unlink(missing_ok=True)
    shutil.copyfile(copy, file)


def test_a_store_that_is_put_back_to_an_older_day(centre: Centre) -> None:
    with gateway(centre.url) as running:
        one, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
        one.pay(5)
        one.send(running.address)
        other.read(running.address, lambda: other.heard() == set(one.node.disk.own()))
    centre.store.close()
    with backup(centre.url) as restore:
        with gateway(centre.url) as running:
            one.pay(7)
            other.pay(3)
            one.send(running.address)
            other.send(running.address)
            everything = {*one.node.disk.own(), *other.node.disk.own()}
            other.read(running.address, lambda: other.heard() >= set(one.node.disk.own()))
        centre.store.close()
        restore()
        with gateway(centre.url) as running:
            assert centre.count(entries) == 6
            other.pay(1)
            everything |= set(other.node.disk.own())
            for counter in (other, one):
                counter.steady_ms += GREET_AGAIN_MS
                counter.send(running.address)
            for counter in (one, other):
                counter.read(running.address, lambda counter=counter: placed(counter) == everything)
            once(centre, one, other)
        centre.store.close()
