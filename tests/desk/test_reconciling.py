"""Pending money and the bank: a statement settles what it speaks for, once, and only that."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from counter_app.desk import correcting, day_end, finding, payments, reconciling, tasks, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.domain.file_refusals import FileEmpty, StatementColumns
from counter_app.domain.money_refusals import MoneyLost, NothingChanged, SettledOutOfTurn, TailUsed
from counter_app.domain.payment import TenderKind, card, cash, cheque, upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import NotAllowed, PaidToday, ReceiptUnknown, UtrUsed
from counter_app.domain.statement import Claim, Finding
from counter_app.domain.task import Task
from counter_app.domain.undoing import Outcome, Why
from counter_app.store import finds, reference
from counter_app.store.tables import tasks as task_rows
from tests.desk.small_office import (
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    SUPERVISOR,
    faults,
    nothing_recorded,
    paying,
    sealed,
    signed_in,
)

TODAY = date(2026, 3, 12)
UTR, OTHER_UTR = "607198418802", "607198400000"
WORD = Word(SUPERVISOR.code, PASSWORD)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The office in a time when cheques are taken."""
    tenders = tuple(replace(one, taken=(*one.taken, TenderKind.CHEQUE), off=()) for one in desk.rules.tenders)
    return replace(desk, rules=replace(desk.rules, tenders=tenders))


@pytest.fixture
def supervisor(desk: Desk) -> Session:
    return signed_in(desk, SUPERVISOR)


def by_upi(desk: Desk, session: Session, reference: str, number: str = PLAIN) -> payments.Receipt:
    return payments.take(desk, session, paying(number, 1613_00, upi(1613_00, reference)), NOW)


def by_cheque(desk: Desk, session: Session, number: str = PLAIN) -> payments.Receipt:
    tender = cheque(1613_00, "004411", "SBI", TODAY, TODAY)
    return payments.take(desk, session, paying(number, 1613_00, tender), NOW)


def statement(folder: Path, *rows: str, headings: str = "Txn Date,RRN,Credit,Status") -> Path:
    file = folder / "upi.csv"
    file.write_text("\n".join([headings, *rows, ""]), "utf-8")
    return file


def read(desk: Desk, session: Session, file: Path) -> reconciling.Reconciled:
    return reconciling.read(desk, session, uuid4(), file, NOW)


def findings(found: reconciling.Reconciled) -> list[Finding]:
    return [one.finding for one in found.to_see]


def waiting(desk: Desk, session: Session) -> list[str]:
    return [one.row.claim.reference for one in reconciling.pending(desk, session, NOW)]


def paid(desk: Desk, number: str = PLAIN) -> int:
    with desk.book.reading() as connection:
        bill = reference.bill(connection, number)
        assert bill
        return finds.paid_since(connection, bill).paid


def test_a_statement_confirms_what_was_typed_whole_or_by_its_tail(
    desk: Desk, cashier: Session, supervisor: Session, tmp_path: Path
) -> None:
    by_upi(desk, cashier, UTR)
    by_upi(desk, cashier, "400000", RURAL)
    assert waiting(desk, supervisor) == [UTR, "400000"]
    file = statement(
        tmp_path,
        f"12/03/2026 14:10:22,{UTR},1613.00,SUCCESS",
        f'13-Mar-2026,{OTHER_UTR},"1,613.00",settled',
        "12/03/2026,607198499999,55.00,SUCCESS",
        "12/03/2026,607198499998,,SUCCESS",
    )
    found = read(desk, supervisor, file)
    assert (found.read.rows, found.read.matched, found.read.unmatched, found.read.known) == (3, 2, 1, 0)
    assert (findings(found), found.confirmed, found.misread) == ([Finding.UNMATCHED], 3226_00, ())
    assert waiting(desk, supervisor) == []


