"""What may be imported where, beyond the floors: the standard library alone, and only declared packages."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Collection
from functools import lru_cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.reading import PACKAGE, ROOT, TESTS, Source, sources

LIBRARY_ONLY = {"domain", "bootstrap", "machine", "resources", "verify", "whole_file"}
READABLE_BY_OLD_PYTHONS = ["__init__.py", "bootstrap.py", "machine.py"]
OWNERS = {
    "Qt stays in ui, printing and app": {"ui", "printing", "app"},
    "SQL stays in the store and at the centre": {"store", "central"},
    "PDF stays in documents": {"documents"},
}
# Used through their command, never imported by name.
TOOLS = {"ruff", "mypy", "import-linter", "hatchling", "pytest-xdist"}
# Used by the gateway's server when they are there.
FASTER = {"httptools", "uvloop"}


@lru_cache
def declared(group: str) -> dict[str, str]:
    """Normalised distribution name to the whole requirement."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = project["dependencies"] if group == "program" else project["optional-dependencies"][group]
    return {_plain(re.split(r"[<>=!~\[; ]", requirement)[0]): requirement for requirement in listed}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(source: Source) -> set[str]:
    """The top names of all imports of a file, also those inside functions."""
    names: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def distributions(folder: Path, but: Collection[str] = ()) -> set[str]:
    """The distributions that a folder's code imports, without the files named in ``but``."""
    known = packages_distributions()
    names = {
        name for source in sources(folder) if source.name not in but for name in imported(source)
    } - sys.stdlib_module_names
    # shiboken6 is PySide6's own other half.
    outside = names - {"counter_app", "tests", "build_installer", "shiboken6"}
    return {_plain(known[name][0]) if name in known else name for name in outside}


@pytest.mark.parametrize("source", [s for s in sources() if s.room in LIBRARY_ONLY], ids=lambda s: s.name)
def test_the_lowest_rooms_need_the_standard_library_alone(source: Source) -> None:
    assert imported(source) - sys.stdlib_module_names <= {"counter_app"}


@pytest.mark.parametrize("name", READABLE_BY_OLD_PYTHONS)
def test_the_set_up_can_be_read_by_a_python_that_is_too_old(name: str) -> None:
    ast.parse((PACKAGE / name).read_text("utf-8"), feature_version=(3, 7))


def test_the_verifier_is_one_file_that_shares_nothing_with_the_program() -> None:
    (verifier,) = [source for source in sources() if source.room == "verify"]
    assert not imported(verifier) - sys.stdlib_module_names


@pytest.mark.parametrize(("name", "owners"), OWNERS.items(), ids=OWNERS)
def test_a_contract_forgets_no_room(name: str, owners: set[str]) -> None:
    """What only its owners may import is forbidden to every other room that is there."""
    linted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (contract,) = [contract for contract in linted["contracts"] if contract["name"] == name]
    rooms = {source.room for source in sources()} - {"__init__"}
    assert {module.removeprefix("counter_app.") for module in contract["source_modules"]} == rooms - owners


def test_what_needs_no_window_needs_no_qt() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from counter_app import audit, doctor, verify\n"
        "from counter_app.demo import walk\n"
        "from counter_app.printing import printers, worker\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_start_reads_nothing_of_what_is_done_later() -> None:
    """The window, the sign-in, Home and an opened book: what they bring is waited for each morning."""
    later = {"wire.bodies", "wire.messages", "domain.undoing", "words.refusals", "store.extracts"}
    code = (
        "import sys\n"
        "from counter_app import app, demo, log\n"
        "from counter_app.desk import desk, finding, language, paper, rules, sign_in\n"
        "from counter_app.store import book, keys\n"
        "from counter_app.ui import link, paper_out, theme, window\n"
        "from counter_app.ui.pages import home, sign_in\n"
        "print(*(name.removeprefix('counter_app.') for name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert later & set(done.stdout.split()) == set()


def test_every_dependency_is_used_and_everything_used_is_declared() -> None:
    """The central store has packages of its own; nothing else may use them."""
    centre = {source.name for source in sources() if source.room == "central"}
    assert distributions(PACKAGE, but=centre) == set(declared("program"))
    own = distributions(PACKAGE) - set(declared("program"))
    assert own == set(declared("central")) - FASTER


def test_every_test_dependency_is_used_and_everything_used_is_declared() -> None:
    used = distributions(TESTS) - set(declared("program")) - set(declared("central"))
    assert used == set(declared("test")) - TOOLS


@pytest.mark.parametrize(
    "requirement",
    sorted([*declared("program").values(), *declared("central").values(), *declared("test").values()]),
)
def test_every_dependency_has_a_lower_and_an_upper_bound(requirement: str) -> None:
    assert re.search(r">=[0-9][0-9.]*,<[0-9]", requirement) or re.fullmatch(r"[\w-]+==[0-9.]+", requirement)
