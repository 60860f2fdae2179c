"""On forms that are ready-made, what differs from paper to paper is printed, and nothing twice."""

from dataclasses import replace

import pytest
from PIL import ImageChops

from counter_app.documents.bill import bill
from counter_app.documents.day_report import day_report
from counter_app.documents.page import Document, Sheet, Text, on_form
from counter_app.documents.pdf import pdf
from counter_app.documents.receipt import receipt
from counter_app.documents.statement import statement
from counter_app.domain.acts import Paper
from tests.documents.accounts import (
    longest_statement,
)
from tests.documents.bills import (
    bill_facts,
)
from tests.documents.forms import FACTS, SHEETS, catalogued
from tests.documents.looking import texts, words_of
from tests.documents.papers import (
    DEMO_OFFICE,
    NOON,
    closing_facts,
    provisional,
    put_right,
    receipt_facts,
)
from tests.documents.test_pages import PAPERS
from tests.documents.test_pdf import A_FEW, UNLIKE, picture
from tests.documents.test_what_papers_say import white_on_black

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
LABELS = {
    "statement": (
        "Bills by month", "Payments of these months", "Bill month", "State", "Total", "Meter",
        "Payable today", "Advance with us", "known up to",
    ),
    "no dues": (
        "Certified that", "As on", "known up to", "not certified", "Last bill", "Paid since",
        "Advance with us", "signature and seal",
    ),
    "bill": (
        "Payable by due date", "Payable after it", "Total payable", "समय के अनुसार यूनिट", "Rates by",
        "company's web page",
    ),
    "bill of a company that takes UPI": ("Total payable", "Web page", "UPI app pays", "no receipt"),
    "half receipt": (
        "Mode", "Given / Returned", "Balance due / Advance", "Applied to", "अग्रिम advance", "Amount received",
        "Genuine?", "Will be sent",
    ),
    "certificate": (
        "Certified that", "Drawer of", "report no.", "Difference", "Kept as float", "Handed over to",
        "Receipts", "Together", "Pieces", "Demand draft", "Reason", "Counted by", "Second person",
        "Received by",
    ),
}  # fmt: skip


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


def test_no_label_of_the_catalogue_is_printed_on_a_form() -> None:
    said = catalogued()
    for name, sheets in SHEETS.items():
        printed = {item.text for sheet in sheets for item in texts(sheet) if not item.static}
        assert not [text for text in printed & said.keys() if not FACTS & said[text]], name


@pytest.mark.parametrize("name", SHEETS)
def test_the_form_and_what_is_printed_on_it_look_like_the_whole_paper(name: str) -> None:
    for sheet in SHEETS[name]:
        form, printed = (
            replace(sheet, items=tuple(item for item in sheet.items if item.static is static))
            for static in (True, False)
        )
        whole, below, above = (picture(pdf(made_of(one)), 100) for one in (sheet, form, printed))
        unlike = ImageChops.difference(whole, ImageChops.darker(below, above))
        assert sum(unlike.histogram()[UNLIKE:]) <= A_FEW


def made_of(sheet: Sheet) -> Document:
    return Document("x", (sheet,), Paper.BILL, NOON)


def test_heads_and_labels_are_not_printed_on_a_form_of_any_page() -> None:
    for name, heads in LABELS.items():
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
    assert ["₹1,618" in page for page in said] == [True] + [False] * (len(pages) - 1)
    assert [page.count("MPON") for page in said] == [16, 16, 16, 16, 16, 10]


def test_on_a_form_everything_moves_alike() -> None:
    (first, *_) = texts(on_form(PAPERS["half receipt"], 0, 0).sheets[0])
    (moved, *_) = texts(on_form(PAPERS["half receipt"], 1.5, -2).sheets[0])
    assert moved == replace(first, x=first.x + 1.5, y=first.y - 2)
