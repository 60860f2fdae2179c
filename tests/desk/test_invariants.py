"""Whatever is done in whatever order: numbers have no gap, drawers add up, no original is printed twice."""

import shutil
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from counter_app.desk import clock, complaint_steps, complaints, paper, payments
from counter_app.desk.complaints import Registered
from counter_app.desk.paper import Answer
from counter_app.desk.payments import PaymentDraft, Receipt
from counter_app.domain.acts import PaperState
from counter_app.domain.complaint import Stage
from counter_app.domain.numbering import Series
from counter_app.domain.payment import Tender, TenderKind
from counter_app.domain.people import Session
from counter_app.domain.refusals import Refused
from counter_app.store import finds
from tests.desk.small_office import (
    CASHIER,
    CLERK,
    NOW,
    NUMBERS,
    SECOND,
    complaining,
    faults,
    moving,
    opened,
    paying,
    sealed,
    signed_in,
)

PEOPLE = (CASHIER, SECOND, CLERK)
NEVER = datetime.max.replace(tzinfo=UTC)
WHOLE_RUPEES = st.integers(min_value=-1, max_value=3_000).map(lambda rupees: rupees * 100)


def tenders(kind: TenderKind, amount: int, split: bool) -> tuple[Tender, ...]:
    """One tender, or a hundred rupees of it in cash."""
    in_cash = 100_00 if split else 0
    part = amount - in_cash
    one = {
        TenderKind.CASH: Tender(kind, part, given=part + 100_00, returned=100_00),
        TenderKind.UPI: Tender(kind, part, reference=f"{part % 7:012d}", confirmed=False),
        TenderKind.CARD: Tender(kind, part, reference="4821"),
    }[kind]
    return (one, Tender(TenderKind.CASH, in_cash, given=in_cash)) if split else (one,)


