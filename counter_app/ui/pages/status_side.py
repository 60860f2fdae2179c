"""What the status page says beside a complaint: what may be done now, and the time limit."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, Signal

from counter_app.desk.complaint_steps import StepDraft
from counter_app.desk.rows import ComplaintRow
from counter_app.domain.complaint import Consent, Stage, may_follow
from counter_app.domain.service_level import Pendency, level_at, pendency
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field
from counter_app.ui.icons import Icon
from counter_app.ui.parts import Card, clear, column, row
from counter_app.ui.text import Run, Text, heading
from counter_app.ui.wording import names
from counter_app.words import labels
from counter_app.words.dates import age, ages, stamp
from counter_app.words.say import N_, Both, Language, both

REASONS = {"1": N_("Printer jam"), "2": N_("Slip lost"), "3": N_("Another copy")}
_OPEN_FOR = {
    Pendency.TODAY: N_("Open since today"), Pendency.LONGER: N_("Open for more than 30 days"),
}  # fmt: skip
_CONSENTS = {"1": Consent.CODE, "2": Consent.SIGNATURE, "3": Consent.CALL_BACK, "4": Consent.SILENCE}
CENTRAL_NUMBER, GATHER, TELL, CLAIM, CALL, SLIP = "0", "+", "*", "-", ".", "3"
"""Keys of what is no step: its number at 1912, an outage, compensation, a telephone call, the slip again."""


class Step(NamedTuple):
    """A step on offer: its words, and what is typed with it (empty: nothing is)."""

    stage: Stage
    words: str
    asks: str = ""


STEPS = {
    "1": Step(Stage.CLOSED, N_("It is done, agreed: close")),
    "2": Step(Stage.REOPENED, N_("Still not right: reopen")),
    "4": Step(Stage.ASSIGNED, N_("Assigned"), N_("Assigned to whom")),
    "5": Step(Stage.ON_SITE, N_("They are on site")),
    "6": Step(Stage.ATTENDED, N_("Staff say it is done"), N_("What they did")),
    "7": Step(Stage.TRANSFERRED, N_("Another office's: hand over"), N_("Code of that office")),
    "8": Step(Stage.MERGED, N_("Part of another complaint"), N_("Number of the other complaint")),
    "9": Step(Stage.WITHDRAWN, N_("The consumer withdraws it"), N_("Why it is withdrawn")),
    ",": Step(Stage.FORWARDED, N_("Forwarded"), N_("Forwarded to whom")),
}

_ORDER = "123456789,"


class Said(NamedTuple):
    """What was chosen and typed: a stage with what goes with it, or (no stage) the key of something else."""

    stage: Stage | None
    text: str = ""
    consent: Consent | None = None
    key: str = ""


def step_draft(act: UUID, complaint: UUID, said: Said) -> StepDraft:
    """What the desk is to record of a step; what was typed goes where it belongs."""
    assert said.stage is not None
    match said.stage:
        case Stage.FORWARDED | Stage.ASSIGNED | Stage.TRANSFERRED:
            return StepDraft(act, complaint, said.stage, to=said.text)
        case Stage.MERGED:
            return StepDraft(act, complaint, said.stage, into=said.text)
        case Stage.CLOSED if said.consent is Consent.CODE:
            return StepDraft(act, complaint, said.stage, consent=said.consent, code=said.text)
    return StepDraft(act, complaint, said.stage, said.text, consent=said.consent)


class Answers(Card):
    """The steps that may follow the complaint's stage, or the reasons why its slip prints again.

    ``said`` gives what was chosen, with what had to be typed; ``reasoned`` the key of a reason.
    """

    said = Signal(object)
    reasoned = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.asks_reason = False
        self._one: ComplaintRow | None = None
        self._silence = False
        self._asked: Said | None = None
        self._question, self._who = Text(elide=True), Text(elide=True, gap="  ")
        self.body.addWidget(self._question)
        self.body.addWidget(self._who)
        self._choices = Choices([])
        self._field: Field | None = None
        self._room = column()
        self.body.addLayout(self._room)

    @property
    def is_deep(self) -> bool:
        """Whether something was chosen already and more is asked: Esc goes one step back."""
        return self.asks_reason or self._asked is not None

    def show_nothing(self) -> None:
        """No complaint is open."""
        self._one = None
        words = both(N_("Open a complaint first."), self._language)
        self._who.show_runs(Run(words.lead, "body", "ink3"), Run(words.second, "body", "ink3"))
        self._offer(N_("What does the consumer say"), {})

    def show_steps(self, one: ComplaintRow, more: Mapping[str, Both], *, silence: bool) -> None:
        """Offer what may follow now; ``more`` are things that are no steps.

        ``silence``: the rules let what nobody objects to be closed.
        """
        self._one, self._silence = one, silence
        lead, other = names(self._language, one.name_hi, one.name_en)
        self._who.show_runs(
            Run(lead, "body", "ink", bold=True),
            Run(one.registered.consumer, "body", "ink2"),
            Run(other, "body", "ink3"),
        )
        fitting = {key: step.words for key, step in STEPS.items() if may_follow(one.state.stage, step.stage)}
        fitting = dict(
            sorted((fitting | {SLIP: N_("Slip again")}).items(), key=lambda item: _ORDER.index(item[0]))
        )
        if not one.central_number:
            fitting[CENTRAL_NUMBER] = N_("1912 gave a number")
        self._offer(N_("What does the consumer say"), fitting, more)
        self._choices.picked.connect(self._picked)

    def ask_reason(self) -> None:
        """Ask why the slip prints again."""
        self._offer(N_("Why is it printed again"), REASONS)
        self.asks_reason = True
        self._choices.picked.connect(self.reasoned)

    def pick(self, digit: str) -> bool:
        """Choose by a digit; tells whether it is offered."""
        return self._choices.pick(digit)

    def accept(self) -> None:
        """Enter: what was asked for is typed."""
        if self._asked is not None and self._field is not None:
            self.said.emit(self._asked._replace(text=self._field.text()))

    def wrong(self, why: Both) -> bool:
        """Say below the field what is wrong with it; tells whether there is one."""
        if self._field is None:
            return False
        self._field.wrong(why)
        self._field.edit.setFocus()
        return True

    def _picked(self, key: str) -> None:
        if key == CENTRAL_NUMBER:
            self._ask(Said(None, key=key), N_("Number that 1912 gave"))
            return
        if key == TELL:
            self._ask(Said(None, key=key), N_("The cause, then the time such as 18:30"))
            return
        if key == CALL:
            self._ask(Said(None, key=key), N_("Whom, and the telephone number"))
            return
        if key in {GATHER, CLAIM, SLIP}:
            self.said.emit(Said(None, key=key))
            return
        step = STEPS[key]
        if step.stage is Stage.CLOSED:
            self._ask_consent()
        elif step.asks:
            self._ask(Said(step.stage), step.asks)
        else:
            self.said.emit(Said(step.stage))

    def _ask_consent(self) -> None:
        offered = {
            key: labels.consent(consent, self._language)
            for key, consent in _CONSENTS.items()
            if self._silence or consent is not Consent.SILENCE
        }
        self._show(both(N_("How did the consumer agree"), self._language), "accent", offered)
        self._asked = Said(Stage.CLOSED)
        self._choices.picked.connect(self._consented)

    def _consented(self, key: str) -> None:
        said = Said(Stage.CLOSED, consent=_CONSENTS[key])
        if said.consent is Consent.CODE:
            self._ask(said, N_("Code on the consumer's slip"))
        elif said.consent is Consent.CALL_BACK:
            self._ask(said, N_("Whom you called, and when"))
        else:
            self.said.emit(said)

    def _ask(self, said: Said, question: str) -> None:
        words = both(question, self._language)
        self._show(words, "accent", {})
        self._asked = said
        self._field = Field(words, limit=1000)
        self._room.addWidget(self._field)
        self._field.edit.setFocus()

    def _offer(
        self, question: str, offered: Mapping[str, str], more: Mapping[str, Both] = MappingProxyType({})
    ) -> None:
        named = {key: both(text, self._language) for key, text in offered.items()}
        self._show(both(question, self._language), "ink", {**named, **more})

    def _show(self, question: Both, tone: str, offered: Mapping[str, Both]) -> None:
        self.asks_reason, self._asked, self._field = False, None, None
        self._question.show_runs(
            Run(question.lead, "body", tone, bold=True), Run(question.second, "body", "ink3")
        )
        clear(self._room)
        self._choices = Choices([Choice(key, words) for key, words in offered.items()], dense=True)
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
        self._ladder = Text(elide=True, gap="  ")
        words.addWidget(self._head)
        words.addWidget(self._more)
        words.addWidget(self._ladder)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.body.addLayout(line)

    def show_limit(self, one: ComplaintRow, now: datetime) -> None:
        """Say it of a complaint."""
        registered, state = one.registered, one.state
        self._ladder.show_runs(Run(" ", "body", "ink2"))
        if state.stage is Stage.WITHDRAWN or state.due_at is None:
            words = both(N_("No time limit is laid down for this here."), self._language)
            if state.stage is Stage.WITHDRAWN:
                words = both(N_("Withdrawn: no time limit runs."), self._language)
            self._put("info", "ink2", words.lead, "lead", Both(words.second or " ", ""))
            return
        done, at = state.done_at is not None, state.done_at or now
        over = one.promise.broken(now)
        if done:
            rested = state.due_at - (registered.due_at or state.due_at)
            text, span = N_("Done in {time}"), at - registered.registered_at - rested
        elif over:
            text, span = N_("{time} over the limit"), at - state.due_at
        else:
            text, span = N_("{time} left"), state.due_at - at
        tone = "bad" if over else "good" if done else "ink"
        words = both(text, self._language, time=age(span, self._language))
        limit = self._limit(one)
        self._put("warn" if over else "ok" if done else "clock", tone, words.lead, "title", limit)
        self._show_ladder(one, now)

    def _limit(self, one: ComplaintRow) -> Both:
        """By when it must be done; where that is later than was promised, why."""
        promised, now = one.registered.due_at, one.state.due_at
        assert promised is not None
        assert now is not None
        if now == promised:
            return both(N_("Limit: {when}"), self._language, when=stamp(now))
        text = N_("Limit: {when}; {time} not counted (agreed as done, or withdrawn)")
        return both(text, self._language, when=stamp(now), time=ages(now - promised, self._language))

    def _show_ladder(self, one: ComplaintRow, now: datetime) -> None:
        """Who has it now by the time limits, and for how long it waits by the company's steps of days."""
        if not one.state.open or not one.state.ladder:
            return
        who = labels.level(level_at(one.state.ladder, one.state.done_at or now), self._language).lead
        waits = pendency(one.registered.registered_at, now)
        text = _OPEN_FOR.get(waits, N_("{days} days open"))
        words = both(text, self._language, days=waits).lead
        self._ladder.show_runs(Run(who, "body", "ink", bold=True), Run(words, "body", "ink2"))

    def _put(self, icon: str, tone: str, head: str, size: str, more: Both) -> None:
        self._icon.show_icon(icon, tone)
        self._head.show_runs(Run(head, size, "ink" if tone == "ink2" else tone, bold=True))
        self._more.show_runs(Run(more.lead, "caption", "ink2"), Run(more.second, "caption", "ink3"))
