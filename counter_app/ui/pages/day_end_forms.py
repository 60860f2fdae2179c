"""What is typed at the day's end: why count and books differ and who agrees; where the cash goes."""

from enum import Enum

from PySide6.QtCore import Signal, Slot

from counter_app.desk.day_end import Reveal
from counter_app.domain.money import Paise, read_rupees
from counter_app.ui.choices import Choice, Choices
from counter_app.ui.fields import DigitsField, Field
from counter_app.ui.parts import Card, Facts, key_line
from counter_app.ui.second_person import SecondPerson
from counter_app.ui.text import heading, sentence
from counter_app.words.amounts import rupees
from counter_app.words.say import N_, Language, both


class DifferenceCard(Card):
    """The reason, then the second person's word."""

    def __init__(self, language: Language) -> None:
        super().__init__(spacing=8)
        self.body.addWidget(heading(both(N_("Why count and books differ, and who agrees"), language), "lead"))
        self.reason = Field(both(N_("Reason"), language), limit=400)
        self.second = SecondPerson(language)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.second)
        for words in (
            both(
                N_("The supervisor looks at the count and agrees here, or by a code over the telephone."),
                language,
            ),
            both(
                N_("What turns up later goes into the next drawer as cash in; this day stays."),
                language,
            ),
        ):
            self.body.addWidget(sentence(words))
        self.body.addStretch(1)
        self.section().addLayout(key_line([("Enter", both(N_("Next"), language))]))

    @property
    def fields(self) -> tuple[Field, ...]:
        """In the order in which they are filled."""
        return (self.reason, *self.second.fields)


class Way(Enum):
    """Where the counted cash goes, by the digit that chooses it."""

    BANK = "1"
    FLOAT = "2"
    HAND_OVER = "3"
    KEEP_ALL = "4"


class SealCard(Card):
    """Where the cash goes, and a note; then Enter seals. ``picked`` when another way was chosen."""

    picked = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__(spacing=6)
        self._language = language
        self._counted: Paise = 0
        self.body.addWidget(heading(both(N_("Where does the cash go?"), language), "lead"))
        self._ways = Choices(
            [
                Choice("1", both(N_("All to the bank"), language), "bill"),
                Choice("2", both(N_("A float stays here, the rest to the bank"), language), "drawer"),
                Choice("3", both(N_("All to a colleague, who counts and takes it over"), language), "people"),
                Choice("4", both(N_("All stays here; the drawer opens again with it"), language), "clock"),
            ],
            dense=True,
        )
        self._ways.picked.connect(self._picked)
        self.body.addWidget(self._ways)
        self._kept = DigitsField(both(N_("Float that stays here, in rupees"), language), limit=12)
        self._code = Field(both(N_("Code of the colleague"), language), limit=64)
        self._note = Field(both(N_("Note (optional)"), language), limit=400)
        for field in (self._kept, self._code, self._note):
            self.body.addWidget(field)
        self._facts = Facts()
        self._facts.add(both(N_("Cash counted"), language), bold=True)
        self.body.addWidget(self._facts)
        self.body.addStretch(1)
        self.section().addLayout(key_line([("Enter", both(N_("Seal the day"), language))]))
        self.choose(Way.BANK)

    @property
    def way(self) -> Way:
        """Where the cash goes."""
        return Way(self._ways.key())

    @property
    def fields(self) -> tuple[Field, ...]:
        """Those that are filled, in their order."""
        shown = {Way.FLOAT: (self._kept,), Way.HAND_OVER: (self._code,)}.get(self.way, ())
        return (*shown, self._note)

    def begin(self, reveal: Reveal) -> None:
        """A new seal: the note is empty, the way stays as it was chosen."""
        self._counted = reveal.counted
        self._facts.put(0, rupees(reveal.counted), bold=True)

    def choose(self, way: Way) -> None:
        """Another way."""
        self._ways.select_key(way.value)
        self._kept.setVisible(way is Way.FLOAT)
        self._code.setVisible(way is Way.HAND_OVER)

    def clear(self) -> None:
        """Nothing is typed; all goes to the bank."""
        for field in (self._kept, self._code, self._note):
            field.put("")
        self.choose(Way.BANK)

    def pick(self, digit: str) -> bool:
        """A digit chooses the way."""
        return self._ways.pick(digit)

    def step(self, rows: int) -> None:
        """The way above or below."""
        self._ways.step(rows)
        self.choose(self.way)

    def kept(self) -> Paise:
        """What stays here; a refusal while the amount is none."""
        if self.way is Way.FLOAT:
            return read_rupees(self._kept.text())
        return self._counted if self.way is Way.KEEP_ALL else 0

    def handed_to(self) -> str:
        """The code of the colleague; empty where nobody takes it over."""
        return self._code.text() if self.way is Way.HAND_OVER else ""

    def note(self) -> str:
        """The note."""
        return self._note.text()

    @Slot(str)
    def _picked(self, _key: str) -> None:
        self.choose(self.way)
        self.picked.emit()
