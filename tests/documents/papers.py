"""Facts of papers as the office would print them, ordinary and extreme."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from counter_app.documents.acknowledgement import SlipFacts
from counter_app.documents.cash_slip import MoveFacts
from counter_app.documents.day_papers import ClosingFacts
from counter_app.documents.receipt import ReceiptFacts
from counter_app.documents.receipt_body import Change
from counter_app.domain.allocation import Head, Share
from counter_app.domain.approval import Approval, Way
from counter_app.domain.catalogue import Actor, ComplaintType, Extent
from counter_app.domain.complaint import ComplaintRegistered
from counter_app.domain.drawer import (
    Carried,
    CashMoved,
    Counted,
    DrawerClosed,
    HandoverAccepted,
    Move,
    Piece,
    TenderSum,
)
from counter_app.domain.office import Office
from counter_app.domain.payment import (
    PaymentTaken,
    Tender,
    TenderKind,
    card,
    cash,
    cheque,
    demand_draft,
    other,
    upi,
)
from counter_app.domain.service_level import Level, Rung, Service
from counter_app.domain.undoing import PaymentMoved, TendersCorrected, Why
from counter_app.words.say import Both

NOON = datetime(2026, 3, 12, 6, 13, 8, tzinfo=UTC)
TODAY = date(2026, 3, 12)
DUE_NOON = datetime(2026, 3, 18, 6, 13, 8, tzinfo=UTC)
LONG_HI = "श्रीमती सत्यवतीलक्ष्मी पत्नी स्व. श्री रामस्वरूप विश्वकर्मा"
LONG_EN = "Smt. Satyawatilakshmi W/o Late Shri Ramswaroop Vishwakarma"
LONG_ADDRESS = "म. 1143/22-ब, न्यू हाउसिंग बोर्ड कॉलोनी फेज-2, शिव मंदिर के पीछे, वार्ड 17, नवग्राम"
MOST = 99_99_999_00

OFFICE = Office(
    code="2214",
    location="2214070",
    name_hi="नवग्राम जोन",
    name_en="Navgram zone",
    company_hi="म.प्र. मध्य क्षेत्र विद्युत वितरण कंपनी लि.",
    company_en="M.P. Madhya Kshetra Vidyut Vitaran Co. Ltd.",
    division_hi="नवग्राम संभाग",
    division_en="Navgram division",
    helpline="1912",
    urban=True,
    counter=2,
    demo=False,
)
DEMO_OFFICE = replace(OFFICE, demo=True)


def payment(amount: int = 161800, *tenders: Tender, **changes: Any) -> PaymentTaken:
    """A payment of February's bill, in cash unless said."""
    taken = PaymentTaken(
        serial=4187,
        office="2214",
        counter=2,
        day=TODAY,
        consumer="N2204518731",
        bill_number="2214022601873",
        bill_month="2026-02",
        due_date=date(2026, 3, 18),
        due=161800,
        dues_as_of=NOON,
        amount=amount,
        tenders=tenders or (cash(amount, amount + 38200),),
        shares=(Share(Head.CURRENT_DUTY, 11800), Share(Head.CURRENT, amount - 11800)),
        order="9.10",
        advance=False,
        clerk="C2-07",
    )
    return replace(taken, **changes)


def receipt_facts(**changes: Any) -> ReceiptFacts:
    """The receipt of the picture."""
    facts = ReceiptFacts(
        office=OFFICE,
        number="2214-2-004187-Q7M",
        payment=payment(),
        name_hi="सुरेश मालवीय",
        name_en="Suresh Malviya",
        address="म. 114, गांधी मोहल्ला, वार्ड 7",
        at=NOON,
        printed_at=NOON,
        copy=1,
        reason="",
        clerk_name="रेखा पटेल",
        balance=0,
    )
    return replace(facts, **changes)


