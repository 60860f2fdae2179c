"""The cards of the day's end: one for each step, filled from what the desk said."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.desk.day_end import Checks, Reveal
from counter_app.desk.rows import NonCashRow
from counter_app.domain.money import Paise
from counter_app.domain.payment import TenderKind
from counter_app.domain.undoing import Outcome
from counter_app.domain.variance import Cause, Guess
from counter_app.ui import theme
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.icons import Icon
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.parts import (
    Box,
    Card,
    Facts,
    Figure,
    Hairline,
    Keycap,
    clear,
    column,
    key_line,
    row,
)
from counter_app.ui.table import DENSE, Table
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.words import causes
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock
from counter_app.words.labels import tender
from counter_app.words.say import N_, Both, Language, both

NO_CAUSE = "9"
_STEPS = (
    N_("Checks"), N_("Counting"), N_("UPI, card"), N_("Compare"), N_("Second person"), N_("Seal"),
)  # fmt: skip


class StepStrip(Box):
    """The six steps in a row: done, now, to come."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.setFixedHeight(theme.scaled(52))
        line = row(spacing=10, margins=(20, 6, 20, 6))
        self.setLayout(line)
        self._caps: list[tuple[Icon, Keycap, Text, Both]] = []
        for place, text in enumerate(_STEPS):
            if place:
                line.addStretch(1)
            words = both(text, language)
            done, cap, name = Icon("ok", 24, "good"), Keycap(str(place + 1)), Text()
            for widget in (done, cap, name):
                line.addWidget(widget)
            self._caps.append((done, cap, name, words))
        self.show_step(0)

    def show_step(self, now: int, skipped: Sequence[int] = ()) -> None:
        """Which step it is; ``skipped`` ones are not needed."""
        from counter_app.ui.parts import CapLook

        for place, (done, cap, name, words) in enumerate(self._caps):
            over = place < now
            done.setVisible(over)
            cap.setVisible(not over)
            cap.dress(CapLook.ACCEPT if place == now else CapLook.PLAIN)
            tone = "ink3" if place in skipped else "ink"
            name.show_runs(
                Run(words.lead, "body", tone, bold=place == now), Run(words.second, "caption", "ink3")
            )


class ChecksCard(Card):
    """What to look at before counting: well or not, and what to do about it."""

    def __init__(self, language: Language) -> None:
        super().__init__(spacing=10)
        self._language = language
        self.body.addWidget(heading(both(N_("Before the count"), language), "lead"))
        self._lines = column(spacing=12)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)
        self.section().addLayout(key_line([("Enter", both(N_("Begin the count"), language))]))

    def show_checks(self, checks: Checks) -> None:
        """Show how each stands."""
        clear(self._lines)
        doubted = int(checks.clock_doubted)
        for count, good, bad, hint in (
            (checks.unprinted, N_("All papers came out"), N_("Papers not known to have come out: {count}"),
             N_("Look at the printer; F7 prints a receipt again.")),
            (checks.pending, N_("No payment waits for the bank"), N_("Payments not confirmed yet: {count}"),
             N_("They are sealed as they are; what does not come is carried into the next report.")),
            (checks.late, N_("No payment waits too long for the bank"),
             N_("Payments that the bank must be asked about: {count}"),
             N_("The supervisor sees them under \"waiting work\" and \"bank\".")),
            (checks.unsent, N_("Nothing waits to be sent"), N_("Entries still to be sent: {count}"),
             N_("They are safe here and go by themselves; the day can end.")),
            (checks.held, N_("No work is half done"), N_("Half-done work kept: {count}"),
             N_("It waits on Home and is no money yet. F9 there opens it.")),
            (checks.to_take_over, N_("No cash waits for you"), N_("Cash waits to be taken over: {count}"),
             N_("Take it over first, so that it is counted here.")),
            (doubted, N_("The clock was not doubted"), N_("The clock was found wrong"),
             N_("The supervisor must decide about it.")),
        ):  # fmt: skip
            words = both(bad if count else good, self._language, **({"count": count} if count else {}))
            self._lines.addLayout(self._line(words, both(hint, self._language) if count else None))

    def _line(self, words: Both, hint: Both | None) -> QVBoxLayout:
        line = row(spacing=12)
        line.addWidget(Icon("warn" if hint else "ok", 20, "warn" if hint else "good"))
        line.addWidget(
            Text(Run(words.lead, "body", "ink", bold=bool(hint)), Run(words.second, "caption", "ink3"))
        )
        line.addStretch(1)
        whole = column()
        whole.addLayout(line)
        if hint:
            below = row(margins=(32, 0, 0, 0))
            below.addWidget(sentence(hint))
            whole.addLayout(below)
        return whole


