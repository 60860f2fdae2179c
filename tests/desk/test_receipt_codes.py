"""What the code on a receipt proves: genuine, a copy, cancelled, altered, unknown; without any network."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from counter_app.desk import paper, payments, receipt_codes, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.payments import Receipt
from counter_app.desk.second import Word
from counter_app.documents.page import Code, Document
from counter_app.domain.people import Session
from counter_app.domain.receipt_code import Verdict, is_code, read_code
from counter_app.domain.refusals import CodeUnreadable
from counter_app.domain.undoing import Why
from tests.desk.small_office import NOW, PASSWORD, PLAIN, SUPERVISOR, nothing_recorded, paying


@pytest.fixture
def receipt(desk: Desk, cashier: Session) -> Receipt:
    return payments.take(desk, cashier, paying(PLAIN), NOW)


def printed(desk: Desk, session: Session, job: UUID) -> str:
    """The code on the paper of a job."""
    document: Document = paper.page_of(desk, session, job, NOW)
    (code,) = (item for sheet in document.sheets for item in sheet.items if isinstance(item, Code))
    return code.text


def verdict(desk: Desk, session: Session, code: str) -> Verdict:
    return receipt_codes.look_at(desk, session, code, NOW).verdict


def test_the_original_is_genuine_and_a_copy_a_copy(desk: Desk, cashier: Session, receipt: Receipt) -> None:
    code = printed(desk, cashier, receipt.job)
    assert is_code(code)
    with nothing_recorded(desk):
        looked = receipt_codes.look_at(desk, cashier, code, NOW)
    assert (looked.verdict, looked.code.amount, looked.code.serial) == (Verdict.GENUINE, 1613_00, 1)
    assert looked.receipt == receipt
    copy = paper.ask_copy(desk, cashier, uuid4(), receipt.act, "खो गई", NOW)
    assert verdict(desk, cashier, printed(desk, cashier, copy.job)) is Verdict.COPY


def test_the_same_receipt_prints_the_same_code(desk: Desk, cashier: Session, receipt: Receipt) -> None:
    assert printed(desk, cashier, receipt.job) == printed(desk, cashier, receipt.job)


def test_a_cancelled_receipt_says_so(desk: Desk, cashier: Session, receipt: Receipt) -> None:
    code = printed(desk, cashier, receipt.job)
    word = Word(SUPERVISOR.code, PASSWORD)
    undoing.cancel(desk, cashier, uuid4(), receipt.act, Why.NOT_PAID, "", word, NOW)
    assert verdict(desk, cashier, code) is Verdict.CANCELLED


def test_a_receipt_of_another_journal_is_not_genuine(desk: Desk, cashier: Session, receipt: Receipt) -> None:
    code = printed(desk, cashier, receipt.job)
    read = read_code(code)
    assert read
    signed = replace(read[0], serial=99)
    assert verdict(desk, cashier, signed.digits(desk.book.sign(signed.message))) is Verdict.UNKNOWN
    stranger = replace(signed, device=b"8 others")
    assert verdict(desk, cashier, stranger.digits(read[1])) is Verdict.NOT_HEARD


def test_one_changed_bit_is_found(desk: Desk, cashier: Session, receipt: Receipt) -> None:
    code = int(printed(desk, cashier, receipt.job))
    for place in range(104 * 8):
        text = str(code ^ (1 << place))
        if read_code(text) is None:
            with pytest.raises(CodeUnreadable):
                verdict(desk, cashier, text)
        else:
            assert verdict(desk, cashier, text) in {Verdict.ALTERED, Verdict.NOT_HEARD}


@pytest.mark.parametrize("typed", ["", "1" * 199, "9" * 260, "x" * 240])
def test_other_digits_are_no_code(desk: Desk, cashier: Session, typed: str) -> None:
    with pytest.raises(CodeUnreadable):
        receipt_codes.look_at(desk, cashier, typed, NOW)
