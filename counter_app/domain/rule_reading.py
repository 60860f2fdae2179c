"""From TOML text to rule sets: strict, so that a slip in a file is found when the program starts."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from counter_app.domain.allocation import Head
from counter_app.domain.banking import Banking
from counter_app.domain.charges import CHOOSING, ChargeHead, ChargeRate
from counter_app.domain.money import RUPEE, Paise
from counter_app.domain.payee import Payee
from counter_app.domain.payment import TenderKind
from counter_app.domain.rule_text import RuleFileWrong, Table
from counter_app.domain.rules import (
    AgentLimits,
    Counting,
    Holidays,
    Order,
    Rule,
    Rules,
    Tenders,
)
from counter_app.domain.ruling import Confidence, Ruling

if TYPE_CHECKING:
    from counter_app.domain.billing_reading import BillingRules
    from counter_app.domain.complaint_reading import ComplaintRules


# Rules of the counter stand in files of their own, those of complaints too; what begins with none of them
# is about the bill.
_OF_THE_COUNTER = re.compile(
    r"^\s*\[+\s*(?:order|tenders|charge|holidays|bank|agents|counting|payee)\b", re.MULTILINE
)
_OF_COMPLAINTS = re.compile(r"^\s*\[+\s*(?:complaints|service_levels)\b", re.MULTILINE)


def read_rules(files: Mapping[str, str]) -> Rules:
    """Read rule files, given as name and TOML text. ``RuleFileWrong`` names the file and key at fault.

    Files of complaints and of the bill are read by ``Rules.complaints`` and ``Rules.billing``, so their
    faults are found then.
    """
    later = {file: text for file, text in files.items() if not _OF_THE_COUNTER.search(text)}
    roots = [Table.parse(file, text) for file, text in sorted(files.items()) if file not in later]
    of_complaints = {file: text for file, text in later.items() if _OF_COMPLAINTS.search(text)}
    of_the_bill = {file: text for file, text in later.items() if file not in of_complaints}

    def read_complaints() -> "ComplaintRules":
        from counter_app.domain.complaint_reading import complaint_rules

        return complaint_rules(of_complaints)

    def read_billing() -> "BillingRules":
        from counter_app.domain.billing_reading import billing_rules

        return billing_rules(of_the_bill)

    rules = Rules(
        orders=read_kind("order", roots, _order),
        tenders=read_kind("tenders", roots, _tenders),
        charges=read_kind("charge", roots, _charge),
        holidays=read_kind("holidays", roots, _holidays),
        banking=read_kind("bank", roots, _banking),
        agents=read_kind("agents", roots, _agents),
        countings=read_kind("counting", roots, _counting),
        payees=read_kind("payee", roots, _payee),
        read_complaints=read_complaints,
        read_billing=read_billing,
    )
    for root in roots:
        root.finish()
    return rules


def fitted(own: Mapping[str, str], sent: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Files that go together, with those that the company sent in the place of those of their names.

    One that does not go with the others, or would leave none of a kind that the program itself has, was made
    for another program: it is left out; the names of those.
    """
    files = dict(own)
    if not sent or _are_right({**own, **sent}, own):
        return {**own, **sent}, ()
    for name, text in sorted(sent.items()):
        if _are_right(files | {name: text}, own):
            files[name] = text
    return files, tuple(name for name in sorted(sent) if files.get(name) != sent[name])


def _are_right(files: Mapping[str, str], own: Mapping[str, str]) -> bool:
    """Whether files can be read together and lack no kind of rule that the program itself has."""
    try:
        return read_rules(files).kinds >= read_rules(own).kinds
    except (RuleFileWrong, RecursionError):
        return False


def read_kind(kind: str, roots: Iterable[Table], build: Callable[[Table, Ruling], Rule]) -> tuple[Rule, ...]:
    """All rule sets of one kind by date; of those with one key no two may be in force on one day."""
    read: list[tuple[Rule, Table]] = []
    for root in roots:
        if root.has(kind):
            read.extend((build(table, _ruling(table)), table) for table in root.tables(kind))
    read.sort(key=lambda row: (row[0].key, row[0].ruling.valid_from))
    for (before, _), (rule, table) in pairwise(read):
        if before.key == rule.key and before.ruling.covers(rule.ruling.valid_from):
            raise table.wrong("valid_from", f"overlaps with {before.ruling.name}")
    return tuple(rule for rule, _ in read)


