"""A snapshot over a line: cut, damaged, replaced and foreign; what was loaded is one snapshot, whole."""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

import msgspec
import pytest
import zstandard

from counter_app.domain.bill import Bill
from counter_app.wire.centre_side import hand_out, offer, read_on
from counter_app.wire.counter_feed import Reader, heard_reading, lost_reading, next_to_ask
from counter_app.wire.line import HOPELESS_PAUSE_MS, Moment, Rest
from counter_app.wire.messages import (
    Answer,
    Ask,
    AskPiece,
    AskSnapshot,
    Item,
    ItemKind,
    Page,
    Piece,
    Refusal,
    Snapshot,
    TurnedAway,
)
from counter_app.wire.snapshots import (
    LARGEST_ROWS,
    Chunk,
    Manifest,
    Part,
    SnapshotUnfit,
    is_whole,
    manifest_bytes,
    name_of,
    read_chunk,
    read_manifest,
    values_chunk,
)
from counter_app.wire.values import by_columns, by_rows
from tests.simulation.centre_memory import CentreMemory
from tests.simulation.counter_memory import CounterMemory
from tests.store.office import SURESH, bill_of
from tests.verify.journals import DEVICE
from tests.wire.test_sides import ENROLLED, NOW, OFFICE, WHO, counter

Said = AskSnapshot | AskPiece | Ask
Answered = Callable[[Said, Answer], Answer | None]
ITEMS = 40


@pytest.fixture
def centre() -> CentreMemory:
    memory = CentreMemory(7)
    memory.devices[DEVICE] = ENROLLED
    memory.open_feed(OFFICE)
    say(memory, "said", ITEMS)
    memory.make_snapshot(OFFICE, at_once=8)
    return memory


def say(centre: CentreMemory, word: str, times: int) -> None:
    for number in range(times):
        centre.publish(
            OFFICE, Item(ItemKind.RULES, Random(number).randbytes(400) + f"{word} {number}".encode())
        )


def serve(centre: CentreMemory, request: Said) -> Answer:
    match request:
        case AskSnapshot():
            return offer(centre, ENROLLED, request, NOW.wall_ms)
        case AskPiece():
            return hand_out(centre, ENROLLED, request, NOW.wall_ms)
    return read_on(centre, ENROLLED, request, NOW.wall_ms)


def as_it_is(_request: Said, answer: Answer) -> Answer | None:
    return answer


@dataclass
class Pc:
    """A counter that reads; its clock goes on as far as it rests."""

    disk: CounterMemory
    reader: Reader = field(default_factory=Reader)
    steady_ms: int = NOW.steady_ms

    def turns(self, centre: CentreMemory, answered: Answered = as_it_is) -> Iterator[Said]:
        """Ask, hear, ask; until the feed was read to its end."""
        while True:
            now = Moment(NOW.wall_ms, self.steady_ms)
            self.reader, asked = next_to_ask(self.reader, WHO, self.disk, now, 9)
            if isinstance(asked, Rest):
                self.steady_ms += asked.ms
                continue
            yield asked
            answer = answered(asked, serve(centre, asked))
            if answer is None:
                self.reader = lost_reading(self.reader, now, 9)
                continue
            self.reader, actions = heard_reading(self.reader, self.disk, answer, now, 9)
            self.disk.do(actions)
            if (
                isinstance(answer, Page)
                and not answer.more
                and self.disk.cursor() == centre.feed_head(OFFICE)
            ):
                return

    def read(self, centre: CentreMemory, answered: Answered = as_it_is) -> list[Said]:
        asked = []
        for one in self.turns(centre, answered):
            asked.append(one)
            assert len(asked) < 2000, "reading does not end"
        return asked


def has_all(pc: Pc, centre: CentreMemory) -> bool:
    """Whether a counter has the office's feed, each item at its number, and stands at its end."""
    want = dict(enumerate(centre.feeds[OFFICE], 1))
    return pc.disk.items == want and pc.disk.cursor() == centre.feed_head(OFFICE)


# -- the conversation --------------------------------------------------------------------------------


def test_a_new_counter_loads_the_snapshot_and_goes_on_in_the_feed(centre: CentreMemory) -> None:
    say(centre, "later", 5)
    pc = Pc(counter([]))
    asked = pc.read(centre)
    assert has_all(pc, centre)
    assert [type(one) for one in asked[:2]] == [AskSnapshot, AskPiece]
    first = next(one for one in asked if isinstance(one, Ask))
    assert first.cursor.seq == ITEMS


def test_without_a_snapshot_the_feed_is_read_from_its_beginning(centre: CentreMemory) -> None:
    centre.snapshots.clear()
    pc = Pc(counter([]))
    assert [type(one) for one in pc.read(centre)].count(AskSnapshot) == 1
    assert has_all(pc, centre)


def test_a_centre_that_knows_of_no_snapshots_is_asked_for_the_feed(centre: CentreMemory) -> None:
    def older(asked: Said, answer: Answer) -> Answer:
        return TurnedAway(9, Refusal.DAMAGED, 5) if isinstance(asked, AskSnapshot) else answer

    pc = Pc(counter([]))
    pc.read(centre, older)
    assert has_all(pc, centre)


