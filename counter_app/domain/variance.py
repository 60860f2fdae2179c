"""Where the difference between the count of a drawer and its books may come from, likeliest first.

What a restore has lost of the drawer and the centre tells is known, and stands first. Beyond that only
single slips are looked for: each explains by itself what is left. Nothing is ever put right by a guess; it
says where to look.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum, auto
from itertools import groupby

from counter_app.domain.drawer import CashMoved
from counter_app.domain.money import RUPEE, Paise
from counter_app.domain.payment import TenderKind

MOST_GUESSES = 4
MOST_OF_A_KIND = 2


class Guess(StrEnum):
    """What may have happened.

    ``WRONG_TENDER``: written as cash and paid otherwise, or the other way round. ``NO_MONEY``: a receipt
    without the money; ``TWO_RECEIPTS``: two of them. ``CHANGE_TWICE``, ``CHANGE_KEPT``: change given twice,
    or never. ``SWAPPED``: two digits of an amount in each other's place. ``REPRINT``: the money taken once
    more on a copy. ``NOT_GIVEN_BACK``: a cancelled receipt whose cash stayed. ``SLIP``: moved on paper only.
    ``RESTORED`` is no guess: receipts whose taking, cancelling or correcting a restore has lost.
    """

    RESTORED = auto()
    WRONG_TENDER = auto()
    NO_MONEY = auto()
    CHANGE_TWICE = auto()
    CHANGE_KEPT = auto()
    REPRINT = auto()
    NOT_GIVEN_BACK = auto()
    SLIP = auto()
    SWAPPED = auto()
    TWO_RECEIPTS = auto()


@dataclass(frozen=True, slots=True)
class Taken:
    """A receipt of the drawer as far as cash goes. ``back`` went back when it was cancelled (else 0).

    ``cash`` is what it says was paid in cash, ``returned`` the change; ``others`` what was paid otherwise.
    """

    serial: int
    at: datetime
    cash: Paise
    returned: Paise
    others: tuple[tuple[TenderKind, Paise], ...] = ()
    copies: int = 0
    cancelled: bool = False
    back: Paise = 0


@dataclass(frozen=True, slots=True)
class LostCash:
    """What a receipt brought to the drawer (below zero: took out of it) that its books have lost."""

    serial: int
    cash: Paise


@dataclass(frozen=True, slots=True)
class Cause:
    """A guess: of which receipts (of ``SLIP``: the slip's serial), and how they stand in the books.

    ``instead``: what may have been handed over (``SWAPPED``), or the amount of the second receipt. ``sure``:
    nothing else of the kind fits. Of ``RESTORED`` the amount is below zero where cash went out, and it is
    ``sure`` when that is the whole difference.
    """

    guess: Guess
    serials: tuple[int, ...]
    at: datetime | None
    amount: Paise
    instead: Paise = 0
    tender: TenderKind = TenderKind.CASH
    sure: bool = False


# How likely each is before anything else is known; what fits in many places fits by chance.
_WEIGHT = {
    Guess.WRONG_TENDER: 90,
    Guess.NOT_GIVEN_BACK: 80,
    Guess.CHANGE_KEPT: 70,
    Guess.REPRINT: 60,
    Guess.SLIP: 55,
    Guess.NO_MONEY: 50,
    Guess.CHANGE_TWICE: 45,
    Guess.SWAPPED: 30,
    Guess.TWO_RECEIPTS: 20,
}
_BY_CHANCE = frozenset({Guess.SWAPPED, Guess.TWO_RECEIPTS})


def explain(
    difference: Paise, taken: Sequence[Taken], moved: Iterable[CashMoved] = (), lost: Sequence[LostCash] = ()
) -> tuple[Cause, ...]:
    """What a difference (counted less expected, below zero is short) may come from."""
    known = sum(one.cash for one in lost)
    if not difference or not known:
        return _guesses(difference, taken, moved)
    serials = tuple(one.serial for one in lost)
    first = Cause(Guess.RESTORED, serials, None, known, sure=known == difference)
    return (first, *_guesses(difference - known, taken, moved)[: MOST_GUESSES - 1])


def _guesses(difference: Paise, taken: Sequence[Taken], moved: Iterable[CashMoved]) -> tuple[Cause, ...]:
    if not difference:
        return ()
    size = abs(difference)
    slips = (Cause(Guess.SLIP, (one.serial,), None, one.amount) for one in moved if one.into == -difference)
    found = [*(_short(size, taken) if difference < 0 else _over(size, taken)), *slips]
    found += _swapped(difference, taken)
    ranked: list[tuple[int, Cause]] = []
    for guess, alike in groupby(sorted(found, key=lambda cause: cause.guess), lambda cause: cause.guess):
        causes = list(alike)
        weight = _WEIGHT[guess] * 100 // len(causes)
        sure = len(causes) == 1 and guess not in _BY_CHANCE
        ranked += [(weight, replace(cause, sure=sure)) for cause in causes[:MOST_OF_A_KIND]]
    ranked.sort(key=lambda one: -one[0])
    return tuple(cause for _, cause in ranked[:MOST_GUESSES])


def _short(size: Paise, taken: Sequence[Taken]) -> Iterator[Cause]:
    live = [one for one in taken if not one.cancelled]
    for one in live:
        if one.cash == size:
            yield Cause(Guess.WRONG_TENDER, (one.serial,), one.at, size)
            yield Cause(Guess.NO_MONEY, (one.serial,), one.at, size)
        if one.returned == size:
            yield Cause(Guess.CHANGE_TWICE, (one.serial,), one.at, size)
    yield from _pairs(size, live)


def _over(size: Paise, taken: Sequence[Taken]) -> Iterator[Cause]:
    for one in taken:
        if one.cancelled:
            if one.back == size:
                yield Cause(Guess.NOT_GIVEN_BACK, (one.serial,), one.at, size)
            continue
        for kind, amount in one.others:
            if amount == size:
                yield Cause(Guess.WRONG_TENDER, (one.serial,), one.at, size, tender=kind)
        if one.returned == size:
            yield Cause(Guess.CHANGE_KEPT, (one.serial,), one.at, size)
        if one.copies and one.cash == size:
            yield Cause(Guess.REPRINT, (one.serial,), one.at, size)


def _pairs(size: Paise, live: Sequence[Taken]) -> Iterator[Cause]:
    """Two receipts one after the other that together make the sum; of each amount the nearest."""
    seen: dict[Paise, Taken] = {}
    for one in live:
        other = seen.get(size - one.cash) if 0 < one.cash < size else None
        if other is not None:
            yield Cause(Guess.TWO_RECEIPTS, (other.serial, one.serial), one.at, other.cash, one.cash)
        seen[one.cash] = one


def _swapped(difference: Paise, taken: Sequence[Taken]) -> Iterator[Cause]:
    """Two neighbouring digits swapped change an amount by a multiple of nine rupees."""
    rupees, part = divmod(abs(difference), RUPEE)
    if part or rupees % 9:
        return
    for one in taken:
        meant = one.cash + difference
        if not one.cancelled and one.cash and _is_swap(str(one.cash // RUPEE), str(meant // RUPEE)):
            yield Cause(Guess.SWAPPED, (one.serial,), one.at, one.cash, meant)


def _is_swap(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    apart = [place for place, signs in enumerate(zip(one, other, strict=True)) if signs[0] != signs[1]]
    return len(apart) == 2 and apart[1] == apart[0] + 1 and one[apart[0]] == other[apart[1]] and one != other
