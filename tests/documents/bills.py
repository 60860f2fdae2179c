"""Facts of bills, ordinary and extreme."""

from dataclasses import replace
from datetime import UTC, date, datetime

from counter_app.documents.bill import BillFacts
from counter_app.documents.bill_charges import BillPayment
from counter_app.domain.allocation import Head
from counter_app.domain.bill import (
    Bill,
    Charge,
    ChargeLine,
    Measured,
    MonthUse,
    Reading,
    SlabLine,
    payable,
)
from counter_app.domain.bill_messages import About, BillMessage
from counter_app.domain.consumer import Consumer, Supply
from counter_app.domain.days import Month
from counter_app.domain.office import Officer, Post
from counter_app.domain.payee import Payee
from counter_app.domain.ruling import Confidence, Ruling
from tests.documents.papers import DEMO_OFFICE, LONG_EN, LONG_HI, NOON, OFFICE, TODAY

ORDER = (Head.CURRENT_DUTY, Head.ARREAR_DUTY, Head.SURCHARGE, Head.ARREAR, Head.CURRENT)
FEBRUARY = Month(2026, 2)
USES = (186, 198, 241, 318, 352, 287, 246, 238, 221, 204, 192, 188, 200)

CONSUMER = Consumer(
    number="N2204518731",
    name_hi="सुरेश मालवीय",
    name_en="Suresh Malviya",
    relation="father",
    relation_hi="श्री रामदीन",
    relation_en="Shri Ramdin",
    house="114",
    locality_hi="गांधी मोहल्ला",
    locality_en="Gandhi Mohalla",
    ward="7",
    mobile="9826748210",
    meter="40718266",
    old_number="2214 0226 018731",
    tariff="LV-1.2",
    purpose="घरेलू",
    urban=True,
    load=2000,
    phases=1,
    feeder="F-07",
    feeder_hi="गांधी मोहल्ला",
    feeder_en="Gandhi Mohalla",
    dtr="2214070018",
    pole="GM-18/6",
    group="14",
    diary="22",
    supply=Supply.LIVE,
    connected_on=date(2009, 6, 1),
    deposit=250000,
)
LONGEST_CONSUMER = replace(
    CONSUMER,
    name_hi=LONG_HI,
    name_en=LONG_EN,
    relation="husband",
    relation_hi="स्व. श्री रामस्वरूप विश्वकर्मा",
    house="1143/22-ब",
    locality_hi="न्यू हाउसिंग बोर्ड कॉलोनी फेज-2, शिव मंदिर के पीछे, पुराने बस स्टैंड के पास",
    feeder="33/11 KV NAVGRAM INDUSTRIAL F-07",
    purpose="घरेलू एवं गैर-घरेलू मिश्रित उपयोग",
)
BILL = Bill(
    number="2214022601873",
    consumer="N2204518731",
    month=FEBRUARY,
    issued=date(2026, 2, 26),
    due=date(2026, 3, 18),
    basis="actual",
    tariff="LV-1.2",
    rates="2022-23",
    meter="40718266",
    previous=Reading(date(2026, 1, 25), 14182),
    current=Reading(date(2026, 2, 24), 14382),
    factor=1,
    metered=200,
    assessed=0,
    charges=(
        ChargeLine(Charge.ENERGY, 110300),
        ChargeLine(Charge.FPPAS, 1158),
        ChargeLine(Charge.FIXED, 39200),
        ChargeLine(Charge.DUTY, 11800),
        ChargeLine(Charge.SUBSIDY, -700),
    ),
    slabs=(
        SlabLine(0, 50, 445, 50, 22250),
        SlabLine(50, 150, 541, 100, 54100),
        SlabLine(150, 300, 679, 50, 33950),
    ),
    fixed_steps=(14, 2800),
    arrear=0,
    arrear_duty=0,
    surcharge=0,
    net=161800,
    late_surcharge=2000,
)
PAYMENTS = (
    BillPayment("2026-01", date(2026, 2, 14), "नकद", "Cash", 158400, "2214-2-003114-Q7M"),
    BillPayment("2025-12", date(2026, 1, 15), "पोर्टल", "Portal", 156000, "601512345678"),
)
MESSAGES = (
    BillMessage(
        About.SHUTDOWN, "लाइन का रखरखाव", "Upkeep of the line",
        datetime(2026, 3, 14, 4, 30, tzinfo=UTC), datetime(2026, 3, 14, 8, 30, tzinfo=UTC),
    ),
    BillMessage(About.NO_SUBSIDY, units=150),
    BillMessage(About.WRONG_BILL, days=5),
)  # fmt: skip
OFFICERS = (
    Officer(Post.AE, "", "", "अजय चौहान", "Ajay Chauhan", "0755-2551001"),
    Officer(Post.EE, "", "", "सुनीता वर्मा", "Sunita Verma", "0755-2551002"),
)


