"""A page that tries a printer: both scripts on every kind of paper, and on A4 how far it reaches."""

import pytest

from counter_app.documents.page import Barcode, Box, Code
from counter_app.documents.trial import ON_A4, trial_page
from counter_app.domain.acts import Paper
from tests.documents.looking import faults, words_of
from tests.offices import NOW
from tests.store.office import OFFICE


@pytest.mark.parametrize("kind", Paper)
def test_it_has_both_scripts_a_sum_and_codes(kind: Paper) -> None:
    page = trial_page(OFFICE, kind, "LASER", NOW)
    words = words_of(page)
    for word in ("TEST PAGE", "ढूँढें", "विद्युत", "LASER", "₹1,23,456", "no receipt"):
        assert word in words
    assert not faults(page, 2.0)
    (sheet,) = page.sheets
    assert {Barcode, Code} <= {type(item) for item in sheet.items}
    assert (
        (sheet.width == 210.0)
        == (kind in ON_A4)
        == any(isinstance(item, Box) and item.height > 200 for item in sheet.items)
    )
    assert all(item.x >= 0 for item in sheet.items if isinstance(item, Box | Code | Barcode))


def test_without_a_printer_it_says_that_it_becomes_a_file() -> None:
    assert "PDF" in words_of(trial_page(OFFICE, Paper.RECEIPT, "", NOW))
