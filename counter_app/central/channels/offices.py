"""Offices that are open to channels: how papers describe them, as the central office says."""

import tomllib
from dataclasses import asdict, replace
from pathlib import Path

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Transaction
from counter_app.central.enrolling import open_office
from counter_app.central.tables import letterheads
from counter_app.domain.central_refusals import OfficeFileUnfit, OfficeNotOpen
from counter_app.domain.channel import Channel
from counter_app.domain.office import Office
from counter_app.domain.refusals import FileUnreadable

LARGEST_FILE = 16 * 1024
_SAID_BY_PROGRAM = {"code", "counter", "training"}

_OFFICE = select(letterheads.c.body).where(letterheads.c.office == bindparam("office"))
_ALL = select(letterheads.c.body).order_by(letterheads.c.office)
_PUT = insert(letterheads).values(office=bindparam("office"), body=bindparam("body"))
_PUT = _PUT.on_conflict_do_update(index_elements=["office"], set_={"body": _PUT.excluded.body})


def put_office(transaction: Transaction, code: str, file: Path) -> Office:
    """Open an office to channels, as a TOML file describes it, or describe it anew. ``OfficeCodeWrong``,
    ``OfficeFileUnfit``, ``FileUnreadable``.
    """
    office = _read(code, file)
    open_office(transaction, code)
    transaction.do(_PUT, {"office": code, "body": msgspec.json.encode(office)})
    return office


def office_of(transaction: Transaction, code: str, channel: Channel) -> Office:
    """An office as a channel's papers describe it. ``OfficeNotOpen``."""
    found = transaction.rows(_OFFICE, {"office": code})
    if not found:
        raise OfficeNotOpen(code)
    return replace(msgspec.json.decode(found[0][0], type=Office), counter=channel.counter)


def all_offices(transaction: Transaction) -> list[Office]:
    """All that are open, by code."""
    return [msgspec.json.decode(body, type=Office) for (body,) in transaction.rows(_ALL, {})]


def _read(code: str, file: Path) -> Office:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise OfficeFileUnfit(file.name, f"it is larger than {LARGEST_FILE // 1024} KiB")
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise FileUnreadable(file.name) from None
    except tomllib.TOMLDecodeError as wrong:
        raise OfficeFileUnfit(file.name, str(wrong)) from None
    given = {"demo": False} | said
    unknown = given.keys() - Office.__dataclass_fields__.keys() | given.keys() & _SAID_BY_PROGRAM
    if unknown:
        raise OfficeFileUnfit(file.name, f"{', '.join(sorted(unknown))} does not belong in it")
    try:
        office = msgspec.convert(given | {"code": code, "counter": 0}, Office)
    except msgspec.ValidationError as wrong:
        raise OfficeFileUnfit(file.name, str(wrong)) from None
    empty = [name for name, value in asdict(office).items() if isinstance(value, str) and not value.strip()]
    if empty:
        raise OfficeFileUnfit(file.name, f"{empty[0]} is empty")
    return office
