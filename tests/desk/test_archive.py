"""Papers as they were printed come out of the store byte for byte, whatever has changed since."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pikepdf.pdfa import validate_written

from counter_app.desk import account, archive, complaints, paper, payments, undoing
from counter_app.desk.account import Wanted
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.documents.page import Document
from counter_app.documents.pdf import pdf
from counter_app.domain.acts import FilesHandedOut, Paper, PaperState, Purpose
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.people import Session
from counter_app.domain.refusals import FileUnwritable, SentToPrinter, StoreDamaged
from counter_app.domain.undoing import Why
from counter_app.domain.ways import Ways
from counter_app.store import people, reference
from counter_app.store.archive import kept
from counter_app.store.tables import kept_papers, paper_forms
from counter_app.ui.paper_out import PaperOut
from tests.desk.small_office import (
    CASHIER,
    CLERK,
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    SUPERVISOR,
    complaining,
    nothing_recorded,
    opened,
    paying,
    payloads,
    signed_in,
)


class InProcess:
    """Makes papers here."""

    def pdf(self, document: Document) -> bytes:
        return pdf(document)


def put_out(desk: Desk, session: Session, papers: Path, job: UUID) -> bytes:
    """Print a job into a file, as the window does; the file's bytes."""
    _, name = PaperOut(InProcess(), papers, Ways()).put_out(desk, session, job, lambda: NOW)
    return (papers / name).read_bytes()


def printed_again(desk: Desk, session: Session, job: UUID) -> list[bytes]:
    return [pdf(document) for document in archive.as_printed(desk, session, job, NOW)]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    return tmp_path / "papers"


def test_a_paper_comes_back_byte_for_byte_after_everything_has_changed(
    desk: Desk, cashier: Session, papers: Path
) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    slip = complaints.register(desk, cashier, complaining(), NOW)
    bill = paper.ask_bill(desk, cashier, uuid4(), RURAL, NOW)
    statement = account.ask(desk, cashier, uuid4(), PLAIN, Wanted(Paper.STATEMENT), NOW)
    jobs = [receipt.job, slip.job, bill.job, statement.job]
    made = {job: put_out(desk, cashier, papers, job) for job in jobs}
    undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.OTHER, "", Word(SUPERVISOR.code, PASSWORD), NOW)
    paper.choose_receipts(desk, cashier, True, NOW)
    with desk.book.writing() as page:
        consumers = (reference.consumer(page.connection, number) for number in (PLAIN, RURAL))
        known = [replace(one, name_hi="नया नाम", house="9") for one in consumers if one]
        reference.put_consumers(page, known)
        people.put_person(page, replace(CASHIER, name_hi="दूसरा नाम"), "x")
    place = desk.book.folder
    desk.book.close()
    later = opened(place, NOW + timedelta(days=900))
    moved = replace(later, office=replace(later.office, name_hi="नया जोन", helpline="1900"))
    session = signed_in(moved, SUPERVISOR, NOW + timedelta(days=900))
    assert {job: printed_again(moved, session, job) for job in jobs} == {job: [made[job]] for job in jobs}
    assert "नया जोन" in str(paper.page_of(moved, session, slip.job, NOW))
    later.book.close()


