"""A counter of the simulation: what lies on its disk, what is in its memory, and how a clerk writes."""

import hashlib
from dataclasses import dataclass, field, replace
from random import Random
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.acts import SegmentOpened
from counter_app.domain.entry import (
    NO_HASH,
    NOBODY,
    NOWHERE,
    Entry,
    Header,
    Kind,
    Place,
    commitment,
    drawn_salt,
)
from counter_app.wire.counter_feed import Reader
from counter_app.wire.counter_side import Sender, Who
from counter_app.wire.line import Moment
from counter_app.wire.payloads import encode
from tests.simulation.counter_memory import CounterMemory

PERSON = UUID(int=7)
START_MS = 1_773_295_000_000


@dataclass(slots=True)
class Memory:
    """What is lost when the program ends: the conversation, the segment, the act of the open screen."""

    boot: UUID
    started_ms: int
    act: UUID
    seed: bytes
    segment: int | None = None
    sender: Sender = field(default_factory=Sender)
    reader: Reader = field(default_factory=Reader)

    def copy(self) -> "Memory":
        return replace(self)


class Node:
    """One PC at a window."""

    def __init__(self, name: str, office: str, counter: int, rng: Random) -> None:
        self.name, self.office, self.counter, self.rng = name, office, counter, rng
        self.key = Ed25519PrivateKey.from_private_bytes(rng.randbytes(32))
        self.public_key = self.key.public_key().public_bytes_raw()
        self.device = UUID(bytes=hashlib.sha256(self.public_key).digest()[:16])
        self.disk = CounterMemory(office)
        self.backups: list[CounterMemory] = []
        self.images: list[tuple[CounterMemory, Memory]] = []
        self.run = 0
        self.wall_offset_ms = 0
        self.online = True
        self.on = False
        self.memory = self.fresh(0)

    def twin(self, name: str, disk: CounterMemory, rng: Random) -> "Node":
        """Another PC with a copy of this one's disk: same key, same counter."""
        other = Node.__new__(Node)
        other.__dict__.update(self.__dict__)
        other.name, other.rng, other.disk = name, rng, disk
        other.backups, other.images, other.run, other.on = [], [], 0, False
        other.memory = other.fresh(0)
        return other

    @property
    def who(self) -> Who:
        return Who(self.device, UUID(int=1), self.office, self.counter, "0.2.0", ((30, 1),))

    def fresh(self, now_ms: int) -> Memory:
        """Memory right after the program started."""
        rng = self.rng
        return Memory(
            UUID(int=rng.getrandbits(128)), now_ms, UUID(int=rng.getrandbits(128)), rng.randbytes(32)
        )

    def moment(self, now_ms: int) -> Moment:
        """What this PC's clocks say."""
        return Moment(START_MS + now_ms + self.wall_offset_ms, now_ms - self.memory.started_ms)

    def next_serial(self) -> int:
        """Above everything known: what the disk says and what the centre said."""
        self.disk.serial += 1
        return self.disk.serial

    def write(self, kind: int, version: int, payload: bytes, money: int, now_ms: int) -> list[Entry]:
        """Record an act under the open screen's act; the first of a run opens a segment before."""
        memory, made = self.memory, []
        if memory.segment in self.disk.must_begin:
            memory.segment = None
        if memory.segment is None:
            opened = encode(SegmentOpened("0.2.0", "3.53.4", self.office, self.counter))
            memory.segment = self.rng.getrandbits(64) or 1
            self.disk.seeds[memory.segment] = memory.seed
            act = UUID(int=self.rng.getrandbits(128))
            made.append(self._add(Kind.SEGMENT_OPENED, 1, opened, 0, act, now_ms))
        made.append(self._add(kind, version, payload, money, memory.act, now_ms))
        memory.act = UUID(int=self.rng.getrandbits(128))
        return made

    def _add(self, kind: int, version: int, payload: bytes, money: int, act: UUID, now_ms: int) -> Entry:
        last, segment = self.disk.last, self.memory.segment or 0
        follows = last is not None and last.segment == segment
        place = Place(segment, last.seq + 1 if last and follows else 1)
        salt, moment = drawn_salt(self.memory.seed, place), self.moment(now_ms)
        header = Header(
            kind=kind, kind_version=version, place=place,
            previous=last.hash if last else NO_HASH,
            parent=Place(last.segment, last.seq) if last and not follows else NOWHERE,
            wall_ms=moment.wall_ms, steady_ms=moment.steady_ms, boot=self.memory.boot, device=self.device,
            person=PERSON, act=act, drawer=NOBODY, running_total=self.disk.total + money,
            payload_size=len(payload), commitment=commitment(salt, payload), zone_minutes=330,
        )  # fmt: skip
        unsigned = Entry(header.packed(), payload, salt, b"")
        entry = replace(unsigned, signature=self.key.sign(unsigned.hash))
        self.disk.add(entry)
        return entry
