"""The parts of Home: result strip, recent consumers, preview of the selected one, held work."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from counter_app.desk.drawer_now import DrawerNow
from counter_app.desk.finding import Preview
from counter_app.desk.rows import ComplaintRow, DraftRow, PaymentRow, RecentRow
from counter_app.domain.clock import Doubt
from counter_app.domain.consumer import masked_address
from counter_app.domain.days import business_day
from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.parts import (
    Box,
    CapLook,
    Card,
    Chip,
    Hairline,
    Keycap,
    Kind,
    Money,
    clear,
    column,
    key_line,
    row,
)
from counter_app.ui.results import Result, meter_tail
from counter_app.ui.text import Run, Text, announce, heading, sentence
from counter_app.ui.wording import draft_words, names, place, relation
from counter_app.words import dates
from counter_app.words.amounts import rupees
from counter_app.words.clock_words import doubt_words, outcome_words
from counter_app.words.say import Both, Language, both

RECENT_SHOWN = 8
RECENT_COLUMNS = 4


class ResultStrip(Box):
    """What was just recorded, large enough to read out, until the next key."""

    def __init__(self) -> None:
        super().__init__("good-soft", "")
        layout = row(spacing=16, margins=(20, 10, 20, 10))
        self.setLayout(layout)
        layout.addWidget(Icon("ok", 36, "good"))
        words = column()
        layout.addLayout(words, 1)
        self._lead, self._second = Text(wrap=True), Text(elide=True)
        words.addWidget(self._lead)
        words.addWidget(self._second)
        self._note = Text()
        layout.addWidget(self._note)
        self.hide()

    def show_result(self, result: Both, note: str) -> None:
        """Show it, and have it read out once."""
        self._lead.show_runs(Run(result.lead, "amount", "ink", bold=True))
        self._second.show_runs(Run(result.second, "body", "ink2"))
        self._note.show_runs(Run(note, "lead", "ink", bold=True))
        self.setAccessibleName(f"{result.lead} {note}")
        self.show()
        announce(self, self.accessibleName())


class RecentStrip(Card):
    """The consumers served last, one digit each after F2. ``picked`` gives the number."""

    picked = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__(padding=(20, 10, 20, 12), spacing=6)
        self._language = language
        self._recent: tuple[RecentRow, ...] = ()
        self._shown = RECENT_SHOWN
        head = row(spacing=8)
        head.addWidget(heading(both("Recent consumers", language)), 1)
        self._cap = Keycap("F2")
        head.addWidget(self._cap)
        then = both("then digit", language)
        head.addWidget(Text(Run(then.lead, "caption", "ink2"), Run(then.second, "caption", "ink3")))
        self.body.addLayout(head)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        self.body.addLayout(grid)
        self._slots = [_RecentSlot(place + 1) for place in range(RECENT_SHOWN)]
        for at, slot in enumerate(self._slots):
            grid.addWidget(slot, at // RECENT_COLUMNS, at % RECENT_COLUMNS)
            grid.setColumnStretch(at % RECENT_COLUMNS, 1)
        self._empty = sentence(both("Nobody served yet today. Whoever is opened stands here.", language))
        self.body.addWidget(self._empty)
        self.show_recent(())

    def show_recent(self, recent: Sequence[RecentRow]) -> None:
        """Show them, newest first; empty slots stay empty."""
        self._recent = tuple(recent)
        self._redress()

    def _redress(self) -> None:
        self._empty.setVisible(not self._recent)
        for at, slot in enumerate(self._slots):
            slot.setVisible(bool(self._recent) and at < self._shown)
            slot.show_row(self._recent[at] if at < len(self._recent) else None, self._language)

    def show_rows(self, rows: int) -> None:
        """In how many rows of four they stand."""
        self._shown = rows * RECENT_COLUMNS
        self._redress()

    def arm(self, *, on: bool) -> None:
        """Whether the next digit opens one of these."""
        self._cap.dress(CapLook.ACCEPT if on else CapLook.PLAIN)
        for slot in self._slots:
            slot.cap.dress(CapLook.ACCEPT if on else CapLook.PLAIN)


class _RecentSlot(QWidget):
    def __init__(self, digit: int) -> None:
        super().__init__()
        layout = row(spacing=8)
        self.setLayout(layout)
        self.cap = Keycap(str(digit))
        self._name, self._time = Text(elide=True), Text()
        for widget in (self.cap, self._name, self._time):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.setFixedHeight(theme.scaled(24))

    def show_row(self, served: RecentRow | None, language: Language) -> None:
        """Who, and when served."""
        self.cap.setVisible(served is not None)
        name = ""
        if served is not None:
            hindi = language is Language.HINDI and served.name_hi
            name = served.name_hi if hindi else served.name_en or served.name_hi
        self._name.show_runs(Run(name, "body", "ink"))
        self._time.show_runs(Run(dates.clock(served.at) if served else "", "caption", "ink3"))


class PreviewCard(Card):
    """The selected consumer: who, what is due before and after the date, how fresh, what is open."""

    def __init__(self, language: Language) -> None:
        super().__init__(padding=(20, 16, 20, 16), spacing=2)
        self._language = language
        self._lead, self._second = Text(elide=True), Text(elide=True)
        self._number, self._place = Text(gap="  "), Text(elide=True)
        for text in (self._lead, self._second, self._number, self._place):
            self.body.addWidget(text)
        dues = self.section()
        head = row(spacing=8)
        head.addWidget(heading(both("Total due", language)), 1)
        self._month = Text(align=Qt.AlignmentFlag.AlignRight)
        head.addWidget(self._month)
        dues.addLayout(head)
        self._due = Money(both("Total due", language), "display")
        dues.addWidget(self._due)
        dues.addWidget(Hairline())
        pair = row(spacing=16, margins=(0, 8, 0, 8))
        self._till, self._till_amount = Text(), Text()
        self._after, self._after_amount = Text(), Text()
        for upper, lower in ((self._till, self._till_amount), (self._after, self._after_amount)):
            half = column()
            half.addWidget(upper)
            half.addWidget(lower)
            pair.addLayout(half, 1)
        pair.insertWidget(1, Hairline(upright=True))
        dues.addLayout(pair)
        dues.addWidget(Hairline())
        dues.addSpacing(8)
        self._fresh = Chip(Both("", ""), Kind.GOOD)
        dues.addWidget(self._fresh)
        facts = self.section(stretch=1)
        self._facts = column(spacing=8)
        facts.addLayout(self._facts)
        facts.addStretch(1)
        foot = self.section()
        foot.addLayout(
            key_line(
                [
                    ("Enter", Both(both("Open", language).lead, "")),
                    ("F4", Both(both("Pay", language).lead, "")),
                    ("F3", Both(both("Complaint", language).lead, "")),
                    ("F5", Both(both("Bill", language).lead, "")),
                ]
            )
        )

    def show_row(self, result: Result, now: datetime) -> None:
        """Show at once what the row itself knows."""
        found, payable, _on = result
        language = self._language
        called = names(language, found.name_hi, found.name_en)
        self._lead.show_runs(Run(called.lead, "title", "ink", bold=True))
        self._second.show_runs(Run(called.second, "body", "ink2"))
        meter = meter_tail(found, language)
        self._number.show_runs(Run(found.number, "lead", "ink", bold=True), Run(meter, "body", "ink2"))
        whose = relation(language, found.relation, found.relation_hi, found.relation_en)
        shown = masked_address(found.house, found.locality_hi, found.locality_en)
        where = place(language, *shown, found.ward)
        self._place.show_runs(Run(" · ".join(part for part in (whose, where) if part), "body", "ink2"))
        self._due.put(rupees(payable.amount) if payable else "")
        month = (
            both("Bill {month}", language, month=dates.month(found.bill.month))
            if found.bill
            else Both("", "")
        )
        self._month.show_runs(Run(month.lead, "caption", "ink2"))
        due_day = dates.short_day(found.bill.due) if found.bill else "—"
        till, after = both("till {day}", language, day=due_day), both("after", language)
        self._till.show_runs(Run(till.lead, "caption", "ink2"), Run(till.second, "caption", "ink3"))
        self._after.show_runs(Run(after.lead, "caption", "ink2"), Run(after.second, "caption", "ink3"))
        amounts = (rupees(payable.until_due), rupees(payable.after_due)) if payable else ("—", "—")
        self._till_amount.show_runs(Run(amounts[0], "lead", "ink", bold=True))
        self._after_amount.show_runs(Run(amounts[1], "lead", "ink", bold=True))
        clear(self._facts)

    def show_preview(self, preview: Preview, now: datetime) -> None:
        """Freshness, open complaints, last payment."""
        self._show_fresh(preview.dues_as_of, now)
        clear(self._facts)
        language = self._language
        open_ones = [one for one in preview.complaints if one.state.open]
        if open_ones:
            self._facts.addLayout(_fact("complaint", "warn", _open_words(open_ones, language)))
        if preview.last_payment is not None:
            self._facts.addLayout(_fact("receipt", "ink2", _paid_words(preview.last_payment, language)))

    def _show_fresh(self, as_of: datetime | None, now: datetime) -> None:
        language = self._language
        if as_of is None:
            self._fresh.show_chip(both("Age of the dues is not known", language), Kind.WARN, "clock")
            return
        if business_day(as_of) == business_day(now):
            words = both("Dues as of today {time}", language, time=dates.clock(as_of))
            self._fresh.show_chip(words, Kind.GOOD)
            return
        words = both(
            "Dues as of {stamp}, {age} old",
            language,
            stamp=dates.stamp(as_of),
            age=dates.age(now - as_of, language),
        )
        self._fresh.show_chip(Both(words.lead, ""), Kind.WARN, "clock")


class NobodyCard(Card):
    """The side panel while nobody is selected."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        head = both("Nobody is selected", language)
        self.body.addWidget(heading(head))
        self.body.addWidget(sentence(both("The selected consumer's dues show here.", language), "body"))


