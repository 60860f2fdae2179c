"""What stands in the middle of the pay page: whose money, what goes back, what it goes to."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from counter_app.desk.pay_form import PayForm
from counter_app.domain.allocation import Share
from counter_app.domain.drawer import Face, fewest_pieces
from counter_app.domain.money import Paise
from counter_app.domain.payment import PAPER, TenderKind
from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Box, Card, Chip, Figure, Kind, Money, beside, clear, column, row
from counter_app.ui.text import Run, Text
from counter_app.ui.wording import names, show_freshness
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import month
from counter_app.words.say import N_, Both, Language, both

_PIECES = 7


class Payer(Card):
    """Whose money it is, what it is for when it is no plain bill, and how old the dues are."""

    def __init__(self, language: Language) -> None:
        super().__init__(padding=(20, 9, 20, 9))
        self._language = language
        line = row(spacing=16)
        self._name, self._number, self._bill = Text(elide=True, gap="   "), Text(), Text()
        self._what = Chip(Both("", ""), Kind.NOTE)
        self._icon, self._fresh = Icon("ok", 16, "good"), Text()
        line.addWidget(self._name)
        line.addWidget(self._number)
        line.addWidget(self._bill)
        line.addStretch(1)
        line.addWidget(self._what)
        line.addLayout(beside(self._icon, self._fresh))
        self.body.addLayout(line)

    def show_form(self, form: PayForm, purpose: Both, now: datetime, *, of_bill: bool) -> None:
        """Say it of another consumer or purpose (empty: the bill); the bill is named where it is paid."""
        language, who, dues = self._language, form.consumer, form.dues if of_bill else None
        self._what.setVisible(bool(purpose.lead))
        self._what.show_chip(Both(purpose.lead, ""), Kind.NOTE, "rupee")
        name = (
            names(language, who.name_hi, who.name_en) if who else both(N_("Without a connection"), language)
        )
        self._name.show_runs(Run(name.lead, "title", "ink", bold=True), Run(name.second, "body", "ink2"))
        self._number.show_runs(Run(form.number, "body", "ink", bold=True))
        for widget in (self._bill, self._icon, self._fresh):
            widget.setVisible(dues is not None)
        if dues is not None:
            bill = both(N_("bill {month}"), language, month=month(dues.bill.month))
            self._bill.show_runs(Run(bill.lead, "body", "ink2"))
            show_freshness(language, form.dues_as_of, now, self._icon, self._fresh)


class Change(QWidget):
    """What goes back over the counter, at 72 points, and in which notes; what is missing; or the amount."""

    def __init__(self, language: Language, faces: Sequence[Face]) -> None:
        super().__init__()
        self._language, self._faces = language, faces
        layout = column()
        self.setLayout(layout)
        self._words = Text(Run(" ", "lead"))
        self._amount = Money(both(N_("Return"), language), "change")
        self._note = Text(Run(" ", "caption"), elide=True)
        self._pieces = row(spacing=8)
        layout.addStretch(1)
        for part in (self._words, self._amount, self._note):
            layout.addWidget(part)
        layout.addSpacing(4)
        layout.addLayout(self._pieces)
        layout.addStretch(1)

    def show_cash(self, amount: Paise, given: Paise) -> None:
        """Cash: ``given`` is what was handed over, 0 while it cannot be read."""
        if given < amount:
            note = both(N_("Take the rest, or lower the amount."), self._language)
            self._put(both(N_("Short"), self._language), rupees(amount - given), note)
            return
        note = both(N_("The exact amount"), self._language) if given == amount and amount else Both("", "")
        self._put(both(N_("Return"), self._language), rupees(given - amount), note)
        self._show_pieces(given - amount)

    def show_tender(self, amount: Paise, kind: TenderKind) -> None:
        """Anything but cash: nothing goes back."""
        note = N_("UPI is not confirmed. The receipt will say provisional.")
        if kind is TenderKind.CARD:
            note = N_("Only the last 4 digits are kept. Without the code the receipt says provisional.")
        elif kind in PAPER:
            note = N_("Subject to realisation. The receipt will say so.")
        elif kind is TenderKind.OTHER:
            note = N_("Not confirmed. The receipt will say provisional.")
        words = both(N_("Amount"), self._language)
        self._put(words, rupees(amount) if amount else "—", both(note, self._language))

    def _put(self, words: Both, amount: str, note: Both) -> None:
        self._words.show_runs(Run(words.lead, "lead", "ink", bold=True), Run(words.second, "lead", "ink3"))
        self._amount.put(amount)
        self._note.show_runs(Run(note.lead or " ", "caption", "ink2"), Run(note.second, "caption", "ink3"))
        clear(self._pieces)

    def _show_pieces(self, change: Paise) -> None:
        """Which notes and coins make the change, the largest first."""
        for counted in fewest_pieces(change, self._faces)[:_PIECES]:
            box = Box("surface", "line")
            inside = row(margins=(9, 2, 9, 2))
            box.setLayout(inside)
            times = f"× {counted.pieces}"
            inside.addWidget(
                Text(Run(rupees(counted.face), "body", bold=True), Run(times, "caption", "ink2"))
            )
            self._pieces.addWidget(box)
        self._pieces.addStretch(1)


class Appropriation(QWidget):
    """What the amount goes to, in the order of the rules; what stays due, or is too much for it."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        layout = column(spacing=2)
        self.setLayout(layout)
        line = row(spacing=20)
        self._how = Text(elide=True)  # the amounts never give way
        line.addWidget(self._how)
        self._shares = row(spacing=16)
        line.addLayout(self._shares)
        line.addStretch(1)
        layout.addLayout(line)
        self._left = Text(Run(" ", "caption"), elide=True)
        layout.addWidget(self._left)
        self.setFixedHeight(theme.scaled(66))

    def show_shares(self, shares: tuple[Share, ...], due: Paise = 0) -> None:
        """Show another split of money for what is ``due``."""
        self._begin(both(N_("Goes to, in order"), self._language))
        for share in shares:
            words = Both(labels.head(share.head, self._language).lead, "")
            self._shares.addWidget(Figure(words, rupees(share.amount), "body"))
        left, words = due - sum(share.amount for share in shares), Both("", "")
        if shares and left > 0:
            words = both(N_("{rest} stays due; surcharge goes on."), self._language, rest=rupees(left))
        elif shares and left < 0:
            words = both(N_("{over} is an advance for coming bills."), self._language, over=rupees(-left))
        self._say(words)

    def show_basis(self, rule: str) -> None:
        """Money that is no bill: on which dated rule its amount rests, empty for none."""
        self._begin(both(N_("Basis"), self._language))
        words = Run(rule, "body", "ink", bold=True)
        if not rule:
            words = Run(both(N_("the order, as typed"), self._language).lead, "body", "ink2")
        self._shares.addWidget(Text(words))
        self._say(Both("", ""))

    def _begin(self, how: Both) -> None:
        clear(self._shares)
        self._how.show_runs(Run(how.lead, "caption", "ink2"), Run(how.second, "caption", "ink3"))

    def _say(self, words: Both) -> None:
        self._left.show_runs(
            Run(words.lead or " ", "caption", "warn", bold=True), Run(words.second, "caption", "ink2")
        )
