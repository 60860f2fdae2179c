"""Who works at a counter without a centre: the administrator lets somebody in, and out."""

from dataclasses import replace
from uuid import uuid4

import pytest

from counter_app.desk import about, pins, sign_in, staffing
from counter_app.desk.desk import Desk, holds
from counter_app.desk.staffing import Newcomer
from counter_app.domain.acts import StaffChange, StaffChanged
from counter_app.domain.central_refusals import PersonCodeWrong, PersonNameMissing
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import PasswordCommon
from counter_app.domain.people import Right, Role, Session
from counter_app.domain.refusals import PasswordWrong, Refused, TriesUsedUp
from counter_app.domain.setting_up import person_of
from counter_app.domain.setup_refusals import (
    CentreNamesPeople,
    OwnAccess,
    PersonCodeAnothers,
    PersonCodeFree,
    PersonCodeTaken,
)
from counter_app.store import people
from counter_app.store.projections import rebuild_and_compare
from tests.desk.small_office import (
    ADMINISTRATOR,
    CASHIER,
    NOW,
    PASSWORD,
    entries,
    nothing_recorded,
    payloads,
    signed_in,
)
from tests.store.hearing import enrolled

ASHA = Newcomer("asha", "आशा वर्मा", "Asha Verma", Role.CASHIER, "Neela-Badal-7742")
OTHER = "Tez-Hawa-3391"


@pytest.fixture
def administrator(desk: Desk) -> Session:
    return signed_in(desk, ADMINISTRATOR)


def add(desk: Desk, session: Session, new: Newcomer = ASHA, own: str = PASSWORD) -> None:
    staffing.add(desk, session, uuid4(), new, own, NOW)


def enter(desk: Desk, password: str) -> Session:
    return sign_in.sign_in(desk, "ASHA", password, uuid4(), NOW)


def test_who_is_let_in_signs_in_and_works_by_the_role(desk: Desk, administrator: Session) -> None:
    add(desk, administrator)
    asha = enter(desk, ASHA.password)
    assert asha.person == person_of(desk.office.code, "ASHA", (ASHA.name_hi, ASHA.name_en), Role.CASHIER)
    assert holds(desk, asha, Right.TAKE_PAYMENT)
    assert not holds(desk, asha, Right.APPROVE)
    assert asha.person in about.about(desk, administrator, NOW).people


def test_each_change_is_an_entry_without_a_secret(desk: Desk, administrator: Session) -> None:
    add(desk, administrator)
    staffing.reset(desk, administrator, uuid4(), "ASHA", OTHER, PASSWORD, NOW)
    staffing.end(desk, administrator, uuid4(), "ASHA", PASSWORD, NOW)
    assert payloads(desk, Kind.STAFF_CHANGED) == [
        StaffChanged(ADMINISTRATOR.code, "ASHA", "cashier", change) for change in StaffChange
    ]


def test_another_password_ends_the_one_before_and_the_pin(desk: Desk, administrator: Session) -> None:
    add(desk, administrator)
    asha = enter(desk, ASHA.password)
    pins.set_pin(desk, asha, uuid4(), ASHA.password, "482913", NOW)
    staffing.reset(desk, administrator, uuid4(), "asha", OTHER, PASSWORD, NOW)
    assert not pins.is_pin(desk, "ASHA", "482913")
    with pytest.raises(PasswordWrong):
        enter(desk, ASHA.password)
    assert enter(desk, OTHER).person.code == "ASHA"


def test_who_is_let_in_no_more_may_do_nothing_at_once_and_may_come_back_in_another_role(
    desk: Desk, administrator: Session
) -> None:
    add(desk, administrator)
    asha = enter(desk, ASHA.password)
    staffing.end(desk, administrator, uuid4(), "ASHA", PASSWORD, NOW)
    assert not holds(desk, asha, Right.TAKE_PAYMENT)
    with pytest.raises(PasswordWrong):
        enter(desk, ASHA.password)
    found = staffing.staffing(desk, administrator, NOW)
    assert asha.person.id in found.ended
    assert asha.person not in about.about(desk, administrator, NOW).people
    add(desk, administrator, replace(ASHA, role=Role.CLERK, password=OTHER))
    again = enter(desk, OTHER)
    assert (again.person.id, again.person.role) == (asha.person.id, Role.CLERK)


