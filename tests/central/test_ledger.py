"""The ledger in SQL keeps the contract, and comes to the same as the one that the simulation has proved."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pytest

from counter_app.central.database import Database
from counter_app.central.feeds import Feeds
from counter_app.central.ledger import Ledger, in_ledger
from counter_app.central.tables import consumers, devices, feeds, offices
from counter_app.domain.entry import Entry, Kind
from counter_app.wire.feed import beginning
from counter_app.wire.ledgers import CentreLedger
from counter_app.wire.messages import Answer, FeedItem, Item, ItemKind, Welcome
from tests.central.books import integrate
from tests.simulation.centre_memory import CentreMemory
from tests.simulation.story import HEALS, Story
from tests.simulation.world import FAIR, OFFICES, World
from tests.wire.ledger_contract import OFFICE, WHO, CentreContract, CentreStore

SEEDS = range(3)
# These put another centre in the place of the one that is looked at, or are said in other words by it.
NOT_LIVED = {"take_snapshot", "restore_centre", "move_consumer", "revoke", "erase", "archive"}


class TestSqlLedger(CentreContract):
    """On both databases."""

    @pytest.fixture
    def centre(self, store: Database) -> CentreStore:
        with store.transaction() as transaction:
            transaction.fill(devices, [(WHO.device.bytes, WHO.public_key, WHO.office, WHO.counter, 0, False)])
            transaction.fill(offices, [(OFFICE, 0)])
            Feeds(transaction).open(OFFICE)

        @contextmanager
        def committed() -> Iterator[CentreLedger]:
            with store.transaction() as transaction:
                ledger = Ledger(transaction)
                yield ledger
                ledger.write()

        return CentreStore(committed)


class TwoCentres(World):
    """A world whose centre is kept twice. Whatever is said to one is said to the other, and compared."""

    store: Database | None = None

    def begin(self, store: Database) -> None:
        """From here on the SQL ledger follows, with the devices, homes and feeds that the world has now."""
        self.store = store
        with store.transaction() as transaction:
            transaction.fill(offices, [(office, 0) for office in OFFICES])
            epoch = self.centre.epoch
            rows = [(o, epoch.to_bytes(8, "big"), 0, beginning(epoch, o).chain) for o in OFFICES]
            transaction.fill(feeds, rows)
            transaction.fill(consumers, list(self.centre.homes.items()))
            known = [
                (one.device.bytes, one.public_key, one.office, one.counter, 0, False)
                for one in self.centre.devices.values()
            ]
            transaction.fill(devices, known)

    def transaction(self, handle: Callable[[CentreMemory], Answer | None]) -> Answer | None:
        before = self.centre
        answer = super().transaction(handle)
        if self.centre is not before and self.store is not None:
            other = in_ledger(self.store, handle)  # type: ignore[arg-type]
            if type(answer).__name__ not in {"Page", "Astray"}:
                assert in_order(other) == in_order(answer)
        return answer


def in_order(answer: object) -> object:
    """The answer with its segments in one order; a ledger may give them in any."""
    if isinstance(answer, Welcome):
        return replace(answer, has=tuple(sorted(answer.has, key=lambda one: one.segment)))
    return answer


def shared(world: World, office: str, items: Sequence[FeedItem]) -> tuple[list[FeedItem], list[FeedItem]]:
    """What both tell an office: its own entries and items in their order, and entries from elsewhere.

    Not the surplus of a bill, which memory reckons more simply, nor complaints taken elsewhere about the
    office's consumers, which memory does not forward. Of one receipt more entries may come at once.
    """
    complaints = {Kind.COMPLAINT_REGISTERED, Kind.COMPLAINT_STEP}
    own: list[FeedItem] = []
    foreign: list[Entry] = []
    for item in items:
        if isinstance(item, Item):
            own += [] if item.kind == ItemKind.OVERPAID else [item]
        elif world.centre.devices[item.header.device].office == office:
            own.append(item)
        elif item.header.kind not in complaints:
            foreign.append(item)
    return own, sorted(foreign, key=lambda one: one.hash)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_life_with_faults_leaves_the_same_behind(store: Database, seed: int) -> None:
    story = Story(seed)
    story.world.__class__ = TwoCentres
    world = story.world
    assert isinstance(world, TwoCentres)
    world.begin(store)
    story.steps = tuple(step for step in story.steps if step.__name__ not in NOT_LIVED)
    story.live()
    world.weather, world.centre_up = FAIR, True
    for node in world.nodes:
        node.online = True
    world.integrate()
    world.go(world.now + HEALS)
    integrate(store)  # steps whose complaint came behind them: memory tells them to no other office

    def compare(ledger: Ledger) -> int:
        for device in world.centre.devices:
            assert set(ledger.standings(device)) == set(world.centre.standings(device))
            assert ledger.held(device) == world.centre.held(device)
        assert not ledger.pending(100)
        for office in OFFICES:
            read = Feeds(ledger.transaction).page(office, 0, 1 << 30)
            assert shared(world, office, read) == shared(world, office, world.centre.feeds[office])
        return sum(isinstance(one, Entry) for one in read)

    assert in_ledger(store, compare)
