"""A receipt that is wrong: why, and who agrees. Cancelled while its drawer is open; later, a refund."""

from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import undoing
from counter_app.desk.undoing import UndoForm, Undone
from counter_app.domain.undoing import PaymentCancelled, Why
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, Facts, Figure, key_line, row
from counter_app.ui.second_person import SecondPerson
from counter_app.ui.text import Run, Text, heading
from counter_app.ui.wording import one_name
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import stamp
from counter_app.words.say import N_, Both, both


class UndoPage(Page):
    """A digit gives the reason; then the second person gives their word, and Enter records it."""

    name = "undo"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._form: UndoForm | None = None
        self.main_column.addWidget(self._build_work(), 1)
        self.side_column.addWidget(self._build_side(), 1)

    def keys(self) -> Keys:
        accept = self._both(N_("Next")) if self._form else Both("", "")
        if self._form and self._is_last():
            accept = self._both(N_("Cancel the receipt") if self._form.open else N_("Ask for the refund"))
        return Keys(("help", "lock"), escape=self._both(N_("Back")), accept=accept)

    def enter(self, visit: Visit) -> None:
        """Ask what can be done about the receipt."""
        self._act, self._form = uuid4(), None
        self._whys.select(-1)
        self._note.put("")
        self._second.begin(self._act)
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), visit.act
        assert act is not None
        self.fetch(lambda: undoing.prepare(desk, session, act, at), self._show)
        self.setFocus()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()

    def digit(self, digit: str) -> bool:
        """Until a reason is chosen a digit chooses it."""
        free = not any(field.has_focus() for field in (self._note, *self._second.fields))
        return free and self._whys.pick(digit)

    def step(self, rows: int) -> bool:
        """Up and down move among the reasons."""
        self._whys.step(rows)
        return True

    def accept(self) -> None:
        """Enter: reason, note, the second person's word, and then it is recorded."""
        if self._form is None:
            return
        if not self._whys.key():
            self.setFocus()
        elif not self._is_last():
            self._next().edit.setFocus()
            self.frame.keys_changed()
        else:
            self._record()

    def _fields(self) -> tuple[Field, ...]:
        """Those that are filled, in their order."""
        asks = self._form is not None and self._form.open
        return (self._note, *self._second.fields) if asks else (self._note,)

    def _is_last(self) -> bool:
        return self._fields()[-1].has_focus()

    def _next(self) -> Field:
        fields = self._fields()
        place = next((at for at, field in enumerate(fields) if field.has_focus()), -1)
        return fields[place + 1]

    def _record(self) -> None:
        form, act = self._form, self._act
        assert form is not None
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        why, note = list(Why)[int(self._whys.key()) - 1], self._note.text()
        receipt = form.receipt.act
        if form.open:
            word = self._second.word()
            self._second.forget()
            self.save(
                lambda: undoing.cancel(desk, session, act, receipt, why, note, word, at), self._recorded
            )
        else:
            self.save(lambda: undoing.ask_refund(desk, session, act, receipt, why, note, at), self._recorded)

    def _recorded(self, undone: Undone) -> None:
        self.frame.print_job(undone.act)
        number = undone.receipt.number.stem
        if isinstance(undone.payload, PaymentCancelled):
            words = self._both(
                N_("Receipt {number} is cancelled. Give back {amount} in cash."),
                number=number, amount=rupees(undone.payload.cash_back),
            )  # fmt: skip
        else:
            words = self._both(N_("The refund of receipt {number} is asked for."), number=number)
        self.frame.home(words, str(undone.number))

    # -- building ------------------------------------------------------------------------------

    def _build_work(self) -> QWidget:
        whole = Card(spacing=2)
        self._title = Text(Run("—", "title"), elide=True)
        whole.body.addWidget(self._title)
        whole.body.addWidget(heading(self._both(N_("Why is it wrong?"))))
        self._whys = Choices(
            [Choice(str(place), labels.why(why, self.language)) for place, why in enumerate(Why, 1)],
            dense=True,
        )
        self._whys.picked.connect(self._picked)
        whole.body.addWidget(self._whys)
        self._note = Field(self._both(N_("Note (optional)")), limit=400)
        self._second = SecondPerson(self.language)
        self._second.turned.connect(self.frame.keys_changed)
        whole.body.addWidget(self._note)
        whole.body.addWidget(self._second)
        whole.body.addStretch(1)
        return whole

    def _build_side(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("The receipt"))))
        self._facts = Facts()
        side.body.addWidget(self._facts)
        figures = row(spacing=24)
        self._amount = Figure(self._both(N_("Amount")))
        self._back = Figure(self._both(N_("Cash to give back")))
        for figure in (self._amount, self._back):
            figures.addWidget(figure, 1)
        side.body.addLayout(figures)
        for words in (
            self._both(
                N_("Nothing is deleted: the receipt stays, another entry says that it counts no more.")
            ),
            self._both(N_("A supervisor agrees: here by password or PIN, or by a code over the telephone.")),
            self._both(N_("After the drawer is counted only a refund can be asked for.")),
        ):
            side.body.addWidget(Text(Run(words.lead), Run(words.second, "caption", "ink3"), wrap=True))
        side.body.addStretch(1)
        side.section().addLayout(
            key_line([("1–6", self._both(N_("Reason"))), ("Enter", self._both(N_("Next")))])
        )
        return side

    def _show(self, form: UndoForm) -> None:
        self._form = form
        receipt = form.receipt
        words = self._both(N_("Cancel this receipt") if form.open else N_("Ask for a refund"))
        self._title.show_runs(
            Run(words.lead, "title", "ink", bold=True), Run(words.second, "body", "ink3"),
            Run(str(receipt.number), "body", "ink", bold=True),
        )  # fmt: skip
        self._amount.put(rupees(receipt.payment.amount))
        self._back.put(rupees(form.cash_back) if form.open else "—")
        self._second.setVisible(form.open)
        self._facts.clear()
        name = one_name(self.language, receipt.name_hi, receipt.name_en)
        self._facts.add(self._both(N_("Name")), name)
        self._facts.add(self._both(N_("Consumer no.")), receipt.payment.consumer)
        self._facts.add(self._both(N_("Taken at")), stamp(receipt.at))
        self._facts.add(self._both(N_("Taken by")), receipt.payment.clerk)
        tenders = " + ".join(
            labels.tender(tender.kind, self.language).lead for tender in receipt.payment.tenders
        )
        self._facts.add(self._both(N_("Mode")), tenders)
        self.frame.keys_changed()

    @Slot(str)
    def _picked(self, _key: str) -> None:
        self._note.edit.setFocus()
        self.frame.keys_changed()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
