"""A world of one seed: counters, a centre, lines between them that lie, and a clock that nobody waits for."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from counter_app.domain.entry import Entry
from counter_app.wire import centre_side, counter_feed, counter_side
from counter_app.wire.codec import Unreadable, decode_answer, decode_request, encode
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.line import Rest
from counter_app.wire.messages import (
    USUAL_LIMITS,
    Answer,
    Ask,
    AskPiece,
    AskSnapshot,
    Hello,
    Item,
    ItemKind,
    Page,
    Piece,
    Push,
    Refusal,
    Request,
    Return,
    Snapshot,
    Taken,
    TurnedAway,
)
from tests.simulation.centre_memory import CentreMemory, Killed
from tests.simulation.node import START_MS, Node

SECOND = 1000
HOUR = 3600 * SECOND
SILENCE_MS = 40 * SECOND
OFFICES = ("2214", "2215", "2307")


def holds(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a message was signed with the key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@dataclass(frozen=True)
class Core:
    """The functions under test. A test that wants to see the world fail puts a broken one in."""

    next_to_send: Callable = counter_side.next_to_send
    heard_sending: Callable = counter_side.heard_sending
    next_to_ask: Callable = counter_feed.next_to_ask
    heard_reading: Callable = counter_feed.heard_reading
    greet: Callable = centre_side.greet
    receive: Callable = centre_side.receive
    take_back: Callable = centre_side.take_back
    integrate: Callable = centre_side.integrate
    read_on: Callable = centre_side.read_on


@dataclass
class Weather:
    """How likely each fault of a message or a step is; all zero once everything heals."""

    lost: float = 0.06
    doubled: float = 0.05
    mangled: float = 0.05
    late: float = 0.08
    misled: float = 0.02
    killed: float = 0.06
    crashed: float = 0.01


FAIR = Weather(0, 0, 0, 0, 0, 0, 0)

Seen = tuple[int, dict[bytes, bool]]


def seen(node: Node) -> Seen:
    """What a clerk can see: how many own entries, and what others' entries still say something."""
    own = sum(len(one.entries) for one in node.disk.segments.values())
    return own, {one: entry.erased for one, entry in node.disk.known.items()}


def vanished(node: Node, before: Seen) -> list[str]:
    """What could be seen before an answer was settled, and cannot be now, without an event that says why."""
    own, known = seen(node)
    gone = [] if own >= before[0] else [f"I9 own entries of {node.name} vanished"]
    if before[1].keys() - known.keys():
        gone.append(f"I9 what {node.name} had read vanished")
    emptied = {one for one, erased in before[1].items() if known.get(one) and not erased}
    if emptied:
        items = node.disk.items.values()
        said = {item.body for item in items if isinstance(item, Item) and item.kind == ItemKind.ERASE}
        gone += [f"I9 what {node.name} had read says nothing any more"] if emptied - said else []
    return gone


