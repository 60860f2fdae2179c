"""What a receipt says of its payment: what is true now, what is not yet, and what stands for the time."""

from datetime import datetime

from counter_app.documents.counter_lines import in_both
from counter_app.documents.roll import BODY, Roll
from counter_app.domain.channel import channel_of
from counter_app.domain.charges import RECONNECTED_WITHIN_HOURS, RECONNECTION
from counter_app.domain.payment import PAPER, PaymentTaken, TenderKind
from counter_app.words.dates import exact_stamp, stamp
from counter_app.words.say import N_, Both, Language, both

HINDI = Language.HINDI


def notes(roll: Roll, payment: PaymentTaken, at: datetime) -> None:
    """What the payment hangs on; ``at`` is when the money was taken."""
    for note in _conditions(payment):
        _bold(roll, note)
    _in_time(roll, payment, at)
    if payment.clock_doubted:
        _bold(roll, both("The clock of this counter is in doubt; the time is looked into.", HINDI))
    if payment.charge == RECONNECTION:
        words = N_("Reconnection within {hours} working hours, once all dues are paid.")
        _quiet(roll, both(words, HINDI, hours=RECONNECTED_WITHIN_HOURS))
    if payment.basket is not None:
        _quiet(roll, both("Paid together with other accounts; the cash was counted once.", HINDI))


def goes_to_centre(payment: PaymentTaken, *, recorded: bool) -> str:
    """That the centre will hear of it; empty for a preview, and for what a channel takes: that is recorded
    at the centre.
    """
    if not recorded or channel_of(payment.counter) is not None:
        return ""
    return in_both(both("Will be sent to the centre", HINDI))


def computer_made() -> Both:
    """Why nobody signed it."""
    return both("Computer-made receipt, no signature needed.", HINDI)


def _conditions(payment: PaymentTaken) -> list[Both]:
    """On what it hangs that the money counts, for each way that is not confirmed."""
    pending = {tender.kind for tender in payment.tenders if not tender.confirmed}
    found = []
    if TenderKind.UPI in pending:
        found.append(both("UPI is not confirmed. It counts as paid only when the money arrives.", HINDI))
    if TenderKind.CARD in pending:
        words = N_("The card's approval code is missing. It counts as paid only when the money arrives.")
        found.append(both(words, HINDI))
    if pending & PAPER:
        found.append(both("Subject to realisation: it counts as paid only when the bank pays.", HINDI))
    if TenderKind.OTHER in pending:
        found.append(both("Not confirmed. It counts as paid only when the money arrives.", HINDI))
    return found


def _in_time(roll: Roll, payment: PaymentTaken, at: datetime) -> None:
    """Received by the due date; on the day itself, without a line, with what stands for the clock."""
    due, confirmed = payment.due_date, all(tender.confirmed for tender in payment.tenders)
    in_time = due is not None and (payment.within_due or payment.day <= due)
    if due is None or not in_time or not confirmed or payment.clock_doubted:
        return
    roll.paragraph(in_both(both("Received by the due date", HINDI)), BODY, bold=True)
    if not payment.offline or payment.day < due:
        return
    _quiet(roll, both("Received {at}; the centre could not be reached.", HINDI, at=exact_stamp(at)))
    if payment.heard_at is not None:
        _quiet(roll, both("The centre last answered on {at}.", HINDI, at=stamp(payment.heard_at)))


def _bold(roll: Roll, note: Both) -> None:
    roll.paragraph(note.lead, BODY, bold=True)
    roll.paragraph(note.second)


def _quiet(roll: Roll, note: Both) -> None:
    roll.paragraph(note.lead)
    roll.paragraph(note.second)
