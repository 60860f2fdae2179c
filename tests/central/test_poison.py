"""Entries that no program should write: each is in the books or held, delays nothing, and is not lost."""

import json

import pytest
from sqlalchemy import Table, select

from counter_app.central.database import retried
from counter_app.central.tables import arrivals, entries, held, payments
from counter_app.domain.days import from_millis
from counter_app.domain.entry import LARGEST_PAYLOAD, Entry, Kind
from counter_app.wire.messages import Welcome
from counter_app.wire.payloads import encode as payload_bytes
from tests.central.databases import Centre
from tests.central.gateways import Counter, enrolled, gateway, until, wall_ms
from tests.simulation.story import POISON, payment

HELD: dict[str, dict[str, object]] = {
    "an amount below zero": {"amount": -500_00}, "nothing": {"amount": 0},
    "beyond 64 bits": {"amount": 1 << 70}, "beyond all money": {"due": 1 << 62},
    "no serial": {"serial": 0}, "a serial beyond all": {"serial": 1 << 62},
    "half a letter": {"clerk": "\ud800"}, "another office's": {"office": "9999"},
    "a key without end": {"bill_number": "9" * 5000},
}  # fmt: skip
TAKEN: dict[str, dict[str, object]] = {
    "an unknown consumer": {"consumer": "N9999999999"}, "nobody": {"consumer": ""},
    "marks of direction": {"consumer": "N22\u200f45\u202e0", "clerk": "\u202eR07"},
    "a zero byte": {"clerk": "R\0007"}, "many letters": {"order": "अ" * (LARGEST_PAYLOAD // 4)},
}  # fmt: skip
TO_COME = [one for one in POISON if b"to come" in one[2]]
BROKEN = [one for one in POISON if one not in TO_COME]


def paid(counter: Counter, changes: dict[str, object]) -> Entry:
    """A payment with something else in it."""
    taken = payment(counter.node, counter.node.next_serial(), "N2204500001", 500_00, from_millis(wall_ms()))
    said = json.loads(payload_bytes(taken)) | changes
    return counter.record(
        Kind.PAYMENT_TAKEN, json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")
    )[-1]


def hashes(centre: Centre, table: Table) -> set[bytes]:
    asked = select(table.c.hash)
    return {one for (one,) in retried(centre.store, lambda transaction: transaction.rows(asked, {}))}


@pytest.mark.parametrize("at_once", [True, False], ids=["in one run", "one by one"])
def test_what_no_program_should_write(centre: Centre, at_once: bool) -> None:
    with gateway(centre.url) as running:
        one, other = (enrolled(centre, running.address, number=number) for number in (1, 2))
        bad: list[Entry] = []
        good = one.pay()
        for changes in (*HELD.values(), *TAKEN.values()):
            (bad if changes in HELD.values() else good).append(paid(one, changes))
            good += one.pay(consumer=f"N22{len(good):08d}")
            if not at_once:
                one.send(running.address)
        bad += [one.record(kind, payload)[-1] for kind, _, payload in BROKEN]
        good += [one.node.write(kind, version, payload, 0, 0)[-1] for kind, version, payload in TO_COME]
        one.send(running.address)
        other.read(running.address, lambda: other.heard() == {entry.hash for entry in good})
        until(lambda: centre.count(arrivals) == 0)
        welcome = one.say(running.address, one.hello())
    assert isinstance(welcome, Welcome)
    assert (welcome.held, welcome.same) == (len(bad), True)
    assert hashes(centre, held) == {entry.hash for entry in bad}
    assert hashes(centre, entries) == {entry.hash for entry in (*good, *bad)}
    assert centre.count(payments) == len(HELD) + 2 * len(TAKEN) + 1
