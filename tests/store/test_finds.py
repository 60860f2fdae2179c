"""Rows for the screens: receipts, complaints, papers, drawers, people, drafts, reference."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from counter_app.domain.acts import CopyAsked, Paper, PaperOutcome, PaperState, SignedIn, SignInRefused
from counter_app.domain.bill import MonthUse
from counter_app.domain.clock import told
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, Stage
from counter_app.domain.days import Month
from counter_app.domain.drawer import DrawerClosed, DrawerOpened
from counter_app.domain.numbering import Number, Series
from counter_app.domain.payment import card, cash, upi
from counter_app.domain.people import Person, Role
from counter_app.store import drafts, finds, people, reference
from counter_app.store.book import Book
from counter_app.store.complaint_states import restate
from counter_app.store.finds.used import receipt_like, refusal_of_use
from counter_app.store.rows import KnownComplaint, KnownPayment, PaidSince, Tries
from tests.store.office import (
    DRAWER,
    GEETA,
    GONE,
    NOW,
    OFFICE,
    PERSON,
    SURESH,
    TODAY,
    bill_of,
    open_book,
    pay,
    register,
    step,
)

ONLINE = KnownPayment(
    SURESH.number, "2026-02", date(2026, 3, 20), 10000, "UPAY", "607112345678", posted=False
)
POSTED = KnownPayment(SURESH.number, "2026-01", date(2026, 2, 10), 55500, "MPONLINE", "88", posted=True)


def known_complaint(act: UUID, minutes: int = 0) -> KnownComplaint:
    at = NOW - timedelta(minutes=minutes)
    registered = ComplaintRegistered(
        serial=44, office="2214", counter=9, day=TODAY, consumer=GEETA.number, type="SUP-01", priority=1,
        urban=True, mobile="7000112233", landmark="", note="", dtr="", registered_at=at, due_at=None,
        rules="", clerk="1912",
    )  # fmt: skip
    return KnownComplaint(act, Number(Series.COMPLAINT, "2214", 9, 44, ""), registered, "CC-2026-778", "1912")


# -- reference ----------------------------------------------------------------------------------------


def test_what_is_put_is_got(book: Book) -> None:
    with book.writing() as page:
        reference.put_known_payments(page, [ONLINE, POSTED, ONLINE])
        reference.put_dues_as_of(page, NOW)
    with book.reading() as connection:
        assert reference.consumer(connection, SURESH.number) == SURESH
        assert reference.consumer(connection, GEETA.number) == GEETA
        assert reference.consumer(connection, "N0000000000") is None
        assert reference.bill(connection, SURESH.number) == bill_of(SURESH)
        assert reference.bill(connection, GONE.number) is None
        assert reference.known_payments(connection, SURESH.number) == (ONLINE, POSTED)
        assert reference.dues_as_of(connection) == NOW
        assert reference.office(connection) == OFFICE
        assert set(reference.names(connection, [SURESH.number, "", "x"])) == {SURESH.number}


def test_an_older_bill_does_not_displace_the_latest_and_each_month_is_kept(book: Book) -> None:
    january, march = bill_of(SURESH, Month(2026, 1)), bill_of(SURESH, Month(2026, 3), 70000)
    with book.writing() as page:
        reference.put_bills(page, [january, march, bill_of(SURESH)])
    with book.reading() as connection:
        assert reference.bill(connection, SURESH.number) == march
        (row,) = finds.found(connection, [SURESH.number], ())
        assert row.bill == march
        for bill in (january, bill_of(SURESH), march):
            assert reference.bill_of(connection, SURESH.number, bill.month) == bill
        assert reference.bill_of(connection, SURESH.number, Month(2025, 12)) is None
        assert reference.bill_of(connection, "x", Month(2026, 1)) is None


def test_the_history_is_that_of_the_bills_oldest_first(book: Book) -> None:
    made = [bill_of(SURESH, Month(2025, 1).plus(n), 64000 + n * 100) for n in range(14)]
    with book.writing() as page:
        reference.put_bills(page, reversed(made))
    with book.reading() as connection:
        assert reference.history(connection, SURESH.number) == tuple(
            MonthUse(bill.month, 100, 200, bill.net, "normal") for bill in made[1:]
        )
        assert len(reference.history(connection, SURESH.number, 2)) == 2


# -- payments -----------------------------------------------------------------------------------------


def test_paid_since_counts_own_and_unposted_payments(book: Book) -> None:
    with book.writing() as page:
        reference.put_known_payments(page, [ONLINE, POSTED])
        pay(page)
    with book.reading() as connection:
        assert finds.paid_since(connection, bill_of(SURESH)) == PaidSince(74000, ((ONLINE.on, 10000),), NOW)
        later = replace(bill_of(SURESH), number="other", issued=date(2026, 4, 3), due=date(2026, 4, 18))
        assert finds.paid_since(connection, later) == PaidSince(10000, (), None)
        assert finds.paid_since(connection, bill_of(GEETA)) == PaidSince(0, (), None)
        own, *known = sorted(
            finds.payments_of(connection, SURESH.number), key=lambda row: row.channel != "counter"
        )
        assert (own.channel, own.amount, own.at) == ("counter", 64000, NOW)
        assert own.reference == "2214-2-000001"
        assert [row.on for row in finds.payments_of(connection, SURESH.number)] == [
            ONLINE.on,
            TODAY,
            POSTED.on,
        ]
        assert [row.posted for row in known] == [False, True]


def test_receipts_are_found_in_every_way(book: Book) -> None:
    with book.writing() as page:
        for _ in range(123):
            pay(page, cash(100, 100), consumer=GEETA.number)
        last = pay(page, cash(1_00_000, 1_00_000), upi(64000, "607112345600"))
    with book.reading() as connection:
        for typed in ("2214-2-000124", f"2214-2-000124-{last.letters}", "124", "000124", "1640", "₹1,640/-",
                      SURESH.number, "suresh mal", "सुरेश"):  # fmt: skip
            rows = finds.receipts_found(connection, book.words, typed)
            assert rows[0].number.serial == 124, typed
        assert finds.receipts_found(connection, book.words, "2214-1-000124") == ()
        assert finds.receipts_found(connection, book.words, "2214-2-000124-AAA") == ()
        assert len(finds.receipts_found(connection, book.words, "geeta", limit=7)) == 7
        row = finds.receipts_found(connection, book.words, "124")[0]
        assert (row.name_en, row.clerk, row.day, row.amount) == ("Suresh Malviya", "R01", TODAY, 164000)
        assert row.tenders == (cash(1_00_000, 1_00_000), upi(64000, "607112345600"))
        assert finds.paid_today(connection, SURESH.number, TODAY) == {"": row}
        assert finds.paid_today(connection, SURESH.number, date(2026, 3, 11)) == {}
        assert len(finds.receipts_of_day(connection, TODAY)) == 124


@pytest.mark.parametrize(
    ("utr", "amount", "used", "alike"),
    [
        ("607112345600", 100, True, False),
        ("345600", 64000, False, True),
        ("345600", 63900, False, False),
        ("999999345600", 64000, False, False),
        ("123456654321", 5000, False, True),
        ("123456654321", 4900, False, False),
        ("654321", 5000, False, True),
        ("607112345678", 700, True, False),
        ("345678", 10000, False, True),
        ("345678", 10100, False, False),
    ],
)
def test_a_utr_is_known_for_certain_by_all_its_digits_and_like_another_by_six(
    book: Book, utr: str, amount: int, used: bool, alike: bool
) -> None:
    with book.writing() as page:
        reference.put_known_payments(page, [ONLINE, POSTED])
        pay(page, upi(64000, "607112345600"))
        pay(page, upi(5000, "654321"))
        pay(page, card(64000, "5600"))
    with book.reading() as connection:
        tender = upi(amount, utr)
        assert (refusal_of_use(connection, tender) is not None) == used
        assert (receipt_like(connection, tender) is not None) == alike


def test_recent_consumers_newest_first_each_once(book: Book) -> None:
    with book.writing() as page:
        pay(page)
        register(page, consumer=GEETA.number, at=NOW + timedelta(minutes=1))
        register(page, consumer="", at=NOW + timedelta(minutes=2))
        bill = CopyAsked(Paper.BILL, None, SURESH.number, "2026-02", 1, "asked")
        page.record(bill, act=uuid4(), person=PERSON, at=NOW + timedelta(minutes=3))
    with book.reading() as connection:
        rows = finds.recent(connection, ())
        assert [row.number for row in rows] == [SURESH.number, GEETA.number]
        assert rows[0].at == NOW + timedelta(minutes=3)
        assert len(finds.recent(connection, (), 1)) == 1


# -- complaints ---------------------------------------------------------------------------------------


def test_complaints_fold_own_and_known_steps(book: Book) -> None:
    own, foreign = uuid4(), uuid4()
    with book.writing() as page:
        reference.put_known_complaints(page, [known_complaint(foreign, 90)])
        assigned = ComplaintStep(foreign, Stage.ASSIGNED, NOW - timedelta(minutes=60), "JE")
        reference.put_known_events(page, [(uuid4(), assigned)])
        restate(page.connection, foreign)
        register(page, act=own)
        step(page, own, Stage.ATTENDED, 30)
        step(page, foreign, Stage.ON_SITE, 5)
    with book.reading() as connection:
        mine, theirs = finds.complaint(connection, own), finds.complaint(connection, foreign)
        assert mine is not None
        assert theirs is not None
        assert (mine.state.stage, mine.central_number) == (Stage.ATTENDED, "")
        assert [taken.stage for taken in theirs.state.steps] == [Stage.ASSIGNED, Stage.ON_SITE]
        assert (theirs.central_number, theirs.name_en) == ("CC-2026-778", "Geeta Bai Sharma")
        assert [row.act for row in finds.open_complaints(connection, ())] == [foreign, own]
        assert finds.complaints_of(connection, GEETA.number, ()) == (theirs,)
        for typed in ("C44", "44", "CC-2026-778", GEETA.number, "7000112233", "geeta"):
            assert theirs in finds.complaints_found(connection, book.words, typed, ()), typed
        assert mine in finds.complaints_found(connection, book.words, "C1", ())
        whole = f"2214-2-C00001-{mine.number.letters}"
        assert finds.complaints_found(connection, book.words, whole, ()) == (mine,)
        assert finds.complaints_found(connection, book.words, "2214-3-C00001", ()) == ()
        assert finds.complaint(connection, uuid4()) is None


def test_a_closed_complaint_is_not_open_until_it_is_reopened(book: Book) -> None:
    act = uuid4()
    with book.writing() as page:
        register(page, act=act)
        step(page, act, Stage.CLOSED, 10)
    with book.reading() as connection:
        assert finds.open_complaints(connection, ()) == ()
        assert finds.found(connection, [SURESH.number], ())[0].open_complaints == 0
    with book.writing() as page:
        step(page, act, Stage.REOPENED, 20)
    with book.reading() as connection:
        assert [row.state.reopened for row in finds.open_complaints(connection, ())] == [1]
        assert finds.found(connection, [SURESH.number], ())[0].open_complaints == 1


# -- papers and drawers -------------------------------------------------------------------------------


def test_papers_and_their_copies(book: Book) -> None:
    act, copy = uuid4(), uuid4()
    with book.writing() as page:
        pay(page, act=act)
        assert finds.next_copy(page.connection, Paper.RECEIPT, subject=act) == 2
        page.record(
            CopyAsked(Paper.RECEIPT, act, SURESH.number, "", 2, "torn"), act=copy, person=PERSON, at=NOW
        )
        assert finds.next_copy(page.connection, Paper.RECEIPT, subject=act) == 3
        first = finds.next_copy(page.connection, Paper.BILL, consumer=SURESH.number, month="2026-02")
        assert first == 1
        bill = CopyAsked(Paper.BILL, None, SURESH.number, "2026-02", first, "asked")
        page.record(bill, act=uuid4(), person=PERSON, at=NOW)
        assert finds.next_copy(page.connection, Paper.BILL, consumer=SURESH.number, month="2026-02") == 2
    with book.reading() as connection:
        assert [job.copy for job in finds.jobs_of(connection, act)] == [1, 2]
        job = finds.job(connection, copy)
        assert job is not None
        assert (job.subject, job.reason, job.state) == (act, "torn", PaperState.WAITING)
        assert finds.job(connection, uuid4()) is None


def test_doubt_ends_when_somebody_knows(book: Book) -> None:
    acts = [uuid4() for _ in range(5)]
    states = [PaperState.SENT, PaperState.UNKNOWN, PaperState.CONFIRMED, PaperState.WAIVED]
    with book.writing() as page:
        for act in acts:
            pay(page, act=act)
        for act, state in zip(acts, states, strict=False):
            page.record(PaperOutcome(act, state), act=uuid4(), person=PERSON, at=NOW)
    folder = book.folder
    book.close()
    again = open_book(folder)
    with again.reading() as connection:
        doubtful = [job.job for job in finds.jobs_in_doubt(connection, again.segment)]
    again.close()
    assert set(doubtful) == {acts[0], acts[1], acts[4]}


def test_a_drawer_adds_up(book: Book) -> None:
    with book.writing() as page:
        page.record(DrawerOpened(DRAWER, "R01", TODAY, 50000), act=uuid4(), person=PERSON, at=NOW)
        pay(page, cash(64000, 70000))
        pay(page, upi(1000, "345678"))
    with book.reading() as connection:
        row = finds.open_drawer(connection, "R01", TODAY)
        assert row is not None
        assert (row.drawer, row.opening, row.receipts, row.cash) == (DRAWER, 50000, 2, 64000)
        assert finds.open_drawer(connection, "R02", TODAY) is None
    with book.writing() as page:
        closed = DrawerClosed(DRAWER, "R01", TODAY, 114000, 113000, "short", serial=1, cash=114000)
        page.record(closed, act=uuid4(), person=PERSON, at=NOW)
    with book.reading() as connection:
        assert finds.open_drawer(connection, "R01", TODAY) is None
        shut = finds.drawer(connection, DRAWER)
        assert shut is not None
        assert (shut.expected, shut.counted, shut.closed_at, shut.note) == (114000, 113000, NOW, "short")
        assert finds.drawer(connection, uuid4()) is None


# -- people and drafts --------------------------------------------------------------------------------


def test_people_by_code_in_any_case(book: Book) -> None:
    rekha = Person(uuid4(), "Rekha", "रेखा पटेल", "Rekha Patel", Role.CASHIER)
    with book.writing() as page:
        people.put_person(page, rekha, "hash one")
        people.put_person(page, replace(rekha, role=Role.SUPERVISOR), "hash two")
    with book.reading() as connection:
        assert people.person(connection, "REKHA") == replace(rekha, role=Role.SUPERVISOR)
        assert people.password_hash(connection, "rekha") == "hash two"
        assert people.person(connection, "nobody") is None
        assert people.password_hash(connection, "nobody") is None
        assert [person.code for person in people.people(connection)] == ["Rekha"]


def test_wrong_passwords_are_counted_across_restarts(book: Book) -> None:
    with book.writing() as page:
        for _ in range(3):
            page.record(SignInRefused("R01", known=True), act=uuid4(), person=PERSON, at=NOW)
    folder = book.folder
    book.close()
    again = open_book(folder)
    with again.writing() as page:
        assert people.tries(page.connection, "R01") == Tries(3, told(NOW))
        page.record(SignedIn("R01", "cashier"), act=uuid4(), person=PERSON, at=NOW)
        assert people.tries(page.connection, "R01") == Tries(0, None)
    again.close()


def test_drafts_are_kept_replaced_and_dropped(book: Book) -> None:
    first, second = uuid4(), uuid4()
    with book.writing() as page:
        drafts.keep(page, first, "pay", SURESH.number, {"amount": "64"}, NOW)
        drafts.keep(page, second, "complaint", "", {"note": 'मंदिर "के" पास'}, NOW + timedelta(minutes=1))
        drafts.keep(page, first, "pay", SURESH.number, {"amount": "640"}, NOW)
    with book.reading() as connection:
        note, found = drafts.kept(connection)
        assert (note.act, note.body) == (second, {"note": 'मंदिर "के" पास'})
        assert (found.act, found.name_en) == (first, "Suresh Malviya")
        assert (found.body, found.screen) == ({"amount": "640"}, "pay")
    with book.writing() as page:
        drafts.drop(page, first)
        drafts.drop(page, uuid4())
        assert [row.act for row in drafts.kept(page.connection)] == [second]
