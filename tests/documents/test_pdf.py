"""The fast PDF beside HarfBuzz glyph by glyph, stock fpdf2 dot by dot, and what readers find in it."""

import io
import subprocess
from dataclasses import astuple, replace
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pikepdf.pdfa import validate_written
from PIL import Image, ImageChops, ImageFilter

from counter_app.demo import town
from counter_app.demo.staff import STAFF
from counter_app.documents.bill import bill
from counter_app.documents.fonts import FONT_FILES, printable, shape
from counter_app.documents.page import Barcode, Code, Document, Sheet, Text
from counter_app.documents.pdf import pdf
from counter_app.documents.receipt import receipt
from counter_app.domain.acts import Paper
from counter_app.resources import resource
from counter_app.words.say import read_po
from tests.documents.bills import crowded
from tests.documents.hindi import WORDS, syllables
from tests.documents.looking import texts
from tests.documents.papers import NOON, receipt_facts
from tests.documents.stock import stock_pdf
from tests.documents.test_pages import each_paper
from tests.documents.written import harfbuzz, mismatches, page_of, runs

SYLLABLES = 1000
DPI = 200
UNLIKE = 64  # of 255: more than the soft edge of a letter
A_FEW = 2  # dots together: where a dash begins


@pytest.mark.parametrize("bold", [False, True])
def test_every_glyph_stands_where_harfbuzz_puts_it(bold: bool) -> None:
    hard = [*WORDS, *(f"Receipt {word} no." for word in WORDS), *syllables(SYLLABLES)]
    assert mismatches(pdf(page_of(hard, bold)), hard, bold) == []


def test_the_comparison_sees_a_wrong_glyph() -> None:
    made = pdf(page_of(["क्षेत्र", "शक्ति"], False))
    assert mismatches(made, ["क्षेत्र", "शक्ती"], False) == ["शक्ती"]
    assert harfbuzz("क्ष", False) != harfbuzz("क्\u200cष", False)


@each_paper
def test_every_glyph_of_a_paper_stands_where_harfbuzz_puts_it(document: Document) -> None:
    made = pdf(document)
    for page, sheet in enumerate(document.sheets):
        written = [run for run in runs(made, page) if run]
        assert written == [harfbuzz(item.text, item.bold) for item in texts(sheet) if item.text]


@each_paper
def test_a_paper_looks_as_stock_fpdf2_draws_it(document: Document) -> None:
    document = without_codes(document)
    ours, stock = pdf(document), stock_pdf(document)
    for page in range(len(document.sheets)):
        assert difference(picture(ours, page=page), picture(stock, page=page)) <= A_FEW


def test_the_comparison_of_pictures_sees_what_is_small() -> None:
    """At the smallest size that is printed."""
    for one, other in (("₹1,618", "₹1,613"), ("शक्ति", "शक्ती"), ("₹1,618", "₹1.618"), ("बाकी", "बाको")):
        ours, stock = (
            Document("x", (Sheet(60, 20, (Text(5, 10, text, 8.0),)),), Paper.RECEIPT, NOON)
            for text in (one, other)
        )
        assert difference(picture(pdf(ours)), picture(stock_pdf(ours))) <= A_FEW
        assert difference(picture(pdf(ours)), picture(stock_pdf(stock))) > A_FEW


def difference(ours: Image.Image, stock: Image.Image) -> int:
    """How many dots lie together at the most that are unlike. A dot's width to any side is the reader's
    rounding; a letter that is another one is more.
    """
    assert ours.size == stock.size
    lighter = ImageChops.subtract(ours, stock.filter(ImageFilter.MaxFilter(3)))
    darker = ImageChops.subtract(stock.filter(ImageFilter.MinFilter(3)), ours)
    return max(map(largest_spot, (lighter, darker)))


def largest_spot(differing: Image.Image) -> int:
    """How many dots that are unlike lie together at the most. A coarse look: thin letters are compared glyph
    by glyph above.
    """
    wide = differing.width
    unlike = {at for at, value in enumerate(differing.tobytes()) if value >= UNLIKE}
    largest = 0
    while unlike:
        spot, found = [unlike.pop()], 0
        while spot:
            at, found = spot.pop(), found + 1
            beside = {at + down * wide + right for down in (-1, 0, 1) for right in (-1, 0, 1)} & unlike
            unlike -= beside
            spot += beside
        largest = max(largest, found)
    return largest


def without_codes(document: Document) -> Document:
    """Bars a dot wide are rounded away: that codes are right is seen by reading them."""
    bare = (
        replace(sheet, items=tuple(item for item in sheet.items if not isinstance(item, Code | Barcode)))
        for sheet in document.sheets
    )
    return replace(document, sheets=tuple(bare))


def picture(made: bytes, dpi: int = DPI, page: int = 0) -> Image.Image:
    """A page as grey dots, the first unless it is said."""
    pages = pypdfium2.PdfDocument(made)
    image = pages[page].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    pages.close()
    return image


@each_paper
def test_every_text_is_found_in_the_file_by_poppler(document: Document, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf(document))
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True)
    found = "".join(done.stdout.split())
    said = [item.text for sheet in document.sheets for item in texts(sheet)]
    assert not [text for text in said if "".join(text.split()) not in found]


def test_everything_of_the_demo_office_can_be_printed() -> None:
    office = town.consumers(20_000, Random(1), "2214")
    said = {word for one in office for field in astuple(one) for word in str(field).split()}
    for file in sorted(resource("locale", "hi", "LC_MESSAGES").glob("*.po")):
        said |= {word for pair in read_po(file).items() for text in pair for word in text.split()}
    for file in sorted(resource("rules").glob("*.toml")):
        said |= set(file.read_text("utf-8").split())
    said |= {word for one in STAFF for word in (one.name_hi, one.name_en, one.code)}
    assert len(said) > 10_000
    for word in said:
        assert printable(word) == word
        for bold in FONT_FILES:
            assert 0 not in [glyph.glyph for glyph in shape(word, bold)]


@each_paper
def test_codes_are_read_off_the_page(document: Document) -> None:
    """As a scanner would, at the resolution of a receipt printer."""
    wanted = {item.text for item in document.sheets[0].items if isinstance(item, Code | Barcode)}
    image = picture(pdf(document), 203)
    assert {found.text for found in zxingcpp.read_barcodes(image)} == wanted


@each_paper
def test_every_paper_can_be_archived(document: Document) -> None:
    """PDF/A-2b: fonts embedded, colours and facts declared, nothing that a later reader may not know."""
    report = validate_written(io.BytesIO(pdf(document)), "2b")
    assert report.passed
    assert report.findings == []


def test_the_file_says_what_and_when_it_is() -> None:
    with pikepdf.open(io.BytesIO(pdf(receipt(receipt_facts())))) as file, file.open_metadata() as about:
        assert about["dc:title"] == "2214-2-004187-Q7M"
        assert about["xmp:CreateDate"] == "2026-03-12T06:13:08+00:00"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "B")
        assert file.Root.Lang == "hi-IN"


def test_what_was_made_before_leaves_no_trace() -> None:
    wanted = pdf(receipt(receipt_facts()))
    pdf(bill(crowded()))
    assert pdf(receipt(receipt_facts())) == wanted
