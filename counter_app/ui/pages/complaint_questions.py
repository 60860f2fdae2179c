"""What is asked with a type of complaint, and where it is: of a consumer as the record has it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.desk.complaints import PLACES, asks_place
from counter_app.domain.catalogue import ComplaintType
from counter_app.domain.complaint import Answered
from counter_app.domain.consumer import Consumer
from counter_app.ui.fields import Field
from counter_app.ui.parts import clear
from counter_app.words.say import N_, Both, Language, both


class Questions(QWidget):
    """A field for each question, two in a row; ``moved``: it was typed where on the network it is."""

    edited = Signal()
    moved = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._grid)
        self.fields: dict[str, Field] = {}
        self._of_record: dict[str, str] = {}
        self.hide()

    def ask(self, kind: ComplaintType | None, consumer: Consumer | None, kept: Mapping[str, str]) -> None:
        """Ask what a type asks; ``kept`` is what was typed before. Who stays unknown has no record."""
        clear(self._grid)
        self.fields, self._of_record = {}, {}
        self.hide()
        if kind is None or not kind.questions:
            return
        words = {
            question.key: Both(question.name_en, "")
            if self._language is Language.ENGLISH
            else Both(question.name_hi, question.name_en)
            for question in kind.questions
        }
        if consumer is not None and not kind.anonymous and asks_place(kind):
            line = {"dtr": consumer.dtr, "feeder": consumer.feeder}
            if consumer.dtr and "pole" in words:  # a pole that nobody can read does not say where it is
                words = {"dtr": both(N_("DTR number"), self._language)} | words
            self._of_record = {ask: line[ask] for ask in words if line.get(ask)}
        for ask, name in words.items():
            self._add(ask, name, kept.get(ask, self._of_record.get(ask, "")))
        self.show()  # behind the fields: they are there at once, also for the next key

    def _add(self, ask: str, name: Both, text: str) -> None:
        field = Field(name, limit=400)
        field.put(text)
        if ask in self._of_record:
            field.aside(both(N_("from record"), self._language)._replace(second=""), checked=True)
        field.edited.connect(self.edited)
        if ask in PLACES:
            field.edited.connect(self.moved)
        self._grid.addWidget(field, *divmod(len(self.fields), 2))
        self.fields[ask] = field

    def answers(self) -> tuple[Answered, ...]:
        """What stands in the fields."""
        return tuple(Answered(ask, field.text()) for ask, field in self.fields.items())

    def asks_place(self) -> bool:
        """Whether one of them is where on the network it is."""
        return any(ask in PLACES for ask in self.fields)

    def agreed(self, field: Field) -> bool:
        """Whether this is the first field of the record's line, and nothing else was said of the place."""
        first = next((self.fields[ask] for ask in self.fields if ask in self._of_record), None)
        said = {ask: one.text() for ask, one in self.fields.items() if ask in PLACES and one.text()}
        return field is first and said == self._of_record