class World:
    """Everything that happens, in the order of a virtual clock."""

    def __init__(self, seed: int, core: Core | None = None) -> None:
        self.rng = Random(seed)
        self.core = core or Core()
        self.weather = Weather()
        self.now = 0
        self.faults: Counter[str] = Counter()
        self.written: dict[bytes, Entry] = {}
        self.answers: list[bytes] = []
        self.found: list[str] = []
        self.said: Counter[tuple[str, int]] = Counter()
        self.centre = CentreMemory(self.rng.getrandbits(64))
        self.centre_up = True
        self._queue: list[tuple[int, int, Callable[[], None]]] = []
        self._count = 0
        self._parked: list[tuple[int, str, Callable[[], None]]] = []
        self.nodes: list[Node] = []
        for office in OFFICES:
            self.centre.open_feed(office)
        for index in range(self.rng.randint(4, 7)):
            self._enrol(Node(f"pc{index}", OFFICES[index % 3], index // 3 + 1, self.rng))
        for number in range(40):
            self.centre.homes[f"N22045{number:05d}"] = self.rng.choice(OFFICES)
        self.homes = dict(self.centre.homes)

    def _enrol(self, node: Node) -> None:
        enrolled = Enrolled(node.device, node.public_key, node.office, node.counter)
        self.centre.devices[node.device] = enrolled
        self.add(node)

    def add(self, node: Node) -> None:
        """Another PC is switched on."""
        self.nodes.append(node)
        self.start(node)

    # -- time --------------------------------------------------------------------------------------

    def after(self, ms: int, what: Callable[[], None]) -> None:
        """Let something happen later."""
        self._count += 1
        heapq.heappush(self._queue, (self.now + ms, self._count, what))

    def go(self, until: int) -> None:
        """Let time pass."""
        while self._queue and self._queue[0][0] <= until:
            self.now, _, what = heapq.heappop(self._queue)
            what()
        self.now = max(self.now, until)

    def chance(self, fault: str, kind: str = "") -> bool:
        """Whether a fault happens now; those that do are counted."""
        happens = self.rng.random() < getattr(self.weather, fault)
        if happens:
            self.faults[kind or fault] += 1
        return happens

    # -- counters ----------------------------------------------------------------------------------

    def start(self, node: Node) -> None:
        """The program starts with what is on the disk and an empty memory."""
        node.run += 1
        node.on = True
        node.disk.seeds = {}
        node.memory = node.fresh(self.now)
        self.wake(node)

    def resume(self, node: Node) -> None:
        """A frozen machine goes on with the memory it had."""
        node.run += 1
        node.on = True
        memory = node.memory
        memory.sender = replace(memory.sender, line=replace(memory.sender.line, waiting=None))
        memory.reader = replace(memory.reader, line=replace(memory.reader.line, waiting=None))
        self.wake(node)

    def stop(self, node: Node, for_ms: int) -> None:
        """The program ends where it stands and is started again later."""
        node.on = False
        node.run += 1
        self.after(for_ms, lambda: None if node.on else self.start(node))

    def wake(self, node: Node) -> None:
        """Something is new: both lines look whether there is anything to say."""
        run = node.run
        self.after(1, lambda: self._turn(node, run, "sender"))
        self.after(2, lambda: self._turn(node, run, "reader"))

    def _turn(self, node: Node, run: int, line: str) -> None:
        if run != node.run or not node.on or getattr(node.memory, line).line.waiting is not None:
            return
        plan = self.core.next_to_send if line == "sender" else self.core.next_to_ask
        state, todo = plan(
            getattr(node.memory, line), node.who, node.disk, node.moment(self.now), self.rng.getrandbits(64)
        )
        setattr(node.memory, line, state)
        if isinstance(todo, Rest):
            self.after(max(1, todo.ms), lambda: self._turn(node, run, line))
        elif self.chance("crashed", "crash_before_sending"):
            self.stop(node, self.rng.randint(1, 300) * SECOND)
        else:
            self._say(node, run, line, todo)

    def _say(self, node: Node, run: int, line: str, todo: Request) -> None:
        self.said[node.name, self.now // HOUR] += 1
        patience = todo.patience_ms if isinstance(todo, Ask) else 0
        self.after(SILENCE_MS + patience, lambda: self._silence(node, run, line, todo.ask))
        if not node.online or self.chance("lost", "request_lost"):
            return
        data = encode(todo)
        created = node.moment(self.now).wall_ms + getattr(node.memory, line).line.offset_ms
        for _ in range(2 if self.chance("doubled", "request_doubled") else 1):
            said = self._mangled(data, "request_mangled")
            self.after(
                self._delay(),
                lambda said=said: self._arrive(node, run, line, todo, said, created),
            )

    def _delay(self) -> int:
        return self.rng.randint(20, 900) if not self.chance("late") else self.rng.randint(2, 120) * SECOND

    def _mangled(self, data: bytes, kind: str) -> bytes:
        if not self.chance("mangled", kind):
            return data
        cut = self.rng.randrange(len(data))
        match self.rng.randrange(3):
            case 0:
                return data[:cut]
            case 1:
                return data[:cut] + bytes([data[cut] ^ (1 << self.rng.randrange(8))]) + data[cut + 1 :]
        return b"<html><title>Sign in to the network</title></html>"

    def _silence(self, node: Node, run: int, line: str, ask: int) -> None:
        """Nothing came for too long."""
        state = getattr(node.memory, line)
        waiting = state.line.waiting
        if run != node.run or waiting is None or waiting.ask != ask:
            return
        lost = counter_side.lost_sending if line == "sender" else counter_feed.lost_reading
        setattr(node.memory, line, lost(state, node.moment(self.now), self.rng.getrandbits(64)))
        self._turn(node, run, line)

    def _hear(self, node: Node, run: int, line: str, ask: int, data: bytes) -> None:
        state = getattr(node.memory, line)
        waiting = state.line.waiting
        if run != node.run or waiting is None or waiting.ask != ask or not node.online:
            return
        moment, draw = node.moment(self.now), self.rng.getrandbits(64)
        try:
            answer = decode_answer(data)
        except Unreadable:
            self._silence(node, run, line, ask)
            return
        heard = self.core.heard_sending if line == "sender" else self.core.heard_reading
        if self.chance("crashed", "crash_before_settling"):
            self.stop(node, self.rng.randint(1, 300) * SECOND)
            return
        state, actions = heard(state, node.disk, answer, moment, draw)
        before = seen(node)
        node.disk.do(actions)
        self.found += vanished(node, before)
        if self.chance("crashed", "crash_after_settling"):
            self.stop(node, self.rng.randint(1, 300) * SECOND)
            return
        setattr(node.memory, line, state)
        self._turn(node, run, line)

    # -- the centre --------------------------------------------------------------------------------

    def _arrive(self, node: Node, run: int, line: str, todo: Request, data: bytes, created: int) -> None:
        if not self.centre_up:
            return
        answer = self._serve(data, created)
        if isinstance(todo, Ask) and isinstance(answer, Page) and not answer.items and todo.patience_ms:
            left = todo.patience_ms
            again = lambda: self._arrive(node, run, line, replace(todo, patience_ms=0), data, created)  # noqa: E731
            entry = (self.now + left, node.office, again)
            self._parked.append(entry)
            self.after(left, lambda: self._unpark(entry))
        elif answer is not None:
            self._answer(node, run, line, todo.ask, encode(answer))

    def _unpark(self, entry: tuple[int, str, Callable[[], None]]) -> None:
        if entry in self._parked:
            self._parked.remove(entry)
            entry[2]()

    def _answer(self, node: Node, run: int, line: str, ask: int, data: bytes) -> None:
        if self.chance("misled", "answer_misrouted") and self.answers:
            data = self.rng.choice(self.answers)
        self.answers = [*self.answers[-20:], data]
        if self.chance("lost", "answer_lost"):
            return
        for _ in range(2 if self.chance("doubled", "answer_doubled") else 1):
            said = self._mangled(data, "answer_mangled")
            self.after(self._delay(), lambda said=said: self._hear(node, run, line, ask, said))

    def _serve(self, data: bytes, created: int) -> Answer | None:
        """One request in one transaction; None when the centre was killed before or after its end."""
        try:
            message = decode_request(data)
        except Unreadable:
            return TurnedAway(0, Refusal.DAMAGED, START_MS + self.now)
        answer = self.transaction(lambda work: self._handle(work, message, created))
        self._look(message, answer)
        if isinstance(message, Push):
            self.after(self.rng.randint(1, 3000), self.integrate)
        return None if self.chance("killed", "centre_killed_after_commit") else answer

    def _look(self, message: Request, answer: Answer | None) -> None:
        """What must hold of every answer, at once."""
        who = self.centre.devices.get(message.device)
        if isinstance(answer, Taken) and answer.mark.hash not in self.centre.entries:
            self.found.append("I8 the centre acknowledged what it has not")
        told = isinstance(answer, Page | Snapshot | Piece)
        if told and (who is None or who.revoked):
            self.found.append("I14 a device that is revoked is told something")
        if isinstance(answer, Page | Snapshot) and who is not None and answer.office != who.office:
            self.found.append("I14 a counter is told another office's feed")

    def _handle(self, work: CentreMemory, message: Request, created: int) -> Answer:
        now = START_MS + self.now
        who = work.enrolled(message.device)
        if who is None:
            return TurnedAway(message.ask, Refusal.DEVICE_UNKNOWN, now)
        if abs(created - now) > 300 * SECOND:
            self.faults["clock_refused"] += 1
            return TurnedAway(message.ask, Refusal.CLOCK, now)
        match message:
            case Hello():
                return self.core.greet(work, who, message, now, USUAL_LIMITS)
            case Push():
                return self.core.receive(work, who, message, now, holds)
            case Return():
                return self.core.take_back(work, who, message, now)
            case AskSnapshot():
                return centre_side.offer(work, who, message, now)
            case AskPiece():
                return centre_side.hand_out(work, who, message, now)
            case _:
                return self.core.read_on(work, who, message, now)

    def transaction(self, handle: Callable[[CentreMemory], Answer | None]) -> Answer | None:
        """Let something happen at the centre, whole or not at all."""
        work = self.centre.copy()
        if self.chance("killed", "centre_killed_in_transaction"):
            work.fuse = self.rng.randrange(5)
        try:
            answer = handle(work)
        except Killed:
            return None
        work.fuse = -1
        grown = {o for o, items in work.feeds.items() if len(items) != len(self.centre.feeds[o])}
        self.centre = work
        for entry in [one for one in self._parked if one[1] in grown]:
            self._unpark(entry)
        return answer

    def integrate(self) -> None:
        """The centre reads what it received."""
        if not self.centre_up:
            return

        def some(work: CentreMemory) -> None:
            for entry in work.pending(20):
                self.core.integrate(work, entry)

        self.transaction(some)
        if self.centre.waiting:
            self.after(self.rng.randint(100, 5000), self.integrate)
