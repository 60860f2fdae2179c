"""The buttons of the drawer and of the day's end, to be pressed by every role."""

from collections.abc import Callable
from contextlib import suppress
from uuid import UUID, uuid4

from counter_app.desk import cash, closings, day_end, drawers, left_drawers
from counter_app.desk.cash import MoveDraft
from counter_app.desk.closings import Stamp
from counter_app.desk.day_end import Ending
from counter_app.desk.desk import Desk
from counter_app.domain.drawer import Move
from counter_app.domain.money_refusals import (
    CountMissing,
    DepositUnknown,
    DrawerBegun,
    DrawerCounted,
    HandoverUnknown,
    SecondMissing,
)
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import DrawerMissing, ReasonMissing
from tests.desk.small_office import NOW, counted_as

Button = Callable[[Desk, Session, UUID, UUID], object]
"""Presses one button: desk, session, a receipt's act, a complaint's act."""

CHANGE = MoveDraft(uuid4(), Move.CHANGE, 100_00, other="SBI")
STAMP = Stamp(NOW.date(), 100_00, "SBI", "42")


def attempted(press: Button) -> tuple[Right, Button]:
    """Whoever has the right may still have no drawer, no count or nothing to deposit."""

    def tried(desk: Desk, session: Session, receipt: UUID, complaint: UUID) -> None:
        with suppress(
            CountMissing, DepositUnknown, DrawerBegun, DrawerCounted, DrawerMissing, HandoverUnknown,
            ReasonMissing, SecondMissing,
        ):  # fmt: skip
            press(desk, session, receipt, complaint)

    return Right.TAKE_PAYMENT, tried


def nobodys(desk: Desk, session: Session, _receipt: UUID, _complaint: UUID) -> None:
    """A drawer that nobody left."""
    with suppress(DrawerMissing):
        left_drawers.in_place_of(desk, session, uuid4(), NOW)


DRAWER_BUTTONS: dict[str, tuple[Right, Button]] = {
    "drawers.float_kept": attempted(lambda d, s, r, c: drawers.float_kept(d, s, NOW)),
    "drawers.open_with": attempted(lambda d, s, r, c: drawers.open_with(d, s, uuid4(), 0, NOW)),
    "drawers.unlock": attempted(lambda d, s, r, c: drawers.unlock(d, s, uuid4(), "छुट्टे", NOW)),
    "cash.move": attempted(lambda d, s, r, c: cash.move(d, s, CHANGE, None, NOW)),
    "cash.waiting": attempted(lambda d, s, r, c: cash.waiting(d, s, NOW)),
    "cash.accept": attempted(lambda d, s, r, c: cash.accept(d, s, uuid4(), r, (), "", NOW)),
    "day_end.checks": attempted(lambda d, s, r, c: day_end.checks(d, s, NOW)),
    "day_end.reveal": attempted(lambda d, s, r, c: day_end.reveal(d, s, NOW)),
    "day_end.fix": attempted(lambda d, s, r, c: day_end.fix(d, s, counted_as(0), NOW)),
    "day_end.close": attempted(lambda d, s, r, c: day_end.close(d, s, Ending(uuid4()), None, NOW)),
    "left_drawers.waiting": (Right.APPROVE, lambda d, s, r, c: left_drawers.waiting(d, s, NOW)),
    "left_drawers.in_place_of": (Right.APPROVE, nobodys),
    "closings.papers": attempted(lambda d, s, r, c: closings.papers(d, s, NOW)),
    "closings.to_deposit": attempted(lambda d, s, r, c: closings.to_deposit(d, s, r, NOW)),
    "closings.note_deposit": attempted(
        lambda d, s, r, c: closings.note_deposit(d, s, uuid4(), r, STAMP, NOW)
    ),
}
