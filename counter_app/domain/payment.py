"""Tenders and what a recorded payment holds. A fiscal record has no name and no mobile in it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from counter_app.domain.allocation import Share
from counter_app.domain.money import Paise, checked
from counter_app.domain.refusals import CardTailWrong, GivenTooLittle, SplitDoesNotAdd, UtrWrong
from counter_app.domain.text import only_digits, refuse_card_number


class TenderKind(StrEnum):
    """How money is handed over."""

    CASH = "cash"
    UPI = "upi"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Tender:
    """One way of paying within a payment.

    ``given`` and ``returned`` are cash over the counter. ``reference`` is the UTR (12 digits or its
    last 6) or the last four digits of the card. ``confirmed`` is False while nobody but the
    payer's own screen says that the money has moved.
    """

    kind: TenderKind
    amount: Paise
    given: Paise = 0
    returned: Paise = 0
    reference: str = ""
    approval: str = ""
    confirmed: bool = True


def cash(amount: Paise, given: Paise) -> Tender:
    """Cash: what was given and what goes back; refuses too little."""
    checked(amount)
    if given < amount:
        raise GivenTooLittle(amount - given)
    return Tender(TenderKind.CASH, amount, given=checked(given), returned=given - amount)


def upi(amount: Paise, utr: str) -> Tender:
    """UPI by UTR, unconfirmed: a QR or a screen shown by the payer proves nothing."""
    digits = only_digits(utr)
    if len(digits) not in {6, 12} or len(digits) != len("".join(utr.split())):
        raise UtrWrong(len(digits))
    return Tender(TenderKind.UPI, checked(amount), reference=digits, confirmed=False)


def card(amount: Paise, last_four: str, approval: str = "") -> Tender:
    """Card by its last four digits; a longer number is refused, never stored."""
    refuse_card_number(last_four)
    digits = only_digits(last_four)
    if len(digits) != 4 or len(digits) != len(last_four.strip()):
        raise CardTailWrong(len(digits))
    return Tender(TenderKind.CARD, checked(amount), reference=digits, approval=approval)


@dataclass(frozen=True, slots=True)
class PaymentTaken:
    """The payload of a payment entry, version 1. Amounts in paise, whole rupees.

    ``due`` is what was payable on ``day`` before this payment, ``dues_as_of`` when the office last
    heard of it; ``shares`` is the appropriation by the rule named ``order``; ``advance`` marks
    money taken beyond what was due.
    """

    serial: int
    office: str
    counter: int
    day: date
    consumer: str
    bill_number: str
    bill_month: str
    due_date: date | None
    due: Paise
    dues_as_of: datetime | None
    amount: Paise
    tenders: tuple[Tender, ...]
    shares: tuple[Share, ...]
    order: str
    advance: bool
    clerk: str

    def __post_init__(self) -> None:
        checked(self.amount)
        if sum(tender.amount for tender in self.tenders) != self.amount:
            raise SplitDoesNotAdd
        if sum(share.amount for share in self.shares) != self.amount:
            raise SplitDoesNotAdd
