"""The work of the pay page: at the left how or what for, at the right fields, change and shares."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.desk.pay_form import Dues, PayForm
from counter_app.desk.payments import PaymentDraft
from counter_app.domain.allocation import allocate
from counter_app.domain.bill import Payable
from counter_app.domain.drawer import Face
from counter_app.domain.money import RUPEE, Paise, read_rupees
from counter_app.domain.payment import PAPER, TenderKind
from counter_app.domain.refusals import AmountMissing, Refused
from counter_app.ui.pages.pay_parts import Appropriation, Change
from counter_app.ui.pages.pay_purpose import Purpose, PurposeFields, PurposeList, kept
from counter_app.ui.pages.pay_tendering import Tendering
from counter_app.ui.parts import Card, Keycap, column, row
from counter_app.ui.text import Run, Text
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import short_day
from counter_app.words.say import N_, Both, Language, both

LEFT = 274


class PayView(QWidget):
    """Everything that is typed into. It complains about nothing: it shows what follows from what stands."""

    def __init__(self, language: Language, faces: Sequence[Face]) -> None:
        super().__init__()
        self._language = language
        self._written = ""
        self.tendering, self.purposes = Tendering(language), PurposeList(language)
        self.asked = PurposeFields(language)
        panes = row(spacing=12)
        self.setLayout(panes)
        panes.addWidget(self._build_left())
        right = Card(spacing=8)
        right.body.addWidget(self.tendering)
        self._change = Change(language, faces)
        right.section(stretch=1).addWidget(self._change, 1)
        self._shares = Appropriation(language)
        right.section().addWidget(self._shares)
        panes.addWidget(right, 1)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self._language, **facts)

    def _build_left(self) -> QWidget:
        left = Card(padding=(0, 0, 0, 0))
        left.setFixedWidth(LEFT)
        title = row(spacing=8, margins=(20, 12, 20, 10))
        self._title, self._hint = Text(elide=True), Text()
        title.addWidget(self._title)
        title.addStretch(1)
        title.addWidget(self._hint)
        title.addWidget(Keycap("F4"))
        left.body.addLayout(title)
        ways = QWidget()
        below = column()
        ways.setLayout(below)
        below.addWidget(self.tendering.ways)
        room = column(margins=(16, 12, 16, 12), spacing=8)
        room.addWidget(self.asked)
        self._limits = Text(wrap=True)
        room.addWidget(self._limits)
        below.addLayout(room)
        below.addStretch(1)
        self._left = QStackedWidget()
        self._left.addWidget(ways)
        self._left.addWidget(self.purposes)
        left.body.addWidget(self._left, 1)
        self.show_ways()
        return left

    # -- the list at the left --------------------------------------------------------------------------

    @property
    def choosing(self) -> bool:
        """Whether it is being chosen what the money is for."""
        return self._left.currentWidget() is self.purposes

    def show_ways(self) -> None:
        """The ways of paying stand at the left; F4 leads to what for."""
        self._left.setCurrentIndex(0)
        self._head(self._both(N_("Tender")), self._both(N_("what for")).lead)

    def show_purposes(self, form: PayForm) -> None:
        """What the money may be for stands there."""
        self.purposes.begin(form)
        self._left.setCurrentIndex(1)
        self._head(self._both(N_("What is it for")), "")

    def _head(self, words: Both, hint: str) -> None:
        self._title.show_runs(Run(words.lead, "body", "ink", bold=True), Run(words.second, "body", "ink3"))
        self._hint.show_runs(Run(hint, "caption", "ink2"))

    # -- filling ---------------------------------------------------------------------------------------

    def begin(self, form: PayForm, purpose: Purpose, day: date) -> None:
        """Another consumer or purpose: nothing is typed but the amount that is asked for, where known."""
        self.tendering.begin(form.tenders, day)
        for field in (self.asked.load, self.asked.authority):
            field.put("")
        self.asked.show_purpose(purpose, connected=form.consumer is not None)
        self._show_limits(form, purpose)
        self.show_asked(form, purpose)
        self.show_ways()

    def show_asked(self, form: PayForm, purpose: Purpose) -> None:
        """Write the amount that is asked for and, below it, how it changes with the day and the way.

        An amount that somebody typed stays.
        """
        amount = self.tendering.amount
        asked = self.asked.amount() if not purpose.is_dues else self._asked_of_dues(form, purpose)
        if asked is not None and amount.text() in ("", self._written):
            self._written = str(asked // RUPEE) if asked else ""
            amount.put(self._written)
        if purpose.is_dues and form.dues is not None:
            amount.hint(Both(self._due_line(form, form.dues, purpose), ""))
        elif asked is not None:
            amount.hint(self._both(N_("By the dated rule")))
        else:
            amount.hint(self._both(N_("As the order says")))

    def _asked_of_dues(self, form: PayForm, purpose: Purpose) -> Paise | None:
        if form.dues is None or purpose.charge:
            return None
        due = self._payable(form.dues).amount
        average = form.dues.average
        return min(due, average) if purpose.protest and average is not None else due

    def _payable(self, dues: Dues) -> Payable:
        """What is payable in the way that is chosen."""
        return dues.by_paper if self.tendering.kind() in PAPER else dues.payable

    def _due_line(self, form: PayForm, dues: Dues, purpose: Purpose) -> str:
        due = self._payable(dues)
        last_day = form.tenders.last_day(self.tendering.kind(), dues.last_day)
        if purpose.protest and dues.average is not None:
            words = N_("Due {due} · average of six months {average}")
            return self._both(words, due=rupees(due.amount), average=rupees(dues.average)).lead
        words = N_("Due {due} · after {day} {after}")
        return self._both(
            words, due=rupees(due.amount), day=short_day(last_day), after=rupees(due.after_due)
        ).lead

    def _show_limits(self, form: PayForm, purpose: Purpose) -> None:
        """What the rules say of the ways: the rebate, until when a cheque is in time, how much cash."""
        rules, dues, said = form.tenders, form.dues, []
        if dues is not None and dues.rebate and purpose.is_dues:
            ways = ", ".join(labels.tender(kind, self._language).lead for kind in rules.rebated)
            words = N_("{ways}: {amount} off the next bill, none for cash.")
            said.append(self._both(words, ways=ways, amount=rupees(dues.rebate)).lead)
        if dues is not None and purpose.is_dues and rules.paper_days and PAPER & set(rules.taken):
            last_day = rules.last_day(TenderKind.CHEQUE, dues.last_day)
            said.append(self._both(N_("A cheque is in time until {day}."), day=short_day(last_day)).lead)
        if rules.paper_until and PAPER & set(rules.taken):
            until = f"{rules.paper_until:%H:%M}"
            said.append(self._both(N_("Cheques are taken until {until}."), until=until).lead)
        if rules.cash_a_bill and purpose.is_dues:
            words = N_("Cash for one bill: up to {limit}.")
            said.append(self._both(words, limit=rupees(rules.cash_a_bill)).lead)
        if rules.cash_a_day:
            words = N_("Cash from one person on one day: up to {limit}.")
            said.append(self._both(words, limit=rupees(rules.cash_a_day)).lead)
        self._limits.setVisible(bool(said))
        self._limits.show_runs(Run(" ".join(said), "caption", "ink2"))

    def show_what_follows(self, form: PayForm, purpose: Purpose) -> None:
        """The change and the shares of what is typed now."""
        try:
            amount = self.tendering.read_amount()
        except Refused:
            amount = 0
        rest, kind = max(self.tendering.rest(amount), 0), self.tendering.kind()
        if kind is TenderKind.CASH:
            self._change.show_cash(rest, self._given(rest))
        else:
            self._change.show_tender(rest, kind)
        if purpose.is_dues and form.dues is not None:
            due = self._payable(form.dues)
            shares = allocate(amount, due.owed, form.order.heads) if amount else ()
            self._shares.show_shares(shares, due.amount)
        else:
            head = next((one for one in form.charges if one.key == purpose.charge), None)
            self._shares.show_basis(head.ruling.name if head and head.fits(amount) else "")

    def draft(self, act: UUID, number: str, purpose: Purpose, *, advance: bool, asked: bool) -> PaymentDraft:
        """The payment as typed; a refusal is about ``tendering.at_fault``."""
        amount = self.tendering.read_amount()
        tenders = self.tendering.read(amount)
        return PaymentDraft(
            act, number, amount, tenders, advance, purpose.charge, self.asked.authority.text(),
            purpose.protest, asked,
        )  # fmt: skip

    def body(self, purpose: Purpose) -> dict[str, str]:
        """What is typed, to be kept."""
        asked = {"authority": self.asked.authority.text(), "load": self.asked.load.text()}
        return self.tendering.body() | kept(purpose) | asked

    def put_back(self, body: Mapping[str, str]) -> None:
        """Type again what was kept."""
        self.asked.authority.put(body.get("authority", ""))
        self.asked.load.put(body.get("load", ""))
        self.tendering.put_back(body)

    def _given(self, rest: Paise) -> Paise:
        """What was handed over in cash: nothing typed means the exact amount."""
        try:
            return read_rupees(self.tendering.given.text())
        except AmountMissing:
            return rest
        except Refused:
            return 0
