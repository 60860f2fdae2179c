"""The pages of the overview as HTML: values in, text out. Nothing in them needs a script."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import NamedTuple

from counter_app.central.contacts import CounterStanding
from counter_app.central.overview.figures import (
    OfficeStanding,
    Overview,
    is_clock_off,
    is_late,
    is_silent,
    longest_silent,
    oldest_unsent,
)
from counter_app.central.overview.plots import Bar, bars, share
from counter_app.domain.channel import channel_of
from counter_app.domain.days import business_day, from_millis, to_millis
from counter_app.domain.money import RUPEE
from counter_app.words.amounts import MINUS, number, rupees
from counter_app.words.dates import age, day, stamp
from counter_app.words.labels import channel
from counter_app.words.say import Language, say

PLACE = "/overview"
SEEN_AGAIN_S = 60
NONE = "–"
HOURS = 24


class Seen(NamedTuple):
    """Who sees a page, in which language."""

    language: Language
    code: str


def sign_in_page(language: Language, fault: str = "") -> str:
    """Where code and password are asked for; ``fault`` is a sentence about the last try."""
    wrong = f'<p class="fault" role="alert">{escape(fault)}</p>' if fault else ""
    body = f"""
<main class="door"><h1>{_title(language)}</h1>{wrong}
<form method="post" action="{PLACE}/sign-in?language={language}">
<label>{escape(say("Code", language))}<input name="code" autocomplete="username" required autofocus></label>
<label>{escape(say("Password", language))}
<input name="password" type="password" autocomplete="current-password" required></label>
<button>{escape(say("Sign in", language))}</button></form>{_other_language(language, PLACE)}</main>"""
    return _whole(language, body)


def fault_page(language: Language, fault: str) -> str:
    """One sentence about why there is nothing to see."""
    return _whole(language, f'<main class="door"><p class="fault">{escape(fault)}</p></main>', PLACE)


def overview_page(seen: Seen, shown: Overview) -> str:
    """All offices, and what came in today."""
    language = seen.language
    names = [
        say("Office", language), say("Counters", language), say("Last heard", language),
        say("Unsent", language), say("Oldest unsent", language), say("Held", language),
        say("Forks", language), say("Collected today", language), say("Complaints today", language),
    ]  # fmt: skip
    most = max((one.today.collected for one in shown.offices), default=0)
    rows = "".join(_office_row(one, shown.at, most, language) for one in shown.offices)
    body = f"""{_head(seen, shown.at, PLACE)}<main>{_tiles(shown, language)}{_plots(shown, language)}
<table>{_columns(names)}<tbody>{rows}</tbody></table>{_rest(shown, language)}</main>"""
    return _whole(language, body, PLACE)


def office_page(seen: Seen, shown: Overview, office: OfficeStanding) -> str:
    """The counters of an office, those too that are revoked."""
    language = seen.language
    names = [
        say("Counter", language), say("Last heard", language), say("Unsent", language),
        say("Oldest unsent", language), say("Entries received", language), say("Held", language),
        say("In doubt", language), say("Forks", language), say("Clock, seconds ahead", language),
        say("Version", language), say("Device", language),
    ]  # fmt: skip
    rows = "".join(_counter_row(one, shown.at, language, len(names)) for one in office.counters)
    back = escape(say("All offices", language))
    came = say(
        "Today {amount} with {receipts} receipts, {complaints} complaints.", language,
        amount=rupees(office.today.collected), receipts=number(office.today.receipts),
        complaints=number(office.today.complaints),
    )  # fmt: skip
    here = f"{PLACE}/office/{office.code}"
    body = f"""{_head(seen, shown.at, here)}<main>
