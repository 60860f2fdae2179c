"""Payloads of journal entries as bytes: compact JSON of the domain's frozen values, and back.

Bytes are made once, when the act is recorded; afterwards they are hashed, stored and forwarded
as they are. Reading is strict in types; fields that a newer version adds are passed over.

The classes are named by their room and made when the first of them is read or written: every start would
pay for all of them.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec

from counter_app.domain.entry import LARGEST_PAYLOAD, Kind
from counter_app.domain.refusals import Refused

if TYPE_CHECKING:
    from counter_app.domain.acts import (
        BackupPlacesChosen,
        BillsPrinted,
        ContactShown,
        CopyAsked,
        FilesHandedOut,
        FilesImported,
        NotAllowedTried,
        NumberGap,
        PaperOutcome,
        PinSet,
        RecoveryCodeDrawn,
        SegmentOpened,
        SignedIn,
        SignedOut,
        SignInRefused,
        StaffChanged,
    )
    from counter_app.domain.clock import ClockDecided, ClockFound
    from counter_app.domain.complaint import (
        CallMade,
        CentralNumberNoted,
        CompensationClaimed,
        ComplaintRegistered,
        ComplaintStep,
        OutageTold,
        PictureAttached,
    )
    from counter_app.domain.drawer import (
        CashMoved,
        DepositNoted,
        DrawerClosed,
        DrawerOpened,
        DrawerUnlocked,
        HandoverAccepted,
    )
    from counter_app.domain.payment import PaymentTaken
    from counter_app.domain.priority import PriorityGiven
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
        | StaffChanged
        | BackupPlacesChosen
        | RecoveryCodeDrawn
        | BillsPrinted
        | ContactShown
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
        | CentralNumberNoted
        | OutageTold
        | CompensationClaimed
        | CallMade
        | PictureAttached
        | CopyAsked
        | PaperOutcome
        | FilesImported
        | FilesHandedOut
        | StatementRead
        | PriorityGiven
    )
else:
    Payload = object

VERSIONS: dict[tuple[Kind, int], str] = {
    (Kind.SEGMENT_OPENED, 1): "acts.SegmentOpened",
    (Kind.NUMBER_GAP, 1): "acts.NumberGap",
    (Kind.NUMBER_GAP, 2): "acts.NumberGap",
    (Kind.SIGNED_IN, 1): "acts.SignedIn",
    (Kind.SIGN_IN_REFUSED, 1): "acts.SignInRefused",
    (Kind.SIGNED_OUT, 1): "acts.SignedOut",
    (Kind.NOT_ALLOWED, 1): "acts.NotAllowedTried",
    (Kind.PIN_SET, 1): "acts.PinSet",
    (Kind.STAFF_CHANGED, 1): "acts.StaffChanged",
    (Kind.CLOCK_FOUND, 1): "clock.ClockFound",
    (Kind.CLOCK_DECIDED, 1): "clock.ClockDecided",
    (Kind.DRAWER_OPENED, 1): "drawer.DrawerOpened",
    (Kind.DRAWER_CLOSED, 1): "drawer.DrawerClosed",
    (Kind.DRAWER_CLOSED, 2): "drawer.DrawerClosed",
    (Kind.CASH_MOVED, 1): "drawer.CashMoved",
    (Kind.HANDOVER_ACCEPTED, 1): "drawer.HandoverAccepted",
    (Kind.DRAWER_UNLOCKED, 1): "drawer.DrawerUnlocked",
    (Kind.DEPOSIT_NOTED, 1): "drawer.DepositNoted",
    (Kind.PAYMENT_TAKEN, 1): "payment.PaymentTaken",
    (Kind.PAYMENT_TAKEN, 2): "payment.PaymentTaken",
    (Kind.PAYMENT_CANCELLED, 1): "undoing.PaymentCancelled",
    (Kind.TENDERS_CORRECTED, 1): "undoing.TendersCorrected",
    (Kind.PAYMENT_MOVED, 1): "undoing.PaymentMoved",
    (Kind.REFUND_ASKED, 1): "undoing.RefundAsked",
    (Kind.TENDER_SETTLED, 1): "undoing.TenderSettled",
    (Kind.TASK_DONE, 1): "undoing.TaskDone",
    (Kind.COMPLAINT_REGISTERED, 1): "complaint.ComplaintRegistered",
    (Kind.COMPLAINT_REGISTERED, 2): "complaint.ComplaintRegistered",
    (Kind.COMPLAINT_STEP, 1): "complaint.ComplaintStep",
    (Kind.COMPLAINT_STEP, 2): "complaint.ComplaintStep",
    (Kind.CENTRAL_NUMBER_NOTED, 1): "complaint.CentralNumberNoted",
    (Kind.OUTAGE_TOLD, 1): "complaint.OutageTold",
    (Kind.COMPENSATION_CLAIMED, 1): "complaint.CompensationClaimed",
    (Kind.CALL_MADE, 1): "complaint.CallMade",
    (Kind.PICTURE_ATTACHED, 1): "complaint.PictureAttached",
    (Kind.COPY_ASKED, 1): "acts.CopyAsked",
    (Kind.PAPER_OUTCOME, 1): "acts.PaperOutcome",
    (Kind.FILES_IMPORTED, 1): "acts.FilesImported",
    (Kind.FILES_HANDED_OUT, 1): "acts.FilesHandedOut",
    (Kind.STATEMENT_READ, 1): "undoing.StatementRead",
    (Kind.BACKUP_PLACES_CHOSEN, 1): "acts.BackupPlacesChosen",
    (Kind.RECOVERY_CODE_DRAWN, 1): "acts.RecoveryCodeDrawn",
    (Kind.BILLS_PRINTED, 1): "acts.BillsPrinted",
    (Kind.CONTACT_SHOWN, 1): "acts.ContactShown",
    (Kind.PRIORITY_GIVEN, 1): "priority.PriorityGiven",
}
# Of a payload with more versions than one the newest is written; the fields that it added have defaults.
_WRITTEN = {place.partition(".")[2]: written for written, place in VERSIONS.items()}


class PayloadUnknown(Exception):
    """No payload of this kind and version is known here."""


class PayloadDamaged(Exception):
    """The bytes are no payload of their kind and version."""


@cache
def payload_class(place: str) -> type[Any]:
    """The class of a payload, by the room and name that ``VERSIONS`` gives."""
    room, _, name = place.partition(".")
    found: type[Any] = getattr(import_module(f"counter_app.domain.{room}"), name)
    return found


def kind_of(payload: Payload) -> tuple[Kind, int]:
    """Kind and version under which a payload is recorded."""
    return _WRITTEN[type(payload).__name__]


def is_known(kind: int, version: int) -> bool:
    """Whether this program can read payloads of a kind and version."""
    return (kind, version) in VERSIONS


def encode(payload: Payload) -> bytes:
    """The bytes to record; ValueError above 64 KiB."""
    data = msgspec.json.encode(payload)
    if len(data) > LARGEST_PAYLOAD:
        raise ValueError("payload above the size an entry may have")
    return data


def decode(kind: int, version: int, data: bytes) -> Payload:
    """Read recorded bytes back; ``PayloadUnknown`` or ``PayloadDamaged`` when that cannot be."""
    try:
        payload_type = payload_class(VERSIONS[Kind(kind), version])
    except (ValueError, KeyError):
        raise PayloadUnknown(f"kind {kind} version {version}") from None
    try:
        return msgspec.json.decode(data, type=payload_type)  # type: ignore[no-any-return]
    except (msgspec.MsgspecError, ValueError, RecursionError, Refused) as fault:
        raise PayloadDamaged(f"kind {kind} version {version}: {fault}") from fault
