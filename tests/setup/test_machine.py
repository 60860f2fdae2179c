"""What the program finds out about the machine it is on."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app import machine


@pytest.mark.parametrize(
    ("version", "fits"),
    [((3, 10), False), ((3, 11), True), ((3, 15), True), ((3, 16), False), ((2, 7), False), ((4, 0), False)],
)
def test_only_the_versions_of_python_that_the_project_names_fit(version: tuple[int, int], fits: bool) -> None:
    assert machine.python_fits(version) is fits


def test_a_library_that_cannot_be_loaded_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "WINDOWLESS", (("libnowhere.so.7", "libnowhere7"),))
    monkeypatch.setattr(machine, "WINDOW", (("libnoframe.so.7", "libnoframe7"),))
    assert [lib.package for lib in machine.missing_libraries(window=False)] == ["libnowhere7"]
    sentence = machine.libraries_sentence(window=True)
    assert "libnowhere.so.7, libnoframe.so.7" in sentence
    assert sentence.splitlines()[-1].strip() == machine.apt_line(("libnowhere7", "libnoframe7"))


def test_a_program_that_tests_need_is_found_where_daemons_lie_or_named_by_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(machine, "_WHERE_DAEMONS_LIE", (str(tmp_path / "sbin"),))
    monkeypatch.setattr(machine, "FOR_TESTS", (("printd", "print-daemon"), ("nowhere", "nowhere-utils")))
    (tmp_path / "sbin").mkdir()
    (tmp_path / "sbin" / "printd").write_text("#!/bin/sh\n", "utf-8")
    (tmp_path / "sbin" / "printd").chmod(0o755)
    assert machine.program("printd") == str(tmp_path / "sbin" / "printd")
    assert machine.missing_for_tests() == ("nowhere-utils",)
    monkeypatch.setattr(sys, "platform", "win32")
    assert machine.missing_for_tests() == ()


def test_elsewhere_than_on_linux_nothing_is_left_to_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(machine, "WINDOWLESS", (("libnowhere.so.7", "libnowhere7"),))
    assert machine.libraries_sentence(window=False) == ""


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_without_a_display_there_is_no_screen(no_screen: pytest.MonkeyPatch) -> None:
    assert machine.screen() == ""


@pytest.mark.parametrize("display", [":4711", "127.0.0.1:59000", "nonsense", ":", "[::1]:x"])
def test_a_display_that_does_not_answer_is_no_screen(no_screen: pytest.MonkeyPatch, display: str) -> None:
    no_screen.setenv("DISPLAY", display)
    assert machine.screen() == ""


def test_a_screen_that_answers_is_named(no_screen: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        no_screen.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        no_screen.setenv("WAYLAND_DISPLAY", "wayland-7")
        assert machine.screen() == "wayland-7"


def test_a_display_over_the_network_that_answers_is_named(no_screen: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        display = f"127.0.0.1:{server.getsockname()[1] - 6000}.0"
        no_screen.setenv("DISPLAY", display)
        assert machine.screen() == display


def test_a_chosen_platform_of_qt_is_taken_at_its_word(no_screen: pytest.MonkeyPatch) -> None:
    no_screen.setenv("QT_QPA_PLATFORM", "offscreen")
    assert machine.screen() == "offscreen"


@pytest.mark.parametrize(
    ("root", "sudo", "line"),
    [
        (True, True, "apt-get update && apt-get install -y --no-install-recommends libx"),
        (False, True, "sudo apt-get update && sudo apt-get install -y --no-install-recommends libx"),
        (False, False, 'su -c "apt-get update && apt-get install -y --no-install-recommends libx"'),
    ],
)
def test_the_line_to_type_fits_who_is_asking(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, root: bool, sudo: bool, line: str
) -> None:
    monkeypatch.setattr(machine, "is_root", lambda: root)
    if sudo:
        (tmp_path / "sudo").write_text("#!/bin/sh\n", "utf-8")
        (tmp_path / "sudo").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert machine.apt_line(("libx",)) == line


def test_the_steady_clock_goes_forward_within_a_boot() -> None:
    first, then = machine.steady(), machine.steady()
    assert first.boot == then.boot
    assert 0 < first.ms <= then.ms


@pytest.fixture
def no_boot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A system that does not say which boot this is."""
    monkeypatch.setattr(machine, "_LINUX_BOOT", tmp_path / "nowhere")
    machine._boot.cache_clear()
    yield
    machine._boot.cache_clear()


def test_where_no_boot_is_known_the_steady_clock_begins_with_the_program(no_boot: None) -> None:
    """Else a restart of the program could pass for a boot, and the time since for time that has passed."""
    first = machine.steady()
    assert 0 <= first.ms < 60_000
    assert machine.steady().boot == first.boot
    machine._boot.cache_clear()
    assert machine.steady().boot != first.boot
