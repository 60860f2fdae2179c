"""Help: the page one comes from, what every key does, and what to do when something stops."""

from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Slot

from counter_app.desk.checking import Checked, check_journal
from counter_app.domain.acts import Paper
from counter_app.domain.people import Right, may
from counter_app.ui import theme
from counter_app.ui.actions import ACTIONS, label
from counter_app.ui.all_keys import MORE_KEYS, sheet_of_keys
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.page import HELP, Frame, Key, Keys, Page, Visit
from counter_app.ui.page_picture import PagePicture
from counter_app.ui.parts import Card, Keycap, Kind, row
from counter_app.ui.text import Run, Text, heading
from counter_app.words.faults import fault_sentence
from counter_app.words.page_help import PAGE_HELP
from counter_app.words.say import N_, Both, both

_DOWN, _ROLLED = "PgDn", 44
_TROUBLE = (
    (
        N_("The power went"),
        N_("Start again. All receipts are safe; one question about the printer may come."),
    ),
    (
        N_("The printer stopped"),
        N_("The receipt is recorded. Print a copy with F7, never take the money again."),
    ),
    (N_("A danger to life"), N_("Phone 1912 first, then register it with F3.")),
    (N_("The drawer"), N_("No amount is shown before you have counted. F8 counts and closes it.")),
)


