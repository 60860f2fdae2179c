"""Where other programs fail at taking money, as their users tell it: each fault by name, and why not here."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from counter_app.desk import drafts, paper, payments, receipts
from counter_app.desk.desk import Desk
from counter_app.desk.payments import Receipt
from counter_app.domain.allocation import Head
from counter_app.domain.money import to_rupee
from counter_app.domain.money_refusals import TailUsed
from counter_app.domain.payment import cash, upi
from counter_app.domain.people import Session
from counter_app.domain.refusals import ActUsedElsewhere, PaidToday, UtrUsed
from counter_app.store import finds, journal, reference
from counter_app.store.finds.day_end import tender_sums
from counter_app.store.rows import KnownPayment
from tests.desk.small_office import (
    NOW,
    OTHERS,
    PLAIN,
    RURAL,
    SECOND,
    entries,
    faults,
    nothing_recorded,
    opened,
    paying,
    signed_in,
)
from tests.documents.looking import words_of

UTR = "607198418802"


def today(desk: Desk, session: Session) -> list[int]:
    return [row.number.serial for row in receipts.today(desk, session, NOW)]


# -- 15 to 24: receipts and payments that are there twice, or not at all --------------------------------


def test_15_thirty_retries_of_one_payment_are_one_receipt(desk: Desk, cashier: Session) -> None:
    """odoo/odoo#42862: some thirty duplicates over ninety counters."""
    draft = paying(PLAIN)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: payments.take(desk, cashier, draft, NOW), range(30)))
    assert len({receipt.number for receipt in found}) == 1
    assert today(desk, cashier) == [1]


def test_16_two_windows_open_on_one_consumer_take_the_money_once(desk: Desk, cashier: Session) -> None:
    """odoo/odoo#152259: two tabs."""
    one, other = paying(PLAIN), paying(PLAIN)  # each drew its act when it opened
    second = signed_in(desk, SECOND)
    payments.take(desk, cashier, one, NOW)
    with nothing_recorded(desk), pytest.raises(PaidToday):
        payments.take(desk, second, other, NOW)


def test_17_the_token_is_drawn_before_and_outlives_the_program(
    desk: Desk, cashier: Session, folder: Path
) -> None:
    """odoo/odoo#40567: a token that is drawn by the client."""
    draft = paying(PLAIN)
    receipt = payments.take(desk, cashier, draft, NOW)
    desk.book.close()  # the answer never came: the power went
    again = opened(folder)
    assert payments.take(again, signed_in(again), draft, NOW + timedelta(minutes=9)) == receipt
    assert today(again, cashier) == [1]
    again.book.close()


def test_18_three_seconds_later_under_another_token(desk: Desk, cashier: Session) -> None:
    """odoo/odoo#108518: three seconds apart, under two references."""
    payments.take(desk, cashier, paying(PLAIN), NOW)
    with nothing_recorded(desk), pytest.raises(PaidToday):
        payments.take(desk, cashier, paying(PLAIN), NOW + timedelta(seconds=3))
    payments.take(desk, cashier, paying(RURAL, 1613_00, upi(1613_00, UTR)), NOW)
    with nothing_recorded(desk), pytest.raises(UtrUsed):
        payments.take(desk, cashier, paying(OTHERS[0], 1613_00, upi(1613_00, UTR)), NOW)
    with nothing_recorded(desk), pytest.raises(TailUsed):
        payments.take(desk, cashier, paying(OTHERS[0], 1613_00, upi(1613_00, UTR[-6:])), NOW)


def test_19_two_cashiers_at_once_get_numbers_of_their_own_and_none_is_dropped(
    desk: Desk, cashier: Session
) -> None:
    """odoo/odoo#16781: one number in two browsers, one order silently dropped."""
    second = signed_in(desk, SECOND)

    def take(pair: tuple[Session, str]) -> Receipt:
        return payments.take(desk, pair[0], paying(pair[1]), NOW)

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(take, [(cashier, PLAIN), (second, RURAL), (cashier, OTHERS[0])]))
    assert sorted(receipt.number.serial for receipt in found) == [1, 2, 3]
    assert sorted(today(desk, cashier)) == [1, 2, 3]


