"""Pushes that wait at the same time are stored in one transaction, each is answered as if it were alone."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection

import psycopg
import pytest

from counter_app.domain.entry import Entry
from counter_app.wire.codec import decode_answer, encode
from counter_app.wire.messages import Refusal, Return, Taken, TurnedAway
from tests.central.databases import LOCKED, Centre, kept, rows
from tests.central.gateways import Counter, Gateway, Sent, enrolled, once, until

COUNTERS = 12
SOON_S = 1.5
"""Less than a row that is kept is waited for."""


@pytest.fixture
def centre(on_postgres: Centre) -> Centre:
    return on_postgres


@dataclass
class Lines:
    """Lines on which something is said and not answered yet."""

    running: Gateway
    stack: ExitStack

    def push(self, counter: Counter, made: Sequence[Entry], signing: Counter | None = None) -> Sent:
        """Say a push; ``signing``: somebody else signs the request."""
        body = encode(counter.push(made))
        headers = counter.signed("/v1/push", body)
        if signing is not None:
            headers["Signature"] = signing.signed("/v1/push", body)["Signature"]
        return self.post(body, headers)

    def post(self, body: bytes, headers: dict[str, str]) -> Sent:
        line = self.stack.enter_context(closing(HTTPConnection("127.0.0.1", self.running.port, timeout=60)))
        line.request("POST", "/v1/push", body, headers)
        return Sent(line)


@pytest.fixture
def lines(running: Gateway) -> Iterator[Lines]:
    with ExitStack() as stack:
        yield Lines(running, stack)


def transactions(centre: Centre) -> int:
    """How many there were that stored entries."""
    with psycopg.connect(centre.url) as connection:
        found = connection.execute("SELECT count(DISTINCT xmin::text) FROM entries").fetchone()
        assert found
        return int(found[0])


def test_who_comes_while_others_are_stored_is_stored_with_the_next(
    centre: Centre, running: Gateway, lines: Lines
) -> None:
    """Among them: somebody twice, somebody whose signature is not theirs, somebody who gives back."""
    counters = [enrolled(centre, running.address, f"{2214 + n % 3}", n // 3 + 1) for n in range(COUNTERS)]
    made = [counter.pay() for counter in counters]
    forged, returning = counters[1].pay(), Return(1, counters[2].node.device, ())
    with kept(centre, "LOCK TABLE segments IN EXCLUSIVE MODE"):
        sent = [lines.push(counters[0], made[0])]
        until(lambda: rows(centre.url, LOCKED) == 1)
        sent += [lines.push(*one) for one in zip(counters[1:], made[1:], strict=True)]
        twice = lines.push(counters[3], made[3])
        refused = lines.push(counters[1], forged, signing=counters[2])
        body = encode(returning)
        back = lines.post(body, counters[2].signed("/v1/push", body))
    assert [type(one.answer()) for one in (*sent, twice)] == [Taken] * (COUNTERS + 1)
    turned_away = refused.answer()
    assert isinstance(turned_away, TurnedAway)
    assert turned_away.refusal is Refusal.SIGNATURE
    assert back.answer().to == returning.ask
    assert transactions(centre) <= COUNTERS // 2
    counters[1].send(running.address)
    once(centre, *counters)


def test_a_counter_that_is_kept_delays_none_of_those_it_came_with(
    centre: Centre, running: Gateway, lines: Lines
) -> None:
    counters = [enrolled(centre, running.address, number=n + 1) for n in range(COUNTERS)]
    made = [counter.pay() for counter in counters]
    which = counters[1].node.device.hex
    with kept(centre, f"SELECT * FROM devices WHERE device = '\\x{which}' FOR UPDATE"):
        with kept(centre, "LOCK TABLE segments IN EXCLUSIVE MODE"):
            first = lines.push(counters[0], made[0])
            until(lambda: rows(centre.url, LOCKED) == 1)
            sent = [lines.push(*one) for one in zip(counters[1:], made[1:], strict=True)]
        began = time.monotonic()
        assert [type(one.answer()) for one in (first, *sent[1:])] == [Taken] * (COUNTERS - 1)
        assert time.monotonic() - began < SOON_S
        waits = decode_answer(sent[0].line.getresponse().read())
        assert isinstance(waits, TurnedAway)
        assert waits.refusal is Refusal.BUSY
    counters[1].send(running.address)
    once(centre, *counters)