def test_a_statement_read_again_settles_nothing_again(
    desk: Desk, cashier: Session, supervisor: Session, tmp_path: Path
) -> None:
    by_upi(desk, cashier, UTR)
    file, act = statement(tmp_path, f"12/03/2026,{UTR},1613.00,SUCCESS"), uuid4()
    first = reconciling.read(desk, supervisor, act, file, NOW)
    with nothing_recorded(desk):
        assert reconciling.read(desk, supervisor, act, file, NOW).read == first.read
    again = read(desk, supervisor, file)
    assert (again.read.matched, again.read.known, again.to_see) == (0, 1, ())


def test_one_rrn_on_two_receipts_settles_neither_and_is_shown(
    desk: Desk, cashier: Session, supervisor: Session, tmp_path: Path
) -> None:
    by_upi(desk, cashier, "418802")
    tender = upi(1613_00, "118802")
    payments.take(desk, cashier, paying(RURAL, 1613_00, tender), NOW)
    file = statement(
        tmp_path,
        "12/03/2026,607198418802,1613.00,SUCCESS",
        "12/03/2026,507198418802,1613.00,SUCCESS",
        "12/03/2026,607198118802,1612.00,SUCCESS",
    )
    found = read(desk, supervisor, file)
    assert findings(found) == [Finding.TWICE, Finding.UNMATCHED]
    assert waiting(desk, supervisor) == ["118802"]


def test_another_amount_is_no_match(
    desk: Desk, cashier: Session, supervisor: Session, tmp_path: Path
) -> None:
    by_upi(desk, cashier, UTR)
    found = read(desk, supervisor, statement(tmp_path, f"12/03/2026,{UTR},1600.00,SUCCESS"))
    assert findings(found) == [Finding.OTHER_AMOUNT]
    assert waiting(desk, supervisor) == [UTR]


def test_money_that_failed_is_due_again(
    desk: Desk, cashier: Session, supervisor: Session, tmp_path: Path
) -> None:
    by_upi(desk, cashier, UTR)
    assert paid(desk) == 1613_00
    read(desk, supervisor, statement(tmp_path, f"12/03/2026,{UTR},1613.00,FAILED"))
    assert paid(desk) == 0
    read(desk, supervisor, statement(tmp_path, f"13/03/2026,{UTR},1613.00,SUCCESS"))
    assert paid(desk) == 1613_00


def test_a_dishonoured_cheque_is_due_again_with_the_days_charge(
    desk: Desk, cashier: Session, supervisor: Session, tmp_path: Path
) -> None:
    by_cheque(desk, cashier)
    file = statement(tmp_path, "12/03/2026,004411,1613.00,Returned")
    assert read(desk, supervisor, file).read.matched == 1
    assert paid(desk) == 0
    with desk.book.reading() as connection:
        task = connection.exec_driver_sql("SELECT task, amount, done_at FROM tasks").one()
    assert tuple(task) == ("dishonoured", 150_00, None)
    assert read(desk, supervisor, file).read.known == 1


def test_a_consumer_of_high_tension_pays_the_charge_of_high_tension(
    desk: Desk, cashier: Session, supervisor: Session, tmp_path: Path
) -> None:
    with desk.book.writing() as page:
        plain = reference.consumer(page.connection, PLAIN)
        assert plain
        reference.put_consumers(page, [replace(plain, tariff="HV-3.1")])
    by_cheque(desk, cashier)
    read(desk, supervisor, statement(tmp_path, "12/03/2026,004411,1613.00,Returned"))
    assert [one.amount for one in tasks.waiting(desk, supervisor, NOW)] == [1000_00]


def test_no_refund_of_money_that_never_came(
    desk: Desk, cashier: Session, supervisor: Session, tmp_path: Path
) -> None:
    """Of a receipt in two parts only the one that came is refunded."""
    tenders = upi(1000_00, UTR), cash(613_00, 613_00)
    part = payments.take(desk, cashier, paying(RURAL, 1613_00, *tenders), NOW)
    whole = by_upi(desk, cashier, OTHER_UTR, OTHERS[0])
    sealed(desk, cashier, 613_00)
    rows = [f"12/03/2026,{UTR},1000.00,FAILED", f"12/03/2026,{OTHER_UTR},1613.00,FAILED"]
    assert read(desk, supervisor, statement(tmp_path, *rows)).read.matched == 2
    again = signed_in(desk)
    with nothing_recorded(desk), pytest.raises(MoneyLost):
        undoing.ask_refund(desk, again, uuid4(), whole.act, Why.OTHER, "", NOW)
    asked = undoing.ask_refund(desk, again, uuid4(), part.act, Why.OTHER, "", NOW)
    assert asked.payload.amount == 613_00


