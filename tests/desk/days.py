"""Whole days at a counter, at random: opened, paid, put right, handed over, closed; the bank speaks, and the
power goes.

After each step all is added up anew (``day_audit``); used by the tests and, for longer, by the bench.
"""

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import ClassVar
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from counter_app.desk import (
    cash,
    clock,
    closings,
    correcting,
    day_end,
    drawers,
    payments,
    reconciling,
    undoing,
)
from counter_app.desk.cash import MoveDraft
from counter_app.desk.closings import Stamp
from counter_app.desk.day_end import Ending
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft, Receipt
from counter_app.desk.second import Word
from counter_app.domain.clock import Decision
from counter_app.domain.days import business_day
from counter_app.domain.drawer import Move
from counter_app.domain.money import Paise
from counter_app.domain.payment import Tender, TenderKind
from counter_app.domain.people import Session
from counter_app.domain.refusals import Refused
from counter_app.domain.statement import WHOLE_UTR, Claim
from counter_app.domain.undoing import Outcome, Why
from counter_app.store import finds
from counter_app.store.finds import claims
from tests.desk.day_audit import Audit, audited, sealed_days
from tests.desk.pc_clock import PcClock
from tests.desk.small_office import (
    CASHIER,
    NO_BILL,
    NOW,
    NUMBERS,
    PASSWORD,
    SECOND,
    SUPERVISOR,
    counted_as,
    make,
    opened,
    signed_in,
    taking,
)

WHOLLY_EVERY = 25
"""After so many steps, and at the end, every row is made again from the journal."""

WORD = Word(SUPERVISOR.code, PASSWORD)
BOSS = Session(SUPERVISOR, None)
PEOPLE = (CASHIER, SECOND)
CODES = st.sampled_from([person.code for person in PEOPLE])
RUPEES = st.integers(1, 2_000).map(lambda rupees: rupees * 100)
OFF = st.sampled_from((0, 0, 0, -50_00, -1_00, 7_00))
PAYS = [number for number in NUMBERS if number != NO_BILL]

WAYS = tuple((kind,) for kind in TenderKind) + tuple((kind, TenderKind.CASH) for kind in TenderKind)
PAID = st.tuples(st.sampled_from(PAYS), RUPEES, st.sampled_from(WAYS), st.sampled_from((0, 100_00)))
"""Of whom, how much, how, and how much more is handed over than is due."""


