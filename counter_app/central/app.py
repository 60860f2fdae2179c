"""The gateway as an HTTP application. It keeps nothing: any number of them may run on one database.

The routes of the protocol are plain ones, their bodies messages of ``wire``; what people and other
programs use is described by the application itself (``/docs``).
"""

import asyncio
import base64
import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar
from uuid import UUID

import msgspec
from fastapi import FastAPI, Request, Response
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from counter_app import __version__
from counter_app.central import enrolling, gateway
from counter_app.central.channels.refusing import add_refusals
from counter_app.central.channels.routes import router
from counter_app.central.channels.seals import Seal
from counter_app.central.channels.serving import Channels
from counter_app.central.compacting import make_owed
from counter_app.central.company import company_key
from counter_app.central.database import Conflict, Database, Occupied, Transaction, Unavailable, retried
from counter_app.central.feeds import heads
from counter_app.central.integrating import Integrator
from counter_app.central.overview.routes import Pages
from counter_app.central.reading import TooLarge, TooSlow, bounded_body
from counter_app.central.together import Together
from counter_app.central.watching import Watch
from counter_app.domain.central_refusals import CompanyKeyOther
from counter_app.domain.refusals import CodeNotGood, EnrolledOtherwise
from counter_app.wire import requests
from counter_app.wire.codec import ask_of, decode_request, encode
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.messages import USUAL_LIMITS, Ask, Astray, Gap, Page, Refusal, TurnedAway

THREADS = 8
MOST_AT_ONCE = 400
LONGEST_WAIT_S = 10
STANDS_STILL_S = 20
SMALL_BODY = 64 * 1024
LONGEST_PATIENCE_S = 240
DATABASE_PAUSE_MS = 5000
CONTENT_TYPE = "application/vnd.counter-app"
ENROLMENTS_A_MINUTE = 30

_STATUS = {
    Refusal.DAMAGED: 400, Refusal.SIGNATURE: 401, Refusal.CLOCK: 401, Refusal.DEVICE_UNKNOWN: 403,
    Refusal.DEVICE_REVOKED: 403, Refusal.TOO_LARGE: 413, Refusal.PROTOCOL: 400, Refusal.BUSY: 429,
}  # fmt: skip

ABOUT = """Complaints, bills and payments for the channels beside the windows: 1912, the WhatsApp bot, UPAY.

Send the channel's key as a bearer token. Whatever records something takes an `Idempotency-Key`; whoever does
not know what became of a request sends the same again. Amounts are whole rupees, times are ISO 8601 with an
offset. Every refusal has one shape; its `sentence` and `sentence_hi` may be shown to people."""

log = logging.getLogger(__name__)
T = TypeVar("T")


class Gateway:
    """What the routes share: the database, threads for it, the integrator, who waits."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.rates = gateway.Rates()
        self.threads = ThreadPoolExecutor(THREADS, "gateway")
        self.busy = 0
        self.enrolments: list[float] = []
        self.watch = Watch(self._heads)
        self.integrator = Integrator(database, self.watch.heard)
        self.together = Together(partial(self._threaded, gateway.serve_together, database, self.rates))

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """Do something with the database, in a thread. ``Occupied`` when that takes too long."""
        async with self._counted():
            return await self._threaded(work, *arguments)

    async def served(self, said: gateway.Said) -> gateway.Served:
        """The answer to a request of the protocol. ``Unavailable``, ``Conflict``."""
        async with self._counted():
            together = await self.together.served(said) if said.path == "/v1/push" else None
            if together is not None:
                return together
            return await self._threaded(gateway.serve, self.database, self.rates, said)

    @asynccontextmanager
    async def _counted(self) -> AsyncIterator[None]:
        """One of those that are served at once, and not for too long."""
        self.busy += 1
        try:
            async with asyncio.timeout(LONGEST_WAIT_S):
                yield
        except TimeoutError:
            raise Occupied("threads") from None
        finally:
            self.busy -= 1

    async def _threaded(self, work: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work, *arguments)

    def tell(self, office: str) -> None:
        """Something was published in an office's feed; who waits for it goes on."""
        self.watch.heard(office)

    async def _heads(self, offices: list[str]) -> dict[str, int]:
        def read() -> dict[str, int]:
            return retried(self.database, lambda transaction: heads(transaction, offices))

        try:
            return await self.run(read)
        except Unavailable:
            return {}


