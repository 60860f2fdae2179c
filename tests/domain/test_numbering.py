"""Numbers given offline: how they are written, and how people say them."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.numbering import (
    CROCKFORD,
    Number,
    Series,
    Sought,
    hash_letters,
    hashes_of,
    read_number,
)

NUMBERS = st.builds(
    Number,
    st.sampled_from(list(Series)),
    st.from_regex(r"[0-9]{4}", fullmatch=True),
    st.integers(1, 99),
    st.integers(1, 999_999_999),
    st.text(alphabet=CROCKFORD, min_size=3, max_size=3),
)


def test_a_number_is_written_with_its_office_counter_serial_and_letters() -> None:
    receipt = Number(Series.RECEIPT, "2214", 2, 4187, "Q7M")
    complaint = Number(Series.COMPLAINT, "2214", 2, 318, "7KD")
    assert (str(receipt), receipt.stem, receipt.tail) == ("2214-2-004187-Q7M", "2214-2-004187", "004187")
    assert (str(complaint), complaint.tail) == ("2214-2-C00318-7KD", "C00318")
    assert str(Number(Series.RECEIPT, "2214", 2, 4187, "")) == "2214-2-004187"


@given(NUMBERS, st.booleans(), st.sampled_from(["", " "]))
def test_a_whole_number_is_read_back(number: Number, small: bool, gap: str) -> None:
    written = gap + str(number).replace("-", gap + "-" + gap) + gap
    sought = read_number(written.lower() if small else written)
    assert sought == Sought(number.series, number.serial, number.office, number.counter, number.letters)


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("4187", Sought(None, 4187)), ("004187", Sought(None, 4187)), ("C318", Sought(Series.COMPLAINT, 318)),
        ("c00318", Sought(Series.COMPLAINT, 318)), ("४१८७", Sought(None, 4187)),
        ("4187-q7m", Sought(None, 4187, letters="Q7M")), ("4187-QIO", Sought(None, 4187, letters="Q10")),
        ("2214-2-4187", Sought(Series.RECEIPT, 4187, "2214", 2)),
        ("C00318-7KD", Sought(Series.COMPLAINT, 318, letters="7KD")),
    ],
)  # fmt: skip
def test_a_tail_is_understood(typed: str, sought: Sought) -> None:
    assert read_number(typed) == sought


@pytest.mark.parametrize(
    "typed", ["", "C", "-", "N2204518731", "Suresh", "4187-QU7", "2214-2", "1" * 10, "1" * 10_000]
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


def test_the_letters_are_the_first_fifteen_bits() -> None:
    assert hash_letters(bytes(32)) == "000"
    assert hash_letters(b"\xff" * 32) == "ZZZ"
    assert hash_letters(b"\x00\x02" + bytes(30)) == "001"
    assert hash_letters(b"\x08\x42" + bytes(30)) == "111"
    assert hash_letters(b"\x08\x43" + bytes(30)) == "111"


@given(st.binary(min_size=32, max_size=32))
def test_the_letters_are_of_the_alphabet_and_can_be_read_back(entry_hash: bytes) -> None:
    letters = hash_letters(entry_hash)
    assert set(letters) <= set(CROCKFORD)
    value = 0
    for letter in letters:
        value = value * 32 + CROCKFORD.index(letter)
    assert value == int.from_bytes(entry_hash[:2], "big") >> 1


def test_letters_spread_over_the_whole_alphabet() -> None:
    letters = {hash_letters(hashlib.sha256(bytes([n, n // 251])).digest()) for n in range(250)}
    assert len(letters) > 240


@given(st.binary(min_size=32, max_size=32))
def test_letters_lead_back_to_the_hashes_that_have_them(entry_hash: bytes) -> None:
    first, last = hashes_of(hash_letters(entry_hash))
    assert first <= entry_hash <= last
    assert hash_letters(first) == hash_letters(last) == hash_letters(entry_hash)
    assert int.from_bytes(last, "big") - int.from_bytes(first, "big") == (1 << 241) - 1
