"""Brings a database to the version of this program: one exclusive transaction a step, resumable."""

from collections.abc import Callable

from sqlalchemy.engine import Connection

from counter_app.domain.refusals import StoreNewer
from counter_app.store.versions import (
    v001,
    v002,
    v003,
    v004,
    v005,
    v006,
    v007,
    v008,
    v009,
    v010,
    v011,
    v012,
    v013,
    v014,
    v015,
    v016,
    v017,
    v018,
    v019,
    v020,
    v021,
    v022,
    v023,
    v024,
    v025,
    v026,
    v027,
)  # fmt: skip

APPLICATION_ID = 0x4354524A  # "CTRJ", so that ``file`` and other people's tools can tell

Step = tuple[str | Callable[[Connection], None], ...]

_IN_ORDER = (
    v001, v002, v003, v004, v005, v006, v007, v008, v009, v010, v011, v012,
    v013, v014, v015, v016, v017, v018, v019, v020, v021, v022, v023, v024, v025, v026,
    v027,
)  # fmt: skip

STEPS: tuple[Step, ...] = tuple(version.STATEMENTS for version in _IN_ORDER)


def version_of(connection: Connection) -> int:
    """The version of a database; 0 when it is empty. ``StoreNewer`` when this program does not know it."""
    version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    connection.rollback()
    if version > len(STEPS):
        raise StoreNewer
    return version


def migrate(connection: Connection) -> None:
    """Take the steps that are missing. A kill at any point leaves a whole version."""
    for number in range(version_of(connection) + 1, len(STEPS) + 1):
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        try:
            for statement in STEPS[number - 1]:
                if callable(statement):
                    statement(connection)
                else:
                    connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
