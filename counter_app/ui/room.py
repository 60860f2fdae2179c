"""The room in which the pages stand: one is shown, the others wait, built before anybody asks for them."""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.ui.page import Frame, Page

STEP_EVERY_MS = 40
"""Between two steps of building ahead the window has its turn."""

STAY_MS = 20_000
"""Whoever only shows something to a consumer in the other language is back in the first by then."""


class Room(QStackedWidget):
    """``build`` makes a page of ``frame`` by its name. ``built``: a page that was to be built ahead is there;
    ``ready``: all of them are. After a change of language the pages of the one before wait beside for a
    while; only then do they make room for those that are built ahead: both at once would be as much again.
    """

    built = Signal(str)
    ready = Signal()

    def __init__(self, build: Callable[[str, Frame], Page], frame: Frame) -> None:
        super().__init__()
        self._build, self._frame = build, frame
        self._pages: dict[str, Page] = {}
        self._beside: dict[str, Page] = {}
        self._others: tuple[str, ...] = ()
        self._entered: set[str] = set()
        self._steps: Iterator[None] = iter(())
        self._ahead = QTimer(self)
        self._ahead.timeout.connect(self._one_step)
        self._stay = QTimer(self, interval=STAY_MS, singleShot=True)
        self._stay.timeout.connect(self._stayed)

    def page(self) -> Page:
        """The page that is shown."""
        shown = self.currentWidget()
        assert isinstance(shown, Page)
        return shown

    @property
    def is_leaving(self) -> bool:
        """Whether the page that is shown is no page of now, and goes as soon as another one is shown."""
        return self.page() not in self._pages.values()

    def has(self, name: str) -> bool:
        """Whether a page of this name stands here already."""
        return name in self._pages

    def holds(self, name: str) -> bool:
        """Whether the page of this name was shown, and holds what it held then."""
        return name in self._entered

    def picture(self, name: str) -> QPixmap:
        """How a page stands that was left just now, in the language it had then; empty where none was."""
        page = self._pages.get(name) if self.holds(name) else self._beside.get(name)
        return page.grab() if page is not None else QPixmap()

    def of(self, name: str) -> Page:
        """The page of a name, built now where it does not stand here."""
        if name not in self._pages:
            page = self._pages[name] = self._build(name, self._frame)
            self.addWidget(page)
        return self._pages[name]

    def show_page(self, page: Page) -> None:
        """Let a page be the one that is shown."""
        before = self.currentWidget()
        self.setCurrentWidget(page)
        self._entered.add(page.name)
        if isinstance(before, Page) and before not in self._pages.values():
            before.set_aside()
            if before not in self._beside.values():
                self._let_go(before)

    def build_ahead(self, names: Iterable[str], every_ms: int = STEP_EVERY_MS) -> None:
        """Build these pages, one after the other, while the window lives on."""
        self._stay.stop()
        self._steps = self._built(tuple(names))
        self._ahead.start(every_ms)

    def renew(self, shown: str, others: Iterable[str]) -> None:
        """Have pages in the frame's language of now: this one as fast as may be, the others ahead."""
        self.stop()
        left, self._pages, self._beside = self._pages, self._beside, {}
        if self._pages:
            for page in left.values():
                self._drop(page)
        else:
            self._beside = left
        stays = not self.is_leaving
        self._entered = {self.page().name} if stays else set()
        self._others = tuple(others)
        self.build_ahead((shown,), 0)

    def stop(self) -> None:
        """Build nothing ahead any more."""
        self._ahead.stop()
        self._stay.stop()
        self._steps, self._others = iter(()), ()

    def forget(self, but: str = "") -> None:
        """No page that stands here is shown again, but for one; nothing more is built ahead."""
        self.stop()
        self._drop_beside()
        self._entered &= {but}
        for name in [name for name in self._pages if name != but]:
            self._drop(self._pages.pop(name))

    def _drop_beside(self) -> None:
        beside, self._beside = self._beside, {}
        for page in beside.values():
            self._drop(page)

    def _drop(self, page: Page) -> None:
        """Let a page go; the shown one when another is shown."""
        if page is not self.currentWidget():
            self._let_go(page)

    def _let_go(self, page: Page) -> None:
        self.removeWidget(page)
        page.deleteLater()

    @Slot()
    def _one_step(self) -> None:
        for _ in self._steps:
            return
        self._ahead.stop()
        if self._others or self._beside:
            self._stay.start()
        else:
            self.ready.emit()

    @Slot()
    def _stayed(self) -> None:
        others, self._others = self._others, ()
        self._drop_beside()
        self.build_ahead(others)

    def _built(self, names: tuple[str, ...]) -> Iterator[None]:
        """A page, then its style: each step is short enough for a person not to feel it."""
        for name in names:
            if not self.has(name):
                page = self.of(name)
                yield
                for widget in page.findChildren(QWidget):
                    widget.ensurePolished()
                yield
            self._ahead.setInterval(STEP_EVERY_MS)
            self.built.emit(name)
