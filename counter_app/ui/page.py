"""What every page is, and what a page may ask of the window it stands in."""

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from counter_app import log
from counter_app.domain.link import LinkState
from counter_app.domain.people import Session
from counter_app.domain.refusals import Refused
from counter_app.domain.value import value
from counter_app.ui.parts import Banner, Kind, column, row, scrolling
from counter_app.ui.text import announce
from counter_app.words.say import Both, Language

if TYPE_CHECKING:
    from counter_app.desk.desk import Desk
    from counter_app.desk.rows import DraftRow
    from counter_app.domain.ways import Ways
    from counter_app.ui.background import Background
    from counter_app.ui.drill import Drill
    from counter_app.ui.first_run import FirstRun
    from counter_app.ui.header import SearchBox
    from counter_app.ui.link import CentreLine
    from counter_app.ui.paper_out import HandsOut
    from counter_app.ui.room import Room
    from counter_app.ui.support import Support

T = TypeVar("T")

HOME, HELP = "home", "help"
SIDE_WIDTH = 448
GAP, CARD_GAP = 24, 12


@value
class Visit:
    """Why a page is opened: for which consumer, receipt or complaint, or with which kept work."""

    consumer: str = ""
    act: UUID | None = None
    typed: str = ""
    scanned: bool = False
    draft: "DraftRow | None" = None


@value
class HalfTyped:
    """Work that is not recorded yet. ``act`` was made when the page opened; ``body`` is the page's own."""

    act: UUID
    consumer: str
    body: dict[str, str] = field(default_factory=dict)


@value
class Key:
    """A key of the key bar beside the actions of everywhere, such as "Del"."""

    cap: str
    words: Both


@value
class Keys:
    """The key bar of a page as it stands now.

    ``actions`` are names of actions that work here; ``current`` is the page's own (white cap);
    ``suggested`` is drawn as the accept key where Enter does nothing. Empty words leave a key out.
    ``renamed`` gives an action other words on this page.
    """

    actions: tuple[str, ...]
    current: str = ""
    suggested: str = ""
    more: tuple[Key, ...] = ()
    escape: Both = Both("", "")
    accept: Both = Both("", "")
    renamed: tuple[tuple[str, Both], ...] = ()


