"""Amounts as people read and say them: Indian grouping (3;2;2), and words in Hindi and English.

Everything starts from whole paise. Hindi has a word of its own for each number below a hundred; their
spelling varies, and this list is the one the office prints.
"""

from collections.abc import Callable

from counter_app.domain.money import RUPEE, Paise
from counter_app.words.say import Language

MINUS = "\u2212"

_HINDI_WORDS = (
    "शून्य एक दो तीन चार पाँच छह सात आठ नौ "
    "दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस "
    "बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस "
    "तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस "
    "चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास "
    "पचास इक्यावन बावन तिरेपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ "
    "साठ इकसठ बासठ तिरेसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर "
    "सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उन्यासी "
    "अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी "
    "नब्बे इक्यानवे बानवे तिरानवे चौरानवे पंचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे"
)
_ENGLISH_WORDS = (
    "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen "
    "Sixteen Seventeen Eighteen Nineteen"
)
_TENS = ("Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
_HINDI = _HINDI_WORDS.split()
_ENGLISH = _ENGLISH_WORDS.split()

_CRORE = 1_00_00_000
_SCALES = ((1_00_000, "लाख", "Lakh"), (1_000, "हजार", "Thousand"), (100, "सौ", "Hundred"))


def number(count: int) -> str:
    """A whole number with Indian commas: "12,34,567"; below zero with a true minus."""
    digits = str(abs(count))
    head, tail = digits[:-3], digits[-3:]
    while head:
        head, tail = head[:-2], f"{head[-2:]},{tail}"
    return f"{MINUS if count < 0 else ''}{tail}"


def rupees(paise: Paise) -> str:
    """Money for screen and paper: "₹1,618", "−₹7"; paise only where there are any ("₹7.50")."""
    whole, part = divmod(abs(paise), RUPEE)
    fraction = f".{part:02d}" if part else ""
    return f"{MINUS if paise < 0 else ''}₹{number(whole)}{fraction}"


def exact(paise: Paise) -> str:
    """Money in a break-up: always two places and no sign of currency: "1,103.00", "−7.00"."""
    whole, part = divmod(abs(paise), RUPEE)
    return f"{MINUS if paise < 0 else ''}{number(whole)}.{part:02d}"


def in_words(paise: Paise, language: Language) -> str:
    """An amount of any size in words, as written on receipts."""
    whole, part = divmod(abs(paise), RUPEE)
    if language is Language.HINDI:
        return " ".join(_hindi_amount(whole, part, below_zero=paise < 0))
    return " ".join(_english_amount(whole, part, below_zero=paise < 0))


def _hindi_amount(whole: int, part: int, *, below_zero: bool) -> list[str]:
    words = ["ऋण"] if below_zero else []
    if whole or not part:
        words += ["रुपये", *_hindi(whole)]
    if part:
        words += ["और"] if whole else []
        words += [_HINDI[part], "पैसा" if part == 1 else "पैसे"]
    return [*words, "मात्र"]


def _english_amount(whole: int, part: int, *, below_zero: bool) -> list[str]:
    words = ["Minus"] if below_zero else []
    if whole or not part:
        words += ["Rupees", *_english(whole)]
    if part:
        words += ["and"] if whole else []
        words += [*_english(part), "Paisa" if part == 1 else "Paise"]
    return [*words, "Only"]


def _hindi(count: int) -> list[str]:
    if count >= _CRORE:
        return [*_hindi(count // _CRORE), "करोड़", *_rest(_hindi, count % _CRORE)]
    for scale, word, _ in _SCALES:
        if count >= scale:
            return [_HINDI[count // scale], word, *_rest(_hindi, count % scale)]
    return [_HINDI[count]]


def _english(count: int) -> list[str]:
    if count >= _CRORE:
        return [*_english(count // _CRORE), "Crore", *_rest(_english, count % _CRORE)]
    for scale, _, word in _SCALES:
        if count >= scale:
            return [*_english(count // scale), word, *_rest(_english, count % scale)]
    if count < len(_ENGLISH):
        return [_ENGLISH[count]]
    return [_TENS[count // 10 - 2], *_rest(_english, count % 10)]


def _rest(spell: Callable[[int], list[str]], count: int) -> list[str]:
    """What follows a scale word: nothing when nothing is left."""
    return spell(count) if count else []
