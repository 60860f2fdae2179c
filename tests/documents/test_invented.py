"""Every paper of an invented office says so on each sheet; no paper of a real one does."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from counter_app.documents.acknowledgement import slip
from counter_app.documents.bill import bill
from counter_app.documents.book import book
from counter_app.documents.cash_slip import cash_slip
from counter_app.documents.certificate import no_dues
from counter_app.documents.day_report import day_report
from counter_app.documents.page import Document
from counter_app.documents.paid_elsewhere import channel_receipt, claim_slip
from counter_app.documents.receipt import receipt
from counter_app.documents.statement import statement
from counter_app.documents.undone import undone
from counter_app.domain.acts import Paper
from counter_app.domain.books import Which
from counter_app.domain.office import Office
from counter_app.words.say import Language
from tests.documents.accounts import elsewhere_facts, longest_statement, no_dues_facts
from tests.documents.bills import bill_facts
from tests.documents.looking import faults, texts
from tests.documents.papers import (
    DEMO_OFFICE,
    NOON,
    OFFICE,
    closing_facts,
    move_facts,
    receipt_facts,
    slip_facts,
)
from tests.documents.undoings import CANCELLED, book_of, undone_facts

TRAINING_OFFICE = replace(DEMO_OFFICE, training=True)


def papers(office: Office) -> Iterator[Document]:
    """One of each kind, receipts and bills also as they may differ, and every book in both languages."""
    yield receipt(receipt_facts(office=office))
    yield receipt(receipt_facts(office=office, half=True))
    yield from (bill(bill_facts(office=office, language=language)) for language in Language)
    yield slip(slip_facts(office=office))
    yield undone(undone_facts(CANCELLED, office=office))
    yield cash_slip(move_facts(office=office))
    yield day_report(closing_facts(office=office))
    account, certificate = longest_statement(), no_dues_facts()
    yield statement(replace(account, paper=replace(account.paper, office=office)))
    yield no_dues(replace(certificate, paper=replace(certificate.paper, office=office)))
    elsewhere = elsewhere_facts()
    elsewhere = replace(elsewhere, paper=replace(elsewhere.paper, office=office))
    yield from (claim_slip(elsewhere), channel_receipt(elsewhere))
    for which in Which:
        yield from (
            book(office, book_of(which, rows), language, NOON) for rows in (0, 80) for language in Language
        )


@pytest.mark.parametrize(
    ("office", "mark"), [(DEMO_OFFICE, "नमूना SPECIMEN · DEMO"), (TRAINING_OFFICE, "प्रशिक्षण TRAINING")]
)
def test_each_sheet_of_each_paper_and_book_bears_the_mark(office: Office, mark: str) -> None:
    made = list(papers(office))
    assert {one.paper for one in made} == {*Paper}
    bare = [
        (one.title, number)
        for one in made
        for number, sheet in enumerate(one.sheets, 1)
        if not any(mark in item.text for item in texts(sheet))
    ]
    assert not bare
    assert not [one.title for one in made if one.paper is Paper.BOOK and faults(one, 11.0)]


def test_a_real_office_has_no_mark_on_any_paper() -> None:
    said = [item.text for one in papers(OFFICE) for sheet in one.sheets for item in texts(sheet)]
    assert not [text for text in said if "SPECIMEN" in text or "DEMO" in text or "TRAINING" in text]
