"""Whoever lacks the right cannot, and the attempt is in the journal; whoever has it can."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID, uuid4

import pytest

from counter_app.desk import (
    centre,
    checking,
    complaints,
    drawers,
    finding,
    handing_out,
    imports,
    paper,
    payments,
    posting,
    receipts,
    tasks,
    undoing,
)
from counter_app.desk.desk import Desk
from counter_app.desk.paper import Answer
from counter_app.desk.payments import Account
from counter_app.desk.second import Word
from counter_app.domain.acts import NotAllowedTried, PaperState
from counter_app.domain.complaint import Stage
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import (
    DrawerNotYours,
    ReceiptOpen,
    ReceiptSealed,
    SecondMissing,
    TaskUnknown,
)
from counter_app.domain.people import RIGHTS, Person, Right, Role, Session, may
from counter_app.domain.refusals import DrawerMissing, NotAllowed, SentToPrinter
from counter_app.domain.undoing import Task, Why
from counter_app.store import journal
from counter_app.store.finds.taken import Span
from counter_app.wire.payloads import decode
from tests.desk.small_office import (
    CASHIER,
    NOW,
    OTHERS,
    PLAIN,
    RURAL,
    STAFF,
    complaining,
    counted_as,
    entries,
    paying,
    signed_in,
)

Button = Callable[[Desk, Session, UUID, UUID], object]
"""Presses one button: desk, session, a receipt's act, a complaint's act."""


def answered(desk: Desk, session: Session, job: UUID) -> None:
    """Answer for a paper of this run, which is not asked about yet."""
    with suppress(SentToPrinter):
        paper.answer(desk, session, uuid4(), job, Answer.NOT_PRINTED, NOW)


def looked_at(desk: Desk, session: Session, receipt: UUID) -> None:
    with suppress(DrawerNotYours):
        undoing.prepare(desk, session, receipt, NOW)


def cancelled(desk: Desk, session: Session, receipt: UUID) -> None:
    with suppress(DrawerNotYours, ReceiptSealed, SecondMissing):
        undoing.cancel(desk, session, uuid4(), receipt, Why.OTHER, "", Word("", ""), NOW)


def ended(desk: Desk, session: Session, receipt: UUID) -> None:
    with suppress(TaskUnknown):
        tasks.end(desk, session, uuid4(), Task.RECONNECT, receipt, "", NOW)


def asked_back(desk: Desk, session: Session, receipt: UUID) -> None:
    with suppress(DrawerNotYours, ReceiptOpen):
        undoing.ask_refund(desk, session, uuid4(), receipt, Why.OTHER, "", NOW)


BUTTONS: dict[str, tuple[Right, Button]] = {
    "find": (Right.SEE_CONSUMERS, lambda d, s, r, c: finding.find(d, s, "सुरेश", NOW)),
    "preview": (Right.SEE_CONSUMERS, lambda d, s, r, c: finding.preview(d, s, PLAIN, NOW)),
    "card": (Right.SEE_CONSUMERS, lambda d, s, r, c: finding.card(d, s, PLAIN, NOW)),
    "status": (Right.SEE_CONSUMERS, lambda d, s, r, c: complaints.status(d, s, "C1", NOW)),
    "complaint": (Right.SEE_CONSUMERS, lambda d, s, r, c: complaints.complaint(d, s, c, NOW)),
    "registered": (Right.SEE_CONSUMERS, lambda d, s, r, c: complaints.registered(d, s, c, NOW)),
    "bill on screen": (Right.SEE_CONSUMERS, lambda d, s, r, c: paper.bill_preview(d, s, PLAIN, NOW)),
    "complaint form": (Right.REGISTER_COMPLAINT, lambda d, s, r, c: complaints.prepare(d, s, PLAIN, NOW)),
    "register": (Right.REGISTER_COMPLAINT, lambda d, s, r, c: complaints.register(d, s, complaining(), NOW)),
    "step": (
        Right.MOVE_COMPLAINT,
        lambda d, s, r, c: complaints.step(d, s, uuid4(), c, Stage.ASSIGNED, "", NOW),
    ),
    "pay form": (Right.TAKE_PAYMENT, lambda d, s, r, c: payments.prepare(d, s, RURAL, NOW)),
    "take": (Right.TAKE_PAYMENT, lambda d, s, r, c: payments.take(d, s, paying(RURAL), NOW)),
    "pay form of many": (
        Right.TAKE_PAYMENT,
        lambda d, s, r, c: payments.prepare_together(d, s, [RURAL], NOW),
    ),
    "take together": (
        Right.TAKE_PAYMENT,
        lambda d, s, r, c: payments.take_together(
            d, s, [Account(uuid4(), OTHERS[1], 1613_00), Account(uuid4(), OTHERS[2], 1613_00)], 4000_00, NOW
        ),
    ),
    "waiting work": (Right.END_TASK, lambda d, s, r, c: tasks.waiting(d, s, NOW)),
    "work is done": (Right.END_TASK, lambda d, s, r, c: ended(d, s, r)),
    "close": (Right.TAKE_PAYMENT, lambda d, s, r, c: drawers.close(d, s, uuid4(), counted_as(0), "", NOW)),
    "undo form": (Right.UNDO, lambda d, s, r, c: looked_at(d, s, r)),
    "cancel": (Right.UNDO, lambda d, s, r, c: cancelled(d, s, r)),
    "refund": (Right.UNDO, lambda d, s, r, c: asked_back(d, s, r)),
    "receipts of today": (Right.SEE_RECEIPTS, lambda d, s, r, c: receipts.today(d, s, NOW)),
    "find receipts": (Right.SEE_RECEIPTS, lambda d, s, r, c: receipts.find(d, s, "1", NOW)),
    "receipt": (Right.SEE_RECEIPTS, lambda d, s, r, c: receipts.receipt(d, s, r, NOW)),
    "page": (Right.SEE_RECEIPTS, lambda d, s, r, c: paper.page_of(d, s, r, NOW)),
    "jobs": (Right.SEE_RECEIPTS, lambda d, s, r, c: paper.jobs(d, s, c, NOW)),
    "copy of a bill": (Right.PRINT_COPY, lambda d, s, r, c: paper.ask_bill(d, s, uuid4(), PLAIN, NOW)),
    "copy": (Right.PRINT_COPY, lambda d, s, r, c: paper.ask_copy(d, s, uuid4(), r, "खो गई", NOW)),
    "outcome": (
        Right.PRINT_COPY,
        lambda d, s, r, c: paper.note_outcome(d, s, uuid4(), r, PaperState.SENT, "TM-T82", NOW),
    ),
    "the line": (Right.SEE_LINE, lambda d, s, r, c: centre.standing(d, s, NOW)),
    "enrolment": (Right.ENROL, lambda d, s, r, c: centre.allow_enrolment(d, s, NOW)),
    "check the journal": (Right.VERIFY, lambda d, s, r, c: checking.check_journal(d, s, NOW)),
    "journal out": (
        Right.VERIFY,
        lambda d, s, r, c: handing_out.hand_out_journal(d, s, uuid4(), d.book.folder / "j.jsonl", NOW),
    ),
    "answer": (
        Right.PRINT_COPY,
        lambda d, s, r, c: answered(d, s, r),
    ),
    "import": (
        Right.IMPORT,
        lambda d, s, r, c: imports.take(d, s, uuid4(), {}, {}, None, NOW, lambda *_: None),
    ),
    "post": (
        Right.POST,
        lambda d, s, r, c: posting.post(d, s, uuid4(), d.book.folder / "out", Span(), Span(), NOW),
    ),
}


def tries(desk: Desk) -> list[object]:
    with desk.book.reading() as connection:
        found = [entry for entry in journal.entries(connection) if entry.header.kind == Kind.NOT_ALLOWED]
        assert all(entry.header.person != UUID(int=0) for entry in found)
        return [decode(entry.header.kind, entry.header.kind_version, entry.payload) for entry in found]


@pytest.fixture
def work(desk: Desk) -> tuple[UUID, UUID]:
    """A receipt and a complaint to press the buttons on."""
    cashier = signed_in(desk, CASHIER)
    receipt = payments.take(desk, cashier, paying(OTHERS[0]), NOW)
    return receipt.act, complaints.register(desk, cashier, complaining(), NOW).act


@pytest.mark.parametrize("person", STAFF, ids=lambda person: person.code)
def test_each_button_for_each_role(desk: Desk, work: tuple[UUID, UUID], person: Person) -> None:
    session = signed_in(desk, person)
    expected = []
    for right, press in BUTTONS.values():
        if may(person.role, right):
            press(desk, session, *work)
            continue
        before = entries(desk)
        with pytest.raises(NotAllowed):
            press(desk, session, *work)
        expected.append(NotAllowedTried(person.code, right))
        assert entries(desk) == before + 1
    assert tries(desk) == expected


def test_no_role_has_a_right_that_no_button_asks_for() -> None:
    asked = {right for right, _ in BUTTONS.values()}
    # A slow clock stops only some, whatever they press; a second person presses nothing.
    asked |= {Right.DECIDE_CLOCK, Right.APPROVE}
    assert {right for rights in RIGHTS.values() for right in rights} == asked
    assert set(RIGHTS) == set(Role)


def test_a_forged_session_takes_no_money(desk: Desk, cashier: Session) -> None:
    clerk = Session(STAFF[2], cashier.drawer)
    with pytest.raises(NotAllowed):
        payments.take(desk, clerk, paying(), NOW)
    with pytest.raises(DrawerMissing):
        drawers.close(desk, Session(STAFF[1], cashier.drawer), uuid4(), counted_as(0), "", NOW)
