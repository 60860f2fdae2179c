"""Taking money: what is recorded, once, also when two hands are at it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from counter_app.desk import complaints, paper, payments
from counter_app.desk.desk import Desk
from counter_app.desk.payments import Receipt
from counter_app.domain.acts import PaperState
from counter_app.domain.allocation import Head, Share
from counter_app.domain.entry import Kind
from counter_app.domain.numbering import hash_letters
from counter_app.domain.payment import card, cash, upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import (
    ActUsedElsewhere,
    Refused,
)
from counter_app.store import finds, journal
from tests.desk.small_office import (
    ARREARS,
    DUES_AS_OF,
    NOW,
    OTHERS,
    OVERDUE,
    PAID_ONLINE,
    PLAIN,
    RURAL,
    UTR_KNOWN,
    complaining,
    entries,
    nothing_recorded,
    opened,
    paying,
    sealed,
    signed_in,
)

UTR = "607198418802"


def test_a_payment_is_recorded_with_its_receipt_and_its_print_job(desk: Desk, cashier: Session) -> None:
    draft = paying(PLAIN, 1613_00, cash(1613_00, 2000_00))
    receipt = payments.take(desk, cashier, draft, NOW)

    assert receipt.payment.serial == 1
    assert receipt.number.stem == "2214-2-000001"
    assert (receipt.balance, receipt.returned) == (0, 387_00)
    assert (receipt.name_hi, receipt.at) == ("सुरेश मालवीय", NOW)
    assert receipt.payment.dues_as_of == DUES_AS_OF
    assert receipt.payment.clerk == "REKHA"
    with desk.book.reading() as connection:
        header, payload, entry_hash = journal.entry_of_act(connection, draft.act) or pytest.fail("no entry")
        job = finds.job(connection, receipt.job)
    assert payload == receipt.payment
    assert header.drawer == cashier.drawer
    assert header.running_total == 1613_00
    assert receipt.number.letters == hash_letters(entry_hash)
    assert job is not None
    assert (job.state, job.copy, job.subject) == (PaperState.WAITING, 1, draft.act)


def test_the_running_total_goes_on(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(PLAIN), NOW)
    second = paying(RURAL, 500_00)
    payments.take(desk, cashier, second, NOW)
    with desk.book.reading() as connection:
        header, _, _ = journal.entry_of_act(connection, second.act) or pytest.fail("no entry")
    assert header.running_total == 2113_00


def test_money_is_appropriated_in_the_order_of_the_supply_code(desk: Desk, cashier: Session) -> None:
    part = payments.take(desk, cashier, paying(ARREARS, 1000_00), NOW).payment
    assert part.shares == (
        Share(Head.CURRENT_DUTY, 118_00),
        Share(Head.ARREAR_DUTY, 80_00),
        Share(Head.SURCHARGE, 25_00),
        Share(Head.ARREAR, 777_00),
    )
    rest = payments.take(desk, cashier, paying(ARREARS, 2000_00, advance=True), NOW).payment
    assert rest.due == 1538_00
    assert rest.shares == (
        Share(Head.ARREAR, 43_00),
        Share(Head.CURRENT, 1495_00),
        Share(Head.ADVANCE, 462_00),
    )


def test_after_the_due_date_the_surcharge_is_asked_for_too(desk: Desk, cashier: Session) -> None:
    form = payments.prepare(desk, cashier, OVERDUE, NOW)
    assert form.payable.amount == 1633_00
    receipt = payments.take(desk, cashier, paying(OVERDUE, 1633_00), NOW)
    assert receipt.balance == 0
    assert Share(Head.SURCHARGE, 20_00) in receipt.payment.shares


def test_what_channels_took_is_taken_off(desk: Desk, cashier: Session) -> None:
    assert payments.prepare(desk, cashier, UTR_KNOWN, NOW).payable.amount == 1513_00
    assert payments.prepare(desk, cashier, PAID_ONLINE, NOW).payable.amount == 0


def test_the_form_knows_what_was_paid_and_the_next_number(desk: Desk, cashier: Session) -> None:
    before = payments.prepare(desk, cashier, PLAIN, NOW)
    assert not before.paid_today
    assert before.last_paid is not None
    assert (before.last_paid.on, before.last_paid.amount) == (date(2026, 2, 14), 1584_00)
    assert before.next_number.stem == "2214-2-000001"
    payments.take(desk, cashier, paying(PLAIN), NOW)
    after = payments.prepare(desk, cashier, PLAIN, NOW)
    assert after.today is not None
    assert after.today.amount == 1613_00
    assert after.payable.amount == 0
    assert after.next_number.stem == "2214-2-000002"


@pytest.mark.parametrize(
    "typed",
    ["2204518731", "n 2204-518731", "एन२२०४५१८७३१".replace("एन", "N"), f"https://py.mpcz.in/x?k={PLAIN}&a=1"],
)
def test_the_consumer_number_in_every_written_form(desk: Desk, cashier: Session, typed: str) -> None:
    assert payments.take(desk, cashier, paying(typed), NOW).payment.consumer == PLAIN


def test_two_tenders(desk: Desk, cashier: Session) -> None:
    tenders = (cash(1000_00, 1000_00), upi(600_00, UTR), card(13_00, "4821", "A1B2"))
    assert payments.take(desk, cashier, paying(PLAIN, 1613_00, *tenders), NOW).payment.tenders == tenders


# -- the same act again ------------------------------------------------------------------------------


def _again(draft: payments.PaymentDraft) -> list[payments.PaymentDraft]:
    return [
        draft,
        replace(draft, amount=0),
        replace(draft, consumer="nobody", tenders=()),
        replace(draft, amount=99_00, tenders=(upi(99_00, UTR),)),
    ]


def test_the_same_act_again_is_the_same_receipt_whatever_the_draft_says(desk: Desk, cashier: Session) -> None:
    draft = paying(PLAIN)
    receipt = payments.take(desk, cashier, draft, NOW)
    with nothing_recorded(desk):
        for again in _again(draft):
            assert payments.take(desk, cashier, again, NOW + timedelta(days=2)) == receipt


def test_an_act_of_something_else_is_not_a_payment(desk: Desk, cashier: Session) -> None:
    complaint = complaints.register(desk, cashier, complaining(), NOW)
    with nothing_recorded(desk), pytest.raises(ActUsedElsewhere) as refused:
        payments.take(desk, cashier, paying(act=complaint.act), NOW)
    assert refused.value.kind == Kind.COMPLAINT_REGISTERED


# -- two at once, and after a restart ----------------------------------------------------------------


def _both(desk: Desk, session: Session, drafts: list[payments.PaymentDraft]) -> list[Receipt | Refused]:
    def one(draft: payments.PaymentDraft) -> Receipt | Refused:
        try:
            return payments.take(desk, session, draft, NOW)
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(len(drafts)) as threads:
        return list(threads.map(one, drafts))


def test_two_payments_of_one_consumer_race(desk: Desk, cashier: Session) -> None:
    answers = _both(desk, cashier, [paying(PLAIN) for _ in range(4)])
    assert sorted(type(answer).__name__ for answer in answers) == ["PaidToday"] * 3 + ["Receipt"]


def test_one_act_races_itself(desk: Desk, cashier: Session) -> None:
    draft = paying(PLAIN)
    before = entries(desk)
    answers = _both(desk, cashier, [draft] * 4)
    assert len({str(answer.number) for answer in answers if isinstance(answer, Receipt)}) == 1
    assert all(isinstance(answer, Receipt) for answer in answers)
    assert entries(desk) == before + 1


def test_payments_of_many_at_once_have_serials_without_a_gap(desk: Desk, cashier: Session) -> None:
    answers = _both(desk, cashier, [paying(number) for number in (PLAIN, RURAL, ARREARS, OVERDUE, *OTHERS)])
    serials = sorted(answer.payment.serial for answer in answers if isinstance(answer, Receipt))
    assert serials == list(range(1, 9))


def test_a_receipt_is_the_same_after_a_restart(desk: Desk, cashier: Session) -> None:
    draft = paying(PLAIN)
    receipt = payments.take(desk, cashier, draft, NOW)
    folder = desk.book.folder
    desk.book.close()
    again = opened(folder, NOW + timedelta(minutes=9))
    try:
        assert payments.take(again, signed_in(again), draft, NOW + timedelta(minutes=9)) == receipt
        assert [job.job for job in paper.in_doubt(again, cashier)] == [draft.act]
    finally:
        again.book.close()


def test_an_act_is_a_number_of_its_own_for_every_screen(desk: Desk, cashier: Session) -> None:
    assert isinstance(payments.take(desk, cashier, paying(act=UUID(int=77)), NOW).act, UUID)


def test_times_are_indian_at_midnight(desk: Desk) -> None:
    late = datetime(2026, 3, 12, 18, 29, 59, tzinfo=NOW.tzinfo)  # 23:59:59 in India
    session = signed_in(desk, at=late)
    assert payments.take(desk, session, paying(PLAIN), late).payment.day == date(2026, 3, 12)
    midnight = late + timedelta(seconds=1)
    sealed(desk, signed_in(desk, at=midnight), 1613_00, midnight)
    after = signed_in(desk, at=midnight)
    assert after.drawer != session.drawer
    receipt = payments.take(desk, after, paying(RURAL), midnight)
    assert receipt.payment.day == date(2026, 3, 13)


def test_yesterday_s_drawer_is_counted_first(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(PLAIN), NOW)
    tomorrow = NOW + timedelta(days=1)
    session = signed_in(desk, at=tomorrow)
    assert session.drawer == cashier.drawer
    closed = sealed(desk, session, 1600_00, tomorrow).report
    assert (closed.expected, closed.difference) == (1613_00, -13_00)
    assert signed_in(desk, at=tomorrow).drawer != cashier.drawer
