"""The zone to practise at: made anew each day, its best runs kept, its papers never at a printer."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.demo import training
from counter_app.desk import complaints, drills, paper, payments
from counter_app.desk.complaints import ComplaintDraft
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft
from counter_app.domain.drill import Flow, Run, better
from counter_app.domain.file_refusals import TrainingOnFiles
from counter_app.domain.money_refusals import NobodyLeft
from counter_app.domain.payment import cash
from counter_app.domain.people import Session
from counter_app.domain.ways import Way
from tests.offices import NOW, open_desk, signed_in

NEXT_DAY = NOW + timedelta(days=1)


def nobody_watches(_done: int, _total: int) -> None:
    """Progress that is not shown."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    zone = training.place(tmp_path_factory.mktemp("drill"), NOW)
    training.ready(zone, NOW, nobody_watches)
    desk = open_desk(zone)
    yield desk
    desk.book.close()


@pytest.fixture(scope="module")
def session(desk: Desk) -> Session:
    return signed_in(desk)


def pay(desk: Desk, session: Session, number: str, given: int) -> None:
    due = payments.prepare(desk, session, number, NOW).payable.amount
    payments.take(desk, session, PaymentDraft(uuid4(), number, due, (cash(due, given or due),)), NOW)


def test_the_zone_is_marked_and_says_so_on_paper(desk: Desk, session: Session) -> None:
    assert desk.office.demo
    assert desk.office.training
    asked = drills.task(desk, session, Flow.REPRINT_LAST, NOW)
    assert asked.receipt is not None
    words = repr(paper.page_of(desk, session, asked.receipt, NOW))
    assert "प्रशिक्षण TRAINING" in words
    assert "DEMO" not in words


def test_no_printer_can_be_chosen(desk: Desk, session: Session) -> None:
    for way in (Way("TM-T82"), Way("", otherwise="HP")):
        with pytest.raises(TrainingOnFiles):
            paper.choose_way(desk, session, None, way, NOW)
    assert paper.choose_way(desk, session, None, Way(""), NOW).usual.printer == ""


def test_cash_is_done_when_it_was_taken_with_what_was_given(desk: Desk, session: Session) -> None:
    for less, right in ((0, True), (1, False)):
        asked = drills.task(desk, session, Flow.PAY_CASH, NOW)
        assert drills.done(desk, asked) is None
        pay(desk, session, asked.number, 0 if less else asked.given)
        assert drills.done(desk, asked) is right


def test_somebody_elses_payment_is_not_what_was_asked_for(desk: Desk, session: Session) -> None:
    asked = drills.task(desk, session, Flow.PAY_SCAN, NOW)
    other = drills.task(desk, session, Flow.PAY_SCAN, NOW)
    while other.number == asked.number:
        other = drills.task(desk, session, Flow.PAY_SCAN, NOW)
    pay(desk, session, other.number, other.given)
    assert drills.done(desk, asked) is False


def test_a_complaint_is_done_when_it_is_of_its_type(desk: Desk, session: Session) -> None:
    for key, right in ((drills.NO_SUPPLY, True), ("12", False)):
        asked = drills.task(desk, session, Flow.COMPLAINT, NOW)
        draft = ComplaintDraft(uuid4(), asked.number, key, "9876543210", "", "")
        complaints.register(desk, session, draft, NOW)
        assert drills.done(desk, asked) is right


def test_the_last_receipt_is_done_when_a_copy_of_it_is_asked_for(desk: Desk, session: Session) -> None:
    asked = drills.task(desk, session, Flow.REPRINT_LAST, NOW)
    assert asked.receipt is not None
    paper.ask_copy(desk, session, uuid4(), asked.receipt, "1", NOW)
    assert drills.done(desk, asked) is True


def test_who_is_called_by_name_has_a_name_of_their_own(desk: Desk, session: Session) -> None:
    asked = drills.task(desk, session, Flow.HINDI_NAME, NOW)
    assert " " in asked.name_hi
    assert asked.name_en


def test_when_everybody_has_paid_that_is_said(
    desk: Desk, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drills, "_OWED", range(0))
    with pytest.raises(NobodyLeft):
        drills.task(desk, session, Flow.PAY_CASH, NOW)


def test_the_quicker_run_is_the_better_one() -> None:
    assert better(None, Run(13, 9_000)) == Run(13, 9_000)
    assert better(Run(13, 9_000), Run(9, 9_500)) == Run(13, 9_000)
    assert better(Run(13, 9_000), Run(14, 8_500)) == Run(14, 8_500)
    assert Run(13, 15_000).reaches(Run(13, 15_000))
    assert not Run(14, 1).reaches(Run(13, 15_000))
    assert not Run(1, 15_001).reaches(Run(13, 15_000))


def test_a_zone_that_is_open_elsewhere_stays(tmp_path: Path) -> None:
    first, second = training.place(tmp_path, NOW), training.place(tmp_path, NEXT_DAY)
    training.ready(first, NOW, nobody_watches)
    office = open_desk(first)
    drills.keep(office, Flow.PAY_CASH, Run(13, 9_000))
    training.ready(second, NEXT_DAY, nobody_watches)
    assert first.exists()  # somebody works at it
    office.book.close()
    with closing(open_desk(second, NEXT_DAY).book) as book:
        assert drills.best(Desk(book, office.rules, book.office)) == {}


def test_a_zone_of_an_earlier_day_goes_and_its_best_runs_stay(tmp_path: Path) -> None:
    first, second = training.place(tmp_path, NOW), training.place(tmp_path, NEXT_DAY)
    training.ready(first, NOW, nobody_watches)
    office = open_desk(first)
    drills.keep(office, Flow.PAY_CASH, Run(13, 9_000))
    office.book.close()
    training.ready(second, NEXT_DAY, nobody_watches)
    training.ready(second, NEXT_DAY, nobody_watches)  # a second start of the day finds it
    assert not first.exists()
    office = open_desk(second, NEXT_DAY)
    assert drills.best(office) == {Flow.PAY_CASH: Run(13, 9_000)}
    office.book.close()
