"""Makes the records of a new counter: whole or not at all."""

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from counter_app import __version__
from counter_app.desk.setting_up import furnish
from counter_app.domain.refusals import (
    CentreSilent,
    CentreStrange,
    CodeNotGood,
    DemoKeyRefused,
    DiskFailed,
    Refused,
)
from counter_app.domain.setting_up import Made, Wanted
from counter_app.domain.setup_refusals import NobodySignsIn, OfficeThere, RecordsLost
from counter_app.store import keys, lock, replacing
from counter_app.store.book import Book
from counter_app.store.centre import Centre
from counter_app.store.restoring import known_serials
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import greet


def set_up(folder: Path, wanted: Wanted, now: Callable[[], datetime]) -> Made:
    """Make the records of a new counter, enrol it where a code is there and the centre answers; blocking.

    All is made beside its place and takes it as a whole: whoever stops it leaves nothing, or what the next
    call makes good; the same code serves that again. Refuses with ``OfficeThere``, ``RecordsLost``,
    ``DemoKeyRefused``, ``KeyMissing``, ``AlreadyRunning``, ``NobodySignsIn``, ``SetUpFileForeign``, as
    ``enrol`` does, and with ``CentreSilent`` when the centre let the counter in but did not say its numbers:
    nothing is made then.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise DiskFailed from fault
    held = lock.InstanceLock(folder)
    stage = folder / replacing.STAGE
    try:
        replacing.finish(folder)
        _demand_bare(folder, stage)
        replacing.clear(stage)
        made, secrets = _staged(stage, wanted, now)
        keys.keep_office_keys(folder, secrets)
        replacing.replace(folder, now())
        keys.forget_office_keys(stage)
    except OSError as fault:
        raise DiskFailed from fault
    finally:
        replacing.clear(stage)
        held.release()
        _leave_nothing(folder)
    return made


def _demand_bare(folder: Path, stage: Path) -> None:
    """Refuse where something is, or was: its numbers must not be given out again."""
    if keys.is_demo(folder):
        raise DemoKeyRefused
    if Book.exists(folder):
        keys.forget_office_keys(stage)
        raise OfficeThere
    known = keys.known_keys(folder)
    if (known is not None and known != keys.known_keys(stage)) or known_serials(folder):
        raise RecordsLost


def _staged(stage: Path, wanted: Wanted, now: Callable[[], datetime]) -> tuple[Made, keys.Keys]:
    """The new records in the stage, and their keys.

    These are kept under the name of the stage until all is whole: so the next call knows what is its own. The
    centre may have let them in by the code whatever came after that: the code is good for no others.
    """
    earlier = keys.known_keys(stage)
    secrets = keys.office_keys(stage)
    try:
        return _make(stage, secrets, wanted, now), secrets
    except Refused as refusal:
        if not _enrols(wanted):
            keys.forget_office_keys(stage)
        if earlier is None or not isinstance(refusal, CodeNotGood):
            raise
    # Keys that another code let in, or that were revoked since: this code may be good for new ones.
    replacing.clear(stage)
    secrets = keys.new_keys()
    keys.keep_office_keys(stage, secrets)
    try:
        return _make(stage, secrets, wanted, now), secrets
    except CodeNotGood:
        keys.keep_office_keys(stage, earlier)
        raise


def _enrols(wanted: Wanted) -> bool:
    """Whether a code goes to a centre."""
    return bool(wanted.code) and wanted.begins.centre is not None


def _make(stage: Path, secrets: keys.Keys, wanted: Wanted, now: Callable[[], datetime]) -> Made:
    office = wanted.begins.office
    made = Book.create(stage, secrets, office, program=__version__, now=now())
    with closing(made) as book:
        furnish(book, wanted)
        at, unlinked = None, None
        if _enrols(wanted):
            try:
                at = _enrol(book, wanted, now)
            except (CentreSilent, CentreStrange) as away:
                unlinked = away
        if at is None and not wanted.begins.people:
            raise NobodySignsIn
        # Above what the centre knows of the counter that was here before.
        if at is not None and not greet(book, at, __version__, now):
            raise CentreSilent
    return Made(office, at is not None, unlinked)


def _enrol(book: Book, wanted: Wanted, now: Callable[[], datetime]) -> Centre:
    centre = wanted.begins.centre
    assert centre is not None
    return enrol(book, centre.url, wanted.code, centre.certificate, now())


def _leave_nothing(folder: Path) -> None:
    """Where no records came to be, take away what was made for them."""
    if not Book.exists(folder):
        with suppress(OSError):
            (folder / lock.NAME).unlink(missing_ok=True)
            folder.rmdir()
