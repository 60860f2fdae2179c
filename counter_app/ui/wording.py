"""How people, places and complaint types are called on every page."""

from datetime import date, datetime

from counter_app import log
from counter_app.desk.rows import DraftRow
from counter_app.domain.consumer import Supply
from counter_app.domain.days import business_day
from counter_app.domain.network import Asset
from counter_app.domain.office import Duty, Officer
from counter_app.domain.refusals import Refused
from counter_app.domain.rules import Rules
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Kind
from counter_app.ui.text import Run, Text
from counter_app.words.dates import clock, day
from counter_app.words.say import N_, Both, Language, both, say

_DRAFTS = {
    "pay": ("rupee", N_("Payment")),
    "basket": ("rupee", N_("Payment")),
    "complaint": ("complaint", N_("Complaint")),
    "request": ("complaint", N_("Request")),
    "day_end": ("drawer", N_("Day end")),
    "many_bills": ("bill", N_("Many bills")),
}
_RELATIONS = {"father": N_("father {name}"), "husband": N_("husband {name}")}


def trouble_words(trouble: Exception, language: Language) -> tuple[Both, Kind, Both]:
    """A refusal in its words; anything else as a fault of the program, noted in a file."""
    if isinstance(trouble, Refused):
        from counter_app.words.refusals import sentence  # large, and a start refuses nothing

        return sentence(trouble, language), Kind.WARN, Both("", "")
    line = log.fault(trouble)
    head = both("The program could not do this.", language)
    what = both("What was recorded before is safe. Technical line: {line}", language, line=line)
    return head, Kind.BAD, what


def draft_words(language: Language, draft: DraftRow) -> tuple[str, Both, str]:
    """Of half-typed work: its icon, what it is, and whose, or how far it is."""
    icon, text = _DRAFTS[draft.screen]
    name = one_name(language, draft.name_hi, draft.name_en)
    far = f"{draft.body['done']} / {draft.body['total']}" if "done" in draft.body else ""
    return icon, both(text, language), f"{name} {draft.consumer}{far}".strip()


def names(language: Language, hindi: str, english: str) -> Both:
    """A name in both scripts, the reader's first; both scripts are always shown where both are known."""
    first, other = (hindi, english) if language is Language.HINDI else (english, hindi)
    return Both(first or other, other if first else "")


def one_name(language: Language, hindi: str, english: str) -> str:
    """A name in the reader's script, in the other where that is all there is."""
    return names(language, hindi, english).lead


def on_line(language: Language, code: str, name: str, asset: Asset | None) -> str:
    """Name and code of what a supply comes from, and the number painted on it where that is another."""
    if asset is not None:
        code = asset.code
        name = name or one_name(language, asset.name_hi, asset.name_en)
        if asset.painted not in ("", code):
            code = f"{code} · {asset.painted}"
    return f"{name} ({code})" if name else code


def relation(language: Language, kind: str, hindi: str, english: str) -> str:
    """Father or husband, as "पिता रामदीन"; empty when not known."""
    name = one_name(language, hindi, english)
    return say(_RELATIONS[kind], language, name=name) if name and kind in _RELATIONS else name


def place(language: Language, house: str, hindi: str, english: str, ward: str) -> str:
    """House, locality and ward on one line."""
    locality = one_name(language, hindi, english)
    in_ward = say(N_("ward {ward}"), language, ward=ward) if ward else ""
    return ", ".join(part for part in (house, locality, in_ward) if part)


def cut_off(language: Language, supply: Supply) -> tuple[Both, Both]:
    """That a supply is cut off for dues, or removed for good, and what to do before anything else."""
    if supply is Supply.REMOVED:
        return (
            both(N_("This connection was removed for good."), language),
            both(N_("Dues are still taken."), language),
        )
    return (
        both(N_("The supply is cut off."), language),
        both(N_("Take the dues; the section reconnects."), language),
    )


def whom(language: Language, officer: Officer | Duty) -> Both:
    """Whom to telephone, with the number; of who is on duty until when."""

    def said(read: Language) -> str:
        until = ""
        if isinstance(officer, Duty):
            until = say(N_(" (on duty until {when})"), read, when=clock(officer.until))
        return f"{one_name(read, officer.name_hi, officer.name_en)}, {officer.phone}{until}"

    return Both(said(language), said(Language.ENGLISH))


def type_name(language: Language, rules: Rules, code: str, on: date) -> Both:
    """A complaint type by its code; one of a newer catalogue says that it is not known here."""
    kind = rules.known_type(code, on)
    if kind is None:
        return both(N_("Type {code}, not known here yet"), language, code=code)
    if language is Language.ENGLISH:
        return Both(kind.name_en, "")
    return Both(kind.name_hi, kind.name_en)


def group_name(language: Language, rules: Rules, key: str, on: date) -> str:
    """A group of complaints by its key; one of a newer catalogue by the key itself."""
    groups = rules.catalogue(on).groups
    return next((one_name(language, one.name_hi, one.name_en) for one in groups if one.key == key), key)


def show_freshness(
    language: Language, dues_as_of: datetime | None, now: datetime, icon: Icon, text: Text
) -> None:
    """How old the dues are: the time when it was today, in amber with the day when it was not."""
    if dues_as_of is None:
        text.show_runs(Run("—", "caption", "ink3"))
        return
    stale = business_day(dues_as_of) != business_day(now)
    when = day(business_day(dues_as_of)) if stale else clock(dues_as_of)
    words = both(N_("Dues as of {when}"), language, when=when)
    icon.show_icon("clock" if stale else "ok", "warn" if stale else "good")
    tone = "warn" if stale else "ink"
    text.show_runs(Run(words.lead, "caption", tone), Run(words.second, "caption", "ink3"))
