"""The end of the day at a drawer: a blind count by notes and coins, then what was expected."""

from uuid import UUID, uuid4

from PySide6.QtCore import QRegularExpression, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from counter_app.desk import drawers
from counter_app.desk.drawers import Closed, DrawerNow
from counter_app.domain.drawer import BUNDLE, COINS, MOST_PIECES, NOTES, Counted, Piece, counted_total
from counter_app.domain.money import Paise
from counter_app.domain.money_refusals import CountTooLarge
from counter_app.domain.text import only_digits
from counter_app.ui.fields import Field
from counter_app.ui.page import Frame, HalfTyped, Keys, Page, Visit
from counter_app.ui.parts import Card, Figure, Kind, key_line, row
from counter_app.ui.text import Run, Text, caption, heading
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock
from counter_app.words.refusals import sentence as refusal_sentence
from counter_app.words.say import N_, Both, both

_FACES = tuple((Piece.NOTE, face) for face in NOTES) + tuple((Piece.COIN, face) for face in COINS)
_BUNDLED = "*"
_TYPED = r"[0-9०-९]{0,5} ?\*?"


class _Pieces:
    """A line of the count: what it counts, the number typed, what it makes."""

    def __init__(self, piece: Piece, face: Paise, words: Both) -> None:
        self.piece, self.face = piece, face
        self.label = Text(Run(rupees(face), "body", "ink", bold=True), Run(words.lead, "caption", "ink3"))
        self.edit = QLineEdit()
        self.edit.setAccessibleName(f"{rupees(face)} {words.lead}")
        self.edit.setValidator(QRegularExpressionValidator(QRegularExpression(_TYPED), self.edit))
        self.sum = Text(Run("—", "body", "ink2"))

    def pieces(self) -> int:
        """How many were typed; ``*`` stands for bundles of a hundred. ``CountTooLarge`` for too many."""
        typed = self.edit.text()
        count = int(only_digits(typed) or 0) * (BUNDLE if typed.rstrip().endswith(_BUNDLED) else 1)
        if count > MOST_PIECES:
            raise CountTooLarge(MOST_PIECES)
        return count


