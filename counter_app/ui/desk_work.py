"""What the window itself asks of the desk: half-typed work, the status line, papers on their way out."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from counter_app import log
from counter_app.domain.acts import PaperState
from counter_app.domain.people import Role, may
from counter_app.ui.actions import BY_NAME
from counter_app.ui.arriving import Arriving
from counter_app.ui.bills_told import BillsTold
from counter_app.ui.page import HalfTyped, Page
from counter_app.ui.parts import Kind
from counter_app.words.say import N_, Both, Language, both

if TYPE_CHECKING:
    from pathlib import Path

    from counter_app.desk.desk import Desk
    from counter_app.desk.drawer_now import DrawerNow
    from counter_app.desk.rows import DraftRow
    from counter_app.domain.link import LinkState
    from counter_app.domain.people import Session
    from counter_app.domain.ways import Ways
    from counter_app.ui.link import CentreLine
    from counter_app.ui.paper_out import HandsOut, News, PaperOut
    from counter_app.ui.window import Window

KEEP_EVERY_MS = 2000
LOOK_EVERY_MS = 30_000
ASK_EVERY_MS = 2000
READ_PAGES_AFTER_MS = 1500


class DeskWork(QObject):
    """Runs beside the pages; every question goes to the desk's thread.

    ``settled``: somebody signed in, Home stands, what is slow to read was read, the pages are built.
    """

    settled = Signal()

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._kept: dict[UUID, dict[str, str]] = {}
        self.paper_out: PaperOut | None = None
        self.line: CentreLine | None = None
        self.link: LinkState | None = None
        self._keeping = QTimer(self)
        self._keeping.timeout.connect(self._keep_shown)
        self._keeping.start(KEEP_EVERY_MS)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look_at_clock)
        self._looking.start(LOOK_EVERY_MS)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.timeout.connect(self._ask_about_papers)
        self._readable: tuple[str, ...] = ()
        window.room.ready.connect(self._pages_built)
        self._hindrance = ""
        self.bills_told = BillsTold(window)
        self._arriving = Arriving(window)
        self._arriving.arrived.connect(self._arrived)

    def stop(self) -> None:
        """Keep nothing more, ask nothing more: the window is going."""
        self._keeping.stop()
        self._looking.stop()
        self._asking.stop()
        self._window.room.stop()

    # -- half-typed work -----------------------------------------------------------------------------

    def keep(self, page: Page) -> "DraftRow | None":
        """Keep what is half-typed on a page, also against a power cut; None when there is nothing."""
        half = page.draft()
        if half is None:
            return None
        from counter_app.desk.rows import DraftRow

        window = self._window
        if self._kept.get(half.act) != half.body:
            self._kept[half.act] = half.body
            job = partial(_keep, window.desk, window.session, page.name, half, window.now())
            window.background.run(job, self._done, self._not_kept)
        return DraftRow(half.act, page.name, half.consumer, "", "", window.now(), half.body)

    def drop(self, act: UUID) -> None:
        """Forget a draft."""
        self._kept.pop(act, None)
        window = self._window
        desk, session = window.desk, window.session

        def job() -> None:
            from counter_app.desk import drafts

            drafts.drop(desk, session, act)

        window.background.run(job, self._done)

    def _keep_shown(self) -> None:
        window = self._window
        if window.is_open and not window.locked and window.page().needs_sign_in and not window.page().saving:
            self.keep(window.page())

    @Slot(object)
    def _done(self, _nothing: None) -> None:
        """A draft is kept or forgotten; nobody need be told."""

    @Slot(object)
    def _not_kept(self, trouble: Exception) -> None:
        self._window.tell_trouble(trouble)

    def sign_out(self, session: "Session") -> None:
        """Somebody else has signed in at the locked counter: the one before is signed out."""
        window = self._window
        desk, act, at = window.desk, uuid4(), window.now()

        def job() -> None:
            from counter_app.desk import sign_in

            sign_in.sign_out(desk, session, act, at)

        window.background.run(job, self._done)

    # -- after signing in ------------------------------------------------------------------------------

    def after_sign_in(self) -> None:
        """Bring who signed in to a page."""
        self._arriving.begin()

    @Slot()
    def _arrived(self) -> None:
        self.bills_told.tell_waiting()
        QTimer.singleShot(READ_PAGES_AFTER_MS, self, self._read_pages)

    def _read_pages(self) -> None:
        """Read pages and rules while nobody waits, so that the first F4 is as quick as the second."""
        rules = self._window.desk.rules

        def job() -> tuple[tuple[str, ...], set[str]]:
            from counter_app.ui.pages.table import read_all

            return read_all(), rules.kinds

        self._window.background.outside(job, self._pages_read)

    @Slot(object)
    def _pages_read(self, read: tuple[tuple[str, ...], set[str]]) -> None:
        self._readable = read[0]
        self._window.room.build_ahead(self.pages())

    def pages(self) -> tuple[str, ...]:
        """The pages that whoever works here may open, once they were read."""
        role = self._window.session.person.role
        return tuple(name for name in self._readable if _of_use(role, name))

    @Slot()
    def _pages_built(self) -> None:
        if self._readable:
            self.settled.emit()

    # -- status line -----------------------------------------------------------------------------------

    def show_status(self) -> None:
        """Ask for what the status line says and show who is here."""
        window = self._window
        language, status = window.language, window.status
        if window.locked:
            status.person.put(both("Locked", language), "lock")
        if not window.is_working:
            return
        session = window.session
        person = session.person
        name = Both(person.name_hi, "") if language.value == "hi" else Both(person.name_en, "")
        status.person.put(name, "person")
        self._show_link()
        self._show_printer()
        desk = window.desk

        def job() -> "DrawerNow | None":
            from counter_app.desk import drawer_now

            return drawer_now.now(desk, session)

        window.background.run(job, self._show_drawer)
        self._look_at_clock()

    def _look_at_clock(self) -> None:
        """Ask whether something stands against the PC's clock."""
        window = self._window
        if not window.is_working:
            return
        desk, at = window.desk, window.now()

        def job() -> bool:
            from counter_app.desk import clock

            return clock.doubt(desk, at) is not None

        window.background.run(job, self._show_clock)

    @Slot(object)
    def _show_clock(self, doubted: bool) -> None:
        self._window.show_clock(doubted=doubted)

    @Slot(object)
    def show_link(self, state: "LinkState") -> None:
        """The line to the centre stands otherwise."""
        before, self.link = self.link, state
        if before is None or (before.linked, before.trouble) != (state.linked, state.trouble):
            log.note(f"line linked {state.linked} trouble {state.trouble}")
        if self._window.is_working:
            self._show_link()
            self._window.page().link_changed()

    def _show_link(self) -> None:
        from counter_app.ui.link import look_of

        self._window.status.link.put(*look_of(self.link, self._window.now(), self._window.language))

    @Slot(object)
    def _show_drawer(self, drawer: "DrawerNow | None") -> None:
        from counter_app.words.dates import clock

        window = self._window
        words = Both("", "")
        if drawer is not None:
            said, time = both("Drawer open", window.language), clock(drawer.opened_at)
            words = Both(said.lead, f"{said.second} {time}".strip())
        window.status.drawer.put(words, "drawer")

    # -- papers ------------------------------------------------------------------------------------------

    def print_job(self, job: UUID, language: Language = Language.HINDI) -> None:
        """Put a job on paper off the UI thread; its outcome is recorded and shown."""
        if self.paper_out is not None:
            window = self._window
            out, desk, session, now = self.paper_out, window.desk, window.session, window.now
            window.background.outside(
                lambda: out.put_out(desk, session, job, now, language), self._printed, self._not_printed
            )

    def take_out(self, hand_out: "HandsOut", handed: str = "") -> None:
        """Let the desk write a file, off the UI thread, and say where it lies; ``handed`` is said with the
        name of the printer that took the pages instead.
        """
        if self.paper_out is not None:
            out = self.paper_out
            self._window.background.outside(
                lambda: (handed, out.take_out(hand_out)), self._taken_out, self._window.tell_trouble
            )

    @Slot(object)
    def _taken_out(self, done: "tuple[str, Path | str]") -> None:
        handed, where = done
        said = handed if isinstance(where, str) else N_("The file lies here: {file}")
        self._window.tell(both(said, self._window.language, file=where, printer=where), Kind.GOOD)

    def choose_ways(self, choose: "Callable[[Desk, Session, datetime], Ways]") -> None:
        """Let papers go another way from now on."""
        desk, session, at = self._window.desk, self._window.session, self._window.now()
        self._window.background.run(lambda: choose(desk, session, at), self._chosen)

    @Slot(object)
    def _chosen(self, ways: "Ways") -> None:
        if self.paper_out is not None:
            self.paper_out.ways = ways
        self._show_printer()
        self._window.page().refresh()

    def remember_language(self, language: Language) -> None:
        """Use this language at the next start too."""
        desk = self._window.desk

        def job() -> None:
            from counter_app.desk.language import remember

            remember(desk, language)

        self._window.background.run(job, self._done)

    def remember_large(self, *, large: bool) -> None:
        """Print everything larger at the next start too, or in the usual size."""
        from counter_app.desk.language import remember_large

        desk = self._window.desk
        self._window.background.run(lambda: remember_large(desk, large=large), self._done)

    def _show_printer(self) -> None:
        language, printer = self._window.language, self._window.status.printer
        name = self.paper_out.ways.usual.printer if self.paper_out is not None else ""
        words = (
            both("Printer: {name}", language, name=name) if name else both("Papers go to PDF files", language)
        )
        printer.put(words, "printer")

    @Slot(object)
    def _printed(self, outcome: tuple[PaperState, str]) -> None:
        self._show_outcome(*outcome)
        self._window.page().refresh()
        self._go_on_asking()

    @Slot(object)
    def _not_printed(self, trouble: Exception) -> None:
        self._window.tell_trouble(trouble)
        self._window.page().refresh()
        self._go_on_asking()

    def _show_outcome(self, state: PaperState, where: str) -> None:
        window = self._window
        good = state in (PaperState.SENT, PaperState.CONFIRMED)
        words = both("Paper made: {where}", window.language, where=where)
        if state is not PaperState.CONFIRMED:
            words = both("Sent to the printer: {where}", window.language, where=where)
        window.status.printer.put(words, "printer", "base-good" if good else "base-warn")
        if not good:
            head = both(
                "The work is recorded, printing is not confirmed. Look at the printer.", window.language
            )
            more = both("Type paper in the search box to say what came out.", window.language)
            window.tell(head, Kind.WARN, more)

    def _go_on_asking(self) -> None:
        """As long as the print system has papers, it is asked about them every now and then."""
        if self.paper_out is not None and self.paper_out.waits and not self._asking.isActive():
            self._asking.start(ASK_EVERY_MS)

    def _ask_about_papers(self) -> None:
        window, out = self._window, self.paper_out
        if out is None or not window.is_working:
            self._go_on_asking()
            return
        desk, session, now = window.desk, window.session, window.now
        window.background.outside(lambda: out.look(desk, session, now), self._heard)

    @Slot(object)
    def _heard(self, news: "list[News]") -> None:
        hindrance = ""
        for one in news:
            if one.waits_for is not None:
                hindrance = type(one.waits_for).__name__
                self._tell_hindrance(hindrance)
            elif one.state is not PaperState.SENT:
                self._show_outcome(one.state, one.printer)
                self._window.page().refresh()
        self._hindrance = hindrance
        self._go_on_asking()

    def _tell_hindrance(self, hindrance: str) -> None:
        """Say once why papers wait; they come by themselves when it is out of the way."""
        if hindrance != self._hindrance:
            language = self._window.language
            empty = both("Paper is out. Put some in; printing goes on by itself.", language)
            other = both("The printer has stopped. Look at it; printing goes on by itself.", language)
            self._window.tell(empty if hindrance == "NoPaper" else other, Kind.WARN)


def _keep(desk: "Desk", session: "Session", screen: str, half: HalfTyped, at: datetime) -> None:
    from counter_app.desk import drafts

    drafts.keep(desk, session, half.act, screen, half.consumer, half.body, at)


def _of_use(role: Role, page: str) -> bool:
    """Whether a page may be of use to a role: the actions that open it are allowed, or none is needed."""
    rights = [action.right for action in BY_NAME.values() if action.page == page]
    return not rights or any(right is None or may(role, right) for right in rights)
