"""What stands beside a complaint on the status page: a planned shutdown, whom to telephone, its photos."""

from PySide6.QtWidgets import QWidget

from counter_app.desk.beside import Beside
from counter_app.desk.rows import ComplaintRow
from counter_app.ui.icons import Icon
from counter_app.ui.pages.complaint_line import shutdown_told
from counter_app.ui.parts import Card, clear, column, row
from counter_app.ui.text import Run, Text
from counter_app.ui.wording import one_name, whom
from counter_app.words import labels
from counter_app.words.dates import stamp
from counter_app.words.say import N_, Both, Language, both


class BesideCard(Card):
    """A line for each thing there is to say; hidden while there is none."""

    def __init__(self, language: Language) -> None:
        super().__init__(padding=(20, 10, 20, 10))
        self._language = language
        self._lines = column(spacing=6)
        self.body.addLayout(self._lines)
        self.show_none()

    def show_none(self) -> None:
        """Nothing is open, or nothing known yet."""
        clear(self._lines)
        self.hide()

    def show_beside(self, one: ComplaintRow, beside: Beside) -> None:
        """Show what there is beside a complaint."""
        self.show_none()
        if one.state.open and one.registered.priority == 1 and beside.whom is not None:
            words = N_("Danger to life: telephone 1912, and {whom}")
            self._add("phone", "bad", both(words, self._language, whom=whom(self._language, beside.whom)))
        if beside.level is not None and beside.above is not None:
            level = labels.level(beside.level, self._language)
            words = N_("Over the limit, now with {level}: {whom}")
            who = whom(self._language, beside.above)
            self._add("phone", "bad", both(words, self._language, level=level, whom=who))
        if one.state.open and beside.shutdowns:
            planned = beside.shutdowns[0]
            reason = one_name(self._language, planned.reason_hi, planned.reason_en)
            self._add("dtr", "warn", shutdown_told(planned, self._language), reason)
        if beside.whole:
            self._add("dtr", "ink", *_outage(self._language, beside))
        if beside.parts:
            more = both(N_("= shows whom to tell"), self._language).lead
            self._add(
                "person",
                "ink",
                both(N_("Complaints of it: {count}"), self._language, count=beside.parts),
                more,
            )
        if beside.pictures:
            words = N_("Photos and scans: {count}")
            more = both(N_("/ opens them"), self._language).lead
            self._add("info", "ink", both(words, self._language, count=beside.pictures), more)

    def _add(self, icon: str, tone: str, said: Both, more: str = "") -> None:
        holder, line = QWidget(), row(spacing=10)
        line.addWidget(Icon(icon, 20, tone))
        words = Text(Run(said.lead, "body", tone, bold=True), Run(more, "body", "ink2"), elide=True, gap="  ")
        line.addWidget(words, 1)
        holder.setLayout(line)
        self._lines.addWidget(holder)
        self.show()


def _outage(language: Language, beside: Beside) -> tuple[Both, str]:
    """What it is a part of, why the supply is off, and when it is expected back."""
    told = beside.told
    if told is None:
        return both(N_("Part of {number}"), language, number=beside.whole), ""
    words = both(N_("Part of {number}: {cause}"), language, number=beside.whole, cause=told.cause)
    back = N_("supply expected {when}")
    return words, both(back, language, when=stamp(told.expected_at)).lead if told.expected_at else ""
