"""Every print is a job: one original, numbered copies, and what nobody knows is asked."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from counter_app.desk import complaints, paper, payments, receipts, sheets
from counter_app.desk.desk import Desk
from counter_app.desk.paper import Answer
from counter_app.documents.page import Code, Document, Text
from counter_app.domain.acts import Paper, PaperState
from counter_app.domain.money_refusals import MoneyLineWrong
from counter_app.domain.people import Session
from counter_app.domain.refusals import (
    ActUsedElsewhere,
    BillUnknown,
    ConsumerUnknown,
    HiddenCharacters,
    ReasonMissing,
    ReceiptUnknown,
    SentToPrinter,
    TextTooLong,
)
from counter_app.words.say import Language
from tests.desk.small_office import (
    AUDITOR,
    NO_BILL,
    NOW,
    PLAIN,
    complaining,
    nothing_recorded,
    opened,
    paying,
    signed_in,
)

LATER = NOW + timedelta(minutes=9)


@pytest.fixture
def receipt(desk: Desk, cashier: Session) -> UUID:
    return payments.take(desk, cashier, paying(), NOW).act


def note(desk: Desk, cashier: Session, job: UUID, state: PaperState) -> PaperState:
    return paper.note_outcome(desk, cashier, uuid4(), job, state, "TM-T82", NOW).state


def words(document: Document) -> str:
    items = (item for sheet in document.sheets for item in sheet.items)
    return "\n".join(item.text for item in items if isinstance(item, Text))


# -- pages --------------------------------------------------------------------------------------------


def test_the_page_of_a_receipt_says_what_was_recorded(desk: Desk, cashier: Session, receipt: UUID) -> None:
    stored, (job,) = receipts.receipt(desk, cashier, receipt, NOW)
    page = paper.page_of(desk, cashier, job.job, LATER)
    said = words(page)
    assert page.paper is Paper.RECEIPT
    for fact in (str(stored.number), PLAIN, "सुरेश मालवीय", "₹1,613", "रेखा पटेल"):
        assert fact in said, fact


def test_a_copy_says_so_and_why(desk: Desk, cashier: Session, receipt: UUID) -> None:
    original = words(paper.page_of(desk, cashier, receipt, LATER))
    copy = paper.ask_copy(desk, cashier, uuid4(), receipt, "रसीद खो गई", NOW)
    said = words(paper.page_of(desk, cashier, copy.job, LATER))
    assert copy.copy == 2
    assert "रसीद खो गई" in said
    assert "2" in said
    assert said != original


def test_the_page_of_a_slip(desk: Desk, cashier: Session) -> None:
    answer = complaints.register(desk, cashier, complaining(), NOW)
    page = paper.page_of(desk, cashier, answer.job, LATER)
    assert page.paper is Paper.SLIP
    assert str(answer.number) in words(page)


def test_the_page_of_a_bill_is_what_the_preview_showed(desk: Desk, cashier: Session) -> None:
    shown = paper.bill_preview(desk, cashier, PLAIN, LATER)
    job = paper.ask_bill(desk, cashier, uuid4(), PLAIN, NOW)
    assert (job.paper, job.copy, job.month) == (Paper.BILL, 1, "2026-02")
    assert words(paper.page_of(desk, cashier, job.job, LATER)) == words(shown)
    assert paper.ask_bill(desk, cashier, uuid4(), PLAIN, NOW).copy == 2
    english = words(paper.page_of(desk, cashier, job.job, LATER, Language.ENGLISH))
    assert english == words(paper.bill_preview(desk, cashier, PLAIN, LATER, Language.ENGLISH)).replace(
        "PRINT NO.\n3", "PRINT NO.\n1"
    )
    assert "LV-1.2 Domestic" in english
    assert "Register a complaint at the counter: it is decided within 5 days." in " ".join(english.split())


def test_previews_show_what_will_be_recorded(desk: Desk, cashier: Session) -> None:
    draft = paying(PLAIN)
    form = payments.prepare(desk, cashier, PLAIN, NOW)
    with nothing_recorded(desk):
        page = sheets.payment_preview(desk, cashier, form, draft, NOW)
    assert form.next_number.stem in words(page)
    assert "₹1,613" in words(page)
    complaint = complaining(PLAIN, "52")
    asked = complaints.prepare(desk, cashier, PLAIN, NOW)
    kind = asked.catalogue.type("52")
    with nothing_recorded(desk):
        slip = sheets.complaint_preview(desk, cashier, asked, complaint, kind, NOW)
    assert "सुरेश" not in words(slip)
    assert PLAIN not in words(slip)


# -- jobs ---------------------------------------------------------------------------------------------


def test_an_original_goes_to_the_printer_once(desk: Desk, cashier: Session, receipt: UUID) -> None:
    assert note(desk, cashier, receipt, PaperState.SENT) is PaperState.SENT
    with nothing_recorded(desk), pytest.raises(SentToPrinter):
        note(desk, cashier, receipt, PaperState.SENT)
    assert note(desk, cashier, receipt, PaperState.CONFIRMED) is PaperState.CONFIRMED
    for state in PaperState:
        if state is not PaperState.CONFIRMED:
            with nothing_recorded(desk), pytest.raises(SentToPrinter):
                note(desk, cashier, receipt, state)


def test_a_print_that_failed_may_go_again(desk: Desk, cashier: Session, receipt: UUID) -> None:
    for state in (PaperState.SENT, PaperState.FAILED, PaperState.SENT, PaperState.UNKNOWN):
        assert note(desk, cashier, receipt, state) is state
    with nothing_recorded(desk), pytest.raises(SentToPrinter):
        note(desk, cashier, receipt, PaperState.SENT)


def test_an_outcome_is_noted_once(desk: Desk, cashier: Session, receipt: UUID) -> None:
    act = uuid4()
    paper.note_outcome(desk, cashier, act, receipt, PaperState.SENT, "TM\u202e" + "x" * 500, NOW)
    with nothing_recorded(desk):
        row = paper.note_outcome(desk, cashier, act, receipt, PaperState.SENT, "other", NOW)
    assert row.state is PaperState.SENT
    with nothing_recorded(desk), pytest.raises(ReceiptUnknown):
        note(desk, cashier, uuid4(), PaperState.SENT)


def test_copies_count_on(desk: Desk, cashier: Session, receipt: UUID) -> None:
    act = uuid4()
    first = paper.ask_copy(desk, cashier, act, receipt, "खो गई", NOW)
    with nothing_recorded(desk):
        assert paper.ask_copy(desk, cashier, act, receipt, "", NOW) == first
    assert paper.ask_copy(desk, cashier, uuid4(), receipt, "x", NOW).copy == 3
    _, jobs = receipts.receipt(desk, cashier, receipt, NOW)
    assert [job.copy for job in jobs] == [1, 2, 3]
    assert receipts.today(desk, cashier, NOW)[0].copies == 2


def test_what_cannot_be_copied(desk: Desk, cashier: Session, receipt: UUID) -> None:
    for subject, reason, why in (
        (receipt, "  ", ReasonMissing),
        (receipt, "क" * 10_000, TextTooLong),
        (receipt, "a\u202eb", HiddenCharacters),
        (uuid4(), "खो गई", ReceiptUnknown),
    ):
        with nothing_recorded(desk), pytest.raises(why):
            paper.ask_copy(desk, cashier, uuid4(), subject, reason, NOW)
    with nothing_recorded(desk), pytest.raises(ActUsedElsewhere):
        paper.ask_copy(desk, cashier, receipt, receipt, "x", NOW)
    for number, missing in ((NO_BILL, BillUnknown), ("N2999999999", ConsumerUnknown)):
        with nothing_recorded(desk), pytest.raises(missing):
            paper.ask_bill(desk, cashier, uuid4(), number, NOW)
        with nothing_recorded(desk), pytest.raises(missing):
            paper.bill_preview(desk, cashier, number, NOW)
    with nothing_recorded(desk), pytest.raises(ReceiptUnknown):
        paper.page_of(desk, cashier, uuid4(), NOW)


@pytest.mark.parametrize("line", ["₹1,631", "₹16,13", "₹1,613.50", "₹161", "", "1,613"])
def test_a_wrong_money_line_is_not_printed_and_the_payment_stands(
    desk: Desk,
    cashier: Session,
    receipt: UUID,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
) -> None:
    with monkeypatch.context() as wrong, nothing_recorded(desk):
        wrong.setattr("counter_app.documents.receipt_body.rupees", lambda _paise: line)
        with pytest.raises(MoneyLineWrong):
            paper.page_of(desk, cashier, receipt, LATER)
    stored, (job,) = receipts.receipt(desk, cashier, receipt, NOW)
    assert stored.payment.amount == 1613_00
    assert paper.never_came_out(job)
    desk.book.close()
    again = opened(folder, LATER)
    assert [one.job for one in paper.in_doubt(again, signed_in(again, at=LATER))] == [receipt]
    assert "₹1,613" in words(paper.page_of(again, cashier, receipt, LATER))
    again.book.close()


# -- after a power cut --------------------------------------------------------------------------------


@pytest.fixture
def restarted(desk: Desk, receipt: UUID, folder: Path) -> Iterator[Desk]:
    """The same office after the program started anew."""
    desk.book.close()
    again = opened(folder, LATER)
    yield again
    again.book.close()


def settled(desk: Desk, receipt: UUID, seen: Answer) -> UUID | None:
    """Answer for the only job in doubt; checks that the same answer again changes nothing."""
    session, act = signed_in(desk, at=LATER), uuid4()
    assert [job.job for job in paper.in_doubt(desk, session)] == [receipt]
    to_print = paper.answer(desk, session, act, receipt, seen, LATER)
    with nothing_recorded(desk):
        for other in Answer:
            assert paper.answer(desk, session, act, receipt, other, LATER) == to_print
    return to_print.job if to_print else None


def test_nothing_is_in_doubt_in_the_run_that_asked(desk: Desk, cashier: Session, receipt: UUID) -> None:
    assert paper.in_doubt(desk, cashier) == ()


def test_it_came_out(restarted: Desk, receipt: UUID, cashier: Session) -> None:
    assert settled(restarted, receipt, Answer.COMPLETE) is None
    assert paper.in_doubt(restarted, cashier) == ()
    for seen in Answer:
        with nothing_recorded(restarted), pytest.raises(SentToPrinter):
            paper.answer(restarted, cashier, uuid4(), receipt, seen, LATER)


def test_it_did_not_come_out(restarted: Desk, receipt: UUID, cashier: Session) -> None:
    assert settled(restarted, receipt, Answer.NOT_PRINTED) == receipt
    assert note(restarted, cashier, receipt, PaperState.SENT) is PaperState.SENT
    assert note(restarted, cashier, receipt, PaperState.CONFIRMED) is PaperState.CONFIRMED
    assert paper.in_doubt(restarted, cashier) == ()


def test_it_was_torn(restarted: Desk, receipt: UUID, cashier: Session) -> None:
    copy = settled(restarted, receipt, Answer.TORN)
    assert copy not in {None, receipt}
    _, jobs = receipts.receipt(restarted, cashier, receipt, LATER)
    assert [(job.job, job.copy, job.state) for job in jobs] == [
        (receipt, 1, PaperState.CONFIRMED), (copy, 2, PaperState.WAITING)
    ]  # fmt: skip
    assert "कागज़ आधा या कटा निकला" in jobs[1].reason
    assert paper.in_doubt(restarted, cashier) == ()


@pytest.mark.parametrize(
    ("states", "asked"),
    [
        ((), True),
        ((PaperState.SENT,), True),
        ((PaperState.SENT, PaperState.UNKNOWN), True),
        ((PaperState.SENT, PaperState.CONFIRMED), False),
        ((PaperState.WAIVED,), False),
    ],
)
def test_what_is_asked_after_a_power_cut(
    desk: Desk, cashier: Session, receipt: UUID, folder: Path, states: tuple[PaperState, ...], asked: bool
) -> None:
    for state in states:
        note(desk, cashier, receipt, state)
    desk.book.close()
    again = opened(folder, LATER)
    try:
        assert [job.job for job in paper.in_doubt(again, cashier)] == [receipt] * asked
    finally:
        again.book.close()


def test_copies_are_never_asked_about(desk: Desk, cashier: Session, receipt: UUID, folder: Path) -> None:
    note(desk, cashier, receipt, PaperState.CONFIRMED)
    copy = paper.ask_copy(desk, cashier, uuid4(), receipt, "x", NOW)
    bill = paper.ask_bill(desk, cashier, uuid4(), PLAIN, NOW)
    for job in (copy.job, bill.job):
        with nothing_recorded(desk), pytest.raises(SentToPrinter):
            paper.answer(desk, cashier, uuid4(), job, Answer.NOT_PRINTED, NOW)
    desk.book.close()
    again = opened(folder, LATER)
    try:
        assert paper.in_doubt(again, cashier) == ()
    finally:
        again.book.close()


def test_an_auditor_reads_pages(desk: Desk, receipt: UUID) -> None:
    assert paper.page_of(desk, signed_in(desk, AUDITOR), receipt, LATER).paper is Paper.RECEIPT


def test_who_may_not_answer_is_not_asked(restarted: Desk, receipt: UUID) -> None:
    assert paper.in_doubt(restarted, signed_in(restarted, AUDITOR, LATER)) == ()


def test_receipts_go_on_half_an_a4_where_that_was_chosen(desk: Desk, cashier: Session, receipt: UUID) -> None:
    roll = paper.page_of(desk, cashier, receipt, NOW)
    assert roll.sheets[0].width == 80
    assert paper.choose_receipts(desk, cashier, True, NOW)
    half = paper.page_of(desk, cashier, receipt, NOW)
    assert (half.sheets[0].width, half.sheets[0].height) == (210, 148)
    codes = [[item.text for item in one.sheets[0].items if isinstance(item, Code)] for one in (roll, half)]
    assert codes[0] == codes[1] != []
    assert not paper.choose_receipts(desk, cashier, False, NOW)
    assert paper.page_of(desk, cashier, receipt, NOW) == roll