<p><a href="{PLACE}?language={language}">← {back}</a></p><h2>{escape(f"{office.code} {office.name}")}</h2>
<p>{escape(came)}</p><table>{_columns(names)}<tbody>{rows}</tbody></table></main>"""
    return _whole(language, body, here)


# -- parts -----------------------------------------------------------------------------------------


def _tiles(shown: Overview, language: Language) -> str:
    today, windows, now_ms = shown.today(), shown.windows, to_millis(shown.at)
    online = shown.today(channels=True)
    silent = sum(is_silent(one, now_ms) for one in windows)
    versions: dict[str, int] = {}
    for one in windows:
        versions[one.program or NONE] = versions.get(one.program or NONE, 0) + 1
    old = _age(oldest_unsent(windows), shown.at, language)
    all_ = shown.standing.counters
    held, forks = sum(one.held for one in all_), sum(one.forks for one in all_)
    doubted = sum(one.doubted for one in all_)
    tiles = [
        (say("Collected today", language), rupees(today.collected),
         say("{count} receipts, in channels {amount}", language, count=number(today.receipts),
             amount=rupees(online.collected)), False),
        (say("Complaints today", language), number(today.complaints),
         say("in channels {count}", language, count=number(online.complaints)), False),
        (say("Counters", language), number(len(windows)),
         say("not heard for a day: {count}", language, count=number(silent)), bool(silent)),
        (say("Unsent", language), number(sum(one.unsent for one in windows)),
         say("oldest: {age}", language, age=old), any(is_late(one, now_ms) for one in windows)),
        (say("Held", language), number(held),
         say("in doubt: {count}", language, count=number(doubted)), bool(held or doubted)),
        (say("Forks", language), number(forks), say("copies that write as well", language), bool(forks)),
        (say("Versions", language), number(len(versions)),
         ", ".join(f"{name} × {count}" for name, count in sorted(versions.items())), len(versions) > 1),
    ]  # fmt: skip
    return f'<section class="tiles">{"".join(_tile(*one) for one in tiles)}</section>'


def _tile(name: str, value: str, note: str, look: bool) -> str:
    mark = ' class="look"' if look else ""
    return f"<div{mark}><h2>{escape(name)}</h2><b>{escape(value)}</b><small>{escape(note)}</small></div>"


def _plots(shown: Overview, language: Language) -> str:
    on = day(business_day(shown.at))
    money, told = [], []
    for hour in range(HOURS):
        windows, channels = (
            [sums for at, sums in shown.hours.items() if at.hour == hour and at.channels is online]
            for online in (False, True)
        )
        span = f"{hour:02d}:00–{hour:02d}:59"
        low, high = (sum(one.collected for one in part) for part in (windows, channels))
        words = f"{span}  {rupees(low)} + {rupees(high)}"
        money.append(Bar(f"{hour:02d}", low // RUPEE, high // RUPEE, words))
        few, more = (sum(one.complaints for one in part) for part in (windows, channels))
        told.append(Bar(f"{hour:02d}", few, more, f"{span}  {number(few)} + {number(more)}"))
    keys = (
        f'<span class="key lower"></span>{escape(say("at windows", language))}'
        f'<span class="key upper"></span>{escape(say("in channels", language))}'
    )
    collected = say("Collected today by the hour", language)
    complaints = say("Complaints today by the hour", language)
    return f"""<section class="plots">
