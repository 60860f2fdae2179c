"""From TOML text to rule sets: strict, so that a slip in a file is found when the program starts."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import TypeVar

from counter_app.domain.allocation import Head
from counter_app.domain.complaint import ComplaintGroup, ComplaintType
from counter_app.domain.payment import TenderKind
from counter_app.domain.rule_text import Table
from counter_app.domain.rules import (
    Catalogue,
    Confidence,
    Duty,
    DutyStep,
    FixedBand,
    Order,
    Rule,
    Rules,
    Ruling,
    Slab,
    Surcharge,
    SurchargeMinimum,
    Tariff,
    Tenders,
)

_Row = TypeVar("_Row")


def read_rules(files: Mapping[str, str]) -> Rules:
    """Read rule files, given as name and TOML text. ``RuleFileWrong`` names the file and key at fault."""
    roots = [Table.parse(file, text) for file, text in sorted(files.items())]
    rules = Rules(
        tariffs=_read("tariff", roots, _tariff),
        duties=_read("duty", roots, _duty),
        surcharges=_read("surcharge", roots, _surcharge),
        orders=_read("order", roots, _order),
        tenders=_read("tenders", roots, _tenders),
        catalogues=_read("complaints", roots, _catalogue),
    )
    for root in roots:
        root.finish()
    return rules


def _read(kind: str, roots: Iterable[Table], build: Callable[[Table, Ruling], Rule]) -> tuple[Rule, ...]:
    """All rule sets of one kind by date; of each category no two may be in force on one day."""
    read: list[tuple[str, Rule, Table]] = []
    for root in roots:
        if root.has(kind):
            for table in root.tables(kind):
                rule = build(table, _ruling(table))
                read.append((getattr(rule, "category", ""), rule, table))
    read.sort(key=lambda row: (row[0], row[1].ruling.valid_from))
    for (category, before, _), (next_category, after, table) in pairwise(read):
        if category == next_category and before.ruling.covers(after.ruling.valid_from):
            raise table.wrong("valid_from", f"overlaps with {before.ruling.name}")
    return tuple(rule for _, rule, _ in read)


def _ruling(table: Table) -> Ruling:
    valid_from = table.day("valid_from")
    valid_to = table.day("valid_to") if table.has("valid_to") else None
    if valid_to is not None and valid_to < valid_from:
        raise table.wrong("valid_to", "lies before valid_from")
    return Ruling(
        name=table.text("name"),
        valid_from=valid_from,
        valid_to=valid_to,
        scope=table.pattern("scope", "company"),
        source=table.text("source"),
        confidence=Confidence(table.pattern("confidence", "|".join(Confidence))),
    )


def _rows(table: Table, key: str, build: Callable[[Table, int, int | None], _Row]) -> tuple[_Row, ...]:
    """Rows that follow one another by ``upto``, the last one open, each with its lower and upper bound."""
    rows: list[_Row] = []
    above: int | None = 0
    for row in table.tables(key):
        if above is None:
            raise row.wrong("upto", "follows a row without upto")
        upto = row.optional_whole("upto", above + 1)
        rows.append(build(row, above, upto))
        above = upto
    if above is not None:
        raise table.wrong(key, "must end with a row without upto")
    return tuple(rows)


def _tariff(table: Table, ruling: Ruling) -> Tariff:
    def slab(row: Table, above: int, upto: int | None) -> Slab:
        return Slab(above, upto, row.whole("rate", 1))

    def band(row: Table, above: int, upto: int | None) -> FixedBand:
        urban, rural = row.optional_whole("urban"), row.optional_whole("rural")
        return FixedBand(above, upto, row.flag("by_load"), urban, rural)

    return Tariff(
        ruling,
        category=table.text("category"),
        slabs=_rows(table, "slabs", slab),
        fixed=_rows(table, "fixed", band) if table.has("fixed") else (),
        step_units=table.whole("step_units", 1),
        minimum_energy=table.optional_whole("minimum_energy"),
    )


def _duty(table: Table, ruling: Ruling) -> Duty:
    def step(row: Table, above: int, upto: int | None) -> DutyStep:
        return DutyStep(above, upto, row.whole("basis_points"))

    return Duty(ruling, _rows(table, "steps", step))


def _surcharge(table: Table, ruling: Ruling) -> Surcharge:
    def minimum(row: Table, above: int, upto: int | None) -> SurchargeMinimum:
        return SurchargeMinimum(above, upto, row.whole("amount"))

    return Surcharge(ruling, table.whole("basis_points_a_month"), _rows(table, "minimums", minimum))


def _order(table: Table, ruling: Ruling) -> Order:
    heads = table.texts("heads")
    if set(heads) != set(Head) - {Head.ADVANCE}:
        raise table.wrong("heads", "must name every head but the advance once")
    return Order(ruling, tuple(map(Head, heads)))


def _tenders(table: Table, ruling: Ruling) -> Tenders:
    taken, off = table.texts("taken"), table.texts("off")
    if not set(taken) <= set(TenderKind):
        raise table.wrong("taken", "names a tender that the counter does not know")
    if set(taken) & set(off):
        raise table.wrong("off", "names a tender that is taken")
    return Tenders(ruling, tuple(map(TenderKind, taken)), off)


def _catalogue(table: Table, ruling: Ruling) -> Catalogue:
    groups = tuple(
        ComplaintGroup(row.pattern("key", "[a-z]+"), row.text("hi"), row.text("en"))
        for row in table.tables("groups")
    )
    types: list[ComplaintType] = []
    taken = {group.key for group in groups}
    if len(taken) != len(groups):
        raise table.wrong("groups", "names something twice")
    for row in table.tables("types"):
        read = _complaint_type(row)
        if read.group not in {group.key for group in groups}:
            raise row.wrong("group", "is none of the groups")
        for key in ("key", "code"):
            if row.text(key) in taken:
                raise row.wrong(key, "stands twice")
        taken |= {read.key, read.code}
        types.append(read)
    return Catalogue(ruling, groups, tuple(types))


def _complaint_type(row: Table) -> ComplaintType:
    urban, rural = row.optional_hours("urban_hours"), row.optional_hours("rural_hours")
    compensation = row.optional_whole("compensation", 1)
    if not {urban, rural, compensation} <= {None} and not row.has("source"):
        raise row.wrong("source", "must be given for a limit or a compensation")
    return ComplaintType(
        code=row.pattern("code", "[A-Z]{3}-[0-9]{2}"),
        key=row.pattern("key", "[0-9]{2}"),
        group=row.text("group"),
        name_hi=row.text("hi"),
        name_en=row.text("en"),
        priority=row.whole("priority", 1, 5),
        needs_consumer=row.flag("needs_consumer"),
        urban_limit=urban,
        rural_limit=rural,
        compensation=compensation,
        source=row.text("source") if row.has("source") else "",
        anonymous=row.flag("anonymous"),
    )
