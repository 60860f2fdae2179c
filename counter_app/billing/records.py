"""Rows of a file as values of the domain, one at a time; a row that cannot be one is a reject, whole."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from counter_app.billing.columns import COLUMNS, WINDOWS, headings
from counter_app.billing.source import Line, Source
from counter_app.domain.acts import FileKind
from counter_app.domain.bill import Bill, Charge, ChargeLine, Measured, Reading
from counter_app.domain.consumer import Consumer, Supply
from counter_app.domain.days import Month
from counter_app.domain.file_refusals import (
    BillDoesNotAdd,
    CellMissing,
    DueBeforeIssue,
    FileEmpty,
    MonthAfterIssue,
    NameMissing,
    ReadingsTurned,
    RowTooWide,
    UntilBeforeSince,
)
from counter_app.domain.money import Paise, to_rupee
from counter_app.domain.network import Asset, Shutdown
from counter_app.domain.office import Duty, Officer
from counter_app.domain.refusals import Refused

Values = dict[str, Any]


class Paid(NamedTuple):
    """A payment that the billing system knows of. ``reversed``: it was taken back and counts no more."""

    consumer: str
    month: str
    on: date
    amount: Paise
    channel: str
    reference: str
    posted: bool
    reversed: bool


Value = Consumer | Bill | Paid | Officer | Asset | Shutdown | Duty


class Record(NamedTuple):
    """A row that was understood."""

    line: Line
    value: Value


class Reject(NamedTuple):
    """A row that is not taken; ``column`` as the file's heading calls it, empty where it is the whole row."""

    line: Line
    column: str
    why: Refused


class Table:
    """A file whose headings fit its kind. ``records`` is read once."""

    def __init__(self, kind: FileKind, source: Source, names: Mapping[str, str]) -> None:
        """Reads the headings; refuses the file where they do not serve."""
        self.kind, self.source = kind, source
        self._lines = source.lines()
        first = next(self._lines, None)
        if first is None:
            raise FileEmpty(source.name)
        self.written = tuple(first.cells)
        self._headings = headings(kind, first.cells, names, source.name)

    def records(self) -> Iterator[Record | Reject]:
        """Every row below the headings."""
        make, width = _MAKERS[self.kind], len(self.written)
        given: Values = dict(_GIVEN[self.kind])
        plan = [(heading.name, heading.place, heading.read, heading.needed) for heading in self._headings]
        name = ""
        for line in self._lines:
            cells = line.cells
            if len(cells) != width or line.broken:
                if why := line.broken or _too_wide(cells, width):
                    yield Reject(line, "", why)
                    continue
                cells = cells + [""] * (width - len(cells))
            values = given.copy()
            try:
                for name, place, read, needed in plan:
                    cell = cells[place].strip()
                    if cell:
                        values[name] = read(cell)
                    elif needed:
                        raise CellMissing
                name = ""
                yield Record(line, make(values))
            except Refused as why:
                yield Reject(line, self.column(name or _BLAMED.get(type(why), "")), why)

    @property
    def unsaid(self) -> frozenset[str]:
        """Columns of ours that the file does not have: it does not even say that they are empty."""
        return frozenset(COLUMNS[self.kind]) - {heading.name for heading in self._headings}

    def column(self, name: str) -> str:
        """What the file calls one of our columns."""
        return next((heading.written for heading in self._headings if heading.name == name), "")


def _too_wide(cells: list[str], width: int) -> Refused | None:
    return RowTooWide(len(cells), width) if any(cells[width:]) else None


def _consumer(values: Values) -> Consumer:
    values["number"] = values.pop("consumer")
    values["urban"] = values.pop("premises")
    for pair in ("name", "relation", "locality", "feeder"):
        _by_script(values, f"{pair}_hi", f"{pair}_en")
    if not values["name_hi"] and not values["name_en"]:
        raise NameMissing
    return Consumer(**values)


def _by_script(values: Values, hindi: str, english: str) -> None:
    """Each text under its own script, whichever column it came in."""
    in_hindi, in_english = values[hindi], values[english]
    if in_english and not in_hindi and not in_english.isascii():
        values[hindi], values[english] = in_english, ""
    elif in_hindi and not in_english and in_hindi.isascii():
        values[hindi], values[english] = "", in_hindi


