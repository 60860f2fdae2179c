"""A message for the consumer, ready to be copied or scanned. The counter sends nothing, and says so.

Of an outage: one for each complaint that is a part of it.
"""

from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.desk import messages
from counter_app.desk.messages import Message
from counter_app.documents.codes import QUIET, Modules, modules
from counter_app.domain.consumer import masked
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Banner, Card, Kind
from counter_app.ui.table import DENSE, Table
from counter_app.ui.text import Run, Text, heading
from counter_app.ui.wording import one_name
from counter_app.words.say import N_, Both, Language, both

_KEYS = {
    "1": (Language.HINDI, N_("Copy the Hindi text")),
    "2": (Language.ENGLISH, N_("Copy the English text")),
    "3": (Language.HINDI, N_("Code for WhatsApp, Hindi")),
    "4": (Language.ENGLISH, N_("Code for WhatsApp, English")),
}
_COPIES = ("1", "2")


class MessagePage(Page):
    """1 and 2 copy, 3 and 4 show the code that opens WhatsApp with the text on the office's phone.

    The arrows choose whose text it is. Copied is not sent: what is marked is only what was taken along.
    """

    name = "message"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID | None = None
        self._message: Message | None = None
        self._taken: set[str] = set()
        self._build_parts()
        whole = Card(spacing=12)
        self._head = heading(self._both(N_("Message for the consumer")))
        whole.body.addWidget(self._head)
        self._to = Text(elide=True, gap="   ")
        whole.body.addWidget(self._to)
        self._texts = {language: Text(wrap=True) for language in Language}
        for text in self._texts.values():
            whole.body.addWidget(text)
        self.main_column.addWidget(whole)
        choices = Card(spacing=6)
        self._choices = Choices(
            [Choice(key, self._both(text)) for key, (_, text) in _KEYS.items()], dense=True
        )
        self._choices.picked.connect(self._picked)
        choices.body.addWidget(self._choices)
        self.main_column.addWidget(choices)
        self.main_column.addStretch(1)
        self.side_column.addWidget(
            Banner(
                self._both(N_("Nothing is sent from here.")),
                Kind.NOTE,
                more=self._both(
                    N_("Copy the text, or scan the code with the office's phone and send it there.")
                ),
                icon="phone",
            )
        )
        code = Card()
        self._code = _Code()
        code.body.addWidget(self._code, 1)
        self.side_column.addWidget(code, 1)

    def _build_parts(self) -> None:
        """The complaints of an outage, one of which is selected; not seen while there is one message only."""
        columns = (
            Column(self._both(N_("Number")), 150),
            Column(self._both(N_("Name"))),
            Column(self._both(N_("Mobile")), 140),
            Column(self._both(N_("Text")), 150),
        )
        self._rows: Rows[Message] = Rows(columns, self._cells)
        self._table = Table(self._rows, self._both(N_("Whom to tell")).lead, Both("", ""), pitch=DENSE)
        self._table.moved.connect(self._moved)
        self._list = Card(padding=(20, 12, 20, 12))
        self._list.body.addWidget(heading(self._both(N_("Whom to tell"))))
        self._list.flush(self._table, stretch=1)
        self.main_column.addWidget(self._list, 1)
        self._list.hide()

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        return Keys(("help", "status", "lock"), escape=self._both(N_("Back")))

    def enter(self, visit: Visit) -> None:
        """The message about a complaint, and about all parts of an outage."""
        self._act, self._message = visit.act, None
        self._taken.clear()
        self._choices.select(-1)
        self._code.show_text("")
        self.again()

    def again(self) -> None:
        """Back from another page: it may stand otherwise now."""
        self.setFocus()
        act = self._act
        if act is not None:
            desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
            self.fetch(lambda: messages.prepare(desk, session, act, at), self._show)

    def digit(self, digit: str) -> bool:
        """A way to take the text along."""
        return self._message is not None and self._choices.pick(digit)

    def step(self, rows: int) -> bool:
        """Up and down choose whose text it is."""
        return self._list.isVisible() and self._table.step(rows)

    # -- doing ---------------------------------------------------------------------------------------

    def _show(self, messages: tuple[Message, ...]) -> None:
        """Show these; the outage's own is left out where it has parts and no mobile, for it is nobody's."""
        shown = messages if messages[0].mobile or len(messages) == 1 else messages[1:]
        before = self._message.number if self._message else ""
        numbers = [one.number for one in shown]
        many = len(messages) > 1
        self._list.setVisible(many)
        for said_by_the_list in (self._head, self._to):
            said_by_the_list.setVisible(not many)
        self._rows.replace(shown)
        self._table.select(numbers.index(before) if before in numbers else 0)

    def _cells(self, one: Message) -> tuple[Cell, ...]:
        none = self._both(N_("no mobile is known")).lead
        taken = Cell(self._both(N_("taken along")).lead, "good", icon="ok")
        return (
            Cell(one.number, bold=True),
            Cell(one_name(self.language, one.name_hi, one.name_en)),
            Cell(masked(one.mobile) or none, "ink" if one.mobile else "ink3"),
            taken if one.number in self._taken else Cell("—", "ink3"),
        )

    @Slot(int)
    def _moved(self, place: int) -> None:
        if 0 <= place < self._rows.rowCount():
            self._show_one(self._rows.at(place))

    def _show_one(self, message: Message) -> None:
        if self._message is None or self._message.number != message.number:
            self._code.show_text("")
            self._choices.select(-1)
        self._message = message
        to = masked(message.mobile) if message.mobile else self._both(N_("no mobile is known")).lead
        self._to.show_runs(Run(message.number, "title", "ink", bold=True), Run(to, "body", "ink2"))
        for language, text in message.texts.items():
            self._texts[language].show_runs(Run(text, "lead", "ink"))

    @Slot(str)
    def _picked(self, key: str) -> None:
        message = self._message
        if message is None:
            return
        language, _ = _KEYS[key]
        if key in _COPIES:
            QGuiApplication.clipboard().setText(message.texts[language])
            self.frame.tell(self._both(N_("The text is copied. It is not sent yet.")), Kind.GOOD)
            self._take(message)
        elif message.mobile:
            self._code.show_text(message.link(language))
            self._take(message)
        else:
            self.frame.tell(self._both(N_("There is no mobile to write to.")), Kind.NOTE)

    def _take(self, message: Message) -> None:
        """Mark whose text was copied or scanned; whether it was sent is not known here."""
        self._taken.add(message.number)
        self._table.view.viewport().update()

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)


class _Code(QWidget):
    """A QR code, black on white in every theme; nothing without a text."""

    def __init__(self) -> None:
        super().__init__()
        self._modules: Modules | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_text(self, text: str) -> None:
        """Show another code."""
        self._modules = modules(text) if text else None
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 400)

    def paintEvent(self, _event: QPaintEvent) -> None:
        code = self._modules
        if code is None:
            return
        dots = code.side + 2 * QUIET
        dot = max(min(self.width(), self.height()) // dots, 1)
        left, top = (self.width() - dot * dots) // 2, (self.height() - dot * dots) // 2
        painter = QPainter(self)
        painter.fillRect(left, top, dot * dots, dot * dots, Qt.GlobalColor.white)
        for run in code.runs:
            box = QRectF(
                left + dot * (QUIET + run.start), top + dot * (QUIET + run.row), dot * run.length, dot
            )
            painter.fillRect(box, Qt.GlobalColor.black)
