"""Hindi that is hard to set: words of bills and receipts, and syllables as no dictionary has them."""

from random import Random

_TEXT = (
    "विद्युत उपभोक्ता उपभोक्\u200dता क्षेत्र मध्य वितरण कंपनी श्रीमती राष्ट्रीय ज्ञान र्कि शक्ति द्ध्य "
    "कार्यपालन यंत्री प्रविष्टि अंतिम तिथि अधिभार ट्रांसफार्मर ड्यूटी ऑनलाइन छूट हृदय पत्नी स्व. विच्छेदन "
    "नियत प्रभार पूर्णांकन सड़सठ ढूँढें क्\u200cष किं र्कीं हस्ताक्षर १२३४५ ₹१,६१८"
)
WORDS = _TEXT.split(" ")

SEED = 7
_CONSONANTS = "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ"
_WITH_DOT = ("क़", "ख़", "ग़", "ज़", "ड़", "ढ़", "फ़")
_VOWELS = "अआइईउऊऋएऐओऔऑ"
_SIGNS = ("", "", "ा", "ि", "ी", "ु", "ू", "ृ", "े", "ै", "ो", "ौ", "ॉ", "ॅ")
_ABOVE = ("", "", "", "ं", "ँ", "ः")
_JOINS = ("\u094d", "\u094d", "\u094d", "\u094d\u200d", "\u094d\u200c")


def syllables(count: int, seed: int = SEED) -> list[str]:
    """Random syllables: up to four consonants joined, with or without reph, dot, vowel sign and mark."""
    dice = Random(seed)
    return [_syllable(dice) for _ in range(count)]


def _syllable(dice: Random) -> str:
    if dice.random() < 0.08:
        return dice.choice(_VOWELS) + dice.choice(_ABOVE)
    made = "र\u094d" if dice.random() < 0.15 else ""
    for _ in range(dice.choice((0, 0, 1, 1, 2, 3))):
        made += _consonant(dice) + dice.choice(_JOINS)
    return made + _consonant(dice) + dice.choice(_SIGNS) + dice.choice(_ABOVE)


def _consonant(dice: Random) -> str:
    return dice.choice(_WITH_DOT) if dice.random() < 0.08 else dice.choice(_CONSONANTS)
