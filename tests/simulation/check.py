"""What must hold once everything has healed. Each finding is a sentence; none is what is wanted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, Stage, StepEvent
from counter_app.domain.complaint_life import fold
from counter_app.domain.entry import Entry, EntryDamaged, Kind, check_payload
from counter_app.domain.numbering import hash_letters
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.undoing import LOST, PaymentCancelled, PaymentMoved, TenderSettled
from counter_app.wire.counter_side import unsent
from counter_app.wire.feed import beginning, forward
from counter_app.wire.messages import Item, ItemKind, Reason
from counter_app.wire.payloads import PayloadDamaged, PayloadUnknown, decode
from counter_app.wire.snapshots import Placed, read_chunk, read_manifest
from tests.simulation.node import Node
from tests.simulation.receipts import Receipt, consumers_of, receipt_of
from tests.simulation.story import ACTS, Core, Story
from tests.simulation.world import HOUR, World

MOST_AN_HOUR, IDLE_AN_HOUR = 600, 60
"""Requests of one counter."""

Rows = tuple[dict[str, int], dict[UUID, Stage], dict[UUID, str]]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Whatever was registered: the stage follows from the steps.
ANY = ComplaintRegistered(
    serial=1, office="", counter=1, day=EPOCH.date(), consumer="", type="", priority=3, urban=True, mobile="",
    landmark="", note="", dtr="", registered_at=EPOCH, due_at=None, rules="", clerk="",
)  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What one seed came to."""

    seed: int
    violations: tuple[str, ...]
    payments: int
    payments_lost: int
    wedged: bool
    entries: int
    faults: Counter[str]


def run(seed: int, core: Core | None = None, acts: Sequence[Kind] = ACTS) -> Report:
    """Live through a seed and look."""
    story = Story(seed, core, acts)
    world = story.live()
    story.heal()
    there = world.centre.entries | world.centre.returned
    kept = {one for node in world.nodes for one in (*node.disk.own(), *node.disk.known)}
    payments = {one for one, entry in world.written.items() if entry.header.kind == Kind.PAYMENT_TAKEN}
    return Report(
        seed=seed,
        violations=(*dict.fromkeys(world.found), *violations(world)),
        payments=len(payments & (kept | there.keys())),
        payments_lost=len(payments & kept - there.keys()),
        wedged=any(wedged(world, node) for node in world.nodes),
        entries=len(world.written),
        faults=world.faults,
    )


def wedged(world: World, node: Node) -> bool:
    """Whether something waits that nothing moves any more."""
    sender = node.memory.sender
    if unsent(sender, node.disk) or sender.troubled or sender.greeted_ms is None:
        return True
    revoked = world.centre.devices[node.device].revoked
    return not revoked and node.disk.cursor() != world.centre.feed_head(node.office)


def violations(world: World) -> Iterator[str]:
    """Everything that does not hold, by the number of the invariant."""
    for check in (
        nothing_lost,
        nothing_doubled,
        nothing_changed,
        feeds_whole,
        rows_equal,
        forks_loud,
        held_shown,
        numbers,
        quiet,
        nobody_else_told,
        erased_everywhere,
    ):
        yield from check(world)
    for node in world.nodes:
        if wedged(world, node):
            yield f"I10 {node.name} does not get on: {unsent(node.memory.sender, node.disk)} unsent"


def nothing_lost(world: World) -> Iterator[str]:
    there = world.centre.entries | world.centre.returned
    feeds = [item for items in world.centre.feeds.values() for item in items if isinstance(item, Item)]
    erased = {item.body for item in feeds if item.kind == ItemKind.ERASE}
    for node in world.nodes:
        for one in node.disk.own():
            if one not in there:
                yield f"I1 an entry of {node.name} is not at the centre"
        for one in node.disk.purged - erased:
            if one in there and there[one].erased:
                yield f"I1 what an entry of {node.name} said was let go of, and nobody else has it"
        for one in node.disk.known:
            if one not in there:
                yield f"I1 an entry that {node.name} read is not at the centre"
    if world.centre.waiting:
        yield "I12 entries wait to be integrated"


def nothing_doubled(world: World) -> Iterator[str]:
    centre = world.centre
    acts = Counter(centre.entries[one].header.act for one in centre.books)
    if any(times > 1 for times in acts.values()):
        yield "I2 an act is in the books twice"
    if centre.books.keys() & centre.held_back.keys():
        yield "I2 an entry is in the books and held"
    if centre.books.keys() | centre.held_back.keys() != centre.entries.keys():
        yield "I3 an entry is neither in the books nor held"
    taken = sum(p.amount for p in centre.books.values() if isinstance(p, PaymentTaken))
    if taken != sum(centre.bills.values()):
        yield "I3 the books do not add up to the payments in them"


