"""Many bills at one go: whose, how many, in whole bundles, gone on with after every kind of stop."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest

from counter_app.desk import day_end, drafts, many_bills, paper
from counter_app.desk.desk import Desk
from counter_app.desk.many_bills import Run
from counter_app.documents.page import Document, Text
from counter_app.documents.pdf import pdf
from counter_app.domain.acts import BillsOf, BillsPrinted
from counter_app.domain.consumer import Supply
from counter_app.domain.entry import Kind
from counter_app.domain.file_refusals import BillsNone, BillsStopped, FolderUnnamed, TrainingOnFiles
from counter_app.domain.network import Asset, AssetKind
from counter_app.domain.people import Session
from counter_app.domain.refusals import FileUnwritable
from counter_app.store import reference
from counter_app.store.columns import consumer_key
from counter_app.store.extracts import Counts, Extracts
from counter_app.store.tables import bills, moved
from counter_app.words.say import Language
from tests.desk.small_office import (
    CASHIER,
    CLERK,
    CREDIT,
    NO_BILL,
    NOW,
    NUMBERS,
    PAID_ONLINE,
    PLAIN,
    RURAL,
    SUPERVISOR,
    entries,
    nothing_recorded,
    opened,
    payloads,
    signed_in,
)

FOUR = 4
BILLED = [number for number in NUMBERS if number != NO_BILL]


@pytest.fixture(autouse=True)
def _small_bundles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_bills, "BUNDLE", FOUR)


@pytest.fixture
def clerk(desk: Desk) -> Session:
    return signed_in(desk, CLERK)


def a_run(folder: Path, of: BillsOf = BillsOf.FEEDER, line: str = "F-07", printer: str = "") -> Run:
    return Run(uuid4(), of, line, printer, "" if printer else str(folder), Language.HINDI)


def unwatched(_done: int, _total: int) -> None:
    """Nobody looks."""


def stopped_at(bill: int) -> Callable[[int, int], None]:
    def watch(done: int, _total: int) -> None:
        if done >= bill:
            raise BillsStopped

    return watch


def not_sent(_document: Document) -> None:
    raise AssertionError("nothing goes to a printer")


def to_the_end(desk: Desk, session: Session, run: Run) -> Run:
    while not run.ended:
        run = many_bills.go_on(desk, session, run, pdf, not_sent, NOW, unwatched)
    return run


def pages(folder: Path) -> list[int]:
    found = []
    for file in sorted(folder.iterdir()):
        with pikepdf.open(file) as read:
            found.append(len(read.pages))
    return found


def texts(document: Document) -> set[str]:
    return {item.text for sheet in document.sheets for item in sheet.items if isinstance(item, Text)}


def test_whose_bills_there_are(desk: Desk, clerk: Session) -> None:
    with desk.book.writing() as page:
        gone, other, bare = (reference.consumer(page.connection, one) for one in (PLAIN, RURAL, CREDIT))
        assert gone
        assert other
        assert bare
        reference.put_consumers(
            page,
            [
                replace(gone, supply=Supply.REMOVED),
                replace(other, feeder="F-09", dtr=""),
                replace(bare, feeder="", dtr="D-1"),
            ],
        )
        dtr = Asset(AssetKind.DTR, "D-1", "मंडी", "Mandi", "F-07", "MD-1")
        Extracts(page).put_assets([dtr], Counts())
        away = {"consumer": consumer_key(PAID_ONLINE), "office": "2215"}
        page.connection.execute(moved.insert().values(away))
    found = {(lot.of, lot.line, lot.above): lot.bills for lot in many_bills.lots(desk, clerk, NOW)}
    assert found == {
        (BillsOf.OFFICE, "", ""): 9,
        (BillsOf.FEEDER, "F-07", ""): 8,
        (BillsOf.DTR, "2214070018", "F-07"): 7,
        (BillsOf.DTR, "D-1", "F-07"): 1,
        (BillsOf.FEEDER, "F-09", ""): 1,
    }


@pytest.mark.parametrize("own", ["", "F-09"])
def test_a_transformer_of_whose_connections_two_feeders_are_told_stands_once_with_all_of_them(
    desk: Desk, clerk: Session, tmp_path: Path, own: str
) -> None:
    dtr = "2214070018"
    with desk.book.writing() as page:
        other = reference.consumer(page.connection, RURAL)
        assert other
        reference.put_consumers(page, [replace(other, feeder="F-09")])
        if own:
            Extracts(page).put_assets([Asset(AssetKind.DTR, dtr, "मंडी", "Mandi", own, "MD-1")], Counts())
    found = [lot for lot in many_bills.lots(desk, clerk, NOW) if lot.of is BillsOf.DTR]
    assert [(lot.line, lot.above, lot.bills) for lot in found] == [(dtr, own or "F-07", len(BILLED))]
    run = many_bills.begin(desk, clerk, a_run(tmp_path / "out", BillsOf.DTR, dtr), NOW)
    assert run.total == len(BILLED)


def test_all_come_in_whole_bundles_and_the_journal_knows_once(
    desk: Desk, clerk: Session, tmp_path: Path
) -> None:
    before = entries(desk)
    run = to_the_end(desk, clerk, many_bills.begin(desk, clerk, a_run(tmp_path / "out"), NOW))
    assert (run.done, run.total, run.bundles, run.missed) == (len(BILLED), len(BILLED), 3, 0)
    assert pages(tmp_path / "out") == [4, 4, 3]
    assert (tmp_path / "out" / f"bills F-07 {run.letters} 001.pdf").exists()
    assert payloads(desk, Kind.BILLS_PRINTED) == [
        BillsPrinted("SUNIL", BillsOf.FEEDER, "F-07", len(BILLED), "")
    ]
    assert entries(desk) == before + 1
    assert many_bills.unfinished(desk, clerk) is None
    assert paper.ask_bill(desk, clerk, uuid4(), PLAIN, NOW).copy == 1


@pytest.mark.parametrize("bill", [0, 2, 4, 7, 10])
def test_a_stop_between_two_bills_leaves_whole_bundles_and_the_rest_is_gone_on_with(
    desk: Desk, clerk: Session, folder: Path, tmp_path: Path, bill: int
) -> None:
    run = many_bills.begin(desk, clerk, a_run(tmp_path / "out"), NOW)
    for _ in range(bill // FOUR):
        run = many_bills.go_on(desk, clerk, run, pdf, not_sent, NOW, stopped_at(bill + 1))
    with pytest.raises(BillsStopped):
        many_bills.go_on(desk, clerk, run, pdf, not_sent, NOW, stopped_at(bill))
    whole = {file: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert pages(tmp_path / "out") == [FOUR] * (bill // FOUR)
    desk.book.close()
    later = opened(folder)
    session = signed_in(later, CLERK)
    left = many_bills.unfinished(later, session)
    assert left == run
    assert (left.done, left.total) == (bill // FOUR * FOUR, len(BILLED))
    to_the_end(later, session, many_bills.begin(later, session, left, NOW))
    assert pages(tmp_path / "out") == [4, 4, 3]
    assert {file: file.read_bytes() for file in whole} == whole
    assert len(payloads(later, Kind.BILLS_PRINTED)) == 1
    later.book.close()


def test_who_goes_on_with_what_another_began_is_known(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    run = many_bills.begin(desk, clerk, a_run(tmp_path / "out"), NOW)
    many_bills.go_on(desk, clerk, run, pdf, not_sent, NOW, unwatched)
    boss = signed_in(desk, SUPERVISOR)
    left = many_bills.unfinished(desk, boss)
    assert left is not None
    to_the_end(desk, boss, many_bills.begin(desk, boss, left, NOW))
    assert sorted(pages(tmp_path / "out")) == [3, 4, 4]
    assert payloads(desk, Kind.BILLS_PRINTED) == [
        BillsPrinted("SUNIL", BillsOf.FEEDER, "F-07", len(BILLED), ""),
        BillsPrinted(boss.person.code, BillsOf.FEEDER, "F-07", len(BILLED) - FOUR, ""),
    ]
    assert many_bills.unfinished(desk, boss) is None


def test_at_a_printer_it_goes_on_behind_what_was_handed_over(
    desk: Desk, clerk: Session, tmp_path: Path
) -> None:
    handed: list[Document] = []

    def send(document: Document) -> None:
        if len(handed) == 1:
            raise FileUnwritable("the printer says no")
        handed.append(document)

    run = many_bills.begin(desk, clerk, a_run(tmp_path, BillsOf.OFFICE, "", "LASER"), NOW)
    run = many_bills.go_on(desk, clerk, run, pdf, send, NOW, unwatched)
    with pytest.raises(FileUnwritable):
        many_bills.go_on(desk, clerk, run, pdf, send, NOW, unwatched)
    left = many_bills.unfinished(desk, clerk)
    assert left == run
    while not run.ended:
        run = many_bills.go_on(desk, clerk, run, pdf, handed.append, NOW, unwatched)
    assert [len(one.sheets) for one in handed] == [4, 4, 3]
    assert payloads(desk, Kind.BILLS_PRINTED)[0] == BillsPrinted("SUNIL", BillsOf.OFFICE, "", 11, "LASER")
    assert not list(tmp_path.glob("*.pdf"))
    said = texts(handed[0])
    assert "–" in said
    assert any(f"थोक बिल {run.letters}" in text for text in said)


def test_a_bill_that_goes_meanwhile_is_left_out_and_told(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    def watch(done: int, _total: int) -> None:
        if done == 0:
            with desk.book.writing() as page:
                page.connection.execute(bills.delete().where(bills.c.consumer == consumer_key(RURAL)))

    run = many_bills.begin(desk, clerk, a_run(tmp_path / "out"), NOW)
    run = to_the_end(desk, clerk, many_bills.go_on(desk, clerk, run, pdf, not_sent, NOW, watch))
    assert (run.missed, run.left_out) == (1, (RURAL,))
    assert pages(tmp_path / "out") == [3, 4, 3]


def test_what_cannot_begin_records_nothing(desk: Desk, clerk: Session, tmp_path: Path) -> None:
    training = replace(desk, office=replace(desk.office, training=True))
    with nothing_recorded(desk):
        with pytest.raises(BillsNone):
            many_bills.begin(desk, clerk, a_run(tmp_path, line="F-99"), NOW)
        with pytest.raises(FileUnwritable):
            many_bills.begin(desk, clerk, a_run(tmp_path / "a" / "b"), NOW)
        for part in ("", " ", "bills", "./bills"):
            with pytest.raises(FolderUnnamed):
                many_bills.begin(desk, clerk, replace(a_run(tmp_path), folder=part), NOW)
        with pytest.raises(TrainingOnFiles):
            many_bills.begin(training, clerk, a_run(tmp_path, printer="LASER"), NOW)
    assert many_bills.unfinished(desk, clerk) is None


def test_who_prints_none_is_not_offered_the_rest_and_who_does_may_forget_it(
    desk: Desk, clerk: Session, tmp_path: Path
) -> None:
    run = many_bills.begin(desk, clerk, a_run(tmp_path / "out"), NOW)
    cashier = signed_in(desk, CASHIER)
    assert many_bills.unfinished(desk, cashier) is None
    assert drafts.kept(desk, cashier) == ()
    (kept,) = drafts.kept(desk, clerk)
    assert (kept.body["done"], kept.body["total"]) == ("0", "11")
    half = run.file.with_name(f"{run.file.name}.part")
    half.write_bytes(b"half")
    many_bills.give_up(desk, clerk, run, NOW)
    assert drafts.kept(desk, clerk) == ()
    assert not half.exists()


def test_half_done_bills_are_no_business_of_a_day_end_and_come_behind_what_somebody_holds(
    desk: Desk, clerk: Session, cashier: Session, tmp_path: Path
) -> None:
    run = many_bills.begin(desk, clerk, a_run(tmp_path / "out"), NOW)
    assert day_end.checks(desk, cashier, NOW).held == 0
    drafts.keep(desk, cashier, uuid4(), "pay", PLAIN, {"amount": "100"}, NOW)
    later = NOW + timedelta(minutes=1)
    many_bills.go_on(desk, clerk, run, pdf, not_sent, later, unwatched)
    assert [(kept.screen, kept.kept_at) for kept in drafts.kept(desk, clerk)] == [
        ("pay", NOW), ("many_bills", later)
    ]  # fmt: skip
    assert day_end.checks(desk, cashier, later).held == 1
