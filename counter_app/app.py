"""Builds everything by plain constructor calls, and closes it in reverse order."""

import gc
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from counter_app import __version__, lazily, log
from counter_app.ui import crash
from counter_app.ui.garbage import Collector
from counter_app.ui.shell import Shell
from counter_app.words.say import N_, Both, Language, both, joined

if TYPE_CHECKING:
    from counter_app.desk.desk import Desk
    from counter_app.documents.page import Document
    from counter_app.domain.checkup import Finding
    from counter_app.domain.link import Brought
    from counter_app.domain.ways import Ways
    from counter_app.line import Line
    from counter_app.printing.worker import PaperWorker
    from counter_app.ui.backup_work import BackupWork
    from counter_app.ui.first_run import FirstRun
    from counter_app.ui.window import Window

REFUSED = 3
BEGIN_LINE_AFTER_MS = 60_000


class Opening(NamedTuple):
    """What is to be opened: a folder, and for the demo office how to make it when it is not there.

    ``training``: it is the demo office to practise at, which has no line, no copies and no printer.
    """

    folder: Path
    demo: bool
    consumers: int
    seed: int
    training: bool = False


class Opened(NamedTuple):
    """What was opened, to be closed again; ``signs`` are code and password of the demo office.

    ``ways``, ``language`` and ``large`` are what was chosen here before; None while no language was.
    """

    desk: "Desk"
    signs: tuple[str, str] | None
    ways: "Ways"
    language: Language | None
    large: bool


class LateWorker:
    """The worker process for papers, started with the first paper: most starts of the program need none."""

    def __init__(self) -> None:
        self._worker: PaperWorker | None = None

    def pdf(self, document: "Document") -> bytes:
        """The PDF's bytes; ``PaperFailed`` when it cannot be made. Blocking."""
        if self._worker is None:
            from counter_app.printing.worker import PaperWorker

            self._worker = PaperWorker()
        return self._worker.pdf(document)

    def close(self) -> None:
        """End the process, where there is one."""
        if self._worker is not None:
            self._worker.close()


