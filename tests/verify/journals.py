"""Journals made by hand, signed with a fixed key: whole ones, and ones that lie in a chosen way."""

import base64
import hashlib
import json
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.acts import (
    BackupPlacesChosen,
    CopyAsked,
    FileHandedOut,
    FileKind,
    FilesHandedOut,
    FilesImported,
    FileTaken,
    NotAllowedTried,
    NumberGap,
    Paper,
    PaperOutcome,
    PaperState,
    PinSet,
    Purpose,
    RecoveryCodeDrawn,
    SegmentOpened,
    SignedIn,
    SignedOut,
    SignInRefused,
    StaffChange,
    StaffChanged,
)
from counter_app.domain.allocation import Head, Share
from counter_app.domain.approval import Approval, Way
from counter_app.domain.clock import ClockDecided, ClockFault, ClockFound, Decision
from counter_app.domain.complaint import (
    Answered,
    CallMade,
    CentralNumberNoted,
    CompensationClaimed,
    ComplaintRegistered,
    ComplaintStep,
    Consent,
    OutageTold,
    PictureAttached,
    Seen,
    Stage,
)
from counter_app.domain.days import to_millis
from counter_app.domain.drawer import (
    Carried,
    CashMoved,
    Counted,
    DepositNoted,
    DrawerClosed,
    DrawerOpened,
    DrawerUnlocked,
    HandoverAccepted,
    Move,
    Piece,
    TenderSum,
)
from counter_app.domain.entry import NO_HASH, NOBODY, NOWHERE, Entry, Header, Place, commitment
from counter_app.domain.payment import PaymentTaken, TenderKind, card, cash, cheque, other, upi
from counter_app.domain.priority import Priority, PriorityGiven
from counter_app.domain.service_level import Due, Level
from counter_app.domain.task import Task
from counter_app.domain.undoing import (
    Outcome,
    PaymentCancelled,
    PaymentMoved,
    RefundAsked,
    StatementRead,
    TaskDone,
    TendersCorrected,
    TenderSettled,
    Why,
)
from counter_app.wire.payloads import Payload, encode, kind_of

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC_KEY = KEY.public_key().public_bytes_raw()
DEVICE = UUID(bytes=hashlib.sha256(PUBLIC_KEY).digest()[:16])
BOOT = UUID("0c6f5a52-6e0b-4f0e-9a55-3f1f0d2c7b10")
CLERK = UUID("7e1d8f0a-52c4-4b6e-8d2f-9b7a3c5e1f04")
AT = datetime(2026, 3, 12, 6, 13, 8, tzinfo=UTC)
DAY = date(2026, 3, 12)
DRAWER = UUID("5b0f3c9e-1d24-4c8a-b7e6-0a9d8c7b6a51")
SEGMENTS = (0x0123456789ABCDEF, 0xFEDCBA9876543210, 0x0F1E2D3C4B5A6978, 0xC0FFEE0000000001)


def payment(serial: int, *, advance: bool = False) -> PaymentTaken:
    """₹1,618 in cash, by UPI and by card."""
    return PaymentTaken(
        serial=serial, office="2214", counter=2, day=DAY, consumer="N2204518731", bill_number="26020000187",
        bill_month="2026-02", due_date=date(2026, 3, 18), due=1618_00, dues_as_of=AT, amount=1618_00,
        tenders=(cash(900_00, 1000_00), upi(618_00, "412345678901"), card(100_00, "4321", "A1")),
        shares=(Share(Head.CURRENT_DUTY, 118_00), Share(Head.CURRENT, 1500_00)), order="sc-2013-9.10",
        advance=advance, clerk="R07",
    )  # fmt: skip


COMPLAINT = ComplaintRegistered(
    serial=1, office="2214", counter=2, day=DAY, consumer="N2204518731", type="21", priority=3, urban=True,
    mobile="6666648210", landmark="शिव मंदिर के पास", note="सुबह से बंद है", dtr="2214017",
    registered_at=AT, due_at=AT + timedelta(hours=4), rules="mpcz-2012", clerk="R07",
)  # fmt: skip


FILE = FileTaken(
    FileKind.BILLS, "बिल_FEB-2026.csv", "9f" * 32, read=650, taken=600, changed=7, unchanged=41, rejected=2
)

WRITTEN = (
    FileHandedOut("payments.csv", "4d" * 32, 41),
    FileHandedOut("complaints.csv", "e0" * 32, 0),
)


@dataclass(frozen=True)
class Act:
    """What an entry records, in which of the segments, for which drawer."""

    payload: Payload
    drawer: UUID = NOBODY
    money: int = 0
    segment: int = 0
    version: int = 1