def provisional() -> ReceiptFacts:
    """Half in cash, half by UPI that nobody has confirmed; arrears, and something left."""
    taken = payment(
        161800,
        cash(100000, 100000),
        upi(61800, "607212345678"),
        due=200000,
        shares=(
            Share(Head.CURRENT_DUTY, 11800),
            Share(Head.ARREAR_DUTY, 8000),
            Share(Head.SURCHARGE, 2500),
            Share(Head.ARREAR, 77700),
            Share(Head.CURRENT, 61800),
        ),
    )
    return receipt_facts(payment=taken, balance=38200, office=DEMO_OFFICE)


def other_money() -> ReceiptFacts:
    """A registration of somebody without a connection, by UPI, on an application."""
    taken = payment(
        42000, upi(42000, "607212345678"), consumer="", charge="registration", bill_number="", bill_month="",
        due_date=None, due=42000, shares=(Share(Head.CURRENT, 42000),),
        order="MP gazette 31 May 2022; EZ11202603000123",
    )  # fmt: skip
    paid_for = Both("पंजीयन शुल्क", "Registration")
    return receipt_facts(payment=taken, paid_for=paid_for, name_hi="", name_en="", address="")


def every_way() -> ReceiptFacts:
    """Under protest, by cash, cheque, draft and another channel; nothing of it is certain."""
    tenders = (
        cash(100000, 100000), cheque(30000, "004217", "State Bank of India", TODAY, TODAY),
        demand_draft(20000, "114217", "Punjab National Bank, Navgram", TODAY, TODAY),
        other(11800, "HDFC0NB26031200417"),
    )  # fmt: skip
    return receipt_facts(payment=payment(161800, *tenders, protest=True))


def without_line() -> ReceiptFacts:
    """On the due day, while the centre could not be reached."""
    taken = payment(
        day=date(2026, 3, 18), within_due=True, offline=True, heard_at=DUE_NOON - timedelta(hours=2)
    )
    return receipt_facts(payment=taken, at=DUE_NOON, printed_at=DUE_NOON)


def of_a_basket() -> ReceiptFacts:
    """Counted together with others, under a clock in doubt."""
    return receipt_facts(payment=payment(basket=UUID(int=5), clock_doubted=True))


CODE = "7" * 252
"""As many digits as the code of a receipt has."""


AGREED = Approval("S01", Way.PASSWORD)
CORRECTED = TendersCorrected(
    5, "2214", 2, TODAY, UUID(int=3), 4187, "N2204518731", 161800, (cash(161800, 200000),),
    (upi(161800, "607212345678"),), -161800, Why.WRONG_TENDER, "", "C2-07", AGREED,
)  # fmt: skip
MOVED = PaymentMoved(
    6, "2214", 2, TODAY, UUID(int=3), 4187, "N2204518731", 161800, "N2204518734", "2214022601874",
    "2026-02", 161800, (Share(Head.CURRENT, 161800),), "9.10", Why.WRONG_CONSUMER, "", "C2-07", AGREED,
)  # fmt: skip


def put_right() -> ReceiptFacts:
    """A copy of a receipt whose way of paying was corrected, and which then was moved to another consumer."""
    changes = Change("2214-2-X00005-9AB", CORRECTED), Change("2214-2-X00006-1CD", MOVED)
    taken = payment(161800, upi(161800, "607212345678"))
    return receipt_facts(payment=taken, changes=changes, copy=2, reason="खो गई", code=CODE)


def longest() -> ReceiptFacts:
    """The longest names, the largest amount, an advance, a second copy."""
    taken = payment(
        MOST,
        card(MOST, "4821", "A 552910"),
        due=161800,
        shares=(Share(Head.CURRENT, 161800), Share(Head.ADVANCE, MOST - 161800)),
        due_date=date(2026, 3, 1),
    )
    return receipt_facts(
        payment=taken,
        name_hi=LONG_HI,
        name_en=LONG_EN,
        address=LONG_ADDRESS,
        copy=12,
        reason="उपभोक्ता की रसीद खो गई",
        balance=161800 - MOST,
        office=DEMO_OFFICE,
        printed_at=NOON + timedelta(days=3),
    )


