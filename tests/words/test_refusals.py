"""What the clerk reads when the desk says no: the sentences of the screen notes, in both languages."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import get_type_hints

import pytest

from counter_app.domain import refusals as r
from counter_app.words.refusals import SENTENCES, sentence
from counter_app.words.say import Language

AT = datetime(2026, 3, 12, 4, 32, tzinfo=UTC)
NUMBER = "2214-2-004166-Q7M"

FIXED = [
    (
        r.GivenTooLittle(118_00),
        "₹118 और लें।",
        "Take ₹118 more.",
    ),
    (
        r.PaidToday(1275_00, "upay"),
        "आज ₹1,275 जमा हो चुके हैं: उपाय ऐप। अभी कुछ दर्ज नहीं हुआ।",
        "₹1,275 was paid today: UPAY app. Nothing is recorded now.",
    ),
    (
        r.NumberIncomplete(9),
        "नंबर में 10 अंक चाहिए, 9 हैं।",
        "The number needs 10 digits; there are 9.",
    ),
    (
        r.UtrUsed(NUMBER),
        f"यह UTR रसीद {NUMBER} पर लग चुका है। ग्राहक के फोन में फिर देखें।",
        f"This UTR is on receipt {NUMBER}. Look at the phone again.",
    ),
    (
        r.ClockBehind(timedelta(minutes=7)),
        "घड़ी 7 मि पीछे है। समय ठीक करें; या सुपरवाइज़र तय करें: होम पर घड़ी लिखें।",
        "The clock is 7 m slow. Set it right; or the supervisor decides, by the word clock on Home.",
    ),
    (
        r.AmountTooLarge(99_99_999_00),
        "यहाँ अधिकतम ₹99,99,999 लिखे जा सकते हैं। राशि फिर देखें।",
        "At most ₹99,99,999 can be typed here. Look at the amount again.",
    ),
    (
        r.TextTooLong(500, 10_000),
        "लिखा हुआ लंबा है: 500 की जगह 10000 अक्षर। छोटा करें।",
        "The text is too long: 10000 of 500 letters. Shorten it.",
    ),
    (
        r.PasswordWrong(1),
        "कोड या पासवर्ड सही नहीं। बाकी प्रयास: 1।",
        "Code or password is not right. Tries left: 1.",
    ),
]

NOT_SAID = (
    "error", "fail", "invalid", "wait a", "please", "successful", "sure",
    "अमान्य", "त्रुटि", "कृपया", "प्रतीक्षा", "सफलतापूर्वक",
)  # fmt: skip
SAMPLES: dict[type, object] = {
    int: 3,
    str: NUMBER,
    datetime: AT,
    date: AT.date(),
    timedelta: timedelta(hours=2),
}
EVERY = sorted(SENTENCES, key=lambda kind: kind.__name__)


def example(kind: type[r.Refused]) -> r.Refused:
    """A refusal of a kind, with something in every fact."""
    types = get_type_hints(kind)
    return kind(*(SAMPLES[types[fact]] for fact in kind.facts))


@pytest.mark.parametrize(("refusal", "hindi", "english"), FIXED, ids=lambda value: type(value).__name__)
def test_the_fixed_sentences(refusal: r.Refused, hindi: str, english: str) -> None:
    assert sentence(refusal, Language.HINDI) == (hindi, english)
    assert sentence(refusal, Language.ENGLISH) == (english, "")


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_every_sentence_is_one_for_the_counter(kind: type[r.Refused]) -> None:
    hindi, english = sentence(example(kind), Language.HINDI)
    assert re.search("[\u0900-\u097f]", hindi)
    assert hindi[-1] in "।)"
    assert english[-1] in ".)"
    assert not re.search(r"[{}!]", hindi + english)
    assert not [word for word in NOT_SAID if word in (hindi + english).lower()]
    assert all(len(part.split()) <= 14 for part in re.split(r"\.|;|।", english + hindi))


def test_what_was_typed_stays_as_it_is() -> None:
    lead, _ = sentence(r.ConsumerUnknown("{number} %s {0}"), Language.HINDI)
    assert lead.startswith("{number} %s {0}")
