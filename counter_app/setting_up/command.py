"""The commands ``setup`` and ``password-hash``."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

from counter_app.central.typing_in import typed_password
from counter_app.domain.refusals import Refused
from counter_app.domain.setting_up import Wanted
from counter_app.setting_up.making import read_all, set_up
from counter_app.setting_up.reading import demand_compared, read_file
from counter_app.wire.passwords import new_password_hash
from counter_app.words.first_run import made_words, read_words
from counter_app.words.say import Both, Language


def read(file: Path, named: tuple[str, int | None], code: str, fingerprint: str) -> Wanted:
    """What a file sets up. ``named``: office and counter. As ``read_file``, ``demand_compared`` refuse."""
    wanted = read_file(file, *named, code, _now())
    demand_compared(file.name, wanted, fingerprint)
    return wanted


def main(folder: Path, wanted: Wanted, language: Language, *, as_json: bool) -> int:
    """Set this counter up, and read what its centre tells; 0 when it is made. Refuses as ``set_up`` does."""
    began = time.monotonic()
    made = set_up(folder, wanted, _now)
    if not as_json:
        for line in made_words(made, wanted, language):
            _print(line)
    read = made.enrolled and _read_all(folder)
    seconds = round(time.monotonic() - began, 1)
    if as_json:
        why = type(made.unlinked).__name__ if made.unlinked else None
        told = {"office": made.office.code, "counter": made.office.counter, "enrolled": made.enrolled}
        print(json.dumps({"ok": True, **told, "unlinked": why, "read": read, "seconds": seconds}))
    elif made.enrolled:
        _print(read_words(seconds if read else None, language))
    return 0


def _read_all(folder: Path) -> bool:
    """Whether all came. The counter is made: what stops this, or Ctrl+C, leaves it to the next contact."""
    try:
        return read_all(folder, _now)
    except (KeyboardInterrupt, Refused):
        return False


def _print(line: Both) -> None:
    print("\n    ".join(filter(None, line)), flush=True)


def hash_password(code: str, *, as_json: bool) -> int:
    """Print the hash of a password, as a set-up file holds it. ``PasswordCommon``."""
    hashed = new_password_hash(typed_password(code), (code,))
    print(json.dumps({"ok": True, "password_hash": hashed}) if as_json else hashed)
    return 0


def _now() -> datetime:
    return datetime.now(UTC)
