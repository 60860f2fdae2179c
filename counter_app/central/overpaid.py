"""Bills that were paid more than once, at counters that did not know of each other."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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


class Settled(NamedTuple):
    """What the bank said of a tender; what sorts last holds. ``lost``: what counts no more, in paise."""

    total: int
    at_ms: int
    seq: int
    hash: bytes
    position: int
    lost: int


class Loss(NamedTuple):
    """What of a receipt counts no more since a running total."""

    total: int
    amount: int


Lost = Mapping[Receipt, Sequence[Loss]]
NOTHING_LOST: Lost = {}


def losses(said: Iterable[Settled]) -> tuple[Loss, ...]:
    """What of one receipt was lost, time after time; the last holds."""
    tenders: dict[int, int] = {}
    found = []
    for one in sorted(said):
        tenders[one.position] = one.lost
        found.append(Loss(one.total, sum(tenders.values())))
    return tuple(found)


def surplus(
    paid: Sequence[Paid], ends: Mapping[Receipt, Mapping[int, int]], lost: Lost = NOTHING_LOST
) -> int:
    """By how much a bill was overpaid by all its payments together, in paise; 0 for not at all.

    A counter always knows its own payments, not always those of others: the bill came at least to what
    was due to a payment and what the same device had taken for it before, less what had left it by then.
    ``ends``: of receipts that were moved away or cancelled the running total then, by the number of the slip
    (``CANCELLED``), which tell the order. ``lost``: what the bank did not pay.
    """
    moments: list[tuple[bytes, int, int, int | None, int]] = []
    stands = 0
    for one in paid:
        left = ends.get(one.receipt, {})
        slip = min((slip for slip in left if slip > one.slip), default=None)
        until = None if slip is None else left[slip]
        counts = one.settled
        for loss in lost.get(one.receipt, ()):
            if until is None or loss.total < until:
                less = min(one.settled, one.amount - loss.amount)
                moments.append((one.device, max(loss.total, one.total), CANCELLED, None, less - counts))
                counts = less
        moments.append((one.device, one.total, one.slip, one.due, one.settled))
        if slip is None:
            stands += counts
        else:
            moments.append((one.device, left[slip], slip, None, -counts))
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
