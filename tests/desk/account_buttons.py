"""Every desk function about the papers of an account, and the right that it asks for."""

from uuid import uuid4

from counter_app.desk import account, paper
from counter_app.desk.account import Wanted
from counter_app.domain.acts import Paper
from counter_app.domain.people import Right
from tests.desk.drawer_buttons import Button
from tests.desk.small_office import NOW, PLAIN

ACCOUNT_BUTTONS: dict[str, tuple[Right, Button]] = {
    "account.elsewhere": (Right.SEE_CONSUMERS, lambda d, s, r, c: account.elsewhere(d, s, PLAIN, NOW)),
    "account.preview": (
        Right.SEE_CONSUMERS,
        lambda d, s, r, c: account.preview(d, s, PLAIN, Wanted(Paper.STATEMENT), NOW),
    ),
    "account.ask": (
        Right.PRINT_COPY,
        lambda d, s, r, c: account.ask(d, s, uuid4(), PLAIN, Wanted(Paper.STATEMENT), NOW),
    ),
    "paper.choose_receipts": (Right.PRINT_COPY, lambda d, s, r, c: paper.choose_receipts(d, s, True, NOW)),
}
