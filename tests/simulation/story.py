"""What happens in a world: people work, machines and the centre have bad days, and then everything heals."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from counter_app.domain.allocation import Head, Share
from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, Stage
from counter_app.domain.days import from_millis
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.payment import PaymentTaken, cash
from counter_app.wire.messages import Item, ItemKind
from counter_app.wire.payloads import encode
from counter_app.wire.snapshots import read_manifest
from tests.simulation.centre_memory import CentreMemory
from tests.simulation.node import Node
from tests.simulation.receipts import DUE, UNDOINGS, Given, about
from tests.simulation.world import FAIR, HOUR, OFFICES, SECOND, Core, World

LASTS = 2 * HOUR
HEALS = 3 * HOUR
DAY = 24 * HOUR
YEAR = 365 * DAY
FIRST_ACTS = (Kind.PAYMENT_TAKEN, Kind.PAYMENT_TAKEN, Kind.COMPLAINT_REGISTERED, Kind.COMPLAINT_STEP)
ACTS = (*FIRST_ACTS, *FIRST_ACTS, *UNDOINGS)


class Story:
    """One seed's life. ``acts``: what clerks do; with others of them a seed is another story."""

    def __init__(self, seed: int, core: Core | None = None, acts: Sequence[Kind] = ACTS) -> None:
        self.world = World(seed, core)
        self.rng = self.world.rng
        self.backups = [self.world.centre]
        self.complaints: list[UUID] = []
        self.acts = acts
        self.given: list[Given] = []
        self.erased: list[bytes] = []
        self.steps = (
            self.restore_counter, self.restore_counter, self.clone_disk, self.save_image, self.save_image,
            self.resume_image, self.resume_image, self.clone_image, self.restore_centre, self.restore_centre,
            self.archive, self.archive, self.power_cut, self.go_offline, self.clock_jump, self.move_consumer,
            self.move_consumer, self.revoke, self.erase, self.poison, self.poison, self.rot, self.purge,
            self.long_absence, self.centre_down, self.take_snapshot, self.take_snapshot,
        )  # fmt: skip
        if acts is ACTS:
            self.steps += (self.rules,)

    def live(self) -> World:
        """Two hours of work and trouble, then fair weather until everything had time to heal."""
        world, rng = self.world, self.rng
        for at in sorted(rng.randrange(LASTS) for _ in range(rng.randint(60, 110))):
            world.go(max(at, world.now))
            self.work()
        return world

    def work(self) -> None:
        """A clerk does something; sometimes trouble comes first."""
        rng = self.rng
        if rng.random() < 0.25:
            step = rng.choice(self.steps)
            step()
            self.world.faults[step.__name__] += 1
        if rng.random() < 0.2:
            self.backups.append(self.world.centre)
        node = rng.choice(self.world.nodes)
        if rng.random() < 0.3:
            node.backups.append(node.disk.copy())
        if node.on:
            self.act(node)

    def act(self, node: Node) -> None:
        """A payment, what is done about one, a complaint, or a step of one."""
        rng = self.rng
        at = from_millis(node.moment(self.world.now).wall_ms).astimezone(UTC)
        consumer = f"N22045{rng.randrange(40):05d}"
        kind = rng.choice(self.acts)
        here = [
            one for one in self.given if (one.said.office, one.said.counter) == (node.office, node.counter)
        ]
        if kind in UNDOINGS and here:
            payload = about(kind, rng.choice(here), consumer, at, rng)
            self.record(node, kind, encode(payload), 0)
        elif kind is Kind.PAYMENT_TAKEN or kind in UNDOINGS:
            amount = rng.choice((100_00, 500_00, rng.randint(1, 3000) * 100))
            said = payment(node, node.next_serial(), consumer, amount, at)
            self.given.append(Given(node.memory.act, said))
            self.record(node, Kind.PAYMENT_TAKEN, encode(said), amount)
        elif kind is Kind.COMPLAINT_REGISTERED or not self.complaints:
            self.complaints.append(node.memory.act)
            self.record(node, Kind.COMPLAINT_REGISTERED, encode(complaint(node, consumer, at)), 0)
        else:
            step = ComplaintStep(rng.choice(self.complaints), rng.choice(list(Stage)), at, "R07", "टीम")
            self.record(node, kind, encode(step), 0)

    def record(self, node: Node, kind: int, payload: bytes, money: int, version: int = 1) -> None:
        """Write it, remember that it was written, and let the lines look."""
        for entry in node.write(kind, version, payload, money, self.world.now):
            self.world.written[entry.hash] = entry
            if node.disk.hash_at(entry.header.place.segment, entry.header.place.seq) != entry.hash:
                self.world.found.append(f"I11 what {node.name} recorded is not on its disk")
        self.world.wake(node)

    # -- trouble at a counter ------------------------------------------------------------------------

    def some_node(self) -> Node:
        return self.rng.choice(self.world.nodes)

    def power_cut(self) -> None:
        self.world.stop(self.some_node(), self.rng.randint(1, 1200) * SECOND)

    def go_offline(self) -> None:
        node = self.some_node()
        node.online = False
        self.world.after(self.rng.randint(60, 7200) * SECOND, lambda: setattr(node, "online", True))

    def restore_counter(self) -> None:
        node = self.some_node()
        if node.backups:
            node.disk = self.rng.choice(node.backups).copy()
            self.world.start(node)

    def clone_disk(self) -> None:
        node = self.some_node()
        if len(self.world.nodes) < 10:
            disk = self.rng.choice([node.disk, *node.backups]).copy()
            self.world.add(node.twin(f"{node.name}'", disk, self.rng))

    def save_image(self) -> None:
        node = self.some_node()
        node.images.append((node.disk.copy(), node.memory.copy()))

    def resume_image(self) -> None:
        """The machine goes on from a frozen state: same segment, same numbers, other entries."""
        node = next((one for one in self.world.nodes if one.images), None)
        if node is not None:
            disk, memory = self.rng.choice(node.images)
            node.disk, node.memory = disk.copy(), memory.copy()
            self.world.resume(node)
            self.some_acts(node)

    def some_acts(self, node: Node) -> None:
        for _ in range(self.rng.randint(1, 5)):
            self.act(node)

    def clone_image(self) -> None:
        """The frozen state goes on on a second machine while the first goes on as well."""
        node = self.some_node()
        if len(self.world.nodes) < 10:
            other = node.twin(f"{node.name}*", node.disk.copy(), self.rng)
            self.world.add(other)
            other.memory = node.memory.copy()
            self.world.resume(other)
            self.some_acts(other)

    def clock_jump(self) -> None:
        self.some_node().wall_offset_ms += self.rng.choice((-5 * YEAR, 10 * YEAR, -HOUR, 400 * SECOND))

    def long_absence(self) -> None:
        """The counter records for thirty days without a line."""
        node = self.some_node()
        node.online = False
        for _ in range(30):
            if node.on:
                node.wall_offset_ms += DAY
                self.act(node)
        node.wall_offset_ms -= 30 * DAY
        self.world.after(self.rng.randint(600, 3600) * SECOND, lambda: setattr(node, "online", True))

    def poison(self) -> None:
        node = self.some_node()
        kind, version, payload = self.rng.choice(POISON)
        if node.on:
            self.record(node, kind, payload, 0, version)

    def rot(self) -> None:
        """A bit of a payload flips on the disk."""
        node = self.some_node()
        segments = [one for one in node.disk.segments.values() if one.entries]
        if segments:
            segment = self.rng.choice(segments)
            index = self.rng.randrange(len(segment.entries))
            entry, one = segment.entries[index]
            payload = bytes([entry.payload[0] ^ 1]) + entry.payload[1:] if entry.payload else b""
            segment.entries[index] = Entry(entry.packed_header, payload, entry.salt, entry.signature), one

    def purge(self) -> None:
        for node in self.world.nodes:
            self.world.faults["entries_purged"] += node.disk.purge(self.rng.randint(0, 3))

    # -- trouble at the centre -----------------------------------------------------------------------

    def restore_centre(self) -> None:
        """An older state takes the place of the present one; sometimes somebody thinks of the epoch."""
        centre = self.rng.choice(self.backups).copy()
        if self.rng.random() < 0.5:
            centre.epoch = self.rng.getrandbits(64)
        self.world.centre = centre
        self.erase_again()
        self.world.integrate()

    def take_snapshot(self) -> None:
        """What counters begin with; sometimes nobody goes on from before it any more."""
        office = self.rng.choice(OFFICES)
        self.world.transaction(lambda work: work.make_snapshot(office))
        if self.rng.random() < 0.3 and self.world.centre.snapshot(office):
            head = self.world.centre.feed_head(office).seq
            made = read_manifest(self.world.centre.snapshot(office)).cursor.seq
            if made == head:
                self.world.transaction(lambda work: work.floors.__setitem__(office, head))

    def archive(self) -> None:
        """From here on nothing older than this state can come back."""
        self.backups = [self.world.centre]
        self.world.transaction(lambda work: work.archive_all())

    def centre_down(self) -> None:
        self.world.centre_up = False
        self.world.after(self.rng.randint(10, 1800) * SECOND, lambda: setattr(self.world, "centre_up", True))

    def move_consumer(self) -> None:
        consumer, office = f"N22045{self.rng.randrange(40):05d}", self.rng.choice(OFFICES)
        self.world.transaction(lambda work: work.move(consumer, office))

    def rules(self) -> None:
        """The central office sends a rule file to everybody."""
        said = Item(ItemKind.RULES, self.rng.randbytes(8))

        def tell(work: CentreMemory) -> None:
            for office in OFFICES:
                work.publish(office, said)

        self.world.transaction(tell)

    def revoke(self) -> None:
        node = self.some_node()
        if self.rng.random() < 0.3:
            self.world.transaction(lambda work: work.revoke(node.device))

    def erase(self) -> None:
        """A complaint's personal content is lawfully emptied."""
        kept = [h for h, p in self.world.centre.books.items() if isinstance(p, ComplaintRegistered)]
        if kept:
            self.erased.append(self.rng.choice(kept))
            self.world.transaction(lambda work: work.erase(self.erased[-1]))

    def erase_again(self) -> None:
        """What was erased since the day of a backup is a person's to say again: no gateway has the key."""
        for one in self.erased:
            entry = self.world.centre.entries.get(one)
            if entry is not None and not entry.erased:
                self.world.transaction(lambda work, one=one: work.erase(one))

    # -- healing -------------------------------------------------------------------------------------

    def heal(self) -> None:
        """The weather turns fair, everybody is on line, nobody repairs anything by hand."""
        world = self.world
        world.weather = FAIR
        world.centre_up = True
        for node in world.nodes:
            node.online = True
        world.integrate()
        world.go(world.now + HEALS)
        # Entries that the centre had lost have come again by now.
        self.erase_again()
        world.go(world.now + HOUR)
        # Not in the middle of the hello that every counter says once an hour.
        for _ in range(60):
            if any(node.memory.sender.line.waiting for node in world.nodes):
                world.go(world.now + SECOND)


