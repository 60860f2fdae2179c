"""Facts of papers as the office would print them, ordinary and extreme."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from counter_app.documents.acknowledgement import SlipFacts
from counter_app.documents.receipt import ReceiptFacts
from counter_app.domain.allocation import Head, Share
from counter_app.domain.complaint import ComplaintRegistered, ComplaintType
from counter_app.domain.office import Office
from counter_app.domain.payment import PaymentTaken, Tender, card, cash, upi

NOON = datetime(2026, 3, 12, 6, 13, 8, tzinfo=UTC)
TODAY = date(2026, 3, 12)
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


def payment(amount: int = 161800, *tenders: Tender, **changes: object) -> PaymentTaken:
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
    return replace(taken, **changes)  # type: ignore[arg-type]


def receipt_facts(**changes: object) -> ReceiptFacts:
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
    return replace(facts, **changes)  # type: ignore[arg-type]


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
    urban_limit=timedelta(hours=4),
    rural_limit=timedelta(hours=24),
    compensation=10000,
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
    urban_limit=None,
    rural_limit=None,
    compensation=None,
)


def registered(**changes: object) -> ComplaintRegistered:
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
    return replace(made, **changes)  # type: ignore[arg-type]


def slip_facts(**changes: object) -> SlipFacts:
    """The slip of the picture."""
    facts = SlipFacts(
        office=OFFICE,
        number="2214-2-C00318-7KD",
        registered=registered(),
        type=SUPPLY_OFF,
        name_hi="सुरेश मालवीय",
        name_en="Suresh Malviya",
        address="म. 114, गांधी मोहल्ला, वार्ड 7",
        at=NOON,
        printed_at=NOON,
        copy=1,
        reason="",
        clerk_name="रेखा पटेल",
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


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
        registered=made, type=WIRE_DOWN, name_hi="", name_en="", address="", office=DEMO_OFFICE, copy=2
    )
