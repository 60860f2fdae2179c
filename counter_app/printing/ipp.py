"""The Internet Printing Protocol, as far as a print system is asked here: messages, and one way to send them.

RFC 8010 (encoding) and RFC 8011 (operations). Over the print system's own socket file, or over TCP.
"""

import http.client
import socket
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

PORT = 631
PATIENCE = 20.0
"""Seconds in which the print system must have answered."""

Value = int | str | None
Attributes = Mapping[str, tuple[Value, ...]]

_VERSION = b"\x02\x00"
_REQUEST = 1
_OPERATION_GROUP, _JOB_GROUP, _END, _LAST_GROUP = 0x01, 0x02, 0x03, 0x0F
_WHOLE, _ENUM = 0x21, 0x23
_TEXTS = range(0x41, 0x4A)


class Operation(IntEnum):
    """What is asked of a print system."""

    CREATE_JOB = 0x0005
    SEND_DOCUMENT = 0x0006
    CANCEL_JOB = 0x0008
    GET_JOB = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER = 0x000B
    CUPS_DEFAULT = 0x4001
    CUPS_PRINTERS = 0x4002


class Tag(IntEnum):
    """How a value is written."""

    YES_OR_NO = 0x22
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49


class Asked(NamedTuple):
    """An attribute of a request."""

    tag: Tag
    name: str
    values: tuple[str | bool, ...]


class Answer(NamedTuple):
    """A status (below 0x0100: done) and the groups behind that of the operation, in their order."""

    status: int
    groups: tuple[Attributes, ...]

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return self.status < 0x0100

    def first(self) -> Attributes:
        """The first group; empty when there is none."""
        return self.groups[0] if self.groups else {}


class NotIpp(OSError):
    """Something answered that does not speak the protocol."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a print system is asked: its socket file, or a host and port."""

    host: str
    port: int = PORT
    file: str = ""


def ask(
    place: Place,
    operation: Operation,
    uri: str,
    about: Iterable[Asked] = (),
    job: Iterable[Asked] = (),
    data: bytes = b"",
) -> Answer:
    """Ask a print system one thing; ``uri`` is the printer's or the job's.

    Blocking, at most ``PATIENCE`` for each step; ``OSError`` when it does not answer.
    """
    target = "job-uri" if "/jobs/" in uri else "printer-uri"
    body = request(operation, [Asked(Tag.URI, target, (uri,)), *about], job) + data
    line = _Line(place)
    try:
        path = "/" + uri.partition("://")[2].partition("/")[2]
        line.request("POST", path, body, {"Content-Type": "application/ipp"})
        told = line.getresponse()
        heard = told.read()
    except http.client.HTTPException as fault:
        raise NotIpp from fault
    finally:
        line.close()
    if told.status != http.HTTPStatus.OK:
        raise NotIpp
    return answer(heard)


def request(operation: Operation, about: Iterable[Asked], job: Iterable[Asked] = ()) -> bytes:
    """A request as bytes; a document follows behind it."""
    language = [Asked(Tag.CHARSET, "attributes-charset", ("utf-8",))]
    language += [Asked(Tag.LANGUAGE, "attributes-natural-language", ("en",))]
    parts = [_VERSION, struct.pack(">HI", operation, _REQUEST), bytes([_OPERATION_GROUP])]
    parts += [_written(one) for one in (*language, *about)]
    if written := b"".join(map(_written, job)):
        parts += [bytes([_JOB_GROUP]), written]
    return b"".join(parts) + bytes([_END])


def _written(one: Asked) -> bytes:
    """An attribute; its further values have no name."""
    written = b""
    name = one.name.encode("ascii")
    for each in one.values:
        value = bytes([each]) if isinstance(each, bool) else each.encode("utf-8")
        written += struct.pack(">BH", one.tag, len(name)) + name + struct.pack(">H", len(value)) + value
        name = b""
    return written


def answer(heard: bytes) -> Answer:
    """An answer from bytes; ``NotIpp`` when they are none. Values that are not needed here are None."""
    try:
        status, _request = struct.unpack_from(">HI", heard, 2)
        groups = tuple(_groups(heard))
    except (struct.error, IndexError, UnicodeDecodeError) as fault:
        raise NotIpp from fault
    return Answer(status, groups[1:])


def _groups(heard: bytes) -> Iterator[Attributes]:
    place = 8
    group: dict[str, tuple[Value, ...]] | None = None
    name = ""
    while (tag := heard[place]) != _END:
        place += 1
        if tag <= _LAST_GROUP:
            if group is not None:
                yield group
            group = {}
            continue
        (length,) = struct.unpack_from(">H", heard, place)
        name = heard[place + 2 : place + 2 + length].decode("ascii") or name
        place += 2 + length
        (length,) = struct.unpack_from(">H", heard, place)
        value = heard[place + 2 : place + 2 + length]
        place += 2 + length
        if group is None:
            raise IndexError
        group[name] = (*group.get(name, ()), _value(tag, value))
    if group is not None:
        yield group


def _value(tag: int, value: bytes) -> Value:
    if tag in (_WHOLE, _ENUM):
        return int.from_bytes(value, signed=True)
    if tag in _TEXTS:
        return value.decode("utf-8")
    return None


class _Line(http.client.HTTPConnection):
    """A connection by host and port, or by the socket file."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.host, place.port, timeout=PATIENCE)
        self._file = place.file

    def connect(self) -> None:
        if not self._file:
            super().connect()
            return
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(self._file)
