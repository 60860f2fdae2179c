"""What goes above the office leaves no trace in it: not in a list, a search, a count, a paper or a file."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest

from counter_app.desk import (
    archive,
    board,
    books,
    centre,
    complaint_steps,
    complaints,
    finding,
    messages,
    outages,
    paper,
    payments,
    posting,
)
from counter_app.desk.complaints import Registered
from counter_app.desk.desk import Desk
from counter_app.desk.posting import Wanted
from counter_app.documents.pdf import pdf
from counter_app.domain.acts import PaperState
from counter_app.domain.books import Which
from counter_app.domain.complaint import ComplaintRegistered, Stage
from counter_app.domain.days import business_day
from counter_app.domain.numbering import Number, Series
from counter_app.domain.people import Person, Right, Session, may
from counter_app.domain.refusals import ComplaintUnknown, ReceiptUnknown, Refused
from counter_app.store import reference
from counter_app.store.complaint_states import restate
from counter_app.store.rows import KnownComplaint
from counter_app.words.say import Language
from tests.desk.every_button import BUTTONS
from tests.desk.small_office import (
    AUDITOR,
    CASHIER,
    CLERK,
    NOW,
    NUMBERS,
    OTHERS,
    SECOND,
    STAFF,
    SUPERVISOR,
    complaining,
    moving,
    nothing_recorded,
    opened,
    paying,
    signed_in,
)
from tests.documents.looking import words_of

ACCUSER = OTHERS[3]
LATER = NOW + timedelta(hours=5)
MOBILE, SAID, AT_1912 = "7999911117", "लाइनमैन ने पैसे माँगे", "1912-77001"
SEES_NOT = [person for person in STAFF if not may(person.role, Right.SEE_CONFIDENTIAL)]


class Secret(NamedTuple):
    """A complaint about the office's own staff, registered here, and one that came from 1912."""

    here: Registered
    heard: UUID

    def is_in(self, answer: object) -> bool:
        """Whether an answer says anything that only these two say."""
        said = repr(answer)
        acts = str(self.here.act), str(self.heard)
        return any(word in said for word in (MOBILE, SAID, AT_1912, self.here.number.stem, *acts))


def accuse(desk: Desk) -> Secret:
    """A colleague registers it, and prints its slip twice; 1912 tells of another one."""
    session = signed_in(desk, SECOND)
    draft = complaining(ACCUSER, "53", mobile=MOBILE, landmark="", note=SAID)
    here = complaints.register(desk, session, draft, NOW)
    page = paper.page_of(desk, session, here.job, NOW)
    paper.note_outcome(desk, session, uuid4(), here.job, PaperState.SENT, "TM-T82", NOW, page)
    paper.ask_copy(desk, session, uuid4(), here.act, "खो गई", NOW)
    heard = ComplaintRegistered(
        serial=44, office="2214", counter=9, day=business_day(NOW), consumer=ACCUSER, type="STF-01",
        priority=5, urban=True, mobile=MOBILE, landmark="", note=SAID, dtr="2214070018", registered_at=NOW,
        due_at=NOW + timedelta(hours=1), rules="", clerk="1912", feeder="F-07",
    )  # fmt: skip
    act, number = uuid4(), Number(Series.COMPLAINT, "2214", 9, 44, "")
    with desk.book.writing() as page_:
        reference.put_known_complaints(page_, [KnownComplaint(act, number, heard, AT_1912, "1912")])
        restate(page_.connection, act)
    return Secret(here, act)


def posted(desk: Desk, session: Session, folder: Path) -> tuple[bytes, str]:
    made = posting.post(desk, session, uuid4(), folder, Wanted(), LATER)
    return (folder / posting.COMPLAINTS).read_bytes(), made[1].upto


def form_of(desk: Desk, session: Session) -> object:
    """The next number is that of the next complaint, whatever the one before it was about."""
    any_number = Number(Series.COMPLAINT, "2214", 2, 1, "")
    return replace(complaints.prepare(desk, session, ACCUSER, LATER), next_number=any_number)


def finds(folder: Path) -> dict[str, tuple[Right, Callable[[Desk, Session], Any]]]:
    """All that a person may look for, typed in every way that leads to a complaint."""
    typed = ("", "C00002", "2", "44", "2214-2-C00002", ACCUSER, MOBILE, AT_1912, "शांति बाई", "गांधी")
    day = business_day(NOW)
    found: dict[str, tuple[Right, Callable[[Desk, Session], Any]]] = {
        "form": (Right.REGISTER_COMPLAINT, form_of),
        "preview": (Right.SEE_CONSUMERS, lambda d, s: finding.preview(d, s, ACCUSER, LATER)),
        "card": (Right.SEE_CONSUMERS, lambda d, s: finding.card(d, s, ACCUSER, LATER)),
        "recent": (Right.SEE_CONSUMERS, lambda d, s: finding.recent(d, s, LATER)),
        "board": (Right.SEE_BOARD, lambda d, s: board.look(d, s, LATER)),
        "below": (Right.SEE_BOARD, lambda d, s: board.below(d, s, "F-07", "2214070018", LATER)),
        "went": (Right.SEE_BOARD, lambda d, s: board.went(d, s, LATER)),
        "posted": (Right.POST, lambda d, s: posted(d, s, folder)),
        "held": (Right.SEE_LINE, lambda d, s: centre.standing(d, s, LATER).held),
        "papers": (
            Right.VERIFY,
            lambda d, s: archive.hand_out_papers(d, s, uuid4(), day, folder / "p.zip", pdf, LATER).papers,
        ),
    }
    for one in typed:
        found[f"status {one}"] = (
            Right.SEE_CONSUMERS, lambda d, s, one=one: complaints.status(d, s, one, LATER)
        )  # fmt: skip
        found[f"find {one}"] = (Right.SEE_CONSUMERS, lambda d, s, one=one: finding.find(d, s, one, LATER))
    for which in (Which.REGISTER, Which.STANDARD, Which.COPIES):
        found[which] = (
            Right.SEE_BOOKS,
            lambda d, s, which=which: books.book(d, s, which, day, day, Language.ENGLISH, LATER),
        )
    return found


