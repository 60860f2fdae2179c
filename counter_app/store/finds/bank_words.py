"""What the bank said of this counter's receipts, word by word as it was recorded, and what each took back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.engine import Connection

from counter_app.domain.days import midnight
from counter_app.domain.entry import EntryDamaged, Header, Kind
from counter_app.domain.money import Paise
from counter_app.domain.numbering import Number, Series
from counter_app.domain.payment import TenderKind
from counter_app.domain.refusals import StoreDamaged
from counter_app.domain.undoing import LOST, TenderSettled
from counter_app.store.finds.receipts import number_of
from counter_app.store.finds.taken import Span
from counter_app.store.projected import at
from counter_app.store.tables import journal, payments, tenders
from counter_app.wire.payloads import PayloadDamaged, PayloadUnknown, decode


@dataclass(frozen=True, slots=True)
class BankWord:
    """One word about one part of a receipt, at its place in the journal.

    ``taken_back``: what counted until then and does not any more; below zero when it counts after all.
    """

    place: int
    act: UUID
    receipt: Number
    at: datetime
    kind: TenderKind
    said: TenderSettled
    taken_back: Paise


def of_span(words: Iterable[BankWord], span: Span) -> Iterator[BankWord]:
    """Those of a span, in the order in which they were recorded; ``after`` is a place in the journal."""
    first = midnight(span.first) if span.first else None
    end = midnight(span.last + timedelta(days=1)) if span.last else None
    for one in words:
        within = (first is None or one.at >= first) and (end is None or one.at < end)
        if within and (span.after is None or one.place > span.after):
            yield one


def taken_back(words: Iterable[BankWord]) -> dict[int, list[tuple[int, Paise]]]:
    """By the serial of the receipt: place in the journal, and what was taken back there."""
    found: dict[int, list[tuple[int, Paise]]] = {}
    for one in words:
        if one.taken_back:
            found.setdefault(one.receipt.serial, []).append((one.place, one.taken_back))
    return found


def place_of(connection: Connection, word: UUID) -> int | None:
    """Where in the journal a word of the bank stands; None when there is no such word."""
    asked = select(journal.c.id).where(journal.c.act == word, journal.c.kind == int(Kind.TENDER_SETTLED))
    return connection.execute(asked).scalar()


def word_at(connection: Connection, place: int) -> UUID:
    """Which word stands there."""
    found: UUID = connection.execute(select(journal.c.act).where(journal.c.id == place)).scalar_one()
    return found


def bank_words(connection: Connection) -> Iterator[BankWord]:
    """All of them, in the order in which they were recorded. ``StoreDamaged``."""
    lost: set[tuple[int, int]] = set()
    asked = select(journal.c.id, journal.c.act, journal.c.header, journal.c.payload)
    asked = asked.where(journal.c.kind == int(Kind.TENDER_SETTLED)).order_by(journal.c.id)
    numbers = _numbers(connection)
    for row in connection.execute(asked):
        try:
            header = Header.unpacked(row.header)
            said = decode(header.kind, header.kind_version, row.payload)
        except (EntryDamaged, PayloadDamaged, PayloadUnknown) as fault:
            raise StoreDamaged(str(fault)) from fault
        assert isinstance(said, TenderSettled)
        part = said.receipt_serial, said.position
        before, now = part in lost, said.outcome in LOST
        (lost.add if now else lost.discard)(part)
        number, kind = numbers[part]
        yield BankWord(row.id, row.act, number, at(header), kind, said, (now - before) * said.amount)


def _numbers(connection: Connection) -> dict[tuple[int, int], tuple[Number, TenderKind]]:
    """Number and way of paying of every part that the bank spoke of, by the serial and its place there."""
    asked = select(payments, tenders.c.position, tenders.c.kind).join(
        tenders, tenders.c.payment == payments.c.serial
    )
    rows = connection.execute(asked.where(tenders.c.settled_on.is_not(None))).mappings()
    return {
        (row["serial"], row["position"]): (number_of(row, Series.RECEIPT), TenderKind(row["kind"]))
        for row in rows
    }
