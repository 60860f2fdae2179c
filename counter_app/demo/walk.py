"""The main job in one command without a screen: find, complaint, payment, bill, copy, power cut, verify."""

import json
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

from counter_app import __version__, verify
from counter_app.demo.make import make
from counter_app.demo.past import count_right
from counter_app.demo.staff import CASHIER, PASSWORD
from counter_app.desk import complaints, drawer_now, finding, paper, payments, receipts, sign_in
from counter_app.desk.complaints import ComplaintDraft
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft
from counter_app.desk.rules import load_rules
from counter_app.documents.pdf import pdf
from counter_app.domain.acts import PaperState
from counter_app.domain.complaint import Stage
from counter_app.domain.days import business_day
from counter_app.domain.money import RUPEE
from counter_app.domain.payment import cash
from counter_app.domain.people import Session
from counter_app.domain.refusals import FileUnwritable
from counter_app.printing import printers
from counter_app.store import checking, exporting
from counter_app.store.book import Book
from counter_app.store.keys import demo_keys
from counter_app.verify import Fault
from counter_app.words.amounts import rupees
from counter_app.words.faults import fault_sentence
from counter_app.words.labels import stage
from counter_app.words.say import N_, Language, say

T = TypeVar("T")
EXPORT = "journal.jsonl"
_MILLISECOND = 1_000_000


class Walk:
    """The steps, each printed with its time; as JSON lines for scripts."""

    def __init__(self, folder: Path, out: Path, language: Language, *, as_json: bool) -> None:
        self.folder, self.out, self.language, self._as_json = folder, out, language, as_json

    def step(self, words: str, job: Callable[[], T], told: Callable[[T], str], **facts: object) -> T:
        """Do a step and print what came of it, with its milliseconds; ``facts`` fill its words."""
        started = time.perf_counter_ns()
        result = job()
        took = (time.perf_counter_ns() - started) // _MILLISECOND
        what = say(words, self.language, **facts)
        if self._as_json:
            print(json.dumps({"step": what, "result": told(result), "ms": took}, ensure_ascii=False))
        else:
            print(f"{what:<52} {told(result):<48} {took:>6} ms", flush=True)
        return result

    def said(self, text: str, **facts: object) -> str:
        """A result in the reader's language."""
        return say(text, self.language, **facts)

    def name(self, hindi: str, english: str) -> str:
        """A name as the reader writes it."""
        return hindi if self.language is Language.HINDI else english

    def open(self, folder: Path) -> Desk:
        """The desk of a demo office, opened as the program opens it."""
        book = Book.open(folder, demo_keys(folder), program=__version__, now=datetime.now(UTC))
        return Desk(book, load_rules(), book.office)

    def put_out(self, desk: Desk, session: Session, job: UUID) -> Path:
        """Print a job into a PDF file and note what became of it."""
        at = datetime.now(UTC)
        document = paper.page_of(desk, session, job, at)
        file = printers.save(document, pdf(document), self.out)
        paper.note_outcome(desk, session, uuid4(), job, PaperState.CONFIRMED, file.name, at, document)
        return file


def headless(
    folder: Path, out: Path | None, consumers: int, seed: int, language: Language, *, as_json: bool
) -> int:
    """Walk through the main job at the demo office in ``folder``; papers land in ``out``. The exit code.

    Refuses as the desk does, and with ``FileUnwritable`` when ``out`` takes no papers.
    """
    papers = out if out is not None else folder / "papers"
    walk = Walk(folder, papers, language, as_json=as_json)
    try:
        papers.mkdir(parents=True, exist_ok=True)
        if not Book.exists(folder):
            walk.step(
                N_("The demo office is made"),
                lambda: make(folder, consumers=consumers, seed=seed, now=datetime.now(UTC)),
                lambda _: str(folder),
            )
        return _walk(walk)
    except OSError as fault:
        raise FileUnwritable(str(papers)) from fault


def _walk(walk: Walk) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        disk = Path(scratch, "disk")
        session, receipt, complaint = _work(walk, disk)
        desk = walk.step(
            N_("Started again on that disk"),
            lambda: walk.open(disk),
            lambda desk: walk.said(
                N_("{count} receipts checked, no gap"), count=desk.book.start.receipts_checked
            ),
        )
        try:
            return _still_there(walk, desk, session, receipt, complaint)
        finally:
            desk.book.close()


def _work(walk: Walk, disk: Path) -> tuple[Session, UUID, UUID]:
    """The job itself; what a power cut at its end would leave is put into ``disk``."""
    desk = walk.step(
        N_("Opened, checked"),
        lambda: walk.open(walk.folder),
        lambda desk: f"{walk.name(desk.office.name_hi, desk.office.name_en)} {desk.office.code}",
    )
    try:
        session = walk.step(
            N_("Signed in, drawer open"),
            lambda: signed_in(desk),
            lambda session: walk.name(session.person.name_hi, session.person.name_en),
        )
        number, amount = _find(walk, desk, session)
        complaint = _complain(walk, desk, session, number)
        receipt = _pay(walk, desk, session, number, amount)
        _print_more(walk, desk, session, number, receipt)
        walk.step(
            N_("Power cut: only what lies on the disk is left"),
            lambda: shutil.copytree(walk.folder, disk, ignore=shutil.ignore_patterns("*.pdf")),
            lambda _: walk.said(N_("nothing was closed")),
        )
        return session, receipt, complaint
    finally:
        desk.book.close()


