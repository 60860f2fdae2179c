"""The preview of a paper on many sheets: all of them are seen, one after the other, by one key."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from counter_app.documents.day_report import day_report
from counter_app.documents.page import Document
from counter_app.documents.receipt import receipt
from counter_app.documents.statement import statement
from counter_app.ui.preview import Preview
from tests.documents.accounts import longest_statement, statement_facts
from tests.documents.papers import closing_facts, every_way, receipt_facts
from tests.documents.test_receipts import halved


def shown(document: Document, qtbot: QtBot, width: int, *, whole: bool = False) -> Preview:
    """A preview of that width with the document."""
    preview = Preview("paper", whole=whole)
    qtbot.addWidget(preview)
    preview.resize(width, 600)
    preview.show()
    preview.show_document(document)
    return preview


def seen(preview: Preview) -> QRect:
    """The part of the sheets that is in view."""
    viewport = preview.viewport()
    return QRect(preview._paper.mapFrom(viewport, viewport.rect().topLeft()), viewport.size())


@pytest.mark.parametrize(
    ("document", "sheets"),
    [
        (receipt(receipt_facts()), 1),
        (receipt(halved(every_way())), 2),
        (day_report(closing_facts()), 4),
        (statement(longest_statement()), 6),
    ],
    ids=["receipt", "half receipt", "day report", "statement"],
)
@pytest.mark.parametrize("width", [330, 900])
def test_every_sheet_is_seen_by_page_down(document: Document, sheets: int, width: int, qtbot: QtBot) -> None:
    preview = shown(document, qtbot, width)
    places = preview._paper._places
    assert len(places) == sheets
    views = [seen(preview)]
    while preview.turn(1):
        views.append(seen(preview))
    for place in places:
        assert 0 < place.width() <= preview.viewport().width()
        covered = [place.intersected(view) for view in views if place.intersects(view)]
        assert covered[0].top() == place.top()
        assert covered[-1].bottom() == place.bottom()
        assert all(after.top() <= before.bottom() for before, after in pairwise(covered))
    while preview.turn(-1):
        pass
    assert seen(preview).top() == 0


def test_a_sheet_is_drawn_when_it_is_seen(qtbot: QtBot) -> None:
    preview = shown(statement(longest_statement()), qtbot, 900)
    qtbot.waitUntil(lambda: 0 in preview._paper._pictures)
    assert 5 not in preview._paper._pictures
    while preview.turn(1):
        pass
    qtbot.waitUntil(lambda: 5 in preview._paper._pictures)


def test_another_paper_leaves_no_sheet_of_the_one_before(qtbot: QtBot) -> None:
    preview = shown(statement(longest_statement()), qtbot, 900, whole=True)
    preview.show_document(statement(statement_facts()))
    assert len(preview._paper._places) == 1
    assert not preview.turn(1)
    preview.show_document(None)
    assert preview._paper._places == []