class Days(RuleBasedStateMachine):
    """Two cashiers at one counter; a supervisor agrees to whatever needs a second person."""

    steps: ClassVar[int] = 0
    violations: ClassVar[list[str]] = []

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="counter-days-"))
        self.folder = self.root / "0"
        pattern, receipts = _pattern()
        shutil.copytree(pattern, self.folder)
        self.pc = PcClock()
        self.desk = self._opened()
        self.sessions = {person.code: signed_in(self.desk, person, self.pc.now) for person in PEOPLE}
        self.receipts, self.references = dict(receipts), 2 * len(WAYS)
        self.statements: list[Path] = []
        self.sealed: dict[UUID, tuple[object, ...]] = {}
        self.last: PaymentDraft | None = None
        self.audit: Audit | None = None

    def teardown(self) -> None:
        self._audit(wholly=True)
        self.desk.book.close()
        shutil.rmtree(self.root)

    # -- the day ---------------------------------------------------------------------------------------

    @rule(who=CODES)
    def sign_in(self, who: str) -> None:
        person = self.sessions[who].person
        with suppress(Refused):
            self.sessions[who] = signed_in(self.desk, person, self.pc.now)

    @rule(who=CODES, amount=st.sampled_from((0, 500_00, 2_000_00)))
    def open_with_a_float(self, who: str, amount: int) -> None:
        with suppress(Refused):
            session = drawers.open_with(self.desk, self.sessions[who], uuid4(), amount, self.pc.now)
            self.sessions[who] = session

    @rule(who=CODES, paid=st.lists(PAID, min_size=1, max_size=4))
    def pay(self, who: str, paid: list[tuple[str, int, Sequence[TenderKind], int]]) -> None:
        for one in paid:
            self._pay(who, *one)

    def _pay(self, who: str, consumer: str, amount: Paise, by: Sequence[TenderKind], more: Paise) -> None:
        tenders = tuple(self._tender(kind, amount, more) for kind in by)
        self.last = PaymentDraft(uuid4(), consumer, amount * len(by), tenders, advance=True)
        self._take(who, self.last)

    def _tender(self, kind: TenderKind, amount: Paise, more: Paise = 0) -> Tender:
        """A way of paying under a reference that was never used."""
        self.references += 1
        return _tendered(kind, amount, self.references, business_day(self.pc.now), more)

    def _take(self, who: str, draft: PaymentDraft) -> None:
        with suppress(Refused):
            self.receipts[draft.act] = payments.take(self.desk, self.sessions[who], draft, self.pc.now)

    @precondition(lambda self: self.receipts)
    @rule(who=CODES, data=st.data(), why=st.sampled_from(Why))
    def cancel(self, who: str, data: st.DataObject, why: Why) -> None:
        act, session = self._receipt(data, who)
        with suppress(Refused):
            undoing.cancel(self.desk, session, uuid4(), act, why, "", WORD, self.pc.now)

    @precondition(lambda self: self.receipts)
    @rule(who=CODES, data=st.data())
    def ask_for_a_refund(self, who: str, data: st.DataObject) -> None:
        act, session = self._receipt(data, who)
        with suppress(Refused):
            undoing.ask_refund(self.desk, session, uuid4(), act, Why.OTHER, "", self.pc.now)

    @precondition(lambda self: self.receipts)
    @rule(who=CODES, data=st.data(), kind=st.sampled_from(TenderKind))
    def pay_otherwise(self, who: str, data: st.DataObject, kind: TenderKind) -> None:
        act, session = self._receipt(data, who)
        with self.desk.book.reading() as connection:
            row = finds.receipt(connection, act)
        assert row is not None
        place = data.draw(st.integers(0, len(row.tenders) - 1)) if row.tenders else 0
        right = list(row.tenders)
        right[place : place + 1] = [self._tender(kind, one.amount) for one in right[place : place + 1]]
        with suppress(Refused):
            correcting.correct(self.desk, session, uuid4(), act, tuple(right), "", WORD, self.pc.now)

    @precondition(lambda self: self.receipts)
    @rule(who=CODES, data=st.data(), to=st.sampled_from(NUMBERS))
    def it_is_another_consumers(self, who: str, data: st.DataObject, to: str) -> None:
        act, session = self._receipt(data, who)
        with suppress(Refused):
            correcting.move(self.desk, session, uuid4(), act, to, "", WORD, self.pc.now)

    def _receipt(self, data: st.DataObject, who: str) -> tuple[UUID, Session]:
        """One of the newer receipts, and mostly who took it."""
        act = data.draw(st.sampled_from(list(self.receipts)[-12:]))
        clerk = self.receipts[act].payment.clerk
        return act, self.sessions[data.draw(st.sampled_from((clerk, clerk, who)))]

    @rule(who=CODES, move=st.sampled_from(Move), amount=RUPEES)
    def move_cash(self, who: str, move: Move, amount: int) -> None:
        draft = MoveDraft(uuid4(), move, amount, "डाक", "SBI")
        with suppress(Refused):
            cash.move(self.desk, self.sessions[who], draft, WORD, self.pc.now)

    @rule(who=CODES)
    def open_without_a_receipt(self, who: str) -> None:
        with suppress(Refused):
            drawers.unlock(self.desk, self.sessions[who], uuid4(), "छुट्टे", self.pc.now)

    # -- the bank --------------------------------------------------------------------------------------

    @rule(data=st.data(), outcome=st.sampled_from(Outcome))
    def the_bank_says(self, data: st.DataObject, outcome: Outcome) -> None:
        """Of what waits, and of what it has spoken of before."""
        today = business_day(self.pc.now)
        with self.desk.book.reading() as connection:
            found = claims.claims_since(connection, date.min)
        if found:
            claim = data.draw(st.sampled_from(found[-12:]))
            said = claim.receipt, claim.position, outcome, "", today, self.pc.now
            with suppress(Refused):
                reconciling.settle(self.desk, BOSS, uuid4(), *said)

    @rule(status=st.sampled_from(("success", "failed")))
    def a_statement_comes(self, status: str) -> None:
        """Of all that waits; what is read once says nothing new when it is read again."""
        rows = [
            f"{claim.day:%d/%m/%Y},{self._whole(claim)},{claim.amount // 100},{status}"
            for claim in (one.row.claim for one in reconciling.pending(self.desk, BOSS, self.pc.now))
        ]
        if rows:
            file = self.root / f"statement-{len(self.statements)}.csv"
            file.write_text("\n".join(("Txn Date,RRN,Credit,Status", *rows, "")), "utf-8")
            self.statements.append(file)
            reconciling.read(self.desk, BOSS, uuid4(), file, self.pc.now)
            again = reconciling.read(self.desk, BOSS, uuid4(), file, self.pc.now)
            assert again.read.matched == 0

    @staticmethod
    def _whole(claim: Claim) -> str:
        return claim.reference if claim.kind is not TenderKind.UPI else claim.reference.rjust(WHOLE_UTR, "6")

    # -- its end ---------------------------------------------------------------------------------------

    @rule(who=CODES, off=OFF)
    def count(self, who: str, off: int) -> None:
        with suppress(Refused):
            day_end.fix(
                self.desk, self.sessions[who], counted_as(max(self._holds(who) + off, 0)), self.pc.now
            )

    @rule(who=CODES, off=OFF, goes=st.sampled_from(("bank", "bank", "float", "stays", "colleague")))
    def close(self, who: str, off: int, goes: str) -> None:
        session = self.sessions[who]
        with suppress(Refused):
            counted = counted_as(max(self._holds(who) + off, 0))
            revealed = day_end.fix(self.desk, session, counted, self.pc.now)
            other = next(person.code for person in PEOPLE if person.code != who)
            kept = {"float": revealed.counted // 2 // 100 * 100, "stays": revealed.counted}.get(goes, 0)
            ending = Ending(uuid4(), "छुट्टे", "", (), other if goes == "colleague" else "", kept)
            closed = day_end.close(self.desk, session, ending, WORD, self.pc.now)
            assert day_end.close(self.desk, session, ending, None, self.pc.now) == closed
            self.sessions[who] = signed_in(self.desk, session.person, self.pc.now)

    @rule(off=OFF)
    def take_over(self, off: int) -> None:
        for session in self.sessions.values():
            self._take_over(session, off)

    def _take_over(self, session: Session, off: int) -> None:
        with suppress(Refused):
            for waits in cash.waiting(self.desk, session, self.pc.now):
                with self.desk.book.reading() as connection:
                    given = finds.closing(connection, waits.closing)
                assert given is not None
                counted = counted_as(max(given.counted + off, 0))
                cash.accept(self.desk, session, uuid4(), waits.closing, counted, "", self.pc.now)

    @rule(who=CODES)
    def pay_in(self, who: str) -> None:
        with suppress(Refused):
            for row in closings.papers(self.desk, self.sessions[who], self.pc.now).closings:
                if row.on_its_way and row.to_bank:
                    stamp = Stamp(business_day(self.pc.now), row.to_bank, "SBI", "42")
                    closings.note_deposit(
                        self.desk, self.sessions[who], uuid4(), row.closing, stamp, self.pc.now
                    )

    def _holds(self, who: str) -> int:
        drawer = self.sessions[who].drawer
        with self.desk.book.reading() as connection:
            row = finds.drawer(connection, drawer) if drawer else None
        return row.holds if row else 0

    # -- the world -------------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from((1, 9, 240, 900)))
    def time_passes(self, minutes: int) -> None:
        self.pc.wait(timedelta(minutes=minutes))

    @rule(minutes=st.sampled_from((-200, -3, 30, 2_000)), decision=st.sampled_from((None, *Decision)))
    def somebody_turns_the_clock(self, minutes: int, decision: Decision | None) -> None:
        self.pc.turn(timedelta(minutes=minutes))
        if decision is None:
            self.pc.turn(timedelta(minutes=-minutes))  # and sees it
        else:
            clock.decide(self.desk, BOSS, uuid4(), decision, None, self.pc.now)
            self._again()

    @rule(who=CODES)
    def the_power_goes(self, who: str) -> None:
        """What lies on the disk at this moment is all that is left; the clerk presses Enter once more."""
        before = len(self.receipts)
        self.folder = self.folder.with_name(str(int(self.folder.name) + 1))
        shutil.copytree(Path(self.desk.book.folder), self.folder)
        self.desk.book.close()
        shutil.rmtree(self.desk.book.folder)
        self.pc.reboot()
        self.desk = self._opened()
        self._again()
        if self.last is not None and self.last.act in self.receipts:
            known = self.receipts[self.last.act]
            self._take(who, self.last)
            assert self.receipts[self.last.act] == known
            assert len(self.receipts) == before

    def _again(self) -> None:
        for code, session in self.sessions.items():
            with suppress(Refused):
                self.sessions[code] = signed_in(self.desk, session.person, self.pc.now)

    def _opened(self) -> Desk:
        """The counter in a time when every way of paying is taken."""
        return taking(opened(self.folder, self.pc.now, self.pc.steady), *TenderKind)

    # -- what always holds -----------------------------------------------------------------------------

    @invariant()
    def all_adds_up(self) -> None:
        type(self).steps += 1
        self._audit(wholly=self.steps % WHOLLY_EVERY == 0 or self.audit is None)

    def _audit(self, *, wholly: bool) -> None:
        audit = self.audit = audited(self.desk, None if wholly else self.audit)
        for act, day in sealed_days(self.desk, audit):
            if self.sealed.setdefault(act, day) != day:
                audit.violations.append(f"{act}: a sealed day has changed")
        type(self).violations += audit.violations
        assert audit.violations == []


def _tendered(kind: TenderKind, amount: Paise, reference: int, day: date, more: Paise = 0) -> Tender:
    number = f"{reference:06d}"
    match kind:
        case TenderKind.CASH:
            return Tender(kind, amount, amount + more, more)
        case TenderKind.CARD:
            return Tender(kind, amount, reference="4821", confirmed=False)
        case TenderKind.CHEQUE | TenderKind.DRAFT:
            return Tender(kind, amount, reference=number, confirmed=False, bank="SBI", dated=day)
        case TenderKind.UPI | TenderKind.OTHER:
            return Tender(kind, amount, reference=number, confirmed=False)


@cache
def _pattern() -> tuple[Path, dict[UUID, Receipt]]:
    """The office after a morning's work of both, so that there is something to put right; made once a run."""
    folder = Path(tempfile.mkdtemp(prefix="counter-days-")) / "office"
    folder.mkdir()
    make(folder)
    desk = taking(opened(folder), *TenderKind)
    sessions = [signed_in(desk, person) for person in PEOPLE]
    receipts: dict[UUID, Receipt] = {}
    for place, way in enumerate(WAYS):
        numbered = enumerate(way, 2 * place)
        tenders = tuple(_tendered(kind, 500_00, number, business_day(NOW)) for number, kind in numbered)
        amount = 500_00 * len(way)
        draft = PaymentDraft(uuid4(), PAYS[place % len(PAYS)], amount, tenders, advance=True)
        receipts[draft.act] = payments.take(desk, sessions[place % 2], draft, NOW)
    desk.book.close()
    return folder, receipts
