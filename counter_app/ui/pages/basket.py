"""Several accounts paid together: one count of the cash, one change, and a receipt for each."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import Slot

from counter_app.desk import payments
from counter_app.desk.pay_form import PayForm
from counter_app.desk.payments import Account, Receipt
from counter_app.domain.days import business_day
from counter_app.domain.money import Paise, read_rupees
from counter_app.domain.refusals import AmountMissing, GivenTooLittle, Refused
from counter_app.ui.fields import MoneyField
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, HalfTyped, Key, Keys, Page, Visit
from counter_app.ui.pages.pay_parts import Change
from counter_app.ui.parts import Card, Figure, column, key_line, row
from counter_app.ui.table import Table
from counter_app.ui.text import heading, sentence
from counter_app.ui.wording import one_name
from counter_app.words.amounts import rupees
from counter_app.words.dates import month
from counter_app.words.refusals import sentence as refusal_sentence
from counter_app.words.say import N_, Both, both

TAKE_OUT = "-"


class BasketPage(Page):
    """Enter records all of them, or none. Who paid today or owes nothing is left out, and says so."""

    name = "basket"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._acts: dict[str, UUID] = {}
        self._forms: tuple[PayForm, ...] = ()
        self.main_column.addWidget(self._build_list(), 1)
        self.main_column.addWidget(self._build_money())
        self.side_column.addWidget(self._build_side())
        self.side_column.addStretch(1)

    def _build_list(self) -> Card:
        whole = Card()
        whole.body.addWidget(heading(self._both(N_("Paid together"))))
        columns = (
            Column(self._both(N_("Name"))),
            Column(self._both(N_("Consumer")), 130),
            Column(self._both(N_("Bill month")), 110),
            Column(self._both(N_("State")), 220),
            Column(self._both(N_("Amount")), 120, right=True),
        )
        empty = self._both(N_("Nobody is to be paid for. Find them, and press + for each."))
        self._rows = Rows(columns, self._cells)
        self._table = Table(self._rows, self._both(N_("Paid together")).lead, empty)
        whole.flush(self._table, stretch=1)
        return whole

    def _build_money(self) -> Card:
        whole = Card()
        line = row(spacing=24)
        fields = column(spacing=8)
        self._total = Figure(self._both(N_("Together")), size="display")
        self.given = MoneyField(self._both(N_("Received")), hint=self._both(N_("Empty = exact")))
        self.given.edited.connect(self._typed)
        fields.addWidget(self._total)
        fields.addWidget(self.given)
        fields.addStretch(1)
        line.addLayout(fields, 1)
        today = business_day(self.frame.now())
        self._change = Change(self.language, self.frame.desk.rules.counting(today).faces)
        line.addWidget(self._change, 2)
        whole.body.addLayout(line)
        return whole

    def _build_side(self) -> Card:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("One count, a receipt for each"))))
        for words in (
            N_("The cash of all of them is counted once, and the change is given once."),
            N_("Each gets a receipt of its own. Either all are recorded, or none."),
            N_("Only the whole dues, in cash. Other ways, and parts, are paid one by one."),
        ):
            side.body.addWidget(sentence(self._both(words), "body"))
        side.section().addLayout(key_line([("Enter", self._both(N_("Record and print")))]))
        return side

    def keys(self) -> Keys:
        accept = self._both(N_("Record, print")) if self._paying() else Both("", "")
        return Keys(
            ("help", "find", "lock"),
            current="pay",
            more=(Key(TAKE_OUT, self._both(N_("Take out"))),) if self._forms else (),
            escape=self._both(N_("Back")),
            accept=accept,
        )

    def enter(self, visit: Visit) -> None:
        """Ask for the dues of all; the act of each is drawn now, or was drawn with the half-typed work."""
        draft = visit.draft
        if draft is not None:
            kept = [pair.split(" ") for pair in draft.body["accounts"].splitlines()]
            self._acts = {number: UUID(act) for number, act in kept}
            self.frame.basket.update(dict.fromkeys(self._acts.keys() - self.frame.basket.keys(), ""))
        else:
            self._acts = {number: uuid4() for number in self.frame.basket}
        self._forms = ()
        self._rows.replace(())
        self.given.put(draft.body["given"] if draft is not None else "")
        self._ask()

    def _ask(self) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        job = partial(payments.prepare_together, desk, session, tuple(self._acts), at)
        self.fetch(job, self._show)

    def again(self) -> None:
        """Back from another page: what was typed still stands."""
        self.given.edit.setFocus()

    def draft(self) -> HalfTyped | None:
        """Who is paid for and what was given, to be kept; None while nothing was given."""
        if not self._forms or not self.given.text():
            return None
        accounts = "\n".join(f"{number} {act}" for number, act in self._acts.items())
        first = next(iter(self._acts))
        return HalfTyped(self._acts[first], first, {"accounts": accounts, "given": self.given.text()})

    def step(self, rows: int) -> bool:
        """Up and down move among the accounts."""
        return self._table.step(rows)

    def commands(self) -> str:
        """``-`` takes the selected account out, also from the field."""
        return TAKE_OUT

    def other_key(self, key: int, text: str) -> bool:
        """``-``: the selected account is not paid for now."""
        place = self._table.place()
        if text != TAKE_OUT or not 0 <= place < len(self._forms):
            return False
        number = self._forms[place].number
        self.frame.basket.pop(number, None)
        self._acts.pop(number)
        self._show(tuple(form for form in self._forms if form.number != number))
        return True

    def accept(self) -> None:
        """Enter: record all, or say what is short."""
        paying = self._paying()
        if not paying:
            return
        try:
            given = self._given()
            if given < self._sum():
                raise GivenTooLittle(self._sum() - given)
        except Refused as refused:
            self.given.wrong(refusal_sentence(refused, self.language))
            self.given.edit.setFocus()
            self.given.edit.selectAll()
            return
        accounts = [Account(self._acts[form.number], form.number, form.payable.amount) for form in paying]
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.save(lambda: payments.take_together(desk, session, accounts, given, at), self._recorded)

    def _recorded(self, receipts: Sequence[Receipt]) -> None:
        """All receipts stand: print each, then Home with the one change."""
        self.frame.drop_draft(receipts[0].act)
        self.frame.basket.clear()
        for receipt in receipts:
            self.frame.print_job(receipt.job)
        total, back = (
            sum(receipt.payment.amount for receipt in receipts), sum(receipt.returned for receipt in receipts)
        )  # fmt: skip
        words = self._both(
            N_("{amount} recorded in {count} receipts. Return {change}."),
            amount=rupees(total), count=len(receipts), change=rupees(back),
        )  # fmt: skip
        self.frame.home(words, f"{receipts[0].number.stem} … {receipts[-1].number.tail}")

    def refused(self, trouble: Exception) -> None:
        """The desk said no, to all: the dues are asked for anew."""
        super().refused(trouble)
        self._ask()

    # -- filling -------------------------------------------------------------------------------

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)

    @Slot(object)
    def _show(self, forms: tuple[PayForm, ...]) -> None:
        self._forms = forms
        self._rows.replace(forms)
        self._table.select(0 if forms else -1)
        self._typed()
        self.given.edit.setFocus()
        self.frame.keys_changed()

    def _paying(self) -> list[PayForm]:
        """Those whose dues are taken now."""
        return [form for form in self._forms if not self._why_not(form).lead]

    def _why_not(self, form: PayForm) -> Both:
        if form.dues is None:
            return self._both(N_("no bill here, left out"))
        if form.paid_today:
            return self._both(N_("paid today, left out"))
        return self._both(N_("nothing due, left out")) if not form.payable.amount else Both("", "")

    def _cells(self, form: PayForm) -> tuple[Cell, ...]:
        who, why_not = form.consumer, self._why_not(form).lead
        name = one_name(self.language, who.name_hi, who.name_en) if who else ""
        return (
            Cell(name),
            Cell(form.number),
            Cell(month(form.bill.month) if form.dues else "—"),
            Cell(why_not, "warn", icon="warn") if why_not else Cell(""),
            Cell("—" if why_not else rupees(form.payable.amount), bold=True),
        )

    def _sum(self) -> Paise:
        return sum(form.payable.amount for form in self._paying())

    def _given(self) -> Paise:
        """What was handed over: nothing typed means the exact amount."""
        try:
            return read_rupees(self.given.text())
        except AmountMissing:
            return self._sum()

    @Slot()
    def _typed(self) -> None:
        total = self._sum()
        self._total.put(rupees(total) if total else "")
        try:
            given = self._given()
        except Refused:
            given = 0
        self._change.show_cash(total, given)