def history(uses: tuple[int, ...] = USES) -> tuple[MonthUse, ...]:
    """So many months up to February."""
    first = FEBRUARY.plus(1 - len(uses))
    return tuple(
        MonthUse(first.plus(place), units, 12000 + 200 * place, units * 800, "actual")
        for place, units in enumerate(uses)
    )


def bill_facts(**changes: object) -> BillFacts:
    """The bill of the picture."""
    facts = BillFacts(
        office=OFFICE,
        consumer=CONSUMER,
        bill=BILL,
        payable=payable(BILL, 0, TODAY, ORDER),
        history=history(),
        payments=PAYMENTS,
        copy=2,
        printed_at=NOON,
        clerk_name="रेखा पटेल",
        messages=MESSAGES,
        officers=OFFICERS,
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def by_demand() -> BillFacts:
    """A shop whose tariff goes by demand: contract demand, power factor, hours, deposit still wanting."""
    measured = Measured(
        12000, 11400, apparent=True, power_factor=925, prepaid=True,
        by_window=(("TOD1", 40), ("TOD2", 30), ("TOD3", 90), ("TOD4", 40)),
    )  # fmt: skip
    months = tuple(replace(one, measured=replace(measured, recorded=9000 + one.units)) for one in history())
    shop = replace(CONSUMER, tariff="LV-2.2", purpose="non-domestic", load=12000, phases=3)
    bill = replace(BILL, tariff="LV-2.2", measured=measured, deposit_pending=120000)
    return bill_facts(consumer=shop, bill=bill, history=months)


def crowded() -> BillFacts:
    """Every row there can be, after the due date, partly paid, with the largest sums and longest names."""
    bill = replace(
        BILL,
        due=date(2026, 3, 5),
        basis="assessed",
        previous=Reading(date(2026, 1, 25), 14182),
        current=Reading(date(2026, 2, 24), 999999),
        assessed=98765,
        charges=(*BILL.charges, *(ChargeLine(head, -123456) for head in Charge if not BILL.charge(head))),
        slabs=(
            *BILL.slabs,
            SlabLine(300, 500, 699, 200, 139800),
            SlabLine(500, None, 745, 98465, 73356425),
        ),
        arrear=99_99_999_00,
        arrear_duty=1234500,
        surcharge=5678900,
        net=99_99_999_00 + 1234500 + 5678900 + 38300,
        late_surcharge=1250000,
    )
    return bill_facts(
        office=DEMO_OFFICE,
        consumer=LONGEST_CONSUMER,
        bill=bill,
        payable=payable(bill, 161800, TODAY, ORDER),
        history=history((98765, *USES[1:-1], 98965)),
        copy=12,
        reason="उपभोक्ता की प्रति खो गई",
        messages=tuple(
            BillMessage(
                About.COMPANY, "अपना मोबाइल नंबर काउंटर पर दर्ज कराएँ। " * 4, "Give your mobile number. " * 7
            )
            for _ in range(3)
        )
        + MESSAGES,
    )


PAYEE = Payee(
    Ruling("Circular 7", date(2026, 1, 1), None, "company", "S", Confidence.MEDIUM),
    "company.bills@examplebank", "Navgram Vidyut", "4900",
)  # fmt: skip


def payable_by_upi() -> BillFacts:
    """A bill of a company that has named whom UPI apps pay."""
    return bill_facts(payee=PAYEE)


def credit() -> BillFacts:
    """More paid than billed; nothing known of earlier months and payments."""
    return bill_facts(
        payable=payable(BILL, 500000, TODAY, ORDER),
        history=(),
        payments=(),
        consumer=replace(CONSUMER, relation="", relation_hi="", ward="", mobile="", urban=False),
        bill=replace(BILL, fixed_steps=None),
    )