class Front:
    """The application. The protocol's routes stand before all that FastAPI does for the others: for an entry
    that comes by itself that would take as long as storing it.
    """

    def __init__(self, others: FastAPI) -> None:
        self.others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in _SPOKEN:
            await self.others(scope, receive, send)
            return
        request = Request(scope, receive)
        spoken = request.method == "POST"
        response = await _speak(self.others.state.gateway, request) if spoken else _NOT_SAID
        await response(scope, receive, send)


def made(database: Database, seal: Seal | None = None) -> Front:
    """The application on a database that was made by ``central init``; without a seal no channel is open."""
    app = _others(database, seal)
    app.router.add_route("/v1/enrol", _enrol, methods=["POST"])
    app.router.routes.extend(Pages().routes())

    @app.get("/healthz")
    async def healthz(response: Response) -> dict[str, object]:
        """Whether this process and its database answer, and what was received goes into the books.

        ``waiting``: offices of which something does not for a while.
        """
        shared: Gateway = app.state.gateway
        told = {"ok": False, "version": __version__}
        response.status_code = 503
        try:
            await shared.run(retried, database, lambda transaction: heads(transaction, []))
        except Unavailable:
            return told | {"database": "does not answer"}
        if shared.integrator.still_s() > STANDS_STILL_S:
            return told | {"integration": "stands still"}
        response.status_code = 200
        return told | {"ok": True, "waiting": shared.integrator.waiting()}

    return Front(app)


