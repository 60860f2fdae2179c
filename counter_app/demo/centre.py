"""The centre of two demo offices: a store on SQLite, and its gateway as a process on loopback."""

import io
import json
import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_app.central import command, database, importing
from counter_app.central.channels import keys, offices, seals
from counter_app.central.company import new_key
from counter_app.central.contacts import CentreStanding, standing
from counter_app.central.database import Database, Transaction, retried
from counter_app.central.enrolling import new_code
from counter_app.central.overview.viewers import put_viewer
from counter_app.central.within import in_centre, reached
from counter_app.demo import beside, extracts, staff
from counter_app.demo.billing import Account
from counter_app.domain.acts import FileKind
from counter_app.domain.channel import Channel
from counter_app.domain.days import business_day, to_millis
from counter_app.domain.office import Office
from counter_app.domain.refusals import CentreSilent
from counter_app.words.say import Language

LOOKS = "GM1"
"""Who may look at the overview, with the password of the demo's staff."""

AT_THE_BORDER = 20
"""So many consumers of each office belong to the other one by now."""

_STORE, _SEAL, _KEY, _LOG = "centre.db", "channels.key", "whatsapp.key", "gateway.log"
_PER_S = 50


def found(folder: Path, towns: Iterable[tuple[Office, Iterable[Account]]], now: datetime) -> None:
    """Make the store with all that the offices' files say, open to the bot; then let the last consumers of
    each office belong to the next one.
    """
    folder.mkdir()
    with TemporaryDirectory() as scratch, reached(_url(folder)) as store:
        retried(store, database.create)
        public = new_key(folder / _SEAL)
        retried(store, lambda transaction: seals.keep_seal(transaction, public))
        gone: list[tuple[Office, Path]] = []
        for office, accounts in towns:
            place = Path(scratch, office.code)
            place.mkdir()
            gone.append((office, _bring_in(store, office, accounts, place, now)))
        for (_, leaving), (office, _) in zip(gone, [*gone[1:], gone[0]], strict=True):
            # Files of an office are told apart by when they were taken.
            _take(store, office, {FileKind.CONSUMERS: leaving}, now + timedelta(milliseconds=1))
        secret = retried(store, lambda transaction: _opened(transaction, now))
    (folder / _KEY).write_text(secret, "ascii")


def _bring_in(
    store: Database, office: Office, accounts: Iterable[Account], place: Path, now: datetime
) -> Path:
    """Take an office's files in; the file of those who leave it."""
    said = {name: getattr(office, name) for name in Office.__dataclass_fields__}
    del said["code"], said["counter"], said["training"]
    letterhead = place / "office.toml"
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in said.items())
    letterhead.write_text("\n".join(lines), "utf-8")
    retried(store, lambda transaction: offices.put_office(transaction, office.code, letterhead))
    last: deque[Account] = deque(maxlen=AT_THE_BORDER)
    _take(store, office, extracts.write(place, _remembered(accounts, last)), now)
    leaving = place / "leaving"
    leaving.mkdir()
    return extracts.write(leaving, last)[FileKind.CONSUMERS]


def _remembered(accounts: Iterable[Account], last: deque[Account]) -> Iterator[Account]:
    for account in accounts:
        last.append(account)
        yield account


def _take(store: Database, office: Office, files: dict[FileKind, Path], now: datetime) -> None:
    importing.take(store, office.code, files, {}, None, business_day(now), to_millis(now))


def _opened(transaction: Transaction, now: datetime) -> str:
    """Let somebody look, and the bot speak; its key."""
    put_viewer(transaction, LOOKS, staff.hashed())
    return keys.new_key(transaction, Channel.WHATSAPP, "demo", (), _PER_S, to_millis(now))[1]


def bot_key(folder: Path) -> str:
    """The key of the channel for which the bot speaks."""
    return (folder / _KEY).read_text("ascii")


def code_for(folder: Path, office: Office, now: datetime) -> str:
    """A code by which an office's counter enrols itself."""
    return in_centre(
        _url(folder), lambda transaction: new_code(transaction, office.code, office.counter, to_millis(now))
    )


def stands(folder: Path) -> CentreStanding:
    """How the counters stand, as the centre sees them."""
    return in_centre(_url(folder), lambda transaction: standing(transaction, Language.ENGLISH))


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A gateway on a free port of this machine, until the end; where it answers. ``CentreSilent``."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    gateway = beside.start(_serve, folder, theirs)
    theirs.close()
    try:
        with ours:
            try:
                address = str(ours.recv()).split()[-1]
            except EOFError:
                raise CentreSilent from None
        yield address
    finally:
        beside.end(gateway)


class _Sent(io.TextIOBase):
    """What is printed goes to whoever began this process, as far as anybody listens."""

    def __init__(self, line: Connection) -> None:
        self._line: Connection | None = line

    def write(self, text: str) -> int:
        if self._line is not None:
            self._line.send(text)
            self._line.close()
            self._line = None
        return len(text)


def _serve(folder: Path, line: Connection) -> int:
    with (
        (folder / _LOG).open("a", encoding="utf-8") as log,
        redirect_stderr(log),
        redirect_stdout(_Sent(line)),
    ):
        return command.serve(_url(folder), "127.0.0.1", 0, None, None, (folder / _SEAL,))


def _url(folder: Path) -> str:
    return f"sqlite:///{(folder / _STORE).absolute().as_posix()}"
