"""The sample files in ``resources/demo``: fifty invented consumers, as a billing system would send them."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from counter_app.billing import rejects
from counter_app.billing.records import Reject, Table
from counter_app.billing.safe_csv import SafeCsv
from counter_app.billing.source import Source
from counter_app.demo import extracts
from counter_app.demo.billing import Account
from counter_app.desk.rules import load_rules
from counter_app.domain.acts import FileKind
from counter_app.domain.money import RUPEE

DAY = date(2026, 3, 12)
CONSUMERS, SEED = 50, 42
# Away from the numbers of the demo office, so that the samples bring people who are not there yet.
_APART = 5_000_000

_OFFICERS = (
    ("post", "category", "group", "name_hi", "name_en", "phone"),
    ("je", "supply", "", "संतोष गुर्जर", "Santosh Gurjar", "6666600011"),
    ("je", "", "07", "प्रीति सोलंकी", "Preeti Solanki", "6666600012"),
    ("ae", "", "", "अजय चौहान", "Ajay Chauhan", "6666600013"),
    ("ee", "", "", "विवेक राजपूत", "Vivek Rajput", "0755-6666014"),
)
_SHUTDOWNS = (
    ("line", "since", "until", "reason_hi", "reason_en", "called_off"),
    ("F-03", "12/03/2026 10:00", "12/03/2026 14:00", "पेड़ों की छँटाई", "Trees are cut back", "no"),
    ("2214050001", "13/03/2026 08:00", "13/03/2026 11:30", "ट्रांसफार्मर का तेल बदलना", "Oil of the DTR", "no"),
    ("F-07", "14/03/2026 10:00", "14/03/2026 13:00", "जम्पर बदलना", "Jumpers", "yes"),
)
_JE = ("je", "supply", "")
_ROSTER = (
    ("post", "category", "group", "since", "until", "name_hi", "name_en", "phone"),
    (*_JE, "12/03/2026 06:00", "12/03/2026 14:00", "संतोष गुर्जर", "Santosh Gurjar", "6666600011"),
    (*_JE, "12/03/2026 14:00", "12/03/2026 22:00", "दीपक अहिरवार", "Deepak Ahirwar", "6666600015"),
    (*_JE, "12/03/2026 22:00", "13/03/2026 06:00", "प्रीति सोलंकी", "Preeti Solanki", "6666600012"),
    ("ae", "", "", "12/03/2026", "13/03/2026", "अजय चौहान", "Ajay Chauhan", "6666600013"),
)
_WRONG = (
    ("", ""), ("net", "99999.00"), ("month", "2026"), ("due_date", "31/02/2026"), ("bill_number", ""),
    ("energy", "12,50"), ("consumer", "N22095"), ("meter", "4111 1111 1111 1111"),
    ("basis", '=HYPERLINK("x")\u202e'),
)  # fmt: skip
_HEADINGS = ("Account ID", "Bill Month", "Pay Date", "Amount", "Pay Mode", "CAC No.", "Posted")
_COLUMNS = """\
# What another system calls our columns: one table a file, ours = "its heading".

[payments]
consumer = "Account ID"
paid_on = "Pay Date"
amount = "Amount"
channel = "Pay Mode"
reference = "CAC No."
posted = "Posted"
month = "Bill Month"
"""


def write(folder: Path) -> None:
    """Make all sample files in a folder; the same bytes every time, but for the packing of the XLSX."""
    found = [_apart(one) for one in extracts.accounts(load_rules(), CONSUMERS, DAY, SEED)]
    extracts.write(folder, found)
    for kind, rows in (("officers", _OFFICERS), ("shutdowns", _SHUTDOWNS), ("roster", _ROSTER)):
        _csv(folder / f"{kind}.csv", rows)
    _csv(folder / "assets.csv", [extracts.ASSETS, *extracts.asset_cells([one.consumer for one in found])])
    (folder / "columns.toml").write_text(_COLUMNS, "utf-8")
    _xlsx(folder / "payments.xlsx", found)
    with (folder / "bills_with_faults.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(_faults(found))
    _rejected(folder / "bills_with_faults.csv", folder / "rejects.csv")


def _apart(account: Account) -> Account:
    number = f"N{int(account.consumer.number[1:]) + _APART}"
    return Account(
        replace(account.consumer, number=number),
        tuple(replace(bill, consumer=number) for bill in account.bills),
        tuple(paid._replace(consumer=number) for paid in account.payments),
    )


def _csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with SafeCsv(path) as file:
        headings, *below = rows
        file.headings(headings)
        for row in below:
            file.row(row)
        file.keep()


def _xlsx(path: Path, found: Iterable[Account]) -> None:
    """The payments under another system's headings, dates as dates and months as Excel makes them."""
    from xlsxwriter import Workbook

    made = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    with Workbook(path, {"in_memory": True}) as book:
        book.set_properties({"title": "Payments of an invented office", "created": made.replace(tzinfo=None)})
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        months = book.add_format({"num_format": "mmm-yy"})
        sheet = book.add_worksheet("Payments")
        sheet.write_row(0, 0, _HEADINGS)
        for row, one in enumerate((paid for account in found for paid in account.payments), 1):
            sheet.write_number(row, 0, int(one.consumer[1:]))
            sheet.write_datetime(row, 1, date.fromisoformat(f"{one.month}-01"), months)
            sheet.write_datetime(row, 2, one.on, days)
            sheet.write_number(row, 3, one.amount // RUPEE)
            sheet.write_string(row, 4, one.channel.upper())
            sheet.write_string(row, 5, one.reference)
            sheet.write_string(row, 6, "Y" if one.posted else "N")


def _faults(found: Sequence[Account]) -> Iterator[Sequence[str]]:
    """A bill that is right, and one for each thing that is often wrong."""
    yield extracts.BILLS
    for account, (column, cell) in zip(found, _WRONG, strict=False):
        cells = list(extracts.bill_cells(account.bill))
        if column:
            cells[extracts.BILLS.index(column)] = cell
        yield cells


def _rejected(path: Path, out: Path) -> None:
    """The rows that the import lays aside."""
    source = Source(path)
    try:
        table = Table(FileKind.BILLS, source, {})
        with SafeCsv(out) as file:
            rejects.begin(file, table)
            for record in table.records():
                if isinstance(record, Reject):
                    rejects.write(file, table, record)
            file.keep()
    finally:
        source.close()
