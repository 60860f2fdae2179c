"""A paper as it will come out, drawn by the same code, black on white in every theme."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from counter_app.ui import theme
from counter_app.ui.parts import Keycap

if TYPE_CHECKING:
    from counter_app.documents.page import Document, Sheet

INCH = 25.4
READABLE = 96  # dots an inch: the smallest letters of a receipt are 8 points
_BETWEEN = 10  # dots from a sheet to the one below it


class Preview(QScrollArea):
    """The sheets of a document, one below the other: each whole where it stays readable so, else wider and
    to be scrolled.

    A key stands over the foot while there is more below; ``turn`` is what it does. ``whole`` always
    fits a sheet into the room (an A4 page).
    """

    def __init__(self, name: str, *, whole: bool = False) -> None:
        super().__init__()
        self._whole = whole
        self._paper = _Paper()
        self.setWidget(self._paper)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._more = Keycap("PgDn")
        self._more.setParent(self)
        self._more.hide()
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._show_more)
        bar.rangeChanged.connect(self._show_more)

    def show_document(self, document: "Document | None") -> None:
        """Show another document, scrolled as far as the one before; None leaves the paper empty."""
        self._paper.put(document.sheets if document else ())
        self._fit()

    def turn(self, pages: int) -> bool:
        """Scroll down (1) or up (-1) by what is seen, less a little; tells whether there was more."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + pages * round(self.viewport().height() * 0.9))
        return bar.value() != before

    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room, sheets = self.maximumViewportSize(), self._paper.sheets
        if not sheets:
            self._paper.resize(room)
            return
        beside_bar = room.width() - self.verticalScrollBar().sizeHint().width()
        most = room.width() if len(sheets) == 1 else beside_bar
        widths = []
        for sheet in sheets:
            width = min(most, int(room.height() * sheet.width / sheet.height))
            if not self._whole:
                width = max(width, min(beside_bar, round(sheet.width * READABLE / INCH)))
            widths.append(width)
        self._paper.lay(widths)

    @Slot()
    def _show_more(self) -> None:
        bar = self.verticalScrollBar()
        self._more.move(self.viewport().width() - self._more.width() - 6, self.height() - 30)
        self._more.setVisible(bar.value() < bar.maximum())


class _Paper(QWidget):
    """The sheets themselves, each in the middle of the widest."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: tuple[Sheet, ...] = ()
        self._places: list[QRect] = []
        self._pictures: dict[int, QImage] = {}

    def put(self, sheets: "tuple[Sheet, ...]") -> None:
        """Show other sheets; nothing is drawn before it is seen."""
        self.sheets = sheets
        self._places.clear()
        self._pictures.clear()
        self.update()

    def lay(self, widths: list[int]) -> None:
        """One below the other, in these widths."""
        self._places, widest, y = [], max(widths), 0
        for sheet, width in zip(self.sheets, widths, strict=True):
            place = QRect(
                QPoint((widest - width) // 2, y), QSize(width, round(width * sheet.height / sheet.width))
            )
            self._places.append(place)
            y = place.bottom() + 1 + _BETWEEN
        self.resize(widest, y - _BETWEEN)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, place in enumerate(self._places or [self.rect()]):
            if not place.intersects(event.rect()):
                continue
            painter.fillRect(place, theme.colour("sheet"))
            if self._places:
                image, ratio = self._drawn(number, place.width()), self.devicePixelRatioF()
                room = QRectF(place.x(), place.y(), image.width() / ratio, image.height() / ratio)
                painter.drawImage(room, image)
            painter.setPen(theme.colour("line"))
            painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _drawn(self, number: int, width: int) -> QImage:
        dots = round(width * self.devicePixelRatioF())
        known = self._pictures.get(number)
        if known is None or abs(known.width() - dots) > 1:
            from counter_app.printing.painter import picture

            sheet = self.sheets[number]
            known = self._pictures[number] = picture(sheet, dots * INCH / sheet.width)
        return known
