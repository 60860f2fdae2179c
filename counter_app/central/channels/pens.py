"""With what a channel records: entries of its own device at an office, in the books before the answer.

A pen is held until the commit, so that numbers have no gap and no repeat, however many gateways there are.
"""

import os
import secrets
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import bindparam, select, update

from counter_app import __version__
from counter_app.central.channels.seals import Seal
from counter_app.central.database import Transaction
from counter_app.central.ledger import Ledger
from counter_app.central.tables import channel_pens, devices, offices
from counter_app.domain.acts import NumberGap, SegmentOpened
from counter_app.domain.central_refusals import ChannelsClosed
from counter_app.domain.channel import Channel
from counter_app.domain.days import business_day, from_millis
from counter_app.domain.drawer import DrawerOpened
from counter_app.domain.entry import (
    NO_HASH,
    NOBODY,
    NOWHERE,
    SALT_SIZE,
    Entry,
    Header,
    Place,
    commitment,
)
from counter_app.domain.numbering import Series
from counter_app.machine import steady
from counter_app.wire.centre_side import integrate
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.payloads import Payload, encode, kind_of

INDIAN_ZONE_MINUTES = 330

_AT = (channel_pens.c.office == bindparam("at"), channel_pens.c.channel == bindparam("by"))
_PEN = (
    select(devices.c.revoked, *(one for one in channel_pens.c if one.name not in {"office", "channel"}))
    .select_from(channel_pens.outerjoin(devices, devices.c.device == channel_pens.c.device))
    .where(*_AT)
    .with_for_update(of=channel_pens)
)
_KEPT = ("device", "drawer", "segment", "seq", "hash", "total", "receipts", "complaints")
_KEEP = update(channel_pens).where(*_AT).values({name: bindparam(name) for name in _KEPT})
_LEAVE = update(devices).where(devices.c.device == bindparam("which")).values(revoked=True)
# Nobody else puts entries of the office into the books before the commit.
_TURN = update(offices).where(offices.c.office == bindparam("which")).values(turn=offices.c.turn + 1)


class _Row(NamedTuple):
    """A row of ``channel_pens``, behind office and channel."""

    device: bytes = b""
    drawer: bytes = b""
    segment: bytes = b""
    seq: int = 0
    hash: bytes = NO_HASH
    total: int = 0
    receipts: int = 0
    complaints: int = 0


@dataclass(slots=True)
class Pen:
    """A pen that nobody else has. What is written with it stands once it is put down."""

    ledger: Ledger
    seal: Seal
    office: str
    channel: Channel
    person: UUID
    now_ms: int
    row: _Row = field(default_factory=_Row)
    made: list[Entry] = field(default_factory=list)

    @property
    def drawer(self) -> UUID:
        """What its money is booked under."""
        return UUID(bytes=self.row.drawer)

    def serial(self, series: Series) -> int:
        """The next number of a series; only receipts and complaints are given here."""
        if series is Series.RECEIPT:
            self.row = self.row._replace(receipts=self.row.receipts + 1)
            return self.row.receipts
        self.row = self.row._replace(complaints=self.row.complaints + 1)
        return self.row.complaints

    def write(self, payload: Payload, act: UUID, money: int = 0) -> Entry:
        """Add one entry behind the last; ``money`` in paise belongs to the drawer."""
        row, clock = self.row, steady()
        body, (kind, version), salt = encode(payload), kind_of(payload), os.urandom(SALT_SIZE)
        about_money = money or isinstance(payload, DrawerOpened)
        header = Header(
            kind=kind, kind_version=version,
            place=Place(int.from_bytes(row.segment, "big"), row.seq + 1), previous=row.hash, parent=NOWHERE,
            wall_ms=self.now_ms, steady_ms=clock.ms, boot=clock.boot, device=UUID(bytes=row.device),
            person=self.person, act=act, drawer=self.drawer if about_money else NOBODY,
            running_total=row.total + money, payload_size=len(body), commitment=commitment(salt, body),
            zone_minutes=INDIAN_ZONE_MINUTES,
        ).packed()  # fmt: skip
        unsigned = Entry(header, body, salt, b"")
        signed = Entry(header, body, salt, self.seal.key(self.office, self.channel).sign(unsigned.hash))
        self.row = row._replace(seq=row.seq + 1, hash=signed.hash, total=row.total + money)
        self.made.append(signed)
        return signed

    def put_down(self) -> None:
        """Keep what was written, and put it into the books and the feeds."""
        at = {"at": self.office, "by": str(self.channel)}
        self.ledger.transaction.do(_KEEP, at | self.row._asdict())
        self.ledger.store(UUID(bytes=self.row.device), self.made, (), self.now_ms)
        self.ledger.look_up(self.made)
        for entry in self.made:
            held = integrate(self.ledger, entry)
            assert held is None, held


def taken(
    ledger: Ledger, seal: Seal, office: str, channel: Channel, person: UUID, now_ms: int
) -> Pen:  # fmt: skip
    """A channel's pen at an office; a new one begins a journal there. ``ChannelsClosed``."""
    found = ledger.transaction.rows(_PEN, {"at": office, "by": str(channel)})
    pen = Pen(ledger, seal, office, channel, person, now_ms)
    revoked = False
    if found:
        revoked, *row = found[0]
        pen.row = _Row(*row)
    else:
        ledger.transaction.fill(channel_pens, [(office, str(channel), *pen.row)])
    device, public = seal.device(office, channel)
    if pen.row.device != device.bytes:
        _begin(pen, device, public)
    elif revoked:
        raise ChannelsClosed
    ledger.know(Enrolled(device, public, office, channel.counter, revoked=False))
    return pen


def take_turn(transaction: Transaction, office: str) -> None:
    """Wait until nobody else puts entries of an office into the books, and keep others waiting."""
    transaction.do(_TURN, {"which": office})


def _begin(pen: Pen, device: UUID, public: bytes) -> None:
    """A journal of its own device; who recorded under another seal before is trusted no more."""
    transaction, counter = pen.ledger.transaction, pen.channel.counter
    if pen.row.device:
        transaction.do(_LEAVE, {"which": pen.row.device})
    transaction.fill(devices, [(device.bytes, public, pen.office, counter, pen.now_ms, False)])
    segment = secrets.randbits(64).to_bytes(8, "big")
    pen.row = pen.row._replace(
        device=device.bytes, drawer=uuid4().bytes, segment=segment, seq=0, hash=NO_HASH, total=0
    )
    day = business_day(from_millis(pen.now_ms))
    pen.write(SegmentOpened(__version__, "", pen.office, counter), uuid4())
    if pen.row.receipts or pen.row.complaints:
        pen.write(NumberGap(pen.row.receipts, pen.row.complaints), uuid4())
    pen.write(DrawerOpened(pen.drawer, str(pen.channel), day, 0), uuid4())
