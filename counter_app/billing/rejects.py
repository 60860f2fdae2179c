"""The file of rows that were not taken: where each stands, why, and the row as it was."""

from counter_app.billing.records import Reject, Table
from counter_app.billing.safe_csv import SafeCsv
from counter_app.words.refusals import sentence
from counter_app.words.say import Language

HEADINGS = ("file", "line", "column", "कारण", "reason")


def begin(file: SafeCsv, table: Table) -> None:
    """The headings of a table's rejects, the table's own behind ours."""
    file.headings((*HEADINGS, *table.written))


def write(file: SafeCsv, table: Table, reject: Reject) -> None:
    """One row that was not taken."""
    hindi, english = sentence(reject.why, Language.HINDI)
    line, column = reject.line, reject.column
    file.row((table.source.name, str(line.number), column, hindi, english or hindi, *line.cells))
