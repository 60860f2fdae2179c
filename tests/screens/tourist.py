"""Somebody who goes through the real window by keys, and keeps a picture of what there is to see."""

from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import uuid4

from PySide6.QtWidgets import QApplication

from counter_app import demo
from counter_app.demo.staff import PASSWORD
from counter_app.desk import finding, sign_in
from counter_app.desk.desk import Desk
from counter_app.domain.people import Right, Session, may
from counter_app.ui import theme
from counter_app.ui.pages.table import build
from counter_app.ui.window import Window
from counter_app.words.say import Language
from tests.offices import NOW, open_desk
from tests.screens.hands import Hands
from tests.screens.looked_at import faults, raw_words

SIZES = {"1366": (1366, 768), "1920": (1920, 1080), "1280": (1280, 720)}

IN_ENGLISH = frozenset({"about", "message", "first-run-language"})
"""The stops that show English by their nature: the sources of the rules, the message in English, and what
asks for the language.
"""


def some_owing(desk: Desk, session: Session, at: datetime, count: int) -> tuple[str, ...]:
    """Numbers of the first consumers who owe more than a thousand rupees."""
    with desk.book.reading() as connection:
        numbers = demo.numbers(connection)
    owed = ((number, finding.preview(desk, session, number, at).payable) for number in numbers)
    return tuple(islice((number for number, payable in owed if payable and payable.amount > 1000_00), count))


class Tourist(Hands):
    """A window on an office's folder; ``out`` takes the pictures (None: none are made), ``clock`` stands."""

    def __init__(
        self,
        application: QApplication,
        folder: Path,
        language: Language,
        out: Path | None,
        at: datetime = NOW,
    ) -> None:
        self._application, self._folder, self._language, self._out = application, folder, language, out
        self._at = at
        super().__init__(Window(language, lambda: at, build))
        self.window.resize(*SIZES["1366"])
        self.window.show()
        self.window.activateWindow()
        self.window.attach(open_desk(folder, at), large=theme.is_large())
        self.window.background.bills_now.folder = Path("/papers")
        self.owing: tuple[str, ...] = ()
        self.seen: dict[str, tuple[str, ...]] = {}
        self.until(lambda: self.window.is_open)

    def close(self) -> None:
        """Close window, threads and data."""
        self.window.work.stop()
        self.window.background.close()
        self.window.desk.book.close()
        self.window.deleteLater()

    def sign_in(self, code: str) -> None:
        """Somebody sits down, and Home is shown."""
        desk = self.window.desk
        session = sign_in.sign_in(desk, code, PASSWORD, uuid4(), self._at)
        sees = may(session.person.role, Right.SEE_CONSUMERS)
        self.owing = some_owing(desk, session, self._at, 4) if sees else ()
        self.window.signed_in(session)
        self.to("home")

    def look(self, name: str, *, every: bool = True) -> None:
        """Note the faults of what is shown and keep its pictures, in each size and theme where ``every``."""
        self.breathe()
        hindi = self._language is Language.HINDI and name not in IN_ENGLISH
        found = list(raw_words(self.window)) if hindi else []
        for size in SIZES if every else ["1366"]:
            self.window.resize(*SIZES[size])
            self.breathe()
            found += [f"{size}: {fault}" for fault in faults(self.window)]
            for dark in (False, True) if self._out else ():
                shade = "dark" if dark else "light"
                self._picture(f"{name}-{self._language.value}-{size}-{shade}", dark=dark)
        self.window.resize(*SIZES["1366"])
        self.breathe()
        self.seen[name] = tuple(found)

    def _picture(self, name: str, *, dark: bool) -> None:
        assert self._out is not None
        theme.wear(self._application, dark=dark)
        self.window.grab().save(str(self._out / f"{name}.png"))
        theme.wear(self._application, dark=False)
