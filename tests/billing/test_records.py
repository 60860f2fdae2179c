"""Rows become values of the domain, or rejects that name line, column and reason; never half of either."""

import csv
import re
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.billing import posting
from counter_app.billing.columns import COLUMNS, read_names
from counter_app.billing.records import Paid, Record, Reject, Table
from counter_app.billing.source import Source
from counter_app.demo import extracts
from counter_app.domain import file_refusals as f
from counter_app.domain import refusals as r
from counter_app.domain.acts import FileKind
from counter_app.domain.bill import Bill, Charge
from counter_app.domain.consumer import Consumer, Supply
from counter_app.domain.days import Month
from counter_app.domain.money import to_rupee
from counter_app.domain.network import Asset, AssetKind
from counter_app.domain.office import Officer, Post
from tests.billing.kruti_forms import kruti_dev
from tests.domain.bills import PLAIN, bill

CONSUMER = {
    "consumer": "N2204518731", "name_hi": "सुरेश मालवीय", "name_en": "Suresh Malviya", "tariff": "LV-1.2",
    "purpose": "domestic", "premises": "urban", "load": "1400", "phases": "1",
}  # fmt: skip
PAYMENT = {
    "consumer": "N2204518731", "paid_on": "12/03/2026", "amount": "1,618.00", "channel": "UPAY",
    "reference": "CAC-77120", "posted": "no",
}  # fmt: skip
BILL = dict(zip(extracts.BILLS, extracts.bill_cells(PLAIN), strict=True))


def records(
    folder: Path, kind: FileKind, *rows: dict[str, str], names: dict[str, str] | None = None
) -> list[Record | Reject]:
    """What a CSV of these rows gives; each row has the columns of the first."""
    path = folder / f"{kind}.csv"
    quoted = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row.values()] for row in rows]
    path.write_text("\n".join([",".join(rows[0]), *map(",".join, quoted)]) + "\n", "utf-8")
    source = Source(path)
    try:
        return list(Table(kind, source, names or {}).records())
    finally:
        source.close()


def value(folder: Path, kind: FileKind, row: dict[str, str]) -> object:
    (found,) = records(folder, kind, row)
    assert isinstance(found, Record), found
    return found.value


def reject(folder: Path, kind: FileKind, row: dict[str, str]) -> Reject:
    (found,) = records(folder, kind, row)
    assert isinstance(found, Reject), found
    return found


def test_a_consumer_with_only_what_is_needed(tmp_path: Path) -> None:
    found = value(tmp_path, FileKind.CONSUMERS, CONSUMER)
    assert isinstance(found, Consumer)
    assert (found.number, found.load, found.urban, found.supply) == ("N2204518731", 1400, True, Supply.LIVE)
    assert (found.mobile, found.connected_on, found.deposit) == ("", None, 0)


def test_every_consumer_of_the_demo_comes_back_equal(tmp_path: Path) -> None:
    from counter_app.desk.rules import load_rules

    made = list(extracts.accounts(load_rules(), 60, date(2026, 3, 12), 3))
    rows = [dict(zip(extracts.CONSUMERS, extracts.consumer_cells(one.consumer), strict=True)) for one in made]
    found = [one.value for one in records(tmp_path, FileKind.CONSUMERS, *rows) if isinstance(one, Record)]
    assert found == [one.consumer for one in made]
    bills = [
        dict(zip(extracts.BILLS, extracts.bill_cells(one), strict=True)) for a in made for one in a.bills
    ]
    for record, sent in zip(
        records(tmp_path, FileKind.BILLS, *bills), (one for a in made for one in a.bills), strict=True
    ):
        assert isinstance(record, Record)
        assert isinstance(record.value, Bill)
        assert (record.value.net, record.value.units, record.value.current) == (
            sent.net,
            sent.units,
            sent.current,
        )
        assert {line for line in sent.charges if line.amount} == set(record.value.charges)


@pytest.mark.parametrize("number", ["2204518731", "n 22045-18731", "N२२०४५१८७३१", " N2204518731 "])
def test_consumer_numbers_in_every_written_form(tmp_path: Path, number: str) -> None:
    found = value(tmp_path, FileKind.CONSUMERS, CONSUMER | {"consumer": number})
    assert isinstance(found, Consumer)
    assert found.number == "N2204518731"


def test_digits_of_either_script_are_alike_in_every_column(tmp_path: Path) -> None:
    written = CONSUMER | {"phases": "३", "load": "१०००"}
    found = value(tmp_path, FileKind.CONSUMERS, written)
    assert isinstance(found, Consumer)
    assert (found.phases, found.load) == (3, 1000)


