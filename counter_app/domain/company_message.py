"""A message of the company for its bills, as one of its dated files gives it."""

from counter_app.domain.rule_text import Table
from counter_app.domain.ruling import Ruling
from counter_app.domain.value import value

LONGEST = 200
"""Letters of a message: what two lines of a bill hold."""


@value
class CompanyMessage:
    """What is printed on bills while it is valid.

    ``category`` is the beginning of the tariff categories that it is for; empty: all.
    """

    ruling: Ruling
    category: str
    hi: str
    en: str

    @property
    def key(self) -> str:
        """Several may be in force on a day, each under its own name."""
        return self.ruling.name


def company_message(table: Table, ruling: Ruling) -> CompanyMessage:
    """A message in both languages."""
    category = table.text("category") if table.has("category") else ""
    line = f"[^\\x00-\\x1f]{{3,{LONGEST}}}"
    return CompanyMessage(ruling, category, table.pattern("hi", line), table.pattern("en", line))