SUPPLY_OFF = ComplaintType(
    code="SUP-04",
    key="11",
    group="supply",
    name_hi="एक घर की बिजली बंद",
    name_en="No supply in one house",
    priority=3,
    needs_consumer=True,
    words=(),
    anonymous=False,
    confidential=False,
    questions=(),
    actor=Actor("line", "लाइन स्टाफ", "Line staff", Level.ZONE),
    service="fuse_off",
    outage=Extent.PART,
    ends=True,
    source="SOP-WZ-2024",
)
FUSE_OFF = Service(
    key="fuse_off",
    name_hi="फ्यूज ऑफ कॉल",
    name_en="Fuse-off call",
    metro=(),
    urban=(Rung(Level.ZONE, timedelta(hours=4)),),
    rural=(Rung(Level.ZONE, timedelta(hours=24)),),
    same_day=False,
    compensation=10000,
    once=False,
    source="SOP-WZ-2024",
)
WIRE_DOWN = replace(
    SUPPLY_OFF,
    code="SAF-02",
    key="91",
    group="danger",
    name_hi="टूटा / गिरा / झूलता तार",
    name_en="Live wire broken, fallen or hanging low",
    priority=1,
    needs_consumer=False,
    service="",
    outage=None,
)


def registered(**changes: Any) -> ComplaintRegistered:
    """A house without supply."""
    made = ComplaintRegistered(
        serial=318,
        office="2214",
        counter=2,
        day=TODAY,
        consumer="N2204518731",
        type="SUP-04",
        priority=3,
        urban=True,
        mobile="9826748210",
        landmark="शिव मंदिर के पास",
        note="",
        dtr="2214070018",
        registered_at=NOON,
        due_at=NOON + timedelta(hours=4),
        rules="SOP-WZ-2024",
        clerk="C2-07",
    )
    return replace(made, **changes)


def slip_facts(**changes: Any) -> SlipFacts:
    """The slip of the picture."""
    facts = SlipFacts(
        office=OFFICE,
        number="2214-2-C00318-7KD",
        registered=registered(),
        type=SUPPLY_OFF,
        service=FUSE_OFF,
        name_hi="सुरेश मालवीय",
        name_en="Suresh Malviya",
        address="म. 114, गांधी मोहल्ला, वार्ड 7",
        at=NOON,
        printed_at=NOON,
        copy=1,
        reason="",
        clerk_name="रेखा पटेल",
        claim_days=30,
    )
    return replace(facts, **changes)


def danger() -> SlipFacts:
    """A wire on the road, told by somebody without a number."""
    made = registered(
        consumer="",
        type="SAF-02",
        priority=1,
        due_at=None,
        landmark="बस स्टैंड के सामने, राष्ट्रीय राजमार्ग पर, खंभा क्र. GM-18/6 के पास, पुराने पेट्रोल पंप से आगे",
        note="तार सड़क पर पड़ा है, चिंगारी निकल रही है, लोग दूर खड़े हैं",
    )
    return slip_facts(
        registered=made,
        type=WIRE_DOWN,
        service=None,
        name_hi="",
        name_en="",
        address="",
        office=DEMO_OFFICE,
        copy=2,
    )


