"""The statement of a bank or of a UPI collector: rows of any CSV or XLSX whose headings can be told."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from counter_app.billing.cells import word
from counter_app.billing.source import Line, Source
from counter_app.domain.days import read_day
from counter_app.domain.file_refusals import (
    CellMissing,
    ColumnTwice,
    FileEmpty,
    FileTooLong,
    StatementColumns,
)
from counter_app.domain.money import read_exact
from counter_app.domain.payment import LONGEST_REFERENCE
from counter_app.domain.refusals import Refused
from counter_app.domain.statement import Said
from counter_app.domain.text import clean_text, western_digits
from counter_app.domain.undoing import Outcome

MOST_ROWS = 100_000

_DATE, _AMOUNT, _REFERENCE, _STATUS = "date", "amount", "reference", "status"
_NAMES: dict[str, tuple[str, ...]] = {
    _DATE: ("date", "value_date", "txn_date", "transaction_date", "settlement_date", "posting_date"),
    _AMOUNT: (
        "amount", "credit", "credit_amount", "deposit", "txn_amount", "transaction_amount",
        "amount_inr",
    ),
    _REFERENCE: (
        "rrn", "utr", "utr_no", "utr_rrn", "rrn_utr", "reference", "reference_no", "ref_no",
        "bank_reference", "bank_ref_no", "customer_reference", "chq_ref_no", "cheque_no", "instrument_no",
    ),
    _STATUS: ("status", "txn_status", "transaction_status"),
}  # fmt: skip
_OUTCOMES = {
    **dict.fromkeys(("success", "successful", "settled", "paid", "credited", "captured"), Outcome.CONFIRMED),
    **dict.fromkeys(("failed", "failure", "declined", "reversed", "refunded"), Outcome.FAILED),
    **dict.fromkeys(("returned", "dishonoured", "bounced", "unpaid"), Outcome.DISHONOURED),
}
_CLOCK = re.compile(r"[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[AaPp][Mm])?$")
_outcome = word(_OUTCOMES)


class Misread(NamedTuple):
    """A row that says nothing that can be used."""

    line: int
    why: Refused


class Statement:
    """An open statement. ``rows`` is read once; ``sha256`` afterwards is that of its bytes."""

    def __init__(self, path: Path) -> None:
        """``StatementColumns`` when day, amount and reference cannot be told by their headings."""
        self._source = Source(path)
        try:
            self._lines = self._source.lines()
            first = next(self._lines, None)
            if first is None:
                raise FileEmpty(self._source.name)
            self._places = _places(first, self._source.name)
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """The file's name."""
        return self._source.name

    @property
    def sha256(self) -> str:
        """Of the bytes read so far, in hex."""
        return self._source.sha256

    def rows(self) -> Iterator[Said | Misread]:
        """Every row with an amount above zero: money out and empty rows are the bank's own."""
        for count, line in enumerate(self._lines):
            if count == MOST_ROWS:
                raise FileTooLong(self.name, MOST_ROWS)
            try:
                said = self._said(line)
            except Refused as why:
                yield Misread(line.number, why)
            else:
                if said is not None:
                    yield said

    def close(self) -> None:
        """Let go of the file."""
        self._source.close()

    def _said(self, line: Line) -> Said | None:
        if line.broken:
            raise line.broken
        cells = {name: line.cells[at].strip() for name, at in self._places.items() if at < len(line.cells)}
        written = cells.get(_AMOUNT, "")
        if not written or (amount := read_exact(written)) <= 0:
            return None
        reference = clean_text(western_digits(cells.get(_REFERENCE, "")), LONGEST_REFERENCE).upper()
        if not reference or not cells.get(_DATE):
            raise CellMissing
        status = cells.get(_STATUS, "")
        outcome = _outcome(status) if status else Outcome.CONFIRMED
        return Said(line.number, read_day(_CLOCK.sub("", cells[_DATE])), amount, reference, outcome)


def _places(first: Line, file: str) -> dict[str, int]:
    """Where each column stands; of several names the first that is there counts."""
    written = [re.sub(r"[\W_]+", "_", cell.casefold()).strip("_") for cell in first.cells]
    found: dict[str, int] = {}
    for column, names in _NAMES.items():
        name = next((name for name in names if name in written), None)
        if name is not None:
            found[column] = written.index(name)
            if written.count(name) > 1:
                raise ColumnTwice(file, name)
    missing = [column for column in (_DATE, _AMOUNT, _REFERENCE) if column not in found]
    if missing:
        raise StatementColumns(file, ", ".join(missing))
    return found
