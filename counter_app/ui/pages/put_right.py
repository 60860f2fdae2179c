"""A receipt put right: the money came otherwise than it says, or belongs to another consumer."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import correcting, undoing
from counter_app.desk.correcting import Destination
from counter_app.desk.undoing import UndoForm, Undone
from counter_app.domain.days import business_day, read_day
from counter_app.domain.money_refusals import TailUsed
from counter_app.domain.payment import PAPER, Tender, TenderKind
from counter_app.domain.refusals import Refused
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import DigitsField, Field
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.pages.pay_stops import GO_ON, Stop, same_digits
from counter_app.ui.parts import Card, Facts, Kind, clear, column
from counter_app.ui.second_person import SecondPerson
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.ui.wording import one_name
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import stamp
from counter_app.words.say import N_, Both, both

TENDER, CONSUMER = "tender", "consumer"
"""What is put right; a visit says it in ``typed``."""


class PutRightPage(Page):
    """What is right first, then a note, then the second person's word; Enter goes on and records."""

    name = "put_right"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act, self._what = uuid4(), TENDER
        self._receipt: UUID | None = None
        self._form: UndoForm | None = None
        self._part = 0
        self._kinds: tuple[TenderKind, ...] = ()
        self._choices = Choices([])
        self._asked = ""
        self._stop: Stop | None = None
        self._work = self._build_work()
        self.main_column.addWidget(self._work, 1)
        self.side_column.addWidget(self._build_side())
        self.side_column.addStretch(1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        back = self._both(N_("Back"))
        if self._stop is not None:
            takes = (("pay", self._both(N_("Take it"))),)
            choose = self._both(N_("Choose"))
            return Keys(("help", "pay", "lock"), escape=back, accept=choose, renamed=takes)
        accept = self._both(N_("Record") if self._is_last() else N_("Next"))
        return Keys(("help", "lock"), escape=back, accept=accept)

    def enter(self, visit: Visit) -> None:
        """Ask what the receipt says now."""
        self._act, self._what, self._receipt, self._form = uuid4(), visit.typed, visit.act, None
        self._show_stop(None)
        self._asked = ""
        for field in self._typed_fields():
            field.put("")
            field.right()
        self._second.begin(self._act)
        self._right.clear()
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), visit.act
        assert act is not None
        self.fetch(lambda: undoing.prepare(desk, session, act, at), self._show)
        self.setFocus()

    def again(self) -> None:
        """Back from another page."""
        self.setFocus()

    def digit(self, digit: str) -> bool:
        """Outside of the fields: which part, then how it really came; or a way out of what stops it."""
        if self._stop is not None:
            return self._stop.choices.select_key(digit)
        return not any(field.has_focus() for field in self._fields()) and self._choices.pick(digit)

    def accept(self) -> None:
        """Enter: from field to field, then it is recorded."""
        if self._form is None:
            return
        if self._stop is not None:
            self._leave_stop(self._stop.choices.key())
        elif self._number.has_focus():
            self._look_up()
        elif self._is_last():
            self._record()
        elif self._what == CONSUMER or self._choices.key():
            self._next().edit.setFocus()
            self.frame.keys_changed()

    def step(self, rows: int) -> bool:
        """Up and down among the ways out of what stops it."""
        if self._stop is not None:
            self._stop.choices.step(rows)
        return self._stop is not None

    def acts(self, action: str) -> bool:
        """F4 says that it is another transfer, if that was chosen: the second person agrees once more."""
        if action != "pay" or self._stop is None:
            return False
        if self._stop.choices.key() == GO_ON:
            self._asked = self._reference.text()
            self._show_stop(None)
            self._second.fields[1].edit.setFocus()
            self.frame.keys_changed()
        return True

    def refused(self, trouble: Exception) -> None:
        """Six digits that were seen before: somebody looks at the phone first."""
        if not isinstance(trouble, TailUsed):
            super().refused(trouble)
            return
        self._show_stop(same_digits(trouble, self.language, may_find=False))
        self.setFocus()
        self.frame.keys_changed()

    def _leave_stop(self, key: str) -> None:
        if key == GO_ON:
            self.frame.tell(self._both(N_("Press F4 to take it all the same.")), Kind.NOTE)
            return
        self._show_stop(None)
        self._reference.edit.setFocus()
        self.frame.keys_changed()

    def _show_stop(self, stop: Stop | None) -> None:
        """A card in the place of the work; None: the work again."""
        if self._stop is not None:
            self.main_column.removeWidget(self._stop)
            self._stop.hide()
            self._stop.deleteLater()
        self._stop = stop
        self._work.setVisible(stop is None)
        if stop is not None:
            self.main_column.addWidget(stop, 1)

    # -- building ------------------------------------------------------------------------------------

    def _build_work(self) -> QWidget:
        whole = Card(spacing=4)
        self._title = Text(Run("—", "title"), elide=True)
        whole.body.addWidget(self._title)
        self._ways = column()
        whole.body.addLayout(self._ways)
        self._number = Field(self._both(N_("Right consumer number")), limit=40)
        self._reference = Field(self._both(N_("UTR, last four digits, or number")), limit=35)
        self._approval = Field(self._both(N_("Approval code")), limit=12)
        self._bank = Field(self._both(N_("Bank")), limit=60)
        self._dated = DigitsField(self._both(N_("Date on it")), limit=12)
        self._note = Field(self._both(N_("Note (optional)")), limit=400)
        for field in self._typed_fields():
            whole.body.addWidget(field)
        self._second = SecondPerson(self.language)
        self._second.turned.connect(self.frame.keys_changed)
        whole.body.addWidget(self._second)
        whole.body.addStretch(1)
        return whole

    def _build_side(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("The receipt"))))
        self._facts = Facts()
        side.body.addWidget(self._facts)
        right = side.section()
        right.addWidget(heading(self._both(N_("As it will be"))))
        self._right = Facts()
        right.addWidget(self._right)
        words = N_("The receipt stays as it was printed. A numbered slip says what is right; keep both.")
        right.addWidget(sentence(self._both(words)))
        return side

    def _typed_fields(self) -> tuple[Field, ...]:
        return (self._number, self._reference, self._approval, self._bank, self._dated, self._note)

    def _fields(self) -> tuple[Field, ...]:
        """Those that are filled, in their order."""
        shown = [field for field in self._typed_fields() if not field.isHidden()]
        return (*shown, *self._second.fields)

    def _is_last(self) -> bool:
        return self._fields()[-1].has_focus()

    def _next(self) -> Field:
        fields = self._fields()
        place = next((at for at, field in enumerate(fields) if field.has_focus()), -1)
        return fields[place + 1]

    # -- filling -------------------------------------------------------------------------------------

    def _show(self, form: UndoForm) -> None:
        self._form, self._part = form, 0
        receipt = form.receipt
        words = self._both(
            N_("Another way of paying") if self._what == TENDER else N_("Another consumer's payment")
        )
        self._title.show_runs(
            Run(words.lead, "title", "ink", bold=True), Run(words.second, "body", "ink3"),
            Run(str(receipt.number), "body", "ink", bold=True),
        )  # fmt: skip
        self._facts.clear()
        self._facts.add(self._both(N_("Name")), one_name(self.language, receipt.name_hi, receipt.name_en))
        self._facts.add(self._both(N_("Consumer no.")), form.consumer)
        self._facts.add(self._both(N_("Taken at")), stamp(receipt.at))
        self._facts.add(self._both(N_("Amount")), rupees(receipt.payment.amount), bold=True)
        for tender in form.tenders:
            self._facts.add(labels.tender(tender.kind, self.language), rupees(tender.amount))
        self._show_fields(None)
        if self._what == CONSUMER:
            self._put_choices([])
            self._number.edit.setFocus()
        elif len(form.tenders) > 1:
            parts = [
                Choice(str(place), labels.tender(one.kind, self.language), more=rupees(one.amount))
                for place, one in enumerate(form.tenders, 1)
            ]
            self._put_choices(parts, self._part_picked)
        else:
            self._offer_kinds()
        self.frame.keys_changed()

    def _put_choices(self, choices: list[Choice], picked: Callable[[str], None] | None = None) -> None:
        clear(self._ways)
        self._choices = Choices(choices, dense=True)
        if picked is not None:
            self._choices.picked.connect(picked)
        self._ways.addWidget(self._choices)

    @Slot(str)
    def _part_picked(self, key: str) -> None:
        self._part = int(key) - 1
        self._offer_kinds()

    def _offer_kinds(self) -> None:
        rules = self.frame.desk.rules.tenders_on(business_day(self.frame.now()))
        self._kinds = rules.taken
        offered = [
            Choice(str(place), labels.tender(kind, self.language))
            for place, kind in enumerate(rules.taken, 1)
        ]
        self._put_choices(offered, self._kind_picked)

    @Slot(str)
    def _kind_picked(self, key: str) -> None:
        self._show_fields(self._kinds[int(key) - 1])
        self._fields()[0].edit.setFocus()
        self.frame.keys_changed()

    def _show_fields(self, kind: TenderKind | None) -> None:
        self._number.setVisible(self._what == CONSUMER)
        self._reference.setVisible(kind not in (None, TenderKind.CASH))
        self._approval.setVisible(kind is TenderKind.CARD)
        for field in (self._bank, self._dated):
            field.setVisible(kind in PAPER)

    # -- doing ---------------------------------------------------------------------------------------

    def _look_up(self) -> None:
        desk, session, at, number = self.frame.desk, self.frame.session, self.frame.now(), self._number.text()
        receipt = self._receipt
        assert receipt is not None
        self.fetch(lambda: correcting.destination(desk, session, receipt, number, at), self._show_destination)

    def _show_destination(self, to: Destination) -> None:
        self.frame.untell()
        self._right.clear()
        name = one_name(self.language, to.consumer.name_hi, to.consumer.name_en)
        self._right.add(self._both(N_("Name")), name, bold=True)
        self._right.add(self._both(N_("Consumer no.")), to.consumer.number)
        self._right.add(self._both(N_("Amount due")), rupees(to.due))
        for share in to.shares:
            self._right.add(labels.head(share.head, self.language), rupees(share.amount))
        self._note.edit.setFocus()
        self.frame.keys_changed()

    def _record(self) -> None:
        form, act, receipt = self._form, self._act, self._receipt
        assert form is not None
        assert receipt is not None
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        note, word = self._note.text(), self._second.word()
        self._second.forget()
        if self._what == CONSUMER:
            number = self._number.text()
            self.save(
                lambda: correcting.move(desk, session, act, receipt, number, note, word, at), self._recorded
            )
            return
        tenders = list(form.tenders)
        tenders[self._part] = self._tender(tenders[self._part])
        right, asked = tuple(tenders), self._asked == self._reference.text()
        self.save(
            lambda: correcting.correct(desk, session, act, receipt, right, note, word, at, asked=asked),
            self._recorded,
        )

    def _tender(self, was: Tender) -> Tender:
        """The part as it is typed; the desk makes it anew by its rules."""
        kind = self._kinds[int(self._choices.key()) - 1]
        given = was.amount if kind is TenderKind.CASH else 0
        dated: date | None = None
        with suppress(Refused):  # the desk says that the day is missing or wrong
            dated = read_day(self._dated.text()) if kind in PAPER else None
        return Tender(
            kind, was.amount, given, 0, self._reference.text(), self._approval.text(),
            bank=self._bank.text(), dated=dated,
        )  # fmt: skip

    def _recorded(self, undone: Undone) -> None:
        self.frame.print_job(undone.act)
        words = N_("The way of paying of receipt {number} is corrected.")
        if self._what == CONSUMER:
            words = N_("The payment of receipt {number} counts for the other consumer now.")
        self.frame.home(self._both(words, number=undone.receipt.number.stem), str(undone.number))

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
