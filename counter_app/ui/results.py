"""The list of found consumers: painted rows of 64, the match underlined, what is due at the right."""

from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from counter_app.desk.rows import FoundRow
from counter_app.domain.bill import Payable
from counter_app.domain.consumer import masked
from counter_app.domain.days import business_day
from counter_app.ui import icons, theme
from counter_app.ui.match import marks
from counter_app.ui.parts import Card, Hairline, row
from counter_app.ui.text import caption
from counter_app.ui.wording import names, one_name, place, relation
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock, short_day
from counter_app.words.say import Language, both, say

ROW = 64
HEAD = 34
NAME_WIDTH, NUMBER_WIDTH, DUE_WIDTH = 248, 140, 150
PADDING = 20

_Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class Result(NamedTuple):
    """A found consumer and what is payable on a day; None without a bill."""

    row: FoundRow
    payable: Payable | None
    on: date


class Reason(NamedTuple):
    """The line below an amount: icon, colour token, words."""

    icon: str
    tone: str
    words: str


def reason(result: Result, language: Language) -> Reason:
    """Why the amount is what it is."""
    found, payable, on = result
    if payable is None or found.bill is None:
        return Reason("info", "ink2", say("no bill here", language))
    if payable.amount == 0 and found.paid_at is not None:
        if business_day(found.paid_at) == on:
            return Reason("info", "warn", say("paid today at {time}", language, time=clock(found.paid_at)))
        return Reason("ok", "good", say("paid {day}", language, day=short_day(business_day(found.paid_at))))
    if payable.amount == 0:
        return Reason("ok", "good", say("nothing due", language))
    arrears = found.bill.arrear + found.bill.arrear_duty
    if arrears > 0:
        return Reason("warn", "bad", say("arrears {amount}", language, amount=rupees(arrears)))
    if on > found.bill.due:
        return Reason("warn", "bad", say("was due {day}", language, day=short_day(found.bill.due)))
    return Reason("clock", "ink2", say("due date {day}", language, day=short_day(found.bill.due)))


