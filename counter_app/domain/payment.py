"""Tenders and what a recorded payment holds. A fiscal record has no name and no mobile in it."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from counter_app.domain.allocation import Share
from counter_app.domain.money import Paise, checked
from counter_app.domain.money_refusals import BankMissing, ChequeDayWrong, ChequeNumberWrong, ReferenceWrong
from counter_app.domain.refusals import CardTailWrong, GivenTooLittle, SplitDoesNotAdd, UtrWrong
from counter_app.domain.text import clean_text, only_digits, refuse_card_number
from counter_app.domain.value import value

LONGEST_APPROVAL = 12
LONGEST_BANK = 60
LONGEST_REFERENCE = 35
SHORTEST_REFERENCE = 6
CHEQUE_LIVES_DAYS = 90
"""How long a cheque can be presented: three months from its date (RBI, since 1 April 2012)."""


class TenderKind(StrEnum):
    """How money is handed over. ``OTHER``: net banking, a wallet, a channel with a reference of its own."""

    CASH = "cash"
    UPI = "upi"
    CARD = "card"
    CHEQUE = "cheque"
    DRAFT = "draft"
    OTHER = "other"


PAPER = frozenset({TenderKind.CHEQUE, TenderKind.DRAFT})
"""What is handed over as paper and lies in the drawer until it goes to the bank."""

REFERRED = frozenset({TenderKind.UPI, TenderKind.OTHER})
"""What moves somewhere else, under a reference that pays once."""


@value
class Tender:
    """One way of paying within a payment.

    ``given`` and ``returned`` are cash over the counter. ``reference`` is the UTR (12 digits or its
    last 6), the last four digits of the card, the number of a cheque or draft, or the reference of
    another channel; ``bank`` and ``dated`` are those of a cheque or draft. ``confirmed`` is False while
    nobody but the payer says that the money has moved.
    """

    kind: TenderKind
    amount: Paise
    given: Paise = 0
    returned: Paise = 0
    reference: str = ""
    approval: str = ""
    confirmed: bool = True
    bank: str = ""
    dated: date | None = None


def cash(amount: Paise, given: Paise) -> Tender:
    """Cash: what was given and what goes back; refuses too little."""
    checked(amount)
    if given < amount:
        raise GivenTooLittle(amount - given)
    return Tender(TenderKind.CASH, amount, given=checked(given), returned=given - amount)


def shared_cash(amounts: Sequence[Paise], given: Paise) -> tuple[Tender, ...]:
    """One count of cash for several payments: the last of them has the change; refuses too little."""
    total = sum(checked(amount) for amount in amounts)
    if given < checked(total):
        raise GivenTooLittle(total - given)
    exact = [cash(amount, amount) for amount in amounts[:-1]]
    return (*exact, cash(amounts[-1], amounts[-1] + given - total))


def upi(amount: Paise, utr: str) -> Tender:
    """UPI by UTR, unconfirmed: a QR or a screen shown by the payer proves nothing."""
    digits = only_digits(utr)
    if len(digits) not in {6, 12} or len(digits) != len("".join(utr.split())):
        raise UtrWrong(len(digits))
    return Tender(TenderKind.UPI, checked(amount), reference=digits, confirmed=False)


def card(amount: Paise, last_four: str, approval: str = "") -> Tender:
    """Card by its last four digits; a longer number is refused, never stored, also in two pieces.

    The code of approval is the bank's word: without it nobody but the payer says that the money has moved.
    """
    refuse_card_number(last_four)
    digits = only_digits(last_four)
    if len(digits) != 4 or len(digits) != len(last_four.strip()):
        raise CardTailWrong(len(digits))
    code = clean_text(approval, LONGEST_APPROVAL)
    for in_two_pieces in (f"{code} {digits}", f"{digits} {code}"):
        refuse_card_number(in_two_pieces)
    amount = checked(amount)
    return Tender(TenderKind.CARD, amount, reference=digits, approval=code, confirmed=bool(code))


def cheque(amount: Paise, number: str, bank: str, dated: date, day: date) -> Tender:
    """A cheque taken on ``day``, subject to realisation; refuses one that the bank would not pay."""
    return _of_bank(TenderKind.CHEQUE, amount, number, bank, dated, day)


def demand_draft(amount: Paise, number: str, bank: str, dated: date, day: date) -> Tender:
    """A demand draft or banker's cheque, subject to realisation like a cheque."""
    return _of_bank(TenderKind.DRAFT, amount, number, bank, dated, day)


def other(amount: Paise, reference: str) -> Tender:
    """Net banking, a wallet or another channel, by the reference that it gave; unconfirmed."""
    text = clean_text(reference, LONGEST_REFERENCE).upper()
    if len(text) < SHORTEST_REFERENCE or not text.isascii() or not any(sign.isdigit() for sign in text):
        raise ReferenceWrong(len(text))
    return Tender(TenderKind.OTHER, checked(amount), reference=text, confirmed=False)


def _of_bank(kind: TenderKind, amount: Paise, number: str, bank: str, dated: date, day: date) -> Tender:
    digits = only_digits(number)
    if len(digits) != 6 or len(digits) != len("".join(number.split())):
        raise ChequeNumberWrong(len(digits))
    name = clean_text(bank, LONGEST_BANK)
    if not name:
        raise BankMissing
    if not 0 <= (day - dated).days <= CHEQUE_LIVES_DAYS:
        raise ChequeDayWrong(dated)
    return Tender(kind, checked(amount), reference=digits, confirmed=False, bank=name.upper(), dated=dated)


@value
class PaymentTaken:
    """The payload of a payment entry, version 2. Amounts in paise, whole rupees.

    ``due`` is what was payable on ``day`` before this payment, ``dues_as_of`` when the office last
    heard of it; ``shares`` is the appropriation by the rule named ``order``; ``advance`` marks
    money taken beyond what was due. Money that is no bill has ``charge`` (a head of the charges) instead
    of a bill. ``protest``: deposited under protest (Supply Code 9.11). ``basket``: the act of the first
    of the payments that were counted together. Version 1 ends with ``clerk``.

    ``within_due``: received on or before the due date by a clock that stands for it; ``offline``: the
    centre did not answer then; ``heard_at``: when it last did. ``clock_doubted``: the clock had jumped, and
    nobody had decided yet.
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
    charge: str = ""
    protest: bool = False
    basket: UUID | None = None
    within_due: bool = False
    offline: bool = False
    heard_at: datetime | None = None
    clock_doubted: bool = False

    def __post_init__(self) -> None:
        checked(self.amount)
        if sum(tender.amount for tender in self.tenders) != self.amount:
            raise SplitDoesNotAdd
        if sum(share.amount for share in self.shares) != self.amount:
            raise SplitDoesNotAdd