def test_20_one_in_fifteen_is_none_with_eight_hands(desk: Desk, cashier: Session) -> None:
    """frappe/erpnext#12971: one in fifteen doubled with eight cashiers."""
    distinct = [paying(number) for number in (PLAIN, RURAL, *OTHERS)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda draft: payments.take(desk, cashier, draft, NOW), distinct * 8))
    assert sorted(today(desk, cashier)) == list(range(1, len(distinct) + 1))


def test_21_the_database_itself_knows_no_act_number_or_utr_twice(desk: Desk, cashier: Session) -> None:
    """frappe/erpnext#11000 and PR#15699: integrity in the code, not in the database."""
    draft = paying(PLAIN, 1613_00, upi(1613_00, UTR))
    payment = payments.take(desk, cashier, draft, NOW).payment
    for act, twice, why in (
        (draft.act, replace(payment, serial=2), ActUsedElsewhere),
        (uuid4(), replace(payment, serial=1, tenders=(cash(1613_00, 1613_00),)), ValueError),
        (uuid4(), replace(payment, serial=2), UtrUsed),
    ):
        with pytest.raises(why), desk.book.writing() as page:
            page.record(twice, act=act, person=cashier.person.id, at=NOW, drawer=cashier.drawer, money=1)
    again = (
        "INSERT INTO payments SELECT 2, act, office, counter, letters, day, taken_at, consumer, bill_number,"
    )
    again += " bill_month, amount, clerk, drawer, charge, cancelled, lost FROM payments"
    with pytest.raises(IntegrityError), desk.book.writing() as page:
        page.connection.exec_driver_sql(again)


def test_22_what_was_taken_offline_is_one_entry_however_often_it_is_sent(
    desk: Desk, cashier: Session
) -> None:
    """POSNext#50 and #97: doubled by sending again. Here the entry is known by place and hash."""
    draft = paying(PLAIN)
    payments.take(desk, cashier, draft, NOW)
    with desk.book.reading() as connection:
        first = journal.entry_of_act(connection, draft.act)
    payments.take(desk, cashier, draft, NOW + timedelta(days=1))
    with desk.book.reading() as connection:
        assert journal.entry_of_act(connection, draft.act) == first


def test_23_a_double_click_is_one_payment(desk: Desk, cashier: Session) -> None:
    """opensourcepos#4688."""
    draft = paying(PLAIN, 1613_00, cash(1613_00, 2000_00))
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: payments.take(desk, cashier, draft, NOW), range(2))
    assert one == other
    assert cashier.drawer is not None
    with desk.book.reading() as connection:
        drawer = finds.drawer(connection, cashier.drawer)
    assert drawer is not None
    assert drawer.holds == 1613_00


def test_24_a_half_typed_payment_cannot_be_validated_again(desk: Desk, cashier: Session) -> None:
    """Dolibarr#8933: validated several times."""
    draft = paying(PLAIN)
    drafts.keep(desk, cashier, draft.act, "pay", PLAIN, {"given": "2000"}, NOW)
    receipt = payments.take(desk, cashier, draft, NOW)
    assert drafts.kept(desk, cashier) == ()
    drafts.keep(desk, cashier, draft.act, "pay", PLAIN, {"given": "2000"}, NOW)  # kept a moment too late
    assert drafts.kept(desk, cashier) == ()
    with nothing_recorded(desk):
        assert payments.take(desk, cashier, replace(draft, amount=5_00, tenders=()), NOW) == receipt


# -- 46 to 48: reprints -----------------------------------------------------------------------------------


def copies(desk: Desk, session: Session, act: UUID, many: int) -> list[int]:
    with ThreadPoolExecutor(4) as pool:
        asked = pool.map(lambda _: paper.ask_copy(desk, session, uuid4(), act, "खो गई", NOW), range(many))
        return sorted(row.copy for row in asked)


def test_46_every_copy_is_counted_also_when_many_are_asked_for_at_once(desk: Desk, cashier: Session) -> None:
    """wcpos/woocommerce-pos PR#1952."""
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    assert copies(desk, cashier, receipt.act, 12) == list(range(2, 14))


