"""The stages of the installer, as far as they go without making the whole bundle."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import build_installer
from counter_app.bootstrap import Lacking
from counter_app.installer import bill, deb, ground, packages
from counter_app.installer.bundle import leave_out_notes
from counter_app.installer.packages import Package

INSIDE = (
    Package("fpdf2", "2.8.9", "ab" * 32, "LGPL-3.0-only", ("pillow",)),
    Package("pillow", "13.0.0", "cd" * 32, "", ()),
)
TOOL = Package("pyinstaller", "6.22.3", "ef" * 32, "GPL-2.0-or-later", ("altgraph",))
SYSTEM = {"type": "library", "bom-ref": "pkg:deb/debian/zlib1g@1", "name": "zlib1g", "version": "1"}
MADE_AT = 1_800_000_000


def test_the_windows_set_up_is_refused_elsewhere_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert build_installer.main(["nsis"]) == 3
    _stage, line = capsys.readouterr().out.splitlines()
    assert "on Windows only" in line


def test_a_package_without_a_bundle_says_what_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ground, "BUNDLE", tmp_path)
    assert build_installer.main(["deb"]) == 3
    assert "python3 build_installer.py bundle" in capsys.readouterr().out


def test_a_missing_tool_is_named_with_what_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Lacking, match=r"strip is needed .* apt-get install binutils"):
        ground.tool("strip")


def test_requirements_of_an_earlier_build_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(Lacking, match="no file"):
        packages.install(tmp_path / "gone.txt")


def test_the_requirements_hold_hashes_and_no_place() -> None:
    report = {
        "install": [
            {
                "download_info": {
                    "url": "https://packages.example/fpdf2.whl",
                    "archive_info": {"hashes": {"sha256": "ab" * 32}},
                },
                "metadata": {
                    "name": "FPDF2",
                    "version": "2.8.9",
                    "requires_dist": ["Pillow!=9.2.*,>=8.3.2", "pytest; extra == 'test'"],
                },
            }
        ]
    }
    read = packages.read_report(report, {"fpdf2": "LGPL-3.0-only"})
    assert read == INSIDE[:1]
    text = packages.requirements(read)
    assert f"fpdf2==2.8.9 \\\n    --hash=sha256:{'ab' * 32}\n" in text
    assert "://" not in text


def test_only_what_the_program_needs_goes_into_it() -> None:
    assert packages.in_program((*INSIDE, TOOL)) == INSIDE


def test_the_bill_names_every_part_and_is_the_same_each_time() -> None:
    text = bill.text(INSIDE, (TOOL,), [SYSTEM], MADE_AT)
    assert text == bill.text(INSIDE, (TOOL,), [SYSTEM], MADE_AT)
    read = json.loads(text)
    assert (read["bomFormat"], read["specVersion"]) == ("CycloneDX", "1.6")
    parts = {part["bom-ref"] for part in read["components"]} | {read["metadata"]["component"]["bom-ref"]}
    assert {"pkg:pypi/fpdf2@2.8.9", "pkg:pypi/pillow@13.0.0", SYSTEM["bom-ref"]} < parts
    assert [part["name"] for part in read["metadata"]["tools"]["components"]] == ["pyinstaller"]
    needs = {entry["ref"]: entry["dependsOn"] for entry in read["dependencies"]}
    assert set(needs) | {name for names in needs.values() for name in names} <= parts
    assert needs["pkg:pypi/fpdf2@2.8.9"] == ["pkg:pypi/pillow@13.0.0"]
    assert "://" not in text


def test_how_pip_was_called_is_not_in_the_bundle(tmp_path: Path) -> None:
    """Pinned requirements are all asked for by name, and pip notes that beside each package."""
    about = tmp_path / "_internal" / "keyring-25.0.dist-info"
    about.mkdir(parents=True)
    for name in ("METADATA", "entry_points.txt", "REQUESTED", "RECORD"):
        (about / name).write_text("", "utf-8")
    leave_out_notes(tmp_path)
    assert {file.name for file in about.iterdir()} == {"METADATA", "entry_points.txt"}


def test_the_same_bundle_gives_the_same_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground, "DIST", tmp_path / "dist")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(MADE_AT))
    for ending in (".cdx.json", ".requirements.txt"):
        ground.artefact(ending).write_text("{}", "utf-8")
    made = []
    for name, mask in (("one", 0o077), ("another", 0o002)):
        before = os.umask(mask)
        bundle, root = tmp_path / name / "bundle", tmp_path / name / "root"
        (bundle / "_internal").mkdir(parents=True)
        (bundle / "counter-app").write_text("#!/bin/sh\n", "utf-8")
        (bundle / "counter-app").chmod(0o700)
        (bundle / "_internal" / "words.txt").write_text("काउंटर", "utf-8")
        root.mkdir()
        deb.lay_out(bundle, root)
        deb.pack(root, tmp_path / f"{name}.deb")
        os.umask(before)
        made.append((tmp_path / f"{name}.deb").read_bytes())
    assert made[0] == made[1]
    said = subprocess.run(
        ["dpkg-deb", "--contents", tmp_path / "one.deb"], capture_output=True, text=True, check=True
    ).stdout
    assert "/usr/bin/counter-app -> ../../opt/counter-app/counter-app" in said
    assert all("root/root" in line for line in said.splitlines())
