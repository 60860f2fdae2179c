"""A consumer's bills, as channels list them."""

from counter_app.central.channels import shapes
from counter_app.central.channels.accounts import proven_account
from counter_app.central.channels.asking import Asked
from counter_app.domain.days import business_day
from counter_app.domain.money import RUPEE, to_rupee


def of_consumer(asked: Asked, number: str, proof: str) -> shapes.Bills:
    """The bills that are known, the newest first, and what is payable today; without a bill nothing is."""
    found = proven_account(asked, number, proof)
    payable = found.payable(asked.rules, business_day(asked.at))
    balance = payable.balance if payable else 0
    return shapes.Bills(
        consumer=found.consumer.number, office=found.office,
        payable=payable.amount // RUPEE if payable else 0, credit=to_rupee(max(0, -balance)) // RUPEE,
        paid=to_rupee(payable.paid) // RUPEE if payable else 0,
        bills=[
            shapes.Bill(
                number=one.number, month=str(one.month), issued=one.issued, due=one.due, units=one.units,
                amount=to_rupee(one.net) // RUPEE,
            )
            for one in found.bills
        ],
    )  # fmt: skip
