"""From stored facts to pages: what each paper of the window says."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from counter_app.desk.cash import stored_move
from counter_app.desk.complaint_steps import consent_code
from counter_app.desk.complaints import ComplaintDraft, ComplaintForm, placed, stored_complaint
from counter_app.desk.complaints import as_payload as complaint_payload
from counter_app.desk.desk import Desk
from counter_app.desk.drawers import stored_closing
from counter_app.desk.finding import address, current_dues, known_consumer
from counter_app.desk.pay_form import PayForm
from counter_app.desk.payments import PaymentDraft, as_payload, stored_receipt
from counter_app.desk.receipt_codes import code_text
from counter_app.desk.requests import RequestDraft, RequestForm
from counter_app.desk.requests import as_payload as request_payload
from counter_app.desk.undoing import stored_undoing
from counter_app.documents.acknowledgement import SlipFacts
from counter_app.documents.acknowledgement import slip as slip_page
from counter_app.documents.bill import MANY, BillFacts, BillPayment
from counter_app.documents.bill import bill as bill_page
from counter_app.documents.cash_slip import MoveFacts
from counter_app.documents.cash_slip import cash_slip as cash_slip_page
from counter_app.documents.day_papers import ClosingFacts
from counter_app.documents.day_report import day_report as day_report_page
from counter_app.documents.money_line import proved, read_back
from counter_app.documents.money_told import of_bill, of_closing, of_move, of_undone
from counter_app.documents.page import Document
from counter_app.documents.receipt import ReceiptFacts
from counter_app.documents.receipt import receipt as receipt_page
from counter_app.documents.receipt_body import Change
from counter_app.documents.undone import UndoneFacts
from counter_app.documents.undone import undone as undone_page
from counter_app.domain.bill_messages import bill_messages
from counter_app.domain.catalogue import ComplaintType
from counter_app.domain.complaint_life import told_of
from counter_app.domain.days import business_day
from counter_app.domain.drawer import HandoverAccepted
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.people import Session
from counter_app.domain.refusals import BillUnknown, ReceiptUnknown
from counter_app.domain.request import so_far
from counter_app.domain.undoing import PaymentMoved, RefundAsked, TendersCorrected
from counter_app.store import finds, people, reference
from counter_app.store.centre import answers
from counter_app.store.engine import Connection
from counter_app.store.rows import JobRow, Names, PaymentRow
from counter_app.words.labels import channel, paid_for
from counter_app.words.say import Language

SHOWN_PAYMENTS = 2
PLANNED_AHEAD = timedelta(days=7)
"""How long before a shutdown a bill tells of it."""


def receipt(desk: Desk, connection: Connection, job: JobRow, at: datetime) -> Document:
    """A receipt job's page."""
    if job.subject is None:
        raise ReceiptUnknown(str(job.job))
    found = stored_receipt(connection, job.subject)
    changes = _changes(connection, job.subject)
    facts = ReceiptFacts(
        desk.office, str(found.number), _standing(found.payment, changes), found.name_hi, found.name_en,
        found.address, found.at, at, job.copy, job.reason, _name(connection, found.payment.clerk),
        found.balance,
        finds.is_cancelled(connection, job.subject),
        code=code_text(desk, connection, job.subject, job.copy),
        paid_for=paid_for(found.payment.charge, desk.rules, found.payment.day, Language.HINDI),
        changes=changes, half=reference.half_receipts(connection),
    )  # fmt: skip
    return proved(receipt_page(facts), found.payment.amount)


def _changes(connection: Connection, receipt: UUID) -> tuple[Change, ...]:
    """What was done since about a receipt that stands, the oldest first."""
    done = (stored_undoing(connection, act) for act in finds.undoings_of(connection, receipt))
    return tuple(
        Change(str(one.number), one.payload)
        for one in done
        if isinstance(one.payload, TendersCorrected | PaymentMoved)
    )


def _standing(payment: PaymentTaken, changes: tuple[Change, ...]) -> PaymentTaken:
    """The payment with the tenders that were put right last."""
    for change in changes:
        if isinstance(change.payload, TendersCorrected):
            payment = replace(payment, tenders=change.payload.tenders)
    return payment


