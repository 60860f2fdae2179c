"""The verifier's own Ed25519 gives the verdict of the library that signs, also where the two could part.

The equation is the one without the cofactor, compared as bytes; a second half of L or more and points
written in two ways are refused.
"""

import hashlib
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from counter_app import verify
from counter_app.verify import signed, verify_lines
from tests.verify.journals import FIRST, KEY, PUBLIC_KEY

P, L = 2**255 - 19, verify._L
MESSAGES = [bytes([number]) * 32 for number in range(24)]


def library(public: bytes, message: bytes, signature: bytes) -> bool:
    """The verdict of the library that the program signs with."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def small_order() -> list[bytes]:
    """The eight points that eight times added to themselves are nothing."""
    for y in range(2, 100):
        try:
            rest = verify._packed(verify._times(y.to_bytes(32, "little"), L))
        except ValueError:
            continue
        multiples = {verify._packed(verify._times(rest, factor)) for factor in range(8)}
        if len(multiples) == 8:
            return sorted(multiples)
    raise AssertionError


SMALL = small_order()


def number_of(first: bytes, public: bytes, message: bytes) -> int:
    return int.from_bytes(hashlib.sha512(first + public + message).digest(), "little") % L


def both_say(public: bytes, message: bytes, signature: bytes) -> bool:
    verdict = signed(public, message, signature)
    assert verdict == library(public, message, signature)
    return verdict


@given(st.binary(max_size=64), st.integers(0, 64 * 8 - 1))
def test_true_signatures_hold_and_a_turned_bit_breaks_them(message: bytes, bit: int) -> None:
    signature = bytearray(KEY.sign(message))
    assert both_say(PUBLIC_KEY, message, bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    assert not both_say(PUBLIC_KEY, message, bytes(signature))


@pytest.mark.parametrize("times", [1, 2, 7, 15])
def test_the_second_half_is_never_taken_in_another_form(times: int) -> None:
    for message in MESSAGES:
        signature = KEY.sign(message)
        other = int.from_bytes(signature[32:], "little") + times * L
        assert not both_say(PUBLIC_KEY, message, signature[:32] + other.to_bytes(32, "little"))


def test_the_edge_of_the_second_half() -> None:
    for second in (0, 1, L - 1, L, L + 1, 2**252, 2**255 - 1, 2**256 - 1):
        for first in (PUBLIC_KEY, *SMALL):
            both_say(PUBLIC_KEY, b"", first + second.to_bytes(32, "little"))


def test_keys_of_small_order_sign_what_the_library_says_and_no_file_may_name_one() -> None:
    verdicts = {
        both_say(public, message, first + bytes(32))
        for public in SMALL
        for first in SMALL
        for message in MESSAGES[:4]
    }
    assert verdicts == {True, False}
    for public in SMALL:
        line = json.dumps({**FIRST, "public_key": public.hex()}).encode()
        assert verify_lines([line]).faults


def secret() -> int:
    """The factor of the fixed key."""
    half = bytearray(hashlib.sha512(KEY.private_bytes_raw()).digest()[:32])
    half[0] &= 248
    half[31] = half[31] & 127 | 64
    return int.from_bytes(half, "little")


@pytest.mark.parametrize("small", SMALL, ids=bytes.hex)
def test_points_of_mixed_order(small: bytes) -> None:
    """A key or a first half moved by a point of small order: some hold without the cofactor, most do not."""
    point = verify._unpacked(small)
    moved_key = verify._packed(verify._add(verify._unpacked(PUBLIC_KEY), point))
    first = verify._packed(verify._times(verify._BASE, 4711))
    moved_first = verify._packed(verify._add(verify._unpacked(first), point))
    for message in MESSAGES:
        for public, half in ((moved_key, first), (PUBLIC_KEY, moved_first), (moved_key, moved_first)):
            second = (4711 + number_of(half, public, message) * secret()) % L
            both_say(public, message, half + second.to_bytes(32, "little"))


@pytest.mark.parametrize("y", [0, 1, 3, 4, 9, 18])
@pytest.mark.parametrize("sign", [0, 1])
def test_a_first_half_written_in_another_way_is_refused(y: int, sign: int) -> None:
    first = (P + y + (sign << 255)).to_bytes(32, "little")
    for public in (PUBLIC_KEY, *SMALL):
        assert not both_say(public, b"", first + bytes(32))


@pytest.mark.parametrize("y", [P, P + 1, P + 3, 1 + (1 << 255), P - 1 + (1 << 255), 2**256 - 1, 2])
def test_a_key_that_is_no_point_or_written_in_another_way_is_refused(y: int) -> None:
    public = y.to_bytes(32, "little")
    line = json.dumps(
        {**FIRST, "public_key": public.hex(), "device": hashlib.sha256(public).hexdigest()[:32]}
    )
    (fault,) = verify_lines([line.encode()]).faults
    assert "does not name a device" in fault
