"""Messages carried by hand: read by one, signed by one, and not a bit of them otherwise."""

from dataclasses import replace
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from counter_app.wire.messages import Ask, Cursor, Kept, Snapshot
from counter_app.wire.parcels import BEGINS, Head, ParcelDamaged, messages, packed, unpacked
from counter_app.wire.sealing import SealBroken, agreeing, sealed
from tests.simulation.world import holds
from tests.wire.test_golden import FROZEN

SENDER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
RECEIVER, OTHER = bytes(range(2, 34)), bytes(range(3, 35))
DRAWN = bytes(range(7, 39))
SAID = [
    Ask(5, UUID(int=9), "2214", Cursor(1, 2, bytes(32)), 99, 0),
    Kept(5),
    Snapshot(5, "2214", b"names and mobiles"),
]


def public(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


HEAD = Head(SENDER.public_key().public_bytes_raw(), public(RECEIVER), "2214", 2, 5, 1_773_295_000_000)


def parcel(head: Head = HEAD) -> bytes:
    return packed(head, SAID, SENDER.sign, DRAWN)


def test_what_goes_in_comes_out_for_its_receiver() -> None:
    read = unpacked(parcel(), holds)
    assert read.head == HEAD
    assert list(messages(read, agreeing(RECEIVER))) == SAID
    assert b"names and mobiles" not in parcel()


def test_nobody_else_can_read_it() -> None:
    with pytest.raises(ParcelDamaged):
        list(messages(unpacked(parcel(), holds), agreeing(OTHER)))


def test_not_a_bit_of_it_can_be_changed_and_nothing_cut_or_added() -> None:
    whole = parcel()
    for place in range(len(whole)):
        with pytest.raises(ParcelDamaged):
            unpacked(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :], holds)
        with pytest.raises(ParcelDamaged):
            unpacked(whole[:place], holds)
    with pytest.raises(ParcelDamaged):
        unpacked(whole + b"\0", holds)


def test_pieces_cannot_be_left_out_or_changed_over_even_by_who_signs() -> None:
    read = unpacked(parcel(), holds)
    one, two, three = read.pieces
    for pieces in ((one, two), (two, one, three), (one, two, three, three), (one, three)):
        with pytest.raises(ParcelDamaged):
            list(messages(replace(read, pieces=pieces), agreeing(RECEIVER)))
    for change in ({"bound": BEGINS}, {"public": DRAWN}):
        with pytest.raises(ParcelDamaged):
            list(messages(replace(read, **change), agreeing(RECEIVER)))


def test_a_key_that_is_none_seals_nothing() -> None:
    for key in (b"\1" + bytes(31), bytes([0xFF] * 32), b"\xec" + bytes([0xFF] * 30) + b"\x7f"):
        with pytest.raises(SealBroken):
            sealed([b"x"], key, DRAWN, b"")
    with pytest.raises(SealBroken):
        agreeing(RECEIVER)(bytes(32))


def test_the_key_that_agrees_is_the_one_that_signs() -> None:
    """Both ways of leading the key over meet."""
    for seed in (RECEIVER, OTHER, bytes(32)):
        drawn = X25519PrivateKey.from_private_bytes(DRAWN)
        there, pieces = sealed([b"said"], public(seed), DRAWN, b"bound")
        assert there == drawn.public_key().public_bytes_raw()
        assert len(agreeing(seed)(there)) == 32
        assert pieces


def test_a_frozen_parcel_is_still_read_so() -> None:
    frozen = FROZEN["parcel"]
    read = unpacked(bytes.fromhex(frozen["bytes"]), holds)
    assert (read.head.office, read.head.number) == ("2214", 5)
    assert [type(one).__name__ for one in messages(read, agreeing(bytes.fromhex(frozen["seed"])))] == frozen[
        "says"
    ]
    assert packed(HEAD, SAID, SENDER.sign, DRAWN).hex() == frozen["bytes"]
