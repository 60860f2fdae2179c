"""The installed program: its wheel holds every file, and finds them where they were packed."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.reading import PACKAGE, ROOT, tracked


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("counter_app-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_the_wheel_holds_the_whole_program_and_its_resources(unpacked: Path) -> None:
    code = {file.relative_to(ROOT) for file in tracked() if file.is_relative_to(PACKAGE)}
    installer = {file for file in code if file.is_relative_to("counter_app/installer")}
    resources = ROOT / "resources"
    packed = {
        Path("counter_app", "_resources", file.relative_to(resources))
        for file in tracked()
        if file.is_relative_to(resources)
    }
    assert not [str(file) for file in (code - installer) | packed if not (unpacked / file).is_file()]
    assert installer
    assert not (unpacked / "counter_app" / "installer").exists()


def test_the_installed_program_reads_its_own_resources(unpacked: Path) -> None:
    asked = "from counter_app.resources import resource; print(resource('theme', 'tokens.toml').resolve())"
    found = subprocess.run(
        [sys.executable, "-c", asked], cwd=unpacked, capture_output=True, text=True, check=True
    )
    assert Path(found.stdout.strip()) == unpacked.resolve() / "counter_app/_resources/theme/tokens.toml"
    assert (unpacked / "counter_app/_resources/theme/tokens.toml").is_file()


def test_the_wheel_says_under_which_licences_it_comes(unpacked: Path) -> None:
    (about,) = unpacked.glob("*.dist-info/METADATA")
    assert "License-Expression: Apache-2.0" in about.read_text("utf-8")
    licences = about.parent / "licenses"
    assert (licences / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert (licences / "resources/fonts/OFL.txt").is_file()


def test_the_installed_program_gives_the_command(unpacked: Path) -> None:
    (points,) = unpacked.glob("*.dist-info/entry_points.txt")
    assert "counter-app = counter_app.__main__:main" in points.read_text("utf-8")
