"""One read-only table model over frozen rows."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from counter_app.words.say import Both

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
CELL = Qt.ItemDataRole.UserRole


class Cell(NamedTuple):
    """What stands in one place of a table: text, colour token, weight, an icon before it."""

    text: str
    tone: str = "ink"
    bold: bool = False
    icon: str = ""
    struck: bool = False


class Column(NamedTuple):
    """A column: its heading, its width in logical pixels (0 takes what is left), numbers at the right."""

    head: Both
    width: int = 0
    right: bool = False


class Rows(QAbstractTableModel, Generic[T]):
    """Rows shown by a function that makes their cells; replaced as a whole."""

    def __init__(self, columns: Sequence[Column], cells: Callable[[T], Sequence[Cell]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._cells = cells
        self._rows: tuple[T, ...] = ()

    def replace(self, rows: Sequence[T]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def at(self, place: int) -> T:
        """The row in a place."""
        return self._rows[place]

    def rows(self) -> tuple[T, ...]:
        """All rows."""
        return self._rows

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, CELL):
            return None
        cell = self._cells(self._rows[index.row()])[index.column()]
        return cell if role == CELL else cell.text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            head = self.columns[section].head
            return f"{head.lead} {head.second}".strip()
        return None
