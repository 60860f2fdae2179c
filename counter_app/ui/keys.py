"""Every key passes here first: held-down keys, the scanner's burst, and what a key means on a page."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

BURST_LENGTH = 8
BURST_GAP_MS = 35
# A scanner's own Enter may come late; for so long after a burst Enter means nothing.
BURST_REST_MS = 400

ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
ONE_A_PRESS = ENTERS | {Qt.Key.Key_Escape, Qt.Key.Key_Delete} | {Qt.Key(Qt.Key.Key_F1 + n) for n in range(12)}


class Scanner(QObject):
    """Tells a scanner's burst from a person's typing by its pace.

    Characters are held back until the next pause of ``BURST_GAP_MS`` or key: a burst never reaches a
    field, and a person does not notice the delay. Held characters are typed again where the focus is.
    """

    def __init__(
        self, parent: QObject, scanned: Callable[[str], None], type_again: Callable[[QKeyEvent], None]
    ) -> None:
        super().__init__(parent)
        self._scanned, self._type_again = scanned, type_again
        self._held: list[QKeyEvent] = []
        self._last = 0.0
        self._stamped = False
        self._rest_until = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(BURST_GAP_MS)
        self._pause.timeout.connect(self.settle)

    def take(self, event: QKeyEvent) -> bool:
        """Look at a key press; True when it is held back or part of a burst."""
        at, stamped = _time_of(event)
        follows = stamped == self._stamped and at - self._last <= BURST_GAP_MS
        if self._held and not follows:
            self.settle()
        self._last, self._stamped = at, stamped
        if event.key() in ENTERS:
            burst = len(self._held) >= BURST_LENGTH
            self.settle()
            return burst or monotonic() * 1000 < self._rest_until
        if not _typed(event):
            self.settle()
            return False
        self._held.append(_copy(event))
        self._pause.start()
        return True

    def settle(self) -> None:
        """The pause is over: what is held is a burst, or is typed after all."""
        self._pause.stop()
        held, self._held = self._held, []
        if len(held) >= BURST_LENGTH:
            self._rest_until = monotonic() * 1000 + BURST_REST_MS
            self._scanned("".join(event.text() for event in held))
            return
        for event in held:
            self._type_again(event)


class KeyWay(QObject):
    """The event filter of the window: what the person presses, in the order in which it is understood.

    ``press`` gets keys before the field with the focus; True means that it is done.
    """

    def __init__(
        self, window: QWidget, press: Callable[[QKeyEvent], bool], scanned: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window, self._press = window, press
        self._scanner = Scanner(self, scanned, self._type_again)

    def listen(self) -> None:
        """Take the keys from now on; to be called when the window is shown.

        They are met where the desktop hands them to the window. A filter of the application would be
        asked about every event of every widget, which costs a twentieth of the start.
        """
        self._window.window().windowHandle().installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if QApplication.activePopupWidget() is not None:
            return False
        if event.isAutoRepeat() and event.key() in ONE_A_PRESS:
            return True
        if not event.isAutoRepeat() and self._scanner.take(event):
            return True
        return self._press(event)

    def settle(self) -> None:
        """Decide at once about characters that are held back."""
        self._scanner.settle()

    def _type_again(self, event: QKeyEvent) -> None:
        """Give a held character to whatever has the focus now."""
        if self._press(event):
            return
        target = self._window.window().focusWidget()
        if target is None:
            target = self._window
        QCoreApplication.sendEvent(target, event)


def _copy(event: QKeyEvent) -> QKeyEvent:
    """A key press of our own, to be sent later."""
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())


def focus_takes_text(window: QWidget) -> bool:
    """Whether a field that can be typed into has the focus in a window."""
    focused = window.window().focusWidget()
    return isinstance(focused, QLineEdit) and not focused.isReadOnly()


def deletes_nothing(window: QWidget) -> bool:
    """Whether a field has the focus in which Del has nothing to take away: the cursor stands behind all."""
    focused = window.window().focusWidget()
    if not isinstance(focused, QLineEdit):
        return False
    return focused.cursorPosition() == len(focused.text()) and not focused.hasSelectedText()


def _typed(event: QKeyEvent) -> bool:
    """Whether a key press puts a character that a scanner could have sent."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    text = event.text()
    return not held and len(text) == 1 and text.isprintable() and text != " "


def _time_of(event: QKeyEvent) -> tuple[float, bool]:
    """When a key was pressed, in milliseconds: by the keyboard's own stamp where there is one."""
    stamp = event.timestamp()
    return (float(stamp), True) if stamp else (monotonic() * 1000, False)
