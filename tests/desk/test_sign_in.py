"""Signing in: what is answered, what waits, what is kept of wrong tries, and the drawer of the day."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from counter_app.desk import pins
from counter_app.desk.desk import Desk
from counter_app.desk.sign_in import sign_in, sign_out, unlock
from counter_app.domain.acts import SignedIn, SignedOut, SignInRefused
from counter_app.domain.drawer import DrawerOpened
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import PinNotToday, PinWrong
from counter_app.domain.people import Role, Session
from counter_app.domain.refusals import ActUsedElsewhere, PasswordWrong, Refused, TriesUsedUp
from counter_app.store import journal, people
from counter_app.wire.passwords import password_hash
from tests.desk.pc_clock import PcClock
from tests.desk.small_office import (
    AUDITOR,
    CASHIER,
    CLERK,
    NOW,
    PASSWORD,
    STAFF,
    SUPERVISOR,
    entries,
    nothing_recorded,
    opened,
    payloads,
    sealed,
    signed_in,
)

PIN = "482916"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def refused(desk: Desk, code: str, password: str, at: datetime = NOW) -> Refused:
    with pytest.raises(Refused) as answer:
        sign_in(desk, code, password, uuid4(), at)
    return answer.value


def test_signing_in_opens_a_drawer_for_whom_takes_money(desk: Desk) -> None:
    sessions = {person.role: signed_in(desk, person) for person in STAFF}
    with_drawer = {role for role, session in sessions.items() if session.drawer}
    assert with_drawer == {Role.CASHIER, Role.SUPERVISOR, Role.AGENT}
    opened_now = payloads(desk, Kind.DRAWER_OPENED)
    assert [(row.clerk, row.opening) for row in opened_now if isinstance(row, DrawerOpened)] == [
        ("REKHA", 0), ("MAHESH", 0), ("ANITA", 0), ("KIRAN", 0)
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["REKHA", "rekha", "  Rekha "])
def test_the_code_in_any_letters(desk: Desk, code: str) -> None:
    assert sign_in(desk, code, PASSWORD, uuid4(), NOW).person == CASHIER


def test_the_drawer_of_the_day_goes_on(desk: Desk) -> None:
    first = signed_in(desk)
    sign_out(desk, first, uuid4(), NOW)
    assert signed_in(desk, at=NOW + timedelta(hours=2)).drawer == first.drawer
    assert signed_in(desk, at=NOW + timedelta(days=1)).drawer != first.drawer


def test_the_drawer_of_the_day_goes_on_after_a_restart(desk: Desk) -> None:
    first = signed_in(desk)
    folder = desk.book.folder
    desk.book.close()
    again = opened(folder)
    try:
        assert signed_in(again).drawer == first.drawer
    finally:
        again.book.close()


def test_after_closing_a_new_drawer_opens(desk: Desk) -> None:
    first = signed_in(desk)
    sealed(desk, first, 0)
    assert signed_in(desk).drawer not in {None, first.drawer}


def test_the_same_act_again_is_the_same_session(desk: Desk) -> None:
    act = uuid4()
    first = sign_in(desk, "REKHA", PASSWORD, act, NOW)
    with nothing_recorded(desk):
        assert sign_in(desk, "REKHA", "anything", act, NOW) == first
    with nothing_recorded(desk), pytest.raises(ActUsedElsewhere):
        sign_out(desk, first, act, NOW)


def test_a_wrong_code_and_a_wrong_password_get_the_same_answers(desk: Desk) -> None:
    with_code, without = [], []
    for second in range(8):
        at = NOW + timedelta(seconds=second)
        with_code.append(refused(desk, "REKHA", "wrong", at))
        without.append(refused(desk, "RAKESH", "wrong", at))
    assert with_code == without
    assert with_code[:5] == [PasswordWrong(left) for left in (4, 3, 2, 1, 0)]
    assert with_code[5:] == [TriesUsedUp(1)] * 3


def test_a_code_nobody_has_is_not_kept(desk: Desk) -> None:
    refused(desk, "गल्ला खुला 42", "REKHA")
    refused(desk, "rekha", "wrong")
    assert payloads(desk, Kind.SIGN_IN_REFUSED) == [SignInRefused("", False), SignInRefused("REKHA", True)]
    with desk.book.reading() as connection:
        assert not any(b"42" in entry.payload for entry in journal.entries(connection))


@pytest.mark.parametrize("code", ["", "\ud800", "R\u202eEKHA", "R" * 10_000, "4111 1111 1111 1111", "'; --"])
def test_what_cannot_be_a_code_is_nobodys(desk: Desk, code: str) -> None:
    assert refused(desk, code, PASSWORD) == PasswordWrong(4)


@pytest.mark.parametrize(
    "password", ["", "\ud800", PASSWORD + "x" * 10_000, PASSWORD + " ", PASSWORD.upper() + "।"]
)
def test_what_is_not_the_password(desk: Desk, password: str) -> None:
    assert refused(desk, "REKHA", password) == PasswordWrong(4)


def test_waiting_grows_and_survives_a_restart(desk: Desk) -> None:
    at = NOW
    for _ in range(5):
        refused(desk, "REKHA", "wrong", at)
    with nothing_recorded(desk):
        assert refused(desk, "REKHA", PASSWORD, at + timedelta(seconds=59)) == TriesUsedUp(1)
    at += timedelta(minutes=1)
    assert refused(desk, "REKHA", "wrong", at) == PasswordWrong(0)
    folder = desk.book.folder
    desk.book.close()
    again = opened(folder, at)
    try:
        assert refused(again, "REKHA", PASSWORD, at) == TriesUsedUp(2)
        assert refused(again, "REKHA", PASSWORD, at + timedelta(seconds=61)) == TriesUsedUp(1)
        assert sign_in(again, "SUNIL", PASSWORD, uuid4(), at).person == CLERK
        at += timedelta(minutes=2)
        assert sign_in(again, "REKHA", PASSWORD, uuid4(), at).person == CASHIER
        assert refused(again, "REKHA", "wrong", at) == PasswordWrong(4)
    finally:
        again.book.close()


def test_a_clock_set_back_makes_no_wait_longer(desk: Desk) -> None:
    for _ in range(5):
        refused(desk, "REKHA", "wrong", NOW)
    assert refused(desk, "REKHA", PASSWORD, NOW - timedelta(days=400)) == TriesUsedUp(1)


def test_a_wait_has_an_end(desk: Desk) -> None:
    at = NOW
    for _ in range(16):
        refused(desk, "REKHA", "wrong", at)
        at += timedelta(hours=9)
    refused(desk, "REKHA", "wrong", at)
    assert refused(desk, "REKHA", PASSWORD, at) == TriesUsedUp(480)


def test_unlocking(desk: Desk, cashier: Session) -> None:
    for _ in range(3):
        with pytest.raises(PasswordWrong):
            unlock(desk, cashier, "wrong", uuid4(), NOW)
    act = uuid4()
    unlock(desk, cashier, PASSWORD, act, NOW)
    unlock(desk, cashier, PASSWORD, act, NOW)
    assert payloads(desk, Kind.SIGNED_IN) == [SignedIn("REKHA", "cashier")] * 2
    assert refused(desk, "REKHA", "wrong") == PasswordWrong(4)


def test_unlocking_by_pin_goes_on_with_the_session_of_today(pc_desk: Desk, pc: PcClock) -> None:
    session = signed_in(pc_desk, at=pc.now)
    pins.set_pin(pc_desk, session, uuid4(), PASSWORD, PIN, pc.now)
    for span in (MINUTE, 12 * HOUR):
        at = pc.wait(span)
        with nothing_recorded(pc_desk):  # it is no sign-in: tomorrow only the password of tomorrow counts
            assert unlock(pc_desk, session, "४८२ ९१६", uuid4(), at) == session
    with pytest.raises(PinWrong):
        unlock(pc_desk, session, "719304", uuid4(), pc.now)
    assert payloads(pc_desk, Kind.SIGN_IN_REFUSED) == [SignInRefused("REKHA", known=True)]
    pc.wait(12 * HOUR)
    with pytest.raises(PinNotToday):
        unlock(pc_desk, session, PIN, uuid4(), pc.now)
    pc.turn(-12 * HOUR)
    with pytest.raises(PinNotToday):
        unlock(pc_desk, session, PIN, uuid4(), pc.now)
    pc.turn(12 * HOUR)
    unlock(pc_desk, session, PASSWORD, uuid4(), pc.now)
    assert unlock(pc_desk, session, PIN, uuid4(), pc.now).person == session.person


def test_no_pin_unlocks_for_who_is_gone_or_before_a_drawer_of_another_day(
    desk: Desk, cashier: Session
) -> None:
    pins.set_pin(desk, cashier, uuid4(), PASSWORD, PIN, NOW)
    sealed(desk, cashier, 0)
    again = unlock(desk, cashier, PIN, uuid4(), NOW)
    assert again.drawer not in (None, cashier.drawer)
    with desk.book.writing() as page:
        people.put_person(page, CASHIER, "")
    with pytest.raises(PasswordWrong):
        unlock(desk, cashier, PIN, uuid4(), NOW)


def test_a_locked_window_counts_wrong_tries_too(desk: Desk, cashier: Session) -> None:
    for _ in range(5):
        with pytest.raises(PasswordWrong):
            unlock(desk, cashier, "wrong", uuid4(), NOW)
    with pytest.raises(TriesUsedUp):
        unlock(desk, cashier, PASSWORD, uuid4(), NOW)
    assert refused(desk, "REKHA", PASSWORD) == TriesUsedUp(1)


def test_signing_out_is_recorded_once(desk: Desk, cashier: Session) -> None:
    act = uuid4()
    sign_out(desk, cashier, act, NOW)
    sign_out(desk, cashier, act, NOW)
    assert payloads(desk, Kind.SIGNED_OUT) == [SignedOut("REKHA")]


def test_everybody_has_the_right_password_only(desk: Desk) -> None:
    for person in (AUDITOR, SUPERVISOR):
        assert signed_in(desk, person).person == person
        assert isinstance(refused(desk, person.code, PASSWORD[:-1]), PasswordWrong)


def test_a_password_is_hashed_slowly_and_with_salt() -> None:
    first, second = password_hash("गल्ला"), password_hash("गल्ला")
    assert first != second
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    with pytest.raises(ValueError, match="longer"):
        password_hash("x" * 1_001)


def test_one_password_in_two_spellings_of_the_same_letters(desk: Desk) -> None:
    with desk.book.writing() as page:
        people.put_person(page, CLERK, password_hash("क़लम", memory_kib=64, passes=1))
    assert sign_in(desk, "SUNIL", "\u0958लम", uuid4(), NOW).person == CLERK


def test_a_refused_sign_in_is_one_entry(desk: Desk) -> None:
    before = entries(desk)
    refused(desk, "REKHA", "wrong")
    # The first act of a run opens its segment.
    assert entries(desk) == before + 2
