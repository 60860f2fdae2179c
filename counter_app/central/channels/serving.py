"""What all requests of channels share: the seal, the rules, the presses, and how one is answered."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from uuid import UUID

from counter_app.central.channels.accounts import GUESSES_AT_ONCE, GUESSES_PER_S
from counter_app.central.channels.asking import Asked
from counter_app.central.channels.keys import ChannelKey, known_key
from counter_app.central.channels.press import Facts, Press
from counter_app.central.channels.rules import CentreRules
from counter_app.central.channels.seals import Seal
from counter_app.central.database import Database, Transaction, looked
from counter_app.central.gateway import Rates, now_ms
from counter_app.central.ledger import Ledger, in_ledger
from counter_app.domain.central_refusals import ChannelsClosed, TooManyRequests
from counter_app.domain.channel import Channel
from counter_app.domain.days import from_millis
from counter_app.domain.refusals import Refused

WRONG_KEYS_PER_S = 30.0
BURST_S = 2
"""A key may ask at once for as much as it may in so many seconds."""

T = TypeVar("T")


class Gateway(Protocol):
    """What of the gateway is needed here."""

    database: Database

    def run(self, work: Callable[..., T], *arguments: object) -> Coroutine[Any, Any, T]:
        """Do something with the database, in a thread."""

    def tell(self, office: str) -> None:
        """Something was published."""


@dataclass(slots=True)
class Channels:
    """The channels of one gateway. Without a seal they are closed."""

    gateway: Gateway
    seal: Seal | None
    rules: CentreRules = field(default_factory=CentreRules)
    press: Press = field(default_factory=Press)
    guesses: Rates = field(default_factory=lambda: Rates(GUESSES_AT_ONCE, GUESSES_PER_S))
    wrong_keys: Rates = field(default_factory=lambda: Rates(WRONG_KEYS_PER_S, WRONG_KEYS_PER_S))
    rates: dict[int, Rates] = field(default_factory=dict)

    async def begin(self) -> None:
        """Be ready for papers, where any can be asked for."""
        if self.seal is not None:
            await asyncio.to_thread(self.press.begin)

    def asked(self, caller: "Caller", ledger: Ledger) -> Asked:
        """A request of somebody who may make one now. ``ChannelsClosed``, ``KeyNotGood``, ``KeyElsewhere``,
        ``TooManyRequests``.
        """
        if self.seal is None:
            raise ChannelsClosed
        key = self._admitted(ledger, caller)
        rules, at = self.rules.now(ledger.transaction), from_millis(now_ms())
        return Asked(ledger, caller.channel, key, rules, self.seal, self.guesses, at)

    def _admitted(self, ledger: Ledger, caller: "Caller") -> ChannelKey:
        now_s = time.monotonic()
        try:
            key = known_key(ledger.transaction, caller.key_hash, caller.channel)
        except Refused:
            self._demand(self.wrong_keys, UUID(int=0), now_s)
            raise
        rates = self.rates.setdefault(key.per_s, Rates(key.per_s * BURST_S, key.per_s))
        self._demand(rates, key.key, now_s)
        return key

    def _demand(self, rates: Rates, who: UUID, now_s: float) -> None:
        wait = rates.wait_ms(who, now_s)
        if wait:
            raise TooManyRequests(-(-wait // 1000))


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks which channels, as far as it says itself: for which of them, with which key."""

    channels: Channels
    channel: Channel
    key_hash: bytes

    async def told(self, work: Callable[[Asked], T]) -> T:
        """What a request that only asks comes to. Why not; ``Unavailable``."""
        answer: T | Refused = await self.channels.gateway.run(self._told, work)
        return _given(answer)

    async def printed(self, work: Callable[[Asked], Facts]) -> bytes:
        """The PDF of a paper. Why not; ``Unavailable``; ``PressStuck``."""
        return await self.channels.gateway.run(self.channels.press.pdf, await self.told(work))

    async def recorded(self, work: Callable[[Asked], T]) -> T:
        """What a request that records something comes to, in one transaction. Why not; ``Unavailable``."""
        gateway = self.channels.gateway
        answer: T | Refused
        answer, touched = await gateway.run(self._recorded, work)
        for office in touched:
            gateway.tell(office)
        return _given(answer)

    def _told(self, work: Callable[[Asked], T]) -> T | Refused:
        def once(transaction: Transaction) -> T | Refused:
            try:
                return work(self.channels.asked(self, Ledger(transaction)))
            except Refused as refused:
                return refused

        return looked(self.channels.gateway.database, once)

    def _recorded(self, work: Callable[[Asked], T]) -> tuple[T | Refused, set[str]]:
        """A refusal is an answer as well, unless something has to be undone because of it."""

        def once(ledger: Ledger) -> tuple[T | Refused, set[str]]:
            asked: Asked | None = None
            try:
                asked = self.channels.asked(self, ledger)
                return work(asked), asked.touched
            except Refused as refused:
                if asked is not None and asked.wrote:
                    raise
                return refused, set()

        try:
            return in_ledger(self.channels.gateway.database, once)
        except Refused as refused:
            return refused, set()


def _given(answer: T | Refused) -> T:
    if isinstance(answer, Refused):
        raise answer
    return answer
