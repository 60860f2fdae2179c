"""Today on Home: what was done, what waits, and the last two weeks as bars."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.desk.today import SHOWN_DAYS, Notices, Today
from counter_app.ui import theme
from counter_app.ui.page import CARD_GAP
from counter_app.ui.parts import Banner, Card, Facts, Kind, column, row
from counter_app.ui.plot import Plot, PlotView
from counter_app.ui.text import heading
from counter_app.words.say import N_, Language, both

FACTS_WIDTH = 250
THOUSAND = 1000


class TodayCard(Card):
    """Counts at the left, complaints beside them, and collections for who may see them."""

    def __init__(self, language: Language) -> None:
        super().__init__(padding=(20, 12, 20, 12))
        self._language = language
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(300)
        self.body.addWidget(heading(both(N_("Today's work at this counter"), language)))
        self._facts = Facts()
        self._facts.setFixedWidth(theme.scaled(FACTS_WIDTH))
        self._complaints, self._collected = PlotView(), PlotView()
        parts = row(spacing=24)
        parts.addWidget(self._facts)
        parts.addWidget(self._complaints, 1)
        parts.addWidget(self._collected, 1)
        self.body.addLayout(parts, 1)

    def show_today(self, today: Today) -> None:
        """Show other counts and bars."""
        self._facts.clear()
        for text, count in (
            (N_("Receipts today"), today.receipts),
            (N_("Complaints registered"), today.registered),
            (N_("Complaints done"), today.done),
            (N_("Promised for today"), today.promised),
            (N_("Overdue complaints"), today.overdue),
            (N_("Not confirmed by the bank"), today.pending),
        ):
            self._facts.add(both(text, self._language)._replace(second=""), str(count), bold=bool(count))
        came, done = (both(text, self._language).lead for text in (N_("registered"), N_("done")))
        title = both(N_("Complaints, the last {days} days"), self._language, days=SHOWN_DAYS).lead
        last = today.complaints[-1].place
        self._complaints.show_plot(Plot(title, came, done, today.complaints, last))
        self._collected.setVisible(bool(today.collected))
        if today.collected:
            cash, other = (both(text, self._language).lead for text in (N_("Cash"), N_("other ways")))
            title = both(N_("Collected, thousand rupees"), self._language).lead
            days = tuple(
                one._replace(came=round(one.came / THOUSAND), done=round(one.done / THOUSAND))
                for one in today.collected
            )
            self._collected.show_plot(Plot(title, cash, other, days, last))


class NoticesCard(QWidget):
    """What somebody has to do about this counter, each until it is done."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._newer = Banner(
            both(N_("New rules have come from the company."), language),
            Kind.WARN,
            more=both(N_("They hold here when the program is closed and started again."), language),
        )
        self._copies = Banner(
            both(N_("No place for copies is chosen."), language),
            Kind.WARN,
            more=both(N_("If this PC breaks, its records are gone. Type backup."), language),
        )
        self._printer = Banner(
            both(N_("No printer is chosen."), language),
            Kind.NOTE,
            more=both(N_("Papers become PDF files. Type printer."), language),
        )
        rows = column(spacing=CARD_GAP)
        self.setLayout(rows)
        for banner in (self._newer, self._copies, self._printer):
            banner.hide()
            rows.addWidget(banner)

    def show_notices(self, told: Notices) -> None:
        """Show what is to be done, and nothing where there is nothing."""
        self._newer.setVisible(told.rules_wait)
        self._copies.setVisible(told.no_copies)
        self._printer.setVisible(told.no_printer)
        self.setVisible(told.rules_wait or told.no_copies or told.no_printer)
