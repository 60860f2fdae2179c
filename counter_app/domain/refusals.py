"""Every reason the desk says no. A refusal carries facts; its sentence stands in ``words.refusals``."""

import inspect
from datetime import date, timedelta
from typing import ClassVar, dataclass_transform


@dataclass_transform()
class Refused(Exception):
    """The desk says no, nothing was changed, and the clerk can be told why.

    A subclass names its facts as annotated fields, as a dataclass does; ``facts`` are their names. It is
    none itself: making a hundred of them would be a good part of the time that the window takes to start.
    """

    facts: ClassVar[tuple[str, ...]] = ()
    field = ""  # of what was typed, where one is at fault

    def __init_subclass__(cls) -> None:
        cls.facts = (*cls.facts, *inspect.get_annotations(cls))

    def __init__(self, *given: object, **named: object) -> None:
        told = dict(zip(self.facts, given, strict=False)) | named
        if len(given) + len(named) != len(self.facts) or told.keys() != set(self.facts):
            raise TypeError(f"{type(self).__name__} wants the facts {self.facts}")
        super().__init__(*(told[fact] for fact in self.facts))
        vars(self).update(told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refused) and type(self) is type(other) and self.args == other.args

    def __hash__(self) -> int:
        return hash((type(self), self.args))


class WorldRefused(Refused):
    """Disk, key, printer or clock stand in the way; the clerk is not at fault."""


# -- what was typed ------------------------------------------------------------------------------


class AmountMissing(Refused):
    """No amount was typed."""


class AmountUnreadable(Refused):
    """What was typed is not an amount."""


class AmountNotPositive(Refused):
    """Zero or less."""


class AmountNotWholeRupees(Refused):
    """Payments are taken in whole rupees."""


class DayUnreadable(Refused):
    """Not a day of the calendar."""


class MonthUnreadable(Refused):
    """Not a bill month."""


class RupeesUnreadable(Refused):
    """Not rupees with at most two decimals."""


class AmountTooLarge(Refused):
    """Above what one receipt may hold."""

    limit: int


class GivenTooLittle(Refused):
    """The cash given is less than the amount to be paid in."""

    short: int


class SplitDoesNotAdd(Refused):
    """The tenders do not add up to the amount."""


class TextTooLong(Refused):
    """More characters than the field holds."""

    limit: int
    length: int


class HiddenCharacters(Refused):
    """Control or bidirectional characters."""


class CardNumberTyped(Refused):
    """Something like a full card number; it is never stored."""


class MobileWrong(Refused):
    """An Indian mobile number has 10 digits and starts with 6 to 9."""

    digits: int


class NumberIncomplete(Refused):
    """A consumer number has N and 10 digits."""

    digits: int


class UtrWrong(Refused):
    """A UTR has 12 digits; its last 6 are enough."""

    digits: int


class CardTailWrong(Refused):
    """The last four digits of the card are noted, never more or fewer."""

    digits: int


class ReasonMissing(Refused):
    """A copy, or what is done about a receipt, needs a reason."""


class PlaceMissing(Refused):
    """A complaint without a consumer needs a place."""


# -- what is known ---------------------------------------------------------------------------------


class ConsumerUnknown(Refused):
    """No such consumer number here."""

    number: str


class BillUnknown(Refused):
    """No bill of this consumer is here."""

    number: str


class ReceiptUnknown(Refused):
    """No such receipt here."""

    number: str


class ComplaintUnknown(Refused):
    """No such complaint here."""

    number: str


class ComplaintTypeUnknown(Refused):
    """No such complaint type."""

    key: str


class StepNotPossible(Refused):
    """This step does not follow from the complaint's present stage."""


class SentToPrinter(Refused):
    """This paper went to the printer already; only a copy or an answer of what came out may follow."""


class UtrUsed(Refused):
    """The UTR is on another receipt."""

    receipt: str


class PaidToday(Refused):
    """This consumer has paid today, here or through a channel; only an advance may follow."""

    amount: int
    channel: str


class NothingDue(Refused):
    """Nothing is payable; only an advance may follow."""


class TenderOff(Refused):
    """This tender is not taken at this office."""

    tender: str


