"""What a bill's messages say."""

from counter_app.domain.bill_messages import About, BillMessage
from counter_app.words.amounts import number, rupees
from counter_app.words.dates import clock, day, stamp
from counter_app.words.labels import tender
from counter_app.words.say import N_, Language, say

_WORDS = {
    About.HOLIDAY: N_("The due date is a holiday: what is paid by {on} is paid in time."),
    About.NOT_READ: N_("The meter was not read for this bill; it is by average or assessment."),
    About.NO_SUBSIDY: N_("No state subsidy this month: more than {units} units were used."),
    About.ONLINE: N_("Paid by {ways}, {amount} come off the next bill."),
    About.WRONG_BILL: N_(
        "Does the bill look wrong? Register a complaint at the counter: it is decided within {days} days."
    ),
}


def told(message: BillMessage, language: Language) -> str:
    """A message in one language."""
    if message.about is About.COMPANY:
        return message.hi if language is Language.HINDI else message.en
    if message.about is About.SHUTDOWN:
        return _shutdown(message, language)
    return say(
        _WORDS[message.about],
        language,
        on=day(message.on) if message.on else "",
        units=number(message.units),
        amount=rupees(message.amount),
        days=message.days,
        ways=", ".join(tender(way, language).lead for way in message.ways),
    )


def _shutdown(message: BillMessage, language: Language) -> str:
    assert message.since is not None
    assert message.until is not None
    same_day = day(message.since) == day(message.until)
    until = clock(message.until) if same_day else stamp(message.until)
    text = say("Supply off for work: {since} to {until}.", language, since=stamp(message.since), until=until)
    reason = message.hi or message.en if language is Language.HINDI else message.en or message.hi
    return f"{text} {reason}".rstrip()