def test_legacy_names_and_places_are_converted_whichever_column_they_stand_in(tmp_path: Path) -> None:
    row = CONSUMER | {
        "name_hi": "",
        "name_en": kruti_dev("भगवान सिंह ठाकुर"),
        "locality_hi": kruti_dev("झाँसी रोड"),
    }
    found = value(tmp_path, FileKind.CONSUMERS, row)
    assert isinstance(found, Consumer)
    assert (found.name_hi, found.name_en, found.locality_hi) == ("भगवान सिंह ठाकुर", "", "झाँसी रोड")
    english = value(tmp_path, FileKind.CONSUMERS, CONSUMER | {"name_hi": "Suresh Malviya", "name_en": ""})
    assert isinstance(english, Consumer)
    assert (english.name_hi, english.name_en) == ("", "Suresh Malviya")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("+91 98260-48210", "9826048210"), ("982604821", "982604821"), ("०७५५-२५५१", "0755-2551")],
)
def test_a_telephone_number_is_kept_as_the_office_has_it(tmp_path: Path, typed: str, kept: str) -> None:
    found = value(tmp_path, FileKind.CONSUMERS, CONSUMER | {"mobile": typed})
    assert isinstance(found, Consumer)
    assert found.mobile == kept


CARD = "4111 1111 1111 1111"
WRONG_CONSUMERS = [
    ("consumer", "", f.CellMissing), ("consumer", "N22045", r.NumberIncomplete),
    ("consumer", CARD, r.NumberIncomplete), ("load", "2 kW", f.CountUnreadable),
    ("load", "9" * 30, f.CountUnreadable), ("premises", "sky", f.WordUnknown),
    ("phases", "2", f.WordUnknown), ("name_en", f"Ram {CARD}", r.CardNumberTyped),
    ("name_hi", "राम\u202eलाल", r.HiddenCharacters), ("name_hi", "क" * 81, r.TextTooLong),
    ("mobile", "call me", r.MobileWrong), ("mobile", CARD, r.CardNumberTyped),
    ("meter", "4111111111111111", r.CardNumberTyped), ("connected_on", "30/02/2020", r.DayUnreadable),
    ("connected_on", "12/03/26", r.DayUnreadable), ("deposit", "1.005", r.RupeesUnreadable),
    ("deposit", "1234,50", r.RupeesUnreadable), ("supply", "on", f.WordUnknown),
    ("old_number", "\x07", r.HiddenCharacters),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell", "why"), WRONG_CONSUMERS)
def test_a_consumer_with_a_wrong_cell_is_a_reject(
    tmp_path: Path, column: str, cell: str, why: type[r.Refused]
) -> None:
    row = CONSUMER | {
        "meter": "",
        "mobile": "",
        "connected_on": "",
        "deposit": "",
        "supply": "",
        "old_number": "",
    }
    found = reject(tmp_path, FileKind.CONSUMERS, row | {column: cell})
    assert (found.line.number, found.column, type(found.why)) == (2, column, why)


def test_a_consumer_without_any_name_is_a_reject(tmp_path: Path) -> None:
    found = reject(tmp_path, FileKind.CONSUMERS, CONSUMER | {"name_hi": " ", "name_en": ""})
    assert isinstance(found.why, f.NameMissing)


DAYS = [
    "12/03/2026",
    "12-03-2026",
    "2026-03-12",
    "12-MAR-2026",
    "12 Mar 2026",
    "2026-03-12 00:00:00",
    "१२/०३/२०२६",
]


@pytest.mark.parametrize("written", DAYS)
def test_days_as_they_are_written(tmp_path: Path, written: str) -> None:
    found = value(tmp_path, FileKind.PAYMENTS, PAYMENT | {"paid_on": written})
    assert isinstance(found, Paid)
    assert found.on == date(2026, 3, 12)


@pytest.mark.parametrize("written", ["FEB-2026", "Feb-26", "feb 2026", "2026-02", "2026-02-01", "01/02/2026"])
def test_months_as_they_are_written(tmp_path: Path, written: str) -> None:
    found = value(tmp_path, FileKind.BILLS, BILL | {"month": written})
    assert isinstance(found, Bill)
    assert found.month == Month(2026, 2)


def test_a_bill_has_every_head_of_the_break_up_and_no_slabs(tmp_path: Path) -> None:
    heads = {str(charge): str(place + 1) for place, charge in enumerate(Charge)}
    total = sum(range(1, len(Charge) + 1)) * 100
    found = value(tmp_path, FileKind.BILLS, BILL | heads | {"net": str(total // 100)})
    assert isinstance(found, Bill)
    assert [(line.charge, line.amount) for line in found.charges] == [
        (charge, (place + 1) * 100) for place, charge in enumerate(Charge)
    ]
    assert (found.slabs, found.net) == ((), total)


def test_a_bill_that_does_not_add_up_is_a_reject_with_both_sums(tmp_path: Path) -> None:
    found = reject(tmp_path, FileKind.BILLS, BILL | {"net": "1614"})
    assert found.column == "net"
    assert found.why == f.BillDoesNotAdd(1613_00, 1614_00)


def test_the_net_bill_is_the_sum_rounded_and_may_be_below_zero(tmp_path: Path) -> None:
    for arrear, net in (("0.49", "1613"), ("0.50", "1614"), ("-2,113.00", "-500"), ("−2113", "-500")):
        found = value(tmp_path, FileKind.BILLS, BILL | {"arrear": arrear, "net": net})
        assert isinstance(found, Bill)
        assert found.net == to_rupee(found.net) == int(net) * 100


WRONG_BILLS = [
    ("month", "13-2026", r.MonthUnreadable), ("month", "", f.CellMissing),
    ("due_date", "01/03/2026", f.DueBeforeIssue), ("energy", "1e3", r.RupeesUnreadable),
    ("energy", "0x10", r.RupeesUnreadable), ("current_reading", "12.5", f.CountUnreadable),
    ("month", "MAR-2062", f.MonthAfterIssue), ("current_date", "01/01/2020", f.ReadingsTurned),
    ("net", "NaN", r.RupeesUnreadable), ("bill_number", CARD, r.CardNumberTyped),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell", "why"), WRONG_BILLS)
def test_a_bill_with_a_wrong_cell_is_a_reject(
    tmp_path: Path, column: str, cell: str, why: type[r.Refused]
) -> None:
    found = reject(tmp_path, FileKind.BILLS, BILL | {column: cell})
    assert (found.column, type(found.why)) == (column, why)


def test_payments_are_whole_rupees_and_channels_are_known_by_small_letters(tmp_path: Path) -> None:
    found = value(tmp_path, FileKind.PAYMENTS, PAYMENT | {"month": "FEB-2026", "reversed": "Y"})
    assert found == Paid(
        "N2204518731", "2026-02", date(2026, 3, 12), 1618_00, "upay", "CAC-77120", posted=False, reversed=True
    )
    for amount, why in (
        ("0", r.AmountNotPositive),
        ("-5", r.AmountNotPositive),
        ("1.50", r.AmountNotWholeRupees),
    ):
        assert isinstance(reject(tmp_path, FileKind.PAYMENTS, PAYMENT | {"amount": amount}).why, why)


def test_officers_and_assets(tmp_path: Path) -> None:
    officer = {"post": "JE", "name_hi": "राम", "phone": "0755-2551222", "category": "supply", "group": "07"}
    assert value(tmp_path, FileKind.OFFICERS, officer) == Officer(
        Post.JE, "supply", "07", "राम", "", "0755-2551222"
    )
    asset = {"kind": "dtr", "code": "2214050001", "above": "F-05", "painted": "2214050001"}
    assert value(tmp_path, FileKind.ASSETS, asset) == Asset(
        AssetKind.DTR, "2214050001", "", "", "F-05", "2214050001"
    )


def test_rows_that_are_short_or_long_of_cells(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    names = ",".join(PAYMENT) + ",month,remark\n"
    row = ",".join(PAYMENT.values()).replace("1,618.00", "1618")
    path.write_text(f"{names}{row}\n{row},,,\n{row},,,x\n", "utf-8")
    source = Source(path)
    short, padded, long = Table(FileKind.PAYMENTS, source, {}).records()
    source.close()
    assert isinstance(short, Record)
    assert isinstance(padded, Record)
    assert isinstance(long, Reject)
    assert long.why == f.RowTooWide(9, 8)


def test_headings_are_known_in_any_writing_and_by_other_names(tmp_path: Path) -> None:
    other = {"Account ID": "consumer", "PAY-DATE": "paid_on", " Amount ": "amount", "Channel": "channel",
             "C.A.C. No": "reference", "POSTED": "posted", "Remarks": "consumer"}  # fmt: skip
    rows = {theirs: PAYMENT[ours] for theirs, ours in other.items()}
    names = {"consumer": "account id", "paid_on": "Pay Date", "reference": "C A C No"}
    (found,) = records(tmp_path, FileKind.PAYMENTS, rows, names=names)
    assert isinstance(found, Record)
    assert isinstance(found.value, Paid)
    assert found.value.reference == "CAC-77120"


def test_missing_and_doubled_columns_are_named_as_the_file_would_call_them(tmp_path: Path) -> None:
    few = {key: cell for key, cell in PAYMENT.items() if key not in {"amount", "posted"}}
    with pytest.raises(f.ColumnsMissing) as missing:
        records(tmp_path, FileKind.PAYMENTS, few, names={"posted": "Is Posted"})
    assert missing.value.columns == "amount, Is Posted"
    with pytest.raises(f.ColumnTwice):
        records(tmp_path, FileKind.PAYMENTS, PAYMENT | {"Paid On": "12/03/2026"})


def test_other_names_are_read_from_toml(tmp_path: Path) -> None:
    path = tmp_path / "columns.toml"
    path.write_text('[bills]\nnet = "NET_BILL"\n', "utf-8")
    assert read_names(path) == {FileKind.BILLS: {"net": "NET_BILL"}}


@pytest.mark.parametrize(
    ("text", "key"),
    [('[bill]\nnet = "x"', "[bill]"), ('[bills]\nnett = "x"', "bills.nett"),
     ("[bills]\nnet = 3", "bills.net"), ('[bills]\nnet = " "', "bills.net"), ("bills = 3", "[bills]"),
     ("[[[", None)],
)  # fmt: skip
def test_names_that_cannot_be_are_refused_with_their_key(tmp_path: Path, text: str, key: str | None) -> None:
    path = tmp_path / "columns.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(f.ColumnMapWrong) as refusal:
        read_names(path)
    assert key in (None, refusal.value.key)


GARBAGE = st.text(max_size=60) | st.sampled_from(
    [
        "",
        "0",
        "-1",
        "9" * 40,
        "1,23,456.50",
        "०१/०२/२०२६",
        "31/12/2099",
        "FEB-2026",
        "N2204518731",
        "=1",
        "yes",
        "4" * 16,
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FileKind), st.data())
def test_any_cells_make_a_record_or_a_reject(tmp_path: Path, kind: FileKind, data: st.DataObject) -> None:
    names = list(COLUMNS[kind])
    rows = data.draw(
        st.lists(st.lists(GARBAGE, min_size=len(names), max_size=len(names)), min_size=1, max_size=4)
    )
    good = {FileKind.BILLS: BILL, FileKind.CONSUMERS: CONSUMER, FileKind.PAYMENTS: PAYMENT}.get(kind, {})
    near = [good.get(name, "") for name in names]
    near[data.draw(st.integers(0, len(names) - 1))] = data.draw(GARBAGE)
    path = tmp_path / "any.csv"
    with path.open("w", encoding="utf-8", errors="ignore", newline="") as file:
        csv.writer(file).writerows([names, *rows, near, ["end"]])
    try:
        with closing(Source(path)) as source:
            found = list(Table(kind, source, {}).records())
    except (f.FileNulBytes, f.FileNoTable):
        return
    assert found[-1].line.cells[0] == "end"
    assert all(isinstance(one, Record | Reject) for one in found)


def test_the_page_on_importing_lists_every_column_and_which_are_needed() -> None:
    page = (Path(__file__).parents[2] / "docs" / "import.md").read_text("utf-8")
    for kind, columns in COLUMNS.items():
        part = page.split(f"## `--{kind}`")[1].split("\n## ")[0]
        for name, column in columns.items():
            if name in set(Charge):
                continue
            (row,) = [line for line in part.splitlines() if line.startswith(f"| `{name}` |")]
            assert ("| yes |" in row) == column.needed, row
    assert all(f"`{charge}`" in page for charge in Charge)


def test_the_page_on_posting_lists_the_columns_in_their_order() -> None:
    page = (Path(__file__).parents[2] / "docs" / "posting.md").read_text("utf-8")
    for file, columns in (
        ("payments.csv", posting.PAYMENTS),
        ("complaints.csv", posting.COMPLAINTS),
        ("changes.csv", posting.CHANGES),
    ):
        part = page.split(f"## `{file}`")[1].split("\n## ")[0]
        assert tuple(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)) == columns


def test_the_plain_bill_survives(tmp_path: Path) -> None:
    found = value(tmp_path, FileKind.BILLS, BILL)
    assert found == bill(fixed_steps=None)
