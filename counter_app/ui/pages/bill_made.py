"""How a bill was made: its lines in a table, and beside it why it differs from two earlier months."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from counter_app.desk.bills import A_YEAR, Making
from counter_app.domain.bill_making import Beside, Check, MadeLine
from counter_app.domain.bill_reasons import Comparison
from counter_app.domain.days import Month
from counter_app.ui.icons import Icon
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.parts import KIND_ICON, KIND_TONE, Card, Kind, beside, clear, column, key_line, row
from counter_app.ui.table import DENSE, Table
from counter_app.ui.text import Run, Text, heading
from counter_app.words import bill_words
from counter_app.words.amounts import exact
from counter_app.words.dates import month
from counter_app.words.say import N_, Both, Language, both

_INDENT = "      "
_REASONS = 6
_SUMS = {Beside.MONTH, Beside.NET}


class MadeTable(Card):
    """The lines of a bill: what, how much of it, at which rate, the amount, and what the order makes."""

    def __init__(self, language: Language) -> None:
        super().__init__(padding=(20, 12, 20, 10), spacing=2)
        self._language = language
        self._title = Text(elide=True)
        self._icon = Icon(KIND_ICON[Kind.NOTE], 16, KIND_TONE[Kind.NOTE])
        self._said = Text(elide=True)
        self.body.addWidget(self._title)
        self.body.addLayout(beside(self._icon, self._said))
        columns = (
            Column(both(N_("What"), language)),
            Column(both(N_("Of what"), language), 150, right=True),
            Column(both(N_("Rate"), language), 96, right=True),
            Column(both(N_("Amount ₹"), language), 124, right=True),
            Column(both(N_("By the order"), language), 150),
        )
        self._rows = Rows(columns, self._cells)
        empty = both(N_("The bill is being read."), language)
        name = both(N_("How it was made"), language).lead
        self.table = Table(self._rows, name, empty, pitch=DENSE)
        self.flush(self.table, stretch=1)

    def show_making(self, made: Making) -> None:
        """Show a bill."""
        title = both(N_("How the bill of {month} was made"), self._language, month=month(made.bill.month))
        self._title.show_runs(Run(title.lead, "body", "ink", bold=True), Run(title.second, "caption", "ink3"))
        kind, said = _verdict(made.check, made.lines, self._language)
        self._icon.show_icon(KIND_ICON[kind], KIND_TONE[kind])
        self._said.show_runs(Run(said.lead, "body", KIND_TONE[kind]), Run(said.second, "caption", "ink3"))
        self._rows.replace(made.lines)
        self.table.select(-1)

    def _cells(self, line: MadeLine) -> tuple[Cell, ...]:
        words = bill_words.line(line, self._language).lead
        bold, tone = line.what in _SUMS, "ink2" if line.part else "ink"
        return (
            Cell(f"{_INDENT}{words}" if line.part else words, tone, bold),
            Cell(bill_words.counted(line, self._language), tone),
            Cell(bill_words.rate(line), tone),
            Cell(exact(line.amount), tone, bold or not line.part),
            self._by_order(line),
        )

    def _by_order(self, line: MadeLine) -> Cell:
        if line.ours is None:
            return Cell("")
        if line.differs:
            return Cell(exact(line.ours), KIND_TONE[Kind.WARN], icon=KIND_ICON[Kind.WARN])
        return Cell(
            both(N_("the same"), self._language).lead, KIND_TONE[Kind.GOOD], icon=KIND_ICON[Kind.GOOD]
        )


class Differences(Card):
    """Two short comparisons: each the difference, then its reasons with their amounts."""

    def __init__(self, language: Language) -> None:
        super().__init__(spacing=6)
        self._language = language
        self.body.addWidget(heading(both(N_("Why it is another amount"), language)))
        self._month = column(spacing=6)
        self._year = column(spacing=6)
        self.body.addLayout(self._month)
        self.section().addLayout(self._year)
        self.whole.addStretch(1)
        months = [("← →", both(N_("Another month"), language))]
        self.section().addLayout(key_line(months, first_accepts=False))
        keys = [
            ("Enter", both(N_("Print the copy"), language)),
            ("F5", both(N_("The paper"), language)),
        ]
        self.section().addLayout(key_line(keys))

    def show_making(self, made: Making) -> None:
        """Show a bill beside the month before and the same month of last year."""
        self._compare(self._month, made.last_month, made.bill.month.plus(-1))
        self._compare(self._year, made.last_year, made.bill.month.plus(-A_YEAR))

    def _compare(self, place: QVBoxLayout, compared: Comparison | None, before: Month) -> None:
        clear(place)
        if compared is None:
            words = both(N_("The bill of {month} is not here."), self._language, month=month(before))
            place.addWidget(
                Text(Run(words.lead, "body", "ink2"), Run(words.second, "caption", "ink3"), wrap=True)
            )
            return
        words = bill_words.difference(compared, self._language)
        place.addWidget(
            Text(Run(words.lead, "body", "ink", bold=True), Run(words.second, "caption", "ink3"), wrap=True)
        )
        for why, amount in bill_words.weightiest(compared, _REASONS, self._language):
            line = row(spacing=12)
            line.addWidget(Text(Run(why.lead, "body", "ink2"), wrap=True), 1)
            money = Text(Run(signed(amount), "body", "ink"), align=Qt.AlignmentFlag.AlignRight)
            line.addWidget(money, 0, Qt.AlignmentFlag.AlignTop)
            place.addLayout(line)


def signed(amount: int) -> str:
    """Money that is added or taken off: "+210.00"."""
    return f"{'+' if amount > 0 else ''}{exact(amount)}"


def _verdict(found: Check, lines: tuple[MadeLine, ...], language: Language) -> tuple[Kind, Both]:
    """Whether the order makes the same of the bill."""
    if not found.heads:
        return Kind.NOTE, both(N_("No order here makes this bill; it is shown as it came."), language)
    odd = sum(line.differs for line in lines)
    if odd and found.in_force:
        words = N_("By {order}, in force then, the marked amounts come out otherwise.")
    elif odd:
        words = N_("By {order}, which the bill names, the marked amounts come out otherwise.")
    elif found.in_force:
        words = N_("By {order}, in force then, it comes out the same.")
    else:
        words = N_("By {order}, which the bill names, it comes out the same.")
    return (Kind.WARN if odd else Kind.GOOD), both(words, language, order=found.order)
