"""What stands beside a complaint on the status page: a planned shutdown, whom to telephone, its photos."""

from PySide6.QtWidgets import QWidget

from counter_app.desk.beside import Beside
from counter_app.desk.rows import ComplaintRow
from counter_app.ui.pages.complaint_line import shutdown_banner
from counter_app.ui.parts import Banner, Kind, clear, column
from counter_app.ui.wording import whom
from counter_app.words.say import N_, Language, both


class BesideCards(QWidget):
    """Strips, one for each thing there is to say."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._room = column(spacing=12)
        self.setLayout(self._room)

    def show_none(self) -> None:
        """Nothing is open, or nothing known yet."""
        clear(self._room)

    def show_beside(self, one: ComplaintRow, beside: Beside) -> None:
        """Show what there is beside a complaint."""
        clear(self._room)
        if one.state.open:
            for planned in beside.shutdowns[:1]:
                self._room.addWidget(shutdown_banner(planned, self._language))
        if one.state.open and one.registered.priority == 1 and beside.whom is not None:
            head = both(N_("Danger to life: telephone 1912, and {whom}"), self._language,
                        whom=whom(self._language, beside.whom))  # fmt: skip
            self._room.addWidget(Banner(head, Kind.BAD, icon="phone"))
        if beside.pictures:
            head = both(N_("Photos and scans: {count}"), self._language, count=beside.pictures)
            more = both(N_("/ opens them"), self._language)
            self._room.addWidget(Banner(head, Kind.NOTE, more=more, icon="info"))
