"""What a counter begins with, as the company's one file for all its offices says it."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID, uuid5

from counter_app.domain.acts import Paper
from counter_app.domain.backup import PLACES
from counter_app.domain.central_refusals import (
    CounterNumberWrong,
    OfficeCodeWrong,
    PersonCodeWrong,
    PersonNameMissing,
)
from counter_app.domain.channel import MOST_WINDOWS
from counter_app.domain.file_refusals import NameMissing
from counter_app.domain.numbering import Series, given_out
from counter_app.domain.office import Office
from counter_app.domain.people import Person, Role
from counter_app.domain.refusals import Refused
from counter_app.domain.rule_text import RuleFileWrong, Table
from counter_app.domain.service_level import Area
from counter_app.domain.setup_refusals import (
    LocationWrong,
    NumbersUnsaid,
    PersonCodeAnothers,
    SetUpFileUnfit,
    SetUpOfficeMissing,
)
from counter_app.domain.text import about, clean_text, only_digits
from counter_app.domain.value import value
from counter_app.domain.ways import Way, Ways

OFFICE_CODE, LOCATION, PERSON_CODE = "[0-9A-Z]{1,12}", "[0-9]{7}", "[0-9A-Z]{1,32}"
LONGEST = 120

_PEOPLE = UUID("7d0c3b8e-5f53-4f0c-9a36-0f3f5a1c2e94")
_ALL = "all"
_NAMES = ("name_hi", "name_en", "division_hi", "division_en", "company_hi", "company_en", "helpline")
# As this program hashes, and not much dearer: who signs in pays the memory and the passes that stand there.
_HASH = r"\$argon2id\$v=19\$m=[1-9][0-9]{0,4},t=[1-3],p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}"
_CERTIFICATE = r"\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s-]+-----END CERTIFICATE-----\s*"


@value
class CentreAddress:
    """Where the centre answers, and its certificate (PEM) where this machine's own roots do not know it."""

    url: str
    certificate: str = ""


@value
class Member:
    """Somebody of the office, and the argon2id hash of the password."""

    person: Person
    password_hash: str


@value
class SetUp:
    """What one counter begins with. ``language`` is empty where nobody chose one, ``centre`` None where the
    company has none, ``people`` are those whom no centre names.
    """

    office: Office
    centre: CentreAddress | None = None
    people: tuple[Member, ...] = ()
    language: str = ""
    copies: tuple[str, ...] = ()
    ways: Ways = Ways()


@value
class Wanted:
    """What a counter is to begin with, and the code that enrols it; ``company_key`` (32 bytes) signed this,
    empty where nobody did. ``given``: the last numbers that were given out at this counter, as somebody said,
    empty where its number is new; None where nobody did.
    """

    begins: SetUp
    code: str = ""
    company_key: bytes = b""
    given: Mapping[Series, int] | None = None


@value
class Made:
    """A counter that was set up; ``unlinked`` is why it is not enrolled though a code was there."""

    office: Office
    enrolled: bool
    unlinked: Refused | None = None


Values = Mapping[str, object]
T = TypeVar("T")


def numbers_said(wanted: Wanted, papers: Sequence[str], *, new: bool) -> Wanted:
    """The same with what was said of the counter's numbers; ``SerialUnreadable``."""
    office = wanted.begins.office
    known = bool(papers) or new
    return replace(wanted, given=given_out(papers, office.code, office.counter) if known else None)


def demand_said(given: Mapping[Series, int] | None) -> Mapping[Series, int]:
    """Somebody said enough of a counter's numbers where no centre does: where it was in use its receipts must
    be named. ``NumbersUnsaid``.
    """
    if given is None or (given and Series.RECEIPT not in given):
        raise NumbersUnsaid
    return given


