"""Requests at the window: what each asks for, what is recorded, and what the slip says."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from counter_app.desk import complaints, requests, sheets
from counter_app.desk.desk import Desk
from counter_app.desk.requests import RequestDraft
from counter_app.domain.complaint import (
    AboutComplaint,
    Answered,
    CallMade,
    CentralNumberNoted,
    ComplaintRegistered,
    ComplaintStep,
    OutageTold,
    Stage,
    impersonal,
)
from counter_app.domain.complaint_refusals import (
    AgreementMissing,
    AnswerMissing,
    AnswerNoDay,
    AnswerNoMobile,
    AnswerNoNumber,
    ReadingAhead,
)
from counter_app.domain.entry import Kind
from counter_app.domain.people import Session
from counter_app.domain.refusals import ComplaintTypeUnknown, ConsumerUnknown, NumberIncomplete, Refused
from counter_app.domain.request import missing_proofs
from counter_app.store import finds
from tests.desk.small_office import NO_BILL, NOW, PLAIN, complaining, nothing_recorded, payloads
from tests.documents.looking import words_of

ACT = UUID(int=7)
READING, MOBILE, PAPERLESS, NAME, HEIR, ADDRESS, LOAD, CATEGORY, NEW, RECONNECT, LEAVING = (
    "61", "62", "63", "64", "65", "66", "67", "68", "71", "72", "73"
)  # fmt: skip


def asking(key: str, consumer: str = PLAIN, **changed: Any) -> RequestDraft:
    """A request as a clerk would type it."""
    said: dict[str, dict[str, str]] = {
        READING: {"reading": "4,210", "read_on": "11/03/2026"},
        MOBILE: {"new_mobile": "+91 98930 11223"},
        NAME: {"new_name": "गीता मालवीय"},
        HEIR: {"heir": "गीता मालवीय", "relation": "पत्नी"},
        ADDRESS: {"new_address": "116, गांधी मोहल्ला"},
        LOAD: {"new_load": "२.5"},
        CATEGORY: {"new_category": "दुकान"},
        NEW: {"applicant": "राम सिंह", "site": "नई बस्ती, वार्ड 9"},
        LEAVING: {"vacates_on": "31/03/2026"},
    }
    agreed = key in {MOBILE, PAPERLESS}
    proofs = frozenset({"who_asks"}) if agreed else frozenset()
    draft = RequestDraft(
        uuid4(), "" if key == NEW else consumer, key, "9826048210", "", said.get(key, {}), proofs, agreed
    )
    return replace(draft, **changed)


def asked(desk: Desk, session: Session, draft: RequestDraft) -> ComplaintRegistered:
    return requests.register(desk, session, draft, NOW).registered


@pytest.mark.parametrize(
    "key", [READING, MOBILE, PAPERLESS, NAME, HEIR, ADDRESS, LOAD, CATEGORY, NEW, RECONNECT, LEAVING]
)
def test_every_request_gets_a_number_a_slip_and_a_place_in_the_status_list(
    desk: Desk, cashier: Session, key: str
) -> None:
    made = requests.register(desk, cashier, asking(key), NOW)
    assert str(made.number).startswith("2214-2-C00001-")
    with desk.book.reading() as connection:
        job = finds.job(connection, made.job)
        assert job is not None
        said = words_of(sheets.slip(desk, connection, job, NOW))
    assert all(text in said for text in (str(made.number), made.type.name_hi, "अनुरोध पावती"))
    assert "1912 में अभी दर्ज नहीं" not in said
    (row,) = complaints.status(desk, cashier, "C1", NOW)
    assert row.act == made.act
    (entry,) = payloads(desk, Kind.COMPLAINT_REGISTERED)
    assert entry == made.registered


def test_answers_are_recorded_as_they_are_meant(desk: Desk, cashier: Session) -> None:
    assert asked(desk, cashier, asking(READING)).answers == (
        Answered("reading", "4210"), Answered("read_on", "2026-03-11")
    )  # fmt: skip
    assert asked(desk, cashier, asking(LOAD)).answers == (Answered("new_load", "2.5"),)
    assert asked(desk, cashier, asking(MOBILE)).answers == (
        Answered("new_mobile", "9893011223"), Answered("proofs", "who_asks"), Answered("agreed", "mobile")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "changed", "refusal"),
    [
        (READING, {"answers": {"read_on": "11/03/2026"}}, AnswerMissing),
        (READING, {"answers": {"reading": "4 हजार", "read_on": "11/03/2026"}}, AnswerNoNumber),
        (READING, {"answers": {"reading": "4210", "read_on": "31/02/2026"}}, AnswerNoDay),
        (READING, {"answers": {"reading": "4210", "read_on": "13/03/2026"}}, ReadingAhead),
        (MOBILE, {"answers": {"new_mobile": "98930"}}, AnswerNoMobile),
        (MOBILE, {"agreed": False}, AgreementMissing),
        (MOBILE, {"proofs": frozenset()}, AgreementMissing),
        (PAPERLESS, {"agreed": False}, AgreementMissing),
        (NAME, {"consumer": ""}, NumberIncomplete),
        (NAME, {"consumer": "N9999999999"}, ConsumerUnknown),
        ("24", {}, ComplaintTypeUnknown),
    ],
)  # fmt: skip
def test_what_is_missing_or_cannot_be_is_refused_and_nothing_recorded(
    desk: Desk, cashier: Session, key: str, changed: dict[str, Any], refusal: type[Refused]
) -> None:
    with nothing_recorded(desk), pytest.raises(refusal):
        requests.register(desk, cashier, asking(key, **changed), NOW)


def test_the_same_act_again_is_the_same_request(desk: Desk, cashier: Session) -> None:
    draft = asking(READING)
    first = requests.register(desk, cashier, draft, NOW)
    assert requests.register(desk, cashier, replace(draft, answers={}), NOW) == first
    assert len(payloads(desk, Kind.COMPLAINT_REGISTERED)) == 1


def test_an_act_that_stands_for_a_complaint_is_not_lost_for_a_request(desk: Desk, cashier: Session) -> None:
    complaint = complaints.register(desk, cashier, complaining(), NOW)
    with nothing_recorded(desk):
        assert (
            requests.register(desk, cashier, asking(NAME, act=complaint.act), NOW).number == complaint.number
        )


def test_papers_that_were_not_seen_are_still_to_be_shown(desk: Desk, cashier: Session) -> None:
    made = requests.register(desk, cashier, asking(RECONNECT, proofs=frozenset({"dues_paid"})), NOW)
    assert missing_proofs(made.type, made.registered.answers) == ("charges_paid",)
    with desk.book.reading() as connection:
        job = finds.job(connection, made.job)
        assert job is not None
        said = words_of(sheets.slip(desk, connection, job, NOW))
    assert said.index("देखा गया") < said.index("बकाया या तय किस्त") < said.index("दिखाना बाकी")


def test_a_complaint_is_registered_by_its_own_page_and_a_request_by_its_own(
    desk: Desk, cashier: Session
) -> None:
    with nothing_recorded(desk), pytest.raises(ComplaintTypeUnknown):
        complaints.register(desk, cashier, complaining(key=MOBILE), NOW)
    offered = complaints.prepare(desk, cashier, PLAIN, NOW).catalogue
    assert not any(kind.request for kind in offered.types)
    form = requests.prepare(desk, cashier, PLAIN, NOW)
    assert all(kind.request and kind.source for kind in form.catalogue.types)
    assert len(form.catalogue.types) == 11


def test_the_page_knows_the_last_reading(desk: Desk, cashier: Session) -> None:
    reading = requests.prepare(desk, cashier, PLAIN, NOW).last_reading
    assert reading is not None
    assert requests.prepare(desk, cashier, NO_BILL, NOW).last_reading is None
    assert requests.prepare(desk, cashier, "", NOW).consumer is None


def test_nothing_of_a_person_is_left_once_it_is_erased(desk: Desk, cashier: Session) -> None:
    made = asked(desk, cashier, asking(MOBILE, note="घर के सामने"))
    left = impersonal(made)
    assert isinstance(left, ComplaintRegistered)
    assert (left.mobile, left.note, left.answers) == ("", "", ())


@pytest.mark.parametrize(
    "said",
    [
        CallMade(ACT, "सुरेश जी", "9826048200", NOW, "R01"),
        OutageTold(ACT, "सुरेश जी के घर के पास, 9826048200", NOW, NOW, "R01"),
        ComplaintStep(ACT, Stage.ASSIGNED, NOW, "R01", "सुरेश जी के घर", (), "सुरेश 9826048200"),
        CentralNumberNoted(ACT, "9826048200", NOW, "R01"),
    ],
    ids=lambda said: type(said).__name__,
)
def test_nothing_of_a_person_is_left_of_what_was_said_later(said: AboutComplaint) -> None:
    left = impersonal(said)
    assert "सुरेश" not in repr(left)
    assert "9826048200" not in repr(left)
    assert isinstance(left, AboutComplaint)
    assert (left.at, left.by, left.complaint) == (NOW, "R01", ACT)


def test_the_office_that_has_it_now_is_no_person() -> None:
    moved = ComplaintStep(ACT, Stage.TRANSFERRED, NOW, "R01", "वहाँ का है", (), "2215")
    assert impersonal(moved) == replace(moved, note="")


def test_a_refusal_names_the_field_that_is_wrong(desk: Desk, cashier: Session) -> None:
    for field, draft in (
        ("mobile", asking(MOBILE, mobile="98")),
        ("note", asking(MOBILE, note="क" * 501)),
        ("new_mobile", asking(MOBILE, answers={"new_mobile": "क" * 121})),
        ("new_mobile", asking(MOBILE, answers={"new_mobile": "98"})),
        ("new_mobile", asking(MOBILE, answers={})),
    ):
        with nothing_recorded(desk), pytest.raises(Refused) as refused:
            asked(desk, cashier, draft)
        assert refused.value.field == field


def test_a_preview_refuses_nothing(desk: Desk, cashier: Session) -> None:
    form = requests.prepare(desk, cashier, PLAIN, NOW)
    for kind in form.catalogue.types:
        draft = RequestDraft(uuid4(), PLAIN, kind.key, "98", "", {"read_on": "3", "reading": "x"})
        page = sheets.request_preview(desk, cashier, form, draft, kind, NOW)
        assert kind.name_en in words_of(page)
