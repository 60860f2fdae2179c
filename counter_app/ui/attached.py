"""The photo or scan that goes with what is typed: chosen from a file, or dropped on the page."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from counter_app.domain.refusals import Refused
from counter_app.ui.file_dialogs import choose_file
from counter_app.ui.icons import Icon
from counter_app.ui.page import Key, Page
from counter_app.ui.parts import row
from counter_app.ui.text import Run, Text
from counter_app.words.refusals import sentence
from counter_app.words.say import N_, Both, both

PICTURE_KEY = "Ins"
_KEPT = "picture"
FILES = "JPEG, PNG (*.jpg *.jpeg *.png)"


class _Read(NamedTuple):
    """What became of a file: the picture, or why there is none. ``asked``: how many files were read."""

    asked: int
    content: bytes
    refusal: Refused | None = None


class Attached(QWidget):
    """One line that says what there is. ``changed`` comes when a picture has come or gone.

    ``content`` is its JPEG, empty for none; while ``reading`` it is still being looked at.
    """

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.content, self.reading, self._asked = b"", False, 0
        line = row(spacing=8)
        self.setLayout(line)
        self._icon, self._text = Icon("info", 16, "ink3"), Text(elide=True)
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        self.put({})

    def key(self) -> Key:
        """The key of the key bar that brings a picture or takes it away."""
        words = N_("Photo away") if self.content else N_("Photo")
        return Key(PICTURE_KEY, self._both(words))

    def put(self, kept: Mapping[str, str]) -> None:
        """Begin with what was kept of half-typed work, with none where none was."""
        self.content, self.reading = base64.b64decode(kept.get(_KEPT, "")), False
        self._show()

    def kept(self) -> dict[str, str]:
        """What is to be kept of it among what is half-typed."""
        return {_KEPT: base64.b64encode(self.content).decode()} if self.content else {}

    def press(self) -> None:
        """The key: take the picture away, or choose one."""
        if self.content:
            self.put({})
            self.changed.emit()
        elif not self.reading:
            choose_file(self._page, self._both(N_("Choose a photo or scan")), FILES, self.take)

    @Slot(str)
    def take(self, file: str) -> None:
        """Read a file; it is shown when that is done."""
        from counter_app.ui.pictures import read_file  # most complaints come without one

        self.reading, self._asked = True, self._asked + 1
        self._say(N_("The photo is being looked at …"), "ink2", "clock")
        asked = self._asked

        def job() -> _Read:
            try:
                return _Read(asked, read_file(Path(file)))
            except Refused as refusal:
                return _Read(asked, b"", refusal)

        self._page.frame.background.outside(job, self._taken, self._broken)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A file that is dragged over the page may be dropped there."""
        if isinstance(event, QDragEnterEvent) and dropped(event):
            event.acceptProposedAction()
            return True
        if type(event) is QDropEvent and not self.reading and (file := dropped(event)):
            event.acceptProposedAction()
            self.take(file)
            return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _taken(self, read: _Read) -> None:
        if not self.reading or read.asked != self._asked:
            return  # of somebody else's complaint, who was here before
        self.content, self.reading = read.content, False
        self._show()
        if read.refusal is not None:
            why = sentence(read.refusal, self._page.language).lead
            self._text.show_runs(Run(why, "caption", "bad", True))
            self._icon.show_icon("warn", "bad")
        self.changed.emit()

    @Slot(object)
    def _broken(self, trouble: Exception) -> None:
        if self.reading:
            self.put({})
        self._page.frame.tell_trouble(trouble)

    def _show(self) -> None:
        if self.content:
            self._say(N_("With a photo or scan, {size} KB"), "good", "ok", size=-(-len(self.content) // 1024))
        else:
            self._say(N_("Photo or scan: Ins, or drop it here"), "ink3", "info")

    def _say(self, text: str, tone: str, icon: str, **facts: object) -> None:
        words = self._both(text, **facts)
        self._text.show_runs(Run(words.lead, "caption", tone), Run(words.second, "caption", "ink3"))
        self._icon.show_icon(icon, tone)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self._page.language, **facts)


def dropped(event: QDropEvent) -> str:
    """The one file of this machine that is being dropped; empty for anything else."""
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""
