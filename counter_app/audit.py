"""``counter-app verify`` without a file: this counter's own data, checked by the program itself."""

import json
from datetime import UTC, datetime
from pathlib import Path

from counter_app import __version__, verify
from counter_app.domain.refusals import FileUnreadable, StoreDamaged
from counter_app.store import journal, keys, projections
from counter_app.store.book import Book


def verify_folder(folder: Path, *, as_json: bool) -> int:
    """Check chain and signatures, every row against the journal, the second file, and all of it once
    more by the second implementation; 0 when all is well, else 1.

    Changes nothing, and may be done while the counter is at work. ``FileUnreadable`` when no data is there.
    """
    entries, faults = _look(folder)
    if as_json:
        print(json.dumps({"ok": not faults, "entries": entries, "faults": faults}))
    else:
        print("\n".join([*faults, f"{entries} entries checked, {len(faults)} faults found."]))
    return 1 if faults else 0


def _look(folder: Path) -> tuple[int, list[str]]:
    """How many entries were checked, and one line for each thing that is not as it was recorded."""
    if not Book.exists(folder):
        raise FileUnreadable(str(folder))
    secrets = keys.demo_keys(folder) if keys.is_demo(folder) else keys.office_keys(folder)
    try:
        book = Book.open(folder, secrets, program=__version__, now=datetime.now(UTC), reading_only=True)
    except StoreDamaged as damage:
        return 0, [damage.what]
    try:
        faults = [book.start.damage] if book.start.damage else []
        if book.start.anchor == "missing":
            faults.append("second file: missing")
        with book.reading() as connection:
            entries = journal.check(connection, book.public_key)
            faults += projections.rebuild_and_compare(connection)
            if entries:
                faults += verify.verify_lines(journal.export(connection)).faults
        return entries, faults
    except StoreDamaged as damage:
        return 0, [damage.what]
    finally:
        book.close()
