"""On forms that are ready-made, what differs from paper to paper is printed, and nothing twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.documents.bill import bill
from counter_app.documents.certificate import no_dues
from counter_app.documents.day_report import day_report
from counter_app.documents.page import Document, Sheet, Text, on_form
from counter_app.documents.receipt import receipt
from counter_app.documents.statement import statement
from counter_app.domain.bill import Charge, ChargeLine, Measured, MonthUse, Reading, SlabLine, payable
from counter_app.domain.days import Month
from counter_app.domain.drawer import Counted, Piece
from counter_app.words.say import Language
from tests.documents.accounts import (
    PAPER,
    empty_statement,
    longest_statement,
    no_dues_facts,
    no_dues_in_advance,
    statement_facts,
)
from tests.documents.bills import BILL, CONSUMER, ORDER, PAYEE, bill_facts
from tests.documents.looking import texts, words_of
from tests.documents.papers import (
    CODE,
    DEMO_OFFICE,
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
from tests.documents.test_pages import PAPERS
from tests.documents.test_receipts import many_heads
from tests.documents.test_what_papers_say import white_on_black


def _others(document: Document, sheet: int, *more: Document) -> list[Sheet]:
    return [one.sheets[sheet] for one in (document, *more)]


TOMORROW = NOON + timedelta(days=1, minutes=7)
_OTHER_COUNTER = replace(OFFICE, counter=3)
_ELSE = {
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


def _bill(language: Language) -> list[Sheet]:
    other = bill_facts(
        language=language,
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
        payee=PAYEE,
    )
    return _others(bill(bill_facts(language=language)), 0, bill(other))


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
        )
        for sheet in receipt(replace(facts, half=True)).sheets
    ],
    "bill": _bill(Language.HINDI),
    "bill, in English": _bill(Language.ENGLISH),
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
    "certificate": _others(day_report(closing_facts()), -1, day_report(_HANDED_OVER), day_report(_OLD_NOTE)),
}


_NAMES = (
    "Clerk",
    "Printed",
    "Entry",
    "PRINT NO.",
    "Counter",
    "COUNTER",
    "Daily average",
    "Duplicate printed",
)


def on_ready_made(document: Document) -> str:
    return words_of(on_form(document, 0, 0))


def test_what_makes_a_receipt_another_one_stands_on_the_form_too() -> None:
    usual = receipt_facts(half=True)
    assert "रसीद · " not in on_ready_made(receipt(usual))
    unsure = receipt(replace(provisional(), half=True))
    assert "अस्थायी रसीद · PROVISIONAL RECEIPT" in white_on_black(on_form(unsure, 0, 0))
    for changed, band in (
        (replace(usual, cancelled=True), "RECEIPT CANCELLED"),
        (replace(usual, copy=3), "COPY 3"),
        (replace(put_right(), half=True), "MOVED TO ANOTHER ACCOUNT"),
        (replace(usual, payment=replace(usual.payment, protest=True)), "PAID UNDER PROTEST"),
    ):
        assert band in on_ready_made(receipt(changed))


@pytest.mark.parametrize(
    "document",
    [
        receipt(receipt_facts(half=True, office=DEMO_OFFICE)),
        bill(bill_facts(office=DEMO_OFFICE)),
        day_report(closing_facts(office=DEMO_OFFICE)),
    ],
    ids=["receipt", "bill", "day report"],
)
def test_the_invented_office_says_so_on_every_form(document: Document) -> None:
    for sheet in on_form(document, 0, 0).sheets:
        assert [item for item in texts(sheet) if "SPECIMEN" in item.text]


def test_a_form_carries_only_what_all_papers_of_its_kind_say_where_they_say_it() -> None:
    for sheets in SHEETS.values():
        static = [{item for item in sheet.items if item.static} for sheet in sheets]
        assert set.intersection(*static)
        assert static[1:] == static[:-1]


def test_what_all_papers_of_a_kind_say_is_on_the_form_and_is_not_printed_again() -> None:
    for name, sheets in SHEETS.items():
        moving = [{item for item in sheet.items if not item.static} for sheet in sheets]
        again = {item.text for item in set.intersection(*moving) if isinstance(item, Text) if item.text}
        assert not [text for text in again if text.strip("–") and not any(map(str.isdigit, text))], name


def test_heads_and_labels_are_not_printed_on_a_form_of_any_page() -> None:
    for name, heads in (
        (
            "statement",
            ("Bills by month", "Payments of these months", "Bill month", "State", "Total", "Meter"),
        ),
        ("no dues", ("Last bill", "Paid since", "Advance with us", "signature and seal")),
        (
            "half receipt",
            (
                "Mode",
                "Given / Returned",
                "Balance due / Advance",
                "Applied to",
                "Amount received",
                "Genuine?",
            ),
        ),
        ("certificate", ("Difference", "Kept as float", "Handed over to", "Receipts", "Together", "Pieces")),
    ):
        for sheet in SHEETS[name]:
            for head in heads:
                assert {item.static for item in texts(sheet) if head in item.text} == {True}, head


def test_a_value_is_printed_without_the_label_before_it_and_at_the_same_place() -> None:
    for name, sheets in SHEETS.items():
        for sheet in sheets:
            labels = {item.text for item in texts(sheet) if item.static}
            printed = {item.text for item in texts(sheet) if not item.static}
            assert not [text for text in printed if any(label in text[: -len(label)] for label in _NAMES)], (
                name
            )
            assert name == "pay-in slip" or [text for text in labels if text.strip(":").endswith(_NAMES)], (
                name
            )


def test_a_note_that_the_day_s_rule_does_not_name_stands_below_the_sum_and_moves_nothing() -> None:
    for name in ("pay-in slip", "certificate"):
        *_, usual, old = SHEETS[name]
        said = next(item for item in texts(old) if "Included in it" in item.text)
        assert "₹2,000 नोट note × 3 = ₹6,000" in said.text
        figures = [
            [(item.x, item.y) for item in texts(sheet) if item.text == "₹600"] for sheet in (usual, old)
        ]
        assert figures[0] == figures[1] != []


def test_a_statement_of_many_pages_says_what_is_payable_and_the_months_once() -> None:
    pages = statement(longest_statement()).sheets
    said = ["\n".join(item.text for item in texts(sheet)) for sheet in pages]
    assert ["On the first page." in page for page in said] == [False] + [True] * (len(pages) - 1)
    assert ["Payable today" in page for page in said] == [True] + [False] * (len(pages) - 1)
    assert [page.count("MPON") for page in said] == [16, 16, 16, 16, 16, 10]


def test_on_a_form_everything_moves_alike() -> None:
    (first, *_) = texts(on_form(PAPERS["half receipt"], 0, 0).sheets[0])
    (moved, *_) = texts(on_form(PAPERS["half receipt"], 1.5, -2).sheets[0])
    assert moved == replace(first, x=first.x + 1.5, y=first.y - 2)
