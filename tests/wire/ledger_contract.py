"""What every implementation of the two ledgers has to do. A test class of a store inherits these.

``CounterContract`` needs a fixture ``counter`` that gives a ``CounterStore``, ``CentreContract`` one
``centre`` that gives a ``CentreStore``: a ledger that is empty but for the office (and the device) of these
tests, and a way to prepare it. Between two calls of ``committed`` the centre's ledger is one transaction.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from counter_app.domain.complaint import ComplaintRegistered, ComplaintStep, Stage
from counter_app.domain.entry import Entry, Kind
from counter_app.wire.feed import beginning, forward
from counter_app.wire.ledgers import (
    Apply,
    Archived,
    BeginLoading,
    CentreLedger,
    CounterLedger,
    Enrolled,
    FallBack,
    LoadChunk,
    Loading,
    Received,
    Returned,
    StopLoading,
    added,
)
from counter_app.wire.messages import Cursor, FeedItem, Item, ItemKind, Mark, Page, Reason, Standing
from counter_app.wire.payloads import VERSIONS, encode
from counter_app.wire.snapshots import FORM, Manifest, Placed, items_chunk, manifest_bytes, name_of
from tests.verify.journals import DEVICE, PUBLIC_KEY
from tests.wire.runs import SEGMENT, bare, erased, run

OFFICE = "2214"
WHO = Enrolled(DEVICE, PUBLIC_KEY, OFFICE, 2)
NONE = bytes(32)
OTHER_SEGMENT = SEGMENT + (1 << 63)
STEPS = [b'{"code":"R07"}'] * 5
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
REGISTERED = ComplaintRegistered(
    serial=1, office=OFFICE, counter=2, day=LONG_AGO.date(), consumer="N2204512345", type="SUP-04",
    priority=3, urban=True, mobile="6666648210", landmark="शिव मंदिर के पास", note="सुबह से बंद है", dtr="",
    registered_at=LONG_AGO, due_at=None, rules="Counter 2024", clerk="R07",
)  # fmt: skip


@dataclass
class CounterStore:
    """A counter's ledger; ``record`` adds an own entry, ``purge`` lets go of what may be let go of, and says
    of how many entries.
    """

    ledger: CounterLedger
    record: Callable[[Entry], None]
    purge: Callable[[], int]


@dataclass
class CentreStore:
    """``committed`` opens a transaction that is committed at its end, or rolled back by an exception."""

    committed: Callable[[], AbstractContextManager[CentreLedger]]


def mark(entry: Entry) -> Mark:
    """Where an entry stands."""
    place = entry.header.place
    return Mark(place.segment, place.seq, entry.hash)


def page(start: Cursor, items: Sequence[FeedItem]) -> Apply:
    """A page from a cursor on."""
    return Apply(Page(1, OFFICE, start, tuple(items), forward(start, items), more=False))


class CounterContract:
    """The counter's side."""

    def test_a_new_counter_has_nothing(self, counter: CounterStore) -> None:
        ledger = counter.ledger
        assert (list(ledger.heads()), ledger.whole()) == ([], (0, NONE))
        cursor = ledger.cursor()
        assert (cursor.seq, cursor.chain) == (0, beginning(0, OFFICE).chain)
        assert ledger.chain_at(0) == cursor.chain
        assert ledger.chain_at(1) is None
        assert list(ledger.orphans(10)) == []

    def test_segments_are_read_back(self, counter: CounterStore) -> None:
        first = run(STEPS[:3])
        second = run(STEPS[:2], segment=OTHER_SEGMENT, after=first[-1], acts=10)
        for entry in (*first, *second):
            counter.record(entry)
        ledger, hashes = counter.ledger, [entry.hash for entry in first]
        assert list(ledger.heads()) == [mark(first[-1]), mark(second[-1])]
        assert list(ledger.run(SEGMENT, 2, 10)) == first[1:]
        assert list(ledger.run(SEGMENT, 1, 2)) == first[:2]
        assert list(ledger.run(SEGMENT, 4, 2)) == []
        assert [ledger.hash_at(SEGMENT, seq) for seq in (1, 2, 3, 4)] == [*hashes, None]
        assert ledger.hash_at(99, 1) is None
        assert ledger.digest(SEGMENT, 0) == NONE
        assert ledger.digest(SEGMENT, 2) == added(NONE, *hashes[:2])
        assert ledger.whole() == (5, added(NONE, *(one.hash for one in (*first, *second))))

    def test_what_is_archived_may_be_purged_and_still_counts(self, counter: CounterStore) -> None:
        """Of two complaints, registered and closed long ago, with a payment between them."""
        entries: list[Entry] = []
        for number in (1, 2):
            acts, last = 10 * number, entries[-1] if entries else None
            said = encode(replace(REGISTERED, serial=number))
            entries += run([said], after=last, kind=Kind.COMPLAINT_REGISTERED, acts=acts)
            entries += run(STEPS[:1], after=entries[-1], acts=acts + 1)
            closed = ComplaintStep(entries[-2].header.act, Stage.CLOSED, LONG_AGO, "R02", "ठीक हुआ")
            entries += run([encode(closed)], after=entries[-1], kind=Kind.COMPLAINT_STEP, acts=acts + 2)
        for entry in entries:
            counter.record(entry)
        ledger = counter.ledger
        before = ledger.whole(), [ledger.digest(SEGMENT, seq) for seq in range(7)]
        assert counter.purge() == 0
        ledger.do([Received(mark(entries[5])), Archived(mark(entries[2]))])
        assert counter.purge() == 2
        assert counter.purge() == 0
        gone = [erased(entries[0]), entries[1], erased(entries[2])]
        assert list(ledger.run(SEGMENT, 1, 9)) == [*gone, *entries[3:]]
        assert list(ledger.heads()) == [mark(entries[-1])]
        assert (ledger.whole(), [ledger.digest(SEGMENT, seq) for seq in range(7)]) == before
        ledger.do([Archived(mark(entries[5]))])
        assert counter.purge() == 2

    def test_since_when_something_is_unsent(self, counter: CounterStore) -> None:
        first = run(STEPS[:2])
        second = run(STEPS[:2], segment=OTHER_SEGMENT, after=first[-1], acts=10)
        ledger = counter.ledger
        assert ledger.unsent_since() is None
        for entry in (*first, *second):
            counter.record(entry)
        for received, oldest in ((None, first[0]), (first[0], first[1]), (first[1], second[0])):
            ledger.do([Received(mark(received))] if received else [])
            assert ledger.unsent_since() == oldest.header.wall_ms
        ledger.do([Received(mark(second[-1]))])
        assert ledger.unsent_since() is None

    def test_a_page_moves_the_cursor_and_twice_is_once(self, counter: CounterStore) -> None:
        ledger, start = counter.ledger, beginning(77, OFFICE)
        items: list[FeedItem] = [*map(bare, run(STEPS[:2])), Item(ItemKind.RULES, b"{}"), Item(999, b"new")]
        ledger.do([FallBack(start), page(start, items[:3])])
        middle = forward(start, items[:3])
        assert ledger.cursor() == middle
        ledger.do([page(start, items[:3])])
        assert ledger.cursor() == middle
        ledger.do([page(middle, items[3:])])
        assert ledger.cursor() == forward(start, items)
        assert [ledger.chain_at(seq) for seq in (0, 3, 5)] == [start.chain, middle.chain, None]

    def test_a_feed_that_was_rolled_back_leaves_orphans_until_they_come_again(
        self, counter: CounterStore
    ) -> None:
        ledger, start = counter.ledger, beginning(77, OFFICE)
        own = run(STEPS[:1], segment=OTHER_SEGMENT, acts=20)[0]
        counter.record(own)
        entries = [bare(entry) for entry in run(STEPS[:3])]
        ledger.do([FallBack(start), page(start, [*entries, bare(own)])])
        back = forward(start, entries[:1])
        ledger.do([FallBack(Cursor(78, back.seq, back.chain))])
        assert ledger.cursor() == Cursor(78, 1, back.chain)
        assert ledger.chain_at(2) is None
        assert {one.hash for one in ledger.orphans(9)} == {entries[1].hash, entries[2].hash}
        assert len(ledger.orphans(1)) == 1
        ledger.do([page(ledger.cursor(), [entries[2]]), Returned((entries[1].hash,))])
        assert list(ledger.orphans(9)) == []
        ledger.do([FallBack(ledger.cursor())])
        assert {one.hash for one in ledger.orphans(9)} == {entries[1].hash}

    def test_a_snapshot_is_loaded_chunk_by_chunk_and_stands_where_it_says(
        self, counter: CounterStore
    ) -> None:
        ledger, start = counter.ledger, beginning(77, OFFICE)
        entries = [bare(entry) for entry in run(STEPS[:4])]
        ledger.do([FallBack(start), page(start, entries[:2])])
        items: list[FeedItem] = [*entries[1:], Item(ItemKind.RULES, b"{}"), Item(ItemKind.BILLS, b"old")]
        end = forward(beginning(78, OFFICE), items)
        chunks = [
            [Placed(3, entries[3]), Placed(4, items[3])],
            [Placed(1, entries[1]), Placed(2, entries[2])],
        ]
        manifest = manifest_bytes(
            Manifest(FORM, OFFICE, end, 5, tuple(items_chunk(one)[0] for one in chunks))
        )
        name = name_of(manifest)
        ledger.do([BeginLoading(manifest)])
        assert (ledger.loading(), ledger.cursor().seq) == (Loading(manifest, 0), 0)
        assert ledger.chain_at(1) is None
        ledger.do([LoadChunk(bytes(32), 0, chunks[0]), LoadChunk(name, 1, chunks[1])])
        assert ledger.loading() == Loading(manifest, 0)
        ledger.do([LoadChunk(name, 0, chunks[0])])
        assert (ledger.loading(), ledger.cursor().seq) == (Loading(manifest, 1), 0)
        assert list(ledger.orphans(9)) == [], "not before all of it is here"
        ledger.do([LoadChunk(name, 1, chunks[1])])
        assert (ledger.loading(), ledger.cursor()) == (None, end)
        assert [ledger.chain_at(seq) for seq in (3, 5)] == [None, end.chain]
        assert {one.hash for one in ledger.orphans(9)} == {entries[0].hash}
        ledger.do([page(end, entries[:1])])
        assert ledger.cursor() == forward(end, entries[:1])
        assert list(ledger.orphans(9)) == []

    def test_a_snapshot_that_is_given_up_leaves_the_feed_to_be_read(self, counter: CounterStore) -> None:
        ledger, items = counter.ledger, [bare(entry) for entry in run(STEPS[:2])]
        placed = [Placed(seq, item) for seq, item in enumerate(items, 1)]
        made = tuple(items_chunk(one)[0] for one in (placed, []))
        manifest = manifest_bytes(Manifest(FORM, OFFICE, Cursor(7, 9, NONE), 5, made))
        ledger.do([BeginLoading(manifest), LoadChunk(name_of(manifest), 0, placed), StopLoading()])
        assert (ledger.loading(), ledger.cursor().seq) == (None, 0)
        assert {one.hash for one in ledger.orphans(9)} == {one.hash for one in items}