def _others(database: Database, seal: Seal | None) -> FastAPI:
    """What describes itself: the routes of the channels; and what begins and ends with the application."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        shared = app.state.gateway = Gateway(database)
        channels = app.state.channels = Channels(shared, seal)
        looking = asyncio.create_task(shared.watch.look())
        shared.integrator.start()
        owed = asyncio.create_task(asyncio.to_thread(_make_owed, database))
        await channels.begin()
        yield
        shared.watch.end()
        await looking
        await owed
        await asyncio.to_thread(shared.integrator.stop)
        shared.threads.shutdown()
        channels.press.close()
        database.close()

    app = FastAPI(
        title="Central store", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None,
        description=ABOUT,
    )  # fmt: skip
    add_refusals(app)
    # As its own, not included ones, among which each request would be looked for twice.
    app.router.routes.extend(router.routes)
    return app


def _make_owed(database: Database) -> None:
    """Make the snapshots that somebody who erased something was stopped before."""
    try:
        make_owed(database, gateway.now_ms())
    except (Unavailable, Conflict) as fault:
        log.warning("snapshots are owed", extra={"fault": type(fault).__name__})


# -- the protocol ----------------------------------------------------------------------------------


_SPOKEN = frozenset({"/v1/hello", "/v1/push", "/v1/feed", "/v1/snapshot"})
_NOT_SAID = PlainTextResponse("Only said by POST.", 405, {"Allow": "POST"})


async def _speak(shared: Gateway, request: Request) -> Response:
    """Hello, push, feed and snapshot."""
    started = time.perf_counter()
    path: str = request.scope["path"]
    most = USUAL_LIMITS.push_bytes if path == "/v1/push" else SMALL_BODY
    try:
        body = await bounded_body(request, most)
    except TooLarge as large:
        refused = TurnedAway(ask_of(large.start), Refusal.TOO_LARGE, gateway.now_ms())
        return _told(path, gateway.Served(refused), started, close=True)
    except TooSlow:
        return _too_slow()
    said = gateway.Said(path, dict(request.headers), body)
    served = await _served(shared, said)
    if served.received:
        shared.integrator.ask(served.office)
    if isinstance(served.answer, Page) and not served.answer.items:
        served = await _patiently(shared, said, served)
    return _told(path, served, started)


def _too_slow() -> Response:
    return PlainTextResponse("The request came too slowly. Say less at once.", 408, {"Connection": "close"})


async def _served(shared: Gateway, said: gateway.Said) -> gateway.Served:
    busy = TurnedAway(ask_of(said.body), Refusal.BUSY, gateway.now_ms(), DATABASE_PAUSE_MS)
    if shared.busy > MOST_AT_ONCE:
        return gateway.Served(busy)
    try:
        return await shared.served(said)
    except Unavailable as fault:
        log.warning("database", extra={"fault": str(fault)})
        return gateway.Served(busy)
    except Conflict as fault:
        log.warning("not storable", extra={"fault": str(fault)})
        return gateway.Served(TurnedAway(ask_of(said.body), Refusal.DAMAGED, gateway.now_ms()))


async def _patiently(shared: Gateway, said: gateway.Said, served: gateway.Served) -> gateway.Served:
    """Keep the answer to a reader who has patience until there is something for it."""
    ask = decode_request(said.body)
    if not isinstance(ask, Ask):
        return served
    until = time.monotonic() + min(ask.patience_ms / 1000, LONGEST_PATIENCE_S)
    while isinstance(served.answer, Page) and not served.answer.items:
        left = until - time.monotonic()
        if left <= 0:
            break
        await shared.watch.wait(served.office, ask.cursor.seq, left)
        served = await _served(shared, said)
    return served


def _told(path: str, served: gateway.Served, started: float, *, close: bool = False) -> Response:
    """The response, and its line in the log: who and what became of it, never what was said."""
    answer = served.answer
    status, headers, refusal = 200, {}, None
    if isinstance(answer, TurnedAway):
        refusal = answer.refusal.name
        status = _STATUS[answer.refusal]
        if answer.retry_after_ms:
            headers["Retry-After"] = str(-(-answer.retry_after_ms // 1000))
            status = 503 if answer.retry_after_ms == DATABASE_PAUSE_MS else status
    elif isinstance(answer, Gap | Astray):
        status = 409
    if close:
        headers["Connection"] = "close"
    ms = round((time.perf_counter() - started) * 1000, 1)
    said = {"path": path, "status": status, "ms": ms, "device": str(served.device or ""), "refusal": refusal}
    log.info("request", extra=said)
    return Response(encode(answer), status, headers, CONTENT_TYPE)


# -- enrolment -------------------------------------------------------------------------------------


class _Enrolment(msgspec.Struct):
    """What a counter sends to be let in, signed with the key that it wants to be known by.

    ``company_key``: who signed the file that set it up, where one did. Older programs say neither that nor
    which counter they are.
    """

    code: str
    public_key: bytes
    office: str | None = None
    counter: int | None = None
    company_key: bytes | None = None


async def _enrol(request: Request) -> Response:
    """Bind a counter's key to an office and a counter number, by a code that is good once."""
    shared: Gateway = request.app.state.gateway
    now = time.monotonic()
    shared.enrolments = [one for one in shared.enrolments if one > now - 60][-ENROLMENTS_A_MINUTE:]
    if len(shared.enrolments) >= ENROLMENTS_A_MINUTE:
        return _json(429, {"refused": "Busy"}, {"Retry-After": "60"})
    shared.enrolments.append(now)
    try:
        body = await bounded_body(request, SMALL_BODY)
        asked = msgspec.json.decode(body, type=_Enrolment)
        signed = requests.read("POST", request.url.path, dict(request.headers), body)
        requests.check(signed, Enrolled(signed.device, asked.public_key, "", 0), gateway.holds)
        admit = partial(_admitted, asked=asked, device=signed.device)
        admitted, company = await shared.run(retried, shared.database, admit)
    except CodeNotGood:
        return _json(403, {"refused": "CodeNotGood"})
    except CompanyKeyOther:
        return _json(409, {"refused": "CompanyKeyOther"})
    except EnrolledOtherwise as other:
        return _json(409, {"refused": "EnrolledOtherwise", **vars(other)})
    except requests.Unsigned:
        return _json(401, {"refused": "Unsigned"})
    except (TooLarge, msgspec.MsgspecError, ValueError, Conflict):
        return _json(400, {"refused": "Unreadable"})
    except TooSlow:
        return _too_slow()
    except Unavailable:
        return _json(503, {"refused": "Busy"}, {"Retry-After": "5"})
    log.info("enrolled", extra={"device": str(admitted.device), "office": admitted.office})
    return _json(
        200,
        {
            "device": str(admitted.device),
            "office": admitted.office,
            "counter": admitted.counter,
            "centre_ms": gateway.now_ms(),
            "company_key": base64.b64encode(company).decode(),
        },
    )


def _admitted(transaction: Transaction, asked: _Enrolment, device: UUID) -> tuple[Enrolled, bytes]:
    """Whom a code lets in, and the company's key.

    Where the counter is another one than the code is for, or its file was signed by another key, nothing of
    the transaction stays: the code is still good for whom it was made.
    """
    let_in = enrolling.admit(transaction, asked.code, device, asked.public_key, gateway.now_ms())
    if asked.office not in {None, let_in.office} or asked.counter not in {None, let_in.counter}:
        raise EnrolledOtherwise(let_in.office, let_in.counter)
    company = company_key(transaction)
    if asked.company_key not in {None, company}:
        raise CompanyKeyOther("")
    return let_in, company


def _json(status: int, body: dict[str, object], headers: dict[str, str] | None = None) -> Response:
    return Response(json.dumps(body), status, headers, "application/json")
