"""What stops a payment before it is recorded: facts, and numbered ways out with the safe one selected."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from counter_app.desk.pay_form import PayForm
from counter_app.desk.rows import ReceiptRow
from counter_app.domain.charges import ON_DUES
from counter_app.domain.money_refusals import TailUsed
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.icons import Icon
from counter_app.ui.pages.pay_view import PayView
from counter_app.ui.parts import Figure, StopCard, column
from counter_app.ui.text import heading, sentence
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock, day
from counter_app.words.say import N_, Both, Language, both

SAFE, GO_ON, FIND, OTHER_MONEY = "1", "2", "3", "4"

ROOMY = 3
"""So many ways stand in high rows; more would not fit on the smallest screen."""


class Stop(StopCard):
    """``GO_ON`` needs F4 besides Enter: nobody goes on by pressing Enter three times.

    ``earlier`` is the act of the receipt that the safe way shows; ``asks``: it leads back to the fields.
    """

    def __init__(
        self,
        head: Both,
        facts: list[tuple[Both, str]],
        ways: list[Choice],
        language: Language,
        *,
        earlier: UUID | None = None,
        asks: bool = False,
    ) -> None:
        super().__init__(head)
        self.earlier, self.asks = earlier, asks
        for label, value in facts:
            self.facts.addWidget(Figure(label, value), 1)
        self.choices = Choices(ways, current=0, dense=len(ways) > ROOMY)
        self.ways.addWidget(heading(both(N_("Ask the consumer, then choose"), language)))
        self.ways.addWidget(self.choices)
        self.foot.addWidget(Icon("info", 16, "ink2"))
        self.foot.addWidget(sentence(both(N_("Choice 2 needs F4 once more."), language)), 1)


class WorkOrStop(QWidget):
    """The work, or the stop card that takes its place. What is hidden asks for no room; a stack of pages is
    as high as the highest of them, shown or not.
    """

    def __init__(self, work: PayView) -> None:
        super().__init__()
        self._work = work
        self._room = column()
        self.setLayout(self._room)
        self._room.addWidget(work)
        self.stop: Stop | None = None

    @property
    def is_choosing(self) -> bool:
        """Whether something is chosen now, and nothing can be typed."""
        return self.stop is not None or self._work.choosing

    def digit(self, digit: str) -> bool:
        """Choose by a digit, on the stop card or of what the money is for."""
        if self.stop is not None:
            return self.stop.choices.select_key(digit)
        return self._work.choosing and self._work.purposes.digit(digit)

    def step(self, rows: int) -> None:
        """The next row up or down: of the stop card, of what for, of the ways of paying."""
        if self.stop is not None:
            self.stop.choices.step(rows)
        elif self._work.choosing:
            self._work.purposes.step(rows)
        else:
            self._work.tendering.step(rows)
            self._work.tendering.main().edit.setFocus()

    def show_work(self) -> None:
        """Nothing stops the work."""
        self._drop()
        self._work.show()

    def show_stop(self, stop: Stop) -> None:
        """Show a stop card."""
        self._drop()
        self._work.hide()
        self.stop = stop
        self._room.addWidget(stop)
        stop.show()

    def _drop(self) -> None:
        if self.stop is not None:
            self._room.removeWidget(self.stop)
            self.stop.hide()
            self.stop.deleteLater()
        self.stop = None


def reason_to_stop(form: PayForm, charge: str, language: Language) -> Stop | None:
    """Why money for this is not simply taken now; None when it is."""
    if charge not in ON_DUES:
        paid = charge in form.charged_today or charge in form.charged_elsewhere
        return charged_already(form, charge, language) if paid else None
    if form.paid_today or form.payable.amount == 0:
        return paid_already(form, language)
    return None


def paid_already(form: PayForm, language: Language) -> Stop:
    """Dues that were paid today, or nothing due."""
    head = N_("Nothing is due on this number. Nothing is recorded now.")
    if form.paid_today:
        head = N_("This number was paid today. Nothing is recorded now.")
    way = N_("Take no money, show what was paid")
    if form.today is not None:
        way = N_("Take no money, show the earlier receipt")
    ways = [
        _safe(way, language),
        Choice(GO_ON, both(N_("Take it as an advance for the next bill"), language)),
        Choice(FIND, both(N_("It is for another number: find it"), language)),
        Choice(OTHER_MONEY, both(N_("It is not for the bill: choose what for"), language)),
    ]
    earlier = form.today.act if form.today is not None else None
    return Stop(both(head, language), _dues_facts(form, language), ways, language, earlier=earlier)


def charged_already(form: PayForm, charge: str, language: Language) -> Stop:
    """Other money that was taken from the same consumer today, here or at another counter."""
    earlier, there = form.charged_today.get(charge), form.charged_elsewhere.get(charge)
    way = (
        N_("Take no money, show the earlier receipt") if earlier else N_("Take no money, show what was paid")
    )
    ways = [
        _safe(way, language),
        Choice(GO_ON, both(N_("It is paid once more: take it"), language)),
        Choice(FIND, both(N_("It is for another number: find it"), language)),
    ]
    head = both(N_("The same was paid today. Nothing is recorded now."), language)
    facts = _receipt_facts(earlier, language) if earlier else []
    if there and not earlier:
        facts = [
            (both(N_("Amount"), language), rupees(there.amount)),
            (both(N_("Receipt"), language), there.receipt),
        ]
    return Stop(head, facts, ways, language, earlier=earlier.act if earlier else None)


def same_digits(refused: TailUsed, language: Language, *, may_find: bool = True) -> Stop:
    """Another receipt has these six digits of a UTR, and the same amount."""
    facts = [
        (both(N_("Amount"), language), rupees(refused.amount)),
        (both(N_("Receipt"), language), refused.receipt),
    ]
    ways = [
        _safe(N_("Look at the phone, type all 12 digits"), language),
        Choice(GO_ON, both(N_("It is another transfer: take it"), language)),
    ]
    if may_find:
        ways.append(Choice(FIND, both(N_("It is for another number: find it"), language)))
    head = both(N_("These six digits with this amount are on another receipt."), language)
    return Stop(head, facts, ways, language, asks=True)


def _safe(way: str, language: Language) -> Choice:
    return Choice(SAFE, both(way, language), right=both(N_("suggested"), language).lead)


def _receipt_facts(receipt: ReceiptRow, language: Language) -> list[tuple[Both, str]]:
    tenders = " + ".join(labels.tender(tender.kind, language).lead for tender in receipt.tenders)
    return [
        (both(N_("Amount"), language), rupees(receipt.amount)),
        (both(N_("Time"), language), clock(receipt.at)),
        (both(N_("Tender"), language), tenders),
        (both(N_("Receipt"), language), receipt.number.tail),
    ]


def _dues_facts(form: PayForm, language: Language) -> list[tuple[Both, str]]:
    if form.today is not None:
        return _receipt_facts(form.today, language)
    if form.elsewhere:
        channels = " + ".join(labels.channel(paid.channel, language).lead for paid in form.elsewhere)
        return [
            (both(N_("Amount"), language), " + ".join(rupees(paid.amount) for paid in form.elsewhere)),
            (both(N_("Paid at"), language), channels),
            (both(N_("Due now"), language), rupees(form.payable.amount)),
        ]
    last = form.last_paid
    return [
        (both(N_("Bill"), language), rupees(form.bill.net)),
        (both(N_("Paid since the bill"), language), rupees(form.payable.paid)),
        (both(N_("Last paid"), language), day(last.on) if last else ""),
    ]
