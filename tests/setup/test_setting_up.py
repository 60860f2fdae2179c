"""A counter is set up by the command: whole, or nothing is left of it."""

import json
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from uuid import uuid4

import pytest

from counter_app import __version__
from counter_app.app import Opening, open_desk
from counter_app.desk import language, paper, sign_in
from counter_app.desk.desk import Desk
from counter_app.desk.rules import load_rules
from counter_app.domain.numbering import Series
from counter_app.domain.people import Role
from counter_app.domain.ways import Way
from counter_app.store import backup
from counter_app.store.book import Book
from counter_app.store.keys import keep_office_keys, office_keys
from counter_app.store.projected import last_serial
from counter_app.words.say import Language
from tests.kept_keys import kept, use_keyring
from tests.offices import NOW
from tests.program import called
from tests.setup.set_ups import PASSWORD, office, person, written


@pytest.fixture(autouse=True)
def _keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_keyring(monkeypatch, tmp_path / "keyring.json")


def set_up(folder: Path, file: Path, *words: str) -> CompletedProcess[str]:
    """As a new counter 1, unless ``words`` say another."""
    return called("setup", str(file), "--data", str(folder), "--json", "--counter", "1", "--new", *words)


def refused(done: CompletedProcess[str]) -> str:
    assert done.returncode == 3, done.stdout + done.stderr
    return str(json.loads(done.stdout)["refused"])


def hashed() -> str:
    done = called("password-hash", "ADM", "--json", typed=f"{PASSWORD}\n")
    return str(json.loads(done.stdout)["password_hash"])


def opened(folder: Path) -> Desk:
    book = Book.open(folder, office_keys(folder), program=__version__, now=NOW, steady=None)
    return Desk(book, load_rules(), book.office)


