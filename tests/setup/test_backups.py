"""The drill: a bare folder becomes a working counter by one command, and goes on above its numbers."""

import json
import sys
from pathlib import Path
from signal import SIGINT, default_int_handler, getsignal
from subprocess import CompletedProcess
from uuid import uuid4

import pytest

from counter_app import progress
from counter_app.backups import back_up
from counter_app.desk import backups
from counter_app.domain.backup_refusals import BackupStopped
from counter_app.store import backup, engine
from counter_app.store.keys import is_demo
from counter_app.words.say import Language
from tests.offices import NOW, copied, open_desk, signed_in
from tests.program import called
from tests.terminal import Terminal


def counter_app(*arguments: str, typed: str = "navgram\n") -> CompletedProcess[str]:
    return called(*arguments, typed=typed)


def test_copies_go_to_named_places_or_to_those_that_were_chosen(tmp_path: Path) -> None:
    folder, place = copied(tmp_path), tmp_path / "stick"
    place.mkdir()
    data = ("--data", str(folder), "--json")
    none = counter_app("backup", *data)
    assert (none.returncode, json.loads(none.stdout)["refused"]) == (3, "BackupPlacesMissing")
    made = counter_app("backup", "--to", str(place), "--to", str(tmp_path / "gone"), *data)
    told = json.loads(made.stdout)
    assert (made.returncode, told["ok"]) == (1, False)
    assert [one["refused"] for one in told["copies"]] == [None, "BackupPlaceMissing"]
    assert (place / told["copies"][0]["file"]).is_file()
    said = counter_app("backup", "--to", str(place), "--data", str(folder), "--language", "en")
    assert (said.returncode, said.stdout.startswith("Copied and checked: ")) == (0, True)


