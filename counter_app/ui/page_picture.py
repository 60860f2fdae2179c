"""The picture of a page: as it stood when somebody asked for help, made as large as there is room."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.ui import theme

_LOWEST = 200
"""Logical pixels at the usual print; what has less room is scrolled to."""


class PagePicture(QWidget):
    """Drawn anew for each size, and as fine as the screen is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._picture, self._drawn, self._room = QPixmap(), QPixmap(), QSize()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, picture: QPixmap) -> None:
        """Show another picture; an empty one takes no room."""
        self._picture, self._room = picture, QSize()
        self.setVisible(not picture.isNull())
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.scaled(_LOWEST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        room = self.size() * ratio
        if self._room != room:
            self._room = room
            self._drawn = self._picture.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._drawn.setDevicePixelRatio(ratio)
        size = self._drawn.deviceIndependentSize().toSize()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        painter.setPen(theme.colour("line"))
        painter.drawRect(QRect(0, 0, size.width() - 1, size.height() - 1))