def payment(node: Node, serial: int, consumer: str, amount: int, at: datetime) -> PaymentTaken:
    """A cash payment of a bill of ₹500."""
    return PaymentTaken(
        serial=serial, office=node.office, counter=node.counter, day=at.date(), consumer=consumer,
        bill_number=f"2602{consumer[1:]}", bill_month="2026-02", due_date=None, due=DUE, dues_as_of=at,
        amount=amount, tenders=(cash(amount, amount),), shares=(Share(Head.CURRENT, amount),),
        order="sc-2013-9.10", advance=amount > DUE, clerk="R07",
    )  # fmt: skip


def complaint(node: Node, consumer: str, at: datetime) -> ComplaintRegistered:
    """A complaint of no supply."""
    return ComplaintRegistered(
        serial=1, office=node.office, counter=node.counter, day=at.date(), consumer=consumer, type="SUP-04",
        priority=3, urban=True, mobile="6666648210", landmark="शिव मंदिर के पास", note="सुबह से बंद है", dtr="",
        registered_at=at, due_at=None, rules="Counter 2024", clerk="R07",
    )  # fmt: skip


POISON = (
    (Kind.PAYMENT_TAKEN, 1, b'{"serial":1,"amount":-500'),
    (Kind.PAYMENT_TAKEN, 1, b'{"x":' * 5000 + b"1" + b"}" * 5000),
    (Kind.COMPLAINT_STEP, 1, b'{"complaint":"none","stage":"nowhere"}'),
    (Kind.COMPLAINT_REGISTERED, 1, b"\x00\xff\xfe" * 100),
    (Kind.PAYMENT_TAKEN, 7, b'{"a payment":"of a version to come"}'),
    (900, 1, b'{"a kind":"to come"}'),
)
