"""A table without a grid: one hairline between rows, the selected row with an accent bar."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from counter_app.ui import icons, theme
from counter_app.ui.models import CELL, Cell, Column, Rows
from counter_app.ui.parts import Hairline, column, row
from counter_app.ui.text import LeadingText, Run, Text
from counter_app.words.say import Both

ROW = 37
DENSE = 33
HEAD = 34
PADDING = 20


class Table(QWidget):
    """Heading and rows. The arrows come through ``step``; ``moved`` tells the selected place, -1 for none."""

    moved = Signal(int)

    def __init__(self, rows: Rows[Any], name: str, empty: Both, *, pitch: int = ROW) -> None:
        super().__init__()
        self.rows = rows
        layout = column()
        self.setLayout(layout)
        self._head = self._build_head(rows)
        layout.addWidget(self._head)
        layout.addWidget(Hairline())
        self._empty = QWidget()
        said = column(margins=(PADDING, 12, PADDING, 12))
        said.addWidget(Text(Run(empty.lead, "body", "ink2"), Run(empty.second, "caption", "ink3"), wrap=True))
        self._empty.setLayout(said)
        self.view = _View(rows, name, pitch)
        layout.addWidget(self._empty)
        layout.addWidget(self.view, 1)
        layout.addStretch(0)
        self.view.clicked.connect(self._clicked)
        self.view.verticalScrollBar().rangeChanged.connect(self._leave_room)
        rows.modelReset.connect(self._reset)
        self._reset()

    def place(self) -> int:
        """The selected place; -1 for none."""
        index = self.view.currentIndex()
        return index.row() if index.isValid() else -1

    def select(self, place: int) -> None:
        """Select a row; a place outside selects none."""
        if 0 <= place < self.rows.rowCount():
            self.view.selectRow(place)
        else:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        self.moved.emit(self.place())

    def step(self, step: int) -> bool:
        """Select the next row up or down; stays at the ends. Tells whether there are rows."""
        count = self.rows.rowCount()
        if count:
            self.select(min(max(self.place() + step, 0), count - 1))
        return bool(count)

    def _build_head(self, rows: Rows[Any]) -> QWidget:
        head = QWidget()
        head.setFixedHeight(theme.scaled(HEAD))
        line = row(margins=(PADDING, 0, PADDING, 0))
        head.setLayout(line)
        for spec in rows.columns:
            side = Qt.AlignmentFlag.AlignRight if spec.right else Qt.AlignmentFlag.AlignLeft
            text = LeadingText(
                Run(spec.head.lead, "caption", "ink3"),
                Run(spec.head.second, "caption", "ink3"),
                elide=True,
                align=side,
            )
            edge = PADDING if spec.right else 0
            if spec.width:
                text.setFixedWidth(_width(spec) - edge)
            line.addWidget(text, 0 if spec.width else 1)
            line.addSpacing(edge)
        return head

    def _clicked(self, index: QModelIndex) -> None:
        self.moved.emit(index.row())

    def _leave_room(self, _least: int, most: int) -> None:
        """The heads stand over their columns whether the rows have a scroll bar beside them or not."""
        bar = self.view.verticalScrollBar().sizeHint().width() if most else 0
        layout = self._head.layout()
        assert layout is not None
        layout.setContentsMargins(PADDING, 0, PADDING + bar, 0)

    def _reset(self) -> None:
        self._empty.setVisible(not self.rows.rowCount())


def _width(spec: Column) -> int:
    """A column's width; in large print it gives up the room that it had to spare."""
    return round(theme.scaled(spec.width) * 0.9) if theme.is_large() else spec.width


class _View(QTableView):
    def __init__(self, rows: Rows[Any], name: str, pitch: int) -> None:
        super().__init__()
        rows.setParent(self)
        self.setModel(rows)
        self.setAccessibleName(name)
        self.setItemDelegate(_CellPainter(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.scaled(pitch))
        self.horizontalHeader().setMinimumSectionSize(20)
        last = len(rows.columns) - 1
        for place, spec in enumerate(rows.columns):
            edges = PADDING * ((place == 0) + (place == last))
            if spec.width:
                self.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(place, _width(spec) + edges)
            else:
                self.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)


class _CellPainter(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        assert isinstance(model, Rows)
        first, last = index.column() == 0, index.column() == len(model.columns) - 1
        box = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(box, theme.colour("accent-soft"))
            if first:
                painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), theme.colour("accent"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))
        right = model.columns[index.column()].right
        room = box.adjusted(PADDING if first else 0, 0, -PADDING if last or right else 0, -1)
        cell = model.data(index, CELL)
        if isinstance(cell, Cell):
            bold = cell.bold or (first and selected)
            draw_cell(painter, room, cell._replace(bold=bold), right=right)


def draw_cell(painter: QPainter, room: QRect, cell: Cell, *, right: bool) -> None:
    """Draw a cell into its room: icon, then the text, ended by "…" where it is too long."""
    painter.save()
    face = theme.font("body", bold=cell.bold)
    if cell.icon:
        icons.draw(painter, cell.icon, QRectF(room.left(), room.center().y() - 8, 17, 17), cell.tone)
        room = room.adjusted(23, 0, 0, 0)
    painter.setFont(face)
    painter.setPen(theme.colour(cell.tone))
    text = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)
    if cell.struck:
        width = painter.fontMetrics().horizontalAdvance(text)
        left = room.right() - width if right else room.left()
        painter.drawLine(left, room.center().y() + 1, left + width, room.center().y() + 1)
    painter.restore()
