"""Guesses about a difference in words: what may have happened, and where in the books it stands."""

from collections.abc import Sequence

from counter_app.domain.numbering import Number, Series
from counter_app.domain.payment import TenderKind
from counter_app.domain.variance import Cause, Guess
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock
from counter_app.words.labels import tender
from counter_app.words.say import N_, Both, Language, both

_SHOWN_RECEIPTS = 6
_HEADS = {
    Guess.RESTORED: N_("Missing here since older data was put back"),
    Guess.WRONG_TENDER: N_("UPI or card written as cash"),
    Guess.NO_MONEY: N_("A receipt without the money"),
    Guess.TWO_RECEIPTS: N_("Two receipts without the money"),
    Guess.CHANGE_TWICE: N_("Change given twice"),
    Guess.CHANGE_KEPT: N_("Change not given back"),
    Guess.SWAPPED: N_("Digits swapped"),
    Guess.REPRINT: N_("Taken again on a copy"),
    Guess.NOT_GIVEN_BACK: N_("Cancelled, cash not given back"),
    Guess.SLIP: N_("Moved on paper only"),
}
_PLACES = {
    Guess.RESTORED: N_("Known from the centre, receipts {receipts}: {amount} more came in."),
    Guess.WRONG_TENDER: N_("Receipt {receipt}, {at}: {amount}, written as {tender}."),
    Guess.NO_MONEY: N_("Receipt {receipt}, {at}: {amount} in cash."),
    Guess.TWO_RECEIPTS: N_("Receipts {receipt} {amount} and {other} {instead}."),
    Guess.CHANGE_TWICE: N_("Receipt {receipt}, {at}: {amount} was to be returned."),
    Guess.CHANGE_KEPT: N_("Receipt {receipt}, {at}: {amount} was to be returned."),
    Guess.SWAPPED: N_("Receipt {receipt}, {at}: {amount} is written, perhaps {instead} was taken."),
    Guess.REPRINT: N_("Receipt {receipt}, {at}: {amount}, printed again as a copy."),
    Guess.NOT_GIVEN_BACK: N_("Receipt {receipt}: {amount} was to go back."),
    Guess.SLIP: N_("Slip {receipt}: {amount}."),
}


def what(cause: Cause, language: Language) -> Both:
    """What may have happened, in a few words."""
    if cause.guess is Guess.WRONG_TENDER and cause.tender is not TenderKind.CASH:
        return both(N_("Cash written as another tender"), language)
    return both(_HEADS[cause.guess], language)


def where(cause: Cause, language: Language) -> Both:
    """Which receipt or slip, when, how much."""
    series = Series.MOVE if cause.guess is Guess.SLIP else Series.RECEIPT
    tails = [Number(series, "", 0, serial, "").tail for serial in cause.serials]
    facts = {
        "receipt": tails[0], "other": tails[-1], "amount": rupees(abs(cause.amount)),
        "instead": rupees(cause.instead), "at": clock(cause.at) if cause.at else "",
        "receipts": _listed(tails),
    }  # fmt: skip
    place = _PLACES[cause.guess]
    if cause.guess is Guess.RESTORED and cause.amount < 0:
        place = N_("Known from the centre, receipts {receipts}: {amount} went out.")
    return both(place, language, **facts, tender=tender(cause.tender, language))


def as_reason(cause: Cause) -> str:
    """The guess as the reason on paper: in both languages, with its receipts."""
    words, serials = what(cause, Language.HINDI), _listed([f"{serial:06d}" for serial in cause.serials])
    return f"{words.lead} · {words.second}: {serials}"


def _listed(serials: Sequence[str]) -> str:
    more = ["…"] if len(serials) > _SHOWN_RECEIPTS else []
    return ", ".join([*serials[:_SHOWN_RECEIPTS], *more])
