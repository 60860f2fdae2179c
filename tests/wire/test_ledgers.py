"""The ledgers of the simulation do what every ledger has to do."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from counter_app.wire.ledgers import CentreLedger
from tests.simulation.centre_memory import CentreMemory
from tests.simulation.counter_memory import CounterMemory
from tests.wire.ledger_contract import (
    OFFICE,
    WHO,
    CentreContract,
    CentreStore,
    CounterContract,
    CounterStore,
)


class TestCounterMemory(CounterContract):
    """In memory."""

    @pytest.fixture
    def counter(self) -> CounterStore:
        memory = CounterMemory(OFFICE)
        return CounterStore(memory, memory.add, memory.purge)


class TestCentreMemory(CentreContract):
    """In memory."""

    @pytest.fixture
    def centre(self) -> CentreStore:
        committed = CentreMemory(7)
        committed.devices[WHO.device] = WHO
        committed.open_feed(OFFICE)

        @contextmanager
        def transaction() -> Iterator[CentreLedger]:
            nonlocal committed
            work = committed.copy()
            yield work
            committed = work

        return CentreStore(transaction)
