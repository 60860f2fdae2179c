"""This PC becomes a counter: from a file or from what is typed, then the first administrator."""

import json
from dataclasses import replace

from PySide6.QtCore import Slot

from counter_app.domain.office import Office
from counter_app.domain.people import Role
from counter_app.domain.service_level import Area
from counter_app.domain.setting_up import (
    CentreAddress,
    Made,
    Member,
    SetUp,
    Wanted,
    demand_said,
    numbers_said,
    typed_office,
    typed_person,
)
from counter_app.domain.text import about, only_digits
from counter_app.ui.fields import Field, SecretField, show_refusal
from counter_app.ui.file_dialogs import choose_file
from counter_app.ui.first_run import FirstRun
from counter_app.ui.forms import Form
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.parts import Card, Facts
from counter_app.ui.person_fields import name_fields, password_fields, role_field, role_of, unfit
from counter_app.ui.text import Run, Text, heading, sentence
from counter_app.whole_file import typed_path
from counter_app.words.first_run import made_words
from counter_app.words.say import N_, Both, both

_AREAS = {"1": Area.RURAL, "2": Area.URBAN, "3": Area.METRO}
_FILE, _FACTS, _KEY, _NUMBERS, _PEOPLE = "file", "facts", "key", "numbers", "people"
_NEW, _IN_USE = "1", "2"
_CHOOSE = "*"


