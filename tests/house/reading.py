"""The project's own text, read once for all house tests."""

import ast
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "counter_app"
TESTS = ROOT / "tests"

Node = TypeVar("Node", bound=ast.AST)


class Source(NamedTuple):
    """One Python file: where it lies, its lines, its syntax tree."""

    path: Path
    lines: list[str]
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        """The folder or file directly under the package: ``desk``, ``app``."""
        return self.path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@lru_cache
def sources(folder: Path = PACKAGE) -> tuple[Source, ...]:
    """Every Python file below a folder."""
    texts = {path: path.read_text("utf-8") for path in sorted(folder.rglob("*.py"))}
    return tuple(Source(path, text.splitlines(), ast.parse(text)) for path, text in texts.items())


def nodes(folder: Path, kind: type[Node]) -> Iterator[tuple[Source, Node]]:
    """Every syntax node of a kind below a folder, with its file."""
    for source in sources(folder):
        for node in ast.walk(source.tree):
            if isinstance(node, kind):
                yield source, node


def called(call: ast.Call) -> str:
    """The last name of what is called: ``sleep`` in ``time.sleep(1)``."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def place(source: Source, node: ast.expr | ast.stmt | ast.ExceptHandler) -> str:
    """Where a node stands, as an editor opens it."""
    return f"{source.name}:{node.lineno}"


@lru_cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository; without git, every file that the tools did not make."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        files = [ROOT / name for name in listed.stdout.split("\0") if name]
        return tuple(file for file in files if file.is_file())
    hidden = {"__pycache__", "build", "dist"}
    found = []
    for file in sorted(ROOT.rglob("*")):
        parts = file.relative_to(ROOT).parts
        if file.is_file() and not hidden & set(parts) and (parts[0] == ".ci" or not parts[0].startswith(".")):
            found.append(file)
    return tuple(found)
