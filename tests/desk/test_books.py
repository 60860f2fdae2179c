"""The office's books: what they list, what they sum, and what leaves the counter as a file."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from counter_app.desk import books, paper, payments, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.domain.acts import FilesHandedOut
from counter_app.domain.books import Book, Of, Value, Which
from counter_app.domain.file_refusals import DaysTurned
from counter_app.domain.money_refusals import DrawerFirst
from counter_app.domain.payment import card, cash, upi
from counter_app.domain.people import Session
from counter_app.domain.undoing import Why
from counter_app.store import journal
from counter_app.words import book_words
from counter_app.words.say import Language
from tests.desk.small_office import (
    ARREARS,
    AUDITOR,
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    SUPERVISOR,
    nothing_recorded,
    paying,
    sealed,
    signed_in,
)

TODAY = date(2026, 3, 12)
WORD = Word(SUPERVISOR.code, PASSWORD)


@pytest.fixture
def auditor(desk: Desk) -> Session:
    return signed_in(desk, AUDITOR)


@pytest.fixture
def worked(desk: Desk, cashier: Session) -> Desk:
    """Four receipts: cash, split, arrears by card; the last one cancelled; a copy of the first."""
    first = payments.take(desk, cashier, paying(PLAIN), NOW)
    split = cash(1000_00, 2000_00), upi(613_00, "607198418802")
    payments.take(desk, cashier, paying(RURAL, 1613_00, *split), NOW)
    payments.take(desk, cashier, paying(ARREARS, 2538_00, card(2538_00, "4242", "A1")), NOW)
    wrong = payments.take(desk, cashier, paying(OTHERS[0]), NOW)
    undoing.cancel(desk, cashier, uuid4(), wrong.act, Why.NOT_PAID, "", WORD, NOW)
    paper.ask_copy(desk, cashier, uuid4(), first.act, "खो गई", NOW)
    return desk


def read(desk: Desk, session: Session, which: Which, first: date = TODAY, last: date = TODAY) -> Book:
    return books.book(desk, session, which, first, last, Language.ENGLISH, NOW)


def column(book: Book, of: Of) -> list[Value]:
    return [row[book.columns.index(of)] for row in book.rows]


def total(book: Book, of: Of) -> int | None:
    return book.totals[book.columns.index(of)]


def test_the_day_book_lists_every_receipt_and_sums_those_that_count(worked: Desk, auditor: Session) -> None:
    book = read(worked, auditor, Which.DAY)
    assert [str(number)[:13] for number in column(book, Of.NUMBER)] == [
        f"2214-2-{serial:06d}" for serial in range(1, 5)
    ]
    assert column(book, Of.TENDER) == ["Cash", "Cash + UPI", "Card", "Cash"]
    assert column(book, Of.CANCELLED) == [0, 0, 0, 1]
    assert (total(book, Of.AMOUNT), total(book, Of.CANCELLED)) == (5764_00, 1)


def test_all_sums_agree(worked: Desk, auditor: Session) -> None:
    sums = {
        which: total(read(worked, auditor, which), Of.AMOUNT)
        for which in (Which.DAY, Which.CASHIERS, Which.TENDERS, Which.HEADS)
    }
    assert set(sums.values()) == {5764_00}


def test_each_way_of_paying_with_what_waits_for_the_bank(worked: Desk, auditor: Session) -> None:
    book = read(worked, auditor, Which.TENDERS)
    found = dict(zip(column(book, Of.TENDER), zip(*_three(book), strict=True), strict=True))
    assert found == {"Cash": (2, 0, 2613_00), "UPI": (1, 613_00, 613_00), "Card": (1, 0, 2538_00)}


def _three(book: Book) -> list[list[Value]]:
    return [column(book, of) for of in (Of.RECEIPTS, Of.PENDING, Of.AMOUNT)]


def test_each_cashier_with_cash_apart(worked: Desk, auditor: Session) -> None:
    book = read(worked, auditor, Which.CASHIERS)
    assert book.rows == (("REKHA", TODAY, 3, 1, 2613_00, 3151_00, 5764_00),)


def test_what_was_undone_and_printed_again(worked: Desk, auditor: Session) -> None:
    undone = read(worked, auditor, Which.CANCELLED)
    assert column(undone, Of.WHAT) == ["cancelled"]
    assert column(undone, Of.RECEIPT) == ["2214-2-000004"]
    assert column(undone, Of.SECOND) == [SUPERVISOR.code]
    copies = read(worked, auditor, Which.COPIES)
    assert list(zip(column(copies, Of.RECEIPT), column(copies, Of.COPY), strict=True)) == [
        ("2214-2-000001", 2)
    ]
    assert total(copies, Of.COPY) is None


def test_other_days_are_other_books(worked: Desk, auditor: Session) -> None:
    day = timedelta(days=1)
    for which in set(Which) - {Which.SETTLED}:  # what is outstanding stays so
        assert read(worked, auditor, which, TODAY + day, TODAY + day).rows == ()
    with pytest.raises(DaysTurned):
        read(worked, auditor, Which.DAY, TODAY + day, TODAY)


def test_who_holds_a_drawer_counts_it_before_seeing_todays_sums(desk: Desk) -> None:
    supervisor = signed_in(desk, SUPERVISOR)
    payments.take(desk, supervisor, paying(PLAIN), NOW)
    with nothing_recorded(desk), pytest.raises(DrawerFirst):
        read(desk, supervisor, Which.DAY)
    assert read(desk, supervisor, Which.DAY, TODAY - timedelta(days=1), TODAY - timedelta(days=1)).rows == ()
    sealed(desk, supervisor, 1613_00)
    assert len(read(desk, supervisor, Which.DAY).rows) == 1


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".pdf"])
def test_a_file_leaves_the_counter_only_with_an_entry_about_it(
    worked: Desk, auditor: Session, tmp_path: Path, ending: str
) -> None:
    book, act = read(worked, auditor, Which.DAY), uuid4()
    file = tmp_path / "books" / f"day{ending}"
    made = books.hand_out(
        worked, auditor, act, book, Language.HINDI, file, lambda document: document.title.encode(), NOW
    )
    assert made == file
    with worked.book.reading() as connection:
        found = journal.entry_of_act(connection, act)
    assert found
    payload = found[1]
    assert isinstance(payload, FilesHandedOut)
    assert (payload.files[0].name, payload.files[0].rows) == (file.name, 4)


def test_no_cell_of_a_file_is_a_formula(worked: Desk, auditor: Session, tmp_path: Path) -> None:
    row = ("=1+1", NOW, "N2204518731", "=HYPERLINK(1)", "@x", "REKHA", 0, 100_00)
    book = Book(Which.DAY, TODAY, TODAY, (row,))
    for ending in (".csv", ".xlsx"):
        file = tmp_path / f"day{ending}"
        books.hand_out(worked, auditor, uuid4(), book, Language.ENGLISH, file, lambda _: b"", NOW)
    lines = list(csv.reader(io.StringIO((tmp_path / "day.csv").read_text("utf-8-sig"))))
    assert lines[2][0] == "'=1+1"
    assert lines[2][3:5] == ["'=HYPERLINK(1)", "'@x"]
    sheet = load_workbook(tmp_path / "day.xlsx").active
    cells = next(sheet.iter_rows(min_row=3, max_row=3))
    assert (cells[0].data_type, cells[0].value) == ("s", "=1+1")
    assert (cells[7].data_type, cells[7].value) == ("n", 100)


@pytest.mark.parametrize("which", Which)
def test_the_files_of_an_invented_office_say_so_above_the_headings(
    desk: Desk, auditor: Session, tmp_path: Path, which: Which
) -> None:
    zone = Desk(desk.book, desk.rules, replace(desk.office, training=True))
    real = Desk(desk.book, desk.rules, replace(desk.office, demo=False))
    book = Book(which, TODAY, TODAY, ())
    first = {}
    for office in (desk, zone, real):
        for ending in (".csv", ".xlsx"):
            file = tmp_path / f"book{ending}"
            books.hand_out(office, auditor, uuid4(), book, Language.HINDI, file, lambda _: b"", NOW)
            first[office, ending] = (
                next(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))[0]
                if ending == ".csv"
                else load_workbook(file).active["A1"].value
            )
    heading = book_words.heading(book.columns[0], Language.HINDI).lead
    marks = {desk: "नमूना SPECIMEN · DEMO", zone: "प्रशिक्षण TRAINING", real: heading}
    assert first == {(office, ending): mark for office, mark in marks.items() for ending in (".csv", ".xlsx")}
