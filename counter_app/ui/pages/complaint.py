"""Registering a complaint: two digits for the type, Enter through the fields, a slip in the hand."""

from collections.abc import Mapping
from itertools import pairwise
from uuid import UUID, uuid4

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from counter_app.desk import complaints, sheets
from counter_app.desk.complaints import ComplaintDraft, ComplaintForm, OnLine, Registered
from counter_app.domain.catalogue import ComplaintType
from counter_app.domain.consumer import Consumer, Supply, masked
from counter_app.domain.service_level import limit_of
from counter_app.ui.attached import PICTURE_KEY, Attached
from counter_app.ui.fields import Field, MobileField, show_refusal
from counter_app.ui.page import Frame, HalfTyped, Keys, Page, Visit
from counter_app.ui.pages.complaint_history import History
from counter_app.ui.pages.complaint_line import Asked, LineAsked
from counter_app.ui.pages.complaint_questions import Questions
from counter_app.ui.pages.complaint_told import At1912
from counter_app.ui.parts import Banner, Card, Kind, row
from counter_app.ui.preview import Preview
from counter_app.ui.text import Run, Text, heading
from counter_app.ui.type_list import TypeList
from counter_app.ui.wording import cut_off, names, whom
from counter_app.words.dates import stamp
from counter_app.words.say import N_, Both, Language, both

ACTIONS = ("help", "find", "complaint", "pay", "bill", "status", "receipts", "hold", "lock")


