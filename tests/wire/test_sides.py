"""What the two sides do with one message: what is believed, what is not, and how nothing gets stuck."""

from dataclasses import replace
from uuid import UUID

import pytest

from counter_app.domain.entry import Entry, Kind
from counter_app.wire.centre_side import greet, offer, read_on, receive
from counter_app.wire.counter_feed import Reader, heard_reading, next_to_ask
from counter_app.wire.counter_side import (
    Sender,
    Trouble,
    Who,
    heard_sending,
    lost_sending,
    next_to_send,
    unsent,
)
from counter_app.wire.feed import forward, spaced
from counter_app.wire.ledgers import Archived, Enrolled, Received
from counter_app.wire.line import LONGEST_PAUSE_MS, Moment, Rest
from counter_app.wire.messages import (
    USUAL_LIMITS,
    Ask,
    AskSnapshot,
    Astray,
    Gap,
    Hello,
    Item,
    ItemKind,
    Mark,
    Page,
    Push,
    Refusal,
    Taken,
    TurnedAway,
    Welcome,
)
from tests.simulation.centre_memory import CentreMemory
from tests.simulation.counter_memory import CounterMemory
from tests.simulation.world import holds
from tests.verify.journals import DEVICE, PUBLIC_KEY
from tests.wire.runs import SEGMENT, run

OFFICE = "2214"
ENROLLED = Enrolled(DEVICE, PUBLIC_KEY, OFFICE, 2)
WHO = Who(DEVICE, UUID(int=3), OFFICE, 2, "0.2.0", ())
NOW = Moment(1_773_295_000_000, 1000)
PAYLOADS = [b'{"amount":%d}' % number for number in range(40)]


@pytest.fixture
def centre() -> CentreMemory:
    memory = CentreMemory(7)
    memory.devices[DEVICE] = ENROLLED
    memory.open_feed(OFFICE)
    return memory


def counter(entries: list[Entry]) -> CounterMemory:
    memory = CounterMemory(OFFICE)
    for entry in entries:
        memory.add(entry)
    return memory


def serve(centre: CentreMemory, request: Hello | Push | Ask) -> object:
    if isinstance(request, Hello):
        return greet(centre, ENROLLED, request, NOW.wall_ms, USUAL_LIMITS)
    if isinstance(request, Push):
        return receive(centre, ENROLLED, request, NOW.wall_ms, holds)
    return read_on(centre, ENROLLED, request, NOW.wall_ms)


def talk(sender: Sender, ledger: CounterMemory, centre: CentreMemory) -> tuple[Sender, list[object]]:
    """Go on until there is nothing to say; gives everything that was said."""
    said: list[object] = []
    now = NOW
    while True:
        sender, request = next_to_send(sender, WHO, ledger, now, len(said) + 1)
        if isinstance(request, Rest) and sender.line.pause(now):
            now = Moment(now.wall_ms, now.steady_ms + request.ms)
        elif isinstance(request, Rest):
            return sender, said
        else:
            said.append(request)
            assert len(said) < 50
            sender, actions = heard_sending(sender, ledger, serve(centre, request), now, 5)
            ledger.do(actions)


def greeted(ledger: CounterMemory, centre: CentreMemory) -> Sender:
    sender, hello = next_to_send(Sender(), WHO, ledger, NOW, 1)
    assert isinstance(hello, Hello)
    return heard_sending(sender, ledger, serve(centre, hello), NOW, 5)[0]


def test_everything_arrives_and_the_next_hello_is_enough(centre: CentreMemory) -> None:
    ledger = counter(run(PAYLOADS))
    sender, said = talk(Sender(), ledger, centre)
    assert [type(one) for one in said] == [Hello, Push]
    assert (len(centre.entries), unsent(sender, ledger)) == (40, 0)
    _, said = talk(Sender(), ledger, centre)
    assert [type(one) for one in said] == [Hello]


def test_a_centre_that_forgot_gets_it_again(centre: CentreMemory) -> None:
    ledger = counter(run(PAYLOADS))
    backup = centre.copy()
    talk(Sender(), ledger, centre)
    assert ledger.received == {SEGMENT: 40}
    talk(Sender(), ledger, backup)
    assert len(backup.entries) == 40


def test_a_branch_is_stored_told_and_left(centre: CentreMemory) -> None:
    shared = run(PAYLOADS[:10])
    talk(Sender(), counter(shared + run(PAYLOADS[:9], after=shared[-1], acts=100)), centre)
    other = counter(shared + run(PAYLOADS[:6], after=shared[-1], acts=200))
    _, said = talk(Sender(), other, centre)
    assert [len(one.entries) for one in said if isinstance(one, Push)] == [1, 16]
    assert len(centre.entries) == 10 + 9 + 6
    assert centre.alarms == ((DEVICE, Mark(SEGMENT, 10, shared[-1].hash)),)
    assert other.must_begin == {SEGMENT}
    _, said = talk(Sender(), other, centre)
    assert [len(one.entries) for one in said if isinstance(one, Push)] == [1]