def _bill(values: Values) -> Bill:
    lines = tuple([ChargeLine(charge, values[name]) for name, charge in _CHARGES if values[name]])
    charged = sum([line.amount for line in lines])
    net = values["net"]
    owed = charged + values["arrear"] + values["arrear_duty"] + values["surcharge"]
    if to_rupee(owed) != net:
        raise BillDoesNotAdd(owed, net)
    if values["due_date"] < values["bill_date"]:
        raise DueBeforeIssue
    if values["month"] > Month.of(values["bill_date"]):
        raise MonthAfterIssue
    if values["current_date"] < values["previous_date"]:
        raise ReadingsTurned
    return Bill(
        number=values["bill_number"],
        consumer=values["consumer"],
        month=values["month"],
        issued=values["bill_date"],
        due=values["due_date"],
        basis=values["basis"],
        tariff=values["tariff"],
        rates=values["rates"],
        meter=values["meter"],
        previous=Reading(values["previous_date"], values["previous_reading"]),
        current=Reading(values["current_date"], values["current_reading"]),
        factor=values["factor"],
        metered=values["metered_units"],
        assessed=values["assessed_units"],
        charges=lines,
        slabs=(),
        fixed_steps=None,
        arrear=values["arrear"],
        arrear_duty=values["arrear_duty"],
        surcharge=values["surcharge"],
        net=net,
        late_surcharge=values["late_surcharge"],
        measured=_measured(values) if values.keys() & _MEASURED else None,
        deposit_pending=values.get("deposit_pending"),
    )


def _measured(values: Values) -> Measured:
    return Measured(
        contract=values.get("contract_demand"),
        recorded=values.get("recorded_demand"),
        apparent=values.get("demand_unit", False),
        power_factor=values.get("recorded_power_factor"),
        by_window=tuple([(name.upper(), values[name]) for name in WINDOWS if name in values]),
        prepaid=values.get("prepaid_meter", False),
    )


def _payment(values: Values) -> Paid:
    month: Month | None = values["month"]
    return Paid(
        values["consumer"], str(month) if month else "", values["paid_on"], values["amount"],
        values["channel"].casefold(), values["reference"], values["posted"], values["reversed"],
    )  # fmt: skip


def _officer(values: Values) -> Officer:
    _by_script(values, "name_hi", "name_en")
    if not values["name_hi"] and not values["name_en"]:
        raise NameMissing
    return Officer(**values)


def _asset(values: Values) -> Asset:
    _by_script(values, "name_hi", "name_en")
    return Asset(**values)


def _shutdown(values: Values) -> Shutdown:
    _by_script(values, "reason_hi", "reason_en")
    _demand_stretch(values)
    return Shutdown(**values)


def _duty(values: Values) -> Duty:
    _by_script(values, "name_hi", "name_en")
    if not values["name_hi"] and not values["name_en"]:
        raise NameMissing
    _demand_stretch(values)
    return Duty(**values)


def _demand_stretch(values: Values) -> None:
    if values["until"] <= values["since"]:
        raise UntilBeforeSince


# The column to look at when the cells are right one by one, but not together.
_BLAMED: dict[type[Refused], str] = {
    BillDoesNotAdd: "net",
    DueBeforeIssue: "due_date",
    MonthAfterIssue: "month",
    ReadingsTurned: "current_date",
    UntilBeforeSince: "until",
}
_CHARGES = tuple((str(charge), charge) for charge in Charge)
_MEASURED = {"contract_demand", "recorded_demand", "recorded_power_factor", "prepaid_meter", *WINDOWS}
_NAMES = {"name_hi": "", "name_en": ""}
# What stands for a cell that is empty or a column that is not there.
_GIVEN: dict[FileKind, Values] = {
    FileKind.CONSUMERS: _NAMES | dict.fromkeys(
        ("relation", "relation_hi", "relation_en", "house", "locality_hi", "locality_en", "ward", "mobile",
         "meter", "old_number", "feeder", "feeder_hi", "feeder_en", "dtr", "pole", "group", "diary"), ""
    ) | {"supply": Supply.LIVE, "connected_on": None, "deposit": 0},
    FileKind.BILLS: dict.fromkeys(
        (*map(str, Charge), "arrear", "arrear_duty", "surcharge", "late_surcharge", "assessed_units"), 0
    ) | {"factor": 1, "rates": "", "meter": ""},
    FileKind.PAYMENTS: {"month": None, "reversed": False},
    FileKind.OFFICERS: _NAMES | {"category": "", "group": ""},
    FileKind.ASSETS: _NAMES | {"above": "", "painted": ""},
    FileKind.SHUTDOWNS: {"reason_hi": "", "reason_en": "", "called_off": False},
    FileKind.ROSTER: _NAMES | {"category": "", "group": ""},
}  # fmt: skip
_MAKERS: dict[FileKind, Callable[[Values], Value]] = {
    FileKind.CONSUMERS: _consumer,
    FileKind.BILLS: _bill,
    FileKind.PAYMENTS: _payment,
    FileKind.OFFICERS: _officer,
    FileKind.ASSETS: _asset,
    FileKind.SHUTDOWNS: _shutdown,
    FileKind.ROSTER: _duty,
}
