"""Pushes that wait at the same time are stored together: one transaction, and one commit to wait for.

Each is answered only after it. Nobody waits for others to come: whoever comes while a commit is under way
is in the next one.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any

from counter_app.central.database import Conflict, Unavailable
from counter_app.central.gateway import Said, Served

MOST, MOST_BYTES = 32, 256 * 1024

_Answer = asyncio.Future[Served | None]
Store = Callable[[Sequence[Said]], Coroutine[Any, Any, Sequence[Served | None]]]


class Together:
    """The pushes that wait in one process. Everything belongs to the loop's thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[tuple[Said, _Answer]] = []
        self._under_way: asyncio.Task[None] | None = None

    async def served(self, said: Said) -> Served | None:
        """The answer; None when this one has to be served alone."""
        answer: _Answer = asyncio.get_running_loop().create_future()
        self._waiting.append((said, answer))
        self._begin()
        return await answer

    def _begin(self) -> None:
        if self._waiting and self._under_way is None:
            self._under_way = asyncio.create_task(self._serve(self._next()))
            self._under_way.add_done_callback(self._done)

    def _done(self, _: asyncio.Task[None]) -> None:
        self._under_way = None
        self._begin()

    async def _serve(self, some: Sequence[tuple[Said, _Answer]]) -> None:
        """Whatever goes wrong with one of them, the others are served: each alone, then."""
        found: Sequence[Served | None] = [None] * len(some)
        try:
            with suppress(Unavailable, Conflict):
                found = await self._store([said for said, _ in some])
        finally:
            for (_, answer), served in zip(some, found, strict=True):
                if not answer.done():
                    answer.set_result(served)

    def _next(self) -> list[tuple[Said, _Answer]]:
        """Who came first; not more than a transaction may take."""
        size = count = 0
        for said, _ in self._waiting[:MOST]:
            size += len(said.body)
            if count and size > MOST_BYTES:
                break
            count += 1
        some, self._waiting = self._waiting[:count], self._waiting[count:]
        return some
