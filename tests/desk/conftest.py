import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.desk.desk import Desk
from counter_app.domain.people import Session
from tests.desk import small_office
from tests.desk.pc_clock import PcClock


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office as it is before anybody works in it; copied, never opened."""
    folder = tmp_path_factory.mktemp("pattern") / "office"
    folder.mkdir()
    small_office.make(folder)
    return folder


@pytest.fixture
def folder(pattern: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pattern, tmp_path / "office"))


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """An open desk. Whatever a test did, the chain holds and the rows are those of the journal."""
    opened = small_office.opened(folder)
    yield opened
    opened.book.close()
    looked_at = small_office.opened(folder)
    assert small_office.faults(looked_at) == ()
    looked_at.book.close()


@pytest.fixture
def pc() -> PcClock:
    return PcClock()


@pytest.fixture
def pc_desk(folder: Path, pc: PcClock) -> Iterator[Desk]:
    """The desk on a PC whose clocks the test turns."""
    opened = small_office.opened(folder, pc.now, pc.steady)
    yield opened
    opened.book.close()
    looked_at = small_office.opened(folder)
    assert small_office.faults(looked_at) == ()
    looked_at.book.close()


@pytest.fixture
def cashier(desk: Desk) -> Session:
    return small_office.signed_in(desk)
