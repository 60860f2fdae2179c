"""Papers: how long a PDF takes beside stock fpdf2 in the same run, and whether its Hindi is right.

CPU time, after some papers of other people; every paper is another consumer's, so that nothing of names and
numbers is known from before.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from random import Random

from PySide6.QtWidgets import QApplication

from counter_app.demo import town
from counter_app.documents.bill import bill
from counter_app.documents.page import Document
from counter_app.documents.pdf import pdf
from counter_app.documents.receipt import receipt
from counter_app.domain.consumer import Consumer
from counter_app.domain.receipt_code import code_of, read_code
from counter_app.printing.escpos import commands
from counter_app.store.seal import Seal, SealCheck
from tests.bench import paper_faults, paper_frames
from tests.bench.figures import Figure
from tests.documents.bills import bill_facts
from tests.documents.hindi import WORDS, syllables
from tests.documents.papers import TODAY, receipt_facts
from tests.documents.stock import stock_pdf
from tests.documents.written import mismatches, page_of

PAPERS = 40
WARMING = 10
STOCK = 5
COLD = 5
BULK = 500
CODES = 200
SYLLABLES = 1000
SEED = 11

_COLD = """
import time
from counter_app.documents.bill import bill
from counter_app.documents.pdf import pdf
from tests.documents.bills import bill_facts
document = bill(bill_facts())
begun = time.process_time()
pdf(document)
print(time.process_time() - begun)
"""


def measure() -> list[Figure]:
    """Make papers of an invented town, and let printers fail."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    people = list(town.consumers(BULK, Random(SEED), "2214"))
    bills = [bill(bill_facts(consumer=one)) for one in people]
    receipts = [_receipt_of(place, one) for place, one in enumerate(people)]
    halves = [_receipt_of(place, one, half=True) for place, one in enumerate(people)]
    return [
        *_beside_stock("receipt", receipts, most_ms=8, least_ratio=12),
        *_beside_stock("half_receipt", halves, most_ms=8, least_ratio=12),
        *_beside_stock("bill", bills, most_ms=10, least_ratio=15),
        Figure("bill_cold_ms", statistics.median(_cold() for _ in range(COLD)), "ms", 50),
        _bulk(bills),
        Figure("sign_verify_ms", statistics.median(_signed_and_verified()), "ms", 1),
        *_dots(receipts),
        Figure("glyph_mismatches", _mismatches(), "words", 0),
        *paper_frames.measure(),
        *paper_faults.measure(),
    ]


def _receipt_of(place: int, one: Consumer, *, half: bool = False) -> Document:
    number = f"2214-2-{place:06}-Q7M"
    names = {"name_hi": one.name_hi, "name_en": one.name_en, "address": one.locality_hi}
    return receipt(receipt_facts(number=number, half=half, **names))


def _beside_stock(name: str, papers: list[Document], most_ms: float, least_ratio: float) -> list[Figure]:
    for paper in papers[:WARMING]:
        pdf(paper)
    measured = papers[WARMING : WARMING + PAPERS]
    ours = statistics.median(_cpu_ms(pdf, paper) for paper in measured)
    stock = statistics.median(_cpu_ms(stock_pdf, paper) for paper in measured[:STOCK])
    return [
        Figure(f"{name}_ms", ours, "ms", most_ms),
        Figure(f"{name}_vs_stock", stock / ours, "times", least_ratio, at_least=True),
    ]


def _bulk(bills: list[Document]) -> Figure:
    """All bills of a reading group as one file."""
    whole = replace(bills[0], sheets=tuple(sheet for one in bills for sheet in one.sheets))
    return Figure("bulk_500_s", _cpu_ms(pdf, whole) / 1000, "s", 4)


def _signed_and_verified() -> list[float]:
    """Milliseconds of each code of a receipt: signed, written as digits, read again and found genuine."""
    seal = Seal(bytes(range(32)))
    check, taken = SealCheck(seal.public_key), []
    for serial in range(CODES):
        entry = serial.to_bytes(32, "big")
        begun = time.process_time()
        code = code_of(seal.device, serial, entry, 1618_00, "N2204518731", TODAY, 1)
        read = read_code(code.digits(seal.sign(code.message)))
        assert read is not None
        assert check.holds(read[0].message, read[1])
        taken.append(1000 * (time.process_time() - begun))
    return taken


def _dots(receipts: list[Document]) -> list[Figure]:
    """What a receipt printer gets, and how long it takes to draw it."""
    application = QApplication.instance() or QApplication([])  # owns what painting needs
    for paper in receipts[:WARMING]:
        commands(paper)
    measured = receipts[WARMING : WARMING + PAPERS]
    taken = statistics.median(_cpu_ms(commands, paper) for paper in measured)
    size = max(len(commands(paper)) for paper in measured)
    assert application is not None
    return [Figure("escpos_ms", taken, "ms", 15), Figure("escpos_kb", size / 1000, "kB", 72)]


def _cold() -> float:
    """Milliseconds of the first bill of a process."""
    done = subprocess.run([sys.executable, "-c", _COLD], capture_output=True, text=True, check=True)
    return 1000 * float(done.stdout)


def _mismatches() -> int:
    """Words that do not stand in a PDF glyph by glyph as HarfBuzz sets them, in both weights."""
    hard = [*WORDS, *syllables(SYLLABLES)]
    return sum(len(mismatches(pdf(page_of(hard, bold)), hard, bold)) for bold in (False, True))


def _cpu_ms(job: Callable[[Document], object], document: Document) -> float:
    begun = time.process_time()
    job(document)
    return 1000 * (time.process_time() - begun)
