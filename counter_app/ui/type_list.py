"""The list of complaint types: two digits choose, letters filter, arrows move."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.domain.catalogue import Catalogue, ComplaintGroup, ComplaintType
from counter_app.domain.names import tokens
from counter_app.domain.text import western_digits
from counter_app.ui import icons, theme
from counter_app.ui.parts import CapLook, draw_cap, draw_marked
from counter_app.words.say import Language

_ROW = 29
_GROUP = 24


class TypeList(QWidget):
    """Rows under their groups. ``chosen`` gives the key of the type taken, ``filtered`` what was typed."""

    chosen = Signal(str)
    filtered = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._catalogue: Catalogue | None = None
        self._rows: list[tuple[str, ComplaintType | None]] = []
        self._typed = ""
        self._current = -1
        self._chosen: ComplaintType | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._first = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Show the types of a day; nothing is chosen."""
        self._catalogue, self._typed, self._chosen = catalogue, "", None
        self._lay_out()

    def key(self) -> str:
        """The key of the chosen type; empty while none is."""
        return self._chosen.key if self._chosen else ""

    def kind(self) -> ComplaintType | None:
        """The chosen type."""
        return self._chosen

    def choose(self, key: str) -> bool:
        """Choose a type by its two digits; tells whether there is one."""
        for place, (_, kind) in enumerate(self._rows):
            if kind is not None and kind.key == key:
                self._current, self._chosen, self._typed = place, kind, ""
                self._show_current()
                self.filtered.emit("")
                self.chosen.emit(key)
                return True
        return False

    def take_current(self) -> bool:
        """Choose the marked row; tells whether one is marked."""
        if not 0 <= self._current < len(self._rows):
            return False
        kind = self._rows[self._current][1]
        return kind is not None and self.choose(kind.key)

    def move_by(self, step: int) -> None:
        """Mark the next type up or down."""
        place = self._current + step
        while 0 <= place < len(self._rows):
            if self._rows[place][1] is not None:
                self._current = place
                self._show_current()
                return
            place += step

    def type_text(self, text: str) -> None:
        """Add what was typed: two digits choose at once, letters filter."""
        typed = self._typed + western_digits(text)
        if typed.isdigit():
            self._typed = typed[-2:]
            if len(self._typed) == 2 and self.choose(self._typed):
                return
            if len(self._typed) == 2:
                # No type has these digits: nothing is marked, so Enter takes nothing.
                self._current = -1
                self.update()
        else:
            self._typed = typed
            self._lay_out()
        self.filtered.emit(self._typed)

    def erase(self) -> None:
        """Take the last typed character back."""
        self._typed = self._typed[:-1]
        self._lay_out()
        self.filtered.emit(self._typed)

    def sizeHint(self) -> QSize:
        return QSize(300, 440)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._first = self._within(self._first + (-1 if event.angleDelta().y() > 0 else 1))
        self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._show_current()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() == Qt.Key.Key_Backspace:
            self.erase()
        elif text and text.isprintable() and not text.isspace():
            self.type_text(text)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place, box in enumerate(self._boxes()):
            if box.contains(event.position()) and self._rows[place][1] is not None:
                self._current = place
                self.take_current()
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, (box, (group, kind)) in enumerate(zip(self._boxes(), self._rows, strict=True)):
            if box.top() < 0 or box.bottom() > self.height():
                continue
            if kind is None:
                danger = group.startswith("!")
                left = box.left() + 20
                if danger:
                    icons.draw(painter, "stop", QRectF(left, box.top() + 5, 16, 16), "bad")
                    left += 20
                painter.setFont(theme.font("caption"))
                painter.setPen(theme.colour("bad" if danger else "ink2"))
                painter.drawText(
                    QRectF(left, box.top(), box.width(), box.height()),
                    Qt.AlignmentFlag.AlignVCenter,
                    group.lstrip("!"),
                )
            else:
                self._paint_type(painter, box, kind, marked=place == self._current)

    def _paint_type(self, painter: QPainter, box: QRectF, kind: ComplaintType, *, marked: bool) -> None:
        if marked:
            draw_marked(painter, box)
        chosen = kind is self._chosen
        cap = QRectF(20, box.top() + 2.5, theme.scaled(30), theme.scaled(24))
        draw_cap(painter, cap, kind.key, CapLook.ACCEPT if marked or chosen else CapLook.PLAIN)
        hindi = self._language is Language.HINDI
        lead, other = (kind.name_hi, kind.name_en) if hindi else (kind.name_en, "")
        font = theme.font("body", bold=marked or chosen)
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        left = cap.right() + 12
        room = box.width() - left - 12
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(lead, Qt.TextElideMode.ElideRight, int(room))
        words = QRectF(left, box.top(), room, box.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        used = metrics.horizontalAdvance(shown) + 10
        if other and used < room - 40:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("ink3"))
            rest = painter.fontMetrics().elidedText(other, Qt.TextElideMode.ElideRight, int(room - used))
            painter.drawText(words.adjusted(used, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, rest)

    def _boxes(self) -> list[QRectF]:
        """Where each row stands; rows before the first shown one lie above the widget."""
        heights = [theme.scaled(_GROUP if kind is None else _ROW) for _, kind in self._rows]
        boxes, top = [], 6.0 - sum(heights[: self._first])
        for height in heights:
            boxes.append(QRectF(0, top, self.width(), height))
            top += height
        return boxes

    def _within(self, first: int) -> int:
        """The nearest first row that leaves no empty room below the last one."""
        heights = [theme.scaled(_GROUP if kind is None else _ROW) for _, kind in self._rows]
        most, left = len(heights), float(self.height() - 12)
        while most and left >= heights[most - 1]:
            most -= 1
            left -= heights[most]
        return max(0, min(first, most))

    def _lay_out(self) -> None:
        self._rows, self._first = [], 0
        wanted = tokens(self._typed) if self._typed and not self._typed.isdigit() else ()
        for group, types in self._groups():
            fitting = [kind for kind in types if _fits(kind, wanted)]
            if fitting:
                hindi = self._language is Language.HINDI
                words = f"{group.name_hi} {group.name_en}" if hindi else group.name_en
                self._rows.append((f"!{words}" if fitting[0].dangerous else words, None))
                self._rows += [("", kind) for kind in fitting]
        kinds = [(place, kind) for place, (_, kind) in enumerate(self._rows) if kind is not None]
        usual = [place for place, kind in kinds if not kind.dangerous] or [place for place, _ in kinds]
        self._current = usual[0] if usual else -1
        self.setAccessibleName(", ".join(f"{kind.key} {kind.name_en}" for _, kind in self._rows if kind))
        self.updateGeometry()
        self._show_current()

    def _groups(self) -> list[tuple[ComplaintGroup, list[ComplaintType]]]:
        """Groups with their types; danger to life stands first, so that it is never out of sight."""
        if self._catalogue is None:
            return []
        types = self._catalogue.types
        groups = [
            (group, [kind for kind in types if kind.group == group.key]) for group in self._catalogue.groups
        ]
        return sorted(groups, key=lambda entry: not any(kind.dangerous for kind in entry[1]))

    def _show_current(self) -> None:
        if self._current >= 0:
            # A group's first type brings the group's name into sight with it.
            above = self._current - 1 if self._rows[self._current - 1][1] is None else self._current
            self._first = self._within(min(self._first, max(above, 0)))
            while self._boxes()[self._current].bottom() > self.height() and self._first < self._current:
                self._first += 1
        self.update()


def _fits(kind: ComplaintType, wanted: tuple[str, ...]) -> bool:
    """Whether every typed word begins some word that people say for the type, or its code."""
    have = tokens(" ".join((kind.name_hi, kind.name_en, *kind.words, kind.code)))
    return all(any(word.startswith(part) for word in have) for part in wanted)
