"""What is done about receipts in a world, and whom each of it names."""

from datetime import datetime
from random import Random
from typing import NamedTuple
from uuid import UUID

from counter_app.domain.allocation import Head, Share
from counter_app.domain.approval import Approval, Way
from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.entry import Kind
from counter_app.domain.payment import PaymentTaken, cash
from counter_app.domain.undoing import (
    Outcome,
    PaymentCancelled,
    PaymentMoved,
    RefundAsked,
    TendersCorrected,
    TenderSettled,
    Why,
)
from counter_app.wire.payloads import Payload

Receipt = tuple[str, int, int]
"""Office, counter, serial."""

DUE = 500_00
CLERK = "R07"
BY = Approval("JE1", Way.PASSWORD)
UNDOINGS = (
    Kind.PAYMENT_CANCELLED, Kind.PAYMENT_MOVED, Kind.TENDERS_CORRECTED, Kind.REFUND_ASKED, Kind.TENDER_SETTLED
)  # fmt: skip


class Given(NamedTuple):
    """A receipt that a clerk gave: the payment's act, and what it says."""

    act: UUID
    said: PaymentTaken


def about(kind: Kind, given: Given, to_consumer: str, at: datetime, rng: Random) -> Payload:
    """What a clerk records about a receipt, under a number of its own."""
    act, said = given
    slip, day = rng.randrange(1, 1 << 30), at.date()
    of = (slip, said.office, said.counter, day, act, said.serial, said.consumer, said.amount)
    match kind:
        case Kind.PAYMENT_CANCELLED:
            return PaymentCancelled(*of, said.amount, Why.WRONG_AMOUNT, "", CLERK, BY)
        case Kind.TENDERS_CORRECTED:
            given_ = (cash(said.amount, said.amount),)
            return TendersCorrected(*of, said.tenders, given_, 0, Why.WRONG_TENDER, "", CLERK, BY)
        case Kind.PAYMENT_MOVED:
            share = (Share(Head.CURRENT, said.amount),)
            to = to_consumer, f"2602{to_consumer[1:]}", "2026-02", DUE, share, said.order
            return PaymentMoved(*of, *to, Why.WRONG_CONSUMER, "", CLERK, BY)
        case Kind.REFUND_ASKED:
            return RefundAsked(*of, Why.TAKEN_TWICE, "", CLERK)
    outcome = rng.choice(list(Outcome))
    named = act, said.serial, said.consumer
    return TenderSettled(*named, 0, said.amount, outcome, f"{slip:06d}", day, "", 0, CLERK)


def receipt_of(payload: Payload | None, office: str, counter: int) -> Receipt | None:
    """Which receipt a payload is or is about; ``office`` and ``counter`` are those of who recorded it."""
    match payload:
        case PaymentTaken(serial=serial):
            return office, counter, serial
        case (
            PaymentCancelled(receipt_serial=serial)
            | PaymentMoved(receipt_serial=serial)
            | TendersCorrected(receipt_serial=serial)
            | RefundAsked(receipt_serial=serial)
            | TenderSettled(receipt_serial=serial)
        ):
            return office, counter, serial
    return None


def money_of(payload: Payload | None) -> set[str]:
    """The consumers whose money a payload is about."""
    match payload:
        case PaymentMoved(consumer=consumer, to_consumer=other):
            return {consumer, other}
        case PaymentTaken() | PaymentCancelled() | TendersCorrected() | RefundAsked() | TenderSettled():
            return {payload.consumer}
    return set()


def consumers_of(payload: Payload | None) -> set[str]:
    """The consumers whom a payload names."""
    return {payload.consumer} if isinstance(payload, ComplaintRegistered) else money_of(payload)
