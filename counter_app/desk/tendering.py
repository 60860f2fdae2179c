"""How money is handed over: tenders made anew by the rules of each, and whether they may be taken now."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from counter_app.domain.days import business_day, in_india
from counter_app.domain.money import Paise, checked
from counter_app.domain.money_refusals import CashCeiling, ChequeTooLate, ChequeUsed, ReferenceUsed, TailUsed
from counter_app.domain.payment import (
    PAPER,
    Tender,
    TenderKind,
    card,
    cash,
    cheque,
    demand_draft,
    other,
    upi,
)
from counter_app.domain.refusals import Refused, SplitDoesNotAdd, UtrUsed
from counter_app.domain.rules import Tenders
from counter_app.store.engine import Connection
from counter_app.store.finds.used import (
    NOWHERE,
    Standing,
    cash_for_bill,
    cash_today,
    receipt_like,
    refusal_of_use,
)

_USED: dict[TenderKind, type[UtrUsed | ChequeUsed | ReferenceUsed]] = {
    TenderKind.UPI: UtrUsed,
    TenderKind.CHEQUE: ChequeUsed,
    TenderKind.DRAFT: ChequeUsed,
    TenderKind.OTHER: ReferenceUsed,
}


def made_anew(rules: Tenders, tenders: Iterable[Tender], amount: Paise, at: datetime) -> tuple[Tender, ...]:
    """Tenders as their makers make them; they are taken here now, and add up to the amount."""
    checked(amount)
    made = []
    for tender in tenders:
        rules.demand(tender.kind)
        if tender.kind in PAPER and rules.paper_until and in_india(at).time() > rules.paper_until:
            raise ChequeTooLate(f"{rules.paper_until:%H:%M}")
        made.append(_made_anew(tender, business_day(at)))
    if sum(tender.amount for tender in made) != amount:
        raise SplitDoesNotAdd
    return tuple(made)


def refuse_used(
    connection: Connection, tenders: Iterable[Tender], receipt: str, *, asked: bool, but: Standing = NOWHERE
) -> None:
    """Refuse what is on another receipt, or on this one (``receipt``) twice.

    Six digits of a UTR that another transfer of the same amount has stop it until somebody was ``asked``.
    Where tenders take the place of others (``but``) they do not stand in the way.
    """
    seen: set[tuple[str, str, str]] = set()
    for tender in tenders:
        refusal = refusal_of_use(connection, tender, but) or _used_here(tender, seen, receipt)
        if refusal is not None:
            raise refusal
        alike = None if asked else receipt_like(connection, tender, but)
        if alike is not None:
            raise TailUsed(alike, tender.amount)


def refuse_much_cash(
    connection: Connection, rules: Tenders, cash: Paise, consumers: Collection[str], day: date
) -> None:
    """Refuse more cash than the rules allow from one person on one day, with what these paid before."""
    if cash and rules.cash_a_day and cash + cash_today(connection, consumers, day) > rules.cash_a_day:
        raise CashCeiling(rules.cash_a_day)


def refuse_much_cash_for_bill(
    connection: Connection, rules: Tenders, cash: Paise, consumer: str, bill_number: str
) -> None:
    """Refuse more cash than the rules allow for one bill, in however many receipts."""
    if not cash or not rules.cash_a_bill or not bill_number:
        return
    if cash + cash_for_bill(connection, consumer, bill_number) > rules.cash_a_bill:
        raise CashCeiling(rules.cash_a_bill)


def cash_of(tenders: Iterable[Tender]) -> Paise:
    """How much of tenders is cash."""
    return sum(tender.amount for tender in tenders if tender.kind is TenderKind.CASH)


def _used_here(tender: Tender, seen: set[tuple[str, str, str]], receipt: str) -> Refused | None:
    """A reference that stands twice within one receipt; of a UTR six digits are enough to see it."""
    if tender.kind not in _USED:
        return None
    reference = tender.reference[-6:] if tender.kind is TenderKind.UPI else tender.reference
    what = "paper" if tender.kind in PAPER else tender.kind.value, tender.bank, reference
    if what in seen:
        return _USED[tender.kind](receipt)
    seen.add(what)
    return None


def _made_anew(tender: Tender, day: date) -> Tender:
    match tender.kind:
        case TenderKind.CASH:
            return cash(tender.amount, tender.given)
        case TenderKind.UPI:
            return upi(tender.amount, tender.reference)
        case TenderKind.CARD:
            return card(tender.amount, tender.reference, tender.approval)
        case TenderKind.CHEQUE:
            return cheque(tender.amount, tender.reference, tender.bank, tender.dated or day, day)
        case TenderKind.DRAFT:
            return demand_draft(tender.amount, tender.reference, tender.bank, tender.dated or day, day)
        case TenderKind.OTHER:
            return other(tender.amount, tender.reference)
