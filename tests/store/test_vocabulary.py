"""Misspelt words: what was meant comes first, what was not meant does not come."""

import pytest

from counter_app.domain.names import fold, keys
from counter_app.store.vocabulary import Vocabulary
from tests.domain.test_names import PAIRS

NAMES = [
    "सुरेश", "रमेश", "महेश", "मालवीय", "माली", "कुशवाह", "विश्वकर्मा", "राठौर", "अहिरवार", "सुनीता", "अनीता", "पुष्पा",
    "घनश्याम", "लक्ष्मण", "चंद्रशेखर", "राजपूत", "ठाकुर", "जैन", "खान", "शकुंतला",
]  # fmt: skip
VOCABULARY = Vocabulary(sorted({fold(name) for name in NAMES}))


def nearest(typed: str) -> list[str]:
    return [VOCABULARY.words[one.first] for one in VOCABULARY.near(fold(typed))]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("surseh", "सुरेश"),  # two letters changed over
        ("sursh", "सुरेश"),  # one missing
        ("suresg", "सुरेश"),  # the one beside
        ("sunjita", "सुनीता"),  # one too many
        ("vishvkrama", "विश्वकर्मा"),
        ("ghanshaym", "घनश्याम"),
        ("luxman", "लक्ष्मण"),
        ("chandrsheker", "चंद्रशेखर"),
        ("jaim", "जैन"),
        ("khsn", "खान"),
        ("शकुन्तल", "शकुंतला"),
    ],
)
def test_the_word_that_was_meant_comes_first(typed: str, meant: str) -> None:
    assert nearest(typed)[:1] == [fold(meant)]


def test_the_beginning_of_a_misspelt_word_leads_to_it() -> None:
    begun = VOCABULARY.near_begun("vihsv")
    assert [VOCABULARY.words[one.first] for one in begun] == [fold("विश्वकर्मा")]
    assert nearest("vihsv") == []


@pytest.mark.parametrize("typed", ["", "r", "ra", "12", "114", "zzqx", "qqqqqqq", "x" * 48])
def test_what_is_near_to_nothing_finds_nothing(typed: str) -> None:
    assert nearest(typed) == []


def test_no_other_name_is_nearer_than_the_one_that_was_meant() -> None:
    every = Vocabulary(sorted({key for name, _ in PAIRS for key in keys(name)}))
    lost = []
    for name, latin in PAIRS:
        found = {place for key in keys(latin) for place in every.whole(key)}
        found |= {near.first for near in every.near(fold(latin))[:10]}
        if not found.intersection(place for key in keys(name) for place in every.whole(key)):
            lost.append((name, latin))
    assert len(lost) <= len(PAIRS) // 100, lost