def test_a_restored_counter_that_knows_less_asks_by_one_entry(centre: CentreMemory) -> None:
    entries = run(PAYLOADS)
    talk(Sender(), counter(entries), centre)
    sender, said = talk(Sender(), counter(entries[:20]), centre)
    assert [len(one.entries) for one in said if isinstance(one, Push)] == [1]
    assert sender.settled == {SEGMENT: 20}


@pytest.mark.parametrize("lie", ["hash", "place", "ask", "segment", "future"])
def test_an_acknowledgement_that_is_not_of_the_own_hash_is_no_answer(centre: CentreMemory, lie: str) -> None:
    ledger = counter(run(PAYLOADS))
    sender, push = next_to_send(greeted(ledger, centre), WHO, ledger, NOW, 2)
    assert isinstance(push, Push)
    good = Taken(2, Mark(SEGMENT, 40, push.entries[-1].hash), forked=False)
    bad = {
        "hash": replace(good, mark=replace(good.mark, hash=bytes(32))),
        "place": replace(good, mark=replace(good.mark, seq=39)),
        "ask": replace(good, to=3),
        "segment": replace(good, mark=replace(good.mark, segment=1)),
        "future": replace(good, mark=replace(good.mark, seq=41)),
    }[lie]
    after, actions = heard_sending(sender, ledger, bad, NOW, 5)
    assert list(actions) == []
    assert unsent(after, ledger) == 40
    assert after.line.pause(NOW) > 0
    after, actions = heard_sending(sender, ledger, good, NOW, 5)
    assert list(actions) == [Received(good.mark)]
    assert unsent(after, ledger) == 0


def test_a_welcome_for_another_device_is_no_answer(centre: CentreMemory) -> None:
    ledger = counter(run(PAYLOADS))
    sender, hello = next_to_send(Sender(), WHO, ledger, NOW, 1)
    answer = serve(centre, hello)
    assert isinstance(answer, Welcome)
    after, _ = heard_sending(sender, ledger, replace(answer, device=UUID(int=1), same=True), NOW, 5)
    assert (after.greeted_ms, unsent(after, ledger)) == (None, 40)


def test_a_centre_that_says_gap_for_ever_is_not_asked_without_pause(centre: CentreMemory) -> None:
    ledger = counter(run(PAYLOADS))
    for _ in range(50):
        centre.stand.clear()
    talk(Sender(), counter(run(PAYLOADS)[:10]), centre)
    sender = greeted(ledger, centre)
    for draw in range(2, 10):
        sender, push = next_to_send(sender, WHO, ledger, NOW, draw)
        if isinstance(push, Rest):
            break
        assert isinstance(push, Push)
        gap = Gap(draw, centre.standing(DEVICE, SEGMENT))
        sender, _ = heard_sending(sender, ledger, gap, NOW, 5)
    assert sender.line.pause(NOW) > 0


def test_pauses_grow_and_stay_bounded() -> None:
    sender, pauses = Sender(), []
    for _ in range(12):
        sender = lost_sending(sender, NOW, (1 << 64) - 1)
        pauses.append(sender.line.pause(NOW))
    assert pauses[0] <= 1000
    assert 30_000 < pauses[-1] <= LONGEST_PAUSE_MS
    assert lost_sending(sender, NOW, 0, 120_000).line.pause(NOW) == 120_000
    assert lost_sending(sender, NOW, 0, 1 << 60).line.pause(NOW) == 15 * 60_000


def test_a_broken_header_stops_its_segment_and_no_other(centre: CentreMemory) -> None:
    entries = run(PAYLOADS)
    ledger = counter(entries)
    for entry in run(PAYLOADS[:3], segment=5, after=entries[-1], acts=90):
        ledger.add(entry)
    segment = ledger.segments[SEGMENT]
    broken = entries[20]
    segment.entries[20] = replace(broken, packed_header=broken.packed_header[:-3] + b"\1\0\0"), broken.hash
    sender, _ = talk(Sender(), ledger, centre)
    assert sender.troubled == {SEGMENT: Trouble.NOT_BELIEVED}
    assert {one.segment: one.upto for one in centre.standings(DEVICE)} == {SEGMENT: 20, 5: 3}


