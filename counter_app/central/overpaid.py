"""Bills that were paid more than once, at counters that did not know of each other."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from counter_app.wire.bodies import Overpaid, OverpaidReceipt, item
from counter_app.wire.messages import Item

MOST_RECEIPTS = 100
"""How many receipts of an overpaid bill are told, the newest: a body is at most 64 KiB."""

Receipt = tuple[str, int, int]


class Paid(NamedTuple):
    """A row of ``payments``."""

    consumer: str
    bill_number: str
    nth: int
    office: str
    counter: int
    serial: int
    hash: bytes
    device: bytes
    segment: bytes
    seq: int
    total: int
    due: int
    amount: int
    settled: int

    @property
    def receipt(self) -> Receipt:
        """The number on paper, without its letters."""
        return self.office, self.counter, self.serial


def surplus(paid: Sequence[Paid], cancelled: Mapping[Receipt, int]) -> int:
    """By how much a bill was overpaid by all its payments together, in paise; 0 for not at all.

    A counter always knows its own payments, not always those of others: the bill came at least to what
    was due to a payment and what the same device had taken before (its running total tells the order), less
    what it had cancelled by then. ``cancelled`` has the running total at the time of each cancellation.
    """

    def known_to(one: Paid, earlier: Paid) -> bool:
        counted = cancelled.get(earlier.receipt, one.total) >= one.total
        return earlier.device == one.device and earlier.total < one.total and counted

    billed = max(one.due + sum(e.settled for e in paid if known_to(one, e)) for one in paid)
    return max(0, sum(one.settled for one in paid if one.receipt not in cancelled) - billed)


def overpaid(paid: Sequence[Paid], amount: int, at_ms: int) -> Item:
    """What offices hear of a bill that all its payments together overpaid by an amount."""
    receipts = tuple(
        OverpaidReceipt(one.office, one.counter, one.serial, one.amount, one.hash.hex())
        for one in paid[-MOST_RECEIPTS:]
    )
    return item(Overpaid(paid[0].consumer, paid[0].bill_number, amount, receipts, at_ms))