@pytest.mark.parametrize("words", ["% copied, 0:0", "being checked"])
def test_a_terminal_shows_how_far_it_is_and_ctrl_c_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    folder, place, terminal = copied(tmp_path), tmp_path / "stick", Terminal(words)
    place.mkdir()
    monkeypatch.setattr(progress, "_OFTEN", 0)
    monkeypatch.setattr(backup, "_INSTRUCTIONS", 100)
    monkeypatch.setattr(engine, "_STEP", 5)
    monkeypatch.setattr(sys, "stderr", terminal)
    with pytest.raises(BackupStopped):
        back_up(folder, [place], Language.ENGLISH, as_json=False)
    assert words in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\033[K")
    assert not list(place.iterdir())
    assert getsignal(SIGINT) is default_int_handler


@pytest.fixture
def safe(tmp_path: Path) -> tuple[Path, Path, str]:
    """An office with chosen places and a recovery code: its folder, its newest copy, the code."""
    folder, place = copied(tmp_path), tmp_path / "stick"
    place.mkdir()
    desk = open_desk(folder)
    administrator = signed_in(desk, "ADM")
    backups.choose_places(desk, administrator, uuid4(), [str(place)], NOW)
    code = backups.new_recovery_code(desk, administrator, uuid4(), NOW)
    desk.book.close()
    assert counter_app("backup", "--data", str(folder)).returncode == 0
    (copy,) = place.glob("*.backup")
    return folder, copy, code


def test_a_bare_folder_becomes_a_working_counter(safe: tuple[Path, Path, str], tmp_path: Path) -> None:
    _, copy, code = safe
    asked = ["restore", str(copy), "--as", "ADM", "--data", str(tmp_path / "new"), "--json"]
    unsure = counter_app(*asked, typed=f"{code}\nnavgram\n")
    assert (unsure.returncode, json.loads(unsure.stdout)["refused"]) == (3, "NumbersUnsure")
    for typed, refused in (
        (f"{code[:-1]}\nnavgram\n", "RecoveryCodeWrong"),
        (f"{code}\nwrong\n", "PasswordWrong"),
    ):
        no = counter_app(*asked, "--paper", "2214-2-004400", typed=typed)
        assert (no.returncode, json.loads(no.stdout)["refused"]) == (3, refused)
    paper = "2214-3-004400"
    no = counter_app(*asked, "--paper", paper, typed=f"{code}\nnavgram\n")
    assert (no.returncode, json.loads(no.stdout)["refused"]) == (3, "SerialUnreadable")
    assert not (tmp_path / "new" / "counter.db").exists()
    done = counter_app(*asked, "--paper", "2214-2-004400", typed=f"{code}\nnavgram\n")
    told = json.loads(done.stdout)
    assert (done.returncode, told["gap"], told["centre"], told["replaced"]) == (0, True, False, None)
    folder = tmp_path / "new"
    assert is_demo(folder)
    walked = counter_app("demo", "--headless", "--data", str(folder), "--out", str(tmp_path / "papers"))
    assert walked.returncode == 0
    assert "2214-2-004401" in walked.stdout
    checked = json.loads(counter_app("verify", "--data", str(folder), "--json").stdout)
    assert (checked["ok"], checked["gaps"], checked["unanchored"]) == (True, 1, 0)


def test_behind_records_are_brought_up_and_whole_ones_stay(
    safe: tuple[Path, Path, str], tmp_path: Path
) -> None:
    folder, copy, _ = safe
    out = str(tmp_path / "papers")
    assert counter_app("demo", "--headless", "--data", str(folder), "--out", out).returncode == 0
    asked = ["restore", str(copy), "--as", "S02", "--data", str(folder), "--json"]
    whole = counter_app(*asked)
    assert json.loads(whole.stdout)["refused"] == "RecordsWhole"
    before = json.loads(counter_app("verify", "--data", str(folder), "--json").stdout)
    (folder / "counter.db").write_bytes(b"a spoilt disk")
    done = counter_app(*asked)
    told = json.loads(done.stdout)
    assert (done.returncode, told["gap"], told["brought_back"]) == (0, True, 0), done.stdout + done.stderr
    assert (Path(told["replaced"]) / "counter.db").read_bytes() == b"a spoilt disk"
    after = json.loads(counter_app("verify", "--data", str(folder), "--json").stdout)
    assert (after["ok"], after["gaps"]) == (True, 1)
    again = counter_app("demo", "--headless", "--data", str(folder), "--out", out)
    assert again.returncode == 0
    assert f"2214-2-{before['serials']['receipt'][1] + 1:06d}" in again.stdout


def test_who_may_not_puts_nothing_back(safe: tuple[Path, Path, str]) -> None:
    folder, copy, _ = safe
    (folder / "counter.db").unlink()
    asked = counter_app("restore", str(copy), "--as", "R07", "--data", str(folder), "--json")
    assert (asked.returncode, json.loads(asked.stdout)["refused"]) == (3, "NotAllowed")
    assert not (folder / "counter.db").exists()
    assert not (folder / "restoring").exists()


def test_of_a_folder_the_newest_whole_copy_is_put_back(safe: tuple[Path, Path, str], tmp_path: Path) -> None:
    _, copy, code = safe
    stick = copy.parent
    newest = stick / "counter-2214-2-20990312T061200Z-0000999.backup"
    newest.write_bytes(copy.read_bytes()[:-5000])
    typed = f"{code}\nnavgram\n"
    asked = ("--as", "ADM", "--paper", "2214-2-004400", "--json")
    new = str(tmp_path / "new")
    done = counter_app("restore", str(stick), *asked, "--data", new, typed=typed)
    told = json.loads(done.stdout)
    assert (done.returncode, told["file"], told["seconds"] > 0) == (0, str(copy), True), done.stdout
    assert counter_app("verify", "--data", new).returncode == 0


def test_a_folder_without_copies_or_with_those_of_several_counters_is_refused(
    safe: tuple[Path, Path, str], tmp_path: Path
) -> None:
    _, copy, _ = safe
    (copy.parent / "counter-2214-3-20260312T061200Z-0000129.backup").write_bytes(copy.read_bytes())
    for place, refused in ((tmp_path / "office", "BackupsNone"), (copy.parent, "BackupsOfSeveral")):
        no = counter_app("restore", str(place), "--as", "ADM", "--data", str(tmp_path / "new"), "--json")
        assert (no.returncode, json.loads(no.stdout)["refused"]) == (3, refused)
    assert "2214-2, 2214-3" in json.loads(no.stdout)["sentence"]
