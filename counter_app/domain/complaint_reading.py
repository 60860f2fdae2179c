"""From TOML tables to the catalogue of complaints and the service levels."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from counter_app.domain.catalogue import (
    Actor,
    Agreement,
    Answer,
    Catalogue,
    ComplaintGroup,
    ComplaintType,
    Extent,
    Proof,
    Question,
)
from counter_app.domain.rule_reading import read_kind
from counter_app.domain.rule_text import RuleFileWrong, Table
from counter_app.domain.ruling import Ruling
from counter_app.domain.service_level import Level, Rung, Service, ServiceLevels

_LEVELS = "|".join(Level)


class ComplaintRules(NamedTuple):
    """Each kind in the order of validity."""

    catalogues: tuple[Catalogue, ...]
    service_levels: tuple[ServiceLevels, ...]


def complaint_rules(files: Mapping[str, str]) -> ComplaintRules:
    """Read the files, given as name and TOML text. ``RuleFileWrong`` names the file and key at fault."""
    roots = [Table.parse(file, text) for file, text in sorted(files.items())]
    rules = ComplaintRules(
        catalogues=read_kind("complaints", roots, catalogue),
        service_levels=read_kind("service_levels", roots, service_levels),
    )
    for root in roots:
        root.finish()
    _demand_services(rules)
    return rules


def catalogue(table: Table, ruling: Ruling) -> Catalogue:
    """The complaint types under their groups."""
    groups = tuple(
        ComplaintGroup(row.pattern("key", "[a-z]+"), row.text("hi"), row.text("en"))
        for row in table.tables("groups")
    )
    actors = {row.pattern("key", "[a-z]+"): _actor(row) for row in table.tables("actors")}
    questions = {row.pattern("key", "[a-z_]+"): _question(row) for row in table.tables("questions")}
    asking = _asking(table)
    taken = {group.key for group in groups}
    if len(taken) != len(groups):
        raise table.wrong("groups", "names something twice")
    types: list[ComplaintType] = []
    for row in table.tables("types"):
        read = _type(row, actors, questions, asking)
        if read.group not in {group.key for group in groups}:
            raise row.wrong("group", "is none of the groups")
        for key in ("key", "code"):
            if row.text(key) in taken:
                raise row.wrong(key, "stands twice")
        taken |= {read.key, read.code}
        types.append(read)
    return Catalogue(
        ruling, groups, tuple(types), table.whole("outage_from", 2, 100), table.whole("outage_hours", 1, 48),
        table.optional_whole("silence_days", 1),
    )  # fmt: skip


def _actor(row: Table) -> Actor:
    level = Level(row.pattern("level", _LEVELS))
    return Actor(row.text("key"), row.text("hi"), row.text("en"), level)


def _question(row: Table) -> Question:
    answer = Answer(row.pattern("answer", "|".join(Answer)))
    return Question(row.text("key"), row.text("hi"), row.text("en"), answer)


class _Asking(NamedTuple):
    """What types that are requests may name."""

    proofs: Mapping[str, Proof]
    agreements: Mapping[str, Agreement]


def _asking(table: Table) -> _Asking:
    proofs = {row.pattern("key", "[a-z_]+"): _proof(row) for row in _tables(table, "proofs")}
    agreements = {row.pattern("key", "[a-z_]+"): _agreement(row) for row in _tables(table, "agreements")}
    return _Asking(proofs, agreements)


def _tables(table: Table, key: str) -> Iterable[Table]:
    return table.tables(key) if table.has(key) else ()


def _proof(row: Table) -> Proof:
    return Proof(row.text("key"), row.text("hi"), row.text("en"), row.text("source"))


def _agreement(row: Table) -> Agreement:
    return Agreement(row.text("key"), row.text("hi"), row.text("en"))


def _texts(row: Table, key: str) -> tuple[str, ...]:
    return row.texts(key) if row.has(key) else ()


def _type(
    row: Table, actors: Mapping[str, Actor], questions: Mapping[str, Question], asking: _Asking
) -> ComplaintType:
    asked, needs, proofs = (_texts(row, key) for key in ("asks", "needs", "proofs"))
    agreement = row.text("agreement") if row.has("agreement") else ""
    if not set(asked) <= set(questions):
        raise row.wrong("asks", "names something that is none of the questions")
    if not set(needs) <= set(asked):
        raise row.wrong("needs", "names something that is not asked")
    if not set(proofs) <= set(asking.proofs):
        raise row.wrong("proofs", "names something that is none of the proofs")
    if agreement and agreement not in asking.agreements:
        raise row.wrong("agreement", "is none of the agreements")
    if row.text("acts") not in actors:
        raise row.wrong("acts", "is none of the actors")
    return ComplaintType(
        code=row.pattern("code", "[A-Z]{3}-[0-9]{2}"),
        key=row.pattern("key", "[0-9]{2}"),
        group=row.text("group"),
        name_hi=row.text("hi"),
        name_en=row.text("en"),
        words=_texts(row, "words"),
        priority=row.whole("priority", 1, 5),
        needs_consumer=row.flag("needs_consumer"),
        anonymous=row.flag("anonymous"),
        confidential=row.flag("confidential"),
        questions=tuple(questions[key] for key in asked),
        actor=actors[row.text("acts")],
        service=row.pattern("service", "[a-z_]+") if row.has("service") else "",
        outage=Extent(row.pattern("outage", "|".join(Extent))) if row.has("outage") else None,
        ends=row.flag("ends"),
        source=row.text("source"),
        request=row.flag("request"),
        needs=frozenset(needs),
        proofs=tuple(asking.proofs[key] for key in proofs),
        agreement=asking.agreements[agreement] if agreement else None,
    )


def service_levels(table: Table, ruling: Ruling) -> ServiceLevels:
    """The services with a standard."""
    services: dict[str, Service] = {}
    for row in table.tables("services"):
        read = _service(row)
        if read.key in services:
            raise row.wrong("key", "stands twice")
        services[read.key] = read
    return ServiceLevels(ruling, table.whole("claim_days", 1, 3650), tuple(services.values()))


def _service(row: Table) -> Service:
    same_day = row.flag("same_day")
    areas = [] if same_day else ["urban", "rural"]
    rungs = {area: _rungs(row, area) for area in [*areas, *(["metro"] if row.has("metro") else [])]}
    compensation = row.optional_whole("compensation", 1)
    per = row.pattern("per", "day|breach") if compensation is not None else ""
    return Service(
        key=row.pattern("key", "[a-z_]+"),
        name_hi=row.text("hi"),
        name_en=row.text("en"),
        metro=rungs.get("metro", ()),
        urban=rungs.get("urban", ()),
        rural=rungs.get("rural", ()),
        same_day=same_day,
        compensation=compensation,
        once=per == "breach",
        source=row.text("source"),
    )


def _rungs(row: Table, area: str) -> tuple[Rung, ...]:
    rungs: list[Rung] = []
    for one in row.tables(area):
        hours = one.optional_hours("hours")
        if hours is None:
            raise one.wrong("hours", "is missing")
        rungs.append(Rung(Level(one.pattern("level", _LEVELS)), hours, one.optional_hours("sunday_hours")))
    levels = [rung.level for rung in rungs]
    if levels != [level for level in Level if level in levels]:
        raise row.wrong(area, "must name each level once, the lowest first")
    return tuple(rungs)


def _demand_services(rules: ComplaintRules) -> None:
    """What a complaint type names as its service must stand among the service levels of some day."""
    known = {one.key for levels in rules.service_levels for one in levels.services}
    for catalogue_of_a_day in rules.catalogues:
        for kind in catalogue_of_a_day.types:
            if kind.service and kind.service not in known:
                what = f"names the service {kind.service}, which has no level"
                raise RuleFileWrong(catalogue_of_a_day.ruling.name, kind.code, what)
