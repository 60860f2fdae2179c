"""The cash drawer of one person's session: opened, cash moved in and out, counted blind, closed for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from counter_app.domain.approval import Approval
from counter_app.domain.money import Paise, checked
from counter_app.domain.money_refusals import CountTooLarge
from counter_app.domain.payment import TenderKind
from counter_app.domain.refusals import AmountNotPositive

BUNDLE = 100
"""Notes in a bundle."""
MOST_PIECES = 99_999


class Piece(StrEnum):
    """Paper or metal: ₹20 and ₹10 are both."""

    NOTE = "note"
    COIN = "coin"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many pieces of one face (paise) lie in the drawer."""

    piece: Piece
    face: Paise
    pieces: int

    @property
    def amount(self) -> Paise:
        """What they are worth together."""
        return self.face * self.pieces


def counted_total(counts: Iterable[Counted]) -> Paise:
    """What was counted; ``AmountNotPositive`` or ``CountTooLarge`` for a number of pieces that cannot be."""
    total = 0
    for one in counts:
        if one.pieces < 0:
            raise AmountNotPositive
        if one.pieces > MOST_PIECES:
            raise CountTooLarge(MOST_PIECES)
        total += one.amount
    return total


Face = tuple[Piece, Paise]
"""A note or a coin, and what it is worth."""


def fewest_pieces(amount: Paise, faces: Iterable[Face]) -> tuple[Counted, ...]:
    """An amount of whole rupees in as few pieces as can be; of ``faces`` the largest and notes come first."""
    found = []
    for piece, face in faces:
        pieces, amount = divmod(amount, face)
        if pieces:
            found.append(Counted(piece, face, pieces))
    return tuple(found)


class Move(StrEnum):
    """Why cash goes into or out of a drawer without a receipt.

    ``CHANGE``: small money from the head cashier; ``DROP``: notes to them; ``IN`` and ``OUT``: else.
    """

    CHANGE = "change"
    IN = "in"
    OUT = "out"
    DROP = "drop"


INWARD = frozenset({Move.CHANGE, Move.IN})


def checked_opening(amount: Paise) -> Paise:
    """The float of a drawer: nothing, or whole rupees."""
    return checked(amount) if amount else 0


@dataclass(frozen=True, slots=True)
class DrawerOpened:
    """The payload of a drawer opening, version 1: whose, for which business day, with what float."""

    drawer: UUID
    clerk: str
    day: date
    opening: Paise


@dataclass(frozen=True, slots=True)
class CashMoved:
    """Cash in or out, on a numbered slip. ``other`` is who gave or got it, ``approved`` their word."""

    serial: int
    office: str
    counter: int
    drawer: UUID
    clerk: str
    day: date
    move: Move
    amount: Paise
    reason: str
    other: str
    approved: Approval | None

    @property
    def into(self) -> Paise:
        """What the drawer gained, below zero when it lost."""
        return self.amount if self.move in INWARD else -self.amount


@dataclass(frozen=True, slots=True)
class HandoverAccepted:
    """Cash of a closed drawer taken into another one: ``counted`` by the receiver; ``handed`` by the giver.

    ``closing`` is the act of the closing that handed it over.
    """

    serial: int
    office: str
    counter: int
    drawer: UUID
    clerk: str
    day: date
    closing: UUID
    giver: str
    handed: Paise
    counted: Paise
    note: str


@dataclass(frozen=True, slots=True)
class DrawerUnlocked:
    """The drawer was opened without a payment ("no sale"); why."""

    drawer: UUID
    clerk: str
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class TenderSum:
    """What a drawer took by one tender, cancelled receipts left out: receipts and paise."""

    kind: TenderKind
    receipts: int
    amount: Paise


@dataclass(frozen=True, slots=True)
class Carried:
    """Something that came after the day of its receipt was sealed: what, which receipt, how much (paise)."""

    what: str
    receipt: str
    amount: Paise


@dataclass(frozen=True, slots=True)
class DrawerClosed:
    """The payload of a drawer closing, version 2, which is its Z report: sealed by being recorded.

    The count was fixed before ``expected`` was shown: ``expected`` = ``opening`` + ``cash`` + ``moved_in`` −
    ``moved_out``; ``cash`` is what receipts brought, given less returned, less what went back by
    cancelling and correcting. ``perpetual`` is all money this device ever took, ``undone`` all it ever
    cancelled. ``handed_to``: who gets the counted cash instead of the bank; ``kept``: of it, what stays as
    tomorrow's float. Version 1 ends with ``note``.
    """

    drawer: UUID
    clerk: str
    day: date
    expected: Paise
    counted: Paise
    note: str = ""
    serial: int = 0
    office: str = ""
    counter: int = 0
    counts: tuple[Counted, ...] = ()
    opening: Paise = 0
    cash: Paise = 0
    moved_in: Paise = 0
    moved_out: Paise = 0
    tenders: tuple[TenderSum, ...] = ()
    receipts: int = 0
    first: int = 0
    last: int = 0
    cancelled: int = 0
    cancelled_amount: Paise = 0
    corrected: int = 0
    copies: int = 0
    unlocked: int = 0
    perpetual: Paise = 0
    undone: Paise = 0
    carried: tuple[Carried, ...] = ()
    reason: str = ""
    approved: Approval | None = None
    handed_to: str = ""
    kept: Paise = 0

    @property
    def difference(self) -> Paise:
        """Counted less expected: below zero is short."""
        return self.counted - self.expected

    @property
    def to_bank(self) -> Paise:
        """What is paid in at the bank."""
        return 0 if self.handed_to else self.counted - self.kept


@dataclass(frozen=True, slots=True)
class DepositNoted:
    """The cash of a closing came to the bank: its stamp, the day, the pay-in slip's number."""

    closing: UUID
    day: date
    amount: Paise
    bank: str
    reference: str
    clerk: str
