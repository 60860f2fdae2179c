"""Every paper as a page: nothing leaves the sheet or runs into another thing, and both renderers agree."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from counter_app.documents.acknowledgement import slip
from counter_app.documents.bill import bill
from counter_app.documents.bill_charges import BillPayment
from counter_app.documents.book import book
from counter_app.documents.cash_slip import cash_slip
from counter_app.documents.certificate import no_dues
from counter_app.documents.day_report import day_report
from counter_app.documents.fonts import GlyphMissing
from counter_app.documents.page import Document, Sheet, Text
from counter_app.documents.paid_elsewhere import channel_receipt, claim_slip
from counter_app.documents.pdf import pdf
from counter_app.documents.receipt import receipt
from counter_app.documents.statement import statement
from counter_app.documents.undone import undone
from counter_app.domain.acts import Paper
from counter_app.domain.allocation import Head, Share
from counter_app.domain.books import Which
from counter_app.domain.payment import cash
from counter_app.printing.painter import picture
from counter_app.words import labels
from counter_app.words.say import Language
from tests.documents.accounts import (
    NOT_RECORDED,
    elsewhere_facts,
    empty_statement,
    longest_elsewhere,
    longest_statement,
    no_dues_facts,
    no_dues_in_advance,
    statement_facts,
)
from tests.documents.bills import LONGEST_CONSUMER, bill_facts, by_demand, credit, crowded, payable_by_upi
from tests.documents.looking import faults, grey, read, texts
from tests.documents.papers import (
    CODE,
    CORRECTED,
    DEMO_OFFICE,
    LONG_EN,
    LONG_HI,
    MOVED,
    NOON,
    OFFICE,
    Z,
    change,
    closing_facts,
    danger,
    every_way,
    longest,
    longest_closing,
    move_facts,
    of_a_basket,
    other_money,
    payment,
    provisional,
    put_right,
    receipt_facts,
    slip_facts,
    taken_over,
    without_line,
)
from tests.documents.slips import above, of_an_outage
from tests.documents.undoings import ASKED, CANCELLED, book_of, longest_undone, undone_facts

PAPERS = {
    "receipt": receipt(receipt_facts()),
    "receipt, provisional": receipt(provisional()),
    "receipt, longest": receipt(longest()),
    "receipt, other money": receipt(other_money()),
    "receipt, every way": receipt(every_way()),
    "receipt, without a line": receipt(without_line()),
    "receipt, of a basket": receipt(of_a_basket()),
    "receipt, preview": receipt(receipt_facts(number=None)),
    "receipt, put right": receipt(put_right()),
    "half receipt": receipt(receipt_facts(half=True, code=CODE)),
    "half receipt, provisional": receipt(replace(provisional(), half=True, code=CODE)),
    "half receipt, longest": receipt(replace(longest(), half=True, code=CODE)),
    "half receipt, other money": receipt(replace(other_money(), half=True, code=CODE)),
    "half receipt, without a line": receipt(replace(without_line(), half=True, code=CODE)),
    "half receipt, on two sheets": receipt(replace(every_way(), half=True, code=CODE)),
    "half receipt, put right": receipt(replace(put_right(), half=True)),
    "half receipt, preview": receipt(receipt_facts(half=True, number=None)),
    "slip": slip(slip_facts()),
    "slip, danger": slip(danger()),
    "slip, of an outage": slip(of_an_outage()),
    "slip, above the office": slip(above()),
    "slip, danger at 1912": slip(replace(danger(), central_number="1912-55-20931")),
    "slip, preview": slip(slip_facts(number=None)),
    "day report": day_report(closing_facts()),
    "day report, handed over": day_report(closing_facts(replace(Z, handed_to="M11", kept=0))),
    "day report, empty": day_report(closing_facts(replace(Z, counts=(), counted=0, kept=0, carried=()))),
    "day report, longest": day_report(longest_closing()),
    "day report, a copy with all sheets": day_report(replace(longest_closing(), report=Z)),
    "cash slip": cash_slip(move_facts()),
    "cash slip, change": cash_slip(change()),
    "cash slip, taken over": cash_slip(taken_over()),
    "undone, cancelled": undone(undone_facts(CANCELLED)),
    "undone, corrected": undone(undone_facts(CORRECTED)),
    "undone, moved": undone(undone_facts(MOVED)),
    "undone, refund asked": undone(undone_facts(ASKED)),
    "undone, longest": undone(longest_undone()),
    "book": book(OFFICE, book_of(Which.DAY, 80), Language.HINDI, NOON),
    "book, undone": book(OFFICE, book_of(Which.CANCELLED, 3), Language.HINDI, NOON),
    "book, register": book(OFFICE, book_of(Which.REGISTER, 30), Language.HINDI, NOON),
    "book, in English": book(DEMO_OFFICE, book_of(Which.STANDARD, 3), Language.ENGLISH, NOON),
    "book, empty": book(OFFICE, book_of(Which.HEADS, 0), Language.HINDI, NOON),
    "statement": statement(statement_facts()),
    "statement, longest": statement(longest_statement()),
    "statement, empty": statement(empty_statement()),
    "statement, preview": statement(replace(longest_statement(), paper=NOT_RECORDED)),
    "no dues": no_dues(no_dues_facts()),
    "no dues, in advance": no_dues(no_dues_in_advance()),
    "claim slip": claim_slip(elsewhere_facts()),
    "claim slip, longest": claim_slip(longest_elsewhere()),
    "claim slip, preview": claim_slip(replace(longest_elsewhere(), paper=NOT_RECORDED)),
    "channel receipt": channel_receipt(elsewhere_facts()),
    "channel receipt, longest": channel_receipt(longest_elsewhere()),
    "bill": bill(bill_facts()),
    "bill, crowded": bill(crowded()),
    "bill, credit": bill(credit()),
    "bill, payable by UPI": bill(payable_by_upi()),
    "bill, by demand": bill(by_demand()),
    "bill, in English": bill(bill_facts(language=Language.ENGLISH)),
    "bill, in English, crowded": bill(replace(crowded(), language=Language.ENGLISH)),
    "bill, in English, credit": bill(replace(credit(), language=Language.ENGLISH)),
    "bill, in English, payable by UPI": bill(replace(payable_by_upi(), language=Language.ENGLISH)),
}
A4_WIDTH = 210.0
each_paper = pytest.mark.parametrize("document", PAPERS.values(), ids=PAPERS.keys())
NAMES = st.text(st.sampled_from("कखगघचजतदनपबमयरलवशसहाििीुूेैोौ्ंँ स्व.ABCabcdeghilmnoprstu"), max_size=60)


def margin(document: Document) -> float:
    return 11.0 if document.sheets[0].width >= A4_WIDTH else 4.0


@each_paper
def test_nothing_leaves_its_place(document: Document) -> None:
    assert not faults(document, margin(document))


@each_paper
def test_nothing_is_smaller_than_can_be_read(document: Document) -> None:
    assert min(item.size for sheet in document.sheets for item in texts(sheet)) >= 8.0


@given(NAMES, NAMES, NAMES, st.integers(1, 9999999))
@settings(max_examples=60, deadline=None)
def test_no_name_and_no_amount_breaks_a_receipt(hindi: str, english: str, address: str, rupees: int) -> None:
    amount = rupees * 100
    taken = payment(amount, cash(amount, 999_999_900), shares=(Share(Head.ADVANCE, amount),))
    facts = receipt_facts(payment=taken, name_hi=hindi, name_en=english, address=address)
    assert not faults(receipt(facts), 4.0)


@given(NAMES, NAMES, NAMES)
@settings(max_examples=40, deadline=None)
def test_no_name_breaks_a_bill(hindi: str, english: str, locality: str) -> None:
    consumer = replace(LONGEST_CONSUMER, name_hi=hindi, name_en=english, locality_hi=locality)
    assert not faults(bill(bill_facts(consumer=consumer)), 11.0)


@pytest.mark.parametrize("way", [*labels._CHANNELS, "Cooperative bank, Navgram branch"])
def test_each_way_of_paying_stands_beside_its_date(way: str) -> None:
    words = labels.channel(way, Language.HINDI)
    paid = BillPayment("2026-01", date(2026, 2, 14), words.lead, words.second, 12_34_56_700)
    assert not faults(bill(bill_facts(payments=(paid, paid))), 11.0)


@each_paper
def test_the_same_paper_gives_the_same_bytes(document: Document) -> None:
    first = pdf(document)
    assert pdf(document) == first
    assert pdf(replace(document, made_at=NOON + timedelta(days=1))) != first


@each_paper
def test_every_text_can_be_read_out_of_the_file(document: Document) -> None:
    found = " ".join(read(pdf(document)).split())
    said = [item.text for sheet in document.sheets for item in texts(sheet)]
    assert not [text for text in said if " ".join(text.split()) not in found]


@each_paper
def test_the_painter_shows_what_the_file_shows(document: Document, qtbot: QtBot) -> None:
    dpi, cell = 100, 8
    width, height, dots = grey(pdf(document), dpi)
    image = picture(document.sheets[0], dpi).convertToFormat(
        picture(document.sheets[0], 10).Format.Format_Grayscale8
    )
    assert abs(image.width() - width) <= 1
    assert abs(image.height() - height) <= 1
    painted = bytes(image.constBits())
    stride = image.bytesPerLine()
    differing = checked = 0
    for top in range(0, min(height, image.height()) - cell, cell):
        for left in range(0, min(width, image.width()) - cell, cell):
            one = sum(sum(dots[y * width + left : y * width + left + cell]) for y in range(top, top + cell))
            other = sum(
                sum(painted[y * stride + left : y * stride + left + cell]) for y in range(top, top + cell)
            )
            checked += 1
            differing += abs(one - other) > 0.2 * 255 * cell * cell
    assert differing <= checked * 0.004, f"{differing} of {checked} cells differ"


def test_a_character_without_a_glyph_stops_the_file() -> None:
    sheet = Sheet(80, 40, (Text(4, 10, "\u4e00", 10),))
    with pytest.raises(GlyphMissing):
        pdf(Document("x", (sheet,), Paper.RECEIPT, NOON))


def test_names_are_whole_however_long() -> None:
    for document in (PAPERS["receipt, longest"], PAPERS["bill, crowded"]):
        told = " ".join(" ".join(item.text for item in texts(document.sheets[0])).split())
        assert all(word in told for word in [*LONG_HI.split(), *LONG_EN.split()])


def test_a_book_lies_where_it_is_wide_and_cuts_nothing_off() -> None:
    for name in ("book", "book, undone", "book, register", "book, in English", "book, empty"):
        (first, *_) = PAPERS[name].sheets
        assert (first.width > first.height) is (name != "book, empty"), name
    said = " ".join(item.text for item in texts(PAPERS["book, register"].sheets[0]))
    assert "…" not in said
    assert said.count("विश्वकर्मा") % 3 == 0, "of type and name, whole in each row"
