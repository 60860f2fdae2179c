"""What the end of a day asks about a drawer: what it took and how, and what may explain a difference.

What is expected, and what is sealed, is what is recorded here; what a restore has lost explains a difference.
"""

from collections import Counter
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from counter_app.domain.days import from_millis
from counter_app.domain.drawer import Carried, CashMoved, Move, TenderSum
from counter_app.domain.entry import Kind
from counter_app.domain.payment import PaymentTaken, TenderKind
from counter_app.domain.undoing import Outcome, PaymentCancelled, TendersCorrected
from counter_app.domain.variance import LostCash, Taken
from counter_app.store.finds.lost import lost
from counter_app.store.finds.undone_elsewhere import CANCELLED, HANDED_OVER_ELSE
from counter_app.store.rows import NonCashRow
from counter_app.store.tables import HANDOVER, cash_moves, drawer_sums, late

MOST_CARRIED = 200
"""Lines of one Z report about earlier receipts; what is over waits for the next."""
_PENDING = """
    SELECT count(DISTINCT payment) FROM tenders JOIN payments ON payments.serial = tenders.payment
    WHERE outcome = 'pending' AND live AND NOT $cancelled AND NOT $handed_over_else AND drawer = ?"""
_PENDING = _PENDING.replace("$cancelled", CANCELLED).replace("$handed_over_else", HANDED_OVER_ELSE)
_NON_CASH = """
    SELECT payments.serial, payments.act, taken_at, kind, tenders.amount, reference, outcome
    FROM payments JOIN tenders ON tenders.payment = payments.serial
    WHERE drawer = ?1 AND live AND kind <> 'cash' AND NOT $cancelled AND NOT $handed_over_else
    UNION ALL SELECT payments.serial, payments.act, taken_at, t.kind, t.amount, t.reference,
        coalesce(s.outcome, iif(t.confirmed, 'confirmed', 'pending'))
    FROM payments JOIN tenders_elsewhere t ON t.act = payments.act
    LEFT JOIN settled_elsewhere s ON s.act = t.act AND s.position = t.place WHERE drawer = ?1
    ORDER BY kind, serial"""
_NON_CASH = _NON_CASH.replace("$cancelled", CANCELLED).replace("$handed_over_else", HANDED_OVER_ELSE)
_TAKEN = """
    SELECT payments.serial, taken_at, $cancelled AS cancelled, kind, tenders.amount, given, returned, live,
        coalesce((SELECT -cash FROM undoings WHERE payment = payments.serial AND what = 'cancel'), 0) AS back,
        (SELECT max(copy) - 1 FROM paper_jobs WHERE subject = payments.act) AS copies
    FROM payments JOIN tenders ON tenders.payment = payments.serial
    WHERE drawer = ? AND (live OR payments.cancelled) AND NOT $handed_over_else
    ORDER BY payments.serial, position"""
_TAKEN = _TAKEN.replace("$cancelled", CANCELLED).replace("$handed_over_else", HANDED_OVER_ELSE)
_MOVES_CASH = (Kind.PAYMENT_TAKEN, Kind.PAYMENT_CANCELLED, Kind.TENDERS_CORRECTED)


def tender_sums(connection: Connection, drawer: UUID) -> tuple[TenderSum, ...]:
    """What a drawer took by each tender, in the order of the tenders."""
    found = {
        TenderKind(row.kind): TenderSum(TenderKind(row.kind), row.receipts, row.amount)
        for row in connection.execute(select(drawer_sums).where(drawer_sums.c.drawer == drawer))
    }
    return tuple(found[kind] for kind in TenderKind if kind in found)


def pending_of(connection: Connection, drawer: UUID) -> int:
    """How many receipts of a drawer have money in them that nobody has confirmed."""
    return int(connection.exec_driver_sql(_PENDING, (drawer.bytes,)).scalar_one())


def non_cash(connection: Connection, drawer: UUID) -> tuple[NonCashRow, ...]:
    """What a drawer took otherwise than in cash, by tender."""
    return tuple(
        NonCashRow(
            row.serial, UUID(bytes=row.act), from_millis(row.taken_at), TenderKind(row.kind), row.amount,
            row.reference, Outcome(row.outcome),
        )
        for row in connection.exec_driver_sql(_NON_CASH, (drawer.bytes,))
    )  # fmt: skip


def taken_in(connection: Connection, drawer: UUID) -> tuple[Taken, ...]:
    """The receipts of a drawer as far as they may explain a difference, by serial."""
    found: dict[int, Taken] = {}
    for row in connection.exec_driver_sql(_TAKEN, (drawer.bytes,)):
        before = found.get(row.serial)
        cash, returned, others = (before.cash, before.returned, before.others) if before else (0, 0, ())
        back = before.back if before else row.back
        if row.cancelled:
            back += row.live * (row.given - row.returned)  # as long as the slip is lost
        elif row.kind == TenderKind.CASH:
            cash, returned = cash + row.amount, returned + row.returned
        else:
            others = (*others, (TenderKind(row.kind), row.amount))
        found[row.serial] = Taken(
            row.serial, from_millis(row.taken_at), cash, returned, others, row.copies or 0,
            bool(row.cancelled), back,
        )  # fmt: skip
    return tuple(found.values())


def lost_in(connection: Connection, drawer: UUID) -> tuple[LostCash, ...]:
    """What receipts, and what was done about them, brought to a drawer and a restore has lost, by receipt."""
    found: Counter[int] = Counter()
    for entry in lost(connection, *_MOVES_CASH):
        if entry.header.drawer != drawer:
            continue
        match entry.payload:
            case PaymentTaken(serial=serial, tenders=tenders):
                found[serial] += sum(one.given - one.returned for one in tenders)
            case PaymentCancelled(receipt_serial=serial, cash_back=back):
                found[serial] -= back
            case TendersCorrected(receipt_serial=serial, cash=cash):
                found[serial] += cash
    return tuple(LostCash(serial, cash) for serial, cash in sorted(found.items()) if cash)


def moves_in(connection: Connection, drawer: UUID) -> tuple[CashMoved, ...]:
    """What went in and out of a drawer without a receipt; handovers are left out."""
    asked = select(cash_moves).where(cash_moves.c.drawer == drawer, cash_moves.c.move != HANDOVER)
    return tuple(
        CashMoved(
            row.serial, "", 0, drawer, row.clerk, row.day, Move(row.move), row.amount, row.reason, row.other,
            None,
        )
        for row in connection.execute(asked.order_by(cash_moves.c.serial))
    )  # fmt: skip


def late_arrivals(connection: Connection) -> tuple[Carried, ...]:
    """What became of receipts of sealed drawers and stands in no Z report yet."""
    asked = select(late).order_by(late.c.receipt, late.c.what).limit(MOST_CARRIED)
    return tuple(Carried(row.what, row.receipt, row.amount) for row in connection.execute(asked))