class ClockCard(Card):
    """What stands against the PC's clock, and by which word it is looked at."""

    pressed = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._rows = column(spacing=4)
        self.body.addLayout(self._rows)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def show_doubt(self, doubt: Doubt | None, now: datetime) -> None:
        """Show it; nothing while the clock is believed."""
        clear(self._rows)
        self.setVisible(doubt is not None)
        if doubt is None:
            return
        tone = "bad" if doubt.stops(now) else "warn"
        self._rows.addLayout(_fact("clock", tone, doubt_words(doubt, self._language)))
        self._rows.addWidget(sentence(outcome_words(doubt, now, self._language)))
        self._rows.addWidget(sentence(both("Type clock to look at it.", self._language)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()


class HeldCard(Card):
    """Half-typed work, offered again: the newest opens by F9."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        head = row(spacing=8)
        head.addWidget(heading(both("Half-typed work", language)), 1)
        head.addWidget(Keycap("F9"))
        self.body.addLayout(head)
        self._rows = column(spacing=4)
        self.body.addLayout(self._rows)
        self.hide()

    def show_held(self, held: Sequence[DraftRow]) -> None:
        """Show them, newest first."""
        clear(self._rows)
        for work in held[:4]:
            icon, what, whose = draft_words(self._language, work)
            told = whose if work.consumer else f"{what.lead} {whose}"
            self._rows.addLayout(_fact(icon, "ink2", Both(told.strip(), dates.clock(work.kept_at))))


class DrawerCard(Card):
    """The way to the drawer's pages; cash that waits to be taken over. ``picked`` is the action."""

    picked = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__(spacing=6)
        self._language = language
        words = both("Drawer", language)
        head = row(spacing=8)
        head.addWidget(heading(words), 1)
        head.addWidget(Icon("drawer", 20, "ink2"))
        self.body.addLayout(head)
        how = both("Type its name: drawer, cash in or out, take cash over, deposit.", language)
        self.body.addWidget(sentence(how))
        self._rows = column(spacing=4)
        self.body.addLayout(self._rows)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._opens = "drawer"

    def show_drawer(self, drawer: DrawerNow | None) -> None:
        """Show what waits for this person, if anything does."""
        clear(self._rows)
        self._opens = "take_over" if drawer and drawer.waiting else "drawer"
        if drawer and drawer.left:
            self._opens = "left_drawers"
            left = both("Somebody is gone whose drawer is open. Count it: left drawer.", self._language)
            self._rows.addLayout(_fact("people", "warn", left))
        if drawer and drawer.waiting:
            waits = both("Cash was handed to you. Count it and take it over.", self._language)
            self._rows.addLayout(_fact("people", "warn", waits))
        if drawer and drawer.counted:
            counted = both("The drawer is counted. Seal it with F8.", self._language)
            self._rows.addLayout(_fact("lock", "warn", counted))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.picked.emit(self._opens)


def _open_words(complaints: Sequence[ComplaintRow], language: Language) -> Both:
    if len(complaints) == 1:
        return both("1 open complaint: {number}", language, number=complaints[0].number.stem)
    return both("{count} open complaints", language, count=len(complaints))


def _paid_words(payment: PaymentRow, language: Language) -> Both:
    return both(
        "Last paid {amount} on {day}", language, amount=rupees(payment.amount), day=dates.day(payment.on)
    )


def _fact(icon: str, tone: str, words: Both) -> QHBoxLayout:
    line = row(spacing=10)
    line.addWidget(Icon(icon, 20, tone), 0, Qt.AlignmentFlag.AlignTop)
    texts = column()
    texts.addWidget(Text(Run(words.lead, "body", "ink"), elide=True))
    if words.second:
        texts.addWidget(Text(Run(words.second, "caption", "ink3"), elide=True))
    line.addLayout(texts, 1)
    return line
