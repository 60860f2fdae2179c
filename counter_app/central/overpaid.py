"""Bills that were paid more than once, at counters that did not know of each other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from counter_app.wire.bodies import Overpaid, OverpaidReceipt, item
from counter_app.wire.messages import Item

MOST_RECEIPTS = 100
"""How many receipts of an overpaid bill are told, the newest: a body is at most 64 KiB."""

CANCELLED = 1 << 62
"""Behind the slips of all moves: a receipt that was cancelled is not moved any more."""

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
    slip: int
    taken: bytes | None

    @property
    def receipt(self) -> Receipt:
        """The number on paper, without its letters."""
        return self.office, self.counter, self.serial

    @property
    def bill(self) -> tuple[str, str]:
        """The consumer and the bill."""
        return self.consumer, self.bill_number


def surplus(paid: Sequence[Paid], ends: Mapping[Receipt, Mapping[int, int]]) -> int:
    """By how much a bill was overpaid by all its payments together, in paise; 0 for not at all.

    A counter always knows its own payments, not always those of others: the bill came at least to what
    was due to a payment and what the same device had taken for it before, less what had left it by then.
    ``ends``: of receipts that were moved away or cancelled the running total then, by the number of the slip
    (``CANCELLED``), which tell the order.
    """
    moments: list[tuple[bytes, int, int, int | None, int]] = []
    stands = 0
    for one in paid:
        moments.append((one.device, one.total, one.slip, one.due, one.settled))
        left = ends.get(one.receipt, {})
        slip = min((slip for slip in left if slip > one.slip), default=None)
        if slip is None:
            stands += one.settled
        else:
            moments.append((one.device, left[slip], slip, None, -one.settled))
    billed: list[int] = []
    known: Counter[bytes] = Counter()
    for device, _, _, due, settled in sorted(moments, key=lambda moment: moment[:3]):
        if due is not None:
            billed.append(due + known[device])
        known[device] += settled
    return max(0, stands - max(billed))


def overpaid(paid: Sequence[Paid], amount: int, at_ms: int) -> Item:
    """What offices hear of a bill that all its payments together overpaid by an amount."""
    receipts = tuple(
        OverpaidReceipt(one.office, one.counter, one.serial, one.amount, (one.taken or one.hash).hex())
        for one in paid[-MOST_RECEIPTS:]
    )
    return item(Overpaid(paid[0].consumer, paid[0].bill_number, amount, receipts, at_ms))
