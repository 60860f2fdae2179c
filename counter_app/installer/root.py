"""A bare Debian in a folder: made once by debootstrap, copied for each use, entered by chroot."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from counter_app.bootstrap import Lacking, tell, watched
from counter_app.installer.ground import BUILD, fresh, tool

SUITE = "bookworm"
PERSON = "clerk"
HOME = f"/home/{PERSON}"
FONT_CACHE = f"{HOME}/.cache/fontconfig"
_BASE, _ROOT = BUILD / "debian", BUILD / "root"
_MADE = "var/lib/apt/lists"
_OF_THE_SYSTEM = {"proc", "sys", "dev"}
_ENVIRONMENT = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}


class Root:
    """A copy of the bare Debian, with a person in it; needs an administrator, debootstrap and unshare."""

    def __init__(self) -> None:
        for name in ("debootstrap", "unshare", "chroot"):
            tool(name)
        if os.geteuid() != 0:
            raise Lacking("This stage enters a Debian of its own: run it as root (sudo).")
        if not (_BASE / _MADE).is_dir():
            tell(f"Making a bare Debian {SUITE} (some minutes, once)")
            watched(
                [tool("debootstrap"), "--variant=minbase", SUITE, str(fresh(_BASE))],
                "The bare Debian could not be made.",
            )
        self.folder = fresh(_ROOT)
        watched(["cp", "-a", "--reflink=auto", f"{_BASE}/.", str(self.folder)], "It could not be copied.")
        self.do("useradd", "--create-home", PERSON)
        # Every program with a window writes there what fontconfig found; on a desktop it is never missing.
        self.do("install", "--directory", "--owner", PERSON, f"{HOME}/.cache", FONT_CACHE)

    def do(self, *command: str) -> None:
        """Carry a command out as the administrator; ``Lacking`` says what it said when it fails."""
        watched(self.inside(command, user="root"), f"{command[0]} failed in the bare Debian.")

    def inside(self, command: Sequence[str], user: str = PERSON, **environment: str) -> list[str]:
        """A command as one that is carried out in it, by a person, and ends when whoever called it does."""
        given = _ENVIRONMENT | {"HOME": HOME} | environment
        return [
            tool("unshare"), "--mount", "--pid", "--fork", "--kill-child", f"--mount-proc={self.folder}/proc",
            tool("chroot"), f"--userspec={user}", str(self.folder),
            "/usr/bin/env", "-i", *(f"{name}={value}" for name, value in given.items()), *command,
        ]  # fmt: skip

    def install(self, deb: Path) -> None:
        """Install a package of which everything that it depends on is here."""
        self.do("dpkg", "--install", self._inside(deb))

    def install_needs(self, deb: Path) -> None:
        """Install what a package depends on, and not the package."""
        self.do("apt-get", "-qq", "update")
        asked = [tool("dpkg-deb"), "--field", str(deb), "Depends"]
        needs = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout
        names = [need.split()[0] for need in needs.split(",")]
        self.do("apt-get", "-qq", "-y", "--no-install-recommends", "install", *names)
        self._inside(deb)

    def files(self) -> set[str]:
        """The paths of all that lies in it."""
        found: set[str] = set()
        for folder, below, names in os.walk(self.folder):
            place = Path("/", Path(folder).relative_to(self.folder))
            if folder == str(self.folder):
                below[:] = [name for name in below if name not in _OF_THE_SYSTEM]
            found.update(str(place / name) for name in (*below, *names))
        return found

    def _inside(self, deb: Path) -> str:
        """Where the package lies in it."""
        there = self.folder / deb.name
        if not there.exists():
            there.write_bytes(deb.read_bytes())
        return f"/{deb.name}"
