"""What the pay page says beside the form: no double payment, what goes back, why it stopped."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from counter_app.desk.payments import PayForm
from counter_app.documents.page import Document
from counter_app.domain.allocation import Share
from counter_app.domain.money import Paise, read_rupees
from counter_app.domain.payment import Tender, TenderKind, card, cash, upi
from counter_app.domain.refusals import AmountMissing
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Card, Facts, Figure, Money, StopCard, beside, clear, column, key_line, row
from counter_app.ui.preview import Preview
from counter_app.ui.text import Run, Text, caption, heading, sentence
from counter_app.ui.wording import names, show_freshness
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock, day, month
from counter_app.words.say import N_, Both, Language, both


class Payer(Card):
    """Whose bill it is, and how old the dues are."""

    def __init__(self, language: Language) -> None:
        super().__init__(padding=(20, 9, 20, 9))
        self._language = language
        line = row(spacing=16)
        self._who = Text(elide=True, gap="   ")
        self._icon, self._fresh = Icon("ok", 16, "good"), Text()
        line.addWidget(self._who, 1)
        line.addLayout(beside(self._icon, self._fresh))
        self.body.addLayout(line)

    def show_form(self, form: PayForm, now: datetime) -> None:
        """Say it of another consumer."""
        lead, other = names(self._language, form.consumer.name_hi, form.consumer.name_en)
        bill = both(N_("bill {month}"), self._language, month=month(form.bill.month)).lead
        self._who.show_runs(
            Run(lead, "title", "ink", bold=True),
            Run(other, "body", "ink2"),
            Run(form.consumer.number, "body", "ink", bold=True),
            Run(bill, "body", "ink2"),
        )
        show_freshness(self._language, form.dues_as_of, now, self._icon, self._fresh)


def tender_list(language: Language) -> Choices:
    """The ways of paying; what is off here says so in its place."""
    rows = [
        Choice("1", labels.tender(TenderKind.CASH, language), "cash"),
        Choice("2", labels.tender(TenderKind.UPI, language), "phone"),
        Choice("3", both(N_("Cheque, off here"), language), "cheque", off=True),
        Choice("4", labels.tender(TenderKind.CARD, language), "card"),
    ]
    return Choices(rows, current=0, lines=True)


class DoubleCheck(Card):
    """Whether this number was paid already, as far as this counter knows."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        line = row(spacing=8)
        self._icon, self._head = Icon("ok", 20, "good"), Text(elide=True)
        line.addWidget(self._icon)
        line.addWidget(self._head, 1)
        self.body.addLayout(line)
        self._facts = Facts()
        self.body.addWidget(self._facts)

    def show_form(self, form: PayForm) -> None:
        """Say it of another consumer."""
        today, language = form.today, self._language
        head = N_("Paid today already") if form.paid_today else N_("No double payment seen")
        words = both(head, language)
        self._icon.show_icon("stop" if form.paid_today else "ok", "warn" if form.paid_today else "good")
        self._head.show_runs(Run(words.lead, "body", "ink", bold=True), Run(words.second, "body", "ink3"))
        none = both(N_("none"), language).lead
        self._facts.clear()
        here = f"{rupees(today.amount)}, {clock(today.at)}" if today else none
        self._facts.add(both(N_("This counter today"), language), here)
        self._facts.add(both(N_("Elsewhere today"), language), _elsewhere(form, language) or none)
        paid = rupees(form.payable.paid) if form.payable.paid else none
        self._facts.add(both(N_("Paid since the bill"), language), paid)
        last = form.last_paid
        self._facts.add(
            both(N_("Last paid"), language), f"{day(last.on)}, {rupees(last.amount)}" if last else ""
        )


