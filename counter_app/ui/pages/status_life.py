"""The life of one complaint on the status page: what it is, how far it is, everything that happened to it."""

from PySide6.QtWidgets import QWidget

from counter_app.desk.rows import ComplaintRow
from counter_app.domain.complaint import (
    AboutComplaint,
    CallMade,
    CentralNumberNoted,
    CompensationClaimed,
    ComplaintStep,
    Consent,
    OutageTold,
    PictureAttached,
    Stage,
)
from counter_app.domain.rules import Rules
from counter_app.ui.parts import Card, Chip, Kind, column, row
from counter_app.ui.text import Run, Text
from counter_app.ui.timeline import Event, StageMark, StageStrip, Steps
from counter_app.ui.wording import one_name, type_name
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock, short_day, stamp
from counter_app.words.say import N_, Both, Language, both

_STRIP = (Stage.REGISTERED, Stage.ASSIGNED, Stage.ON_SITE, Stage.ATTENDED, Stage.CLOSED)
_REACHED = {
    Stage.REGISTERED: 0,
    Stage.FORWARDED: 0,
    Stage.REOPENED: 0,
    Stage.TRANSFERRED: 0,
    Stage.MERGED: 0,
    Stage.ASSIGNED: 1,
    Stage.ON_SITE: 2,
    Stage.ATTENDED: 3,
    Stage.CLOSED: 4,
    Stage.WITHDRAWN: 4,
}


class Life(QWidget):
    """A card with what it is and the strip of its stages; below it ``steps``, the column of its events."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        layout = column(spacing=12)
        self.setLayout(layout)
        top = Card()
        line = row(spacing=12)
        self._head = Text(elide=True, gap="  ")
        self._state = Chip(Both("", ""), Kind.NOTE)
        line.addWidget(self._head, 1)
        line.addWidget(self._state)
        top.body.addLayout(line)
        self._about = Text(elide=True, gap=" · ")
        top.body.addWidget(self._about)
        top.body.addSpacing(8)
        self._strip = StageStrip()
        top.body.addWidget(self._strip)
        layout.addWidget(top)
        life = Card()
        self.steps = Steps(language)
        life.body.addWidget(self.steps, 1)
        layout.addWidget(life, 1)

    def show_one(self, one: ComplaintRow, rules: Rules) -> None:
        """Show a complaint; its type is named as on its day."""
        registered, state = one.registered, one.state
        name = type_name(self._language, rules, registered.type, registered.day).lead
        self._head.show_runs(Run(one.number.stem, "title", "ink", bold=True), Run(name, "lead", "ink2"))
        if state.attention:
            self._state.show_chip(self._both(N_("Needs attention")), Kind.BAD)
        else:
            kind = Kind.NOTE if state.open else Kind.GOOD
            self._state.show_chip(labels.stage(state.stage, self._language), kind)
        central = one.central_number or self._say(N_("not yet registered at 1912"))
        place = registered.landmark or one_name(self._language, one.name_hi, one.name_en)
        dtr = self._say(N_("DTR {dtr}"), dtr=registered.dtr) if registered.dtr else ""
        office = self._say(N_("at office {office}"), office=state.office) if state.office else ""
        self._about.show_runs(
            Run(place), Run(dtr), Run(office),
            Run(self._say(N_("1912 number: {number}"), number=central), "body", "ink2"),
        )  # fmt: skip
        self._strip.show_stages(self._marks(one))
        self.steps.show_events(self._column(one))

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self._language, **facts)

    def _say(self, text: str, **facts: object) -> str:
        return both(text, self._language, **facts).lead

    # -- the strip -----------------------------------------------------------------------------

    def _marks(self, one: ComplaintRow) -> list[StageMark]:
        stage = one.state.stage
        reached = _REACHED[stage]
        times = {Stage.REGISTERED: clock(one.registered.registered_at)}
        times |= {step.stage: clock(step.at) for step in one.state.steps}
        marks = []
        for place, passed in enumerate(_STRIP):
            state = "now" if place == reached else "ahead"
            if place < reached or not one.state.open:
                state = "done"
            if stage is Stage.WITHDRAWN and place < reached and passed not in times:
                state = "ahead"  # it was withdrawn before anybody did that
            shown = stage if place == reached == len(_STRIP) - 1 else passed
            time = times.get(shown, "") if place <= reached else ""
            marks.append(StageMark(labels.stage(shown, self._language), time, state))
        return marks

    # -- the column ----------------------------------------------------------------------------

    def _column(self, one: ComplaintRow) -> list[Event]:
        """The registration, all that was recorded since, and what is still to come."""
        happened = sorted(one.events, key=lambda event: (event.said.at, event.act))
        counts = one.claim[0] if one.claim else None
        events = [
            self._registration(one),
            *(
                self._again(event.said)
                if isinstance(event.said, CompensationClaimed) and event.act != counts
                else self._event(event.said)
                for event in happened
            ),
        ]
        if one.state.attention:
            words = self._both(N_("What was recorded at two places contradicts itself"))
            events.append(Event("", "", words, self._say(N_("your next step decides it")), "now"))
        elif one.state.open:
            events[-1] = events[-1]._replace(state="now")
            words = self._both(N_("The consumer agrees"))
            events.append(Event("", "", words, self._say(N_("then it is closed")), "ahead"))
        return events

    def _registration(self, one: ComplaintRow) -> Event:
        registered = one.registered
        counter = self._say(
            N_("counter {counter}, {clerk}"), counter=registered.counter, clerk=registered.clerk
        )
        words = labels.stage(Stage.REGISTERED, self._language)
        return _happened(
            clock(registered.registered_at), short_day(registered.day), words,
            counter, registered.landmark, registered.note,
        )  # fmt: skip

    def _again(self, said: CompensationClaimed) -> Event:
        """The same claim, which a counter recorded that did not know of it."""
        words = self._both(N_("compensation claimed again: counts once"))
        return _happened(clock(said.at), stamp(said.at)[:5], words, rupees(said.amount), said.by)

    def _event(self, said: AboutComplaint) -> Event:
        time, day = clock(said.at), stamp(said.at)[:5]
        match said:
            case ComplaintStep(stage=stage, to=to, note=note, by=by, consent=consent):
                agreed = labels.consent(Consent(consent), self._language).lead if consent else ""
                return _happened(time, day, labels.stage(stage, self._language), to, agreed, note, by)
            case CentralNumberNoted(number=number, by=by):
                return _happened(time, day, self._both(N_("registered at 1912")), number, by)
            case OutageTold(cause=cause, expected_at=expected, by=by):
                back = self._say(N_("supply expected {when}"), when=stamp(expected)) if expected else ""
                return _happened(time, day, self._both(N_("the cause")), cause, back, by)
            case CompensationClaimed(amount=amount, by=by):
                return _happened(time, day, self._both(N_("compensation claimed")), rupees(amount), by)
            case PictureAttached(by=by):
                return _happened(time, day, self._both(N_("a photo or scan")), by)
            case CallMade(whom=whom, phone=phone, by=by):
                return _happened(time, day, self._both(N_("telephoned")), whom, phone, by)


def _happened(time: str, day: str, words: Both, *more: str) -> Event:
    return Event(time, day, words, " · ".join(part for part in more if part), "done")
