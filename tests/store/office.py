"""A small office for the tests of the store: values, and acts recorded as the desk records them."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import sqlcipher3.dbapi2 as sqlcipher

from counter_app.domain.acts import CopyAsked, Paper, PaperOutcome, PaperState, SignedIn, SignInRefused
from counter_app.domain.allocation import Head, Share
from counter_app.domain.bill import Bill, Charge, ChargeLine, Reading
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, Stage
from counter_app.domain.consumer import Consumer, Supply
from counter_app.domain.days import Month
from counter_app.domain.drawer import DrawerClosed, DrawerOpened
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Series
from counter_app.domain.office import Office
from counter_app.domain.payment import PaymentTaken, Tender, cash
from counter_app.store import reference
from counter_app.store.book import Book, Page
from counter_app.store.journal import Recorded
from counter_app.store.keys import demo_keys

NOW = datetime(2026, 3, 12, 6, 12, tzinfo=UTC)
TODAY = date(2026, 3, 12)
PERSON, DRAWER = UUID(int=7), UUID(int=8)
FEBRUARY = Month(2026, 2)
ROOT = Path(__file__).parents[2]

OFFICE = Office(
    code="2214", location="2214026", name_hi="नवग्राम जोन", name_en="Navgram zone",
    company_hi="म.प्र. मध्य क्षेत्र विद्युत वितरण कंपनी", company_en="MPMKVVCL", division_hi="संभाग",
    division_en="Division", helpline="1912", urban=True, counter=2, demo=True,
)  # fmt: skip

SURESH = Consumer(
    number="N2204518731", name_hi="सुरेश मालवीय", name_en="Suresh Malviya", relation="father",
    relation_hi="रामदीन मालवीय", relation_en="Ramdin Malviya", house="114", locality_hi="गांधी मोहल्ला",
    locality_en="Gandhi Mohalla", ward="7", mobile="9826048210", meter="GA4471902", old_number="18-31-9921",
    tariff="LV-1.2", purpose="domestic", urban=True, load=1400, phases=1, feeder="F03", feeder_hi="नवग्राम",
    feeder_en="Navgram", dtr="D114", pole="P9", group="A", diary="12", supply=Supply.LIVE,
    connected_on=date(2014, 5, 2), deposit=75000,
)  # fmt: skip
GEETA = replace(
    SURESH, number="N2204518732", name_hi="गीता बाई शर्मा", name_en="Geeta Bai Sharma", relation="husband",
    relation_hi="सुरेश शर्मा", relation_en="Suresh Sharma", locality_hi="नेहरू नगर", locality_en="Nehru Nagar",
    mobile="7000112233", meter="88123456", old_number="", connected_on=None,
)  # fmt: skip
GONE = replace(
    SURESH, number="N2299900001", name_hi="सुरेश मालवीय", mobile="", meter="", old_number="",
    supply=Supply.DISCONNECTED,
)  # fmt: skip


def bill_of(consumer: Consumer, month: Month = FEBRUARY, net: Paise = 64000) -> Bill:
    """A February bill: issued on 3 March, due on the 18th."""
    return Bill(
        number=f"B{consumer.number[1:]}{month.month:02d}", consumer=consumer.number, month=month,
        issued=date(2026, 3, 3), due=date(2026, 3, 18), basis="normal", tariff="LV-1.2", rates="2022-23",
        meter=consumer.meter, previous=Reading(date(2026, 2, 1), 100), current=Reading(date(2026, 3, 1), 200),
        factor=1, metered=100, assessed=0, charges=(ChargeLine(Charge.ENERGY, net),), slabs=(),
        fixed_steps=(14, 2500), arrear=0, arrear_duty=0, surcharge=0, net=net, late_surcharge=800,
    )  # fmt: skip


def create(folder: Path, counter: int = OFFICE.counter) -> Book:
    """A new book with three consumers and their bills."""
    office = replace(OFFICE, counter=counter)
    book = Book.create(folder, demo_keys(folder), office, program="1.0", now=NOW, steady=None)
    with book.writing() as page:
        reference.put_consumers(page, [SURESH, GEETA, GONE])
        reference.put_bills(page, [bill_of(SURESH), bill_of(GEETA)])
    return book


def open_book(folder: Path, *, reading_only: bool = False) -> Book:
    """The same book, opened again."""
    return Book.open(
        folder, demo_keys(folder), program="1.0", now=NOW, reading_only=reading_only, steady=None
    )


def pay(
    page: Page,
    *tenders: Tender,
    act: UUID | None = None,
    consumer: str = SURESH.number,
    serial: int | None = None,
    counter: int = OFFICE.counter,
    at: datetime = NOW,
    drawer: UUID = DRAWER,
) -> Recorded:
    """Record a payment: ₹640 cash unless tenders are given."""
    tenders = tenders or (cash(64000, 70000),)
    amount = sum(tender.amount for tender in tenders)
    payload = PaymentTaken(
        serial=serial or page.next_serial(Series.RECEIPT), office="2214", counter=counter, day=TODAY,
        consumer=consumer, bill_number=f"B{consumer[1:]}02", bill_month="2026-02", due_date=date(2026, 3, 18),
        due=amount, dues_as_of=NOW, amount=amount, tenders=tenders, shares=(Share(Head.CURRENT, amount),),
        order="9.10", advance=False, clerk="R01",
    )  # fmt: skip
    return page.record(payload, act=act or uuid4(), person=PERSON, at=at, drawer=drawer, money=amount)


def register(
    page: Page,
    *,
    act: UUID | None = None,
    consumer: str = SURESH.number,
    priority: int = 3,
    counter: int = OFFICE.counter,
    at: datetime = NOW,
) -> Recorded:
    """Register a complaint."""
    payload = ComplaintRegistered(
        serial=page.next_serial(Series.COMPLAINT), office="2214", counter=counter, day=TODAY,
        consumer=consumer, type="SUP-01", priority=priority, urban=True, mobile="9826048210",
        landmark="मंदिर के पास", note="",
        dtr="D114", registered_at=at, due_at=at + timedelta(hours=4), rules="2026", clerk="R01",
    )  # fmt: skip
    return page.record(payload, act=act or uuid4(), person=PERSON, at=at)


def step(page: Page, complaint: UUID, stage: Stage, minutes: int, note: str = "") -> Recorded:
    """Record a step of a complaint some minutes after NOW."""
    at = NOW + timedelta(minutes=minutes)
    return page.record(ComplaintStep(complaint, stage, at, "R01", note), act=uuid4(), person=PERSON, at=at)


def one_of_each(page: Page) -> None:
    """Record an act of every kind."""
    drawer, complaint, payment = uuid4(), uuid4(), uuid4()

    def note(payload: object) -> Recorded:
        return page.record(payload, act=uuid4(), person=PERSON, at=NOW)  # type: ignore[arg-type]

    note(SignInRefused("R01", known=True))
    note(SignInRefused("nobody", known=False))
    note(SignedIn("R01", "cashier"))
    note(SignInRefused("R02", known=True))
    note(DrawerOpened(drawer, "R01", TODAY, 0))
    pay(page, act=payment)
    register(page, act=complaint)
    step(page, complaint, Stage.ASSIGNED, 5)
    copy = note(CopyAsked(Paper.RECEIPT, payment, SURESH.number, "", 2, "torn"))
    note(CopyAsked(Paper.BILL, None, SURESH.number, "2026-02", 1, "asked"))
    note(PaperOutcome(payment, PaperState.CONFIRMED, "POS-80"))
    note(PaperOutcome(copy.entry.header.act, PaperState.SENT))
    note(DrawerClosed(drawer, "R01", TODAY, 64000, 64000, serial=1, cash=64000))


def tamper(folder: Path, *statements: str) -> None:
    """Change a closed book behind its back, as somebody with the key would."""
    connection = sqlcipher.connect(str(folder / "counter.db"), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{demo_keys(folder).database.hex()}'\"")
    connection.execute("DROP TRIGGER IF EXISTS journal_is_not_changed")
    connection.execute("DROP TRIGGER IF EXISTS journal_is_not_deleted")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def elsewhere(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in another process, with the project and this file at hand."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
