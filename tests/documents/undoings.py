"""Facts of slips of what was done about a receipt, and books of the office, ordinary and extreme."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from counter_app.documents.undone import UndoneFacts
from counter_app.domain.allocation import Head, Share
from counter_app.domain.books import COLUMNS, KINDS, Book, Kind, Of, Value, Which
from counter_app.domain.undoing import PaymentCancelled, PaymentMoved, RefundAsked, TendersCorrected, Why
from tests.documents.papers import (
    AGREED,
    DEMO_OFFICE,
    LONG_EN,
    LONG_HI,
    MOST,
    MOVED,
    NOON,
    OFFICE,
    TODAY,
)

CANCELLED = PaymentCancelled(
    4, "2214", 2, TODAY, UUID(int=3), 4187, "N2204518731", 161800, 161800, Why.WRONG_AMOUNT, "", "C2-07",
    AGREED,
)  # fmt: skip
ASKED = RefundAsked(
    7, "2214", 2, TODAY, UUID(int=3), 4187, "N2204518731", 161800, Why.TAKEN_TWICE, "", "C2-07"
)


def undone_facts(
    payload: PaymentCancelled | TendersCorrected | PaymentMoved | RefundAsked, **changes: Any
) -> UndoneFacts:
    """A slip of something done about the receipt of the picture."""
    moved = isinstance(payload, PaymentMoved)
    facts = UndoneFacts(
        OFFICE, "2214-2-X00005-9AB", payload, "2214-2-004187-Q7M", NOON, "सुरेश मालवीय", "Suresh Malviya",
        NOON, NOON, 1, "", "रेखा पटेल", "अजय चौहान", "कमला बाई" if moved else "",
        "Kamla Bai" if moved else "",
    )  # fmt: skip
    return replace(facts, **changes)


def longest_undone() -> UndoneFacts:
    """Moved, with the longest names, the largest amount and every head, as a copy in the invented office."""
    shares = tuple(Share(head, MOST) for head in Head)
    payload = replace(MOVED, amount=MOST, shares=shares, note=LONG_HI * 2)
    return undone_facts(
        payload, office=DEMO_OFFICE, copy=12, reason=LONG_HI, name_hi=LONG_HI, name_en=LONG_EN,
        to_name_hi=LONG_HI, to_name_en=LONG_EN, clerk_name=LONG_HI, second_name=LONG_HI,
    )  # fmt: skip


def book_of(which: Which, rows: int) -> Book:
    """A book of so many days' rows, each value as long as it gets."""
    values: dict[Kind, Value] = {
        Kind.TEXT: "2214-2-004187-Q7M", Kind.MONEY: 12_34_567_00, Kind.COUNT: 1234, Kind.DAY: TODAY,
        Kind.STAMP: NOON,
    }  # fmt: skip
    said: dict[Of, Value] = {
        Of.NAME: LONG_HI,
        Of.REASON: f"{LONG_HI} {LONG_HI}",
        Of.TYPE: f"{LONG_HI} {LONG_HI}",
        Of.CONSUMER: "N2204518731",
    }
    row = tuple(said.get(one, values[KINDS.get(one, Kind.TEXT)]) for one in COLUMNS[which])
    return Book(which, TODAY.replace(day=1), TODAY, (row,) * rows)
