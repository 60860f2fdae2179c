"""The photos and scans beside a complaint: looked at one by one, and one more brought to them."""

from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.desk import pictures
from counter_app.desk.rows import PictureRow
from counter_app.ui.attached import FILES, PICTURE_KEY
from counter_app.ui.file_dialogs import choose_file
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.parts import Card, Kind
from counter_app.ui.pictures import made_anew, read_file
from counter_app.ui.table import Table
from counter_app.ui.text import Run, Text, heading
from counter_app.words.dates import stamp
from counter_app.words.say import N_, Both, both


class _Brought(NamedTuple):
    """A picture that was read, for the complaint that was shown when it was chosen."""

    complaint: UUID
    act: UUID
    content: bytes


class PicturesPage(Page):
    """The arrows choose, Ins brings another. What is shown was taken apart and put together again first."""

    name = "pictures"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._complaint: UUID | None = None
        self._act = uuid4()
        self._shown = ""
        whole = Card()
        self._said = Text(elide=True)
        self._view = PictureView()
        whole.body.addWidget(self._said)
        whole.body.addWidget(self._view, 1)
        self.main_column.addWidget(whole, 1)
        side = Card(padding=(20, 14, 20, 14))
        side.body.addWidget(heading(self._both(N_("Photos and scans"))))
        columns = (Column(self._both(N_("Kept"))), Column(self._both(N_("By")), 120))
        empty = self._both(N_("None yet. Ins brings one."))
        self._rows = Rows(columns, self._cells)
        self._table = Table(self._rows, self._both(N_("Photos and scans")).lead, empty)
        self._table.moved.connect(self._moved)
        side.flush(self._table, stretch=1)
        self.side_column.addWidget(side, 1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        another = Key(PICTURE_KEY, self._both(N_("Photo")))
        return Keys(("help", "status", "lock"), more=(another,), escape=self._both(N_("Back")))

    def enter(self, visit: Visit) -> None:
        """The pictures of a complaint."""
        self._complaint, self._act = visit.act, uuid4()
        self._rows.replace(())
        self._show_none(N_("None yet. Ins brings one."))
        self.again()

    def again(self) -> None:
        """Back from another page: more may have come."""
        self.setFocus()
        complaint = self._complaint
        if complaint is not None:
            desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
            self.fetch(lambda: pictures.of_complaint(desk, session, complaint, at), self._show)

    def step(self, rows: int) -> bool:
        """Up and down choose a picture."""
        return self._table.step(rows)

    def other_key(self, _key: int, text: str) -> bool:
        """Bring another one."""
        if text == PICTURE_KEY:
            choose_file(self, self._both(N_("Choose a photo or scan")), FILES, self.take)
        return text == PICTURE_KEY

    # -- doing ---------------------------------------------------------------------------------------

    @Slot(str)
    def take(self, file: str) -> None:
        """Read a file and keep its picture beside the complaint."""
        complaint, act = self._complaint, self._act
        if complaint is None:
            return
        self.frame.tell(self._both(N_("The photo is being looked at …")), Kind.NOTE)
        self.frame.background.outside(
            lambda: _Brought(complaint, act, read_file(Path(file))), self._taken, self.frame.tell_trouble
        )

    @Slot(object)
    def _taken(self, brought: _Brought) -> None:
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()

        def attached(found: tuple[PictureRow, ...]) -> None:
            if brought.complaint == self._complaint:
                self._attached(found)

        self.save(
            lambda: pictures.attach(desk, session, brought.act, brought.complaint, brought.content, at),
            attached,
        )

    def _attached(self, found: tuple[PictureRow, ...]) -> None:
        self._act = uuid4()
        self._rows.replace(found)
        self._table.select(len(found) - 1)
        self.frame.tell(self._both(N_("The photo is kept beside it.")), Kind.GOOD)

    def _show(self, found: tuple[PictureRow, ...]) -> None:
        self._rows.replace(found)
        self._table.select(0)

    @Slot(int)
    def _moved(self, place: int) -> None:
        if not 0 <= place < len(self._rows.rows()):
            return
        one = self._rows.at(place)
        self._shown = one.name
        if one.content is None:
            self._show_none(N_("Parts of it are still on their way here."))
            return
        self._show_none(N_("The photo is being looked at …"))
        name, content = one.name, one.content
        self.frame.background.outside(lambda: (name, made_anew(content)), self._seen, self.frame.tell_trouble)

    @Slot(object)
    def _seen(self, seen: tuple[str, bytes]) -> None:
        if seen[0] == self._shown:  # the one that is marked still
            picture = QPixmap()
            picture.loadFromData(seen[1])
            self._view.show_picture(picture)
            size = f"{picture.width()} × {picture.height()}"
            self._said.show_runs(Run(size, "caption", "ink2"))

    def _show_none(self, text: str) -> None:
        words = self._both(text)
        self._said.show_runs(Run(words.lead, "body", "ink2"), Run(words.second, "body", "ink3"))
        self._view.show_picture(QPixmap())

    def _cells(self, one: PictureRow) -> tuple[Cell, ...]:
        return Cell(stamp(one.at), bold=True), Cell(one.by, "ink2")

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)


class PictureView(QWidget):
    """A picture as large as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, picture: QPixmap) -> None:
        """Show another one; nothing for an empty one."""
        self.picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 400)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.picture.isNull():
            return
        size = self.picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(self.rect().center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(box, self.picture)
