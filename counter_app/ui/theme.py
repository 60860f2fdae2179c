"""The look: tokens of ``resources/theme`` become a palette, one short style sheet, fonts and colours.

The look belongs to the application as Qt's own palette does; painted widgets ask for a colour while
they paint, so another theme needs no more than a repaint.
"""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from counter_app.resources import resource
from counter_app.ui.tokens import colours, sizes

FAMILIES = ["CounterSans", "Noto Sans", "Noto Sans Devanagari"]

LARGER = 1.25

_worn: dict[str, QColor] = {}
_scale = [1.0]

_ROLES = {
    "Window": "paper",
    "Base": "surface",
    "AlternateBase": "sunken",
    "Button": "surface",
    "WindowText": "ink",
    "Text": "ink",
    "ButtonText": "ink",
    "PlaceholderText": "ink3",
    "Highlight": "accent",
    "HighlightedText": "on-accent",
    "Accent": "accent",
    "Mid": "line",
    "ToolTipBase": "base",
    "ToolTipText": "base-ink",
}

_SHEET = """
QLineEdit{background:@surface;color:@ink;border:1px solid @edge;border-radius:6px;padding:0 13px;
 min-height:42px; selection-background-color:@accent;selection-color:@on-accent}
QLineEdit:focus{border:3px solid @accent;padding:0 11px;min-height:38px}
QLineEdit:read-only{background:@sunken}
QLineEdit[money="true"]{padding:0 15px 0 36px;min-height:62px}
QLineEdit[money="true"]:focus{padding:0 13px 0 34px;min-height:58px}
QLineEdit[dense="true"]{border-radius:4px;padding:0 10px;min-height:26px}
QLineEdit[dense="true"]:focus{padding:0 8px;min-height:22px}
QLineEdit[wrong="true"]{border-color:@bad}
QLineEdit#search,QLineEdit#search:focus{background:transparent;border:none;padding:0;min-height:0}
QScrollArea,QScrollArea>QWidget,QScrollArea>QWidget>QWidget{background:transparent;border:none}
QScrollBar:vertical{background:transparent;width:10px;margin:0}
QScrollBar::handle:vertical{background:@line;border-radius:4px;min-height:32px;margin:1px}
QScrollBar:horizontal{background:transparent;height:10px;margin:0}
QScrollBar::handle:horizontal{background:@line;border-radius:4px;min-width:32px;margin:1px}
QScrollBar::add-line,QScrollBar::sub-line{width:0;height:0}
QScrollBar::add-page,QScrollBar::sub-page{background:transparent}
QAbstractItemView{background:transparent;border:none;outline:none}
QFileDialog QAbstractItemView{background:@surface;color:@ink}
QToolTip{background:@base;color:@base-ink;border:none;padding:4px 8px}
"""


def dress(app: QApplication) -> None:
    """Fonts and colours of the house; the colours follow the desktop's light and dark."""
    load_fonts()
    follow_system(app)


def load_fonts() -> None:
    """Make the bundled family known to Qt. Call once, before the first widget."""
    for style in ("Regular", "Bold"):
        file = resource("fonts", f"CounterSans-{style}.ttf")
        if file.is_file():
            QFontDatabase.addApplicationFont(str(file))


def wear(app: QApplication, *, dark: bool) -> None:
    """Dress the application in the light or the dark theme."""
    tokens = colours(dark=dark)
    sheet = _SHEET
    for name in sorted(tokens, key=len, reverse=True):
        _worn[name] = QColor(tokens[name])
        sheet = sheet.replace(f"@{name}", tokens[name])
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(QPalette.ColorRole[role], _worn[name])
    for faded in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, faded, _worn["ink3"])
    app.setFont(font("body"))
    app.setPalette(palette)
    app.setStyleSheet(sheet)


def follow_system(app: QApplication) -> None:
    """Wear what the desktop asks for, now and whenever it changes its mind."""

    def again() -> None:
        wear(app, dark=system_is_dark(app))

    app.styleHints().colorSchemeChanged.connect(again)
    again()


def system_is_dark(app: QApplication) -> bool:
    """Whether the desktop asks for a dark look."""
    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def colour(name: str) -> QColor:
    """A colour token of the theme that is worn."""
    return _worn[name]


def enlarge(*, large: bool) -> None:
    """Print everything larger from now on, or in the usual size; widgets that stand are to be made anew."""
    _scale[0] = LARGER if large else 1.0
    font.cache_clear()
    if isinstance(app := QApplication.instance(), QApplication):
        app.setFont(font("body"))  # what is typed into fields has no font of its own


def is_large() -> bool:
    """Whether everything is printed larger."""
    return _scale[0] > 1


def scaled(pixels: float) -> int:
    """A length that was measured for type of the usual size, for that of now."""
    return round(pixels * _scale[0])


@lru_cache
def font(size: str, *, bold: bool = False) -> QFont:
    """The family in a named size. Shared: copy it before changing it."""
    face = QFont(FAMILIES)
    face.setPointSizeF(sizes()[size][0] * _scale[0])
    face.setStyleHint(QFont.StyleHint.SansSerif)
    face.setBold(bold)
    return face


def line_height(size: str) -> int:
    """The height of a line of text of a named size, in logical pixels."""
    return scaled(sizes()[size][1])