def test_another_password_ends_the_waiting_and_the_record_of_wrong_tries_stays(
    desk: Desk, administrator: Session
) -> None:
    add(desk, administrator)
    for password in ("wrong",) * 5:
        with pytest.raises(PasswordWrong):
            enter(desk, password)
    with pytest.raises(TriesUsedUp):
        enter(desk, ASHA.password)
    staffing.reset(desk, administrator, uuid4(), "asha", OTHER, PASSWORD, NOW)
    with pytest.raises(PasswordWrong) as refused:
        enter(desk, ASHA.password)
    assert refused.value == PasswordWrong(4), "those that come after it are counted anew"
    assert enter(desk, OTHER).person.code == "ASHA"
    assert len(payloads(desk, Kind.SIGN_IN_REFUSED)) == 6
    with desk.book.reading() as connection:
        assert rebuild_and_compare(connection) == ()


def test_who_is_named_again_with_the_same_password_goes_on_waiting(desk: Desk) -> None:
    for _ in range(5):
        with pytest.raises(PasswordWrong):
            sign_in.sign_in(desk, CASHIER.code, "wrong", uuid4(), NOW)
    with desk.book.writing() as page:
        known = people.password_hash(page.connection, CASHIER.code)
        people.put_person(page, replace(CASHIER, role=Role.CLERK), str(known))
    with pytest.raises(TriesUsedUp):
        sign_in.sign_in(desk, CASHIER.code, PASSWORD, uuid4(), NOW)


def test_a_code_that_was_somebodys_is_nobody_elses(desk: Desk, administrator: Session) -> None:
    add(desk, administrator)
    staffing.end(desk, administrator, uuid4(), "ASHA", PASSWORD, NOW)
    other = replace(ASHA, name_hi="मीना राय", name_en="Meena Rai", password=OTHER)
    with nothing_recorded(desk), pytest.raises(PersonCodeAnothers) as refused:
        add(desk, administrator, other)
    assert (refused.value.field, refused.value.name) == ("person", "आशा वर्मा, Asha Verma")
    add(desk, administrator, replace(ASHA, name_en="asha verma", name_hi="", password=OTHER))
    assert enter(desk, OTHER).person.name_en == "asha verma"


@pytest.mark.parametrize(
    ("refusal", "new", "field"),
    [
        (PersonCodeTaken, replace(ASHA, code=CASHIER.code), "person"),
        (PersonCodeWrong, replace(ASHA, code="अशा"), "person"),
        (PersonNameMissing, replace(ASHA, name_hi="", name_en=""), "person_en"),
        (PasswordCommon, replace(ASHA, password="asha1234"), "password"),
    ],
)
def test_what_cannot_be_is_refused_in_its_field(
    desk: Desk, administrator: Session, refusal: type[Refused], new: Newcomer, field: str
) -> None:
    with nothing_recorded(desk), pytest.raises(refusal) as refused:
        add(desk, administrator, new)
    assert refused.value.field == field


def test_it_needs_the_own_password_of_the_administrator(desk: Desk, administrator: Session) -> None:
    with pytest.raises(PasswordWrong) as refused:
        add(desk, administrator, own="guessed")
    assert refused.value.field == "own"
    assert payloads(desk, Kind.STAFF_CHANGED) == []


def test_nobody_ends_the_own_access_or_changes_who_is_not_here(desk: Desk, administrator: Session) -> None:
    with nothing_recorded(desk):
        with pytest.raises(OwnAccess):
            staffing.end(desk, administrator, uuid4(), ADMINISTRATOR.code, PASSWORD, NOW)
        with pytest.raises(PersonCodeFree):
            staffing.reset(desk, administrator, uuid4(), "NOBODY", OTHER, PASSWORD, NOW)


def test_where_a_centre_says_who_works_here_only_it_does(desk: Desk, administrator: Session) -> None:
    enrolled(desk.book)
    assert staffing.staffing(desk, administrator, NOW).by_centre
    with nothing_recorded(desk), pytest.raises(CentreNamesPeople):
        add(desk, administrator)


def test_the_same_act_again_changes_nothing(desk: Desk, administrator: Session) -> None:
    act = uuid4()
    staffing.add(desk, administrator, act, ASHA, PASSWORD, NOW)
    before = entries(desk)
    staffing.add(desk, administrator, act, ASHA, PASSWORD, NOW)
    assert entries(desk) == before
