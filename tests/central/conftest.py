"""Central stores for tests, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.central.database import Database
from tests.central.channels import Bot, serving
from tests.central.databases import Centre, new_centre, new_database, postgres_server
from tests.central.gateways import Gateway, gateway


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database's address."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'centre.db'}"
        return
    with new_database(request.getfixturevalue("server")) as made:
        yield made


@pytest.fixture
def centre(url: str) -> Iterator[Centre]:
    """An empty central store."""
    with new_centre(url) as made:
        yield made


@pytest.fixture
def store(centre: Centre) -> Database:
    """Its database."""
    return centre.store


@pytest.fixture
def running(centre: Centre) -> Iterator[Gateway]:
    """A gateway on it."""
    with gateway(centre.url) as started:
        yield started


@pytest.fixture
def on_postgres(server: str) -> Iterator[Centre]:
    """An empty central store on PostgreSQL."""
    with new_database(server) as address, new_centre(address) as made:
        yield made


@pytest.fixture
def channel(centre: Centre, tmp_path: Path) -> Iterator[tuple[Gateway, Bot]]:
    """A gateway with offices that are open to channels, and a bot."""
    with serving(centre, tmp_path) as made:
        yield made


@pytest.fixture
def bot(channel: tuple[Gateway, Bot]) -> Bot:
    """The bot alone."""
    return channel[1]
