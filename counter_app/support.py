"""``counter-app support``: what somebody who helps from afar has to see, in one file, and of nobody.

In it are the doctor's findings without places, which may have people's names, the versions, and the log.
"""

import io
import json
import platform
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app import doctor, log
from counter_app.domain.refusals import FileThere, FileUnwritable
from counter_app.whole_file import WholeFile
from counter_app.words.say import N_, Language, both

if TYPE_CHECKING:
    from counter_app.domain.checkup import Finding

_MADE = (1980, 1, 1, 0, 0, 0)


def main(folder: Path, file: Path, language: Language, *, as_json: bool) -> int:
    """Write the file and say where it lies; 0. Refuses as ``write``."""
    write(folder, file, datetime.now(UTC))
    if as_json:
        print(json.dumps({"ok": True, "file": str(file)}, ensure_ascii=False))
    else:
        for words in (
            both(N_("The file lies here: {file}"), language, file=file),
            both(N_("In it are checks, versions and the log; no consumer, no secret."), language),
        ):
            print("\n    ".join(filter(None, words)))
    return 0


def write_beside(folder: Path, now: datetime) -> Path:
    """Write the file of a data folder among its papers; where it lies. Refuses as ``write``."""
    file = folder / "papers" / f"support-{now:%Y%m%dT%H%M%SZ}.zip"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise FileUnwritable(str(file)) from fault
    write(folder, file, now)
    return file


def write(folder: Path, file: Path, now: datetime) -> None:
    """Write what a data folder's program tells of itself into a ZIP; ``FileThere``, ``FileUnwritable``.

    Also beside the window, and when the records cannot be opened.
    """
    if file.exists():
        raise FileThere(file.name)
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in _parts(folder, now):
            out.writestr(zipfile.ZipInfo(name, _MADE), text, zipfile.ZIP_DEFLATED)
    try:
        with WholeFile(file) as whole:
            whole.write(body.getvalue())
            whole.keep()
    except OSError as fault:
        raise FileUnwritable(str(file)) from fault


def _parts(folder: Path, now: datetime) -> Iterator[tuple[str, bytes]]:
    yield "doctor.json", _json([_told(finding) for finding in doctor.findings(folder, now)])
    yield "versions.json", _json(_versions())
    for written in log.files(folder):
        try:
            yield f"logs/{written.name}", written.read_bytes()
        except OSError as fault:  # the window may just be going on to its next file
            yield f"logs/{written.name}", f"unreadable {type(fault).__name__}\n".encode()


def _told(finding: "Finding") -> dict[str, str]:
    return {
        "name": finding.name,
        "value": finding.value,
        "state": finding.state,
        "english": finding.english,
    }


def _versions() -> dict[str, object]:
    """The system, and every package that is here; program, Python and SQLite the doctor names."""
    packages = {one.name: one.version for one in distributions()}
    return {"system": platform.platform(), "packages": dict(sorted(packages.items()))}


def _json(what: object) -> bytes:
    return json.dumps(what, ensure_ascii=False, indent=1).encode() + b"\n"
