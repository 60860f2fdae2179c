"""Through every page by keys: nothing is cut, overlaps, lacks a name or loses the focus, in three sizes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.words.say import Language
from tests.offices import copied
from tests.screens.tour import PARTS, go
from tests.screens.tourist import Tourist


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("part", PARTS)
def test_a_person_finds_nothing_wrong_with_what_is_shown(
    qapp: QApplication, tmp_path: Path, part: Callable[[Tourist], None], language: Language
) -> None:
    seen = go(qapp, copied(tmp_path), part, language, None)
    assert {name: faults for name, faults in seen.items() if faults} == {}