class Frame(Protocol):
    """The window as a page sees it."""

    @property
    def language(self) -> Language:
        """How people read here."""

    @property
    def desk(self) -> "Desk":
        """The open desk."""

    @property
    def is_open(self) -> bool:
        """Whether the data is open."""

    @property
    def demo_signs(self) -> tuple[str, str, str] | None:
        """In the demo office: the code and password to fill in, and where its key lies."""

    @property
    def first_run(self) -> "FirstRun | None":
        """What may be asked where there are no records yet."""

    @property
    def support(self) -> "Support | None":
        """What may be asked about this PC and its program while records are open."""

    @property
    def drill(self) -> "Drill | None":
        """Practice, at the office for training."""

    @property
    def open_drill(self) -> Callable[[], None] | None:
        """Opens the window of the office for training, from that of another."""

    @property
    def locked(self) -> bool:
        """Whether somebody's work waits behind the sign-in page."""

    @property
    def session(self) -> Session:
        """Who is signed in."""

    @property
    def room(self) -> "Room":
        """Where pages stand."""

    @property
    def background(self) -> "Background":
        """The threads for work."""

    @property
    def search(self) -> "SearchBox":
        """The search box of the header."""

    @property
    def basket(self) -> dict[str, str]:
        """Consumer numbers that will be paid together, and their names."""

    @property
    def link(self) -> LinkState | None:
        """How the line to the centre stands; None while none was begun."""

    @property
    def line(self) -> "CentreLine | None":
        """What may be asked of the line to the centre."""

    def now(self) -> datetime:
        """The time, with its zone."""

    def go(self, page: str, visit: Visit = ...) -> None:
        """Open a page; Esc comes back to this one."""

    def back(self) -> None:
        """One step back."""

    def act(self, action: str) -> None:
        """Do an action, as its key does where it has one."""

    def home(self, result: Both = ..., note: str = "") -> None:
        """To Home, work done; ``result`` and ``note`` stand in the green strip until a key is pressed."""

    def signed_in(self, session: Session) -> None:
        """Somebody signed in, or unlocked what was locked."""

    def tell(self, head: Both, kind: Kind = ..., more: Both = ...) -> None:
        """Show a banner in the page; the next message or ``untell`` takes its place."""

    def tell_trouble(self, trouble: Exception) -> None:
        """Show a refusal in its words; anything else as a fault of the program."""

    def untell(self) -> None:
        """The cause is gone: take the banner away."""

    def keys_changed(self) -> None:
        """The page's keys are others now: redraw the key bar."""

    def after_saving(self, *, recorded: bool) -> None:
        """Something is recorded, or was refused, and the page has said so."""

    def print_job(self, job: UUID, language: Language = Language.HINDI) -> None:
        """Put a job on paper, off the UI thread; what becomes of it shows in the status line or a banner.

        A bill is printed in a language; other papers have both.
        """

    def take_out(self, hand_out: "HandsOut", handed: str = ...) -> None:
        """Let the desk write a file and say where; ``handed``: said when a ``{printer}`` took it."""

    @property
    def ways(self) -> "Ways":
        """Where papers go."""

    def choose_ways(self, choose: "Callable[[Desk, Session, datetime], Ways]") -> None:
        """Let papers go another way from now on; the page is asked to ``refresh`` then."""

    def drop_draft(self, act: UUID) -> None:
        """The half-typed work is recorded or given up: forget what was kept of it."""


