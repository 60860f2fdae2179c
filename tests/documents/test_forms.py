"""On forms that are ready-made, what differs from paper to paper is printed, and nothing twice."""

from dataclasses import replace

import pytest

from counter_app.documents.bill import bill
from counter_app.documents.day_report import day_report
from counter_app.documents.page import Document, Text, on_form
from counter_app.documents.receipt import receipt
from tests.documents.bills import bill_facts
from tests.documents.looking import texts, words_of
from tests.documents.papers import DEMO_OFFICE, closing_facts, provisional, put_right, receipt_facts
from tests.documents.test_pages import PAPERS
from tests.documents.test_what_papers_say import white_on_black


def on_ready_made(document: Document) -> str:
    return words_of(on_form(document, 0, 0))


def test_what_makes_a_receipt_another_one_stands_on_the_form_too() -> None:
    usual = receipt_facts(half=True)
    assert "रसीद · " not in on_ready_made(receipt(usual))
    unsure = receipt(replace(provisional(), half=True))
    assert "अस्थायी रसीद · PROVISIONAL RECEIPT" in white_on_black(on_form(unsure, 0, 0))
    for changed, band in (
        (replace(usual, cancelled=True), "RECEIPT CANCELLED"), (replace(usual, copy=3), "COPY 3"),
        (replace(put_right(), half=True), "MOVED TO ANOTHER ACCOUNT"),
        (replace(usual, payment=replace(usual.payment, protest=True)), "PAID UNDER PROTEST"),
    ):  # fmt: skip
        assert band in on_ready_made(receipt(changed))


@pytest.mark.parametrize(
    "document",
    [
        receipt(receipt_facts(half=True, office=DEMO_OFFICE)), bill(bill_facts(office=DEMO_OFFICE)),
        day_report(closing_facts(office=DEMO_OFFICE)),
    ],
    ids=["receipt", "bill", "day report"],
)  # fmt: skip
def test_the_invented_office_says_so_on_every_form(document: Document) -> None:
    for sheet in on_form(document, 0, 0).sheets:
        assert [item for item in texts(sheet) if "SPECIMEN" in item.text]


def test_a_form_carries_only_what_all_papers_of_its_kind_say() -> None:
    for kind in ("half receipt", "statement", "no dues", "bill"):
        said = [
            {item.text for item in document.sheets[0].items if isinstance(item, Text) and item.static}
            for name, document in PAPERS.items()
            if name.split(",")[0] == kind
        ]
        titles = {text for text in set.intersection(*said) if not text.isascii()}
        assert titles
        if kind in {"half receipt", "no dues"}:  # the others have tables, not all of them on each page
            assert all(one == said[0] for one in said)


def test_on_a_form_everything_moves_alike() -> None:
    (first, *_) = texts(on_form(PAPERS["half receipt"], 0, 0).sheets[0])
    (moved, *_) = texts(on_form(PAPERS["half receipt"], 1.5, -2).sheets[0])
    assert moved == replace(first, x=first.x + 1.5, y=first.y - 2)
