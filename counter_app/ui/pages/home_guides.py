"""What Home says about typing: what can be typed, what it was taken for, what else leads to the consumer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counter_app.desk.rows import Found
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Card, Keycap, row
from counter_app.ui.text import Run, Text, heading
from counter_app.words.say import N_, Both, Language, both, say

_TAKEN_FOR = {
    "name": N_("name"),
    "name and number": N_("name and number"),
    "number": N_("number"),
    "old number": N_("old number"),
    "mobile": N_("mobile"),
    "meter": N_("meter"),
    "receipt": N_("receipt"),
    "complaint": N_("complaint"),
    "link": N_("code on the bill"),
    "neighbours": N_("same transformer"),
}


def taken_for(found: Found, count: int, more: bool, language: Language) -> Both:
    """What was typed was taken for this, and so many were found: "name · 12 found"."""
    words = both("found", language)
    number = f"{count}{'+' if more else ''}"
    kind = _TAKEN_FOR.get(found.understood)
    lead = f"{say(kind, language)} · {number} {words.lead}" if kind else f"{number} {words.lead}"
    return Both(lead, words.second)


class _Guide(Card):
    """A heading, and a line for each thing that can be done: icon, words, example or key."""

    def __init__(self) -> None:
        super().__init__(padding=(20, 16, 20, 18), spacing=10)

    def _add_line(self, icon: str, words: Both, at_right: QWidget) -> None:
        line = row(spacing=12)
        line.addWidget(Icon(icon, 20, "ink2"))
        said = Text(Run(words.lead, "body", "ink"), Run(words.second, "body", "ink3"), elide=True)
        line.addWidget(said, 1)
        line.addWidget(at_right)
        self.body.addLayout(line)


class StartCard(_Guide):
    """Where the list will stand: what can be typed, by example."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        head = both("Type or scan what the consumer has brought", language)
        self.body.addWidget(heading(head, "lead"))
        self.body.addSpacing(4)
        for icon, words, examples in (
            (
                "person",
                both("Name, in either script, beginnings are enough", language),
                "सुरेश मालवीय · sur mal",
            ),
            ("bill", both("N number, or the code on the bill", language), "N2204518731"),
            ("phone", both("Last 4 of the mobile or the meter", language), "8210 · सुरेश 8210"),
            ("receipt", both("Number of a receipt or a complaint", language), "2214-2-004187 · C00318"),
        ):
            self._add_line(icon, words, _example(examples))


class NotFoundCard(_Guide):
    """Where the list would stand when nobody was found: why, and what leads to the consumer all the same."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._head = Text(wrap=True)
        self.body.addWidget(self._head)
        self.body.addSpacing(4)
        mobile, meter = both("Last 4 of the mobile", language), both("Last 4 of the meter", language)
        beside = both("A neighbour's name or number, then all on that transformer", language)
        without = both("Register the complaint without a consumer", language)
        self._add_line("phone", mobile, _example("8210"))
        self._add_line("meter", meter, _example("1902"))
        self._add_line("dtr", beside, Keycap("*"))
        self._add_line("complaint", without, Keycap("F3"))
        self.show_for(Found("nothing", ()))

    def show_for(self, found: Found) -> None:
        """Say what was not found."""
        if found.understood in ("number", "link", "mobile"):
            words = both("This number is not known here. Check its digits, or type the name.", self._language)
        elif found.understood == "neighbours":
            words = both("Nobody else is known on that transformer.", self._language)
        else:
            words = both("Name not found. Type the last 4 of the mobile.", self._language)
        self._head.show_runs(Run(words.lead, "lead", "ink", bold=True), Run(words.second, "body", "ink3"))


class Hint(QWidget):
    """A quiet sentence below the list: what else to type."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        layout = row(spacing=10, margins=(20, 0, 20, 0))
        self.setLayout(layout)
        layout.addWidget(Icon("info", 16, "ink2"), 0, Qt.AlignmentFlag.AlignTop)
        words = both("Not here? Type last 4 of mobile or meter, or a neighbour's name and *.", language)
        lead, second = Run(words.lead, "caption", "ink2"), Run(words.second, "caption", "ink3")
        layout.addWidget(Text(lead, second, wrap=True), 1)
        self.hide()


def _example(words: str) -> Text:
    return Text(Run(words, "body", "ink2"))
