"""Lines that are slow, silent or too many, and who asks too much: a gateway lets go of no other."""

import resource
import secrets
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from random import Random
from uuid import uuid4

import pytest

from counter_app.central.gateway import AT_ONCE, REQUESTS_PER_S, Rates
from counter_app.wire.codec import encode
from counter_app.wire.messages import Welcome
from tests.central.databases import Centre
from tests.central.gateways import Counter, Gateway, enrolled, fetched, gateway, once, raw, until, well
from tests.simulation.node import Node

LET_GO_S = 45
FILES, OWN_FILES = 120, 64


def heard(port: int, pieces: Sequence[bytes]) -> bytes:
    """What is answered to one who says a piece a second, until the other side lets go."""
    said = b""
    with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
        for piece in pieces:
            try:
                line.sendall(piece)
                answer = line.recv(1 << 16)
            except TimeoutError:
                continue
            except ConnectionError:
                return said
            if not answer:
                return said
            said += answer
    raise AssertionError("nobody lets go")


def drops(data: bytes, times: int) -> list[bytes]:
    """Data in so many pieces."""
    size = -(-len(data) // times)
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_who_dawdles_is_let_go_and_who_is_only_slow_is_heard(centre: Centre, running: Gateway) -> None:
    counters = [enrolled(centre, running.address, number=number) for number in (1, 2)]
    one, slow = counters
    whole = raw(one, "/v1/push", encode(one.push(one.pay(20))))
    head = whole.index(b"\r\n\r\n") + 4
    much = [entry for number in range(1900) for entry in slow.pay(consumer=f"N22{number * 7919:08d}")]
    long = raw(slow, "/v1/push", encode(slow.push(much)))
    long = long.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)
    assert len(long) > 30 * 1024
    patient = [b""] * LET_GO_S
    dawdling = {
        "says nothing": patient,
        "a head by drops": [bytes([byte]) for byte in whole[:LET_GO_S]],
        "half a head": [whole[: head // 2], *patient],
        "a body by drops": [whole[:head], *(bytes([byte]) for byte in whole[head:][:LET_GO_S])],
        "half a body": [whole[: head + 200], *patient],
    }
    with ThreadPoolExecutor(8) as threads:
        answers = {name: threads.submit(heard, running.port, said) for name, said in dawdling.items()}
        slowly = threads.submit(heard, running.port, [*drops(long, 33), *patient])
        one.send(running.address)
        for name, answer in answers.items():
            assert answer.result().startswith(b"HTTP/1.1 408 " if "body" in name else b""), name
            assert answer.result().count(b"HTTP/1.1") == ("body" in name)
        assert b"too slowly" in answers["half a body"].result()
        assert slowly.result().startswith(b"HTTP/1.1 200 ")
    once(centre, *counters)


def test_more_lines_than_there_is_room_for(centre: Centre) -> None:
    few = partial(resource.setrlimit, resource.RLIMIT_NOFILE, (FILES, FILES))
    with gateway(centre.url, before=few) as running:
        counter = enrolled(centre, running.address)
        counter.pay()
        with ExitStack() as lines:
            for _ in range(FILES - OWN_FILES):
                lines.enter_context(socket.create_connection(("127.0.0.1", running.port)))
            refused = fetched(running.address, "GET", "/healthz")
            assert refused.status == 503
            assert refused.headers["Connection"] == "close"
        until(lambda: well(running.address))
        counter.send(running.address)
        once(centre, counter)


def test_a_stranger_does_not_ask_in_the_name_of_a_counter(centre: Centre, running: Gateway) -> None:
    """Neither with a key of his own, nor with what he heard the counter say some time ago."""
    counter = enrolled(centre, running.address)
    thief = Counter(Node("thief", "2214", 1, Random(secrets.randbits(32))))
    thief.node.device = counter.node.device
    hello = encode(counter.hello())
    for headers in (thief.signed("/v1/hello", hello), counter.signed("/v1/hello", hello, created_s=1)):
        for _ in range(int(AT_ONCE)):
            assert counter.post(running.address, "/v1/hello", hello, headers).status == 401
    for _ in range(int(AT_ONCE) // 2):
        assert isinstance(counter.say(running.address, counter.hello()), Welcome)


def test_who_asked_long_ago_is_forgotten_and_may_ask_as_much_as_before() -> None:
    rates, devices = Rates(), [uuid4() for _ in range(1000)]
    for turn, device in enumerate(devices):
        assert rates.wait_ms(device, turn / 100) == 0
    assert len(rates.buckets) <= 100 * AT_ONCE / REQUESTS_PER_S + 1
    now = len(devices) / 100
    for device in (devices[0], devices[-1]):
        waits = [rates.wait_ms(device, now) for _ in range(int(AT_ONCE) + 1)]
        assert waits[:-2] == [0] * (len(waits) - 2)
        assert waits[-1] > 0
    assert rates.wait_ms(devices[0], now + 1) == 0
