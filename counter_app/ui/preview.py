"""A paper as it will come out, drawn by the same code, black on white in every theme."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from counter_app.ui import theme
from counter_app.ui.parts import Keycap

if TYPE_CHECKING:
    from counter_app.documents.page import Document

INCH = 25.4
READABLE = 96  # dots an inch: the smallest letters of a receipt are 8 points


class Preview(QScrollArea):
    """The first sheet of a document: whole where it stays readable so, else wider and to be scrolled.

    A key stands over the foot while there is more below; ``turn`` is what it does. ``whole`` always
    fits the sheet into the room (an A4 page).
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
        self._paper.put(document)
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
        room, ratio = self.maximumViewportSize(), self._paper.ratio
        if not ratio:
            self._paper.resize(room)
            return
        width = min(room.width(), int(room.height() / ratio))
        if not self._whole:
            beside_bar = room.width() - self.verticalScrollBar().sizeHint().width()
            width = max(width, min(beside_bar, self._paper.width_at(READABLE)))
        self._paper.resize(width, round(width * ratio))

    @Slot()
    def _show_more(self) -> None:
        bar = self.verticalScrollBar()
        self._more.move(self.viewport().width() - self._more.width() - 6, self.height() - 30)
        self._more.setVisible(bar.value() < bar.maximum())


class _Paper(QWidget):
    """The sheet itself. ``ratio`` is its height by its width, 0 without one."""

    def __init__(self) -> None:
        super().__init__()
        self._document: Document | None = None
        self._picture: QImage | None = None

    @property
    def ratio(self) -> float:
        if self._document is None:
            return 0.0
        sheet = self._document.sheets[0]
        return sheet.height / sheet.width

    def width_at(self, dpi: float) -> int:
        """The sheet's width at so many dots an inch."""
        return round(self._document.sheets[0].width * dpi / INCH) if self._document else 0

    def put(self, document: "Document | None") -> None:
        self._document, self._picture = document, None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sheet"))
        if self._document is not None:
            image, ratio = self._drawn(self._document), self.devicePixelRatioF()
            painter.drawImage(QRectF(0, 0, image.width() / ratio, image.height() / ratio), image)
        painter.setPen(theme.colour("line"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _drawn(self, document: "Document") -> QImage:
        width = round(self.width() * self.devicePixelRatioF())
        if self._picture is None or abs(self._picture.width() - width) > 1:
            from counter_app.printing.painter import picture

            sheet = document.sheets[0]
            self._picture = picture(sheet, width * INCH / sheet.width)
        return self._picture
