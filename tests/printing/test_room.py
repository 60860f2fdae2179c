"""Papers of one width at printers of another: on the pages that are there, whole, or refused."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image
from pytestqt.qtbot import QtBot

from counter_app.documents.page import Barcode, Code, Document, Sheet, Text
from counter_app.documents.pdf import pdf
from counter_app.documents.placing import EDGE, on_pages
from counter_app.domain.refusals import PaperTooWide
from counter_app.printing.printers import send
from counter_app.printing.room import A4, Room, fitted
from tests.documents.looking import faults, grey, texts
from tests.documents.test_pages import PAPERS
from tests.printing import ipp_printer, receipt_printer
from tests.printing.ipp_printer import IppPrinter
from tests.printing.receipt_printer import ReceiptPrinter

LASER = ("iso_a4_210x297mm", "iso_a5_148x210mm", "custom_min_76.2x127mm", "custom_max_8.5x14in")
ROLL = ("custom_80x297mm_80x297mm", "custom_min_50x50mm", "custom_max_80x3276mm")
LONGEST = PAPERS["day report, longest"]
each_paper = pytest.mark.parametrize("document", PAPERS.values(), ids=PAPERS.keys())


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Iterator[IppPrinter]:
    """A print system with a printer called LASER."""
    with ipp_printer.running(IppPrinter("LASER")) as printer:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{printer.port}")
        yield printer


def sent(document: Document) -> Document:
    """The document as it goes to the printer."""
    went: list[Document] = []

    def made(document: Document) -> bytes:
        went.append(document)
        return b"%PDF-1.7 a page"

    send(document, made, "LASER", "2214 a-sign")
    return went[0]


def said(document: Document) -> Counter[str]:
    return Counter(item.text for sheet in document.sheets for item in texts(sheet))


@each_paper
def test_what_comes_from_a_roll_stands_whole_on_pages(document: Document) -> None:
    placed = on_pages(document, *A4)
    assert {sheet.fed for sheet in placed.sheets} == {A4}
    assert not faults(placed, EDGE)
    assert said(placed) == said(document)
    before, after = (sum(len(sheet.items) for sheet in one.sheets) for one in (document, placed))
    assert before == after


def test_a_page_that_lies_is_fed_upright() -> None:
    book = PAPERS["book, undone"]
    assert {(sheet.width, sheet.height) for sheet in book.sheets} == {A4[::-1]}
    assert fitted(book, Room(*A4, A4[0])) is book
    with pytest.raises(PaperTooWide):
        fitted(book, Room(widest=80))
    for room in ((297.0, 210.0), (432.0, 279.0)):
        assert all(sheet.width >= book.sheets[0].width for sheet in on_pages(book, *room).sheets)


def test_a_long_report_goes_on_in_the_next_column_and_then_on_the_next_page() -> None:
    one, *_ = on_pages(LONGEST, *A4).sheets
    left = {item.x < A4[0] / 2 for item in texts(one)}
    assert left == {True, False}
    line = Sheet(80, 1000, tuple(Text(4, 10.0 * y, f"{y}", 10) for y in range(1, 100)))
    pages = on_pages(replace(LONGEST, sheets=(line,)), *A4).sheets
    assert [len(page.items) for page in pages] == [55, 44]


def test_a_slip_s_codes_are_read_off_the_page() -> None:
    for name in ("receipt", "slip"):
        document = on_pages(PAPERS[name], *A4)
        width, height, dots = grey(pdf(document), 300)
        wanted = {item.text for item in document.sheets[0].items if isinstance(item, Code | Barcode)}
        found = zxingcpp.read_barcodes(Image.frombytes("L", (width, height), dots))
        assert {one.text for one in found} == wanted


def test_a_printer_of_pages_gets_pages(printer: IppPrinter) -> None:
    printer.media = LASER
    for document in (PAPERS["receipt"], PAPERS["day report"]):
        assert {(sheet.width, sheet.height) for sheet in sent(document).sheets} == {A4}
    assert {job.media for job in printer.jobs.values()} == {"A4"}


def test_a_printer_of_rolls_gets_its_slips_and_no_page(printer: IppPrinter) -> None:
    printer.media = ROLL
    assert sent(PAPERS["receipt"]) is PAPERS["receipt"]
    for name in ("bill", "day report", "half receipt"):
        with pytest.raises(PaperTooWide):
            sent(PAPERS[name])
    assert len(printer.jobs) == 1


def test_sheets_of_several_sizes_go_on_one_where_the_printer_does_not_say(printer: IppPrinter) -> None:
    assert {(sheet.width, sheet.height) for sheet in sent(PAPERS["day report"]).sheets} == {A4}
    assert sent(PAPERS["receipt"]) is PAPERS["receipt"]
    assert fitted(PAPERS["bill"], Room(-1, -1, -1)) is PAPERS["bill"]


def test_a_receipt_printer_gets_nothing_of_a_report_with_pages(qtbot: QtBot) -> None:
    with receipt_printer.running(ReceiptPrinter()) as roll:
        with pytest.raises(PaperTooWide):
            send(PAPERS["day report"], pdf, roll.address, "2214 a-sign")
        assert roll.tray == []
