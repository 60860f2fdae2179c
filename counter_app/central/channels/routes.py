"""The routes of the channels. What they say and get is described in ``shapes``; somebody who writes a bot has
nothing but the description that the application gives of itself.
"""

import logging
import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Header, HTTPException, Path, Query, Request, Response, Security
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.models import HTTPBearer
from fastapi.routing import APIRoute
from fastapi.security.base import SecurityBase
from fastapi.security.utils import get_authorization_scheme_param

from counter_app.central.channels import bills, complaints, offices, papers, payments, shapes
from counter_app.central.channels.asking import Asked, Said
from counter_app.central.channels.keys import hashed
from counter_app.central.channels.refusing import status_of, status_of_unfit
from counter_app.central.channels.serving import Caller
from counter_app.central.reading import TooLarge, TooSlow, bounded_body
from counter_app.domain.central_refusals import KeyNotGood
from counter_app.domain.channel import Channel
from counter_app.domain.refusals import Refused
from counter_app.words.say import Language

PREFIX = "/v1/channels/{channel}"
LARGEST_BODY = 16 * 1024
_CLOSE = {"Connection": "close"}
Speaking = Literal["call-centre", "whatsapp", "upay"]
"""The channels that have keys, for the application's description of itself."""
_CHANNELS = frozenset(get_args(Speaking))

log = logging.getLogger(__name__)


class _Bounded(Request):
    """A request whose body is only read as far as any of them goes, and not for ever."""

    _kept: bytes | None = None

    async def body(self) -> bytes:
        if self._kept is None:
            try:
                self._kept = await bounded_body(self, LARGEST_BODY)
            except TooLarge:
                raise HTTPException(413, headers=_CLOSE) from None
            except TooSlow:
                raise HTTPException(408, headers=_CLOSE) from None
        return self._kept


class _BoundedRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            started, refusal, status = time.perf_counter(), None, 503
            try:
                response = await handler(_Bounded(request.scope, request.receive))
                status = response.status_code
                response.headers["Cache-Control"] = "no-store"
            except Refused as refused:
                refusal, status = type(refused).__name__, status_of(refused)
                raise
            except RequestValidationError as fault:
                status = status_of_unfit(fault)
                raise
            except HTTPException as fault:
                status = fault.status_code
                raise
            finally:
                # The path as it is described: what was asked is somebody's number.
                ms = round((time.perf_counter() - started) * 1000, 1)
                channel = request.path_params.get("channel")
                said = {"path": self.path, "status": status, "ms": ms, "refusal": refusal}
                log.info("channel", extra=said | {"channel": channel if channel in _CHANNELS else None})
            return response

        return bounded


class Pdf(Response):
    """A paper."""

    media_type = "application/pdf"


_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": shapes.Refusal, "description": "A body that cannot be read."},
    401: {"model": shapes.Refusal, "description": "No key, or one that is not good (any more)."},
    403: {"model": shapes.Refusal, "description": "Another channel's key, or the consumer is not proven."},
    404: {"model": shapes.Refusal, "description": "Not known, or not within this key's reach."},
    408: {"model": shapes.Refusal, "description": "The body came too slowly."},
    413: {"model": shapes.Refusal, "description": "The body is larger than any of them."},
    422: {
        "model": shapes.Refusal,
        "description": "Not as described, or it does not fit. Nothing is recorded.",
    },
    429: {"model": shapes.Refusal, "description": "Too many requests; `Retry-After` says when again."},
    503: {"model": shapes.Refusal, "description": "Not now; `Retry-After` says when again. Send the same."},
}
_REPEATED: dict[int | str, dict[str, Any]] = {
    409: {
        "model": shapes.Refusal,
        "description": "There is a receipt for this money: under another key of a request, or of a counter.",
    }
}
_PDF: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The paper.",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}
router = APIRouter(prefix=PREFIX, route_class=_BoundedRoute, responses=_REFUSALS)


class _Key(SecurityBase):
    """The channel's key. One step of a request where FastAPI's own would be four."""

    def __init__(self) -> None:
        self.scheme_name = "HTTPBearer"
        self.model = HTTPBearer(description="The channel's key, as the central office gave it out.")

    async def __call__(
        self,
        request: Request,
        channel: Annotated[Speaking, Path(description="The channel whose key is sent.")],
    ) -> Caller:
        """Who asks. ``KeyNotGood`` when no key came."""
        scheme, secret = get_authorization_scheme_param(request.headers.get("Authorization"))
        if scheme.lower() != "bearer" or not secret:
            raise KeyNotGood
        return Caller(request.app.state.channels, Channel(channel), hashed(secret))


Who = Annotated[Caller, Security(_Key())]
RequestKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[0-9A-Za-z_-]{16,64}$",
        description="Drawn at random for each new request, best a UUID. Whoever does not know what became of "
        "a request sends the same body under the same key again: it is recorded once, with the same answer.",
        examples=["6f1c1d0e-7f3c-4b52-9a55-0a8b1d0c2f11"],
    ),
]
Proof = Annotated[
    str,
    Header(
        alias="Consumer-Proof",
        min_length=4,
        max_length=40,
        description="What shows that the consumer asks: the registered mobile, from which they write; "
        "or the number of the meter, of a bill, or the old service number, as on the bill.",
        examples=["9826048210"],
    ),
]
Edition = Annotated[
    Language, Query(description="`hi`: in Hindi with English beside it; `en`: in English alone.")
]
ConsumerNumber = Annotated[
    str, Path(pattern=r"^[Nn]?[0-9]{10}$", description="N and ten digits.", examples=["N2204518731"])
]
ComplaintNumber = Annotated[
    str, Path(max_length=40, description="The whole number.", examples=["2214-92-C00318-7KD"])
]
ReceiptNumber = Annotated[
    str, Path(max_length=40, description="The whole number.", examples=["2214-93-000012-Q7M"])
]


