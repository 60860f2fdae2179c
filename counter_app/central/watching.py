"""Who waits for something new in a feed: told by this process at once, by others within a second."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

LOOK_AGAIN_S = 1.0


class Watch:
    """The waiting requests of one process. Everything but ``heard`` belongs to the loop's thread."""

    def __init__(self, heads: Callable[[list[str]], Coroutine[Any, Any, dict[str, int]]]) -> None:
        self._heads = heads
        self._waiting: dict[str, dict[asyncio.Future[None], int]] = {}
        self._loop = asyncio.get_running_loop()
        self._ended = asyncio.Event()

    async def wait(self, office: str, seq: int, seconds: float) -> None:
        """Return when there is most likely something behind ``seq``, at the latest after so long."""
        future: asyncio.Future[None] = self._loop.create_future()
        waiting = self._waiting.setdefault(office, {})
        waiting[future] = seq
        try:
            async with asyncio.timeout(seconds):
                await future
        except TimeoutError:
            return
        finally:
            waiting.pop(future, None)

    def heard(self, office: str) -> None:
        """Something was published in this process; any thread."""
        self._loop.call_soon_threadsafe(self._wake, office, 1 << 63)

    def _wake(self, office: str, head: int) -> None:
        for future, seq in self._waiting.get(office, {}).items():
            if seq < head and not future.done():
                future.set_result(None)

    def end(self) -> None:
        """Let everybody go who still waits, and look no more."""
        self._ended.set()
        for office in self._waiting:
            self._wake(office, 1 << 63)

    async def look(self) -> None:
        """Until the end, ask the database for what other processes published."""
        while not self._ended.is_set():
            self._waiting = {office: waiting for office, waiting in self._waiting.items() if waiting}
            if self._waiting:
                for office, head in (await self._heads(list(self._waiting))).items():
                    self._wake(office, head)
            try:
                async with asyncio.timeout(LOOK_AGAIN_S):
                    await self._ended.wait()
            except TimeoutError:
                continue
