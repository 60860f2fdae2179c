"""The consumer's page: what is due at 54 points, and everything a clerk is asked about it."""

from uuid import uuid4

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.desk import finding
from counter_app.desk.finding import Card as ConsumerCard
from counter_app.desk.rows import ComplaintRow, PaymentRow
from counter_app.domain.bill import Bill, Charge
from counter_app.domain.consumer import Consumer, Supply
from counter_app.domain.office import Officer
from counter_app.ui import theme
from counter_app.ui.chart import Bar, UseChart
from counter_app.ui.icons import Icon
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.pages.consumer_told import Told
from counter_app.ui.pages.consumer_who import Who
from counter_app.ui.parts import (
    Card,
    Chip,
    Facts,
    Hairline,
    Kind,
    Money,
    beside,
    clear,
    column,
    row,
)
from counter_app.ui.text import Run, Text, caption, heading
from counter_app.ui.wording import names, on_line, one_name, show_freshness, type_name
from counter_app.words import labels
from counter_app.words.amounts import exact, rupees
from counter_app.words.connection import kilowatts
from counter_app.words.dates import day, month, month_name, short_day
from counter_app.words.say import N_, Both, both

ROWS = 3
_REFERENCE = 14
_PAPERS, _SHOW_WHOLE = "*", "3"
_LEADS_TO = {"1": ("request", N_("Request")), "2": ("credited", N_("Not credited"))}
ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "hold", "lock")
_SUPPLY_LOOK = {
    Supply.LIVE: (Kind.GOOD, "bolt"),
    Supply.DISCONNECTED: (Kind.BAD, "cancel"),
    Supply.REMOVED: (Kind.BAD, "cancel"),
}


