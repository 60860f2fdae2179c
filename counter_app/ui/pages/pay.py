"""Taking a payment: the amount, how it is given, the change at 72 points, one Enter, one receipt."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from counter_app.desk import payments, sheets
from counter_app.desk.payments import PayForm, PaymentDraft, Receipt
from counter_app.domain.allocation import allocate
from counter_app.domain.money import Paise, read_rupees
from counter_app.domain.payment import TenderKind
from counter_app.domain.refusals import AmountMissing, NothingDue, PaidToday, Refused, UtrUsed
from counter_app.domain.text import only_digits
from counter_app.ui.fields import DigitsField, Field, MoneyField
from counter_app.ui.page import Frame, HalfTyped, Keys, Page, Visit
from counter_app.ui.pages.pay_side import (
    Appropriation,
    Change,
    DoubleCheck,
    PaidAlready,
    Payer,
    WillSay,
    read_tender,
    tender_list,
)
from counter_app.ui.parts import Card, Kind, row
from counter_app.ui.text import Run, Text, heading
from counter_app.words.amounts import rupees
from counter_app.words.dates import short_day
from counter_app.words.refusals import sentence as refusal_sentence
from counter_app.words.say import N_, Both, both

ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "hold", "lock")
CHEQUE_KEY, CARD_TAIL = "3", 4
_TENDER_KEYS = {"1": TenderKind.CASH, "2": TenderKind.UPI, "4": TenderKind.CARD}
# No note is larger, so nobody means to get more back.
MUCH_CHANGE = 2_000_00
_KEY_OF = {kind: key for key, kind in _TENDER_KEYS.items()}
# Up to here a lone digit with Enter is an amount, not the key of a tender.
_DIGIT_IS_MONEY = 4_00


class PayPage(Page):
    """Money is taken by Enter in the last field, never by opening the page or by choosing."""

    name = "pay"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._form: PayForm | None = None
        self._number = ""
        self._advance = False
        self._kept: Mapping[str, str] = {}
        self._stop: PaidAlready | None = None
        self._looked_at = 0
        self._who = Payer(self.language)
        self.main_column.addWidget(self._who)
        self._work = QStackedWidget()
        self._form_view = self._build_form()
        self._work.addWidget(self._form_view)
        self.main_column.addWidget(self._work, 1)
        self._check = DoubleCheck(self.language)
        self.side_column.addWidget(self._check)
        self._preview = WillSay(self.language)
        self.side_column.addWidget(self._preview, 1)

    def keys(self) -> Keys:
        accept = self._both(N_("Choose")) if self._stopped() else self._both(N_("Record, print"))
        return Keys(ACTIONS, current="pay", escape=self._both(N_("Back")), accept=accept)

    def enter(self, visit: Visit) -> None:
        """Open the page for a consumer: a new act is drawn, or a half-typed one goes on."""
        draft = visit.draft
        self._act = draft.act if draft else uuid4()
        self._number = draft.consumer if draft else visit.consumer
        self._kept = draft.body if draft else {}
        self._advance = self._kept.get("advance") == "yes"
        self._form, self._looked_at = None, 0
        for field in self._fields():
            field.put("")
        self._work.setCurrentWidget(self._form_view)
        desk, session, at, number = self.frame.desk, self.frame.session, self.frame.now(), self._number
        self.fetch(lambda: payments.prepare(desk, session, number, at), self.show_form)

    def again(self) -> None:
        """Back from another page: what was typed still stands."""
        if self._stopped():
            self.setFocus()
        else:
            self._focus_last()

    def consumer(self) -> str:
        """Whom the function keys act on."""
        return self._number

    def draft(self) -> HalfTyped | None:
        """What was typed so far, to be kept; None while nothing was."""
        # A card number that is being typed is not kept by halves.
        reference = self._reference.text()
        whole = self._tender() is not TenderKind.CARD or len(only_digits(reference)) <= CARD_TAIL
        typed = (self._given.text(), reference if whole else "", self._approval.text())
        if self._form is None or not any(typed):
            return None
        body = {"amount": self._amount.text(), "tender": self._tender().value, "given": typed[0]}
        body |= {"reference": typed[1], "approval": typed[2], "advance": "yes" if self._advance else ""}
        return HalfTyped(self._act, self._number, body)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)

    def _say(self, text: str, **facts: object) -> str:
        return both(text, self.language, **facts).lead

    # -- building ------------------------------------------------------------------------------

    def _build_form(self) -> QWidget:
        view = QWidget()
        panes = row(spacing=12)
        view.setLayout(panes)
        left = Card(padding=(0, 0, 0, 0))
        left.setFixedWidth(274)
        title = row(margins=(20, 12, 20, 10))
        title.addWidget(heading(self._both(N_("Tender"))))
        title.addStretch(1)
        title.addWidget(Text(Run(self._say(N_("digit, Enter")), "caption", "ink2")))
        left.body.addLayout(title)
        self._tenders = tender_list(self.language)
        self._tenders.picked.connect(self._tender_picked)
        left.body.addWidget(self._tenders)
        left.body.addStretch(1)
        panes.addWidget(left)
        right = Card(spacing=8)
        right.body.addLayout(self._build_fields())
        self._change = Change(self.language)
        right.section(stretch=1).addWidget(self._change, 1)
        self._shares = Appropriation(self.language)
        right.section().addWidget(self._shares)
        panes.addWidget(right, 1)
        return view

    def _build_fields(self) -> QHBoxLayout:
        fields = row(spacing=24)
        self._amount = MoneyField(self._both(N_("Amount to pay")))
        self._given = MoneyField(self._both(N_("Received")), hint=self._both(N_("Empty = exact")))
        self._reference = DigitsField(self._both(N_("UTR or last digits")))
        self._approval = Field(self._both(N_("Approval code")), limit=12)
        for field in self._fields():
            field.edited.connect(self._typed)
        fields.addWidget(self._amount, 1)
        self._second = QStackedWidget()
        cards = QWidget()
        both_fields = row(spacing=12)
        cards.setLayout(both_fields)
        both_fields.addWidget(self._reference, 1)
        both_fields.addWidget(self._approval, 1)
        self._second.addWidget(self._given)
        self._second.addWidget(cards)
        fields.addWidget(self._second, 1)
        return fields

    def _fields(self) -> tuple[Field, Field, Field, Field]:
        return self._amount, self._given, self._reference, self._approval

    # -- filling -------------------------------------------------------------------------------

    @Slot(object)
    def show_form(self, form: PayForm) -> None:
        """Fill the page, or stop it when this number was paid today or owes nothing."""
        if form.consumer.number != self._number:
            return
        self._form = form
        self._who.show_form(form, self.frame.now())
        due = form.payable
        self._amount.put(self._kept.get("amount") or (str(due.amount // 100) if due.amount else ""))
        words = self._say(
            N_("Due {due} · after {day} {after}"),
            due=rupees(due.amount),
            day=short_day(form.bill.due),
            after=rupees(due.after_due),
        )
        self._amount.hint(Both(words, ""))
        self._tenders.select_key(_KEY_OF[TenderKind(self._kept.get("tender") or TenderKind.CASH)])
        self._show_tender()
        self._given.put(self._kept.get("given", ""))
        self._reference.put(self._kept.get("reference", ""))
        self._approval.put(self._kept.get("approval", ""))
        self._check.show_form(form)
        if not self._advance and (form.paid_today or due.amount == 0):
            self._show_stop(form)
        else:
            self._focus_last()
        self._typed()

    def _show_stop(self, form: PayForm) -> None:
        if self._stop is not None:
            self._work.removeWidget(self._stop)
            self._stop.deleteLater()
        self._stop = PaidAlready(form, self.language)
        self._work.addWidget(self._stop)
        self._work.setCurrentWidget(self._stop)
        self.setFocus()
        self.frame.keys_changed()

    def _stopped(self) -> bool:
        return self._stop is not None and self._work.currentWidget() is self._stop

    # -- keys ----------------------------------------------------------------------------------

    def digit(self, digit: str) -> bool:
        """Digits choose on the stop card; elsewhere they are typed."""
        if self._stop is not None and self._stopped():
            return self._stop.choices.select_key(digit)
        return False

    def step(self, rows: int) -> bool:
        """Up and down choose the tender, or a way out of the stop card."""
        if self._stop is not None and self._stopped():
            self._stop.choices.step(rows)
        else:
            self._tenders.step(rows)
            self._show_tender()
            self._focus_last()
        return True

    def acts(self, action: str) -> bool:
        """F4 on the stop card takes the money as an advance, if that was chosen."""
        if action != "pay":
            return False
        if self._stop is None or not self._stopped():
            return True
        if self._stop.choices.key() == "2":
            self._advance = True
            self._work.setCurrentWidget(self._form_view)
            self._focus_last()
            self._typed()
            self.frame.keys_changed()
        return True

    def accept(self) -> None:
        """Enter: the way chosen on the stop card; a lone digit's tender; the next empty field; or record."""
        if self._form is None or self._picks_tender():
            return
        if self._stopped():
            self._leave_stop()
        elif self._amount.has_focus():
            self._focus_last()
        elif self._tender() is not TenderKind.CASH and not self._reference.text():
            self._reference.edit.setFocus()
        elif self._reference.has_focus() and self._tender() is TenderKind.CARD and not self._approval.text():
            self._approval.edit.setFocus()
        else:
            self._record()

    def _leave_stop(self) -> None:
        key = self._stop.choices.key() if self._stop else "1"
        if key == "2":
            self.frame.tell(self._both(N_("Press F4 to take it as an advance.")), Kind.NOTE)
        elif key == "3":
            self.frame.home()
        elif self._form is not None and self._form.today is not None:
            self.frame.go("receipts", Visit(act=self._form.today.act))
        else:
            self.frame.go("consumer", Visit(consumer=self._number))

    def _picks_tender(self) -> bool:
        typed = only_digits(self._given.text())
        if typed == CHEQUE_KEY and self._given.has_focus() and not self._is_small():
            self._given.wrong(self._both(N_("Cheques are off here. Take cash, UPI or card.")))
            self._given.edit.selectAll()
            return True
        if self._is_small() or typed not in _TENDER_KEYS or not self._given.has_focus():
            return False
        self._given.put("")
        self._tenders.select_key(typed)
        self._show_tender()
        self._focus_last()
        return True

    def _wants_approval(self) -> bool:
        return self._tender() is TenderKind.CARD and not self._approval.text()

    def _is_small(self) -> bool:
        """Whether so little is due that a lone digit is an amount."""
        return self._form is not None and self._form.payable.amount <= _DIGIT_IS_MONEY

    @Slot(str)
    def _tender_picked(self, _key: str) -> None:
        self._show_tender()
        self._focus_last()

    def _tender(self) -> TenderKind:
        return _TENDER_KEYS[self._tenders.key()]

    def _show_tender(self) -> None:
        kind = self._tender()
        self._second.setCurrentIndex(0 if kind is TenderKind.CASH else 1)
        wanted = N_("Card, last 4 digits") if kind is TenderKind.CARD else N_("UTR, last 6 or all 12 digits")
        self._reference.hint(self._both(wanted))
        self._approval.setVisible(kind is TenderKind.CARD)
        self._typed()

    def _focus_last(self) -> None:
        (self._given if self._tender() is TenderKind.CASH else self._reference).edit.setFocus()

    # -- what is typed -------------------------------------------------------------------------

    @Slot()
    def _typed(self) -> None:
        """Show change, appropriation and the receipt for what is typed now; complain about nothing yet."""
        form = self._form
        for field in self._fields():
            field.right()
        if form is None:
            return
        try:
            amount = read_rupees(self._amount.text())
        except Refused:
            amount = 0
        self._show_change(amount)
        self._shares.show_shares(allocate(amount, form.payable.owed, form.order.heads) if amount else ())
        draft = None if self._stopped() else self._payment_draft(strict=False)
        if draft is None:
            self._preview.show_document(None)
        else:
            self._preview.show_document(
                sheets.payment_preview(self.frame.desk, self.frame.session, form, draft, self.frame.now())
            )

    def _show_change(self, amount: Paise) -> None:
        kind = self._tender()
        if kind is not TenderKind.CASH:
            self._change.show_tender(amount, kind)
            return
        try:
            given = read_rupees(self._given.text())
        except AmountMissing:
            given = amount
        except Refused:
            given = 0
        self._change.show_cash(amount, given)

    def _payment_draft(self, *, strict: bool) -> PaymentDraft | None:
        """The payment as typed; what is wrong is shown under its field (``strict``) or gives None."""
        field: Field = self._amount
        try:
            amount = read_rupees(self._amount.text())
            kind = self._tender()
            field = self._given if kind is TenderKind.CASH else self._reference
            tender = read_tender(kind, amount, *(one.text() for one in self._fields()[1:]))
        except Refused as refused:
            if strict:
                field.wrong(refusal_sentence(refused, self.language))
                field.edit.setFocus()
                if isinstance(field, MoneyField):
                    field.edit.selectAll()  # another amount is typed whole; a number gets its missing digit
            return None
        return PaymentDraft(self._act, self._number, amount, (tender,), self._advance)

    # -- recording -----------------------------------------------------------------------------

    def _record(self) -> None:
        draft = self._payment_draft(strict=True)
        if draft is None or self._looks_again(draft):
            return
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.save(lambda: payments.take(desk, session, draft, at), self._recorded)

    def _looks_again(self, draft: PaymentDraft) -> bool:
        """Change of more than any note is seldom meant: the first Enter only says so, the second records."""
        change = draft.tenders[0].returned
        if change < MUCH_CHANGE or self._looked_at == change:
            return False
        self._looked_at = change
        self._given.wrong(
            self._both(N_("{change} would go back. Look again, then Enter."), change=rupees(change))
        )
        return True

    def _recorded(self, receipt: Receipt) -> None:
        """The receipt stands: print it, then Home with what goes back."""
        self.frame.drop_draft(receipt.act)
        self.frame.print_job(receipt.job)
        amount, change = rupees(receipt.payment.amount), rupees(receipt.returned)
        result = self._both(N_("{amount} recorded. Return {change}."), amount=amount, change=change)
        if not receipt.returned:
            result = self._both(N_("{amount} recorded. Nothing to return."), amount=amount)
        self.frame.home(result, str(receipt.number))

    def refused(self, trouble: Exception) -> None:
        """The desk said no: under the field it is about, or in a banner; what was typed stands."""
        if isinstance(trouble, UtrUsed):
            self._reference.wrong(refusal_sentence(trouble, self.language))
            self._reference.edit.setFocus()
            return
        super().refused(trouble)
        if isinstance(trouble, PaidToday | NothingDue):
            self.enter(Visit(consumer=self._number))