def test_what_the_bank_said_of_one_part_stays_when_another_is_corrected(
    desk: Desk, cashier: Session, supervisor: Session
) -> None:
    """The whole number that the bank named pays once, whatever the amount of the next."""
    parts = upi(1000_00, UTR[-6:]), cash(613_00, 613_00)
    receipt = payments.take(desk, cashier, paying(PLAIN, 1613_00, *parts), NOW)
    reconciling.settle(desk, supervisor, uuid4(), receipt.act, 0, Outcome.CONFIRMED, UTR, TODAY, NOW)
    with desk.book.reading() as connection:
        row = finds.receipt(connection, receipt.act)
    assert row
    right = row.tenders[0], card(613_00, "4821", "A1")
    correcting.correct(desk, cashier, uuid4(), receipt.act, right, "", WORD, NOW)
    with nothing_recorded(desk), pytest.raises(UtrUsed):
        payments.take(desk, cashier, paying(RURAL, 500_00, upi(500_00, UTR)), NOW)


def test_a_row_that_says_nothing_is_named_and_the_others_count(
    desk: Desk, cashier: Session, supervisor: Session, tmp_path: Path
) -> None:
    by_upi(desk, cashier, UTR)
    file = statement(
        tmp_path, "yesterday,1,5.00,SUCCESS", f"12/03/2026,{UTR},1613.00,SUCCESS", "12/03/2026,,5.00,SUCCESS",
        "12/03/2026,77,5.00,perhaps",
    )  # fmt: skip
    found = read(desk, supervisor, file)
    assert ([one.line for one in found.misread], found.read.rows, found.read.matched) == ([2, 4, 5], 1, 1)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [("", FileEmpty), ("Day,What\n1,2\n", StatementColumns)],
)
def test_a_file_that_is_no_statement_changes_nothing(
    desk: Desk, supervisor: Session, tmp_path: Path, content: str, refusal: type[Exception]
) -> None:
    file = tmp_path / "bank.csv"
    file.write_text(content, "utf-8")
    with nothing_recorded(desk), pytest.raises(refusal):
        read(desk, supervisor, file)


def test_by_hand_each_way_of_paying_ends_in_its_own_words(
    desk: Desk, cashier: Session, supervisor: Session
) -> None:
    receipt = by_upi(desk, cashier, "418802")

    def settle(outcome: Outcome, act: UUID | None = None) -> Claim:
        return reconciling.settle(
            desk, supervisor, act or uuid4(), receipt.act, 0, outcome, UTR, TODAY, NOW + timedelta(days=1)
        )

    with nothing_recorded(desk):
        for wrong in (Outcome.DISHONOURED, Outcome.PENDING):
            with pytest.raises((SettledOutOfTurn, NothingChanged)):
                settle(wrong)
    act = uuid4()
    assert settle(Outcome.CONFIRMED, act).settled_as == UTR
    with nothing_recorded(desk):
        assert settle(Outcome.CONFIRMED, act).outcome is Outcome.CONFIRMED
        with pytest.raises(NothingChanged):
            settle(Outcome.CONFIRMED)


def test_what_waits_longer_than_the_rule_says_is_late(
    desk: Desk, cashier: Session, supervisor: Session
) -> None:
    by_upi(desk, cashier, UTR)
    for days, late in ((5, False), (6, True)):
        (one,) = reconciling.pending(desk, supervisor, NOW + timedelta(days=days))
        assert (one.days, one.late) == (days, late)


