"""The window: frame, pages, and the way between them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from counter_app.domain.people import Session, may
from counter_app.domain.ways import Ways
from counter_app.ui import theme
from counter_app.ui.actions import BY_NAME
from counter_app.ui.background import Background
from counter_app.ui.bars import KeyBar, StatusLine
from counter_app.ui.desk_work import DeskWork
from counter_app.ui.header import Header, SearchBox, office_names, side_width
from counter_app.ui.keyboard import Keyboard
from counter_app.ui.look import Look
from counter_app.ui.page import GAP, HOME, Frame, Page, Visit
from counter_app.ui.parts import Kind, column
from counter_app.ui.room import Room
from counter_app.ui.shell import SMALLEST, USUAL
from counter_app.ui.wording import trouble_words
from counter_app.words.say import Both, Language, both

if TYPE_CHECKING:
    from counter_app.desk.desk import Desk
    from counter_app.domain.link import LinkState
    from counter_app.ui.drill import Drill
    from counter_app.ui.first_run import FirstRun
    from counter_app.ui.link import CentreLine
    from counter_app.ui.paper_out import HandsOut
    from counter_app.ui.support import Support

LOCK_AFTER = timedelta(minutes=3)
SIGN_IN, FIRST_RUN = "sign_in", "first_run"
NO_VISIT = Visit()


class Window(QWidget):
    """What stands in the counter's one window. ``clock`` gives the time, ``build`` a page by its name."""

    def __init__(
        self, language: Language, clock: Callable[[], datetime], build: Callable[[str, Frame], Page]
    ) -> None:
        super().__init__()
        self.language, self.now = language, clock
        self.room: Room = Room(build, self)
        self.background: Background = Background(self)
        self.work = DeskWork(self)
        self._desk: Desk | None = None
        self._session: Session | None = None
        self.demo_signs: tuple[str, str, str] | None = None
        self.support: Support | None = None
        self.drill: Drill | None = None
        self.open_drill: Callable[[], None] | None = None
        self.first_run: FirstRun | None = None
        self._locked = self._closing = False
        self.look = Look(self)
        self._trail: list[tuple[str, Visit]] = []
        self.basket: dict[str, str] = {}
        self.background.trouble.connect(self.tell_trouble)
        self.background.changed.connect(self._refresh)
        self.background.copy_now.copied.connect(self._tell_copied)
        self.room.built.connect(self._take_over)
        self._keyboard = Keyboard(self)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self._whole = column()
        self.setLayout(self._whole)
        work = column(margins=(GAP, 4, GAP, 16))
        work.addWidget(self.room)
        self._whole.addLayout(work, 1)
        self._keys = KeyBar()
        self._keys.pressed.connect(self._keyboard.click)
        self._whole.addWidget(self._keys)
        self._around: tuple[QWidget, ...] = ()
        self._build_around()
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)
        self.lock_after(LOCK_AFTER)
        self._tick = QTimer(self)
        self._tick.timeout.connect(self._show_time)
        self._tick.start(1000)
        self._show(SIGN_IN, Visit())

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
        return self.room.page()

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
            same = self.room.holds(page) and visit.draft is None
            self._show(page, visit, again=same)
        else:
            self.home()

    def act(self, action: str) -> None:
        """Do an action, as its key does where it has one."""
        if action == "large_print":
            self.look.change_print()
        elif BY_NAME[action].cap:
            self._keyboard.click(action)
        else:
            self.go(BY_NAME[action].page, Visit(typed=BY_NAME[action].typed))

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
        self.tell(*trouble_words(trouble, self.language))

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
        if self.drill is not None:
            keys = self.drill.keys(keys)
        self._keys.show_keys(keys, self.language, live=not page.saving)

    def after_saving(self, *, recorded: bool) -> None:
        """Close, where that waited for what is recorded now; whoever was refused has to know first."""
        self._closing = self._closing and recorded
        self._take_over()
        if self._closing and not self.page().saving:
            self.window().close()

    def show_clock(self, *, doubted: bool) -> None:
        """Say in the header whether something stands against the PC's clock."""
        self._header.show_clock(doubted=doubted)

    def drop_draft(self, act: UUID) -> None:
        """Forget half-typed work that is recorded or given up."""
        self.work.drop(act)

    def print_job(self, job: UUID, language: Language = Language.HINDI) -> None:
        """Put a job on paper."""
        self.work.print_job(job, language)

    def take_out(self, hand_out: "HandsOut", handed: str = "") -> None:
        """Let the desk write a file, off the UI thread; ``handed`` is said when a printer took it."""
        self.work.take_out(hand_out, handed)

    @property
    def ways(self) -> Ways:
        """Where papers go."""
        return self.work.paper_out.ways if self.work.paper_out is not None else Ways()

    @property
    def link(self) -> "LinkState | None":
        """How the line to the centre stands."""
        return self.work.link

    @property
    def line(self) -> "CentreLine | None":
        """What may be asked of the line to the centre."""
        return self.work.line

    def choose_ways(self, choose: "Callable[[Desk, Session, datetime], Ways]") -> None:
        """Let papers go another way from now on."""
        self.work.choose_ways(choose)

    # -- what app and sign-in tell --------------------------------------------------------------------

    def attach(self, desk: "Desk", language: Language | None = None, *, large: bool = False) -> None:
        """The data is open: from now on somebody may sign in.

        ``language`` is the one of the last time, taken unless another was chosen while the data opened;
        ``large``: everything was printed larger then.
        """
        self._desk = desk
        self.look.opened(language, large=large)
        self._header.show_office(desk.office, self.language)
        self.window().setWindowTitle(office_names(desk.office, self.language)[0])
        self.page().refresh()
        self.keys_changed()
        # While the password is checked in its thread, Home is made ready in this one.
        self.room.build_ahead((SIGN_IN, HOME), 0)

    def begin_first_run(self, first_run: "FirstRun") -> None:
        """There are no records: ask what this PC is to be."""
        self.first_run = first_run
        self._show(FIRST_RUN, Visit())

    def wait_for_data(self) -> None:
        """Records are there, or being made: the sign-in page tells how they are opened."""
        self._show(SIGN_IN, Visit())

    def signed_in(self, session: Session) -> None:
        """Somebody signed in, or unlocked what was locked."""
        before = self._session
        same = before is not None and before.person == session.person
        if before is not None and not same:
            self.work.sign_out(before)
            self._trail = []
            self.basket.clear()
            self.room.forget(but=SIGN_IN)
        self._session, self._locked = session, False
        self.work.show_status()
        self._idle.start()
        if same and self._trail:
            page, visit = self._trail[-1]
            self._show(page, visit, again=self.room.holds(page))
            self.work.bills_told.tell_waiting()
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

    @property
    def is_working(self) -> bool:
        """Whether somebody is signed in and not locked out."""
        return self._session is not None and not self._locked

    def hold(self) -> None:
        """Put the work aside for later and go Home, which says so."""
        held = self.page().draft() is not None
        self._put_aside()
        self.home(both("Held. It waits here on Home.", self.language) if held else Both("", ""))

    def touched(self) -> None:
        """A key was pressed: the lock waits anew."""
        self._idle.start()

    @Slot()
    def _take_over(self) -> None:
        """The page that is shown stands here in the language of now; page and work stay."""
        page = self.page()
        if not self.room.is_leaving or not self.room.has(page.name) or page.saving:
            return
        typed = page.typed()
        self._put_aside()
        visit = self._trail[-1][1] if self._trail and not self._locked else Visit()
        self._show(page.name, visit if typed is None else replace(visit, typed=typed))

    def settle_keys(self) -> None:
        """Decide at once about characters that might have been a scanner's."""
        self._keyboard.settle()

    # -- inside --------------------------------------------------------------------------------------

    def _build_around(self) -> None:
        """What stands above and below the pages, in the language of now."""
        for old in self._around:
            self._whole.removeWidget(old)
            old.deleteLater()
        self._header, self.status = Header(self.language), StatusLine()
        self._around = (self._header, self.status)
        self._whole.insertWidget(0, self._header)
        self._whole.addWidget(self.status)
        self._keys.print_anew()
        self._header.fit_side(side_width(self.width()))
        if self._desk is not None:
            self._header.show_office(self._desk.office, self.language)
        self._show_time()
        self.work.show_status()
        self._header.search.edited.connect(self._keyboard.searched)
        self.status.link.pressed.connect(self._keyboard.open_line)
        self.status.drawer.pressed.connect(self._keyboard.open_drawer)

    def _show(self, name: str, visit: Visit, *, again: bool = False) -> None:
        page = self.room.of(name)
        if self._header.made_for != (self.language, theme.is_large()):
            self._build_around()
        page.fit_side(side_width(self.width()))
        self._header.setVisible(page.needs_sign_in)
        self.room.show_page(page)
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

    @Slot(int)
    def _tell_copied(self, count: int) -> None:
        self.tell(both("Copied and checked: {count}", self.language, count=count), Kind.GOOD)

    def _show_time(self) -> None:
        self.status.show_time(self.now(), self.language)

    # -- Qt ------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keyboard.listen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._header.fit_side(side_width(self.width()))
        self.page().fit_side(side_width(self.width()))

    def may_close(self) -> bool:
        """Whether the window may be closed now. While something is recorded it may not, and closes itself
        afterwards. Half-typed work is kept.
        """
        if self.page().saving:
            self._closing = True
            return False
        self._put_aside()
        return True
