"""What a consumer complained about before: how often the same, and whether the last promise was kept."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from counter_app.desk.rows import ComplaintRow
from counter_app.domain.rules import Rules
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Card, clear, column, row
from counter_app.ui.text import Run, Text, heading, plain
from counter_app.ui.wording import type_name
from counter_app.words import labels
from counter_app.words.dates import short_day
from counter_app.words.say import N_, Language, both

_SHOWN = 3


class History(Card):
    """The newest of them, and above them what counts: the same again, the last promise broken."""

    def __init__(self, language: Language, rules: Rules) -> None:
        super().__init__(padding=(20, 10, 20, 10), spacing=2)
        self._language, self._rules = language, rules
        self._again = Text(elide=True)
        self._rows = column(spacing=2)
        self.body.addWidget(self._again)
        self.body.addLayout(self._rows)
        self._earlier: Sequence[ComplaintRow] = ()

    def show_earlier(self, earlier: Sequence[ComplaintRow]) -> None:
        """Show the complaints of a consumer, newest first."""
        self._earlier = earlier
        self._again.hide()
        self.setVisible(bool(earlier))
        clear(self._rows)
        if earlier:
            self._rows.addWidget(heading(both(N_("Earlier complaints"), self._language)))
        for one in earlier[:_SHOWN]:
            self._rows.addWidget(self._line(one))

    def show_same(self, code: str, now: datetime) -> None:
        """Say how often a type was complained about, and that its last limit was not kept."""
        same = [one for one in self._earlier if one.registered.type == code]
        self._again.setVisible(bool(same))
        if not same:
            return
        said = both(N_("Complained {count} times now"), self._language, count=len(same) + 1).lead
        broken = ""
        if same[0].promise.broken(now):
            day = short_day(same[0].registered.day)
            broken = both(N_("the last promise, of {day}, was broken"), self._language, day=day).lead
        self._again.show_runs(Run(" · ".join(part for part in (said, broken) if part), "body", "bad", True))

    def _line(self, one: ComplaintRow) -> QWidget:
        tone = "warn" if one.state.open else "good"
        line = row(spacing=12)
        name = type_name(self._language, self._rules, one.registered.type, one.registered.day).lead
        line.addWidget(Text(Run(name), elide=True), 1)
        line.addWidget(plain(short_day(one.registered.day), "body", "ink2"))
        line.addWidget(Icon("clock" if one.state.open else "ok", 16, tone))
        line.addWidget(plain(labels.stage(one.state.stage, self._language).lead, "body", tone))
        holder = QWidget()
        holder.setLayout(line)
        return holder
