"""What is said of a consumer above all facts: supply, open complaints, waiting work, what the centre told."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from counter_app.desk.finding import Card as ConsumerCard
from counter_app.desk.rows import ComplaintRow
from counter_app.domain.consumer import Supply
from counter_app.ui.parts import Banner, Kind, column
from counter_app.ui.wording import cut_off
from counter_app.words.amounts import rupees
from counter_app.words.dates import ages
from counter_app.words.say import N_, Both, Language, both
from counter_app.words.tasks import task as task_name


class Told(QWidget):
    """One banner for each, where there is something to say; none hides another."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        layout = column(spacing=12)
        self.setLayout(layout)
        self._state, self._waiting, self._moved, self._over = (
            Banner(Both("", ""), Kind.WARN) for _ in range(4)
        )
        for banner in (self._state, self._waiting, self._moved, self._over):
            banner.hide()
            layout.addWidget(banner)
        self.hide()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self._language, **facts)

    def show_card(self, card: ConsumerCard, kind_of: Callable[[ComplaintRow], Both], now: datetime) -> None:
        """Say it of another consumer; ``kind_of`` names the type of a complaint."""
        self._show_state(card, kind_of)
        self._show_waiting(card, now)
        self._show_told(card)
        banners = (self._state, self._waiting, self._moved, self._over)
        self.setVisible(any(not banner.isHidden() for banner in banners))

    def _show_waiting(self, card: ConsumerCard, now: datetime) -> None:
        self._waiting.setVisible(bool(card.tasks))
        if not card.tasks:
            return
        first = card.tasks[0]
        what = task_name(first.task, first.bill, self._language)
        waits = ages(now - first.since, self._language)
        more = self._both(N_("Waits for {age}; receipt {number}."), age=waits, number=first.receipt.stem)
        self._waiting.show_banner(what, Kind.WARN, more=more, icon="clock")

    def _show_state(self, card: ConsumerCard, kind_of: Callable[[ComplaintRow], Both]) -> None:
        open_ones = [one for one in card.complaints if one.state.open]
        supply = card.consumer.supply
        self._state.setVisible(bool(open_ones) or supply is not Supply.LIVE)
        if supply is not Supply.LIVE:
            head, more = cut_off(self._language, supply)
            self._state.show_banner(head, Kind.BAD, more=more)
        elif open_ones:
            kind = kind_of(open_ones[0])
            self._state.show_banner(
                self._both(N_("A complaint is open: {kind}"), kind=kind),
                Kind.WARN,
                more=self._both(N_("F6 shows where it stands.")),
                icon="complaint",
            )

    def _show_told(self, card: ConsumerCard) -> None:
        to, over = card.moved_to, card.surpluses
        self._moved.setVisible(to is not None)
        self._moved.show_banner(
            self._both(N_("Now with office {office}."), office=to)
            if to
            else self._both(N_("Now with another office.")),
            Kind.WARN,
            more=self._both(N_("Money and complaints are taken all the same; they go there.")),
        )
        self._over.setVisible(bool(over))
        amount = rupees(sum(one.amount for one in over))
        self._over.show_banner(
            self._both(N_("A bill was paid twice: {amount} is an advance."), amount=amount),
            Kind.WARN,
            more=self._both(N_("Both receipts stand.")),
        )
