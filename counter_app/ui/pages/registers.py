"""The registers of what people came for: complaints of days, the service standard, who was served first."""

from typing import ClassVar

from counter_app.domain.books import REGISTERS, Which
from counter_app.ui.pages.books import BooksPage
from counter_app.words.say import N_


class RegistersPage(BooksPage):
    """Read and taken out like the books of money."""

    name = "registers"
    title: ClassVar[str] = N_("Registers")
    offered: ClassVar[tuple[Which, ...]] = REGISTERS
