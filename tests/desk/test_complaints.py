"""Registering complaints, telling their status, recording what happens to them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.desk import complaint_steps, complaints, payments
from counter_app.desk.complaints import ComplaintDraft
from counter_app.desk.desk import Desk
from counter_app.domain.acts import PaperState
from counter_app.domain.complaint import Answered, Consent, Stage
from counter_app.domain.network import Asset, AssetKind
from counter_app.domain.people import Session
from counter_app.domain.refusals import (
    ActUsedElsewhere,
    CardNumberTyped,
    ComplaintTypeUnknown,
    ConsumerUnknown,
    HiddenCharacters,
    MobileWrong,
    NumberIncomplete,
    PlaceMissing,
    Refused,
    TextTooLong,
)
from counter_app.store import finds
from counter_app.store.extracts import Counts, Extracts
from tests.desk.small_office import (
    CLERK,
    NOW,
    PLAIN,
    RURAL,
    complaining,
    moving,
    nothing_recorded,
    paying,
    signed_in,
)

LINES = (
    Asset(AssetKind.FEEDER, "F-07", "गांधी मोहल्ला", "Gandhi Mohalla", "", ""),
    Asset(AssetKind.DTR, "2214070018", "पानी की टंकी", "Pani ki Tanki", "F-07", "GM-7"),
    Asset(AssetKind.DTR, "2214080001", "मंडी", "Mandi", "F-08", ""),
)


@pytest.fixture
def clerk(desk: Desk) -> Session:
    return signed_in(desk, CLERK)


def test_a_complaint_is_recorded_with_its_slip(desk: Desk, clerk: Session) -> None:
    draft = complaining(PLAIN, "११", mobile="+91 98260-48210", note="  रात   से बंद\n")
    answer = complaints.register(desk, clerk, draft, NOW)
    assert answer.number.stem == "2214-2-C00001"
    assert len(answer.number.letters) == 3
    kept = answer.registered
    assert (kept.consumer, kept.type, kept.mobile) == (PLAIN, "SUP-04", "9826048210")
    assert (kept.landmark, kept.note, kept.dtr) == ("शिव मंदिर के पास", "रात से बंद", "2214070018")
    assert kept.due_at == NOW + timedelta(hours=4)
    with desk.book.reading() as connection:
        job = finds.job(connection, answer.job)
    assert job is not None
    assert (job.state, job.copy) == (PaperState.WAITING, 1)


def test_the_service_limit_is_that_of_the_consumers_area(desk: Desk, clerk: Session) -> None:
    assert complaints.register(
        desk, clerk, complaining(RURAL, "11"), NOW
    ).registered.due_at == NOW + timedelta(hours=24)


def test_a_place_without_a_consumer(desk: Desk, clerk: Session) -> None:
    form = complaints.prepare(desk, clerk, "", NOW)
    assert (form.consumer, form.earlier, form.next_number.stem) == (None, (), "2214-2-C00001")
    answer = complaints.register(desk, clerk, complaining("", "91", mobile=""), NOW)
    assert answer.type.dangerous
    assert (answer.registered.consumer, answer.registered.urban, answer.name_hi) == ("", True, "")


def test_of_an_anonymous_report_nobody_is_kept(desk: Desk, clerk: Session) -> None:
    answer = complaints.register(desk, clerk, complaining(PLAIN, "52"), NOW)
    assert (answer.registered.consumer, answer.registered.mobile, answer.registered.dtr) == ("", "", "")


def test_the_form_shows_earlier_complaints(desk: Desk, clerk: Session) -> None:
    first = complaints.register(desk, clerk, complaining(), NOW)
    form = complaints.prepare(desk, clerk, PLAIN, NOW)
    assert [row.act for row in form.earlier] == [first.act]
    assert form.next_number.stem == "2214-2-C00002"


def test_the_same_act_again_is_the_same_complaint(desk: Desk, clerk: Session) -> None:
    draft = complaining()
    answer = complaints.register(desk, clerk, draft, NOW)
    with nothing_recorded(desk):
        for again in (
            draft,
            replace(draft, type_key="??", landmark="\u202e" * 500),
            replace(draft, mobile="1"),
        ):
            assert complaints.register(desk, clerk, again, NOW + timedelta(days=3)) == answer


def test_an_act_of_a_payment_is_no_complaint(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(), NOW)
    with nothing_recorded(desk), pytest.raises(ActUsedElsewhere):
        complaints.register(desk, cashier, complaining(act=receipt.act), NOW)


REFUSED: list[tuple[type[Refused], ComplaintDraft]] = [
    (MobileWrong, complaining(mobile="982604821")),
    (MobileWrong, complaining(mobile="1826048210")),
    (MobileWrong, complaining(mobile="नौ आठ" * 5_000)),
    (ComplaintTypeUnknown, complaining(key="99")),
    (ComplaintTypeUnknown, complaining(key="")),
    (ComplaintTypeUnknown, complaining(key="11" * 10_000)),
    (PlaceMissing, complaining("", "91", landmark=" \n ")),
    (PlaceMissing, complaining(PLAIN, "52", landmark="")),
    (NumberIncomplete, complaining("", "24")),
    (NumberIncomplete, complaining("N22", "24")),
    (ConsumerUnknown, complaining("N2999999999")),
    (TextTooLong, complaining(landmark="क" * 10_000)),
    (TextTooLong, complaining(note="क" * 501)),
    (HiddenCharacters, complaining(note="a\u202eb")),
    (HiddenCharacters, complaining(landmark="a\x00b")),
    (HiddenCharacters, complaining(landmark="a\ud800b")),
    (CardNumberTyped, complaining(note="कार्ड 4111-1111-1111-1111 से दिया")),
    (CardNumberTyped, complaining(landmark="४१११११११११११११११")),
]


@pytest.mark.parametrize(("why", "draft"), REFUSED, ids=lambda value: getattr(value, "__name__", ""))
def test_what_cannot_be_registered_is_refused_and_changes_nothing(
    desk: Desk, clerk: Session, why: type[Refused], draft: ComplaintDraft
) -> None:
    with nothing_recorded(desk), pytest.raises(why) as refused:
        complaints.register(desk, clerk, draft, NOW)
    assert len(str(refused.value)) < 200
    assert complaints.register(desk, clerk, complaining(), NOW).registered.serial == 1


def test_status_by_everything_people_bring(desk: Desk, clerk: Session) -> None:
    answer = complaints.register(desk, clerk, complaining(PLAIN, note="x"), NOW)
    other = complaints.register(desk, clerk, complaining(RURAL, "21", mobile="7000012345"), NOW)
    for typed in (str(answer.number), answer.number.stem, "C1", "c००००१", PLAIN, "98260 48210"):
        assert [row.act for row in complaints.status(desk, clerk, typed, NOW)] == [answer.act], typed
    assert {row.act for row in complaints.status(desk, clerk, " ", NOW)} == {answer.act, other.act}
    for typed in ("\ud800", "x" * 10_000, "%", "' OR 1=1 --", "\u202e", '"*"', "N2999999999"):
        assert complaints.status(desk, clerk, typed, NOW) == (), typed


def test_status_by_the_line_it_hangs_on_also_of_what_is_closed(desk: Desk, clerk: Session) -> None:
    with desk.book.writing() as page:
        Extracts(page).put_assets(LINES, Counts())
    of_house = complaints.register(desk, clerk, complaining(PLAIN, "11"), NOW)
    of_feeder = Answered("feeder", "f-07")
    of_area = complaints.register(desk, clerk, complaining("", "12", answers=(of_feeder,)), NOW)
    moved = moving(of_house.act, Stage.CLOSED, note="9826048210, 16:30", consent=Consent.CALL_BACK)
    complaint_steps.step(desk, clerk, moved, NOW + timedelta(minutes=5))
    both = {of_house.act, of_area.act}
    for typed, found in (
        ("2214070018", {of_house.act}), ("GM-7", {of_house.act}), ("gm-7", {of_house.act}),
        ("पानी की टंकी", {of_house.act}), ("tanki", {of_house.act}), ("Gandhi Moh", both),
        ("गांधी मोहल्ला", both), ("f-07", both), ("F-0", set()), ("tanki gali", set()), ("F-08", set()),
    ):  # fmt: skip
        assert {row.act for row in complaints.status(desk, clerk, typed, NOW)} == found, typed


def test_the_catalogue_of_a_day(desk: Desk, clerk: Session) -> None:
    catalogue = complaints.types(desk, NOW.date())
    assert {kind.group for kind in catalogue.types} <= {group.key for group in catalogue.groups}
    answer = complaints.register(desk, clerk, complaining(), NOW)
    assert complaints.registered(desk, clerk, answer.act, NOW) == answer
    assert complaints.complaint(desk, clerk, answer.act, NOW).registered == answer.registered


def test_what_goes_above_the_office_is_not_listed_in_it(desk: Desk, clerk: Session) -> None:
    made = complaints.register(desk, clerk, complaining(PLAIN, "53"), NOW)
    assert [due.level for due in made.registered.ladder] == ["division"]
    for typed in ("", made.number.stem, PLAIN):
        assert complaints.status(desk, clerk, typed, NOW) == ()
    assert complaints.prepare(desk, clerk, PLAIN, NOW).earlier == ()


def test_who_reports_theft_is_not_recorded(desk: Desk, clerk: Session) -> None:
    (theft,) = (kind.key for kind in complaints.types(desk, NOW.date()).types if kind.anonymous)
    made = complaints.register(desk, clerk, complaining(PLAIN, theft), NOW).registered
    assert (made.consumer, made.mobile, made.dtr, made.feeder) == ("", "", "", "")