class HintsCard(Card):
    """How counting goes; nothing of the day stands here."""

    def __init__(self, language: Language) -> None:
        super().__init__(spacing=10)
        self.body.addWidget(heading(both(N_("How it goes"), language), "lead"))
        for words in (
            both(N_("Type how many pieces there are of each; 2* is two bundles of 100."), language),
            both(N_("Count first. What was expected is shown only afterwards."), language),
            both(N_("UPI and card are not in the drawer; do not count them."), language),
            both(N_("Once the count is fixed it cannot be changed, and no money goes in or out."), language),
        ):
            self.body.addWidget(Text(Run(words.lead), Run(words.second, "caption", "ink3"), wrap=True))
        self.body.addStretch(1)
        self._fix = Text(wrap=True)
        self.section().addWidget(self._fix)
        self._language = language

    def ask_to_fix(self, *, now: bool) -> None:
        """The last line is counted: Enter fixes it now."""
        words = both(N_("Enter fixes the count. Arrow up goes back to it."), self._language)
        quiet = both(N_("Enter goes on to the next value."), self._language)
        lead, second = words if now else quiet
        tone = "accent" if now else "ink2"
        self._fix.show_runs(Run(lead, "body", tone, bold=now), Run(second, "caption", "ink3"))


class OthersCard(Card):
    """What came otherwise than in cash, to be held against the machine's slip and the cheques."""

    def __init__(self, language: Language) -> None:
        super().__init__(spacing=6)
        self._language = language
        self.unseen: set[tuple[int, TenderKind]] = set()
        self.body.addWidget(
            heading(both(N_("Hold these against the POS slip, the phone and the cheques"), language), "lead")
        )
        self._sums = row(spacing=32)
        self.body.addLayout(self._sums)
        columns = (
            Column(both(N_("Receipt"), language), 90),
            Column(both(N_("Time"), language), 70),
            Column(both(N_("Tender"), language), 150),
            Column(both(N_("Reference"), language)),
            Column(both(N_("Amount"), language), 110, right=True),
            Column(both(N_("State"), language), 190),
        )
        self._rows = Rows(columns, self._cells)
        title = both(N_("Other than cash"), language)
        empty = both(N_("All receipts were paid in cash."), language)
        self.table = Table(self._rows, title.lead, empty, pitch=DENSE)
        self.flush(self.table, stretch=1)
        keys = [("Enter", both(N_("All others are there"), language)), ("1", both(N_("Not found"), language))]
        self.section().addLayout(key_line(keys))

    def show_others(self, reveal: Reveal) -> None:
        """Show them, all of them taken as seen."""
        self.unseen = set()
        clear(self._sums)
        for kind in TenderKind:
            of_kind = [row for row in reveal.non_cash if row.kind is kind]
            if of_kind:
                words, receipts = tender(kind, self._language), len({row.serial for row in of_kind})
                label = Both(f"{words.lead} ({receipts})", words.second)
                self._sums.addWidget(Figure(label, rupees(sum(row.amount for row in of_kind))))
        self._sums.addStretch(1)
        self._rows.replace(reveal.non_cash)
        self.table.select(0)

    def mark(self) -> None:
        """The selected one was not found, or was after all."""
        place = self.table.place()
        if place >= 0:
            one = self._rows.at(place)
            self.unseen ^= {(one.serial, one.kind)}
            self._rows.replace(self._rows.rows())
            self.table.select(place)

    def _cells(self, one: NonCashRow) -> tuple[Cell, ...]:
        if (one.serial, one.kind) in self.unseen:
            state = Cell(both(N_("not found"), self._language).lead, "bad", bold=True, icon="warn")
        elif one.outcome is Outcome.PENDING:
            state = Cell(both(N_("not confirmed"), self._language).lead, "warn", icon="clock")
        else:
            state = Cell(both(N_("confirmed"), self._language).lead, "good", icon="ok")
        words = tender(one.kind, self._language)
        return (
            Cell(f"{one.serial:06d}", bold=True), Cell(clock(one.at)), Cell(words.lead),
            Cell(one.reference, "ink2"), Cell(rupees(one.amount), bold=True), state,
        )  # fmt: skip


