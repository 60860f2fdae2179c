"""The buttons of drawer, outages, requests, board and who is served first, to be pressed by every role."""

from contextlib import suppress
from uuid import UUID, uuid4

from counter_app.desk import board, complaint_steps, crediting, messages, outages, priority, requests
from counter_app.desk.desk import Desk
from counter_app.desk.requests import RequestDraft
from counter_app.domain.complaint_refusals import NothingToClaim
from counter_app.domain.people import Right, Session
from counter_app.domain.priority import Priority
from counter_app.domain.refusals import StepNotPossible
from tests.desk.drawer_buttons import DRAWER_BUTTONS, Button
from tests.desk.small_office import NOW, PLAIN

SEEN_AND_AGREED = RequestDraft(
    uuid4(), PLAIN, "63", proofs=frozenset({"who_asks"}), agreed=True, note="बिना कागज़"
)


def claimed(desk: Desk, session: Session, complaint: UUID) -> None:
    with suppress(NothingToClaim):
        complaint_steps.claim(desk, session, uuid4(), complaint, NOW)


def gathered(desk: Desk, session: Session, complaint: UUID) -> None:
    with suppress(StepNotPossible):
        outages.gather(desk, session, uuid4(), complaint, NOW)


def told(desk: Desk, session: Session, complaint: UUID) -> None:
    with suppress(StepNotPossible):
        outages.tell(desk, session, uuid4(), complaint, "तार टूटा 18:30", NOW)


WINDOW_BUTTONS: dict[str, tuple[Right, Button]] = DRAWER_BUTTONS | {
    "complaint_steps.note_call": (
        Right.MOVE_COMPLAINT,
        lambda d, s, r, c: complaint_steps.note_call(d, s, uuid4(), c, "JE 9826000000", NOW),
    ),
    "complaint_steps.claim": (Right.MOVE_COMPLAINT, lambda d, s, r, c: claimed(d, s, c)),
    "outages.gather": (Right.MOVE_COMPLAINT, lambda d, s, r, c: gathered(d, s, c)),
    "outages.tell": (Right.MOVE_COMPLAINT, lambda d, s, r, c: told(d, s, c)),
    "requests.prepare": (Right.REGISTER_COMPLAINT, lambda d, s, r, c: requests.prepare(d, s, PLAIN, NOW)),
    "requests.register": (
        Right.REGISTER_COMPLAINT,
        lambda d, s, r, c: requests.register(d, s, SEEN_AND_AGREED, NOW),
    ),
    "crediting.look": (
        Right.SEE_RECEIPTS,
        lambda d, s, r, c: crediting.look(d, s, PLAIN, "0001", "", "", NOW),
    ),
    "board.look": (Right.SEE_BOARD, lambda d, s, r, c: board.look(d, s, NOW)),
    "board.below": (Right.SEE_BOARD, lambda d, s, r, c: board.below(d, s, "F-07", "2214070018", NOW)),
    "board.went": (Right.SEE_BOARD, lambda d, s, r, c: board.went(d, s, NOW)),
    "board.take_out": (
        Right.SEE_BOARD,
        lambda d, s, r, c: board.take_out(d, s, lambda: b"plot", d.book.folder / "board.png", NOW),
    ),
    "messages.prepare": (Right.SEE_CONSUMERS, lambda d, s, r, c: messages.prepare(d, s, c, NOW)),
    "priority.tap": (
        Right.REGISTER_COMPLAINT,
        lambda d, s, r, c: priority.tap(d, s, uuid4(), Priority.WOMAN, NOW),
    ),
    "priority.served": (Right.REGISTER_COMPLAINT, lambda d, s, r, c: priority.served(d, s, NOW)),
}
