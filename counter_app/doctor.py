"""``counter-app doctor``: what this machine has, and what the program lacks on it."""

import json
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app import __version__, machine
from counter_app.domain.checkup import Finding, State
from counter_app.domain.refusals import KeyMissing, Refused, StoreDamaged
from counter_app.resources import resource
from counter_app.words.dates import stamp
from counter_app.words.say import N_, Language, say

if TYPE_CHECKING:
    from counter_app.store.backup import Standing

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

LATE = timedelta(days=1)
INSTALL_AGAIN = N_("A part of the program is missing or too old. Install the program again.")


def main(folder: Path, language: Language, *, as_json: bool) -> int:
    """Print every finding, and for what is not fine how to repair it; 0 when nothing is in the way of the
    work, else 1.
    """
    found = findings(folder, datetime.now(UTC))
    if as_json:
        print(json.dumps([asdict(finding) for finding in found], ensure_ascii=False))
        return int(any(finding.state is State.FAULT for finding in found))
    for finding in found:
        print(f"{finding.state:5}  {finding.name:18} {finding.value}  {finding.where}".rstrip())
        said = (finding.hindi, finding.english) if language is Language.HINDI else (finding.english,)
        for line in filter(None, said):
            print(f"       {line}")
    return int(any(finding.state is State.FAULT for finding in found))


def findings(folder: Path, now: datetime) -> tuple[Finding, ...]:
    """Everything looked at, for a counter whose data lies in ``folder``."""
    found = [Finding("program", __version__), _python(), *_packages(), _system_libraries()]
    looked = *map(_looked, (_sqlite, _fonts, _printers)), _looked(_key_store, folder)
    disk = (_data(folder), _file_system(folder), _free_space(folder))
    try:
        records = tuple(_records(folder, now))
    except ImportError as missing:
        records = (_bad("records", "", INSTALL_AGAIN, where=str(missing)),)
    return (*found, *looked, _screen(), *disk, *records)


def _bad(
    name: str, value: str, text: str, state: State = State.FAULT, where: str = "", **facts: str
) -> Finding:
    """A finding that is not fine; ``text`` says in English what is wrong and how to repair it."""
    hindi, english = (say(text, language, **facts) for language in (Language.HINDI, Language.ENGLISH))
    return Finding(name, value, state, where, hindi, english)


def _refused(name: str, refusal: Refused) -> Finding:
    from counter_app.words.refusals import sentence

    said = sentence(refusal, Language.HINDI)
    return Finding(name, "", State.FAULT, "", said.lead, said.second)


def _looked(look: Callable[..., Finding], *at: Path) -> Finding:
    """A look that needs a package or library which may be what is missing."""
    try:
        return look(*at)
    except (ImportError, OSError) as missing:
        name = look.__name__.strip("_").replace("_", " ")
        return _bad(name, "", INSTALL_AGAIN, where=str(missing))


def _python() -> Finding:
    here = platform.python_version()
    if machine.python_fits():
        return Finding("python", here, where=sys.executable)
    text = N_("This Python does not fit. Install one from {oldest} on and below {below}, then try again.")
    oldest, below = (".".join(map(str, version)) for version in (machine.OLDEST, machine.BELOW))
    return _bad("python", here, text, where=sys.executable, oldest=oldest, below=below)


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, version(name))
        except PackageNotFoundError:
            yield _bad(name, "", INSTALL_AGAIN)


def _system_libraries() -> Finding:
    missing = machine.missing_libraries(window=machine.window_possible())
    if not missing:
        return Finding("system libraries", "")
    line = machine.apt_line(tuple(library.package for library in missing))
    names = ", ".join(library.soname for library in missing)
    return _bad("system libraries", names, N_("Libraries are missing. Type this line: {line}"), line=line)


def _sqlite() -> Finding:
    from counter_app.store.engine import OLDEST_SQLITE, sqlite_version

    text = ".".join(map(str, sqlite_version()))
    return (
        Finding("sqlite", text) if sqlite_version() >= OLDEST_SQLITE else _bad("sqlite", text, INSTALL_AGAIN)
    )


def _fonts() -> Finding:
    from counter_app.documents.fonts import FONT_FILES

    missing = [file.name for file in FONT_FILES.values() if not file.is_file()]
    where = str(resource("fonts"))
    return (
        _bad("fonts", ", ".join(missing), INSTALL_AGAIN, where=where)
        if missing
        else Finding("fonts", "", where=where)
    )


def _printers() -> Finding:
    from counter_app.printing.printers import hindrance, printers

    names = printers()
    if not names:
        text = N_("No printer is installed; papers become PDF files. Install one in the system's settings.")
        return _bad("printers", "0", text, State.NOTE)
    waiting = [name for name in names if hindrance(name) is not None]
    if waiting:
        text = N_("A printer does not print now. See that it is on, connected and has paper.")
        return _bad("printers", str(len(names)), text, State.NOTE, ", ".join(waiting))
    return Finding("printers", str(len(names)), where=", ".join(names))


