"""What a person would call wrong on a screen, read from the widgets that are shown on it."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

from counter_app.resources import resource
from counter_app.ui.table import Table
from counter_app.ui.text import LeadingText, Text
from counter_app.words.say import read_po

_NUMBER = 6
SLACK = 2
"""Logical pixels that nobody sees: rounding of text widths."""


def faults(window: QWidget) -> Iterator[str]:
    """Each fault as one line: text cut or overlapping, money elided, what has no name, a lost focus."""
    shown = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    texts = [widget for widget in shown if isinstance(widget, Text) and widget.text()]
    for text in texts:
        yield from _cut(text)
        yield from _outside(text)
    yield from _overlapping(texts)
    yield from _overlapping_keys([widget for widget in shown if isinstance(widget, QAbstractButton)])
    for widget in shown:
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            yield f"no plain text: {widget.text()!r}"
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and not _spoken(widget):
            yield f"no name: {type(widget).__name__} {widget.objectName()}"
    focus = window.focusWidget()
    if focus is None or not window.isAncestorOf(focus) or not focus.isVisible():
        yield "nothing has the focus"


def raw_words(window: QWidget) -> Iterator[str]:
    """Of a window in Hindi: what stands there in Latin letters alone, and is no name, nor the English of one
    of its sentences.
    """
    for said in _said(window):
        if not _DEVANAGARI.search(said):
            yield from (f"not in Hindi: {part!r}" for part in _unknown(said, *_BETWEEN))


def _unknown(said: str, between: re.Pattern[str] | None = None, *finer: re.Pattern[str]) -> Iterator[str]:
    """What of a text is the English of no sentence, whole or cut up."""
    if not _RAW.search(said) or _english().fullmatch(said):
        return
    if between is None:
        yield said
    else:
        for part in between.split(said):
            yield from _unknown(part, *finer)


_RAW, _DEVANAGARI = re.compile(r"(?<![A-Za-z])[a-z]{2,}"), re.compile("[\u0900-\u097f]")
_BETWEEN = (re.compile(" · "), re.compile(r"(?<=[.?]) | (?=[0-9]{2}:[0-9]{2}$)"))


def _said(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, Text):
            yield widget.text()
        elif widget.isVisible() and isinstance(widget, Table):
            rows = widget.rows
            places = product(range(rows.rowCount()), range(rows.columnCount()))
            for row, column in places:
                yield from str(rows.index(row, column).data() or "").split(" · ")


@cache
def _english() -> re.Pattern[str]:
    """Every sentence of the catalogues, with anything where its facts stand."""
    files = sorted(resource("locale", "hi", "LC_MESSAGES").glob("*.po"))
    sentences = {text for file in files for text in read_po(file) if re.search("[a-z]", _FACT.sub("", text))}
    return re.compile("|".join(".+".join(map(re.escape, _FACT.split(text))) for text in sentences))


_FACT = re.compile(r"\{[^}]*\}")


def _cut(text: Text) -> Iterator[str]:
    width, height = text.width() + SLACK, text.height() + SLACK
    if text.hasHeightForWidth():
        if text.heightForWidth(text.width()) > height:
            yield f"cut below: {text.text()!r}"
    elif (
        text.natural_width() > width
        and not _leads(text)
        and (text.minimumSizeHint().width() > 0 or _must_be_whole(text.text()))
    ):
        yield f"cut at the side: {text.text()!r}, {text.natural_width()} in {text.width()}"
    elif text.sizeHint().height() > height:
        yield f"cut below: {text.text()!r}"


def _leads(text: Text) -> bool:
    """Whether the leading language stands there alone, and whole."""
    return isinstance(text, LeadingText) and not any("…" in run.text for run in text.fitting())


def _must_be_whole(text: str) -> bool:
    """Money and numbers of consumers, receipts and complaints are never shortened."""
    return "₹" in text or any(
        len(word) > 7 and sum(sign.isdecimal() for sign in word) > 5 for word in text.split()
    )


def _outside(text: Text) -> Iterator[str]:
    """Text that lies outside of what shows it; what a pane scrolls to, up and down, is inside."""
    box = _on_screen(text)
    parent = text.parentWidget()
    while parent is not None:
        room = _on_screen(parent)
        if box.left() < room.left() - SLACK or box.right() > room.right() + SLACK:
            yield f"beyond the side of {type(parent).__name__}: {text.text()!r}"
            return
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return
        if box.top() < room.top() - SLACK or box.bottom() > room.bottom() + SLACK:
            yield f"beyond the edge of {type(parent).__name__}: {text.text()!r}"
            return
        parent = parent.parentWidget()


def _overlapping(texts: list[Text]) -> Iterator[str]:
    boxes = [(text, _ink(text)) for text in texts]
    for place, (text, box) in enumerate(boxes):
        for other, beside in boxes[place + 1 :]:
            common = box.intersected(beside)
            if text.parentWidget() is other.parentWidget() and min(common.width(), common.height()) > SLACK:
                yield f"one over the other: {text.text()!r} and {other.text()!r}"


def _overlapping_keys(keys: list[QAbstractButton]) -> Iterator[str]:
    for place, key in enumerate(keys):
        for other in keys[place + 1 :]:
            common = _on_screen(key).intersected(_on_screen(other))
            if key.parentWidget() is other.parentWidget() and not common.isEmpty():
                yield f"one key over the other: {key.accessibleName()!r} and {other.accessibleName()!r}"


def _ink(text: Text) -> QRect:
    """Where a text is drawn: a wide label has its text at one side."""
    box = _on_screen(text)
    return box if text.hasHeightForWidth() else QRect(box.topLeft(), box.size().boundedTo(text.sizeHint()))


def _on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def _spoken(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""
