"""Receipts of this counter and what else was paid."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, RowMapping, Select, and_, func, literal_column, or_, select
from sqlalchemy.engine import Connection

from counter_app.domain.acts import PaperState
from counter_app.domain.bill import Bill
from counter_app.domain.charges import ON_DUES
from counter_app.domain.consumer import read_number as read_consumer_number
from counter_app.domain.days import from_millis
from counter_app.domain.money import Paise, read_rupees
from counter_app.domain.numbering import Number, Series, Sought, read_number
from counter_app.domain.payment import Tender, TenderKind
from counter_app.domain.refusals import Refused
from counter_app.store.columns import consumer_key, consumer_number
from counter_app.store.finds.undone_elsewhere import CANCELLED, LOST, counts_for
from counter_app.store.finds.words import named_like
from counter_app.store.reference import known_payments, names
from counter_app.store.rows import Names, PaidSince, PaymentRow, ReceiptRow
from counter_app.store.tables import moved_elsewhere as moved
from counter_app.store.tables import paper_jobs, payments, tenders
from counter_app.store.words_index import WordIndex

COUNTER = "counter"

_NOBODY = Names("", "")
_SHORTEST_TAIL = 3
# These run after every key that is typed: constant text, so that nothing is compiled or prepared again.
_OWN = """
    SELECT coalesce(moved_elsewhere.consumer, payments.consumer), iif(month IS NULL, bill_number, ''), month,
        day, amount - $lost, taken_at, posted, reversed
    FROM payments LEFT JOIN own_postings USING (serial) LEFT JOIN moved_elsewhere USING (act)
    WHERE (payments.act IN (SELECT act FROM moved_elsewhere
            WHERE consumer IN (SELECT substr(value, 2) + 0 FROM json_each(?1)))
        OR payments.consumer IN (SELECT value FROM json_each(?1))
            AND payments.act NOT IN (SELECT act FROM moved_elsewhere))
        AND NOT $cancelled AND charge IN ('', 'instalment')"""
_OWN = _OWN.replace("$lost", LOST).replace("$cancelled", CANCELLED)
_UNPOSTED = """
    SELECT consumer, paid_on, amount - lost, channel = 'other counter' OR receipt <> '', month
    FROM known_payments AS p
    WHERE consumer IN (SELECT value FROM json_each(?)) AND NOT posted AND (receipt = '' OR NOT EXISTS (
        SELECT 1 FROM known_payments AS told WHERE told.consumer = p.consumer AND told.receipt = ''
        AND upper(told.reference) = upper(p.reference)))"""


def receipts_of_day(connection: Connection, day: date) -> tuple[ReceiptRow, ...]:
    """The receipts of a business day, newest first."""
    return _receipts(connection, select(payments).where(payments.c.day == day))


def receipt(connection: Connection, act: UUID) -> ReceiptRow | None:
    """The receipt of an act."""
    found = _receipts(connection, select(payments).where(payments.c.act == act))
    return found[0] if found else None


def paid_today(connection: Connection, number: str, day: date) -> dict[str, ReceiptRow]:
    """The newest receipt of this counter for a consumer on a day, by the charge; that of dues under "".

    One of which no money came is none.
    """
    came = literal_column(LOST) < payments.c.amount
    asked = select(payments).where(counts_for(number), payments.c.day == day, came)
    found: dict[str, ReceiptRow] = {}
    for row in _receipts(connection, asked):
        found.setdefault("" if row.charge in ON_DUES else row.charge, row)
    return found


def taken_on(connection: Connection, clerk: str, day: date) -> Paise:
    """What somebody took on a day, cancelled receipts left out."""
    counts = payments.c.clerk == clerk, payments.c.cancelled.is_(False)
    asked = select(func.coalesce(func.sum(payments.c.amount), 0)).where(payments.c.day == day, *counts)
    return int(connection.execute(asked).scalar_one())


def receipts_found(
    connection: Connection, words: WordIndex, typed: str, limit: int = 50
) -> tuple[ReceiptRow, ...]:
    """Receipts by whole number or tail, consumer number, amount in rupees, or name; newest first."""
    conditions = _by_number(read_number(typed))
    consumer = read_consumer_number(typed)
    if consumer is not None:
        conditions.append(payments.c.consumer == consumer)
    with suppress(Refused):  # not everything is an amount
        conditions.append(payments.c.amount == read_rupees(typed))
    if not conditions:
        people = named_like(connection, words, typed, (), 200)
        if not people:
            return ()
        conditions.append(payments.c.consumer.in_(people))
    return _receipts(connection, select(payments).where(or_(*conditions)), limit)


def paid_since(connection: Connection, bill: Bill) -> PaidSince:
    """What was paid for a consumer that the bill does not know yet."""
    found = paid_since_bills(connection, {bill.consumer: bill})
    return found.get(bill.consumer, PaidSince(0, (), None))


def paid_since_bills(connection: Connection, bills: Mapping[str, Bill]) -> dict[str, PaidSince]:
    """The same for many bills at once, by consumer number; consumers without payments are left out.

    Payments elsewhere count while the billing system has not posted them, and so does an own receipt, or a
    channel's, of which its files have told. Of others one can only go by bill and day: receipts of counters
    and channels count when they are for the bill or were taken from its day of issue on.
    """
    sums: dict[str, PaidSince] = {}
    for whose, bill_number, month, day, amount, taken_at, posted, reversed_ in connection.exec_driver_sql(
        _OWN, (json.dumps(list(bills)),)
    ):
        bill = bills[whose if month is None else consumer_number(whose)]
        if posted is None:
            counts = bill.number == bill_number or str(bill.month) == month or day >= bill.issued.isoformat()
        else:
            counts = not posted and not reversed_
        if counts:
            _add(sums, bill, day, amount, taken_at)
    keys = json.dumps([consumer_key(number) for number in bills])
    for key, paid_on, amount, by_counter, month in connection.exec_driver_sql(_UNPOSTED, (keys,)):
        bill = bills[consumer_number(key)]
        if not by_counter or month == str(bill.month) or paid_on >= bill.issued.isoformat():
            _add(sums, bill, paid_on, amount, None)
    return sums


def _add(sums: dict[str, PaidSince], bill: Bill, day: str, amount: Paise, taken_at: int | None) -> None:
    """Add a payment; days are text like "2026-03-12", which sorts as days do."""
    before = sums.get(bill.consumer, PaidSince(0, (), None))
    late = ((date.fromisoformat(day), amount),) if day > bill.due.isoformat() else ()
    last = before.last_at
    if taken_at is not None:
        at = from_millis(taken_at)
        last = max(at, last) if last else at
    sums[bill.consumer] = PaidSince(before.paid + amount, before.late + late, last)


def payments_of(connection: Connection, number: str) -> tuple[PaymentRow, ...]:
    """All known payments of a consumer, taken here or elsewhere, newest first."""
    rows = [
        PaymentRow(
            paid.on,
            None,
            paid.month,
            paid.amount,
            paid.channel,
            paid.reference,
            paid.posted,
            None,
            None,
            lost=paid.lost,
        )
        for paid in known_payments(connection, number)
    ]
    own = select(payments, literal_column(LOST).label("not_paid"), moved.c.month.label("moved_to"))
    own = own.outerjoin(moved, moved.c.act == payments.c.act).where(counts_for(number))
    rows += [
        PaymentRow(
            on=row["day"],
            at=row["taken_at"],
            month=row["moved_to"] or row["bill_month"],
            amount=row["amount"],
            channel=COUNTER,
            reference=number_of(row, Series.RECEIPT).stem,
            posted=False,
            act=row["act"],
            number=number_of(row, Series.RECEIPT),
            charge=row["charge"],
            lost=row["not_paid"],
        )
        for row in connection.execute(own.order_by(payments.c.serial)).mappings()
    ]
    return tuple(sorted(rows, key=lambda row: (row.on, row.number.serial if row.number else 0), reverse=True))


def number_of(row: RowMapping, series: Series) -> Number:
    """The number that a row of payments or complaints gave out."""
    return Number(series, row["office"], row["counter"], row["serial"], row["letters"])


def serial_is(column: ColumnElement[int], sought: Sought) -> ColumnElement[bool]:
    """Whether a serial is the one sought, or, for three digits and more, ends with it."""
    exact = column == sought.serial
    if sought.office is not None or sought.serial < 10 ** (_SHORTEST_TAIL - 1):
        return exact
    return or_(exact, column % 10 ** len(str(sought.serial)) == sought.serial)


def _by_number(sought: Sought | None) -> list[ColumnElement[bool]]:
    if sought is None or sought.series is Series.COMPLAINT:
        return []
    conditions = [serial_is(payments.c.serial, sought)]
    if sought.office is not None:
        conditions += [payments.c.office == sought.office, payments.c.counter == sought.counter]
    if sought.letters is not None:
        conditions.append(payments.c.letters == sought.letters)
    return [and_(*conditions)]


def _receipts(
    connection: Connection, asked: Select[*tuple[object, ...]], limit: int = -1
) -> tuple[ReceiptRow, ...]:
    asked = asked.add_columns(literal_column(CANCELLED, Boolean).label("undone"))
    rows = connection.execute(asked.order_by(payments.c.serial.desc()).limit(limit)).mappings().all()
    named = names(connection, {row["consumer"] for row in rows})
    tendered = _tenders(connection, [row["serial"] for row in rows])
    papers = _papers(connection, [row["act"] for row in rows])
    return tuple(
        ReceiptRow(
            act=row["act"],
            number=number_of(row, Series.RECEIPT),
            at=row["taken_at"],
            day=row["day"],
            consumer=row["consumer"],
            name_hi=named.get(row["consumer"], _NOBODY).hi,
            name_en=named.get(row["consumer"], _NOBODY).en,
            amount=row["amount"],
            tenders=_standing(tendered[row["serial"]], row["amount"]),
            copies=papers[row["act"]][0],
            paper=papers[row["act"]][1],
            clerk=row["clerk"],
            cancelled=row["undone"],
            charge=row["charge"],
            bill_number=row["bill_number"],
        )
        for row in rows
    )


def _standing(recorded: list[Tender], amount: Paise) -> tuple[Tender, ...]:
    """Of all tenders of a receipt those that stand: a correction records all anew, behind the others."""
    first = len(recorded)
    while amount > 0 and first:
        first -= 1
        amount -= recorded[first].amount
    return tuple(recorded[first:])


def _tenders(connection: Connection, serials: list[int]) -> dict[int, list[Tender]]:
    found: dict[int, list[Tender]] = {serial: [] for serial in serials}
    asked = (
        select(tenders).where(tenders.c.payment.in_(serials)).order_by(tenders.c.payment, tenders.c.position)
    )
    for row in connection.execute(asked):
        found[row.payment].append(
            Tender(
                kind=TenderKind(row.kind),
                amount=row.amount,
                given=row.given,
                returned=row.returned,
                reference=row.reference,
                approval=row.approval,
                confirmed=row.confirmed,
                bank=row.bank,
                dated=row.dated,
            )
        )
    return found


def _papers(connection: Connection, acts: list[UUID]) -> dict[UUID, tuple[int, PaperState]]:
    """Of each receipt the number of its copies and how the original stands."""
    found = dict.fromkeys(acts, (0, PaperState.WAITING))
    asked = select(paper_jobs.c.subject, paper_jobs.c.copy, paper_jobs.c.state)
    for subject, copy, state in connection.execute(asked.where(paper_jobs.c.subject.in_(acts))):
        copies, original = found[subject]
        found[subject] = (copies + 1, original) if copy > 1 else (copies, PaperState(state))
    return found
