"""Modules that are put off: not read before somebody uses them, and whole then."""

import subprocess
import sys
from textwrap import dedent

import pytest

_PUT_OFF = """
    import sys
    from counter_app import lazily
    lazily.put_off()
    import sqlalchemy
    assert "asyncio.base_events" not in sys.modules
    import logging.handlers
    assert "email" not in sys.modules
    assert "selectors" not in sys.modules
"""


def _run(code: str) -> str:
    whole = dedent(_PUT_OFF) + dedent(code)
    return subprocess.run(
        [sys.executable, "-c", whole], check=True, capture_output=True, text=True, timeout=120
    ).stdout.strip()


_USES = {
    "import asyncio; print(asyncio.run(asyncio.sleep(0, 7)))": "7",
    "import asyncio.events; print(asyncio.events.__name__)": "asyncio.events",
    "from asyncio import TimeoutError as its; print(its is TimeoutError)": "True",
    "import importlib.metadata as found; print(found.version('sqlalchemy')[:2])": "2.",
    "from importlib import metadata; print(metadata.version('sqlalchemy')[:2])": "2.",
    "import socket; print(socket.AF_INET.name)": "AF_INET",
    "import ssl; print(issubclass(ssl.SSLSocket, ssl.socket))": "True",
    "import queue; print(queue.SimpleQueue().empty())": "True",
    "from sqlalchemy.util.concurrency import iscoroutine; print(iscoroutine(7))": "False",
}


@pytest.mark.parametrize(("used", "prints"), _USES.items())
def test_whoever_uses_a_module_finds_it_whole(used: str, prints: str) -> None:
    assert _run(used) == prints


def test_a_refusal_of_the_database_is_still_told_by_its_kind() -> None:
    code = """
        try:
            with sqlalchemy.create_engine("sqlite://").connect() as open_:
                open_.execute(sqlalchemy.text("SELECT nothing"))
        except sqlalchemy.exc.OperationalError:
            print("told")
    """
    assert _run(code) == "told"


def test_threads_that_come_at_once_all_find_it_whole() -> None:
    code = """
        import asyncio
        from concurrent.futures import ThreadPoolExecutor
        sys.setswitchinterval(1e-6)
        with ThreadPoolExecutor(16) as threads:
            print(len(set(threads.map(lambda _: asyncio.timeouts.timeout.__name__, range(64)))))
    """
    assert _run(code) == "1"