class SetUpPage(Page):
    """Step by step, Enter goes on and Esc back. Nothing is made before the last Enter."""

    name = "set_up"
    needs_sign_in = False

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._wanted: Wanted | None = None
        self._typed = False
        self._step = _FILE
        self._forms = {
            _FILE: self._build_file(), _FACTS: self._build_facts(), _NUMBERS: self._build_numbers(),
            _PEOPLE: self._build_people(),
        }  # fmt: skip
        self._key_card = self._build_key()
        for card in (*self._forms.values(), self._key_card):
            self.main_column.addWidget(card)
        self.main_column.addStretch(1)
        self._told = Card(spacing=8)
        self._told.body.addWidget(heading(self._both(N_("This counter"))))
        self._office_facts = Facts()
        self._told.body.addWidget(self._office_facts)
        self.side_column.addWidget(self._told)
        self.side_column.addWidget(self._build_side(), 1)

    # -- what the window calls -----------------------------------------------------------------------

    def keys(self) -> Keys:
        form = self._forms.get(self._step)
        accept = self._both(N_("Next"))
        if self._step == _KEY:
            accept = self._both(N_("It is the same key"))
        elif self._is_all():
            accept = self._both(N_("Set up"))
        elif self._step == _PEOPLE and form is not None and form.is_last():
            accept = self._both(N_("Add"))
        more = (Key(_CHOOSE, self._both(N_("Choose a file"))),) if self._step == _FILE else ()
        return Keys(("language",), escape=self._both(N_("Back")), accept=accept, more=more)

    def enter(self, visit: Visit) -> None:
        """Begin with the file; what was typed before the language changed comes back."""
        known = json.loads(visit.typed) if visit.typed else {}
        for form in self._forms.values():
            for name, field in form.fields.items():
                field.put(known.get(name, field.text() if not isinstance(field, SecretField) else ""))
        self._show(known.get("step", _FILE))

    def typed(self) -> str:
        """What was typed, without the password; a file is read again."""
        texts = {
            name: field.text()
            for form in self._forms.values()
            for name, field in form.fields.items()
            if not isinstance(field, SecretField)
        }
        return json.dumps(texts | {"step": _FACTS if self._step == _FACTS else _FILE})

    def leave(self) -> None:
        """What is secret does not wait for anybody."""
        self._forget()

    def escape(self) -> None:
        before = {_FACTS: _FILE, _KEY: _FILE, _NUMBERS: _FACTS if self._typed else _FILE, _PEOPLE: _NUMBERS}
        if self._step in before:
            self._forget()
            self._show(before[self._step])
        else:
            self.frame.go("first_run", Visit(typed="ways"))

    def commands(self) -> str:
        return _CHOOSE if self._step == _FILE else ""

    def other_key(self, _key: int, text: str) -> bool:
        """The star opens the system's own way of choosing a file."""
        if text != _CHOOSE or self._step != _FILE:
            return False
        choose_file(self, self._both(N_("The file from the central office")), "*.setup *.toml", self._chosen)
        return True

    def accept(self) -> None:
        """Enter: to the next field, then to the next step."""
        form = self._forms.get(self._step)
        if self._is_all():
            self._make()
            return
        if not self._is_by_hand() and form is not None and form.walk():
            self.frame.keys_changed()
            return
        {
            _FILE: self._read, _FACTS: self._take_facts, _KEY: lambda: self._show(_NUMBERS),
            _NUMBERS: self._take_numbers, _PEOPLE: self._name_person,
        }[self._step]()  # fmt: skip

    def refused(self, trouble: Exception) -> None:
        """Below the field that it is about, else in a banner."""
        form = self._forms.get(self._step)
        if form is None or not show_refusal(trouble, form.fields, self.language):
            super().refused(trouble)

    # -- the steps -----------------------------------------------------------------------------------

    def _read(self) -> None:
        texts = self._forms[_FILE].texts()
        if not texts["file"].strip():
            self._show(_FACTS)
            return
        first_run, file = self._first_run(), typed_path(texts["file"])
        office, counter = texts["office"].strip().upper(), only_digits(texts["number"])
        self.save(lambda: first_run.read(file, office, int(counter) if counter else None), self._found)

    def _found(self, wanted: Wanted) -> None:
        self._wanted, self._typed = wanted, False
        if wanted.company_key:
            from counter_app.wire.setup_files import fingerprint

            shown = fingerprint(wanted.company_key)
            self._fingerprint.show_runs(Run(shown, "title", "ink", bold=True))
        self._show(_KEY if wanted.company_key else _NUMBERS)

    def _take_facts(self) -> None:
        texts, first_run = self._forms[_FACTS].texts(), self._first_run()
        area = only_digits(texts["area"]) or "1"
        if area not in _AREAS:
            self._wrong("area", N_("Type 1, 2 or 3."))
            return

        def job() -> Wanted:
            office = typed_office({**texts, "area": _AREAS[area]})
            if not texts["url"].strip():
                return Wanted(SetUp(office))
            centre = CentreAddress(texts["url"].strip(), first_run.certificate(texts["certificate"]))
            return Wanted(SetUp(office, centre), texts["enrolment"].strip())

        self.save(job, self._taken)

    def _taken(self, wanted: Wanted) -> None:
        self._wanted, self._typed = wanted, True
        self._show(_NUMBERS)

    def _take_numbers(self) -> None:
        """Whether the counter's number is new is said in any case: nothing here would tell."""
        form, wanted = self._forms[_NUMBERS], self._wanted
        assert wanted is not None
        said, papers = only_digits(form.texts()["before"]), form.texts()["papers"].split()
        if said not in {_NEW, _IN_USE}:
            self._wrong("before", N_("Type 1 or 2."))
        elif said == _IN_USE and not papers and not wanted.code:
            self._wrong("papers", N_("Type the numbers of the last papers, or type 1 above."))
        else:

            def job() -> Wanted:
                with about("papers"):
                    told = numbers_said(wanted, papers, new=said == _NEW)
                    if not wanted.code:
                        demand_said(told.given)
                return told

            self.save(job, self._numbered)

    def _numbered(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._show(_PEOPLE)

    def _name_person(self) -> None:
        """Somebody was typed: one more who works here."""
        form, wanted = self._forms[_PEOPLE], self._wanted
        texts, role = form.texts(), role_of(form.texts())
        assert wanted is not None
        if wrong := unfit(texts):
            self._wrong(*wrong)
        else:
            assert role is not None

            def job() -> Member:
                from counter_app.wire.passwords import new_password_hash

                person = typed_person(wanted.begins.office.code, texts, role)
                with about("password"):
                    own = (person.code, person.name_hi, person.name_en)
                    return Member(person, new_password_hash(texts["password"], own))

            self.save(job, self._named)

    def _named(self, member: Member) -> None:
        """The next one may be typed; who is named twice is who was typed last."""
        wanted = self._wanted
        assert wanted is not None
        others = [one for one in wanted.begins.people if one.person.id != member.person.id]
        self._wanted = replace(wanted, begins=replace(wanted.begins, people=(*others, member)))
        for field in self._forms[_PEOPLE].fields.values():
            field.put("")
        self._show(_PEOPLE)

    def _make(self) -> None:
        wanted, first_run = self._wanted, self._first_run()
        assert wanted is not None
        people = wanted.begins.people
        if not wanted.code and not any(one.person.role is Role.ADMINISTRATOR for one in people):
            self._wrong("person", N_("An administrator has to sign in first. Type who it is."))
            return
        begins = replace(wanted.begins, language=str(self.language))
        self.save(lambda: first_run.make(replace(wanted, begins=begins)), self._made)

    def _made(self, made: Made) -> None:
        assert self._wanted is not None
        self._forget()
        self._first_run().begin(tuple(made_words(made, self._wanted, self.language)))

    # -- inside --------------------------------------------------------------------------------------

    def _is_all(self) -> bool:
        """Whether Enter in an empty field says that nobody else is to be named."""
        code = self._forms[_PEOPLE].fields["person"]
        return self._step == _PEOPLE and code.has_focus() and not code.text().strip()

    def _is_by_hand(self) -> bool:
        """Whether Enter in the field of the file says that there is none."""
        file = self._forms[_FILE].fields["file"]
        return self._step == _FILE and file.has_focus() and not file.text().strip()

    def _first_run(self) -> FirstRun:
        assert self.frame.first_run is not None
        return self.frame.first_run

    def _wrong(self, name: str, words: str) -> None:
        """Say below a field of this step what is wrong with it; the cursor goes there."""
        field = self._forms[self._step].fields[name]
        field.wrong(self._both(words))
        field.edit.setFocus()

    @Slot(str)
    def _chosen(self, file: str) -> None:
        self._forms[_FILE].fields["file"].put(file)
        self._forms[_FILE].begin()

    def _forget(self) -> None:
        for name in ("password", "once_more"):
            self._forms[_PEOPLE].fields[name].put("")

    def _show(self, step: str) -> None:
        self._step = step
        self.untell()
        for name, form in self._forms.items():
            form.setVisible(name == step)
        self._key_card.setVisible(step == _KEY)
        known = self._wanted if step in {_KEY, _NUMBERS, _PEOPLE} else None
        self._told.setVisible(known is not None)
        if known is not None:
            self._show_office(known.begins.office, known)
        if step in self._forms:
            self._forms[step].begin()
        else:
            self.setFocus()
        self.frame.keys_changed()

    def _show_office(self, office: Office, wanted: Wanted) -> None:
        self._office_facts.clear()
        for label, value in (
            (N_("Office"), f"{office.code} {office.name_hi}"),
            (N_("Counter"), str(office.counter)),
            (N_("Division"), office.division_hi),
            (N_("Centre"), wanted.begins.centre.url if wanted.begins.centre else ""),
            (N_("People"), ", ".join(one.person.code for one in wanted.begins.people)),
        ):
            self._office_facts.add(self._both(label), value)

    # -- building ------------------------------------------------------------------------------------

    def _build_file(self) -> Form:
        empty = self._both(N_("Empty and Enter: everything is typed"))
        several = self._both(N_("Only where the file has several"))
        one = self._both(N_("Empty only where the file is for one counter"))
        return Form(
            self._both(N_("The file from the central office")),
            {
                "file": Field(self._both(N_("File, for example on a pen drive")), hint=empty, limit=1000),
                "office": Field(self._both(N_("Office code")), hint=several, limit=12),
                "number": Field(self._both(N_("Counter number")), hint=one, limit=2),
            },
        )

    def _build_facts(self) -> Form:
        labels = {
            "code": N_("Office code"), "counter": N_("Counter number"), "location": N_("Location code"),
            "name_hi": N_("Office, in Hindi"), "division_hi": N_("Division, in Hindi"),
            "company_hi": N_("Company, in Hindi"),
            "name_en": N_("Office, in English"), "division_en": N_("Division, in English"),
            "company_en": N_("Company, in English"),
            "area": N_("Area"), "helpline": N_("Helpline"), "url": N_("Address of the centre"),
            "certificate": N_("File of its certificate"), "enrolment": N_("Code from the centre"),
        }  # fmt: skip
        empty = self._both(N_("Empty where there is none"))
        hints = {
            "area": self._both(N_("1 rural, 2 urban, 3 metro")),
            "url": empty, "certificate": empty, "enrolment": empty,
        }  # fmt: skip
        fields = {
            name: Field(self._both(label), hint=hints.get(name, Both("", "")))
            for name, label in labels.items()
        }
        return Form(self._both(N_("Office and counter")), fields, columns=3)

    def _build_numbers(self) -> Form:
        before = self._both(N_("1 no, its number is new; 2 yes, on another PC or this one"))
        papers = self._both(N_("Like 2214-2-004187 2214-2-C00318; no receipt yet: 2214-2-000000"))
        return Form(
            self._both(N_("Numbers that were given out")),
            {
                "before": Field(self._both(N_("Was this counter here before?")), hint=before, limit=1),
                "papers": Field(self._both(N_("Numbers of the last papers")), hint=papers, limit=200),
            },
        )

    def _build_people(self) -> Form:
        code = Field(
            self._both(N_("Code")), hint=self._both(N_("Empty and Enter: nobody else, set up now")), limit=32
        )
        # The key bar says what Enter does now.
        code.edited.connect(self.frame.keys_changed)
        return Form(
            self._both(N_("Who works here, the administrator first")),
            {
                "person": code,
                **name_fields(self.language),
                **role_field(self.language),
                **password_fields(self.language),
            },
        )

    def _build_key(self) -> Card:
        card = Card(spacing=12)
        card.body.addWidget(heading(self._both(N_("The company's key")), "lead"))
        self._fingerprint = Text(Run("", "title"))
        card.body.addWidget(self._fingerprint)
        for words in (
            N_("Compare it with the letter of the central office, sign by sign."),
            N_("If it is another one, press Esc: the file is not to be trusted."),
        ):
            card.body.addWidget(sentence(self._both(words), "body"))
        return card

    def _build_side(self) -> Card:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            N_("The file says office, counter and centre. Without one, type what the office's papers say."),
            N_("A counter that was here before goes on above its last papers, or what the centre knows."),
            N_("Where the centre names the staff nobody need be typed; they use their own codes."),
            N_("Without the line the counter works as well; it is enrolled later, by the word sync on Home."),
            N_("Printers, places for copies and the rest are chosen after signing in."),
        ):
            card.body.addWidget(sentence(self._both(words), "body"))
        card.body.addStretch(1)
        return card

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
