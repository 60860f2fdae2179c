"""The life of a complaint at the desk: its steps, how it is closed, where it goes, its number at 1912."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from counter_app.desk import complaint_steps, complaints, paper, payments
from counter_app.desk.complaint_steps import StepDraft, consent_code
from counter_app.desk.desk import Desk
from counter_app.domain.central_refusals import OfficeCodeWrong
from counter_app.domain.complaint import Consent, Stage
from counter_app.domain.complaint_refusals import (
    CentralNumberWrong,
    ComplaintNotPart,
    ConsentCodeElsewhere,
    ConsentCodeOld,
    ConsentCodeWrong,
    ConsentMissing,
    NobodyNamed,
    OfficeItself,
    SilenceIsNoConsent,
    StepUnexplained,
)
from counter_app.domain.people import Session
from counter_app.domain.refusals import (
    ActUsedElsewhere,
    ComplaintUnknown,
    HiddenCharacters,
    Refused,
    StepNotPossible,
    TextTooLong,
)
from counter_app.store import finds, journal, reference
from counter_app.store.complaint_states import restate
from tests.desk import small_office
from tests.desk.small_office import (
    CLERK,
    NOW,
    PLAIN,
    RURAL,
    complaining,
    entries,
    faults,
    moving,
    nothing_recorded,
    paying,
    signed_in,
)
from tests.documents.looking import words_of
from tests.store.hearing import enrolled, hear
from tests.store.test_finds import known_complaint


@pytest.fixture
def clerk(desk: Desk) -> Session:
    return signed_in(desk, CLERK)


@pytest.fixture
def complaint(desk: Desk, clerk: Session) -> UUID:
    return complaints.register(desk, clerk, complaining(), NOW).act


def test_the_steps_of_a_complaint(desk: Desk, clerk: Session, complaint: UUID) -> None:
    at = NOW
    for stage in (
        Stage.FORWARDED,
        Stage.ASSIGNED,
        Stage.ON_SITE,
        Stage.ATTENDED,
        Stage.REOPENED,
        Stage.CLOSED,
    ):
        at += timedelta(minutes=10)
        row = complaint_steps.step(desk, clerk, moving(complaint, stage, "लाइनमैन रमेश"), at)
        assert (row.state.stage, row.state.since) == (stage, at)
    assert row.state.reopened == 1
    assert [step.by for step in row.state.steps] == ["SUNIL"] * 6
    assert [len(step.seen or ()) for step in row.state.steps] == [0, 1, 1, 1, 1, 1]
    assert complaints.status(desk, clerk, "", NOW) == ()


def test_attended_is_still_open(desk: Desk, clerk: Session, complaint: UUID) -> None:
    complaint_steps.step(desk, clerk, moving(complaint, Stage.ATTENDED), NOW)
    (row,) = complaints.status(desk, clerk, "", NOW)
    assert (row.act, row.state.open) == (complaint, True)


def test_a_step_that_does_not_follow(desk: Desk, clerk: Session, complaint: UUID) -> None:
    complaint_steps.step(desk, clerk, moving(complaint, Stage.CLOSED), NOW)
    for why, draft in (
        (StepNotPossible, moving(complaint, Stage.ATTENDED)),
        (ComplaintUnknown, moving(uuid4(), Stage.CLOSED)),
        (TextTooLong, moving(complaint, Stage.REOPENED, "क" * 10_000)),
        (HiddenCharacters, moving(complaint, Stage.REOPENED, "a\u202eb")),
    ):
        with nothing_recorded(desk), pytest.raises(why):
            complaint_steps.step(desk, clerk, draft, NOW)
    with nothing_recorded(desk), pytest.raises(ComplaintUnknown):
        complaints.registered(desk, clerk, uuid4(), NOW)


def test_the_same_step_again_is_one_step(desk: Desk, clerk: Session, complaint: UUID) -> None:
    other = complaints.register(desk, clerk, complaining(RURAL), NOW)
    draft = moving(complaint, Stage.CLOSED)
    row = complaint_steps.step(desk, clerk, draft, NOW)
    before = entries(desk)
    again = replace(draft, complaint=other.act, stage=Stage.ASSIGNED, note="x", consent=None)
    assert complaint_steps.step(desk, clerk, again, NOW) == row
    assert entries(desk) == before


def test_an_act_of_a_payment_is_no_step(desk: Desk, cashier: Session, complaint: UUID) -> None:
    receipt = payments.take(desk, cashier, paying(), NOW)
    with nothing_recorded(desk), pytest.raises(ActUsedElsewhere):
        complaint_steps.step(desk, cashier, moving(complaint, Stage.ASSIGNED, act=receipt.act), NOW)
    with nothing_recorded(desk), pytest.raises(ActUsedElsewhere):
        complaint_steps.note_central_number(desk, cashier, receipt.act, complaint, "1912-7", NOW)


@pytest.mark.parametrize("act", [UUID(int=1), UUID(int=(1 << 128) - 1)])
def test_a_clock_set_back_does_not_undo_a_step(
    desk: Desk, clerk: Session, complaint: UUID, act: UUID
) -> None:
    complaint_steps.step(desk, clerk, moving(complaint, Stage.ATTENDED, act=UUID(int=1 << 64)), NOW)
    reopened = moving(complaint, Stage.REOPENED, act=act)
    row = complaint_steps.step(desk, clerk, reopened, NOW - timedelta(hours=1))
    assert row.state.stage is Stage.REOPENED
    assert all(one.at < other.at for one, other in pairwise(row.state.steps))


# -- consent -----------------------------------------------------------------------------------------------


def closing(complaint: UUID, consent: Consent | None, code: str = "") -> StepDraft:
    return moving(complaint, Stage.CLOSED, consent=consent, code=code)


def code_of(desk: Desk, clerk: Session, complaint: UUID) -> str:
    """The code on a slip that prints now."""
    row = complaints.complaint(desk, clerk, complaint, NOW)
    with desk.book.reading() as connection:
        return consent_code(connection, row)


def test_it_is_closed_by_the_code_on_the_slip(desk: Desk, clerk: Session, complaint: UUID) -> None:
    code = code_of(desk, clerk, complaint)
    assert len(code) == 6
    assert code.isdigit()
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    for typed in ("", wrong, "x", code[:5], code + "0", "क" * 10_000):
        with nothing_recorded(desk), pytest.raises(ConsentCodeWrong):
            complaint_steps.step(desk, clerk, closing(complaint, Consent.CODE, typed), NOW)
    spoken = f" {code[:3]} {code[3:]} ".translate({ord(str(n)): chr(0x966 + n) for n in range(10)})
    row = complaint_steps.step(desk, clerk, closing(complaint, Consent.CODE, spoken), NOW)
    assert (row.state.open, row.state.steps[-1].consent) == (False, Consent.CODE)


def test_each_complaint_has_a_code_of_its_own(desk: Desk, clerk: Session, complaint: UUID) -> None:
    others = {complaints.register(desk, clerk, complaining(), NOW).act for _ in range(5)}
    assert len({code_of(desk, clerk, one) for one in (complaint, *others)}) > 3
    assert code_of(desk, clerk, complaint) == code_of(desk, clerk, complaint)


def test_the_code_of_an_old_slip_does_not_close_what_was_reopened(
    desk: Desk, clerk: Session, complaint: UUID
) -> None:
    old = code_of(desk, clerk, complaint)
    complaint_steps.step(desk, clerk, closing(complaint, Consent.CODE, old), NOW)
    complaint_steps.step(desk, clerk, moving(complaint, Stage.REOPENED), NOW + timedelta(minutes=5))
    late = NOW + timedelta(minutes=10)
    with nothing_recorded(desk), pytest.raises(ConsentCodeOld):
        complaint_steps.step(desk, clerk, closing(complaint, Consent.CODE, old), late)
    new = code_of(desk, clerk, complaint)
    copy = paper.ask_copy(desk, clerk, uuid4(), complaint, "खो गई", late)
    said = words_of(paper.page_of(desk, clerk, copy.job, late))
    assert (new in said, old in said) == (True, False)
    assert not complaint_steps.step(desk, clerk, closing(complaint, Consent.CODE, new), late).state.open


def test_without_consent_nothing_is_closed(desk: Desk, clerk: Session, complaint: UUID) -> None:
    with nothing_recorded(desk), pytest.raises(ConsentMissing):
        complaint_steps.step(desk, clerk, closing(complaint, None), NOW)
    complaint_steps.step(desk, clerk, moving(complaint, Stage.ATTENDED), NOW)
    for days in (0, 7, 400):
        with nothing_recorded(desk), pytest.raises(SilenceIsNoConsent):
            complaint_steps.step(desk, clerk, closing(complaint, Consent.SILENCE), NOW + timedelta(days=days))
    with nothing_recorded(desk), pytest.raises(StepUnexplained):
        complaint_steps.step(desk, clerk, closing(complaint, Consent.CALL_BACK), NOW)
    called = replace(closing(complaint, Consent.CALL_BACK), note="9826048210, 16:30")
    row = complaint_steps.step(desk, clerk, called, NOW)
    assert row.state.steps[-1].consent == Consent.CALL_BACK


def test_silence_counts_after_its_days_where_the_rules_say_so(
    desk: Desk, clerk: Session, complaint: UUID
) -> None:
    known = desk.rules.complaints
    silent = known._replace(catalogues=tuple(replace(one, silence_days=7) for one in known.catalogues))
    desk = replace(desk, rules=replace(desk.rules, read_complaints=lambda: silent))
    with pytest.raises(SilenceIsNoConsent):
        complaint_steps.step(desk, clerk, closing(complaint, Consent.SILENCE), NOW + timedelta(days=30))
    complaint_steps.step(desk, clerk, moving(complaint, Stage.ATTENDED), NOW)
    with pytest.raises(SilenceIsNoConsent):
        complaint_steps.step(desk, clerk, closing(complaint, Consent.SILENCE), NOW + timedelta(days=6))
    late = NOW + timedelta(days=7)
    assert not complaint_steps.step(desk, clerk, closing(complaint, Consent.SILENCE), late).state.open


def test_every_counter_of_the_office_takes_the_code_of_the_slip(
    desk: Desk, clerk: Session, complaint: UUID, tmp_path: Path
) -> None:
    """It follows from what the feed brings with the registration; an erased one has it nowhere any more."""
    code = code_of(desk, clerk, complaint)
    small_office.make(tmp_path / "other", counter=3)
    other = small_office.opened(tmp_path / "other")
    enrolled(other.book)
    neighbour = signed_in(other, CLERK)
    with desk.book.reading() as connection:
        (found,) = (one for one in journal.entries(connection) if one.header.act == complaint)
    hear(other.book, found)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    with nothing_recorded(other), pytest.raises(ConsentCodeWrong):
        complaint_steps.step(other, neighbour, closing(complaint, Consent.CODE, wrong), NOW)
    row = complaint_steps.step(other, neighbour, closing(complaint, Consent.CODE, code), NOW)
    assert (row.state.open, row.state.steps[-1].consent) == (False, Consent.CODE)
    assert faults(other) == ()
    other.book.close()


def test_a_code_of_which_nothing_is_here_closes_nothing(desk: Desk, clerk: Session) -> None:
    elsewhere = uuid4()
    with desk.book.writing() as page:
        reference.put_known_complaints(page, [known_complaint(elsewhere)])
        restate(page.connection, elsewhere)
    assert code_of(desk, clerk, elsewhere) == ""
    for typed in ("", "000000"):
        with nothing_recorded(desk), pytest.raises(ConsentCodeElsewhere):
            complaint_steps.step(desk, clerk, closing(elsewhere, Consent.CODE, typed), NOW)
    assert not complaint_steps.step(desk, clerk, closing(elsewhere, Consent.SIGNATURE), NOW).state.open


# -- elsewhere -----------------------------------------------------------------------------------------------


def test_the_wrong_office_hands_it_over_with_a_trace(desk: Desk, clerk: Session, complaint: UUID) -> None:
    row = complaint_steps.step(desk, clerk, moving(complaint, Stage.TRANSFERRED, to=" २२१५ "), NOW)
    assert (row.state.office, row.state.open, row.state.steps[-1].to) == ("2215", True, "2215")
    row = complaint_steps.step(desk, clerk, moving(complaint, Stage.TRANSFERRED, to="2214"), NOW)
    assert (row.state.office, [step.to for step in row.state.steps]) == ("2214", ["2215", "2214"])


@pytest.mark.parametrize(
    ("why", "to"), [(OfficeCodeWrong, ""), (OfficeCodeWrong, "22 14"), (OfficeItself, "2214")]
)
def test_an_office_that_cannot_be(
    desk: Desk, clerk: Session, complaint: UUID, why: type[Refused], to: str
) -> None:
    with nothing_recorded(desk), pytest.raises(why):
        complaint_steps.step(desk, clerk, moving(complaint, Stage.TRANSFERRED, to=to), NOW)


def test_a_complaint_becomes_a_part_of_another(desk: Desk, clerk: Session, complaint: UUID) -> None:
    other = complaints.register(desk, clerk, complaining(RURAL), NOW)
    row = complaint_steps.step(desk, clerk, moving(complaint, Stage.MERGED, into=str(other.number)), NOW)
    assert (row.state.stage, row.state.joined, row.state.open) == (Stage.MERGED, other.act, True)
    # What it is a part of is done: so is it, and the consumer is still asked.
    complaint_steps.step(desk, clerk, moving(other.act, Stage.ATTENDED), NOW + timedelta(hours=1))
    row = complaints.complaint(desk, clerk, complaint, NOW)
    assert (row.state.stage, row.state.done_at) == (Stage.ATTENDED, NOW + timedelta(hours=1))
    complaint_steps.step(desk, clerk, moving(other.act, Stage.REOPENED), NOW + timedelta(hours=2))
    assert complaints.complaint(desk, clerk, complaint, NOW).state.stage is Stage.MERGED


def test_it_can_be_no_part_of_itself_nor_of_its_own_part(desk: Desk, clerk: Session, complaint: UUID) -> None:
    other = complaints.register(desk, clerk, complaining(RURAL), NOW)
    own = complaints.registered(desk, clerk, complaint, NOW).number
    complaint_steps.step(desk, clerk, moving(complaint, Stage.MERGED, into=str(other.number)), NOW)
    for act, into, why in (
        (other.act, str(other.number), ComplaintNotPart),
        (other.act, str(own), ComplaintNotPart),
        (other.act, "2214-2-C00099", ComplaintUnknown),
        (other.act, "", ComplaintUnknown),
        (other.act, "क" * 10_000, ComplaintUnknown),
    ):
        with nothing_recorded(desk), pytest.raises(why):
            complaint_steps.step(desk, clerk, moving(act, Stage.MERGED, into=into), NOW)
    complaint_steps.step(desk, clerk, moving(other.act, Stage.CLOSED), NOW)
    third = complaints.register(desk, clerk, complaining(PLAIN), NOW)
    with nothing_recorded(desk), pytest.raises(ComplaintNotPart):
        complaint_steps.step(desk, clerk, moving(third.act, Stage.MERGED, into=str(other.number)), NOW)


def test_a_withdrawn_complaint_is_over_until_it_is_reopened(
    desk: Desk, clerk: Session, complaint: UUID
) -> None:
    assert not complaint_steps.step(desk, clerk, moving(complaint, Stage.WITHDRAWN), NOW).state.open
    assert complaint_steps.step(desk, clerk, moving(complaint, Stage.REOPENED), NOW).state.open


# -- 1912 --------------------------------------------------------------------------------------------------


def test_the_number_at_1912_joins_the_same_record(desk: Desk, clerk: Session, complaint: UUID) -> None:
    act = uuid4()
    row = complaint_steps.note_central_number(desk, clerk, act, complaint, " २०२६०३१२ 00318 ", NOW)
    assert row.central_number == "2026031200318"
    assert complaint_steps.note_central_number(desk, clerk, act, complaint, "other", NOW) == row
    assert [one.act for one in complaints.status(desk, clerk, "2026031200318", NOW)] == [complaint]
    row = complaint_steps.note_central_number(desk, clerk, uuid4(), complaint, "2026031200319", NOW)
    assert row.central_number == "2026031200319"
    assert complaints.status(desk, clerk, "2026031200318", NOW) == ()
    for typed in ("", "123", "x" * 41, "a b\u202ec", "नंबर"):
        with nothing_recorded(desk), pytest.raises(CentralNumberWrong):
            complaint_steps.note_central_number(desk, clerk, uuid4(), complaint, typed, NOW)
    with desk.book.reading() as connection:
        assert finds.open_complaints(connection, ())[0].central_number == "2026031200319"


def test_the_slip_and_its_copies_bear_the_code_but_not_of_who_stays_unknown(
    desk: Desk, clerk: Session, complaint: UUID
) -> None:
    copy = paper.ask_copy(desk, clerk, uuid4(), complaint, "खो गई", NOW)
    for job in (complaint, copy.job):
        assert code_of(desk, clerk, complaint) in words_of(paper.page_of(desk, clerk, job, NOW))
    anonymous = complaints.register(desk, clerk, complaining(PLAIN, "52"), NOW)
    said = words_of(paper.page_of(desk, clerk, anonymous.job, NOW))
    assert code_of(desk, clerk, anonymous.act) not in said


def test_the_slip_of_what_is_withdrawn_asks_nobody_to_telephone_1912(desk: Desk, clerk: Session) -> None:
    off = complaints.register(desk, clerk, complaining(PLAIN, "11"), NOW)

    def said() -> str:
        return " ".join(words_of(paper.page_of(desk, clerk, off.job, NOW)).split())

    asks = "There is no line to the centre now: telephone 1912 as well."
    assert asks in said()
    complaint_steps.step(desk, clerk, moving(off.act, Stage.WITHDRAWN, "supply came back"), NOW)
    assert asks not in said()


@pytest.mark.parametrize(
    ("draft", "refused"),
    [
        (StepDraft(uuid4(), uuid4(), Stage.WITHDRAWN), StepUnexplained),
        (StepDraft(uuid4(), uuid4(), Stage.ASSIGNED), NobodyNamed),
        (StepDraft(uuid4(), uuid4(), Stage.FORWARDED, to=" "), NobodyNamed),
    ],
)
def test_a_step_says_why_or_to_whom(
    desk: Desk, clerk: Session, complaint: UUID, draft: StepDraft, refused: type[Refused]
) -> None:
    with nothing_recorded(desk), pytest.raises(refused):
        complaint_steps.step(desk, clerk, replace(draft, complaint=complaint), NOW)
