"""A line between two sockets of this machine: slow, far, shared by all connections, counted."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PIECE = 512


class SlowLine:
    """Passes everything on to a port. ``port`` is where to connect; ``carried`` counts the bytes both ways.

    A byte takes ``8 / bits_per_s`` in turn and arrives half a round trip later; a connection costs one more.
    """

    def __init__(self, to_port: int, bits_per_s: float, round_trip_s: float) -> None:
        self._to, self._byte_s, self._far_s = to_port, 8 / bits_per_s, round_trip_s / 2
        self._free = {"up": 0.0, "down": 0.0}
        self.carried = 0
        self._loop = asyncio.new_event_loop()
        started: threading.Event = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        started.wait()

    def end(self) -> None:
        """Cut all connections."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, started: threading.Event) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._joined, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
            self._loop.run_until_complete(asyncio.wait([task]))

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        # The handshake of the connection itself goes there and back before anything is said.
        begin = self._loop.time() + 2 * self._far_s
        with suppress(asyncio.CancelledError):
            await asyncio.gather(
                self._pass(reader, back, "up", begin), self._pass(there, writer, "down", begin)
            )
        back.close()
        writer.close()

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str, begin: float
    ) -> None:
        while True:
            try:
                data = await reader.read(PIECE)
            except ConnectionError:
                data = b""
            self.carried += len(data)
            self._free[way] = max(self._free[way], self._loop.time(), begin) + len(data) * self._byte_s
            arrives = self._free[way] + self._far_s
            if not data:
                self._loop.call_at(arrives, writer.close)
                return
            self._loop.call_at(arrives, writer.write, data)


@contextmanager
def slow_line(to_port: int, bits_per_s: float, round_trip_s: float) -> Iterator[SlowLine]:
    """A line that ends with the measurement."""
    line = SlowLine(to_port, bits_per_s, round_trip_s)
    try:
        yield line
    finally:
        line.end()
