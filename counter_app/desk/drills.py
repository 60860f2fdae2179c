"""Practice at the office for training: who comes to the window, and whether what they asked for was done."""

from collections.abc import Iterator
from datetime import datetime
from random import SystemRandom
from uuid import UUID, uuid4

from counter_app.desk import finding, payments, receipts
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft
from counter_app.domain.acts import CopyAsked
from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.consumer import Consumer, read_mobile
from counter_app.domain.drill import Flow, Run, better
from counter_app.domain.entry import Kind, Place
from counter_app.domain.money import RUPEE, Paise
from counter_app.domain.money_refusals import NobodyLeft
from counter_app.domain.payment import PaymentTaken, TenderKind, cash
from counter_app.domain.people import Session
from counter_app.domain.value import value
from counter_app.store import drills, journal, reference
from counter_app.wire.payloads import Payload

NO_SUPPLY = "11"
_NOTE = 500 * RUPEE
_OWED = range(1000 * RUPEE, 9500 * RUPEE)
"""What is paid with a few notes, typed with four digits."""

_RECORDS = {
    Flow.PAY_CASH: Kind.PAYMENT_TAKEN,
    Flow.PAY_SCAN: Kind.PAYMENT_TAKEN,
    Flow.COMPLAINT: Kind.COMPLAINT_REGISTERED,
    Flow.REPRINT_LAST: Kind.COPY_ASKED,
}


@value
class Task:
    """Somebody at the window. ``given`` is what they pay in cash, in paise.

    ``receipt`` is what is to be printed again, ``since``: where the journal ended when they came.
    """

    flow: Flow
    number: str
    name_hi: str
    name_en: str
    given: Paise = 0
    receipt: UUID | None = None
    since: Place | None = None


def task(desk: Desk, session: Session, flow: Flow, at: datetime) -> Task:
    """Let somebody come to the window; ``NobodyLeft`` when nobody owes what a flow needs."""
    receipt = _last_receipt(desk, session, at) if flow is Flow.REPRINT_LAST else None
    who, due = _called(desk) if flow is Flow.HINDI_NAME else next(_owing(desk, session, at, flow))
    given = -(-due // _NOTE) * _NOTE if flow is Flow.PAY_CASH else due
    with desk.book.reading() as connection:
        head = journal.head(connection)
    since = head.place if head is not None else None
    return Task(flow, who.number, who.name_hi, who.name_en, given, receipt, since)


def done(desk: Desk, asked: Task) -> bool | None:
    """Whether it was done as it was asked for; None while nothing of the kind is recorded yet."""
    kind = _RECORDS.get(asked.flow)
    with desk.book.reading() as connection:
        for entry in journal.entries(connection, asked.since):
            if entry.header.kind == kind:
                found = journal.entry_of_act(connection, entry.header.act)
                assert found is not None
                return _as_asked(desk, asked, found[1])
    return None


def best(desk: Desk) -> dict[Flow, Run]:
    """The best run of each flow so far."""
    with desk.book.reading() as connection:
        return drills.best_runs(connection)


def keep(desk: Desk, flow: Flow, run: Run) -> dict[Flow, Run]:
    """Note a run; the best of each flow from now on."""
    with desk.book.writing() as page:
        known = drills.best_runs(page.connection)
        known[flow] = better(known.get(flow), run)
        drills.put_best_runs(page, known)
    return known


def _as_asked(desk: Desk, asked: Task, payload: Payload) -> bool:
    match payload:
        case PaymentTaken(consumer=asked.number):
            return [(one.kind, one.given) for one in payload.tenders] == [(TenderKind.CASH, asked.given)]
        case ComplaintRegistered():  # of a whole line, when that was answered so, it names nobody
            named = payload.consumer in ("", asked.number)
            return named and payload.type == desk.rules.catalogue(payload.day).type(NO_SUPPLY).code
        case CopyAsked():
            return payload.subject == asked.receipt
    return False


def _last_receipt(desk: Desk, session: Session, at: datetime) -> UUID:
    """Today's last receipt; where there is none yet, somebody pays first."""
    for row in receipts.today(desk, session, at):
        return row.act
    who, due = next(_owing(desk, session, at, Flow.PAY_CASH))
    draft = PaymentDraft(uuid4(), who.number, due, (cash(due, due),))
    return payments.take(desk, session, draft, at).act


def _owing(desk: Desk, session: Session, at: datetime, flow: Flow) -> Iterator[tuple[Consumer, Paise]]:
    """Those who owe what a few notes pay, by chance: all that has to be asked of them is in the record."""
    for who in _by_chance(desk):
        if read_mobile(who.mobile) is None:
            continue
        known = finding.preview(desk, session, who.number, at)
        complained = flow is Flow.COMPLAINT and known.complaints
        if known.payable is not None and known.payable.amount in _OWED and not complained:
            yield who, known.payable.amount
    raise NobodyLeft


def _called(desk: Desk) -> tuple[Consumer, Paise]:
    """Somebody whose name nobody else has."""
    everybody = list(_by_chance(desk))
    names = [who.name_hi for who in everybody]
    return next(who for who in everybody if names.count(who.name_hi) == 1 and " " in who.name_hi), 0


def _by_chance(desk: Desk) -> Iterator[Consumer]:
    with desk.book.reading() as connection:
        numbers = reference.consumer_numbers(connection)
        known = reference.known_consumers(connection, numbers)
    yield from SystemRandom().sample(list(known.values()), len(known))