class Page(QWidget):
    """A page: ``main`` is what you do, ``side`` what it means. Subclasses fill their columns.

    Built once a language. While ``saving`` is true the window gives it no keys.
    """

    name: ClassVar[str] = ""
    wide: ClassVar[bool] = False
    needs_sign_in: ClassVar[bool] = True

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame.room)
        self.frame = frame
        self.saving = False
        self._visits = 0
        self.main, self.side = QWidget(), QWidget()
        self.main_column, self.side_column = column(spacing=CARD_GAP), column(spacing=CARD_GAP)
        self.main.setLayout(self.main_column)
        self.side.setLayout(self.side_column)
        # Without a header above, a page keeps the distance that the header keeps.
        panes = row(spacing=GAP, margins=(0, 0 if self.needs_sign_in else CARD_GAP, 0, 0))
        self.setLayout(panes)
        self.main.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._main_room = scrolling(self.main)
        panes.addWidget(self._main_room, 1)
        self._side_room = scrolling(self.side)
        panes.addWidget(self._side_room)
        # Only now: what has no parent would be shown as a window of its own.
        self._side_room.setVisible(not self.wide)
        self.fit_side(SIDE_WIDTH)
        self._banner = Banner(Both("", ""), Kind.NOTE)
        self._banner.hide()
        (self.main_column if self.wide else self.side_column).addWidget(self._banner)

    @property
    def language(self) -> Language:
        """How people read here."""
        return self.frame.language

    def fit_side(self, width: int) -> None:
        """The side panel's width has changed."""
        self._side_room.setFixedWidth(width)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        """The key bar as it stands now."""
        return Keys(("help", "find", "lock"))

    def enter(self, visit: Visit) -> None:
        """The page is opened: take the visit, set the focus, ask the desk. Called on each opening."""

    def again(self) -> None:
        """The page is shown once more by Esc or after unlocking: what was typed still stands."""

    def leave(self) -> None:
        """Another page takes the place of this one."""

    def accept(self) -> None:
        """Enter."""

    def escape(self) -> None:
        """Esc: one step back, nothing lost."""
        self.frame.back()

    def digit(self, digit: str) -> bool:
        """A digit typed outside of every field; tells whether it meant something."""
        return False

    def step(self, rows: int) -> bool:
        """Arrow up (-1) or down (1) that no field has taken; tells whether it meant something."""
        return False

    def turn(self, pages: int) -> bool:
        """Page up (-1) or down (1) move in the paper that is shown, then in a page with more than fits.

        Tells whether there was more.
        """
        from counter_app.ui.preview import Preview  # Home has none

        paper = self.findChild(Preview)
        if paper is not None and paper.turn(pages):
            return True
        bar = self._main_room.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + pages * bar.pageStep())
        return bar.value() != before

    def other_key(self, key: int, text: str) -> bool:
        """Any other key that no field has taken (Del, ``+``, letters); tells whether it meant something."""
        return False

    def wants_digits(self) -> bool:
        """Whether the next digit is a command even while a field has the focus."""
        return False

    def commands(self) -> str:
        """Signs that are commands (``other_key``) even while a field has the focus."""
        return ""

    def scanned(self, text: str) -> bool:
        """What a scanner sent; True: it belongs here, so nobody is looked up by it."""
        return False

    def acts(self, action: str) -> bool:
        """An action's key before the window acts on it; True: the page has done it (F4 on a stop card)."""
        return False

    def consumer(self) -> str:
        """The number F3, F4, F5 and F6 act on; empty for none."""
        return ""

    def draft(self) -> HalfTyped | None:
        """What is half-typed here; None when nothing would be lost."""
        return None

    def typed(self) -> str | None:
        """What comes back as the ``typed`` of a visit when the language changes; None: what it was."""
        return None

    def refresh(self) -> None:
        """Something was recorded somewhere: ask again for what may have changed; keep the focus."""

    def link_changed(self) -> None:
        """The line to the centre stands otherwise."""

    # -- what a page uses --------------------------------------------------------------------------

    def opened(self) -> None:
        """Begin a new visit: answers to questions of the one before are dropped. The window calls it."""
        self.set_aside()
        self.untell()

    def set_aside(self) -> None:
        """The visit is over: what it asked for is answered to nobody. The window calls it."""
        self._visits += 1

    def fetch(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        """Ask the desk; the answer is dropped when the page has begun another visit by then, or is gone."""
        visit = self._visits

        def still(value: T) -> None:
            if visit == self._visits and isValid(self):
                then(value)

        self.frame.background.run(job, still, self.frame.tell_trouble)

    def save(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        """Record something: no keys until the answer is here; a refusal goes to ``refused``."""
        if self.saving:
            return
        self.saving = True
        self.frame.keys_changed()

        def saved(value: T) -> None:
            self._rest()
            then(value)
            self.frame.background.changed.emit()
            self.frame.after_saving(recorded=True)

        self.frame.background.run(job, saved, self._refused)

    def refused(self, trouble: Exception) -> None:
        """The desk said no to ``save``; the default shows why in a banner. What was typed stands."""
        self.frame.tell_trouble(trouble)

    def show_progress(self, words: Both, done: int, total: int) -> None:
        """The sign-in page shows how far the opening is; others come later."""

    def show_result(self, result: Both, note: str) -> None:
        """Home shows the green strip of what was just recorded; other pages have none."""

    def show_banner(self, head: Both, kind: Kind, more: Both) -> None:
        """Show a message in the page's own place for it. Pages call ``frame.tell``."""
        self._banner.show_banner(head, kind, more=more)
        self._banner.show()
        announce(self._banner, self._banner.accessibleName())

    def untell(self) -> None:
        """Take the message away."""
        self._banner.hide()

    def _refused(self, trouble: Exception) -> None:
        if isinstance(trouble, Refused):
            log.note(f"refused {type(trouble).__name__}")
        self._rest()
        self.refused(trouble)
        self.frame.after_saving(recorded=False)

    def _rest(self) -> None:
        self.saving = False
        self.frame.keys_changed()