def test_an_entry_that_does_not_follow_stops_its_segment_and_no_other(centre: CentreMemory) -> None:
    entries = run(PAYLOADS)
    ledger = counter([*entries[:20], *run(PAYLOADS[:1], after=run(PAYLOADS, acts=500)[19]), *entries[21:]])
    for entry in run(PAYLOADS[:3], segment=5, after=entries[-1], acts=90):
        ledger.add(entry)
    sender, _ = talk(Sender(), ledger, centre)
    assert sender.troubled == {SEGMENT: Trouble.DAMAGED_HERE}
    assert {one.segment: one.upto for one in centre.standings(DEVICE)} == {SEGMENT: 20, 5: 3}


def test_a_broken_payload_goes_without_it(centre: CentreMemory) -> None:
    entries = run(PAYLOADS)
    ledger = counter(entries)
    ledger.segments[SEGMENT].entries[20] = replace(entries[20], payload=b"rot"), entries[20].hash
    talk(Sender(), ledger, centre)
    assert centre.entries.keys() == {one.hash for one in entries}
    assert centre.entries[entries[20].hash].erased


def test_a_centre_older_than_its_archive_gets_all_that_is_left_here(centre: CentreMemory) -> None:
    """What was let go of arrives without what it said, and is held; it keeps nothing else waiting."""
    entries = run(PAYLOADS[:10])
    entries += run([b"{}"] * 2, after=entries[-1], kind=Kind.COMPLAINT_STEP, acts=90)
    entries += run(PAYLOADS[10:], after=entries[-1], acts=100)
    ledger = counter(entries)
    ledger.do([Archived(ledger.heads()[0])])
    assert ledger.purge() == 2
    sender, _ = talk(Sender(), ledger, centre)
    assert unsent(sender, ledger) == 0
    assert [one.hash for one in entries if centre.entries[one.hash].erased] == [
        one.hash for one in entries[10:12]
    ]


def test_a_push_that_another_key_signed_is_refused_and_stops_its_segment_only(centre: CentreMemory) -> None:
    entries = run(PAYLOADS[:1])
    forged = replace(entries[0], signature=bytes(64))
    assert serve(centre, Push(1, DEVICE, (forged,))) == TurnedAway(1, Refusal.SIGNATURE, NOW.wall_ms)
    ledger = counter([forged])
    sender, push = next_to_send(greeted(ledger, centre), WHO, ledger, NOW, 2)
    sender, _ = heard_sending(sender, ledger, serve(centre, push), NOW, 5)
    assert sender.troubled == {SEGMENT: Trouble.NOT_BELIEVED}
    assert centre.entries == {}


def test_a_wrong_clock_is_put_right_by_the_refusal(centre: CentreMemory) -> None:
    ledger = counter(run(PAYLOADS))
    sender, _ = next_to_send(Sender(), WHO, ledger, NOW, 1)
    sender, _ = heard_sending(sender, ledger, TurnedAway(1, Refusal.CLOCK, NOW.wall_ms + 5000), NOW, 5)
    assert sender.line.offset_ms == 5000
    later = Moment(NOW.wall_ms, NOW.steady_ms + 2000)
    assert isinstance(next_to_send(sender, WHO, ledger, later, 2)[1], Hello)


def test_batches_follow_the_line(centre: CentreMemory) -> None:
    ledger = counter(run([b'{"amount":%d}' % number for number in range(2000)]))
    sender, sizes, steady = greeted(ledger, centre), [], 10_000
    while unsent(sender, ledger):
        now = Moment(NOW.wall_ms, steady)
        sender, push = next_to_send(sender, WHO, ledger, now, steady)
        assert isinstance(push, Push)
        lost = lost_sending(sender, now, 0)
        assert lost.line.aim_bytes == sender.line.aim_bytes // 2
        sizes.append(len(push.entries))
        steady += 800 + len(push.entries) * 9
        sender, _ = heard_sending(sender, ledger, serve(centre, push), Moment(NOW.wall_ms, steady), 5)
    assert sizes[0] * 60 <= 16 * 1024
    assert sizes[:3] == sorted(sizes[:3])
    assert 300 < max(sizes) < 500


# -- the feed --------------------------------------------------------------------------------------


READER = Reader(in_vain=True)
"""One who was told that there is no snapshot."""


def asked(ledger: CounterMemory, reader: Reader = READER) -> tuple[Reader, Ask]:
    reader, ask = next_to_ask(reader, WHO, ledger, NOW, 9)
    assert isinstance(ask, Ask)
    return reader, ask


def caught_up(ledger: CounterMemory, centre: CentreMemory) -> Reader:
    reader = READER
    for _ in range(20):
        reader, ask = next_to_ask(reader, WHO, ledger, NOW, 9)
        if not isinstance(ask, Ask) or ask.patience_ms:
            return replace(reader, line=replace(reader.line, waiting=None))
        reader, actions = heard_reading(reader, ledger, serve(centre, ask), NOW, 5)
        ledger.do(actions)
    raise AssertionError("reading does not end")