Z = DrawerClosed(
    UUID(int=9), "C2-07", TODAY, expected=46_280_00, counted=46_010_00, note="₹50 का एक नोट फटा", serial=12,
    office="2214", counter=2,
    counts=(
        Counted(Piece.NOTE, 500_00, 58), Counted(Piece.NOTE, 200_00, 31), Counted(Piece.NOTE, 100_00, 64),
        Counted(Piece.NOTE, 50_00, 41), Counted(Piece.NOTE, 20_00, 63), Counted(Piece.NOTE, 10_00, 74),
        Counted(Piece.COIN, 20_00, 4), Counted(Piece.COIN, 10_00, 12), Counted(Piece.COIN, 5_00, 17),
        Counted(Piece.COIN, 2_00, 21), Counted(Piece.COIN, 1_00, 33),
    ),
    opening=2_000_00, cash=54_280_00, moved_in=5_000_00, moved_out=15_000_00,
    tenders=(
        TenderSum(TenderKind.CASH, 61, 54_280_00), TenderSum(TenderKind.UPI, 22, 31_115_00),
        TenderSum(TenderKind.CARD, 3, 4_210_00),
    ),
    receipts=84, first=4101, last=4187, cancelled=2, cancelled_amount=2_410_00, corrected=1, copies=3,
    unlocked=2, perpetual=1_18_42_551_00, undone=84_310_00,
    carried=(
        Carried("confirmed", "", 28_400_00), Carried("failed", "2214-2-004071", 618_00),
        Carried("refund", "2214-2-004066", 1_275_00),
    ),
    reason="UPI की रसीद नकद लिखी गई, रसीद 004171", approved=Approval("S01", Way.PASSWORD), kept=2_000_00,
)  # fmt: skip


def closing_facts(report: DrawerClosed = Z, **changes: Any) -> ClosingFacts:
    """The closing of the picture: ₹270 short."""
    facts = ClosingFacts(
        OFFICE, "2214-2-Z00012-4KD", report, NOON - timedelta(hours=2), NOON + timedelta(hours=5),
        NOON + timedelta(hours=5), 1, "", "रेखा पटेल", "अजय चौहान",
        faces=tuple((one.piece, one.face) for one in Z.counts),
    )  # fmt: skip
    return replace(facts, **changes)


def longest_closing() -> ClosingFacts:
    """Everything at its longest, in the invented office, as a copy."""
    report = replace(
        Z, expected=MOST, counted=MOST, note=LONG_HI * 3, reason=LONG_EN * 3, kept=0,
        counts=tuple(replace(one, pieces=99_999) for one in Z.counts), handed_to="M11",
        carried=tuple(Carried("dishonoured", f"2214-2-00{n:04d}", MOST) for n in range(40)),
    )  # fmt: skip
    return closing_facts(
        report,
        office=DEMO_OFFICE,
        copy=3,
        reason=LONG_HI,
        clerk_name=LONG_HI,
        second_name=LONG_HI,
        receiver_name=LONG_HI,
    )


def move_facts(payload: CashMoved | HandoverAccepted | None = None, **changes: Any) -> MoveFacts:
    """A drop of ₹15,000."""
    dropped = CashMoved(
        7, "2214", 2, UUID(int=9), "C2-07", TODAY, Move.DROP, 15_000_00, "", "S01",
        Approval("S01", Way.PASSWORD),
    )  # fmt: skip
    facts = MoveFacts(
        OFFICE, "2214-2-M00007-0QX", payload or dropped, "", NOON, NOON, 1, "", "रेखा पटेल", "अजय चौहान",
        "अजय चौहान",
    )  # fmt: skip
    return replace(facts, **changes)


def change() -> MoveFacts:
    """Small money brought in."""
    payload = CashMoved(
        8, "2214", 2, UUID(int=9), "C2-07", TODAY, Move.CHANGE, 5_000_00, LONG_HI * 2, LONG_EN, None
    )
    return move_facts(payload, other_name=LONG_EN, second_name="", copy=2, reason="खो गई", office=DEMO_OFFICE)


def taken_over() -> MoveFacts:
    """Cash of a closed drawer, ₹30 less than was said."""
    payload = HandoverAccepted(
        9, "2214", 2, UUID(int=9), "M11", TODAY, UUID(int=3), "C2-07", 46_010_00, 45_980_00, "₹30 कम"
    )
    return move_facts(
        payload, closing="2214-2-Z00012-4KD", clerk_name="महेश वर्मा", other_name="रेखा पटेल", second_name=""
    )
