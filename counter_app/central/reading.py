"""Reading a request's body: only so much of it, and not for ever."""

import asyncio

from starlette.requests import ClientDisconnect, Request

SILENCE_S = 30
LEAST_BYTES_PER_S = 1024
"""How fast a body must come, once the first ``SILENCE_S`` are over: counters say less at once where the line
is slower."""


class TooLarge(Exception):
    """A body is larger than it may be; ``start`` is how it begins."""

    def __init__(self, start: bytes) -> None:
        self.start = start


class TooSlow(Exception):
    """The body does not come, or stops."""


async def bounded_body(request: Request, most: int) -> bytes:
    """The body; ``TooLarge`` above ``most`` bytes, ``TooSlow`` when it comes by drops or not at all."""
    loop = asyncio.get_running_loop()
    body, started, stream = bytearray(), loop.time(), request.stream()
    try:
        while True:
            until = started + SILENCE_S + len(body) / LEAST_BYTES_PER_S
            async with asyncio.timeout_at(min(until, loop.time() + SILENCE_S)):
                chunk = await anext(stream, None)
            if chunk is None:
                return bytes(body)
            body += chunk
            if len(body) > most:
                raise TooLarge(bytes(body[:64]))
    except (TimeoutError, ClientDisconnect):
        raise TooSlow from None