class DayEndPage(Page):
    """The count is fixed by Enter before any sum of the day is shown; nobody can fit it to the sum."""

    name = "day_end"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._open = False
        names = {Piece.NOTE: self._both(N_("note")), Piece.COIN: self._both(N_("coin"))}
        self._lines = [_Pieces(piece, face, names[piece]) for piece, face in _FACES]
        self.main_column.addWidget(self._build_count(), 1)
        self.side_column.addWidget(self._build_side(), 1)

    def keys(self) -> Keys:
        accept = self._both(N_("Next")) if self._open else Both("", "")
        if self._open and self._note.has_focus():
            accept = self._both(N_("Close the drawer"))
        actions = ("help", "find", "receipts", "day_end", "hold", "lock")
        return Keys(actions, current="day_end", escape=self._both(N_("Back")), accept=accept)

    def enter(self, visit: Visit) -> None:
        """Ask whether a drawer is open; a count that was begun goes on."""
        draft = visit.draft
        self._act = draft.act if draft else uuid4()
        body = draft.body if draft else {}
        for line in self._lines:
            line.edit.setText(body.get(_name(line), ""))
        self._note.put(body.get("note", ""))
        for figure in (self._expected, self._in_drawer, self._difference):
            figure.put("—")
        self._add_up()
        self._lines[0].edit.setFocus()
        desk, session = self.frame.desk, self.frame.session
        self.fetch(lambda: drawers.now(desk, session), self._show)

    def again(self) -> None:
        """Back from another page."""
        self._lines[0].edit.setFocus()

    def draft(self) -> HalfTyped | None:
        """A count that was begun."""
        typed = {_name(line): line.edit.text() for line in self._lines if line.edit.text()}
        if not self._open or not typed:
            return None
        return HalfTyped(self._act, "", typed | {"note": self._note.text()})

    def step(self, rows: int) -> bool:
        """Up and down move from line to line."""
        edits = [line.edit for line in self._lines]
        focus = self.window().focusWidget()
        place = next((at for at, edit in enumerate(edits) if edit is focus), len(edits))
        edits[min(max(place + rows, 0), len(edits) - 1)].setFocus()
        return True

    def accept(self) -> None:
        """Enter: from line to line, then the note, then the count is fixed and the drawer closed."""
        if not self._open:
            return
        if self._note.has_focus():
            self._close()
            return
        edits = [line.edit for line in self._lines]
        focus = self.window().focusWidget()
        place = next((at for at, edit in enumerate(edits) if edit is focus), -1)
        following = edits[place + 1] if place + 1 < len(edits) else self._note.edit
        following.setFocus()
        self.frame.keys_changed()

    # -- building ------------------------------------------------------------------------------

    def _build_count(self) -> QWidget:
        whole = Card(spacing=8)
        whole.body.addWidget(heading(self._both(N_("Count the cash in the drawer")), "lead"))
        self._since = Text(Run("—", "body", "ink2"), elide=True)
        whole.body.addWidget(self._since)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for at, line in enumerate(self._lines):
            coin = line.piece is Piece.COIN
            place, column = (at - len(NOTES), 4) if coin else (at, 0)
            line.edit.setMaxLength(7)
            line.edit.setFixedWidth(110)
            line.edit.textEdited.connect(self._add_up)
            for offset, part in enumerate((line.label, line.edit, line.sum)):
                grid.addWidget(part, place, column + offset)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(3, 24)
        grid.setColumnStretch(6, 1)
        whole.body.addLayout(grid)
        total = row(spacing=16)
        total.addWidget(caption(self._both(N_("Counted so far"))))
        self._total = Text(Run("—", "amount", "ink", bold=True))
        total.addWidget(self._total)
        total.addStretch(1)
        whole.body.addLayout(total)
        self._note = Field(self._both(N_("Note (optional)")), limit=400)
        whole.body.addWidget(self._note)
        whole.body.addStretch(1)
        return whole

    def _build_side(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            self._both(N_("Type how many pieces there are of each; 2* is two bundles of 100.")),
            self._both(N_("Count first. What was expected is shown only afterwards.")),
            self._both(
                N_("Enter behind the note fixes the count and closes the drawer; it cannot be changed.")
            ),
            self._both(N_("UPI and card are not in the drawer; do not count them.")),
            self._both(N_("To take money again, sign in anew: a new drawer opens.")),
        ):
            side.body.addWidget(Text(Run(words.lead), Run(words.second, "caption", "ink3"), wrap=True))
        side.body.addStretch(1)
        figures = row(spacing=16)
        self._expected = Figure(self._both(N_("Expected")))
        self._in_drawer = Figure(self._both(N_("Counted")))
        self._difference = Figure(self._both(N_("Difference")))
        for figure in (self._expected, self._in_drawer, self._difference):
            figures.addWidget(figure, 1)
        side.section().addLayout(figures)
        side.section().addLayout(key_line([("Enter", self._both(N_("Next, at the end: close")))]))
        return side

    # -- what happens ----------------------------------------------------------------------------

    def _close(self) -> None:
        counts = self._counts()
        if counts is None:
            return
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        act, note = self._act, self._note.text()
        self.save(lambda: drawers.close(desk, session, act, counts, note, at), self._closed)

    def _counts(self) -> tuple[Counted, ...] | None:
        """What was counted; None, and said, while a number cannot be."""
        try:
            counts = [Counted(line.piece, line.face, line.pieces()) for line in self._lines]
        except CountTooLarge as refused:
            self.frame.tell(refusal_sentence(refused, self.language), Kind.WARN)
            return None
        return tuple(one for one in counts if one.pieces)

    @Slot()
    def _add_up(self) -> None:
        """The sums of the lines and of all: of what was typed, never of the day."""
        counts = self._counts()
        if counts is None:
            return
        worth = {(one.piece, one.face): one.amount for one in counts}
        for line in self._lines:
            amount = worth.get((line.piece, line.face), 0)
            line.sum.show_runs(Run(rupees(amount) if amount else "—", "body", "ink2"))
        self._total.show_runs(Run(rupees(counted_total(counts)), "amount", "ink", bold=True))

    def _show(self, drawer: DrawerNow | None) -> None:
        self._open = drawer is not None
        if drawer is None:
            words = self._both(N_("No drawer is open. Sign in again to open one."))
        else:
            words = self._both(
                N_("Open since {at}, {count} receipts"), at=clock(drawer.opened_at), count=drawer.receipts
            )
        for edit in (*(line.edit for line in self._lines), self._note.edit):
            edit.setReadOnly(not self._open)
        self._since.show_runs(Run(words.lead, "body", "ink2"), Run(words.second, "caption", "ink3"))
        self.frame.keys_changed()

    def _closed(self, closed: Closed) -> None:
        self.frame.drop_draft(self._act)
        self.frame.print_job(closed.act)
        self._show(None)
        report = closed.report
        self._expected.put(rupees(report.expected))
        self._in_drawer.put(rupees(report.counted))
        self._difference.put(rupees(report.difference))
        difference = report.difference
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


def _name(line: _Pieces) -> str:
    """The name of a line in kept work."""
    return f"{line.piece} {line.face}"
