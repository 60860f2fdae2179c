"""The code of a receipt: made when a paper is printed, and what a scanned one proves, without any network."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from counter_app.desk.desk import Desk, demand
from counter_app.desk.payments import Receipt, stored_receipt
from counter_app.domain.people import Right, Session
from counter_app.domain.receipt_code import ReceiptCode, Verdict, code_of, read_code
from counter_app.domain.refusals import CodeUnreadable, ReceiptUnknown
from counter_app.store import elsewhere, finds, journal
from counter_app.store.engine import Connection
from counter_app.store.finds.codes import act_of_serial, taken_elsewhere
from counter_app.store.seal import SealCheck


@dataclass(frozen=True, slots=True)
class Looked:
    """What a code says and what it is worth; ``receipt`` is the own receipt that it names."""

    verdict: Verdict
    code: ReceiptCode
    receipt: Receipt | None


def code_text(desk: Desk, connection: Connection, receipt: UUID, copy: int) -> str:
    """The digits that are printed on a receipt or its copy."""
    found = journal.entry_of_act(connection, receipt)
    if found is None:
        raise ReceiptUnknown(str(receipt))
    payment = stored_receipt(connection, receipt).payment
    code = code_of(
        desk.book.device, payment.serial, found[2], payment.amount, payment.consumer, payment.day, copy
    )
    return code.digits(desk.book.sign(code.message))


def look_at(desk: Desk, session: Session, typed: str, at: datetime) -> Looked:
    """Whether a receipt is what it says; ``CodeUnreadable`` for digits that are no code of a receipt.

    Of this counter's receipts the signature tells; of another's, what the line to the centre brought of it.
    """
    demand(desk, session, Right.SEE_RECEIPTS, at)
    read = read_code(typed)
    if read is None:
        raise CodeUnreadable
    code, signature = read
    with desk.book.reading() as connection:
        if code.device != desk.book.device.bytes[:8]:
            return Looked(_of_another(connection, code), code, None)
        if not SealCheck(desk.book.public_key).holds(code.message, signature):
            return Looked(Verdict.ALTERED, code, None)
        return _own(connection, code)


def _own(connection: Connection, code: ReceiptCode) -> Looked:
    act = act_of_serial(connection, code.serial)
    found = journal.entry_of_act(connection, UUID(bytes=act)) if act else None
    if act is None or found is None or found[2][:8] != code.entry:
        return Looked(Verdict.UNKNOWN, code, None)
    receipt = stored_receipt(connection, UUID(bytes=act))
    return Looked(_standing(code, cancelled=finds.is_cancelled(connection, receipt.act)), code, receipt)


def _of_another(connection: Connection, code: ReceiptCode) -> Verdict:
    found = taken_elsewhere(connection, code.entry)
    if found is None:
        return Verdict.NOT_HEARD
    header, payment = found
    really = code_of(
        header.device, payment.serial, code.entry, payment.amount, payment.consumer, payment.day, code.copy
    )
    if really != code:
        return Verdict.ALTERED
    return _standing(code, cancelled=elsewhere.is_cancelled(connection, header.act))


def _standing(code: ReceiptCode, *, cancelled: bool) -> Verdict:
    if cancelled:
        return Verdict.CANCELLED
    return Verdict.COPY if code.copy > 1 else Verdict.GENUINE
