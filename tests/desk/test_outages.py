"""Outages: single complaints become one, late ones join it, restoring it closes each by its own rule."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from counter_app.desk import beside, complaint_steps, complaints, messages, outages
from counter_app.desk.complaints import Registered
from counter_app.desk.desk import Desk
from counter_app.domain.catalogue import Extent
from counter_app.domain.complaint import Answered, CallMade, CompensationClaimed, OutageTold, Stage
from counter_app.domain.complaint_life import told_of
from counter_app.domain.complaint_refusals import NothingToClaim
from counter_app.domain.network import Asset, AssetKind
from counter_app.domain.people import Session
from counter_app.domain.refusals import ReasonMissing, StepNotPossible
from counter_app.store.extracts import Counts, Extracts
from counter_app.store.rows import ComplaintRow
from tests.desk.small_office import (
    CLERK,
    NOW,
    NUMBERS,
    OTHERS,
    PLAIN,
    complaining,
    entries,
    faults,
    moving,
    nothing_recorded,
    signed_in,
)

HOUSE, AREA, VOLTAGE, WIRE = "11", "12", "13", "91"


def registering(
    desk: Desk, clerk: Session, consumer: str, key: str = HOUSE, *, join: bool = False, minutes: int = 0
) -> Registered:
    """Register a complaint of a consumer; all of the small office hang on one transformer."""
    draft = replace(complaining(consumer, key), join=join)
    return complaints.register(desk, clerk, draft, NOW + timedelta(minutes=minutes))


def stands(desk: Desk, clerk: Session, made: Registered) -> ComplaintRow:
    return complaints.complaint(desk, clerk, made.act, NOW)


def joined_by_the_third(desk: Desk, clerk: Session) -> tuple[Registered, UUID]:
    """A third complaint, which makes an outage of the two before it, and the outage."""
    third = registering(desk, clerk, NUMBERS[2], join=True)
    whole = stands(desk, clerk, third).state.joined
    assert whole is not None
    return third, whole


@pytest.fixture
def two(desk: Desk, clerk: Session) -> tuple[Registered, Registered]:
    """Two houses of one transformer without supply."""
    return registering(desk, clerk, NUMBERS[0]), registering(desk, clerk, NUMBERS[1])


@pytest.fixture
def clerk(desk: Desk) -> Session:
    """A clerk at the window."""
    return signed_in(desk, CLERK)


def test_the_third_of_a_transformer_proposes_an_outage(desk: Desk, clerk: Session) -> None:
    for number, thought in ((NUMBERS[0], 0), (NUMBERS[1], 0), (NUMBERS[2], 2)):
        outage = complaints.prepare(desk, clerk, number, NOW).line.outage
        assert (outage.complaints if outage else 0) == thought
        registering(desk, clerk, number)
    assert complaints.prepare(desk, clerk, NUMBERS[3], NOW + timedelta(hours=3)).line.outage is None


def test_joining_single_ones_makes_one_outage_with_a_number_of_its_own(
    desk: Desk, clerk: Session, two: tuple[Registered, Registered]
) -> None:
    third = registering(desk, clerk, NUMBERS[2], join=True)
    fourth = registering(desk, clerk, NUMBERS[3], VOLTAGE, join=True)
    whole = stands(desk, clerk, third).state.joined
    assert whole is not None
    for made in (*two, third, fourth):
        row = stands(desk, clerk, made)
        assert (row.state.stage, row.state.joined, row.state.attention) == (Stage.MERGED, whole, False)
    numbers = [one.number.serial for one in (*two, third, fourth)]
    assert (numbers, complaints.complaint(desk, clerk, whole, NOW).number.serial) == ([1, 2, 4, 5], 3)
    assert third.outage_job == whole
    assert (fourth.outage_job, faults(desk)) == (None, ())


def test_the_same_act_again_makes_no_second_outage(
    desk: Desk, clerk: Session, two: tuple[Registered, Registered]
) -> None:
    draft = replace(complaining(NUMBERS[2], HOUSE), join=True)
    first = complaints.register(desk, clerk, draft, NOW)
    before = entries(desk)
    assert complaints.register(desk, clerk, draft, NOW) == first
    assert entries(desk) == before


def test_restoring_closes_each_by_its_own_rule_and_late_ones_with_it(
    desk: Desk, clerk: Session, two: tuple[Registered, Registered]
) -> None:
    third = registering(desk, clerk, NUMBERS[2], join=True)
    dim = registering(desk, clerk, NUMBERS[3], VOLTAGE, join=True)
    late = registering(desk, clerk, NUMBERS[4])
    whole = stands(desk, clerk, third).state.joined
    assert whole is not None
    back = NOW + timedelta(minutes=50)
    complaint_steps.step(desk, clerk, moving(whole, Stage.ATTENDED, "जम्पर जोड़ा"), back)
    for made in (*two, third):
        assert stands(desk, clerk, made).state.stage is Stage.CLOSED
    assert stands(desk, clerk, dim).state.stage is Stage.ATTENDED
    assert stands(desk, clerk, late).state.stage is Stage.REGISTERED
    after = complaints.register(desk, clerk, complaining(NUMBERS[5], HOUSE), back + timedelta(minutes=5))
    outages.gather(desk, clerk, uuid4(), whole, back + timedelta(minutes=10))
    assert stands(desk, clerk, late).state.stage is Stage.CLOSED
    assert stands(desk, clerk, after).state.stage is Stage.REGISTERED
    assert complaints.prepare(desk, clerk, NUMBERS[6], back).line.outage is None
    assert faults(desk) == ()


def test_who_still_has_no_supply_opens_the_own_complaint_again(
    desk: Desk, clerk: Session, two: tuple[Registered, Registered]
) -> None:
    _, whole = joined_by_the_third(desk, clerk)
    complaint_steps.step(desk, clerk, moving(whole, Stage.ATTENDED), NOW + timedelta(minutes=50))
    again = complaint_steps.step(desk, clerk, moving(two[0].act, Stage.REOPENED), NOW + timedelta(hours=1))
    assert (again.state.stage, again.state.joined) == (Stage.REOPENED, None)
    assert stands(desk, clerk, two[1]).state.stage is Stage.CLOSED


def test_two_outages_of_one_line_are_gathered_under_the_older(desk: Desk, clerk: Session) -> None:
    older, newer = (registering(desk, clerk, number, AREA, minutes=n) for n, number in enumerate(OTHERS[:2]))
    single = registering(desk, clerk, PLAIN, minutes=2)
    kept = outages.gather(desk, clerk, uuid4(), newer.act, NOW + timedelta(minutes=5))
    assert kept.act == older.act
    for made in (newer, single):
        assert stands(desk, clerk, made).state.joined == older.act
    with nothing_recorded(desk), pytest.raises(StepNotPossible):
        outages.gather(desk, clerk, uuid4(), older.act, NOW + timedelta(minutes=6))
    with nothing_recorded(desk), pytest.raises(StepNotPossible):
        outages.gather(desk, clerk, uuid4(), single.act, NOW + timedelta(minutes=6))


def test_parts_of_a_withdrawn_outage_stand_by_themselves_again(
    desk: Desk, clerk: Session, two: tuple[Registered, Registered]
) -> None:
    complaint_steps.step(desk, clerk, moving(two[0].act, Stage.ASSIGNED, "", to="रमेश"), NOW)
    third, whole = joined_by_the_third(desk, clerk)
    complaint_steps.step(desk, clerk, moving(whole, Stage.WITHDRAWN, "गलत"), NOW + timedelta(minutes=5))
    stages = [stands(desk, clerk, made).state.stage for made in (*two, third)]
    assert stages == [Stage.ASSIGNED, Stage.REGISTERED, Stage.REGISTERED]
    assert {stands(desk, clerk, made).state.joined for made in (*two, third)} == {None}
    # Each can be worked at, and they make an outage again.
    complaint_steps.step(desk, clerk, moving(third.act, Stage.ON_SITE), NOW + timedelta(minutes=6))
    fourth = registering(desk, clerk, NUMBERS[3], join=True, minutes=7)
    again = stands(desk, clerk, fourth).state.joined
    assert again not in {None, whole}
    for made in (*two, third):
        row = stands(desk, clerk, made)
        assert (row.state.stage, row.state.joined, row.state.attention) == (Stage.MERGED, again, False)
    # The first outage, opened again, takes none of them back.
    complaint_steps.step(desk, clerk, moving(whole, Stage.REOPENED), NOW + timedelta(minutes=9))
    assert {stands(desk, clerk, made).state.joined for made in (*two, third)} == {again}
    assert faults(desk) == ()


@pytest.mark.parametrize(
    ("moved", "parts"),
    [
        ((), 3),
        ((("part", Stage.REOPENED),), 2),
        ((("part", Stage.WITHDRAWN),), 2),
        ((("whole", Stage.ATTENDED),), 3),
        ((("whole", Stage.WITHDRAWN),), 0),
        ((("whole", Stage.WITHDRAWN), ("whole", Stage.REOPENED)), 3),
    ],
)
def test_as_many_stand_beside_an_outage_as_are_told_of_it(
    desk: Desk, clerk: Session, two: tuple[Registered, Registered], moved: tuple[tuple[str, Stage], ...],
    parts: int,
) -> None:  # fmt: skip
    third, whole = joined_by_the_third(desk, clerk)
    for minutes, (which, stage) in enumerate(moved, 5):
        act = whole if which == "whole" else third.act
        complaint_steps.step(desk, clerk, moving(act, stage, "गलत"), NOW + timedelta(minutes=minutes))
    later = NOW + timedelta(minutes=20)
    told = messages.prepare(desk, clerk, whole, later)
    assert len(told) - 1 == beside.beside(desk, clerk, whole, later).parts == parts


def test_an_outage_opened_again_has_its_parts_back_where_nobody_moved_them(
    desk: Desk, clerk: Session, two: tuple[Registered, Registered]
) -> None:
    third, whole = joined_by_the_third(desk, clerk)
    complaint_steps.step(desk, clerk, moving(whole, Stage.WITHDRAWN), NOW + timedelta(minutes=5))
    complaint_steps.step(desk, clerk, moving(third.act, Stage.ASSIGNED), NOW + timedelta(minutes=6))
    complaint_steps.step(desk, clerk, moving(whole, Stage.REOPENED), NOW + timedelta(minutes=7))
    complaint_steps.step(desk, clerk, moving(whole, Stage.ATTENDED), NOW + timedelta(minutes=8))
    assert [stands(desk, clerk, made).state.stage for made in (*two, third)] == [
        Stage.CLOSED, Stage.CLOSED, Stage.ASSIGNED,
    ]  # fmt: skip
    assert faults(desk) == ()


def test_gathering_by_the_same_act_again_gathers_nothing_more(desk: Desk, clerk: Session) -> None:
    area = registering(desk, clerk, OTHERS[0], AREA)
    singles = [registering(desk, clerk, number, minutes=1) for number in NUMBERS[:2]]
    act = uuid4()
    kept = outages.gather(desk, clerk, act, area.act, NOW + timedelta(minutes=5))
    late = registering(desk, clerk, NUMBERS[2], minutes=6)
    with nothing_recorded(desk):
        assert outages.gather(desk, clerk, act, area.act, NOW + timedelta(minutes=9)) == kept
        assert outages.gather(desk, clerk, act, uuid4(), NOW + timedelta(minutes=9)) == kept
    assert [stands(desk, clerk, made).state.stage for made in (*singles, late)] == [
        Stage.MERGED, Stage.MERGED, Stage.REGISTERED,
    ]  # fmt: skip


def test_where_the_list_has_no_type_for_a_whole_line_no_outage_is_proposed(
    desk: Desk, clerk: Session, two: tuple[Registered, Registered]
) -> None:
    known = desk.rules.complaints
    parts = tuple(
        replace(one, types=tuple(kind for kind in one.types if kind.outage is not Extent.WHOLE))
        for one in known.catalogues
    )
    single = known._replace(catalogues=parts)
    desk = replace(desk, rules=replace(desk.rules, read_complaints=lambda: single))
    assert complaints.prepare(desk, clerk, NUMBERS[2], NOW).line.outage is None
    third = registering(desk, clerk, NUMBERS[2], join=True)
    assert (stands(desk, clerk, third).state.stage, third.outage_job) == (Stage.REGISTERED, None)


def test_what_is_done_is_neither_a_sign_of_an_outage_nor_gathered(
    desk: Desk, clerk: Session, two: tuple[Registered, Registered]
) -> None:
    complaint_steps.step(desk, clerk, moving(two[0].act, Stage.ATTENDED), NOW)
    assert complaints.prepare(desk, clerk, NUMBERS[2], NOW).line.outage is None
    area = registering(desk, clerk, OTHERS[0], AREA)
    outages.gather(desk, clerk, uuid4(), area.act, NOW + timedelta(minutes=5))
    assert [stands(desk, clerk, made).state.stage for made in two] == [Stage.ATTENDED, Stage.MERGED]


@pytest.mark.parametrize(
    ("typed", "cause", "expected"),
    [
        ("जम्पर टूटा 18:30", "जम्पर टूटा", "2026-03-12T13:00:00+00:00"),
        ("tree fell, ०९:०५", "tree fell", "2026-03-13T03:35:00+00:00"),
        ("पोल 18 गिरा", "पोल 18 गिरा", None),
    ],
)
def test_the_cause_and_the_next_such_time_are_told(
    desk: Desk, clerk: Session, typed: str, cause: str, expected: str | None
) -> None:
    area = registering(desk, clerk, PLAIN, AREA)
    row = outages.tell(desk, clerk, uuid4(), area.act, typed, NOW)
    told = told_of(row.state, row.events)
    assert isinstance(told, OutageTold)
    assert (told.cause, told.expected_at.isoformat() if told.expected_at else None) == (cause, expected)
    outage = complaints.prepare(desk, clerk, OTHERS[0], NOW).line.outage
    assert outage is not None
    assert outage.told == told
    with pytest.raises(ReasonMissing):
        outages.tell(desk, clerk, uuid4(), area.act, "18:30", NOW)


def test_a_pole_that_was_read_out_names_its_transformer_and_feeder(desk: Desk, clerk: Session) -> None:
    with desk.book.writing() as page:
        known = [
            Asset(AssetKind.POLE, "P-1", "", "", "2214070018", "GM-18/6"),
            Asset(AssetKind.DTR, "2214070018", "", "", "F-07", "18"),
        ]
        Extracts(page).put_assets(known, Counts())
    draft = replace(complaining("", WIRE), landmark="", answers=(Answered("pole", "GM-18/6"),))
    made = complaints.register(desk, clerk, draft, NOW).registered
    assert (made.pole, made.dtr, made.feeder) == ("P-1", "2214070018", "F-07")
    unknown = replace(complaining("", WIRE), landmark="", answers=(Answered("pole", "7/ख"),))
    made = complaints.register(desk, clerk, unknown, NOW).registered
    assert (made.pole, made.dtr, made.feeder) == ("7/ख", "", "")


def test_compensation_is_claimed_once_and_within_its_days(desk: Desk, clerk: Session) -> None:
    made = registering(desk, clerk, PLAIN)
    with nothing_recorded(desk), pytest.raises(NothingToClaim):
        complaint_steps.claim(desk, clerk, uuid4(), made.act, NOW + timedelta(hours=4))
    late = NOW + timedelta(hours=30)
    assert complaint_steps.compensation(desk, stands(desk, clerk, made), late) == (200_00, 0)
    with nothing_recorded(desk), pytest.raises(NothingToClaim):  # the days to come would be lost
        complaint_steps.claim(desk, clerk, uuid4(), made.act, late)
    done = NOW + timedelta(hours=60)
    complaint_steps.step(desk, clerk, moving(made.act, Stage.ATTENDED), done)
    act, gone = uuid4(), done + timedelta(days=31)
    assert complaint_steps.compensation(desk, stands(desk, clerk, made), gone) == (0, 0)
    row = complaint_steps.claim(desk, clerk, act, made.act, done + timedelta(days=2))
    (claimed,) = (event.said for event in row.events if isinstance(event.said, CompensationClaimed))
    assert (claimed.amount, claimed.until) == (300_00, done)
    assert complaint_steps.claim(desk, clerk, act, made.act, late) == row
    assert complaint_steps.compensation(desk, row, late) == (0, 0)


def test_for_the_months_in_which_it_was_agreed_to_be_done_nothing_is_due(desk: Desk, clerk: Session) -> None:
    """Closed in time by the consumer's signature, and opened again after 150 days: not Rs 15,000."""
    made = registering(desk, clerk, PLAIN)
    agreed = NOW + timedelta(hours=1)
    complaint_steps.step(desk, clerk, moving(made.act, Stage.CLOSED), agreed)
    again = agreed + timedelta(days=150)
    row = complaint_steps.step(desk, clerk, moving(made.act, Stage.REOPENED), again)
    assert row.promise.due_at == again + timedelta(hours=3)
    for later, due in ((timedelta(hours=3), 0), (timedelta(hours=4), 100_00), (timedelta(hours=30), 200_00)):
        assert complaint_steps.compensation(desk, row, again + later).due == due
    done = again + timedelta(hours=30)
    complaint_steps.step(desk, clerk, moving(made.act, Stage.ATTENDED), done)
    row = complaint_steps.claim(desk, clerk, uuid4(), made.act, done)
    (claimed,) = (event.said for event in row.events if isinstance(event.said, CompensationClaimed))
    assert (claimed.amount, claimed.until - claimed.due_at) == (200_00, timedelta(hours=27))
    assert faults(desk) == ()


