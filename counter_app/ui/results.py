"""The list of what was found: painted rows of 64; consumers with what is due, actions with their key."""

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
from counter_app.domain.consumer import masked, masked_address
from counter_app.domain.days import business_day
from counter_app.ui import icons, theme
from counter_app.ui.actions import Action, accessible_name, label
from counter_app.ui.match import Marks, left_over, marks, number_marks
from counter_app.ui.parts import CapLook, Card, Hairline, cap_width, draw_cap, draw_marked, row
from counter_app.ui.text import caption
from counter_app.ui.wording import names, one_name, place, relation
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock, short_day
from counter_app.words.say import Language, both, say

ROW = 64
HEAD = 34
NAME_WIDTH, NUMBER_WIDTH, DUE_WIDTH = 248, 140, 150
PADDING = 20
OLD_TAIL = 9  # the last two parts of an old number

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


Item = Result | Action


class _Results(QAbstractListModel):
    """The found consumers and actions, replaced as a whole."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language
        self.items: tuple[Item, ...] = ()
        self.typed = ""

    def replace(self, items: tuple[Item, ...], typed: str) -> None:
        self.beginResetModel()
        self.items, self.typed = items, typed
        self.endResetModel()

    def rowCount(self, parent: _Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        item = self.items[index.row()]
        if isinstance(item, Action):
            return accessible_name(item, self.language)
        found, payable, _on = item
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
        self._chosen = False  # by the arrows or the mouse, not because the row was the first
        self._head = QWidget()
        self._head.setFixedHeight(theme.scaled(HEAD))
        line = row()
        self._head.setLayout(line)
        for words, width in (
            (both("Name", language), theme.scaled(NAME_WIDTH)),
            (both("Number", language), theme.scaled(NUMBER_WIDTH)),
            (both("Father/husband, place", language), 0),
            (both("Due", language), -1),
        ):
            text = caption(words)
            if width > 0:
                text.setFixedWidth(width)
            line.addWidget(text, 1 if width == 0 else 0)
        self.body.addWidget(self._head)
        self.whole.addWidget(Hairline())
        self._view = _View(self._model, say("Found consumers", language), language)
        self.whole.addWidget(self._view)
        self._view.clicked.connect(self._clicked)
        self._view.doubleClicked.connect(self.opened)
        self.hide()

    def show_items(self, items: tuple[Item, ...], typed: str) -> None:
        """Show other rows. The first is selected, unless somebody chose a consumer who is still there."""
        leads = bool(items) and isinstance(items[0], Action)
        before = self.selected() if self._chosen and not leads else None
        self._model.replace(items, typed)
        places = (
            at
            for at, item in enumerate(items)
            if before and isinstance(item, Result) and item.row.number == before.number
        )
        place = next(places, None)
        self._chosen, place = place is not None, place or 0
        self.setVisible(bool(items))
        self._head.setVisible(bool(self.results()))
        self._fit()
        if items:
            self._view.setCurrentIndex(self._model.index(place))

    def results(self) -> tuple[Result, ...]:
        """All found consumers, best first."""
        return tuple(item for item in self._model.items if isinstance(item, Result))

    def result(self) -> Result | None:
        """The selected consumer and what is due."""
        item = self._item()
        return item if isinstance(item, Result) else None

    def selected(self) -> FoundRow | None:
        """Who is selected."""
        chosen = self.result()
        return chosen.row if chosen else None

    def action(self) -> Action | None:
        """The selected action."""
        item = self._item()
        return item if isinstance(item, Action) else None

    def _item(self) -> Item | None:
        index = self._view.currentIndex()
        return self._model.items[index.row()] if index.isValid() and self._model.items else None

    def step(self, rows: int) -> bool:
        """Select the next row up or down; tells whether there are rows."""
        count = len(self._model.items)
        if count:
            place = min(max(self._view.currentIndex().row() + rows, 0), count - 1)
            self._view.setCurrentIndex(self._model.index(place))
            self._chosen = True
            self.moved.emit()
        return bool(count)

    def fit(self, room: int) -> None:
        """How high the list may be: so many whole rows are shown."""
        self._room = room
        self._fit()

    def _fit(self) -> None:
        rows = max((self._room - theme.scaled(HEAD) - 3) // theme.scaled(ROW), 1)
        self._view.setFixedHeight(theme.scaled(ROW) * min(rows, max(len(self._model.items), 1)))

    def _clicked(self, _index: QModelIndex) -> None:
        self._chosen = True
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
        self.verticalScrollBar().setSingleStep(theme.scaled(ROW))


class _RowPainter(QStyledItemDelegate):
    """Draws a row: name in both scripts, number and mobile, whose and where, due and why."""

    def __init__(self, model: _Results, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._language = model, language

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(400, theme.scaled(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        view = self.parent()
        assert isinstance(view, QListView)
        box = view.visualRect(index)
        item = self._model.items[index.row()]
        selected = view.currentIndex() == index
        if selected:
            draw_marked(painter, QRectF(box))
        if index.row() < len(self._model.items) - 1:
            painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))
        # The scroll bar lies over the padding, so that the amounts stand below their heading.
        box.setWidth(view.width())
        room = box.adjusted(PADDING, 0, -PADDING, 0)
        if isinstance(item, Action):
            self._action(painter, room, item, selected)
        else:
            self._consumer(painter, room, item, selected)

    def _action(self, painter: QPainter, room: QRect, action: Action, selected: bool) -> None:
        """The key, what it does in few words, and in more."""
        cap = QRectF(room.left(), room.top() + theme.scaled(20), cap_width(action.cap), theme.scaled(24))
        if action.cap:
            draw_cap(painter, cap, action.cap, CapLook.ACCEPT if selected else CapLook.PLAIN)
        else:
            icons.draw(
                painter, "linked", QRectF(room.left() + 5, room.top() + theme.scaled(22), 20, 20), "ink2"
            )
        words, longer = label(action, self._language), both(action.long, self._language)
        beside = room.adjusted(cap_width(action.cap) + 12, 0, 0, 0)
        name = QRect(beside.left(), room.top(), theme.scaled(NAME_WIDTH), theme.scaled(ROW))
        _line(painter, name, 11, words.lead, "lead", "ink", bold=selected)
        _line(painter, name, 34, words.second, "body", "ink2")
        rest = beside.adjusted(theme.scaled(NAME_WIDTH) + 12, 0, 0, 0)
        _two(painter, rest, (longer.lead, "ink"), (longer.second, "ink2"))

    def _consumer(self, painter: QPainter, room: QRect, result: Result, selected: bool) -> None:
        typed = self._model.typed
        due_left = room.right() - theme.scaled(DUE_WIDTH)
        names_room = QRect(room.left(), room.top(), theme.scaled(NAME_WIDTH) - 16, theme.scaled(ROW))
        other_words = self._names(painter, names_room, result.row, selected)
        left = room.left() + theme.scaled(NAME_WIDTH)
        found, language = result.row, self._language
        column = QRect(left, room.top(), theme.scaled(NUMBER_WIDTH) - 8, theme.scaled(ROW))
        second = number_line(found, language, typed)
        _line(painter, column, 11, found.number, "body", "ink", underlined=number_marks(found.number, typed))
        _line(painter, column, 34, second, "caption", "ink2", underlined=number_marks(second, typed))
        left += theme.scaled(NUMBER_WIDTH)
        whose, where = place_lines(found, language)
        on_whose = marks(whose, other_words)
        on_where = () if on_whose else marks(where, other_words)
        column = QRect(left, room.top(), due_left - left - 12, theme.scaled(ROW))
        _two(painter, column, (whose, "ink"), (where, "ink2"), on_whose, on_where)
        self._due(painter, QRect(due_left, room.top(), theme.scaled(DUE_WIDTH), theme.scaled(ROW)), result)

    def _names(self, painter: QPainter, room: QRect, found: FoundRow, bold: bool) -> str:
        """Draw the name and give back the words typed that are no part of it."""
        lead, second = names(self._language, found.name_hi, found.name_en)
        on_lead = marks(lead, self._model.typed)
        _line(painter, room, 11, lead, "lead", "ink", bold=bold, underlined=on_lead)
        on_second = () if on_lead else marks(second, self._model.typed)
        _line(painter, room, 34, second, "body", "ink2", underlined=on_second)
        return left_over(second, left_over(lead, self._model.typed))

    def _due(self, painter: QPainter, room: QRect, result: Result) -> None:
        amount = rupees(result.payable.amount) if result.payable else "—"
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("title", bold=True))
        painter.setPen(theme.colour("ink"))
        painter.drawText(
            QRect(room.left(), room.top() + theme.scaled(8), room.width(), theme.scaled(30)), right, amount
        )
        why = reason(result, self._language)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour(why.tone))
        line = QRect(room.left(), room.top() + theme.scaled(36), room.width(), theme.scaled(20))
        painter.drawText(line, right, why.words)
        width = painter.fontMetrics().horizontalAdvance(why.words)
        icons.draw(
            painter, why.icon, QRectF(room.right() - width - 19, line.center().y() - 7, 14, 14), why.tone
        )


def is_called(found: FoundRow, typed: str) -> bool:
    """Whether words typed, begun or whole, are those of the name."""
    return any(name and not left_over(name, typed, alike=False) for name in (found.name_hi, found.name_en))


def number_line(found: FoundRow, language: Language, typed: str) -> str:
    """The number that was typed: mobile as far as it may be shown, end of the meter's, old number.

    The mobile when it was none of them, the meter where there is no mobile.
    """
    mobile = say("mob. {mobile}", language, mobile=masked(found.mobile)) if found.mobile else ""
    meter = meter_tail(found, language)
    old = say("old …{tail}", language, tail=found.old_number[-OLD_TAIL:]) if found.old_number else ""
    for line in (mobile, meter, old):
        if number_marks(line, typed) and not number_marks(found.number, typed):
            return line
    return mobile or meter or say("no mobile", language)


def meter_tail(found: FoundRow, language: Language) -> str:
    """The end of the meter's number; empty where it is not known."""
    return say("meter …{tail}", language, tail=found.meter[-4:]) if found.meter else ""


