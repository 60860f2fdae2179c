"""What a new counter still wants from its administrator: printers, places for copies, a look at who works."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import today
from counter_app.desk.today import Notices
from counter_app.domain.checkup import Finding
from counter_app.ui.actions import BY_NAME
from counter_app.ui.check_card import CheckCard
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, clear
from counter_app.ui.text import heading, sentence
from counter_app.words.say import N_, Both, both

_STEPS = {"printers": "printer", "backups": "usb", "people": "person"}
"""The pages in their order, and the icon of each."""


class FirstStepsPage(Page):
    """Enter opens the marked step, and who comes back from it finds the next one marked. Each can wait."""

    name = "first_steps"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._next = 0
        self._choices = Choices([])
        self.main_column.addWidget(self._build_steps())
        self.main_column.addStretch(1)
        self._check = CheckCard(self.language)
        self.side_column.addWidget(self._check, 1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        accept = self._both(N_("Open") if self._choices.current < len(_STEPS) else N_("To work"))
        return Keys(("help", "language", "lock"), escape=self._both(N_("Later")), accept=accept)

    def enter(self, visit: Visit) -> None:
        """Begin with the first step; what stood here before the language changed stands again."""
        self._next = int(visit.typed) if visit.typed else 0
        self.again()

    def again(self) -> None:
        """Back from a step: what was chosen there shows, and what is still amiss."""
        self.setFocus()
        desk, session = self.frame.desk, self.frame.session
        self.fetch(lambda: today.notices(desk, session), self._show)
        if self.frame.support is not None:
            self.frame.background.outside(self.frame.support.check, self._show_findings)

    def typed(self) -> str:
        return str(self._next)

    def digit(self, digit: str) -> bool:
        return self._choices.pick(digit)

    def step(self, rows: int) -> bool:
        self._choices.step(rows)
        self.frame.keys_changed()
        return True

    def accept(self) -> None:
        if self._choices.key():
            self._choices.pick(self._choices.key())

    # -- inside --------------------------------------------------------------------------------------

    @Slot(object)
    def _show(self, notices: Notices) -> None:
        wanting = {"printers": notices.no_printer, "backups": notices.no_copies}
        not_yet = self._both(N_("not chosen yet")).lead
        rows = [
            Choice(str(place), self._both(BY_NAME[page].long), icon, right=not_yet * wanting.get(page, False))
            for place, (page, icon) in enumerate(_STEPS.items(), start=1)
        ]
        rows.append(Choice(str(len(rows) + 1), self._both(N_("That is all: to work")), "ok"))
        clear(self._list)
        self._choices = Choices(rows, current=self._next, lines=True)
        self._choices.picked.connect(self._picked)
        self._list.addWidget(self._choices)
        self.frame.keys_changed()

    @Slot(object)
    def _show_findings(self, findings: tuple[Finding, ...]) -> None:
        self._check.show_findings(findings, self.frame.now())

    @Slot(str)
    def _picked(self, key: str) -> None:
        self._next = min(int(key), len(_STEPS))
        if int(key) > len(_STEPS):
            self.frame.home()
        else:
            self.frame.go([*_STEPS][int(key) - 1])

    def _build_steps(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("First steps of this counter")), "lead"))
        self._list = card.section()
        more = card.section()
        for words in (
            N_(
                "On the page of printers Ins in the first row prints a test page of each kind of paper, "
                "in both scripts."
            ),
            N_("Take two places for copies that are not on this PC's own disk, and draw the recovery code."),
            N_("Each can wait. This page comes back by the words first steps on Home."),
        ):
            more.addWidget(sentence(self._both(words), "body"))
        return card

    def _both(self, text: str) -> Both:
        return both(text, self.language)
