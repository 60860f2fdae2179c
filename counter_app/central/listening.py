"""How a gateway listens: how many lines it takes at once, and how long one may take to begin."""

import asyncio
import sys
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

BEGIN_S = 30
MOST_LINES = 8192
OWN_FILES = 64
"""What this process opens besides lines: the database's connections, the log."""


def most_lines() -> int:
    """How many lines this process may take, once it has asked the system for as many as it gives."""
    if sys.platform == "win32":
        return MOST_LINES
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_LINES + OWN_FILES
    allowed = most if hard == resource.RLIM_INFINITY else min(hard, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return allowed - OWN_FILES


class Line(HttpToolsProtocol):
    """A line that is closed when the head of a request does not come, or comes by drops."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._begun()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        self._begin()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._begun()
        super().on_headers_complete()

    def _begin(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(BEGIN_S, self.timeout_keep_alive_handler)

    def _begun(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
