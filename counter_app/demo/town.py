"""Invented consumers: names in both scripts with the spelling variety of Madhya Pradesh, places, lines."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from counter_app.domain.consumer import Consumer, Supply
from counter_app.resources import resource

FEEDERS = 14
CONSUMERS_A_DTR = 180
# Five equal digits, so that nobody takes an invented number for a neighbour's.
_MOBILE = "66666"
_MISCOPIED = 50
_FIRST, _APART = 2_204_500_000, 60_000_000


@dataclass(frozen=True, slots=True)
class Words:
    """The lists that names and places are drawn from."""

    men: list[list[str]]
    women: list[list[str]]
    families: list[list[str]]
    localities: list[list[str]]


def words() -> Words:
    """The packed lists."""
    read = tomllib.loads(resource("demo", "names.toml").read_text("utf-8"))
    return Words(read["men"], read["women"], read["families"], read["localities"])


def consumers(count: int, dice: Random, office: str) -> Iterator[Consumer]:
    """So many consumers of an office, in the order of their numbers, of which no two offices share one."""
    lists = words()
    number = _FIRST + (int(office) - 2214) * _APART
    for place in range(count):
        number += dice.randrange(1, 60)
        yield _consumer(f"N{number}", office, place, lists, dice)


def _consumer(number: str, office: str, place: int, lists: Words, dice: Random) -> Consumer:
    woman = dice.random() < 0.32
    family = dice.choice(lists.families)
    given = dice.choice(lists.women if woman else lists.men)
    kin = dice.choice(lists.men)
    where = dice.randrange(len(lists.localities))
    locality = lists.localities[where]
    dtr = place // CONSUMERS_A_DTR
    feeder = where % FEEDERS + 1
    house = str(dice.randrange(1, 400))
    return Consumer(
        number=number,
        name_hi=f"{given[0]} {family[0]}",
        name_en=f"{dice.choice(given[1:])} {dice.choice(family[1:])}",
        relation="husband" if woman and dice.random() < 0.8 else "father",
        relation_hi=kin[0],
        relation_en=dice.choice(kin[1:]),
        house=f"{house}/{dice.randrange(1, 6)}" if dice.random() < 0.2 else house,
        locality_hi=locality[0],
        locality_en=locality[1],
        ward=locality[2],
        mobile=_mobile(dice.randrange(100_000)) if dice.random() < 0.86 else "",
        meter=str(dice.randrange(10_000_000, 99_999_999)),
        old_number=f"{office}{feeder:02d}00-{dice.randrange(1, 40):02d}-{place % 60:02d}-{place + 1:06d}",
        tariff="LV-1.2",
        purpose="domestic",
        urban=bool(locality[2]),
        load=dice.choice((500, 1000, 1000, 2000, 2000, 3000, 5000)),
        phases=3 if dice.random() < 0.06 else 1,
        feeder=f"F-{feeder:02d}",
        feeder_hi=lists.localities[feeder - 1][0],
        feeder_en=lists.localities[feeder - 1][1],
        dtr=f"{office}{feeder:02d}{dtr + 1:04d}",
        pole=f"{locality[1][:1]}{locality[1].split()[-1][:1]}-{dice.randrange(1, 40)}/{dice.randrange(1, 9)}",
        group=f"{dice.randrange(1, 25):02d}",
        diary=f"{dice.randrange(1, 60):02d}",
        supply=Supply.LIVE,
        connected_on=date(dice.randrange(1985, 2024), dice.randrange(1, 13), dice.randrange(1, 28)),
        deposit=dice.randrange(5, 30) * 100_00,
    )


def _mobile(tail: int) -> str:
    """A mobile number as the office has it: one in fifty has lost a digit."""
    number = f"{_MOBILE}{tail:05d}"
    return number[1:] if tail % _MISCOPIED == 0 else number
