"""A paper as it will come out, drawn by the same code, black on white in every theme."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui import theme

if TYPE_CHECKING:
    from counter_app.documents.page import Document

INCH = 25.4


class Preview(QWidget):
    """The first sheet of a document, as wide as there is room; what is too long is cropped at the bottom."""

    def __init__(self, name: str) -> None:
        super().__init__()
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
        painter.fillRect(self.rect(), theme.colour("sheet"))
        if self._document is not None:
            image = self._drawn(self._document)
            ratio = self.devicePixelRatioF()
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
