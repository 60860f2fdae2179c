"""What the status page shows of a long life, and which consents it offers."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from counter_app.desk import complaint_steps, complaints
from counter_app.domain.complaint import Stage
from counter_app.ui.page import Visit
from counter_app.ui.pages.status import StatusPage
from counter_app.ui.window import Window
from tests.desk.small_office import NOW, PLAIN, complaining, moving
from tests.screens.conftest import press, type_keys
from tests.screens.test_complaint import shown
from tests.screens.test_status import open_one, stage_of, to_status


def test_every_step_of_a_long_life_is_reached_by_keys_and_what_is_not_seen_is_counted(
    window: Window, qtbot: QtBot
) -> None:
    window.resize(1366, 768)
    made = complaints.register(window.desk, window.session, complaining(PLAIN, "11"), NOW - timedelta(days=1))
    stages = [Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE, Stage.ATTENDED]
    stages += [Stage.REOPENED, Stage.ASSIGNED, Stage.ON_SITE, Stage.ATTENDED, Stage.REOPENED]
    for place, stage in enumerate(stages):
        draft = replace(moving(made.act, stage, f"note {place}"), to=f"gang {place}")
        complaint_steps.step(window.desk, window.session, draft, NOW - timedelta(hours=12 - place))
    window.go("status", Visit(act=made.act))
    page = window.page()
    assert isinstance(page, StatusPage)
    qtbot.waitUntil(lambda: page._open is not None and "इससे पहले 7 चरण: ↑" in shown(window))
    qtbot.waitUntil(lambda: "note 8" in shown(window))
    assert "gang 1" not in shown(window)
    assert "इसके बाद" not in shown(window)
    seen = set[str]()
    for _ in range(len(stages) + 2):
        seen |= {line for line in shown(window).splitlines() if "note" in line or "gang" in line}
        press(window, Qt.Key.Key_Up)
    assert "इससे पहले" not in shown(window)
    assert "चरण: ↓" in shown(window)
    told = "\n".join(seen)
    assert all(f"note {place}" in told or f"gang {place}" in told for place in range(len(stages)))
    press(window, Qt.Key.Key_PageDown)
    press(window, Qt.Key.Key_PageDown)
    press(window, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: "note 8" in shown(window))


def test_silence_is_offered_as_consent_only_where_the_rules_let_it_close(
    window: Window, qtbot: QtBot
) -> None:
    page = to_status(window, qtbot)
    type_keys(window, "1")
    assert "फोन करके पूछा" in shown(window)
    assert "कोई आपत्ति नहीं आई" not in shown(window)
    type_keys(window, "4")
    assert not page.saving
    assert stage_of(page) is Stage.REGISTERED
    press(window, Qt.Key.Key_Escape)
    known = window.desk.rules.complaints
    silent = known._replace(catalogues=tuple(replace(one, silence_days=7) for one in known.catalogues))
    window._desk = replace(window.desk, rules=replace(window.desk.rules, read_complaints=lambda: silent))
    page.show_one(open_one(page))
    type_keys(window, "1")
    assert "कोई आपत्ति नहीं आई" in shown(window)
