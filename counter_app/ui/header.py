"""The header strip: the search box over the main pane, the office and the language key over the side."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.domain.office import Office
from counter_app.ui import theme
from counter_app.ui.icons import Icon
from counter_app.ui.page import GAP, SIDE_WIDTH
from counter_app.ui.parts import Chip, Keycap, Kind, column, rounded, row
from counter_app.ui.text import Run, Text
from counter_app.words.say import Both, Language, both, say

HEIGHT = 68
LONGEST_SEARCH = 200
WIDE_SIDE, WIDE_FROM = 520, 1600
LARGE_SIDE = 480


class SearchBox(QWidget):
    """The same box on all pages. ``edited`` comes with what a person typed, not with ``put``."""

    edited = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.setFixedHeight(theme.scaled(44))
        layout = row(spacing=12, margins=(14, 3, 12, 3))
        self.setLayout(layout)
        self._icon = Icon("search", 20, "ink2")
        self.edit = QLineEdit()
        self.edit.setObjectName("search")
        self.edit.setMaxLength(LONGEST_SEARCH)
        self.edit.setFont(theme.font("title"))
        self.edit.setAccessibleName(say("Find a consumer", language))
        hint = both("Find: name, N number, mobile, meter", language)
        self._hint = Text(
            Run(hint.lead, "lead", "ink3"), Run(hint.second, "caption", "ink3"), elide=True, gap="  "
        )
        self._hint.setParent(self.edit)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._count = Text()
        self._cap = Keycap("F2")
        for widget in (self._icon, self.edit, self._count, self._cap):
            layout.addWidget(widget, 1 if widget is self.edit else 0)
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(self.edited)
        self.edit.textChanged.connect(self._redress)
        self._redress()

    def text(self) -> str:
        """What is typed."""
        return self.edit.text()

    def put(self, text: str) -> None:
        """Write a text into the box without asking for it to be found."""
        self.edit.setText(text)

    def take_focus(self) -> None:
        """Put the cursor here."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_focus(self) -> bool:
        """Whether the cursor of the window is here (also while another window is in front)."""
        return self.window().focusWidget() is self.edit

    def say_count(self, words: Both) -> None:
        """Say at the right how many were found; empty words say nothing."""
        self._count.show_runs(Run(words.lead, "caption", "ink2"), Run(words.second, "caption", "ink3"))
        self._count.setVisible(bool(words.lead))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._redress()
        elif event.type() is QEvent.Type.Resize:
            self._hint.setGeometry(6, 0, self.edit.width() - 6, self.edit.height())
        return super().eventFilter(watched, event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.take_focus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        focused = self.edit.hasFocus()
        border = theme.colour("accent" if focused else "edge")
        rounded(QPainter(self), QRectF(self.rect()), theme.colour("surface"), border, 3 if focused else 1)

    def _redress(self) -> None:
        focused = self.edit.hasFocus()
        self._icon.show_icon("search", "accent" if focused else "ink2")
        self._cap.setVisible(not focused)
        self._hint.setVisible(not self.edit.text())
        self.update()


class Header(QWidget):
    """Search box, office in both scripts, counter, language key; DEMO or TRAINING, doubts about the clock."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.made_for = language, theme.is_large()
        self.setFixedHeight(theme.scaled(HEIGHT))
        self.search = SearchBox(language)
        layout = row(spacing=GAP, margins=(GAP, 12, GAP, 12))
        self.setLayout(layout)
        layout.addWidget(self.search, 1)
        self._side = QWidget()
        self._side.setFixedWidth(SIDE_WIDTH)
        layout.addWidget(self._side)
        line = row(spacing=10)
        self._side.setLayout(line)
        line.addWidget(Icon("bolt", 28, "accent"))
        names = column()
        line.addLayout(names, 1)
        self._lead, self._second = Text(elide=True), Text(elide=True)
        self._demo = Chip(Both("DEMO", ""), Kind.WARN, "info")
        self._demo.hide()
        self._clock = Chip(Both(say("Clock", language), ""), Kind.WARN, "clock")
        self._clock.hide()
        first = row(spacing=10)
        first.addWidget(self._lead)
        first.addWidget(self._demo)
        first.addWidget(self._clock)
        first.addStretch(1)
        names.addLayout(first)
        names.addWidget(self._second)
        line.addWidget(Icon("language", 16, "ink2"))
        words = "हिन्दी + English" if language is Language.HINDI else "English"
        line.addWidget(Text(Run(words, "caption", "ink2")))
        line.addWidget(Keycap("F11"))

    def show_office(self, office: Office, language: Language) -> None:
        """Say whose window this is."""
        lead, second = office_names(office, language)
        self._lead.show_runs(Run(lead, "lead", "ink", bold=True))
        self._second.show_runs(Run(second, "caption", "ink2"))
        training = both("Training", Language.HINDI)
        mark = Both(training.lead, training.second.upper()) if office.training else Both("DEMO", "")
        self._demo.show_chip(mark, Kind.WARN, "info")
        self._demo.setVisible(office.demo)

    def show_clock(self, *, doubted: bool) -> None:
        """Whether something stands against the PC's clock."""
        self._clock.setVisible(doubted)

    def fit_side(self, width: int) -> None:
        """The side panel's width has changed."""
        self._side.setFixedWidth(width)


def side_width(window: int) -> int:
    """The width of the side panel in a window of a width, in the print of now."""
    if window >= WIDE_FROM:
        return theme.scaled(WIDE_SIDE)
    return LARGE_SIDE if theme.is_large() else SIDE_WIDTH


def office_names(office: Office, language: Language) -> tuple[str, str]:
    """The two lines that name an office: its name, and the other script with code and counter."""
    counter = both("Counter", language)
    if language is Language.ENGLISH:
        return office.name_en, f"{office.name_hi} {office.code} · {counter.lead} {office.counter}"
    return (
        office.name_hi,
        f"{office.name_en} {office.code} · {counter.lead} {counter.second} {office.counter}",
    )
