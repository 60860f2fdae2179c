"""Language and print of the window: what was chosen last time, what is chosen now, the pages built again."""

from typing import TYPE_CHECKING

from counter_app.ui import theme
from counter_app.words.say import Language

if TYPE_CHECKING:
    from counter_app.ui.window import Window


class Look:
    """How the window reads. Nobody has to be signed in to change it; page and work stay."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self._chosen: Language | None = None

    def change_language(self) -> None:
        """The other language from now on, and at the next start."""
        if self._window.page().saving:
            return
        self._speak(Language.ENGLISH if self._window.language is Language.HINDI else Language.HINDI)
        self._chosen = self._window.language
        if self._window.is_open:
            self._window.work.remember_language(self._chosen)

    def change_print(self) -> None:
        """Everything larger, or in the usual size again; from now on, and at the next start."""
        if not self._window.page().saving:
            self._print_in(large=not theme.is_large())
            self._window.work.remember_large(large=theme.is_large())

    def opened(self, language: Language | None, *, large: bool) -> None:
        """The data is open, and with it what was chosen last time; a language chosen meanwhile is kept."""
        if self._chosen is not None:
            self._window.work.remember_language(self._chosen)
        elif language is not None:
            self._speak(language)
        self._print_in(large=large)

    def _speak(self, language: Language) -> None:
        if language is not self._window.language:
            self._window.language = language
            self._build_anew()

    def _print_in(self, *, large: bool) -> None:
        if large is not theme.is_large():
            theme.enlarge(large=large)
            self._build_anew()

    def _build_anew(self) -> None:
        """The page that is shown takes over as soon as it stands; the others follow."""
        window = self._window
        others = window.work.pages() if window.is_working or window.locked else ()
        window.room.renew(window.page().name, others)