# The last field of payloads that have grown since, and of the tenders in them.
ENDED = {
    PaymentTaken: "clerk", DrawerClosed: "note", NumberGap: "complaints",
    ComplaintRegistered: "clerk", ComplaintStep: "note",
}  # fmt: skip
TENDER_ENDED = "confirmed"


def written(act: Act) -> bytes:
    """The payload's bytes, in the version that the act asks for."""
    if act.version != 1 or type(act.payload) not in ENDED:
        return encode(act.payload)
    fields = _upto(json.loads(encode(act.payload)), ENDED[type(act.payload)])
    if "tenders" in fields:
        fields["tenders"] = [_upto(tender, TENDER_ENDED) for tender in fields["tenders"]]
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode()


def _upto(fields: dict[str, object], last: str) -> dict[str, object]:
    names = [*fields]
    return {name: fields[name] for name in names[: names.index(last) + 1]}


def act_of(number: int) -> UUID:
    """The UUID of the act of the entry with this number, from 1."""
    return UUID(f"0195f2a0-0000-4000-8000-{number:012d}")


ACTS = (
    Act(SegmentOpened("0.1.0", "3.53.4", "2214", 2)),
    Act(SignInRefused("R07", known=True)),
    Act(SignedIn("R07", "cashier")),
    Act(DrawerOpened(DRAWER, "R07", DAY, 0), drawer=DRAWER),
    Act(payment(1), drawer=DRAWER, money=1618_00),
    Act(PaperOutcome(act_of(5), PaperState.CONFIRMED, "TM-T82")),
    Act(COMPLAINT),
    Act(SegmentOpened("0.1.0", "3.53.4", "2214", 2), segment=1),
    Act(ComplaintStep(act_of(7), Stage.ATTENDED, AT, "R07", "काम पूरा"), segment=1),
    Act(CopyAsked(Paper.RECEIPT, act_of(5), "", "", 2, "कागज़ फटा"), segment=1),
    Act(payment(2, advance=True), drawer=DRAWER, money=1618_00, segment=1),
    Act(NotAllowedTried("R07", "verify"), segment=1),
    Act(DrawerClosed(DRAWER, "R07", DAY, 1800_00, 1790_00, "₹10 कम"), drawer=DRAWER, segment=1),
    Act(SignedOut("R07"), segment=1),
    Act(FilesImported("S01", (FILE,)), segment=1),
    Act(FilesHandedOut("S01", Purpose.BILLING, WRITTEN), segment=1),
)

GAP = Act(NumberGap(4190, 318), segment=1)

HEAD = {"office": "2214", "counter": 2, "day": DAY}
UNDONE = {"receipt": act_of(5), "receipt_serial": 4191, "consumer": "N2204518731", "amount": 1618_00}
WHY = {"why": Why.WRONG_CONSUMER, "note": "पड़ोसी का बिल", "clerk": "R07"}
OTHER_DRAWER = UUID("6b0f3c9e-1d24-4c8a-b7e6-0a9d8c7b6a52")
APPROVED = Approval("S01", Way.PIN)
CHEQUE = cheque(618_00, "004217", "State Bank of India", date(2026, 3, 10), DAY)
CORRECTED = (cash(1000_00, 1000_00), other(618_00, "NEFT0042170"))
Z = DrawerClosed(
    OTHER_DRAWER, "R07", DAY, expected=2300_00, counted=2290_00, note="₹10 कम", serial=13, office="2214",
    counter=2, counts=(Counted(Piece.NOTE, 500_00, 4), Counted(Piece.COIN, 10_00, 29)), opening=0,
    cash=1000_00, moved_in=1800_00, moved_out=500_00, tenders=(TenderSum(TenderKind.CASH, 1, 1000_00),),
    receipts=2, first=4191, last=4192, cancelled=1, cancelled_amount=1618_00, corrected=1, copies=1,
    unlocked=1, perpetual=6472_00, undone=1618_00, carried=(Carried("dishonoured", "2214-2-000007", 618_00),),
    reason="change", approved=APPROVED, kept=500_00,
)  # fmt: skip

