"""What lies in the repository, and that its front page tells the truth."""

import re
from pathlib import Path

import pytest

from counter_app.__main__ import _parser
from tests.house.reading import ROOT, tracked

LOCKS = {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json"}
WORKPLACE = re.compile("|".join(["/wo" + "rk/", "/tmp/" + "[a-z]", "index" + "-url", "registry" + " *="]))
COMMANDS = ["python3 -m counter_app.bootstrap demo", "python3 -m counter_app.bootstrap test"]


def test_no_lock_file_records_where_packages_came_from() -> None:
    assert not [str(file) for file in tracked() if file.name in LOCKS]


def test_nothing_speaks_of_the_place_where_it_was_written() -> None:
    found = []
    for file in tracked():
        try:
            text = file.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if WORKPLACE.search(line) and ".X11-unix" not in line:
                found.append(f"{file.relative_to(ROOT)}:{number}")
    assert not found


@pytest.mark.parametrize("command", COMMANDS)
def test_the_front_page_names_the_command(command: str) -> None:
    assert command in (ROOT / "README.md").read_text("utf-8").splitlines()


def test_the_build_runs_the_front_page_s_test_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines[-1].removeprefix("exec ") == COMMANDS[1]


def test_the_front_page_names_every_command() -> None:
    named = set(re.findall(r"^    ([a-z][a-z-]+)  ", _parser().format_help(), re.MULTILINE))
    assert {"demo", "verify", "export-journal", "doctor"} <= named
    text = (ROOT / "README.md").read_text("utf-8")
    assert not [verb for verb in named if f"| `{verb}`" not in text]


def test_the_front_page_links_to_files_that_are_there() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert not [link for link in links if not (ROOT / link).exists()]


def test_pictures_of_the_pages_are_small_and_shown() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = {
        Path(link).name
        for page in pages
        for link in re.findall(r"!\[[^]]*\]\(([^)]+)", page.read_text("utf-8"))
    }
    pictures = {picture.name: picture.stat().st_size for picture in (ROOT / "docs" / "screens").iterdir()}
    assert {*pictures} == shown
    assert not [name for name, size in pictures.items() if size > 150_000]
