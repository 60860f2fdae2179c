"""What the papers of the channels say: bill and receipt as at a window, made from what is known here."""

from counter_app.central.channels.accounts import Paid, proven_account
from counter_app.central.channels.asking import Asked
from counter_app.central.channels.payments import Taken, named
from counter_app.documents.bill import BillFacts, BillPayment
from counter_app.documents.receipt import ReceiptFacts
from counter_app.domain.bill_messages import bill_messages
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import business_day
from counter_app.domain.receipt_code import code_of
from counter_app.domain.refusals import BillUnknown
from counter_app.words.labels import channel
from counter_app.words.say import Language

SHOWN_PAYMENTS = 2


def bill(asked: Asked, number: str, proof: str, language: Language) -> BillFacts:
    """A copy of a consumer's newest bill in a language, with what is payable today. ``BillUnknown``."""
    found = proven_account(asked, number, proof)
    day = business_day(asked.at)
    newest, payable = found.bill, found.payable(asked.rules, day)
    if newest is None or payable is None:
        raise BillUnknown(found.consumer.number)
    office = asked.office(found.office)
    return BillFacts(
        office, found.consumer, newest, payable, found.history,
        tuple(_payment(one) for one in found.paid[:SHOWN_PAYMENTS]), 1, asked.at,
        channel(asked.channel, language).lead, "", asked.rules.payee(day),
        bill_messages(asked.rules, office, found.consumer, newest, payable), language=language,
    )  # fmt: skip


def receipt(asked: Asked, number: str, proof: str) -> ReceiptFacts:
    """The receipt of what a channel reported, always the same. ``ReceiptUnknown``, ``ConsumerNotProven``."""
    taken = named(asked, number)
    found = proven_account(asked, taken.payment.consumer, proof)
    paid, who = taken.payment, found.consumer
    return ReceiptFacts(
        asked.office(paid.office), str(taken.number), paid, who.name_hi, who.name_en, _address(who), taken.at,
        taken.at, 1, "", channel(taken.channel, Language.HINDI).lead, paid.due - paid.amount,
        code=_code(asked, taken),
    )  # fmt: skip


def _payment(paid: Paid) -> BillPayment:
    words = channel(paid.channel, Language.HINDI)
    return BillPayment(
        paid.month, paid.on, words.lead, words.second, paid.amount, paid.number or paid.reference
    )


def _code(asked: Asked, taken: Taken) -> str:
    """What a scanner reads; any counter tells by it whether the receipt is genuine.

    Empty where the seal is missing under which it was recorded.
    """
    paid = taken.payment
    key = asked.seal.key_of(taken.device, paid.office, taken.channel)
    if key is None:
        return ""
    code = code_of(taken.device, paid.serial, taken.entry_hash, paid.amount, paid.consumer, paid.day, 1)
    return code.digits(key.sign(code.message))


def _address(who: Consumer) -> str:
    return ", ".join(part for part in (who.house, who.locality_hi or who.locality_en) if part)
