"""``counter-app doctor``: what this machine has, and what the program lacks on it."""

import json
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from counter_app import __version__, machine
from counter_app.resources import resource

PACKAGES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "sqlcipher3",
    "fpdf2",
    "uharfbuzz",
    "msgspec",
    "cryptography",
    "keyring",
)
FREE_MB = 200
"""Below this the counter takes no money."""


class State(StrEnum):
    """How a finding stands: fine, worth knowing, or in the way of the work."""

    OK = "ok"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name, what was found, how it stands."""

    name: str
    value: str
    state: State = State.OK


def main(folder: Path, *, as_json: bool) -> int:
    """Print every finding; 0 when nothing is in the way of the work, else 1."""
    found = findings(folder)
    if as_json:
        print(json.dumps([asdict(finding) for finding in found], ensure_ascii=False))
    else:
        for finding in found:
            print(f"{finding.state:5}  {finding.name:18} {finding.value}")
    return int(any(finding.state is State.FAULT for finding in found))


def findings(folder: Path) -> tuple[Finding, ...]:
    """Everything looked at, for a counter whose data lies in ``folder``."""
    found = [Finding("program", __version__), _python(), *_packages(), _system_libraries()]
    looked = map(_looked, (_sqlite, _fonts, _printers, _key_store))
    return (*found, *looked, _screen(), _data(folder), _free_space(folder))


def _looked(look: Callable[[], Finding]) -> Finding:
    """A look that needs a package or library which may be what is missing."""
    try:
        return look()
    except (ImportError, OSError) as missing:
        return Finding(look.__name__.strip("_").replace("_", " "), str(missing), State.FAULT)


def _python() -> Finding:
    fits = machine.python_fits()
    return Finding(
        "python", f"{platform.python_version()} ({sys.executable})", State.OK if fits else State.FAULT
    )


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, version(name))
        except PackageNotFoundError:
            yield Finding(name, "not installed", State.FAULT)


def _system_libraries() -> Finding:
    lacking = machine.libraries_sentence(window=machine.window_possible())
    return Finding("system libraries", lacking or "all there", State.FAULT if lacking else State.OK)


def _sqlite() -> Finding:
    from counter_app.store.engine import OLDEST_SQLITE, sqlite_version

    here, oldest = sqlite_version(), OLDEST_SQLITE
    text = ".".join(map(str, here))
    if here >= oldest:
        return Finding("sqlite", text)
    return Finding("sqlite", f"{text}; safe from {'.'.join(map(str, oldest))}", State.FAULT)


def _fonts() -> Finding:
    from counter_app.documents.fonts import FONT_FILES

    missing = [str(file) for file in FONT_FILES.values() if not file.is_file()]
    if missing:
        return Finding("fonts", f"not there: {', '.join(missing)}", State.FAULT)
    return Finding("fonts", str(resource("fonts")))


def _printers() -> Finding:
    from counter_app.printing.printers import printers

    names = printers()
    return Finding(
        "printers", ", ".join(names) or "none; papers become PDF files", State.OK if names else State.NOTE
    )


def _key_store() -> Finding:
    import keyring

    backend = keyring.get_keyring()
    if backend.priority > 0:
        return Finding("key store", backend.name)
    return Finding("key store", "none; only the demo office can be opened", State.NOTE)


def _screen() -> Finding:
    screen = machine.screen()
    return Finding(
        "screen", screen or "none; demo --headless works without", State.OK if screen else State.NOTE
    )


def _data(folder: Path) -> Finding:
    if not folder.is_dir():
        return Finding("data folder", f"{folder} (not there yet)", State.NOTE)
    megabytes = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) // 1_000_000
    return Finding("data folder", f"{folder} ({megabytes} MB)")


def _free_space(folder: Path) -> Finding:
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    free_mb = shutil.disk_usage(nearest).free // 1_000_000
    return Finding("free space", f"{free_mb} MB", State.OK if free_mb >= FREE_MB else State.FAULT)
