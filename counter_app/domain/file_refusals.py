"""Why a file of the billing side, or one row of it, is not taken. A file is taken whole or not at all."""

from datetime import date

from counter_app.domain.refusals import Refused

# -- files that are carried between a counter and the centre ---------------------------------------------


class ParcelBroken(Refused):
    """A file that is none of those that are carried by hand, or is not as it was written."""

    name: str


class ParcelForeign(Refused):
    """It is for somebody else, or of somebody else."""

    name: str


class ParcelOld(Refused):
    """It answers what was written before, was read already, or has nothing that is not here."""

    name: str


class CompanyKeyMissing(Refused):
    """The centre had no key of the company when this counter was enrolled: nothing can be sealed to it."""


# -- the file ----------------------------------------------------------------------------------------


class FileEmpty(Refused):
    """There is nothing in it."""

    name: str


class FileWebPage(Refused):
    """A page saved from a browser, a sign-in page perhaps."""

    name: str


class FilePdf(Refused):
    """A PDF has pages, not rows."""

    name: str


class FileOldExcel(Refused):
    """The binary format of Excel before 2007."""

    name: str


class FileNoTable(Refused):
    """Neither CSV nor XLSX, or an XLSX that cannot be read."""

    name: str


class FileCutShort(Refused):
    """It ends in the middle of a row, or of the archive that an XLSX is."""

    name: str


class FileNulBytes(Refused):
    """Zero bytes where text should stand: what a power cut leaves."""

    name: str


class FileEncoding(Refused):
    """Neither UTF-8 nor UTF-16 with its mark."""

    name: str
    line: int


class FileTooLarge(Refused):
    """More bytes than are read."""

    name: str
    megabytes: int


class FileSwells(Refused):
    """Packed so that it would unpack into more than is read."""

    name: str


class FileTooWide(Refused):
    """More columns than are read."""

    name: str
    columns: int


class FileTooLong(Refused):
    """More rows than are read."""

    name: str
    rows: int


class StatementColumns(Refused):
    """The headings of a bank's statement do not tell day, amount and reference."""

    name: str
    columns: str


class ColumnsMissing(Refused):
    """The headings lack columns that are needed."""

    name: str
    columns: str


class ColumnTwice(Refused):
    """Two headings mean the same column."""

    name: str
    column: str


class ColumnMapWrong(Refused):
    """The file of column names says something that cannot be."""

    name: str
    key: str


class FolderMissing(Refused):
    """The folder in which a file is to be written is not there."""

    name: str


class SerialUnreadable(Refused):
    """What should be a receipt or complaint number to go on after is none of this counter."""

    number: str


class SerialUnknown(Refused):
    """This counter's number by its form, but nothing in the book has it, or has it with other letters."""

    number: str


class SerialTwice(Refused):
    """A second number to go on after, of a kind that was given already."""

    number: str


class DaysTurned(Refused):
    """The first day of a range stands after its last."""

    first: date
    last: date


# -- a row -------------------------------------------------------------------------------------------


class CellMissing(Refused):
    """A cell that is needed is empty."""


class RowBroken(Refused):
    """Quotation marks that do not close, or stand in the middle."""


class RowTooLong(Refused):
    """More characters than a row may have."""

    limit_count: int


class RowTooWide(Refused):
    """More cells than there are headings."""

    cells: int
    columns: int


class MomentUnreadable(Refused):
    """Not a day and a time of day."""


class UntilBeforeSince(Refused):
    """What ends does so before it has begun."""


class CountUnreadable(Refused):
    """Not a whole number."""


class CountOutside(Refused):
    """A whole number below the least or above the most that can be."""

    least: int
    most: int


class RupeesBelowZero(Refused):
    """Money that is held cannot be below zero."""


class PowerFactorUnreadable(Refused):
    """Neither a fraction of one nor whole percent."""


class BillTooOld(Refused):
    """A bill of a month before those that are kept."""

    months: int


class WordUnknown(Refused):
    """None of the words that may stand there."""

    known: str


class NameMissing(Refused):
    """A consumer without a name in either script."""


class BillDoesNotAdd(Refused):
    """Charges, arrears and surcharge do not make the net bill; both in paise."""

    charged: int
    amount: int


class DueBeforeIssue(Refused):
    """The due date stands before the bill date."""


class MonthAfterIssue(Refused):
    """The bill month lies after the month of the bill date."""


class ReadingsTurned(Refused):
    """The current reading was taken before the previous one."""


class DayToCome(Refused):
    """A bill or payment of a day that has not come yet."""


class BillsNone(Refused):
    """There is no bill of this line here."""


class FolderUnnamed(Refused):
    """No folder is named, or only a part of its path: files would go to wherever the program was begun."""

    field = "folder"


class BillsNotMade(Refused):
    """The process that makes papers gave none of a bundle."""


class BillsStopped(Refused):
    """Somebody stopped the printing of many bills, or the program ends."""


class TrainingOnFiles(Refused):
    """A printer was chosen at the office for training, whose papers are files."""
