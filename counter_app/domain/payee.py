"""Whom a UPI app is asked to pay, where the company has named an address; and the link that says so.

The link is NPCI's (linking specification 1.6): spaces as %20, nothing that is empty, rupees with two places.
It asks for money and confirms none.
"""

from urllib.parse import quote, urlencode

from counter_app.domain.money import RUPEE, Paise
from counter_app.domain.ruling import Ruling
from counter_app.domain.value import value

LONGEST_REFERENCE, LONGEST_NOTE = 35, 50


@value
class Payee:
    """The address (VPA) and name of who is paid; ``category`` is the merchant's four digits, or empty."""

    ruling: Ruling
    address: str
    name: str
    category: str = ""

    @property
    def key(self) -> str:
        """There is only one at a time."""
        return ""

    def link(self, reference: str, amount: Paise, note: str) -> str:
        """What a UPI app reads: pay so much, under a reference that is of this paper alone."""
        asked = {
            "pa": self.address,
            "pn": self.name,
            "mc": self.category,
            "tr": "".join(filter(str.isalnum, reference))[:LONGEST_REFERENCE],
            "tn": note[:LONGEST_NOTE],
            "am": f"{amount // RUPEE}.{amount % RUPEE:02d}",
            "cu": "INR",
        }
        return f"upi://pay?{urlencode({key: said for key, said in asked.items() if said}, quote_via=quote)}"
