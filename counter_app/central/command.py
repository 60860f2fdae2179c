"""The command ``counter-app central``: make the store, let counters in, serve, look, shut counters out."""

import json
import logging
import socket
import ssl
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from counter_app.central import contacts, database, enrolling, gateway
from counter_app.central.database import Database, Transaction, Unavailable
from counter_app.central.tables import VERSION
from counter_app.domain.central_refusals import (
    CentreMissing,
    CentreNewer,
    CentreThere,
    DatabaseSilent,
    DatabaseUrlWrong,
    DeviceNotEnrolled,
    PortTaken,
)
from counter_app.domain.refusals import FileUnreadable

T = TypeVar("T")

KEPT_ALIVE_S = 65
ENDING_S = 10
BACKLOG = 512


def init(url: str, *, as_json: bool) -> int:
    """Make the tables in an empty database. ``CentreThere``."""

    def make(transaction: Transaction) -> None:
        if database.version(transaction) is not None:
            raise CentreThere(database.told(url))
        database.create(transaction)

    _within(url, make)
    _say(as_json, {"ok": True}, f"The central store is made: {database.told(url)}")
    return 0


def enrol(url: str, office: str, counter: int, *, as_json: bool) -> int:
    """Give out a code by which one counter enrols itself."""
    now = gateway.now_ms()
    code = _within_centre(url, lambda transaction: enrolling.new_code(transaction, office, counter, now))
    until = _moment(now + enrolling.GOOD_FOR_MS)
    said = f"{code}\nFor counter {counter} of office {office}, once, until {until}."
    _say(as_json, {"code": code, "office": office, "counter": counter, "until": until}, said)
    return 0


def revoke(url: str, device: str, *, as_json: bool) -> int:
    """Trust a device no more. ``DeviceNotEnrolled``."""
    try:
        named = UUID(device)
    except ValueError:
        raise DeviceNotEnrolled from None
    office, counter = _within_centre(url, lambda transaction: enrolling.revoke(transaction, named))
    said = f"Counter {counter} of office {office} is revoked: what it sends is held from now on."
    _say(as_json, {"device": device, "office": office, "counter": counter, "revoked": True}, said)
    return 0


def status(url: str, *, as_json: bool) -> int:
    """How every counter stands."""
    standing = _within_centre(url, contacts.standing)
    head = f"{'office':8}{'counter':>8}  {'last contact':21}{'unsent':>7}  {'since':21}"
    lines = [head + f"{'received':>9}{'held':>6}{'forks':>6}{'clock s':>9}  version  device"]
    lines += [
        f"{one.office:8}{one.counter:8}  {_moment(one.contact_ms):21}{one.unsent:7}  "
        f"{_moment(one.unsent_since_ms):21}{one.received:9}{one.held:6}{one.forks:6}"
        f"{one.clock_ahead_ms / 1000:9.1f}  {one.program or '-':7}  {one.device}"
        f"{'  revoked' if one.revoked else ''}"
        for one in standing.counters
    ]
    lines.append(
        f"waiting for the books: {standing.arrivals} runs; returned by other counters: {standing.returned}; "
        f"bills paid more than once: {standing.surpluses}"
    )
    _say(as_json, asdict(standing), "\n".join(lines))
    return 0


def serve(url: str, host: str, port: int, certificate: Path | None, key: Path | None) -> int:
    """Answer counters until told to end. ``CentreMissing``, ``PortTaken``, ``FileUnreadable``."""
    import uvicorn

    from counter_app.central.app import made

    _within_centre(url, database.version)
    _log_as_lines()
    config = uvicorn.Config(
        made(database.opened(url)),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEPT_ALIVE_S,
        timeout_graceful_shutdown=ENDING_S,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError):
        raise FileUnreadable(str(certificate)) from None
    try:
        listening = socket.create_server((host, port), backlog=BACKLOG)
    except OSError:
        raise PortTaken(port) from None
    with listening:
        scheme = "https" if certificate else "http"
        print(f"listening on {scheme}://{host}:{listening.getsockname()[1]}", flush=True)
        uvicorn.Server(config).run(sockets=[listening])
    return 0


# -- the database ----------------------------------------------------------------------------------


def _within_centre(url: str, work: Callable[[Transaction], T]) -> T:
    """Do something in one transaction of a central store of this version."""

    def look_first(transaction: Transaction) -> T:
        version = database.version(transaction)
        if version is None:
            raise CentreMissing(database.told(url))
        if version > VERSION:
            raise CentreNewer(database.told(url))
        return work(transaction)

    return _within(url, look_first)


def _within(url: str, work: Callable[[Transaction], T]) -> T:
    opened: Database | None = None
    try:
        opened = database.opened(url)
        return database.retried(opened, work)
    except database.UrlUnknown:
        raise DatabaseUrlWrong from None
    except Unavailable:
        raise DatabaseSilent(database.told(url)) from None
    finally:
        if opened is not None:
            opened.close()


# -- what is said ----------------------------------------------------------------------------------


def _say(as_json: bool, facts: dict[str, object], sentence: str) -> None:
    print(json.dumps(facts) if as_json else sentence)


def _moment(ms: int | None) -> str:
    return "-" if ms is None else datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%d %H:%M:%SZ")


class _Lines(logging.Formatter):
    """One JSON object a line. Only what was named is said: no texts from requests, no payloads."""

    NAMES = ("path", "status", "ms", "device", "office", "refusal", "reason", "entries", "fault")

    def format(self, record: logging.LogRecord) -> str:
        said = {"at": _moment(int(record.created * 1000)), "level": record.levelname.lower()}
        said["event"] = record.getMessage()
        facts = {name: record.__dict__[name] for name in self.NAMES if name in record.__dict__}
        if record.exc_info and record.exc_info[0]:
            facts["fault"] = record.exc_info[0].__name__
        return json.dumps(said | facts)


def _log_as_lines() -> None:
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(_Lines())
    logging.basicConfig(level=logging.INFO, handlers=[lines], force=True)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
