"""The second person: by password, by a PIN of today, by a code over the telephone; each wrong try counts."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from counter_app.desk import correcting, payments, pins, second, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.desk.sign_in import sign_in
from counter_app.domain.acts import PinSet, SignInRefused
from counter_app.domain.approval import Approval, Deed, Matter, Way, answer, challenge
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import (
    AnswerWrong,
    ChallengeWrong,
    NumberNotWhole,
    PinNotToday,
    PinWeak,
    PinWrong,
    SecondIsSame,
    SecondMayNot,
)
from counter_app.domain.people import Session
from counter_app.domain.refusals import (
    AmountMissing,
    AmountUnreadable,
    NotAllowed,
    PasswordWrong,
    TriesUsedUp,
)
from counter_app.domain.undoing import PaymentCancelled, PaymentMoved, Why
from counter_app.store import people
from counter_app.wire.passwords import password_hash
from tests.desk import small_office
from tests.desk.pc_clock import PcClock
from tests.desk.small_office import (
    CASHIER,
    NOW,
    OTHERS,
    PASSWORD,
    SUPERVISOR,
    entries,
    nothing_recorded,
    paying,
    payloads,
    signed_in,
)

PIN = "482916"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def cancelled(
    desk: Desk, session: Session, receipt: payments.Receipt, word: Word, act: UUID | None = None
) -> Approval:
    undone = undoing.cancel(desk, session, act or uuid4(), receipt.act, Why.OTHER, "", word, receipt.at)
    assert isinstance(undone.payload, PaymentCancelled)
    assert undone.payload.approved is not None
    return undone.payload.approved


@pytest.fixture
def receipt(desk: Desk, cashier: Session) -> payments.Receipt:
    return payments.take(desk, cashier, paying(), NOW)


# -- PIN -----------------------------------------------------------------------------------------------


def test_a_pin_stands_for_who_signed_in_here_by_password_today(
    desk: Desk, cashier: Session, receipt: payments.Receipt
) -> None:
    supervisor = signed_in(desk, SUPERVISOR)
    pins.set_pin(desk, supervisor, uuid4(), PASSWORD, "४८२ ९१६", NOW)
    assert payloads(desk, Kind.PIN_SET) == [PinSet("ANITA")]
    assert cancelled(desk, cashier, receipt, Word("anita", PIN)) == Approval("ANITA", Way.PIN)


def test_a_pin_of_yesterday_s_sign_in_does_not(pc_desk: Desk, pc: PcClock) -> None:
    pins.set_pin(pc_desk, signed_in(pc_desk, SUPERVISOR, pc.now), uuid4(), PASSWORD, PIN, pc.now)
    pc.wait(DAY)
    cashier = signed_in(pc_desk, at=pc.now)
    taken = payments.take(pc_desk, cashier, paying(), pc.now)
    with nothing_recorded(pc_desk), pytest.raises(PinNotToday):
        cancelled(pc_desk, cashier, taken, Word("ANITA", PIN))
    assert cancelled(pc_desk, cashier, taken, Word("ANITA", PASSWORD)).way is Way.PASSWORD


def test_turning_the_clock_back_to_a_day_does_not_make_it_today(pc_desk: Desk, pc: PcClock) -> None:
    pins.set_pin(pc_desk, signed_in(pc_desk, SUPERVISOR, pc.now), uuid4(), PASSWORD, PIN, pc.now)
    cashier = signed_in(pc_desk, at=pc.now)
    matter, act = Matter(Deed.CLOCK), uuid4()
    assert second.agreed(pc_desk, cashier, Word("ANITA", PIN), act, matter, (), pc.now).way is Way.PIN
    pc.wait(DAY)
    pc.turn(-DAY)
    with pytest.raises(PinNotToday):
        second.agreed(pc_desk, cashier, Word("ANITA", PIN), act, matter, (), pc.now)
    pc.turn(DAY)
    signed_in(pc_desk, SUPERVISOR, pc.now)
    pc.reboot()
    assert second.agreed(pc_desk, cashier, Word("ANITA", PIN), act, matter, (), pc.now).way is Way.PIN
    # Across a boot only a clock that nothing stands against proves the day.
    pc.wait(DAY)
    signed_in(pc_desk, at=pc.now)
    pc.reboot(turned=-DAY)
    with pytest.raises(PinNotToday):
        second.agreed(pc_desk, cashier, Word("ANITA", PIN), act, matter, (), pc.now)


@pytest.mark.parametrize("weak", ["", "48291", "4829160", "111111", "123456", "987654", "48a916", "०१२३४५"])
def test_a_weak_pin_is_not_taken(desk: Desk, weak: str) -> None:
    supervisor = signed_in(desk, SUPERVISOR)
    with nothing_recorded(desk), pytest.raises(PinWeak):
        pins.set_pin(desk, supervisor, uuid4(), PASSWORD, weak, NOW)


def test_setting_a_pin_needs_the_password_of_who_sets_it(desk: Desk, cashier: Session) -> None:
    supervisor, act = signed_in(desk, SUPERVISOR), uuid4()
    with pytest.raises(PasswordWrong):
        pins.set_pin(desk, supervisor, uuid4(), "nonsense", PIN, NOW)
    pins.set_pin(desk, cashier, uuid4(), PASSWORD, "719304", NOW)
    pins.set_pin(desk, supervisor, act, PASSWORD, PIN, NOW)
    with nothing_recorded(desk):
        pins.set_pin(desk, supervisor, act, "nonsense", "111111", NOW)


def test_a_pin_opens_no_session(desk: Desk) -> None:
    pins.set_pin(desk, signed_in(desk, SUPERVISOR), uuid4(), PASSWORD, PIN, NOW)
    with pytest.raises(PasswordWrong):
        sign_in(desk, "ANITA", PIN, uuid4(), NOW)


def test_the_pin_stands_nowhere_in_the_journal(desk: Desk, cashier: Session) -> None:
    pins.set_pin(desk, signed_in(desk, SUPERVISOR), uuid4(), PASSWORD, PIN, NOW)
    with desk.book.reading() as connection:
        found = connection.exec_driver_sql("SELECT payload FROM journal").scalars().all()
        assert not any(PIN.encode() in payload for payload in found)
        assert str(people.pin_hash(connection, SUPERVISOR.id)).startswith("$argon2id$")


def test_a_new_password_ends_the_pin_a_new_name_does_not(desk: Desk, cashier: Session) -> None:
    pins.set_pin(desk, signed_in(desk, SUPERVISOR), uuid4(), PASSWORD, PIN, NOW)
    with desk.book.writing() as page:
        people.put_person(page, SUPERVISOR, str(people.password_hash(page.connection, "ANITA")))
        assert people.pin_hash(page.connection, SUPERVISOR.id)
        people.put_person(page, SUPERVISOR, password_hash("क़लम दवात", memory_kib=64, passes=1))
        assert people.pin_hash(page.connection, SUPERVISOR.id) is None


def test_wrong_pins_passwords_and_answers_are_counted_together(
    desk: Desk, cashier: Session, receipt: payments.Receipt
) -> None:
    pins.set_pin(desk, signed_in(desk, SUPERVISOR), uuid4(), PASSWORD, PIN, NOW)
    words = (
        (Word("ANITA", "482917"), PinWrong(4)),
        (Word("ANITA", "nonsense"), PasswordWrong(3)),
        (Word("ANITA", "482917", telephone=True), AnswerWrong(2)),
        (Word("ANITA", "", telephone=True), AnswerWrong(1)),
        (Word("ANITA", "000000"), PinWrong(0)),
    )
    before = entries(desk)
    for word, why in words:
        with pytest.raises(type(why)) as refused:
            cancelled(desk, cashier, receipt, word)
        assert refused.value == why
    assert payloads(desk, Kind.SIGN_IN_REFUSED) == [SignInRefused("ANITA", True)] * 5
    assert entries(desk) == before + 5
    with nothing_recorded(desk):
        for secret in (PIN, PASSWORD):
            with pytest.raises(TriesUsedUp):
                cancelled(desk, cashier, receipt, Word("ANITA", secret))
        with pytest.raises(TriesUsedUp):
            sign_in(desk, "ANITA", PASSWORD, uuid4(), NOW)


# -- over the telephone --------------------------------------------------------------------------------


def elsewhere(desk: Desk, folder: Path) -> Desk:
    """Another counter of the office, which heard of the same people."""
    place = folder / "elsewhere"
    place.mkdir()
    small_office.make(place)
    there = small_office.opened(place)
    with desk.book.reading() as here, there.book.writing() as page:
        for person in small_office.STAFF:
            people.put_person(page, person, str(people.password_hash(here, person.code)))
    return there


def test_an_answer_over_the_telephone(
    tmp_path: Path, desk: Desk, cashier: Session, receipt: payments.Receipt
) -> None:
    there = elsewhere(desk, tmp_path)
    try:
        act = uuid4()
        asked = challenge(act)
        said = second.answer_for(
            there,
            signed_in(there, SUPERVISOR),
            Deed.CANCEL,
            str(receipt.number).lower(),
            "1,613",
            "",
            asked,
            NOW,
        )
        assert re.fullmatch("[0-9]{6}", said)
        word = Word("anita", f" {said[:3]} {said[3:]}", telephone=True)
        assert cancelled(desk, cashier, receipt, word, act) == Approval("ANITA", Way.TELEPHONE)
    finally:
        there.book.close()


def test_an_answer_holds_for_its_act_receipt_amount_and_deed_alone(
    desk: Desk, cashier: Session, receipt: payments.Receipt
) -> None:
    with desk.book.reading() as connection:
        secret = str(people.password_hash(connection, "ANITA"))
        other_secret = str(people.password_hash(connection, "MAHESH")) + "x"
    act, stem, amount = uuid4(), receipt.number.stem, receipt.payment.amount
    asked = challenge(act)
    right = Matter(Deed.CANCEL, stem, amount)
    wrong = (
        answer(secret, Matter(Deed.CLOCK, stem, amount), asked),
        answer(secret, Matter(Deed.CANCEL, "2214-2-000002", amount), asked),
        answer(secret, Matter(Deed.CANCEL, stem, amount + 1_00), asked),
        answer(secret, right, challenge(uuid4())),
        answer(other_secret, right, asked),
    )
    said = answer(secret, right, asked)
    assert said not in wrong
    for one in wrong[:4]:
        with pytest.raises(AnswerWrong):
            cancelled(desk, cashier, receipt, Word("ANITA", one, telephone=True), act)
    cancelled(desk, cashier, receipt, Word("ANITA", said, telephone=True), act)


def test_an_answer_is_good_once(desk: Desk, cashier: Session, receipt: payments.Receipt) -> None:
    with desk.book.reading() as connection:
        secret = str(people.password_hash(connection, "ANITA"))
    act = uuid4()
    said = answer(secret, Matter(Deed.CANCEL, receipt.number.stem, receipt.payment.amount), challenge(act))
    word = Word("ANITA", said, telephone=True)
    cancelled(desk, cashier, receipt, word, act)
    again = payments.take(desk, cashier, paying(), NOW)
    with pytest.raises(AnswerWrong):
        cancelled(desk, cashier, again, word)
    with nothing_recorded(desk):  # the act itself returns what stands, about the first receipt
        undone = undoing.cancel(desk, cashier, act, again.act, Why.OTHER, "", word, NOW)
        assert undone.receipt.act == receipt.act


@pytest.mark.parametrize(
    ("code", "why"),
    [("REKHA", SecondIsSame), ("MAHESH", SecondMayNot), ("NOBODY", AnswerWrong)],
)
def test_who_cannot_answer(
    desk: Desk, cashier: Session, receipt: payments.Receipt, code: str, why: type[Exception]
) -> None:
    with desk.book.reading() as connection:
        secret = people.password_hash(connection, code) or ""
    act = uuid4()
    said = answer(secret, Matter(Deed.CANCEL, receipt.number.stem, receipt.payment.amount), challenge(act))
    with pytest.raises(why):
        cancelled(desk, cashier, receipt, Word(code, said, telephone=True), act)


def test_nobody_answers_in_the_name_of_who_is_gone(
    desk: Desk, cashier: Session, receipt: payments.Receipt
) -> None:
    with desk.book.writing() as page:
        people.put_person(page, SUPERVISOR, "")
    act = uuid4()
    said = answer("", Matter(Deed.CANCEL, receipt.number.stem, receipt.payment.amount), challenge(act))
    with pytest.raises(AnswerWrong):
        cancelled(desk, cashier, receipt, Word("ANITA", said, telephone=True), act)


@pytest.mark.parametrize(
    ("number", "amount", "asked", "why"),
    [
        ("004187", "1613", "123456", NumberNotWhole),
        ("", "1613", "123456", NumberNotWhole),
        ("2214-2-004187", "", "123456", AmountMissing),
        ("2214-2-004187", "x", "123456", AmountUnreadable),
        ("2214-2-004187", "1613", "12345", ChallengeWrong),
        ("2214-2-004187", "1613", "", ChallengeWrong),
    ],
)
def test_what_is_heard_wrongly_gets_no_answer(
    desk: Desk, number: str, amount: str, asked: str, why: type[Exception]
) -> None:
    supervisor = signed_in(desk, SUPERVISOR)
    with nothing_recorded(desk), pytest.raises(why):
        second.answer_for(desk, supervisor, Deed.CANCEL, number, amount, "", asked, NOW)


def test_only_who_may_agree_gives_answers(desk: Desk, cashier: Session) -> None:
    with pytest.raises(NotAllowed):
        second.answer_for(desk, cashier, Deed.CANCEL, "2214-2-004187", "1613", "", "123456", NOW)


def test_the_clock_is_decided_over_the_telephone_too(desk: Desk, cashier: Session) -> None:
    act = uuid4()
    said = second.answer_for(desk, signed_in(desk, SUPERVISOR), Deed.CLOCK, "", "", "", challenge(act), NOW)
    word = Word("ANITA", said, telephone=True)
    assert second.agreed(desk, cashier, word, act, Matter(Deed.CLOCK), (), NOW).way is Way.TELEPHONE


@pytest.mark.parametrize("deed", [Deed.CANCEL, Deed.CORRECT, Deed.MOVE])
def test_whatever_is_done_about_a_receipt_is_agreed_over_the_telephone(
    desk: Desk, cashier: Session, receipt: payments.Receipt, deed: Deed
) -> None:
    act, officer = uuid4(), signed_in(desk, SUPERVISOR)
    to = "2204511111" if deed is Deed.MOVE else ""
    heard = str(receipt.number), "1613", to
    said = second.answer_for(desk, officer, deed, *heard, challenge(act), NOW)
    matter = Matter(deed, receipt.number.stem, receipt.payment.amount, f"N{to}" if to else "")
    word = Word("ANITA", said, telephone=True)
    assert second.agreed(desk, cashier, word, act, matter, {CASHIER.code}, NOW).way is Way.TELEPHONE


def test_an_answer_about_a_move_holds_for_the_consumer_who_was_named(
    desk: Desk, cashier: Session, receipt: payments.Receipt
) -> None:
    act, officer = uuid4(), signed_in(desk, SUPERVISOR)
    heard = Deed.MOVE, str(receipt.number), "1613", OTHERS[0]
    word = Word("ANITA", second.answer_for(desk, officer, *heard, challenge(act), NOW), telephone=True)
    with pytest.raises(AnswerWrong):
        correcting.move(desk, cashier, act, receipt.act, OTHERS[1], "", word, NOW)
    moved = correcting.move(desk, cashier, act, receipt.act, OTHERS[0], "", word, NOW)
    assert isinstance(moved.payload, PaymentMoved)
    assert moved.payload.to_consumer == OTHERS[0]


def test_challenges_are_spread_evenly() -> None:
    seen = {challenge(uuid4()) for _ in range(2_000)}
    assert len(seen) > 1_990
    assert all(re.fullmatch("[0-9]{6}", one) for one in seen)


# -- waiting -------------------------------------------------------------------------------------------


def test_a_wait_is_not_shortened_by_the_clock_nor_by_a_restart(
    pc_desk: Desk, pc: PcClock, folder: Path
) -> None:
    for _ in range(5):
        with pytest.raises(PasswordWrong):
            sign_in(pc_desk, CASHIER.code, "wrong", uuid4(), pc.now)
    pc.wait(timedelta(minutes=1))
    with pytest.raises(PasswordWrong):
        sign_in(pc_desk, CASHIER.code, "wrong", uuid4(), pc.now)
    pc_desk.book.close()
    pc.turn(9 * HOUR)
    again = small_office.opened(folder, pc.now, pc.steady)
    try:
        for turned in (timedelta(0), 400 * DAY, -800 * DAY):
            pc.turn(turned)
            with pytest.raises(TriesUsedUp) as refused:
                sign_in(again, CASHIER.code, PASSWORD, uuid4(), pc.now)
            assert refused.value.minutes == 2
        pc.reboot(timedelta(0), 400 * DAY)
        with pytest.raises(TriesUsedUp):
            sign_in(again, CASHIER.code, PASSWORD, uuid4(), pc.now)
        pc.wait(timedelta(minutes=2))
        assert sign_in(again, CASHIER.code, PASSWORD, uuid4(), pc.now).person == CASHIER
    finally:
        again.book.close()


def test_strangers_wait_by_the_same_clock(pc_desk: Desk, pc: PcClock) -> None:
    for _ in range(5):
        with pytest.raises(PasswordWrong):
            sign_in(pc_desk, "RAKESH", "wrong", uuid4(), pc.now)
    pc.turn(9 * HOUR)
    with pytest.raises(TriesUsedUp):
        sign_in(pc_desk, "RAKESH", "wrong", uuid4(), pc.now)


def test_others_are_not_made_to_wait(desk: Desk, cashier: Session) -> None:
    for _ in range(5):
        with pytest.raises(PasswordWrong):
            sign_in(desk, SUPERVISOR.code, "wrong", uuid4(), NOW)
    payments.take(desk, cashier, paying(OTHERS[1], 100_00), NOW)
    assert signed_in(desk).person == CASHIER
