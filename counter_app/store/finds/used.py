"""Where the reference of a tender stands already, and how much cash was taken; one reference pays once."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, false, func, literal_column, or_, select
from sqlalchemy.engine import Connection

from counter_app.domain.money import Paise
from counter_app.domain.money_refusals import ChequeUsed, ReferenceUsed
from counter_app.domain.numbering import Series
from counter_app.domain.payment import PAPER, Tender, TenderKind
from counter_app.domain.refusals import Refused, UtrUsed
from counter_app.store.finds.receipts import number_of
from counter_app.store.finds.standing import FOR_BILL, standing
from counter_app.store.finds.undone_elsewhere import counts_for
from counter_app.store.tables import known_payments as known
from counter_app.store.tables import payments, tenders
from counter_app.store.tables import settled_elsewhere as came
from counter_app.store.tables import tenders_elsewhere as there

WHOLE_UTR, UTR_TAIL = 12, 6
Standing = tuple[int, Collection[str]]
"""A receipt by its serial, and the references it has now."""
NOWHERE: Standing = (0, ())

# Written so that the indexes over the last six digits, and over what the bank said, serve.
_SETTLED: ColumnElement[bool] = literal_column("settled_as <> ''")
_LONG_ENOUGH: ColumnElement[bool] = literal_column("length(reference) >= 6")


def refusal_of_use(connection: Connection, tender: Tender, but: Standing = NOWHERE) -> Refused | None:
    """The refusal when this very tender is on a receipt, also of another counter or a channel, or the billing
    side knows it of one; None when it is not.

    A UTR by its last six digits says nothing for certain; the bank's whole one counts like a typed one.
    Where it takes the place of others (``but``) they do not count.
    """
    reference = tender.reference
    elsewhere = _besides(but)
    if tender.kind in PAPER:
        on_paper = tenders.c.kind.in_(list(map(str, PAPER))), tenders.c.bank == tender.bank
        used = _receipt(connection, _own().where(*on_paper, tenders.c.reference == reference, elsewhere))
        used = used or _on_paper_elsewhere(connection, tender)
        return None if used is None else ChequeUsed(used)
    if tender.kind is TenderKind.UPI and len(reference) == WHOLE_UTR:
        used = _receipt(connection, _upi(reference).where(tenders.c.reference == reference, elsewhere))
        used = used or _settled_as(connection, reference, tenders.c.settled_as == reference, elsewhere)
        used = used or _elsewhere(connection, tender, there.c.reference == reference)
        used = used or _came_elsewhere(connection, reference, came.c.reference == reference)
        used = used or _reported(connection, reference, known.c.reference == reference)
        return None if used is None else UtrUsed(used)
    if tender.kind is TenderKind.OTHER:
        by_channel = tenders.c.kind == str(TenderKind.OTHER), tenders.c.reference == reference
        used = _receipt(connection, _own().where(*by_channel, elsewhere))
        used = used or _settled_as(connection, reference, tenders.c.settled_as == reference, elsewhere)
        used = used or _elsewhere(connection, tender, there.c.reference == reference)
        used = used or _came_elsewhere(connection, reference, came.c.reference == reference)
        used = used or _reported(connection, reference, known.c.reference == reference)
        return None if used is None else ReferenceUsed(used)
    return None


def receipt_like(connection: Connection, tender: Tender, but: Standing = NOWHERE) -> str | None:
    """A receipt of anywhere, or a channel's payment, with the same last six digits of a UTR and the same
    amount, where one of the two is known by these digits only; None when there is none. ``but`` as above.
    """
    if tender.kind is not TenderKind.UPI:
        return None
    reference, amount = tender.reference, tender.amount
    is_it = tenders.c.amount == amount, _besides(but)
    own, told = _upi(reference).where(*is_it), known.c.amount == amount
    others = there.c.amount == amount
    if len(reference) == WHOLE_UTR:
        own = own.where(func.length(tenders.c.reference) == UTR_TAIL)
        others &= func.length(there.c.reference) == UTR_TAIL
        told &= func.length(known.c.reference) == UTR_TAIL
    alike = _receipt(connection, own) or _elsewhere(connection, tender, others)
    alike = alike or _reported(connection, reference, told)
    if alike is None and len(reference) == UTR_TAIL:
        alike = _settled_as(connection, reference, *is_it)
        alike = alike or _came_elsewhere(connection, reference, came.c.amount == amount)
    return alike


def cash_today(connection: Connection, consumers: Collection[str], day: date) -> Paise:
    """The cash that this counter took on a day for any of these consumers."""
    return _cash(connection, payments.c.day == day, or_(false(), *map(counts_for, consumers)))


def cash_for_bill(connection: Connection, consumer: str, bill_number: str) -> Paise:
    """The cash that this counter took for a bill so far."""
    return _cash(connection, counts_for(consumer), FOR_BILL.is_(bill_number))


def _cash(connection: Connection, *where: ColumnElement[bool]) -> Paise:
    stand = standing(*where).c
    taken = select(func.coalesce(func.sum(stand.amount), 0)).where(stand.kind == str(TenderKind.CASH))
    return int(connection.execute(taken).scalar_one())


def _besides(but: Standing) -> ColumnElement[bool]:
    return or_(tenders.c.payment != but[0], tenders.c.reference.not_in(but[1]))


def _own() -> Select[*tuple[object, ...]]:
    """Tenders that count, with their receipts."""
    return select(payments).join(tenders, tenders.c.payment == payments.c.serial).where(tenders.c.live)


def _upi(reference: str) -> Select[*tuple[object, ...]]:
    tail = func.substr(tenders.c.reference, literal_column("-6")) == reference[-UTR_TAIL:]
    return _own().where(tenders.c.kind == str(TenderKind.UPI), tail)


def _receipt(connection: Connection, asked: Select[*tuple[object, ...]]) -> str | None:
    row = connection.execute(asked.limit(1)).mappings().first()
    return None if row is None else str(number_of(row, Series.RECEIPT))


def _settled_as(connection: Connection, reference: str, *is_it: ColumnElement[bool]) -> str | None:
    """A receipt whose money came under a number with these last six digits, whatever was typed."""
    tail = func.substr(tenders.c.settled_as, literal_column("-6")) == reference[-UTR_TAIL:]
    from counter_app.domain.undoing import Outcome  # what is undone is large, and a start undoes nothing

    came = tenders.c.kind.not_in(map(str, PAPER)), tenders.c.outcome == str(Outcome.CONFIRMED)
    return _receipt(connection, _own().where(_SETTLED, tail, *came, *is_it))


def _elsewhere(connection: Connection, tender: Tender, is_it: ColumnElement[bool]) -> str | None:
    """A receipt of another counter or a channel, by its number without letters."""
    tail = func.substr(there.c.reference, literal_column("-6")) == tender.reference[-UTR_TAIL:]
    asked = select(there.c.receipt).where(_LONG_ENOUGH, tail, there.c.kind == str(tender.kind), is_it)
    return connection.execute(asked.limit(1)).scalar()


def _on_paper_elsewhere(connection: Connection, tender: Tender) -> str | None:
    """The receipt of another counter that a cheque or draft is on."""
    tail = func.substr(there.c.reference, literal_column("-6")) == tender.reference
    asked = select(there.c.receipt).where(_LONG_ENOUGH, tail, there.c.bank == tender.bank)
    paper = there.c.kind.in_(list(map(str, PAPER))), there.c.reference == tender.reference
    return connection.execute(asked.where(*paper).limit(1)).scalar()


def _came_elsewhere(connection: Connection, reference: str, is_it: ColumnElement[bool]) -> str | None:
    """The same where the bank named the whole number; that of a cheque has six digits."""
    from counter_app.domain.undoing import Outcome

    tail = func.substr(came.c.reference, literal_column("-6")) == reference[-UTR_TAIL:]
    asked = select(there.c.receipt).join(came, there.c.act == came.c.act).where(tail, is_it)
    asked = asked.where(func.length(came.c.reference) > UTR_TAIL, came.c.outcome == str(Outcome.CONFIRMED))
    return connection.execute(asked.limit(1)).scalar()


def _reported(connection: Connection, reference: str, is_it: ColumnElement[bool]) -> str | None:
    tail = func.substr(known.c.reference, literal_column("-6")) == reference[-UTR_TAIL:]
    asked = select(known.c.reference).where(_LONG_ENOUGH, tail, is_it)
    return connection.execute(asked.limit(1)).scalar()
