"""Whom to telephone, which line a thing stands on, and when the supply of a line is going to be off."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.engine import Connection

from counter_app.domain.days import from_millis, to_millis
from counter_app.domain.names import prefixes, spellings, words
from counter_app.domain.network import Asset, AssetKind, Shutdown
from counter_app.domain.office import Duty, Officer, Post
from counter_app.store.tables import assets, duties, officers

_LEVELS = list(Post)

# Constant text, nothing to compile: it runs behind every key that is typed.
_SHUTDOWNS = """
    SELECT line, since, until, reason_hi, reason_en, called_off FROM shutdowns
    WHERE line IN (SELECT value FROM json_each(?)) AND line <> ''
        AND until > ? AND since < ? AND NOT called_off
    ORDER BY since, line"""
_LINES = "SELECT code, painted, name_hi, name_en FROM assets WHERE kind IN ('feeder', 'dtr')"


def officers_for(connection: Connection, category: str, group: str) -> tuple[Officer, ...]:
    """The officers of a category of complaints and a group of consumers, level by level.

    Of each post the one who is named for both comes first, who answers for all last.
    """
    asked = select(officers).where(officers.c.category.in_([category, ""]), officers.c.group.in_([group, ""]))
    return _officers(connection, asked)


def all_officers(connection: Connection) -> tuple[Officer, ...]:
    """Every officer, in the same order."""
    return _officers(connection, select(officers).order_by(officers.c.category, officers.c.group))


def on_duty(connection: Connection, category: str, group: str, at: datetime) -> tuple[Duty, ...]:
    """Who is on duty by the roster, in the order of ``officers_for``; who began last comes first."""
    table = duties.c
    asked = select(duties).where(table.category.in_([category, ""]), table.group.in_([group, ""]))
    return _duties(connection, asked, at)


def everybody_on_duty(connection: Connection, at: datetime) -> tuple[Duty, ...]:
    """Everybody who is on duty by the roster, in the same order."""
    return _duties(connection, select(duties), at)


def _officers(connection: Connection, asked: Select[Any]) -> tuple[Officer, ...]:
    found = [
        Officer(
            Post(row["post"]), row["category"], row["group"], row["name_hi"], row["name_en"], row["phone"]
        )
        for row in connection.execute(asked).mappings()
    ]
    return tuple(sorted(found, key=_by_level))


def _duties(connection: Connection, asked: Select[Any], at: datetime) -> tuple[Duty, ...]:
    asked = asked.where(duties.c.since <= at, duties.c.until > at).order_by(duties.c.since.desc())
    found = [Duty(**{**row, "post": Post(row["post"])}) for row in connection.execute(asked).mappings()]
    return tuple(sorted(found, key=_by_level))


def _by_level(one: Officer | Duty) -> tuple[int, bool, bool]:
    return _LEVELS.index(one.post), not one.category, not one.group


def shutdowns_on(
    connection: Connection, lines: Iterable[str], since: datetime, until: datetime
) -> tuple[Shutdown, ...]:
    """The planned shutdowns of these lines within a stretch of time, the first one first."""
    asked = (json.dumps([*lines]), to_millis(since), to_millis(until))
    return tuple(
        Shutdown(line, from_millis(begins), from_millis(ends), hindi, english, bool(off))
        for line, begins, ends, hindi, english, off in connection.exec_driver_sql(_SHUTDOWNS, asked)
    )


def asset(connection: Connection, typed: str) -> Asset | None:
    """The feeder, transformer or pole of a code, or of the number painted on it, small letters or large."""
    code = typed.strip().upper()
    if not code:
        return None
    asked = select(assets).where(or_(*(func.upper(one) == code for one in (assets.c.code, assets.c.painted))))
    row = connection.execute(asked.order_by(assets.c.kind).limit(1)).mappings().first()
    return Asset(**{**row, "kind": AssetKind(row["kind"])}) if row else None


def lines_called(connection: Connection, typed: str) -> tuple[str, ...]:
    """Feeders and transformers by code or painted number, in small letters or large; the code as typed first.

    What the lists do not know is recorded as it was typed, so it is looked for as it is typed.
    """
    code = typed.strip()
    if not code:
        return ()
    rows = connection.exec_driver_sql(_LINES).all()
    known = (row.code for row in rows if code.upper() in {row.code.upper(), row.painted.upper()})
    return tuple(dict.fromkeys((code, *known)))


def lines_named(connection: Connection, typed: str) -> tuple[str, ...]:
    """Feeders and transformers whose name has all the words typed, in either script, the last unfinished."""
    asked = [prefixes(word) for word in words(typed)]
    if not any(asked):
        return ()
    rows = connection.exec_driver_sql(_LINES).all()
    return tuple(row.code for row in rows if any(_has(name, asked) for name in (row.name_hi, row.name_en)))


def _has(name: str, asked: list[tuple[str, ...]]) -> bool:
    """Whether each word asked for begins a word of a name."""
    written = [key for keys in spellings(name) for key in keys]
    return all(any(key.startswith(begin) for key in written for begin in begins) for begins in asked)
