"""Stage ``nsis``: the bundle as a set-up program for Windows 10 22H2 and 11."""

import sys
from pathlib import Path

from counter_app import __version__
from counter_app.bootstrap import Lacking, tell, watched
from counter_app.installer.ground import ROOT, artefact, built_bundle, tool


def nsis() -> Path:
    """Make the set-up program from the bundle; its file."""
    if sys.platform != "win32":
        raise Lacking(
            "The Windows set-up program is made on Windows only: its bundle holds Windows' own Python and Qt."
        )
    maker = tool("makensis")
    bundle = built_bundle()
    file = artefact("_setup.exe")
    tell(f"Packing {file.name} (some minutes)")
    given = {"VERSION": __version__, "BUNDLE": bundle, "OUT": file}
    watched(
        [
            maker, "-V2", "-NOCD", "-INPUTCHARSET", "UTF8",
            *(f"-D{name}={value}" for name, value in given.items()),
            str(ROOT / "counter_app" / "installer" / "counter-app.nsi"),
        ],
        "The set-up program could not be made.",
    )  # fmt: skip
    return file
