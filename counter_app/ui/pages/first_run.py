"""The first run: no records are on this PC. Language first, then one of three ways."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.domain.checkup import Finding
from counter_app.ui.check_card import CheckCard
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.icons import Icon
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, column, row
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.words.say import N_, Both, Language, both

WAYS = "ways"
_LANGUAGES = {"1": Language.HINDI, "2": Language.ENGLISH}
_NEED_KEYRING = {"1": "set_up", "2": "put_back"}


class FirstRunPage(Page):
    """A digit chooses; Esc goes back to the language."""

    name = "first_run"
    needs_sign_in = False

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.main_column.addWidget(self._build_head())
        self._speaking, self._going = self._build_languages(), self._build_ways()
        self.main_column.addWidget(self._speaking)
        self.main_column.addWidget(self._going)
        self.main_column.addStretch(1)
        self._check = CheckCard(self.language)
        self.side_column.addWidget(self._check, 1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        escape = self._both(N_("Language")) if self._is_going() else Both("", "")
        return Keys(("language",), escape=escape, accept=self._both(N_("Next")))

    def enter(self, visit: Visit) -> None:
        """Ask what this PC has; ``typed`` tells that the language was chosen."""
        self._show(going=visit.typed == WAYS)
        self.fetch_findings()

    def again(self) -> None:
        """Back from one of the ways: what was missing may have been repaired."""
        self.enter(Visit(typed=WAYS))

    def typed(self) -> str:
        return WAYS if self._is_going() else ""

    def digit(self, digit: str) -> bool:
        return (self._ways if self._is_going() else self._languages).pick(digit)

    def step(self, rows: int) -> bool:
        (self._ways if self._is_going() else self._languages).step(rows)
        return True

    def accept(self) -> None:
        chosen = self._ways if self._is_going() else self._languages
        if chosen.key():
            chosen.pick(chosen.key())

    def escape(self) -> None:
        self._show(going=False)

    # -- inside --------------------------------------------------------------------------------------

    def fetch_findings(self) -> None:
        """Look at this PC, beside the window."""
        first_run = self.frame.first_run
        if first_run is not None:
            self.frame.background.outside(first_run.check, self._show_findings)

    @Slot(object)
    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        self._check.show_findings(findings, self.frame.now())

    def _is_going(self) -> bool:
        return not self._going.isHidden()

    def _show(self, *, going: bool) -> None:
        self._speaking.setVisible(not going)
        self._going.setVisible(going)
        self._languages.select(list(_LANGUAGES.values()).index(self.language))
        self._ways.select(0)
        self.setFocus()
        self.frame.keys_changed()

    @Slot(str)
    def _spoken(self, key: str) -> None:
        self._show(going=True)
        if _LANGUAGES[key] is not self.language:
            self.frame.act("language")

    @Slot(str)
    def _gone(self, key: str) -> None:
        first_run = self.frame.first_run
        if first_run is None:
            return
        if key in _NEED_KEYRING:
            self.save(first_run.demand_keyring, lambda _its_name: self.frame.go(_NEED_KEYRING[key]))
        else:
            first_run.look_around()

    # -- building ------------------------------------------------------------------------------------

    def _build_head(self) -> QWidget:
        card = Card(padding=(24, 18, 24, 18))
        line = row(spacing=20)
        line.addWidget(Icon("bolt", 36, "accent"))
        words = column(spacing=2)
        head = self._both(N_("This PC is no counter yet"))
        words.addWidget(Text(Run(head.lead, "title", "ink", bold=True)))
        words.addWidget(Text(Run(head.second, "lead", "ink2")))
        line.addLayout(words, 1)
        card.body.addLayout(line)
        return card

    def _build_languages(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(heading(Both("भाषा", "Language"), "lead"))
        rows = [
            Choice("1", Both("हिन्दी, साथ में अंग्रेज़ी", "Hindi, with English beside it")),
            Choice("2", Both("English", "केवल अंग्रेज़ी")),
        ]
        self._languages = Choices(rows, lines=True)
        self._languages.picked.connect(self._spoken)
        card.body.addWidget(self._languages)
        return card

    def _build_ways(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("What this PC is to be")), "lead"))
        rows = [
            Choice("1", self._both(N_("A counter: set it up, by a file or by typing")), "usb"),
            Choice("2", self._both(N_("A counter that was here before: put its copy back")), "sync"),
            Choice("3", self._both(N_("Nothing yet: look around in an invented office")), "search"),
        ]
        self._ways = Choices(rows, lines=True)
        self._ways.picked.connect(self._gone)
        card.body.addWidget(self._ways)
        card.section().addWidget(
            sentence(
                self._both(N_("Nothing is made before the last Enter. The window can be closed any time."))
            )
        )
        return card

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
