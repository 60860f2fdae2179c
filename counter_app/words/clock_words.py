"""What stands against the PC's clock, and what follows from it, in the reader's languages."""

from datetime import datetime

from counter_app.domain.clock import ClockFault, Doubt
from counter_app.words.dates import ages
from counter_app.words.say import N_, Both, Language, both

_BACK = N_("The clock was set back by {by}.")
_AHEAD = N_("The clock jumped ahead by {by}.")
_SLOWER = N_("The clock is {by} behind the centre's.")
_FASTER = N_("The clock is {by} ahead of the centre's.")


def doubt_words(doubt: Doubt, language: Language) -> Both:
    """What was found: "The clock was set back by 7 m."."""
    if doubt.fault is ClockFault.DRIFT:
        text = _FASTER if doubt.seconds > 0 else _SLOWER
    else:
        text = _AHEAD if doubt.seconds > 0 else _BACK
    return both(text, language, by=ages(doubt.by, language))


def outcome_words(doubt: Doubt, now: datetime, language: Language) -> Both:
    """What follows from it for whoever takes money."""
    if doubt.stops(now):
        return both("No money is taken before it is set right, or the supervisor decides.", language)
    if doubt.decision is not None:
        return both("The supervisor let work go on; receipts say that the time is in doubt.", language)
    return both("Receipts say that the time is in doubt, until the supervisor decides.", language)
