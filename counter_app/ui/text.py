"""Text on the screen. Every label is a ``Text``: plain text, Hindi and English on one line, never cut."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from counter_app.ui import theme
from counter_app.words.say import Both

UNLIMITED = 100_000
# Layouts ask for the height at widths nobody ever sees.
NARROWEST = 80


class Run(NamedTuple):
    """A piece of a line in one size, colour token and weight."""

    text: str
    size: str = "body"
    tone: str = "ink"
    bold: bool = False
    struck: bool = False


class Text(QLabel):
    """Runs of text on one baseline; one line, or wrapped when ``wrap``.

    ``elide`` lets a single line end in "…" when there is no room: for names and places, never for
    money and numbers. ``lines`` limits wrapped text (0: as many as it takes).
    """

    def __init__(
        self,
        *runs: Run,
        wrap: bool = False,
        elide: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        gap: str = " ",
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._wrap, self._elide, self._gap, self._side = wrap, elide, gap, align
        self._runs: tuple[Run, ...] = ()
        self._natural = -1
        self._heights: dict[int, int] = {}
        self._laid: tuple[tuple[float, tuple[Run, ...], QColor], QTextLayout, list[QTextLine]] | None = None
        self.setWordWrap(wrap)
        upright = QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, upright)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.show_runs(*runs)

    def show_runs(self, *runs: Run) -> None:
        """Show other runs; empty ones are left out."""
        shown = tuple(run for run in runs if run.text)
        if shown == self._runs and self.text():
            return
        height = self._slot() if self._runs else 0
        self._runs = shown
        self._natural, self._heights = -1, {}
        self.setText(self._gap.join(run.text for run in shown))
        if height != self._slot() or self._wrap or not self._elide:
            self.updateGeometry()
        self.update()

    def runs(self) -> tuple[Run, ...]:
        """What is shown."""
        return self._runs

    def natural_width(self) -> int:
        """The width of the text on one line, in logical pixels, rounded up."""
        if self._natural < 0:
            _layout, lines = self._laid_out(UNLIMITED, self._runs)
            self._natural = int(max((line.naturalTextWidth() for line in lines), default=0.0)) + 2
        return self._natural

    def sizeHint(self) -> QSize:
        return QSize(self.natural_width(), self._slot())

    def minimumSizeHint(self) -> QSize:
        if self._wrap or self._elide:
            return QSize(0, self._slot())
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        if not self._wrap:
            return self._slot()
        width = max(width, NARROWEST)
        if width not in self._heights:
            _layout, lines = self._laid_out(width, self._runs)
            self._heights[width] = max(len(lines), 1) * self._slot()
        return self._heights[width]

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._runs:
            return
        painter = QPainter(self)
        layout, lines = self._laid_out(self.width(), tuple(self.fitting()))
        slot = self._slot()
        top = max((self.height() - slot * len(lines)) / 2, 0.0)
        for place, line in enumerate(lines):
            left = 0.0
            if self._side & Qt.AlignmentFlag.AlignRight:
                left = self.width() - line.naturalTextWidth()
            elif self._side & Qt.AlignmentFlag.AlignHCenter:
                left = (self.width() - line.naturalTextWidth()) / 2
            line.setPosition(QPointF(left, top + place * slot + (slot - line.height()) / 2))
        layout.draw(painter, QPointF(0, 0))

    def _slot(self) -> int:
        return max((theme.line_height(run.size) for run in self._runs), default=theme.line_height("body"))

    def fitting(self) -> Iterator[Run]:
        """The runs as they fit on the line: the last ones give way first."""
        if self._wrap or not self._elide or self.natural_width() <= self.width() + 2:
            yield from self._runs
            return
        left = float(self.width())
        for place, run in enumerate(self._runs):
            metrics = QFontMetricsF(theme.font(run.size, bold=run.bold))
            if place:
                left -= metrics.horizontalAdvance(self._gap)
            if left <= 0:
                return
            yield run._replace(text=metrics.elidedText(run.text, Qt.TextElideMode.ElideRight, left))
            left -= metrics.horizontalAdvance(run.text)

    def _laid_out(self, width: float, runs: tuple[Run, ...]) -> tuple[QTextLayout, list[QTextLine]]:
        """A layout of the runs and its lines. Shaping Hindi is dear: what was measured is painted as well."""
        made_for = (width if self._wrap else UNLIMITED, runs, theme.colour("ink"))
        if self._laid is None or self._laid[0] != made_for:
            self._laid = (made_for, *self._lay_out(made_for[0], runs))
        return self._laid[1:]

    def _lay_out(self, width: float, runs: tuple[Run, ...]) -> tuple[QTextLayout, list[QTextLine]]:
        layout = QTextLayout(self._gap.join(run.text for run in runs))
        layout.setFont(theme.font(runs[0].size if runs else "body"))
        option = QTextOption()
        option.setWrapMode(
            QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if self._wrap else QTextOption.WrapMode.NoWrap
        )
        layout.setTextOption(option)
        layout.setFormats(formats(runs, self._gap))
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(line)
        layout.endLayout()
        return layout, lines


class LeadingText(Text):
    """One line in both languages; where there is no room for both, the leading one alone."""

    def fitting(self) -> Iterator[Run]:
        whole = self.natural_width() <= self.width() + 2
        return islice(super().fitting(), len(self.runs()) if whole else 1)


def formats(runs: Sequence[Run], gap: str) -> list[QTextLayout.FormatRange]:
    """How the runs look, for a layout of their texts joined by ``gap``."""
    ranges, start = [], 0
    for run in runs:
        look = QTextCharFormat()
        look.setFont(theme.font(run.size, bold=run.bold))
        look.setForeground(theme.colour(run.tone))
        look.setFontStrikeOut(run.struck)
        piece = QTextLayout.FormatRange()
        length = len((run.text + gap).encode("utf-16-le")) // 2
        piece.start, piece.length, piece.format = start, length, look
        ranges.append(piece)
        start += length
    return ranges


def announce(widget: QWidget, text: str) -> None:
    """Have a text read out once, politely, where somebody listens with a screen reader."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def plain(text: str, size: str = "body", tone: str = "ink", *, bold: bool = False) -> Text:
    """One line in one look."""
    return Text(Run(text, size, tone, bold))


def paragraph(text: str, size: str = "body", tone: str = "ink") -> Text:
    """Wrapped text in one look."""
    return Text(Run(text, size, tone), wrap=True)


def heading(both: Both, size: str = "body") -> Text:
    """A heading in both languages on one line: the leading one bold, the other grey."""
    return Text(Run(both.lead, size, "ink", bold=True), Run(both.second, size, "ink3"), elide=True)


def caption(both: Both) -> Text:
    """A small label in both languages on one line."""
    return Text(Run(both.lead, "caption", "ink2"), Run(both.second, "caption", "ink3"), elide=True)


def sentence(both: Both, size: str = "caption", tone: str = "ink2") -> Text:
    """A hint in both languages, wrapped where it must."""
    return Text(Run(both.lead, size, tone), Run(both.second, size, "ink3"), wrap=True)
