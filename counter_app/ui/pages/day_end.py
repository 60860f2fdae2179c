"""The end of the day at a drawer in six steps. Nobody sees a sum of the day before the count is fixed."""

from dataclasses import replace
from enum import IntEnum
from functools import cached_property
from typing import TypeVar
from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.desk import day_end, drawer_now
from counter_app.desk.day_end import Checks, Ending, Reveal
from counter_app.desk.drawers import Closed
from counter_app.domain.days import business_day
from counter_app.domain.drawer import Counted
from counter_app.domain.people import Session
from counter_app.domain.refusals import Refused
from counter_app.ui.count import CountCard
from counter_app.ui.page import CARD_GAP, GAP, Frame, HalfTyped, Keys, Page, Visit
from counter_app.ui.pages.day_end_cards import (
    NO_CAUSE,
    ChecksCard,
    CompareCard,
    HintsCard,
    OthersCard,
    SealedCard,
    StepStrip,
)
from counter_app.ui.pages.day_end_forms import DifferenceCard, SealCard, Way
from counter_app.ui.parts import Kind, column, row
from counter_app.words import causes
from counter_app.words.amounts import rupees
from counter_app.words.dates import clock
from counter_app.words.say import N_, Both, Language, both

_Card = TypeVar("_Card", bound=QWidget)

HAND_OVER, LUNCH = "hand over", "lunch"
"""What a visit holds that is for this: the cash then goes there unless another way is chosen."""

LEFT = "left"
"""What a visit holds, before a code, that is for the drawer (``act``) of somebody who is gone."""


class Step(IntEnum):
    """Where the day's end stands; the last is behind the seal."""

    CHECKS = 0
    COUNT = 1
    OTHERS = 2
    COMPARE = 3
    SECOND = 4
    SEAL = 5
    SEALED = 6