class Window(RuleBasedStateMachine):
    """Two cashiers and a clerk at one counter, with power cuts, slow clocks and impatient fingers."""

    pattern: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="counter-window-"))
        shutil.copytree(self.pattern, self.folder / "office")
        self.now = NOW
        self.desk = opened(self.folder / "office")
        self.sessions: dict[str, Session] = {person.code: signed_in(self.desk, person) for person in PEOPLE}
        self.receipts: dict[UUID, Receipt] = {}
        self.complaints: dict[UUID, Registered] = {}
        self.cash: Counter[UUID] = Counter()
        self.closed: set[UUID] = set()
        self.originals: list[UUID] = []
        self.out: set[UUID] = set()

    def teardown(self) -> None:
        assert faults(self.desk) == ()
        self.desk.book.close()
        shutil.rmtree(self.folder)

    # -- money ----------------------------------------------------------------------------------------

    @rule(
        who=st.sampled_from([person.code for person in PEOPLE]),
        consumer=st.sampled_from(NUMBERS),
        amount=WHOLE_RUPEES,
        kind=st.sampled_from((TenderKind.CASH, TenderKind.UPI, TenderKind.CARD)),
        split=st.booleans(),
        advance=st.booleans(),
    )
    def pay(self, who: str, consumer: str, amount: int, kind: TenderKind, split: bool, advance: bool) -> None:
        session = self.sessions[who]
        self._take(session, PaymentDraft(uuid4(), consumer, amount, tenders(kind, amount, split), advance))

    def _take(self, session: Session, draft: PaymentDraft) -> None:
        try:
            receipt = payments.take(self.desk, session, draft, self.now)
        except Refused:
            return
        assert session.drawer is not None
        assert session.drawer not in self.closed
        assert session.person != CLERK
        self.receipts[draft.act] = receipt
        self.originals.append(draft.act)
        in_cash = (tender for tender in receipt.payment.tenders if tender.kind is TenderKind.CASH)
        self.cash[session.drawer] += sum(tender.given - tender.returned for tender in in_cash)

    @precondition(lambda self: self.receipts)
    @rule(data=st.data(), amount=WHOLE_RUPEES)
    def press_enter_again(self, data: st.DataObject, amount: int) -> None:
        act = data.draw(st.sampled_from(sorted(self.receipts)))
        session = self.sessions[CASHIER.code]
        assert (
            payments.take(self.desk, session, paying(NUMBERS[0], amount, act=act), self.now)
            == self.receipts[act]
        )

    @rule(counted=st.integers(min_value=0, max_value=5_000_00))
    def close_the_drawer(self, counted: int) -> None:
        session = self.sessions[CASHIER.code]
        assert session.drawer is not None
        doubt = clock.doubt(self.desk, self.now)
        if doubt is not None and doubt.stops(self.now):
            return  # no day ends by a clock that takes no money
        if session.drawer not in self.closed:
            closed = sealed(self.desk, session, counted // 100 * 100, self.now)
            self.originals.append(closed.act)
            fixed = closed.report
            assert fixed.expected == self.cash[session.drawer]
            assert fixed.expected + fixed.difference == fixed.counted == counted // 100 * 100
            self.closed.add(session.drawer)
        self.sessions[CASHIER.code] = signed_in(self.desk, CASHIER, self.now)

    # -- complaints -----------------------------------------------------------------------------------

    @rule(consumer=st.sampled_from(("", "N1", *NUMBERS)), key=st.sampled_from(("11", "91", "52", "99")))
    def complain(self, consumer: str, key: str) -> None:
        draft = complaining(consumer, key)
        try:
            self.complaints[draft.act] = complaints.register(
                self.desk, self.sessions[CLERK.code], draft, self.now
            )
        except Refused:
            return
        self.originals.append(draft.act)

    @precondition(lambda self: self.complaints)
    @rule(data=st.data(), stage=st.sampled_from(Stage))
    def step(self, data: st.DataObject, stage: Stage) -> None:
        act = data.draw(st.sampled_from(sorted(self.complaints)))
        try:
            row = complaint_steps.step(self.desk, self.sessions[CLERK.code], moving(act, stage), self.now)
        except Refused:
            return
        assert row.state.stage is stage

    # -- paper ----------------------------------------------------------------------------------------

    @precondition(lambda self: self.originals)
    @rule(data=st.data(), state=st.sampled_from((PaperState.SENT, PaperState.SENT, *PaperState)))
    def note(self, data: st.DataObject, state: PaperState) -> None:
        job = data.draw(st.sampled_from(self.originals[-2:]))
        session = self.sessions[CLERK.code]
        try:
            paper.note_outcome(self.desk, session, uuid4(), job, state, "TM-T82", self.now)
        except Refused:
            return
        if state is PaperState.SENT:
            assert job not in self.out, "an original printed twice"
        if state is PaperState.FAILED:
            self.out.discard(job)
        else:
            self.out.add(job)

    @precondition(lambda self: self.originals)
    @rule(data=st.data(), seen=st.sampled_from(Answer))
    def answer(self, data: st.DataObject, seen: Answer) -> None:
        job = data.draw(st.sampled_from(self.originals[-2:]))
        try:
            paper.answer(self.desk, self.sessions[CLERK.code], uuid4(), job, seen, self.now)
        except Refused:
            return
        if seen is Answer.NOT_PRINTED:
            self.out.discard(job)
        else:
            self.out.add(job)

    @precondition(lambda self: self.originals)
    @rule(data=st.data())
    def ask_for_a_copy(self, data: st.DataObject) -> None:
        subject = data.draw(st.sampled_from(self.originals[-2:]))
        with self.desk.book.reading() as connection:
            before = [job.copy for job in finds.jobs_of(connection, subject)]
        copy = paper.ask_copy(self.desk, self.sessions[CLERK.code], uuid4(), subject, "खो गई", self.now).copy
        assert copy == max(before) + 1

    # -- the world ------------------------------------------------------------------------------------

    @rule(minutes=st.sampled_from((-300, -1, 1, 9, 60, 900)))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(clean=st.booleans())
    def start_anew(self, clean: bool) -> None:
        assert faults(self.desk) == ()
        self.desk.book.close()
        self.desk = opened(self.folder / "office", self.now)
        if clean:
            self.sessions = {person.code: signed_in(self.desk, person, self.now) for person in PEOPLE}
        asked = {job.job for job in paper.in_doubt(self.desk, self.sessions[CLERK.code])}
        with self.desk.book.reading() as connection:
            jobs = {act: finds.job(connection, act) for act in self.originals}
        there = [job for job in jobs.values() if job]
        newest = max((job.asked_at for job in there), default=None)
        # A printer that told once what came out of it is asked about all it was sent since.
        telling: dict[str, datetime] = {}
        for job in there:
            if job.state is PaperState.CONFIRMED:
                telling[job.printer] = min(job.asked_at, telling.get(job.printer, job.asked_at))
        doubtful = {PaperState.WAITING, PaperState.UNKNOWN, PaperState.FAILED}
        assert asked == {
            job.job
            for job in there
            if job.state in doubtful
            or (
                job.state is PaperState.SENT
                and (job.asked_at == newest or job.asked_at >= telling.get(job.printer, NEVER))
            )
        }

    # -- what always holds ----------------------------------------------------------------------------

    @invariant()
    def numbers_have_no_gap_and_no_repeat(self) -> None:
        paid = sorted(receipt.payment.serial for receipt in self.receipts.values())
        told = sorted(complaint.registered.serial for complaint in self.complaints.values())
        with self.desk.book.reading() as connection:
            assert paid == list(range(1, finds.last_serial(connection, Series.RECEIPT) + 1))
            assert told == list(range(1, finds.last_serial(connection, Series.COMPLAINT) + 1))

    @invariant()
    def drawers_add_up(self) -> None:
        with self.desk.book.reading() as connection:
            for drawer, cash in self.cash.items():
                row = finds.drawer(connection, drawer)
                assert row is not None
                assert row.opening + row.cash == cash


def test_random_work_at_the_window(pattern: Path) -> None:
    window = type("WindowHere", (Window,), {"pattern": pattern})
    run_state_machine_as_test(
        window,
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
