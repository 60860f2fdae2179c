"""Makes the records of a new counter: whole or not at all."""

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from counter_app import __version__
from counter_app.desk.setting_up import furnish
from counter_app.domain.refusals import CentreSilent, CentreStrange, DemoKeyRefused, DiskFailed, Refused
from counter_app.domain.setting_up import Made, Wanted
from counter_app.domain.setup_refusals import NobodySignsIn, OfficeThere, RecordsLost
from counter_app.store import keys, lock, replacing
from counter_app.store.book import Book
from counter_app.store.restoring import known_serials
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import greet


def set_up(folder: Path, wanted: Wanted, now: Callable[[], datetime]) -> Made:
    """Make the records of a new counter, enrol it where a code is there and the centre answers; blocking.

    All is made beside its place and takes it as a whole: whoever stops it leaves nothing, or what the next
    call makes good; the same code serves that again. Refuses with ``OfficeThere``, ``RecordsLost``,
    ``DemoKeyRefused``, ``KeyMissing``, ``AlreadyRunning``, ``NobodySignsIn``, ``SetUpFileForeign``, and as
    ``enrol`` does: nothing is made then.
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
        # Under the name of the stage until all is whole: so the next call knows what is its own.
        secrets = keys.office_keys(stage)
        try:
            made = _make(stage, secrets, wanted, now)
        except Refused:
            keys.forget_office_keys(stage)
            raise
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
        raise OfficeThere
    known = keys.known_keys(folder)
    if (known is not None and known != keys.known_keys(stage)) or known_serials(folder):
        raise RecordsLost


def _make(stage: Path, secrets: keys.Keys, wanted: Wanted, now: Callable[[], datetime]) -> Made:
    office = wanted.begins.office
    made = Book.create(stage, secrets, office, program=__version__, now=now())
    with closing(made) as book:
        furnish(book, wanted)
        unlinked = None
        enrolled = False
        if wanted.code and wanted.begins.centre is not None:
            try:
                _enrol(book, wanted, now)
                enrolled = True
            except (CentreSilent, CentreStrange) as away:
                unlinked = away
        if not enrolled and not wanted.begins.people:
            raise NobodySignsIn
    return Made(office, enrolled, unlinked)


def _enrol(book: Book, wanted: Wanted, now: Callable[[], datetime]) -> None:
    """Enrol, and go on above what the centre knows of the counter that was here before."""
    centre = wanted.begins.centre
    assert centre is not None
    at = enrol(book, centre.url, wanted.code, centre.certificate, now())
    greet(book, at, __version__, now)


def _leave_nothing(folder: Path) -> None:
    """Where no records came to be, take away what was made for them."""
    if not Book.exists(folder):
        with suppress(OSError):
            (folder / lock.NAME).unlink(missing_ok=True)
            folder.rmdir()
