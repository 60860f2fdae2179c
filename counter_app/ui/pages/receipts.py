"""Receipts: today's list, any other by tail, amount or name, and a numbered copy with its reason."""

from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import paper, receipt_codes, receipts
from counter_app.desk.payments import Receipt
from counter_app.desk.receipt_codes import Looked
from counter_app.desk.rows import JobRow, ReceiptRow
from counter_app.documents.page import Document
from counter_app.domain.acts import PaperState
from counter_app.domain.days import business_day
from counter_app.domain.people import Right, may
from counter_app.domain.receipt_code import Verdict, is_code
from counter_app.ui import theme
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field
from counter_app.ui.icons import Icon
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.parts import Card, Facts, Kind, row
from counter_app.ui.preview import Preview
from counter_app.ui.table import Table
from counter_app.ui.text import LeadingText, Run, Text, heading, sentence
from counter_app.ui.wording import one_name
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock, day
from counter_app.words.say import N_, Both, both

ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "lock")
_STATE_LOOK = {
    PaperState.WAITING: ("clock", "warn"),
    PaperState.SENT: ("printer", "ink2"),
    PaperState.CONFIRMED: ("ok", "good"),
    PaperState.UNKNOWN: ("warn", "warn"),
    PaperState.FAILED: ("warn", "bad"),
    PaperState.WAIVED: ("ok", "ink2"),
}
_VERDICT_LOOK = {
    Verdict.GENUINE: Kind.GOOD,
    Verdict.COPY: Kind.WARN,
    Verdict.CANCELLED: Kind.BAD,
    Verdict.ALTERED: Kind.BAD,
    Verdict.UNKNOWN: Kind.BAD,
    Verdict.NOT_HEARD: Kind.NOTE,
}
_REASONS = {"1": N_("Printer jam"), "2": N_("Receipt lost"), "3": N_("Another copy")}
_UNDO = "4"
_PUT_RIGHT = {"5": "tender", "6": "consumer"}
_WRONG = {
    _UNDO: N_("The receipt is wrong"),
    "5": N_("Paid in another way"),
    "6": N_("Another consumer's money"),
}
_HALF = "*"
_ROLL = 80.0
_CONSUMER = 3  # the place of the consumer's column


