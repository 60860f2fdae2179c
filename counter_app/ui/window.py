"""The window: frame, pages, and the way between them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from counter_app.domain.people import Session, may
from counter_app.domain.refusals import NotAllowed, Refused
from counter_app.ui.actions import BY_KEY, BY_NAME, Action
from counter_app.ui.background import Background
from counter_app.ui.bars import KeyBar, StatusLine
from counter_app.ui.desk_work import DeskWork
from counter_app.ui.header import Header, SearchBox
from counter_app.ui.keys import ENTERS, KeyWay, focus_takes_text
from counter_app.ui.page import GAP, SIDE_WIDTH, Frame, Page, Visit
from counter_app.ui.parts import Kind, column
from counter_app.ui.shell import SMALLEST, USUAL
from counter_app.words.say import Both, Language, both

if TYPE_CHECKING:
    from counter_app.desk.desk import Desk

LOCK_AFTER = timedelta(minutes=3)
WIDE_SIDE = 520
WIDE_FROM = 1600
SIGN_IN, HOME = "sign_in", "home"
NO_VISIT = Visit()
# Actions that make no sense without a consumer.
NEED_CONSUMER = frozenset({"pay", "bill"})


class Window(QWidget):
    """What stands in the counter's one window. ``clock`` gives the time, ``build`` a page by its name."""

    def __init__(
        self, language: Language, clock: Callable[[], datetime], build: Callable[[str, Frame], Page]
    ) -> None:
        super().__init__()
        self.language, self.now, self._build = language, clock, build
        self.background = Background()
        self.work = DeskWork(self)
        self._desk: Desk | None = None
        self._session: Session | None = None
        self.demo_signs: tuple[str, str, str] | None = None
        self._locked = False
        self._frame: QWidget | None = None
        self._pages: dict[str, Page] = {}
        self._trail: list[tuple[str, Visit]] = []
        self.background.trouble.connect(self.tell_trouble)
        self.background.changed.connect(self._refresh)
        self._key_way = KeyWay(self, self._press, self._scanned)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._room = column()
        self.setLayout(self._room)
        self._build_frame()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self.lock_after(LOCK_AFTER)
        self._tick = QTimer(self)
        self._tick.timeout.connect(self._show_time)
        self._tick.start(1000)
        self._show_time()
        self._show(SIGN_IN, Visit())
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self._key_way)

    # -- what pages may ask --------------------------------------------------------------------------

    @property
    def desk(self) -> "Desk":
        """The open desk."""
        if self._desk is None:
            raise RuntimeError("the data is not open yet")
        return self._desk

    @property
    def session(self) -> Session:
        """Who is signed in."""
        if self._session is None:
            raise RuntimeError("nobody is signed in")
        return self._session

    @property
    def search(self) -> SearchBox:
        """The search box of the header."""
        return self._header.search

    @property
    def is_open(self) -> bool:
        """Whether the data is open."""
        return self._desk is not None

    @property
    def locked(self) -> bool:
        """Whether somebody's work waits behind the sign-in page."""
        return self._locked

    def page(self) -> Page:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Page)
        return shown

    def go(self, page: str, visit: Visit = NO_VISIT) -> None:
        """Open a page; Esc comes back to the one that is shown."""
        self._put_aside()
        if page == HOME:
            self._trail = self._trail[-1:] if visit.typed else []
        self._trail.append((page, visit))
        self._show(page, visit)

    def back(self) -> None:
        """One step back; nothing is lost."""
        self._put_aside()
        if len(self._trail) > 1:
            self._trail.pop()
            page, visit = self._trail[-1]
            same = page in self._pages and visit.draft is None
            self._show(page, visit, again=same)
        else:
            self.home()

    def home(self, result: Both = Both("", ""), note: str = "") -> None:
        """To Home, work done. ``result`` and ``note`` stand in a green strip until a key is pressed."""
        self._trail = [(HOME, Visit())]
        self._show(HOME, Visit())
        if result.lead:
            self.page().show_result(result, note)

    def tell(self, head: Both, kind: Kind = Kind.WARN, more: Both = Both("", "")) -> None:
        """Show a banner in the page."""
        self.page().show_banner(head, kind, more)

    def untell(self) -> None:
        """Take the banner away."""
        self.page().untell()

    def tell_trouble(self, trouble: Exception) -> None:
        """Show a refusal in its words; anything else as a fault of the program, noted in a file."""
        if isinstance(trouble, Refused):
            from counter_app.words.refusals import sentence

            self.tell(sentence(trouble, self.language), Kind.WARN)
            return
        from counter_app.ui.crash import note

        line = note(trouble)
        head = both("The program could not do this.", self.language)
        what = both("What was recorded before is safe. Technical line: {line}", self.language, line=line)
        self.tell(head, Kind.BAD, what)

    def keys_changed(self) -> None:
        """Redraw the key bar."""
        page = self.page()
        keys = page.keys()
        if self._session is not None:
            role = self._session.person.role
            allowed = tuple(
                name for name in keys.actions if (right := BY_NAME[name].right) is None or may(role, right)
            )
            keys = replace(keys, actions=allowed)
        self._keys.show_keys(keys, self.language, live=not page.saving)

    def drop_draft(self, act: UUID) -> None:
        """Forget half-typed work that is recorded or given up."""
        self.work.drop(act)

    def print_job(self, job: UUID) -> None:
        """Put a job on paper."""
        self.work.print_job(job)

    # -- what app and sign-in tell --------------------------------------------------------------------

    def attach(self, desk: "Desk") -> None:
        """The data is open: from now on somebody may sign in."""
        self._desk = desk
        self._header.show_office(desk.office, self.language)
        self.window().setWindowTitle(
            desk.office.name_hi if self.language is Language.HINDI else desk.office.name_en
        )
        self.page().refresh()
        self.keys_changed()

    def signed_in(self, session: Session) -> None:
        """Somebody signed in, or unlocked what was locked."""
        same = self._locked and self._session is not None and self._session.person == session.person
        self._session, self._locked = session, False
        self.work.show_status()
        self._idle.start()
        if same and self._trail:
            page, visit = self._trail[-1]
            self._show(page, visit, again=page in self._pages)
        else:
            self.work.after_sign_in()

    def lock(self) -> None:
        """Put the sign-in page before the work; nothing of it shows, nothing is lost."""
        if self._session is None or self._locked or self.page().saving:
            return
        self._put_aside()
        self._locked = True
        self.search.put("")
        self._show(SIGN_IN, Visit())
        self.work.show_status()

    def lock_after(self, time: timedelta) -> None:
        """Lock after so long without a key."""
        self._idle.setInterval(int(time.total_seconds() * 1000))

    def settle_keys(self) -> None:
        """Decide at once about characters that might have been a scanner's."""
        self._key_way.settle()

    # -- inside --------------------------------------------------------------------------------------

    def _build_frame(self) -> None:
        self._header, self._stack = Header(self.language), QStackedWidget()
        self._keys, self.status = KeyBar(), StatusLine()
        work = QWidget()
        room = column(margins=(GAP, 4, GAP, 16))
        room.addWidget(self._stack)
        work.setLayout(room)
        whole = column()
        for widget in (self._header, work, self._keys, self.status):
            whole.addWidget(widget, 1 if widget is work else 0)
        if self._frame is not None:
            self._room.removeWidget(self._frame)
            self._frame.deleteLater()
        self._frame = QWidget()
        self._frame.setLayout(whole)
        self._room.addWidget(self._frame)
        self._header.search.edited.connect(self._searched)
        self._keys.pressed.connect(self._key_clicked)

    def _show(self, name: str, visit: Visit, *, again: bool = False) -> None:
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._build(name, self)
            self._stack.addWidget(page)
        page.side.setFixedWidth(self._side_width())
        self._header.setVisible(page.needs_sign_in)
        self._stack.setCurrentWidget(page)
        if again:
            page.again()
        else:
            page.opened()
            page.enter(visit)
        self.keys_changed()

    def _put_aside(self) -> None:
        """The page that is shown is left: what is half-typed in it is kept."""
        page = self.page()
        if self._locked or not page.needs_sign_in:
            return
        if self._trail and self._trail[-1][0] == page.name:
            name, visit = self._trail[-1]
            self._trail[-1] = (name, replace(visit, draft=self.work.keep(page) or visit.draft))
        page.leave()

    def _refresh(self) -> None:
        self.page().refresh()
        self.work.show_status()

    def _show_time(self) -> None:
        self.status.show_time(self.now(), self.language)

    def _side_width(self) -> int:
        return WIDE_SIDE if self.width() >= WIDE_FROM else SIDE_WIDTH

    # -- keys ----------------------------------------------------------------------------------------

    def _press(self, event: QKeyEvent) -> bool:
        """A key before the field that has the focus; True when nothing is left to do."""
        page = self.page()
        self._idle.start()
        if page.saving:
            return True
        key, text = event.key(), event.text()
        if key in BY_KEY and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._act(BY_KEY[Qt.Key(key)])
            return True
        if key in ENTERS:
            if self._elsewhere():
                return True
            page.accept()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return page.step(-1 if key == Qt.Key.Key_Up else 1)
        elif len(text) == 1 and text.isdecimal() and (page.wants_digits() or not focus_takes_text(self)):
            return page.digit(str(int(text)))
        elif not focus_takes_text(self):
            return page.other_key(key, text)
        else:
            return False
        return True

    def _elsewhere(self) -> bool:
        """Whether the cursor is in the search box of a page that is not Home: Enter means nothing there."""
        return self.search.has_focus() and self.page().name != HOME

    def _escape(self) -> None:
        if self._elsewhere():
            self.page().again()
        else:
            self.page().escape()

    def _act(self, action: Action) -> None:
        page = self.page()
        if action.name == "language":
            self._change_language()
        elif action.name == "lock":
            self.lock()
        elif action.name not in page.keys().actions or page.acts(action.name):
            return
        elif action.right and self._session and not may(self._session.person.role, action.right):
            self.tell_trouble(NotAllowed())
        elif action.name == "find":
            self.search.take_focus()
        elif action.name == "hold":
            self._put_aside()
            self.home()
        elif action.page != page.name:
            self._open(action, page.consumer())

    def _open(self, action: Action, consumer: str) -> None:
        if action.name in NEED_CONSUMER and not consumer:
            self.tell(both("Find the consumer first, then press the key.", self.language), Kind.NOTE)
            self.search.take_focus()
            return
        self.go(action.page, Visit(consumer=consumer))

    def _key_clicked(self, name: str) -> None:
        self._key_way.settle()
        page = self.page()
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

    def _searched(self, typed: str) -> None:
        if self._session is None or self._locked:
            return
        if self.page().name == HOME:
            self.page().enter(Visit(typed=typed))
        elif typed:
            self.go(HOME, Visit(typed=typed))

    def _scanned(self, text: str) -> None:
        """A scanner sent a burst: it is looked up wherever the cursor was."""
        if self._session is None or self._locked or self.page().saving:
            return
        visit = Visit(typed=text, scanned=True)
        if self.page().name == HOME:
            self.page().enter(visit)
        else:
            self.go(HOME, visit)

    def _change_language(self) -> None:
        if self.page().saving:
            return
        self._put_aside()
        self.language = Language.ENGLISH if self.language is Language.HINDI else Language.HINDI
        shown, typed = self.page().name, self.search.text()
        self._pages.clear()
        self._build_frame()
        if self._desk is not None:
            self._header.show_office(self._desk.office, self.language)
        self.search.put(typed)
        visit = self._trail[-1][1] if self._trail and not self._locked else Visit()
        self._show(shown, replace(visit, typed=typed) if shown == HOME else visit)
        self.work.show_status()
        self._show_time()

    # -- Qt ------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._header.fit_side(self._side_width())
        self.page().side.setFixedWidth(self._side_width())

    def may_close(self) -> bool:
        """Whether the window may be closed now: not while something is recorded. Half-typed work is kept."""
        if self.page().saving:
            return False
        self._put_aside()
        return True