def test_a_bare_folder_becomes_a_counter_somebody_signs_in_at(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    counter = f'[counter]\nlanguage = "en"\ncopies = ["{tmp_path / "one"}"]\n'
    printers = '[printers.all]\nprinter = "HP"\n'
    people = (person(hashed=hashed()), person("R07", "cashier"))
    file = written(tmp_path, counter, printers, office(), *people, office("2215"), person())
    done = set_up(folder, file, "--office", "2214", "--counter", "3")
    assert (done.returncode, done.stderr) == (0, "")
    told = {"ok": True, "office": "2214", "counter": 3, "enrolled": False, "unlinked": None, "read": False}
    said = json.loads(done.stdout)
    assert said == told | {"seconds": said["seconds"]}
    desk = opened(folder)
    try:
        assert (desk.office.code, desk.office.counter, desk.office.demo) == ("2214", 3, False)
        session = sign_in.sign_in(desk, "adm", PASSWORD, uuid4(), NOW)
        assert session.person.role is Role.ADMINISTRATOR
        assert language.remembered(desk) is Language.ENGLISH
        assert paper.ways(desk).usual == Way("HP")
        with desk.book.reading() as connection:
            assert backup.places(connection) == (tmp_path / "one",)
    finally:
        desk.book.close()
    assert [*kept()] == [f"counter-app: {folder}"]
    assert called("verify", "--data", str(folder)).returncode == 0


def test_a_second_set_up_changes_nothing(tmp_path: Path) -> None:
    folder, file = tmp_path / "data", written(tmp_path, office(), person())
    assert set_up(folder, file).returncode == 0
    before = kept(), sorted(path.name for path in folder.iterdir())
    assert refused(set_up(folder, file)) == "OfficeThere"
    assert (kept(), sorted(path.name for path in folder.iterdir())) == before


@pytest.mark.parametrize(
    ("tables", "words", "why"),
    [
        ((office(), person()), ("--office", "2215"), "SetUpOfficeMissing"),
        ((office(), person()), ("--counter", "0"), "CounterNumberWrong"),
        ((office(),), (), "SetUpFileUnfit"),
        (('[centre]\nurl = "https://127.0.0.1:9"\n', office()), (), "NobodySignsIn"),
        (('[centre]\nurl = "https://127.0.0.1:9"\n', office()), ("--code", "ABCD"), "NobodySignsIn"),
        (('[centre]\nurl = "http://centre.example"\n', office()), ("--code", "ABCD"), "CentreAddressWrong"),
    ],
)
def test_what_is_refused_leaves_nothing(
    tables: tuple[str, ...], words: tuple[str, ...], why: str, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    assert refused(set_up(folder, written(tmp_path, *tables), *words)) == why
    assert not folder.exists()
    # Keys that a code was sent with may be let in by now: they are kept for the next call.
    assert [*kept()] == ([f"counter-app: {folder / 'restoring'}"] if "--code" in words else [])


def test_a_slip_in_the_file_is_told_in_both_languages(tmp_path: Path) -> None:
    file = written(tmp_path, office("22x"), person())
    done = called("setup", str(file), "--data", str(tmp_path / "data"), "--counter", "1")
    hindi, english = done.stderr.splitlines()
    assert (done.returncode, "offices[1].code" in english, hindi.isascii()) == (3, True, False)


def test_without_the_centre_a_named_person_works_unlinked(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    file = written(tmp_path, '[centre]\nurl = "https://127.0.0.1:9"\n', office(), person())
    done = set_up(folder, file, "--code", "ABCD-EFGH-JKMN")
    assert json.loads(done.stdout)["unlinked"] == "CentreSilent"
    words = ("--counter", "1", "--new", "--language", "en")
    said = called("setup", str(file), "--data", str(tmp_path / "other"), *words)
    assert "https://127.0.0.1:9" in said.stdout


def test_where_a_counter_was_before_its_numbers_do_not_begin_again(tmp_path: Path) -> None:
    folder, file = tmp_path / "data", written(tmp_path, office(), person())
    assert set_up(folder, file).returncode == 0
    (folder / "counter.db").unlink()
    assert refused(set_up(folder, file)) == "RecordsLost"
    assert set_up(tmp_path / "elsewhere", file).returncode == 0


def test_what_a_set_up_that_was_killed_left_hides_no_lost_records(tmp_path: Path) -> None:
    folder, file = tmp_path / "data", written(tmp_path, office(), person())
    assert set_up(folder, file).returncode == 0
    killed_before_it_forgot = office_keys(folder)
    keep_office_keys(folder / "restoring", killed_before_it_forgot)
    assert refused(set_up(folder, file)) == "OfficeThere"
    assert [*kept()] == [f"counter-app: {folder}"]
    keep_office_keys(folder / "restoring", killed_before_it_forgot)
    open_desk(Opening(folder, False, 20, 1), lambda _done, _all: None).desk.book.close()
    assert [*kept()] == [f"counter-app: {folder}"]
    for name in ("counter.db", "counter.anchor"):
        (folder / name).unlink()
    assert refused(set_up(folder, file)) == "RecordsLost"


def test_where_nobody_says_it_no_counter_has_a_number_or_begins_at_one(tmp_path: Path) -> None:
    folder, file = tmp_path / "data", written(tmp_path, office(), person())
    bare = ("setup", str(file), "--data", str(folder), "--json")
    assert refused(called(*bare, "--new")) == "CounterNumberWrong"
    asked = (*bare, "--counter", "2")
    assert refused(called(*asked)) == "NumbersUnsaid"
    assert refused(called(*asked, "--paper", "2214-3-004187")) == "SerialUnreadable"
    assert not kept()
    papers = ("--paper", "2214-2-004187", "--paper", "2214-2-004100", "--paper", "2214-2-C00318")
    assert called(*asked, *papers).returncode == 0
    checked = json.loads(called("verify", "--data", str(folder), "--json").stdout)
    assert (checked["ok"], checked["gaps"]) == (True, 1)
    desk = opened(folder)
    with closing(desk.book), desk.book.reading() as connection:
        assert last_serial(connection, Series.RECEIPT) == 4187
        assert last_serial(connection, Series.COMPLAINT) == 318


def test_a_counter_that_took_complaints_alone_says_that_it_gave_out_no_receipt_yet(tmp_path: Path) -> None:
    folder, file = tmp_path / "data", written(tmp_path, office(), person())
    asked = ("setup", str(file), "--data", str(folder), "--counter", "2", "--paper", "2214-2-C00318")
    said = called(*asked, "--language", "en")
    assert "(000000: none yet)" in said.stderr
    assert "--paper, --new." in said.stderr
    assert called(*asked, "--paper", "2214-2-000000").returncode == 0
    desk = opened(folder)
    with closing(desk.book), desk.book.reading() as connection:
        series = (Series.RECEIPT, Series.COMPLAINT, Series.SLIP)
        assert [last_serial(connection, one) for one in series] == [0, 318, 10_318]


def test_without_a_keyring_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    folder = tmp_path / "data"
    assert refused(set_up(folder, written(tmp_path, office(), person()))) == "KeyringMissing"
    assert not folder.exists()


def test_a_common_password_has_no_hash() -> None:
    done = called("password-hash", "ADM", "--json", typed="password1\n")
    assert refused(done) == "PasswordCommon"