class _Results(QAbstractListModel):
    """The found consumers, replaced as a whole."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.results: tuple[Result, ...] = ()
        self.typed = ""

    def replace(self, results: tuple[Result, ...], typed: str) -> None:
        self.beginResetModel()
        self.results, self.typed = results, typed
        self.endResetModel()

    def rowCount(self, parent: _Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.results)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        found, payable, _on = self.results[index.row()]
        due = rupees(payable.amount) if payable else ""
        return f"{found.name_hi} {found.name_en} {found.number} {due}"


class ResultList(Card):
    """Heading and rows. Shows whole rows only; ``moved`` comes when another row is selected."""

    moved = Signal()
    opened = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__(padding=(PADDING, 0, PADDING, 0))
        self._model = _Results(language)
        self._room = 0
        head = QWidget()
        head.setFixedHeight(HEAD)
        line = row()
        head.setLayout(line)
        for words, width in (
            (both("Name", language), NAME_WIDTH),
            (both("Number", language), NUMBER_WIDTH),
            (both("Father/husband, place", language), 0),
            (both("Due", language), -1),
        ):
            text = caption(words)
            if width > 0:
                text.setFixedWidth(width)
            line.addWidget(text, 1 if width == 0 else 0)
        self.body.addWidget(head)
        self.whole.addWidget(Hairline())
        self._view = _View(self._model, say("Found consumers", language), language)
        self.whole.addWidget(self._view)
        self._view.clicked.connect(self._clicked)
        self._view.doubleClicked.connect(self.opened)
        self.hide()

    def show_results(self, results: tuple[Result, ...], typed: str) -> None:
        """Show other rows; a consumer that was selected and is still there stays selected."""
        before = self.selected()
        self._model.replace(results, typed)
        place = next(
            (at for at, result in enumerate(results) if before and result.row.number == before.number), 0
        )
        self.setVisible(bool(results))
        self._fit()
        if results:
            self._view.setCurrentIndex(self._model.index(place if before else 0))

    def results(self) -> tuple[Result, ...]:
        """All rows, best first."""
        return self._model.results

    def result(self) -> Result | None:
        """What is selected."""
        index = self._view.currentIndex()
        return self._model.results[index.row()] if index.isValid() and self._model.results else None

    def selected(self) -> FoundRow | None:
        """Who is selected."""
        chosen = self.result()
        return chosen.row if chosen else None

    def step(self, rows: int) -> bool:
        """Select the next row up or down; tells whether there are rows."""
        count = len(self._model.results)
        if count:
            place = min(max(self._view.currentIndex().row() + rows, 0), count - 1)
            self._view.setCurrentIndex(self._model.index(place))
            self.moved.emit()
        return bool(count)

    def fit(self, room: int) -> None:
        """How high the list may be: so many whole rows are shown."""
        self._room = room
        self._fit()

    def _fit(self) -> None:
        rows = max((self._room - HEAD - 3) // ROW, 1)
        self._view.setFixedHeight(ROW * min(rows, max(len(self._model.results), 1)))

    def _clicked(self, _index: QModelIndex) -> None:
        self.moved.emit()


class _View(QListView):
    def __init__(self, model: _Results, name: str, language: Language) -> None:
        super().__init__()
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegate(_RowPainter(model, language, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verticalScrollBar().setSingleStep(ROW)


class _RowPainter(QStyledItemDelegate):
    """Draws a row: name in both scripts, number and mobile, whose and where, due and why."""

    def __init__(self, model: _Results, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._language = model, language

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(400, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        view = self.parent()
        assert isinstance(view, QListView)
        box = view.visualRect(index)
        result = self._model.results[index.row()]
        selected = view.currentIndex() == index
        if selected:
            painter.fillRect(box, theme.colour("accent-soft"))
            painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), theme.colour("accent"))
        if index.row() < len(self._model.results) - 1:
            painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))
        # The scroll bar lies over the padding, so that the amounts stand below their heading.
        box.setWidth(view.width())
        room = box.adjusted(PADDING, 0, -PADDING, 0)
        due_left = room.right() - DUE_WIDTH
        self._names(painter, QRect(room.left(), box.top(), NAME_WIDTH - 16, ROW), result.row, selected)
        left = room.left() + NAME_WIDTH
        found, language = result.row, self._language
        mobile = masked(found.mobile)
        second = say("mob. {mobile}", language, mobile=mobile) if mobile else say("no mobile", language)
        _two(painter, QRect(left, box.top(), NUMBER_WIDTH - 8, ROW), (found.number, "ink"), (second, "ink2"))
        left += NUMBER_WIDTH
        whose, where = place_lines(found, language)
        _two(painter, QRect(left, box.top(), due_left - left - 12, ROW), (whose, "ink"), (where, "ink2"))
        self._due(painter, QRect(due_left, box.top(), DUE_WIDTH, ROW), result)

    def _names(self, painter: QPainter, room: QRect, found: FoundRow, bold: bool) -> None:
        lead, second = names(self._language, found.name_hi, found.name_en)
        on_lead = marks(lead, self._model.typed)
        _line(painter, room, 11, lead, "lead", "ink", bold=bold, underlined=on_lead)
        on_second = () if on_lead else marks(second, self._model.typed)
        _line(painter, room, 34, second, "body", "ink2", underlined=on_second)

    def _due(self, painter: QPainter, room: QRect, result: Result) -> None:
        amount = rupees(result.payable.amount) if result.payable else "—"
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("title", bold=True))
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRect(room.left(), room.top() + 8, room.width(), 30), right, amount)
        why = reason(result, self._language)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour(why.tone))
        line = QRect(room.left(), room.top() + 36, room.width(), 20)
        painter.drawText(line, right, why.words)
        width = painter.fontMetrics().horizontalAdvance(why.words)
        icons.draw(
            painter, why.icon, QRectF(room.right() - width - 19, line.center().y() - 7, 14, 14), why.tone
        )


def place_lines(found: FoundRow, language: Language) -> tuple[str, str]:
    """Whose child or wife, and where: the reader's script above, the other below."""
    upper = relation(language, found.relation, found.relation_hi, found.relation_en)
    other = Language.ENGLISH if language is Language.HINDI else Language.HINDI
    lower = one_name(other, found.relation_hi, found.relation_en)
    here = one_name(language, found.locality_hi, found.locality_en)
    there = place(other, "", found.locality_hi, found.locality_en, found.ward)
    return _joined(upper, here), _joined(lower, there)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _two(painter: QPainter, room: QRect, upper: tuple[str, str], lower: tuple[str, str]) -> None:
    _line(painter, room, 11, upper[0], "body", upper[1])
    _line(painter, room, 34, lower[0], "caption", lower[1])


def _line(
    painter: QPainter,
    room: QRect,
    top: int,
    text: str,
    size: str,
    tone: str,
    *,
    bold: bool = False,
    underlined: tuple[tuple[int, int], ...] = (),
) -> None:
    """One line of a row, ended by "…" where it is too long; parts of it underlined."""
    face = theme.font(size, bold=bold)
    shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    layout = QTextLayout(shown, face)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100_000)
    layout.endLayout()
    height = theme.line_height(size)
    shift = (height - line.height()) / 2
    painter.setPen(theme.colour(tone))
    layout.draw(painter, QPointF(room.left(), room.top() + top + shift))
    base = room.top() + top + shift + line.ascent() + 4
    for start, length in underlined:
        left, right = _x(line, start), _x(line, min(start + length, len(shown)))
        painter.fillRect(QRectF(room.left() + left, base, right - left, 2), theme.colour("accent"))


def _x(line: Any, place: int) -> float:
    at = line.cursorToX(place)
    return float(at[0] if isinstance(at, tuple) else at)
