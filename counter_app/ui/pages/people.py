"""Who signs in at this counter: let in, given another password, let in no more, where no centre says it."""

from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtCore import Slot

from counter_app.desk import staffing
from counter_app.desk.staffing import Newcomer, Staffing
from counter_app.domain.acts import StaffChange
from counter_app.domain.people import Person
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import Field, SecretField, show_refusal
from counter_app.ui.forms import Form
from counter_app.ui.models import Cell, Column, Rows
from counter_app.ui.page import Frame, Keys, Page, Visit
from counter_app.ui.parts import Banner, Card, Kind
from counter_app.ui.person_fields import name_fields, password_fields, role_field, role_of, unfit
from counter_app.ui.table import Table
from counter_app.ui.text import heading, sentence
from counter_app.ui.wording import one_name
from counter_app.words import labels
from counter_app.words.say import N_, Both, both

_WAYS = {"1": StaffChange.ADDED, "2": StaffChange.RESET, "3": StaffChange.ENDED}
_DONE = {
    StaffChange.ADDED: N_("{name} signs in here from now on."),
    StaffChange.RESET: N_("{name} signs in with the new password from now on."),
    StaffChange.ENDED: N_("{name} signs in here no more."),
}
_TITLES = {
    StaffChange.RESET: N_("A new password for {name}"),
    StaffChange.ENDED: N_("End the access of {name}"),
}


