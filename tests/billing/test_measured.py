"""What a bill was made by beside its units, and figures that no connection can have."""

from pathlib import Path

import pytest

from counter_app.domain import file_refusals as f
from counter_app.domain.acts import FileKind
from counter_app.domain.bill import Bill, Measured
from counter_app.store.bill_body import bill_body, read_bill
from tests.billing.test_records import BILL, CONSUMER, reject, value


def measured(folder: Path, **cells: str) -> Measured | None:
    """What is read of these cells, and still is so out of the store."""
    found = value(folder, FileKind.BILLS, BILL | cells)
    assert isinstance(found, Bill)
    assert read_bill(bill_body(found)) == found
    return found.measured


def test_a_bill_that_says_nothing_more_has_nothing_more(tmp_path: Path) -> None:
    assert measured(tmp_path) is None
    assert measured(tmp_path, contract_demand="", recorded_demand="", prepaid_meter="", tod1="") is None


def test_demands_hours_power_factor_and_prepaid_meter(tmp_path: Path) -> None:
    assert measured(tmp_path, contract_demand="20000", recorded_demand="28000") == Measured(20_000, 28_000)
    both = measured(tmp_path, contract_demand="20,000", recorded_demand="0", demand_unit="kVA")
    assert both == Measured(20_000, 0, apparent=True)
    hours = (("TOD1", 50), ("TOD2", 0), ("TOD3", 100), ("TOD4", 50))
    assert measured(tmp_path, tod1="50", tod2="0", tod3="100", tod4="50") == Measured(by_window=hours)
    assert measured(tmp_path, prepaid_meter="yes") == Measured(prepaid=True)


def test_the_deposit_that_is_still_wanting(tmp_path: Path) -> None:
    found = value(tmp_path, FileKind.BILLS, BILL | {"deposit_pending": "1,200.00"})
    assert isinstance(found, Bill)
    assert read_bill(bill_body(found)) == found
    assert found.deposit_pending == 120_000
    silent = value(tmp_path, FileKind.BILLS, BILL | {"deposit_pending": ""})
    assert isinstance(silent, Bill)
    assert silent.deposit_pending is None
    refused = reject(tmp_path, FileKind.BILLS, BILL | {"deposit_pending": "-1"})
    assert type(refused.why) is f.RupeesBelowZero


@pytest.mark.parametrize(
    ("written", "thousandths"),
    [("0.95", 950), (".9", 900), ("0.957", 957), ("1", 1000), ("1.00", 1000), ("95", 950), ("100", 1000),
     ("95.0", 950), ("०.८५", 850), ("0.8500", 850)],
)  # fmt: skip
def test_power_factors_as_they_are_written(tmp_path: Path, written: str, thousandths: int) -> None:
    assert measured(tmp_path, recorded_power_factor=written) == Measured(power_factor=thousandths)


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [("recorded_power_factor", cell, f.PowerFactorUnreadable()) for cell in ("1.01", "101", "95.5", "x")]
    + [("contract_demand", "0", f.CountOutside(1, 999_999)), ("tod2", "-1", f.CountOutside(0, 10**9)),
       ("recorded_demand", "1000000", f.CountOutside(0, 999_999))],
)  # fmt: skip
def test_what_no_meter_shows_is_a_reject(tmp_path: Path, column: str, cell: str, why: Exception) -> None:
    found = reject(tmp_path, FileKind.BILLS, BILL | {column: cell})
    assert (found.column, type(found.why), vars(found.why)) == (column, type(why), vars(why))


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [("load", "-1", f.CountOutside), ("load", "1000000", f.CountOutside), ("load", "9" * 12, f.CountOutside),
     ("deposit", "-0.01", f.RupeesBelowZero)],
)  # fmt: skip
def test_loads_and_deposits_that_cannot_be_are_rejects(
    tmp_path: Path, column: str, cell: str, why: type[Exception]
) -> None:
    found = reject(tmp_path, FileKind.CONSUMERS, CONSUMER | {column: cell})
    assert (found.column, type(found.why)) == (column, why)