def nothing_changed(world: World) -> Iterator[str]:
    stores = [world.centre.entries, world.centre.returned, *(node.disk.known for node in world.nodes)]
    for store in stores:
        for one, entry in store.items():
            first = world.written[one]
            if entry.packed_header != first.packed_header or entry.hash != one:
                yield "I6 a header is another than was written"
            if not entry.erased and (entry.payload, entry.salt) != (first.payload, first.salt):
                yield "I6 a payload is another than was written"
            try:
                check_payload(entry)
            except EntryDamaged:
                yield "I6 a payload is not the one its header commits to"


def quiet(world: World) -> Iterator[str]:
    """Nobody asks more than a line carries: not in trouble, and not when there is nothing to say."""
    for (name, hour), times in world.said.items():
        if times > MOST_AN_HOUR:
            yield f"I13 {name} asked {times} times in hour {hour}"
    last = world.now // HOUR - 1
    for node in world.nodes:
        idle = world.said[node.name, last]
        if idle > IDLE_AN_HOUR:
            yield f"I13 {node.name} asked {idle} times in an hour in which nothing happened"


def nobody_else_told(world: World) -> Iterator[str]:
    """An office hears of money what its own counters recorded, and what concerns consumers who belong to it
    then, or to whom a receipt was moved.
    """
    centre = world.centre
    read = {one: payload for one, payload in centre.books.items() if payload is not None}
    led: dict[Receipt, set[str]] = {}
    for one, payload in read.items():
        who = centre.devices[centre.entries[one].header.device]
        receipt = receipt_of(payload, who.office, who.counter)
        if receipt is not None and isinstance(payload, PaymentMoved):
            led.setdefault(receipt, set()).add(payload.to_consumer)
    for office, items in centre.feeds.items():
        here = {consumer for consumer, home in world.homes.items() if home == office}
        for item in items:
            if isinstance(item, Item):
                here |= {item.body.decode()} if item.kind == ItemKind.MOVED_IN else set()
                here -= {item.body.decode()} if item.kind == ItemKind.MOVED_OUT else set()
                continue
            who = centre.devices[item.header.device]
            payload = read.get(item.hash)
            receipt = receipt_of(payload, who.office, who.counter)
            named = consumers_of(payload) | (led.get(receipt, set()) if receipt else set())
            if who.office != office and not named & here:
                yield f"I14 feed {office} tells of somebody who does not belong there"


def erased_everywhere(world: World) -> Iterator[str]:
    """What was lawfully erased says nothing any more, wherever somebody listens."""
    centre = world.centre
    items = [item for feed in centre.feeds.values() for item in feed]
    erased = {one.body for one in items if isinstance(one, Item) and one.kind == ItemKind.ERASE}
    kept = [*centre.entries.values(), *(one for one in items if isinstance(one, Entry))]
    kept += [
        placed.item
        for made in centre.snapshots.values()
        for manifest, chunks in made
        for said, data in zip(read_manifest(manifest).chunks, chunks, strict=True)
        for placed in read_chunk(said, data)
        if isinstance(placed, Placed) and isinstance(placed.item, Entry)
    ]
    if any(entry.hash in erased and not entry.erased for entry in kept):
        yield "I14 the centre still has what was erased"
    for node in world.nodes:
        own = (*node.disk.own().values(), *node.disk.known.values())
        if not centre.devices[node.device].revoked and any(e.hash in erased and not e.erased for e in own):
            yield f"I14 {node.name} still has what was erased"


def feeds_whole(world: World) -> Iterator[str]:
    centre = world.centre
    for office, items in centre.feeds.items():
        if forward(beginning(centre.epoch, office), items) != centre.feed_head(office):
            yield f"I5 the chain of feed {office} does not hold"
        fed = {item.hash for item in items if isinstance(item, Entry)}
        for one in centre.books:
            entry = centre.entries[one]
            if office == centre.devices[entry.header.device].office and one not in fed:
                yield f"I5 an entry in the books is not in feed {office}"
        if len(fed) != sum(isinstance(item, Entry) for item in items):
            yield f"I2 an entry is in feed {office} twice"
    for node in world.nodes:
        if centre.devices[node.device].revoked:
            continue
        items = [node.disk.items[seq] for seq in sorted(node.disk.items)]
        want = centre.feeds[node.office]
        if [bare(one) for one in items] != [bare(one) for one in want]:
            yield f"I5 {node.name} does not have its office's feed"


