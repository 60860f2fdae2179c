"""Papers of an account: the statement, the no-dues certificate, and those of what was paid elsewhere."""

from uuid import UUID, uuid4

from PySide6.QtCore import Slot

from counter_app.desk import account
from counter_app.desk.account import Wanted
from counter_app.desk.rows import JobRow, KnownPayment
from counter_app.documents.page import Document
from counter_app.domain.acts import Paper
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Card, Kind, clear, column
from counter_app.ui.preview import Preview
from counter_app.ui.text import heading, sentence
from counter_app.words import labels
from counter_app.words.amounts import rupees
from counter_app.words.dates import short_day
from counter_app.words.say import N_, Both, both

ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "lock")
_MOST = 9  # as many as digits
_OF_ACCOUNT = (Wanted(Paper.STATEMENT), Wanted(Paper.NO_DUES))
_LOOK = {
    Paper.STATEMENT: (N_("Account statement, 12 months"), "bill"),
    Paper.NO_DUES: (N_("No-dues certificate"), "ok"),
    Paper.CLAIM: (N_("Claim slip"), "warn"),
    Paper.CHANNEL_RECEIPT: (N_("Duplicate"), "receipt"),
}


class AccountPage(Page):
    """A digit or the arrows choose the paper, which then is seen; Enter prints it."""

    name = "account"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._number = ""
        self._wanted: tuple[Wanted, ...] = _OF_ACCOUNT
        self._ready = False
        self._preview = Preview(self._both(N_("The paper")).lead)
        self.main_column.addWidget(self._preview, 1)
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("Papers of the account"))))
        self._choices = Choices([])
        self._list = column()
        card.body.addLayout(self._list)
        card.body.addStretch(1)
        card.section().addWidget(sentence(self._both(N_("A payment that is not here is a complaint: F3."))))
        self.side_column.addWidget(card, 1)

    def keys(self) -> Keys:
        accept = self._both(N_("Print it")) if self._ready else Both("", "")
        return Keys(ACTIONS, escape=self._both(N_("Back")), accept=accept)

    def enter(self, visit: Visit) -> None:
        """Show what can be printed for a consumer, the statement first."""
        self._act, self._number = uuid4(), visit.consumer
        clear(self._list)
        self._choices = Choices([])  # the last consumer's payments are not this one's
        self._show_none()
        self.setFocus()
        desk, session, at, number = self.frame.desk, self.frame.session, self.frame.now(), self._number
        self.fetch(lambda: account.elsewhere(desk, session, number, at), self._show_papers)

    def again(self) -> None:
        """Back from another page: what is due may have changed."""
        self.enter(Visit(consumer=self._number))

    def consumer(self) -> str:
        """Whom the function keys act on."""
        return self._number

    def digit(self, digit: str) -> bool:
        """A digit chooses the paper."""
        return self._choices.pick(digit)

    def step(self, rows: int) -> bool:
        """The arrows choose the paper too."""
        before = self._choices.current
        self._choices.step(rows)
        if self._choices.current != before:
            self._picked(self._choices.key())
        return True

    def accept(self) -> None:
        """Enter prints what is seen."""
        if not self._ready:
            return
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        act, number, wanted = self._act, self._number, self._wanted[self._choices.current]
        self.save(lambda: account.ask(desk, session, act, number, wanted, at), self._asked)

    @Slot(object)
    def _show_papers(self, payments: tuple[KnownPayment, ...]) -> None:
        found = list(_OF_ACCOUNT)
        for payment in payments:
            if not payment.posted:
                found.append(Wanted(Paper.CLAIM, payment))
            found.append(Wanted(Paper.CHANNEL_RECEIPT, payment))
        self._wanted = tuple(found[:_MOST])
        clear(self._list)
        self._choices = Choices([self._choice(str(at), one) for at, one in enumerate(self._wanted, 1)])
        self._choices.picked.connect(self._picked)
        self._list.addWidget(self._choices)
        self._choices.pick("1")

    def _choice(self, key: str, wanted: Wanted) -> Choice:
        (words, icon), paid = _LOOK[wanted.paper], wanted.payment
        if paid is None:
            return Choice(key, self._both(words), icon)
        where = labels.channel(paid.channel, self.language).lead
        return Choice(key, self._both(words), icon, f"{where} {short_day(paid.on)}", rupees(paid.amount))

    @Slot(str)
    def _picked(self, key: str) -> None:
        self._show_none()
        self._act = uuid4()
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        number, wanted = self._number, self._wanted[int(key) - 1]
        self.fetch(lambda: account.preview(desk, session, number, wanted, at), self._show)

    def _show(self, document: Document) -> None:
        self._preview.show_document(document)
        self._ready = True
        self.frame.keys_changed()

    def _show_none(self) -> None:
        self._preview.show_document(None)
        self._ready = False
        self.frame.keys_changed()

    def _asked(self, job: JobRow) -> None:
        self._act = uuid4()
        self.frame.print_job(job.job)
        self.frame.tell(self._both(N_("Print {copy} is on its way."), copy=job.copy), Kind.GOOD)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
