"""Every button of the desk, with the right it asks for, and how it is pressed."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

from counter_app.desk import (
    about,
    bills,
    books,
    centre,
    checking,
    clock,
    complaint_steps,
    complaints,
    correcting,
    finding,
    handing_out,
    imports,
    outages,
    paper,
    payments,
    pins,
    posting,
    receipt_codes,
    receipts,
    reconciling,
    second,
    tasks,
    today,
    undoing,
)
from counter_app.desk.desk import Desk
from counter_app.desk.paper import Answer
from counter_app.desk.payments import Account
from counter_app.desk.posting import Wanted
from counter_app.desk.second import Word
from counter_app.domain.acts import Paper, PaperState
from counter_app.domain.approval import Deed
from counter_app.domain.books import Book, Which
from counter_app.domain.clock import Decision
from counter_app.domain.complaint import Stage
from counter_app.domain.complaint_refusals import NothingToClaim
from counter_app.domain.days import business_day
from counter_app.domain.money_refusals import (
    DrawerCounted,
    DrawerNotYours,
    ReceiptOpen,
    ReceiptSealed,
    SecondMissing,
    TaskUnknown,
)
from counter_app.domain.payment import upi
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import (
    CodeUnreadable,
    DrawerMissing,
    ReceiptUnknown,
    SentToPrinter,
    StepNotPossible,
)
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome, Why
from counter_app.domain.ways import Offset, Way
from counter_app.words.say import Language
from tests.desk.account_buttons import ACCOUNT_BUTTONS
from tests.desk.drawer_buttons import DRAWER_BUTTONS, Button
from tests.desk.small_office import (
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    complaining,
    moving,
    paying,
)
from tests.desk.window_buttons import WINDOW_BUTTONS


def answered(desk: Desk, session: Session, job: UUID) -> None:
    """Answer for a paper of this run, which is not asked about yet."""
    with suppress(SentToPrinter):
        paper.answer(desk, session, uuid4(), job, Answer.NOT_PRINTED, NOW)


def looked_at(desk: Desk, session: Session, receipt: UUID) -> None:
    with suppress(DrawerNotYours):
        undoing.prepare(desk, session, receipt, NOW)


def cancelled(desk: Desk, session: Session, receipt: UUID) -> None:
    with suppress(DrawerCounted, DrawerNotYours, ReceiptSealed, SecondMissing):
        undoing.cancel(desk, session, uuid4(), receipt, Why.OTHER, "", Word("", ""), NOW)


def ended(desk: Desk, session: Session, receipt: UUID) -> None:
    with suppress(TaskUnknown):
        tasks.end(desk, session, uuid4(), Task.RECONNECT, receipt, "", NOW)


def asked_back(desk: Desk, session: Session, receipt: UUID) -> None:
    with suppress(DrawerNotYours, ReceiptOpen):
        undoing.ask_refund(desk, session, uuid4(), receipt, Why.OTHER, "", NOW)


_TODAY = (business_day(NOW) - timedelta(days=2),) * 2


def book_out(desk: Desk, session: Session) -> None:
    made, file = Book(Which.DAY, *_TODAY, ()), desk.book.folder / "day.csv"
    books.hand_out(desk, session, uuid4(), made, Language.HINDI, file, lambda _: b"", NOW)


def scanned(desk: Desk, session: Session) -> None:
    with suppress(CodeUnreadable):
        receipt_codes.look_at(desk, session, "1" * 240, NOW)


def corrected(desk: Desk, session: Session, receipt: UUID) -> None:
    right = (upi(1613_00, "607198410000"),)
    with suppress(DrawerNotYours, ReceiptSealed, SecondMissing, DrawerMissing):
        correcting.correct(desk, session, uuid4(), receipt, right, "", Word("", ""), NOW)


def gone_to(desk: Desk, session: Session, receipt: UUID) -> None:
    with suppress(DrawerNotYours):
        correcting.destination(desk, session, receipt, RURAL, NOW)


def moved_to(desk: Desk, session: Session, receipt: UUID) -> None:
    with suppress(DrawerNotYours, SecondMissing):
        correcting.move(desk, session, uuid4(), receipt, RURAL, "", Word("", ""), NOW)


def statement_read(desk: Desk, session: Session) -> None:
    file = desk.book.folder / "upi.csv"
    file.write_text("Date,RRN,Amount\n", "utf-8")
    reconciling.read(desk, session, uuid4(), file, NOW)


def settled(desk: Desk, session: Session, receipt: UUID) -> None:
    with suppress(ReceiptUnknown):
        reconciling.settle(
            desk, session, uuid4(), receipt, 0, Outcome.CONFIRMED, "", business_day(NOW), NOW
        )  # fmt: skip


def claim(desk: Desk, session: Session, complaint: UUID) -> None:
    """Claim compensation, where no limit is overrun."""
    with suppress(NothingToClaim):
        complaint_steps.claim(desk, session, uuid4(), complaint, NOW)


def gather(desk: Desk, session: Session, complaint: UUID) -> None:
    """Press the key that joins all on a line, where there is nothing to join."""
    with suppress(StepNotPossible):
        outages.gather(desk, session, uuid4(), complaint, NOW)


BUTTONS: dict[str, tuple[Right, Button]] = (
    {
        "finding.find": (Right.SEE_CONSUMERS, lambda d, s, r, c: finding.find(d, s, "सुरेश", NOW)),
        "finding.preview": (Right.SEE_CONSUMERS, lambda d, s, r, c: finding.preview(d, s, PLAIN, NOW)),
        "finding.card": (Right.SEE_CONSUMERS, lambda d, s, r, c: finding.card(d, s, PLAIN, NOW)),
        "complaints.status": (Right.SEE_CONSUMERS, lambda d, s, r, c: complaints.status(d, s, "C1", NOW)),
        "complaints.complaint": (Right.SEE_CONSUMERS, lambda d, s, r, c: complaints.complaint(d, s, c, NOW)),
        "complaints.registered": (
            Right.SEE_CONSUMERS,
            lambda d, s, r, c: complaints.registered(d, s, c, NOW),
        ),
        "paper.bill_preview": (Right.SEE_CONSUMERS, lambda d, s, r, c: paper.bill_preview(d, s, PLAIN, NOW)),
        "bills.how_made": (Right.SEE_CONSUMERS, lambda d, s, r, c: bills.how_made(d, s, PLAIN, None, NOW)),
        "complaints.on_line": (
            Right.REGISTER_COMPLAINT,
            lambda d, s, r, c: complaints.on_line(d, s, complaining("", "12"), NOW),
        ),
        "about.about": (Right.SEE_RULES, lambda d, s, r, c: about.about(d, s, NOW)),
        "today.today": (Right.SEE_CONSUMERS, lambda d, s, r, c: today.today(d, s, NOW)),
        "complaints.prepare": (
            Right.REGISTER_COMPLAINT,
            lambda d, s, r, c: complaints.prepare(d, s, PLAIN, NOW),
        ),
        "complaints.register": (
            Right.REGISTER_COMPLAINT,
            lambda d, s, r, c: complaints.register(d, s, complaining(), NOW),
        ),
        "complaint_steps.step": (
            Right.MOVE_COMPLAINT,
            lambda d, s, r, c: complaint_steps.step(d, s, moving(c, Stage.ASSIGNED), NOW),
        ),
        "complaint_steps.note_central_number": (
            Right.MOVE_COMPLAINT,
            lambda d, s, r, c: complaint_steps.note_central_number(d, s, uuid4(), c, "1912-7", NOW),
        ),
        "complaint_steps.note_call": (
            Right.MOVE_COMPLAINT,
            lambda d, s, r, c: complaint_steps.note_call(d, s, uuid4(), c, "JE 1912", NOW),
        ),
        "complaint_steps.claim": (
            Right.MOVE_COMPLAINT,
            lambda d, s, r, c: claim(d, s, c),
        ),
        "outages.tell": (
            Right.MOVE_COMPLAINT,
            lambda d, s, r, c: outages.tell(d, s, uuid4(), c, "जम्पर 18:30", NOW),
        ),
        "outages.gather": (
            Right.MOVE_COMPLAINT,
            lambda d, s, r, c: gather(d, s, c),
        ),
        "payments.prepare": (Right.TAKE_PAYMENT, lambda d, s, r, c: payments.prepare(d, s, RURAL, NOW)),
        "payments.take": (Right.TAKE_PAYMENT, lambda d, s, r, c: payments.take(d, s, paying(RURAL), NOW)),
        "payments.prepare_together": (
            Right.TAKE_PAYMENT,
            lambda d, s, r, c: payments.prepare_together(d, s, [RURAL], NOW),
        ),
        "payments.take_together": (
            Right.TAKE_PAYMENT,
            lambda d, s, r, c: payments.take_together(
                d,
                s,
                [Account(uuid4(), OTHERS[1], 1613_00), Account(uuid4(), OTHERS[2], 1613_00)],
                4000_00,
                NOW,
            ),
        ),
        "tasks.waiting": (Right.END_TASK, lambda d, s, r, c: tasks.waiting(d, s, NOW)),
        "tasks.end": (Right.END_TASK, lambda d, s, r, c: ended(d, s, r)),
        "correcting.correct": (Right.UNDO, lambda d, s, r, c: corrected(d, s, r)),
        "correcting.destination": (Right.UNDO, lambda d, s, r, c: gone_to(d, s, r)),
        "correcting.move": (Right.UNDO, lambda d, s, r, c: moved_to(d, s, r)),
        "undoing.prepare": (Right.UNDO, lambda d, s, r, c: looked_at(d, s, r)),
        "undoing.cancel": (Right.UNDO, lambda d, s, r, c: cancelled(d, s, r)),
        "undoing.ask_refund": (Right.UNDO, lambda d, s, r, c: asked_back(d, s, r)),
        "receipts.today": (Right.SEE_RECEIPTS, lambda d, s, r, c: receipts.today(d, s, NOW)),
        "receipts.find": (Right.SEE_RECEIPTS, lambda d, s, r, c: receipts.find(d, s, "1", NOW)),
        "receipts.receipt": (Right.SEE_RECEIPTS, lambda d, s, r, c: receipts.receipt(d, s, r, NOW)),
        "receipts.receipt_with_page": (
            Right.SEE_RECEIPTS,
            lambda d, s, r, c: receipts.receipt_with_page(d, s, r, NOW),
        ),
        "paper.page_of": (Right.SEE_RECEIPTS, lambda d, s, r, c: paper.page_of(d, s, r, NOW)),
        "paper.jobs": (Right.SEE_RECEIPTS, lambda d, s, r, c: paper.jobs(d, s, c, NOW)),
        "paper.ask_bill": (Right.PRINT_COPY, lambda d, s, r, c: paper.ask_bill(d, s, uuid4(), PLAIN, NOW)),
        "paper.ask_copy": (
            Right.PRINT_COPY,
            lambda d, s, r, c: paper.ask_copy(d, s, uuid4(), r, "खो गई", NOW),
        ),
        "paper.note_outcome": (
            Right.PRINT_COPY,
            lambda d, s, r, c: paper.note_outcome(d, s, uuid4(), r, PaperState.SENT, "TM-T82", NOW),
        ),
        "paper.choose_way": (
            Right.CHOOSE_PRINTERS,
            lambda d, s, r, c: paper.choose_way(d, s, None, Way("T"), NOW),
        ),
        "paper.trial": (
            Right.CHOOSE_PRINTERS,
            lambda d, s, r, c: paper.trial(d, s, Paper.SLIP, "T", NOW),
        ),
        "paper.choose_offset": (
            Right.CHOOSE_PRINTERS,
            lambda d, s, r, c: paper.choose_offset(d, s, "T", Offset(1), NOW),
        ),
        "clock.decide": (
            Right.DECIDE_CLOCK,
            lambda d, s, r, c: clock.decide(d, s, uuid4(), Decision.IS_RIGHT, None, NOW),
        ),
        "pins.set_pin": (
            Right.SET_PIN,
            lambda d, s, r, c: pins.set_pin(d, s, uuid4(), PASSWORD, "482916", NOW),
        ),
        "second.answer_for": (
            Right.APPROVE,
            lambda d, s, r, c: second.answer_for(d, s, Deed.CLOCK, "", "", "", "123456", NOW),
        ),
        "centre.standing": (Right.SEE_LINE, lambda d, s, r, c: centre.standing(d, s, NOW)),
        "centre.allow_enrolment": (Right.ENROL, lambda d, s, r, c: centre.allow_enrolment(d, s, NOW)),
        "centre.allow_by_hand": (Right.SEE_LINE, lambda d, s, r, c: centre.allow_by_hand(d, s, NOW)),
        "checking.check_journal": (Right.VERIFY, lambda d, s, r, c: checking.check_journal(d, s, NOW)),
        "handing_out.hand_out_journal": (
            Right.VERIFY,
            lambda d, s, r, c: handing_out.hand_out_journal(d, s, uuid4(), d.book.folder / "j.jsonl", NOW),
        ),
        "paper.answer": (
            Right.PRINT_COPY,
            lambda d, s, r, c: answered(d, s, r),
        ),
        "reconciling.pending": (Right.RECONCILE, lambda d, s, r, c: reconciling.pending(d, s, NOW)),
        "reconciling.read": (Right.RECONCILE, lambda d, s, r, c: statement_read(d, s)),
        "reconciling.settle": (Right.RECONCILE, lambda d, s, r, c: settled(d, s, r)),
        "books.book": (
            Right.SEE_BOOKS,
            lambda d, s, r, c: books.book(d, s, Which.DAY, *_TODAY, Language.HINDI, NOW),
        ),
        "books.hand_out": (Right.SEE_BOOKS, lambda d, s, r, c: book_out(d, s)),
        "receipt_codes.look_at": (Right.SEE_RECEIPTS, lambda d, s, r, c: scanned(d, s)),
        "imports.take": (
            Right.IMPORT,
            lambda d, s, r, c: imports.take(d, s, uuid4(), {}, {}, None, NOW, lambda *_: None),
        ),
        "posting.post": (
            Right.POST,
            lambda d, s, r, c: posting.post(d, s, uuid4(), d.book.folder / "out", Wanted(), NOW),
        ),
    }
    | DRAWER_BUTTONS
    | WINDOW_BUTTONS
    | ACCOUNT_BUTTONS
)


# What a session may do whatever its role is: its own signing, its own half-typed work, and what others below
# are made of, which have asked before.
