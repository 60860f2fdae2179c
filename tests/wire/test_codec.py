"""Every message survives; any bytes from outside become a message or one refusal."""

import zlib
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.wire import messages as m
from counter_app.wire.codec import (
    FORM,
    LARGEST_MESSAGE,
    Unreadable,
    decode,
    decode_answer,
    decode_request,
    encode,
)
from counter_app.wire.squeeze import LARGEST_TEXT
from tests.wire.runs import DEVICE, SEED, bare, run

HASH, OTHER = bytes(range(32)), bytes(range(32, 64))
CURSOR = m.Cursor(1 << 63, 7, HASH)
MARK = m.Mark((1 << 64) - 1, 3, HASH)
ENTRIES = tuple(run([b'{"amount":500}', b"\xff\0", '{"note":"सुबह से"}'.encode()], seed=SEED))
MESSAGES: list[m.Request | m.Answer] = [
    m.Hello(
        5, DEVICE, UUID(int=9), "2214", 2, "0.2.0", 1, ((30, 1), (40, 1)), -1, 3, HASH, MARK, CURSOR, True
    ),
    m.Hello(5, DEVICE, UUID(int=9), "2214", 2, "0.2.0", 1, (), 0, 0, bytes(32), None, CURSOR, False),
    m.Welcome(5, DEVICE, False, (m.Standing(1, 2, HASH),), (MARK,), (4187, 318), 2, True, 99, m.USUAL_LIMITS),
    m.Push(5, DEVICE, ENTRIES, SEED),
    m.Taken(5, MARK, forked=True),
    m.Gap(5, m.Standing(1, 0, bytes(32))),
    m.Return(5, DEVICE, tuple(map(bare, ENTRIES))),
    m.Kept(5),
    m.Ask(5, DEVICE, "2214", CURSOR, 16384, 240_000),
    m.Page(5, "2214", CURSOR, (bare(ENTRIES[0]), m.Item(2, b"{}"), m.Item(999, b"\0")), CURSOR, True),
    m.Astray(5, "2214", 8, (m.Point(7, HASH), m.Point(0, OTHER))),
    m.TurnedAway(5, m.Refusal.CLOCK, 99, 1000),
]


def framed(number: int, body: bytes) -> bytes:
    """A body as a message with a checksum that is right."""
    return bytes([FORM, number]) + zlib.crc32(body).to_bytes(4, "big") + body


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_survives(message: m.Request | m.Answer) -> None:
    there = decode(encode(message))
    if isinstance(message, m.Push):
        run_there = (*map(bare, message.entries[:-1]), message.entries[-1])
        message = m.Push(message.ask, message.device, run_there)
    assert there == message


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_request_is_no_answer(message: m.Request | m.Answer) -> None:
    wrong = decode_answer if isinstance(message, m.Request) else decode_request
    with pytest.raises(Unreadable):
        wrong(encode(message))


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_cut_anywhere_is_not_read(message: m.Request | m.Answer) -> None:
    data = encode(message)
    for size in range(len(data)):
        with pytest.raises(Unreadable):
            decode(data[:size])


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 12), st.binary(max_size=300))
def test_any_body_with_a_right_checksum_is_read_or_refused(number: int, body: bytes) -> None:
    for data in (framed(number, body), framed(number, zlib.compress(body, wbits=-15))):
        try:
            decode(data)
        except Unreadable:
            continue


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(MESSAGES), st.data())
def test_a_changed_body_with_a_right_checksum_is_read_or_refused(
    message: m.Request | m.Answer, data: st.DataObject
) -> None:
    whole = encode(message)[6:]
    at = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))
    number = encode(message)[1]
    try:
        decode(framed(number, whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :]))
    except Unreadable:
        return


def test_what_would_expand_beyond_all_bounds_is_refused() -> None:
    bomb = zlib.compress(bytes(LARGEST_TEXT + 1), 9, wbits=-15)
    assert len(bomb) < 10_000
    for number in (1, 7, 10):
        with pytest.raises(Unreadable):
            decode(framed(number, bomb))
    with pytest.raises(Unreadable):
        decode(framed(3, bytes(24) + bytes([len(bomb) & 127 | 128, len(bomb) >> 7, 0]) + bomb))
    with pytest.raises(Unreadable):
        decode(bytes(LARGEST_MESSAGE + 1))


def test_a_page_of_a_login_portal_is_no_message() -> None:
    with pytest.raises(Unreadable):
        decode(b"<html><title>Sign in</title></html>")


def test_hashes_of_another_size_are_refused() -> None:
    with pytest.raises(Unreadable):
        decode(encode(m.Taken(5, m.Mark(1, 2, b"short"), forked=False)))
