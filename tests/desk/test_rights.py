"""Whoever lacks the right cannot, and the attempt is in the journal; whoever has it can."""

import importlib
import inspect
import pkgutil
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from counter_app import desk as rooms
from counter_app.desk import (
    bills,
    books,
    centre,
    checking,
    clock,
    complaints,
    correcting,
    day_end,
    drawers,
    finding,
    handing_out,
    imports,
    paper,
    payments,
    posting,
    receipt_codes,
    receipts,
    reconciling,
    second,
    tasks,
    undoing,
)
from counter_app.desk.desk import Desk
from counter_app.desk.paper import Answer
from counter_app.desk.payments import Account
from counter_app.desk.second import Word
from counter_app.desk.sign_in import sign_in
from counter_app.domain.acts import NotAllowedTried, PaperState
from counter_app.domain.approval import Deed
from counter_app.domain.books import Book, Which
from counter_app.domain.clock import Decision
from counter_app.domain.complaint import Stage
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import (
    DrawerCounted,
    DrawerNotYours,
    ReceiptOpen,
    ReceiptSealed,
    SecondMayNot,
    SecondMissing,
    TaskUnknown,
)
from counter_app.domain.payment import upi
from counter_app.domain.people import RIGHTS, Person, Right, Role, Session, may
from counter_app.domain.refusals import (
    CodeUnreadable,
    DrawerMissing,
    NotAllowed,
    PasswordWrong,
    ReceiptUnknown,
    SentToPrinter,
)
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome, Why
from counter_app.domain.ways import Offset, Way
from counter_app.store import foreign, journal, people
from counter_app.store.finds.taken import Span
from counter_app.wire.bodies import Staff, StaffMember, item
from counter_app.wire.passwords import password_hash
from counter_app.wire.payloads import decode
from counter_app.words.say import Language
from tests.desk.drawer_buttons import DRAWER_BUTTONS, Button
from tests.desk.small_office import (
    CASHIER,
    CLERK,
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    STAFF,
    SUPERVISOR,
    complaining,
    counted_as,
    entries,
    paying,
    signed_in,
)


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


BUTTONS: dict[str, tuple[Right, Button]] = {
    "finding.find": (Right.SEE_CONSUMERS, lambda d, s, r, c: finding.find(d, s, "सुरेश", NOW)),
    "finding.preview": (Right.SEE_CONSUMERS, lambda d, s, r, c: finding.preview(d, s, PLAIN, NOW)),
    "finding.card": (Right.SEE_CONSUMERS, lambda d, s, r, c: finding.card(d, s, PLAIN, NOW)),
    "complaints.status": (Right.SEE_CONSUMERS, lambda d, s, r, c: complaints.status(d, s, "C1", NOW)),
    "complaints.complaint": (Right.SEE_CONSUMERS, lambda d, s, r, c: complaints.complaint(d, s, c, NOW)),
    "complaints.registered": (Right.SEE_CONSUMERS, lambda d, s, r, c: complaints.registered(d, s, c, NOW)),
    "paper.bill_preview": (Right.SEE_CONSUMERS, lambda d, s, r, c: paper.bill_preview(d, s, PLAIN, NOW)),
    "bills.how_made": (Right.SEE_CONSUMERS, lambda d, s, r, c: bills.how_made(d, s, PLAIN, None, NOW)),
    "complaints.prepare": (Right.REGISTER_COMPLAINT, lambda d, s, r, c: complaints.prepare(d, s, PLAIN, NOW)),
    "complaints.register": (
        Right.REGISTER_COMPLAINT,
        lambda d, s, r, c: complaints.register(d, s, complaining(), NOW),
    ),
    "complaints.step": (
        Right.MOVE_COMPLAINT,
        lambda d, s, r, c: complaints.step(d, s, uuid4(), c, Stage.ASSIGNED, "", NOW),
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
            d, s, [Account(uuid4(), OTHERS[1], 1613_00), Account(uuid4(), OTHERS[2], 1613_00)], 4000_00, NOW
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
    "paper.ask_copy": (Right.PRINT_COPY, lambda d, s, r, c: paper.ask_copy(d, s, uuid4(), r, "खो गई", NOW)),
    "paper.note_outcome": (
        Right.PRINT_COPY,
        lambda d, s, r, c: paper.note_outcome(d, s, uuid4(), r, PaperState.SENT, "TM-T82", NOW),
    ),
    "paper.choose_way": (Right.PRINT_COPY, lambda d, s, r, c: paper.choose_way(d, s, None, Way("T"), NOW)),
    "paper.choose_offset": (
        Right.PRINT_COPY,
        lambda d, s, r, c: paper.choose_offset(d, s, "T", Offset(1), NOW),
    ),
    "clock.decide": (
        Right.DECIDE_CLOCK,
        lambda d, s, r, c: clock.decide(d, s, uuid4(), Decision.IS_RIGHT, None, NOW),
    ),
    "second.set_pin": (
        Right.APPROVE,
        lambda d, s, r, c: second.set_pin(d, s, uuid4(), PASSWORD, "482916", NOW),
    ),
    "second.answer_for": (
        Right.APPROVE,
        lambda d, s, r, c: second.answer_for(d, s, Deed.CLOCK, "", "", "123456", NOW),
    ),
    "centre.standing": (Right.SEE_LINE, lambda d, s, r, c: centre.standing(d, s, NOW)),
    "centre.allow_enrolment": (Right.ENROL, lambda d, s, r, c: centre.allow_enrolment(d, s, NOW)),
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
        lambda d, s, r, c: posting.post(d, s, uuid4(), d.book.folder / "out", Span(), Span(), NOW),
    ),
} | DRAWER_BUTTONS


