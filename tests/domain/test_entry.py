"""The journal entry: its header goes there and back, and no flipped bit escapes the chain."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.entry import (
    HEADER,
    NO_HASH,
    NOBODY,
    NOWHERE,
    Entry,
    EntryDamaged,
    Header,
    Place,
    chained,
    check_payload,
    commitment,
    header_hash,
)

WORD = st.integers(0, 2**64 - 1)
UUIDS = st.uuids()
HASH = st.binary(min_size=32, max_size=32)
HEADERS = st.builds(
    Header,
    kind=st.integers(0, 2**16 - 1),
    kind_version=st.integers(0, 255),
    place=st.builds(Place, WORD, WORD),
    previous=HASH,
    parent=st.builds(Place, WORD, WORD),
    wall_ms=st.integers(-(2**63), 2**63 - 1),
    steady_ms=WORD,
    boot=UUIDS,
    device=UUIDS,
    person=UUIDS,
    act=UUIDS,
    drawer=UUIDS,
    running_total=st.integers(-(2**63), 2**63 - 1),
    payload_size=st.integers(0, 2**32 - 1),
    commitment=HASH,
    zone_minutes=st.integers(-(2**15), 2**15 - 1),
)


def _entry(place: Place, previous: bytes, parent: Place = NOWHERE) -> Entry:
    payload = f'{{"serial":{place.seq}}}'.encode()
    salt = bytes([place.seq]) * 32
    header = Header(
        kind=30,
        kind_version=1,
        place=place,
        previous=previous,
        parent=parent,
        wall_ms=1_773_295_988_000 + place.seq,
        steady_ms=place.seq,
        boot=UUID(int=1),
        device=UUID(int=2),
        person=NOBODY,
        act=UUID(int=place.seq),
        drawer=UUID(int=3),
        running_total=place.seq * 100,
        payload_size=len(payload),
        commitment=commitment(salt, payload),
        zone_minutes=330,
    )
    return Entry(header.packed(), payload, salt, bytes(64))


def _chain() -> list[Entry]:
    """Three entries of one segment and two of the one that the program began after it."""
    entries: list[Entry] = []
    previous = NO_HASH
    for place, parent in (
        (Place(5, 1), NOWHERE), (Place(5, 2), NOWHERE), (Place(5, 3), NOWHERE), (Place(9, 1), Place(5, 3)),
        (Place(9, 2), NOWHERE),
    ):  # fmt: skip
        entries.append(_entry(place, previous, parent))
        previous = entries[-1].hash
    return entries


def _flipped(data: bytes, bit: int) -> bytes:
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


@given(HEADERS)
def test_a_header_goes_there_and_back(header: Header) -> None:
    packed = header.packed()
    assert len(packed) == HEADER.size == 216
    assert Header.unpacked(packed) == header
    assert Header.unpacked(packed).packed() == packed


@given(HEADERS, HEADERS)
def test_different_headers_have_different_bytes(one: Header, other: Header) -> None:
    assert (one == other) == (one.packed() == other.packed())


@pytest.mark.parametrize(
    "data", [b"", bytes(216), b"CTRJ" + bytes(212), b"CTRJ\x02" + bytes(211), b"CTRJ\x01" + bytes(212)]
)
def test_what_is_no_header_is_refused(data: bytes) -> None:
    with pytest.raises(EntryDamaged):
        Header.unpacked(data)


def test_a_whole_chain_passes_as_it_is() -> None:
    assert list(chained(_chain())) == _chain()


def test_every_flipped_bit_is_found() -> None:
    """In payload and salt at once, in a header by the entry after it; the last header has its signature."""
    for number, entry in enumerate(_chain()):
        for part in ("payload", "salt", "packed_header"):
            data = getattr(entry, part)
            for bit in range(len(data) * 8):
                entries = _chain()
                entries[number] = replace(entry, **{part: _flipped(data, bit)})
                if part == "packed_header" and number == len(entries) - 1:
                    assert entries[number].hash != entry.hash
                else:
                    with pytest.raises(EntryDamaged):
                        list(chained(entries))


@pytest.mark.parametrize("missing", range(4))
def test_a_missing_entry_is_found(missing: int) -> None:
    entries = _chain()
    del entries[missing]
    with pytest.raises(EntryDamaged):
        list(chained(entries))


def test_an_entry_in_a_wrong_place_is_found() -> None:
    first, second, third, other, last = _chain()
    for wrong in (
        [second, first, third],
        [first, second, second],
        [first, second, third, last, other],
        [first, first],
    ):
        with pytest.raises(EntryDamaged):
            list(chained(wrong))
    claimed = _entry(Place(9, 2), other.hash, Place(5, 3))
    with pytest.raises(EntryDamaged, match="only the first"):
        list(chained([first, second, third, other, claimed]))
    with pytest.raises(EntryDamaged, match="hash before it"):
        list(chained([_entry(Place(5, 1), b"\1" * 32)]))


def test_a_chain_goes_on_from_a_known_hash() -> None:
    _, _, third, other, last = _chain()
    assert list(chained([other, last], known={Place(5, 3): third.hash})) == [other, last]
    with pytest.raises(EntryDamaged):
        list(chained([other, last], known={Place(5, 3): NO_HASH}))


def test_an_erased_entry_keeps_its_place_in_the_chain() -> None:
    entries = _chain()
    entries[1] = replace(entries[1], payload=b"", salt=b"")
    assert [entry.erased for entry in chained(entries)] == [False, True, False, False, False]
    with pytest.raises(EntryDamaged, match="size"):
        check_payload(replace(entries[0], payload=b""))
    with pytest.raises(EntryDamaged, match="size"):
        check_payload(replace(entries[0], salt=b""))


def test_the_commitment_hides_and_binds() -> None:
    assert commitment(bytes(32), b"{}") != commitment(b"\1" * 32, b"{}")
    assert commitment(bytes(32), b"{}") != commitment(bytes(32), b"[]")
    assert header_hash(b"") == bytes.fromhex(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )
