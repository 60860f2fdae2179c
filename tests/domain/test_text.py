"""What people type: hidden characters, length, card numbers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.refusals import CardNumberTyped, HiddenCharacters, Refused, TextTooLong
from counter_app.domain.text import clean_text, only_digits, refuse_card_number, western_digits

HIDDEN = [
    "\x00",
    "\x07",
    "\x1b",
    "\x7f",
    "\x85",
    "\u00ad",
    "\u061c",
    "\u200b",
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202e",
    "\u2028",
    "\u2029",
    "\u2060",
    "\u2066",
    "\u2069",
    "\ufeff",
    "\ue000",
    "\U000e0041",
    "\u3164",
    "\u2800",
]
# Numbers published for testing, and one that only has the form of a RuPay card.
CARDS = [
    "4111111111111111",
    "4012888888881881",
    "4222222222222",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "30569309025904",
    "6011111111111117",
    "3530111333300000",
    "6521111111111110",
]
LIMIT = 200


@pytest.mark.parametrize("sign", HIDDEN, ids=lambda sign: f"U+{ord(sign):04X}")
@pytest.mark.parametrize("around", ["{}", "शिव{}मंदिर", "Shiv {}"])
def test_hidden_characters_are_refused(sign: str, around: str) -> None:
    with pytest.raises(HiddenCharacters):
        clean_text(around.format(sign), LIMIT)


def test_joiners_are_at_home_in_hindi_and_nowhere_else() -> None:
    assert clean_text("क्\u200dष र्\u200cय", LIMIT) == "क्\u200dष र्\u200cय"
    for typed in ("\u200d", "a\u200db", " \u200c", "12\u200d34"):
        with pytest.raises(HiddenCharacters):
            clean_text(typed, LIMIT)


def test_pasted_lines_become_one_and_marks_are_composed() -> None:
    assert clean_text("  शिव मंदिर\r\nके\tपास  ", LIMIT) == "शिव मंदिर के पास"
    assert clean_text("Jose\u0301", LIMIT) == "José"
    assert clean_text("क़िला", LIMIT) == clean_text("क\u093cिला", LIMIT)
    assert clean_text("", LIMIT) == clean_text(" \n ", LIMIT) == ""


def test_ten_thousand_characters_are_too_many() -> None:
    with pytest.raises(TextTooLong) as refused:
        clean_text("म" * 10_000, LIMIT)
    assert (refused.value.limit, refused.value.length) == (LIMIT, 10_000)
    assert len(clean_text("म" * LIMIT, LIMIT)) == LIMIT


@pytest.mark.parametrize("card", CARDS)
def test_a_card_number_is_refused_wherever_it_stands(card: str) -> None:
    fours = [card[start : start + 4] for start in range(0, len(card), 4)]
    devanagari = card.translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    wide = card.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for typed in (card, " ".join(fours), "-".join(fours), ".".join(fours), "–".join(fours), devanagari, wide,
                  f"कार्ड {card} से", f"N2204518731 {card}", f"12 {' '.join(fours)} 34", f"x{card}y",
                  card + "0" * 12, "1" * 12 + card):  # fmt: skip
        with pytest.raises(CardNumberTyped):
            clean_text(typed, LIMIT)


@pytest.mark.parametrize(
    "typed",
    [
        "N2204518731", "2204518731", "9826048210, 9425012345", "UTR 412345678901", "22140401-12-07-000123",
        "221404011207000123", "2214-2-004187-Q7M", "4111111111111112", "12/03/2026 11:42", "2026031200042",
        "डीटीआर 2214070018",
    ],
)  # fmt: skip
def test_the_office_s_own_numbers_are_no_cards(typed: str) -> None:
    assert clean_text(typed, LIMIT) == typed
    refuse_card_number(typed)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_clean_text_is_clean_and_stays_as_it_is(typed: str) -> None:
    try:
        text = clean_text(typed, LIMIT)
    except Refused:
        return
    assert len(text) <= LIMIT
    assert text == " ".join(text.split()) == unicodedata.normalize("NFC", text)
    assert clean_text(text, LIMIT) == text
    assert not any(
        unicodedata.bidirectional(sign) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"} for sign in text
    )


@given(st.from_regex(r"4[0-9]{14}", fullmatch=True))
def test_every_number_with_the_check_digit_of_a_card_is_refused(start: str) -> None:
    odd, even = start[0::2], start[1::2]
    total = sum(int(sign) * 2 - 9 * (sign > "4") for sign in odd) + sum(map(int, even))
    with pytest.raises(CardNumberTyped):
        refuse_card_number(start + str(-total % 10))


def test_digits() -> None:
    assert western_digits("नं. ०१२३४५६७८९") == "नं. 0123456789"
    assert only_digits("N २२-04 x") == "2204"
