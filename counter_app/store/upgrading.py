"""A database of an older program is copied before the first step that changes it."""

import shutil
from pathlib import Path

from counter_app.domain.refusals import DiskFailed, DiskFull
from counter_app.progress import unwatched
from counter_app.store.engine import Connections
from counter_app.store.migrate import STEPS, migrate, version_of
from counter_app.whole_file import UNFINISHED, flush_folder, make_private

SPARE_BYTES = 64 << 20


def upgrade(connections: Connections, file: Path) -> None:
    """Bring a database to this program's version; one that was at another before lies copied beside it.

    The copy of the upgrade before goes. ``DiskFull`` when there is no room for copy and steps, and nothing is
    changed then; ``StoreNewer``.
    """
    with connections.reader() as connection:
        version = version_of(connection)
        connection.exec_driver_sql("BEGIN")
    if version not in {0, len(STEPS)}:
        try:
            _copy(connections, file, version)
        except OSError as fault:
            raise DiskFailed from fault
    migrate(connections.writer())


def _copy(connections: Connections, file: Path, version: int) -> None:
    size, free = file.stat().st_size, shutil.disk_usage(file.parent).free
    if free < 2 * size + SPARE_BYTES:
        raise DiskFull(free >> 20)
    kept = file.with_name(f"before-upgrade-{version}.backup")
    part = kept.with_name(f"{kept.name}{UNFINISHED}")
    try:
        part.unlink(missing_ok=True)
        make_private(part)
        connections.copy_into(part, unwatched)
        part.replace(kept)
        flush_folder(kept.parent)
    finally:
        part.unlink(missing_ok=True)
    for old in kept.parent.glob("before-upgrade-*.backup"):
        if old != kept:
            old.unlink()