class ReceiptsPage(Page):
    """Enter arms the copy, a digit gives its reason and prints; Del asks what is wrong, also while the paper
    has not come out. No totals stand here before the count.
    """

    name = "receipts"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._receipt: Receipt | None = None
        self._armed = self._copies = False
        self._unprinted = False
        self._half: bool | None = None  # as the paper that is shown; None without one
        self.main_column.addWidget(self._build_list(), 1)
        note = row(spacing=8, margins=(20, 0, 20, 0))
        note.addWidget(Icon("eyeoff", 16, "ink2"))
        words = self._both(N_("Totals show only at day end, so that the count stays honest."))
        note.addWidget(sentence(words), 1)
        self.main_column.addLayout(note)
        self.side_column.addWidget(self._build_side(), 1)

    def keys(self) -> Keys:
        accept, back = self._both(N_("Print again")), self._both(N_("Back"))
        if self._armed:  # a digit is asked for
            accept = Both("", "")
        elif self._unprinted:
            accept = self._both(N_("Print it"))
        other = self._both(N_("On the roll") if self._half else N_("On half an A4"))
        more = (Key(_HALF, other),) if self._half is not None else ()
        if self._can_undo():
            more = (Key("Del", self._both(N_("Wrong receipt"))), *more)
        return Keys(ACTIONS, current="receipts", more=more, escape=back, accept=accept)

    def enter(self, visit: Visit) -> None:
        """Show today's receipts, what was typed, or one receipt."""
        self._arm(armed=False)
        self._typed.put("" if is_code(visit.typed) else visit.typed)
        if is_code(visit.typed):
            self._look_at(visit.typed)
        self._search()
        self._typed.edit.setFocus()
        if visit.act is not None:
            self._read(visit.act)

    def again(self) -> None:
        """Back from another page."""
        self._search()
        self._typed.edit.setFocus()

    def refresh(self) -> None:
        """Read the list again."""
        self._search()

    def consumer(self) -> str:
        """Whom the function keys act on."""
        return self._receipt.payment.consumer if self._receipt else ""

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)

    def _say(self, text: str, **facts: object) -> str:
        return both(text, self.language, **facts).lead

    # -- building ------------------------------------------------------------------------------

    def _build_list(self) -> QWidget:
        whole = Card(padding=(20, 14, 20, 14))
        whole.body.addWidget(heading(self._both(N_("Today's receipts"))))
        self._typed = Field(self._both(N_("Last digits, amount or name; empty shows today")))
        self._typed.edited.connect(self._search)
        whole.body.addWidget(self._typed)
        columns: tuple[Column, ...] = (
            Column(self._both(N_("Receipt")), 130),
            Column(self._both(N_("Time")), 88),
            Column(self._both(N_("Name"))),
            Column(self._both(N_("Consumer")), 110),
            Column(self._both(N_("Tender")), 84),
            Column(self._both(N_("Amount")), 110, right=True),
            Column(self._both(N_("State")), 134),
        )
        empty = self._both(N_("No receipt fits. Type less, or take a payment with F4."))
        if theme.is_large():  # no room for the number, which stands beside on the receipt
            columns = columns[:_CONSUMER] + columns[_CONSUMER + 1 :]
        self._rows = Rows(columns, self._cells)
        self._table = Table(self._rows, self._say(N_("Today's receipts")), empty)
        self._table.moved.connect(self._moved)
        whole.flush(self._table, stretch=1)
        return whole

    def _build_side(self) -> QWidget:
        whole = Card()
        self._title = Text(elide=True)
        whole.body.addWidget(self._title)
        self._preview = Preview(self._say(N_("Receipt")))
        whole.body.addWidget(self._preview, 1)
        self._facts = Facts()
        whole.body.addWidget(self._facts)
        again = whole.section()
        self._again = LeadingText(elide=True)
        again.addWidget(self._again)
        self._reasons = self._build_choices(_REASONS)
        self._instead = Text(elide=True)
        words = self._both(N_("No copy, but put it right:"))
        self._instead.show_runs(Run(words.lead, "caption", "ink2"), Run(words.second, "caption", "ink3"))
        self._wrong = self._build_choices(_WRONG)
        for part in (self._reasons, self._instead, self._wrong):
            again.addWidget(part)
        return whole

    def _build_choices(self, said: dict[str, str]) -> Choices:
        choices = Choices([Choice(key, self._both(words)) for key, words in said.items()], dense=True)
        choices.picked.connect(self._reason)
        return choices

    # -- filling -------------------------------------------------------------------------------

    @Slot()
    def _search(self) -> None:
        desk, session, typed = self.frame.desk, self.frame.session, self._typed.text().strip()
        if is_code(typed):
            self._typed.put("")
            self._look_at(typed)
            return
        at, search = self.frame.now(), self.frame.background.search
        if typed:
            search(lambda: receipts.find(desk, session, typed, at), self._show_rows)
        else:
            search(lambda: receipts.today(desk, session, at), self._show_rows)

    def _look_at(self, typed: str) -> None:
        """The code of a receipt was scanned or pasted: what is it worth?"""
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: receipt_codes.look_at(desk, session, typed, at), self._show_looked)

    def _show_looked(self, looked: Looked) -> None:
        code = looked.code
        more = self._both(
            N_("The code says: {amount}, {day}, serial {serial}. Compare it with the paper."),
            amount=rupees(code.amount), day=day(code.day), serial=code.serial,
        )  # fmt: skip
        if code.copy > 1:
            more = self._both(
                N_("The code says: copy {copy}, {amount}, {day}, serial {serial}. Compare the paper."),
                copy=code.copy, amount=rupees(code.amount), day=day(code.day), serial=code.serial,
            )  # fmt: skip
        self.frame.tell(labels.verdict(looked.verdict, self.language), _VERDICT_LOOK[looked.verdict], more)
        if looked.receipt is not None:
            self._read(looked.receipt.act)

    @Slot(object)
    def _show_rows(self, rows: tuple[ReceiptRow, ...]) -> None:
        self._rows.replace(rows)
        shown = self._receipt.act if self._receipt else None
        places = [place for place, one in enumerate(rows) if one.act == shown]
        if places:
            self._table.select(places[0])
        elif rows:
            self._table.select(0)
        else:
            self._show_nothing()

    def _cells(self, one: ReceiptRow) -> tuple[Cell, ...]:
        tenders = " + ".join(labels.tender(tender.kind, self.language).lead for tender in one.tenders)
        icon, tone = _STATE_LOOK[one.paper]
        state = labels.paper_state(one.paper, self.language).lead
        if one.cancelled:
            icon, tone, state = "stop", "bad", self._say(N_("cancelled"))
        elif one.copies:
            state = self._say(N_("copies: {count}"), count=one.copies)
        today = one.day == business_day(self.frame.now())
        cells = (
            Cell(one.number.stem, bold=True),
            Cell(clock(one.at) if today else day(one.day)),
            Cell(one_name(self.language, one.name_hi, one.name_en)),
            Cell(one.consumer, "ink2"),
            Cell(tenders),
            Cell(rupees(one.amount), bold=True),
            Cell(state, tone, icon=icon),
        )
        return cells[:_CONSUMER] + cells[_CONSUMER + 1 :] if theme.is_large() else cells

    def _read(self, act: UUID) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: receipts.receipt_with_page(desk, session, act, at), self._show_receipt)

    def _show_receipt(self, shown: tuple[Receipt, tuple[JobRow, ...], Document]) -> None:
        receipt, jobs, document = shown
        other = self._receipt is None or self._receipt.act != receipt.act
        self._receipt = receipt
        self._unprinted = paper.never_came_out(jobs[0])
        if other:
            self._act = uuid4()
            self._arm(armed=False)
        self._say_next()
        words = self._both(N_("Receipt"))
        self._title.show_runs(
            Run(words.lead, "body", "ink2"), Run(words.second, "body", "ink3"),
            Run(str(receipt.number), "body", "ink", bold=True),
        )  # fmt: skip
        self._preview.show_document(document)
        self._half = document.sheets[0].width > _ROLL
        self.frame.keys_changed()
        self._facts.clear()
        self._facts.add(self._both(N_("Copies printed")), str(sum(job.copy > 1 for job in jobs)))
        self._facts.add(self._both(N_("Taken by")), receipt.payment.clerk)
        self._facts.add(self._both(N_("At the centre")), self._say(N_("will be sent")))

    def _show_nothing(self) -> None:
        self._receipt, self._unprinted = None, False
        self._title.show_runs(Run(self._say(N_("No receipt chosen")), "body", "ink3"))
        self._preview.show_document(None)
        self._half = None
        self.frame.keys_changed()
        self._facts.clear()
        self._arm(armed=False)

    # -- keys ----------------------------------------------------------------------------------

    def step(self, rows: int) -> bool:
        """Up and down move in the list."""
        self._arm(armed=False)
        return self._table.step(rows)

    def digit(self, digit: str) -> bool:
        """After Enter a digit is the reason of the copy; before it, digits are typed."""
        return self._armed and ((self._copies and self._reasons.pick(digit)) or self._wrong.pick(digit))

    def commands(self) -> str:
        """Star is no part of what is looked for."""
        return _HALF

    def other_key(self, key: int, text: str) -> bool:
        """Del asks what is wrong. Star changes the receipts' paper: an 80 mm roll, or half an A4."""
        if key == Qt.Key.Key_Delete and self._can_undo():
            self._arm(armed=True, copies=False)
            self.setFocus()
            return True
        if text != _HALF or self._half is None or not may(self.frame.session.person.role, Right.PRINT_COPY):
            return super().other_key(key, text)
        desk, session, at, half = self.frame.desk, self.frame.session, self.frame.now(), not self._half
        self.save(lambda: paper.choose_receipts(desk, session, half, at), self._half_chosen)
        return True

    def _can_undo(self) -> bool:
        return self._receipt is not None and may(self.frame.session.person.role, Right.UNDO)

    def _half_chosen(self, half: bool) -> None:
        words = N_("Receipts print on half an A4 from now on.") if half else N_("Receipts print on the roll.")
        self.frame.tell(self._both(words), Kind.GOOD)
        if self._receipt is not None:
            self._read(self._receipt.act)

    def accept(self) -> None:
        """Enter arms the copy of the marked receipt; an original that did not print yet prints now. While
        a digit is asked for it does nothing.
        """
        if self._receipt is None or self._armed:
            return
        if self._unprinted:
            self.frame.print_job(self._receipt.job)
        else:
            self._arm(armed=True)
            self.setFocus()

    def escape(self) -> None:
        """One step back: the copy is not printed."""
        if not self._armed:
            super().escape()
            return
        self._arm(armed=False)
        self._typed.edit.setFocus()

    def _arm(self, *, armed: bool, copies: bool = True) -> None:
        self._armed, self._copies = armed, armed and copies
        for choices in (self._reasons, self._wrong):
            choices.select(-1)
        # The paper has the room until a reason is asked for.
        for part in (self._reasons, self._instead):
            part.setVisible(self._copies)
        self._wrong.setVisible(armed)
        self._facts.setVisible(not armed)
        self._say_next()
        self.frame.keys_changed()

    def _say_next(self) -> None:
        """Which keys go on from here."""
        if self._armed:
            asked = N_("Now the reason, a digit") if self._copies else N_("What is wrong? A digit")
        elif self._unprinted:
            asked = N_("Enter prints it; if it is wrong, Del") if self._can_undo() else N_("Enter prints it")
        elif self._can_undo():
            asked = N_("Enter, then the reason; if it is wrong, Del")
        else:
            asked = N_("Enter, then the reason")
        words, tone = self._both(asked), "accent" if self._armed else "ink"
        self._again.show_runs(Run(words.lead, "body", tone, bold=True), Run(words.second, "body", "ink3"))

    @Slot(int)
    def _moved(self, place: int) -> None:
        if place >= 0:
            self._read(self._rows.at(place).act)

    @Slot(str)
    def _reason(self, key: str) -> None:
        receipt, act = self._receipt, self._act
        if receipt is None:
            return
        if key == _UNDO:
            self._arm(armed=False)
            self.frame.go("undo", Visit(act=receipt.act))
            return
        if key in _PUT_RIGHT:
            self._arm(armed=False)
            self.frame.go("put_right", Visit(act=receipt.act, typed=_PUT_RIGHT[key]))
            return
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        reason = self._say(_REASONS[key])
        self.save(lambda: paper.ask_copy(desk, session, act, receipt.act, reason, at), self._asked)

    def _asked(self, job: JobRow) -> None:
        self._act = uuid4()
        self._arm(armed=False)
        self.frame.print_job(job.job)
        self.refresh()
