"""The bill before it prints, Enter for a copy; and behind F5 how it was made."""

from uuid import UUID, uuid4

from PySide6.QtCore import Qt

from counter_app.desk import bills, paper
from counter_app.desk.bills import Making
from counter_app.desk.rows import JobRow
from counter_app.documents.page import Document
from counter_app.domain.days import Month
from counter_app.domain.people import Right, may
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.pages.bill_made import Differences, MadeTable
from counter_app.ui.parts import Card, Kind, key_line
from counter_app.ui.preview import Preview
from counter_app.ui.text import Run, Text, heading
from counter_app.words.say import N_, Both, Language, both

_EARLIER, _LATER = Qt.Key.Key_Left, Qt.Key.Key_Right
_EDITION, _MANY = "*", "+"
ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "lock")


class BillPage(Page):
    """Every print is a numbered copy: the original is the billing system's."""

    name = "bill"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._number = ""
        self._ready = False
        self._edition = self.language
        self._shown: Making | None = None
        self._preview = Preview(self._both(N_("The bill")).lead, whole=True)
        self._made = MadeTable(self.language)
        self._copy = self._build_copy()
        self._differences = Differences(self.language)
        for place, widget in (
            (self.main_column, self._preview), (self.main_column, self._made),
            (self.side_column, self._copy), (self.side_column, self._differences),
        ):  # fmt: skip
            place.addWidget(widget, 1)
        self._turn(made=False)

    def _build_copy(self) -> Card:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("A copy of the bill"))))
        for words in (
            self._both(N_("It shows what is payable on the day it prints.")),
            self._both(N_("It is marked as a copy, with its number and time.")),
            self._both(N_("A copy of the bill is the consumer's right; it costs nothing.")),
        ):
            card.body.addWidget(Text(Run(words.lead), Run(words.second, "caption", "ink3"), wrap=True))
        card.body.addStretch(1)
        keys = [
            ("Enter", self._both(N_("Print the copy"))),
            (_EDITION, self._both(N_("Language"))),
            ("F5", self._both(N_("How it was made"))),
        ]
        foot = card.section()
        for key in keys:  # three side by side are wider than the panel of a small screen
            foot.addLayout(key_line([key], first_accepts=key[0] == "Enter"))
        return card

    def keys(self) -> Keys:
        accept = self._both(N_("Print the copy")) if self._ready else Both("", "")
        turned = self._both(N_("The paper") if self._shows_made else N_("How it was made"))
        return Keys(
            ACTIONS,
            current="bill",
            escape=self._both(N_("Back")),
            accept=accept,
            renamed=(("bill", turned),),
            more=() if self._shows_made else (Key(_EDITION, self._other_edition()), *self._more()),
        )

    def _more(self) -> tuple[Key, ...]:
        """The way to the bills of a whole line, for who may print them."""
        allowed = may(self.frame.session.person.role, Right.PRINT_MANY)
        return (Key(_MANY, self._both(N_("Many bills"))),) if allowed else ()

    def _other_edition(self) -> Both:
        in_hindi = self._edition is Language.HINDI
        return self._both(N_("In English") if in_hindi else N_("In Hindi and English"))

    def enter(self, visit: Visit) -> None:
        """Show a consumer's latest bill as it would print now."""
        self._act, self._number, self._edition = uuid4(), visit.consumer, self.language
        self._turn(made=False)
        self._preview_it()
        self.setFocus()

    def _preview_it(self) -> None:
        self._ready = False
        self._preview.show_document(None)
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        number, edition = self._number, self._edition
        self.fetch(lambda: paper.bill_preview(desk, session, number, at, edition), self._show)

    def acts(self, action: str) -> bool:
        """F5 turns from the paper to how it was made, and back."""
        if action != "bill":
            return False
        if self._shows_made:
            self._turn(made=False)
            self.frame.keys_changed()
        else:
            self._ask_made(None)
        return True

    def escape(self) -> None:
        """Esc goes back to the paper, then to the page before."""
        if self._shows_made:
            self.acts("bill")
        else:
            super().escape()

    def step(self, rows: int) -> bool:
        """The arrows go through the lines of how it was made."""
        return self._shows_made and self._made.table.step(rows)

    def other_key(self, key: int, text: str) -> bool:
        """``*``: the other edition; ``+``: many bills. Left and right go to months whose bills are here."""
        if text == _MANY and self._more() and not self._shows_made:
            self.frame.act("many_bills")
            return True
        if text == _EDITION and not self._shows_made:
            in_hindi = self._edition is Language.HINDI
            self._edition = Language.ENGLISH if in_hindi else Language.HINDI
            self._preview_it()
            self.frame.keys_changed()
            return True
        if not self._shows_made or self._shown is None or key not in (_EARLIER, _LATER):
            return super().other_key(key, text)
        place = self._shown.months.index(self._shown.bill.month) + (1 if key == _LATER else -1)
        if 0 <= place < len(self._shown.months):
            self._ask_made(self._shown.months[place])
        return True

    def again(self) -> None:
        """Back from another page, to the side that was shown."""
        month = self._shown.bill.month if self._shows_made and self._shown else None
        self.enter(Visit(consumer=self._number))
        if month:
            self._ask_made(month)

    def consumer(self) -> str:
        """Whom the function keys act on."""
        return self._number

    def accept(self) -> None:
        """Enter prints a copy."""
        if not self._ready:
            return
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        act, number = self._act, self._number
        self.save(lambda: paper.ask_bill(desk, session, act, number, at), self._asked)

    def _show(self, document: Document) -> None:
        self._preview.show_document(document)
        self._ready = True
        self.frame.keys_changed()

    def _ask_made(self, month: Month | None) -> None:
        desk, session, at, number = self.frame.desk, self.frame.session, self.frame.now(), self._number
        self.fetch(lambda: bills.how_made(desk, session, number, month, at), self._show_made)

    def _show_made(self, made: Making) -> None:
        self._shown = made
        self._made.show_making(made)
        self._differences.show_making(made)
        self._turn(made=True)
        self.frame.keys_changed()

    def _turn(self, *, made: bool) -> None:
        """Show the paper, or how it was made."""
        self._shows_made = made
        for widget, shown in (
            (self._preview, not made), (self._copy, not made), (self._made, made), (self._differences, made),
        ):  # fmt: skip
            widget.setVisible(shown)

    def _asked(self, job: JobRow) -> None:
        self._act = uuid4()
        self.frame.print_job(job.job, self._edition)
        self.frame.tell(self._both(N_("Copy {copy} is being made."), copy=job.copy), Kind.GOOD)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
