"""Payloads of journal entries as bytes: compact JSON of the domain's frozen values, and back.

Bytes are made once, when the act is recorded; afterwards they are hashed, stored and forwarded
as they are. Reading is strict in types; fields that a newer version adds are passed over.
"""

from typing import Any

import msgspec

from counter_app.domain.acts import (
    CopyAsked,
    FilesHandedOut,
    FilesImported,
    NotAllowedTried,
    NumberGap,
    PaperOutcome,
    PinSet,
    SegmentOpened,
    SignedIn,
    SignedOut,
    SignInRefused,
)
from counter_app.domain.clock import ClockDecided, ClockFound
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep
from counter_app.domain.drawer import (
    CashMoved,
    DepositNoted,
    DrawerClosed,
    DrawerOpened,
    DrawerUnlocked,
    HandoverAccepted,
)
from counter_app.domain.entry import LARGEST_PAYLOAD, Kind
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.refusals import Refused
from counter_app.domain.undoing import (
    PaymentCancelled,
    PaymentMoved,
    RefundAsked,
    StatementRead,
    TaskDone,
    TendersCorrected,
    TenderSettled,
)

Payload = (
    SegmentOpened
    | NumberGap
    | SignedIn
    | SignInRefused
    | SignedOut
    | NotAllowedTried
    | PinSet
    | ClockFound
    | ClockDecided
    | DrawerOpened
    | DrawerClosed
    | CashMoved
    | HandoverAccepted
    | DrawerUnlocked
    | DepositNoted
    | PaymentTaken
    | PaymentCancelled
    | TendersCorrected
    | PaymentMoved
    | RefundAsked
    | TenderSettled
    | TaskDone
    | ComplaintRegistered
    | ComplaintStep
    | CopyAsked
    | PaperOutcome
    | FilesImported
    | FilesHandedOut
    | StatementRead
)

VERSIONS: dict[tuple[Kind, int], type[Any]] = {
    (Kind.SEGMENT_OPENED, 1): SegmentOpened,
    (Kind.NUMBER_GAP, 1): NumberGap,
    (Kind.NUMBER_GAP, 2): NumberGap,
    (Kind.SIGNED_IN, 1): SignedIn,
    (Kind.SIGN_IN_REFUSED, 1): SignInRefused,
    (Kind.SIGNED_OUT, 1): SignedOut,
    (Kind.NOT_ALLOWED, 1): NotAllowedTried,
    (Kind.PIN_SET, 1): PinSet,
    (Kind.CLOCK_FOUND, 1): ClockFound,
    (Kind.CLOCK_DECIDED, 1): ClockDecided,
    (Kind.DRAWER_OPENED, 1): DrawerOpened,
    (Kind.DRAWER_CLOSED, 1): DrawerClosed,
    (Kind.DRAWER_CLOSED, 2): DrawerClosed,
    (Kind.CASH_MOVED, 1): CashMoved,
    (Kind.HANDOVER_ACCEPTED, 1): HandoverAccepted,
    (Kind.DRAWER_UNLOCKED, 1): DrawerUnlocked,
    (Kind.DEPOSIT_NOTED, 1): DepositNoted,
    (Kind.PAYMENT_TAKEN, 1): PaymentTaken,
    (Kind.PAYMENT_TAKEN, 2): PaymentTaken,
    (Kind.PAYMENT_CANCELLED, 1): PaymentCancelled,
    (Kind.TENDERS_CORRECTED, 1): TendersCorrected,
    (Kind.PAYMENT_MOVED, 1): PaymentMoved,
    (Kind.REFUND_ASKED, 1): RefundAsked,
    (Kind.TENDER_SETTLED, 1): TenderSettled,
    (Kind.TASK_DONE, 1): TaskDone,
    (Kind.COMPLAINT_REGISTERED, 1): ComplaintRegistered,
    (Kind.COMPLAINT_STEP, 1): ComplaintStep,
    (Kind.COPY_ASKED, 1): CopyAsked,
    (Kind.PAPER_OUTCOME, 1): PaperOutcome,
    (Kind.FILES_IMPORTED, 1): FilesImported,
    (Kind.FILES_HANDED_OUT, 1): FilesHandedOut,
    (Kind.STATEMENT_READ, 1): StatementRead,
}
# Of a payload with more versions than one the newest is written; the fields that it added have defaults.
_WRITTEN = {payload: written for written, payload in VERSIONS.items()}


class PayloadUnknown(Exception):
    """No payload of this kind and version is known here."""


class PayloadDamaged(Exception):
    """The bytes are no payload of their kind and version."""


def kind_of(payload: Payload) -> tuple[Kind, int]:
    """Kind and version under which a payload is recorded."""
    return _WRITTEN[type(payload)]


def encode(payload: Payload) -> bytes:
    """The bytes to record; ValueError above 64 KiB."""
    data = msgspec.json.encode(payload)
    if len(data) > LARGEST_PAYLOAD:
        raise ValueError("payload above the size an entry may have")
    return data


def decode(kind: int, version: int, data: bytes) -> Payload:
    """Read recorded bytes back; ``PayloadUnknown`` or ``PayloadDamaged`` when that cannot be."""
    try:
        payload_type = VERSIONS[Kind(kind), version]
    except (ValueError, KeyError):
        raise PayloadUnknown(f"kind {kind} version {version}") from None
    try:
        return msgspec.json.decode(data, type=payload_type)  # type: ignore[no-any-return]
    except (msgspec.MsgspecError, ValueError, RecursionError, Refused) as fault:
        raise PayloadDamaged(f"kind {kind} version {version}: {fault}") from fault