def test_it_is_kept_when_it_goes_and_each_time_it_does(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    assert archive.as_printed(desk, cashier, receipt.job, NOW) == ()
    pages = [paper.page_of(desk, cashier, receipt.job, NOW + timedelta(minutes=n)) for n in (0, 5)]
    for document in pages:
        act = uuid4()
        paper.note_outcome(
            desk, cashier, act, receipt.job, PaperState.SENT, "TM", NOW, document
        )  # fmt: skip
        with nothing_recorded(desk):
            paper.note_outcome(desk, cashier, act, receipt.job, PaperState.SENT, "TM", NOW, document)
            with pytest.raises(SentToPrinter):
                paper.note_outcome(desk, cashier, uuid4(), receipt.job, PaperState.SENT, "TM", NOW, document)
        paper.note_outcome(desk, cashier, uuid4(), receipt.job, PaperState.FAILED, "TM", NOW)
    assert list(archive.as_printed(desk, cashier, receipt.job, NOW)) == pages


def test_papers_of_a_kind_share_what_they_say_alike(desk: Desk, cashier: Session, papers: Path) -> None:
    for number in (PLAIN, RURAL, *OTHERS):
        put_out(desk, cashier, papers, payments.take(desk, cashier, paying(number), NOW).job)
    with desk.book.reading() as connection:
        rows = connection.execute(kept_papers.select()).all()
        assert len(connection.execute(paper_forms.select()).all()) == 1
    assert max(len(row.body) for row in rows) < 900


def test_what_an_erased_complaint_said_is_kept_by_no_other_paper(
    desk: Desk, cashier: Session, papers: Path
) -> None:
    slip = complaints.register(desk, cashier, complaining(), NOW)
    put_out(desk, cashier, papers, slip.job)
    with desk.book.reading() as connection:
        (row,) = connection.execute(kept_papers.select()).all()
        assert connection.execute(paper_forms.select()).all() == []
    assert row.form is None


def test_damage_is_told(desk: Desk, cashier: Session, papers: Path) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN), NOW)
    put_out(desk, cashier, papers, receipt.job)
    for body in (b"", b"\x03\x00", b"x"):
        with desk.book.writing() as page:
            page.connection.execute(kept_papers.update().values(body=body))
        with pytest.raises(StoreDamaged):
            archive.as_printed(desk, cashier, receipt.job, NOW)


def test_an_auditor_takes_the_papers_of_a_day_as_files_that_can_be_archived(
    desk: Desk, cashier: Session, papers: Path
) -> None:
    made = [
        put_out(desk, cashier, papers, payments.take(desk, cashier, paying(number), NOW).job)
        for number in (PLAIN, RURAL)
    ]
    made.append(put_out(desk, cashier, papers, paper.ask_bill(desk, cashier, uuid4(), PLAIN, NOW).job))
    supervisor = signed_in(desk, SUPERVISOR)
    file = papers / "day.zip"
    done = archive.hand_out_papers(desk, supervisor, uuid4(), business_day(NOW), file, pdf, NOW)
    with zipfile.ZipFile(file) as out:
        assert [out.read(name) for name in out.namelist()] == made
        assert out.namelist()[0].startswith("0001 receipt 2214-2-000001-")
    for one in made:
        assert validate_written(io.BytesIO(one), "2b").findings == []
    assert done.papers == 3
    assert done.sha256 == sha256(file.read_bytes()).hexdigest()
    payload = payloads(desk, Kind.FILES_HANDED_OUT)[-1]
    assert isinstance(payload, FilesHandedOut)
    assert payload.purpose is Purpose.AUDIT
    assert [(one.name, one.sha256, one.rows) for one in payload.files] == [("day.zip", done.sha256, 3)]


def test_of_a_day_without_papers_an_empty_file_is_taken(desk: Desk, papers: Path) -> None:
    papers.mkdir()
    day = business_day(NOW) - timedelta(days=1)
    session = signed_in(desk, SUPERVISOR)
    assert archive.hand_out_papers(desk, session, uuid4(), day, papers / "a.zip", pdf, NOW).papers == 0


def test_where_no_file_can_lie_nothing_is_noted(desk: Desk, papers: Path) -> None:
    session = signed_in(desk, SUPERVISOR)
    with nothing_recorded(desk), pytest.raises(FileUnwritable):
        archive.hand_out_papers(desk, session, uuid4(), business_day(NOW), papers / "x" / "a.zip", pdf, NOW)


def test_a_slip_is_kept_for_a_clerk_too(desk: Desk, papers: Path) -> None:
    clerk = signed_in(desk, CLERK)
    slip = complaints.register(desk, clerk, complaining(), NOW)
    made = put_out(desk, clerk, papers, slip.job)
    assert printed_again(desk, clerk, slip.job) == [made]
    with desk.book.reading() as connection:
        assert [one.paper for one in kept(connection, slip.job)] == [Paper.SLIP]
