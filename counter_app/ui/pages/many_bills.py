"""Many bills at one go: choose whose, choose files or the printer, Enter. What was stopped goes on later."""

from uuid import uuid4

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import many_bills
from counter_app.desk.many_bills import BUNDLE, Lot
from counter_app.desk.many_bills import Run as BillsRun
from counter_app.domain.acts import BillsOf, Paper
from counter_app.domain.file_refusals import FolderUnnamed
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field, show_refusal
from counter_app.ui.file_dialogs import choose_folder
from counter_app.ui.going import GoingCard
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.parts import Card, Kind
from counter_app.ui.table import Table
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.ui.wording import one_name
from counter_app.words.amounts import number
from counter_app.words.dates import minutes
from counter_app.words.say import N_, Both, Language, both, joined

_FILES, _PRINTER, _EDITION, _STOP = "1", "2", "3", "1"
_FORGET, _CHOOSE = "Del", "*"
_OF = {
    BillsOf.OFFICE: N_("Whole office"),
    BillsOf.FEEDER: N_("Feeder"),
    BillsOf.DTR: N_("DTR"),
}


class ManyBillsPage(Page):
    """Enter goes from the list to how they are printed, and then begins. One run at a time."""

    name = "many_bills"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._lots: tuple[Lot, ...] = ()
        self._left: BillsRun | None = None
        self._to_files, self._edition = True, self.language
        self._forgets = False
        self._work = frame.background.bills_now
        self._work.changed.connect(self._work_changed)
        going = self._both(N_("Bills are being made. Work goes on meanwhile."))
        rest = self._both(N_("Some of these bills are still to be made."))
        self._going, self._resting = GoingCard(going, self.language), GoingCard(rest, self.language)
        self._choosing, self._how = self._build_choosing(), self._build_how()
        for widget in (self._going, self._resting):
            self.main_column.addWidget(widget)
        self.main_column.addWidget(self._choosing, 1)
        self.main_column.addWidget(self._how)
        self.main_column.addStretch(0)
        self._ways_card = self._build_ways()
        self.side_column.addWidget(self._ways_card)
        self.side_column.addWidget(self._build_words(), 1)
        for field in (self._sought, self._folder):
            field.edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_ways()
        return super().eventFilter(watched, event)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        accept = self._both(N_("Next") if self._sought.has_focus() else N_("Print them"))
        more: tuple[Key, ...] = ()
        if self._work.under_way:
            accept = Both("", "")
            more = () if self._work.stopping else (Key(_STOP, self._both(N_("Stop"))),)
        elif self._forgets:
            accept = self._both(N_("Forget the rest"))
        elif self._left is not None:
            accept, more = self._both(N_("Go on")), (Key(_FORGET, self._both(N_("Forget the rest"))),)
        elif self._asks_folder:
            more = (Key(_CHOOSE, self._both(N_("Choose a folder"))),)
        return Keys(("help", "lock"), escape=self._both(N_("Back")), accept=accept, more=more)

    def enter(self, _visit: Visit) -> None:
        """What can be printed, and what is not at its end."""
        self._to_files, self._edition = True, self.language
        self._sought.put("")
        self._folder.put(str(self._work.folder))
        self._ask()

    def again(self) -> None:
        """Back from another page."""
        self._ask()

    def step(self, rows: int) -> bool:
        """Up and down choose whose bills."""
        return self._is_choosing and self._table.step(rows)

    def digit(self, digit: str) -> bool:
        """1 stops what is under way. Else where they go and in which language; in the fields it is typed."""
        if self._work.under_way and digit == _STOP:
            self._work.stop()
            return True
        return self._takes_digits and self._ways.pick(digit)

    def commands(self) -> str:
        return _CHOOSE if self._asks_folder else ""

    def other_key(self, key: int, text: str) -> bool:
        """Del asks whether the rest is forgotten; the star opens the system's list of folders."""
        if text == _CHOOSE and self._asks_folder:
            choose_folder(self, self._both(N_("Folder for the files")), self._picked_folder)
            return True
        if key != Qt.Key.Key_Delete or self._left is None or self._work.under_way:
            return False
        self._forgets = True
        self.frame.untell()  # "Enter goes on" may stand there
        self._show_state()
        return True

    def escape(self) -> None:
        """Esc: nothing is forgotten; back to the list, then back."""
        if self._forgets:
            self._forgets = False
            self._show_state()
        elif self._is_choosing and not self._sought.has_focus():
            self._sought.edit.setFocus()
            self.frame.keys_changed()
        else:
            super().escape()

    def accept(self) -> None:
        """Enter: go on with what is left, or forget it after Del; else from the list to how they are printed,
        and begin.
        """
        if self._work.under_way:
            return
        if self._left is not None:
            if self._forgets:
                self._forget(self._left)
            else:
                self._begin(self._left)
            return
        lot = self._lot()
        if lot is None:
            self.frame.tell(self._both(N_("Choose with ↑ ↓ whose bills are printed.")), Kind.NOTE)
        elif self._sought.has_focus():
            self.setFocus()
            self.frame.keys_changed()
        else:
            self._begin_new(lot)

    # -- building ------------------------------------------------------------------------------------

    def _build_choosing(self) -> QWidget:
        card = Card()
        self._sought = Field(self._both(N_("Feeder or DTR: code, name or painted number")))
        self._sought.edited.connect(self._shorten)
        card.body.addWidget(self._sought)
        columns = (
            Column(self._both(N_("Whose bills"))),
            Column(self._both(N_("Code")), 170),
            Column(self._both(N_("Bills")), 120, right=True),
        )
        self._rows = Rows(columns, self._cells)
        none = self._both(N_("No feeder and no DTR here has that name."))
        self._table = Table(self._rows, self._both(N_("Whose bills")).lead, none)
        self._table.moved.connect(self._show_how)
        card.flush(self._table, stretch=1)
        return card

    def _build_how(self) -> QWidget:
        card = Card(spacing=8)
        self._said = Text(wrap=True, gap="  ")
        self._folder = Field(self._both(N_("Folder for the files")), limit=1000)
        card.body.addWidget(self._said)
        card.body.addWidget(self._folder)
        return card

    def _build_ways(self) -> Card:
        card = Card(spacing=3)
        card.body.addWidget(heading(self._both(N_("You can"))))
        self._ways = Choices(
            [
                Choice(_FILES, self._both(N_("PDF files into a folder")), "bill"),
                Choice(_PRINTER, self._both(N_("To the printer of bills")), "printer"),
                Choice(_EDITION, self._other_edition(), "language"),
            ],
            dense=True,
        )
        self._ways.picked.connect(self._picked)
        card.body.addWidget(self._ways)
        return card

    def _build_words(self) -> Card:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("Keep in mind"))))
        told = (
            self._both(N_("Each bill is a duplicate of today: it says what is payable on this day.")),
            self._both(N_("They come in bundles of {count}, each there whole or not at all."), count=BUNDLE),
            self._both(N_("They come in the order of group and diary, as meters are read.")),
            self._both(N_("Who printed whose bills, and how many, is recorded when it begins.")),
            self._both(N_("The files hold names and addresses: hand them on, then delete them.")),
        )
        for words in told:
            card.body.addWidget(sentence(words, "body"))
        card.body.addStretch(1)
        return card

    def _cells(self, lot: Lot) -> tuple[Cell, ...]:
        return (
            Cell(self._name(lot), bold=lot.of is not BillsOf.DTR),
            Cell(lot.line, "ink2"),
            Cell(number(lot.bills), bold=True),
        )

    def _name(self, lot: Lot) -> str:
        parts = (self._both(_OF[lot.of]).lead, one_name(self.language, *lot.name), lot.painted)
        return " · ".join(part for part in dict.fromkeys(parts) if part and part != lot.line)

    # -- showing -------------------------------------------------------------------------------------

    @property
    def _asks_folder(self) -> bool:
        """Whether a folder can be chosen now: whose bills is chosen, and files are made of them."""
        return self._is_choosing and self._to_files and not self._sought.has_focus()

    @property
    def _takes_digits(self) -> bool:
        """Whether digits say how they are printed: in the fields they are typed."""
        return self._is_choosing and not self._sought.has_focus() and not self._folder.has_focus()

    @property
    def _is_choosing(self) -> bool:
        return not self._work.under_way and self._left is None

    def _lot(self) -> Lot | None:
        place = self._table.place()
        return self._rows.at(place) if 0 <= place < self._rows.rowCount() else None

    def _ask(self) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        if self._work.under_way:
            self._show_state()

        def job() -> tuple[tuple[Lot, ...], BillsRun | None]:
            return many_bills.lots(desk, session, at), many_bills.unfinished(desk, session)

        self.fetch(job, self._show)

    def _show(self, found: tuple[tuple[Lot, ...], BillsRun | None]) -> None:
        self._lots, self._left = found
        self._forgets = False
        self._shorten()
        self._show_state()

    @Slot()
    def _shorten(self) -> None:
        """Those that have what is typed; the first of them is meant."""
        typed = self._sought.text().strip().casefold()
        self._rows.replace([lot for lot in self._lots if typed in _called(lot)])
        self._table.select(0 if typed else -1)

    def _show_state(self) -> None:
        """What is under way, or what is left of it, or what can be chosen."""
        work, left, choosing = self._work, self._left, self._is_choosing
        self._going.setVisible(work.under_way)
        self._resting.setVisible(not work.under_way and left is not None)
        for widget in (self._choosing, self._how):
            widget.setVisible(choosing)
        if work.under_way:
            self._going.show_going(work.done, work.total, self._going_words())
        elif left is not None:
            told = {"done": number(left.done), "total": number(left.total)}
            line = left.line or self._whole
            asks = N_("{line}: {done} of {total} bills are made. Enter forgets the rest, Esc does not.")
            goes_on = N_("{line}: {done} of {total} bills are made. Enter goes on.")
            words = self._both(asks if self._forgets else goes_on, line=line, **told)
            self._resting.show_going(left.done, left.total, words)
        if choosing and not self._folder.has_focus():
            self._sought.edit.setFocus()
        elif not choosing:
            self.setFocus()
        self._show_how()

    def _going_words(self) -> Both:
        """How many are put out, and what is being done now."""
        work = self._work
        told = {"done": number(work.done), "total": number(work.total)}
        words = [self._both(N_("{done} of {total} bills are made."), **told)]
        if work.stopping:
            words.append(self._both(N_("It is being stopped.")))
        elif work.writing:
            to_files = N_("The file of {count} more is being written.")
            text = N_("{count} more go to the printer.") if work.printer else to_files
            words.append(self._both(text, count=number(work.drawn)))
        elif work.drawn:
            words.append(self._both(N_("{count} more are drawn."), count=number(work.drawn)))
        if work.seconds_left() and not work.stopping:
            words.append(self._both(N_("{left} left."), left=minutes(work.seconds_left())))
        return joined(words)

    @property
    def _whole(self) -> Both:
        return self._both(_OF[BillsOf.OFFICE])

    @Slot()
    def _show_how(self) -> None:
        """How many, where to, in which language."""
        self._ways.select_key(_FILES if self._to_files else _PRINTER)
        self._folder.setVisible(self._to_files)
        lot = self._lot()
        to = self._both(N_("PDF files into a folder"))
        if not self._to_files:
            to = Both(self.frame.ways.of(Paper.BILL).printer, "")
        edition = self._words_of(self._edition)
        self._ways.rename(_EDITION, self._other_edition())
        bills = self._both(N_("Bills: {count}"), count=number(lot.bills if lot else 0))
        self._said.show_runs(
            Run(bills.lead, "body", "ink", bold=True), Run(to.lead), Run(edition.lead, "body", "ink2")
        )
        self._show_ways()

    def _show_ways(self) -> None:
        """The digits stand there while they are none that is typed."""
        self._ways_card.setVisible(self._takes_digits)
        if self.isVisible():
            self.frame.keys_changed()

    def _words_of(self, edition: Language) -> Both:
        in_hindi = edition is Language.HINDI
        return self._both(N_("In Hindi and English") if in_hindi else N_("In English"))

    def _other_edition(self) -> Both:
        return self._words_of(_turned(self._edition))

    # -- doing ---------------------------------------------------------------------------------------

    @Slot(str)
    def _picked(self, key: str) -> None:
        if key == _EDITION:
            self._edition = _turned(self._edition)
        elif key == _PRINTER and not self.frame.ways.of(Paper.BILL).printer:
            words = N_("No printer is chosen for bills. Type printers on Home and choose one.")
            self.frame.tell(self._both(words), Kind.NOTE)
        else:
            self._to_files = key == _FILES
        self._show_how()

    @Slot(str)
    def _picked_folder(self, folder: str) -> None:
        self._folder.put(folder)

    def _begin_new(self, lot: Lot) -> None:
        """Into the folder that is named, or at the printer of bills."""
        printer, folder = self.frame.ways.of(Paper.BILL).printer, ""
        if self._to_files:
            try:
                printer, folder = "", str(many_bills.folder_named(self._folder.text()))
            except FolderUnnamed as unnamed:
                show_refusal(unnamed, {unnamed.field: self._folder}, self.language)
                return
        self._begin(BillsRun(uuid4(), lot.of, lot.line, printer, folder, self._edition, lot.bills))

    def _begin(self, run: BillsRun) -> None:
        self.frame.untell()
        frame = self.frame
        self._work.begin(frame.desk, frame.session, run, frame.ways, frame.now)

    @Slot()
    def _work_changed(self) -> None:
        if self.frame.room.page() is not self:
            return
        if self._work.under_way:
            self._show_state()
        else:
            self._ask()

    def _forget(self, left: BillsRun) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.save(lambda: many_bills.give_up(desk, session, left, at), self._forgotten)

    def _forgotten(self, _nothing: None) -> None:
        self.frame.tell(self._both(N_("Forgotten. What was made stays.")), Kind.GOOD)
        self._ask()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)


def _turned(edition: Language) -> Language:
    return Language.ENGLISH if edition is Language.HINDI else Language.HINDI


def _called(lot: Lot) -> str:
    """All that a line is called, to look for a part of it."""
    return " ".join((lot.line, lot.painted, *lot.name)).casefold()
