"""The line to the centre in words, and what the window may do with it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from counter_app.domain.days import in_india
from counter_app.domain.link import Brought, LinkState, LinkTrouble
from counter_app.words.dates import clock, minutes, short_day
from counter_app.words.say import N_, Both, Language, both

TROUBLES = {
    LinkTrouble.STRANGER: N_("Something else answers in the place of the centre. Look at address and line."),
    LinkTrouble.NOT_ENROLLED: N_("The centre does not know this counter. Enrol it with a new code."),
    LinkTrouble.NOT_BELIEVED: N_("The centre does not believe this counter's signature. Call for help."),
    LinkTrouble.REVOKED: N_("The centre has shut this counter out. Everything is kept here; call for help."),
    LinkTrouble.PROGRAM_OLD: N_("This program and the centre do not fit together. Install the newer one."),
    LinkTrouble.CHAIN: N_("Some entries cannot be sent. Check the journal on the help page; call for help."),
    LinkTrouble.NEEDS_SNAPSHOT: N_("What other counters recorded is not complete here. Call for help."),
}


class CentreLine(NamedTuple):
    """What the window may ask of the line: try at once; enrol by address, code and certificate file; write
    what is unsent into a file (how many entries), and read what came back in one.

    Enrolling waits for the centre. What is refused is refused in its own words.
    """

    try_now: Callable[[], None]
    enrol: Callable[[str, str, str], None]
    write_out: Callable[[Path], int]
    read_in: Callable[[Path], Brought]


class LinkLook(NamedTuple):
    """How the line stands in the status line: words, icon, colour token."""

    words: Both
    icon: str
    tone: str


def look_of(state: LinkState | None, now: datetime, language: Language) -> LinkLook:
    """What the status line says; None: no line was begun."""
    if state is None:
        return LinkLook(both("Everything is kept on this PC", language), "ok", "base-good")
    icon, tone = ("linked", "base-good") if state.linked else ("unlinked", "base-warn")
    words = both("Linked to the centre", language)
    if not state.linked and state.last_contact is None:
        words = both("Not linked yet", language)
    elif not state.linked:
        assert state.last_contact is not None
        words = both("Not linked since {at}", language, at=_since(state.last_contact, now))
    if state.unsent:
        words = _and(words, both("{count} to be sent", language, count=state.unsent))
    if state.loading is not None:
        words = _and(words, both("{percent}% of the office's data is here", language, percent=state.loading))
        if state.left is not None:
            words = _and(words, both("{left} left", language, left=minutes(state.left)))
    if state.held:
        words = _and(words, both("{count} held", language, count=state.held))
        tone = "base-warn"
    if state.trouble is not None:
        tone = "base-warn"
    return LinkLook(words, icon, tone)


def _since(at: datetime, now: datetime) -> str:
    day = in_india(at).date()
    return clock(at) if day == in_india(now).date() else f"{short_day(day)} {clock(at)}"


def _and(one: Both, other: Both) -> Both:
    return Both(f"{one.lead}, {other.lead}", f"{one.second}, {other.second}" if one.second else "")
