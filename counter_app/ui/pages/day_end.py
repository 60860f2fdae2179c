"""The end of the day at a drawer: a blind count, then what was expected, then the drawer is closed."""

from uuid import UUID, uuid4

from counter_app.desk import drawers
from counter_app.desk.drawers import DrawerNow
from counter_app.domain.drawer import DrawerClosed
from counter_app.domain.money import read_rupees
from counter_app.domain.refusals import AmountNotPositive, Refused
from counter_app.ui.fields import Field, MoneyField
from counter_app.ui.page import Frame, HalfTyped, Keys, Page, Visit
from counter_app.ui.parts import Card, Figure, Kind, key_line, row
from counter_app.ui.text import Run, Text, heading
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock
from counter_app.words.refusals import sentence as refusal_sentence
from counter_app.words.say import N_, Both, both


class DayEndPage(Page):
    """The count is fixed by Enter before any sum is shown; nobody can fit it to the sum."""

    name = "day_end"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._open = False
        count = Card(spacing=10)
        count.body.addWidget(heading(self._both(N_("Count the cash in the drawer")), "lead"))
        self._since = Text(Run("—", "body", "ink2"), elide=True)
        count.body.addWidget(self._since)
        self._counted = MoneyField(self._both(N_("Counted, in rupees")))
        self._note = Field(self._both(N_("Note (optional)")), limit=400)
        for field in (self._counted, self._note):
            count.body.addWidget(field)
        self._figures = row(spacing=24)
        self._expected = Figure(self._both(N_("Expected")))
        self._in_drawer = Figure(self._both(N_("Counted")))
        self._difference = Figure(self._both(N_("Difference")))
        result = count.section(stretch=1)
        for figure in (self._expected, self._in_drawer, self._difference):
            self._figures.addWidget(figure, 1)
        result.addLayout(self._figures)
        result.addStretch(1)
        self.main_column.addWidget(count, 1)
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            self._both(N_("Count first. What was expected is shown only afterwards.")),
            self._both(N_("Enter fixes the count and closes the drawer; it cannot be changed.")),
            self._both(N_("UPI and card are not in the drawer; do not count them.")),
            self._both(N_("To take money again, sign in anew: a new drawer opens.")),
        ):
            side.body.addWidget(Text(Run(words.lead), Run(words.second, "caption", "ink3"), wrap=True))
        side.body.addStretch(1)
        side.section().addLayout(key_line([("Enter", self._both(N_("Fix the count and close")))]))
        self.side_column.addWidget(side, 1)

    def keys(self) -> Keys:
        accept = self._both(N_("Close the drawer")) if self._open else Both("", "")
        actions = ("help", "find", "receipts", "day_end", "hold", "lock")
        return Keys(actions, current="day_end", escape=self._both(N_("Back")), accept=accept)

    def enter(self, visit: Visit) -> None:
        """Ask whether a drawer is open; a count that was begun goes on."""
        draft = visit.draft
        self._act = draft.act if draft else uuid4()
        body = draft.body if draft else {}
        self._counted.put(body.get("counted", ""))
        self._note.put(body.get("note", ""))
        for figure in (self._expected, self._in_drawer, self._difference):
            figure.put("—")
        self._counted.edit.setFocus()
        desk, session = self.frame.desk, self.frame.session
        self.fetch(lambda: drawers.now(desk, session), self._show)

    def again(self) -> None:
        """Back from another page."""
        self._counted.edit.setFocus()

    def draft(self) -> HalfTyped | None:
        """A count that was begun."""
        if not self._open or not self._counted.text():
            return None
        return HalfTyped(self._act, "", {"counted": self._counted.text(), "note": self._note.text()})

    def accept(self) -> None:
        """Enter: from the count to the note, then fix and close."""
        if not self._open:
            return
        if self._counted.has_focus():
            self._note.edit.setFocus()
            return
        try:
            counted = read_rupees(self._counted.text())
        except AmountNotPositive:
            counted = 0  # an empty drawer is counted as 0
        except Refused as refused:
            self._counted.wrong(refusal_sentence(refused, self.language))
            self._counted.edit.setFocus()
            return
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        act, note = self._act, self._note.text()
        self.save(lambda: drawers.close(desk, session, act, counted, note, at), self._closed)

    def _show(self, drawer: DrawerNow | None) -> None:
        self._open = drawer is not None
        if drawer is None:
            words = self._both(N_("No drawer is open. Sign in again to open one."))
        else:
            words = self._both(
                N_("Open since {at}, {count} receipts"), at=clock(drawer.opened_at), count=drawer.receipts
            )
        for field in (self._counted, self._note):
            field.edit.setReadOnly(not self._open)
        self._since.show_runs(Run(words.lead, "body", "ink2"), Run(words.second, "caption", "ink3"))
        self.frame.keys_changed()

    def _closed(self, closed: DrawerClosed) -> None:
        self.frame.drop_draft(self._act)
        self._show(None)
        self._expected.put(rupees(closed.expected))
        self._in_drawer.put(rupees(closed.counted))
        self._difference.put(rupees(closed.difference))
        difference = closed.difference
        if difference == 0:
            self.frame.tell(self._both(N_("The count agrees. The drawer is closed.")), Kind.GOOD)
        elif difference < 0:
            words = self._both(
                N_("The count is {amount} short. It is recorded so."), amount=rupees(-difference)
            )
            self.frame.tell(words, Kind.WARN)
        else:
            words = self._both(
                N_("The count is {amount} over. It is recorded so."), amount=rupees(difference)
            )
            self.frame.tell(words, Kind.WARN)
        self.setFocus()
        self.frame.keys_changed()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
