"""The buttons of requests, board and who is served first, to be pressed by every role."""

from contextlib import suppress
from uuid import uuid4

from counter_app.desk import (
    backups,
    beside,
    board,
    crediting,
    finding,
    many_bills,
    messages,
    pictures,
    priority,
    requests,
    roster,
    staffing,
)
from counter_app.desk.desk import Desk
from counter_app.desk.many_bills import Run
from counter_app.desk.requests import RequestDraft
from counter_app.desk.staffing import Newcomer
from counter_app.domain.acts import BillsOf
from counter_app.domain.backup_refusals import BackupPlaceMissing, BackupPlacesMissing
from counter_app.domain.file_refusals import BillsNone
from counter_app.domain.people import Right, Role, Session
from counter_app.domain.priority import Priority
from counter_app.words.say import Language
from tests.desk.drawer_buttons import Button
from tests.desk.small_office import NOW, PASSWORD, PLAIN

SEEN_AND_AGREED = RequestDraft(
    uuid4(), PLAIN, "63", proofs=frozenset({"who_asks"}), agreed=True, note="बिना कागज़"
)
NEWCOMER = Newcomer("ASHA", "आशा वर्मा", "Asha Verma", Role.CASHIER, "Neela-Badal-7742")

LINE = Run(uuid4(), BillsOf.FEEDER, "F-99", "LASER", "", Language.HINDI)


def many_begun(desk: Desk, session: Session) -> None:
    with suppress(BillsNone):
        many_bills.begin(desk, session, LINE, NOW)


def places_chosen(desk: Desk, session: Session) -> None:
    with suppress(BackupPlaceMissing):
        backups.choose_places(desk, session, uuid4(), ["/nowhere"], NOW)


def copied_now(desk: Desk, session: Session) -> None:
    with suppress(BackupPlacesMissing):
        backups.back_up_now(desk, session, NOW)


WINDOW_BUTTONS: dict[str, tuple[Right, Button]] = {
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
    "beside.beside": (Right.SEE_CONSUMERS, lambda d, s, r, c: beside.beside(d, s, c, NOW)),
    "pictures.of_complaint": (Right.SEE_CONSUMERS, lambda d, s, r, c: pictures.of_complaint(d, s, c, NOW)),
    "pictures.attach": (
        Right.MOVE_COMPLAINT,
        lambda d, s, r, c: pictures.attach(d, s, uuid4(), c, b"\xff\xd8\xff\xd9", NOW),
    ),
    "finding.see_whole": (
        Right.SEE_CONTACT,
        lambda d, s, r, c: finding.see_whole(d, s, uuid4(), PLAIN, NOW),
    ),
    "messages.prepare": (Right.SEE_CONSUMERS, lambda d, s, r, c: messages.prepare(d, s, c, NOW)),
    "roster.reachable": (Right.SEE_CONSUMERS, lambda d, s, r, c: roster.reachable(d, s, NOW)),
    "priority.tap": (
        Right.REGISTER_COMPLAINT,
        lambda d, s, r, c: priority.tap(d, s, uuid4(), Priority.WOMAN, NOW),
    ),
    "backups.standing": (Right.BACK_UP, lambda d, s, r, c: backups.standing(d, s, NOW)),
    "backups.back_up_now": (Right.BACK_UP, lambda d, s, r, c: copied_now(d, s)),
    "backups.declare_gap": (
        Right.BACK_UP,
        lambda d, s, r, c: backups.declare_gap(d, s, uuid4(), (0, 0, 0, 0, 0), NOW),
    ),
    "many_bills.lots": (Right.PRINT_MANY, lambda d, s, r, c: many_bills.lots(d, s, NOW)),
    "many_bills.begin": (Right.PRINT_MANY, lambda d, s, r, c: many_begun(d, s)),
    "many_bills.go_on": (
        Right.PRINT_MANY,
        lambda d, s, r, c: many_bills.go_on(d, s, LINE, lambda _: b"", lambda _: None, NOW, lambda *_: None),
    ),
    "many_bills.give_up": (Right.PRINT_MANY, lambda d, s, r, c: many_bills.give_up(d, s, LINE, NOW)),
    "staffing.staffing": (Right.NAME_PEOPLE, lambda d, s, r, c: staffing.staffing(d, s, NOW)),
    "staffing.add": (
        Right.NAME_PEOPLE,
        lambda d, s, r, c: staffing.add(d, s, uuid4(), NEWCOMER, PASSWORD, NOW),
    ),
    "staffing.reset": (
        Right.NAME_PEOPLE,
        lambda d, s, r, c: staffing.reset(d, s, uuid4(), NEWCOMER.code, "Tez-Hawa-3391", PASSWORD, NOW),
    ),
    "staffing.end": (
        Right.NAME_PEOPLE,
        lambda d, s, r, c: staffing.end(d, s, uuid4(), NEWCOMER.code, PASSWORD, NOW),
    ),
    "backups.choose_places": (Right.CHOOSE_PLACES, lambda d, s, r, c: places_chosen(d, s)),
    "backups.new_recovery_code": (
        Right.CHOOSE_PLACES,
        lambda d, s, r, c: backups.new_recovery_code(d, s, uuid4(), NOW),
    ),
    "priority.served": (Right.REGISTER_COMPLAINT, lambda d, s, r, c: priority.served(d, s, NOW)),
}