def parsed(name: str, text: str) -> Values:
    """A file's text as tables; ``SetUpFileUnfit``."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise SetUpFileUnfit(name, f"is no TOML ({fault})") from None


def read_offices(name: str, values: Values) -> tuple[SetUp, ...]:
    """Every office of a file; counters are numbered 0 in it. ``SetUpFileUnfit`` names the place at fault."""
    try:
        return tuple(_offices(Table(name, "", dict(values))))
    except RuleFileWrong as wrong:
        raise SetUpFileUnfit(name, f"{wrong.key}: {wrong.what}") from None


def only(name: str, values: Values, office: str) -> Values:
    """The same for one office alone; ``SetUpFileUnfit``, ``SetUpOfficeMissing``."""
    offices = [one.office.code for one in read_offices(name, values)]
    if office not in offices:
        raise SetUpOfficeMissing(name, office)
    tables = values["offices"]
    assert isinstance(tables, list)
    return {**values, "offices": [tables[offices.index(office)]]}


def set_up_of(name: str, offices: tuple[SetUp, ...], office: str, counter: int) -> SetUp:
    """What one counter begins with. ``office`` may be empty where the file has one only.

    ``SetUpOfficeMissing``, ``CounterNumberWrong``.
    """
    found = [one for one in offices if one.office.code == office or (not office and len(offices) == 1)]
    if not found:
        raise SetUpOfficeMissing(name, office or "?")
    return numbered(found[0], counter)


def numbered(found: SetUp, counter: int) -> SetUp:
    """The same for a counter of the office; ``CounterNumberWrong``."""
    if not 1 <= counter <= MOST_WINDOWS:
        raise CounterNumberWrong(MOST_WINDOWS)
    return replace(found, office=replace(found.office, counter=counter))


def typed_office(typed: Mapping[str, str]) -> Office:
    """The office and counter that somebody typed, under the names of ``Office``, and its ``area``.

    What is refused is wrong in the field of that name: ``OfficeCodeWrong``, ``CounterNumberWrong``,
    ``LocationWrong``, ``NameMissing``.
    """
    with about("code"):
        code = typed["code"].strip().upper()
        if not re.fullmatch(OFFICE_CODE, code):
            raise OfficeCodeWrong
    with about("counter"):
        counter = only_digits(typed["counter"])
        if not 1 <= int(counter or "0") <= MOST_WINDOWS:
            raise CounterNumberWrong(MOST_WINDOWS)
    with about("location"):
        location = only_digits(typed["location"])
        if not re.fullmatch(LOCATION, location):
            raise LocationWrong(len(location))
    names: dict[str, str] = {}
    for name in _NAMES:
        with about(name):
            names[name] = clean_text(typed[name], LONGEST)
            if not names[name]:
                raise NameMissing
    area = Area(typed["area"])
    return Office(
        code=code, location=location, counter=int(counter), demo=False,
        urban=area is not Area.RURAL, metro=area is Area.METRO, training=False, **names,
    )  # fmt: skip


def typed_person(office: str, typed: Mapping[str, str], role: Role) -> Person:
    """Somebody whose ``person``, ``person_hi`` and ``person_en`` were typed. ``PersonCodeWrong``,
    ``PersonNameMissing``, in the field of that name.
    """
    with about("person"):
        code = typed["person"].strip().upper()
        if not re.fullmatch(PERSON_CODE, code):
            raise PersonCodeWrong
    with about("person_hi"):
        hindi = clean_text(typed["person_hi"], LONGEST)
    with about("person_en"):
        english = clean_text(typed["person_en"], LONGEST)
        if not hindi and not english:
            raise PersonNameMissing
    return person_of(office, code, (hindi, english), role)


def person_of(office: str, code: str, names: tuple[str, str], role: Role) -> Person:
    """Somebody who is named at the set-up; the same one at every counter of the office."""
    return Person(uuid5(_PEOPLE, f"{office}/{code}"), code, *names, role)


def demand_same(known: Person, hindi: str, english: str) -> None:
    """A code's records go on naming whose it was, so it is nobody else's ever: the name in one script must be
    as it was. ``PersonCodeAnothers``.
    """
    pairs = (known.name_hi, hindi), (known.name_en, english)
    if not any(was and was.casefold() == typed.casefold() for was, typed in pairs):
        raise PersonCodeAnothers(known.code, ", ".join(filter(None, (known.name_hi, known.name_en))))


def _offices(root: Table) -> Iterator[SetUp]:
    company = root.table("company")
    names, helpline = (_text(company, "name_hi"), _text(company, "name_en")), _text(company, "helpline")
    company.finish()
    centre = _inside(root, "centre", _centre)
    language, copies = _inside(root, "counter", _counter) or ("", ())
    ways = _inside(root, "printers", _ways) or Ways()
    known: set[str] = set()
    for table in root.tables("offices"):
        office = _office(table, names, helpline)
        if office.code in known:
            raise table.wrong("code", f"{office.code} stands there twice")
        known.add(office.code)
        people = tuple(_people(table, office.code)) if table.has("people") else ()
        if centre is None and not any(one.person.role is Role.ADMINISTRATOR for one in people):
            raise table.wrong("people", "needs an administrator where no centre names the staff")
        yield SetUp(office, centre, people, language, copies, ways)
    root.finish()


def _inside(root: Table, key: str, read: Callable[[Table], T]) -> T | None:
    """What a table that may be missing says."""
    if not root.has(key):
        return None
    table = root.table(key)
    said = read(table)
    table.finish()
    return said


def _centre(table: Table) -> CentreAddress:
    url = table.pattern("url", r"https?://[!-~]+")
    return CentreAddress(url, table.pattern("certificate", _CERTIFICATE) if table.has("certificate") else "")


def _counter(table: Table) -> tuple[str, tuple[str, ...]]:
    language = table.pattern("language", "hi|en") if table.has("language") else ""
    copies = table.texts("copies") if table.has("copies") else ()
    if len(copies) > PLACES or not all(place.strip() for place in copies):
        raise table.wrong("copies", f"names at most {PLACES} folders")
    return language, copies


def _ways(table: Table) -> Ways:
    ways = Ways()
    for key, paper in ((_ALL, None), *((str(paper), paper) for paper in Paper)):
        way = _inside(table, key, _way)
        ways = ways.with_way(paper, way) if way is not None else ways
    return ways


def _way(table: Table) -> Way:
    printer, otherwise = (_text(table, key) if table.has(key) else "" for key in ("printer", "otherwise"))
    return Way(printer, otherwise, table.flag("form"))


def _office(table: Table, company: tuple[str, str], helpline: str) -> Office:
    return Office(
        code=table.pattern("code", OFFICE_CODE),
        location=table.pattern("location", LOCATION),
        name_hi=_text(table, "name_hi"),
        name_en=_text(table, "name_en"),
        company_hi=company[0],
        company_en=company[1],
        division_hi=_text(table, "division_hi"),
        division_en=_text(table, "division_en"),
        helpline=_text(table, "helpline") if table.has("helpline") else helpline,
        urban=table.flag("urban"),
        counter=0,
        demo=False,
        metro=table.flag("metro"),
    )


def _people(table: Table, office: str) -> Iterator[Member]:
    known: set[str] = set()
    for row in table.tables("people"):
        code, role = row.pattern("code", PERSON_CODE), row.pattern("role", "|".join(Role))
        if code in known:
            raise row.wrong("code", f"{code} stands there twice")
        known.add(code)
        names = (
            _text(row, "name_hi") if row.has("name_hi") else "",
            _text(row, "name_en") if row.has("name_en") else "",
        )
        if not any(names):
            raise row.wrong("name_en", "is missing, and name_hi as well")
        yield Member(person_of(office, code, names, Role(role)), row.pattern("password_hash", _HASH))


def _text(table: Table, key: str) -> str:
    text = table.text(key)
    try:
        return clean_text(text, LONGEST)
    except Refused:
        raise table.wrong(key, f"has hidden signs, a card's number, or more than {LONGEST}") from None
