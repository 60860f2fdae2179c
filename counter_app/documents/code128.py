"""Code 128 (ISO/IEC 15417) of letters, digits and hyphens, as the widths of its bars and spaces.

Pairs of digits stand in set C, all else in set B. Written out here because the library for it loads one for
images with it, which is a fifth of the time of a process's first paper, and loses a pair 99 at the beginning.
"""

import re

# Six widths a symbol, by value, a bar first.
_WIDTHS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222"
    "123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321"
    "232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121"
    "313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224"
    "111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111"
    "111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113"
    "114311411113411311113141114131311141411131211412211214211232"
)
_STOP = "2331112"
_START_B, _START_C, _TO_C, _TO_B = 104, 105, 99, 100
_CHECK = 103
_FIRST = 32
"""The character of value 0 in set B."""
# Digits worth a change of set.
_PAIRS = re.compile(r"(?:\d\d){2,}", re.ASCII)


def widths(text: str) -> str:
    """The widths in modules, bars and spaces by turns, a digit each. ValueError for what set B cannot say."""
    values = _values(text)
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % _CHECK
    return "".join(_WIDTHS[6 * value : 6 * value + 6] for value in (*values, check)) + _STOP


def _values(text: str) -> list[int]:
    if not text or any(not 0 <= ord(sign) - _FIRST < 95 for sign in text):
        raise ValueError(text)
    values: list[int] = []
    done = 0
    for found in _PAIRS.finditer(text):
        _in_b(values, text[done : found.start()])
        values.append(_TO_C if values else _START_C)
        values += [int(found[0][at : at + 2]) for at in range(0, len(found[0]), 2)]
        done = found.end()
    _in_b(values, text[done:])
    return values


def _in_b(values: list[int], signs: str) -> None:
    if signs:
        values.append(_TO_B if values else _START_B)
        values += [ord(sign) - _FIRST for sign in signs]