class CompareCard(QWidget):
    """Expected beside counted, and where a difference may come from. ``choices`` is None without one."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.choices: Choices | None = None
        whole = column(spacing=12)
        self.setLayout(whole)
        self._figures = Box()
        self._figures.setLayout(row(margins=(1, 1, 1, 1)))
        whole.addWidget(self._figures)
        self._card = Card(spacing=6)
        whole.addWidget(self._card, 1)
        self._title = Text(elide=True)
        self._card.body.addWidget(self._title)
        self._room = column()
        self._card.body.addLayout(self._room)
        self._card.body.addStretch(1)
        self._foot = Text(wrap=True)
        self._card.section().addWidget(self._foot)

    def show_reveal(self, reveal: Reveal) -> None:
        """Show both sums and the guesses."""
        line = self._figures.layout()
        assert line is not None
        clear(line)
        for label, value, size, fill in self._sums(reveal):
            place = Box(fill, "") if fill else QWidget()
            inside = column(margins=(19, 10, 19, 10))
            place.setLayout(inside)
            inside.addWidget(Figure(label, value, size))
            line.addWidget(place)
        self._show_causes(reveal)

    def _sums(self, reveal: Reveal) -> Sequence[tuple[Both, str, str, str]]:
        language, difference = self._language, reveal.difference
        if not difference:
            last = (both(N_("Difference"), language), rupees(0), "display", "good-soft")
        else:
            words = both(N_("Short"), language) if difference < 0 else both(N_("Over"), language)
            last = (words, rupees(abs(difference)), "display", "warn-soft")
        return (
            (both(N_("Expected"), language), rupees(reveal.expected), "amount", ""),
            (both(N_("Counted"), language), rupees(reveal.counted), "amount", ""),
            last,
        )

    def _show_causes(self, reveal: Reveal) -> None:
        clear(self._room)
        self.choices = None
        language, difference = self._language, reveal.difference
        if not difference:
            words = both(N_("Count and books agree."), language)
            foot = both(N_("Enter goes on to the seal."), language)
        else:
            words = both(
                N_("Where the {amount} may come from, likeliest first"),
                language,
                amount=rupees(abs(difference)),
            )
            foot = both(
                N_("A guess changes nothing. Esc leaves, F7 puts a receipt right; the count stays fixed."),
                language,
            )
            self.choices = Choices(self._guesses(reveal, difference), lines=True)
            self.choices.select(0)
            self._room.addWidget(self.choices)
        self._title.show_runs(Run(words.lead, "lead", "ink", bold=True), Run(words.second, "body", "ink3"))
        self._foot.show_runs(Run(foot.lead, "caption", "ink2"), Run(foot.second, "caption", "ink3"))

    def _guesses(self, reveal: Reveal, difference: Paise) -> list[Choice]:
        language = self._language
        found = []
        for place, cause in enumerate(reveal.causes, 1):
            head, place_said = causes.what(cause, language), causes.where(cause, language)
            fit = both(_fit(cause), language)
            found.append(
                Choice(str(place), Both(head.lead, place_said.lead), more=head.second, right=fit.lead)
            )
        short, over = N_("No cause found, record {amount} short"), N_("No cause found, record {amount} over")
        words = both(short if difference < 0 else over, language, amount=rupees(abs(difference)))
        return [*found, Choice(NO_CAUSE, words)]


def _fit(cause: Cause) -> str:
    if cause.sure:
        return N_("fits exactly")
    return N_("a part of it") if cause.guess is Guess.RESTORED else N_("possible")


class SealedCard(Card):
    """The day is sealed: its number, and what the papers in the printer are for."""

    def __init__(self, language: Language) -> None:
        super().__init__(spacing=8)
        self._language = language
        line = row(spacing=16)
        line.addWidget(Icon("lock", 36, "good"))
        words = both(N_("The day is sealed and cannot change. The Z report is printing."), language)
        line.addWidget(
            Text(Run(words.lead, "lead", "ink", bold=True), Run(words.second, "body", "ink3"), wrap=True), 1
        )
        self.body.addLayout(line)
        self.body.addWidget(Hairline())
        self.facts = Facts()
        self.body.addWidget(self.facts)
        for words in (
            both(N_("The denomination sheet goes into the bag with the cash."), language),
            both(
                N_("The pay-in slip goes to the bank; note its stamp here tomorrow (word: deposit)."),
                language,
            ),
            both(N_("The cash certificate is signed and kept with the Z report."), language),
        ):
            self.body.addWidget(sentence(words, "body"))
        self.body.addStretch(1)
        self.section().addLayout(key_line([("Enter", both(N_("To Home"), language))]))
