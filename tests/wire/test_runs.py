"""A run of entries comes out of the wire byte for byte, whatever is in it, and small."""

import json
import os
import random
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.entry import NOWHERE, Entry, Kind, Place, commitment, drawn_salt
from counter_app.store import journal
from counter_app.wire.pieces import joined, slots, split
from counter_app.wire.runs import RunDamaged, packed, unpacked
from tests import offices
from tests.verify.journals import journal as golden_journal
from tests.wire.runs import DEVICE, SEED, bare, erased, run

json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str)
    | st.datetimes().map(lambda at: at.isoformat() + "Z") | st.uuids().map(str),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
payloads = st.binary(max_size=300) | json_like.map(
    lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
)


def there_and_back(entries: list[Entry], seed: bytes = b"") -> int:
    """Check that a run survives; gives its size on the wire."""
    data = packed(entries, seed)
    assert unpacked(data, DEVICE.bytes) == (*map(bare, entries[:-1]), entries[-1])
    return len(data)


@settings(deadline=None, max_examples=150)
@given(st.lists(payloads, min_size=1, max_size=8), st.booleans())
def test_any_payload_survives(texts: list[bytes], drawn: bool) -> None:
    there_and_back(run(texts, seed=SEED if drawn else b""), SEED)


@given(payloads)
def test_a_payload_taken_apart_can_be_put_together(payload: bytes) -> None:
    parts = split(payload)
    assert joined(slots(parts.pattern), parts.numbers, iter(parts.identities), iter(parts.texts)) == payload


def test_the_frozen_journal_survives_segment_by_segment() -> None:
    entries = golden_journal()
    there_and_back(entries[:7])
    there_and_back(entries[7:])
    there_and_back(entries[3:6])


def test_an_erased_entry_travels_by_its_commitment() -> None:
    entries = run([b'{"a":1}', b'{"a":2}', b'{"a":3}'])
    there_and_back([entries[0], erased(entries[1]), entries[2]])
    there_and_back([erased(entry) for entry in entries])


def test_a_payload_of_the_largest_size_and_one_of_nothing_survive() -> None:
    there_and_back(run([b"\1" * 65536, b"1," * 32768, os.urandom(65536), b"{}"]))


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_damaged_bytes_are_refused_or_are_another_run(data: st.DataObject) -> None:
    whole = packed(run([b'{"amount":500,"day":"2026-03-12"}', b'{"amount":700,"day":"2026-03-13"}']))
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = data.draw(
        st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :], whole + b"\0"])
    )
    try:
        entries = unpacked(spoilt, DEVICE.bytes)
    except RunDamaged:
        return
    assert all(entry.header.device == DEVICE for entry in entries)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_run_or_refused(data: bytes) -> None:
    with pytest.raises(RunDamaged):
        unpacked(data, DEVICE.bytes)


# -- sizes -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """Everything the demo office recorded."""
    desk = offices.open_desk(offices.copied(tmp_path_factory.mktemp("wire")))
    with desk.book.reading() as connection:
        entries = list(journal.entries(connection))
    desk.book.close()
    return entries


def paid(payload: dict[str, Any], dice: random.Random) -> int:
    """Make a payment of another consumer and another amount of it; gives the amount."""
    amount = dice.randint(100, 3000) * 100
    duty = dice.randint(1, amount // 1000) * 100
    handed = -(-amount // 500_00) * 500_00
    tender = payload["tenders"][0] | {"amount": amount}
    if tender["kind"] == "cash":
        tender |= {"given": handed, "returned": handed - amount}
    else:
        tender |= {"reference": str(dice.randrange(10**11, 10**12))}
    payload |= {
        "amount": amount, "due": amount, "tenders": [tender],
        "consumer": f"N22045{dice.randrange(20000):05d}",
        "bill_number": f"260200{dice.randrange(20000):05d}",
        "shares": [{"head": "current_duty", "amount": duty}, {"head": "current", "amount": amount - duty}],
    }  # fmt: skip
    return amount


def of_a_day(entries: list[Entry], kind: Kind, seed: bytes) -> list[Entry]:
    """Fifty entries of a kind as one clerk records them in a day: acts and salts random, clocks going on."""
    dice = random.Random(7)
    made: list[Entry] = []
    total = wall = 0
    chosen = [entry for entry in entries if entry.header.kind == kind]
    for number in range(50):
        first = dice.choice(chosen)
        payload = json.loads(first.payload) | {"serial": 4100 + number}
        total += paid(payload, dice) if kind is Kind.PAYMENT_TAKEN else 0
        data = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        wall += dice.randint(40_000, 400_000)
        place = Place(77, number + 1)
        salt = drawn_salt(seed, place) if seed else dice.randbytes(32)
        header = replace(
            first.header, place=place, parent=NOWHERE, previous=made[-1].hash if made else bytes(32),
            device=DEVICE, wall_ms=1_773_295_000_000 + wall, steady_ms=9_000_000 + wall,
            act=UUID(int=dice.getrandbits(128), version=4), running_total=total, payload_size=len(data),
            commitment=commitment(salt, data), drawer=chosen[0].header.drawer, boot=chosen[0].header.boot,
        )  # fmt: skip
        made.append(Entry(header.packed(), data, salt, bytes(64)))
    return made


@pytest.mark.parametrize(
    ("kind", "seed", "most"),
    [
        # A salt is 32 random bytes: unless it can be drawn anew from the seed, it cannot be made smaller.
        (Kind.PAYMENT_TAKEN, SEED, 45),
        (Kind.PAYMENT_TAKEN, b"", 76),
        (Kind.COMPLAINT_REGISTERED, SEED, 60),
        (Kind.COMPLAINT_REGISTERED, b"", 92),
    ],
)
def test_entries_are_small_in_batches_of_fifty(demo: list[Entry], kind: Kind, seed: bytes, most: int) -> None:
    size = there_and_back(of_a_day(demo, kind, seed), seed) / 50
    assert size <= most


def test_what_really_was_recorded_survives(demo: list[Entry]) -> None:
    device = demo[0].header.device.bytes
    runs: dict[int, list[Entry]] = {}
    for entry in demo:
        runs.setdefault(entry.header.place.segment, []).append(entry)
    for entries in runs.values():
        assert unpacked(packed(entries), device)[-1] == entries[-1]
