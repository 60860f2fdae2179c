"""Twenty printers fail: no original comes out twice, nothing that is recorded is never offered."""

from pathlib import Path
from random import Random

import pytest
from pytestqt.qtbot import QtBot

from counter_app.printing import receipt_printers
from tests.printing.faults import faults, live_through

MANY, BEHIND_CUPS = 20, 8


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipt_printers, "_TO_ANSWER", 0.1)
    monkeypatch.setattr(receipt_printers, "PATIENCE", 1.0)


@pytest.mark.parametrize(("count", "behind_cups"), [(MANY, False), (BEHIND_CUPS, True)])
def test_no_original_twice_and_nothing_never_offered(
    count: int, behind_cups: bool, tmp_path: Path, qtbot: QtBot
) -> None:
    dice = Random(12)
    outcome = live_through(
        tmp_path, faults(count, dice, behind_cups=behind_cups), dice, behind_cups=behind_cups
    )
    assert (outcome.second_originals, outcome.never_offered, outcome.stories) == (0, 0, [])
    assert outcome.asked > 0