def _ruling(table: Table) -> Ruling:
    valid_from = table.day("valid_from")
    valid_to = table.day("valid_to") if table.has("valid_to") else None
    if valid_to is not None and valid_to < valid_from:
        raise table.wrong("valid_to", "lies before valid_from")
    name_hi, name_en = (table.text(key) if table.has(key) else "" for key in ("name_hi", "name_en"))
    return Ruling(
        name=table.text("name"),
        valid_from=valid_from,
        valid_to=valid_to,
        scope=table.pattern("scope", "company"),
        source=table.text("source"),
        confidence=Confidence(table.pattern("confidence", "|".join(Confidence))),
        name_hi=name_hi,
        name_en=name_en,
    )


def _order(table: Table, ruling: Ruling) -> Order:
    heads = table.texts("heads")
    if set(heads) != set(Head) - {Head.ADVANCE}:
        raise table.wrong("heads", "must name every head but the advance once")
    return Order(ruling, tuple(map(Head, heads)))


def _tenders(table: Table, ruling: Ruling) -> Tenders:
    taken, off = _tender_kinds(table, "taken"), _tender_kinds(table, "off")
    rebated = _tender_kinds(table, "online_rebate") if table.has("online_rebate") else ()
    if set(taken) & set(off):
        raise table.wrong("off", "names a tender that is taken")
    return Tenders(
        ruling, taken, off,
        cash_a_day=table.optional_whole("cash_a_day", 1),
        cash_a_bill=table.optional_whole("cash_a_bill", 1),
        paper_until=table.clock("cheque_until") if table.has("cheque_until") else None,
        paper_days=table.optional_whole("cheque_days") or 0,
        rebated=rebated,
    )  # fmt: skip


def _tender_kinds(table: Table, key: str) -> tuple[TenderKind, ...]:
    named = table.texts(key)
    if not set(named) <= set(TenderKind):
        raise table.wrong(key, "names a tender that the counter does not know")
    return tuple(map(TenderKind, named))


def _charge(table: Table, ruling: Ruling) -> ChargeHead:
    rates = tuple(map(_rate, table.tables("rates"))) if table.has("rates") else ()
    return ChargeHead(
        ruling,
        key=table.pattern("key", "[a-z ]{3,30}"),
        digit=table.pattern("digit", f"[{CHOOSING}]"),
        name_hi=table.text("hi"),
        name_en=table.text("en"),
        for_anybody=table.flag("for_anybody"),
        rates=rates,
    )


def _rate(row: Table) -> ChargeRate:
    per_kw = row.optional_whole("per_kw", RUPEE) or 0
    bounds = (row.whole("least_kw", 1), row.whole("most_kw", 1, 1_000)) if per_kw else (0, 0)
    if bounds[0] > bounds[1]:
        raise row.wrong("most_kw", "lies below least_kw")
    amount = row.whole("amount", 0 if per_kw else RUPEE)
    if amount % RUPEE or per_kw % RUPEE:
        raise row.wrong("amount", "must be whole rupees")
    return ChargeRate(row.text("hi"), row.text("en"), amount, per_kw, *bounds)


def _holidays(table: Table, ruling: Ruling) -> Holidays:
    return Holidays(ruling, table.days("days"))


def _banking(table: Table, ruling: Ruling) -> Banking:
    charge, days = table.whole("dishonoured_cheque"), table.whole("pending_days", 1, 365)
    if not table.has("high_tension"):
        return Banking(ruling, charge, days)
    return Banking(ruling, charge, days, table.text("high_tension").upper(), table.whole("dishonoured_high"))


def _agents(table: Table, ruling: Ruling) -> AgentLimits:
    limits = (table.optional_whole(key, RUPEE) for key in ("per_receipt", "per_day"))
    return AgentLimits(ruling, *limits)


def _payee(table: Table, ruling: Ruling) -> Payee:
    return Payee(
        ruling,
        address=table.pattern("address", r"[A-Za-z0-9._-]{2,64}@[A-Za-z][A-Za-z0-9.-]{1,32}"),
        name=table.pattern("payee", r"[A-Za-z0-9 .&-]{3,50}"),
        category=table.pattern("category", "[0-9]{4}") if table.has("category") else "",
    )


def _counting(table: Table, ruling: Ruling) -> Counting:
    def faces(key: str) -> tuple[Paise, ...]:
        found = table.wholes(key, least=1)
        if list(found) != sorted(found, reverse=True):
            raise table.wrong(key, "must begin with the largest")
        return tuple(rupees * RUPEE for rupees in found)

    return Counting(ruling, faces("notes"), faces("coins"), table.whole("tolerance") * RUPEE)