def signed_in(desk: Desk) -> Session:
    """The cashier with today's drawer; an earlier day's that nobody counted is counted first."""
    at = datetime.now(UTC)
    session = sign_in.sign_in(desk, CASHIER, PASSWORD, uuid4(), at)
    drawer = drawer_now.now(desk, session)
    if drawer is None or business_day(drawer.opened_at) == business_day(at):
        return session
    count_right(desk, session, uuid4(), at)
    return sign_in.sign_in(desk, CASHIER, PASSWORD, uuid4(), at)


def _find(walk: Walk, desk: Desk, session: Session) -> tuple[str, int]:
    """Somebody with dues, found by name, by number and by the mobile's tail."""
    at = datetime.now(UTC)
    found = walk.step(
        N_("Found by a name in Latin letters: sur mal"),
        lambda: finding.find(desk, session, "sur mal", at),
        lambda found: walk.said(N_("{count} consumers found"), count=len(found.rows)),
    )
    rows = found.rows or finding.find(desk, session, "ra", at).rows
    for row in rows:
        due = finding.due_of(desk, row, at)
        if row.mobile and due is not None and due.amount and row.paid == 0:
            break
    else:
        row = rows[0]
    walk.step(
        N_("Found by the number"),
        lambda: finding.find(desk, session, row.number, at),
        lambda found: f"{walk.name(found.rows[0].name_hi, found.rows[0].name_en)} {found.rows[0].number}",
    )
    tail = row.mobile[-5:] or row.meter[-4:]
    walk.step(
        N_("Found by the last digits"),
        lambda: finding.find(desk, session, tail, at),
        lambda found: f"…{tail}: {len(found.rows)}",
    )
    card = walk.step(
        N_("The consumer's card"),
        lambda: finding.card(desk, session, row.number, at),
        lambda card: rupees(card.payable.amount) if card.payable else "—",
    )
    return row.number, card.payable.amount if card.payable else 0


def _complain(walk: Walk, desk: Desk, session: Session, number: str) -> UUID:
    draft = ComplaintDraft(uuid4(), number, "11", "", "शिव मंदिर के पास", "")
    registered = walk.step(
        N_("Complaint registered"),
        lambda: complaints.register(desk, session, draft, datetime.now(UTC)),
        lambda registered: str(registered.number),
    )
    walk.step(N_("Its slip"), lambda: walk.put_out(desk, session, registered.job), lambda file: file.name)
    walk.step(
        N_("Its status"),
        lambda: complaints.status(desk, session, registered.number.tail, datetime.now(UTC)),
        lambda rows: stage(rows[0].state.stage, walk.language).lead,
    )
    return registered.act


def _pay(walk: Walk, desk: Desk, session: Session, number: str, amount: int) -> UUID:
    paid = amount or 100 * RUPEE
    given = -(-paid // (500 * RUPEE)) * 500 * RUPEE
    draft = PaymentDraft(uuid4(), number, paid, (cash(paid, given),), advance=not amount)
    receipt = walk.step(
        N_("Payment recorded"),
        lambda: payments.take(desk, session, draft, datetime.now(UTC)),
        lambda receipt: walk.said(
            N_("{number}  {amount}, back {back}"),
            number=receipt.number,
            amount=rupees(receipt.payment.amount),
            back=rupees(receipt.returned),
        ),
    )
    walk.step(N_("Its receipt"), lambda: walk.put_out(desk, session, receipt.job), lambda file: file.name)
    return receipt.act


def _print_more(walk: Walk, desk: Desk, session: Session, number: str, receipt: UUID) -> None:
    def bill() -> Path:
        job = paper.ask_bill(desk, session, uuid4(), number, datetime.now(UTC))
        return walk.put_out(desk, session, job.job)

    def copy() -> Path:
        reason = say(N_("Another copy"), Language.HINDI)
        job = paper.ask_copy(desk, session, uuid4(), receipt, reason, datetime.now(UTC))
        return walk.put_out(desk, session, job.job)

    walk.step(N_("The bill"), bill, lambda file: file.name)
    walk.step(N_("The receipt again, a numbered copy"), copy, lambda file: file.name)


def _still_there(walk: Walk, desk: Desk, session: Session, receipt: UUID, complaint: UUID) -> int:
    at = datetime.now(UTC)
    walk.step(
        N_("The receipt is there"),
        lambda: receipts.receipt(desk, session, receipt, at)[0],
        lambda receipt: str(receipt.number),
    )
    row = walk.step(
        N_("The complaint is there"),
        lambda: complaints.complaint(desk, session, complaint, at),
        lambda row: str(row.number),
    )
    faults = walk.step(
        N_("Journal and rows verified"),
        lambda: _verified(desk, walk.out / EXPORT),
        lambda faults: (
            "; ".join(fault_sentence(fault, walk.language).lead for fault in faults) or walk.said(N_("whole"))
        ),
    )
    return 0 if not faults and row.state.stage is Stage.REGISTERED else 1


def _verified(desk: Desk, file: Path) -> list[Fault]:
    """What the program's own check finds, and the second implementation in what was exported; empty when
    all is whole. The export and its second file stay beside the papers, in place of those of an earlier walk.
    """
    for old in (file, file.with_suffix(".anchor")):
        old.unlink(missing_ok=True)
    made = exporting.export_journal(desk.book, file)
    anchors = [made.anchor] if made.anchor is not None else []
    return checking.check(desk.book).faults + verify.verify_export(made.file, anchors).faults
