"""The columns of each file: ours by name, how they are read, which are needed; other names for them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from counter_app.billing.cells import (
    Read,
    count,
    count_within,
    day,
    deposit,
    mobile,
    moment,
    month,
    number,
    payment,
    phone,
    power_factor,
    repeated_text,
    rupees,
    text,
    word,
    yes_or_no,
)
from counter_app.billing.kruti_dev import unicode_text
from counter_app.domain.acts import FileKind
from counter_app.domain.bill import Charge
from counter_app.domain.consumer import Supply
from counter_app.domain.file_refusals import ColumnMapWrong, ColumnsMissing, ColumnTwice
from counter_app.domain.network import AssetKind
from counter_app.domain.office import Post
from counter_app.domain.refusals import FileUnreadable

LARGEST_MAP = 64 * 1024

LARGEST_LOAD = 999_999
"""Watts; low tension ends at a ninth of it."""
WINDOWS = ("tod1", "tod2", "tod3", "tod4")
"""Columns of the units in the time of day windows that the bill names TOD1 to TOD4."""

_LONGEST_SHOWN = 40
_MOST_UNITS = 10**9

ColumnNames = Mapping[FileKind, Mapping[str, str]]
"""For each file, what its headings call our columns."""

_URBAN = {"urban": True, "rural": False, "u": True, "r": False, "शहरी": True, "ग्रामीण": False}
_SUPPLY = {
    "live": Supply.LIVE, "disconnected": Supply.DISCONNECTED, "removed": Supply.REMOVED,
    "td": Supply.DISCONNECTED, "pd": Supply.REMOVED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its cells are read, whether it and each of its cells are needed."""

    read: Read
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as it was found: our name, the name in the file, where it stands, how it is read."""

    name: str
    written: str
    place: int
    read: Read
    needed: bool


def _name(*, hindi: bool) -> Column:
    """Names of people and places, also in the legacy encoding."""
    clean = text(80)
    return Column(lambda cell: clean(unicode_text(cell, hindi=hindi)))


_HI, _EN = _name(hindi=True), _name(hindi=False)


_CONSUMERS = {
    "consumer": Column(number, needed=True),
    "name_hi": _HI, "name_en": _EN,
    "relation": Column(word({"father": "father", "husband": "husband", "f": "father", "h": "husband"})),
    "relation_hi": _HI, "relation_en": _EN,
    "house": _EN, "locality_hi": _HI, "locality_en": _EN,
    "ward": Column(repeated_text(20)),
    "mobile": Column(mobile),
    "meter": Column(text(24)),
    "old_number": Column(text(32)),
    "tariff": Column(repeated_text(16), needed=True),
    "purpose": Column(repeated_text(40), needed=True),
    "premises": Column(word(_URBAN), needed=True),
    "load": Column(count_within(0, LARGEST_LOAD), needed=True),
    "phases": Column(word({"1": 1, "3": 3}), needed=True),
    "feeder": Column(repeated_text(24)), "feeder_hi": _HI, "feeder_en": _EN,
    "dtr": Column(repeated_text(24)), "pole": Column(text(24)),
    "group": Column(repeated_text(12)), "diary": Column(repeated_text(12)),
    "supply": Column(word(_SUPPLY)),
    "connected_on": Column(day),
    "deposit": Column(deposit),
}  # fmt: skip
_BILLS = {
    "consumer": Column(number, needed=True),
    "bill_number": Column(text(24), needed=True),
    "month": Column(month, needed=True),
    "bill_date": Column(day, needed=True), "due_date": Column(day, needed=True),
    "basis": Column(repeated_text(24), needed=True),
    "tariff": Column(repeated_text(16), needed=True),
    "rates": Column(repeated_text(60)),
    "meter": Column(text(24)),
    "previous_date": Column(day, needed=True), "previous_reading": Column(count, needed=True),
    "current_date": Column(day, needed=True), "current_reading": Column(count, needed=True),
    "factor": Column(count),
    "metered_units": Column(count, needed=True), "assessed_units": Column(count),
    **{str(charge): Column(rupees) for charge in Charge},
    "arrear": Column(rupees), "arrear_duty": Column(rupees), "surcharge": Column(rupees),
    "net": Column(rupees, needed=True),
    "late_surcharge": Column(rupees),
    "contract_demand": Column(count_within(1, LARGEST_LOAD)),
    "recorded_demand": Column(count_within(0, LARGEST_LOAD)),
    "demand_unit": Column(word({"kw": False, "kva": True})),
    "recorded_power_factor": Column(power_factor),
    **{window: Column(count_within(0, _MOST_UNITS)) for window in WINDOWS},
    "prepaid_meter": Column(yes_or_no),
    "deposit_pending": Column(deposit),
}  # fmt: skip
_PAYMENTS = {
    "consumer": Column(number, needed=True),
    "paid_on": Column(day, needed=True),
    "amount": Column(payment, needed=True),
    "channel": Column(repeated_text(32), needed=True),
    "reference": Column(text(40), needed=True),
    "posted": Column(yes_or_no, needed=True),
    "month": Column(month),
    "reversed": Column(yes_or_no),
}
_OFFICERS = {
    "post": Column(word({str(post): post for post in Post}), needed=True),
    "name_hi": _HI, "name_en": _EN,
    "phone": Column(phone, needed=True),
    "category": Column(repeated_text(24)), "group": Column(repeated_text(12)),
}  # fmt: skip
_ASSETS = {
    "kind": Column(word({str(kind): kind for kind in AssetKind}), needed=True),
    "code": Column(text(24), needed=True),
    "name_hi": _HI, "name_en": _EN,
    "above": Column(text(24)), "painted": Column(text(24)),
}  # fmt: skip

_SHUTDOWNS = {
    "line": Column(text(24), needed=True),
    "since": Column(moment, needed=True), "until": Column(moment, needed=True),
    "reason_hi": _HI, "reason_en": _EN,
    "called_off": Column(yes_or_no),
}  # fmt: skip
_ROSTER = {
    "post": Column(word({str(post): post for post in Post}), needed=True),
    "since": Column(moment, needed=True), "until": Column(moment, needed=True),
    "name_hi": _HI, "name_en": _EN,
    "phone": Column(phone, needed=True),
    "category": Column(repeated_text(24)), "group": Column(repeated_text(12)),
}  # fmt: skip

COLUMNS: Mapping[FileKind, Mapping[str, Column]] = {
    FileKind.CONSUMERS: _CONSUMERS,
    FileKind.BILLS: _BILLS,
    FileKind.PAYMENTS: _PAYMENTS,
    FileKind.OFFICERS: _OFFICERS,
    FileKind.ASSETS: _ASSETS,
    FileKind.SHUTDOWNS: _SHUTDOWNS,
    FileKind.ROSTER: _ROSTER,
}


def headings(kind: FileKind, written: Sequence[str], names: Mapping[str, str], file: str) -> list[Heading]:
    """Which column is which; ``ColumnsMissing`` or ``ColumnTwice`` when they do not serve.

    Capital and small letters and what stands between words are alike. Columns that mean nothing here are
    passed over.
    """
    ours = {_plain(names.get(name, name)): name for name in COLUMNS[kind]}
    found: dict[str, Heading] = {}
    for place, cell in enumerate(written):
        name = ours.get(_plain(cell))
        if name is None:
            continue
        if name in found:
            raise ColumnTwice(file, _shown(cell))
        column = COLUMNS[kind][name]
        found[name] = Heading(name, _shown(cell), place, column.read, column.needed)
    missing = [
        names.get(name, name) for name, column in COLUMNS[kind].items() if column.needed and name not in found
    ]
    if missing:
        raise ColumnsMissing(file, ", ".join(missing))
    return list(found.values())


def read_names(path: Path) -> ColumnNames:
    """The TOML of other names: a table a file, our column = "its heading". ``ColumnMapWrong`` otherwise."""
    name = path.name
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_MAP + 1)
    except OSError as fault:
        raise FileUnreadable(name) from fault
    if len(data) > LARGEST_MAP:
        raise ColumnMapWrong(name, f"{LARGEST_MAP} B")
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise ColumnMapWrong(name, str(fault)[:60]) from fault
    for kind, table in tables.items():
        if kind not in set(FileKind) or not isinstance(table, dict):
            raise ColumnMapWrong(name, f"[{kind}]")
        for ours, theirs in table.items():
            if ours not in COLUMNS[FileKind(kind)] or not isinstance(theirs, str) or not _plain(theirs):
                raise ColumnMapWrong(name, f"{kind}.{ours}")
    return {FileKind(kind): table for kind, table in tables.items()}


def _shown(heading: str) -> str:
    """A heading as it can be printed anywhere."""
    return "".join(filter(str.isprintable, heading)).strip()[:_LONGEST_SHOWN]


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")
