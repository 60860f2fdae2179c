"""What the status page says beside a complaint: what may be done now, and the time limit."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal

from counter_app.desk.rows import ComplaintRow
from counter_app.domain.complaint import Stage, may_follow
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Card, clear, column, row
from counter_app.ui.text import Run, Text, heading
from counter_app.ui.wording import names
from counter_app.words.dates import age, stamp
from counter_app.words.say import N_, Both, Language, both

STEPS = {
    "1": (Stage.CLOSED, N_("It is done, agreed: close")),
    "2": (Stage.REOPENED, N_("Still not right: reopen")),
}
REASONS = {"1": N_("Printer jam"), "2": N_("Slip lost"), "3": N_("Another copy")}


class Answers(Card):
    """The steps that may follow the complaint's stage, or the reasons why its slip prints again.

    ``stepped`` and ``reasoned`` give the key that was chosen, of ``STEPS`` or of ``REASONS``.
    """

    stepped = Signal(str)
    reasoned = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.asks_reason = False
        self._question, self._who = Text(elide=True), Text(elide=True, gap="  ")
        self.body.addWidget(self._question)
        self.body.addWidget(self._who)
        self._choices = Choices([])
        self._room = column()
        self.body.addLayout(self._room)

    def show_nothing(self) -> None:
        """No complaint is open."""
        words = both(N_("Open a complaint first."), self._language)
        self._who.show_runs(Run(words.lead, "body", "ink3"))
        self._offer(N_("What does the consumer say"), {})

    def show_steps(self, one: ComplaintRow) -> None:
        """Offer what may follow now."""
        lead, other = names(self._language, one.name_hi, one.name_en)
        self._who.show_runs(
            Run(lead, "body", "ink", bold=True),
            Run(one.registered.consumer, "body", "ink2"),
            Run(other, "body", "ink3"),
        )
        fitting = {key: words for key, (stage, words) in STEPS.items() if may_follow(one.state.stage, stage)}
        self._offer(N_("What does the consumer say"), fitting)

    def ask_reason(self) -> None:
        """Ask why the slip prints again."""
        self._offer(N_("Why is it printed again"), REASONS, reason=True)

    def pick(self, digit: str) -> bool:
        """Choose by a digit; tells whether it is offered."""
        return self._choices.pick(digit)

    def _offer(self, question: str, offered: dict[str, str], *, reason: bool = False) -> None:
        self.asks_reason = reason
        words = both(question, self._language)
        tone = "accent" if reason else "ink"
        self._question.show_runs(Run(words.lead, "body", tone, bold=True), Run(words.second, "body", "ink3"))
        clear(self._room)
        self._choices = Choices(
            [Choice(key, both(text, self._language)) for key, text in offered.items()], dense=True
        )
        self._choices.picked.connect(self.reasoned if reason else self.stepped)
        self._room.addWidget(self._choices)


class TimeLimit(Card):
    """How much time is left, or how long it took."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.body.addWidget(heading(both(N_("Time limit"), language)))
        line = row(spacing=16)
        self._icon = Icon("clock", 24, "ink2")
        words = column()
        self._head, self._more = Text(wrap=True), Text(wrap=True)
        words.addWidget(self._head)
        words.addWidget(self._more)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.body.addLayout(line)
        self.body.addStretch(1)

    def show_nothing(self) -> None:
        """No complaint is open."""
        self._head.show_runs(Run("—", "title", "ink", bold=True))
        self._more.show_runs(Run(" ", "caption", "ink2"))

    def show_limit(self, one: ComplaintRow, now: datetime) -> None:
        """Say it of a complaint."""
        registered, state = one.registered, one.state
        if registered.due_at is None:
            words = both(N_("No time limit is laid down for this here."), self._language)
            self._put("info", "ink2", words.lead, "lead", Both(words.second or " ", ""))
            return
        done = state.stage in {Stage.ATTENDED, Stage.CLOSED}
        at = state.since if done else now
        over = at > registered.due_at
        if done:
            text, span = N_("Done in {time}"), at - registered.registered_at
        elif over:
            text, span = N_("{time} over the limit"), at - registered.due_at
        else:
            text, span = N_("{time} left"), registered.due_at - at
        tone = "bad" if over else "good" if done else "ink"
        words = both(text, self._language, time=age(span, self._language))
        limit = both(N_("Limit: {when}"), self._language, when=stamp(registered.due_at))
        self._put("warn" if over else "ok" if done else "clock", tone, words.lead, "title", limit)

    def _put(self, icon: str, tone: str, head: str, size: str, more: Both) -> None:
        self._icon.show_icon(icon, tone)
        self._head.show_runs(Run(head, size, "ink" if tone == "ink2" else tone, bold=True))
        self._more.show_runs(Run(more.lead, "caption", "ink2"), Run(more.second, "caption", "ink3"))
