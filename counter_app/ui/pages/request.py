"""A request at the window: two digits for what is asked, Enter through the fields, digits tick the papers."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import requests, sheets
from counter_app.desk.complaints import Registered
from counter_app.desk.requests import RequestDraft, RequestForm
from counter_app.domain.catalogue import Answer, ComplaintType, Question
from counter_app.domain.complaint_refusals import AgreementMissing
from counter_app.ui.attached import PICTURE_KEY, Attached
from counter_app.ui.fields import DigitsField, Field, MobileField, show_refusal
from counter_app.ui.page import Frame, HalfTyped, Keys, Page, Visit
from counter_app.ui.parts import Card, clear, column, row
from counter_app.ui.preview import Preview
from counter_app.ui.text import Run, Text, heading
from counter_app.ui.ticks import Tick, Ticks
from counter_app.ui.type_list import TypeList
from counter_app.ui.wording import names
from counter_app.words.dates import day
from counter_app.words.refusals import sentence as refusal_sentence
from counter_app.words.say import N_, Both, Language, both

ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "hold", "lock")
_AGREED = "agreed"
_DIGITS = frozenset({Answer.NUMBER, Answer.MOBILE})


class RequestPage(Page):
    """What is asked first, then its questions, the papers that were looked at, and Enter records."""

    name = "request"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._form: RequestForm | None = None
        self._number = ""
        self._kept: Mapping[str, str] = {}
        self._asked: dict[str, Field] = {}
        who = Card(padding=(20, 9, 20, 9))
        self._who = Text(elide=True, gap="   ")
        who.body.addWidget(self._who)
        self.main_column.addWidget(who)
        panes = row(spacing=12)
        self.main_column.addLayout(panes, 1)
        panes.addWidget(self._build_types())
        panes.addWidget(self._build_fields(), 1)
        slip = Card()
        slip.body.addWidget(heading(self._both(N_("The slip will say"))))
        self._preview = Preview(self._both(N_("The slip will say")).lead)
        slip.body.addWidget(self._preview, 1)
        self.side_column.addWidget(slip, 1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        accept, photo = self._both(N_("Next, save")), self._attached.key()
        return Keys(ACTIONS, more=(photo,), escape=self._both(N_("Back")), accept=accept)

    def enter(self, visit: Visit) -> None:
        """Open the page for a consumer, or for somebody without a connection: a new act is drawn."""
        draft = visit.draft
        self._act = draft.act if draft else uuid4()
        self._number = draft.consumer if draft else visit.consumer
        self._kept = draft.body if draft else {}
        self._attached.put(self._kept)
        self._form = None
        desk, session, at, number = self.frame.desk, self.frame.session, self.frame.now(), self._number
        self.fetch(lambda: requests.prepare(desk, session, number, at), self.show_form)

    def again(self) -> None:
        """Back from another page: what was typed still stands."""
        (self._order()[0] if self._types.key() else self._types).setFocus()

    def consumer(self) -> str:
        """Whom the function keys act on."""
        return self._number

    def draft(self) -> HalfTyped | None:
        """What was typed so far, to be kept; None while nothing was chosen."""
        if self._form is None or not self._types.key():
            return None
        body = {"type": self._types.key(), "mobile": self._mobile.text(), "note": self._note.text()}
        body |= {f"answer {key}": field.text() for key, field in self._asked.items()} | self._attached.kept()
        return HalfTyped(self._act, self._number, body | {"ticked": " ".join(sorted(self._ticks.ticked()))})

    def digit(self, digit: str) -> bool:
        """A digit ticks a paper."""
        return self._ticks.has_focus() and self._ticks.toggle(digit)

    def other_key(self, _key: int, text: str) -> bool:
        """A photo or scan comes, or goes."""
        if text == PICTURE_KEY:
            self._attached.press()
        return text == PICTURE_KEY

    def step(self, rows: int) -> bool:
        """Up and down move in the list of requests."""
        self._types.move_by(rows)
        return True

    def accept(self) -> None:
        """Enter: choose what is asked; go to the next field; behind the last one record."""
        if self._form is None:
            return
        if self._types.hasFocus() or not self._types.key():
            self._types.take_current()
            return
        order = self._order()
        here = next((place for place, one in enumerate(order) if one.has_focus()), -1)
        if here + 1 < len(order):
            order[here + 1].setFocus()
        else:
            self._record()

    # -- building ------------------------------------------------------------------------------------

    def _build_types(self) -> QWidget:
        whole = Card(padding=(0, 0, 0, 0))
        whole.setFixedWidth(352)
        top = row(margins=(20, 11, 20, 9))
        top.addWidget(heading(self._both(N_("Request"))))
        top.addStretch(1)
        self._typed = Text()
        top.addWidget(self._typed)
        whole.body.addLayout(top)
        self._types = TypeList(self.language)
        self._types.chosen.connect(self._chosen)
        self._types.filtered.connect(self._filtered)
        whole.flush(self._types, stretch=1)
        return whole

    def _build_fields(self) -> QWidget:
        whole = Card(padding=(20, 14, 20, 14), spacing=10)
        self._kind = Text(elide=True)
        whole.body.addWidget(self._kind)
        self._questions = column(spacing=10)
        whole.body.addLayout(self._questions)
        beside = row(spacing=16)
        self._mobile = MobileField(self._both(N_("Mobile")))
        self._note = Field(self._both(N_("Note (optional)")), limit=1000)
        for field in (self._mobile, self._note):
            beside.addWidget(field, 1)
            field.edited.connect(self._edited)
        whole.body.addLayout(beside)
        self._looked = Text(elide=True)
        whole.body.addWidget(self._looked)
        self._ticks = Ticks(self._both(N_("Tick by digit what was looked at")).lead)
        self._ticks.changed.connect(self._edited)
        whole.body.addWidget(self._ticks)
        self._attached = Attached(self)
        self._attached.changed.connect(self.frame.keys_changed)
        whole.body.addWidget(self._attached)
        whole.body.addStretch(1)
        return whole

    def _order(self) -> list[Field | Ticks]:
        """Where Enter goes, from first to last."""
        ticks = [self._ticks] if self._ticks.isVisibleTo(self) else []
        return [*self._asked.values(), self._mobile, self._note, *ticks]

    # -- filling -------------------------------------------------------------------------------------

    def show_form(self, form: RequestForm) -> None:
        """Fill the page."""
        self._form = form
        consumer = form.consumer
        if consumer is None:
            words = self._both(N_("Somebody without a connection; for others find the consumer first"))
            self._who.show_runs(
                Run(words.lead, "lead", "ink", bold=True), Run(words.second, "caption", "ink2")
            )
        else:
            lead, other = names(self.language, consumer.name_hi, consumer.name_en)
            self._who.show_runs(
                Run(lead, "title", "ink", bold=True), Run(other, "body", "ink2"),
                Run(consumer.number, "body", "ink", bold=True),
            )  # fmt: skip
        self._types.show_catalogue(form.catalogue)
        self._filtered("")
        self._mobile.put_known(consumer.mobile if consumer else "", self._kept.get("mobile", ""))
        self._note.put(self._kept.get("note", ""))
        self._preview.show_document(None)
        self._show_kind(None)
        if not (self._kept and self._types.choose(self._kept.get("type", ""))):
            self._types.setFocus()

    def _show_kind(self, kind: ComplaintType | None) -> None:
        """The questions and papers of what is asked."""
        clear(self._questions)
        self._asked = {}
        if kind is None:
            words = self._both(N_("Choose what is asked first"))
            self._kind.show_runs(Run(words.lead, "lead", "ink", bold=True), Run(words.second, "body", "ink3"))
            self._looked.show_runs(Run(" ", "caption"))
            self._ticks.show_ticks(())
            return
        lead, other = self._named(kind.name_hi, kind.name_en)
        self._kind.show_runs(Run(f"{kind.key}  {lead}", "lead", "ink", bold=True), Run(other, "body", "ink3"))
        for question in kind.questions:
            field = self._field(question, optional=question.key not in kind.needs)
            self._questions.addWidget(field)
            self._asked[question.key] = field
        ticks = [Tick(one.key, self._named(one.name_hi, one.name_en)) for one in kind.proofs]
        if kind.agreement is not None:
            said = self._named(kind.agreement.text_hi, kind.agreement.text_en)
            ticks.append(Tick(_AGREED, self._both(N_("Read out, and agreed to: {name}"), name=said)))
        self._ticks.show_ticks(tuple(ticks))
        self._show_looked(Both("", ""))

    def _named(self, hindi: str, english: str) -> Both:
        return Both(english, "") if self.language is Language.ENGLISH else Both(hindi, english)

    def _field(self, question: Question, *, optional: bool) -> Field:
        label = self._named(question.name_hi, question.name_en)
        if optional:
            label = self._both(N_("{name} (optional)"), name=label)
        field = DigitsField(label) if question.answer in _DIGITS else Field(label, limit=400)
        if question.answer is Answer.DAY:
            field.hint(self._both(N_("a day, as 12/03/2026")))
        reading = self._form.last_reading if self._form else None
        if question.key == "reading" and reading is not None:
            words = self._both(
                N_("last bill: {reading} on {day}"), reading=reading.value, day=day(reading.on)
            )
            field.hint(words)
        field.put(self._kept.get(f"answer {question.key}", ""))
        field.edited.connect(self._edited)
        return field

    def _show_looked(self, wrong: Both) -> None:
        """What stands over the papers: what to do, or what is missing."""
        if wrong.lead:
            self._looked.show_runs(Run(wrong.lead, "caption", "bad", bold=True))
        elif self._ticks.isVisibleTo(self):
            words = self._both(N_("Tick by digit what was looked at"))
            self._looked.show_runs(
                Run(words.lead, "caption", "ink2", True), Run(words.second, "caption", "ink3")
            )
        else:
            self._looked.show_runs(Run(" ", "caption"))

    @Slot(str)
    def _chosen(self, _key: str) -> None:
        self._show_kind(self._types.kind())
        self._ticks.put(frozenset(self._kept.get("ticked", "").split()))
        self._kept = {}
        self._order()[0].setFocus()
        self._edited()

    @Slot(str)
    def _filtered(self, typed: str) -> None:
        words = typed or self._both(N_("two digits, or letters")).lead
        self._typed.show_runs(Run(words, "caption", "ink" if typed else "ink2", bool(typed)))

    @Slot()
    def _edited(self) -> None:
        for field in (*self._asked.values(), self._mobile, self._note):
            field.right()
        self._show_looked(Both("", ""))
        kind, form = self._types.kind(), self._form
        if kind is not None and form is not None:
            frame = self.frame
            self._preview.show_document(
                sheets.request_preview(
                    frame.desk, frame.session, form, self._request_draft(), kind, frame.now()
                )
            )

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)

    # -- recording -----------------------------------------------------------------------------------

    def _request_draft(self) -> RequestDraft:
        ticked = self._ticks.ticked()
        return RequestDraft(
            self._act, self._number, self._types.key(), self._mobile.text(), self._note.text(),
            {key: field.text() for key, field in self._asked.items()},
            ticked - {_AGREED}, _AGREED in ticked, self._attached.content,
        )  # fmt: skip

    def _record(self) -> None:
        if self._attached.reading:
            return
        desk, session, at, draft = (
            self.frame.desk,
            self.frame.session,
            self.frame.now(),
            self._request_draft(),
        )
        self.save(lambda: requests.register(desk, session, draft, at), self._recorded)

    def _recorded(self, registered: Registered) -> None:
        """The request stands: print its slip, then Home with its number."""
        self.frame.drop_draft(registered.act)
        self.frame.print_job(registered.job)
        result = self._both(N_("Request {number} recorded."), number=registered.number.stem)
        self.frame.home(result, str(registered.number))

    def refused(self, trouble: Exception) -> None:
        """The desk said no: at the field it is about, or in a banner; what was typed stands."""
        if isinstance(trouble, AgreementMissing):
            self._show_looked(refusal_sentence(trouble, self.language))
            self._ticks.setFocus()
            return
        named = {"mobile": self._mobile, "note": self._note}
        if not show_refusal(trouble, named | self._asked, self.language):
            super().refused(trouble)
