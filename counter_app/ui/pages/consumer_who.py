"""Who a consumer is, in a line; where they live and their mobile are masked until somebody asks for them."""

from counter_app.domain.consumer import Consumer, masked, masked_address
from counter_app.ui.text import Run, Text, announce
from counter_app.ui.wording import place, relation
from counter_app.words.say import N_, Language, say


class Who(Text):
    """Number, father or husband, address, mobile. Where there is no room the last give way: what was asked
    for whole stands first.
    """

    def __init__(self, language: Language) -> None:
        super().__init__(elide=True, gap="  ·  ")
        self._language = language
        self._consumer: Consumer | None = None
        self._whole = ""  # the number of whom address and mobile are shown

    @property
    def is_whole(self) -> bool:
        """Whether address and mobile of the consumer who is shown stand whole."""
        return self._consumer is not None and self._consumer.number == self._whole

    def show_consumer(self, consumer: Consumer) -> None:
        """Show a consumer, or the same one again, masked or whole as the line stands."""
        self._consumer = consumer
        language = self._language
        address = consumer.house, consumer.locality_hi, consumer.locality_en
        mobile = consumer.mobile
        if not self.is_whole:
            address, mobile = masked_address(*address), masked(mobile)
        number = Run(consumer.number, "body", "ink", bold=True)
        of = Run(relation(language, consumer.relation, consumer.relation_hi, consumer.relation_en))
        where = Run(place(language, *address, consumer.ward))
        phone = Run(say(N_("mobile {mobile}"), language, mobile=mobile) if mobile else "")
        self.show_runs(number, *((phone, where, of) if self.is_whole else (of, where, phone)))

    def show_whole(self, consumer: Consumer) -> None:
        """Show address and mobile of the consumer whole, until ``mask_again``."""
        self._whole = consumer.number
        self.show_consumer(consumer)
        announce(self, self.text())

    def mask_again(self) -> None:
        """Mask what was shown whole."""
        self._whole = ""
        if self._consumer is not None:
            self.show_consumer(self._consumer)