class RuleMissing(Refused):
    """The dated rules here do not cover this day or case."""

    rule: str


class ActUsedElsewhere(Refused):
    """The act's UUID already stands for something else."""

    kind: int


# -- who ---------------------------------------------------------------------------------------------


class PasswordWrong(Refused):
    """Name and password do not belong together."""

    tries_left: int


class TriesUsedUp(Refused):
    """Too many wrong passwords; the account waits."""

    minutes: int


class NotAllowed(Refused):
    """This person may not do that; the attempt is in the journal."""


class DrawerMissing(Refused):
    """Money is taken only into an open drawer."""


class DrawerNotCounted(Refused):
    """The drawer is of an earlier day and must be counted before money is taken again."""

    day: date


# -- the world ---------------------------------------------------------------------------------------


class DiskFull(WorldRefused):
    """Too little free space; refused before money is taken."""

    free_mb: int


class DiskFailed(WorldRefused):
    """The disk refused a read or a write."""


class AlreadyRunning(WorldRefused):
    """Another program has this data open."""


class StoreDamaged(WorldRefused):
    """The database does not pass its checks; it is opened for reading only."""

    what: str


class StoreBehind(WorldRefused):
    """The database lacks what the second file knows: it was put back or cut short. Last serials of both."""

    receipt: int
    complaint: int
    known_receipt: int
    known_complaint: int


class StoreNewer(WorldRefused):
    """The database was written by a newer program."""


class StoreTooOld(WorldRefused):
    """The SQLite library is older than the one that is safe."""


class KeyMissing(WorldRefused):
    """The database key is not where it should be."""


class KeyringMissing(WorldRefused):
    """The operating system has no keyring that opens."""


class KeyNotFitting(WorldRefused):
    """The key is there and opens nothing: the database is damaged from its first page on, or another PC's."""


class OfficeMissing(WorldRefused):
    """No office is set up on this PC yet."""


class DemoKeyRefused(WorldRefused):
    """Here is no demo office, but the folder was given as one (or the reverse)."""


class OutcomeUnknown(WorldRefused):
    """The disk failed at the moment of recording; what became of the act must be looked up."""


class ClockBehind(WorldRefused):
    """The PC's clock was set back and stands before a time that is known."""

    by: timedelta


class PrinterMissing(WorldRefused):
    """The chosen printer is not there."""

    printer: str


class PrintFailed(WorldRefused):
    """The printer did not take the job."""


class TrialsMissed(WorldRefused):
    """Some of these printers took no test page; the others did."""

    printers: str
    others: str


class NoPaper(WorldRefused):
    """The printer has no paper, so that nothing was handed to it."""


class PrinterStopped(WorldRefused):
    """The printer is open, jammed or paused, so that nothing was handed to it."""


class TooFarMoved(Refused):
    """Printing on ready-made forms moved by more than so many millimetres."""

    most: int


class PaperTooWide(WorldRefused):
    """A page that does not fit the roll of the chosen receipt printer."""


class PaperFailed(WorldRefused):
    """The page could not be made or its file not written."""


class FileThere(WorldRefused):
    """A file that was to be made is there already."""

    name: str


class FileUnwritable(WorldRefused):
    """A file could not be made where it was to lie."""

    name: str


class FileUnreadable(WorldRefused):
    """A file that was named cannot be read."""

    name: str


class CentreAddressWrong(Refused):
    """What was typed is not the address of a centre."""


class CertificateUnreadable(Refused):
    """A file that should hold a certificate holds none."""


class CodeUnreadable(Refused):
    """Digits that were scanned are no code of a receipt."""


class CodeNotGood(Refused):
    """A code by which a counter is enrolled is unknown, used already, too old, or not the newest."""


class CentreSilent(WorldRefused):
    """The centre did not answer."""


class CentreStrange(WorldRefused):
    """Something answered at the centre's address that is not the centre."""


class EnrolledOtherwise(WorldRefused):
    """The code belongs to another office or counter than this one."""

    office: str
    counter: int


class NotEnrolled(WorldRefused):
    """This counter is not enrolled at a centre."""