def test_a_new_reader_finds_the_feed_and_follows_it(centre: CentreMemory) -> None:
    for number in range(300):
        centre.publish(OFFICE, Item(ItemKind.RULES, b"%d" % number * 100))
    ledger = counter([])
    caught_up(ledger, centre)
    assert ledger.cursor() == centre.feed_head(OFFICE)


def test_a_page_that_is_not_what_was_asked_changes_nothing(centre: CentreMemory) -> None:
    centre.publish(OFFICE, Item(ItemKind.RULES, b"1"))
    ledger = counter([])
    caught_up(ledger, centre)
    centre.publish(OFFICE, Item(ItemKind.RULES, b"2"))
    reader, ask = asked(ledger)
    good = serve(centre, ask)
    assert isinstance(good, Page)
    before = replace(good.start, seq=0)
    wrong = [
        replace(good, office="2215"),
        replace(good, to=8),
        replace(good, items=(Item(ItemKind.RULES, b"forged"),)),
        replace(good, items=()),
        replace(good, start=before, end=forward(before, good.items)),
        replace(good, end=replace(good.end, seq=9)),
        Astray(9, "2215", 7, ()),
        Astray(8, OFFICE, 7, ()),
    ]
    for answer in wrong:
        after, actions = heard_reading(reader, ledger, answer, NOW, 5)
        assert list(actions) == []
        assert not after.needs_snapshot
    after, actions = heard_reading(reader, ledger, good, NOW, 5)
    ledger.do(actions)
    assert ledger.cursor() == centre.feed_head(OFFICE)


def test_a_centre_rolled_back_is_seen_and_read_from_the_newest_shared_place(centre: CentreMemory) -> None:
    for number in range(20):
        centre.publish(OFFICE, Item(ItemKind.RULES, b"%d" % number))
    backup = centre.copy()
    for number in range(10):
        centre.publish(OFFICE, Item(ItemKind.RULES, b"lost %d" % number))
    ledger = counter([])
    caught_up(ledger, centre)
    for number in range(15):
        backup.publish(OFFICE, Item(ItemKind.RULES, b"new %d" % number))
    reader, ask = asked(ledger)
    answer = serve(backup, ask)
    assert isinstance(answer, Astray)
    _, actions = heard_reading(reader, ledger, answer, NOW, 5)
    ledger.do(actions)
    assert 14 <= ledger.cursor().seq <= 20
    caught_up(ledger, backup)
    assert ledger.cursor() == backup.feed_head(OFFICE)


def test_a_feed_that_nobody_shares_asks_for_a_snapshot_and_goes_on_asking(centre: CentreMemory) -> None:
    for number in range(20):
        centre.publish(OFFICE, Item(ItemKind.RULES, b"%d" % number))
    centre.floors[OFFICE] = 15
    ledger = counter([])
    reader, ask = asked(ledger)
    reader, actions = heard_reading(reader, ledger, serve(centre, ask), NOW, 5)
    assert (reader.needs_snapshot, list(actions)) == (True, [])
    reader, ask = next_to_ask(reader, WHO, ledger, NOW, 9)
    assert isinstance(ask, AskSnapshot)
    reader, actions = heard_reading(reader, ledger, offer(centre, ENROLLED, ask, 5), NOW, 5)
    assert (reader.needs_snapshot, list(actions)) == (True, [])
    assert isinstance(next_to_ask(reader, WHO, ledger, NOW, 9)[1], Rest)
    later = Moment(NOW.wall_ms, NOW.steady_ms + 6 * 60_000)
    assert isinstance(next_to_ask(reader, WHO, ledger, later, 9)[1], Ask)


def test_a_revoked_device_reads_nothing_and_still_pushes(centre: CentreMemory) -> None:
    centre.revoke(DEVICE)
    revoked = centre.devices[DEVICE]
    ledger = counter(run(PAYLOADS))
    _, ask = asked(ledger)
    assert read_on(centre, revoked, ask, 5) == TurnedAway(9, Refusal.DEVICE_REVOKED, 5)
    push = Push(1, DEVICE, tuple(run(PAYLOADS)))
    assert isinstance(receive(centre, revoked, push, 5, holds), Taken)


def test_places_offered_get_rarer_with_their_distance() -> None:
    assert spaced(20, 0) == (20, 19, 18, 16, 12, 4, 0)
    assert spaced(20, 18) == (20, 19, 18)
    assert spaced(7, 7) == (7,)
