"""The packages that the program is made of, each with its hash, in an environment of the build's own."""

import json
import platform
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, distributions
from pathlib import Path
from typing import Any

from counter_app import __version__
from counter_app.bootstrap import Lacking, tell, watched
from counter_app.installer.ground import BUILD, ROOT, artefact, fresh

ENVIRONMENT = BUILD / "environment"
_REPORT = BUILD / "packages.json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Package:
    """One installed package: what it is, the hash of its wheel, and the names of those it needs."""

    name: str
    version: str
    sha256: str
    licence: str
    needs: tuple[str, ...]


def python() -> Path:
    """The Python of the build's environment."""
    return ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def install(pinned: Path | None) -> tuple[Package, ...]:
    """Make the environment anew; the packages in it.

    With ``pinned``, a file of hashed requirements of an earlier build, exactly those are installed.
    """
    if pinned is not None and not pinned.is_file():
        raise Lacking(f"There is no file {pinned}.")
    exactly = ["--no-deps", "--require-hashes", "--requirement", str(pinned)]
    wanted = exactly if pinned else _declared()
    tell(f"Making the environment {ENVIRONMENT}")
    fresh(ENVIRONMENT)
    watched([sys.executable, "-m", "venv", str(ENVIRONMENT)], "The environment could not be made.")
    pip = [str(python()), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    watched(
        [*pip, "--only-binary", ":all:", "--report", str(_REPORT), *wanted],
        "The packages could not be installed.",
    )
    found = read_report(json.loads(_REPORT.read_text("utf-8")), _licences())
    if missing := sorted(set(_asked_for()) - {package.name for package in found}):
        raise Lacking(f"{pinned} lacks what the program needs: {', '.join(missing)}.")
    artefact(".requirements.txt").write_text(requirements(found), "utf-8")
    return found


def _declared() -> list[str]:
    """What the project says it needs to run and to be built."""
    project = _project()
    return [*project["dependencies"], *project["optional-dependencies"]["build"]]


def _asked_for() -> list[str]:
    """The names of what the project says it needs to run."""
    return [normal(match[0]) for need in _project()["dependencies"] if (match := _NAME.match(need))]


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def _licences() -> dict[str, str]:
    """What each installed package says of its licence, in one line; empty when it says nothing."""
    (folder,) = ENVIRONMENT.rglob("site-packages")
    return {normal(d.metadata["Name"]): _licence(d.metadata) for d in distributions(path=[str(folder)])}


def _licence(about: PackageMetadata) -> str:
    for header in ("License-Expression", "License"):
        said: str = (about.get_all(header) or [""])[0]
        if said and "\n" not in said and said != "UNKNOWN":
            return said
    classifiers = about.get_all("Classifier") or []
    return "; ".join(text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License"))


def read_report(report: dict[str, object], licences: Mapping[str, str]) -> tuple[Package, ...]:
    """The packages of pip's report, in the order of their names. Where they came from is left out."""
    installed = report["install"]
    assert isinstance(installed, list)
    found = (_package(entry, licences) for entry in installed)
    return tuple(sorted(found, key=lambda package: package.name))


def _package(entry: dict[str, dict[str, object]], licences: Mapping[str, str]) -> Package:
    metadata = entry["metadata"]
    archive = entry["download_info"]["archive_info"]
    needs = metadata.get("requires_dist", [])
    assert isinstance(archive, dict)
    assert isinstance(needs, list)
    name = normal(str(metadata["name"]))
    return Package(
        name,
        str(metadata["version"]),
        archive["hashes"]["sha256"],
        licences.get(name, ""),
        tuple(sorted({normal(match[0]) for need in needs if (match := _always(need))})),
    )


def _always(need: str) -> re.Match[str] | None:
    """The name in a requirement; none for one that only an extra asks for."""
    return None if "extra ==" in need else _NAME.match(need)


def normal(name: str) -> str:
    """A package's name as every index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def in_program(packages: Iterable[Package]) -> tuple[Package, ...]:
    """Those that go into the program: what the project needs to run, and what that needs."""
    by_name = {package.name: package for package in packages}
    left = _asked_for()
    reached: dict[str, Package] = {}
    while left:
        package = by_name.get(left.pop())
        if package and package.name not in reached:
            reached[package.name] = package
            left.extend(package.needs)
    return tuple(reached[name] for name in sorted(reached))


def requirements(packages: Iterable[Package]) -> str:
    """The packages as pip takes them in again: each with its version and the hash of its wheel."""
    made_for = f"{platform.python_implementation()} {platform.python_version()}, {sys.platform}"
    head = f"# counter-app {__version__} for {made_for}: what the build was made from.\n"
    return head + "".join(f"{p.name}=={p.version} \\\n    --hash=sha256:{p.sha256}\n" for p in packages)