<figure><figcaption>{escape(collected)} <span>{on}</span>{keys}</figcaption>
{bars(collected, money, lambda value: rupees(value * RUPEE))}</figure>
<figure><figcaption>{escape(complaints)} <span>{on}</span>{keys}</figcaption>
{bars(complaints, told, number)}</figure></section>"""


def _office_row(one: OfficeStanding, at: datetime, most: int, language: Language) -> str:
    windows, now_ms = one.windows, to_millis(at)
    chip = f'<span class="chip">{escape(say("Look here", language))}</span>' if one.look else ""
    heard = longest_silent(windows)
    cells = [
        f"{_link(one, language)} {escape(one.name)}{chip}",
        number(len(windows)),
        _marked(_age(heard, at, language), any(is_silent(each, now_ms) for each in windows)),
        number(sum(each.unsent for each in windows)),
        _marked(_age(oldest_unsent(windows), at, language), any(is_late(each, now_ms) for each in windows)),
        *(
            _marked(number(count), bool(count))
            for count in (sum(each.held for each in one.counters), sum(each.forks for each in one.counters))
        ),
        f"{rupees(one.today.collected)}{share(one.today.collected, most)}",
        number(one.today.complaints),
    ]
    return _row(cells)


def _link(one: OfficeStanding, language: Language) -> str:
    return f'<a href="{PLACE}/office/{escape(one.code)}?language={language}">{escape(one.code)}</a>'


def _counter_row(one: CounterStanding, at: datetime, language: Language, wide: int) -> str:
    now_ms, spoken = to_millis(at), channel_of(one.counter)
    name = channel(str(spoken), language).lead if spoken else str(one.counter)
    revoked = f'<span class="chip">{escape(say("revoked", language))}</span>' if one.revoked else ""
    window = not one.revoked and not spoken
    ahead = f"{one.clock_ahead_ms / 1000:+.1f}".replace("-", MINUS)
    clock = ahead if one.contact_ms is not None else NONE
    cells = [
        f"{escape(name)}{revoked}",
        _marked(_age(one.contact_ms, at, language), window and is_silent(one, now_ms)),
        number(one.unsent),
        _marked(_age(one.unsent_since_ms, at, language), window and is_late(one, now_ms)),
        number(one.received),
        *(_marked(number(count), bool(count)) for count in (one.held, one.doubted, one.forks)),
        _marked(clock, is_clock_off(one)),
        escape(one.program or NONE),
        f"<code>{escape(one.device)}</code>",
    ]
    alarms = "".join(f'<p class="fault">{escape(alarm)}</p>' for alarm in one.alarms)
    return _row(cells) + (f'<tr><td colspan="{wide}">{alarms}</td></tr>' if alarms else "")


def _rest(shown: Overview, language: Language) -> str:
    found = shown.standing
    said = say(
        "Waiting for the books: {arrivals}. Returned by other counters: {returned}. "
        "Bills paid more than once: {surpluses}.", language,
        arrivals=number(found.arrivals), returned=number(found.returned), surpluses=number(found.surpluses),
    )  # fmt: skip
    return f"<p>{escape(said)}</p>"


def _age(since_ms: int | None, at: datetime, language: Language) -> str:
    """How long ago; a dash for never."""
    if since_ms is None:
        return NONE
    ago = at - from_millis(since_ms)
    return age(max(ago, timedelta(0)), language)


def _marked(text: str, look: bool) -> str:
    """A value; one to be looked at with a sign beside its colour."""
    return f'<span class="look">▲ {escape(text)}</span>' if look else escape(text)


def _columns(names: Sequence[str]) -> str:
    return f"<thead><tr>{''.join(f'<th>{escape(name)}</th>' for name in names)}</tr></thead>"


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _head(seen: Seen, at: datetime, path: str) -> str:
    language = seen.language
    moment = say("As of {at}", language, at=stamp(at))
    return f"""<header><h1>{_title(language)}</h1><span>{escape(moment)}</span>
{_other_language(language, path)}<form method="post" action="{PLACE}/sign-out?language={language}">
<span>{escape(seen.code)}</span><button>{escape(say("Sign out", language))}</button></form></header>"""


def _title(language: Language) -> str:
    return escape(say("Offices and counters", language))


def _other_language(language: Language, path: str) -> str:
    other = Language.ENGLISH if language is Language.HINDI else Language.HINDI
    name = "English" if other is Language.ENGLISH else "हिन्दी"
    return f'<a class="language" lang="{other}" href="{escape(path)}?language={other}">{name}</a>'


def _whole(language: Language, body: str, again: str = "") -> str:
    """The page; ``again`` is what the browser asks for by itself after a while."""
    asked = f"{SEEN_AGAIN_S};url={escape(again)}?language={language}"
    refresh = f'<meta http-equiv="refresh" content="{asked}">' if again else ""
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">{refresh}
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{_title(language)}</title>
<link rel="stylesheet" href="{PLACE}/look.css"></head><body>{body}</body></html>"""
