"""What is known of the line before a complaint is made: a planned shutdown, an outage to join."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from PySide6.QtWidgets import QWidget

from counter_app.desk.complaints import OnLine
from counter_app.desk.outages import Outage
from counter_app.domain.catalogue import ComplaintType
from counter_app.domain.days import in_india
from counter_app.domain.network import Shutdown
from counter_app.ui.parts import Banner, Kind, clear, column
from counter_app.ui.wording import one_name
from counter_app.words.dates import clock, stamp
from counter_app.words.say import N_, Both, Language, both


class Asked(Enum):
    """What Enter and Esc answer."""

    SHUTDOWN = "shutdown"
    OUTAGE = "outage"


class LineAsked(QWidget):
    """One question after the other; ``join``: the complaint becomes a part of the outage."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._room = column(spacing=6)
        self.setLayout(self._room)
        self._line: OnLine | None = None
        self._left: list[Asked] = []
        self.join = False

    @property
    def asked(self) -> Asked | None:
        """What is being asked now."""
        return self._left[0] if self._left else None

    def forget(self) -> None:
        """Nothing is asked, and nothing was answered."""
        self._line, self._left, self.join = None, [], False
        clear(self._room)

    def ask(self, line: OnLine, kind: ComplaintType, now: datetime) -> None:
        """Ask what is to be asked before a complaint of this type; a shutdown to come is only told.

        What was asked of a line is not asked of it again.
        """
        if kind.outage is None or line == self._line:
            return
        self.forget()
        self._line = line
        off = [one for one in line.shutdowns if one.since <= now]
        self._left = [Asked.SHUTDOWN] * bool(off) + [Asked.OUTAGE] * (line.outage is not None)
        self._show(off or line.shutdowns)

    def accept(self) -> None:
        """Enter: register all the same; join the outage."""
        if self._left.pop(0) is Asked.OUTAGE:
            self.join = True
            clear(self._room)
            words = self._both(N_("It becomes a part of the outage."))
            self._room.addWidget(Banner(words, Kind.GOOD, icon="dtr"))
        else:
            self._show(())

    def separate(self) -> None:
        """Esc: the complaint stands by itself."""
        self._left.pop(0)
        clear(self._room)

    def _show(self, shutdowns: Sequence[Shutdown]) -> None:
        clear(self._room)
        if shutdowns:
            self._room.addWidget(self._shutdown(shutdowns[0]))
        if self.asked is Asked.OUTAGE and self._line is not None and self._line.outage is not None:
            self._room.addWidget(self._outage(self._line.outage))

    def _shutdown(self, one: Shutdown) -> Banner:
        reason, keys = one_name(self._language, one.reason_hi, one.reason_en), Both("", "")
        if self.asked is Asked.SHUTDOWN:
            keys = self._both(N_("Tell the consumer. Enter registers all the same, Esc does not."))
        more = Both(" · ".join(part for part in (reason, keys.lead) if part), keys.second)
        return Banner(shutdown_told(one, self._language), Kind.WARN, more=more, icon="dtr")

    def _outage(self, outage: Outage) -> Banner:
        text = N_("{count} complaints on DTR {line}: join?")
        if not outage.dtr:
            text = N_("{count} complaints on feeder {line}: join?")
        head = self._both(text, count=outage.complaints, line=outage.dtr or outage.feeder)
        told = outage.told
        more = self._both(N_("Enter joins, Esc keeps it separate."))
        if told is not None:
            back = stamp(told.expected_at) if told.expected_at else ""
            more = Both(" · ".join(part for part in (told.cause, back, more.lead) if part), "")
        return Banner(head, Kind.WARN, more=more, icon="dtr")

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self._language, **facts)


def shutdown_told(one: Shutdown, language: Language) -> Both:
    """On which line, from when to when."""
    same = in_india(one.since).date() == in_india(one.until).date()
    until = clock(one.until) if same else stamp(one.until)
    words = N_("Planned shutdown on {line}: {since} to {until}")
    return both(words, language, line=one.line, since=stamp(one.since), until=until)