def payment_preview(
    desk: Desk, session: Session, form: PayForm, draft: PaymentDraft, at: datetime
) -> Document:
    """The receipt a payment would get; it says that nothing is recorded yet. Reads nothing."""
    payment = as_payload(desk, session, form, draft, form.next_number.serial, at)
    who = form.consumer
    facts = ReceiptFacts(
        desk.office, None, payment, who.name_hi if who else "", who.name_en if who else "",
        address(who) if who else "", at, at, 1, "", session.person.name_hi,
        payment.due - payment.amount,
        paid_for=paid_for(payment.charge, desk.rules, payment.day, Language.HINDI),
    )  # fmt: skip
    return receipt_page(facts)


def slip(desk: Desk, connection: Connection, job: JobRow, at: datetime) -> Document:
    """A complaint slip job's page, with the 1912 number once it is known."""
    if job.subject is None:
        raise ReceiptUnknown(str(job.job))
    found = stored_complaint(desk, connection, job.subject)
    row = finds.complaint(connection, job.subject)
    wholes = finds.all_wholes(connection, row) if row else ()
    nobodys = found.type.anonymous or found.type.confidential
    facts = SlipFacts(
        desk.office, str(found.number), found.registered, found.type,
        desk.rules.service(found.type, found.registered.day), found.name_hi, found.name_en, found.address,
        found.at, at, job.copy, job.reason, _name(connection, found.registered.clerk),
        row.central_number if row else "",
        consent_code(connection, row) if row and not nobodys else "",
        str(wholes[0].number) if wholes else "",
        told_of(row.state, [event for one in wholes for event in one.events]) if row else None,
        desk.rules.levels_on(found.registered.day).claim_days,
        claim=row.claim[1] if row and row.claim else None, linked=answers(connection, at),
        over=row is not None and not row.state.open,
    )  # fmt: skip
    return slip_page(facts)


def complaint_preview(
    desk: Desk,
    session: Session,
    form: ComplaintForm,
    draft: ComplaintDraft,
    kind: ComplaintType,
    at: datetime,
) -> Document:
    """The slip a complaint would get; it says that nothing is recorded yet. Reads nothing."""
    consumer = None if kind.anonymous else form.consumer
    place = placed(None, consumer, draft)
    registered = complaint_payload(desk, session, consumer, kind, draft, place, form.next_number.serial, at)
    facts = SlipFacts(
        desk.office, None, registered, kind, desk.rules.service(kind, registered.day),
        consumer.name_hi if consumer else "", consumer.name_en if consumer else "",
        address(consumer) if consumer else "", at, at, 1, "", session.person.name_hi,
        claim_days=desk.rules.levels_on(registered.day).claim_days,
        linked=form.linked,
    )  # fmt: skip
    return slip_page(facts)


def request_preview(
    desk: Desk, session: Session, form: RequestForm, draft: RequestDraft, kind: ComplaintType, at: datetime
) -> Document:
    """The slip a request would get; it says that nothing is recorded yet. Reads nothing."""
    given = so_far(kind, draft.answers, draft.proofs, agreed=draft.agreed)
    who = form.consumer
    registered = request_payload(desk, session, who, kind, draft, given, form.next_number.serial, at)
    facts = SlipFacts(
        desk.office, None, registered, kind, desk.rules.service(kind, registered.day),
        who.name_hi if who else "", who.name_en if who else "", address(who) if who else "",
        at, at, 1, "", session.person.name_hi,
        claim_days=desk.rules.levels_on(registered.day).claim_days,
    )  # fmt: skip
    return slip_page(facts)


def undone(desk: Desk, connection: Connection, job: JobRow, at: datetime) -> Document:
    """The slip of what was done about a receipt."""
    found = stored_undoing(connection, job.subject or job.job)
    payload, receipt = found.payload, found.receipt
    second = "" if isinstance(payload, RefundAsked) else payload.approved.code
    to = payload.to_consumer if isinstance(payload, PaymentMoved) else ""
    named = reference.names(connection, [payload.consumer, to])
    nobody = Names("", "")
    was, now = named.get(payload.consumer, nobody), named.get(to, nobody)
    facts = UndoneFacts(
        desk.office, str(found.number), payload, str(receipt.number), receipt.at, was.hi, was.en,
        found.at, at, job.copy, job.reason, _name(connection, payload.clerk), _name(connection, second),
        now.hi, now.en,
    )  # fmt: skip
    return read_back(undone_page(facts), of_undone(facts))


