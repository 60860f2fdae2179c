"""Where the stages work, what they are named after, and the programs they call."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from counter_app import __version__
from counter_app.bootstrap import Lacking
from counter_app.machine import program

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
DIST = ROOT / "dist"
BUNDLE = BUILD / "bundle" / "counter-app"
PAPERS = (".cdx.json", ".requirements.txt")
ENTRY = "counter-app.exe" if sys.platform == "win32" else "counter-app"

_FROM_DEBIAN = {
    "objdump": "binutils",
    "strip": "binutils",
    "dpkg": "dpkg",
    "dpkg-deb": "dpkg",
    "debootstrap": "debootstrap",
    "unshare": "util-linux",
    "chroot": "coreutils",
    "Xvfb": "xvfb",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
}


def tool(name: str) -> str:
    """Where a program of the build lies; ``Lacking`` says how to get it."""
    found = program(name)
    if found:
        return found
    package = _FROM_DEBIAN.get(name)
    get = f" Debian has it:  apt-get install {package}" if package else ""
    raise Lacking(f"{name} is needed for this stage and is not on this machine.{get}")


@cache
def architecture() -> str:
    """This machine as Debian names it (``amd64``), or as Windows does."""
    if sys.platform == "win32":
        return os.environ.get("PROCESSOR_ARCHITECTURE", "amd64").lower()
    return said([tool("dpkg"), "--print-architecture"]).strip()


def artefact(ending: str) -> Path:
    """A file that is given away: ``dist/counter-app_0.1.0_amd64.deb`` for ``.deb``."""
    DIST.mkdir(exist_ok=True)
    return DIST / f"counter-app_{__version__}_{architecture()}{ending}"


def epoch() -> int:
    """The one time that everything built here bears, SOURCE_DATE_EPOCH in seconds, else the last commit's."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    try:
        return int(said(["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]))
    except (OSError, subprocess.CalledProcessError, ValueError):
        raise Lacking(
            "The time that the files shall bear is not known: build from a git checkout, "
            "or set SOURCE_DATE_EPOCH to seconds since 1970."
        ) from None


def said(command: Sequence[str]) -> str:
    """What a command prints; ``CalledProcessError`` when it fails."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=True)
    return done.stdout


def fresh(folder: Path) -> Path:
    """The folder, empty."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def built_bundle() -> Path:
    """The folder that stage ``bundle`` made, its papers beside it; ``Lacking`` when it did not."""
    made = (BUNDLE / ENTRY, *map(artefact, PAPERS))
    if not all(file.is_file() for file in made):
        raise Lacking("There is no bundle yet. Make it first:  python3 build_installer.py bundle")
    return BUNDLE