# What the money drawer brought: the kinds from then on, and the second versions.
MONEY_ACTS = (
    Act(SegmentOpened("0.1.0", "3.53.4", "2214", 2)),
    Act(NumberGap(4190, 318, 5, 7, 12), version=2),
    Act(PinSet("S01")),
    Act(DrawerOpened(OTHER_DRAWER, "R07", DAY, 0), drawer=OTHER_DRAWER),
    Act(
        replace(payment(4191), tenders=(cash(1000_00, 1000_00), CHEQUE), protest=True, basket=act_of(5),
                within_due=True, offline=True, heard_at=AT, clock_doubted=True),
        drawer=OTHER_DRAWER, money=1618_00, version=2,
    ),
    Act(payment(4192), drawer=OTHER_DRAWER, money=1618_00, version=2),
    Act(
        CashMoved(8, "2214", 2, OTHER_DRAWER, "R07", DAY, Move.DROP, 500_00, "", "H01", APPROVED),
        drawer=OTHER_DRAWER,
    ),
    Act(
        HandoverAccepted(9, "2214", 2, OTHER_DRAWER, "R07", DAY, act_of(3), "R08", 1800_00, 1800_00, ""),
        drawer=OTHER_DRAWER,
    ),
    Act(DrawerUnlocked(OTHER_DRAWER, "R07", DAY, "छुट्टे"), drawer=OTHER_DRAWER),
    Act(
        TendersCorrected(serial=6, **HEAD, **UNDONE, before=payment(4191).tenders, tenders=CORRECTED, cash=0,
                         **WHY, approved=APPROVED),
        drawer=OTHER_DRAWER,
    ),
    Act(
        PaymentMoved(serial=7, **HEAD, **UNDONE, to_consumer="N2204518732", to_bill_number="26020000188",
                     to_bill_month="2026-02", to_due=1700_00, shares=(Share(Head.CURRENT, 1618_00),),
                     order="sc-2013-9.10", **WHY, approved=APPROVED),
        drawer=OTHER_DRAWER,
    ),
    Act(
        PaymentCancelled(serial=8, **HEAD, **UNDONE, cash_back=1000_00, **WHY,
                         approved=Approval("S01", Way.TELEPHONE)),
        drawer=OTHER_DRAWER,
    ),
    Act(RefundAsked(serial=9, **HEAD, **UNDONE, **WHY)),
    Act(
        TenderSettled(act_of(6), 4192, "N2204518731", 1, 618_00, Outcome.CONFIRMED, "412345678901", DAY,
                      "9f" * 32, 0, "S01"),
    ),
    Act(StatementRead("S01", "upi.csv", "9f" * 32, rows=3, matched=1, unmatched=1, known=1)),
    Act(TaskDone(Task.REFUND, act_of(13), "चेक से लौटाया", "S01")),
    Act(ClockFound(ClockFault.BACK, -3600, "R07")),
    Act(ClockDecided(Decision.GO_ON, "S01")),
    Act(Z, drawer=OTHER_DRAWER, version=2),
    Act(DepositNoted(act_of(19), DAY, 1790_00, "SBI Navgram", "00042", "R07")),
)  # fmt: skip

# What the life of a complaint brought: its second versions, and the kinds from then on.
COMPLAINT_ACTS = (
    Act(SegmentOpened("0.1.0", "3.53.4", "2214", 2)),
    Act(
        replace(COMPLAINT, consumer="", type="SUP-02", priority=2, landmark="शिव मंदिर", feeder="F-07",
                pole="GM-18/6", answers=(Answered("consumers", "40"),),
                ladder=(Due(Level.ZONE, AT + timedelta(hours=24)), Due(Level.DIVISION, None))),
        version=2,
    ),
    Act(replace(COMPLAINT, serial=2, feeder="F-07", joined=act_of(2), ends=True), version=2),
    Act(ComplaintStep(act_of(2), Stage.ASSIGNED, AT, "R07", "", (), "लाइन टीम 2"), version=2),
    Act(
        ComplaintStep(act_of(2), Stage.ATTENDED, AT + timedelta(hours=1), "R07", "फ्यूज बदला",
                      (Seen(act_of(4)),)),
        version=2,
    ),
    Act(
        ComplaintStep(act_of(9), Stage.MERGED, AT, "R07", "", (Seen(act_of(7)), Seen(act_of(8))), "",
                      act_of(2), ends=True),
        version=2,
    ),
    Act(ComplaintStep(act_of(10), Stage.TRANSFERRED, AT, "R07", "", (), "2215"), version=2),
    Act(
        ComplaintStep(act_of(2), Stage.CLOSED, AT + timedelta(hours=2), "R07", "", (Seen(act_of(5)),),
                      consent=Consent.CODE),
        version=2,
    ),
    Act(CentralNumberNoted(act_of(2), "2026031200318", AT, "R07")),
    Act(OutageTold(act_of(2), "जम्पर टूटा", AT + timedelta(hours=2), AT, "R07")),
    Act(CompensationClaimed(act_of(2), 100_00, AT + timedelta(hours=4), AT + timedelta(hours=9), AT, "R07")),
    Act(CallMade(act_of(2), "JE", "07552551222", AT, "R07")),
)  # fmt: skip

# What the window notes beside complaints and money.
WINDOW_ACTS = (
    Act(SegmentOpened("0.1.0", "3.53.4", "2214", 2)),
    Act(PriorityGiven(Priority.SENIOR, date(2026, 3, 12), "R07")),
)

