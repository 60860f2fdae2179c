"""The registers of what people came for: complaints of days, the service standard by type, who came first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from counter_app.desk.desk import Desk
from counter_app.domain.books import Value, Which
from counter_app.domain.complaint import Stage
from counter_app.domain.days import business_day
from counter_app.domain.money import Paise
from counter_app.domain.service_level import Area
from counter_app.store import reference
from counter_app.store.engine import Connection
from counter_app.store.finds.board import Registered, registered_on
from counter_app.store.finds.books import Days
from counter_app.store.finds.priority import served_by_day
from counter_app.store.rows import Names
from counter_app.words import labels
from counter_app.words.say import Language

_Rows = tuple[tuple[Value, ...], ...]


def rows(
    desk: Desk,
    connection: Connection,
    which: Which,
    days: Days,
    hidden: Collection[str],
    language: Language,
    at: datetime,
) -> _Rows:
    """The rows of one register over days; complaints of ``hidden`` types are not among them."""
    if which is Which.PRIORITY:
        return tuple(
            (day, labels.priority(to, language).lead, clerk, count)
            for day, to, clerk, count in served_by_day(connection, days.first, days.last)
        )
    found = tuple(registered_on(connection, hidden, days.first, days.last))
    if which is Which.REGISTER:
        return _register(desk, connection, found, language)
    return _standard(desk, found, language, at)


def _register(desk: Desk, connection: Connection, found: tuple[Registered, ...], language: Language) -> _Rows:
    named = reference.names(connection, {one.consumer for one in found if one.consumer})
    nobody = Names("", "")
    return tuple(
        (
            str(one.number), one.registered_at, _type(desk, one, language), one.consumer,
            _name(named.get(one.consumer, nobody), language), one.due_at, one.done_at,
            labels.stage(one.stage, language).lead,
        )
        for one in found
    )  # fmt: skip


@dataclass(slots=True)
class _Standard:
    """How the complaints of one type in one area stand to their limit; without one they are neither late nor
    in time.
    """

    received: int = 0
    within: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0
    withdrawn: int = 0
    compensation: Paise = 0

    def add(self, one: Registered, due: Paise, at: datetime) -> None:
        self.received += 1
        self.open += one.open
        self.withdrawn += one.stage is Stage.WITHDRAWN
        broken = one.promise.broken(at)
        if one.done_at is not None and one.due_at is not None:
            self.late += broken
            self.within += not broken
        elif one.open:
            self.overdue += broken
        self.compensation += due

    @property
    def row(self) -> tuple[int, ...]:
        """The columns behind type and area."""
        return (
            self.received, self.within, self.late, self.open, self.overdue, self.withdrawn,
            self.compensation,
        )  # fmt: skip


def _standard(desk: Desk, found: tuple[Registered, ...], language: Language, at: datetime) -> _Rows:
    """Type by type, and by area: a town and the country have other limits."""
    standards: dict[tuple[str, Area], tuple[str, _Standard]] = {}
    for one in found:
        area = desk.office.area(urban=one.urban)
        _, standard = standards.setdefault((one.type, area), (_type(desk, one, language), _Standard()))
        due = desk.rules.compensation(one.type, business_day(one.registered_at), one.promise, at).due
        standard.add(one, due, at)
    return tuple(
        (name, labels.area(area, language).lead, *standard.row)
        for (_, area), (name, standard) in sorted(standards.items(), key=lambda item: item[0])
    )


def _type(desk: Desk, one: Registered, language: Language) -> str:
    kind = desk.rules.known_type(one.type, business_day(one.registered_at))
    if kind is None:
        return one.type
    return kind.name_hi if language is Language.HINDI else kind.name_en


def _name(names: Names, language: Language) -> str:
    hindi, english = names
    return (hindi or english) if language is Language.HINDI else (english or hindi)
