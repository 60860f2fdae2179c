"""Counting cash: a line for each note and coin, the number typed, what it makes, and the sum."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.drawer import BUNDLE, MOST_PIECES, Counted, Face, Piece
from counter_app.domain.money import Paise
from counter_app.domain.money_refusals import CountTooLarge
from counter_app.domain.text import only_digits
from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Card, Hairline, column, row
from counter_app.ui.text import Run, Text, heading
from counter_app.words.amounts import rupees
from counter_app.words.say import N_, Both, Language, both

ROW = 33
WIDTH = 411
_BUNDLED = "*"
_TYPED = r"[0-9०-९]{0,5} ?\*?"


class CountCard(Card):
    """The notes and coins of a drawer. ``changed`` comes with every key; ``refused`` when a number cannot be.

    ``2*`` stands for two bundles of a hundred. Once ``fix`` was called nothing can be typed.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, language: Language, faces: Sequence[Face], title: Both) -> None:
        super().__init__(padding=(20, 10, 20, 8), spacing=0)
        self._language = language
        self.setFixedWidth(theme.scaled(WIDTH))
        head = row(spacing=8)
        head.addWidget(heading(title, "body"), 1)
        blind = both(N_("blind"), language)
        head.addWidget(Icon("eyeoff", 16, "ink2"))
        head.addWidget(Text(Run(blind.lead, "caption", "ink2"), Run(blind.second, "caption", "ink3")))
        self.body.addLayout(head)
        names = {Piece.NOTE: both(N_("note"), language).lead, Piece.COIN: both(N_("coin"), language).lead}
        self._lines = [_Pieces(face, names[face[0]]) for face in faces]
        rows = QWidget()
        layout = column(margins=(1, 0, 1, 0))
        rows.setLayout(layout)
        layout.addWidget(_captions(language))
        for line in self._lines:
            layout.addWidget(Hairline())
            layout.addWidget(line)
            line.edit.textEdited.connect(self._edited)
        layout.addStretch(1)
        self.flush(rows, stretch=1)
        self.whole.addWidget(Hairline("ink"))
        foot = row(spacing=8, margins=(19, 6, 19, 6))
        self.whole.addLayout(foot)
        total = both(N_("Cash counted"), language)
        foot.addWidget(
            Text(Run(total.lead, "body", "ink", bold=True), Run(total.second, "caption", "ink3")), 1
        )
        self._total = Text(Run(rupees(0), "title", "ink", bold=True))
        foot.addWidget(self._total)
        self._label = total
        self._note = Text(elide=True)
        below = row(margins=(19, 0, 19, 8))
        below.addWidget(self._note)
        self.whole.addLayout(below)
        self._add_up()

    def counts(self) -> tuple[Counted, ...]:
        """What was counted, lines without pieces left out; ``CountTooLarge`` for a number that cannot be."""
        counted = (Counted(*line.face, line.pieces()) for line in self._lines)
        return tuple(one for one in counted if one.pieces)

    def typed(self) -> dict[str, str]:
        """What stands in the lines, by their names."""
        return {line.name: line.edit.text() for line in self._lines if line.edit.text()}

    def put(self, typed: Mapping[str, str]) -> None:
        """Fill the lines for the person; empty: a new count."""
        for line in self._lines:
            line.edit.setText(typed.get(line.name, ""))
            line.edit.setReadOnly(False)
        self._note.show_runs(Run(" ", "caption"))
        self._add_up()

    def show_counts(self, counts: Sequence[Counted], note: Both) -> None:
        """Show a count that is fixed; ``note`` says since when."""
        known = {(one.piece, one.face): one.pieces for one in counts}
        for line in self._lines:
            pieces = known.get(line.face, 0)
            line.edit.setText(str(pieces) if pieces else "")
            line.edit.setReadOnly(True)
        self._note.show_runs(Run(note.lead, "caption", "ink2"), Run(note.second, "caption", "ink3"))
        self._add_up()

    def begin(self) -> None:
        """Put the cursor into the first line."""
        self._lines[0].edit.setFocus()

    def has_focus(self) -> bool:
        """Whether what is typed goes into one of the lines."""
        return self._place() >= 0

    def step(self, rows: int) -> bool:
        """Move from line to line; tells whether there was one."""
        place = self._place() + rows
        if self._place() < 0 or not 0 <= place < len(self._lines):
            return False
        self._lines[place].edit.setFocus()
        return True

    def _place(self) -> int:
        focus = self.window().focusWidget()
        return next((at for at, line in enumerate(self._lines) if line.edit is focus), -1)

    @Slot()
    def _edited(self) -> None:
        self._add_up()
        self.changed.emit()

    def _add_up(self) -> None:
        """The sums of the lines and of all: of what was typed, never of the day."""
        total: Paise = 0
        for line in self._lines:
            try:
                amount = line.face[1] * line.pieces()
            except CountTooLarge as refused:
                self.refused.emit(refused)
                return
            total += amount
            line.sum.show_runs(Run(rupees(amount) if amount else "—", "body", "ink" if amount else "ink3"))
        self._total.show_runs(Run(rupees(total), "title", "ink", bold=True))
        self._total.setAccessibleName(f"{self._label.lead} {rupees(total)}")


class _Pieces(QWidget):
    """A line: what it counts, the number typed, what it makes."""

    def __init__(self, face: Face, word: str) -> None:
        super().__init__()
        self.face, self.name = face, f"{face[0]} {face[1]}"
        self.setFixedHeight(theme.scaled(ROW))
        layout = row(spacing=12, margins=(19, 0, 19, 0))
        self.setLayout(layout)
        value = rupees(face[1])
        layout.addWidget(Text(Run(value, "body", "ink", bold=True), Run(word, "caption", "ink3")), 1)
        self.edit = QLineEdit()
        self.edit.setProperty("dense", "true")
        self.edit.setFixedWidth(theme.scaled(96))
        self.edit.setMaxLength(7)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setAccessibleName(f"{value} {word}")
        self.edit.setValidator(QRegularExpressionValidator(QRegularExpression(_TYPED), self.edit))
        layout.addWidget(self.edit)
        self.sum = Text(Run("—", "body", "ink3"), align=Qt.AlignmentFlag.AlignRight)
        self.sum.setFixedWidth(theme.scaled(110))
        layout.addWidget(self.sum)

    def pieces(self) -> int:
        """How many were typed; ``CountTooLarge`` for too many."""
        typed = self.edit.text()
        count = int(only_digits(typed) or 0) * (BUNDLE if typed.rstrip().endswith(_BUNDLED) else 1)
        if count > MOST_PIECES:
            raise CountTooLarge(MOST_PIECES)
        return count


def _captions(language: Language) -> QWidget:
    """The headings of the three columns."""
    line = QWidget()
    line.setFixedHeight(theme.scaled(24))
    layout = row(spacing=12, margins=(19, 0, 19, 0))
    line.setLayout(layout)
    right = Qt.AlignmentFlag.AlignRight
    for words, width in (
        (both(N_("Value"), language), 0),
        (both(N_("Pieces"), language), 96),
        (both(N_("Amount"), language), 110),
    ):
        side = right if width else Qt.AlignmentFlag.AlignLeft
        text = Text(Run(words.lead, "caption", "ink3"), Run(words.second, "caption", "ink3"), align=side)
        if width:
            text.setFixedWidth(theme.scaled(width))
        layout.addWidget(text, 0 if width else 1)
    return line