class ComplaintPage(Page):
    """The type first (two digits or letters), then mobile, landmark, note; Enter in the last records."""

    name = "complaint"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._form: ComplaintForm | None = None
        self._number = ""
        self._kept: Mapping[str, str] = {}
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
        self._preview = Preview(self._say(N_("The slip will say")))
        slip.body.addWidget(self._preview, 1)
        self.side_column.addWidget(slip, 1)
        self._history = History(self.language, self.frame.desk.rules)
        self.side_column.addWidget(self._history)
        self._at_1912 = At1912(self.language)
        self.side_column.addWidget(self._at_1912)

    def keys(self) -> Keys:
        accept, photo = self._both(N_("Next, save")), self._attached.key()
        back = self._both(N_("Back"))
        return Keys(ACTIONS, current="complaint", more=(photo,), escape=back, accept=accept)

    def enter(self, visit: Visit) -> None:
        """Open the page for a consumer, or for a place without one: a new act is drawn."""
        draft = visit.draft
        self._act = draft.act if draft else uuid4()
        self._number = draft.consumer if draft else visit.consumer
        self._kept = draft.body if draft else {}
        self._form = None
        for field in self._fields():
            field.put("")
        self._attached.put(self._kept)
        self._ask_questions(None)
        self._line.forget()
        desk, session, at, number = self.frame.desk, self.frame.session, self.frame.now(), self._number
        self.fetch(lambda: complaints.prepare(desk, session, number, at), self.show_form)

    def again(self) -> None:
        """Back from another page: what was typed still stands."""
        (self._note.edit if self._types.key() else self._types).setFocus()

    def consumer(self) -> str:
        """Whom the function keys act on."""
        return self._number

    def draft(self) -> HalfTyped | None:
        """What was typed so far, to be kept; None while no type is chosen.

        Of an anonymous report nothing that leads to who makes it, of a confidential one nothing at all.
        """
        kind = self._types.kind()
        if self._form is None or kind is None or kind.confidential:
            return None
        body = {"type": kind.key, "mobile": "" if kind.anonymous else self._mobile.text()}
        body |= {"landmark": self._landmark.text(), "note": self._note.text()}
        body |= {ask: field.text() for ask, field in self._questions.fields.items()} | self._attached.kept()
        return HalfTyped(self._act, "" if kind.anonymous else self._number, body)

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)

    def _say(self, text: str, **facts: object) -> str:
        return both(text, self.language, **facts).lead

    # -- building ------------------------------------------------------------------------------

    def _build_types(self) -> QWidget:
        whole = Card(padding=(0, 0, 0, 0))
        whole.setFixedWidth(352)
        top = row(margins=(20, 11, 20, 9))
        top.addWidget(heading(self._both(N_("Type"))))
        top.addStretch(1)
        self._typed = Text(Run(self._say(N_("two digits, or letters")), "caption", "ink2"))
        top.addWidget(self._typed)
        whole.body.addLayout(top)
        self._types = TypeList(self.language)
        self._types.chosen.connect(self._chosen)
        self._types.filtered.connect(self._filtered)
        whole.flush(self._types, stretch=1)
        foot = whole.section()
        self._count = Text(elide=True)
        inner = row(margins=(20, 10, 20, 10))
        inner.addWidget(self._count)
        foot.addLayout(inner)
        return whole

    def _build_fields(self) -> QWidget:
        whole = Card(padding=(20, 12, 20, 8), spacing=6)
        self._kind = Text(elide=True)
        self._limit = Text(wrap=True)
        whole.body.addWidget(self._kind)
        whole.body.addWidget(self._limit)
        self._danger = Banner(
            self._both(N_("Danger to life: phone 1912 first, then Enter.")), Kind.BAD, icon="phone"
        )
        self._danger.hide()
        whole.body.addWidget(self._danger)
        self._line = LineAsked(self.language)
        whole.body.addWidget(self._line)
        self._mobile = MobileField(self._both(N_("Mobile")))
        self._landmark = Field(self._both(N_("Landmark")), limit=400)
        self._note = Field(self._both(N_("Note (optional)")), limit=1000)
        self._questions = Questions(self.language)
        self._questions.edited.connect(self._edited)
        self._questions.moved.connect(self._look_at_line)
        for field in (self._mobile, self._landmark):
            whole.body.addWidget(field)
        whole.body.addWidget(self._questions)
        whole.body.addWidget(self._note)
        for field in self._fields():
            field.edited.connect(self._edited)
        self._attached = Attached(self)
        self._attached.changed.connect(self.frame.keys_changed)
        whole.body.addWidget(self._attached)
        whole.body.addStretch(1)
        return whole

    def _fields(self) -> tuple[Field, ...]:
        """In the order in which Enter goes through them."""
        return self._mobile, self._landmark, *self._questions.fields.values(), self._note

    # -- filling -------------------------------------------------------------------------------

    def show_form(self, form: ComplaintForm) -> None:
        """Fill the page."""
        self._form = form
        consumer = form.consumer
        self._show_who(consumer)
        self._types.show_catalogue(form.catalogue)
        self._count.show_runs(
            Run(
                self._say(N_("{count} types in all, ↓ for more"), count=len(form.catalogue.types)),
                "caption",
                "ink2",
            )
        )
        self._mobile.put_known(consumer.mobile if consumer else "", self._kept.get("mobile", ""))
        self._mobile.hint(Both("", ""))
        self._preview.show_document(None)
        if consumer and consumer.mobile:
            self._mobile.hint(
                self._both(N_("from the record {mobile}; ask and correct"), mobile=masked(consumer.mobile))
            )
        self._landmark.put(self._kept.get("landmark", ""))
        self._note.put(self._kept.get("note", ""))
        self._history.show_earlier(form.earlier)
        if key := self._kept.get("type", ""):
            self._types.choose(key)
        else:
            self._types.setFocus()
            self._show_kind(None)
        self._edited()

    def _show_who(self, consumer: Consumer | None) -> None:
        """Whose complaint it is; of a supply that is cut off that comes before the rest of the name."""
        if consumer is None:
            words = self._both(N_("A place without a consumer number"))
            self._who.show_runs(Run(words.lead, "title", "ink", bold=True), Run(words.second, "body", "ink2"))
            return
        lead, other = names(self.language, consumer.name_hi, consumer.name_en)
        dtr = self._say(N_("DTR {dtr}"), dtr=consumer.dtr) if consumer.dtr else ""
        number = Run(consumer.number, "body", "ink", bold=True)
        rest: tuple[Run, ...] = (Run(other, "body", "ink2"), number, Run(dtr, "body", "ink2"))
        if consumer.supply is not Supply.LIVE:
            off, what = cut_off(self.language, consumer.supply)
            rest = (
                number,
                Run(off.lead, "body", "bad", bold=True),
                Run(what.lead),
                Run(off.second, "body", "ink3"),
            )
        self._who.show_runs(Run(lead, "title", "ink", bold=True), *rest)

    def _show_kind(self, kind: ComplaintType | None) -> None:
        self._danger.setVisible(kind is not None and kind.dangerous)
        self._at_1912.show_for(kind, self._form)
        self._show_whom()
        self._history.show_same(kind.code if kind else "", self.frame.now())
        if kind is None:
            words = self._both(N_("Choose the type first"))
            self._kind.show_runs(Run(words.lead, "lead", "ink", bold=True), Run(words.second, "body", "ink3"))
            self._limit.show_runs(Run(" ", "caption", "ink2"))
            return
        lead, other = (
            Both(kind.name_en, "") if self.language is Language.ENGLISH else Both(kind.name_hi, kind.name_en)
        )
        self._kind.show_runs(Run(f"{kind.key}  {lead}", "lead", "ink", bold=True), Run(other, "body", "ink3"))
        consumer = self._form.consumer if self._form else None
        urban = consumer.urban if consumer else self.frame.desk.office.urban
        desk = self.frame.desk
        due = limit_of(desk.rules.ladder(kind, desk.office.area(urban=urban), self.frame.now()))
        if due is None:
            words = self._both(N_("No time limit is laid down for this here."))
        else:
            words = self._both(N_("To be done by {time}"), time=stamp(due))
        self._limit.show_runs(Run(words.lead, "caption", "ink2"), Run(words.second, "caption", "ink3"))

    def _show_whom(self) -> None:
        """Whom to telephone about danger: 1912, and who answers for the line here."""
        officer = self._form.officer if self._form else None
        head, more = self._both(N_("Danger to life: phone 1912 first, then Enter.")), Both("", "")
        if officer is not None:
            more = self._both(N_("And {whom}"), whom=whom(self.language, officer))
        self._danger.show_banner(head, Kind.BAD, more=more, icon="phone")

    # -- keys ----------------------------------------------------------------------------------

    def step(self, rows: int) -> bool:
        """Up and down move in the list of types."""
        self._types.move_by(rows)
        return True

    def accept(self) -> None:
        """Enter: choose the type; go to the next field; in the last one record."""
        if self._form is None:
            return
        if self._types.hasFocus() or not self._types.key():
            if self._types.take_current():
                self._mobile.edit.setFocus()
            return
        if self._line.asked is not None:
            self._line.accept()
            return
        fields = self._fields()
        for field, following in pairwise(fields):
            if field.has_focus() and not self._is_enough(field):
                following.edit.setFocus()
                if following in self._questions.fields.values():
                    following.edit.selectAll()  # what is typed there takes the place of the record's
                return
        self._record()

    def _is_enough(self, field: Field) -> bool:
        """Whether Enter in a field records at once: joined to an outage, or danger on the consumer's line."""
        kind = self._types.kind()
        if field is self._mobile:
            return self._line.join
        return kind is not None and kind.dangerous and self._questions.agreed(field)

    def escape(self) -> None:
        """Esc keeps a complaint separate from the outage that is asked about; else one step back."""
        if self._line.asked is Asked.OUTAGE:
            self._line.separate()
        else:
            super().escape()

    def other_key(self, _key: int, text: str) -> bool:
        """A photo or scan comes, or goes."""
        if text == PICTURE_KEY:
            self._attached.press()
        return text == PICTURE_KEY

    @Slot(str)
    def _chosen(self, _key: str) -> None:
        kind = self._types.kind()
        if kind is not None and kind.confidential:
            self.frame.drop_draft(self._act)  # of another type, while nobody knew
        self._show_kind(kind)
        self._ask_questions(kind)
        self._line.forget()
        if kind is not None and self._form is not None:
            self._line.ask(self._form.line, kind, self.frame.now())
            self._look_at_line()
        self._mobile.edit.setFocus()
        self._edited()

    def _ask_questions(self, kind: ComplaintType | None) -> None:
        self._questions.ask(kind, self._form.consumer if self._form else None, self._kept)
        for one, following in pairwise(self._fields()):  # the new ones stand behind all others
            QWidget.setTabOrder(one.edit, following.edit)

    @Slot(str)
    def _filtered(self, typed: str) -> None:
        words = typed or self._say(N_("two digits, or letters"))
        self._typed.show_runs(Run(words, "caption", "ink" if typed else "ink2", bool(typed)))

    @Slot()
    def _edited(self) -> None:
        for field in self._fields():
            field.right()
        kind, form = self._types.kind(), self._form
        if kind is None or form is None:
            return
        draft = self._complaint_draft()
        self._preview.show_document(
            sheets.complaint_preview(self.frame.desk, self.frame.session, form, draft, kind, self.frame.now())
        )

    @Slot()
    def _look_at_line(self) -> None:
        """Where it is may have been said: ask what is known of the line there."""
        kind = self._types.kind()
        if kind is None or not self._questions.asks_place():
            return
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        draft = self._complaint_draft()

        def told(line: OnLine) -> None:
            if draft.answers == self._complaint_draft().answers:
                self._line.ask(line, kind, at)

        self.fetch(lambda: complaints.on_line(desk, session, draft, at), told)

    # -- recording -----------------------------------------------------------------------------

    def _complaint_draft(self) -> ComplaintDraft:
        return ComplaintDraft(
            self._act, self._number, self._types.key(),
            self._mobile.text(), self._landmark.text(), self._note.text(),
            self._questions.answers(), self._line.join,
            self._attached.content,
        )  # fmt: skip

    def _record(self) -> None:
        if self._attached.reading:
            return
        desk, session, at, draft = (
            self.frame.desk,
            self.frame.session,
            self.frame.now(),
            self._complaint_draft(),
        )
        self.save(lambda: complaints.register(desk, session, draft, at), self._recorded)

    def _recorded(self, registered: Registered) -> None:
        """The complaint stands: print its slip, then Home with its number; danger asks for the call first."""
        self.frame.drop_draft(registered.act)
        self.frame.print_job(registered.job)
        if registered.outage_job is not None:
            self.frame.print_job(registered.outage_job)
        if registered.type.dangerous:
            self._form = None  # nothing of it is half-typed any more
            self.frame.go("called", Visit(act=registered.act, typed=registered.number.stem))
            return
        result = self._both(N_("Complaint {number} recorded."), number=registered.number.stem)
        self.frame.home(result, str(registered.number))

    def refused(self, trouble: Exception) -> None:
        """The desk said no: under the field it is about, or in a banner; what was typed stands."""
        named = {"mobile": self._mobile, "landmark": self._landmark, "note": self._note}
        if not show_refusal(trouble, named | self._questions.fields, self.language):
            super().refused(trouble)
