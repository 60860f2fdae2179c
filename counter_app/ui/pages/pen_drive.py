"""Files on a pen drive instead of a line: what is unsent goes out in one, the answer comes back in one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import centre
from counter_app.domain.link import Brought
from counter_app.ui.file_dialogs import choose_file, choose_new_file
from counter_app.ui.page import Frame
from counter_app.ui.parts import Kind
from counter_app.words.by_hand import brought_words, written_words
from counter_app.words.say import N_, both

SUFFIX = "parcel"
FILES = f"*.{SUFFIX}"


class PenDrive(QObject):
    """Asks where, and does it beside everything else; ``done`` is called when something may be new."""

    def __init__(self, frame: Frame, parent: QWidget, done: Callable[[], None]) -> None:
        super().__init__(parent)
        self._frame, self._parent, self._done = frame, parent, done
        self._file = Path()

    def write(self) -> None:
        """Ask under which name, then write all that is unsent."""
        office = self._frame.desk.office
        title = both(N_("Write a file for the centre"), self._frame.language)
        name = f"{office.code}-{office.counter}.{SUFFIX}"
        choose_new_file(self._parent, title, FILES, name, SUFFIX, self._write)

    def read(self) -> None:
        """Ask which file came from the centre, then read it."""
        title = both(N_("Read a file from the centre"), self._frame.language)
        choose_file(self._parent, title, FILES, self._read)

    @Slot(str)
    def _write(self, name: str) -> None:
        line = self._frame.line
        if line is not None:
            self._file = Path(name)
            self._do(partial(line.write_out, self._file), self._written)

    @Slot(str)
    def _read(self, name: str) -> None:
        line = self._frame.line
        if line is not None:
            self._do(partial(line.read_in, Path(name)), self._was_read)

    def _do(self, what: Callable[[], object], then: Callable[[object], None]) -> None:
        frame = self._frame
        desk, session, at = frame.desk, frame.session, frame.now()

        def job() -> object:
            centre.allow_by_hand(desk, session, at)
            return what()

        frame.background.centre(job, then, frame.tell_trouble)

    @Slot(object)
    def _written(self, entries: object) -> None:
        assert isinstance(entries, int)
        self._frame.tell(written_words(entries, self._file.name, self._frame.language), Kind.GOOD)
        self._done()

    @Slot(object)
    def _was_read(self, brought: object) -> None:
        assert isinstance(brought, Brought)
        kind = Kind.WARN if brought.shut_out else Kind.GOOD
        self._frame.tell(brought_words(brought, self._frame.language), kind)
        self._done()
