"""The WhatsApp bot of two demo offices: it knows the documented client of the channels, and who writes."""

import importlib.util
import multiprocessing
from multiprocessing.connection import wait
from random import SystemRandom
from typing import Any, NamedTuple

from counter_app.domain.money import RUPEE
from counter_app.resources import example_client
from counter_app.words.amounts import rupees
from counter_app.words.say import N_, Language, say

EVERY_S = (3.0, 9.0)
AHEAD = 100
_LANDMARKS = ("शिव मंदिर के पास", "पानी की टंकी के सामने", "स्कूल के पीछे", "हनुमान चौक")


class Writer(NamedTuple):
    """Somebody who writes to the bot, and of which office."""

    number: str
    mobile: str
    name_hi: str
    name_en: str
    office_hi: str
    office_en: str


class Bot:
    """Does what those who write ask for. ``client`` is that of ``docs/channel_client.py``."""

    def __init__(self, address: str, key: str, writers: tuple[Writer, ...], language: Language) -> None:
        documented = _documented()
        self._refused, self._dice = documented.Refused, SystemRandom()
        self.client = documented.Channel(address, "whatsapp", key)
        self._writers, self._language = writers, language

    def act(self) -> str:
        """Do something for somebody; the sentence that tells of it."""
        writer = self._dice.choice(self._writers)
        try:
            told = self._dice.choice((self._told_payment, self._told_complaint))
            return told(writer)
        except self._refused as refused:
            return str(refused.sentence_hi if self._language is Language.HINDI else refused.sentence)
        except OSError:
            return self._say(N_("WhatsApp bot: the centre does not answer"))

    def complain(self, writer: Writer) -> dict[str, Any]:
        """Register a complaint about the supply; it as the centre tells it, with what it is called."""
        kinds = [one for one in self.client.complaint_types() if one["code"].startswith("SUP-")]
        kind = self._dice.choice(kinds)
        landmark = self._dice.choice(_LANDMARKS)
        made = self.client.register_complaint(
            kind["code"], consumer=writer.number, mobile=writer.mobile, landmark=landmark
        )
        return {**made, "hi": kind["hi"], "en": kind["en"]}

    def pay(self, writer: Writer) -> dict[str, Any]:
        """Report that what is payable was paid, or something ahead; it as the centre tells it."""
        due = self.client.bills(writer.number, writer.mobile)["payable"]
        amount, utr = due or AHEAD, f"{self._dice.randrange(10**11, 10**12)}"
        paid: dict[str, Any] = self.client.report_payment(
            writer.number, amount, "bhim-upi", utr, True, advance=not due
        )
        return paid

    def _told_payment(self, writer: Writer) -> str:
        paid = self.pay(writer)
        return self._say(
            N_("WhatsApp bot: {who} of {office} paid {amount}: {number}"),
            amount=rupees(paid["amount"] * RUPEE), number=paid["receipt"], **self._named(writer),
        )  # fmt: skip

    def _told_complaint(self, writer: Writer) -> str:
        made = self.complain(writer)
        kind = made["hi"] if self._language is Language.HINDI else made["en"]
        return self._say(
            N_("WhatsApp bot: {who} of {office} complains, {kind}: {number}"),
            kind=kind, number=made["number"], **self._named(writer),
        )  # fmt: skip

    def _named(self, writer: Writer) -> dict[str, str]:
        if self._language is Language.HINDI:
            return {"who": writer.name_hi, "office": writer.office_hi}
        return {"who": writer.name_en, "office": writer.office_en}

    def _say(self, text: str, **facts: object) -> str:
        return say(text, self._language, **facts)


def run(address: str, key: str, writers: tuple[Writer, ...], language: Language) -> None:
    """Do something every few seconds, and say it in a line, as long as whoever began this is there."""
    bot, dice, parent = Bot(address, key, writers, language), SystemRandom(), multiprocessing.parent_process()
    assert parent is not None
    print(bot.act(), flush=True)
    while not wait([parent.sentinel], dice.uniform(*EVERY_S)):
        print(bot.act(), flush=True)


def _documented() -> Any:
    """The module of the documentation, which belongs to no package."""
    spec = importlib.util.spec_from_file_location("channel_client", example_client())
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
