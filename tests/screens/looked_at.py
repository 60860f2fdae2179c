"""What a person would call wrong on a screen, read from the widgets that are shown on it."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

from counter_app.ui.text import Text

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


def _cut(text: Text) -> Iterator[str]:
    width, height = text.width() + SLACK, text.height() + SLACK
    if text.hasHeightForWidth():
        if text.heightForWidth(text.width()) > height:
            yield f"cut below: {text.text()!r}"
    elif text.natural_width() > width and (text.minimumSizeHint().width() > 0 or _must_be_whole(text.text())):
        yield f"cut at the side: {text.text()!r}, {text.natural_width()} in {text.width()}"
    elif text.sizeHint().height() > height:
        yield f"cut below: {text.text()!r}"


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
