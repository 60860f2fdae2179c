"""What a key means: to the window, to the page, to the field that has the focus."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent

from counter_app.domain.people import may
from counter_app.domain.receipt_code import is_code
from counter_app.domain.refusals import NotAllowed
from counter_app.ui.actions import BY_KEY, BY_NAME, Action
from counter_app.ui.keys import ENTERS, KeyWay, deletes_nothing, focus_takes_text
from counter_app.ui.page import HELP, HOME, Page, Visit
from counter_app.ui.parts import Kind
from counter_app.words.say import both

if TYPE_CHECKING:
    from counter_app.ui.window import Window

# Actions that make no sense without a consumer.
NEED_CONSUMER = frozenset({"pay", "bill"})


class Keyboard(QObject):
    """Between the keys and the pages: keys pressed, keys clicked on the key bar, codes scanned."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._way = KeyWay(window, self._press, self._scanned)

    def listen(self) -> None:
        """Take the window's keys from now on."""
        self._way.listen()

    def settle(self) -> None:
        """Decide at once about characters that might have been a scanner's."""
        self._way.settle()

    @Slot(str)
    def click(self, name: str) -> None:
        """A key of the key bar was clicked."""
        self.settle()
        page = self._window.page()
        if page.saving:
            return
        if name in BY_NAME:
            self._act(BY_NAME[name])
        elif name == "escape":
            self._escape()
        elif name == "accept":
            page.accept()
        elif name.isdecimal():
            page.digit(name)
        else:
            page.other_key(Qt.Key.Key_Delete if name == "Del" else 0, name)

    @Slot()
    def open_line(self) -> None:
        """The status line's word about the centre was clicked."""
        self._open_by_mouse("sync")

    @Slot()
    def open_drawer(self) -> None:
        """The status line's word about the drawer was clicked."""
        self._open_by_mouse("drawer")

    def _open_by_mouse(self, page: str) -> None:
        window = self._window
        if window.is_working and not window.page().saving and window.page().name != page:
            window.go(page, Visit())

    @Slot(str)
    def searched(self, typed: str) -> None:
        """Something was typed into the search box: Home shows what is found."""
        window = self._window
        if not window.is_working:
            return
        if window.page().name == HOME:
            window.page().enter(Visit(typed=typed))
        elif typed:
            window.go(HOME, Visit(typed=typed))

    def _scanned(self, text: str) -> None:
        """A scanner sent a burst: it is looked up wherever the cursor was."""
        window = self._window
        if not window.is_working or window.page().saving:
            return
        if window.page().scanned(text):
            return
        visit = Visit(typed=text, scanned=True)
        if is_code(text):
            window.go("receipts", visit)
            return
        if window.page().name == HOME:
            window.page().enter(visit)
        else:
            window.go(HOME, visit)

    def _press(self, event: QKeyEvent) -> bool:
        """A key before the field that has the focus; True when nothing is left to do."""
        page = self._window.page()
        self._window.touched()
        if page.saving:
            return True
        key, text = event.key(), event.text()
        if key in BY_KEY and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._act(BY_KEY[Qt.Key(key)])
        elif key in ENTERS:
            if not self._elsewhere():
                page.accept()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return page.step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            return page.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Insert and not event.modifiers():  # with Shift it pastes
            return page.other_key(key, "Ins")
        elif key == Qt.Key.Key_Delete and deletes_nothing(page) and not self._window.search.has_focus():
            return page.other_key(key, "Del")
        elif len(text) == 1 and text.isdecimal() and (page.wants_digits() or not focus_takes_text(page)):
            return page.digit(str(int(text)))
        elif text and text in page.commands() and not self._window.search.has_focus():
            return page.other_key(key, text)
        elif focus_takes_text(page):
            return False
        else:
            return page.other_key(key, text)
        return True

    def _elsewhere(self) -> bool:
        """Whether the cursor is in the search box of a page that is not Home: Enter means nothing there."""
        return self._window.search.has_focus() and self._window.page().name != HOME

    def _escape(self) -> None:
        if self._elsewhere():
            self._window.page().again()
        elif self._window.drill is None or not self._window.drill.gives_up():
            self._window.page().escape()

    def _act(self, action: Action) -> None:
        window, page = self._window, self._window.page()
        if action.name == "language":
            window.look.change_language()
        elif action.name == "lock":
            window.lock()
        elif action.name not in page.keys().actions or page.acts(action.name):
            return
        elif action.right and window.is_working and not may(window.session.person.role, action.right):
            window.tell_trouble(NotAllowed())
        elif action.name == "find":
            window.search.take_focus()
        elif action.name == "hold":
            window.hold()
        elif action.page != page.name:
            self._open(action, page)

    def _open(self, action: Action, page: Page) -> None:
        window, consumer = self._window, page.consumer()
        if action.name in NEED_CONSUMER and not consumer:
            window.tell(both("Find the consumer first, then press the key.", window.language), Kind.NOTE)
            window.search.take_focus()
            return
        about = page.name if action.page == HELP else ""
        window.go(action.page, Visit(consumer=consumer, typed=about))