class CentreContract:
    """The centre's side."""

    def test_who_is_enrolled(self, centre: CentreStore) -> None:
        with centre.committed() as ledger:
            assert ledger.enrolled(DEVICE) == WHO
            assert ledger.enrolled(UUID(int=1)) is None
            assert (list(ledger.standings(DEVICE)), list(ledger.archived(DEVICE))) == ([], [])
            assert (ledger.serials(OFFICE, 2), ledger.held(DEVICE)) == ((0,) * 5, 0)
            assert ledger.standing(DEVICE, SEGMENT) == Standing(SEGMENT, 0, NONE)

    def test_what_is_stored_is_told_with_all_branches(self, centre: CentreStore) -> None:
        entries = run(STEPS[:3])
        branch = run([b"other"] * 2, after=entries[0], acts=50)
        with centre.committed() as ledger:
            ledger.store(DEVICE, entries, (), 1)
        with centre.committed() as ledger:
            assert ledger.followed(DEVICE, [entries[0].hash, entries[2].hash]) == {entries[0].hash: 1}
            ledger.store(DEVICE, branch, (mark(entries[0]),), 2)
        with centre.committed() as ledger:
            digest = added(NONE, *(one.hash for one in (*entries, *branch)))
            assert list(ledger.standings(DEVICE)) == [Standing(SEGMENT, 3, digest)]
            assert ledger.standing(DEVICE, SEGMENT) == Standing(SEGMENT, 3, digest)
            assert ledger.hashes(DEVICE, SEGMENT, 0, 2) == {
                1: {entries[0].hash},
                2: {entries[1].hash, branch[0].hash},
            }
            assert ledger.followed(DEVICE, [entries[0].hash]) == {entries[0].hash: 2}
            assert [one.hash for one in ledger.pending(4)] == [one.hash for one in (*entries, branch[0])]

    def test_what_is_not_committed_never_was(self, centre: CentreStore) -> None:
        def interrupted() -> None:
            with centre.committed() as ledger:
                ledger.store(DEVICE, run(STEPS), (), 1)
                ledger.publish(OFFICE, Item(ItemKind.RULES, b"{}"))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            interrupted()
        with centre.committed() as ledger:
            assert list(ledger.standings(DEVICE)) == []
            assert ledger.feed_head(OFFICE).seq == 0

    def test_books_and_what_is_held(self, centre: CentreStore) -> None:
        entries = run(STEPS[:3])
        with centre.committed() as ledger:
            ledger.store(DEVICE, entries, (), 1)
            ledger.fold(entries[0], None)
            ledger.hold(entries[1], Reason.PAYLOAD_DAMAGED)
        with centre.committed() as ledger:
            assert list(ledger.pending(9)) == [entries[2]]
            assert ledger.act_owner(entries[0].header.act) == entries[0].hash
            assert ledger.act_owner(entries[1].header.act) is None
            assert ledger.held(DEVICE) == 1
            assert list(ledger.offices(entries[0], None)) == [OFFICE]
            ledger.fold(entries[1], None)
            assert ledger.held(DEVICE) == 0

    def test_holding_twice_is_holding_once(self, centre: CentreStore) -> None:
        entries = run(STEPS[:3])
        with centre.committed() as ledger:
            ledger.store(DEVICE, entries, (), 1)
            ledger.fold(entries[0], None)
            assert ledger.hold(entries[1], Reason.NOT_FITTING)
        with centre.committed() as ledger:
            assert not ledger.hold(entries[1], Reason.NOT_FITTING)
            assert not ledger.hold(entries[0], Reason.NOT_FITTING), "it is in the books"
            assert ledger.hold(entries[1], Reason.PAYLOAD_DAMAGED), "the reason is news"
            assert (ledger.held(DEVICE), list(ledger.pending(9))) == (1, [entries[2]])

    def test_what_could_not_be_read_is_pending_for_a_program_that_can(
        self, centre: CentreStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entries = run(STEPS[:3])
        with monkeypatch.context() as older, centre.committed() as ledger:
            older.delitem(VERSIONS, (Kind.PAYMENT_TAKEN, 1))
            ledger.store(DEVICE, entries, (), 1)
            for entry in entries:
                ledger.fold(entry, None)
            assert list(ledger.pending(9)) == []
        with centre.committed() as ledger:
            assert list(ledger.pending(2)) == entries[:2]
            assert ledger.act_owner(entries[0].header.act) == entries[0].hash
            ledger.fold(entries[0], None)
            assert ledger.hold(entries[1], Reason.NOT_FITTING), "it leaves the books"
        with centre.committed() as ledger:
            assert list(ledger.pending(9)) == entries[2:]
            owners = [ledger.act_owner(one.header.act) for one in entries[:2]]
            assert (owners, ledger.held(DEVICE)) == ([entries[0].hash, None], 1)

    def test_what_was_returned_waits_beside(self, centre: CentreStore) -> None:
        entries = run(STEPS[:3])
        with centre.committed() as ledger:
            ledger.store(DEVICE, entries[:1], (), 1)
            assert list(ledger.unknown(entries)) == entries[1:]
            ledger.keep(UUID(int=5), [bare(entry) for entry in entries[1:]], 2)
        with centre.committed() as ledger:
            assert list(ledger.unknown(entries)) == []
            assert ledger.standing(DEVICE, SEGMENT).upto == 1
            assert list(ledger.pending(9)) == entries[:1]
            ledger.store(DEVICE, entries[1:], (), 3)
            assert list(ledger.pending(9)) == entries

    def test_a_feed_is_gapless_and_chained(self, centre: CentreStore) -> None:
        entries = run(STEPS[:3])
        items: list[FeedItem] = [*map(bare, entries), Item(ItemKind.MOVED_OUT, b'{"consumer":"N1"}')]
        with centre.committed() as ledger:
            start = ledger.feed_head(OFFICE)
            assert (start.seq, start.chain) == (0, beginning(0, OFFICE).chain)
            ledger.store(DEVICE, entries, (), 1)
            for item in items:
                ledger.publish(OFFICE, item)
        with centre.committed() as ledger:
            assert ledger.feed_head(OFFICE) == forward(start, items)
            assert list(ledger.feed_items(OFFICE, 0, 1 << 20)) == items
            assert list(ledger.feed_items(OFFICE, 2, 1)) == items[2:3]
            assert list(ledger.feed_items(OFFICE, 4, 1 << 20)) == []
            points = ledger.feed_points(OFFICE, [4, 0, 9, 2])
            assert [(one.seq, one.chain) for one in points] == [
                (seq, forward(start, items[:seq]).chain) for seq in (4, 0, 2)
            ]
            assert ledger.feed_floor(OFFICE) == 0

    def test_a_snapshot_that_is_not_there(self, centre: CentreStore) -> None:
        with centre.committed() as ledger:
            assert ledger.snapshot(OFFICE) == b""
            for place in (0, 1 << 40):
                assert ledger.piece(OFFICE, bytes(32), place, place, 99) == b""
