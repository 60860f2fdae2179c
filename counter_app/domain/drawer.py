"""The cash drawer of one person's session: opened at sign-in, closed by a blind count."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from counter_app.domain.money import Paise


@dataclass(frozen=True, slots=True)
class DrawerOpened:
    """The payload of a drawer opening, version 1: whose, for which business day, with what float."""

    drawer: UUID
    clerk: str
    day: date
    opening: Paise


@dataclass(frozen=True, slots=True)
class DrawerClosed:
    """The payload of a drawer closing, version 1: the count was fixed before ``expected`` was shown."""

    drawer: UUID
    clerk: str
    day: date
    expected: Paise
    counted: Paise
    note: str = ""

    @property
    def difference(self) -> Paise:
        """Counted less expected: below zero is short."""
        return self.counted - self.expected
