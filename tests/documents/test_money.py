"""The money of every paper is read back from the finished page: one wrong digit and it is refused."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents import money_told as told
from counter_app.documents.bill import bill
from counter_app.documents.book import book
from counter_app.documents.cash_slip import cash_slip
from counter_app.documents.certificate import no_dues
from counter_app.documents.day_report import day_report
from counter_app.documents.money_line import read_back, read_sum
from counter_app.documents.page import Document, Text
from counter_app.documents.paid_elsewhere import channel_receipt, claim_slip
from counter_app.documents.statement import statement
from counter_app.documents.undone import undone
from counter_app.domain.acts import Paper
from counter_app.domain.books import MONEY_BOOKS, Which
from counter_app.domain.money import Paise
from counter_app.domain.money_refusals import MoneyLineWrong
from counter_app.words.amounts import exact, rupees
from counter_app.words.say import Language
from tests.documents.accounts import (
    elsewhere_facts,
    empty_statement,
    longest_elsewhere,
    longest_statement,
    no_dues_facts,
    no_dues_in_advance,
    statement_facts,
)
from tests.documents.bills import bill_facts, by_demand, credit, crowded
from tests.documents.papers import (
    CORRECTED,
    MOVED,
    NOON,
    OFFICE,
    Z,
    change,
    closing_facts,
    longest_closing,
    move_facts,
    taken_over,
)
from tests.documents.undoings import ASKED, CANCELLED, book_of, longest_undone, undone_facts

BILLS = (bill_facts(), bill_facts(language=Language.ENGLISH), crowded(), credit(), by_demand())
STATEMENTS = (statement_facts(), longest_statement(), empty_statement())
CLOSINGS = (
    closing_facts(),
    closing_facts(replace(Z, handed_to="M11", kept=0)),
    closing_facts(replace(Z, counts=(), counted=0, kept=0, carried=())),
    longest_closing(),
)
UNDONE = (*(undone_facts(one) for one in (CANCELLED, CORRECTED, MOVED, ASKED)), longest_undone())
BOOKS = tuple(book_of(which, 3) for which in (*MONEY_BOOKS, Which.STANDARD))
PAPERS: list[tuple[Document, tuple[Paise, ...]]] = [
    *((bill(one), tuple(told.of_bill(one))) for one in BILLS),
    *((statement(one), tuple(told.of_statement(one))) for one in STATEMENTS),
    *((book(OFFICE, one, Language.HINDI, NOON), tuple(told.of_book(one))) for one in BOOKS),
    *((no_dues(one), tuple(told.of_no_dues(one))) for one in (no_dues_facts(), no_dues_in_advance())),
    *((day_report(one), tuple(told.of_closing(one))) for one in CLOSINGS),
    *((undone(one), tuple(told.of_undone(one))) for one in UNDONE),
    *((cash_slip(one), tuple(told.of_move(one))) for one in (move_facts(), change(), taken_over())),
    *(
        (draw(one), tuple(told.of_elsewhere(one, paper)))
        for one in (elsewhere_facts(), longest_elsewhere())
        for draw, paper in ((claim_slip, Paper.CLAIM), (channel_receipt, Paper.CHANNEL_RECEIPT))
    ),
]
each_paper = pytest.mark.parametrize(
    ("document", "amounts"), PAPERS, ids=[f"{one.paper} {place}" for place, (one, _) in enumerate(PAPERS)]
)


def with_wrong(document: Document, wanted: Paise) -> Document:
    """The same with one digit of every sum of an amount turned into another."""

    def turned(item: object) -> object:
        if not isinstance(item, Text) or read_sum(item.text) != wanted:
            return item
        place = next(at for at, sign in enumerate(item.text) if sign.isdigit())
        other = "7" if item.text[place] != "7" else "3"
        return replace(item, text=item.text[:place] + other + item.text[place + 1 :])

    sheets = (replace(one, items=tuple(map(turned, one.items))) for one in document.sheets)
    return replace(document, sheets=tuple(sheets))


@each_paper
def test_what_was_recorded_reads_back_from_the_page(document: Document, amounts: Iterable[Paise]) -> None:
    assert read_back(document, amounts) is document


@each_paper
def test_one_wrong_digit_of_any_amount_is_refused(document: Document, amounts: tuple[Paise, ...]) -> None:
    for amount in dict.fromkeys(amounts):
        with pytest.raises(MoneyLineWrong):
            read_back(with_wrong(document, amount), amounts)


@each_paper
def test_an_amount_that_is_missing_once_is_refused(document: Document, amounts: tuple[Paise, ...]) -> None:
    with pytest.raises(MoneyLineWrong):
        read_back(document, (*amounts, *[987_654_321_00]))


@given(st.integers(-(10**13), 10**13))
def test_every_amount_is_read_as_it_is_written(paise: Paise) -> None:
    assert read_sum(exact(paise)) == paise
    assert read_sum(rupees(paise)) == paise


@pytest.mark.parametrize(
    "text", ["16,18", "1,6180", "₹1,613.5", "₹", "1,613", "2.0 kW", "12/03/2026", "₹1 ₹2", ""]
)
def test_what_is_no_sum_is_none(text: str) -> None:
    assert read_sum(text) is None