class Counter(QObject):
    """The running program: the empty window first, then what stands in it, then the data behind it.

    ``language`` is the one asked for at the start; None: the one that was chosen here last, once the data
    is open. ``opened`` comes when somebody may sign in; ``stopped`` when the data could not be opened.
    """

    opened = Signal()
    _link = Signal(object)
    stopped = Signal()
    _progress = Signal(int, int)

    def __init__(self, application: QApplication, opening: Opening, language: Language | None) -> None:
        super().__init__(application)
        self._application = application
        self._opening, self._language = opening, language
        self.shell = Shell(dark=is_dark(application))
        self.window: Window | None = None
        self.exit_code = 0
        self._desk: Desk | None = None
        self._worker = LateWorker()
        self._line: Line | None = None
        self._told: tuple[Both, ...] = ()
        self._backups: BackupWork | None = None
        self._collector = Collector(self, lambda: self.window is not None and self.window.background.busy)
        self._late_line = QTimer(self, interval=BEGIN_LINE_AFTER_MS, singleShot=True)
        self._late_line.timeout.connect(self._begin_line)
        self._progress.connect(self._show_progress)
        self.shell.painted.connect(self._furnish, Qt.ConnectionType.QueuedConnection)

    def close(self) -> None:
        """Close in reverse order: threads, worker, data."""
        self._late_line.stop()
        if self._backups is not None:
            self._backups.close()
        if self.window is not None:
            self.window.work.stop()
            self.window.background.close()
        self._worker.close()
        if self._line is not None:
            self._line.close()
        if self._desk is not None:
            self._desk.book.close()

    @Slot()
    def _furnish(self) -> None:
        """The empty window is painted: put in what stands in it, and open the data off the UI thread."""
        from counter_app.ui import theme
        from counter_app.ui.pages.table import build
        from counter_app.ui.window import Window

        theme.dress(self._application)
        self.window = Window(self._language or Language.HINDI, now, build)
        self.shell.furnish(self.window, self.window)
        self._open()

    def _open(self) -> None:
        """Open the data in the background; the page that waits for it has the cursor."""
        assert self.window is not None
        self.window.wait_for_data()
        opening, tell = self._opening, self._progress.emit
        self.window.background.run(lambda: open_desk(opening, tell), self._opened, self._refused)

    # -- the first run -------------------------------------------------------------------------------

    def _begin_first_run(self) -> None:
        """There are no records. What asks for them is read in beside the window: it is many modules."""
        assert self.window is not None
        made = partial(first_run_of, self._opening.folder, self._begin_made, self._look_around)
        self.window.background.run(made, self._show_first_run)

    @Slot(object)
    def _show_first_run(self, first_run: "FirstRun") -> None:
        """Ask what this PC is to be."""
        assert self.window is not None
        self.window.begin_first_run(first_run)
        self._collector.start()

    def _begin_made(self, told: "tuple[Both, ...]") -> None:
        """The counter is made: open it; ``told`` stands on the sign-in page."""
        self._told = told
        self._open()

    def _look_around(self) -> None:
        """The demo office, in a folder of its own."""
        self._opening = self._opening._replace(folder=self._opening.folder.with_name("demo"), demo=True)
        self._open()

    # -- the data ------------------------------------------------------------------------------------

    @Slot(object)
    def _opened(self, opened: Opened) -> None:
        from counter_app.ui.link import CentreLine
        from counter_app.ui.paper_out import PaperOut
        from counter_app.ui.parts import Kind
        from counter_app.ui.support import Support

        assert self.window is not None
        self._desk = opened.desk
        if self._opening.training:
            from counter_app.ui.drill import Drill

            self.window.drill = Drill(self.window)
        else:
            self.window.work.line = CentreLine(self._try_now, self._enrol, self._write_out, self._read_in)
            self._link.connect(self.window.work.show_link)
            # Whoever sits down first: the line, once Home is there, or all the same while nobody signs in.
            self.window.work.settled.connect(self._begin_line)
            self._late_line.start()
            self.window.open_drill = self._open_drill
        self.window.work.settled.connect(self._collector.keep, Qt.ConnectionType.SingleShotConnection)
        self.window.support = Support(self._check, self._make_support)
        papers = self._opening.folder.absolute() / "papers"
        self.window.background.bills_now.folder = papers
        self.window.work.paper_out = PaperOut(self._worker, papers, opened.ways)
        if opened.signs:
            self.window.demo_signs = (*opened.signs, str(self._opening.folder / "keys.json"))
        language = opened.language if self._language is None else None
        self.window.attach(opened.desk, language, large=opened.large)
        self._collector.start()
        if self._told:
            self.window.tell(self._told[0], Kind.GOOD, joined(self._told[1:]))
            self._begin_line()
        self.opened.emit()

    @Slot()
    def _begin_line(self) -> None:
        """Begin the line to the centre, where the counter is enrolled; off the UI thread, and once."""
        assert self.window is not None
        self.window.background.centre(lambda: self._made_line().begin(), self._line_begun)
        self._begin_backups()

    def _begin_backups(self) -> None:
        """Copies of the data, as they fall due; begun once, when nobody waits for the start any more."""
        if self._backups is None:
            from counter_app.desk.backups import Copying
            from counter_app.machine import steady
            from counter_app.ui.backup_work import BackupWork

            assert self._desk is not None
            assert self.window is not None
            self._backups = BackupWork(self.window, Copying(self._desk), steady)

    @Slot(object)
    def _line_begun(self, _nothing: None) -> None:
        """From now on it tells of itself."""

    def _made_line(self) -> "Line":
        """The line; made in the one thread that asks for it."""
        if self._line is None:
            from counter_app.line import Line

            assert self._desk is not None
            self._line = Line(self._desk.book, self._link.emit, log.fault)
        return self._line

    def _try_now(self) -> None:
        self._made_line().try_now()

    def _enrol(self, url: str, code: str, certificate: str) -> None:
        self._made_line().enrol(url, code, certificate)

    def _write_out(self, file: Path) -> int:
        return self._made_line().write_out(file)

    def _read_in(self, file: Path) -> "Brought":
        return self._made_line().read_in(file)

    def _open_drill(self) -> None:
        """The zone to practise at, beside the data of this office and in a window and process of its own."""
        from PySide6.QtCore import QProcess  # most days nobody practises

        assert self.window is not None
        beside = self._opening.folder.with_name(f"{self._opening.folder.name}-drill")
        program = [] if getattr(sys, "frozen", False) else ["-m", "counter_app"]
        asked = ["drill", "--data", str(beside), "--language", self.window.language]
        QProcess.startDetached(sys.executable, [*program, *asked])

    def _check(self) -> "tuple[Finding, ...]":
        from counter_app import doctor

        return doctor.findings(self._opening.folder, now())

    def _make_support(self) -> Path:
        from counter_app import support

        return support.write_beside(self._opening.folder, now())

    @Slot(object)
    def _refused(self, trouble: Exception) -> None:
        """The data cannot be opened: the window says why and what to do, and so does the terminal."""
        assert self.window is not None
        from counter_app.domain.refusals import OfficeMissing, Refused

        if isinstance(trouble, OfficeMissing):
            self._begin_first_run()
            return
        self.exit_code = REFUSED
        self.window.tell_trouble(trouble)
        self._collector.start()
        if isinstance(trouble, Refused):
            from counter_app.words.refusals import sentence

            said = sentence(trouble, self.window.language)
            print("\n".join(line for line in said if line), file=sys.stderr)
        self.stopped.emit()

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        assert self.window is not None
        language = self.window.language
        text = N_("Making the demo office: {done} of {total}")
        if self._opening.training:
            text = N_("Making the zone to practise at: {done} of {total}")
        words = both(text, language, done=done, total=total)
        self.window.page().show_progress(words, done, total)


