import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.desk.desk import Desk
from counter_app.domain.payment import TenderKind
from counter_app.domain.people import Session
from tests.desk import small_office
from tests.desk.pc_clock import PcClock
from tests.desk.small_office import taking
from tests.desk.two_counters import said
from tests.store.hearing import enrolled, hear


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


@pytest.fixture
def here(desk: Desk) -> Desk:
    enrolled(desk.book)
    return taking(desk, TenderKind.CHEQUE, TenderKind.DRAFT)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Desk]:
    """Counter 1 of the same office."""
    small_office.make(tmp_path / "one", counter=1)
    opened = small_office.opened(tmp_path / "one")
    enrolled(opened.book)
    yield taking(opened, TenderKind.CHEQUE, TenderKind.DRAFT)
    opened.book.close()


@pytest.fixture
def restore(here: Desk, tmp_path: Path) -> Iterator[Callable[[], Callable[[], Desk]]]:
    """Keeps what the counter is; what comes of that opens it again, and the feed tells it what it lost."""
    opened: list[Desk] = []

    def keep() -> Callable[[], Desk]:
        old, known = tmp_path / "old", len(said(here))
        old.mkdir()
        (old / "counter.db").touch()
        here.book.copy_into(old / "counter.db", lambda _done, _all: None)
        shutil.copy(here.book.folder / "keys.json", old / "keys.json")

        def back() -> Desk:
            desk = taking(small_office.opened(old), TenderKind.CHEQUE, TenderKind.DRAFT)
            opened.append(desk)
            if lost := said(here)[known:]:
                hear(desk.book, *lost)
            return desk

        return back

    yield keep
    for desk in opened:
        desk.book.close()
