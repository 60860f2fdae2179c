"""Payloads of the entries that belong to no other room of the domain. Field names never change."""

from enum import StrEnum
from uuid import UUID

from counter_app.domain.numbering import Series
from counter_app.domain.value import value


@value
class SegmentOpened:
    """The first entry of every segment: which program, at which counter, and why it began."""

    program: str
    sqlite: str
    office: str
    counter: int
    reason: str = "start"


@value
class NumberGap:
    """Numbers up to these were given out by what is not in this journal any more; the next ones are above.

    Version 1 ends with ``complaints``.
    """

    receipts: int
    complaints: int
    slips: int = 0
    moves: int = 0
    closings: int = 0

    @property
    def given(self) -> dict[Series, int]:
        """The number of each series."""
        numbers = self.receipts, self.complaints, self.slips, self.moves, self.closings
        return dict(zip(Series, numbers, strict=True))


@value
class SignedIn:
    """Someone signed in by password."""

    code: str
    role: str


@value
class SignInRefused:
    """Somebody tried; ``known`` tells whether the code is one of ours (a wrong one is not kept)."""

    code: str
    known: bool


@value
class SignedOut:
    """Someone signed out."""

    code: str


@value
class PinSet:
    """Someone chose a PIN; what it is stands nowhere in the journal."""

    code: str


class StaffChange(StrEnum):
    """What was done about somebody's access to this counter."""

    ADDED = "added"
    RESET = "reset"
    ENDED = "ended"


@value
class StaffChanged:
    """``code`` let somebody (``person``, by code) sign in here, gave another password, or ended it; which
    password, stands nowhere in the journal.
    """

    code: str
    person: str
    role: str
    change: StaffChange


@value
class BackupPlacesChosen:
    """Someone chose where copies of the data go: in how many places. Where they are stands nowhere in the
    journal, for a folder may bear somebody's name.
    """

    code: str
    places: int


@value
class RecoveryCodeDrawn:
    """Someone drew a code that opens the copies without this PC's key; the one before opens no new ones."""

    code: str


@value
class NotAllowedTried:
    """Someone tried what the role may not do."""

    code: str
    right: str


class FileKind(StrEnum):
    """The files that are taken in, in this order. What the office's engineers plan only the centre takes."""

    OFFICERS = "officers"
    ASSETS = "assets"
    CONSUMERS = "consumers"
    BILLS = "bills"
    PAYMENTS = "payments"
    SHUTDOWNS = "shutdowns"
    ROSTER = "roster"


BILLING_FILES = tuple(FileKind)[: tuple(FileKind).index(FileKind.SHUTDOWNS)]
"""Those of the billing side, which a counter takes in itself; its journal knows no others."""


@value
class FileTaken:
    """What became of a file: its name, the SHA-256 of its bytes in hex, and its rows.

    ``read`` = taken (new) + changed + unchanged + rejected.
    """

    kind: FileKind
    name: str
    sha256: str
    read: int
    taken: int
    changed: int
    unchanged: int
    rejected: int


@value
class FilesImported:
    """Files of the billing side were taken in together, as a whole; by whom."""

    code: str
    files: tuple[FileTaken, ...]


class Purpose(StrEnum):
    """What files with people's data are written out for."""

    BILLING = "billing"
    AUDIT = "audit"


@value
class FileHandedOut:
    """A file that was written out: its name, the SHA-256 of its bytes in hex, its rows or entries."""

    name: str
    sha256: str
    rows: int


@value
class FilesHandedOut:
    """Files with people's data were written out together; by whom, and what for."""

    code: str
    purpose: Purpose
    files: tuple[FileHandedOut, ...]


class Paper(StrEnum):
    """What is printed at the window."""

    RECEIPT = "receipt"
    BILL = "bill"
    SLIP = "slip"
    UNDOING = "undoing"
    CASH_SLIP = "cash slip"
    DAY_REPORT = "day report"
    BOOK = "book"
    STATEMENT = "statement"
    NO_DUES = "no dues"
    CLAIM = "claim slip"
    CHANNEL_RECEIPT = "channel receipt"


class BillsOf(StrEnum):
    """Whose bills are printed together."""

    OFFICE = "office"
    FEEDER = "feeder"
    DTR = "dtr"


@value
class BillsPrinted:
    """Someone began to print the bills of many consumers, as duplicates of that day: of the whole office
    (``line`` is empty), or of a line by its code; how many, and at which printer (empty: into PDF files).
    """

    code: str
    of: BillsOf
    line: str
    bills: int
    printer: str


@value
class ContactShown:
    """A consumer's mobile and address were shown whole to somebody; neither of them stands here."""

    code: str
    consumer: str


class PaperState(StrEnum):
    """Where a print stands. ``SENT`` is no proof; only a person or the spooler confirms."""

    WAITING = "waiting"
    SENT = "sent"
    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"
    FAILED = "failed"
    WAIVED = "waived"


@value
class CopyAsked:
    """A paper after the original: the act's UUID is the job's. ``subject`` is the act of the receipt
    or complaint; a bill, a statement and a certificate have their consumer number and month instead, papers
    of a payment elsewhere one made from what that is known by. ``copy`` counts from 2 for receipts and slips
    (the original is 1), from 1 for what only repeats the billing system's.
    """

    paper: Paper
    subject: UUID | None
    consumer: str
    month: str
    copy: int
    reason: str


@value
class PaperOutcome:
    """What became of a print job, as far as anybody knows."""

    job: UUID
    state: PaperState
    printer: str = ""