def test_a_cancelled_receipt_waits_for_no_bank(desk: Desk, cashier: Session, supervisor: Session) -> None:
    receipt = by_upi(desk, cashier, UTR)
    undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.NOT_PAID, "", WORD, NOW)
    assert waiting(desk, supervisor) == []
    with nothing_recorded(desk), pytest.raises(ReceiptUnknown):
        reconciling.settle(
            desk, supervisor, uuid4(), receipt.act, 0, Outcome.CONFIRMED, UTR, TODAY, NOW
        )  # fmt: skip


def test_cash_waits_for_nobody(desk: Desk, cashier: Session, supervisor: Session) -> None:
    payments.take(desk, cashier, paying(OTHERS[0], 500_00, cash(500_00, 500_00)), NOW)
    assert waiting(desk, supervisor) == []


def test_who_takes_the_money_does_not_speak_for_the_bank(desk: Desk, cashier: Session) -> None:
    with pytest.raises(NotAllowed):
        reconciling.pending(desk, cashier, NOW)


def test_what_nobody_confirmed_in_time_is_waiting_work_until_somebody_asked(
    desk: Desk, cashier: Session, supervisor: Session
) -> None:
    """Pending over T+5: on Home, in the list, on the consumer's page, and before a count."""
    receipt = by_upi(desk, cashier, UTR)
    last, late = NOW + timedelta(days=5), NOW + timedelta(days=6)
    assert tasks.waiting(desk, supervisor, last) == ()
    (waits,) = tasks.waiting_for_home(desk, supervisor, late)
    assert (waits.task, waits.of, waits.amount) == (Task.PENDING_LATE, receipt.act, 1613_00)
    assert waits.since == datetime(2026, 3, 17, 18, 30, tzinfo=UTC)
    assert finding.card(desk, cashier, PLAIN, late).tasks == (waits,)
    assert [day_end.checks(desk, cashier, at).late for at in (last, late)] == [0, 1]
    tasks.end(desk, cashier, uuid4(), waits.task, waits.of, "बैंक से पूछा", late)
    assert tasks.waiting(desk, supervisor, late) == ()
    assert waiting(desk, supervisor) == [UTR]
    assert faults(desk) == ()


def test_only_the_money_that_waits_is_asked_about(desk: Desk, cashier: Session, supervisor: Session) -> None:
    """Half of it was cash; the rest in two parts, of which one came."""
    parts = cash(600_00, 600_00), upi(500_00, UTR), upi(513_00, OTHER_UTR)
    receipt, late = payments.take(desk, cashier, paying(PLAIN, 1613_00, *parts), NOW), NOW + timedelta(days=6)
    reconciling.settle(desk, supervisor, uuid4(), receipt.act, 1, Outcome.CONFIRMED, UTR, TODAY, late)
    (waits,) = tasks.waiting(desk, supervisor, late)
    assert waits.amount == 513_00
    tasks.end(desk, cashier, uuid4(), waits.task, waits.of, "बैंक से पूछा", late)
    with desk.book.reading() as connection:
        done = connection.execute(select(task_rows.c.amount).where(task_rows.c.of == receipt.act)).scalars()
        assert list(done) == [513_00]
    assert faults(desk) == ()


def test_money_that_came_is_asked_about_no_more(desk: Desk, cashier: Session, supervisor: Session) -> None:
    receipt, late = by_upi(desk, cashier, UTR), NOW + timedelta(days=6)
    reconciling.settle(desk, supervisor, uuid4(), receipt.act, 0, Outcome.CONFIRMED, UTR, TODAY, late)
    assert tasks.waiting(desk, supervisor, late) == ()


