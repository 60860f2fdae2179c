"""What money is for: the bill, under protest, an instalment, or a head of other money with its case."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk.pay_form import PayForm
from counter_app.desk.payments import LONGEST_AUTHORITY
from counter_app.domain.charges import INSTALMENT, ON_DUES, ChargeHead, ChargeRate
from counter_app.domain.money import Paise
from counter_app.domain.money_refusals import LoadOutside
from counter_app.domain.rules import Rules
from counter_app.domain.text import only_digits
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import DigitsField, Field
from counter_app.ui.parts import clear, column
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.say import N_, Both, Language, both

BILL, PROTEST, BY_INSTALMENT = "1", "2", "3"
_OTHER_AMOUNT = "9"


class Purpose(NamedTuple):
    """What is paid. ``rate`` is the case of a head whose amount the rules know, None: it is typed."""

    charge: str = ""
    protest: bool = False
    rate: ChargeRate | None = None

    @property
    def is_dues(self) -> bool:
        """Whether it goes to the bill."""
        return self.charge in ON_DUES


def words_of(purpose: Purpose, rules: Rules, day: date, language: Language) -> Both:
    """What is said of a purpose; nothing of the plain bill."""
    if purpose.protest:
        return both(N_("Under protest"), language)
    return labels.paid_for(purpose.charge, rules, day, language)


def kept(purpose: Purpose) -> dict[str, str]:
    """A purpose as half-typed work keeps it."""
    return {
        "charge": purpose.charge,
        "protest": "yes" if purpose.protest else "",
        "rate": purpose.rate.name_en if purpose.rate else "",
    }


def read_kept(body: Mapping[str, str], heads: Iterable[ChargeHead]) -> Purpose:
    """The purpose of half-typed work, with its rate as the heads of the day have it."""
    charge = body.get("charge", "")
    rates = {rate.name_en: rate for head in heads if head.key == charge for rate in head.rates}
    return Purpose(charge, body.get("protest") == "yes", rates.get(body.get("rate", "")))


class PurposeList(QWidget):
    """Two lists, one after the other: what for, and for a head with dated amounts in which case.

    ``picked`` comes when ``purpose`` stands.
    """

    picked = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._heads: dict[str, ChargeHead] = {}
        self._head: ChargeHead | None = None
        self.purpose = Purpose()
        self._rows = column()
        self.setLayout(self._rows)
        self._choices = Choices([])

    def begin(self, form: PayForm) -> None:
        """Offer what can be paid by this consumer, or by somebody without a connection."""
        self._head = None
        offered = [one for one in form.charges if form.consumer is not None or one.for_anybody]
        self._heads = {head.digit: head for head in offered}
        of_bill = (
            (BILL, both(N_("The bill"), self._language)),
            (PROTEST, both(N_("The bill, under protest"), self._language)),
            (BY_INSTALMENT, labels.instalment(self._language)),
        )
        rows = [Choice(key, words, off=form.dues is None) for key, words in of_bill if form.consumer]
        rows += [Choice(one.digit, labels.charge_head(one, self._language)) for one in offered]
        self._offer(rows)

    def _offer(self, rows: list[Choice]) -> None:
        clear(self._rows)
        first = next((place for place, one in enumerate(rows) if not one.off), -1)
        self._choices = Choices(rows, current=first, dense=True)
        self._choices.picked.connect(self._picked)
        self._rows.addWidget(self._choices)
        self._choices.show()
        self._rows.addStretch(1)

    def digit(self, digit: str) -> bool:
        """Choose by a digit."""
        return self._choices.pick(digit)

    def step(self, rows: int) -> None:
        """The next row up or down."""
        self._choices.step(rows)

    def accept(self) -> None:
        """Choose the selected row."""
        self._choices.pick(self._choices.key())

    @Slot(str)
    def _picked(self, key: str) -> None:
        if self._head is not None:
            rates = dict(enumerate(self._head.rates, 1))
            rate = None if key == _OTHER_AMOUNT else rates[int(key)]
            self._done(Purpose(self._head.key, rate=rate))
        elif key in self._heads:
            self._head = self._heads[key]
            if not self._head.rates:
                self._done(Purpose(self._head.key))
                return
            rows = [
                Choice(str(n), self._case(one), right=_money(one))
                for n, one in enumerate(self._head.rates, 1)
            ]
            rows.append(Choice(_OTHER_AMOUNT, both(N_("Another amount, by order"), self._language)))
            self._offer(rows)
        else:
            self._done(Purpose(INSTALMENT if key == BY_INSTALMENT else "", protest=key == PROTEST))

    def _case(self, rate: ChargeRate) -> Both:
        return Both(rate.name_en if self._language is Language.ENGLISH else rate.name_hi, "")

    def _done(self, purpose: Purpose) -> None:
        self.purpose = purpose
        self.picked.emit()


def _money(rate: ChargeRate) -> str:
    """What a case comes to, where the load does not matter."""
    return "" if rate.per_kw else rupees(rate.amount)


class PurposeFields(QWidget):
    """The number of the order or application, and the load that an amount is reckoned by."""

    edited = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        layout = column(spacing=4)
        self.setLayout(layout)
        self._rate: ChargeRate | None = None
        self._needs_order = False
        self.authority = Field(both(N_("Order or application no."), language), limit=LONGEST_AUTHORITY)
        self.load = DigitsField(both(N_("Load, whole kW"), language), limit=4)
        for field in (self.load, self.authority):
            field.edited.connect(self.edited)
            layout.addWidget(field)

    def show_purpose(self, purpose: Purpose, *, connected: bool) -> None:
        """Ask for what another purpose needs."""
        self._rate = purpose.rate
        by_load = purpose.rate is not None and purpose.rate.per_kw > 0
        self.load.setVisible(by_load)
        self.authority.setVisible(bool(purpose.charge))
        self._needs_order = bool(purpose.charge) and (purpose.rate is None or not connected)
        self.setVisible(bool(purpose.charge))

    def amount(self) -> Paise | None:
        """What the rules make of it; None while nothing is reckoned. ``LoadOutside`` for another load."""
        if self._rate is None:
            return None
        if not self._rate.per_kw:
            return self._rate.amount
        typed = only_digits(self.load.text())
        if not typed:
            return None
        amount = self._rate.at(int(typed))
        if amount is None:
            raise LoadOutside
        return amount

    def next_field(self) -> Field | None:
        """The field that must be filled next."""
        if self.load.isVisibleTo(self) and not self.load.text():
            return self.load
        if self._needs_order and not self.authority.text().strip():
            return self.authority
        return None