def test_it_ends_the_same_wherever_the_program_or_the_line_ends(centre: CentreMemory) -> None:
    """At every turn once: the power goes, the answer is lost, the answer comes and the power goes."""
    length = len(Pc(counter([])).read(centre))
    for place in range(length):
        for end in ("power", "lost"):
            pc = Pc(counter([]))
            for number, _ in enumerate(pc.turns(centre)):
                if number == place:
                    break
            pc.reader = Reader() if end == "power" else lost_reading(pc.reader, NOW, 9)
            pc.read(centre)
            assert has_all(pc, centre), (place, end)


def test_a_line_that_loses_every_other_answer_carries_it_in_ever_smaller_pieces(centre: CentreMemory) -> None:
    dice = Random(3)
    pc = Pc(counter([]))
    asked = pc.read(centre, lambda _asked, answer: answer if dice.random() < 0.3 else None)
    assert has_all(pc, centre)
    assert any(isinstance(one, AskPiece) and one.start > 0 for one in asked)
    assert min(one.most_bytes for one in asked if isinstance(one, AskPiece)) == 1024


def test_a_chunk_that_is_not_the_one_of_the_manifest_is_fetched_again(centre: CentreMemory) -> None:
    spoilt = {0, 3}

    def sometimes(asked: Said, answer: Answer) -> Answer:
        if isinstance(answer, Piece) and answer.chunk in spoilt:
            spoilt.discard(answer.chunk)
            return replace(answer, data=bytes([answer.data[0] ^ 1]) + answer.data[1:])
        return answer

    pc = Pc(counter([]))
    pc.read(centre, sometimes)
    assert not spoilt
    assert has_all(pc, centre)


@pytest.mark.parametrize("change", [
    {"snapshot": bytes(32)}, {"chunk": 1}, {"start": 5}, {"data": b""}, {"to": 8}, {"data": bytes(1 << 17)},
], ids=str)  # fmt: skip
def test_a_piece_that_was_not_asked_for_is_as_good_as_none(
    centre: CentreMemory, change: dict[str, object]
) -> None:
    pc = Pc(counter([]))
    turns = pc.turns(centre)
    next(turns)
    asked = next(turns)
    assert isinstance(asked, AskPiece)
    answer = serve(centre, asked)
    assert isinstance(answer, Piece)
    after, actions = heard_reading(pc.reader, pc.disk, replace(answer, **change), NOW, 9)
    assert (list(actions), after.got, after.line.failures) == ([], b"", 1)


def test_one_that_is_replaced_meanwhile_is_loaded_to_its_end(centre: CentreMemory) -> None:
    pc = Pc(counter([]))
    turns = pc.turns(centre)
    for _ in range(3):
        next(turns)
    before = pc.disk.loads
    say(centre, "later", 9)
    centre.make_snapshot(OFFICE)
    asked = pc.read(centre)
    assert before is not None
    assert has_all(pc, centre)
    assert {one.snapshot for one in asked if isinstance(one, AskPiece)} == {name_of(before.manifest)}


def test_one_that_is_gone_meanwhile_is_begun_anew_with_the_newest(centre: CentreMemory) -> None:
    for place in range(1, 7):
        pc = Pc(counter([]))
        turns = pc.turns(centre)
        for _ in range(place):
            next(turns)
        work = centre.copy()
        for word in ("later", "latest"):
            say(work, word, 9)
            work.make_snapshot(OFFICE)
        pc.read(work)
        assert has_all(pc, work), place


def test_when_the_last_snapshot_is_gone_the_feed_is_read(centre: CentreMemory) -> None:
    pc = Pc(counter([]))
    turns = pc.turns(centre)
    for _ in range(4):
        next(turns)
    centre.snapshots.clear()
    pc.read(centre)
    assert has_all(pc, centre)


def test_a_counter_below_the_floor_takes_a_snapshot(centre: CentreMemory) -> None:
    pc = Pc(counter([]))
    pc.read(centre)
    say(centre, "later", 9)
    centre.make_snapshot(OFFICE)
    centre.floors[OFFICE] = centre.feed_head(OFFICE).seq
    say(centre, "latest", 2)
    asked = pc.read(centre)
    assert any(isinstance(one, AskSnapshot) for one in asked)
    assert has_all(pc, centre)
    assert not pc.reader.needs_snapshot


def test_a_floor_that_passes_the_snapshot_is_waited_for_and_not_loaded_over_and_over(
    centre: CentreMemory,
) -> None:
    pc = Pc(counter([]))
    say(centre, "later", 9)
    centre.floors[OFFICE] = centre.feed_head(OFFICE).seq
    asked, began = [], pc.steady_ms
    for one in pc.turns(centre):
        asked.append(one)
        if pc.steady_ms - began > 5 * HOPELESS_PAUSE_MS:
            break
    assert pc.reader.needs_snapshot
    assert len(asked) < 20
    centre.make_snapshot(OFFICE)
    pc.read(centre)
    assert has_all(pc, centre)


