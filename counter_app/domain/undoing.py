"""What is done about a receipt that is not right. It stays as it is; another entry, with a number, names it.

Fields in common: ``receipt`` is the act of the payment, ``receipt_serial`` its number at this counter;
``approved`` is the second person.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from counter_app.domain.allocation import Share
from counter_app.domain.approval import Approval
from counter_app.domain.money import Paise
from counter_app.domain.payment import Tender
from counter_app.domain.task import Task
from counter_app.domain.value import value


class Undoing(StrEnum):
    """The kinds of it."""

    CANCEL = "cancel"
    CORRECT = "correct"
    MOVE = "move"
    REFUND = "refund"


class Why(StrEnum):
    """Reasons that are chosen with a digit; a note may say more."""

    WRONG_CONSUMER = "wrong consumer"
    WRONG_AMOUNT = "wrong amount"
    WRONG_TENDER = "wrong tender"
    NOT_PAID = "not paid"
    TAKEN_TWICE = "taken twice"
    OTHER = "other"


@value
class PaymentCancelled:
    """A receipt of an open drawer counts no more; ``cash_back`` (paise) went back over the counter."""

    serial: int
    office: str
    counter: int
    day: date
    receipt: UUID
    receipt_serial: int
    consumer: str
    amount: Paise
    cash_back: Paise
    why: Why
    note: str
    clerk: str
    approved: Approval


@value
class TendersCorrected:
    """The money of a receipt was handed over otherwise than was recorded. The amount stays.

    ``cash`` is what the drawer gains by it, below zero when it loses.
    """

    serial: int
    office: str
    counter: int
    day: date
    receipt: UUID
    receipt_serial: int
    consumer: str
    amount: Paise
    before: tuple[Tender, ...]
    tenders: tuple[Tender, ...]
    cash: Paise
    why: Why
    note: str
    clerk: str
    approved: Approval


@value
class PaymentMoved:
    """A payment belongs to another consumer than the receipt says."""

    serial: int
    office: str
    counter: int
    day: date
    receipt: UUID
    receipt_serial: int
    consumer: str
    amount: Paise
    to_consumer: str
    to_bill_number: str
    to_bill_month: str
    to_due: Paise
    shares: tuple[Share, ...]
    order: str
    why: Why
    note: str
    clerk: str
    approved: Approval


@value
class RefundAsked:
    """The day of a receipt is sealed: whoever refunds is asked to."""

    serial: int
    office: str
    counter: int
    day: date
    receipt: UUID
    receipt_serial: int
    consumer: str
    amount: Paise
    why: Why
    note: str
    clerk: str


Undoings = PaymentCancelled | TendersCorrected | PaymentMoved | RefundAsked


class Outcome(StrEnum):
    """What became of money that was not in hand when its receipt was given."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    DISHONOURED = "dishonoured"


LOST = frozenset({Outcome.FAILED, Outcome.DISHONOURED})
"""What never came in, or went back."""


@value
class TenderSettled:
    """What the bank says of one tender of a receipt. ``position`` is its place among the tenders.

    ``reference`` is the whole number that the bank knows it by; ``statement`` the SHA-256 of the file that
    said so, empty when a person did; ``charge`` (paise) what a dishonoured cheque costs by the day's rule.
    """

    receipt: UUID
    receipt_serial: int
    consumer: str
    position: int
    amount: Paise
    outcome: Outcome
    reference: str
    on: date
    statement: str
    charge: Paise
    clerk: str


@value
class StatementRead:
    """A statement of the bank was read: rows = matched + unmatched + known before."""

    code: str
    name: str
    sha256: str
    rows: int
    matched: int
    unmatched: int
    known: int


@value
class TaskDone:
    """A task was done: that of the act ``of``."""

    task: Task
    of: UUID
    note: str
    clerk: str
