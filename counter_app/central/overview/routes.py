"""The routes of the overview: signing in and out, and looking. Nothing else can be done here."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from counter_app.central.database import Database, Transaction, Unavailable, retried
from counter_app.central.gateway import Rates, now_ms
from counter_app.central.overview import look, viewers
from counter_app.central.overview.figures import Overview, overview
from counter_app.central.overview.page import (
    PLACE,
    Seen,
    fault_page,
    office_page,
    overview_page,
    sign_in_page,
)
from counter_app.central.reading import TooLarge, TooSlow, bounded_body
from counter_app.central.staff import read_code
from counter_app.domain.central_refusals import TooManyRequests
from counter_app.domain.days import from_millis
from counter_app.domain.refusals import Refused
from counter_app.words.refusals import sentence
from counter_app.words.say import Language, say

COOKIE = "overview"
LARGEST_FORM = 8 * 1024
LATER_S = 5
WRONG_AT_ONCE, WRONG_PER_S = 5.0, 1 / 300
TRIES_AT_ONCE, TRIES_PER_S = 20.0, 1 / 10
"""Under one code, and from one machine: each try takes a processor for a while."""

# No script, nothing from elsewhere, no frame around it.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

T = TypeVar("T")
Page = Callable[[Seen, Request], Awaitable[Response]]


class Gateway(Protocol):
    """What of the gateway is needed here."""

    database: Database

    def run(self, work: Callable[..., T], *arguments: object) -> Coroutine[Any, Any, T]:
        """Do something with the database, in a thread."""


class Pages:
    """The overview of one gateway."""

    def __init__(self) -> None:
        self._wrong = Rates(WRONG_AT_ONCE, WRONG_PER_S)
        self._tries = Rates(TRIES_AT_ONCE, TRIES_PER_S)
        self._trying = asyncio.Lock()

    def routes(self) -> list[Route]:
        """What is answered."""
        return [
            Route(PLACE, self._for_viewers(_all_offices), methods=["GET"]),
            Route(f"{PLACE}/office/{{office}}", self._for_viewers(_one_office), methods=["GET"]),
            Route(f"{PLACE}/sign-in", self._sign_in, methods=["POST"]),
            Route(f"{PLACE}/sign-out", self._sign_out, methods=["POST"]),
            Route(f"{PLACE}/look.css", _sheet, methods=["GET"]),
            Route(f"{PLACE}/font/{{name}}", _font, methods=["GET"]),
        ]

    def _for_viewers(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        """A page for who has signed in; for others the way to do so."""

        async def answer(request: Request) -> Response:
            language = _language(request)
            token = request.cookies.get(COOKIE, "")
            try:
                code = await _looked(request, lambda t: viewers.who(t, token, now_ms())) if token else None
                if code is None:
                    return _told(sign_in_page(language))
                return await page(Seen(language, code), request)
            except Unavailable:
                return _later(language)

        return answer

    async def _sign_in(self, request: Request) -> Response:
        language, gateway = _language(request), _gateway(request)
        try:
            form = parse_qs((await bounded_body(request, LARGEST_FORM)).decode("utf-8", "replace"))
        except (TooLarge, TooSlow, ValueError):
            return _told(sign_in_page(language, _not_right(language)), 400)
        code, password = _code(form.get("code", [""])[0]), form.get("password", [""])[0]
        # One after the other, so that who tries many at once has no more tries by it.
        async with self._trying:
            now_s = time.monotonic()
            machine = request.client.host if request.client else ""
            wait_ms = self._wrong.wait_ms(code, now_s, 0) or self._tries.wait_ms(machine, now_s)
            if wait_ms:
                return _too_many(language, -(-wait_ms // 1000))
            try:
                token = await gateway.run(viewers.sign_in, gateway.database, code, password, now_ms())
            except Unavailable:
                return _later(language)
            if token is None:
                self._wrong.wait_ms(code, now_s)
                return _told(sign_in_page(language, _not_right(language)), 401)
        answer = RedirectResponse(f"{PLACE}?language={language}", 303, HEADERS)
        answer.set_cookie(
            COOKIE, token, max_age=viewers.GOOD_FOR_S, path=PLACE, httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer

    async def _sign_out(self, request: Request) -> Response:
        language, gateway = _language(request), _gateway(request)
        token = request.cookies.get(COOKIE, "")
        try:
            await gateway.run(retried, gateway.database, lambda t: viewers.sign_out(t, token))
        except Unavailable:
            return _later(language)
        answer = RedirectResponse(f"{PLACE}?language={language}", 303, HEADERS)
        answer.delete_cookie(COOKIE, path=PLACE, httponly=True, samesite="strict")
        return answer


async def _all_offices(seen: Seen, request: Request) -> Response:
    return _told(overview_page(seen, await _shown(seen, request)))


async def _one_office(seen: Seen, request: Request) -> Response:
    shown = await _shown(seen, request)
    for one in shown.offices:
        if one.code == request.path_params["office"]:
            return _told(office_page(seen, shown, one))
    return _told(fault_page(seen.language, say("There is no such office here.", seen.language)), 404)


async def _shown(seen: Seen, request: Request) -> Overview:
    at = from_millis(now_ms())
    return await _looked(request, lambda transaction: overview(transaction, at, seen.language))


async def _looked(request: Request, work: Callable[[Transaction], T]) -> T:
    """What is found in the database, at one moment; nobody waits for it. ``Unavailable``."""
    gateway = _gateway(request)

    def view() -> T:
        with gateway.database.view() as transaction:
            return work(transaction)

    return await gateway.run(view)


async def _sheet(_: Request) -> Response:
    return Response(look.sheet(), 200, HEADERS, "text/css")


async def _font(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in look.FONTS:
        return Response(status_code=404, headers=HEADERS)
    return Response(look.font(name), 200, HEADERS | {"Cache-Control": "max-age=604800"}, "font/ttf")


def _gateway(request: Request) -> Gateway:
    gateway: Gateway = request.app.state.gateway
    return gateway


def _language(request: Request) -> Language:
    asked = request.query_params.get("language")
    return Language.ENGLISH if asked == Language.ENGLISH else Language.HINDI


def _code(typed: str) -> str:
    """A code as it is kept; empty, which is nobody's, for what can be none."""
    try:
        return read_code(typed)
    except Refused:
        return ""


def _told(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, HEADERS)


def _not_right(language: Language) -> str:
    return say("Code or password is not right.", language)


def _too_many(language: Language, seconds: int) -> Response:
    said = sentence(TooManyRequests(seconds), language).lead
    answer = _told(sign_in_page(language, said), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _later(language: Language) -> Response:
    said = say("The central store does not answer now. The page tries again by itself.", language)
    answer = _told(fault_page(language, said), 503)
    answer.headers["Retry-After"] = str(LATER_S)
    return answer
