"""The set-up for real: a small project of its own, a new environment, the command's exit code."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app import bootstrap, machine
from tests.house.reading import PACKAGE

# A build backend without dependencies, so that the environment can be made without a network.
BACKEND = """
import zipfile

FILES = {
    "METADATA": "Metadata-Version: 2.1\\nName: small\\nVersion: 1.0\\n%s",
    "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    "RECORD": "",
}

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "small-1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        for file, text in FILES.items():
            wheel.writestr(f"small-1.0.dist-info/{file}", text)
    return name
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A source folder with our set-up and nothing to install, its path with a space in it."""
    folder = tmp_path / "a counter"
    (folder / "counter_app").mkdir(parents=True)
    for name in ("__init__.py", "bootstrap.py", "machine.py"):
        shutil.copy(PACKAGE / name, folder / "counter_app")
    write_project(folder)
    return folder


def write_project(folder: Path, requires: str = "") -> None:
    (folder / "backend.py").write_text(BACKEND % requires, "utf-8")
    (folder / "pyproject.toml").write_text(PROJECT, "utf-8")


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Give the set-up's command in a folder, as a person would."""
    command = [sys.executable, "-m", "counter_app.bootstrap", *arguments]
    return subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def test_the_first_run_makes_the_environment_and_the_second_starts_at_once(project: Path) -> None:
    report = ["run", "python", "-c", "import sys; print(sys.prefix); sys.exit(7)"]
    first = start(project, *report)
    assert first.returncode == 7, first.stdout + first.stderr
    assert "Making the environment" in first.stdout
    assert first.stdout.rstrip().endswith(str(project / ".venv"))
    second = start(project, *report)
    assert (second.returncode, second.stdout) == (7, f"{project / '.venv'}\n")
    (project / "pyproject.toml").write_text(PROJECT + "\n# changed\n", "utf-8")
    third = start(project, *report)
    assert third.returncode == 7
    assert "Installing" in third.stdout
    assert "Making the environment" not in third.stdout


def test_an_interrupted_installation_is_not_taken_for_a_finished_one(project: Path) -> None:
    write_project(project, "Requires-Dist: counter-app-of-nowhere\\n")
    index = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_EXTRA_INDEX_URL": "", "PIP_RETRIES": "1"}
    failed = start(project, "test", **index)
    assert failed.returncode == 3
    assert failed.stdout.rstrip().endswith("Connect to the network, then give the same command again.")
    write_project(project)
    assert start(project, "run", "python", "-c", "pass").returncode == 0


@pytest.mark.parametrize("arguments", [[], ["frobnicate"], ["run"]])
def test_a_wrong_call_gets_the_ways_to_call_it(arguments: list[str]) -> None:
    called = start(PACKAGE.parent, *arguments)
    assert called.returncode == 2
    assert "counter_app.bootstrap demo" in called.stdout


def test_help_is_no_fault() -> None:
    assert start(PACKAGE.parent, "--help").returncode == 0


def test_a_command_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("VIRTUAL_ENV", "")
    assert bootstrap.become(["no-such-command"]) == 127
    assert "no-such-command" in capsys.readouterr().out


# -- system packages ------------------------------------------------------------------------------------


def programs(folder: Path, **scripts: str) -> Path:
    """A folder with these shell programs and nothing else but what they use themselves."""
    folder.mkdir()
    for name, script in scripts.items():
        file = folder / name.replace("_", "-")
        file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        file.chmod(0o755)
    for name in ("env", "sh", "true"):
        (folder / name).symlink_to(shutil.which(name) or name)
    return folder


def test_who_may_not_install_gets_the_one_line_to_type(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(machine, "is_root", lambda: False)
    monkeypatch.setenv("PATH", str(programs(tmp_path / "bin", apt_get="exit 9", sudo="exit 1")))
    with pytest.raises(bootstrap.Lacking) as lack:
        bootstrap.install_packages(("libgl1", "libegl1"))
    assert str(lack.value).splitlines()[-1].strip() == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1 libegl1"
    )


@pytest.mark.parametrize("root", [True, False])
def test_who_may_install_gets_the_packages_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, root: bool
) -> None:
    asked = tmp_path / "asked"
    apt = f'echo "$DEBIAN_FRONTEND $@" >> "{asked}"'
    sudo = f'echo sudo >> "{asked}"; shift; exec "$@"'
    monkeypatch.setattr(machine, "is_root", lambda: root)
    monkeypatch.setenv("PATH", str(programs(tmp_path / "bin", apt_get=apt, sudo=sudo)))
    bootstrap.install_packages(("libgl1", "libegl1"))
    lines = asked.read_text("utf-8").splitlines()
    assert "noninteractive -qq update" in lines
    assert lines[-1].startswith("noninteractive -qq")
    assert lines[-1].endswith("install -y --no-install-recommends libgl1 libegl1")
    assert ("sudo" in lines) is not root


def test_packages_that_cannot_be_fetched_leave_a_sentence_and_the_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(machine, "is_root", lambda: True)
    monkeypatch.setenv("PATH", str(programs(tmp_path / "bin", apt_get="exit 100")))
    with pytest.raises(bootstrap.Lacking, match="without a network") as lack:
        bootstrap.install_packages(("libgl1",))
    assert str(lack.value).endswith("apt-get install -y --no-install-recommends libgl1")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "The disk is full"),
        ("[Errno -3] Temporary failure in name resolution\nERROR: No matching distribution", "network"),
        ("PermissionError: [Errno 13] Permission denied: '.venv'", "must belong to you"),
        ("something else", "The lines above say why"),
    ],
)
def test_a_failed_step_is_put_into_a_sentence(words: str, meant: str) -> None:
    assert meant in bootstrap.meaning(words)
