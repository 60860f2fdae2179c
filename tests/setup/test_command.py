"""The command as scripts and newcomers meet it: help, exit codes, words when there is no screen."""

import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from counter_app.__main__ import data_folder
from counter_app.domain.days import business_day
from counter_app.store.keys import demo_keys
from counter_app.words import dates as words
from tests.offices import copied
from tests.setup.secret_bus import secret_bus

EXPORT = ("export-journal", "--as", "AUD")
SECRET_SERVICE = "keyring.backends.SecretService.Keyring"


def counter_app(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Give the command as a person would, on a machine without a screen."""
    surroundings = {name: value for name, value in os.environ.items() if name not in _OF_A_SCREEN}
    command = [sys.executable, "-m", "counter_app", *arguments]
    return subprocess.run(
        command,
        env=surroundings | environment,
        input="navgram\n",
        capture_output=True,
        text=True,
        check=False,
    )


_OF_A_SCREEN = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}


def test_help_names_every_command_the_exit_codes_and_where_to_begin() -> None:
    asked = counter_app("--help")
    assert asked.returncode == 0
    for word in (
        "demo",
        "--headless",
        "drill",
        "verify",
        "export-journal",
        "papers",
        "sync",
        "doctor",
        "--data",
        "--json",
        "Exit codes",
    ):
        assert word in asked.stdout


@pytest.mark.parametrize("verb", ["demo", "drill", "verify", "export-journal", "papers", "doctor"])
def test_every_command_explains_itself(verb: str) -> None:
    asked = counter_app(verb, "--help")
    assert asked.returncode == 0
    assert "--data" in asked.stdout
    assert "Exit codes" in asked.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["frob"],
        ["demo", "--consumers", "0"],
        ["demo", "--consumers", "many"],
        ["--language", "fr"],
        ["demo", "x"],
        ["verify", "--anchor", "x"],
    ],
)
def test_a_wrong_call_ends_2(arguments: list[str]) -> None:
    assert counter_app(*arguments).returncode == 2


@pytest.mark.parametrize("arguments", [[], ["demo"], ["drill"]])
def test_without_a_screen_it_says_so_and_names_headless(arguments: list[str], tmp_path: Path) -> None:
    asked = counter_app("--data", str(tmp_path), *arguments)
    assert asked.returncode == 3
    assert "no screen" in asked.stderr
    assert "--headless" in asked.stderr
    assert not list(tmp_path.iterdir())


def test_a_display_that_does_not_answer_is_no_screen() -> None:
    asked = counter_app("demo", DISPLAY=":4711")
    assert (asked.returncode, "no screen" in asked.stderr) == (3, True)


def test_the_data_folder_may_be_named_before_and_after_the_command(tmp_path: Path) -> None:
    for arguments in (["--data", str(tmp_path), "doctor"], ["doctor", "--data", str(tmp_path)]):
        found = json.loads(counter_app(*arguments, "--json").stdout)
        (folder,) = [
            (finding["value"], finding["where"]) for finding in found if finding["name"] == "data folder"
        ]
        assert folder == ("0 MB", str(tmp_path))


def test_unnamed_data_lies_with_the_person_and_the_demo_apart_from_the_office() -> None:
    assert data_folder(None, "demo").name == "demo"
    assert data_folder(None, "office").parent == data_folder(None, "demo").parent
    assert data_folder(Path("here"), "demo") == Path.cwd() / "here"


def test_the_doctor_finds_this_machine_fit_to_run_the_tests(tmp_path: Path) -> None:
    asked = counter_app("doctor", "--json", "--data", str(tmp_path))
    states = {finding["name"]: finding["state"] for finding in json.loads(asked.stdout)}
    assert asked.returncode == 0, asked.stdout
    assert states["screen"] == "note"
    assert {"python", "sqlite", "fonts", "free space", "system libraries", "printers", "key store"} <= set(
        states
    )


def test_a_file_that_is_no_journal_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("nothing", "utf-8")
    asked = counter_app("verify", str(tmp_path / "x"), "--json")
    assert (asked.returncode, json.loads(asked.stdout)["ok"]) == (1, False)


def test_a_folder_without_records_is_refused_in_both_languages(tmp_path: Path) -> None:
    asked = counter_app("verify", "--data", str(tmp_path), "--json")
    assert asked.returncode == 3
    assert json.loads(asked.stdout)["refused"] == "FileUnreadable"
    hindi, english = asked.stderr.splitlines()
    assert not hindi.isascii()
    assert english.isascii()


def test_a_whole_office_is_found_whole(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    asked = counter_app("verify", "--data", str(folder), "--json")
    found = json.loads(asked.stdout)
    assert (asked.returncode, found["ok"], found["faults"]) == (0, True, [])
    assert found["entries"] > 0


def test_an_office_with_a_row_changed_by_hand_is_at_fault(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change(folder, "UPDATE payments SET amount = amount - 100 WHERE rowid = 1")
    asked = counter_app("verify", "--data", str(folder))
    assert asked.returncode == 1
    assert "payments" in asked.stdout


def test_the_journal_is_exported_beside_its_second_file_and_checked(tmp_path: Path) -> None:
    folder, out = copied(tmp_path), tmp_path / "given.jsonl"
    asked = counter_app(*EXPORT, "--data", str(folder), "--out", str(out), "--json")
    made = json.loads(asked.stdout)
    assert (asked.returncode, made["ok"], made["unreadable"]) == (0, True, 0)
    checked = counter_app("verify", made["file"], "--anchor", made["anchor"], "--json")
    found = json.loads(checked.stdout)
    assert (checked.returncode, found["ok"], found["entries"]) == (0, True, made["entries"])
    assert ([*found["anchored"].values()], made["noted"]) == ([0], True)
    whole = json.loads(counter_app("verify", "--data", str(folder), "--json").stdout)
    assert (whole["ok"], whole["entries"]) == (True, made["entries"] + 2)
    again = counter_app(*EXPORT, "--data", str(folder), "--out", str(out), "--json")
    assert (again.returncode, json.loads(again.stdout)["refused"]) == (3, "FileThere")


def test_a_cut_export_is_whole_alone_and_not_beside_its_second_file(tmp_path: Path) -> None:
    folder, out = copied(tmp_path), tmp_path / "given.jsonl"
    assert counter_app(*EXPORT, "--data", str(folder), "--out", str(out)).returncode == 0
    out.write_bytes(b"".join(out.read_bytes().splitlines(keepends=True)[:-1]))
    assert counter_app("verify", str(out)).returncode == 0
    asked = counter_app("verify", str(out), "--anchor", str(out.with_suffix(".anchor")))
    assert asked.returncode == 1
    assert "is not here: cut off or rewritten" in asked.stdout


@pytest.mark.parametrize("of", ["own data", "file"])
def test_both_checks_speak_the_same_language(of: str, tmp_path: Path) -> None:
    folder, out = copied(tmp_path), tmp_path / "given.jsonl"
    counter_app(*EXPORT, "--data", str(folder), "--out", str(out))
    asked = (
        [str(out), "--anchor", str(out.with_suffix(".anchor"))] if of == "file" else ["--data", str(folder)]
    )
    english = counter_app("verify", "--language", "en", *asked).stdout
    assert english.replace("₹", "").isascii()
    assert english.endswith("The journal is whole.\n")
    hindi = counter_app("verify", *asked).stdout.splitlines()
    assert hindi[-2:] == ["जर्नल पूरा और सही है।", "    The journal is whole."]
    assert [line.strip() for line in hindi[1::2]] == english.splitlines()


def test_the_papers_of_a_day_come_out_as_they_were_printed(tmp_path: Path) -> None:
    folder, out, file = copied(tmp_path), tmp_path / "p", tmp_path / "day.zip"
    counter_app("demo", "--headless", "--data", str(folder), "--out", str(out))
    day = words.day(business_day(datetime.now(UTC)))
    asked = counter_app(
        "papers", "--as", "AUD", "--day", day, "--data", str(folder), "--out", str(file), "--json"
    )
    told = json.loads(asked.stdout)
    printed = {path.read_bytes() for path in out.glob("*.pdf")}
    assert (asked.returncode, told["papers"]) == (0, len(printed))
    with zipfile.ZipFile(file) as papers:
        assert {papers.read(name) for name in papers.namelist()} == printed != set()
    assert counter_app("verify", "--data", str(folder)).returncode == 0
    refused = counter_app("papers", "--as", "R07", "--day", day, "--data", str(folder), "--json")
    assert (refused.returncode, json.loads(refused.stdout)["refused"]) == (3, "NotAllowed")


def test_an_old_backup_put_back_is_refused_and_can_still_be_exported(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = (folder / "counter.db").read_bytes()
    assert (
        counter_app("demo", "--headless", "--data", str(folder), "--out", str(tmp_path / "p")).returncode == 0
    )
    (folder / "counter.db").write_bytes(before)
    asked = counter_app("demo", "--headless", "--data", str(folder), "--out", str(tmp_path / "p"), "--json")
    refused = json.loads(asked.stdout)
    assert (asked.returncode, refused["ok"], refused["refused"]) == (3, False, "StoreBehind")
    assert "export-journal" in refused["sentence"]
    assert counter_app("verify", "--data", str(folder), "--json").returncode == 1
    out = tmp_path / "rest.jsonl"
    done = counter_app(*EXPORT, "--data", str(folder), "--out", str(out))
    assert done.returncode == 0
    assert "the journal does not tell that it was handed out" in done.stdout
    assert counter_app("verify", str(out)).returncode == 0
    assert counter_app("verify", str(out), "--anchor", str(out.with_suffix(".anchor"))).returncode == 1


def test_an_old_backup_put_back_without_its_second_file_is_told_by_both_checks(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "counter.anchor").unlink()
    out = tmp_path / "given.jsonl"
    assert counter_app("demo", "--headless", "--data", str(folder), "--out", str(tmp_path)).returncode == 0
    assert counter_app(*EXPORT, "--data", str(folder), "--out", str(out)).returncode == 0
    for asked in (["--data", str(folder)], [str(out)]):
        done = counter_app("verify", *asked)
        assert done.returncode == 0
        assert "दूसरी फ़ाइल के बिना शुरुआत: 1।" in done.stdout
        assert "Starts without the second file: 1. Was older data put back?" in done.stdout


def test_an_office_without_its_tables_is_at_fault_and_refuses_an_export(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change(folder, "DROP TABLE office_facts")
    asked = counter_app("verify", "--data", str(folder), "--json")
    found = json.loads(asked.stdout)
    assert (asked.returncode, found["ok"]) == (1, False)
    assert found["faults"] == ["The records do not pass their check: tables."]
    refused = counter_app(*EXPORT, "--data", str(folder), "--out", str(tmp_path / "x"), "--json")
    assert (refused.returncode, json.loads(refused.stdout)["refused"]) == (3, "StoreDamaged")


def change(folder: Path, statement: str) -> None:
    """What somebody with the key and a database tool might do."""
    database = dbapi2.connect(str(folder / "counter.db"))
    database.execute(f"PRAGMA key = \"x'{demo_keys(folder).database.hex()}'\"")
    database.execute(statement)
    database.commit()
    database.close()


def test_the_doctor_says_how_to_repair_what_is_not_fine_in_both_languages(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    asked = counter_app("doctor", "--json", "--data", str(folder))
    found = {finding["name"]: finding for finding in json.loads(asked.stdout)}
    assert {"schema version", "records", "clock", "backups", "file system"} <= set(found), asked.stdout
    assert found["backups"]["state"] == "note"
    for finding in found.values():
        assert (finding["state"] == "ok") is (not finding["hindi"]) is (not finding["english"]), finding
        assert finding["english"].isascii()
    (folder / "counter.db").write_bytes(b"a spoilt disk" * 1000)
    spoilt = counter_app("doctor", "--data", str(folder))
    assert (spoilt.returncode, "do not open with their key" in spoilt.stdout) == (1, True)


def test_the_doctor_names_a_package_that_is_missing_and_looks_on(tmp_path: Path) -> None:
    blocked = "import sys; sys.modules['sqlalchemy'] = None; from counter_app.__main__ import main; "
    asked = ["doctor", "--json", "--data", str(copied(tmp_path))]
    command = [sys.executable, "-c", f"{blocked}sys.exit(main())", *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 1
    assert found["records"]["state"] == found["sqlite"]["state"] == "fault"
    assert "sqlalchemy" in found["records"]["where"]


@pytest.mark.parametrize("known", [True, False])
def test_the_doctor_asks_nobody_for_the_password_of_a_locked_keyring(tmp_path: Path, known: bool) -> None:
    folder = copied(tmp_path)
    (folder / "keys.json").unlink()  # a real office's: its keys lie in the keyring
    with secret_bus(tmp_path / "bus", known=known) as bus:
        there = {"DBUS_SESSION_BUS_ADDRESS": bus.address, "PYTHON_KEYRING_BACKEND": SECRET_SERVICE}
        asked = counter_app("doctor", "--json", "--data", str(folder), **there)
    found = {finding["name"]: finding for finding in json.loads(asked.stdout)}
    assert asked.returncode == 0, asked.stdout
    for name in ("key store", "records"):
        assert (found[name]["state"], "keyring is locked" in found[name]["english"]) == ("note", True)
    assert set(bus.asked) <= {"Hello", "AddMatch", "NameHasOwner", "Get"}, "nothing that asks somebody"


def test_the_doctor_looks_into_a_keyring_that_is_open(tmp_path: Path) -> None:
    with secret_bus(tmp_path / "bus", locked=False) as bus:
        there = {"DBUS_SESSION_BUS_ADDRESS": bus.address, "PYTHON_KEYRING_BACKEND": SECRET_SERVICE}
        asked = counter_app("doctor", "--json", "--data", str(tmp_path), **there)
    assert "SearchItems" in bus.asked, asked.stderr
