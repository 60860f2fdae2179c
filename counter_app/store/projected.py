"""What the rows of several kinds of entries share: serials, print jobs, the clock of a header."""

from datetime import datetime

from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.domain.acts import CopyAsked, PaperState
from counter_app.domain.days import from_millis
from counter_app.domain.entry import Header
from counter_app.domain.numbering import Series
from counter_app.store.journal import signed
from counter_app.store.tables import paper_jobs, serials

# Constant text, nothing to compile: each of these runs with whatever is recorded.
_LAST = "SELECT last FROM serials WHERE series = ?"
_EVERY_LAST = "SELECT series, last FROM serials"


class DoesNotFollow(ValueError):
    """An act that cannot come now: a serial out of turn, a drawer or print job that is not there."""


def last_serial(connection: Connection, series: Series) -> int:
    """The serial given last in a series; 0 before the first."""
    return _serial(connection, _series_name(series))


def last_serials(connection: Connection) -> tuple[int, ...]:
    """The serial given last in each series, in the order of ``Series``."""
    found = {row[0]: row[1] for row in connection.exec_driver_sql(_EVERY_LAST)}
    return tuple(found.get(_series_name(series), 0) for series in Series)


def last_gap(connection: Connection, series: Series) -> int:
    """The serial up to which numbers may be missing here, as an entry says; 0 when there is no such entry."""
    return _serial(connection, _above(series))


def take_serial(connection: Connection, series: Series, serial: int) -> None:
    """Give out the next serial of a series, and no other."""
    last = last_serial(connection, series)
    if serial != last + 1:
        raise DoesNotFollow(f"serial {serial} does not follow {last}")
    _put_serial(connection, _series_name(series), serial)


def go_on_above(connection: Connection, series: Series, given: int) -> None:
    """The next serial of a series comes above one that is not here."""
    if given > last_serial(connection, series):
        _put_serial(connection, _series_name(series), given)
        _put_serial(connection, _above(series), given)


def add_job(connection: Connection, header: Header, asked: CopyAsked) -> None:
    """A print job under the act of the entry."""
    connection.execute(
        paper_jobs.insert(),
        {
            "job": header.act,
            "paper": asked.paper,
            "subject": asked.subject,
            "consumer": asked.consumer,
            "month": asked.month,
            "copy": asked.copy,
            "reason": asked.reason,
            "state": PaperState.WAITING,
            "printer": "",
            "asked_at": at(header),
            "segment": signed(header.place.segment),
        },
    )


def at(header: Header) -> datetime:
    """The clock of an entry."""
    return from_millis(header.wall_ms)


def word_age(header: Header, entry_hash: bytes) -> bytes:
    """What sorts words of the bank about one tender, wherever they are heard: the last one holds.

    By the device's running total, its clock, and its count; the hash, for clones that agree in all of these.
    Another device's header may hold any number: below nothing is as good as nothing.
    """
    counted = header.running_total, header.wall_ms, header.place.seq
    return b"".join(max(one, 0).to_bytes(8, "big") for one in counted) + entry_hash


def _serial(connection: Connection, name: str) -> int:
    return connection.exec_driver_sql(_LAST, (name,)).scalar() or 0


def _put_serial(connection: Connection, name: str, serial: int) -> None:
    put = insert(serials).values(series=name, last=serial)
    connection.execute(put.on_conflict_do_update(index_elements=["series"], set_={"last": serial}))


def _series_name(series: Series) -> str:
    return series.name.lower()


def _above(series: Series) -> str:
    return f"{_series_name(series)} gap"
