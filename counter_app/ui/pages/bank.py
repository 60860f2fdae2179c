"""Money that waits for the bank: a statement settles it as a whole, or a person each by itself."""

from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import reconciling
from counter_app.desk.reconciling import Pending, Reconciled
from counter_app.domain.days import business_day
from counter_app.domain.payment import PAPER
from counter_app.domain.statement import Claim, Match
from counter_app.domain.undoing import Outcome
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field
from counter_app.ui.file_dialogs import choose_file
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, Facts, Kind
from counter_app.ui.table import Table
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.ui.wording import one_name
from counter_app.whole_file import typed_path
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import day
from counter_app.words.refusals import sentence as refusal_sentence
from counter_app.words.say import N_, Both, both

_CHOOSE, _CAME, _LOST = "1", "2", "3"
MOST_SHOWN = 200


class BankPage(Page):
    """Digit 1 takes a statement; 2 and 3 say by hand what became of the marked payment, then Enter."""

    name = "bank"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act = uuid4()
        self._outcome: Outcome | None = None
        self.main_column.addWidget(self._build_pending(), 3)
        self._seen = self._build_seen()
        self.main_column.addWidget(self._seen, 2)
        self._seen.hide()
        self.side_column.addWidget(self._build_ways())
        self._result = self._build_result()
        self.side_column.addWidget(self._result)
        self._result.hide()
        self.side_column.addStretch(1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        accept = Both("", "")
        if self._file.has_focus():
            accept = self._both(N_("Read the statement"))
        elif self._outcome is not None:
            accept = self._both(N_("Record"))
        return Keys(("help", "lock"), escape=self._both(N_("Back")), accept=accept)

    def enter(self, _visit: Visit) -> None:
        """Ask what waits."""
        self._result.hide()
        self._seen.hide()
        self._file.put("")
        self._choose(None)
        self._ask()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()
        self._ask()

    def refresh(self) -> None:
        """Something was recorded."""
        self._ask()

    def digit(self, digit: str) -> bool:
        """What to do, outside of the fields."""
        free = not self._file.has_focus() and not self._reference.has_focus()
        return free and self._ways.pick(digit)

    def step(self, rows: int) -> bool:
        """Up and down move among what waits."""
        return self._table.step(rows)

    def accept(self) -> None:
        """Enter reads the named statement, or records what was chosen of the marked payment."""
        if self._file.has_focus() and self._file.text().strip():
            self._read(typed_path(self._file.text()))
        elif self._outcome is not None:
            self._record(self._outcome)

    def escape(self) -> None:
        """One step back."""
        if self._outcome is None and not self._file.has_focus():
            super().escape()
        else:
            self._choose(None)

    # -- building ------------------------------------------------------------------------------------

    def _build_pending(self) -> QWidget:
        whole = Card(padding=(20, 14, 20, 14))
        whole.body.addWidget(heading(self._both(N_("Waits for the bank"))))
        columns = (
            Column(self._both(N_("Receipt")), 130),
            Column(self._both(N_("Name"))),
            Column(self._both(N_("Tender")), 100),
            Column(self._both(N_("Reference")), 150),
            Column(self._both(N_("Amount")), 110, right=True),
            Column(self._both(N_("Since")), 172),
        )
        self._rows = Rows(columns, self._cells)
        empty = self._both(N_("Nothing waits: the bank has spoken for every payment."))
        self._table = Table(self._rows, self._both(N_("Waits for the bank")).lead, empty)
        whole.flush(self._table, stretch=1)
        return whole

    def _build_seen(self) -> QWidget:
        whole = Card(padding=(20, 14, 20, 14))
        whole.body.addWidget(heading(self._both(N_("To be looked at"))))
        columns = (
            Column(self._both(N_("Line")), 76, right=True),
            Column(self._both(N_("Reference")), 150),
            Column(self._both(N_("Amount")), 110, right=True),
            Column(self._both(N_("What is wrong"))),
        )
        self._lines = Rows(columns, tuple[Cell, ...])
        whole.flush(Table(self._lines, self._both(N_("To be looked at")).lead, Both("", "")), stretch=1)
        return whole

    def _build_ways(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("You can"))))
        self._ways = Choices(
            [
                Choice(_CHOOSE, self._both(N_("Choose a bank statement"))),
                Choice(_CAME, self._both(N_("The money came"))),
                Choice(_LOST, self._both(N_("The money did not come"))),
            ],
            dense=True,
        )
        self._ways.picked.connect(self._picked)
        side.body.addWidget(self._ways)
        self._file = Field(self._both(N_("Statement: a CSV or XLSX file")), limit=400)
        self._reference = Field(self._both(N_("Reference at the bank")), limit=60)
        side.body.addWidget(self._file)
        side.body.addWidget(self._reference)
        words = self._both(
            N_("Only the bank proves a payment. A receipt stays provisional until its statement says so.")
        )
        side.body.addWidget(sentence(words))
        return side

    def _build_result(self) -> QWidget:
        card = Card(spacing=8)
        self._head = Text(wrap=True)
        card.body.addWidget(self._head)
        self._facts = Facts()
        card.body.addWidget(self._facts)
        return card

    # -- filling -------------------------------------------------------------------------------------

    def _ask(self) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: reconciling.pending(desk, session, at), self._show)

    def _show(self, waiting: tuple[Pending, ...]) -> None:
        self._rows.replace(waiting)
        if waiting:
            self._table.select(0)

    def _cells(self, one: Pending) -> tuple[Cell, ...]:
        claim = one.row.claim
        since = self._both(N_("{day}, {days} days"), day=day(claim.day), days=one.days).lead
        if one.row.both:
            since = self._both(N_("said: came, and not")).lead
        return (
            Cell(one.row.number.stem, bold=True),
            Cell(one_name(self.language, one.row.names.hi, one.row.names.en)),
            Cell(labels.tender(claim.kind, self.language).lead),
            Cell(claim.reference, "ink2"),
            Cell(rupees(claim.amount), bold=True),
            Cell(since, "bad" if one.late else "ink2", icon="warn" if one.late else ""),
        )

    def _show_read(self, found: Reconciled) -> None:
        self._act = uuid4()
        self._choose(None)
        self._file.put("")
        words = self._both(N_("The statement is read: {name}"), name=found.read.name)
        self._head.show_runs(Run(words.lead, "lead", "ink", bold=True), Run(words.second, "caption", "ink3"))
        self._facts.clear()
        for label, value in (
            (N_("Matched"), found.read.matched),
            (N_("Known before"), found.read.known),
            (N_("To be looked at"), found.read.unmatched),
            (N_("Not understood"), len(found.misread)),
        ):
            self._facts.add(self._both(label), str(value))
        self._facts.add(self._both(N_("Confirmed")), rupees(found.confirmed), bold=True)
        self._result.show()
        lines = [self._line(match) for match in found.to_see]
        for one in found.misread:
            why = refusal_sentence(one.why, self.language).lead
            lines.append((Cell(str(one.line)), Cell("—"), Cell("—"), Cell(why, "warn")))
        self._lines.replace(lines[:MOST_SHOWN])
        self._seen.setVisible(bool(lines))

    def _line(self, match: Match) -> tuple[Cell, ...]:
        words = labels.finding(match.finding, self.language).lead
        receipts = ", ".join(
            str(claim.receipt_serial) if isinstance(claim, Claim) else claim.receipt for claim in match.claims
        )
        return (
            Cell(str(match.said.line)),
            Cell(match.said.reference),
            Cell(rupees(match.said.amount)),
            Cell(f"{words}: {receipts}" if receipts else words, "warn"),
        )

    # -- doing ---------------------------------------------------------------------------------------

    @Slot(str)
    def _picked(self, key: str) -> None:
        if key == _CHOOSE:
            self._choose(None)
            self._file.edit.setFocus()
            self._browse()
        elif (pending := self._marked()) is not None:
            lost = Outcome.DISHONOURED if pending.row.claim.kind in PAPER else Outcome.FAILED
            self._choose(Outcome.CONFIRMED if key == _CAME else lost)
            self._reference.put(pending.row.claim.reference)
            self._reference.edit.setFocus()
        self.frame.keys_changed()

    def _browse(self) -> None:
        """The system's own way of choosing a file; the name can be typed as well."""
        title = self._both(N_("Choose a bank statement"))
        choose_file(self, title, "CSV, XLSX (*.csv *.xlsx *.txt)", self._chosen)

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self._file.put(name)
        self._read(Path(name))

    def _read(self, file: Path) -> None:
        desk, session, act, at = self.frame.desk, self.frame.session, self._act, self.frame.now()
        self.save(lambda: reconciling.read(desk, session, act, file, at), self._show_read)

    def _marked(self) -> Pending | None:
        place = self._table.place()
        return self._rows.at(place) if place >= 0 else None

    def _record(self, outcome: Outcome) -> None:
        pending = self._marked()
        if pending is None:
            return
        desk, session, act, at = self.frame.desk, self.frame.session, self._act, self.frame.now()
        claim, reference, on = pending.row.claim, self._reference.text(), business_day(self.frame.now())
        self.save(
            lambda: reconciling.settle(
                desk, session, act, claim.receipt, claim.position, outcome, reference, on, at
            ),
            self._settled,
        )

    def _settled(self, claim: Claim) -> None:
        self._act = uuid4()
        self._choose(None)
        came = claim.outcome is Outcome.CONFIRMED
        words = N_("{amount} is confirmed.") if came else N_("{amount} did not come: it is due again.")
        self.frame.tell(self._both(words, amount=rupees(claim.amount)), Kind.GOOD if came else Kind.WARN)

    def _choose(self, outcome: Outcome | None) -> None:
        self._outcome = outcome
        self._reference.setVisible(outcome is not None)
        if outcome is None:
            self._ways.select(-1)
            self.setFocus()
        self.frame.keys_changed()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