class ConsumerPage(Page):
    """Nothing here takes money: F4 leads to paying, Enter does nothing on purpose."""

    name = "consumer"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._number = ""
        main = self.main_column
        main.addWidget(self._build_head())
        lists = row(spacing=12)
        main.addLayout(lists)
        self._payments, payments = self._build_list(self._both(N_("Payments")))
        self._complaints, complaints = self._build_list(self._both(N_("Complaints")))
        lists.addWidget(payments, 1)
        lists.addWidget(complaints, 1)
        main.addWidget(self._build_chart(), 1)
        side = self.side_column
        self._told = Told(self.language)
        side.addWidget(self._told)
        side.addWidget(self._build_facts(), 1)

    def keys(self) -> Keys:
        more = tuple(Key(key, self._both(text)) for key, (_, text) in _LEADS_TO.items())
        papers = Key(_PAPERS, self._both(N_("Papers")))
        whole = () if self._who.is_whole else (Key(_SHOW_WHOLE, self._both(N_("Whole"))),)
        return Keys(ACTIONS, suggested="pay", more=(*more, *whole, papers), escape=self._both(N_("Back")))

    def other_key(self, key: int, text: str) -> bool:
        """Star leads to the papers of the account."""
        if text != _PAPERS:
            return super().other_key(key, text)
        self.frame.go("account", Visit(consumer=self._number))
        return True

    def digit(self, digit: str) -> bool:
        """A digit leads to what else is asked about a consumer, or shows mobile and address whole."""
        if digit == _SHOW_WHOLE and not self._who.is_whole:
            self._see_whole()
            return True
        if digit in _LEADS_TO:
            self.frame.go(_LEADS_TO[digit][0], Visit(consumer=self._number))
        return digit in _LEADS_TO

    def enter(self, visit: Visit) -> None:
        """Show a consumer number; what stood here stays until the answer comes."""
        self._number = visit.consumer
        self.setFocus()
        self.refresh()

    def again(self) -> None:
        """Back from another page: dues may have changed."""
        self.setFocus()
        self.refresh()

    def leave(self) -> None:
        """What was shown whole is masked again, before anything else stands on the screen."""
        self._who.mask_again()

    def refresh(self) -> None:
        """Read the card again."""
        desk, session, at, number = self.frame.desk, self.frame.session, self.frame.now(), self._number
        if number:
            self.fetch(lambda: finding.card(desk, session, number, at), self.show_card)

    def consumer(self) -> str:
        """Whom the function keys act on."""
        return self._number

    @Slot(object)
    def show_card(self, card: ConsumerCard) -> None:
        """Fill the page."""
        if card.consumer.number != self._number:
            return
        self._show_person(card.consumer)
        self._show_dues(card)
        self._fill(self._payments, [self._payment(payment) for payment in card.payments[:ROWS]])
        self._fill(self._complaints, [self._complaint(one) for one in card.complaints[:ROWS]])
        self._show_use(card)
        self._told.show_card(card, self._type, self.frame.now())
        self._show_facts(card)

    def _see_whole(self) -> None:
        desk, session, at, number = self.frame.desk, self.frame.session, self.frame.now(), self._number
        act = uuid4()
        self.save(lambda: finding.see_whole(desk, session, act, number, at), self._show_whole)

    @Slot(object)
    def _show_whole(self, consumer: Consumer) -> None:
        self._who.show_whole(consumer)
        self.frame.keys_changed()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)

    def _say(self, text: str, **facts: object) -> str:
        return both(text, self.language, **facts).lead

    def _type(self, complaint: ComplaintRow) -> Both:
        one = complaint.registered
        return type_name(self.language, self.frame.desk.rules, one.type, one.day)

    # -- building ------------------------------------------------------------------------------

    def _build_head(self) -> QWidget:
        card = Card()
        top = row(spacing=12)
        self._name = Text(elide=True, gap="  ")
        self._supply = Chip(Both("", ""), Kind.GOOD)
        top.addWidget(self._name, 1)
        top.addWidget(self._supply)
        card.body.addLayout(top)
        self._who = Who(self.language)
        card.body.addWidget(self._who)
        card.body.addSpacing(4)
        amounts = row(spacing=0)
        left = column()
        left.addWidget(caption(self._both(N_("Total due"))))
        self._due = Money(self._both(N_("Total due")))
        left.addWidget(self._due)
        amounts.addLayout(left, 1)
        self._until, until = self._build_amount("clock", self._both(N_("Till due date")))
        self._after, after = self._build_amount("clock", self._both(N_("After the due date")))
        for part in (until, after):
            amounts.addWidget(Hairline(upright=True))
            amounts.addSpacing(20)
            amounts.addLayout(part)
            amounts.addSpacing(20)
        card.body.addLayout(amounts)
        foot = card.section()
        line = row(spacing=20)
        self._fresh = Text()
        self._bill_line = Text(elide=True)
        self._fresh_icon = Icon("ok", 16, "good")
        line.addLayout(beside(self._fresh_icon, self._fresh))
        line.addWidget(self._bill_line, 1)
        foot.addLayout(line)
        return card

    def _build_amount(self, icon: str, words: Both) -> tuple[tuple[Text, Text], QVBoxLayout]:
        part = column(spacing=2)
        top = row(spacing=6)
        top.addWidget(Icon(icon, 16, "ink2"))
        top.addWidget(caption(words))
        part.addStretch(1)
        part.addLayout(top)
        amount, reason = Text(Run("—", "title", "ink", bold=True)), Text(Run("—", "caption", "ink3"))
        part.addWidget(amount)
        part.addWidget(reason)
        part.addStretch(1)
        return (amount, reason), part

    def _build_list(self, words: Both) -> tuple[QVBoxLayout, Card]:
        card = Card(spacing=2)
        card.body.addWidget(heading(words))
        rows = column()
        card.body.addLayout(rows)
        card.body.addStretch(1)
        return rows, card

    def _build_chart(self) -> QWidget:
        card = Card()
        top = row(spacing=12)
        top.addWidget(heading(self._both(N_("Units, 13 months"))))
        top.addStretch(1)
        self._use_line = Text(elide=True)
        top.addWidget(self._use_line)
        card.body.addLayout(top)
        self._chart = UseChart()
        card.body.addWidget(self._chart, 1)
        return card

    def _build_facts(self) -> QWidget:
        card = Card()
        card.body.addWidget(heading(self._both(N_("Connection"))))
        self._connection = Facts()
        card.body.addWidget(self._connection)
        made = card.section()
        made.addWidget(heading(self._both(N_("How the bill was made"))))
        self._made = Facts()
        made.addWidget(self._made)
        self._rates = Text(wrap=True)
        made.addWidget(self._rates)
        made.addStretch(1)
        return card

    # -- filling -------------------------------------------------------------------------------

    def _show_person(self, consumer: Consumer) -> None:
        lead, other = names(self.language, consumer.name_hi, consumer.name_en)
        self._name.show_runs(Run(lead, "title", "ink", bold=True), Run(other, "lead", "ink2"))
        self._who.show_consumer(consumer)
        kind, icon = _SUPPLY_LOOK[consumer.supply]
        self._supply.show_chip(labels.supply(consumer.supply, self.language), kind, icon)

    def _show_dues(self, card: ConsumerCard) -> None:
        bill, due = card.bill, card.payable
        if bill is None or due is None:
            self._due.put("—")
            for amount, reason in (self._until, self._after):
                amount.show_runs(Run("—", "title", "ink", bold=True))
                reason.show_runs(Run("—", "caption", "ink3"))
            self._bill_line.show_runs(Run(self._say(N_("No bill is here yet.")), "caption", "ink2"))
            self._fresh.show_runs(Run("—", "caption", "ink3"))
            return
        self._due.put(rupees(due.amount))
        overdue = due.on > bill.due
        until, after = self._until, self._after
        until[0].show_runs(Run(rupees(due.until_due), "title", "ink", bold=True))
        until[1].show_runs(Run(day(bill.due), "caption", "bad" if overdue and due.amount else "ink3"))
        after[0].show_runs(Run(rupees(due.after_due), "title", "ink", bold=True))
        more = due.after_due - due.until_due
        words = self._say(N_("+{amount} surcharge"), amount=rupees(more)) if more else "—"
        after[1].show_runs(Run(words, "caption", "warn" if more else "ink3"))
        show_freshness(self.language, card.dues_as_of, self.frame.now(), self._fresh_icon, self._fresh)
        parts = [self._say(N_("Bill {month}, {amount}"), month=month(bill.month), amount=rupees(bill.net))]
        if arrears := bill.arrear + bill.arrear_duty:
            parts.append(self._say(N_("arrears {amount}"), amount=rupees(arrears)))
        if due.paid:
            parts.append(self._say(N_("paid since {amount}"), amount=rupees(due.paid)))
        if due.not_for_payment:
            parts.append(self._say(N_("not for payment, {amount} ahead"), amount=rupees(-due.balance)))
        self._bill_line.show_runs(Run(" · ".join(parts), "caption", "ink2"))

    def _fill(self, rows: QVBoxLayout, lines: list[QWidget]) -> None:
        clear(rows)
        for line in lines:
            rows.addWidget(line)
        if not lines:
            rows.addWidget(Text(Run(self._say(N_("None yet.")), "body", "ink3")))

    def _payment(self, payment: PaymentRow) -> QWidget:
        rules, language = self.frame.desk.rules, self.language
        where = labels.paid_for(payment.charge, rules, payment.on, language)
        where = where if where.lead else labels.channel(payment.channel, language)
        number = payment.number.stem if payment.number else payment.reference
        return self._line(
            (Run(day(payment.on)), 84), (Run(where.lead), 0), (Run(_end_of(number), "body", "ink2"), 104),
            end=Run(rupees(payment.amount), "body", "ink", bold=True),
        )  # fmt: skip

    def _complaint(self, complaint: ComplaintRow) -> QWidget:
        open_now = complaint.state.open
        words = labels.stage(complaint.state.stage, self.language).lead
        return self._line(
            (Run(self._type(complaint).lead), 0),
            (Run(short_day(complaint.registered.day), "body", "ink2"), 56),
            end=Run(words, "body", "warn" if open_now else "good"),
            icon=("clock", "warn") if open_now else ("ok", "good"),
        )

    def _line(self, *cells: tuple[Run, int], end: Run, icon: tuple[str, str] | None = None) -> QWidget:
        line = QWidget()
        line.setFixedHeight(theme.scaled(32))
        cells_row = row(spacing=12)
        line.setLayout(cells_row)
        for run, width in cells:
            text = Text(run, elide=not width)
            if width:
                text.setFixedWidth(theme.scaled(width))
            cells_row.addWidget(text, 0 if width else 1)
        if icon:
            cells_row.addWidget(Icon(icon[0], 16, icon[1]))
        cells_row.addWidget(Text(end, align=Qt.AlignmentFlag.AlignRight))
        return line

    def _show_use(self, card: ConsumerCard) -> None:
        history = card.history
        bars = [Bar(month_name(use.month, self.language), use.units) for use in history]
        if not history:
            self._chart.show_bars((), "")
            self._use_line.show_runs(Run(self._say(N_("No readings are here yet.")), "caption", "ink3"))
            return
        average = round_half_up(sum(use.units for use in history), len(history))
        facts = [(self._say(N_("this month")), history[-1].units)]
        if history[0].month == history[-1].month.plus(-12):
            facts.append((self._say(N_("same month last year")), history[0].units))
        facts.append((self._say(N_("average")), average))
        runs: list[Run] = []
        for words, units in facts:
            runs += [Run(words, "caption", "ink2"), Run(str(units), "caption", "ink", bold=True)]
        self._use_line.show_runs(*runs)
        spoken = ", ".join(f"{bar.month} {bar.units}" for bar in bars)
        self._chart.show_bars(bars, spoken)

    def _show_facts(self, card: ConsumerCard) -> None:
        consumer = card.consumer
        area = self._say(N_("urban")) if consumer.urban else self._say(N_("rural"))
        reading = f" · {card.bill.current.value}" if card.bill else ""
        feeder = one_name(self.language, consumer.feeder_hi, consumer.feeder_en)
        load = self._say(
            N_("{load} kW, {phases} phase"), load=kilowatts(consumer.load), phases=consumer.phases
        )
        rows = (
            (N_("Category"), f"{consumer.tariff}, {area}"),
            (N_("Load"), load),
            (N_("Meter"), f"{consumer.meter}{reading}" if consumer.meter else ""),
            (N_("Feeder"), on_line(self.language, consumer.feeder, feeder, card.feeder)),
            (N_("DTR"), on_line(self.language, consumer.dtr, "", card.dtr)),
            (N_("Pole"), consumer.pole),
            (N_("Engineer"), self._engineer(card.engineer)),
        )
        self._connection.clear()
        for label, value in rows:
            self._connection.add(self._both(label), value)
        self._made.clear()
        if card.bill is not None:
            self._show_made(card.bill)

    def _engineer(self, officer: Officer | None) -> str:
        if officer is None:
            return ""
        named = one_name(self.language, officer.name_hi, officer.name_en)
        return f"{named}, {officer.phone}" if officer.phone else named

    def _show_made(self, bill: Bill) -> None:
        for line in bill.charges:
            words = labels.charge(line.charge, self.language)
            if line.charge is Charge.ENERGY:
                words = self._both(N_("{units} units, energy"), units=bill.units)
            self._made.add(words, f"₹{exact(line.amount)}")
        for label, amount in (
            (N_("Arrears"), bill.arrear + bill.arrear_duty),
            (N_("Surcharge"), bill.surcharge),
        ):
            if amount:
                self._made.add(self._both(label), f"₹{exact(amount)}")
        self._made.add(self._both(N_("Total, in rupees")), rupees(bill.net), bold=True)
        self._rates.show_runs(Run(self._say(N_("Rates: {rates}"), rates=bill.rates), "caption", "ink3"))


def _end_of(number: str) -> str:
    """A receipt's number or another's reference; of a long one the end, by which people compare."""
    return number if len(number) <= _REFERENCE else f"…{number[-_REFERENCE + 2 :]}"


def round_half_up(total: int, count: int) -> int:
    """A mean of whole numbers, halves upwards."""
    return (2 * total + count) // (2 * count)
