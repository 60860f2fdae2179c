"""Stage ``check``: the package in a bare Debian does what the source tree does, and goes without a trace."""

import re
import statistics
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from counter_app.bootstrap import Lacking, tell
from counter_app.installer.ground import BUILD, ROOT, artefact, fresh, said, tool
from counter_app.installer.packages import python
from counter_app.installer.root import FONT_CACHE, HOME, Root
from counter_app.installer.screen import Picture, Screen, unlike

SEEN = BUILD / "check"
ALIKE = 0.01
"""So small a share of the pixels may differ: the time, and where the data lies, stand on the page."""

_OFFICE = ("--consumers", "300", "--seed", "1")
_PATIENCE_S, _STILL_S, _POLL_S = 120, 3.0, 0.02
# What is another on every paper: the time, what is drawn from an entry's hash, the code to close a complaint.
_PASSING = re.compile(r"\d\d:\d\d|(?<=\d-)[0-9A-HJKMNP-TV-Z]{3}\b|(?<= )\d{6}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is not as it should be, what stays behind when the package is removed, and how much longer than
    the source tree the installed program takes to show its first page.
    """

    faults: tuple[str, ...]
    left_behind: tuple[str, ...]
    start_ratio: float


class _Program(Protocol):
    """A way to call the program. Below ``home`` lie its data and papers as seen from outside; ``papers`` is
    what it calls their folder itself.
    """

    home: Path
    papers: str

    def command(self, *words: str, **environment: str) -> list[str]:
        """The words as a command of this machine."""


class _Installed:
    def __init__(self, root: Root) -> None:
        self._root, self.home, self.papers = root, root.folder / HOME[1:], f"{HOME}/papers"

    def command(self, *words: str, **environment: str) -> list[str]:
        return self._root.inside(("counter-app", *words, "--data", f"{HOME}/office"), **environment)


class _Tree:
    def __init__(self, packages_of: Path) -> None:
        # The window tells where its data lies: a place with a name as short as the installed one's.
        self._folder = TemporaryDirectory(prefix="tree")
        self._python, self.home = packages_of, Path(self._folder.name)
        self.papers = f"{self.home}/papers"

    def command(self, *words: str, **environment: str) -> list[str]:
        given = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(self.home)} | environment
        settings = (f"{name}={value}" for name, value in given.items())
        call = (str(self._python), "-m", "counter_app", *words, "--data", f"{self.home}/office")
        return ["/usr/bin/env", "-i", *settings, *call]


def built_deb() -> Path:
    """The package that stage ``deb`` made; ``Lacking`` when it did not."""
    file = artefact(".deb")
    if not file.is_file():
        raise Lacking("There is no package yet. Make it first:  python3 build_installer.py bundle deb")
    return file


def check(deb: Path, packages_of: Path | None = None, starts: int = 3) -> Checked:
    """Install a package in a bare Debian, hold it against this source tree, remove it.

    The tree runs with the packages of a Python, the build's own unless another is named.
    """
    for name in ("Xvfb", "dpkg-deb", "pdftotext", "pdftoppm"):
        tool(name)
    root, tree = Root(), _Tree(packages_of or python())
    tell("Installing what the package depends on")
    root.install_needs(deb)
    before = root.files()
    root.install(deb)
    installed = _Installed(root)
    tell("Walking the demo office, installed and in the source tree")
    faults = [*_walked(installed), *_walked(tree), *_papers(installed.home, tree.home)]
    tell("Opening the window, installed and in the source tree")
    share, ratio = _windows(installed, tree, starts)
    if share > ALIKE:
        faults.append(f"The window is another: {share:.1%} of its pixels. Pictures lie in {SEEN}")
    root.do("dpkg", "--purge", "counter-app")
    if not (installed.home / "office" / "counter.db").is_file():
        faults.append("The data went with the package.")
    own = (f"{HOME}/office", f"{HOME}/papers", FONT_CACHE)
    left = tuple(sorted(path for path in root.files() - before if not path.startswith(own)))
    return Checked((*faults, *(f"Left behind: {path}" for path in left)), left, ratio)


# -- papers ------------------------------------------------------------------------------------------


def _walked(program: _Program) -> Iterator[str]:
    """Walk the main job; what went wrong."""
    command = program.command("demo", "--headless", "--out", program.papers, *_OFFICE)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        yield f"The walk ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-300:]}"


def _papers(installed: Path, tree: Path) -> Iterator[str]:
    """Which papers differ, beyond what is another on every paper. One with letters in its number, and so in
    its name, bears a code of it too, so that only its text is compared.
    """
    pairs = [sorted((home / "papers").glob("*.pdf")) for home in (installed, tree)]
    if len(pairs[0]) != len(pairs[1]) or not pairs[0]:
        yield f"The papers are {len(pairs[0])} installed, {len(pairs[1])} in the source tree."
        return
    for ours, theirs in zip(*pairs, strict=True):
        if _text(ours) != _text(theirs):
            yield f"{ours.name} has another text than in the source tree."
        elif ours.name == theirs.name and (share := unlike(_drawn(ours), _drawn(theirs))) > ALIKE:
            yield f"{ours.name} looks otherwise than in the source tree: {share:.1%} of its pixels."


def _text(paper: Path) -> str:
    """What stands on it, as it is laid out, without what is another on every paper."""
    text = said([tool("pdftotext"), "-layout", str(paper), "-"])
    return re.sub(" +", " ", _PASSING.sub("…", text))  # letters of a number are not all as wide


def _drawn(paper: Path) -> bytes:
    """Its first page as a picture, a byte a pixel."""
    command = [tool("pdftoppm"), "-r", "72", "-gray", "-singlefile", str(paper)]
    return subprocess.run(command, capture_output=True, check=True).stdout


# -- the window --------------------------------------------------------------------------------------


def _windows(installed: _Program, tree: _Program, starts: int) -> tuple[float, float]:
    """How unlike their first pages are, and how much longer the installed program takes to show its own."""
    fresh(SEEN)
    seen = {}
    for name, program in (("installed", installed), ("tree", tree)):
        seen[name] = _shown(program)[1]
        seen[name].save(SEEN / f"{name}.png")
    times: dict[str, list[float]] = {"installed": [], "tree": []}
    for _ in range(starts):  # in turn, so that both meet the same machine
        for name, program in (("installed", installed), ("tree", tree)):
            times[name].append(_shown(program, seen[name])[0])
    ratio = statistics.median(times["installed"]) / statistics.median(times["tree"])
    return seen["installed"].unlike(seen["tree"]), ratio


def _shown(program: _Program, like: Picture | None = None) -> tuple[float, Picture]:
    """Start the program and wait until its page looks like that picture, or without one until it stands
    still; the seconds that took, and the page.
    """
    with Screen() as screen:
        command = program.command("demo", *_OFFICE, DISPLAY=screen.display, QT_QPA_PLATFORM="xcb")
        began = time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as running:
            try:
                page = _waited_for(screen, running, like)
            finally:
                took = time.monotonic() - began
                running.kill()
    return took, page


def _waited_for(screen: Screen, running: "subprocess.Popen[bytes]", like: Picture | None) -> Picture:
    page, since = screen.picture(), time.monotonic()
    until = since + _PATIENCE_S
    while time.monotonic() < until:
        try:
            running.wait(_POLL_S)
        except subprocess.TimeoutExpired:
            pass
        else:
            raise Lacking(f"The window did not open: the program ended with {running.returncode}.")
        before, page = page, screen.picture()
        if like is not None and page.unlike(like) < ALIKE:
            return page
        if page.empty or page.unlike(before) > ALIKE:
            since = time.monotonic()
        elif like is None and time.monotonic() - since > _STILL_S:
            return page
    raise Lacking(f"The window was not there within {_PATIENCE_S} seconds.")
