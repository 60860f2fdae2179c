"""How money is handed over: a list of ways, the fields of the chosen one, and parts put aside before it."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from counter_app.domain.days import read_day
from counter_app.domain.money import Paise, read_rupees
from counter_app.domain.payment import (
    PAPER,
    Tender,
    TenderKind,
    card,
    cash,
    cheque,
    demand_draft,
    other,
    upi,
)
from counter_app.domain.refusals import AmountMissing, CardNumberTyped, Refused
from counter_app.domain.rules import Tenders
from counter_app.domain.text import only_digits, refuse_card_number
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import DigitsField, Field, MoneyField
from counter_app.ui.pages.pay_kept import kept_part, read_part
from counter_app.ui.pages.pay_ways import ASKED, KEYS, named, way
from counter_app.ui.parts import clear, column, row
from counter_app.ui.text import Run, Text
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import day as written
from counter_app.words.refusals import sentence
from counter_app.words.say import N_, Both, Language, both

CARD_TAIL, UTR = 4, 12
ROOMY = 4
"""So many ways stand in high rows; more of them stand closer."""
_TYPED = "amount", "part", "given", "reference", "approval", "bank", "dated", "channel"


class Tendering(QWidget):
    """The amount and how it comes. ``ways`` is the list to choose from, ``parts`` are tenders put aside.

    ``edited`` comes with every change by the person; ``chosen`` when another way is.
    """

    edited = Signal()
    chosen = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._day = date.min
        self._kinds: tuple[TenderKind, ...] = ()
        self._offered: list[Choice] = []
        self.parts: list[Tender] = []
        self.ways, self._list = QWidget(), Choices([])
        self._ways = column()
        self.ways.setLayout(self._ways)
        self.amount = MoneyField(self._both(N_("Amount to pay")))
        self.given = MoneyField(self._both(N_("Received")), hint=self._both(N_("Empty = exact")))
        self.part = MoneyField(self._both(N_("By this way")), hint=self._both(N_("+ goes on with the rest")))
        self.reference = DigitsField(self._both(N_("Number")))
        self.approval = Field(self._both(N_("Approval code")), limit=12)
        self.bank = Field(self._both(N_("Bank")), limit=60)
        self.dated = Field(self._both(N_("Date on it")), limit=12)
        self.channel = Field(self._both(N_("Reference")), limit=35)
        self.at_fault: Field = self.amount
        self._so_far = Text(elide=True)
        self._lay_out()
        for field in self.fields():
            field.edited.connect(partial(self._typed, field))

    def _lay_out(self) -> None:
        layout = column(spacing=4)
        self.setLayout(layout)
        first, self._second = row(spacing=24), QWidget()
        for money in (self.amount, self.part, self.given):
            first.addWidget(money, 1)
        layout.addLayout(first)
        second = row(spacing=12)
        self._second.setLayout(second)
        for field in (self.reference, self.approval, self.bank, self.dated, self.channel):
            second.addWidget(field, 1)
        layout.addWidget(self._second)
        layout.addWidget(self._so_far)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self._language, **facts)

    def fields(self) -> tuple[Field, ...]:
        """All of them, in the order in which they are filled."""
        return (
            self.amount, self.part, self.given, self.reference, self.approval, self.bank, self.dated,
            self.channel,
        )  # fmt: skip

    # -- choosing ------------------------------------------------------------------------------------

    def begin(self, rules: Tenders, day: date) -> None:
        """Another payment: nothing is typed, cash is chosen. ``rules`` say what is taken here."""
        self._day = day
        self._kinds = tuple(kind for kind in KEYS if kind in (*rules.taken, *rules.off))
        rows = [way(kind, self._language, off=kind in rules.off) for kind in self._kinds]
        if rows != self._offered:
            clear(self._ways)
            self._offered, self._list = rows, Choices(rows, lines=True, dense=len(rows) > ROOMY)
            self._list.picked.connect(self._picked)
            self._ways.addWidget(self._list)
            self._list.show()
        self._list.select(0)
        self.clear()
        self._show_kind()

    def clear(self) -> None:
        """Nothing is typed, and nothing put aside."""
        self.parts = []
        for field in self.fields():
            field.put("")
        self.part.hide()

    def kind(self) -> TenderKind:
        """The way that is chosen."""
        return next((kind for kind in self._kinds if KEYS[kind] == self._list.key()), TenderKind.CASH)

    def choose(self, kind: TenderKind) -> bool:
        """Choose a way; False when it is not taken here."""
        found = self._list.select_key(KEYS[kind])
        if found:
            self._show_kind()
        return found

    def choose_by_digit(self, digit: str) -> bool:
        """The same by its key; a way that is off says so. False when there is none."""
        kind = next((kind for kind in self._kinds if KEYS[kind] == digit), None)
        if kind is None:
            return False
        if not self.choose(kind):
            self.main().wrong(
                named(N_("{name}: off here. Take another way of paying."), kind, self._language)
            )
        return True

    def step(self, rows: int) -> None:
        """The next way up or down."""
        self._list.step(rows)
        self._show_kind()

    @Slot(str)
    def _picked(self, _key: str) -> None:
        self._show_kind()

    def _show_kind(self) -> None:
        kind = self.kind()
        shown = {
            self.given: kind is TenderKind.CASH,
            self.reference: kind in ASKED,
            self.approval: kind is TenderKind.CARD,
            self.bank: kind in PAPER,
            self.dated: kind in PAPER,
            self.channel: kind is TenderKind.OTHER,
        }
        for field, is_shown in shown.items():
            field.setVisible(is_shown)
        self._second.setVisible(kind is not TenderKind.CASH)
        if kind is TenderKind.CASH:
            self.part.hide()
        if kind in ASKED:
            self.reference.hint(self._both(ASKED[kind]))
        if kind in PAPER and not self.dated.text():
            self.dated.put(written(self._day))
        self._show_so_far()
        self.chosen.emit()

    # -- moving among the fields -----------------------------------------------------------------------

    def main(self) -> Field:
        """Where the cursor goes first for the way that is chosen."""
        kind = self.kind()
        if kind is TenderKind.CASH:
            return self.given
        return self.channel if kind is TenderKind.OTHER else self.reference

    def next_field(self) -> Field | None:
        """Where Enter leads from the field that has the focus; None: to the end."""
        if self.amount.has_focus() or not any(field.has_focus() for field in self.fields()):
            return self.main()
        needed = [self.reference, self.bank, self.channel]
        for field in needed:
            if field.isVisibleTo(self) and not field.text():
                return field
        if self.approval.isVisibleTo(self) and self.reference.has_focus() and not self.approval.text():
            return self.approval
        return None

    def picks_way(self) -> bool:
        """Whether one digit stands alone in the first field of the chosen way: it chooses another way."""
        field = self.main()
        typed = only_digits(field.text())
        if not field.has_focus() or len(typed) != 1 or len(field.text().strip()) != 1:
            return False
        if not self.choose_by_digit(typed):
            return False
        if field.is_wrong():
            field.edit.selectAll()
        else:
            field.put("")
            self.main().edit.setFocus()
            self.edited.emit()
        return True

    def say_at_fault(self, refused: Refused, field: Field | None = None) -> None:
        """Say a refusal under the field that it is about, and go there."""
        field = field or self.at_fault
        field.wrong(sentence(refused, self._language))
        field.edit.setFocus()
        if isinstance(field, MoneyField):
            field.edit.selectAll()  # another amount is typed whole; a number gets its missing digit

    def _typed(self, field: Field) -> None:
        """A card number is wiped the moment it is one, whichever field it was typed into."""
        try:
            refuse_card_number(field.text())
        except CardNumberTyped as refused:
            field.put("")
            field.wrong(sentence(refused, self._language))
        self.edited.emit()

    # -- reading ---------------------------------------------------------------------------------------

    def read_amount(self) -> Paise:
        """The amount as typed; refuses what is none."""
        self.at_fault = self.amount
        return read_rupees(self.amount.text())

    def rest(self, amount: Paise) -> Paise:
        """What is left of an amount beside the parts put aside."""
        return amount - sum(part.amount for part in self.parts)

    def read(self, amount: Paise) -> tuple[Tender, ...]:
        """All tenders of an amount: the parts, and the chosen way for the rest. ``at_fault`` is the field
        that a refusal is about.
        """
        rest = self.rest(amount)
        if self.parts and rest == 0:
            return tuple(self.parts)
        self.at_fault = self.amount
        return (*self.parts, self._read_way(rest))

    def _read_way(self, amount: Paise) -> Tender:
        kind = self.kind()
        self.at_fault = self.main()
        match kind:
            case TenderKind.UPI:
                return upi(amount, self.reference.text())
            case TenderKind.CARD:
                return card(amount, self.reference.text(), self.approval.text())
            case TenderKind.CHEQUE | TenderKind.DRAFT:
                make = cheque if kind is TenderKind.CHEQUE else demand_draft
                return make(amount, self.reference.text(), self.bank.text(), self._read_date(), self._day)
            case TenderKind.OTHER:
                return other(amount, self.channel.text())
        try:
            return cash(amount, read_rupees(self.given.text()))
        except AmountMissing:
            return cash(amount, amount)

    def _read_date(self) -> date:
        self.at_fault = self.dated
        found = read_day(self.dated.text())
        self.at_fault = self.reference
        return found

    # -- splitting -------------------------------------------------------------------------------------

    def put_aside(self, amount: Paise) -> bool:
        """``+``: what is typed is a part, and another way follows for the rest; False: say first how much."""
        rest, in_cash = self.rest(amount), self.kind() is TenderKind.CASH
        if not in_cash and not self.part.isVisibleTo(self):
            self.part.show()
            self.part.edit.setFocus()
            return False
        self.at_fault = self.given if in_cash else self.part
        part = read_rupees(self.at_fault.text())
        if part >= rest:
            self.at_fault.wrong(self._both(N_("A part is less than {rest}."), rest=rupees(rest)))
            return False
        self.parts.append(cash(part, part) if in_cash else self._read_way(part))
        self._clear_way()
        used = {one.kind for one in self.parts}
        follows = [kind for kind in self._kinds if kind not in used]
        if not any(self.choose(kind) for kind in follows):
            self._show_kind()
        return True

    def has_part(self) -> bool:
        """Whether a part is typed for the chosen way, so that Enter puts it aside first.

        What cannot be read is no part; it is said when it is recorded.
        """
        if not self.part.isVisibleTo(self) or not self.part.text():
            return False
        try:
            return read_rupees(self.part.text()) < self.rest(self.read_amount())
        except Refused:
            return False

    def take_back(self) -> bool:
        """The newest part is typed again; False when there is none."""
        if not self.parts:
            return False
        last = self.parts.pop()
        self._clear_way()
        self.choose(last.kind)
        self._put_way(last)
        return True

    def _clear_way(self) -> None:
        for field in self.fields():
            if field is not self.amount:
                field.put("")
        self.part.hide()

    def _put_way(self, tender: Tender) -> None:
        part = str(tender.amount // 100)
        if tender.kind is TenderKind.CASH:
            self.given.put(part)
            return
        self.part.put(part)
        self.part.show()
        (self.channel if tender.kind is TenderKind.OTHER else self.reference).put(tender.reference)
        self.approval.put(tender.approval)
        self.bank.put(tender.bank)
        self.dated.put(written(tender.dated) if tender.dated else "")

    def _show_so_far(self) -> None:
        self._so_far.setVisible(bool(self.parts))
        parts = (
            f"{labels.tender(part.kind, self._language).lead} {rupees(part.amount)}" for part in self.parts
        )
        words = self._both(N_("Put aside: {parts}"), parts=" + ".join(parts))
        self._so_far.show_runs(Run(words.lead, "body", "ink", bold=True))

    # -- keeping ---------------------------------------------------------------------------------------

    def body(self) -> dict[str, str]:
        """What is typed, to be kept; a card number that is being typed is not kept by halves."""
        reference = self.reference.text()
        whole = self.kind() is not TenderKind.CARD or len(only_digits(reference)) <= CARD_TAIL
        kept = {name: getattr(self, name).text() for name in _TYPED if name != "reference"}
        kept |= {"reference": reference if whole else "", "tender": self.kind().value}
        return kept | {"parts": "\n".join(map(kept_part, self.parts))}

    def put_back(self, kept: Mapping[str, str]) -> None:
        """Type again what was kept."""
        self.parts = [read_part(line) for line in kept.get("parts", "").splitlines()]
        self.choose(TenderKind(kept.get("tender") or TenderKind.CASH))
        for name in _TYPED:
            if name != "amount" or kept.get(name):
                getattr(self, name).put(kept.get(name, ""))
        self.part.setVisible(bool(kept.get("part")))
        self._show_so_far()

    def is_begun(self) -> bool:
        """Whether anything was typed beside the amount."""
        typed = self.part, self.given, self.reference, self.approval, self.bank, self.channel
        return bool(self.parts) or any(field.text() for field in typed)