# What a session may do whatever its role is: its own signing, its own half-typed work, and what others below
# are made of, which have asked before.
FREE = {
    "clock.trusted", "complaints.as_payload", "desk.demand", "desk.holds", "drafts.drop", "drafts.keep",
    "drafts.kept", "drawer_now.now", "finding.recent", "handing_out.note_handed_out", "paper.in_doubt",
    "tasks.waiting_for_home",
    "payments.as_payload", "second.agreed", "sheets.complaint_preview", "sheets.payment_preview",
    "sign_in.sign_out", "sign_in.unlock",
}  # fmt: skip


def functions() -> set[str]:
    """Every function of the desk that is called for somebody signed in, as the desk's own files have them."""
    found = set()
    for room in pkgutil.iter_modules(rooms.__path__):
        module = importlib.import_module(f"{rooms.__name__}.{room.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            takes = list(inspect.signature(function).parameters)
            if function.__module__ == module.__name__ and takes[:2] == ["desk", "session"]:
                found |= set() if name.startswith("_") else {f"{room.name}.{name}"}
    return found


def test_every_function_of_the_desk_asks_for_a_right_or_is_known_to_need_none() -> None:
    assert functions() == set(BUTTONS) | FREE
    assert not FREE & set(BUTTONS)


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
    assert {right for rights in RIGHTS.values() for right in rights} == asked
    assert set(RIGHTS) == set(Role)


def test_a_forged_session_takes_no_money(desk: Desk, cashier: Session) -> None:
    clerk = Session(STAFF[2], cashier.drawer)
    with pytest.raises(NotAllowed):
        payments.take(desk, clerk, paying(), NOW)
    other = Session(STAFF[1], cashier.drawer)
    for press in (
        lambda: day_end.fix(desk, other, counted_as(0), NOW),
        lambda: day_end.reveal(desk, other, NOW),
        lambda: drawers.unlock(desk, other, uuid4(), "छुट्टे", NOW),
    ):
        with pytest.raises(DrawerMissing):
            press()


# -- people change while they are signed in --------------------------------------------------------------


def put(desk: Desk, person: Person, secret: str | None = None) -> None:
    """The centre says in its feed who somebody is now; a ``secret`` of "": they are gone."""
    with desk.book.writing() as page:
        known = people.password_hash(page.connection, person.code) or ""
        member = StaffMember(person, known if secret is None else secret)
        foreign.put(page, [item(Staff((member,)))])


def test_whose_role_fell_is_stopped_at_the_next_act(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(), NOW)
    put(desk, replace(CASHIER, role=Role.CLERK))
    with pytest.raises(NotAllowed):
        payments.take(desk, cashier, paying(OTHERS[0]), NOW)
    assert tries(desk) == [NotAllowedTried("REKHA", Right.TAKE_PAYMENT)]
    complaints.register(desk, cashier, complaining(), NOW)


def test_who_is_gone_can_do_nothing_any_more(desk: Desk, work: tuple[UUID, UUID], cashier: Session) -> None:
    put(desk, CASHIER, "")
    for right, press in BUTTONS.values():
        with pytest.raises(NotAllowed):
            press(desk, cashier, *work)
        assert tries(desk)[-1] == NotAllowedTried("REKHA", right)
    with pytest.raises(PasswordWrong):
        signed_in(desk)
    assert finding.recent(desk, cashier, NOW) == ()
    assert paper.in_doubt(desk, cashier) == ()


def test_a_new_role_holds_at_once_and_a_new_person_may_begin(desk: Desk) -> None:
    clerk = signed_in(desk, CLERK)
    put(desk, replace(CLERK, role=Role.CASHIER))
    with pytest.raises(DrawerMissing):  # the right is there, the drawer comes with the next sign-in
        payments.take(desk, clerk, paying(), NOW)
    payments.take(desk, signed_in(desk, CLERK), paying(), NOW)
    new = Person(UUID(int=99), "NEW", "नया", "New", Role.SUPERVISOR)
    put(desk, new, password_hash("क़लम दवात", memory_kib=64, passes=1))
    session = sign_in(desk, "new", "क़लम दवात", uuid4(), NOW + timedelta(minutes=1))
    assert session.person == new


def test_a_second_person_who_is_gone_or_fell_agrees_to_nothing(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(), NOW)
    word = Word(SUPERVISOR.code, PASSWORD)
    put(desk, replace(SUPERVISOR, role=Role.CASHIER))
    with pytest.raises(SecondMayNot):
        undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.OTHER, "", word, NOW)
    put(desk, SUPERVISOR, "")
    with pytest.raises(PasswordWrong):
        undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.OTHER, "", word, NOW)
