"""What this machine has: a fitting Python, the system libraries of Qt, a screen, a clock that nobody sets.

Standard library only, and readable by a Python that is too old, so that it can say so.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import sys
import time
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

OLDEST = (3, 11)
BELOW = (3, 16)

# What Qt's libraries are linked against: soname and the Debian package that brings it.
WINDOWLESS = (
    ("libGL.so.1", "libgl1"),
    ("libEGL.so.1", "libegl1"),
    ("libX11.so.6", "libx11-6"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libfreetype.so.6", "libfreetype6"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
    ("libbrotlidec.so.1", "libbrotli1"),
)
# What a window on a screen needs beside them.
WINDOW = (
    ("libwayland-cursor.so.0", "libwayland-cursor0"),
    ("libwayland-egl.so.1", "libwayland-egl1"),
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-image.so.0", "libxcb-image0"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-render-util.so.0", "libxcb-render-util0"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
# What the tests hold the program against: a reader of PDFs, a browser.
FOR_TESTS = (("pdftotext", "poppler-utils"), ("chromium", "chromium"))
_WHERE_DAEMONS_LIE = ("/usr/local/sbin", "/usr/sbin", "/sbin")

# Where SQLite's log may not lie: locks and shared memory do not hold over a network.
NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.glusterfs", "fuse.davfs",
    "network",
})  # fmt: skip
# Gone with the power, or pulled out, and without a journal of their own.
PASSING = frozenset({"tmpfs", "ramfs", "vfat", "msdos", "exfat", "removable", "memory"})
_MOUNTS = Path("/proc/self/mounts")
_WINDOWS_DRIVES = {2: "removable", 3: "fixed", 4: "network", 6: "memory"}

_LINUX_BOOT = Path("/proc/sys/kernel/random/boot_id")
_WINDOWS_BOOT = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"


class Library(NamedTuple):
    """A system library by its soname, and the Debian package that brings it."""

    soname: str
    package: str


class Steady(NamedTuple):
    """The clock that only goes forward: milliseconds since a boot of the machine, time asleep included."""

    ms: int
    boot: UUID


def steady() -> Steady:
    """The steady clock now; where nobody can say which boot this is, it begins with this program run."""
    boot, began_ns = _boot()
    return Steady((_ticks_ns() - began_ns) // 1_000_000, boot)


@lru_cache(maxsize=1)
def _boot() -> tuple[UUID, int]:
    """Which boot this is, and where its time began on the clock that is asked."""
    try:
        return UUID(_LINUX_BOOT.read_text().strip()), 0
    except (OSError, ValueError):
        number = _windows_boot()
        return (uuid5(NAMESPACE_OID, f"Windows boot {number}"), 0) if number else (uuid4(), _ticks_ns())


def _windows_boot() -> int:
    """The number that Windows gives to each boot; 0 where it does not say."""
    if sys.platform != "win32":
        return 0
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _WINDOWS_BOOT) as key:
            return int(winreg.QueryValueEx(key, "BootId")[0])
    except (OSError, ValueError):
        return 0


def _ticks_ns() -> int:
    """Nanoseconds, also of sleep: Linux stops its usual clock then, Windows does not."""
    if sys.platform.startswith("linux"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    return time.monotonic_ns()


def file_system(place: Path) -> str:
    """What kind of file system a folder lies on; on Windows what kind of drive. Empty: nobody knows."""
    if sys.platform == "win32":
        kind = ctypes.windll.kernel32.GetDriveTypeW(place.resolve().anchor)
        return _WINDOWS_DRIVES.get(kind, "")
    try:
        lines = _MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    mounts = [(Path(fields[1].replace("\\040", " ")), fields[2]) for fields in map(str.split, lines)]
    # The deepest is meant, and of two at one place the later, which lies over the other.
    over = [(len(where.parts), kind) for where, kind in mounts if place.resolve().is_relative_to(where)]
    return max(reversed(over), key=lambda one: one[0], default=(0, ""))[1]


def python_fits(version: tuple[int, int] = sys.version_info[:2]) -> bool:
    """Whether this version of Python can run the program."""
    return OLDEST <= version < BELOW


def missing_libraries(window: bool) -> tuple[Library, ...]:
    """The system libraries that cannot be loaded here; with ``window``, those of a real screen too.

    Only Linux leaves them to the system; elsewhere, and in a frozen program, the answer is empty.
    """
    if not sys.platform.startswith("linux") or hasattr(sys, "frozen"):
        return ()
    wanted = WINDOWLESS + WINDOW if window else WINDOWLESS
    return tuple(Library(*pair) for pair in wanted if not _loads(pair[0]))


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def program(name: str) -> str:
    """Where a program of the system lies, also one for which only the administrator looks; empty if none."""
    places = (os.environ.get("PATH", ""), *_WHERE_DAEMONS_LIE)
    return shutil.which(name, path=os.pathsep.join(places)) or ""


def missing_for_tests() -> tuple[str, ...]:
    """The Debian packages of the programs that tests need and that are not here; only Linux has them."""
    if not sys.platform.startswith("linux"):
        return ()
    return tuple(package for name, package in FOR_TESTS if not program(name))


def apt_line(packages: tuple[str, ...]) -> str:
    """The one line to type that installs these Debian packages, for whoever is asking."""
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if is_root():
        return line
    return line.replace("apt-get", "sudo apt-get") if shutil.which("sudo") else f'su -c "{line}"'


def libraries_sentence(window: bool) -> str:
    """Empty when the system libraries load; else what is missing and the one line that installs it."""
    missing = missing_libraries(window)
    if not missing:
        return ""
    sonames = ", ".join(library.soname for library in missing)
    line = apt_line(tuple(library.package for library in missing))
    return f"System libraries are missing ({sonames}). Type this line, then try again:\n  {line}"


def is_root() -> bool:
    """Whether the program runs as the system's administrator (never said on Windows)."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def screen() -> str:
    """The screen a window would open on, or an empty text when there is none."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return chosen
    if not sys.platform.startswith("linux"):
        return sys.platform
    wayland = os.environ.get("WAYLAND_DISPLAY", "")
    if wayland and _answers(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/"), wayland))):
        return wayland
    display = os.environ.get("DISPLAY", "")
    return display if display and _display_answers(display) else ""


def window_possible() -> bool:
    """Whether a window would open on a real screen, so that a screen's libraries are needed too."""
    return screen() not in ("", "offscreen", "minimal")


def _display_answers(display: str) -> bool:
    """Whether an X server listens; Qt would end the whole program when none does."""
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdigit():
        return False
    if host in ("", "unix"):
        place = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - X11 fixes the place; only looked for
        return _answers(place) or _answers("\0" + place)
    try:
        with socket.create_connection((host.strip("[]"), 6000 + int(number)), timeout=2):
            return True
    except OSError:
        return False


def _answers(place: str) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(2)
            line.connect(place)
    except OSError:
        return False
    return True