def rows_equal(world: World) -> Iterator[str]:
    """Equal sets of entries are equal rows, at counters and at the centre, however the entries came."""
    said: dict[frozenset[bytes], tuple[str, Rows]] = {}
    for node in world.nodes:
        seen = [item for _, item in sorted(node.disk.items.items()) if isinstance(item, Entry)]
        # As they lie on its disk, those that came first before.
        order = {one: place for place, one in enumerate(node.disk.known)}
        known = sorted((node.disk.known[one.hash] for one in seen), key=lambda one: order[one.hash])
        yield from _same(said, node.name, known)
    for office, items in world.centre.feeds.items():
        yield from _same(said, f"feed {office}", [one for one in items if isinstance(one, Entry)])


def _same(said: dict[frozenset[bytes], tuple[str, Rows]], name: str, entries: list[Entry]) -> Iterator[str]:
    found = rows(entries)
    other, first = said.setdefault(frozenset(one.hash for one in entries), (name, found))
    if found != first:
        yield f"I4 {name} has other rows than {other} from the same entries"
    if rows(entries[::-1]) != found:
        yield f"I4 {name} has other rows when its entries come the other way round"


def rows(entries: list[Entry]) -> Rows:
    """What is paid for each bill, where each complaint stands and what it says, by entries in any order."""
    taken: dict[UUID, PaymentTaken] = {}
    gone: set[UUID] = set()
    moved: dict[UUID, tuple[int, str]] = {}
    said_last: dict[UUID, tuple[int, bytes, int]] = {}
    events: dict[UUID, list[StepEvent]] = {}
    said: dict[UUID, str] = {}
    for entry in entries:
        header = entry.header
        try:
            payload = decode(header.kind, header.kind_version, entry.payload)
        except (PayloadUnknown, PayloadDamaged):
            continue
        if isinstance(payload, PaymentTaken):
            taken[header.act] = payload
        elif isinstance(payload, PaymentCancelled):
            gone.add(payload.receipt)
        elif isinstance(payload, PaymentMoved):
            to = payload.serial, payload.to_bill_number
            moved[payload.receipt] = max(to, moved.get(payload.receipt, to))
        elif isinstance(payload, TenderSettled):
            lost = payload.amount if payload.outcome in LOST else 0
            bank = header.running_total, entry.hash, lost
            said_last[payload.receipt] = max(bank, said_last.get(payload.receipt, bank))
        elif isinstance(payload, ComplaintStep):
            events.setdefault(payload.complaint, []).append(StepEvent(header.act, payload))
        elif isinstance(payload, ComplaintRegistered):
            said[header.act] = payload.note
    paid: Counter[str] = Counter()
    for act, payment in taken.items():
        lost = said_last[act][2] if act in said_last else 0
        if act not in gone:
            paid[moved[act][1] if act in moved else payment.bill_number] += payment.amount - lost
    return dict(paid), {act: fold(ANY, steps).stage for act, steps in events.items()}, said


def bare(item: Entry | Item) -> bytes:
    """An item without what may be erased from it."""
    return item.packed_header if isinstance(item, Entry) else bytes([item.kind]) + item.body


def forks_loud(world: World) -> Iterator[str]:
    centre = world.centre
    children: Counter[tuple[object, bytes]] = Counter()
    for entry in centre.entries.values():
        children[entry.header.device, entry.header.previous] += 1
    forks = Counter({parent: times - 1 for parent, times in children.items() if times > 1})
    alarms = Counter((device, mark.hash) for device, mark in centre.alarms)
    if forks != alarms:
        yield f"I7 {forks.total()} forks, {alarms.total()} alarms"


def held_shown(world: World) -> Iterator[str]:
    centre = world.centre
    shown = {
        office: b"".join(item.body for item in items if isinstance(item, Item) and item.kind == ItemKind.HELD)
        for office, items in centre.feeds.items()
    }
    for one, reason in centre.held_back.items():
        entry = centre.entries[one]
        if one.hex().encode() not in shown[centre.devices[entry.header.device].office]:
            yield "I12 a held entry is not shown to its office"
        if reason is Reason.ACT_REPEATED and centre.acts.get(entry.header.act) in {None, one}:
            yield "I12 an entry is held for an act that nobody else has"


def numbers(world: World) -> Iterator[str]:
    """No journal has a serial twice. Where copies of it go on, receipts of one serial have other letters.

    These are 15 bits: of 32,768 such pairs one looks alike by chance. More than one in a world is no chance.
    """
    seen: Counter[tuple[str, int, int, str]] = Counter()
    for one, payload in world.centre.books.items():
        if isinstance(payload, PaymentTaken):
            seen[payload.office, payload.counter, payload.serial, hash_letters(one)] += 1
    if sum(times - 1 for times in seen.values()) > 1:
        yield "I15 receipts have one printed number"
    for node in world.nodes:
        given = Counter(
            payload.serial for one in node.disk.own()
            if isinstance(payload := world.centre.books.get(one), PaymentTaken)
        )  # fmt: skip
        if any(times > 1 for times in given.values()):
            yield f"I15 {node.name} gave a number twice"
