"""Opening the drawer with a float, counted by notes and coins before the first receipt."""

from uuid import UUID, uuid4

from PySide6.QtWidgets import QWidget

from counter_app.desk import drawers
from counter_app.domain.days import business_day
from counter_app.domain.drawer import counted_total
from counter_app.domain.money import Paise
from counter_app.domain.people import Session
from counter_app.domain.refusals import Refused
from counter_app.ui.count import CountCard
from counter_app.ui.page import CARD_GAP, Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, Facts, key_line, row
from counter_app.ui.text import heading, sentence
from counter_app.words.amounts import rupees
from counter_app.words.say import N_, Both, both


class DrawerOpenPage(Page):
    """Enter goes from line to line; behind the last one it opens the drawer with what was counted."""

    name = "drawer_open"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._may = False
        faces = frame.desk.rules.counting(business_day(frame.now())).faces
        self._count = CountCard(self.language, faces, self._both(N_("The float")))
        self._count.refused.connect(self.frame.tell_trouble)
        line = row(spacing=CARD_GAP)
        line.addWidget(self._count)
        line.addWidget(self._build_hints(), 1)
        self.main_column.addLayout(line, 1)
        self.side_column.addWidget(self._build_side(), 1)

    def keys(self) -> Keys:
        accept = self._both(N_("Next") if self._count.has_focus() else N_("Open with this float"))
        shown = accept if self._may else Both("", "")
        return Keys(("help", "find", "lock"), escape=self._both(N_("Back")), accept=shown)

    def enter(self, _visit: Visit) -> None:
        """Ask what was kept of the last drawer."""
        self._act, self._may = uuid4(), False
        self._count.put({})
        self._facts.put(0, "")
        self._count.begin()
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: drawers.float_kept(desk, session, at), self._show)

    def again(self) -> None:
        """Back from another page."""
        self._count.begin()

    def step(self, rows: int) -> bool:
        """Up and down move from line to line."""
        if not self._count.step(rows) and not self._count.has_focus():
            self._count.begin()
        self.frame.keys_changed()
        return True

    def accept(self) -> None:
        """Enter: the next line, and behind the last one the drawer opens."""
        if not self._may:
            return
        if not self._count.has_focus():
            self._open()
        elif not self._count.step(1):
            self.setFocus()
        self.frame.keys_changed()

    def _open(self) -> None:
        try:
            amount = counted_total(self._count.counts())
        except Refused as refused:
            self.frame.tell_trouble(refused)
            return
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
        self.save(lambda: drawers.open_with(desk, session, act, amount, at), self._opened)

    def refused(self, trouble: Exception) -> None:
        """The count stands and can be put right."""
        super().refused(trouble)
        self._count.begin()

    def _opened(self, session: Session) -> None:
        total = rupees(counted_total(self._count.counts()))
        self.frame.signed_in(session)
        self.frame.home(self._both(N_("The drawer is open with {amount}."), amount=total))

    def _show(self, kept: Paise) -> None:
        self._may = True
        self._facts.put(0, rupees(kept), bold=True)
        self.frame.keys_changed()

    def _build_hints(self) -> QWidget:
        hints = Card(spacing=10)
        hints.body.addWidget(heading(self._both(N_("Open the drawer")), "lead"))
        for words in (
            self._both(N_("Count what lies in the drawer before the first receipt.")),
            self._both(N_("Without a count the drawer is open with what was kept, or with nothing.")),
            self._both(N_("After the first receipt more change comes in as cash from the head cashier.")),
        ):
            hints.body.addWidget(sentence(words, "body"))
        hints.body.addStretch(1)
        hints.section().addLayout(key_line([("Enter", self._both(N_("Next, at the end: open")))]))
        return hints

    def _build_side(self) -> QWidget:
        side = Card(spacing=8)
        side.body.addWidget(heading(self._both(N_("From the last drawer"))))
        self._facts = Facts()
        self._facts.add(self._both(N_("Kept as float")))
        side.body.addWidget(self._facts)
        side.body.addWidget(
            sentence(self._both(N_("The drawer opens with at least that. What is missing shows at day end.")))
        )
        side.body.addStretch(1)
        return side

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
