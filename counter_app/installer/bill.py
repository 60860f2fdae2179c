"""The bill of materials that lies beside the artefact: CycloneDX 1.6, JSON."""

import hashlib
import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from counter_app import __version__
from counter_app.installer.ground import ROOT, said
from counter_app.installer.packages import ENVIRONMENT, Package

Part = dict[str, object]
_PROGRAM = f"pkg:generic/counter-app@{__version__}"


def text(inside: Iterable[Package], tools: Iterable[Package], system: Iterable[Part], made_at: int) -> str:
    """The bill: packages in the program, Python, libraries of the system; ``made_at`` in seconds.

    The same parts and the same time give the same text.
    """
    packages = tuple(inside)
    python = _part("library", "python", platform.python_version(), _python(), "Python-2.0")
    system_parts = tuple(system)
    bill: dict[str, object] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(made_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "tools": {"components": [_of_package(package) for package in tools]},
            "component": _part("application", "counter-app", __version__, _PROGRAM),
        },
        "components": [*(_of_package(package) for package in packages), python, *system_parts],
        "dependencies": _needs(packages, (_python(), *(str(part["bom-ref"]) for part in system_parts))),
    }
    number = uuid5(NAMESPACE_URL, json.dumps(bill, sort_keys=True))
    return json.dumps({"serialNumber": f"urn:uuid:{number}"} | bill, indent=1, ensure_ascii=False) + "\n"


def _python() -> str:
    return f"pkg:generic/python@{platform.python_version()}"


def _of_package(package: Package) -> Part:
    part = _part("library", package.name, package.version, _address(package), package.licence)
    return part | {"hashes": [{"alg": "SHA-256", "content": package.sha256}]}


def _address(package: Package) -> str:
    return f"pkg:pypi/{package.name}@{package.version}"


def _part(kind: str, name: str, version: str, address: str, licence: str = "") -> Part:
    part: Part = {"type": kind, "bom-ref": address, "name": name, "version": version, "purl": address}
    return part | {"licenses": [{"license": {"name": licence}}]} if licence else part


def _needs(packages: tuple[Package, ...], other: Iterable[str]) -> list[Part]:
    """Who needs whom; the program itself needs every part that no other part asks for."""
    address = {package.name: _address(package) for package in packages}
    edges = {
        address[package.name]: sorted(address[name] for name in package.needs if name in address)
        for package in packages
    }
    asked = {name for needed in edges.values() for name in needed}
    edges[_PROGRAM] = sorted({*address.values(), *other} - asked)
    return [{"ref": ref, "dependsOn": edges[ref]} for ref in sorted(edges)]


# -- libraries of the system --------------------------------------------------------------------------


def system_parts(sources: Mapping[str, str]) -> list[Part]:
    """The parts that came from the system: the Debian package of each file, else the file by its hash.

    ``sources`` says of each bundled library where it was taken from.
    """
    own = (str(ROOT), str(ENVIRONMENT), sys.base_prefix if sys.base_prefix != "/usr" else str(ROOT))
    parts: dict[str, Part] = {}
    for source in sorted({str(Path(file).resolve()) for file in sources.values()}):
        if not source.startswith(own):
            part = _debian_part(source) or _file_part(Path(source))
            parts[str(part["bom-ref"])] = part
    return [parts[ref] for ref in sorted(parts)]


def _debian_part(source: str) -> Part | None:
    if not shutil.which("dpkg-query"):
        return None
    for path in (source, source.removeprefix("/usr")):
        try:
            package = said(["dpkg-query", "--search", path]).partition(": ")[0]
            version = said(["dpkg-query", "--show", "--showformat", "${Version}", package])
        except subprocess.CalledProcessError:
            continue
        name, _, arch = package.partition(":")
        address = f"pkg:deb/{platform.freedesktop_os_release()['ID']}/{name}@{version}"
        return _part("library", name, version, f"{address}?arch={arch}" if arch else address)
    return None


def _file_part(file: Path) -> Part:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return {
        "type": "file",
        "bom-ref": f"sha256:{digest}",
        "name": file.name,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }
