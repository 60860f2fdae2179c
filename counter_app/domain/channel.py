"""The channels beside the windows: who speaks for consumers there, and how money moves in them.

Beside them stands whoever answers above the offices, for what is kept from these. A channel records like a
counter: at each office it has a number of its own above those of the windows, and its own series of
complaints and receipts.
"""

from dataclasses import replace
from enum import StrEnum

from counter_app.domain.money import Paise
from counter_app.domain.payment import Tender, other, upi
from counter_app.domain.refusals import UtrWrong
from counter_app.domain.text import only_digits, refuse_card_number

MOST_WINDOWS = 90
"""Counters of an office are numbered up to here; above stand its channels."""

UTR_DIGITS = 12


class Channel(StrEnum):
    """Where people turn to instead of a window."""

    CALL_CENTRE = "call-centre"
    WHATSAPP = "whatsapp"
    UPAY = "upay"
    ABOVE = "above"

    @property
    def counter(self) -> int:
        """The number under which the channel records at each office."""
        return _COUNTERS[self]


_COUNTERS = {Channel.CALL_CENTRE: 91, Channel.WHATSAPP: 92, Channel.UPAY: 93, Channel.ABOVE: 94}
SPEAKING = tuple(one for one in Channel if one is not Channel.ABOVE)
"""Those that speak to a gateway, with a key; above the offices somebody sits at a command."""
_CHANNELS = {counter: channel for channel, counter in _COUNTERS.items()}


def channel_of(counter: int) -> Channel | None:
    """Which channel records under a counter's number; None for a window."""
    return _CHANNELS.get(counter)


class PaidBy(StrEnum):
    """How money moves in a channel."""

    BHIM_UPI = "bhim-upi"
    PAYTM = "paytm"
    DEBIT_CARD = "debit-card"
    CREDIT_CARD = "credit-card"
    NET_BANKING = "net-banking"
    WALLET = "wallet"


def online(paid_by: PaidBy, amount: Paise, reference: str, *, confirmed: bool) -> Tender:
    """Money that moved through a channel, by the reference of who moved it; ``confirmed`` when that one, not
    the payer alone, says that it did. ``UtrWrong``, ``ReferenceWrong``, ``CardNumberTyped``.

    UPI has its UTR; of everything else the tender's ``bank`` names the way.
    """
    refuse_card_number(reference)
    if paid_by is PaidBy.BHIM_UPI:
        digits = len(only_digits(reference))
        if digits != UTR_DIGITS:
            raise UtrWrong(digits)
        return replace(upi(amount, reference), confirmed=confirmed)
    way = paid_by.replace("-", " ").upper()
    return replace(other(amount, reference), confirmed=confirmed, bank=way)
