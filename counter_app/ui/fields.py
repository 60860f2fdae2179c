"""Fields to type into: label above, line below for a hint or for what is wrong. The value always stays."""

from collections.abc import Mapping

from PySide6.QtCore import QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from counter_app.domain.consumer import masked
from counter_app.domain.refusals import Refused
from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.parts import column, row
from counter_app.ui.text import LeadingText, Run, Text
from counter_app.words.say import Both, Language

# What may stand in a number field while it is typed: digits of both scripts and what people put between.
AMOUNT_LIKE = r"[0-9०-९,₹ ]{0,12}(\.[0-9०-९]{0,2})?(/-)?"
DIGITS_LIKE = r"[0-9०-९ +\-]{0,24}"
_DOT = "•"
MASKED_LIKE = rf"[0-9०-९ +\-{_DOT}]{{0,24}}"


class Field(QWidget):
    """A labelled line of text.

    ``edited`` comes with every change by the person, not with ``put``. ``aside`` is a quiet word at
    the right of the label ("from record").
    """

    edited = Signal()

    def __init__(self, label: Both, *, hint: Both = Both("", ""), limit: int = 200) -> None:
        super().__init__()
        self._label, self._hint = label, hint
        layout = column(spacing=4)
        self.setLayout(layout)
        head = row(spacing=6)
        name = Text(
            Run(label.lead, "caption", "ink2", bold=True), Run(label.second, "caption", "ink3"), elide=True
        )
        self._aside_icon = Icon("ok", 16, "good")
        self._aside_icon.hide()
        self._aside = Text(Run("", "caption"))
        head.addWidget(name, 1)
        head.addWidget(self._aside_icon)
        head.addWidget(self._aside)
        layout.addLayout(head)
        self.edit = self._make_edit()
        self.edit.setAcceptDrops(False)  # a file that is dropped is for the page, and no text
        self.edit.setAccessibleName(label.lead)
        self.edit.setMaxLength(limit)
        self.edit.textEdited.connect(self._tell_edited)
        layout.addWidget(self.edit)
        foot = row(spacing=6)
        self._foot_icon = Icon("warn", 16, "bad")
        self._foot_icon.hide()
        self._foot = LeadingText(elide=True)
        foot.addWidget(self._foot_icon)
        foot.addWidget(self._foot, 1)
        self._foot.setFixedHeight(theme.line_height("caption"))
        layout.addLayout(foot)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.right()

    def text(self) -> str:
        """What stands in the field."""
        return self.edit.text()

    def has_focus(self) -> bool:
        """Whether what is typed in this window goes here."""
        return self.edit.window().focusWidget() is self.edit

    def put(self, text: str) -> None:
        """Fill the field for the person; the cursor goes to the end."""
        self.edit.setText(text)
        self.right()

    def aside(self, both: Both, *, checked: bool = False) -> None:
        """A quiet word at the right of the label; with a check mark when it vouches for the value."""
        self._aside.show_runs(Run(both.lead, "caption", "ink2"), Run(both.second, "caption", "ink3"))
        self._aside_icon.setVisible(checked)

    def wrong(self, both: Both) -> None:
        """Say below the field what is wrong with it; the value stays."""
        self._show_foot(both, "bad")
        self._foot_icon.show()
        self.edit.setProperty("wrong", "true")
        self.edit.setAccessibleDescription(both.lead)
        self._polish()

    def right(self) -> None:
        """Nothing is wrong: the hint stands below the field again."""
        self._show_foot(self._hint, "ink2")
        self._foot_icon.hide()
        self.edit.setAccessibleDescription(self._hint.lead)
        if self.edit.property("wrong"):
            self.edit.setProperty("wrong", None)
            self._polish()

    def hint(self, both: Both) -> None:
        """Another hint below the field."""
        self._hint = both
        self.right()

    def is_wrong(self) -> bool:
        """Whether something wrong is being said."""
        return bool(self.edit.property("wrong"))

    def _make_edit(self) -> QLineEdit:
        return QLineEdit()

    def _show_foot(self, both: Both, tone: str) -> None:
        second = "ink3" if tone != "bad" else "ink2"
        self._foot.show_runs(Run(both.lead, "caption", tone), Run(both.second, "caption", second))

    def _polish(self) -> None:
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    def _tell_edited(self) -> None:
        self.right()
        self.edited.emit()


def show_refusal(trouble: Exception, fields: Mapping[str, Field], language: Language) -> bool:
    """Say below the field that it is about why the desk said no; tells whether it is about one of these."""
    field = fields.get(trouble.field) if isinstance(trouble, Refused) else None
    if field is None or not isinstance(trouble, Refused):
        return False
    from counter_app.words.refusals import sentence  # large, and a start refuses nothing

    field.wrong(sentence(trouble, language))
    field.edit.setFocus()
    return True


class DigitsField(Field):
    """A field that takes digits of both scripts and what people put between them."""

    def _make_edit(self) -> QLineEdit:
        edit = QLineEdit()
        edit.setValidator(QRegularExpressionValidator(QRegularExpression(DIGITS_LIKE), edit))
        return edit


class MobileField(Field):
    """A mobile number. That of the record shows its last digits alone until another is typed in its place."""

    _known = ""

    def put_known(self, known: str, typed: str = "") -> None:
        """Fill it from the record, where nothing else was ``typed`` before."""
        self._known = known
        self.put(masked(known) if typed in ("", known) else typed)

    def text(self) -> str:
        """The whole number of the record where that stands there, else what was typed."""
        shown = super().text()
        return self._known if shown == masked(self._known) else shown

    def _make_edit(self) -> QLineEdit:
        edit = QLineEdit()
        edit.setValidator(QRegularExpressionValidator(QRegularExpression(MASKED_LIKE), edit))
        return edit

    def _tell_edited(self) -> None:
        """Of a number that is shown in part nothing stays: what is typed takes its place whole."""
        shown, known = self.edit.text(), masked(self._known)
        if _DOT in shown and shown != known:
            self.edit.setText(shown.removeprefix(known) if shown.startswith(known) else "")
        super()._tell_edited()


class SecretField(Field):
    """A password: shown as dots, never remembered by the field's undo."""

    def _make_edit(self) -> QLineEdit:
        edit = QLineEdit()
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        return edit


class MoneyField(Field):
    """An amount in whole rupees, large, at the right, behind a ₹ sign."""

    def _make_edit(self) -> QLineEdit:
        edit = _MoneyEdit()
        edit.setValidator(QRegularExpressionValidator(QRegularExpression(AMOUNT_LIKE), edit))
        return edit


class _MoneyEdit(QLineEdit):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("money", "true")
        self.setFont(theme.font("amount", bold=True))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def sizeHint(self) -> QSize:
        return QSize(220, 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(theme.font("title"))
        painter.setPen(theme.colour("ink3"))
        box = self.rect().adjusted(15, 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "₹")