def test_a_withdrawn_complaint_has_nothing_to_claim(desk: Desk, clerk: Session) -> None:
    made = registering(desk, clerk, PLAIN, "16")
    late = NOW + timedelta(hours=30)
    assert complaint_steps.compensation(desk, stands(desk, clerk, made), late) == (100_00, 100_00)
    complaint_steps.step(desk, clerk, moving(made.act, Stage.WITHDRAWN), late)
    with nothing_recorded(desk), pytest.raises(NothingToClaim):
        complaint_steps.claim(desk, clerk, uuid4(), made.act, late)


def test_the_ladder_that_was_promised_is_recorded(desk: Desk, clerk: Session) -> None:
    made = registering(desk, clerk, PLAIN, "21").registered
    assert [(due.level, due.due_at) for due in made.ladder] == [
        ("zone", NOW + timedelta(hours=48)),
        ("division", NOW + timedelta(hours=72)),
        ("circle", NOW + timedelta(hours=120)),
    ]
    assert made.due_at == NOW + timedelta(hours=120)


@pytest.mark.parametrize(
    ("typed", "whom", "phone"),
    [("JE शर्मा 9826000001", "JE शर्मा", "9826000001"), ("1912", "", "1912"), ("लाइन टीम 2", "लाइन टीम 2", "")],
)
def test_a_call_says_whom(desk: Desk, clerk: Session, typed: str, whom: str, phone: str) -> None:
    made = registering(desk, clerk, PLAIN, WIRE)
    row = complaint_steps.note_call(desk, clerk, uuid4(), made.act, typed, NOW)
    (called,) = (event.said for event in row.events)
    assert isinstance(called, CallMade)
    assert (called.whom, called.phone, called.by) == (whom, phone, "SUNIL")
    with nothing_recorded(desk), pytest.raises(ReasonMissing):
        complaint_steps.note_call(desk, clerk, uuid4(), made.act, " ", NOW)
