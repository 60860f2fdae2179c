"""The stage that tries the package, as far as it goes without a Debian of its own."""

import os
import struct
import zlib
from pathlib import Path

import pytest

import build_installer
from counter_app.bootstrap import Lacking
from counter_app.installer import check, ground, root
from counter_app.installer.screen import Picture


def test_without_a_package_it_says_what_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ground, "DIST", tmp_path)
    assert build_installer.main(["check"]) == 3
    assert "python3 build_installer.py bundle deb" in capsys.readouterr().out


def test_each_missing_tool_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground, "program", lambda _name: "")
    for name, package in (("debootstrap", "debootstrap"), ("Xvfb", "xvfb"), ("pdftoppm", "poppler-utils")):
        with pytest.raises(Lacking, match=f"{name} is needed .* apt-get install {package}$"):
            ground.tool(name)


def test_nobody_but_an_administrator_enters_another_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(root, "tool", lambda name: name)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Lacking, match="as root"):
        root.Root()


def test_a_fault_that_was_found_ends_1(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(check, "built_deb", lambda: tmp_path)
    for faults, ends in (((), 0), (("Left behind: /etc/x",), 1)):
        monkeypatch.setattr(check, "check", lambda _deb, faults=faults: check.Checked(faults, (), 1.0))
        assert build_installer.main(["check"]) == ends


def test_two_pictures_are_compared_by_the_share_of_their_pixels() -> None:
    white, black = (Picture(100, 10, bytes([shade] * 3 + [0]) * 1000) for shade in (255, 0))
    half = Picture(100, 10, white.pixels[:2000] + black.pixels[2000:])
    assert (white.unlike(white), white.unlike(black), white.unlike(half)) == (0, 1, 0.5)
    assert (black.empty, half.empty) == (True, False)


def test_a_picture_is_kept_as_a_png(tmp_path: Path) -> None:
    Picture(2, 1, bytes([10, 20, 30, 0, 40, 50, 60, 0])).save(tmp_path / "seen.png")
    kept = (tmp_path / "seen.png").read_bytes()
    assert struct.unpack(">2I", kept[16:24]) == (2, 1)
    begin = kept.index(b"IDAT") + 4
    assert zlib.decompress(kept[begin : kept.index(b"IEND") - 8]) == bytes([0, 30, 20, 10, 60, 50, 40])
