"""Backups: where copies go, what lies there, one at once, and the code that opens them elsewhere."""

from itertools import pairwise
from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import backups
from counter_app.desk.backups import Standing
from counter_app.domain.backup import PLACES
from counter_app.domain.days import in_india
from counter_app.domain.people import Right, may
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field
from counter_app.ui.file_dialogs import choose_folder
from counter_app.ui.going import GoingCard
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.parts import Card, Kind
from counter_app.ui.table import Table
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.words.amounts import number
from counter_app.words.dates import clock, day, minutes
from counter_app.words.say import N_, Both, both

_CHOOSE = "*"
_WHERE = N_("A folder on another disk, a pen drive, or the office's server")


class BackupsPage(Page):
    """Digit 1 makes copies at once, and stops them while they are made; 2 goes to the places, 3 draws a new
    recovery code.
    """

    name = "backups"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._copy = frame.background.copy_now
        self._copy.changed.connect(self._copy_changed)
        self.main_column.addWidget(self._build_places(), 1)
        head = self._both(N_("Copies are being made. Work can go on meanwhile."))
        self._going = GoingCard(head, self.language)
        self.main_column.addWidget(self._going)
        self._choosing = self._build_choosing()
        self.main_column.addWidget(self._choosing)
        self._code_card = self._build_code()
        self.side_column.addWidget(self._code_card)
        self.side_column.addWidget(self._build_ways())
        self.side_column.addWidget(self._build_words(), 1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        accept, more = Both("", ""), tuple[Key, ...]()
        if self._field() is not None:
            last = self._fields[-1].has_focus()
            accept = self._both(N_("Keep") if last else N_("Next"))
            more = (Key(_CHOOSE, self._both(N_("Choose a folder"))),)
        return Keys(("help", "lock"), escape=self._both(N_("Back")), accept=accept, more=more)

    def enter(self, _visit: Visit) -> None:
        """Ask what lies in the places."""
        self._act = uuid4()
        self.setFocus()
        self._code_card.hide()
        self._choosing.setVisible(self._may_choose())
        self._show_going()
        self._ask()

    def again(self) -> None:
        """Back from another page."""
        self.enter(Visit())

    def leave(self) -> None:
        """A code is shown once."""
        self._code.show_runs(Run("", "title"))
        self._code_card.hide()

    def digit(self, digit: str) -> bool:
        """One of the ways; in the fields digits are typed."""
        return self._field() is None and self._ways.pick(digit)

    def commands(self) -> str:
        return _CHOOSE if self._field() is not None else ""

    def other_key(self, _key: int, text: str) -> bool:
        """The star opens the system's own way of choosing a folder."""
        if text != _CHOOSE or self._field() is None:
            return False
        choose_folder(self, self._both(N_("Where copies go")), self._picked_folder)
        return True

    def accept(self) -> None:
        """Enter: from place to place, then they are chosen."""
        for field, following in pairwise(self._fields):
            if field.has_focus():
                following.edit.setFocus()
                self.frame.keys_changed()
                return
        if self._fields[-1].has_focus():
            typed = [field.text() for field in self._fields]
            desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
            self.save(lambda: backups.choose_places(desk, session, act, typed, at), self._chosen)

    # -- building ------------------------------------------------------------------------------------

    def _build_places(self) -> QWidget:
        card = Card()
        card.body.addWidget(heading(self._both(N_("Copies of the data"))))
        columns = (
            Column(self._both(N_("Folder"))),
            Column(self._both(N_("Newest copy")), 190),
            Column(self._both(N_("Entries")), 110, right=True),
            Column(self._both(N_("Copies")), 110, right=True),
            Column(self._both(N_("Free, MB")), 130, right=True),
        )
        self._rows = Rows(columns, self._cells)
        empty = self._both(N_("No place is chosen yet: these records lie on this PC alone."))
        card.flush(Table(self._rows, self._both(N_("Copies of the data")).lead, empty), stretch=1)
        return card

    def _build_choosing(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("Where copies go"))))
        hint = self._both(_WHERE)
        self._fields = tuple(
            Field(self._both(N_("Folder {count}"), count=place), hint=hint, limit=backups.LONGEST_PLACE)
            for place in range(1, PLACES + 1)
        )
        for field in self._fields:
            card.body.addWidget(field)
        return card

    def _build_code(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("Recovery code"))))
        self._code = Text(Run("", "title"), wrap=True)
        card.body.addWidget(self._code)
        for words in (
            N_("Write it down now: it is shown this once, and no machine keeps it."),
            N_("Keep the sheet where the office keeps its keys, not near this PC."),
            N_("Whoever has it and a copy can read every record."),
        ):
            card.body.addWidget(sentence(self._both(words), "body"))
        return card

    def _build_ways(self) -> QWidget:
        card = Card()
        card.body.addWidget(heading(self._both(N_("You can"))))
        rows = [
            Choice("1", self._both(N_("Make copies now, or stop them")), "sync"),
            Choice("2", self._both(N_("Choose the places")), "usb"),
            Choice("3", self._both(N_("Draw a recovery code")), "lock"),
        ]
        self._ways = Choices(rows if self._may_choose() else rows[:1], dense=True)
        self._ways.picked.connect(self._picked)
        card.body.addWidget(self._ways)
        return card

    def _build_words(self) -> QWidget:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            N_("A copy is made every hour in which something was recorded, and when a drawer is sealed."),
            N_("Each is opened and checked before it counts. It is encrypted like the records."),
            N_("Put back: the command counter-app restore. Numbers then go on, none comes twice."),
        ):
            card.body.addWidget(sentence(self._both(words), "body"))
        card.body.addStretch(1)
        return card

    # -- filling -------------------------------------------------------------------------------------

    def _ask(self) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.frame.background.copies(lambda: backups.standing(desk, session, at), self._show)

    @Slot(object)
    def _show(self, standings: tuple[Standing, ...]) -> None:
        self._rows.replace(standings)
        for field, one in zip(self._fields, standings, strict=False):
            if not field.has_focus():
                field.put(str(one.place))
            lost = N_("This is the disk of the data: both would be lost together.")
            field.hint(self._both(lost if one.same_disk else _WHERE))

    def _cells(self, one: Standing) -> tuple[Cell, ...]:
        if one.free_mb is None:
            return (Cell(str(one.place)), Cell(self._both(N_("not there")).lead, "warn"), *[Cell("")] * 3)
        newest = one.newest
        at = f"{day(in_india(newest.at).date())} {clock(newest.at)}" if newest else "—"
        return (
            Cell(str(one.place)),
            Cell(at, "ink" if newest else "warn", bold=True),
            Cell(number(newest.entries) if newest else ""),
            Cell(number(one.copies)),
            Cell(number(one.free_mb)),
        )

    def _field(self) -> Field | None:
        """The field of a place in which the cursor stands."""
        return next((field for field in self._fields if field.has_focus()), None)

    # -- doing ---------------------------------------------------------------------------------------

    def _may_choose(self) -> bool:
        return may(self.frame.session.person.role, Right.CHOOSE_PLACES)

    @Slot(str)
    def _picked_folder(self, folder: str) -> None:
        """Into the field that asked; who comes back from the dialog is in it again."""
        field = self._field()
        if field is not None:
            field.put(folder)

    @Slot(str)
    def _picked(self, key: str) -> None:
        self._ways.select(-1)
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
        if key == "1" and self._copy.under_way:
            self._copy.stop()
        elif key == "1":
            self.frame.untell()
            self._copy.begin(desk, session, at)
        elif key == "2":
            self._fields[0].edit.setFocus()
            self.frame.keys_changed()
        else:
            self.save(lambda: backups.new_recovery_code(desk, session, act, at), self._show_code)

    @Slot()
    def _copy_changed(self) -> None:
        self._show_going()
        if not self._copy.under_way and self.frame.room.page() is self:
            self._ask()

    def _show_going(self) -> None:
        """How much is copied and how long that may still take; then all of it is read once more."""
        copy = self._copy
        self._going.setVisible(copy.under_way)
        words = self._both(N_("Copied; it is being checked. 1 stops it."))
        if copy.done < copy.total:
            told = {"percent": 100 * copy.done // copy.total, "left": minutes(copy.seconds_left())}
            words = self._both(N_("{percent} % copied, {left} left. 1 stops it."), **told)
        self._going.show_going(copy.done, copy.total, words)

    def _chosen(self, _places: object) -> None:
        self._act = uuid4()
        self.setFocus()
        self.frame.tell(self._both(N_("Copies go there from now on.")), Kind.GOOD)
        self._ask()

    def _show_code(self, code: str) -> None:
        self._act = uuid4()
        self._code.show_runs(Run(code, "title", "ink", bold=True))
        self._code_card.show()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
