"""What is told beside a complaint that is being registered: whether 1912 hears of it by itself."""

from counter_app.desk.complaints import ComplaintForm
from counter_app.domain.catalogue import ComplaintType
from counter_app.ui.parts import Banner, Kind
from counter_app.ui.wording import whom
from counter_app.words.say import N_, Both, Language, both


class At1912(Banner):
    """That the call centre does not have it yet; without a line, that somebody must telephone it."""

    def __init__(self, language: Language) -> None:
        words = both(N_("Not yet registered at 1912."), language)
        super().__init__(words, Kind.WARN, icon="phone")
        self._language = language

    def show_for(self, kind: ComplaintType | None, form: ComplaintForm | None) -> None:
        """Say it of a type; None while none is chosen."""
        # Of what goes above the office nobody here ever hears whether 1912 has it.
        self.setVisible(kind is None or not kind.confidential)
        if form is None or form.linked or kind is None or not (kind.of_supply or kind.dangerous):
            head = both(N_("Not yet registered at 1912."), self._language)
            more = both(N_("The number is added here when it comes."), self._language)
        else:
            head = both(N_("No line to the centre: telephone 1912 about it."), self._language)
            more = both(N_("F6, then 0, keeps the number that 1912 gives."), self._language)
            # About danger the officer stands above, before the fields.
            if form.officer is not None and not kind.dangerous:
                named = both(N_("And {whom}"), self._language, whom=whom(self._language, form.officer))
                second = " · ".join(filter(None, (named.second, more.second)))
                more = Both(f"{named.lead} · {more.lead}", second)
        self.show_banner(head, Kind.WARN, more=more, icon="phone")