class WillSay(Card):
    """The receipt as it would print, and the key that records it; neither while the page is stopped."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        words = both(N_("The receipt will say"), language)
        self.body.addWidget(heading(words))
        self._preview = Preview(words.lead)
        self.body.addWidget(self._preview, 1)
        self.body.addSpacing(8)
        self._key = QWidget()
        self._key.setLayout(key_line([("Enter", both(N_("Record and print"), language))]))
        self.body.addWidget(self._key)

    def show_document(self, document: Document | None) -> None:
        """Show another receipt."""
        self._preview.show_document(document)
        self._key.setVisible(document is not None)


class Change(QWidget):
    """What goes back over the counter, at 72 points; what is missing; or the amount of another tender."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        layout = column()
        self.setLayout(layout)
        self._words = Text(Run(" ", "lead"))
        self._amount = Money(both(N_("Return"), language), "change")
        self._note = Text(Run(" ", "caption"), elide=True)
        layout.addStretch(1)
        for part in (self._words, self._amount, self._note):
            layout.addWidget(part)
        layout.addStretch(1)

    def show_cash(self, amount: Paise, given: Paise) -> None:
        """Cash: ``given`` is what the consumer handed over, 0 while it cannot be read."""
        if given < amount:
            note = both(N_("Take the rest, or lower the amount."), self._language)
            self._put(both(N_("Short"), self._language), rupees(amount - given), note)
            return
        note = both(N_("The exact amount"), self._language) if given == amount and amount else Both("", "")
        self._put(both(N_("Return"), self._language), rupees(given - amount), note)

    def show_tender(self, amount: Paise, kind: TenderKind) -> None:
        """UPI or card: nothing goes back."""
        note = N_("UPI is not confirmed. The receipt will say provisional.")
        if kind is TenderKind.CARD:
            note = N_("Only the last 4 digits of the card are kept.")
        words = both(N_("Amount"), self._language)
        self._put(words, rupees(amount) if amount else "—", both(note, self._language))

    def _put(self, words: Both, amount: str, note: Both) -> None:
        self._words.show_runs(Run(words.lead, "lead", "ink", bold=True), Run(words.second, "lead", "ink3"))
        self._amount.put(amount)
        self._note.show_runs(Run(note.lead or " ", "caption", "ink2"), Run(note.second, "caption", "ink3"))


class Appropriation(QWidget):
    """What the amount goes to, in the order of the rules."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        layout = row(spacing=20)
        self.setLayout(layout)
        layout.addWidget(caption(both(N_("Goes to, in order"), language)))
        self._shares = row(spacing=20)
        layout.addLayout(self._shares)
        layout.addStretch(1)
        self.setFixedHeight(44)

    def show_shares(self, shares: tuple[Share, ...]) -> None:
        """Show another split."""
        clear(self._shares)
        for share in shares:
            words = Both(labels.head(share.head, self._language).lead, "")
            self._shares.addWidget(Figure(words, rupees(share.amount), "body"))


class PaidAlready(StopCard):
    """Paid today, or nothing due: the facts, and three ways out with the safe one selected."""

    def __init__(self, form: PayForm, language: Language) -> None:
        head = N_("Nothing is due on this number. Nothing is recorded now.")
        if form.paid_today:
            head = N_("This number was paid today. Nothing is recorded now.")
        way = N_("Take no money, show what was paid")
        if form.today is not None:
            way = N_("Take no money, show the earlier receipt")
        super().__init__(both(head, language))
        for label, value in _figures(form, language):
            self.facts.addWidget(Figure(both(label, language), value), 1)
        self.choices = Choices(
            [
                Choice(
                    "1",
                    both(way, language),
                    right=both(N_("suggested"), language).lead,
                ),
                Choice("2", both(N_("Take it as an advance for the next bill"), language)),
                Choice("3", both(N_("It is for another number: find it"), language)),
            ],
            current=0,
        )
        self.ways.addWidget(heading(both(N_("Ask the consumer, then choose"), language)))
        self.ways.addWidget(self.choices)
        self.foot.addWidget(Icon("info", 16, "ink2"))
        self.foot.addWidget(sentence(both(N_("Choice 2 needs F4 once more."), language)), 1)


def _figures(form: PayForm, language: Language) -> list[tuple[str, str]]:
    today, last = form.today, form.last_paid
    if today is not None:
        tenders = " + ".join(labels.tender(tender.kind, language).lead for tender in today.tenders)
        return [
            (N_("Amount"), rupees(today.amount)),
            (N_("Time"), clock(today.at)),
            (N_("Tender"), tenders),
            (N_("Receipt"), today.number.tail),
        ]
    if form.elsewhere:
        return [
            (N_("Amount"), " + ".join(rupees(paid.amount) for paid in form.elsewhere)),
            (
                N_("Paid at"),
                " + ".join(labels.channel(paid.channel, language).lead for paid in form.elsewhere),
            ),
            (N_("Due now"), rupees(form.payable.amount)),
        ]
    return [
        (N_("Bill"), rupees(form.bill.net)),
        (N_("Paid since the bill"), rupees(form.payable.paid)),
        (N_("Last paid"), day(last.on) if last else ""),
    ]


def _elsewhere(form: PayForm, language: Language) -> str:
    """What was paid elsewhere today, and where."""
    return ", ".join(
        f"{rupees(paid.amount)} {labels.channel(paid.channel, language).lead}" for paid in form.elsewhere
    )


def read_tender(kind: TenderKind, amount: Paise, given: str, reference: str, approval: str) -> Tender:
    """The tender as typed; nothing typed as received means the exact amount. Refuses what is wrong."""
    if kind is TenderKind.UPI:
        return upi(amount, reference)
    if kind is TenderKind.CARD:
        return card(amount, reference, approval.strip())
    try:
        return cash(amount, read_rupees(given))
    except AmountMissing:
        return cash(amount, amount)
