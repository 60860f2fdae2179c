"""Files go in together or not at all; the same file twice changes nothing; the journal knows which it was."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from counter_app.demo import extracts
from counter_app.desk import bills, finding, imports, payments
from counter_app.desk.desk import Desk
from counter_app.desk.imports import Imported
from counter_app.domain.acts import FileKind, FilesImported, FileTaken
from counter_app.domain.bill import Bill
from counter_app.domain.days import IST, Month
from counter_app.domain.entry import Kind
from counter_app.domain.file_refusals import BillTooOld, DayToCome, FileCutShort, FolderMissing
from counter_app.domain.people import Session
from counter_app.domain.refusals import ActUsedElsewhere, ConsumerUnknown, DiskFailed, FileThere, NotAllowed
from counter_app.store import journal, projections, reference
from counter_app.store.engine import Connection
from counter_app.store.finds import network
from counter_app.store.rows import KnownPayment
from counter_app.verify import verify_lines
from tests.desk.small_office import CASHIER, NOW, PLAIN, RURAL, SUPERVISOR, paying, signed_in
from tests.domain.bills import bill

LATER = NOW + timedelta(days=3)
MARCH = Month(2026, 3)


def nobody_watches(_kind: FileKind, _done: int, _size: int) -> None:
    pass


@pytest.fixture
def boss(desk: Desk) -> Session:
    return signed_in(desk, SUPERVISOR)


def written(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return path


def bills_file(folder: Path, *found: Bill) -> dict[FileKind, Path]:
    return {FileKind.BILLS: written(folder / "bills.csv", extracts.BILLS, map(extracts.bill_cells, found))}


def payments_file(folder: Path, *rows: Sequence[str]) -> dict[FileKind, Path]:
    return {FileKind.PAYMENTS: written(folder / "payments.csv", extracts.PAYMENTS, rows)}


def taken(
    desk: Desk,
    session: Session,
    files: dict[FileKind, Path],
    rejected: Path | None = None,
    act: UUID | None = None,
) -> Imported:
    return imports.take(desk, session, act or uuid4(), files, {}, rejected, LATER, nobody_watches)


def counts(made: Imported) -> tuple[int, ...]:
    (file,) = made.files
    return file.read, file.taken, file.changed, file.unchanged, file.rejected


def march(consumer: str = PLAIN, **changed: object) -> Bill:
    made = bill(
        consumer=consumer, number="221403260001", month=MARCH,
        issued=date(2026, 3, 14), due=date(2026, 3, 29),
        fixed_steps=None,
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


def everything(connection: Connection) -> list[object]:
    tables = (
        "consumers",
        "consumer_numbers",
        "bills",
        "known_payments",
        "officers",
        "assets",
        "office_facts",
    )
    return [connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables]


def test_a_newer_bill_becomes_the_bill_and_the_older_stay(desk: Desk, boss: Session, tmp_path: Path) -> None:
    assert counts(taken(desk, boss, bills_file(tmp_path, march()))) == (1, 1, 0, 0, 0)
    card = finding.card(desk, boss, PLAIN, LATER)
    assert card.bill == march()
    assert card.dues_as_of == datetime(2026, 3, 14, 23, 59, 59, 999_000, IST)
    assert [use.month for use in card.history] == [MARCH.plus(-before) for before in range(12, -1, -1)]
    with desk.book.reading() as connection:
        assert reference.bill_of(connection, PLAIN, Month(2026, 2)) == bill(
            consumer=PLAIN, number="221402260100"
        )


def test_the_months_that_are_kept_answer_why_this_bill_differs(
    desk: Desk, boss: Session, tmp_path: Path
) -> None:
    taken(desk, boss, bills_file(tmp_path, march()))
    made = bills.how_made(desk, boss, PLAIN, None, LATER)
    assert made.bill == march()
    assert made.last_month is not None
    assert made.last_year is not None


def test_the_same_file_twice_changes_nothing(desk: Desk, boss: Session, tmp_path: Path) -> None:
    files = bills_file(tmp_path, march(), march(RURAL))
    assert counts(taken(desk, boss, files)) == (2, 2, 0, 0, 0)
    with desk.book.reading() as connection:
        before = everything(connection)
    again = imports.take(desk, boss, uuid4(), files, {}, None, LATER + timedelta(days=1), nobody_watches)
    assert counts(again) == (2, 0, 0, 2, 0)
    with desk.book.reading() as connection:
        assert everything(connection) == before


def test_a_row_that_differs_changes_what_is_there(desk: Desk, boss: Session, tmp_path: Path) -> None:
    taken(desk, boss, bills_file(tmp_path, march()))
    changed = march(arrear=100_00, net=1713_00)
    assert counts(taken(desk, boss, bills_file(tmp_path, changed, march(RURAL)))) == (2, 1, 1, 0, 0)
    assert finding.card(desk, boss, PLAIN, LATER).bill == changed


def test_an_older_month_that_comes_later_is_not_the_bill(desk: Desk, boss: Session, tmp_path: Path) -> None:
    old = bill(consumer=RURAL, number="B", month=Month(2025, 11), fixed_steps=None)
    before = finding.card(desk, boss, RURAL, LATER).bill
    assert counts(taken(desk, boss, bills_file(tmp_path, old))) == (1, 1, 0, 0, 0)
    assert finding.card(desk, boss, RURAL, LATER).bill == before
    assert finding.find(desk, boss, RURAL, LATER).rows[0].bill == before


def test_thirteen_months_are_kept_whichever_way_they_come(desk: Desk, boss: Session, tmp_path: Path) -> None:
    found = [march(RURAL, number=f"B{back}", month=MARCH.plus(-back)) for back in range(20)]
    kept = [MARCH.plus(-back) for back in range(12, -1, -1)]
    for order in (found, found[::-1]):
        files = bills_file(tmp_path, *order)
        taken(desk, boss, files)
        with desk.book.reading() as connection:
            assert [use.month for use in reference.history(connection, RURAL, 30)] == kept
        again = taken(desk, boss, files)
        assert (counts(again), again.too_old, again.rejects[0][1].why) == (
            (20, 0, 0, 13, 7),
            7,
            BillTooOld(13),
        )


def test_rejects_say_where_and_why_and_the_rest_goes_in(desk: Desk, boss: Session, tmp_path: Path) -> None:
    files = bills_file(tmp_path, march(), march("N2299999999"), march(RURAL, net=1614_00))
    rejected = tmp_path / "rejects.csv"
    made = taken(desk, boss, files, rejected)
    assert counts(made) == (3, 1, 0, 0, 2)
    assert [(reject.line.number, reject.column) for _, reject in made.rejects] == [
        (3, "consumer"),
        (4, "net"),
    ]
    assert made.rejects[0][1].why == ConsumerUnknown("N2299999999")
    with rejected.open(encoding="utf-8-sig", newline="") as file:
        headings, *rows = csv.reader(file)
    assert headings[:5] == ["file", "line", "column", "कारण", "reason"]
    assert [row[:3] for row in rows] == [["bills.csv", "3", "consumer"], ["bills.csv", "4", "net"]]
    assert rows[1][4] == "The lines make ₹1,613, the net bill is ₹1,614."
    assert rows[1][5:] == list(extracts.bill_cells(march(RURAL, net=1614_00)))


def test_rejects_once_set_right_go_in_as_they_are(desk: Desk, boss: Session, tmp_path: Path) -> None:
    rejected = tmp_path / "rejects.csv"
    taken(desk, boss, bills_file(tmp_path, march(RURAL, net=1614_00)), rejected)
    rejected.write_text(rejected.read_text("utf-8-sig").replace("1614.00", "1613.00"), "utf-8")
    assert counts(taken(desk, boss, {FileKind.BILLS: rejected})) == (1, 1, 0, 0, 0)


def test_rejects_of_rejects_have_the_reason_once(desk: Desk, boss: Session, tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    taken(desk, boss, bills_file(tmp_path, march(RURAL, net=1614_00)), first)
    taken(desk, boss, {FileKind.BILLS: first}, second)
    again = [line.split(",")[1:] for line in second.read_text("utf-8-sig").splitlines()]
    assert again == [line.split(",")[1:] for line in first.read_text("utf-8-sig").splitlines()]


def test_rejects_never_take_the_place_of_what_is_read(desk: Desk, boss: Session, tmp_path: Path) -> None:
    files = bills_file(tmp_path, march(), march(RURAL, net=1614_00))
    was = files[FileKind.BILLS].read_bytes()
    (tmp_path / "same.csv").symlink_to(files[FileKind.BILLS])
    for rejected in (files[FileKind.BILLS], tmp_path / "same.csv"):
        with pytest.raises(FileThere):
            taken(desk, boss, files, rejected)
    assert files[FileKind.BILLS].read_bytes() == was


def test_rejects_that_cannot_be_kept_leave_all_as_it_was(desk: Desk, boss: Session, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(DiskFailed):
        taken(desk, boss, bills_file(tmp_path, march()), tmp_path / "folder")
    assert finding.card(desk, boss, PLAIN, LATER).bill != march()


def test_consumers_of_the_same_call_are_known_to_its_bills(desk: Desk, boss: Session, tmp_path: Path) -> None:
    from counter_app.desk.rules import load_rules

    files = extracts.write(tmp_path, extracts.accounts(load_rules(), 30, date(2026, 3, 12), 3))
    made = taken(desk, boss, files)
    assert [(file.kind, file.taken, file.rejected) for file in made.files] == [
        (FileKind.CONSUMERS, 30, 0), (FileKind.BILLS, 390, 0), (FileKind.PAYMENTS, made.files[2].read, 0),
    ]  # fmt: skip
    first = (tmp_path / "consumers.csv").read_text("utf-8-sig").splitlines()[1].split(",")
    assert finding.find(desk, boss, first[2], LATER).rows[0].number == first[0]


def test_a_file_that_ends_in_a_row_undoes_those_before_it(desk: Desk, boss: Session, tmp_path: Path) -> None:
    files = bills_file(tmp_path, march())
    cut = tmp_path / "payments.csv"
    cut.write_text(",".join(extracts.PAYMENTS) + f"\n{PLAIN},FEB-2026,12/03/2026,5", "utf-8")
    with desk.book.reading() as connection:
        before, entries = everything(connection), journal.count(connection)
    with pytest.raises(FileCutShort):
        taken(desk, boss, files | {FileKind.PAYMENTS: cut}, tmp_path / "rejects.csv")
    with desk.book.reading() as connection:
        assert (everything(connection), journal.count(connection)) == (before, entries)
    assert not list(tmp_path.glob("rejects*"))


def test_who_stops_it_leaves_all_as_it_was(desk: Desk, boss: Session, tmp_path: Path) -> None:
    def stop(_kind: FileKind, _done: int, _size: int) -> None:
        raise KeyboardInterrupt

    with desk.book.reading() as connection:
        before = everything(connection)
    act = uuid4()
    with pytest.raises(KeyboardInterrupt):
        imports.take(desk, boss, act, bills_file(tmp_path, march()), {}, tmp_path / "r.csv", LATER, stop)
    with desk.book.reading() as connection:
        assert everything(connection) == before
    assert imports.stored(desk, act) is None
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("r.")] == []


def test_one_entry_tells_file_hash_counts_and_who(desk: Desk, boss: Session, tmp_path: Path) -> None:
    from hashlib import sha256

    files, act = bills_file(tmp_path, march(), march("N2299999999")), uuid4()
    made = taken(desk, boss, files, act=act)
    digest = sha256(files[FileKind.BILLS].read_bytes()).hexdigest()
    file = FileTaken(FileKind.BILLS, "bills.csv", digest, read=2, taken=1, changed=0, unchanged=0, rejected=1)
    with desk.book.reading() as connection:
        found = journal.entry_of_act(connection, act)
        assert verify_lines(journal.export(connection)).faults == []
        assert projections.rebuild_and_compare(connection) == ()
    assert found is not None
    assert (found[0].kind, found[0].person) == (Kind.FILES_IMPORTED, SUPERVISOR.id)
    assert found[1] == FilesImported(SUPERVISOR.code, (file,))
    assert taken(desk, boss, {}, act=act).files == made.files
    with pytest.raises(ActUsedElsewhere):
        payments.take(desk, signed_in(desk, CASHIER), paying(PLAIN, act=act), NOW)


def test_a_folder_for_rejects_that_is_not_there_is_refused_before_anything(
    desk: Desk, boss: Session, tmp_path: Path
) -> None:
    with pytest.raises(FolderMissing):
        taken(desk, boss, bills_file(tmp_path, march()), tmp_path / "none" / "r.csv")
    assert finding.card(desk, boss, PLAIN, LATER).bill != march()


def test_who_takes_money_may_not_take_files(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        taken(desk, signed_in(desk, CASHIER), bills_file(tmp_path, march()))


# -- payments -------------------------------------------------------------------------------------------


def paid_row(reference: str, amount: str = "500", reversed_: str = "no") -> tuple[str, ...]:
    return (PLAIN, "FEB-2026", "13/03/2026", amount, "UPAY", reference, "no", reversed_)


def test_a_payment_elsewhere_is_taken_off_until_it_is_reversed(
    desk: Desk, boss: Session, tmp_path: Path
) -> None:
    def due() -> int:
        payable = finding.card(desk, boss, PLAIN, LATER).payable
        assert payable is not None
        return payable.amount

    before = due()
    assert counts(taken(desk, boss, payments_file(tmp_path, paid_row("CAC-1")))) == (1, 1, 0, 0, 0)
    assert due() == before - 500_00
    back = payments_file(tmp_path, paid_row("CAC-1", reversed_="yes"), paid_row("CAC-9", reversed_="yes"))
    assert counts(taken(desk, boss, back)) == (2, 0, 1, 1, 0)
    assert due() == before


def test_an_own_receipt_that_comes_back_is_not_counted_again(
    desk: Desk, boss: Session, tmp_path: Path
) -> None:
    receipt = payments.take(desk, signed_in(desk, CASHIER), paying(PLAIN), NOW)
    amount = str(receipt.payment.amount // 100)
    before = finding.card(desk, boss, PLAIN, LATER)
    rows = (
        paid_row(str(receipt.number), amount),
        paid_row(receipt.number.stem, amount),
        paid_row("2214-2-000099"),
    )
    assert counts(taken(desk, boss, payments_file(tmp_path, *rows))) == (3, 2, 0, 1, 0)
    after = finding.card(desk, boss, PLAIN, LATER)
    assert len(after.payments) == len(before.payments) + 1
    with desk.book.reading() as connection:
        known = reference.known_payments(connection, PLAIN)
    assert (
        KnownPayment(PLAIN, "2026-02", date(2026, 3, 13), 500_00, "upay", "2214-2-000099", posted=False)
        in known
    )


@pytest.mark.parametrize(
    ("posted", "reversed_", "asked"),
    [("no", "no", 1613_00), ("yes", "no", 3226_00), ("no", "yes", 3226_00), (None, None, 3226_00)],
)
def test_what_the_billing_side_did_with_an_own_receipt_decides_whether_it_counts(
    desk: Desk, boss: Session, tmp_path: Path, posted: str | None, reversed_: str | None, asked: int
) -> None:
    """A bill made after the receipt still has that month in its arrears."""
    receipt = payments.take(desk, signed_in(desk, CASHIER), paying(PLAIN), NOW)
    assert receipt.payment.amount == 1613_00
    taken(desk, boss, bills_file(tmp_path, march(issued=date(2026, 3, 14), arrear=1613_00, net=3226_00)))
    if posted and reversed_:
        row = (*paid_row(str(receipt.number), "1613", reversed_)[:-2], posted, reversed_)
        taken(desk, boss, payments_file(tmp_path, row))
    payable = finding.card(desk, boss, PLAIN, LATER).payable
    assert payable is not None
    assert payable.amount == asked


def test_what_has_not_come_yet_is_a_reject_and_pushes_nothing_out(
    desk: Desk, boss: Session, tmp_path: Path
) -> None:
    before = finding.card(desk, boss, PLAIN, LATER)
    to_come = LATER.date() + timedelta(days=2)
    wrong = march(month=Month(2062, 3), issued=date(2062, 3, 2), due=date(2062, 3, 17))
    paid = (*paid_row("CAC-1")[:2], to_come.strftime("%d/%m/%Y"), *paid_row("CAC-1")[3:])
    made = taken(desk, boss, bills_file(tmp_path, wrong) | payments_file(tmp_path, paid))
    assert [(reject.column, type(reject.why)) for _, reject in made.rejects] == [
        ("bill_date", DayToCome),
        ("paid_on", DayToCome),
    ]
    assert finding.card(desk, boss, PLAIN, LATER) == before


# -- officers and lines ------------------------------------------------------------------------------------


def test_officers_and_lines_are_found(desk: Desk, boss: Session, tmp_path: Path) -> None:
    heads = ("post", "category", "group", "name_hi", "name_en", "phone")
    officers = [
        ("ae", "", "", "अजय", "Ajay", "1"), ("je", "", "", "राम", "Ram", "2"),
        ("je", "supply", "", "सीता", "Sita", "3"),
        ("je", "billing", "", "गीता", "Gita", "4"), ("je", "", "07", "श्याम", "Shyam", "5"),
    ]  # fmt: skip
    assets = [("feeder", "F-07", "गांधी", "", "", ""), ("dtr", "D1", "", "", "F-07", "2214070018")]
    files = {
        FileKind.OFFICERS: written(tmp_path / "o.csv", heads, officers),
        FileKind.ASSETS: written(tmp_path / "a.csv", extracts.ASSETS, assets),
    }
    taken(desk, boss, files)
    again = taken(desk, boss, files)
    assert [(file.read, file.unchanged) for file in again.files] == [(5, 5), (2, 2)]
    with desk.book.reading() as connection:
        named = [one.name_en for one in network.officers_for(connection, "supply", "07")]
        dtr = network.asset(connection, " 2214070018 ")
        assert dtr == network.asset(connection, "D1")
        assert network.asset(connection, "") is None
    assert named == ["Sita", "Shyam", "Ram", "Ajay"]
    assert dtr is not None
    assert dtr.above == "F-07"