def test_a_snapshot_of_another_office_is_never_begun(centre: CentreMemory) -> None:
    centre.open_feed("2215")
    centre.publish("2215", Item(ItemKind.RULES, b"theirs"))
    centre.make_snapshot("2215")
    theirs = centre.snapshot("2215")

    def misled(asked: Said, answer: Answer) -> Answer:
        return replace(answer, manifest=theirs) if isinstance(answer, Snapshot) else answer

    pc = Pc(counter([]))
    asked = pc.read(centre, misled)
    assert not any(isinstance(one, AskPiece) for one in asked)
    assert has_all(pc, centre)


def test_pieces_of_another_office_are_not_handed_out(centre: CentreMemory) -> None:
    centre.open_feed("2215")
    centre.publish("2215", Item(ItemKind.RULES, b"theirs"))
    centre.make_snapshot("2215")
    theirs = name_of(centre.snapshot("2215"))
    answer = serve(centre, AskPiece(9, DEVICE, theirs, 0, 0, 1 << 20))
    assert answer == Snapshot(9, OFFICE, centre.snapshot(OFFICE))


def test_a_device_that_is_revoked_gets_none(centre: CentreMemory) -> None:
    revoked = replace(ENROLLED, revoked=True)
    away = TurnedAway(9, Refusal.DEVICE_REVOKED, 5)
    assert offer(centre, revoked, AskSnapshot(9, DEVICE, OFFICE), 5) == away
    assert hand_out(centre, revoked, AskPiece(9, DEVICE, bytes(32), 0, 0, 1), 5) == away


def test_a_chunk_that_nobody_can_read_ends_it_and_the_feed_is_read(centre: CentreMemory) -> None:
    manifest, chunks = centre.snapshots[OFFICE][-1]
    bad = zstandard.compress(b"\x93nothing")
    said = read_manifest(manifest)
    wrong = replace(said.chunks[1], size=len(bad), hash=hashlib.sha256(bad).digest())
    made = manifest_bytes(replace(said, chunks=(said.chunks[0], wrong, *said.chunks[2:])))
    centre.snapshots[OFFICE] = ((made, (chunks[0], bad, *chunks[2:])),)
    pc = Pc(counter([]))
    pc.read(centre)
    assert has_all(pc, centre)


# -- the bytes ---------------------------------------------------------------------------------------


def test_any_bytes_are_a_chunk_or_none() -> None:
    chunk, data = values_chunk(Part.BILLS, [bill_of(SURESH)] * 5)
    plain = zstandard.decompress(data)
    for place in range(len(plain)):
        for spoilt in (plain[:place], plain[:place] + bytes([plain[place] ^ 0x81]) + plain[place + 1 :]):
            attempt(chunk, zstandard.compress(spoilt) if spoilt else b"")
    for place in range(len(data)):
        attempt(chunk, data[:place])
        assert not is_whole(chunk, data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    assert is_whole(chunk, data)


def attempt(chunk: Chunk, data: bytes) -> None:
    """Read it, or hear that it is none."""
    try:
        read_chunk(chunk, data)
    except SnapshotUnfit:
        return


def test_what_expands_beyond_measure_is_not_expanded() -> None:
    huge = zstandard.compress(bytes(LARGEST_ROWS + 1))
    assert len(huge) < 10_000
    with pytest.raises(SnapshotUnfit):
        read_chunk(Chunk(Part.BILLS, 1, len(huge), bytes(32)), huge)
    with pytest.raises(SnapshotUnfit):
        read_chunk(Chunk(Part.BILLS, 1, 20, bytes(32)), zlib.compress(bytes(20)))


@pytest.mark.parametrize("change", [
    {"form": 2}, {"chunks": ()}, {"chunks": (Chunk(99, 1, 1, bytes(32)),)},
    {"chunks": (Chunk(1, 1, (1 << 20) + 1, bytes(32)),)}, {"chunks": (Chunk(1, 1, 0, bytes(32)),)},
], ids=str)  # fmt: skip
def test_a_manifest_that_this_program_cannot_follow_is_none(
    centre: CentreMemory, change: dict[str, object]
) -> None:
    good = read_manifest(centre.snapshot(OFFICE))
    with pytest.raises(SnapshotUnfit):
        read_manifest(manifest_bytes(replace(good, **change)))
    with pytest.raises(SnapshotUnfit):
        read_manifest(manifest_bytes(good)[:-1])
    assert isinstance(good, Manifest)


def test_a_column_that_an_older_program_did_not_have_is_filled_and_one_of_a_newer_passed_over() -> None:
    bills = [bill_of(SURESH), replace(bill_of(SURESH), number="B2")]
    columns = msgspec.msgpack.decode(by_columns(Bill, bills))
    whole = by_rows(Bill, msgspec.msgpack.encode(columns))
    assert by_rows(Bill, msgspec.msgpack.encode(columns[:-1])) == whole
    assert by_rows(Bill, msgspec.msgpack.encode([*columns, ["newer", "newer"]])) == whole