@pytest.mark.parametrize("person", SEES_NOT, ids=lambda person: person.code)
def test_no_find_answers_otherwise_because_of_it(desk: Desk, tmp_path: Path, person: Person) -> None:
    complaints.register(desk, signed_in(desk, SECOND), complaining(NUMBERS[1], "11"), NOW)
    session = signed_in(desk, person)
    looks = {name: look for name, (right, look) in finds(tmp_path).items() if may(person.role, right)}
    before = {name: look(desk, session) for name, look in looks.items()}
    secret = accuse(desk)
    for name, look in looks.items():
        after = look(desk, session)
        assert after == before[name], name
        assert not secret.is_in(after), name


@pytest.mark.parametrize("person", [one for one in SEES_NOT if one != SECOND], ids=lambda one: one.code)
def test_no_button_of_the_desk_tells_of_it(desk: Desk, person: Person) -> None:
    receipt = payments.take(desk, signed_in(desk), paying(OTHERS[0]), NOW)
    secret = accuse(desk)
    session = signed_in(desk, person)
    for name, (right, press) in BUTTONS.items():
        for act in (secret.here.act, secret.heard):
            answer = None
            if may(person.role, right):
                with suppress(Refused):
                    answer = press(desk, session, receipt.act, act)
            assert not secret.is_in(answer), name


def test_who_knows_its_act_is_told_nothing_and_records_nothing(desk: Desk) -> None:
    secret = accuse(desk)
    session = signed_in(desk, SUPERVISOR)
    own = complaints.register(desk, session, complaining(NUMBERS[1], "11"), NOW)
    number = str(secret.here.number)
    for act in (secret.here.act, secret.heard):
        asked: list[Callable[[], object]] = [
            lambda act=act: complaints.complaint(desk, session, act, NOW),
            lambda act=act: messages.prepare(desk, session, act, NOW),
            lambda act=act: complaint_steps.step(desk, session, moving(act, Stage.CLOSED), NOW),
            lambda act=act: complaint_steps.note_call(desk, session, uuid4(), act, "JE", NOW),
            lambda act=act: complaint_steps.note_central_number(desk, session, uuid4(), act, "1912-7", NOW),
            lambda act=act: complaint_steps.claim(desk, session, uuid4(), act, LATER),
            lambda act=act: outages.tell(desk, session, uuid4(), act, "जम्पर", NOW),
            lambda act=act: outages.gather(desk, session, uuid4(), act, NOW),
            lambda: complaint_steps.step(desk, session, moving(own.act, Stage.MERGED, into=number), NOW),
            lambda: complaint_steps.step(desk, session, moving(own.act, Stage.MERGED, into=AT_1912), NOW),
            lambda: complaints.registered(desk, session, secret.here.act, NOW),
        ]
        for press in asked:
            with nothing_recorded(desk), pytest.raises(ComplaintUnknown):
                press()


def test_its_slip_prints_for_who_registered_it_and_for_nobody_else(desk: Desk, folder: Path) -> None:
    secret = accuse(desk)
    job, own, other = secret.here.job, signed_in(desk, SECOND), signed_in(desk, CASHIER)
    assert SAID in words_of(paper.page_of(desk, own, job, NOW))
    assert len(paper.jobs(desk, own, job, NOW)) == 2
    assert len(archive.as_printed(desk, own, job, NOW)) == 1
    assert paper.jobs(desk, other, job, NOW) == archive.as_printed(desk, other, job, NOW) == ()
    for press in (
        lambda: paper.page_of(desk, other, job, NOW),
        lambda: paper.ask_copy(desk, other, uuid4(), job, "खो गई", NOW),
    ):
        with nothing_recorded(desk), pytest.raises(ReceiptUnknown):
            press()
    desk.book.close()
    again = opened(folder)
    assert [row.job for row in paper.in_doubt(again, signed_in(again, SECOND, LATER))] == [job]
    assert paper.in_doubt(again, signed_in(again, CLERK, LATER)) == ()
    again.book.close()


def test_who_comes_from_above_sees_it_everywhere(desk: Desk, tmp_path: Path) -> None:
    secret = accuse(desk)
    session, looks = signed_in(desk, AUDITOR), finds(tmp_path)
    for name in (
        "status ",
        f"status {ACCUSER}",
        f"status {MOBILE}",
        "card",
        "board",
        Which.REGISTER,
        "preview",
    ):
        right, look = looks[name]
        assert may(AUDITOR.role, right)
        assert secret.is_in(look(desk, session)), name
    assert finding.find(desk, session, ACCUSER, NOW).rows[0].open_complaints == 2
    assert complaints.complaint(desk, session, secret.heard, NOW).registered.note == SAID
