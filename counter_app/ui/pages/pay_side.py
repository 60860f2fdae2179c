"""What the pay page says at its side: no double payment, and the receipt as it would print."""

from PySide6.QtWidgets import QWidget

from counter_app.desk.pay_form import PayForm
from counter_app.desk.rows import ELSEWHERE
from counter_app.documents.page import Document
from counter_app.domain.charges import ON_DUES
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Card, Facts, key_line, row
from counter_app.ui.preview import Preview
from counter_app.ui.text import Run, Text, heading
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock, day
from counter_app.words.say import N_, Language, both


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

    def show_form(self, form: PayForm, charge: str = "") -> None:
        """Say it of another consumer, or of money for another head; without a consumer nothing is checked."""
        self.setVisible(form.consumer is not None)
        language = self._language
        today = form.today if charge in ON_DUES else form.charged_today.get(charge)
        there = _elsewhere(form, charge, language)
        paid_today = bool(today or there)
        words = both(N_("Paid today already") if paid_today else N_("No double payment seen"), language)
        self._icon.show_icon("stop" if paid_today else "ok", "warn" if paid_today else "good")
        self._head.show_runs(Run(words.lead, "body", "ink", bold=True), Run(words.second, "body", "ink3"))
        none = both(N_("none"), language).lead
        self._facts.clear()
        here = f"{rupees(today.amount)}, {clock(today.at)}" if today else none
        self._facts.add(both(N_("This counter today"), language), here)
        self._facts.add(both(N_("Elsewhere today"), language), there or none)
        paid = rupees(form.payable.paid) if form.dues and form.payable.paid else none
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


def _elsewhere(form: PayForm, charge: str, language: Language) -> str:
    """What was paid elsewhere today for the same, and where."""
    paid = [(one.amount, one.channel) for one in form.elsewhere]
    if charge not in ON_DUES:
        other = form.charged_elsewhere.get(charge)
        paid = [(other.amount, ELSEWHERE)] if other else []
    return ", ".join(f"{rupees(amount)} {labels.channel(name, language).lead}" for amount, name in paid)
