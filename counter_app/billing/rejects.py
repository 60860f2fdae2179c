"""The file of rows that were not taken: where each stands, why, and the row as it was."""

from collections.abc import Iterable
from pathlib import Path

from counter_app.billing.records import Reject, Table
from counter_app.billing.safe_csv import SafeCsv
from counter_app.domain.refusals import CardNumberTyped, FileThere
from counter_app.domain.text import refuse_card_number
from counter_app.words.refusals import sentence
from counter_app.words.say import Language

SHOWN = 5
"""How many rejects are told at once; the file has all."""

_HIDDEN = "••••"
HEADINGS = ("file", "line", "column", "कारण", "reason")


def refuse_to_overwrite(files: Iterable[Path], rejected: Path | None) -> None:
    """The rejects must not take the place of a file that is to be read: ``FileThere``."""
    if rejected and rejected.exists() and any(file.exists() and rejected.samefile(file) for file in files):
        raise FileThere(rejected.name)


def begin(file: SafeCsv, table: Table) -> None:
    """The headings of a table's rejects, the table's own behind ours."""
    file.headings((*HEADINGS, *table.written[_ours(table) :]))


def write(file: SafeCsv, table: Table, reject: Reject) -> None:
    """One row that was not taken."""
    hindi, english = sentence(reject.why, Language.HINDI)
    line, column = reject.line, reject.column
    cells = map(_without_card, line.cells[0 if line.broken else _ours(table) :])
    file.row((table.source.name, str(line.number), column, hindi, english or hindi, *cells))


def _ours(table: Table) -> int:
    """How many of the first columns are ours already: a file of rejects that comes in once more."""
    return len(HEADINGS) if table.written[: len(HEADINGS)] == HEADINGS else 0


def _without_card(cell: str) -> str:
    """The cell as it was; the number of a payment card is not kept even here."""
    try:
        refuse_card_number(cell)
    except CardNumberTyped:
        return _HIDDEN
    return cell
