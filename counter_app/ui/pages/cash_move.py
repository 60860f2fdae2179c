"""Cash in or out of the drawer without a receipt: which way, how much, why, and who."""

from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import cash
from counter_app.desk.cash import Moved, MoveDraft
from counter_app.domain.drawer import INWARD, CashMoved, Move
from counter_app.domain.money import read_rupees
from counter_app.domain.refusals import Refused
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field, MoneyField
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, key_line
from counter_app.ui.second_person import SecondPerson
from counter_app.ui.text import heading, sentence
from counter_app.words.amounts import rupees
from counter_app.words.refusals import sentence as refusal_sentence
from counter_app.words.say import N_, Both, both

_MOVES = {
    Move.CHANGE: (N_("Change from the head cashier comes in"), "split"),
    Move.IN: (N_("Other cash comes in"), "cash"),
    Move.DROP: (N_("Cash goes to the head cashier"), "lock"),
    Move.OUT: (N_("Other cash goes out"), "up"),
}
_ORDER = tuple(_MOVES)


class CashMovePage(Page):
    """A digit says which way; Enter goes through the fields, and at the end records and prints the slip."""

    name = "cash_move"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self.main_column.addWidget(self._build_work(), 1)
        self.side_column.addWidget(self._build_side(), 1)

    def keys(self) -> Keys:
        last = self._fields()[-1].has_focus()
        accept = self._both(N_("Record and print the slip") if last else N_("Next"))
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")), accept=accept)

    def enter(self, visit: Visit) -> None:
        """``typed`` of the visit may say which way."""
        self._act = uuid4()
        for field in (self._amount, self._other, self._reason):
            field.put("")
        self._second.begin(self._act)
        known = visit.typed in set(Move)
        self._ways.select(_ORDER.index(Move(visit.typed)) if known else 0)
        self._way_changed("")
        if not known:
            self.setFocus()

    def again(self) -> None:
        """Back from another page."""
        self._amount.edit.setFocus()

    def digit(self, digit: str) -> bool:
        """Outside of the fields a digit says which way."""
        return self._ways.pick(digit)

    def step(self, rows: int) -> bool:
        """Up and down choose as well."""
        self._ways.step(rows)
        self._way_changed("")
        return True

    def accept(self) -> None:
        """Enter: the next field, and behind the last one it is recorded."""
        fields = self._fields()
        place = next((at for at, field in enumerate(fields) if field.has_focus()), -1)
        if place + 1 < len(fields):
            fields[place + 1].edit.setFocus()
            self.frame.keys_changed()
        else:
            self._record()

    @property
    def _move(self) -> Move:
        return _ORDER[int(self._ways.key()) - 1]

    def _fields(self) -> tuple[Field, ...]:
        """Those that are filled, in their order."""
        move = self._move
        other = (self._other,) if move is not Move.DROP else ()
        reason = (self._reason,) if move in (Move.IN, Move.OUT) else ()
        second = self._second.fields if move not in INWARD else ()
        return (self._amount, *other, *reason, *second)

    def _record(self) -> None:
        try:
            amount = read_rupees(self._amount.text())
        except Refused as refused:
            self._amount.wrong(refusal_sentence(refused, self.language))
            self._amount.edit.setFocus()
            return
        draft = MoveDraft(self._act, self._move, amount, self._reason.text(), self._other.text())
        word = None if self._move in INWARD else self._second.word()
        self._second.forget()
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.save(lambda: cash.move(desk, session, draft, word, at), self._recorded)

    def _recorded(self, moved: Moved) -> None:
        self.frame.print_job(moved.act)
        assert isinstance(moved.payload, CashMoved)
        amount = rupees(moved.payload.amount)
        words = self._both(N_("{amount} went out of the drawer."), amount=amount)
        if moved.payload.into > 0:
            words = self._both(N_("{amount} came into the drawer."), amount=amount)
        self.frame.home(words, str(moved.number))

    # -- building ------------------------------------------------------------------------------------

    def _build_work(self) -> QWidget:
        whole = Card(spacing=6)
        whole.body.addWidget(heading(self._both(N_("Cash without a receipt")), "lead"))
        choices = [
            Choice(str(place), self._both(text), icon)
            for place, (text, icon) in enumerate(_MOVES.values(), 1)
        ]
        self._ways = Choices(choices, dense=True)
        self._ways.picked.connect(self._way_changed)
        whole.body.addWidget(self._ways)
        self._amount = MoneyField(self._both(N_("Amount")))
        self._other = Field(self._both(N_("Who gives or gets it")), limit=120)
        self._reason = Field(self._both(N_("Reason")), limit=400)
        self._second = SecondPerson(self.language)
        self._second.turned.connect(self.frame.keys_changed)
        for widget in (self._amount, self._other, self._reason, self._second):
            whole.body.addWidget(widget)
        whole.body.addStretch(1)
        return whole

    def _build_side(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            self._both(N_("Each move of cash prints a numbered slip; both sign it.")),
            self._both(N_("What goes out needs a second person; a drop is signed for by who gets it.")),
            self._both(N_("A wrong move is put right by one the other way, with its reason.")),
        ):
            side.body.addWidget(sentence(words, "body"))
        side.body.addStretch(1)
        side.section().addLayout(
            key_line([("1–4", self._both(N_("Which way"))), ("Enter", self._both(N_("Next")))])
        )
        return side

    @Slot(str)
    def _way_changed(self, _key: str) -> None:
        fields = self._fields()
        self._other.setVisible(self._other in fields)
        self._reason.setVisible(self._reason in fields)
        self._second.setVisible(self._move not in INWARD)
        self._second.demand_here(self._move is Move.DROP)
        self._amount.edit.setFocus()
        self.frame.keys_changed()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