def _key_store(folder: Path) -> Finding:
    from counter_app.domain.refusals import KeyringMissing
    from counter_app.store.keys import demand_keyring, is_locked

    if is_locked():
        text = N_("The keyring is locked. Setting up or opening the counter asks for its password.")
        return _bad("key store", "locked", text, State.NOTE)
    with suppress(KeyringMissing):
        return Finding("key store", demand_keyring(folder))
    text = N_(
        "This system keeps no keys, so only the demo office can be opened. "
        "Install a keyring (gnome-keyring) and sign in to the desktop with a password."
    )
    return _bad("key store", "", text, State.NOTE)


def _screen() -> Finding:
    screen = machine.screen()
    if screen:
        return Finding("screen", screen)
    text = N_("There is no screen here. Connect one, or try the demo with --headless.")
    return _bad("screen", "", text, State.NOTE)


def _data(folder: Path) -> Finding:
    where = str(folder)
    if not folder.is_dir():
        return _bad(
            "data folder", "", N_("No data is here yet; the first start makes it."), State.NOTE, where
        )
    megabytes = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) // 1_000_000
    return Finding("data folder", f"{megabytes} MB", where=where)


def _nearest(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())


def _file_system(folder: Path) -> Finding:
    kind = machine.file_system(_nearest(folder))
    if kind in machine.NETWORK:
        text = N_(
            "The data lies on a network drive and can be damaged there. Move its folder to a disk of this PC."
        )
        return _bad("file system", kind, text)
    if kind in machine.PASSING:
        text = N_(
            "The data lies where it may be lost (memory, pen drive). Move its folder to a disk of this PC."
        )
        return _bad("file system", kind, text, State.NOTE)
    return Finding("file system", kind)


def _free_space(folder: Path) -> Finding:
    free_mb = shutil.disk_usage(_nearest(folder)).free // 1_000_000
    if free_mb >= FREE_MB:
        return Finding("free space", f"{free_mb} MB")
    text = N_("The disk is nearly full; no money is taken. Delete or move what is not needed.")
    return _bad("free space", f"{free_mb} MB", text)


def _records(folder: Path, now: datetime) -> Iterator[Finding]:
    """What the records tell: their version and soundness, the clock, the copies."""
    from counter_app.store import keys, looking
    from counter_app.store.book import Book

    if not Book.exists(folder):
        return
    if not keys.is_demo(folder) and keys.is_locked():
        text = N_(
            "The keyring is locked, so the records were not looked at. Open the counter, then try again."
        )
        yield _bad("records", "", text, State.NOTE)
        return
    try:
        known = keys.known_keys(folder)
        if known is None:
            raise KeyMissing
        stands = looking.version(folder, known)
        if stands < looking.NEWEST_VERSION:
            text = N_(
                "The records are an older program's. The next start of the window brings them up to date."
            )
            yield _bad("schema version", str(stands), text, State.NOTE)
            return
        yield Finding("schema version", str(stands))
        records = looking.look(folder, known, __version__, now)
    except Refused as refusal:
        yield _refused("records", refusal)
        return
    if records.damage:
        yield _refused("records", StoreDamaged(records.damage))
    else:
        yield Finding("records", f"{records.entries}")
    if records.doubt is None:
        yield Finding("clock", stamp(now))
    else:
        text = N_(
            "Something stands against the PC's clock. Set it, or let the supervisor decide: "
            "type clock on Home."
        )
        yield _bad("clock", stamp(now), text, State.FAULT if records.doubt.stops(now) else State.NOTE)
    yield from _copies(records.copies, records.entries, now)


def _copies(copies: "tuple[Standing, ...]", entries: int, now: datetime) -> Iterator[Finding]:
    if not copies:
        text = N_(
            "No place for copies is chosen: the records lie on this PC alone. Choose two: "
            "type backup on Home."
        )
        yield _bad("backups", "0", text, State.NOTE)
    for one in copies:
        told = stamp(one.newest.at) if one.newest else ""
        if one.free_mb is None:
            text = N_(
                "The folder for copies is not there. Connect the drive, or choose another: "
                "type backup on Home."
            )
            yield _bad("backups", told, text, State.NOTE, str(one.place))
        elif one.newest is None:
            text = N_("No copy is there yet. Make one now: type backup on Home, then 1.")
            yield _bad("backups", told, text, State.NOTE, str(one.place))
        elif one.newest.entries < entries and now - one.newest.at > LATE:
            text = N_(
                "The newest copy is more than a day old, and work has come since. "
                "Make one now: type backup on Home, then 1."
            )
            yield _bad("backups", told, text, State.NOTE, str(one.place))
        elif one.same_disk:
            text = N_("The copies lie on the disk of the data: both would be lost together. Choose another.")
            yield _bad("backups", told, text, State.NOTE, str(one.place))
        else:
            yield Finding("backups", told, where=str(one.place))
