"""Whose bills can be printed together: the connections of the office, of a feeder, of a transformer."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy.engine import Connection

from counter_app.domain.acts import BillsOf
from counter_app.store.columns import consumer_number
from counter_app.store.rows import Names

# Constant text, nothing to compile. A connection of which no feeder is known is on that of its transformer.
_FEEDER = "coalesce(nullif(c.feeder, ''), d.above, '')"
_BILLED = """
    FROM consumers c LEFT JOIN assets d ON d.kind = 'dtr' AND d.code = c.dtr AND c.dtr <> ''
    WHERE c.supply <> 'removed' AND c.id NOT IN (SELECT consumer FROM moved)
        AND EXISTS (SELECT 1 FROM bills b WHERE b.consumer = c.id AND b.body IS NOT NULL)"""
_COUNTED = f"""
    SELECT {_FEEDER}, c.dtr, count(*), max(c.feeder_hi), max(c.feeder_en), max(d.above){_BILLED}
    GROUP BY 1, 2"""
_LINES = "SELECT code, name_hi, name_en, painted FROM assets WHERE kind = ?"
_OF = {
    BillsOf.OFFICE: "? = ''",
    BillsOf.FEEDER: f"{_FEEDER} = ?",
    BillsOf.DTR: "c.dtr = ?",
}
_MANY = {of: f"SELECT count(*){_BILLED} AND {which}" for of, which in _OF.items()}
_NEXT = {
    of: f"""
    SELECT c."group", c.diary, c.id{_BILLED} AND {which} AND (c."group", c.diary, c.id) > (?, ?, ?)
    ORDER BY c."group", c.diary, c.id LIMIT ?"""
    for of, which in _OF.items()
}


class Place(NamedTuple):
    """Where a connection stands among others: they come as meters are read and bills brought round."""

    group: str = ""
    diary: str = ""
    key: int = -1

    @property
    def consumer(self) -> str:
        """Its number."""
        return consumer_number(self.key)


class Lot(NamedTuple):
    """Bills that can be printed together: those of ``line`` (empty: of the office), and how many.

    ``above`` is the feeder of a transformer; ``painted`` the number on the structure. Empty: not known.
    """

    of: BillsOf
    line: str
    name: Names
    above: str
    painted: str
    bills: int


def lots(connection: Connection) -> tuple[Lot, ...]:
    """The whole office, then each feeder with its transformers below it, by their codes.

    A transformer stands once, with all its bills: on its own feeder where that is known and has any, else on
    the one of most of its connections.
    """
    rows = connection.exec_driver_sql(_COUNTED).all()
    feeders, dtrs = Counter[str](), Counter[str]()
    told, shares = dict[str, Names](), dict[str, tuple[bool, int, str]]()
    for feeder, dtr, bills, hindi, english, own in rows:
        feeders[feeder] += bills
        if dtr:
            dtrs[dtr] += bills
            shares[dtr] = max(shares.get(dtr, (False, 0, "")), (feeder == own, bills, feeder))
        told[feeder] = told.get(feeder) or Names(hindi, english)
    lines = {
        of: {code: (Names(hindi, english), painted) for code, hindi, english, painted in found}
        for of in (BillsOf.FEEDER, BillsOf.DTR)
        for found in [connection.exec_driver_sql(_LINES, (str(of),)).all()]
    }
    made = [Lot(BillsOf.OFFICE, "", Names("", ""), "", "", sum(feeders.values()))]
    for feeder in sorted(feeders):
        name, painted = lines[BillsOf.FEEDER].get(feeder, (told[feeder], ""))
        if feeder:
            made.append(Lot(BillsOf.FEEDER, feeder, name, "", painted, feeders[feeder]))
        for dtr in sorted(dtr for dtr, (_own, _bills, above) in shares.items() if above == feeder):
            name, painted = lines[BillsOf.DTR].get(dtr, (Names("", ""), ""))
            made.append(Lot(BillsOf.DTR, dtr, name, feeder, painted, dtrs[dtr]))
    return tuple(made)


def how_many(connection: Connection, of: BillsOf, line: str) -> int:
    """How many bills a lot has now."""
    return int(connection.exec_driver_sql(_MANY[of], (line,)).scalar_one())


def next_ones(connection: Connection, of: BillsOf, line: str, after: Place, most: int) -> tuple[Place, ...]:
    """The next connections of a lot behind a place in it."""
    return tuple(map(Place._make, connection.exec_driver_sql(_NEXT[of], (line, *after, most))))
