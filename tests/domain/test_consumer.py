"""Consumer and mobile numbers in every form in which people bring them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.demo import town
from counter_app.domain.consumer import (
    apart,
    masked,
    masked_address,
    mobile,
    read_mobile,
    read_number,
    whole_number,
)
from counter_app.domain.refusals import MobileWrong, NumberIncomplete

TEN = st.from_regex(r"[0-5][0-9]{9}", fullmatch=True)
MOBILE = st.from_regex(r"[6-9][0-9]{9}", fullmatch=True)
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
GAP = st.sampled_from(["", " ", "-", "  ", " - ", "\t", "–", "\u00a0", "\u200b"])


def _spread(digits: str, gaps: list[str]) -> str:
    return "".join(digit + gap for digit, gap in zip(digits, gaps, strict=True))


@given(
    digits=TEN,
    prefix=st.sampled_from(["N", "n", "N ", "n-", ""]),
    gaps=st.lists(GAP, min_size=10, max_size=10),
    devanagari=st.booleans(),
    around=st.sampled_from(["", " ", "\n", "\u202a"]),
)
def test_every_written_form_gives_the_number(
    digits: str, prefix: str, gaps: list[str], devanagari: bool, around: str
) -> None:
    written = _spread(digits.translate(DEVANAGARI) if devanagari else digits, gaps)
    typed = around + prefix + written + around
    assert read_number(typed) == f"N{digits}"
    assert whole_number(typed) == f"N{digits}"


@pytest.mark.parametrize(
    "typed",
    [
        "https://py.mpcz.in/x?k=N2204518731",
        "HTTPS://py.mpcz.in/x?k=n2204518731",
        "http://example.in/anything/else?a=1&k=N2204518731&b=2#end",
        "  https://py.mpcz.in/x?k=2204518731\r\n",
        "https://py.mpcz.in/x?k=N22045%2018731",
    ],
)
def test_the_code_on_the_bill_gives_the_number(typed: str) -> None:
    assert read_number(typed) == "N2204518731"
    assert whole_number(typed) == "N2204518731"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "N",
        "N220451873",
        "N22045187312",
        "M2204518731",
        "N2204518731x",
        "2204518731N",
        "1,618",
        "Suresh",
        "https://py.mpcz.in/x?q=N2204518731",
        "https://py.mpcz.in/x?k=",
        "ftp://py.mpcz.in/x?k=N2204518731",
        "http://[",
        "https://py.mpcz.in/x?k=N220451873",
        "https://x/?" + "a=1&" * 1000 + "k=N2204518731",
        "2" * 100_000,
        "https://x/?k=" + "2" * 100_000,
        "N２２０４５１８７３１",
    ],
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "names", "numbers"),
    [
        ("suresh 8210", ("suresh",), ("8210",)),
        ("8210 सुरेश मालवीय", ("सुरेश", "मालवीय"), ("8210",)),
        ("सुरेश८२१०", ("सुरेश",), ("८२१०",)),
        ("suresh8210", ("suresh",), ("8210",)),
        ("Mob.98260 48210", ("Mob",), ("98260", "48210")),
        ("98260.48210 GA4471902", (), ("98260.48210", "GA4471902")),
        ("k=N2204518731&x", ("k", "x"), ("N2204518731",)),
        ("18-31-9921", (), ("18-31-9921",)),
        ("", (), ()),
    ],
)
def test_names_and_numbers_are_told_apart(
    typed: str, names: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    assert apart(typed) == (names, numbers)


def test_ten_digits_alone_that_could_be_a_mobile_are_one() -> None:
    assert read_number("98260 48210") is None
    assert read_number("N9826048210") == "N9826048210"
    assert whole_number("98260 48210") == "N9826048210"


@pytest.mark.parametrize(("typed", "digits"), [("N220451873", 9), ("", 0), ("N२२०४", 4), ("Suresh", 0)])
def test_an_incomplete_number_says_how_many_digits_there_are(typed: str, digits: int) -> None:
    with pytest.raises(NumberIncomplete) as refused:
        whole_number(typed)
    assert refused.value.digits == digits


@given(digits=MOBILE, prefix=st.sampled_from(["", "+91", "+91 ", "91", "0", "0091-"]),
       gaps=st.lists(GAP, min_size=10, max_size=10), devanagari=st.booleans())  # fmt: skip
def test_every_written_form_gives_the_mobile(
    digits: str, prefix: str, gaps: list[str], devanagari: bool
) -> None:
    typed = prefix + _spread(digits.translate(DEVANAGARI) if devanagari else digits, gaps)
    assert read_mobile(typed) == digits
    assert mobile(typed) == digits


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("982604821", 9),
        ("98260482101", 11),
        ("5826048210", 10),
        ("", 0),
        ("98260x48210", 10),
        ("+1 9826048210", 11),
    ],
)
def test_a_wrong_mobile_says_how_many_digits_there_are(typed: str, digits: int) -> None:
    assert read_mobile(typed) is None
    with pytest.raises(MobileWrong) as refused:
        mobile(typed)
    assert refused.value.digits == digits


@given(st.text(max_size=300))
def test_reading_never_raises(typed: str) -> None:
    for text in (typed, "https://" + typed, "https://x/?k=" + typed):
        read_number(text)
        read_mobile(text)


def test_a_mobile_is_shown_by_its_last_five_digits() -> None:
    assert masked("9826048210") == "••••• 48210"
    assert masked("") == ""


def test_of_an_address_of_the_town_the_house_alone_is_dots() -> None:
    for one in town.consumers(200, Random(7), "2214"):
        hindi, english = one.locality_hi, one.locality_en
        assert masked_address(one.house, hindi, english) == ("•••••", hindi, english)
        beside = f"{one.house} {hindi}", f"H. No. {one.house}, {english}"
        assert masked_address("", *beside) == ("", f"••••• {hindi}", f"•••••, {english}")


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        ("114/2, गांधी मोहल्ला, वार्ड 7", "•••••, गांधी मोहल्ला, वार्ड 7"),
        ("मकान नं. ११४ गांधी मोहल्ला", "••••• गांधी मोहल्ला"),
        ("क्वार्टर 22-ब, रेलवे कॉलोनी", "•••••, रेलवे कॉलोनी"),
        ("House No. 1143/22-B Nai Basti", "••••• Nai Basti"),
        ("Gandhi Mohalla, H. No. 114/2", "Gandhi Mohalla, •••••"),
        ("गांधी मोहल्ला, म.नं. 114/2, वार्ड 7", "गांधी मोहल्ला, •••••, वार्ड 7"),
        ("Near the tank, Plot No. A 12/3", "Near the tank, •••••"),
        ("Gram Semri", "Gram Semri"),
        ("New Housing Board Colony Phase-2", "New Housing Board Colony Phase-2"),
        ("गांधी मोहल्ला, वार्ड 7", "गांधी मोहल्ला, वार्ड 7"),
        ("", ""),
    ],
)
def test_a_house_that_stands_in_the_locality_is_dots(whole: str, shown: str) -> None:
    assert masked_address("", whole, whole) == ("", shown, shown)
    assert masked_address("9", whole, whole) == ("•••••", whole, whole)
