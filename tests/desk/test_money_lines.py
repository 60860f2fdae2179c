"""A paper that would show another amount than was recorded is not printed, and nothing recorded is lost."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from counter_app.desk import account, paper, payments, undoing
from counter_app.desk.account import Wanted
from counter_app.desk.desk import Desk
from counter_app.desk.second import Word
from counter_app.domain.acts import Paper
from counter_app.domain.money_refusals import MoneyLineWrong
from counter_app.domain.people import Session
from counter_app.domain.undoing import Why
from tests.desk.small_office import NOW, PASSWORD, PLAIN, SUPERVISOR, nothing_recorded, paying, sealed
from tests.desk.test_account import PAID_ONLINE, claim

Ask = Callable[[Desk, Session], UUID]


def a_bill(desk: Desk, session: Session) -> UUID:
    return paper.ask_bill(desk, session, uuid4(), PLAIN, NOW).job


def a_statement(desk: Desk, session: Session) -> UUID:
    return account.ask(desk, session, uuid4(), PLAIN, Wanted(Paper.STATEMENT), NOW).job


def a_certificate(desk: Desk, session: Session) -> UUID:
    payments.take(desk, session, paying(PLAIN), NOW)
    return account.ask(desk, session, uuid4(), PLAIN, Wanted(Paper.NO_DUES), NOW).job


def a_claim(desk: Desk, session: Session) -> UUID:
    wanted = claim(desk, session, Paper.CLAIM)
    return account.ask(desk, session, uuid4(), PAID_ONLINE, wanted, NOW).job


def a_duplicate(desk: Desk, session: Session) -> UUID:
    wanted = claim(desk, session, Paper.CHANNEL_RECEIPT)
    return account.ask(desk, session, uuid4(), PAID_ONLINE, wanted, NOW).job


def a_cancelled_slip(desk: Desk, session: Session) -> UUID:
    receipt = payments.take(desk, session, paying(PLAIN), NOW)
    word = Word(SUPERVISOR.code, PASSWORD)
    return undoing.cancel(desk, session, uuid4(), receipt.act, Why.OTHER, "", word, NOW).act


def a_day_report(desk: Desk, session: Session) -> UUID:
    payments.take(desk, session, paying(PLAIN), NOW)
    return sealed(desk, session, 1613_00).act


@pytest.mark.parametrize(
    ("ask", "where"),
    [
        (a_bill, "bill_head"), (a_statement, "statement"), (a_certificate, "certificate"),
        (a_claim, "paid_elsewhere"), (a_duplicate, "paid_elsewhere"), (a_cancelled_slip, "undone"),
        (a_day_report, "day_report"), (a_day_report, "day_papers"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line", ["₹1,631", "₹16,13", "", "1,613"])
def test_a_wrong_amount_is_not_printed_and_what_was_recorded_stands(
    desk: Desk, cashier: Session, monkeypatch: pytest.MonkeyPatch, ask: Ask, where: str, line: str
) -> None:
    job = ask(desk, cashier)
    with monkeypatch.context() as wrong, nothing_recorded(desk):
        wrong.setattr(f"counter_app.documents.{where}.rupees", lambda _paise: line)
        with pytest.raises(MoneyLineWrong):
            paper.page_of(desk, cashier, job, NOW)
    assert paper.page_of(desk, cashier, job, NOW).sheets
