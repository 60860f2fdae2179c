"""The bill before it prints: the page itself, what is payable today, and Enter for a copy."""

from uuid import UUID, uuid4

from counter_app.desk import paper
from counter_app.desk.rows import JobRow
from counter_app.documents.page import Document
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, Kind, key_line
from counter_app.ui.preview import Preview
from counter_app.ui.text import Run, Text, heading
from counter_app.words.say import N_, Both, both

ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "lock")


class BillPage(Page):
    """Every print is a numbered copy: the original is the billing system's."""

    name = "bill"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._number = ""
        self._ready = False
        self._preview = Preview(self._both(N_("The bill")).lead, whole=True)
        self.main_column.addWidget(self._preview, 1)
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("A copy of the bill"))))
        for words in (
            self._both(N_("It shows what is payable on the day it prints.")),
            self._both(N_("It is marked as a copy, with its number and time.")),
            self._both(N_("A copy of the bill is the consumer's right; it costs nothing.")),
        ):
            card.body.addWidget(Text(Run(words.lead), Run(words.second, "caption", "ink3"), wrap=True))
        card.body.addStretch(1)
        card.section().addLayout(key_line([("Enter", self._both(N_("Print the copy")))]))
        self.side_column.addWidget(card, 1)

    def keys(self) -> Keys:
        accept = self._both(N_("Print the copy")) if self._ready else Both("", "")
        return Keys(ACTIONS, current="bill", escape=self._both(N_("Back")), accept=accept)

    def enter(self, visit: Visit) -> None:
        """Show a consumer's latest bill as it would print now."""
        self._act, self._number, self._ready = uuid4(), visit.consumer, False
        self._preview.show_document(None)
        desk, session, at, number = self.frame.desk, self.frame.session, self.frame.now(), self._number
        self.fetch(lambda: paper.bill_preview(desk, session, number, at), self._show)
        self.setFocus()

    def again(self) -> None:
        """Back from another page."""
        self.enter(Visit(consumer=self._number))

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

    def _asked(self, job: JobRow) -> None:
        self._act = uuid4()
        self.frame.print_job(job.job)
        self.frame.tell(self._both(N_("Copy {copy} is on its way to the printer."), copy=job.copy), Kind.GOOD)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