class DayEndPage(Page):
    """Enter goes on; until the count is fixed everything can be left and comes back as it was."""

    name = "day_end"
    wide = True

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._left: UUID | None = None
        self._open = False
        self._step = Step.CHECKS
        self._reveal: Reveal | None = None
        language = self.language
        faces = frame.desk.rules.counting(business_day(frame.now())).faces
        self._strip = StepStrip(language)
        self._count = CountCard(language, faces, self._both(N_("Your count")))
        self._count.refused.connect(self.frame.tell_trouble)
        self._checks, self._hints = ChecksCard(language), HintsCard(language)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._checks)
        self._stack.addWidget(self._hints)
        self.main_column.addWidget(self._strip)
        line = row(spacing=GAP)
        line.addWidget(self._count)
        right = column(spacing=CARD_GAP)
        right.addWidget(self._banner)  # beside the count, where there is room for it
        right.addWidget(self._stack, 1)
        line.addLayout(right, 1)
        self.main_column.addLayout(line, 1)

    @cached_property
    def _others(self) -> OthersCard:
        return self._placed(OthersCard(self.language))

    @cached_property
    def _compare(self) -> CompareCard:
        return self._placed(CompareCard(self.language))

    @cached_property
    def _difference(self) -> DifferenceCard:
        card = self._placed(DifferenceCard(self.language))
        card.second.turned.connect(self.frame.keys_changed)
        card.second.begin(self._act)
        return card

    @cached_property
    def _seal(self) -> SealCard:
        card = self._placed(SealCard(self.language))
        card.picked.connect(self._way_picked)
        return card

    @cached_property
    def _sealed(self) -> SealedCard:
        return self._placed(SealedCard(self.language))

    def _placed(self, card: _Card) -> _Card:
        self._stack.addWidget(card)
        return card

    def _card(self) -> QWidget:
        """What stands beside the count at this step: behind the count, built when it comes to it."""
        match self._step:
            case Step.CHECKS:
                return self._checks
            case Step.COUNT:
                return self._hints
            case Step.OTHERS:
                return self._others
            case Step.COMPARE:
                return self._compare
            case Step.SECOND:
                return self._difference
            case Step.SEAL:
                return self._seal
            case Step.SEALED:
                return self._sealed

    def keys(self) -> Keys:
        accept = {
            Step.CHECKS: N_("Begin the count"), Step.OTHERS: N_("All others are there"),
            Step.SEAL: N_("Seal the day"), Step.SEALED: N_("To Home"),
        }.get(self._step, N_("Next"))  # fmt: skip
        if self._step is Step.COUNT and not self._count.has_focus():
            accept = N_("Fix the count")
        shown = self._both(accept) if self._open or self._step is Step.SEALED else Both("", "")
        actions = ("help", "find", "receipts", "day_end", "hold", "lock")
        return Keys(actions, current="day_end", escape=self._both(N_("Back")), accept=shown)

    # -- coming and going ----------------------------------------------------------------------------

    def enter(self, visit: Visit) -> None:
        """Look round; a count that was begun goes on, one that is fixed is compared."""
        draft = visit.draft
        self._act = draft.act if draft else uuid4()
        self._reveal, self._open = None, False
        self._count.put(draft.body if draft else {})
        if "_difference" in vars(self):
            self._difference.reason.put("")
            self._difference.second.begin(self._act)
        if "_seal" in vars(self):
            self._seal.clear()
        if visit.typed in (HAND_OVER, LUNCH):
            self._seal.choose(Way.HAND_OVER if visit.typed == HAND_OVER else Way.KEEP_ALL)
        what, _, code = visit.typed.partition(" ")
        self._left = visit.act if what == LEFT else None
        self._go(Step.CHECKS)
        if self._left:
            self.frame.tell(
                self._both(N_("This is the drawer of {code}, who is gone."), code=code), Kind.NOTE
            )
        self._ask()

    def again(self) -> None:
        """Back from another page, where a receipt may have been put right."""
        if self._step is not Step.SEALED:
            self._ask()

    def refresh(self) -> None:
        """Something was recorded elsewhere."""
        if self._open and self._step is Step.CHECKS:
            self._ask()

    def draft(self) -> HalfTyped | None:
        """A count that was begun and is not fixed."""
        typed = self._count.typed()
        if not self._open or self._left or self._reveal is not None or not typed:
            return None
        return HalfTyped(self._act, "", typed)

    @property
    def _session(self) -> Session:
        """Who counts, with the drawer that is counted."""
        session = self.frame.session
        return replace(session, drawer=self._left) if self._left else session

    def _ask(self) -> None:
        desk, session, at = self.frame.desk, self._session, self.frame.now()

        def job() -> tuple[Checks, Reveal | None] | None:
            if drawer_now.now(desk, session) is None:
                return None
            return day_end.checks(desk, session, at), day_end.reveal(desk, session, at)

        self.fetch(job, self._show)

    def _show(self, found: tuple[Checks, Reveal | None] | None) -> None:
        if found is None:
            self._open = False
            self.frame.tell(self._both(N_("No drawer is open. Open one with the word: drawer.")), Kind.NOTE)
            self._go(Step.CHECKS)
            return
        self._open = True
        checks, reveal = found
        self._checks.show_checks(checks)
        if reveal is not None:
            self._show_reveal(reveal)
            self._go(max(self._step, Step.COMPARE))
        else:
            self._go(self._step)

    # -- keys ----------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Enter: one step on."""
        if self._step is Step.SEALED:
            self.frame.home()
        elif not self._open:
            return
        elif self._step is Step.CHECKS:
            self._go(Step.COUNT)
        elif self._step is Step.COUNT:
            self._count_on()
        elif self._step is Step.OTHERS:
            self._go(Step.COMPARE)
        elif self._step is Step.COMPARE:
            self._compared()
        elif not self._next_field():
            self._go(Step.SEAL) if self._step is Step.SECOND else self._close()

    def escape(self) -> None:
        """Esc: one step back; behind the fixed count there is no way."""
        back = {Step.COUNT: Step.CHECKS, Step.SECOND: Step.COMPARE}
        back[Step.SEAL] = Step.SECOND if self._needs_second() else Step.COMPARE
        if self._has_others():
            back[Step.COMPARE] = Step.OTHERS
        if self._open and self._step in back:
            self._go(back[self._step])
        else:
            self.frame.back()

    def step(self, rows: int) -> bool:
        """Arrows move in the count, the lists and the choices."""
        if self._step is Step.COUNT:
            if not self._count.has_focus():
                self._count.begin()
            else:
                self._count.step(rows)
            self._hints.ask_to_fix(now=False)
            self.frame.keys_changed()
        elif self._step is Step.OTHERS:
            self._others.table.step(rows)
        elif self._step is Step.COMPARE and self._compare.choices is not None:
            self._compare.choices.step(rows)
        elif self._step is Step.SEAL:
            self._seal.step(rows)
        return True

    def digit(self, digit: str) -> bool:
        """A digit outside the fields marks, guesses, or says where the cash goes."""
        if self._step is Step.OTHERS and digit == "1":
            self._others.mark()
            return True
        if self._step is Step.COMPARE and self._compare.choices is not None:
            return self._compare.choices.select_key(digit)
        return self._step is Step.SEAL and self._seal.pick(digit)

    # -- steps ---------------------------------------------------------------------------------------

    def _go(self, step: Step) -> None:
        self._step = Step(step)
        skipped = () if self._needs_second() or self._reveal is None else (Step.SECOND,)
        self._strip.show_step(step, skipped)
        self._stack.setCurrentWidget(self._card())
        self._hints.ask_to_fix(now=False)
        if self._step is Step.COUNT:
            self._count.begin()
        elif self._step is Step.SECOND:
            self._difference.fields[0].edit.setFocus()
        else:
            self.setFocus()
        self.frame.keys_changed()

    def _count_on(self) -> None:
        """From line to line; behind the last one Enter fixes the count."""
        if not self._count.has_focus():
            self._fix()
        elif not self._count.step(1):
            self.setFocus()
            self._hints.ask_to_fix(now=True)
        self.frame.keys_changed()

    def _fix(self) -> None:
        try:
            counts: tuple[Counted, ...] = self._count.counts()
        except Refused as refused:
            self.frame.tell_trouble(refused)
            return
        desk, session, at = self.frame.desk, self._session, self.frame.now()
        self.save(lambda: day_end.fix(desk, session, counts, at), self._fixed)

    def _fixed(self, reveal: Reveal) -> None:
        self.frame.untell()
        self.frame.drop_draft(self._act)
        self._show_reveal(reveal)
        self._go(Step.OTHERS if self._has_others() else Step.COMPARE)

    def _show_reveal(self, reveal: Reveal) -> None:
        self._reveal = reveal
        note = self._both(N_("Fixed at {at}, for good"), at=clock(reveal.fixed_at))
        self._count.show_counts(reveal.counts, note)
        self._others.show_others(reveal)
        self._compare.show_reveal(reveal)
        self._seal.begin(reveal)

    def _compared(self) -> None:
        reveal, choices = self._reveal, self._compare.choices
        if reveal is None or not self._needs_second():
            self._go(Step.SEAL)
            return
        if choices is None:
            self._difference.reason.put("")
        elif choices.key() == NO_CAUSE:
            self._difference.reason.put(" · ".join(both(N_("No cause found"), Language.HINDI)))
        else:
            self._difference.reason.put(causes.as_reason(reveal.causes[int(choices.key()) - 1]))
        self._go(Step.SECOND)

    def _next_field(self) -> bool:
        """Go to the next field of the form; False behind the last one."""
        fields = self._difference.fields if self._step is Step.SECOND else self._seal.fields
        place = next((at for at, field in enumerate(fields) if field.has_focus()), -1)
        if self._step is Step.SEAL and place < 0 and len(fields) == 1:
            return False  # all goes to the bank, or stays: nothing need be typed
        if place + 1 < len(fields):
            fields[place + 1].edit.setFocus()
            return True
        return False

    @Slot()
    def _way_picked(self) -> None:
        fields = self._seal.fields
        if len(fields) > 1:
            fields[0].edit.setFocus()
        else:
            self.setFocus()

    def _close(self) -> None:
        try:
            kept = self._seal.kept()
        except Refused as refused:
            self.frame.tell_trouble(refused)
            return
        reason = self._difference.reason.text() if self._needs_second() else ""
        unseen = tuple(sorted(self._others.unseen))
        ending = Ending(self._act, reason, self._seal.note(), unseen, self._seal.handed_to(), kept)
        word = self._difference.second.word() if self._needs_second() else None
        self._difference.second.forget()
        desk, session, at = self.frame.desk, self._session, self.frame.now()
        self.save(lambda: day_end.close(desk, session, ending, word, at), self._closed)

    def refused(self, trouble: Exception) -> None:
        """The desk said no: what was typed stands, but for the password."""
        super().refused(trouble)
        if self._step is Step.SEAL and self._needs_second():
            self._go(Step.SECOND)
            self._difference.fields[-1].edit.setFocus()

    def _closed(self, closed: Closed) -> None:
        self.frame.untell()
        self.frame.drop_draft(self._act)
        self.frame.print_job(closed.act)
        self._open = False
        facts, report = self._sealed.facts, closed.report
        facts.clear()
        facts.add(self._both(N_("Report no.")), str(closed.number), bold=True)
        facts.add(self._both(N_("Counted")), rupees(report.counted), bold=True)
        facts.add(self._both(N_("Difference")), rupees(report.difference))
        if report.handed_to:
            facts.add(self._both(N_("Handed over to")), report.handed_to)
        else:
            facts.add(self._both(N_("Kept as float")), rupees(report.kept))
            facts.add(self._both(N_("To the bank")), rupees(report.to_bank))
        self._go(Step.SEALED)

    def _needs_second(self) -> bool:
        return self._reveal is not None and self._reveal.needs_second

    def _has_others(self) -> bool:
        return self._reveal is not None and bool(self._reveal.non_cash)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
