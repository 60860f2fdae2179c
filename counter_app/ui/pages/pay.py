"""Taking a payment: the amount, how it is given, the change at 72 points, one Enter, one receipt."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from PySide6.QtCore import Slot

from counter_app.desk import payments, sheets
from counter_app.desk.pay_form import PayForm
from counter_app.desk.payments import PaymentDraft, Receipt
from counter_app.domain.charges import CHOOSING
from counter_app.domain.days import business_day
from counter_app.domain.money_refusals import (
    AuthorityMissing,
    ChequeUsed,
    LoadOutside,
    ReferenceUsed,
    TailUsed,
)
from counter_app.domain.payment import TenderKind
from counter_app.domain.refusals import NothingDue, PaidToday, Refused, UtrUsed
from counter_app.ui.page import Frame, HalfTyped, Key, Keys, Page, Visit
from counter_app.ui.pages.pay_parts import Payer
from counter_app.ui.pages.pay_purpose import Purpose, read_kept, words_of
from counter_app.ui.pages.pay_side import DoubleCheck, WillSay
from counter_app.ui.pages.pay_stops import FIND, GO_ON, OTHER_MONEY, WorkOrStop, reason_to_stop, same_digits
from counter_app.ui.pages.pay_tendering import UTR
from counter_app.ui.pages.pay_view import PayView
from counter_app.ui.parts import Kind
from counter_app.words.amounts import rupees
from counter_app.words.refusals import sentence as refusal_sentence
from counter_app.words.say import N_, Both, both

ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "hold", "lock")
SPLIT = "+"
# No note is larger, so nobody means to get more back.
MUCH_CHANGE = 2_000_00
# Up to here a lone digit with Enter is an amount, not the key of a way of paying.
_DIGIT_IS_MONEY = 6_00


class PayPage(Page):
    """Money is taken by Enter in the last field, never by opening the page or by choosing.

    F4 chooses what it is for; ``+`` puts a part aside and goes on with another way of paying.
    """

    name = "pay"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._form: PayForm | None = None
        self._purpose = Purpose()
        self._number = ""
        self._advance = self._asked = False
        self._kept: Mapping[str, str] = {}
        self._looked_at = 0
        self._who = Payer(self.language)
        self.main_column.addWidget(self._who)
        self.view = PayView(self.language, frame.desk.rules.counting(business_day(frame.now())).faces)
        self.tendering = self.view.tendering
        self._work = WorkOrStop(self.view)
        self.main_column.addWidget(self._work, 1)
        self._check = DoubleCheck(self.language)
        self.side_column.addWidget(self._check)
        self._preview = WillSay(self.language)
        self.side_column.addWidget(self._preview, 1)
        self.tendering.edited.connect(self._typed)
        self.tendering.chosen.connect(self._way_chosen)
        self.view.asked.edited.connect(self._asked_typed)
        self.view.purposes.picked.connect(self._purpose_picked)

    def keys(self) -> Keys:
        accept, back = N_("Record, print"), N_("Back")
        more: tuple[Key, ...] = (Key(SPLIT, self._both(N_("Split"))),)
        if self._work.is_choosing:
            accept, more = N_("Choose"), ()
        elif self.tendering.parts:
            back = N_("Part back")
        goes_on = N_("Take it") if self._work.stop is not None else N_("What for")
        return Keys(
            ACTIONS, current="pay", more=more, escape=self._both(back), accept=self._both(accept),
            renamed=(("pay", self._both(goes_on)),),
        )  # fmt: skip

    def enter(self, visit: Visit) -> None:
        """Open the page for a consumer: a new act is drawn, or a half-typed one goes on."""
        draft = visit.draft
        self._act = draft.act if draft else uuid4()
        self._number = draft.consumer if draft else visit.consumer
        self._kept = draft.body if draft else {}
        self._begin(Purpose())
        self._advance = self._kept.get("advance") == "yes"
        self._form = None
        self._work.show_work()
        self.view.show_ways()
        self.tendering.clear()
        desk, session, at, number = self.frame.desk, self.frame.session, self.frame.now(), self._number
        self.fetch(lambda: payments.prepare(desk, session, number, at), self.show_form)

    def again(self) -> None:
        """Back from another page: what was typed still stands."""
        if self._work.is_choosing:
            self.setFocus()
        else:
            self.tendering.main().edit.setFocus()

    def consumer(self) -> str:
        """Whom the function keys act on."""
        return self._number

    def draft(self) -> HalfTyped | None:
        """What was typed so far, to be kept; None while nothing was."""
        if self._form is None or not self.tendering.is_begun():
            return None
        body = self.view.body(self._purpose) | {"advance": "yes" if self._advance else ""}
        return HalfTyped(self._act, self._number, body)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)

    # -- filling -------------------------------------------------------------------------------

    @Slot(object)
    def show_form(self, form: PayForm) -> None:
        """Fill the page, or stop it when this number was paid today or owes nothing."""
        if form.number != self._number:
            return
        self._form = form
        self._purpose = read_kept(self._kept, form.charges)
        self._check.show_form(form)
        if self._purpose.is_dues and form.dues is None:
            self._show_purposes()
        else:
            self._show_work()

    def _begin(self, purpose: Purpose) -> None:
        """Nothing was looked at or said of this payment yet."""
        self._purpose, self._advance, self._asked, self._looked_at = purpose, False, False, 0

    def _show_work(self) -> None:
        """The fields for the purpose, with what was kept; or the stop card."""
        form = self._form
        assert form is not None
        day = business_day(self.frame.now())
        self._check.show_form(form, self._purpose.charge)
        self.view.begin(form, self._purpose, day)
        if self._kept:
            self.view.put_back(self._kept)
        words = words_of(self._purpose, self.frame.desk.rules, day, self.language)
        self._who.show_form(form, words, self.frame.now(), of_bill=self._purpose.is_dues)
        stop = None if self._advance else reason_to_stop(form, self._purpose.charge, self.language)
        if stop is not None:
            self._work.show_stop(stop)
            self.setFocus()
        else:
            self._go_on_typing()
        self._typed()
        self.frame.keys_changed()

    def _go_on_typing(self) -> None:
        self._work.show_work()
        (self.view.asked.next_field() or self.tendering.main()).edit.setFocus()

    def _show_purposes(self) -> None:
        assert self._form is not None
        self._who.show_form(self._form, Both("", ""), self.frame.now(), of_bill=True)
        self._work.show_work()
        self.view.show_purposes(self._form)
        self._preview.show_document(None)
        self.setFocus()
        self.frame.keys_changed()

    @Slot()
    def _purpose_picked(self) -> None:
        """Another purpose is another payment: what was typed for the one before is gone."""
        self._kept = {}
        self._begin(self.view.purposes.purpose)
        self._show_work()

    # -- keys ----------------------------------------------------------------------------------

    def wants_digits(self) -> bool:
        """Digits choose while something is being chosen."""
        return self._work.is_choosing

    def digit(self, digit: str) -> bool:
        """Digits choose on the stop card, and what the money is for; elsewhere they are typed."""
        return self._work.digit(digit)

    def step(self, rows: int) -> bool:
        """Up and down choose the way of paying, a purpose, or a way out of the stop card."""
        self._work.step(rows)
        return True

    def commands(self) -> str:
        """``+`` splits, whichever field has the focus; what the money is for has a sign among its keys."""
        return CHOOSING if self._work.is_choosing else SPLIT

    def other_key(self, key: int, text: str) -> bool:
        """``+``: what is typed is a part; the rest comes in another way."""
        if self._work.is_choosing:
            return self._work.digit(text)
        if text != SPLIT or self._form is None:
            return False
        self._put_aside()
        return True

    def scanned(self, text: str) -> bool:
        """All twelve digits of a UTR, read from the consumer's phone."""
        is_utr = text.isdecimal() and len(text) == UTR
        if self._form is None or self._work.is_choosing or not is_utr:
            return False
        if self.tendering.kind() is not TenderKind.UPI:
            return False
        self.tendering.reference.put(text)
        self._typed()
        return True

    def acts(self, action: str) -> bool:
        """F4 goes on from the stop card, if that was chosen; else it asks what the money is for."""
        if action != "pay":
            return False
        stop = self._work.stop
        if stop is not None and stop.choices.key() == GO_ON:
            self._asked, self._advance = self._asked or stop.asks, self._advance or not stop.asks
            self._go_on_typing()
            self._typed()
            self.frame.keys_changed()
        elif stop is None and self._form is not None and not self.view.choosing:
            self._show_purposes()
        return True

    def escape(self) -> None:
        """The newest part is typed again; the ways of paying come back; else one step back."""
        form = self._form
        pays_nothing_yet = self._purpose.is_dues and (form is None or form.dues is None)
        if self.view.choosing and not pays_nothing_yet:
            self._kept = self.view.body(self._purpose)
            self._show_work()
        elif not self._work.is_choosing and self.tendering.take_back():
            self._typed()
            self.frame.keys_changed()
        else:
            self.frame.back()

    def accept(self) -> None:
        """Enter: what is chosen; a lone digit's way of paying; the next empty field; or record."""
        if self._form is None:
            return
        if self._work.stop is not None:
            self._leave_stop()
        elif self.view.choosing:
            self.view.purposes.accept()
        elif not self._picks_way():
            field = self.view.asked.next_field() or self.tendering.next_field()
            if field is not None and not field.has_focus():
                field.edit.setFocus()
            elif self.tendering.has_part():
                self._put_aside()
            else:
                self._record()

    def _leave_stop(self) -> None:
        stop = self._work.stop
        assert stop is not None
        key = stop.choices.key()
        if key == GO_ON:
            self.frame.tell(self._both(N_("Press F4 to take it all the same.")), Kind.NOTE)
        elif key == FIND:
            self.frame.home()
        elif key == OTHER_MONEY:
            self._show_purposes()
        elif stop.asks:
            self._go_on_typing()
            self.frame.keys_changed()
        elif stop.earlier is not None:
            self.frame.go("receipts", Visit(act=stop.earlier))
        else:
            self.frame.go("consumer", Visit(consumer=self._number))

    def _picks_way(self) -> bool:
        """A lone digit in the first field, unless so little is due that it is an amount."""
        dues = self._form.dues if self._form and self._purpose.is_dues else None
        is_money = dues is not None and dues.payable.amount <= _DIGIT_IS_MONEY
        return not is_money and self.tendering.picks_way()

    # -- what is typed -------------------------------------------------------------------------

    @Slot()
    def _way_chosen(self) -> None:
        """Another way of paying: what is asked for, and until when, may be another."""
        if self._form is not None and self._purpose.is_dues:
            self.view.show_asked(self._form, self._purpose)
        self._typed()

    @Slot()
    def _asked_typed(self) -> None:
        """The load makes the amount; the number of an order changes the receipt alone."""
        asked = self.view.asked
        asked.load.right()
        if self._form is not None and asked.load.has_focus():
            try:
                self.view.show_asked(self._form, self._purpose)
            except LoadOutside as refused:
                asked.load.wrong(refusal_sentence(refused, self.language))
        self._typed()

    @Slot()
    def _typed(self) -> None:
        """Show change, shares and the receipt for what is typed now; complain about nothing yet."""
        form = self._form
        if form is None or self.view.choosing:
            return
        self.view.show_what_follows(form, self._purpose)
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        try:
            document = None
            if self._work.stop is None:
                draft = self._draft()
                document = sheets.payment_preview(desk, session, form, draft, at)
        except Refused:
            document = None
        self._preview.show_document(document)

    def _draft(self) -> PaymentDraft:
        return self.view.draft(
            self._act, self._number, self._purpose, advance=self._advance, asked=self._asked
        )

    # -- recording -----------------------------------------------------------------------------

    def _put_aside(self) -> None:
        try:
            if self.tendering.put_aside(self.tendering.read_amount()):
                self.tendering.main().edit.setFocus()
        except Refused as refused:
            self.tendering.say_at_fault(refused)
        self._typed()
        self.frame.keys_changed()

    def _record(self) -> None:
        try:
            draft = self._draft()
        except Refused as refused:
            self.tendering.say_at_fault(refused)
            return
        if self._looks_again(draft):
            return
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.save(lambda: payments.take(desk, session, draft, at), self._recorded)

    def _looks_again(self, draft: PaymentDraft) -> bool:
        """Change of more than any note is seldom meant: the first Enter only says so, the second records."""
        change = sum(tender.returned for tender in draft.tenders)
        if change < MUCH_CHANGE or self._looked_at == change:
            return False
        self._looked_at = change
        words = N_("{change} would go back. Look again, then Enter.")
        self.tendering.given.wrong(self._both(words, change=rupees(change)))
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
        """The desk said no: under the field it is about, on a stop card, or in a banner."""
        match trouble:
            case TailUsed():
                self._work.show_stop(same_digits(trouble, self.language))
                self.setFocus()
                self.frame.keys_changed()
            case UtrUsed() | ChequeUsed() | ReferenceUsed():
                self.tendering.say_at_fault(trouble, self.tendering.main())
            case AuthorityMissing():
                self.tendering.say_at_fault(trouble, self.view.asked.authority)
            case _:
                super().refused(trouble)
                if isinstance(trouble, PaidToday | NothingDue):
                    self.enter(Visit(consumer=self._number))
