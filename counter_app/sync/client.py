"""One connection to the centre: bytes of a message out, bytes of its answer back, or ``Lost``.

Nothing that comes back is believed here but its size and its kind; a page of a captive portal, a redirect
or half an answer are as good as none. A line is lost when no byte moved for a while, however slow it is.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import SKIP_HEADER

from counter_app.domain.refusals import CentreAddressWrong, CertificateUnreadable
from counter_app.wire.codec import LARGEST_MESSAGE

MESSAGE = "application/vnd.counter-app"
JSON = "application/json"
SILENCE_S = 30.0
CONNECT_S = 15.0
LONGEST_ANSWER_S = 600.0
LONGEST_RETRY_AFTER_S = 24 * 3600
_PIECE = 4096
_READ_AT_ONCE = 65536
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Lost(Exception):
    """There is no answer. ``pause_ms``: how long the other side asked to be left alone.

    ``stranger``: somebody answered who is not the centre.
    """

    def __init__(self, pause_ms: int = 0, *, stranger: bool = False) -> None:
        super().__init__("no answer")
        self.pause_ms, self.stranger = pause_ms, stranger


@dataclass(frozen=True, slots=True)
class Address:
    """Where the centre answers."""

    host: str
    port: int
    secure: bool

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}"


def read_address(url: str) -> Address:
    """Scheme, host and port. ``CentreAddressWrong``; without TLS only this machine itself is taken."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise CentreAddressWrong from None
    secure = parts.scheme == "https"
    plain = parts.scheme == "http" and host in _LOOPBACK
    beside = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    if not host or not host.isascii() or beside or not (secure or plain):
        raise CentreAddressWrong
    return Address(host, port or (443 if secure else 80), secure)


def trust(certificate: str) -> ssl.SSLContext:
    """Who is believed to be the centre: this certificate (PEM), or with none the machine's own roots."""
    try:
        context = ssl.create_default_context(cadata=certificate or None)
    except ssl.SSLError:
        raise CertificateUnreadable from None
    if certificate:
        # The centre's own certificate may be given as well as the one that signed it.
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class Client:
    """A connection, opened when it is needed and kept while it lasts. One thread asks, any may end it."""

    def __init__(self, address: Address, certificate: str) -> None:
        self._address = address
        self._context = trust(certificate) if address.secure else None
        self._connection: HTTPConnection | None = None
        self._asking = threading.Lock()
        self._ended = False

    def ask(
        self,
        path: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        kind: str = MESSAGE,
        patience_s: float = 0,
    ) -> bytes:
        """Post a body and give the answer's. ``Lost`` when there is none of this content type.

        ``patience_s``: how much longer than usual the answer may keep silent.
        """
        with self._asking:
            try:
                fresh = self._connection is None
                try:
                    return self._ask(path, body, headers, kind, patience_s)
                except _Stale:
                    # A kept connection that the other side closed meanwhile; a new one may well be there.
                    if fresh:
                        raise
                return self._ask(path, body, headers, kind, patience_s)
            except _Stale:
                raise Lost from None
            finally:
                if self._ended:
                    self._drop()

    def end(self) -> None:
        """Close for good; whoever waits for an answer is told at once that there is none."""
        self._ended = True
        connection = self._connection
        if connection is not None and (sock := connection.sock) is not None:
            _shut(sock)
        # Only who asks closes a connection that is being read.
        if self._asking.acquire(blocking=False):
            self._drop()
            self._asking.release()

    def _ask(self, path: str, body: bytes, headers: Mapping[str, str], kind: str, patience_s: float) -> bytes:
        response = None
        try:
            connection = self._connected()
            connection.timeout = CONNECT_S
            connection.request(
                "POST", path, _pieces(body), _all_headers(headers, kind, len(body)),
                preload_content=False, decode_content=False,
            )  # fmt: skip
            if self._ended:
                raise Lost
            connection.timeout = SILENCE_S + patience_s
            response = connection.getresponse()
            return _read(response, kind, patience_s)
        except (Lost, HTTPException, HTTPError, OSError, ValueError) as fault:
            self._drop()
            if response is not None:
                response.close()
            if isinstance(fault, Lost):
                raise
            if isinstance(fault, ConnectionError):
                raise _Stale from fault
            raise Lost(stranger=_is_strange(fault)) from fault

    def _connected(self) -> HTTPConnection:
        if self._ended:
            raise Lost
        if self._connection is None:
            self._connection = _made(self._address, self._context)
        return self._connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


class _Stale(Exception):
    """The connection broke; perhaps it was dead before anything was said."""


def _read(response: BaseHTTPResponse, kind: str, patience_s: float) -> bytes:
    """The body, no more than a message may have, unless it is none of the centre's."""
    pause_ms = _retry_after_ms(response.headers.get("Retry-After", ""))
    said = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if 300 <= response.status < 400 or said != kind:
        raise Lost(pause_ms, stranger=response.status < 500)
    until = time.monotonic() + LONGEST_ANSWER_S + patience_s
    data = bytearray()
    while piece := response.read1(_READ_AT_ONCE):
        data += piece
        if len(data) > LARGEST_MESSAGE or time.monotonic() > until:
            raise Lost(stranger=True)
    return bytes(data)


def _is_strange(fault: Exception) -> bool:
    """Whether whoever answered could not prove to be the centre."""
    return any(isinstance(one, ssl.SSLCertVerificationError) for one in (fault, *fault.args, fault.__cause__))


def _made(address: Address, context: ssl.SSLContext | None) -> HTTPConnection:
    if context is None:
        return HTTPConnection(address.host, address.port, timeout=CONNECT_S)
    return HTTPSConnection(address.host, address.port, timeout=CONNECT_S, ssl_context=context)


def _shut(sock: socket.socket) -> None:
    """Wake whoever waits on a socket."""
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is shut already


def _pieces(body: bytes) -> Iterator[bytes]:
    """Small enough that each of them is under way within the time of silence, on the slowest line."""
    return (body[at : at + _PIECE] for at in range(0, len(body), _PIECE))


def _all_headers(headers: Mapping[str, str], kind: str, length: int) -> dict[str, str]:
    """Nothing but what is needed: on a line where little is said, headers are most of it."""
    usual = {"Content-Type": kind, "Content-Length": str(length)}
    return usual | dict(headers) | dict.fromkeys(("User-Agent", "Accept-Encoding"), SKIP_HEADER)


def _retry_after_ms(text: str) -> int:
    """What a Retry-After asks for in seconds; 0 when it asks for nothing that is understood."""
    understood = text.isascii() and text.isdecimal() and len(text) < 9
    return min(int(text), LONGEST_RETRY_AFTER_S) * 1000 if understood else 0
