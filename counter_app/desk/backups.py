"""Where copies of the data go, what lies there, and making one at once."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.acts import BackupPlacesChosen, NumberGap, RecoveryCodeDrawn
from counter_app.domain.backup import EVERY
from counter_app.domain.backup_refusals import (
    BackupPlaceMissing,
    BackupPlacesAlike,
    BackupPlacesMissing,
)
from counter_app.domain.entry import Kind
from counter_app.domain.numbering import Serials
from counter_app.domain.people import Right, Session
from counter_app.domain.text import clean_text
from counter_app.progress import Watch, unwatched
from counter_app.store import backup, journal, recovery
from counter_app.store.backup import Outcome as Outcome
from counter_app.store.backup import Standing as Standing
from counter_app.store.keys import keys_of

LONGEST_PLACE = 1000


def standing(desk: Desk, session: Session, at: datetime) -> tuple[Standing, ...]:
    """What lies in each place; nothing while none was chosen."""
    demand(desk, session, Right.BACK_UP, at)
    with desk.book.reading() as connection:
        chosen = backup.places(connection)
    return tuple(backup.standing(desk.book, place) for place in chosen)


def choose_places(
    desk: Desk, session: Session, act: UUID, typed: Sequence[str], at: datetime
) -> tuple[Path, ...]:
    """Let copies go to these folders from now on; empty ones are passed over.

    ``BackupPlacesMissing``, ``BackupPlaceMissing``, or ``BackupPlacesAlike``.
    """
    demand(desk, session, Right.CHOOSE_PLACES, at)
    cleaned = (clean_text(text, LONGEST_PLACE) for text in typed)
    chosen = backup.absolute([text for text in cleaned if text])
    if not chosen:
        raise BackupPlacesMissing
    for place in chosen:
        if not place.is_dir():
            raise BackupPlaceMissing(str(place))
    real, own = [place.resolve() for place in chosen], desk.book.folder.resolve()
    if len({*real}) < len(real) or any(place.is_relative_to(own) for place in real):
        raise BackupPlacesAlike
    with desk.book.writing() as page:
        if recorded(page.connection, act, Kind.BACKUP_PLACES_CHOSEN) is None:
            backup.put_places(page, chosen)
            said = BackupPlacesChosen(session.person.code, len(chosen))
            page.record(said, act=act, person=session.person.id, at=at)
    return chosen


def back_up_now(desk: Desk, session: Session, at: datetime, watch: Watch = unwatched) -> tuple[Outcome, ...]:
    """A copy in each place, at once; ``BackupPlacesMissing``.

    ``watch`` is told how many pages of how many are copied; ``BackupStopped`` out of it stops the copies.
    """
    demand(desk, session, Right.BACK_UP, at)
    with desk.book.reading() as connection:
        chosen = backup.places(connection)
    if not chosen:
        raise BackupPlacesMissing
    return backup.back_up_everywhere(desk.book, chosen, at, watch)


def new_recovery_code(desk: Desk, session: Session, act: UUID, at: datetime) -> str:
    """A code that opens copies where this PC's key is not; told this once, and kept by people alone.

    The next copies lie beside keys that only it opens. ``ActUsedElsewhere``: the act has drawn one already.
    """
    demand(desk, session, Right.CHOOSE_PLACES, at)
    code = recovery.new_code()
    sealed = recovery.seal(keys_of(desk.book.folder), code)
    with desk.book.writing() as page:
        recovery.put_sealed_keys(page, sealed)
        drawn = RecoveryCodeDrawn(session.person.code)
        page.record(drawn, act=act, person=session.person.id, at=at)
    return code


def declare_gap(desk: Desk, session: Session, act: UUID, given: Serials, at: datetime) -> bool:
    """Go on above numbers that were given out by what these records have lost; whether that changed anything.

    ``given``: in the order of ``Series``.
    """
    demand(desk, session, Right.BACK_UP, at)
    with desk.book.writing() as page:
        return page.go_on_above(NumberGap(*given), act=act, person=session.person.id, at=at)


class Copying:
    """Copies as they fall due while the program runs: at its start where a place lacks something, then every
    hour in which something was recorded, and as soon as a drawer is sealed. One thread asks.
    """

    def __init__(self, desk: Desk) -> None:
        self._book = desk.book
        self._copied = self._tried = -1
        self._tried_ms: int | None = None

    def copy_if_due(
        self, at: datetime, steady_ms: int, watch: Watch = unwatched, *, closing: bool = False
    ) -> tuple[Outcome, ...]:
        """Make what is due and tell what became of it; empty when nothing is. Blocking.

        ``steady_ms``: the clock that nobody sets. ``closing``: the program ends, so that only a drawer sealed
        since the last good copies is a reason, also where one was tried and failed. For that reason a copy is
        never stopped; any other is by ``BackupStopped`` out of ``watch``, and is due again at the next start.
        """
        with self._book.reading() as connection:
            chosen, entries = backup.places(connection), journal.count(connection)
            if self._tried < 0:
                self._copied = self._tried = backup.entries_everywhere(self._book, chosen)
            owed = backup.closed_since(connection, self._copied)
            untried = backup.closed_since(connection, self._tried)
        hour = self._tried_ms is None or steady_ms - self._tried_ms >= EVERY.total_seconds() * 1000
        due = owed if closing else untried or hour
        if not chosen or entries == self._copied or not due:
            return ()
        self._tried, self._tried_ms = entries, steady_ms
        outcomes = backup.back_up_everywhere(self._book, chosen, at, unwatched if owed else watch)
        if all(one.made for one in outcomes):
            self._copied = entries
        return outcomes
