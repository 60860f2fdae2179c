"""Connections that are opened when they are needed and kept, each for one transaction at a time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

C = TypeVar("C", bound="_Closable")


class _Closable(Protocol):
    def close(self) -> None: ...


class Connections(Generic[C]):
    """Those of one database. One in which anything went wrong is closed."""

    def __init__(self, connect: Callable[[], C]) -> None:
        self._connect = connect
        self._idle: list[C] = []
        self._change = threading.Lock()

    @contextmanager
    def one(self) -> Iterator[C]:
        """One that nobody else has; the one that was used last, so that no more are open than are needed."""
        with self._change:
            idle = self._idle.pop() if self._idle else None
        connection = idle or self._connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        with self._change:
            self._idle.append(connection)

    def close(self) -> None:
        """Close all that nobody has."""
        with self._change:
            for connection in self._idle:
                connection.close()
            self._idle.clear()
