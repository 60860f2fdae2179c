"""Reasons why the desk says no to what is done with the money drawer."""

from datetime import date, timedelta

from counter_app.domain.refusals import Refused, WorldRefused

# -- what was typed of a tender or a count ------------------------------------------------------------


class ChequeNumberWrong(Refused):
    """A cheque or draft has six digits."""

    digits: int


class ChequeDayWrong(Refused):
    """A cheque that is older than three months or dated ahead."""

    day: date


class BankMissing(Refused):
    """A cheque or draft needs its bank."""


class ReferenceWrong(Refused):
    """The reference of another channel is too short or holds no digit."""

    length: int


class CountTooLarge(Refused):
    """More pieces of one note or coin than a drawer holds."""

    pieces: int


class FaceUnknown(Refused):
    """There is no such note or coin in the day's rules."""

    amount: int


class AuthorityMissing(Refused):
    """An amount that no dated rule gives needs the order of an officer."""


class ChargeUnknown(Refused):
    """The rules know no such charge on this day, or not for somebody without a connection."""


class LoadOutside(Refused):
    """The dated rate is not for this load."""


# -- receipts and drawers ------------------------------------------------------------------------------


class TailUsed(Refused):
    """Another receipt has the same six digits of a UTR and the same amount: it may be the same transfer."""

    receipt: str
    amount: int


class ChequeTooLate(Refused):
    """Cheques and drafts are taken until an hour of the day ("13:00")."""

    until: str


class ChequeUsed(Refused):
    """This cheque or draft is on another receipt."""

    receipt: str


class ReferenceUsed(Refused):
    """The reference of another channel is on another receipt."""

    receipt: str


class CashCeiling(Refused):
    """The rules allow no more cash from one person on one day, or for one bill."""

    limit: int


class AgentReceiptTooLarge(Refused):
    """The rules let an agent take less on one receipt."""

    limit: int


class AgentDayFull(Refused):
    """The rules let an agent take less on one day. What was taken so far stays unsaid before the count."""

    limit: int


class ReceiptCancelled(Refused):
    """The receipt was cancelled."""

    receipt: str


class ReceiptSealed(Refused):
    """The drawer of the receipt is closed: it stays as it is, a refund can be asked for."""

    receipt: str


class ReceiptOpen(Refused):
    """The drawer of the receipt is still open: it can be cancelled, no refund is needed."""

    receipt: str


class NothingChanged(Refused):
    """What is to be put right is the same as what stands there."""


class MoneyLost(Refused):
    """The bank did not pay it: what takes its place is other money, with a receipt of its own."""

    receipt: str


class PutRightBefore(Refused):
    """The receipt was put right before the counter was restored; what it says now is not known here."""

    receipt: str


class RefundKnown(Refused):
    """A refund was asked for already."""

    receipt: str


class SettledOutOfTurn(Refused):
    """A cheque comes back dishonoured, anything else fails; neither is pending again."""


class WordStands(Refused):
    """Another word of the bank stands until the counter has taken ``more`` (paise): a restore has lost it."""

    more: int


class DrawerNotYours(Refused):
    """The drawer belongs to someone else."""


class DrawerFirst(Refused):
    """Whoever holds a drawer counts it before today's sums are seen."""


class DrawerBegun(Refused):
    """Money was moved in the drawer already: its float is what it is."""


class FloatKept(Refused):
    """Less is put into the new drawer than was kept of the last one."""

    amount: int


class DrawerCounted(Refused):
    """The count of the drawer is fixed: nothing goes in or out before it is sealed."""


class CountMissing(Refused):
    """The drawer is closed by its count, and there is none yet."""


class DrawerHoldsLess(Refused):
    """More is taken out than the drawer can hold."""


class PersonMissing(Refused):
    """Cash without a receipt comes from somebody, or goes to somebody."""


class ReceiverUnknown(Refused):
    """Nobody with this code may take cash over, or it is the giver."""

    code: str


class CashOnItsWay(Refused):
    """Cash that was handed to this person is not taken over yet."""


class KeptTooMuch(Refused):
    """More is to stay as a float than was counted."""


class FloatForNobody(Refused):
    """A float is to stay in a drawer that nobody opens again."""


class HandoverUnknown(Refused):
    """No cash waits to be taken over under this closing."""


class DepositKnown(Refused):
    """The deposit of this closing is noted already."""


class DepositUnknown(Refused):
    """Nothing of this closing goes to the bank."""


class DepositDayWrong(Refused):
    """Cash comes to the bank after it was counted, and not in days to come."""

    day: date


class StampMissing(Refused):
    """A deposit needs its bank and the number of the pay-in slip."""


class TaskUnknown(Refused):
    """No such work waits here, or it is done already."""


# -- the second person ---------------------------------------------------------------------------------


class SecondMissing(Refused):
    """This needs a second person."""


class SecondIsSame(Refused):
    """The second person is the one who acts, or who took the money."""


class SecondElsewhere(Refused):
    """Who gets the cash has to be here, and does not agree over the telephone."""


class SecondMayNot(Refused):
    """The second person does not hold the right."""


class PinNotToday(Refused):
    """A PIN stands for a second person only after signing in here by password on the same day."""


class PinWrong(Refused):
    """The PIN is not right."""

    tries_left: int


class PinWeak(Refused):
    """A PIN has six digits that are neither all alike nor in a row."""


class AnswerWrong(Refused):
    """The answer from the telephone does not fit this act."""

    tries_left: int


class NumberNotWhole(Refused):
    """A number over the telephone is typed whole: office, counter, serial."""


class ChallengeWrong(Refused):
    """What is read out over the telephone has six digits."""

    digits: int


class PasswordCommon(Refused):
    """Too short, or one that everybody guesses."""


# -- the clock -----------------------------------------------------------------------------------------


class ClockDoubted(WorldRefused):
    """The PC's clock was found so wrong that the day may be another, and nobody has decided yet."""

    by: timedelta


# -- papers of an account


class DuesRemain(Refused):
    """Something is due, so nothing can be certified."""

    amount: int


class DuesUnsure(Refused):
    """Money for this account is not confirmed yet, so nothing can be certified."""

    amount: int


class DuesNotHeard(Refused):
    """The office has not heard of bills and payments elsewhere, or another office has the account now."""


class PaymentNotKnown(Refused):
    """A payment elsewhere that the billing data does not have here (any more)."""


class PaymentInBill(Refused):
    """A payment elsewhere that the bill has already; there is nothing to claim."""


class MoneyLineWrong(WorldRefused):
    """The amount on a page does not read back as the amount that was recorded; the page is not printed."""


class NobodyLeft(Refused):
    """Everybody at the office for training has paid: there is nobody to practise with."""
