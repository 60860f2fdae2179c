"""Enrolling a counter at a centre: by a code that is good once, signed with the key it will be known by."""

import base64
import json
import os
from datetime import datetime
from uuid import uuid4

import msgspec

from counter_app.domain.days import to_millis
from counter_app.domain.refusals import (
    CentreSilent,
    CentreStrange,
    CodeNotGood,
    EnrolledOtherwise,
)
from counter_app.domain.setup_refusals import SetUpFileForeign
from counter_app.store.book import Book
from counter_app.store.centre import Centre, named, put_centre
from counter_app.sync.client import JSON, Address, Client, Lost, read_address
from counter_app.wire.requests import sign

PATH = "/v1/enrol"
LONGEST_CODE = 64
KEY_SIZE = 32


class _Answer(msgspec.Struct):
    """What the centre says to a code: whom it let in, or why not."""

    refused: str = ""
    device: str = ""
    office: str = ""
    counter: int = 0
    company_key: str = ""


def enrol(book: Book, url: str, code: str, certificate: str, at: datetime) -> Centre:
    """Enrol this counter and remember the centre. The same code again, after a lost answer, does no harm.

    Refuses with ``CentreAddressWrong``, ``CertificateUnreadable``, ``CodeNotGood``, ``CentreSilent``,
    ``CentreStrange``, ``EnrolledOtherwise`` or ``SetUpFileForeign``; nothing is remembered then.
    """
    address, signed_by = read_address(url), _signed_by(book)
    public_key = base64.b64encode(book.public_key).decode()
    asked = {"code": code.strip()[:LONGEST_CODE], "public_key": public_key}
    if signed_by:
        asked["company_key"] = base64.b64encode(bytes.fromhex(signed_by)).decode()
    body = json.dumps(asked | {"office": book.office.code, "counter": book.office.counter}).encode()
    nonce = int.from_bytes(os.urandom(8), "big")
    headers = sign(book.sign, book.device, "POST", PATH, body, to_millis(at) // 1000, nonce)
    client = Client(address, certificate)
    try:
        answer = client.ask(PATH, body, headers, kind=JSON)
    except Lost as lost:
        raise (CentreStrange if lost.stranger else CentreSilent) from lost
    finally:
        client.end()
    admitted = _read(answer, address)
    if admitted.device != str(book.device):
        raise CentreStrange
    if (admitted.office, admitted.counter) != (book.office.code, book.office.counter):
        raise EnrolledOtherwise(admitted.office, admitted.counter)
    known = _key(admitted.company_key)
    if signed_by and signed_by != known:
        # A centre of before, which did not ask.
        raise SetUpFileForeign(str(address))
    centre = Centre(str(address), certificate, uuid4(), admitted.office, admitted.counter, known)
    with book.writing() as page:
        put_centre(page, centre)
    return centre


def _signed_by(book: Book) -> str:
    """The company's key that signed the set-up, in hex; empty: nobody did. The centre must have the same."""
    with book.reading() as connection:
        said = named(connection)
    return said.company_key if said is not None else ""


def _key(told: str) -> str:
    """The company's key in hex; ``CentreStrange`` when it is none."""
    try:
        key = base64.b64decode(told, validate=True)
    except ValueError:
        raise CentreStrange from None
    if len(key) not in {0, KEY_SIZE}:
        raise CentreStrange
    return key.hex()


def _read(answer: bytes, address: Address) -> _Answer:
    try:
        said = msgspec.json.decode(answer, type=_Answer)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise CentreStrange from fault
    match said.refused:
        case "":
            return said
        case "EnrolledOtherwise":
            raise EnrolledOtherwise(said.office, said.counter)
        case "CompanyKeyOther":
            raise SetUpFileForeign(str(address))
        case "Busy":
            raise CentreSilent
    raise CodeNotGood
