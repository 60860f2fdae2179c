"""Makes the installer of the counter program.

    python3 build_installer.py bundle     the program, its Python and all it needs in one folder
    python3 build_installer.py deb        that folder as a package for Debian 12, Ubuntu 22.04 or newer
    python3 build_installer.py nsis       that folder as a Windows set-up program (on Windows only)
    python3 build_installer.py check      the package in a bare Debian, held against the source tree (as root)

Several stages may be named; they run in this order. The files land in dist/. Standard library only.

Ends with 0 when all went well, 1 when the check found a fault, 2 when wrongly called, 3 when this machine
lacks something.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from counter_app.bootstrap import INTERRUPTED, MACHINE_LACKS, Lacking, python_sentence, tell
from counter_app.machine import python_fits

STAGES = ("bundle", "deb", "nsis", "check")
FAULT = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the stages that are named; the exit code."""
    parser = argparse.ArgumentParser(
        prog="build_installer.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stages", nargs="+", choices=STAGES, metavar="STAGE", help=", ".join(STAGES))
    parser.add_argument(
        "--requirements",
        type=Path,
        metavar="FILE",
        help="bundle: the hashed requirements of an earlier build, to make the same again",
    )
    asked = parser.parse_args(arguments)
    try:
        if not python_fits():
            raise Lacking(python_sentence())
        for stage in STAGES:
            if stage in asked.stages and not _run(stage, asked.requirements):
                return FAULT
    except Lacking as lack:
        tell(str(lack))
        return MACHINE_LACKS
    except KeyboardInterrupt:
        tell("Stopped. The same command begins this stage anew.")
        return INTERRUPTED
    return 0


def _run(stage: str, pinned: Path | None) -> bool:
    """Carry a stage out; whether all is well."""
    tell(f"-- {stage}")
    if stage == "bundle":
        from counter_app.installer.bundle import bundle  # not before the Python is known to fit

        tell(f"Made {bundle(pinned)}")
    elif stage == "deb":
        from counter_app.installer.deb import deb

        tell(f"Made {deb()}")
    elif stage == "nsis":
        from counter_app.installer.nsis import nsis

        tell(f"Made {nsis()}")
    else:
        from counter_app.installer.check import built_deb, check

        found = check(built_deb())
        for fault in found.faults:
            tell(fault)
        tell(f"The installed program starts in {found.start_ratio:.2f} of the source tree's time.")
        return not found.faults
    return True


if __name__ == "__main__":
    sys.exit(main())
