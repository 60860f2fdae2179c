"""By how much a bill was overpaid: cancelled receipts count no more, in whatever order one hears of them."""

from counter_app.central.books import Paid, surplus

ONE, OTHER = b"1" * 16, b"2" * 16


def paid(device: bytes, serial: int, total: int, due: int, amount: int) -> Paid:
    counter = 1 if device == ONE else 2
    return Paid(
        "N1", "B1", serial, "2214", counter, serial, bytes(32), device, bytes(8), serial,
        total, due, amount, amount,
    )  # fmt: skip


def test_a_receipt_cancelled_before_the_right_one_is_no_surplus() -> None:
    wrong, right = paid(ONE, 1, 1000_00, 1000_00, 1000_00), paid(ONE, 2, 2000_00, 1000_00, 1000_00)
    assert surplus([wrong, right], {wrong.receipt: 1000_00}) == 0


def test_one_of_two_payments_at_two_counters_is_cancelled() -> None:
    here, there = paid(ONE, 1, 1000_00, 1000_00, 1000_00), paid(OTHER, 1, 1000_00, 1000_00, 1000_00)
    assert surplus([here, there], {}) == 1000_00
    assert surplus([here, there], {there.receipt: 1000_00}) == 0
    assert surplus([here, there], {here.receipt: 1000_00, there.receipt: 1000_00}) == 0


def test_a_second_payment_that_stays_after_the_first_is_cancelled() -> None:
    first, second = paid(ONE, 1, 1000_00, 1000_00, 1000_00), paid(ONE, 2, 2000_00, 0, 1000_00)
    assert surplus([first, second], {}) == 1000_00
    assert surplus([first, second], {first.receipt: 2000_00}) == 0
