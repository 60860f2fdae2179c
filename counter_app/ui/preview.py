"""A paper as it will come out, drawn by the same code, black on white in every theme."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui import theme

if TYPE_CHECKING:
    from counter_app.documents.page import Document

INCH = 25.4


class Preview(QWidget):
    """The first sheet of a document, as wide as there is room; what is too long is cropped at the bottom.

    ``whole`` fits the sheet into the room instead (an A4 page).
    """

    def __init__(self, name: str, *, whole: bool = False) -> None:
        super().__init__()
        self._whole = whole
        self._document: Document | None = None
        self._picture: QImage | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_document(self, document: "Document | None") -> None:
        """Show another document; None leaves the paper empty."""
        self._document, self._picture = document, None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        box = self.rect()
        image = self._drawn(self._document) if self._document is not None else None
        if image is not None and self._whole:
            box = QRect(0, 0, round(image.width() / ratio), round(image.height() / ratio))
            box.moveLeft((self.width() - box.width()) // 2)
        painter.fillRect(box, theme.colour("sheet"))
        if image is not None:
            painter.drawImage(QRectF(box.left(), 0, image.width() / ratio, image.height() / ratio), image)
        painter.setPen(theme.colour("line"))
        painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _drawn(self, document: "Document") -> QImage:
        sheet = document.sheets[0]
        room = self.width()
        if self._whole:
            room = min(room, round(self.height() * sheet.width / sheet.height))
        width = round(room * self.devicePixelRatioF())
        if self._picture is None or abs(self._picture.width() - width) > 1:
            from counter_app.printing.painter import picture

            self._picture = picture(sheet, width * INCH / sheet.width)
        return self._picture
