"""Money as text and in words, in both languages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.words import amounts
from counter_app.words.amounts import exact, in_words, number, rupees
from counter_app.words.say import Language

HINDI, ENGLISH = Language.HINDI, Language.ENGLISH

paise = st.integers(-(10**19), 10**19) | st.integers(-(10**9), 10**9)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (100000, "1,00,000"),
        (1234567, "12,34,567"),
        (123456789, "12,34,56,789"),
        (-1618, "−1,618"),
    ],
)
def test_grouping_is_indian(count: int, text: str) -> None:
    assert number(count) == text


def test_paise_are_shown_only_where_there_are_any() -> None:
    assert [rupees(n) for n in (161800, 0, -700, 750, -5)] == ["₹1,618", "₹0", "−₹7", "₹7.50", "−₹0.05"]


def test_a_break_up_always_has_two_places() -> None:
    assert [exact(n) for n in (110300, -700, 0, 5)] == ["1,103.00", "−7.00", "0.00", "0.05"]


@given(paise)
def test_the_text_gives_the_amount_back(amount: int) -> None:
    text = exact(amount)
    assert int(text.replace(",", "").replace(".", "").replace("−", "-")) == amount
    digits = rupees(amount).replace("₹", "").replace(",", "").replace("−", "-")
    whole, _, part = digits.partition(".")
    assert int(whole + (part or "00")) == amount


@pytest.mark.parametrize(
    ("amount", "hindi", "english"),
    [
        (0, "रुपये शून्य मात्र", "Rupees Zero Only"),
        (100, "रुपये एक मात्र", "Rupees One Only"),
        (1900, "रुपये उन्नीस मात्र", "Rupees Nineteen Only"),
        (9900, "रुपये निन्यानवे मात्र", "Rupees Ninety Nine Only"),
        (10000, "रुपये एक सौ मात्र", "Rupees One Hundred Only"),
        (10100, "रुपये एक सौ एक मात्र", "Rupees One Hundred One Only"),
        (100000, "रुपये एक हजार मात्र", "Rupees One Thousand Only"),
        (149500, "रुपये एक हजार चार सौ पंचानवे मात्र", "Rupees One Thousand Four Hundred Ninety Five Only"),
        (161800, "रुपये एक हजार छह सौ अठारह मात्र", "Rupees One Thousand Six Hundred Eighteen Only"),
        (10000000, "रुपये एक लाख मात्र", "Rupees One Lakh Only"),
        (
            123456700,
            "रुपये बारह लाख चौंतीस हजार पाँच सौ सड़सठ मात्र",
            "Rupees Twelve Lakh Thirty Four Thousand Five Hundred Sixty Seven Only",
        ),
        (1000000000, "रुपये एक करोड़ मात्र", "Rupees One Crore Only"),
        (149550, "रुपये एक हजार चार सौ पंचानवे और पचास पैसे मात्र",
         "Rupees One Thousand Four Hundred Ninety Five and Fifty Paise Only"),
        (1, "एक पैसा मात्र", "One Paisa Only"),
        (50, "पचास पैसे मात्र", "Fifty Paise Only"),
        (-700, "ऋण रुपये सात मात्र", "Minus Rupees Seven Only"),
        (10**16, "रुपये एक करोड़ करोड़ मात्र", "Rupees One Crore Crore Only"),
    ],
)  # fmt: skip
def test_amounts_in_words(amount: int, hindi: str, english: str) -> None:
    assert in_words(amount, HINDI) == hindi
    assert in_words(amount, ENGLISH) == english


def read_words(words: list[str], ones: dict[str, int], scales: dict[str, int], crore: str) -> int:
    """An independent reader: the number that words spell."""
    if crore in words:
        place = len(words) - 1 - words[::-1].index(crore)
        above = read_words(words[:place], ones, scales, crore)
        return above * 10**7 + read_words(words[place + 1 :], ones, scales, crore)
    total, current = 0, 0
    for word in words:
        if word in scales:
            total, current = total + current * scales[word], 0
        else:
            current += ones[word]
    return total + current


def understood(text: str, language: Language) -> int:
    """The paise that an amount in words stands for."""
    hindi = language is HINDI
    words = text.split()
    sign = -1 if words[0] in {"ऋण", "Minus"} else 1
    words = [word for word in words if word not in {"ऋण", "Minus", "रुपये", "Rupees", "मात्र", "Only"}]
    ones = (
        {word: value for value, word in enumerate(amounts._HINDI)}
        if hindi
        else {word: value for value, word in enumerate(amounts._ENGLISH)}
        | {word: value * 10 for value, word in enumerate(amounts._TENS, 2)}
    )
    scales = {hi if hindi else en: scale for scale, hi, en in amounts._SCALES}
    crore = "करोड़" if hindi else "Crore"
    part = 0
    if words[-1] in {"पैसे", "पैसा", "Paise", "Paisa"}:
        words, _, fraction = _split(words[:-1], "और" if hindi else "and")
        part = read_words(fraction, ones, scales, crore)
    return sign * (read_words(words, ones, scales, crore) * 100 + part)


def _split(words: list[str], at: str) -> tuple[list[str], str, list[str]]:
    place = words.index(at) if at in words else -1
    return (words[:place], at, words[place + 1 :]) if place >= 0 else ([], at, words)


@given(paise)
def test_words_give_the_amount_back(amount: int) -> None:
    assert understood(in_words(amount, HINDI), HINDI) == amount
    assert understood(in_words(amount, ENGLISH), ENGLISH) == amount


def test_every_number_below_a_lakh_reads_back() -> None:
    for count in range(0, 100000, 7):
        assert understood(in_words(count * 100, HINDI), HINDI) == count * 100
        assert understood(in_words(count * 100, ENGLISH), ENGLISH) == count * 100


def test_a_hundred_different_hindi_words() -> None:
    assert len(amounts._HINDI) == 100
    assert len(set(amounts._HINDI)) == 100


def test_neighbouring_amounts_never_share_their_words() -> None:
    spoken = [in_words(n, HINDI) for n in range(0, 30000, 50)]
    assert all(one != other for one, other in pairwise(spoken))


def test_every_word_in_every_place_reads_back() -> None:
    """1 to 99 of each scale, alone and with the least and the most behind it, with and without paise."""
    places = [1, 100, 1_000, 1_00_000, 10**7, 10**9, 10**10, 10**12, 10**14]
    for place, most in ((place, 10 if place in (100, 10**9) else 100) for place in (*places, 10**21)):
        for count in range(1, most):
            for rest in {0, 1, place - 1} - {-1}:
                for part in (0, 1, 2, 99):
                    amount = (count * place + rest * (place > 1)) * 100 + part
                    for language in (HINDI, ENGLISH):
                        assert understood(in_words(amount, language), language) == amount


def test_every_number_of_paise_reads_back() -> None:
    for part in range(100):
        for whole in (0, 1, 1_00_000):
            for sign in (1, -1):
                amount = sign * (whole * 100 + part)
                assert understood(in_words(amount, HINDI), HINDI) == amount
                assert understood(in_words(amount, ENGLISH), ENGLISH) == amount
