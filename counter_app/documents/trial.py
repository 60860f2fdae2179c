"""A page that tries a printer: both scripts, a sum, codes and, on A4, how far it reaches."""

from datetime import datetime

from counter_app.documents.counter_lines import heading, side_by_side, upper_both
from counter_app.documents.fonts import printable
from counter_app.documents.lines import Span
from counter_app.documents.page import Box, Document, Sheet, moved
from counter_app.documents.roll import STRONG, Roll
from counter_app.domain.acts import Paper
from counter_app.domain.office import Office
from counter_app.words import labels
from counter_app.words.amounts import in_words, rupees
from counter_app.words.dates import stamp
from counter_app.words.say import Language, both

HINDI = Language.HINDI
WIDTH, HEIGHT, EDGE = 210.0, 297.0, 10.0
ON_A4 = frozenset({Paper.BILL, Paper.DAY_REPORT, Paper.BOOK, Paper.STATEMENT, Paper.NO_DUES})
_SUM = 1_23_456_00
# Conjuncts, marks over and under neighbouring letters, digits of both scripts.
_LETTERS = ("ढूँढें · कृपया · विद्युत · र्कि · ज्ञ श्र क्ष त्र · ० १ २ ३ ४ ५ ६ ७ ८ ९", "ABC abc 0123456789 ₹ % / - +")


def trial_page(office: Office, kind: Paper, printer: str, at: datetime) -> Document:
    """The page for papers of a kind: 80 mm wide, or A4 with a frame 10 mm inside its edges."""
    roll = Roll()
    heading(roll, office)
    roll.boxed([Span(upper_both(both("Test page", HINDI)), bold=True)], STRONG, inverse=True)
    roll.gap(1.6)
    roll.fact(both("Paper", HINDI), labels.paper(kind, HINDI).lead)
    roll.fact(both("Printer", HINDI), printable(printer) or both("PDF files", HINDI).lead)
    roll.fact(both("Date, time", HINDI), stamp(at))
    roll.rule()
    for line in _LETTERS:
        roll.paragraph(line)
    roll.strong_fact(both("Amount", HINDI), rupees(_SUM))
    for language in Language:
        roll.paragraph(in_words(_SUM, language))
    roll.gap(1.5)
    roll.barcode(f"{office.code}-{office.counter}")
    roll.gap(2.0)
    roll.code(f"{office.code}-{office.counter}")
    roll.gap(1.5)
    roll.paragraph(side_by_side(both("This is no receipt; no money was taken.", HINDI)), bold=True)
    title = f"{office.code}-{office.counter}"
    return Document(title, (_on_a4(roll) if kind in ON_A4 else roll.sheet(),), kind, at)


def _on_a4(roll: Roll) -> Sheet:
    """The same in the middle of an A4 page; of a frame that is cut the printer does not reach so far."""
    frame = Box(EDGE, EDGE, WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE, stroke=0.3)
    right = (WIDTH - roll.sheet().width) / 2
    return Sheet(WIDTH, HEIGHT, (frame, *(moved(item, right, 2 * EDGE) for item in roll.items)))
