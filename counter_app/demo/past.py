"""What happened at the demo's counter so far: real entries, made by calling the desk with past times."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from uuid import UUID

from counter_app.demo.billing import Account
from counter_app.demo.staff import CASHIER, PASSWORD
from counter_app.desk import complaint_steps, complaints, day_end, paper, payments, sign_in
from counter_app.desk.complaint_steps import StepDraft
from counter_app.desk.complaints import ComplaintDraft
from counter_app.desk.day_end import Ending
from counter_app.desk.desk import Desk
from counter_app.desk.drawers import Closed
from counter_app.desk.payments import PaymentDraft
from counter_app.domain.acts import PaperState
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, Consent, Stage
from counter_app.domain.consumer import read_mobile
from counter_app.domain.days import IST, business_day, in_india
from counter_app.domain.drawer import fewest_pieces
from counter_app.domain.money import RUPEE
from counter_app.domain.numbering import Number, Series
from counter_app.domain.payment import cash, upi
from counter_app.domain.people import Session
from counter_app.domain.service_level import limit_of
from counter_app.store import finds, reference
from counter_app.store.complaint_states import restate
from counter_app.store.rows import KnownComplaint

PAST_DAYS = 3
_RECEIPTS_A_DAY = 8
_COMPLAINTS_A_DAY = 4
_KEYS = ("11", "13", "21", "21", "24", "31", "32", "22", "12", "15")
_NOTES = (
    ("शिव मंदिर के पास", ""),
    ("पानी की टंकी के सामने", "सुबह से बंद है"),
    ("", "पिछले माह से दोगुना बिल"),
    ("स्कूल के पीछे", ""),
    ("हनुमान चौक", "दूसरी बार शिकायत"),
)
_STORY = (Stage.FORWARDED, Stage.ASSIGNED, Stage.ON_SITE, Stage.ATTENDED, Stage.CLOSED)
_GIVEN_TO = {Stage.FORWARDED: "एफओसी केंद्र", Stage.ASSIGNED: "लाइन टीम 2"}
_STEP_NOTES = {
    Stage.ON_SITE: "टीम पहुँची",
    Stage.ATTENDED: "लाइन स्टाफ: काम पूरा",
    Stage.CLOSED: "उपभोक्ता को आपत्ति नहीं",
    Stage.REOPENED: "उपभोक्ता: अभी ठीक नहीं",
}


def live_through(
    desk: Desk, accounts: Sequence[Account], dice: Random, now: datetime, *, alone: bool
) -> None:
    """A few working days, the forenoon of today as far as it has gone; where the office is ``alone``,
    complaints made elsewhere too.
    """
    today = business_day(now)
    due = iter(dice.sample([one for one in accounts if one.bill.net > 0], k=min(len(accounts) // 2, 120)))
    known = dice.sample(list(accounts), k=min(len(accounts), 60))
    if alone:
        _made_elsewhere(desk, known, dice, now)
    for before in range(PAST_DAYS, -1, -1):
        day = today - timedelta(days=before)
        start = datetime.combine(day, time(9, 42), IST)
        end = min(now, datetime.combine(day, time(17, 5), IST))
        if end - start > timedelta(minutes=30):
            _Day(desk, dice, start, end).work(due, last=before == 0)


class _Day:
    """One day at the window, from sign-in to the count. What happens is done in the order of its time."""

    def __init__(self, desk: Desk, dice: Random, start: datetime, end: datetime) -> None:
        self._desk, self._dice, self._start, self._end = desk, dice, start, end
        self._coming: list[tuple[datetime, int, Callable[[datetime], None]]] = []

    def work(self, due: Iterator[Account], *, last: bool) -> None:
        session = sign_in.sign_in(self._desk, CASHIER, PASSWORD, self._act(), self._start)
        jobs = [self._payment] * _RECEIPTS_A_DAY + [self._complaint] * _COMPLAINTS_A_DAY
        self._dice.shuffle(jobs)
        room = (self._end - self._start - timedelta(minutes=25)) / len(jobs)
        for place, (job, account) in enumerate(zip(jobs, due, strict=False)):
            self._plan(self._start + timedelta(minutes=5) + room * place, partial(job, session, account))
        while self._coming:
            at, _, job_now = heapq.heappop(self._coming)
            job_now(at)
        if not last:
            self._count(session)

    def _plan(self, at: datetime, job: Callable[[datetime], None]) -> None:
        if at < self._end:
            heapq.heappush(self._coming, (at, len(self._coming) + self._dice.randrange(10**9), job))

    def _act(self) -> UUID:
        return UUID(int=self._dice.getrandbits(128), version=4)

    def _payment(self, session: Session, account: Account, at: datetime) -> None:
        number = account.consumer.number
        form = payments.prepare(self._desk, session, number, at)
        amount = form.payable.amount
        if not amount or form.paid_today:
            return
        if self._dice.random() < 0.25:
            tender = upi(amount, f"{self._dice.randrange(10**12):012d}")
        else:
            tender = cash(amount, -(-amount // (100 * RUPEE)) * 100 * RUPEE)
        draft = PaymentDraft(self._act(), number, amount, (tender,))
        self._printed(session, payments.take(self._desk, session, draft, at).job, at)

    def _complaint(self, session: Session, account: Account, at: datetime) -> None:
        landmark, note = self._dice.choice(_NOTES)
        consumer, key = account.consumer, self._dice.choice(_KEYS)
        mobile = read_mobile(consumer.mobile) or ""
        draft = ComplaintDraft(self._act(), consumer.number, key, mobile, landmark, note)
        registered = complaints.register(self._desk, session, draft, at)
        self._printed(session, registered.job, at)
        when = at
        story = list(_STORY[: self._dice.randrange(len(_STORY) + 1)])
        if story == list(_STORY) and self._dice.random() < 0.2:
            story.append(Stage.REOPENED)
        for stage in story:
            when += timedelta(minutes=self._dice.randrange(8, 55))
            self._plan(when, partial(self._step, session, registered.act, stage))

    def _step(self, session: Session, complaint: UUID, stage: Stage, at: datetime) -> None:
        consent = Consent.SIGNATURE if stage is Stage.CLOSED else None
        note, to = _said_of(stage)
        draft = StepDraft(self._act(), complaint, stage, note, to, consent=consent)
        complaint_steps.step(self._desk, session, draft, at)

    def _printed(self, session: Session, job: UUID, at: datetime) -> None:
        paper.note_outcome(self._desk, session, self._act(), job, PaperState.CONFIRMED, "TM-T82", at)

    def _count(self, session: Session) -> None:
        closed = count_right(self._desk, session, self._act(), self._end)
        self._printed(session, closed.act, self._end)
        sign_in.sign_out(self._desk, session, self._act(), self._end)


def count_right(desk: Desk, session: Session, act: UUID, at: datetime) -> Closed:
    """Close the session's drawer by a count that agrees."""
    assert session.drawer is not None
    with desk.book.reading() as connection:
        row = finds.drawer(connection, session.drawer)
    assert row is not None
    faces = desk.rules.counting(business_day(at)).faces
    day_end.fix(desk, session, fewest_pieces(row.holds, faces), at)
    return day_end.close(desk, session, Ending(act), None, at)


