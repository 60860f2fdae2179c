"""From a bare Python to the running program: environment, system libraries, then the command.

    python3 -m counter_app.bootstrap demo [ARGUMENTS]     the program on an invented office
    python3 -m counter_app.bootstrap test [ARGUMENTS]     all tests
    python3 -m counter_app.bootstrap run COMMAND...       anything inside the environment

On Windows: py -m counter_app.bootstrap demo. Standard library only.

Ends as the command ends; 2 means wrongly called, 3 that this machine lacks something.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from counter_app import machine

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "counter-app.stamp"
ROOM_MB = 1000

_NO_NETWORK = (
    "Failed to establish a new connection", "NewConnectionError", "name resolution", "getaddrinfo failed",
    "Network is unreachable", "ConnectTimeout", "Read timed out", "Connection refused", "ProxyError",
)  # fmt: skip

WRONGLY_CALLED = 2
MACHINE_LACKS = 3
INTERRUPTED = 130


class Lacking(Exception):
    """This machine lacks something; the text says what, and what to do."""


def main(arguments: list[str]) -> int:
    """Make ready whatever the command needs, then become it; returns only when that was not possible."""
    if not arguments or arguments[0] not in ("demo", "test", "run") or arguments == ["run"]:
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else WRONGLY_CALLED
    verb, rest = arguments[0], arguments[1:]
    try:
        prepare(_packages_for(verb, rest))
    except Lacking as lack:
        tell(str(lack))
        return MACHINE_LACKS
    except KeyboardInterrupt:
        tell("Stopped. The same command goes on from here.")
        return INTERRUPTED
    if verb == "test":
        os.chdir(ROOT)
    return become(_command(verb, rest))


def tell(text: str) -> None:
    """Tell the person at once what is being done."""
    print(text, flush=True)


def _packages_for(verb: str, rest: list[str]) -> tuple[str, ...]:
    """The Debian packages to be installed: none for a demo that opens no window, else what Qt needs."""
    if verb == "demo" and (not machine.screen() or {"--headless", "--help", "-h"} & set(rest)):
        return ()
    libraries = machine.missing_libraries(window=verb != "test" and machine.window_possible())
    programs = machine.missing_for_tests() if verb == "test" else ()
    return (*(library.package for library in libraries), *programs)


def _command(verb: str, rest: list[str]) -> list[str]:
    if verb == "demo":
        return ["python", "-m", "counter_app", "demo", *rest]
    if verb == "test":
        # A file's tests stay together: they share the databases and windows that were made for it. One more
        # process than cores, as many wait for other processes. One that crashes ends the run at once:
        # put in its place, pytest-xdist gives it files that have been done, and waits for ever.
        spread = ["-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--max-worker-restart", "0"]
        return ["python", "-m", "pytest", *spread, *rest]
    return rest


# -- making ready -------------------------------------------------------------------------------------


def prepare(packages: tuple[str, ...]) -> None:
    """Bring this machine to where the command can start; ``Lacking`` says what stands in the way."""
    if not machine.python_fits():
        raise Lacking(python_sentence())
    if not (ROOT / "pyproject.toml").is_file():
        raise Lacking(f"{ROOT} is not the program's source folder; its pyproject.toml is not there.")
    ready = STAMP.is_file() and STAMP.read_text("utf-8") == stamp() and _python().is_file()
    if not ready and not _can_make_environment():
        packages = (f"python{sys.version_info[0]}.{sys.version_info[1]}-venv", *packages)
    if packages:
        install_packages(packages)
    if not ready:
        make_environment()


def stamp() -> str:
    """What an environment was made from: the project file, the Python, the place."""
    made_from = (ROOT / "pyproject.toml").read_bytes() + f"{sys.version_info[:2]} {ROOT}".encode()
    return hashlib.sha256(made_from).hexdigest()


def python_sentence() -> str:
    """That this Python does not fit, and which one does."""
    this = ".".join(str(part) for part in sys.version_info[:3])
    return (
        f"This is Python {this} ({sys.executable}). The program needs Python 3.11 or newer, up to 3.15. "
        "Install one (Debian 12, Ubuntu 24.04 and later have it; Windows: python.org) and start it by name, "
        "for example: python3.12 -m counter_app.bootstrap demo"
    )


def _can_make_environment() -> bool:
    return not sys.platform.startswith("linux") or all(map(find_spec, ("venv", "ensurepip")))


def install_packages(packages: tuple[str, ...]) -> None:
    """Install Debian packages when this person may; otherwise ``Lacking`` with the one line to type."""
    line = machine.apt_line(packages)
    before = _may_install()
    if before is None:
        raise Lacking(f"System packages are missing. Type this line, then the same command again:\n  {line}")
    tell(f"Installing system packages: {' '.join(packages)}")
    quiet = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    subprocess.run([*quiet, "update"], check=False)
    wanted = ["install", "-y", "--no-install-recommends", *packages]
    done = subprocess.run([*quiet, "-o", "Dpkg::Use-Pty=0", *wanted], check=False)
    if done.returncode:
        raise Lacking(
            "The system packages could not be installed; apt-get's words above say why "
            f"(without a network it cannot). By hand it would be:\n  {line}"
        )


def _may_install() -> list[str] | None:
    """What to write before apt-get: nothing for root, sudo when it asks no password; None if neither."""
    if not shutil.which("apt-get"):
        return None
    if machine.is_root():
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    return None


def make_environment() -> None:
    """Make ``.venv`` and install the program with its test tools into it; ``Lacking`` when it fails."""
    free_mb = shutil.disk_usage(ROOT).free // 1_000_000
    if free_mb < ROOM_MB:
        raise Lacking(f"The disk is too full: {free_mb} MB free in {ROOT}, about {ROOM_MB} MB are needed.")
    STAMP.unlink(missing_ok=True)
    if not _runs(_python()):
        tell(f"Making the environment {ENVIRONMENT}")
        maker = getattr(sys, "_base_executable", sys.executable)
        watched([maker, "-m", "venv", "--clear", str(ENVIRONMENT)], "The environment could not be made.")
    tell("Installing the program and its test tools (some 250 MB the first time; minutes on a slow line)")
    pip = [str(_python()), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    watched([*pip, "--editable", ".[central,test]"], "The program could not be installed.")
    STAMP.write_text(stamp(), "utf-8")
    tell("Ready.")


def _python() -> Path:
    windows = sys.platform == "win32"
    return ENVIRONMENT / ("Scripts/python.exe" if windows else "bin/python")


def _runs(python: Path) -> bool:
    """Whether the environment's Python starts, with pip in it, and is of this Python's version."""
    if not python.is_file():
        return False
    asked = "import sys, pip; print(sys.version_info[:2])"
    answer = subprocess.run([str(python), "-c", asked], check=False, capture_output=True, text=True)
    return answer.stdout.strip() == str(sys.version_info[:2])


def watched(command: list[str], failed: str, environment: Mapping[str, str] | None = None) -> None:
    """Run a step, passing its words on as they come; on failure ``Lacking`` says what they mean."""
    heard = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as step:
        for line in step.stdout or ():
            print("  " + line, end="", flush=True)
            heard.append(line)
    if step.returncode:
        raise Lacking(f"{failed} {meaning(''.join(heard))}")


def meaning(words: str) -> str:
    """What the output of a failed step comes down to, in a sentence."""
    if "No space left on device" in words or "Errno 28" in words:
        return f"The disk is full. Make room in {ROOT} ({ROOM_MB} MB), then give the same command again."
    if any(sign in words for sign in _NO_NETWORK):
        return "The package index does not answer. Connect to the network, then give the same command again."
    if "Permission denied" in words:
        return f"Writing was refused. The folder {ROOT} must belong to you."
    return "The lines above say why."


def become(command: list[str]) -> int:
    """Run the command inside the environment; its exit code becomes ours, 127 if there is no such command."""
    folder = str(_python().parent)
    os.environ["PATH"] = folder + os.pathsep + os.environ.get("PATH", "")
    os.environ["VIRTUAL_ENV"] = str(ENVIRONMENT)
    os.environ.pop("PYTHONHOME", None)
    program = str(_python()) if command[0] in ("python", "python3") else shutil.which(command[0])
    if program is None:
        tell(f"There is no command {command[0]} here.")
        return 127
    sys.stdout.flush()
    if sys.platform != "win32":  # there exec would return to the prompt before the command has ended
        os.execv(program, [program, *command[1:]])
    os.environ["PYTHONUTF8"] = "1"
    return subprocess.run([program, *command[1:]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
