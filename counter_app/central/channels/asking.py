"""A request of a channel while it is looked at: who asks, in which transaction, whether it came before."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import bindparam, select

from counter_app.central.channels.keys import ChannelKey
from counter_app.central.channels.offices import office_of
from counter_app.central.channels.pens import Pen, taken
from counter_app.central.channels.seals import Seal
from counter_app.central.database import Transaction
from counter_app.central.gateway import Rates
from counter_app.central.ledger import Ledger
from counter_app.central.tables import channel_requests
from counter_app.domain.central_refusals import OfficeNotOpen, RequestKeyUsed
from counter_app.domain.channel import Channel
from counter_app.domain.days import to_millis
from counter_app.domain.office import Office
from counter_app.domain.rules import Rules

_ACTS = UUID("5d2f0c3e-6f2e-5b0a-9a53-0b1e4b4f7c11")
"""What the acts of channels are drawn from: the same request is the same act, for good."""

_BEFORE = select(channel_requests.c.body).where(
    channel_requests.c.channel == bindparam("by"), channel_requests.c.request == bindparam("request")
)


@dataclass(frozen=True, slots=True)
class Said:
    """A request that records something: the key it was sent under, and all that it says."""

    request: str
    body: bytes


@dataclass(slots=True)
class Asked:
    """Who asks and what holds now. ``guesses``: how often somebody may be wrong about a consumer. ``wrote``:
    something was changed, so a refusal must undo it; ``touched``: the offices that hear of it.
    """

    ledger: Ledger
    channel: Channel
    key: ChannelKey
    rules: Rules
    seal: Seal
    guesses: Rates
    at: datetime
    wrote: bool = field(default=False)
    touched: set[str] = field(default_factory=set)

    @property
    def transaction(self) -> Transaction:
        """The transaction in which it is answered."""
        return self.ledger.transaction

    def office(self, code: str) -> Office:
        """An office that this key reaches, as the channel's papers say it. ``OfficeNotOpen``."""
        if not self.key.reaches(code):
            raise OfficeNotOpen(code)
        return office_of(self.transaction, code, self.channel)

    def act(self, said: Said) -> UUID:
        """The act of a request; the same for the same key of a request, whatever gateway it comes to."""
        return uuid5(_ACTS, f"{self.channel}\n{said.request}")

    def came_before(self, said: Said) -> bool:
        """Whether this very request was answered before. ``RequestKeyUsed`` when it was another one."""
        found = self.transaction.rows(_BEFORE, {"by": str(self.channel), "request": said.request})
        if found and not self.seal.stands_for(bytes(found[0][0]), said.body):
            raise RequestKeyUsed
        return bool(found)

    def note(self, said: Said) -> None:
        """From here on the request came before. Who is second waits for the first, and then finds it."""
        self.wrote = True
        row = (str(self.channel), said.request, self.seal.mac(said.body), to_millis(self.at))
        self.transaction.fill(channel_requests, [row])

    def pen(self, office: str) -> Pen:
        """The channel's pen at an office, until the commit."""
        self.touched.add(office)
        return taken(self.ledger, self.seal, office, self.channel, self.key.key, to_millis(self.at))