class PeoplePage(Page):
    """Up and down choose somebody, a digit what is done; Enter goes through the fields and records it."""

    name = "people"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._act: UUID = uuid4()
        self._found: Staffing | None = None
        self._change: StaffChange | None = None
        self._about: Person | None = None
        self._list = self._build_list()
        self.main_column.addWidget(self._list, 1)
        self._forms = self._build_forms()
        for form in self._forms.values():
            self.main_column.addWidget(form)
        self.main_column.addStretch(0)
        self._by_centre = Banner(
            self._both(N_("The centre says who works here. It is changed there, and comes by the line.")),
            Kind.NOTE,
        )
        self.side_column.addWidget(self._by_centre)
        self._ways_card = self._build_ways()
        self.side_column.addWidget(self._ways_card)
        self.side_column.addWidget(self._build_words(), 1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        form = self._form()
        accept = Both("", "")
        if form is not None:
            accept = self._both(N_("Record") if form.is_last() else N_("Next"))
        return Keys(("help", "lock"), escape=self._both(N_("Back")), accept=accept)

    def enter(self, _visit: Visit) -> None:
        """Ask who signs in here."""
        self._begin(None)
        desk, session, at = self.frame.desk, self.frame.session, self.frame.now()
        self.fetch(lambda: staffing.staffing(desk, session, at), self._show)

    def again(self) -> None:
        """Back from another page."""
        self.enter(Visit())

    def leave(self) -> None:
        """What is secret does not wait for anybody."""
        self._forget()

    def step(self, rows: int) -> bool:
        """Up and down choose somebody, while nothing is typed about one."""
        return self._change is None and self._table.step(rows)

    def digit(self, digit: str) -> bool:
        """What is to be done."""
        return self._change is None and not self._ways_card.isHidden() and self._ways.pick(digit)

    def escape(self) -> None:
        """Esc: out of the form, then back."""
        if self._change is None:
            super().escape()
        else:
            self._begin(None)

    def accept(self) -> None:
        """Enter: the next field; behind the last one it is recorded."""
        form = self._form()
        if form is None:
            return
        if form.walk():
            self.frame.keys_changed()
            return
        texts = form.texts()
        if wrong := unfit(texts):
            name, words = wrong
            self._wrong(form.fields[name], words)
        else:
            job, name = self._job(texts)
            self.save(job, lambda _nothing: self._recorded(name))

    def refused(self, trouble: Exception) -> None:
        """Below the field that it is about, else in a banner."""
        form = self._form()
        if form is None or not show_refusal(trouble, form.fields, self.language):
            super().refused(trouble)

    # -- inside --------------------------------------------------------------------------------------

    def _form(self) -> Form | None:
        return self._forms.get(self._change) if self._change is not None else None

    def _person(self) -> Person | None:
        place = self._table.place()
        return self._rows.at(place) if 0 <= place < len(self._rows.rows()) else None

    def _job(self, texts: dict[str, str]) -> tuple[Callable[[], None], str]:
        """What is to be recorded, and of whom."""
        desk, session, at, act = self.frame.desk, self.frame.session, self.frame.now(), self._act
        own, password = texts["own"], texts.get("password", "")
        if self._change is StaffChange.ADDED:
            hindi, english, role = texts["person_hi"], texts["person_en"], role_of(texts)
            assert role is not None
            new = Newcomer(texts["person"], hindi, english, role, password)
            return lambda: staffing.add(desk, session, act, new, own, at), one_name(
                self.language, hindi, english
            )
        person = self._about
        assert person is not None
        name, code = self._name(person), person.code
        if self._change is StaffChange.RESET:
            return lambda: staffing.reset(desk, session, act, code, password, own, at), name
        return lambda: staffing.end(desk, session, act, code, own, at), name

    def _recorded(self, name: str) -> None:
        assert self._change is not None
        words = self._both(_DONE[self._change], name=name)
        self.enter(Visit())
        self.frame.tell(words, Kind.GOOD)

    def _begin(self, change: StaffChange | None) -> None:
        """Show the form of a change, None for none."""
        self._act, self._change = uuid4(), change
        self._forget()
        self._list.setVisible(change is not StaffChange.ADDED)  # so that all fields have room
        for one, form in self._forms.items():
            form.setVisible(one is change)
        self._ways.select(-1 if change is None else [*_WAYS.values()].index(change))
        shown = self._form()
        if shown is None:
            self.setFocus()
        else:
            shown.begin()
        self.frame.keys_changed()

    def _forget(self) -> None:
        for form in self._forms.values():
            for field in form.fields.values():
                field.put("")

    def _wrong(self, field: Field, words: str) -> None:
        field.wrong(self._both(words))
        field.edit.setFocus()
        self.frame.keys_changed()

    @Slot(object)
    def _show(self, found: Staffing) -> None:
        self._found = found
        place = max(self._table.place(), 0)
        self._rows.replace(found.people)
        self._table.select(min(place, len(found.people) - 1))
        self._by_centre.setVisible(found.by_centre)
        self._ways_card.setVisible(not found.by_centre)

    @Slot(str)
    def _picked(self, key: str) -> None:
        # Whom the form names, whatever is clicked in the list meanwhile.
        change, self._about = _WAYS[key], self._person()
        person = self._about
        if change is not StaffChange.ADDED:
            if person is None:
                return
            name = f"{self._name(person)} ({person.code})"
            title = _TITLES[change]
            self._forms[change].show_head(self._both(title, name=name))
        self.untell()
        self._begin(change)

    def _name(self, person: Person) -> str:
        return one_name(self.language, person.name_hi, person.name_en)

    # -- building ------------------------------------------------------------------------------------

    def _build_list(self) -> Card:
        card = Card()
        title = self._both(N_("Who signs in here"))
        card.body.addWidget(heading(title))
        columns = (
            Column(self._both(N_("Code")), 130),
            Column(self._both(N_("Name"))),
            Column(self._both(N_("Role")), 170),
            Column(self._both(N_("Access")), 170),
        )
        self._rows = Rows(columns, self._cells)
        self._table = Table(self._rows, title.lead, Both("", ""))
        card.flush(self._table, stretch=1)
        return card

    def _cells(self, person: Person) -> tuple[Cell, ...]:
        gone = self._found is not None and person.id in self._found.ended
        tone = "ink3" if gone else "ink"
        return (
            Cell(person.code, tone, bold=not gone),
            Cell(self._name(person), tone),
            Cell(labels.role(person.role, self.language).lead, tone),
            Cell(self._both(N_("ended") if gone else N_("signs in")).lead, tone),
        )

    def _build_forms(self) -> dict[StaffChange, Form]:
        passwords = partial(password_fields, self.language)
        newcomer: dict[str, Field] = {
            "person": Field(self._both(N_("Code")), limit=32),
            **role_field(self.language),
            **name_fields(self.language),
        }
        forms = {
            StaffChange.ADDED: Form(
                self._both(N_("Let somebody in")), newcomer | passwords() | self._own(), columns=2
            ),
            StaffChange.RESET: Form(self._both(N_("New password")), passwords() | self._own(), columns=2),
            StaffChange.ENDED: Form(self._both(N_("End the access")), self._own(), columns=2),
        }
        for form in forms.values():
            form.hide()
        return forms

    def _own(self) -> dict[str, Field]:
        return {"own": SecretField(self._both(N_("Your password")), limit=256)}

    def _build_ways(self) -> Card:
        card = Card(spacing=3)
        card.body.addWidget(heading(self._both(N_("You can"))))
        self._ways = Choices(
            [
                Choice("1", self._both(N_("Let somebody in")), icon="person"),
                Choice("2", self._both(N_("New password")), icon="lock"),
                Choice("3", self._both(N_("End the access")), icon="warn"),
            ],
            dense=True,
        )
        self._ways.picked.connect(self._picked)
        card.body.addWidget(self._ways)
        return card

    def _build_words(self) -> Card:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("Keep in mind"))))
        for words in (
            N_("This holds at this counter. Do the same at each counter of the office."),
            N_("Each change is recorded with your code; passwords stand nowhere in the journal."),
            N_("A new password ends the PIN. To change a role, end the access and let the person in again."),
            N_("A drawer that is still open is counted by another: Home tells of it."),
        ):
            card.body.addWidget(sentence(self._both(words), "body"))
        card.body.addStretch(1)
        return card

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