def place_lines(found: FoundRow, language: Language) -> tuple[str, str]:
    """Whose child or wife, and where: the reader's script above, the other below."""
    upper = relation(language, found.relation, found.relation_hi, found.relation_en)
    other = Language.ENGLISH if language is Language.HINDI else Language.HINDI
    lower = one_name(other, found.relation_hi, found.relation_en)
    _, hindi, english = masked_address(found.house, found.locality_hi, found.locality_en)
    here, there = one_name(language, hindi, english), place(other, "", hindi, english, found.ward)
    return _joined(upper, here), _joined(lower, there)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _two(
    painter: QPainter,
    room: QRect,
    upper: tuple[str, str],
    lower: tuple[str, str],
    on_upper: Marks = (),
    on_lower: Marks = (),
) -> None:
    _line(painter, room, 11, upper[0], "body", upper[1], underlined=on_upper)
    _line(painter, room, 34, lower[0], "caption", lower[1], underlined=on_lower)


def _line(
    painter: QPainter,
    room: QRect,
    top: int,
    text: str,
    size: str,
    tone: str,
    *,
    bold: bool = False,
    underlined: Marks = (),
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
    top = theme.scaled(top)
    painter.setPen(theme.colour(tone))
    layout.draw(painter, QPointF(room.left(), room.top() + top + shift))
    base = room.top() + top + shift + line.ascent() + 4
    for start, length in underlined:
        left, right = _x(line, start), _x(line, min(start + length, len(shown)))
        painter.fillRect(QRectF(room.left() + left, base, right - left, 2), theme.colour("accent"))


def _x(line: Any, place: int) -> float:
    at = line.cursorToX(place)
    return float(at[0] if isinstance(at, tuple) else at)
