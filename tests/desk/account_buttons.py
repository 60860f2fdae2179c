"""Desk functions about the papers of an account and what was printed, and the right that each asks for."""

from uuid import uuid4

from counter_app.desk import account, archive, paper
from counter_app.desk.account import Wanted
from counter_app.desk.desk import Desk
from counter_app.domain.acts import Paper
from counter_app.domain.days import business_day
from counter_app.domain.people import Right, Session
from tests.desk.drawer_buttons import Button
from tests.desk.small_office import NOW, PLAIN


def papers_taken(desk: Desk, session: Session) -> None:
    file = desk.book.folder / "papers.zip"
    archive.hand_out_papers(desk, session, uuid4(), business_day(NOW), file, lambda _: b"", NOW)


ACCOUNT_BUTTONS: dict[str, tuple[Right, Button]] = {
    "archive.as_printed": (Right.SEE_RECEIPTS, lambda d, s, r, c: archive.as_printed(d, s, r, NOW)),
    "archive.hand_out_papers": (Right.VERIFY, lambda d, s, r, c: papers_taken(d, s)),
    "account.elsewhere": (Right.SEE_CONSUMERS, lambda d, s, r, c: account.elsewhere(d, s, PLAIN, NOW)),
    "account.preview": (
        Right.SEE_CONSUMERS,
        lambda d, s, r, c: account.preview(d, s, PLAIN, Wanted(Paper.STATEMENT), NOW),
    ),
    "account.ask": (
        Right.PRINT_COPY,
        lambda d, s, r, c: account.ask(d, s, uuid4(), PLAIN, Wanted(Paper.STATEMENT), NOW),
    ),
    "paper.choose_receipts": (
        Right.CHOOSE_PRINTERS,
        lambda d, s, r, c: paper.choose_receipts(d, s, True, NOW),
    ),
}
