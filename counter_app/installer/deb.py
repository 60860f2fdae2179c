"""Stage ``deb``: the bundle as a Debian package, the same bytes from the same bundle."""

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from counter_app import __version__
from counter_app.bootstrap import Lacking, tell, watched
from counter_app.installer.ground import (
    BUILD,
    PAPERS,
    ROOT,
    architecture,
    artefact,
    built_bundle,
    epoch,
    fresh,
    said,
    tool,
)

# What the bundle leaves to the system: the graphics drivers' libraries, fonts' and keyboards' settings.
DEPENDS = ("libgl1", "libegl1", "fontconfig-config", "xkb-data")
_CONTROL = """\
Package: counter-app
Version: {version}
Architecture: {architecture}
Maintainer: counter-app maintainers
Installed-Size: {kilobytes}
Depends: {depends}
Section: misc
Priority: optional
Description: the counter at the window of an electricity office
 Finds the consumer, registers the complaint, takes the payment, prints bill,
 receipt and acknowledgement, in Hindi and English, without a network too.
 What it recorded lies in each person's own data folder and stays there when
 the package is removed.
"""
LICENCES = (ROOT / "LICENSE", ROOT / "resources" / "fonts" / "OFL.txt")
"""The program's own, and its font's."""
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")


def deb() -> Path:
    """Make the package from the bundle; its file. Takes minutes: xz in one thread, which is the smallest."""
    if sys.platform != "linux":
        raise Lacking("A .deb is made on Debian or Ubuntu only.")
    tool("dpkg-deb")
    bundle = built_bundle()
    root = fresh(BUILD / "deb")
    lay_out(bundle, root)
    file = artefact(".deb")
    tell(f"Packing {file.name} (some minutes)")
    pack(root, file)
    return file


def lay_out(bundle: Path, root: Path) -> None:
    """Everything the package puts on a machine, and what it says of itself, below ``root``."""
    shutil.copytree(bundle, root / "opt" / "counter-app", symlinks=True, copy_function=_linked)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / "counter-app").symlink_to("../../opt/counter-app/counter-app")
    for name, place in (
        ("counter-app.desktop", "usr/share/applications"),
        ("counter-app.svg", "usr/share/icons/hicolor/scalable/apps"),
    ):
        (root / place).mkdir(parents=True)
        shutil.copyfile(ROOT / "counter_app" / "installer" / name, root / place / name)
    about = root / "usr" / "share" / "doc" / "counter-app"
    about.mkdir(parents=True)
    for ending in PAPERS:
        shutil.copyfile(artefact(ending), about / f"counter-app{ending}")
    for licence in LICENCES:
        shutil.copyfile(licence, about / licence.name)
    _describe(root)


def _linked(source: str, target: str) -> None:
    """A second name for a file instead of a copy; another disk gets a copy."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _describe(root: Path) -> None:
    files = sorted(file for file in root.rglob("*") if file.is_file() and not file.is_symlink())
    control = root / "DEBIAN"
    control.mkdir()
    glibc = ".".join(map(str, newest_glibc(root)))
    said_of = _CONTROL.format(
        version=__version__,
        architecture=architecture(),
        kilobytes=sum(file.stat().st_size for file in files) // 1024,
        depends=", ".join((f"libc6 (>= {glibc})", *DEPENDS)),
    )
    (control / "control").write_text(said_of, "utf-8")
    # Debian's own list for finding damaged files; it knows no other hash.
    sums = (hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest() for file in files)
    lines = (f"{md5}  {file.relative_to(root)}\n" for md5, file in zip(sums, files, strict=True))
    (control / "md5sums").write_text("".join(lines), "utf-8")


def newest_glibc(folder: Path) -> tuple[int, int]:
    """The newest version of the C library that any program or library below the folder asks for."""
    asked = {(2, 34)}  # Qt's own
    for file in _programs(folder):
        asked.update((int(a), int(b)) for a, b in _GLIBC.findall(said([tool("objdump"), "-T", str(file)])))
    return max(asked)


def _programs(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as opened:
                if opened.read(4) == b"\x7fELF":
                    yield file


def pack(root: Path, file: Path) -> None:
    """The laid out folder as a .deb. Rights and times are the same whoever builds, wherever and when."""
    made_at = epoch()
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (made_at, made_at), follow_symlinks=False)
    watched(
        [
            tool("dpkg-deb"), "--root-owner-group", "-Zxz", "-z6", "--build",
            str(root), str(file),
        ],
        "The package could not be made.",
        os.environ | {"SOURCE_DATE_EPOCH": str(made_at), "DPKG_DEB_THREADS_MAX": "1"},
    )  # fmt: skip
