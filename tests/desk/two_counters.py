"""Two counters of an office that hear of each other's money, and one that is put back from a copy."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from counter_app.desk import payments, reconciling, tasks
from counter_app.desk.desk import Desk
from counter_app.desk.payments import Receipt
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.payment import Tender, TenderKind, cheque
from counter_app.domain.undoing import Outcome
from counter_app.store.journal import entries
from counter_app.store.rows import TaskRow
from tests.desk import small_office
from tests.desk.small_office import NOW, PLAIN, SUPERVISOR, paying, signed_in, taking
from tests.store.hearing import hear

TODAY = NOW.date()
LATER = NOW + timedelta(days=6)
OF_MONEY = {
    Kind.PAYMENT_TAKEN, Kind.PAYMENT_CANCELLED, Kind.TENDERS_CORRECTED, Kind.PAYMENT_MOVED,
    Kind.REFUND_ASKED, Kind.TENDER_SETTLED, Kind.TASK_DONE,
}  # fmt: skip
CHEQUE = cheque(1613_00, "004411", "SBI", TODAY, TODAY)
Restore = Callable[[], Callable[[], Desk]]


def said(desk: Desk) -> list[Entry]:
    with desk.book.reading() as connection:
        found = [one for one in entries(connection) if one.header.kind in OF_MONEY]
    return [replace(one, signature=b"") for one in found]


def tell(giver: Desk, taker: Desk) -> None:
    """All of it once more: what was heard before changes nothing."""
    hear(taker.book, *said(giver))


def waiting(desk: Desk, at: datetime = NOW) -> tuple[TaskRow, ...]:
    return tasks.waiting(desk, signed_in(desk, at=at), at)


def done(desk: Desk, task: TaskRow, at: datetime = NOW) -> None:
    tasks.end(desk, signed_in(desk, at=at), uuid4(), task.task, task.of, "लाइनमैन रमेश", at)


def taken(desk: Desk, tender: Tender, number: str = PLAIN) -> Receipt:
    return payments.take(desk, signed_in(desk), paying(number, 1613_00, tender), NOW)


def bank_says(
    desk: Desk, receipt: Receipt, outcome: Outcome, *, place: int = 0, at: datetime = NOW, on: date = TODAY
) -> None:
    boss = signed_in(desk, SUPERVISOR, at=at)
    reconciling.settle(desk, boss, uuid4(), receipt.act, place, outcome, "", on, at)


def put_back(old: Path) -> Desk:
    """What lay in a copy, opened again: cheques are taken there."""
    return taking(small_office.opened(old), TenderKind.CHEQUE, TenderKind.DRAFT)


def copy(desk: Desk, old: Path) -> Path:
    old.mkdir()
    (old / "counter.db").touch()
    desk.book.copy_into(old / "counter.db", lambda _done, _all: None)
    shutil.copy(desk.book.folder / "keys.json", old / "keys.json")
    return old