class HelpPage(Page):
    """What to do on the page one comes from, with its picture; F1 once more turns to all keys, and back."""

    name = HELP
    wide = True

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._checking = False
        self._about = ""
        self._page_card = self._build_page()
        self._keys_card = self._build_keys()
        panes = row(spacing=24)
        panes.addWidget(self._page_card, 3)
        panes.addWidget(self._keys_card, 3)
        panes.addWidget(self._build_trouble(), 2)
        self.main_column.addLayout(panes, 1)
        self._bar = self._main_room.verticalScrollBar()
        self._bar.rangeChanged.connect(self._rolled)
        self._bar.valueChanged.connect(self._rolled)

    def _build_page(self) -> Card:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("This page")), "lead"))
        self._said = Text(wrap=True)
        card.body.addWidget(self._said)
        self._picture = PagePicture(self._both(N_("Picture of the page")).lead)
        card.body.addWidget(self._picture, 1)
        card.body.addStretch(0)
        return card

    def _build_keys(self) -> Card:
        keys = Card(spacing=4)
        keys.body.addWidget(heading(self._both(N_("All keys")), "lead"))
        for action in ACTIONS:
            words = label(action, self.language)
            long = both(action.long, self.language)
            self._line(keys, action.cap, words.lead, long)
        for cap, text in MORE_KEYS:
            self._line(keys, cap, "", self._both(text))
        keys.body.addStretch(1)
        return keys

    def _build_trouble(self) -> Card:
        """What one can do above, so that it is seen at once in large print too, and what to do in trouble."""
        card = Card(spacing=3)
        card.body.addWidget(heading(self._both(N_("You can")), "lead"))
        printers = Choice("1", self._both(N_("Choose printers")), icon="printer")
        support = Choice("2", self._both(N_("Make a support file")), icon="info")
        drill = Choice("3", self._both(N_("Practice zone")), icon="person")
        large = Choice("4", self._both(N_("Large or usual print")), icon="search")
        sheet = Choice("5", self._both(N_("Print a sheet of all keys")), icon="receipt")
        self._choices = Choices([printers, support, drill, large, sheet], dense=True)
        self._choices.picked.connect(self._picked)
        card.body.addWidget(self._choices)
        trouble = card.section()
        trouble.addWidget(heading(self._both(N_("When something stops")), "lead"))
        for head, text in _TROUBLE:
            words, more = self._both(head), self._both(text)
            trouble.addWidget(heading(words))
            trouble.addWidget(Text(Run(more.lead), Run(more.second, "caption", "ink3"), wrap=True))
        trouble.addStretch(1)
        return card

    def keys(self) -> Keys:
        offered = may(self.frame.session.person.role, Right.VERIFY) and not self._checking
        check = self._both(N_("Check the journal")) if offered else Both("", "")
        rest = (Key(_DOWN, self._both(N_("Further down"))),)
        other = self._both(N_("All keys") if self._page_card.isVisibleTo(self) else N_("This page"))
        return Keys(
            ("help", "find", "lock") if self._about else ("find", "lock"), current=HELP,
            escape=self._both(N_("Back")), accept=check, renamed=((HELP, other),),
            more=rest if self._bar.value() < self._bar.maximum() else (),
        )  # fmt: skip

    def step(self, rows: int) -> bool:
        """Up and down move in what does not fit."""
        self._bar.setValue(self._bar.value() + rows * theme.scaled(_ROLLED))
        return bool(self._bar.maximum())

    def other_key(self, _key: int, text: str) -> bool:
        """The key that shows the rest, when it is clicked."""
        return text == _DOWN and self.turn(1)

    @Slot()
    def _rolled(self) -> None:
        if self.frame.room.page() is self:
            self.frame.keys_changed()

    def enter(self, visit: Visit) -> None:
        """``typed`` of the visit is the name of the page one comes from.

        Esc goes back to the work; 1 leads to the printers, 2 makes the file for who helps from afar,
        3 leads to practice, 4 prints everything larger, 5 the sheet of all keys; Enter checks the journal.
        """
        self.setFocus()
        self._about = visit.typed if visit.typed in PAGE_HELP else ""
        if self._about:
            words = self._both(PAGE_HELP[self._about])
            self._said.show_runs(Run(words.lead, "lead"), Run(words.second, "body", "ink3"))
            self._picture.show_picture(self.frame.room.picture(self._about))
        self._turn(all_keys=not self._about)

    def acts(self, action: str) -> bool:
        """F1 turns from the page one comes from to all keys, and back."""
        if action == HELP:
            self._turn(all_keys=not self._keys_card.isVisibleTo(self))
            self.frame.keys_changed()
        return action == HELP

    def _turn(self, *, all_keys: bool) -> None:
        self._keys_card.setVisible(all_keys)
        self._page_card.setVisible(not all_keys)

    def accept(self) -> None:
        """Check the journal beside the work, where that is among the person's rights."""
        if not self.keys().accept.lead:
            return
        self._checking = True
        self.frame.keys_changed()
        self.frame.tell(self._both(N_("The journal is being checked. Work can go on meanwhile.")), Kind.NOTE)
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        job = partial(check_journal, desk, session, at)
        self.frame.background.outside(job, self._show_checked, self._not_checked)

    def digit(self, digit: str) -> bool:
        """One leads to the printers, for those who may print; two makes the file."""
        prints = may(self.frame.session.person.role, Right.PRINT_COPY)
        return (prints or digit != "1") and self._choices.pick(digit)

    @Slot(object)
    def _show_checked(self, checked: Checked) -> None:
        self._rested()
        count = len(checked.faults)
        if not count:
            words = self._both(N_("The journal is whole: {entries} entries."), entries=checked.entries)
            self.frame.tell(words, Kind.GOOD)
            return
        words = self._both(
            N_("The journal is NOT whole. Faults: {count}. Tell the office in charge."), count=count
        )
        self.frame.tell(words, Kind.BAD, fault_sentence(checked.faults[0], self.language))

    @Slot(object)
    def _not_checked(self, trouble: Exception) -> None:
        self._rested()
        self.frame.tell_trouble(trouble)

    def _rested(self) -> None:
        self._checking = False
        self.frame.keys_changed()

    @Slot(str)
    def _picked(self, key: str) -> None:
        self._choices.select(-1)
        if key == "5":
            self._print_keys()
        elif key != "2":
            self.frame.act({"1": "printers", "3": "drill", "4": "large_print"}[key])
        elif self.frame.support is not None:
            self.frame.tell(self._both(N_("The file is being made. Work can go on meanwhile.")), Kind.NOTE)
            self.frame.background.copies(
                self.frame.support.make_file, self._show_file, self.frame.tell_trouble
            )

    def _print_keys(self) -> None:
        """The way of the other A4 lists: at their printer, or as a file."""
        frame, printer = self.frame, self.frame.ways.of(Paper.BOOK).printer
        hand_out = sheet_of_keys(frame.desk.office, printer, str(uuid4()), frame.now())
        frame.take_out(hand_out, N_("The sheet went to the printer: {printer}"))

    @Slot(object)
    def _show_file(self, file: Path) -> None:
        self.frame.tell(self._both(N_("The file lies here: {file}"), file=file), Kind.GOOD)

    def _line(self, card: Card, cap: str, words: str, long: Both) -> None:
        line = row(spacing=12)
        key = Keycap(cap)
        key.setFixedWidth(max(key.width(), theme.scaled(52)))
        line.addWidget(key)
        line.addWidget(
            Text(
                Run(words, "body", "ink", bold=True),
                Run(long.lead, "body", "ink2"),
                Run(long.second, "caption", "ink3"),
                wrap=True,
                gap="  ",
            ),
            1,
        )
        card.body.addLayout(line)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