def _made_elsewhere(desk: Desk, accounts: Sequence[Account], dice: Random, now: datetime) -> None:
    """Complaints that 1912, the bot and the other counter registered, under way."""
    found: list[KnownComplaint] = []
    steps: list[tuple[UUID, ComplaintStep]] = []
    for serial, account in enumerate(accounts, start=1):
        at = now - timedelta(minutes=dice.randrange(30, 4_000))
        catalogue = desk.rules.catalogue(business_day(at))
        kind = catalogue.type(dice.choice(_KEYS))
        ladder = desk.rules.ladder(kind, desk.office.area(urban=account.consumer.urban), at)
        landmark, note = dice.choice(_NOTES)
        registered = ComplaintRegistered(
            serial=serial,
            office=desk.office.code,
            counter=1,
            day=business_day(at),
            consumer=account.consumer.number,
            type=kind.code,
            priority=kind.priority,
            urban=account.consumer.urban,
            mobile=read_mobile(account.consumer.mobile) or "",
            landmark=landmark,
            note=note,
            dtr=account.consumer.dtr,
            registered_at=at,
            due_at=limit_of(ladder),
            rules=catalogue.ruling.name,
            clerk="",
        )
        act = UUID(int=dice.getrandbits(128), version=4)
        number = Number(Series.COMPLAINT, desk.office.code, 1, serial, "")
        central = f"{in_india(at):%Y%m%d}{dice.randrange(100_000):05d}"
        channel = dice.choice(("call-centre", "whatsapp", "upay", "other counter"))
        found.append(KnownComplaint(act, number, registered, central, channel))
        steps += _steps_elsewhere(act, at, dice, now)
    with desk.book.writing() as page:
        reference.put_known_complaints(page, found)
        reference.put_known_events(page, steps)
        for one in found:
            restate(page.connection, one.act)


def _said_of(stage: Stage) -> tuple[str, str]:
    """What is written of a step, and whom the complaint is given to with it."""
    return _STEP_NOTES.get(stage, ""), _GIVEN_TO.get(stage, "")


def _steps_elsewhere(
    complaint: UUID, at: datetime, dice: Random, now: datetime
) -> Iterator[tuple[UUID, ComplaintStep]]:
    """What the fault centre has done of a complaint so far; none is done yet."""
    for stage in _STORY[: dice.randrange(_STORY.index(Stage.ATTENDED) + 1)]:
        at += timedelta(minutes=dice.randrange(8, 55))
        if at < now:
            note, to = _said_of(stage)
            step = ComplaintStep(complaint, stage, at, "1912", note, to=to)
            yield UUID(int=dice.getrandbits(128), version=4), step