def now() -> datetime:
    """The PC's clock."""
    return datetime.now(UTC)


def begin(folder: Path) -> QApplication:
    """Qt's application, in the style of the house, and the log of a data folder.

    Set later, the style would come back as an object, and all its enumerations be made for nothing.
    """
    lazily.put_off()
    crash.watch(folder)
    sys.setswitchinterval(0.0005)  # s; beside threads that are all Python the usual 5 ms can be felt
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    # WORKAROUND: of itself Qt does not always end when the last window closes while the data is being opened.
    application.lastWindowClosed.connect(application.quit)
    return application


def is_dark(application: QApplication) -> bool:
    """Whether the desktop asks for a dark look."""
    return application.styleHints().colorScheme().name == "Dark"


def run(
    folder: Path, *, demo: bool, consumers: int, seed: int, language: Language | None, training: bool = False
) -> int:
    """Open the window and stay until it is closed; the exit code."""
    # Collecting garbage while a thousand modules are read finds none and takes a tenth of the time.
    gc.disable()
    application = begin(folder)
    log.note(f"started {__version__} {sys.platform} Python {sys.version_info.major}.{sys.version_info.minor}")
    counter = Counter(application, Opening(folder, demo, consumers, seed, training), language)
    counter.shell.show()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda _number, _frame: counter.shell.close())
    try:
        application.exec()
    finally:
        counter.close()
        log.note(f"ended {counter.exit_code}")
        log.end()
    return counter.exit_code


def first_run_of(
    folder: Path, begin: "Callable[[tuple[Both, ...]], None]", look_around: Callable[[], None]
) -> "FirstRun":
    """What the window may ask for while no records lie in a folder."""
    from counter_app import backups, doctor, line
    from counter_app.setting_up.making import set_up
    from counter_app.setting_up.reading import read_file
    from counter_app.store.keys import demand_keyring
    from counter_app.ui.first_run import FirstRun

    return FirstRun(
        check=lambda: doctor.findings(folder, now()),
        demand_keyring=partial(demand_keyring, folder),
        read=lambda file, office, counter: read_file(file, office, counter, "", now()),
        certificate=line.read_certificate,
        make=lambda wanted: set_up(folder, wanted, now),
        restore=partial(backups.put_back_told, folder),
        begin=begin,
        look_around=look_around,
    )


def open_desk(opening: Opening, progress: Callable[[int, int], None]) -> Opened:
    """Open the data, after making the demo office where it is asked for and not there. Blocking."""
    from counter_app.desk import language, paper
    from counter_app.desk.desk import Desk
    from counter_app.desk.rules import rules_of
    from counter_app.domain.refusals import OfficeMissing
    from counter_app.store import keys, replacing
    from counter_app.store.book import Book

    at = now()
    signs = None
    if opening.demo:
        from counter_app import demo

        signs = (demo.CASHIER, demo.PASSWORD)
        if opening.training:
            from counter_app.demo import training

            training.ready(opening.folder, at, progress)
        elif not Book.exists(opening.folder):
            demo.make(
                opening.folder, consumers=opening.consumers, seed=opening.seed, now=at, progress=progress
            )
        found = keys.demo_keys(opening.folder)
    elif not Book.exists(opening.folder):
        raise OfficeMissing
    else:
        found = keys.office_keys(opening.folder)
        # A set-up that was killed at its end left it; it is no key of records that could be lost later.
        keys.forget_office_keys(opening.folder / replacing.STAGE)
    book = Book.open(opening.folder, found, program=__version__, now=at)
    desk = Desk(book, rules_of(book), book.office)
    return Opened(desk, signs, paper.ways(desk), language.remembered(desk), language.remembered_large(desk))
