"""``import`` and ``post`` as people and scripts call them: real processes, passwords, Ctrl-C."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.demo import extracts
from counter_app.desk.rules import load_rules
from counter_app.domain.days import business_day
from counter_app.resources import resource
from tests.offices import NOW, copied, open_desk
from tests.program import called

PASSWORD = "navgram"


def counter_app(*arguments: str | Path, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    return called(*map(str, arguments), typed=f"{password}\n")


def samples(*kinds: str) -> list[str | Path]:
    return [part for kind in kinds for part in (f"--{kind}", resource("demo", f"{kind}.csv"))]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return copied(tmp_path, 30)


def test_the_samples_go_in_and_again_change_nothing(office: Path, tmp_path: Path) -> None:
    call = ("import", "--data", office, "--as", "S01", *samples("consumers", "bills", "payments"), "--json")
    first = json.loads(counter_app(*call).stdout)
    assert first["ok"]
    assert [(file["kind"], file["taken"]) for file in first["files"]][:2] == [
        ("consumers", 50),
        ("bills", 650),
    ]
    done = counter_app(*call)
    again = json.loads(done.stdout)
    assert done.returncode == 0
    assert [(file["taken"], file["changed"]) for file in again["files"]] == [(0, 0)] * 3
    whole = counter_app("verify", "--data", office, "--json")
    assert whole.returncode == 0


def test_other_headings_and_a_sheet(office: Path) -> None:
    counter_app("import", "--data", office, "--as", "S01", *samples("consumers"))
    done = counter_app(
        "import", "--data", office, "--as", "ADM", "--payments", resource("demo", "payments.xlsx"),
        "--columns", resource("demo", "columns.toml"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "211" in done.stdout


def test_rejected_rows_are_told_and_end_1(office: Path, tmp_path: Path) -> None:
    counter_app("import", "--data", office, "--as", "S01", *samples("consumers"))
    rejects = tmp_path / "rejects.csv"
    done = counter_app(
        "import", "--data", office, "--as", "S01", "--bills", resource("demo", "bills_with_faults.csv"),
        "--rejects", rejects,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Rows read 9: 1 new, 0 changed, 0 unchanged, 8 rejected" in done.stdout
    assert "The lines make ₹" in done.stdout
    assert str(rejects) in done.stdout
    assert rejects.read_bytes() == resource("demo", "rejects.csv").read_bytes()


def test_without_a_file_for_rejects_it_says_how_to_see_them_all(office: Path) -> None:
    counter_app("import", "--data", office, "--as", "S01", *samples("consumers"))
    call = ("import", "--data", office, "--as", "S01", "--bills", resource("demo", "bills_with_faults.csv"))
    done = counter_app(*call)
    assert done.returncode == 1
    assert "These are the first. Name a file with --rejects to see all of them." in done.stdout
    missing = counter_app(*call, "--rejects", office / "none" / "r.csv", "--json")
    assert (missing.returncode, json.loads(missing.stdout)["refused"]) == (3, "FolderMissing")


def test_while_another_has_the_records_open_it_says_so(office: Path) -> None:
    desk = open_desk(office)
    for verb in (("import", *samples("consumers")), ("post", "--out", office / "out"), ("export-journal",)):
        done = counter_app(*verb, "--data", office, "--as", "S01")
        assert done.returncode == 3
        assert "These records are open already." in done.stderr
    desk.book.close()


def test_numbers_and_days_that_cannot_be_are_refused(office: Path) -> None:
    for wrong, refused in (
        (("--after", "999999"), "SerialUnknown"),
        (("--after", "1", "2"), "SerialTwice"),
        (("--from", "12/03/2026", "--to", "11/03/2026"), "DaysTurned"),
    ):
        done = counter_app("post", "--data", office, "--as", "S01", "--out", office / "out", *wrong, "--json")
        assert (done.returncode, json.loads(done.stdout)["refused"]) == (3, refused)
    assert not (office / "out").exists()


@pytest.mark.parametrize(
    ("code", "password", "refused"),
    [("S01", "wrong", "PasswordWrong"), ("S01", "", "PasswordWrong"), ("X", PASSWORD, "PasswordWrong"),
     ("R07", PASSWORD, "NotAllowed"), ("AUD", PASSWORD, "NotAllowed")],
)  # fmt: skip
def test_who_may_not_cannot_and_the_attempt_is_noted(
    office: Path, code: str, password: str, refused: str
) -> None:
    before = entries(office)
    for verb in (("import", *samples("consumers")), ("post", "--out", office / "out")):
        done = counter_app(*verb, "--data", office, "--as", code, "--json", password=password)
        assert (done.returncode, json.loads(done.stdout)["refused"]) == (3, refused)
    assert entries(office) >= before + 2
    assert not (office / "out").exists()


def entries(office: Path) -> int:
    return int(json.loads(counter_app("verify", "--data", office, "--json").stdout)["entries"])


def test_a_bad_file_is_refused_in_both_languages_and_changes_nothing(office: Path, tmp_path: Path) -> None:
    page = tmp_path / "bills.xls"
    page.write_text("<html><body>Session expired", "utf-8")
    done = counter_app("import", "--data", office, "--as", "S01", *samples("consumers"), "--bills", page)
    assert done.returncode == 3
    hindi, english = done.stderr.splitlines()
    assert "वेब पेज" in hindi
    assert english == "bills.xls is a web page, not a table. Nothing is taken; save the file itself."
    again = json.loads(
        counter_app("import", "--data", office, "--as", "S01", *samples("consumers"), "--json").stdout
    )
    assert again["files"][0]["taken"] == 50


def test_without_an_office_it_says_so(tmp_path: Path) -> None:
    for verb in (("import", *samples("consumers")), ("post", "--out", tmp_path / "out")):
        done = counter_app(*verb, "--data", tmp_path / "none", "--as", "S01", "--json")
        assert (done.returncode, json.loads(done.stdout)["refused"]) == (3, "OfficeMissing")


@pytest.mark.parametrize(
    "arguments",
    [["import", "--as", "S01"], ["import", *samples("bills")], ["post", "--as", "S01"],
     ["post", "--as", "S01", "--out", "x", "--from", "yesterday"],
     ["post", "--as", "S01", "--out", "x", "--from", "12/03/2026", "--after", "4187"]],
)  # fmt: skip
def test_a_wrong_call_ends_2(arguments: list[str | Path]) -> None:
    assert counter_app(*arguments).returncode == 2


def test_what_was_taken_goes_out_and_goes_on(office: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = counter_app("post", "--data", office, "--as", "S01", "--out", out, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert told["files"][0]["rows"] == len((out / "payments.csv").read_text("utf-8-sig").splitlines()) - 1 > 0
    upto = [file["upto"] for file in told["files"] if file["upto"]]
    after = counter_app("post", "--data", office, "--as", "S01", "--out", out, "--after", *upto, "--json")
    assert [(file["rows"], file["upto"]) for file in json.loads(after.stdout)["files"]] == [
        (0, file["upto"]) for file in told["files"]
    ]
    days = counter_app(
        "post", "--data", office, "--as", "S01", "--out", out, "--from", "12/03/2026", "--to", "2026-03-12"
    )
    assert days.returncode == 0
    assert "payments.csv" in days.stdout


def on_a_terminal(
    arguments: list[str | Path], stop_at: bytes | None, stop_by: signal.Signals = signal.SIGINT
) -> tuple[int, str]:
    """Run the command on a terminal of its own, type the password, press Ctrl-C when words appear."""
    # What a shell starts in the background would ignore Ctrl-C; what a person types into does not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "counter_app", *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as running:
        os.close(theirs)
        said, typed, stopped = b"", False, False
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:
                break
            said += part
            if not typed and "पासवर्ड".encode() in said:
                os.write(ours, f"{PASSWORD}\n".encode())
                typed = True
            if stop_at and not stopped and stop_at in said:
                running.send_signal(stop_by)
                stopped = True
            if not part:
                break
        os.close(ours)
        return running.wait(60), said.decode("utf-8", "replace")


def test_on_a_terminal_the_password_is_not_shown_and_progress_is(office: Path) -> None:
    code, said = on_a_terminal(
        ["import", "--data", office, "--as", "S01", *samples("consumers", "bills")], None
    )
    assert code == 0
    assert PASSWORD not in said
    assert "% " in said or " %," in said
    assert "बाकी" in said


@pytest.fixture
def much(office: Path, tmp_path: Path) -> list[str | Path]:
    """The call for files that take some seconds."""
    files = extracts.write(tmp_path, extracts.accounts(load_rules(), 3000, business_day(NOW), 9))
    named = [part for kind, path in files.items() for part in (f"--{kind}", path)]
    return ["import", "--data", office, "--as", "S01", *named, "--rejects", tmp_path / "r.csv"]


def consumers(office: Path) -> int:
    desk = open_desk(office)
    with desk.book.reading() as connection:
        number = connection.exec_driver_sql("SELECT count(*) FROM consumers").scalar_one()
    desk.book.close()
    return int(number)


def test_ctrl_c_stops_it_and_nothing_is_changed(office: Path, much: list[str | Path], tmp_path: Path) -> None:
    code, said = on_a_terminal(much, "बिल".encode())
    assert code == 130, said
    assert "Stopped. Nothing was changed." in said
    assert not list(tmp_path.glob("r.csv*"))
    assert consumers(office) == 30


def test_a_kill_in_the_middle_leaves_all_as_it_was(
    office: Path, much: list[str | Path], tmp_path: Path
) -> None:
    code, said = on_a_terminal(much, "बिल".encode(), signal.SIGKILL)
    assert code == -signal.SIGKILL, said
    assert counter_app("verify", "--data", office, "--json").returncode == 0
    assert consumers(office) == 30
    assert (tmp_path / "r.csv.part").exists()
    assert counter_app(*much).returncode == 0
    assert {path.name for path in tmp_path.glob("r.csv*")} == {"r.csv"}
