"""How much a bill was overpaid: cancelled receipts count no more, in any order; which numbers are known."""

from dataclasses import replace
from uuid import uuid4

from counter_app.central.database import Database, retried
from counter_app.central.ledger import in_ledger
from counter_app.central.overpaid import CANCELLED, Paid, Settled, losses, surplus
from counter_app.central.releasing import all_held
from counter_app.domain.days import from_millis
from counter_app.domain.drawer import CashMoved, DrawerClosed, Move
from tests.central.books import cancelling, integrate, let_in, received, recorded, registering
from tests.central.gateways import wall_ms

ONE, OTHER = b"1" * 16, b"2" * 16


def paid(device: bytes, serial: int, total: int, due: int, amount: int) -> Paid:
    counter = 1 if device == ONE else 2
    return Paid(
        "N1", "B1", serial, "2214", counter, serial, bytes(32), device, bytes(8), serial,
        total, due, amount, amount, 0, None,
    )  # fmt: skip


def test_a_receipt_cancelled_before_the_right_one_is_no_surplus() -> None:
    wrong, right = paid(ONE, 1, 1000_00, 1000_00, 1000_00), paid(ONE, 2, 2000_00, 1000_00, 1000_00)
    assert surplus([wrong, right], {wrong.receipt: {CANCELLED: 1000_00}}) == 0


def test_one_of_two_payments_at_two_counters_is_cancelled() -> None:
    here, there = paid(ONE, 1, 1000_00, 1000_00, 1000_00), paid(OTHER, 1, 1000_00, 1000_00, 1000_00)
    assert surplus([here, there], {}) == 1000_00
    assert surplus([here, there], {there.receipt: {CANCELLED: 1000_00}}) == 0
    assert (
        surplus([here, there], {here.receipt: {CANCELLED: 1000_00}, there.receipt: {CANCELLED: 1000_00}}) == 0
    )


def test_a_second_payment_that_stays_after_the_first_is_cancelled() -> None:
    first, second = paid(ONE, 1, 1000_00, 1000_00, 1000_00), paid(ONE, 2, 2000_00, 0, 1000_00)
    assert surplus([first, second], {}) == 1000_00
    assert surplus([first, second], {first.receipt: {CANCELLED: 2000_00}}) == 0


def test_a_cheque_that_came_back_settled_nothing() -> None:
    here, there = paid(ONE, 1, 1000_00, 1000_00, 1000_00), paid(OTHER, 1, 1000_00, 1000_00, 1000_00)
    bounced = {there.receipt: losses([Settled(1000_00, 5, 1, b"1", 0, 1000_00)])}
    assert surplus([here, there], {}, bounced) == 0
    came = losses([Settled(1000_00, 9, 2, b"2", 0, 0), Settled(1000_00, 5, 1, b"1", 0, 1000_00)])
    assert surplus([here, there], {}, {there.receipt: came}) == 1000_00
    at_once = losses([Settled(1000_00, 5, 9, b"1", 0, 1000_00), Settled(1000_00, 5, 8, b"2", 0, 0)])
    assert surplus([here, there], {}, {there.receipt: at_once}) == 0, "the device counts on within an instant"
    assert surplus([here, there], {there.receipt: {CANCELLED: 1000_00}}, bounced) == 0


def test_who_knows_of_the_cheque_asks_for_the_bill_again() -> None:
    """Paid by cheque, that came back, paid in cash at the same counter: nothing is over."""
    first, second = paid(ONE, 1, 1000_00, 1000_00, 1000_00), paid(ONE, 2, 2000_00, 1000_00, 1000_00)
    lost = {first.receipt: losses([Settled(1000_00, 5, 1, b"1", 0, 1000_00)])}
    assert surplus([first, second], {}) == 0, "the counter said what was due"
    assert surplus([first, second], {}, lost) == 0
    part = {first.receipt: losses([Settled(2000_00, 5, 1, b"1", 1, 400_00)])}
    assert surplus([first, paid(ONE, 2, 2000_00, 0, 600_00)], {}, part) == 200_00


def test_every_number_given_out_is_known_to_the_centre(store: Database) -> None:
    """A counter that is put back goes on above all of them, also those of slips and of cash moved."""
    counter = let_in(store, "2214", 3)
    (taken,) = counter.pay(1)[-1:]
    day = from_millis(wall_ms()).date()
    moved = CashMoved(5, "2214", 3, uuid4(), "R07", day, Move.DROP, 100_00, "", "HC1", None)
    closed = DrawerClosed(uuid4(), "R07", day, 0, 0, serial=4, office="2214", counter=3)
    for payload in (registering(counter, "", 8), cancelling(taken, 6), moved, closed):
        recorded(counter, payload)
    foreign = recorded(counter, replace(moved, counter=2))
    impossible = recorded(counter, replace(closed, serial=1 << 60))
    received(store, [*counter.node.disk.own().values()])
    integrate(store)
    assert in_ledger(store, lambda ledger: ledger.serials("2214", 3)) == (1, 8, 6, 5, 4)
    assert {one.hash for one in retried(store, all_held)} == {foreign.hash, impossible.hash}