def _said(request: RequestKey, what: str, body: Any) -> Said:
    return Said(request, f"{what}\n{body.model_dump_json()}".encode())


# -- what there is ---------------------------------------------------------------------------------


@router.get("/offices", tags=["offices"])
async def list_offices(who: Who) -> list[shapes.Office]:
    """The offices that this key reaches."""
    return await who.told(_offices)


def _offices(asked: Asked) -> list[shapes.Office]:
    return [
        shapes.Office(
            office=one.code, hi=one.name_hi, en=one.name_en, division_hi=one.division_hi,
            division_en=one.division_en, urban=one.urban,
        )
        for one in offices.all_offices(asked.transaction)
        if asked.key.reaches(one.code)
    ]  # fmt: skip


@router.get("/complaint-types", tags=["complaints"])
async def list_complaint_types(who: Who) -> list[shapes.ComplaintType]:
    """What people complain about, in the order of the catalogue, with the questions that help."""
    return await who.told(complaints.types)


# -- complaints ------------------------------------------------------------------------------------


@router.post("/complaints", status_code=201, tags=["complaints"])
async def register_complaint(new: shapes.NewComplaint, key: RequestKey, who: Who) -> shapes.Registered:
    """Register a complaint and get its number. The office's counters see it within seconds.

    With a consumer it goes to the consumer's office; without one name the `office` and a place (`landmark`,
    or an answer `pole`, `dtr` or `feeder`).
    """
    return await who.recorded(partial(complaints.register, said=_said(key, "complaint", new), new=new))


@router.get("/complaints/{number}", tags=["complaints"])
async def complaint_status(number: ComplaintNumber, who: Who) -> shapes.Complaint:
    """Where a complaint stands, by its whole number, wherever it was registered."""
    return await who.told(partial(complaints.status, number=number))


@router.put("/complaints/{number}/central-number", tags=["complaints"])
async def note_central_number(
    number: ComplaintNumber, given: shapes.CentralNumber, who: Who
) -> shapes.Complaint:
    """1912 knows the complaint under this number from now on. The same again changes nothing."""
    work = partial(complaints.note_central_number, number=number, central=given.number)
    return await who.recorded(work)


@router.get("/consumers/{consumer}/complaints", tags=["complaints"])
async def consumer_complaints(consumer: ConsumerNumber, proof: Proof, who: Who) -> list[shapes.Complaint]:
    """A consumer's complaints, the newest first."""
    return await who.told(partial(complaints.of_consumer, number=consumer, proof=proof))


# -- bills -----------------------------------------------------------------------------------------


@router.get("/consumers/{consumer}/bills", tags=["bills"])
async def consumer_bills(consumer: ConsumerNumber, proof: Proof, who: Who) -> shapes.Bills:
    """A consumer's bills, the newest first, and what is payable today."""
    return await who.told(partial(bills.of_consumer, number=consumer, proof=proof))


@router.get(
    "/consumers/{consumer}/bills/current.pdf", tags=["bills"], response_class=Response, responses=_PDF
)
async def current_bill(
    consumer: ConsumerNumber, proof: Proof, who: Who, language: Edition = Language.HINDI
) -> Pdf:
    """A copy of the newest bill, with what is payable today, as a window prints it: in Hindi with English
    beside it (`hi`), or in English alone (`en`).
    """
    asked = partial(papers.bill, number=consumer, proof=proof, language=language)
    return _paper(await who.printed(asked), "bill")


# -- payments --------------------------------------------------------------------------------------


@router.post("/payments", status_code=201, tags=["payments"], responses=_REPEATED)
async def report_payment(new: shapes.NewPayment, key: RequestKey, who: Who) -> shapes.Payment:
    """Report money that has moved, and get the number of its receipt. Windows see the bill as paid then.

    A bill that was paid elsewhere as well stays paid twice: both receipts stand, what is over is an advance.
    """
    return await who.recorded(partial(payments.report, said=_said(key, "payment", new), new=new))


@router.get("/payments/{number}", tags=["payments"])
async def payment(number: ReceiptNumber, who: Who) -> shapes.Payment:
    """A payment that a channel reported, by the whole number of its receipt."""
    return await who.told(partial(payments.shown, number=number))


@router.get("/payments/{number}/receipt.pdf", tags=["payments"], response_class=Response, responses=_PDF)
async def receipt(number: ReceiptNumber, proof: Proof, who: Who) -> Pdf:
    """The receipt, always the same file. The proof is that of the consumer for whom it was paid."""
    return _paper(await who.printed(partial(papers.receipt, number=number, proof=proof)), "receipt")


@router.get("/consumers/{consumer}/payments", tags=["payments"])
async def consumer_payments(consumer: ConsumerNumber, proof: Proof, who: Who) -> list[shapes.Paid]:
    """A consumer's payments, the newest first, wherever they were made."""
    return await who.told(partial(payments.of_consumer, number=consumer, proof=proof))


def _paper(made: bytes, name: str) -> Pdf:
    return Pdf(made, headers={"Content-Disposition": f'inline; filename="{name}.pdf"'})