def test_47_a_copy_says_that_it_is_one_and_the_original_is_there_once(desk: Desk, cashier: Session) -> None:
    """odoo/odoo PR#36967 and #146612: a mark on duplicates, and two of them at once."""
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    copy = paper.ask_copy(desk, cashier, uuid4(), receipt.act, "खो गई", NOW)
    original, duplicate = (
        words_of(paper.page_of(desk, cashier, job, NOW)) for job in (receipt.job, copy.job)
    )
    assert "COPY 2, NOT THE ORIGINAL" in duplicate
    assert "NOT THE ORIGINAL" not in original
    assert [job.copy for job in paper.jobs(desk, cashier, receipt.act, NOW)] == [1, 2]


def test_48_a_copy_is_no_new_receipt(desk: Desk, cashier: Session) -> None:
    """BMF-RKSV#495: it must say so, and is not signed anew."""
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    with desk.book.reading() as connection:
        before = journal.head(connection)
    copy = paper.ask_copy(desk, cashier, uuid4(), receipt.act, "खो गई", NOW)
    with desk.book.reading() as connection:
        after, found = journal.head(connection), payments.stored_receipt(connection, receipt.act)
    assert before is not None
    assert after is not None
    assert before.running_total == after.running_total == 1613_00
    assert found == receipt
    assert str(receipt.number) in words_of(paper.page_of(desk, cashier, copy.job, NOW))


# -- 49 to 50: rounding -----------------------------------------------------------------------------------


@pytest.mark.parametrize("paise", [1, 49, 50, 51, 99])
def test_49_a_part_of_a_rupee_leaves_nothing_to_be_pressed_away(
    desk: Desk, cashier: Session, paise: int
) -> None:
    """odoo/odoo#65043: a tenth of a rupee is left over and needs another key."""
    odd = KnownPayment(RURAL, "2026-02", NOW.date() - timedelta(days=1), 100_00 + paise, "upay", "U1", False)
    with desk.book.writing() as page:
        reference.put_known_payments(page, [odd])
    form = payments.prepare(desk, cashier, RURAL, NOW)
    assert form.payable.amount == to_rupee(1613_00 - odd.amount)
    payments.take(desk, cashier, paying(RURAL, form.payable.amount), NOW)
    assert payments.prepare(desk, cashier, RURAL, NOW).payable.amount == 0


def test_50_what_is_rounded_adds_up_to_the_paisa_in_shares_and_drawer(desk: Desk, cashier: Session) -> None:
    """odoo/odoo PR#124713, #218430, #220096 and POSNext#114, #118: rounding stops the closing."""
    odd = KnownPayment(RURAL, "2026-02", NOW.date() - timedelta(days=1), 100_51, "upay", "U1", False)
    with desk.book.writing() as page:
        reference.put_known_payments(page, [odd])
    amount = payments.prepare(desk, cashier, RURAL, NOW).payable.amount
    payment = payments.take(desk, cashier, paying(RURAL, amount), NOW).payment
    assert sum(share.amount for share in payment.shares) == payment.amount == amount
    over = {share.head: share.amount for share in payment.shares}.get(Head.ADVANCE, 0)
    assert 0 <= over < 100
    assert faults(desk) == ()


# -- 51, 54: the drawer -----------------------------------------------------------------------------------


def test_51_change_is_not_counted_as_cash(desk: Desk, cashier: Session) -> None:
    """frappe/erpnext#25638, #23125, POS-Awesome#18, #33: change counted as cash."""
    for number, given in ((PLAIN, 2000_00), (RURAL, 5000_00), (OTHERS[0], 1613_00)):
        payments.take(desk, cashier, paying(number, 1613_00, cash(1613_00, given)), NOW)
    assert cashier.drawer is not None
    with desk.book.reading() as connection:
        drawer, sums = finds.drawer(connection, cashier.drawer), tender_sums(connection, cashier.drawer)
    assert drawer is not None
    assert drawer.holds == sums[0].amount == 3 * 1613_00


def test_54_half_typed_payments_do_not_vanish(desk: Desk, cashier: Session, folder: Path) -> None:
    """odoo/odoo#16151: open orders vanish."""
    drafts.keep(desk, cashier, uuid4(), "pay", PLAIN, {"given": "2000"}, NOW)
    before = entries(desk)
    desk.book.close()
    again = opened(folder)
    (held,) = drafts.kept(again, signed_in(again))
    assert (held.consumer, held.body["given"]) == (PLAIN, "2000")
    assert entries(again) >= before
    again.book.close()