# Photos and scans beside complaints: a picture in two parts.
PICTURE = hashlib.sha256(b"\xff\xd8\xff\xe0\xff\xd9").hexdigest()
PICTURE_ACTS = (
    Act(SegmentOpened("0.1.0", "3.53.4", "2214", 2)),
    Act(COMPLAINT, version=2),
    Act(PictureAttached(act_of(2), PICTURE, 1, 2, b"\xff\xd8\xff", AT, "R07")),
    Act(PictureAttached(act_of(2), PICTURE, 2, 2, b"\xe0\xff\xd9", AT, "R07")),
)

# What is decided about copies of the data.
BACKUP_ACTS = (
    Act(SegmentOpened("0.1.0", "3.53.4", "2214", 2)),
    Act(BackupPlacesChosen("ADM", 2)),
    Act(RecoveryCodeDrawn("ADM")),
)

# Who works here, where no centre says it.
STAFF_ACTS = (
    Act(SegmentOpened("0.1.0", "3.53.4", "2214", 2)),
    Act(StaffChanged("ADM", "R09", "cashier", StaffChange.ADDED)),
)

Change = Callable[[int, Header], Header]


def unchanged(_number: int, header: Header) -> Header:
    """The header as the program would write it."""
    return header


def at_number(number: int, **changes: object) -> Change:
    """Change fields of the header of one entry before it is signed."""
    return lambda n, header: replace(header, **changes) if n == number else header  # type: ignore[arg-type]


def journal(acts: Sequence[Act] = ACTS, change: Change = unchanged) -> list[Entry]:
    """Entries of the acts in their order. ``change`` may alter a header (by its number from 1) before it
    is hashed and signed: what it does is a lie told by somebody who has the key.
    """
    made: list[Entry] = []
    for number, act in enumerate(acts, 1):
        made.append(entry_after(number, act, made[-1] if made else None, change))
    return made


def entry_after(number: int, act: Act, before: Entry | None, change: Change = unchanged) -> Entry:
    """The entry of an act that follows another one, or opens a segment there."""
    kind, _ = kind_of(act.payload)
    payload, salt = written(act), hashlib.sha256(f"salt {number}".encode()).digest()
    last = before.header if before else None
    follows = last is not None and last.place.segment == SEGMENTS[act.segment]
    header = Header(
        kind=kind,
        kind_version=act.version,
        place=Place(SEGMENTS[act.segment], last.place.seq + 1 if last and follows else 1),
        previous=before.hash if before else NO_HASH,
        parent=last.place if last and not follows else NOWHERE,
        wall_ms=to_millis(AT) + number * 1000,
        steady_ms=5_000_000 + number * 1000,
        boot=BOOT,
        device=DEVICE,
        person=CLERK,
        act=act_of(number),
        drawer=act.drawer,
        running_total=(last.running_total if last else 0) + act.money,
        payload_size=len(payload),
        commitment=commitment(salt, payload),
        zone_minutes=330,
    )
    return sealed(change(number, header), payload, salt)


def sealed(header: Header, payload: bytes, salt: bytes, key: Ed25519PrivateKey = KEY) -> Entry:
    """An entry with a true signature."""
    unsigned = Entry(header.packed(), payload, salt, b"")
    return replace(unsigned, signature=key.sign(unsigned.hash))


FIRST = {
    "format": "counter-journal",
    "version": 1,
    "device": str(DEVICE),
    "public_key": PUBLIC_KEY.hex(),
}


def anchor(entry: Entry, receipts: int, complaints: int, turn: int = 1) -> bytes:
    """The second file of a counter that wrote only this into it, as its turn."""
    place = entry.header.place
    slot = struct.pack(
        ">8sQQQ32s64sQQ", b"CTRANCH1", turn, place.segment, place.seq, entry.hash, entry.signature,
        receipts, complaints,
    )  # fmt: skip
    written = (slot + hashlib.sha256(slot).digest()).ljust(4096, b"\0")
    return bytes(4096) + written if turn % 2 else written + bytes(4096)


def lines(entries: Sequence[Entry]) -> list[bytes]:
    """The export of some entries."""
    return [json.dumps(FIRST, separators=(",", ":")).encode() + b"\n", *map(line, entries)]


def line(entry: Entry) -> bytes:
    """An entry as a line of an export."""
    parts = {
        "header": base64.b64encode(entry.packed_header).decode(),
        "payload": base64.b64encode(entry.payload).decode(),
        "salt": base64.b64encode(entry.salt).decode(),
        "signature": base64.b64encode(entry.signature).decode(),
    }
    return json.dumps(parts, separators=(",", ":")).encode() + b"\n"
