"""Refusals of channels as HTTP says them: a status, a name for programs, a sentence for people."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from counter_app.central.channels.press import PressStuck
from counter_app.central.database import Conflict, Unavailable
from counter_app.domain import central_refusals as c
from counter_app.domain import refusals as r
from counter_app.domain.refusals import Refused
from counter_app.words.refusals import sentence
from counter_app.words.say import Language

LATER_S = 5
MOST_FAULTS = 20

_STATUS: dict[type[Refused], int] = {
    c.KeyNotGood: 401, c.KeyElsewhere: 403, c.ConsumerNotProven: 403, c.OfficeNotOpen: 404,
    c.TooManyRequests: 429, c.ChannelsClosed: 503, c.PaymentReported: 409, c.PaymentAtCounter: 409,
    r.ConsumerUnknown: 404, r.BillUnknown: 404, r.ReceiptUnknown: 404, r.ComplaintUnknown: 404,
}  # fmt: skip


def status_of(refused: Refused) -> int:
    """The status of an answer that says no."""
    return _STATUS.get(type(refused), 422)


def status_of_unfit(fault: RequestValidationError) -> int:
    """The status of an answer to what is not as described: 400 where it cannot even be read."""
    return 400 if any(one["type"] == "json_invalid" for one in fault.errors()) else 422


def add_refusals(app: FastAPI) -> None:
    """Let an application answer every failure of a channel's request in one shape."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(HTTPException, _not_there)
    for fault in (Unavailable, Conflict, PressStuck):
        app.add_exception_handler(fault, _later)


def _told(refused: Refused, status: int, headers: dict[str, str], faults: list[dict[str, str]]) -> Response:
    said = {
        "refused": type(refused).__name__,
        "sentence": sentence(refused, Language.ENGLISH).lead,
        "sentence_hi": sentence(refused, Language.HINDI).lead,
        "fields": faults,
    }
    return JSONResponse(said, status, headers)


async def _refused(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, Refused)
    status, headers = status_of(fault), dict[str, str]()
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(fault, c.TooManyRequests):
        headers["Retry-After"] = str(fault.seconds)
    elif status == 503:
        headers["Retry-After"] = str(LATER_S)
    return _told(fault, status, headers, [])


async def _unfit(_: Request, fault: Exception) -> Response:
    """What was sent is not repeated: it may be somebody's number."""
    assert isinstance(fault, RequestValidationError)
    faults = [
        {"field": ".".join(map(str, one["loc"])), "why": str(one["type"])}
        for one in fault.errors()[:MOST_FAULTS]
    ]
    return _told(c.RequestUnfit(), status_of_unfit(fault), {}, faults)


async def _not_there(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    return _told(c.RequestUnfit(), fault.status_code, dict(fault.headers or {}), [])


async def _later(_: Request, __: Exception) -> Response:
    return _told(c.ChannelsClosed(), 503, {"Retry-After": str(LATER_S)}, [])