def day_report(desk: Desk, connection: Connection, job: JobRow, at: datetime) -> Document:
    """The Z report of a closed drawer, and what goes with its cash."""
    found = stored_closing(connection, job.subject or job.job)
    facts = ClosingFacts(
        desk.office, str(found.number), found.report, found.opened_at, found.closed_at, at, job.copy,
        job.reason, _name(connection, found.report.clerk),
        _name(connection, found.report.approved.code) if found.report.approved else "",
        _name(connection, found.report.handed_to) if found.report.handed_to else "",
        found.counted_by, _name(connection, found.counted_by),
        desk.rules.counting(found.report.day).faces,
    )  # fmt: skip
    return read_back(day_report_page(facts), of_closing(facts))


def cash_slip(desk: Desk, connection: Connection, job: JobRow, at: datetime) -> Document:
    """The slip of cash moved without a receipt, or taken over."""
    found = stored_move(connection, job.subject or job.job)
    payload, number, other, second = found.payload, "", "", ""
    if isinstance(payload, HandoverAccepted):
        number, other = str(stored_closing(connection, payload.closing).number), payload.giver
    else:
        other, second = payload.other, payload.approved.code if payload.approved else ""
    facts = MoveFacts(
        desk.office, str(found.number), payload, number, found.at, at, job.copy, job.reason,
        _name(connection, payload.clerk), _name(connection, other), _name(connection, second),
    )  # fmt: skip
    return read_back(cash_slip_page(facts), of_move(facts))


def bill(
    desk: Desk, connection: Connection, session: Session, job: JobRow, at: datetime, language: Language
) -> Document:
    """A copy of the latest bill, with what is payable on the day of printing."""
    facts = _bill_facts(desk, connection, session, job.consumer, at, language)
    if str(facts.bill.month) != job.month:
        raise BillUnknown(facts.consumer.number)
    return _proved_bill(replace(facts, copy=job.copy, reason=job.reason))


def one_of_many(
    desk: Desk, connection: Connection, session: Session, number: str, reason: str, at: datetime,
    language: Language,
) -> Document:  # fmt: skip
    """The same of bills that are printed together, which are not counted one by one."""
    return _proved_bill(replace(_bill_facts(desk, connection, session, number, at, language), reason=reason))


def _proved_bill(facts: BillFacts) -> Document:
    return read_back(bill_page(facts), of_bill(facts))


def _bill_facts(
    desk: Desk, connection: Connection, session: Session, number: str, at: datetime, language: Language
) -> BillFacts:
    consumer = known_consumer(connection, number)
    current, now_payable = current_dues(desk, connection, consumer.number, at)
    if current is None or now_payable is None:
        raise BillUnknown(consumer.number)
    payments = finds.payments_of(connection, consumer.number)[:SHOWN_PAYMENTS]
    return BillFacts(
        desk.office, consumer, current, now_payable,
        reference.history(connection, consumer.number),
        tuple(_bill_payment(payment) for payment in payments),
        MANY, at,
        session.person.name_hi if language is Language.HINDI else session.person.name_en,
        "", desk.rules.payee(business_day(at)),
        bill_messages(
            desk.rules, desk.office, consumer, current, now_payable,
            finds.shutdowns_on(connection, (consumer.dtr, consumer.feeder), at, at + PLANNED_AHEAD),
        ),
        finds.officers_for(connection, "", consumer.group),
        language,
    )  # fmt: skip


def _bill_payment(payment: PaymentRow) -> BillPayment:
    words = channel(payment.channel, Language.HINDI)
    reference = str(payment.number) if payment.number else payment.reference
    return BillPayment(payment.month, payment.on, words.lead, words.second, payment.amount, reference)


def _name(connection: Connection, code: str) -> str:
    person = people.person(connection, code)
    return person.name_hi if person else code
