"""Whoever lacks the right cannot, and the attempt is in the journal; whoever has it can."""

import importlib
import inspect
import pkgutil
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from counter_app import desk as rooms
from counter_app.desk import (
    complaints,
    day_end,
    drawers,
    finding,
    paper,
    payments,
    undoing,
)
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.desk.sign_in import sign_in
from counter_app.domain.acts import NotAllowedTried
from counter_app.domain.entry import Kind
from counter_app.domain.money_refusals import (
    SecondMayNot,
)
from counter_app.domain.people import RIGHTS, Person, Right, Role, Session, may
from counter_app.domain.refusals import (
    DrawerMissing,
    NotAllowed,
    PasswordWrong,
)
from counter_app.domain.undoing import Why
from counter_app.store import foreign, journal, people
from counter_app.wire.bodies import Staff, StaffMember, item
from counter_app.wire.passwords import password_hash
from counter_app.wire.payloads import decode
from tests.desk.every_button import BUTTONS
from tests.desk.small_office import (
    CASHIER,
    CLERK,
    NOW,
    OTHERS,
    PASSWORD,
    STAFF,
    SUPERVISOR,
    complaining,
    counted_as,
    entries,
    paying,
    signed_in,
)

FREE = {
    "clock.trusted", "complaints.as_payload", "confidential.hidden_types",
    "confidential.paper_is_hidden", "danger.not_telephoned", "desk.demand", "desk.holds", "drafts.drop",
    "drafts.keep", "drafts.kept", "drawer_now.now", "drills.task", "finding.recent",
    "handing_out.note_handed_out", "paper.in_doubt", "complaint_steps.note",
    "left_drawers.waiting_for_home", "many_bills.unfinished", "tasks.waiting_for_home", "payments.as_payload",
    "requests.as_payload", "second.agreed", "sheets.complaint_preview", "sheets.payment_preview",
    "sheets.request_preview", "sign_in.sign_out", "sign_in.unlock", "today.notices",
}  # fmt: skip


def functions() -> set[str]:
    """Every function of the desk that is called for somebody signed in, as the desk's own files have them."""
    found = set()
    for room in pkgutil.iter_modules(rooms.__path__):
        module = importlib.import_module(f"{rooms.__name__}.{room.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            takes = list(inspect.signature(function).parameters)
            if function.__module__ == module.__name__ and takes[:2] == ["desk", "session"]:
                found |= set() if name.startswith("_") else {f"{room.name}.{name}"}
    return found


def test_every_function_of_the_desk_asks_for_a_right_or_is_known_to_need_none() -> None:
    assert functions() == set(BUTTONS) | FREE
    assert not FREE & set(BUTTONS)


def tries(desk: Desk) -> list[object]:
    with desk.book.reading() as connection:
        found = [entry for entry in journal.entries(connection) if entry.header.kind == Kind.NOT_ALLOWED]
        assert all(entry.header.person != UUID(int=0) for entry in found)
        return [decode(entry.header.kind, entry.header.kind_version, entry.payload) for entry in found]


@pytest.fixture
def work(desk: Desk) -> tuple[UUID, UUID]:
    """A receipt and a complaint to press the buttons on."""
    cashier = signed_in(desk, CASHIER)
    receipt = payments.take(desk, cashier, paying(OTHERS[0]), NOW)
    return receipt.act, complaints.register(desk, cashier, complaining(), NOW).act


@pytest.mark.parametrize("person", STAFF, ids=lambda person: person.code)
def test_each_button_for_each_role(desk: Desk, work: tuple[UUID, UUID], person: Person) -> None:
    session = signed_in(desk, person)
    expected = []
    for right, press in BUTTONS.values():
        if may(person.role, right):
            press(desk, session, *work)
            continue
        before = entries(desk)
        with pytest.raises(NotAllowed):
            press(desk, session, *work)
        expected.append(NotAllowedTried(person.code, right))
        assert entries(desk) == before + 1
    assert tries(desk) == expected


def test_no_role_has_a_right_that_no_button_asks_for() -> None:
    asked = {right for right, _ in BUTTONS.values()} | {Right.SEE_CONFIDENTIAL}  # each answer asks for it
    assert {right for rights in RIGHTS.values() for right in rights} == asked
    assert set(RIGHTS) == set(Role)


def test_a_forged_session_takes_no_money(desk: Desk, cashier: Session) -> None:
    clerk = Session(STAFF[2], cashier.drawer)
    with pytest.raises(NotAllowed):
        payments.take(desk, clerk, paying(), NOW)
    other = Session(STAFF[1], cashier.drawer)
    for press in (
        lambda: day_end.fix(desk, other, counted_as(0), NOW),
        lambda: day_end.reveal(desk, other, NOW),
        lambda: drawers.unlock(desk, other, uuid4(), "छुट्टे", NOW),
    ):
        with pytest.raises(DrawerMissing):
            press()


# -- people change while they are signed in --------------------------------------------------------------


def put(desk: Desk, person: Person, secret: str | None = None) -> None:
    """The centre says in its feed who somebody is now; a ``secret`` of "": they are gone."""
    with desk.book.writing() as page:
        known = people.password_hash(page.connection, person.code) or ""
        member = StaffMember(person, known if secret is None else secret)
        foreign.put(page, [item(Staff((member,)))])


def test_whose_role_fell_is_stopped_at_the_next_act(desk: Desk, cashier: Session) -> None:
    payments.take(desk, cashier, paying(), NOW)
    put(desk, replace(CASHIER, role=Role.CLERK))
    with pytest.raises(NotAllowed):
        payments.take(desk, cashier, paying(OTHERS[0]), NOW)
    assert tries(desk) == [NotAllowedTried("REKHA", Right.TAKE_PAYMENT)]
    complaints.register(desk, cashier, complaining(), NOW)


def test_who_is_gone_can_do_nothing_any_more(desk: Desk, work: tuple[UUID, UUID], cashier: Session) -> None:
    put(desk, CASHIER, "")
    for right, press in BUTTONS.values():
        with pytest.raises(NotAllowed):
            press(desk, cashier, *work)
        assert tries(desk)[-1] == NotAllowedTried("REKHA", right)
    with pytest.raises(PasswordWrong):
        signed_in(desk)
    assert finding.recent(desk, cashier, NOW) == ()
    assert paper.in_doubt(desk, cashier) == ()


def test_a_new_role_holds_at_once_and_a_new_person_may_begin(desk: Desk) -> None:
    clerk = signed_in(desk, CLERK)
    put(desk, replace(CLERK, role=Role.CASHIER))
    with pytest.raises(DrawerMissing):  # the right is there, the drawer comes with the next sign-in
        payments.take(desk, clerk, paying(), NOW)
    payments.take(desk, signed_in(desk, CLERK), paying(), NOW)
    new = Person(UUID(int=99), "NEW", "नया", "New", Role.SUPERVISOR)
    put(desk, new, password_hash("क़लम दवात", memory_kib=64, passes=1))
    session = sign_in(desk, "new", "क़लम दवात", uuid4(), NOW + timedelta(minutes=1))
    assert session.person == new


def test_a_second_person_who_is_gone_or_fell_agrees_to_nothing(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(), NOW)
    word = Word(SUPERVISOR.code, PASSWORD)
    put(desk, replace(SUPERVISOR, role=Role.CASHIER))
    with pytest.raises(SecondMayNot):
        undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.OTHER, "", word, NOW)
    put(desk, SUPERVISOR, "")
    with pytest.raises(PasswordWrong):
        undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.OTHER, "", word, NOW)