def test_a_card_waits_for_the_bank_until_its_approval_code_is_there(
    desk: Desk, cashier: Session, supervisor: Session
) -> None:
    first, second, third = (
        payments.take(desk, cashier, paying(number, 1613_00, card(1613_00, "4821", code)), NOW)
        for number, code in ((PLAIN, ""), (RURAL, ""), (OTHERS[0], "A1B2"))
    )
    assert waiting(desk, supervisor) == ["4821", "4821"]
    late = tasks.waiting(desk, supervisor, NOW + timedelta(days=6))
    assert [(one.task, one.receipt.serial) for one in late] == [
        (Task.PENDING_LATE, first.number.serial), (Task.PENDING_LATE, second.number.serial),
    ]  # fmt: skip
    code = (card(1613_00, "4821", "A1B3"),)
    correcting.correct(desk, cashier, uuid4(), first.act, code, "", WORD, NOW)
    assert waiting(desk, supervisor) == ["4821"]
    settled = reconciling.settle(
        desk, supervisor, uuid4(), second.act, 0, Outcome.CONFIRMED, "607212345678", TODAY, NOW
    )
    assert settled.settled_as == "607212345678"
    assert waiting(desk, supervisor) == []
    with pytest.raises(ReceiptUnknown):  # the code was the bank's word
        reconciling.settle(desk, supervisor, uuid4(), third.act, 0, Outcome.FAILED, "", TODAY, NOW)
    assert faults(desk) == ()


def test_a_utr_that_becomes_known_late_pays_once_all_the_same(
    desk: Desk, cashier: Session, supervisor: Session, tmp_path: Path
) -> None:
    """Of the first receipt only six digits were typed, and two of those wrongly."""
    first, second = by_upi(desk, cashier, "418811"), by_upi(desk, cashier, "400000", RURAL)
    settled = desk, supervisor, uuid4(), first.act, 0, Outcome.CONFIRMED, UTR, TODAY, NOW
    assert reconciling.settle(*settled).settled_as == UTR
    with nothing_recorded(desk), pytest.raises(UtrUsed):
        by_upi(desk, cashier, UTR, OTHERS[0])
    with nothing_recorded(desk), pytest.raises(UtrUsed):
        reconciling.settle(desk, supervisor, uuid4(), second.act, 0, Outcome.CONFIRMED, UTR, TODAY, NOW)
    tail = paying(OTHERS[1], 1613_00, upi(1613_00, UTR[-6:]))
    with nothing_recorded(desk), pytest.raises(TailUsed):
        payments.take(desk, cashier, tail, NOW)
    payments.take(desk, cashier, replace(tail, asked=True), NOW)
    again = read(desk, supervisor, statement(tmp_path, f"12/03/2026,{UTR},1613.00,SUCCESS"))
    assert findings(again) == [Finding.TWICE]
    assert reconciling.settle(*settled).settled_as == UTR
    assert faults(desk) == ()


def test_a_tail_is_not_paid_by_a_number_that_another_receipt_names_whole(
    desk: Desk, cashier: Session, supervisor: Session, tmp_path: Path
) -> None:
    payments.take(desk, cashier, paying(PLAIN, 1000_00, upi(1000_00, UTR)), NOW)
    by_upi(desk, cashier, UTR[-6:], RURAL)
    found = read(desk, supervisor, statement(tmp_path, f"12/03/2026,{UTR},1613.00,SUCCESS"))
    assert findings(found) == [Finding.TWICE]
    assert waiting(desk, supervisor) == [UTR, UTR[-6:]]


def test_money_that_did_not_come_is_taken_anew_and_not_corrected_away(
    desk: Desk, cashier: Session, supervisor: Session
) -> None:
    receipt, in_cash = by_upi(desk, cashier, UTR), (cash(1613_00, 1613_00),)
    settled = desk, supervisor, uuid4(), receipt.act, 0
    reconciling.settle(*settled, Outcome.FAILED, UTR, TODAY, NOW)
    with nothing_recorded(desk), pytest.raises(MoneyLost):
        correcting.correct(desk, cashier, uuid4(), receipt.act, in_cash, "", WORD, NOW)
    payments.take(desk, cashier, paying(PLAIN, 1613_00, *in_cash), NOW)
    assert paid(desk) == 1613_00
    with nothing_recorded(desk), pytest.raises(PaidToday):
        payments.take(desk, cashier, paying(PLAIN, 1613_00, *in_cash), NOW)
    assert faults(desk) == ()
