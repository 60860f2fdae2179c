"""Stage ``bundle``: the program, its Python and all it needs in one folder."""

import json
import os
import sys
from pathlib import Path

from counter_app import machine
from counter_app.bootstrap import Lacking, tell, watched
from counter_app.installer import bill, packages
from counter_app.installer.ground import BUILD, BUNDLE, ROOT, artefact, epoch, fresh, tool

_SOURCES = BUILD / "sources.json"


def bundle(pinned: Path | None) -> Path:
    """Make the folder, the hashed requirements and the bill of materials; the folder.

    With ``pinned``, hashed requirements of an earlier build, it is made of exactly those packages.
    """
    if sys.platform == "linux":
        for name in ("objdump", "strip", "dpkg"):
            tool(name)
    if lacking := machine.libraries_sentence(window=True):
        raise Lacking(lacking)  # a window's libraries go in from this machine
    environment = os.environ | {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(epoch())}
    installed = packages.install(pinned)
    inside = packages.in_program(installed)
    tell("Putting the program into one folder (a minute or two)")
    fresh(BUNDLE.parent)
    watched(
        [
            str(packages.python()), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
            "--distpath", str(BUNDLE.parent), "--workpath", str(BUILD / "pyinstaller"),
            str(ROOT / "counter_app" / "installer" / "counter-app.spec"),
        ],
        "The program could not be bundled.",
        environment
        | {
            "COUNTER_APP_PACKAGES": json.dumps([package.name for package in inside]),
            "COUNTER_APP_SOURCES": str(_SOURCES),
        },
    )  # fmt: skip
    leave_out_notes(BUNDLE)
    if sys.platform == "linux":
        strip(BUNDLE)
    tools = tuple(package for package in installed if package not in inside)
    sources = json.loads(_SOURCES.read_text("utf-8"))
    artefact(".cdx.json").write_text(bill.text(inside, tools, bill.system_parts(sources), epoch()), "utf-8")
    return BUNDLE


def leave_out_notes(folder: Path) -> None:
    """Take out what pip noted of its own call, which is another when the requirements are pinned."""
    for name in ("REQUESTED", "RECORD", "INSTALLER", "direct_url.json"):
        for file in folder.rglob(f"*.dist-info/{name}"):
            file.unlink()


def strip(folder: Path) -> None:
    """Take out what only a debugger reads: a quarter of all bytes."""
    heavy = [
        str(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink() and b".debug_info\0" in file.read_bytes()
    ]
    if heavy:
        watched([tool("strip"), "--strip-debug", *heavy], "The libraries could not be made smaller.")
