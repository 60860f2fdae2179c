"""A counter that was on another PC, or on this one: a copy of its data is put back."""

from PySide6.QtCore import Slot

from counter_app.ui.fields import Field, SecretField
from counter_app.ui.file_dialogs import choose_file
from counter_app.ui.forms import Form
from counter_app.ui.page import Frame, Key, Keys, Page, Visit
from counter_app.ui.parts import Card
from counter_app.ui.text import heading, sentence
from counter_app.whole_file import typed_path
from counter_app.words.say import N_, Both, both

_CHOOSE = "*"


class PutBackPage(Page):
    """Enter goes from field to field and, in the last one, puts the copy back."""

    name = "put_back"
    needs_sign_in = False

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._form = self._build_form()
        self.main_column.addWidget(self._form)
        self.main_column.addStretch(1)
        self.side_column.addWidget(self._build_side(), 1)

    def keys(self) -> Keys:
        accept = self._both(N_("Put back") if self._form.is_last() else N_("Next"))
        more = (Key(_CHOOSE, self._both(N_("Choose a file"))),) if self._in_place() else ()
        return Keys(("language",), escape=self._both(N_("Back")), accept=accept, more=more)

    def enter(self, visit: Visit) -> None:
        """Nothing is typed yet, but for the place."""
        self._form.fields["place"].put(visit.typed)
        self._forget()
        self._form.begin()
        self.frame.keys_changed()

    def typed(self) -> str:
        return self._form.texts()["place"]

    def leave(self) -> None:
        """What is secret does not wait for anybody."""
        self._forget()

    def escape(self) -> None:
        self.frame.go("first_run", Visit(typed="ways"))

    def commands(self) -> str:
        return _CHOOSE if self._in_place() else ""

    def other_key(self, _key: int, text: str) -> bool:
        """The star opens the system's own way of choosing a file."""
        if text != _CHOOSE or not self._in_place():
            return False
        choose_file(self, self._both(N_("Copy, or folder with copies")), "*.backup", self._chosen)
        return True

    def accept(self) -> None:
        if self._form.walk():
            self.frame.keys_changed()
            return
        texts, first_run, language = self._form.texts(), self.frame.first_run, self.language
        if first_run is None:
            return
        place, papers = typed_path(texts["place"]), tuple(texts["papers"].split())
        who = (texts["code"].strip(), texts["password"])
        recovery = texts["recovery"].strip()
        self.save(lambda: first_run.restore(place, recovery, who, papers, language), self._put_back)

    # -- inside --------------------------------------------------------------------------------------

    def _in_place(self) -> bool:
        return self._form.fields["place"].has_focus()

    @Slot(str)
    def _chosen(self, file: str) -> None:
        self._form.fields["place"].put(file)

    def _forget(self) -> None:
        for name in ("recovery", "password"):
            self._form.fields[name].put("")

    def _put_back(self, told: tuple[Both, ...]) -> None:
        self._forget()
        if self.frame.first_run is not None:
            self.frame.first_run.begin(told)

    def _build_form(self) -> Form:
        newest = self._both(N_("Of a folder the newest whole copy is taken"))
        written = self._both(N_("From its sheet; empty where this PC still has the key"))
        papers = self._both(N_("Receipt and complaint, like 2214-2-004187 2214-2-C00318"))
        return Form(
            self._both(N_("Put a copy back")),
            {
                "place": Field(self._both(N_("Copy, or folder with copies")), hint=newest, limit=1000),
                "recovery": SecretField(self._both(N_("Recovery code")), hint=written, limit=64),
                "code": Field(
                    self._both(N_("Your code")), hint=self._both(N_("Supervisor or administrator")), limit=40
                ),
                "password": SecretField(self._both(N_("Password")), limit=256),
                "papers": Field(self._both(N_("Numbers of the last papers")), hint=papers, limit=200),
            },
        )

    def _build_side(self) -> Card:
        card = Card(spacing=8)
        card.body.addWidget(heading(self._both(N_("How it goes"))))
        for words in (
            N_("The copy is proven before it counts: every page, every entry, every signature."),
            N_("Numbers go on above those that were given out; none comes twice."),
            N_("What the copy lacks comes back from the centre, where it can be had."),
            N_("Without any copy: let the centre revoke the old PC, then set this one up by a new code."),
        ):
            card.body.addWidget(sentence(self._both(words), "body"))
        card.body.addStretch(1)
        return card

    def _both(self, text: str, **facts: object) -> Both:
        return both(text, self.language, **facts)
