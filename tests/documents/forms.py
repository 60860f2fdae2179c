"""Papers of each kind that has a ready-made form, as unlike as they can be."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from counter_app.documents.bill import bill
from counter_app.documents.certificate import no_dues
from counter_app.documents.day_report import day_report
from counter_app.documents.page import Document, Sheet
from counter_app.documents.receipt import receipt
from counter_app.documents.statement import statement
from counter_app.domain.bill import Charge, ChargeLine, Measured, MonthUse, Reading, SlabLine, payable
from counter_app.domain.days import Month
from counter_app.domain.drawer import Counted, Piece
from counter_app.resources import resource
from counter_app.words.say import Language, read_po
from tests.documents.accounts import (
    PAPER,
    empty_statement,
    longest_statement,
    no_dues_facts,
    no_dues_in_advance,
    statement_facts,
)
from tests.documents.bills import (
    BILL,
    CONSUMER,
    ORDER,
    PAYEE,
    bill_facts,
    by_demand,
    credit,
    crowded,
)
from tests.documents.papers import (
    CODE,
    LONG_HI,
    NOON,
    OFFICE,
    Z,
    closing_facts,
    every_way,
    longest,
    longest_closing,
    other_money,
    provisional,
    put_right,
    receipt_facts,
)
from tests.documents.test_receipts import longest_ways, many_heads


def catalogued() -> dict[str, set[str]]:
    """Every text of the catalogues without a fact in it, as papers say it: the English it comes from."""
    found: dict[str, set[str]] = {}
    for file in resource("locale", "hi", "LC_MESSAGES").glob("*.po"):
        for english, hindi in read_po(file).items():
            if "{" not in english:
                for text in (english, hindi, f"{hindi} {english}"):
                    found.setdefault(text, set()).add(english)
    return found


def _others(document: Document, sheet: int, *more: Document) -> list[Sheet]:
    return [one.sheets[sheet] for one in (document, *more)]


TOMORROW = NOON + timedelta(days=1, minutes=7)
_OTHER_COUNTER = replace(OFFICE, counter=3)
_ELSE: dict[str, Any] = {
    "number": "2214-2-004188-ZZ9",
    "clerk_name": "मोहन",
    "at": TOMORROW,
    "printed_at": TOMORROW,
    "code": CODE[1:] + "1",
}
_NEIGHBOUR = replace(
    CONSUMER,
    number="N2204518799",
    name_hi="गीता बाई",
    name_en="Geeta Bai",
    house="9",
    locality_hi="नया पुरा",
    mobile="9826700001",
    meter="5512",
    tariff="LV-2.2",
    purpose="non-domestic",
    urban=False,
    load=900,
    phases=3,
    feeder="F-02",
    dtr="2214020001",
    pole="X-1",
    group="03",
    diary="7",
    connected_on=date(2019, 5, 2),
    deposit=100,
)
_OTHER_BILL = replace(
    BILL,
    number="99",
    month=Month(2026, 3),
    issued=date(2026, 3, 27),
    due=date(2026, 4, 11),
    basis="average",
    meter="5512",
    previous=Reading(date(2026, 2, 24), 7),
    current=Reading(date(2026, 3, 25), 88),
    factor=2,
    metered=81,
    assessed=3,
    charges=(ChargeLine(Charge.ENERGY, 33400), ChargeLine(Charge.DUTY, 4400)),
    slabs=(SlabLine(0, 50, 421, 50, 21050), SlabLine(50, 150, 517, 34, 12350)),
    fixed_steps=None,
    arrear=100_00,
    surcharge=7_00,
    net=485_00,
    late_surcharge=5_00,
    rates="2023-24",
    deposit_pending=100,
    measured=Measured(5000, 4100, power_factor=910),
)


def _bill(**always: Any) -> list[Sheet]:
    other = bill_facts(
        office=_OTHER_COUNTER,
        consumer=_NEIGHBOUR,
        bill=_OTHER_BILL,
        payable=payable(_OTHER_BILL, 0, date(2026, 5, 1), ORDER),
        history=(MonthUse(Month(2026, 1), 7, 7, 7_00, "actual"),),
        payments=(),
        copy=1,
        printed_at=TOMORROW,
        clerk_name="मोहन",
        messages=(),
        officers=(),
    )
    return [
        bill(replace(facts, **always)).sheets[0]
        for facts in (bill_facts(), other, crowded(), credit(), by_demand())
    ]


_OTHER_PAPER = replace(
    PAPER,
    office=_OTHER_COUNTER,
    consumer=_NEIGHBOUR,
    number="2214-9 2026-04 12-9KD",
    copy=3,
    printed_at=TOMORROW,
    clerk_name="मोहन",
    as_of=NOON - timedelta(days=9),
)
_OTHER_CLOSING = replace(
    longest_closing(),
    office=_OTHER_COUNTER,
    number="2214-2-Z00013-9KD",
    clerk_name=f"{LONG_HI} {LONG_HI} {LONG_HI}",
    report=replace(
        Z,
        counts=(Counted(Piece.NOTE, 100_00, 6), Counted(Piece.COIN, 2_00, 1)),
        counted=602_00,
        expected=602_00,
        kept=0,
        tenders=(),
        reason="",
        approved=None,
        day=date(2026, 3, 14),
    ),
)

_HANDED_OVER = replace(
    _OTHER_CLOSING,
    report=replace(_OTHER_CLOSING.report, handed_to="M11"),
    counted_by="S01",
    counter_name="सीमा",
)
_OLD_NOTE = replace(
    _OTHER_CLOSING,
    report=replace(
        _OTHER_CLOSING.report,
        counts=(
            Counted(Piece.NOTE, 2000_00, 3),
            Counted(Piece.NOTE, 100_00, 6),
            Counted(Piece.COIN, 2_00, 1),
        ),
        counted=6602_00,
        expected=6602_00,
    ),
)

SHEETS = {
    "half receipt": [
        sheet
        for facts in (
            receipt_facts(code=CODE),
            replace(provisional(), office=_OTHER_COUNTER, **_ELSE),
            replace(other_money(), code=CODE),
            replace(every_way(), code=CODE),
            replace(longest(), office=OFFICE, code=CODE),
            replace(many_heads(), code=CODE),
            put_right(),
            longest_ways(),
        )
        for sheet in receipt(replace(facts, half=True)).sheets
    ],
    "bill": _bill(),
    "bill, in English": _bill(language=Language.ENGLISH),
    "bill of a company that takes UPI": _bill(payee=PAYEE),
    "statement": [
        *statement(statement_facts()).sheets,
        *statement(replace(empty_statement(), paper=_OTHER_PAPER)).sheets,
        *statement(replace(longest_statement(), paper=_OTHER_PAPER)).sheets,
    ],
    "no dues": _others(
        no_dues(no_dues_facts()),
        0,
        no_dues(
            replace(
                no_dues_in_advance(),
                paper=_OTHER_PAPER,
                payable=payable(BILL, 9_99_999_00, date(2026, 3, 12), ORDER),
            )
        ),
    ),
    "pay-in slip": _others(day_report(closing_facts()), 2, day_report(_OTHER_CLOSING), day_report(_OLD_NOTE)),
    "certificate": _others(
        day_report(closing_facts()),
        -1,
        day_report(closing_facts(replace(Z, counts=(), counted=0, kept=0, tenders=(), reason=""))),
        day_report(longest_closing()),
        day_report(_HANDED_OVER),
        day_report(_OLD_NOTE),
    ),
}

FACTS = {
    "Energy", "FPPAS", "Fixed charge", "Electricity duty", "CCB adjustment", "Other charges and rebates",
    "State subsidy", "Sub-total 1", "Sub-total 2", "Current month bill", "Arrears", "Arrears of duty",
    "Surcharge", "Rounding", "Surcharge after the due date", "Paid, not yet in the bill", "Not for payment",
    "No earlier months are known here.", "No payment is known here.", "There is nothing else to say.",
    "No bill of this account is here.", "On the first page.", "on the last page",
    "Cash", "UPI", "Card", "Cheque", "Demand draft", "Other channel", "Portal", "Counter",
    "in the bill", "not yet in the bill", "The advance is set off against coming bills.",
    "UPI is not confirmed. It counts as paid only when the money arrives.",
    "Subject to realisation: it counts as paid only when the bank pays.",
    "Not confirmed. It counts as paid only when the money arrives.",
}  # fmt: skip
"""Words of the catalogues that are not on every paper of a kind, or not at one place."""
