"""Makes the records of a new counter: whole or not at all."""

import hashlib
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from counter_app import __version__
from counter_app.desk.setting_up import furnish, go_on_above
from counter_app.domain.numbering import Serials, ahead, in_order
from counter_app.domain.refusals import (
    CentreSilent,
    CentreStrange,
    CodeNotGood,
    DemoKeyRefused,
    DiskFailed,
    Refused,
)
from counter_app.domain.setting_up import Made, Wanted, demand_said
from counter_app.domain.setup_refusals import NobodySignsIn, OfficeThere, RecordsLost
from counter_app.store import keys, lock, replacing
from counter_app.store.book import Book
from counter_app.store.centre import Centre, centre
from counter_app.store.restoring import known_serials
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import greet, once

BEFORE = "before"
"""Below names that begin so the keyring keeps the keys of counters that were there, and were set up anew."""


def set_up(folder: Path, wanted: Wanted, now: Callable[[], datetime]) -> Made:
    """Make the records of a new counter, enrol it where a code is there and the centre answers; blocking.

    All is made beside its place and takes it as a whole: whoever stops it leaves nothing, or what the next
    call makes good; the same code serves that again. Refuses with ``OfficeThere``, ``RecordsLost``,
    ``DemoKeyRefused``, ``KeyringMissing``, ``AlreadyRunning``, ``NobodySignsIn``, ``NumbersUnsaid``,
    ``SetUpFileForeign``, as ``enrol`` does, and with ``CentreSilent`` when the centre let the counter in but
    did not say its numbers: nothing is made then.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise DiskFailed from fault
    held = lock.InstanceLock(folder)
    stage = folder / replacing.STAGE
    try:
        replacing.finish(folder)
        was = _demand_bare(folder, stage)
        if was and not _enrols(wanted):
            raise RecordsLost
        replacing.clear(stage)
        made, secrets = _staged(folder, wanted, now, was=was)
        _take_place(folder, secrets, now())
        keys.forget_office_keys(stage)
    except OSError as fault:
        raise DiskFailed from fault
    finally:
        replacing.clear(stage)
        held.release()
        _leave_nothing(folder)
    return made


def read_all(folder: Path, now: Callable[[], datetime]) -> bool:
    """Read what the centre tells a counter that was just enrolled, so that it can work; whether all came.

    Blocking. Without it that comes with the next contact.
    """
    with closing(Book.open(folder, keys.office_keys(folder), program=__version__, now=now())) as book:
        with book.reading() as connection:
            at = centre(connection)
        return at is not None and once(book, at, __version__, now)


def _demand_bare(folder: Path, stage: Path) -> bool:
    """Refuse where records are; whether some were, whose numbers must not be given out again."""
    if keys.is_demo(folder):
        raise DemoKeyRefused
    if Book.exists(folder):
        keys.forget_office_keys(stage)
        raise OfficeThere
    known = keys.known_keys(folder)
    lost = known is not None and known != keys.known_keys(stage)
    return lost or known_serials(folder) is not None


def _take_place(folder: Path, secrets: keys.Keys, at: datetime) -> None:
    """Let the stage be the counter. The key of one that was here before stays, for a copy that turns up."""
    before = keys.known_keys(folder)
    if before is not None and before != secrets:
        name = f"{BEFORE}-{hashlib.sha256(before.device).hexdigest()[:8]}"
        keys.keep_office_keys(folder / name, before)
    keys.keep_office_keys(folder, secrets)
    try:
        replacing.replace(folder, at)
    except OSError:
        if not (folder / replacing.READY).exists():
            keys.forget_office_keys(folder)
            if before is not None:
                keys.keep_office_keys(folder, before)
        raise


def _staged(
    folder: Path, wanted: Wanted, now: Callable[[], datetime], *, was: bool
) -> tuple[Made, keys.Keys]:
    """The new records in the stage, and their keys.

    These are kept under the name of the stage until all is whole: so the next call knows what is its own. The
    centre may have let them in by the code whatever came after that: the code is good for no others.
    """
    stage = folder / replacing.STAGE
    earlier = keys.known_keys(stage)
    secrets = keys.office_keys(stage)
    try:
        return _make(folder, secrets, wanted, now, was=was), secrets
    except Refused as refusal:
        if earlier is None and not _enrols(wanted):
            keys.forget_office_keys(stage)
        if earlier is None or not isinstance(refusal, CodeNotGood):
            raise
    # Keys that another code let in, or that were revoked since: this code may be good for new ones.
    replacing.clear(stage)
    secrets = keys.new_keys()
    keys.keep_office_keys(stage, secrets)
    try:
        return _make(folder, secrets, wanted, now, was=was), secrets
    except CodeNotGood:
        keys.keep_office_keys(stage, earlier)
        raise


def _enrols(wanted: Wanted) -> bool:
    """Whether a code goes to a centre."""
    return bool(wanted.code) and wanted.begins.centre is not None


def _make(
    folder: Path, secrets: keys.Keys, wanted: Wanted, now: Callable[[], datetime], *, was: bool
) -> Made:
    office = wanted.begins.office
    made = Book.create(folder / replacing.STAGE, secrets, office, program=__version__, now=now())
    with closing(made) as book:
        furnish(book, wanted)
        at, unlinked = None, None
        if _enrols(wanted):
            try:
                at = _enrol(book, wanted, now)
            except (CentreSilent, CentreStrange) as away:
                unlinked = away
        given = in_order(wanted.given or {}) if at is not None else _known(wanted, was=was)
        # Above what the centre knows of the counter that was here before.
        if at is not None and not greet(book, at, __version__, now):
            raise CentreSilent
        for last in (given, known_serials(folder)):
            if last is not None:
                go_on_above(book, last, now())
    return Made(office, at is not None, unlinked)


def _known(wanted: Wanted, *, was: bool) -> Serials:
    """The numbers given out before, of a counter that the centre did not hear of, and all else it needs."""
    if was:
        raise RecordsLost
    if not wanted.begins.people:
        raise NobodySignsIn
    return ahead(demand_said(wanted.given))


def _enrol(book: Book, wanted: Wanted, now: Callable[[], datetime]) -> Centre:
    there = wanted.begins.centre
    assert there is not None
    return enrol(book, there.url, wanted.code, there.certificate, now())


def _leave_nothing(folder: Path) -> None:
    """Where no records came to be, take away what was made for them."""
    if not Book.exists(folder):
        with suppress(OSError):
            (folder / lock.NAME).unlink(missing_ok=True)
            folder.rmdir()
