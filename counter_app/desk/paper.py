"""Every print is a job: the original is born with its act, each copy is asked for with a reason."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from counter_app.desk.confidential import paper_is_hidden
from counter_app.desk.desk import Desk, demand, holds, recorded
from counter_app.desk.finding import current_dues, known_consumer
from counter_app.domain.acts import CopyAsked, Paper, PaperOutcome, PaperState
from counter_app.domain.entry import Kind
from counter_app.domain.file_refusals import TrainingOnFiles
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import (
    ActUsedElsewhere,
    BillUnknown,
    ReasonMissing,
    ReceiptUnknown,
    SentToPrinter,
    TooFarMoved,
)
from counter_app.domain.text import clean_text
from counter_app.domain.ways import FURTHEST, TENTHS, Offset, Way, Ways
from counter_app.store import finds, reference
from counter_app.store.book import Page
from counter_app.store.engine import Connection
from counter_app.store.rows import JobRow
from counter_app.wire.payloads import Payload
from counter_app.words.say import Language, both

if TYPE_CHECKING:
    from counter_app.documents.page import Document

LONGEST_REASON = 80
LONGEST_PRINTER = 120
TORN = "torn"

_SEEN = frozenset({PaperState.CONFIRMED, PaperState.UNKNOWN, PaperState.FAILED})
# What may be recorded after what. Back to the printer leads only a failure that is known, or an answer.
_FOLLOWS: dict[PaperState, frozenset[PaperState]] = {
    PaperState.WAITING: _SEEN | {PaperState.SENT, PaperState.WAIVED},
    PaperState.FAILED: _SEEN | {PaperState.SENT, PaperState.WAIVED},
    PaperState.SENT: _SEEN,
    PaperState.UNKNOWN: _SEEN,
    PaperState.CONFIRMED: frozenset({PaperState.CONFIRMED}),
    PaperState.WAIVED: frozenset({PaperState.WAIVED}),
}


class Answer(StrEnum):
    """What somebody saw in the printer after a power cut."""

    COMPLETE = "complete"
    NOT_PRINTED = "not_printed"
    TORN = "torn"


def page_of(
    desk: Desk, session: Session, job: UUID, at: datetime, language: Language = Language.HINDI
) -> "Document":
    """The pages of a job as they print now: stored facts, the job's copy number, the time of printing.

    ``language`` is that of a bill, which has two editions; all others carry Hindi and English beside it.
    """
    # What draws papers is large, and the first page needs none.
    from counter_app.desk import account, account_sheets, sheets

    demand(desk, session, Right.SEE_RECEIPTS, at)
    with desk.book.reading() as connection:
        row = _known(connection, job)
        if paper_is_hidden(desk, session, connection, row.subject):
            raise ReceiptUnknown(str(job))
        if row.paper is Paper.RECEIPT:
            return sheets.receipt(desk, connection, row, at)
        if row.paper is Paper.SLIP:
            return sheets.slip(desk, connection, row, at)
        if row.paper is Paper.UNDOING:
            return sheets.undone(desk, connection, row, at)
        if row.paper is Paper.DAY_REPORT:
            return sheets.day_report(desk, connection, row, at)
        if row.paper is Paper.CASH_SLIP:
            return sheets.cash_slip(desk, connection, row, at)
        if row.paper in account.PAPERS:
            return account_sheets.sheet(desk, connection, session, row, at)
        return sheets.bill(desk, connection, session, row, at, language)


def bill_preview(
    desk: Desk, session: Session, number: str, at: datetime, language: Language = Language.HINDI
) -> "Document":
    """The bill as it would print now; nothing is recorded."""
    from counter_app.desk import sheets  # what draws papers is large, and the first page needs none

    demand(desk, session, Right.SEE_CONSUMERS, at)
    with desk.book.reading() as connection:
        consumer = known_consumer(connection, number)
        month = _bill_month(desk, connection, consumer.number, at)
        copy = finds.next_copy(connection, Paper.BILL, consumer=consumer.number, month=month)
        nobody = UUID(int=0)
        row = JobRow(nobody, Paper.BILL, None, consumer.number, month, copy, "", PaperState.WAITING, at)
        return sheets.bill(desk, connection, session, row, at, language)


def ask_bill(desk: Desk, session: Session, act: UUID, number: str, at: datetime) -> JobRow:
    """Ask for a copy of the latest bill: a right of every consumer, so no reason is needed."""
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.COPY_ASKED):
            return _known(connection, act)
    demand(desk, session, Right.PRINT_COPY, at)
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.COPY_ASKED) is None:
            consumer = known_consumer(page.connection, number)
            month = _bill_month(desk, page.connection, consumer.number, at)
            copy = finds.next_copy(page.connection, Paper.BILL, consumer=consumer.number, month=month)
            asked = CopyAsked(Paper.BILL, None, consumer.number, month, copy, "")
            page.record(asked, act=act, person=session.person.id, at=at)
        return _known(page.connection, act)


def ask_copy(desk: Desk, session: Session, act: UUID, subject: UUID, reason: str, at: datetime) -> JobRow:
    """Ask for a numbered copy of a receipt or slip; ``subject`` is the act of its payment or complaint."""
    with desk.book.reading() as connection:
        if recorded(connection, act, Kind.COPY_ASKED):
            return _known(connection, act)
    demand(desk, session, Right.PRINT_COPY, at)
    why = clean_text(reason, LONGEST_REASON)
    if not why:
        raise ReasonMissing
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.COPY_ASKED) is None:
            if paper_is_hidden(desk, session, page.connection, subject):
                raise ReceiptUnknown(str(subject))
            _record_copy(session, page, act, subject, why, at)
        return _known(page.connection, act)


def jobs(desk: Desk, session: Session, subject: UUID, at: datetime) -> tuple[JobRow, ...]:
    """The print jobs of a receipt or slip, the original first; none for what was recorded elsewhere."""
    demand(desk, session, Right.SEE_RECEIPTS, at)
    with desk.book.reading() as connection:
        if paper_is_hidden(desk, session, connection, subject):
            return ()
        return finds.jobs_of(connection, subject)


def choose_receipts(desk: Desk, session: Session, half: bool, at: datetime) -> bool:
    """Print receipts on half an A4 from now on, or on an 80 mm roll; returns what holds."""
    demand(desk, session, Right.CHOOSE_PRINTERS, at)
    with desk.book.writing() as page:
        reference.put_half_receipts(page, half)
    return half


def never_came_out(original: JobRow) -> bool:
    """Whether the original may still print: it waits, or the printer is known not to have taken it."""
    return original.state in (PaperState.WAITING, PaperState.FAILED)


def note_outcome(
    desk: Desk, session: Session, act: UUID, job: UUID, state: PaperState, printer: str, at: datetime,
    going: "Document | None" = None,
) -> JobRow:  # fmt: skip
    """Record what became of a print, as far as anybody knows.

    ``SENT`` is recorded before the pages go to the printer: it is taken once, so that the same
    paper never goes there twice; after that ``SentToPrinter`` is raised. ``going`` is what goes there: it is
    kept as it is drawn now.
    """
    demand(desk, session, Right.PRINT_COPY, at)
    with desk.book.writing() as page:
        if not _stored(page.connection, act, job):
            if state not in _FOLLOWS[_known(page.connection, job).state]:
                raise SentToPrinter
            named = "".join(sign for sign in printer if sign.isprintable())[:LONGEST_PRINTER]
            page.record(PaperOutcome(job, state, named), act=act, person=session.person.id, at=at)
            if going is not None:
                from counter_app.documents.keeping import (
                    packed,
                )  # drawing is large, and a start draws nothing
                from counter_app.store import archive

                archive.keep(page, act, job, going.paper, packed(going), at)
        return _known(page.connection, job)


def in_doubt(desk: Desk, session: Session) -> tuple[JobRow, ...]:
    """Originals of earlier runs of the program whose paper nobody confirmed, oldest first.

    None for who may not answer for them.
    """
    if not holds(desk, session, Right.PRINT_COPY):
        return ()
    with desk.book.reading() as connection:
        return _in_doubt(desk, session, connection)


def answer(desk: Desk, session: Session, act: UUID, job: UUID, seen: Answer, at: datetime) -> JobRow | None:
    """Settle an original in doubt by what somebody saw; returns the job to print now, if any.

    Not printed: the original itself prints, under the same number. Torn: a copy prints, so that two
    originals can never be about. ``SentToPrinter`` when the original is not in doubt.
    """
    demand(desk, session, Right.PRINT_COPY, at)
    with desk.book.writing() as page:
        if stored := _stored(page.connection, act, job):
            return _answered(page.connection, act, stored)
        if job not in {row.job for row in _in_doubt(desk, session, page.connection)}:
            raise SentToPrinter
        state = PaperState.WAITING if seen is Answer.NOT_PRINTED else PaperState.CONFIRMED
        outcome = PaperOutcome(job, state)
        page.record(outcome, act=act, person=session.person.id, at=at)
        if seen is Answer.TORN:
            reason = " · ".join(both("The paper was torn", Language.HINDI))
            _record_copy(session, page, uuid5(act, TORN), job, reason, at)
        return _answered(page.connection, act, outcome)


def _in_doubt(desk: Desk, session: Session, connection: Connection) -> tuple[JobRow, ...]:
    """Without the slips of others about what is confidential: whoever registered it is asked."""
    found = finds.jobs_in_doubt(connection, desk.book.segment)
    return tuple(row for row in found if not paper_is_hidden(desk, session, connection, row.subject))


def _stored(connection: Connection, act: UUID, job: UUID) -> Payload | None:
    """What this act recorded of this job before; ``ActUsedElsewhere`` when it stands for another job."""
    stored = recorded(connection, act, Kind.PAPER_OUTCOME)
    if stored is None:
        return None
    if not isinstance(stored[0], PaperOutcome) or stored[0].job != job:
        raise ActUsedElsewhere(Kind.PAPER_OUTCOME)
    return stored[0]


def _answered(connection: Connection, act: UUID, payload: Payload) -> JobRow | None:
    """The job that an answer leaves to be printed."""
    assert isinstance(payload, PaperOutcome)
    if payload.state is PaperState.WAITING:
        return _known(connection, payload.job)
    return finds.job(connection, uuid5(act, TORN))


def _record_copy(session: Session, page: Page, act: UUID, subject: UUID, reason: str, at: datetime) -> None:
    original = finds.job(page.connection, subject)
    if original is None or original.subject != subject:
        raise ReceiptUnknown(str(subject))
    copy = finds.next_copy(page.connection, original.paper, subject=subject)
    asked = CopyAsked(original.paper, subject, "", "", copy, reason)
    page.record(asked, act=act, person=session.person.id, at=at)


def _bill_month(desk: Desk, connection: Connection, number: str, at: datetime) -> str:
    bill, _ = current_dues(desk, connection, number, at)
    if bill is None:
        raise BillUnknown(number)
    return str(bill.month)


def _known(connection: Connection, job: UUID) -> JobRow:
    row = finds.job(connection, job)
    if row is None:
        raise ReceiptUnknown(str(job))
    return row


def ways(desk: Desk) -> Ways:
    """Where papers go, as it was chosen at this counter."""
    with desk.book.reading() as connection:
        return reference.ways(connection)


def choose_way(desk: Desk, session: Session, kind: Paper | None, way: Way, at: datetime) -> Ways:
    """Choose where papers of a kind go from now on; without a kind, those that have no way of their own.

    ``TrainingOnFiles`` where a printer is chosen at an office for training.
    """
    demand(desk, session, Right.CHOOSE_PRINTERS, at)
    if desk.office.training and (way.printer or way.otherwise):
        raise TrainingOnFiles
    chosen = replace(
        way,
        printer=clean_text(way.printer, LONGEST_PRINTER),
        otherwise=clean_text(way.otherwise, LONGEST_PRINTER),
    )
    with desk.book.writing() as page:
        known = reference.ways(page.connection).with_way(kind, chosen)
        reference.put_ways(page, known)
    return known


def trial(desk: Desk, session: Session, kind: Paper, printer: str, at: datetime) -> "Document":
    """A page by which somebody sees how a printer prints papers of a kind; nothing of it is recorded."""
    demand(desk, session, Right.CHOOSE_PRINTERS, at)
    from counter_app.documents.trial import trial_page

    return trial_page(desk.office, kind, printer, at)


def choose_offset(desk: Desk, session: Session, printer: str, offset: Offset, at: datetime) -> Ways:
    """Choose how far a printer moves what it prints on ready-made forms; ``TooFarMoved``."""
    demand(desk, session, Right.CHOOSE_PRINTERS, at)
    if max(abs(offset.right), abs(offset.down)) > FURTHEST:
        raise TooFarMoved(FURTHEST // TENTHS)
    with desk.book.writing() as page:
        known = reference.ways(page.connection).with_offset(clean_text(printer, LONGEST_PRINTER), offset)
        reference.put_ways(page, known)
    return known
