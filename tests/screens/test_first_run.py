"""A PC without records, by real keys: from the empty folder to a signed-in administrator."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread, current_thread, main_thread
from uuid import uuid4

import keyring
import pytest
from keyring.backends import fail
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from counter_app import __version__, app
from counter_app.desk import backups
from counter_app.desk.desk import Desk
from counter_app.desk.rules import load_rules
from counter_app.desk.sign_in import sign_in as sign_in_at
from counter_app.domain.numbering import Series
from counter_app.store.book import Book
from counter_app.store.keys import office_keys
from counter_app.store.projected import last_serial
from counter_app.ui.first_run import FirstRun
from counter_app.wire.passwords import password_hash
from counter_app.words.say import Both, Language
from tests.central.gateways import Gateway, centre_command, gateway
from tests.kept_keys import kept, use_keyring
from tests.offices import NOW
from tests.program import called
from tests.screens.conftest import press, words_on
from tests.screens.hands import Hands
from tests.setup.set_ups import PASSWORD, centre, office, person, written

Start = Callable[..., Hands]
Begin = Callable[[tuple[Both, ...]], None]


@pytest.fixture(autouse=True)
def _keyring(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_keyring(monkeypatch, tmp_path / "keyring.json")


@pytest.fixture
def counters() -> Iterator[list[app.Counter]]:
    started: list[app.Counter] = []
    yield started
    for counter in started:
        counter.close()


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, counters: list[app.Counter]) -> Start:
    """Starts the program on a folder without records, as far as the first page."""

    def start_one(folder: Path, first: str = "first_run") -> Hands:
        counter = app.Counter(qapp, app.Opening(folder, False, 20, 1), None)
        counters.append(counter)
        qtbot.addWidget(counter.shell)
        counter.shell.show()
        counter.shell.activateWindow()
        qtbot.waitUntil(lambda: counter.window is not None, timeout=30_000)
        assert counter.window is not None
        hands = Hands(counter.window)
        hands.to(first)
        return hands

    return start_one


def told(hands: Hands) -> str:
    return words_on(hands.window)


def says(hands: Hands, words: str) -> None:
    hands.until(lambda: words in told(hands), words)


def test_what_the_first_run_needs_is_read_in_beside_the_window(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, threads = app.first_run_of, list[Thread]()

    def seen(folder: Path, begin: Begin, look_around: Callable[[], None]) -> FirstRun:
        threads.append(current_thread())
        return made(folder, begin, look_around)

    monkeypatch.setattr(app, "first_run_of", seen)
    hands = start(tmp_path / "office")
    assert hands.window.first_run is not None
    (thread,) = threads
    assert thread is not main_thread()


def to_be_a_counter(start: Start, folder: Path) -> Hands:
    """The page of setting up, in English."""
    hands = start(folder)
    hands.press("2")
    says(hands, "What this PC is to be")
    hands.press("1")
    hands.to("set_up")
    return hands


def type_office(hands: Hands, code: str = "2214", url: str = "") -> None:
    """No file, then everything by hand."""
    hands.press("Enter")
    hands.until(lambda: bool(hands.window.page()._forms["facts"].isVisible()), "the facts")
    facts = (code, "2", f"{code}000", "Navgram", "Navgram", "MPMKVVCL", "Navgram zone", "Navgram division",
             "MPMKVVCL", "2", "1912", url)  # fmt: skip
    for text in facts:
        hands.press(text, "Enter") if text else hands.press("Enter")


def type_numbers(hands: Hands, *answers: str) -> None:
    """Whether the counter was there before: a new one, unless said otherwise."""
    hands.until(lambda: bool(hands.window.page()._forms["numbers"].isVisible()), "the numbers")
    hands.press(*(answers or ("1", "Enter")), "Enter")


def type_person(hands: Hands, code: str = "vs1", role: str = "5", password: str = PASSWORD) -> None:
    for text in (code, "", "Vikas Soni", role, password):
        hands.press(text, "Enter") if text else hands.press("Enter")
    hands.press(password)


def sign_in(hands: Hands) -> None:
    hands.to("sign_in")
    hands.until(lambda: hands.window.is_open, "the data")
    hands.press("VS1", "Enter", PASSWORD, "Enter")
    hands.to("first_steps")


@pytest.mark.parametrize("language", Language)
def test_by_keys_alone_a_bare_pc_becomes_a_counter(start: Start, tmp_path: Path, language: Language) -> None:
    folder = tmp_path / "office"
    hands = start(folder)
    says(hands, "भाषा")
    hands.press("1" if language is Language.HINDI else "2")
    hands.until(lambda: hands.window.page().language is language, "the language")
    says(hands, "यह PC क्या बने" if language is Language.HINDI else "What this PC is to be")
    says(hands, "जाँचा और ठीक" if language is Language.HINDI else "Checked and fine")
    hands.press("1")
    hands.to("set_up")
    type_office(hands)
    hands.press("Enter", "Enter")
    says(hands, "2214 Navgram")
    type_numbers(hands, "Enter")
    says(hands, "1 या 2 लिखें" if language is Language.HINDI else "Type 1 or 2")
    hands.press("2", "Enter", "Enter")
    says(hands, "आखिरी कागज़ों के नंबर लिखें" if language is Language.HINDI else "Type the numbers of the last")
    hands.press("2214-2-C00318", "Enter")
    says(hands, "000000: अब तक कोई नहीं" if language is Language.HINDI else "000000: none yet")
    hands.press(" 2214-2-004187", "Enter")
    hands.until(lambda: bool(hands.window.page()._forms["people"].isVisible()), "the people")
    assert not Book.exists(folder)
    type_person(hands)
    hands.press("Enter")
    says(hands, "VS1")
    type_person(hands, "r07", "2")
    hands.press("Enter")
    says(hands, "VS1, R07")
    hands.press("Enter")
    sign_in(hands)
    hands.press("Esc")
    hands.to("home")
    says(hands, "प्रतियाँ रखने की जगह नहीं" if language is Language.HINDI else "No place for copies")
    says(hands, "प्रिंटर नहीं चुना" if language is Language.HINDI else "No printer is chosen")
    hands.say("printer", "printers")
    assert hands.window.language is language
    assert hands.window.session.person.code == "VS1"
    assert (hands.window.desk.office.code, hands.window.desk.office.counter) == ("2214", 2)
    with hands.window.desk.book.reading() as connection:
        assert last_serial(connection, Series.RECEIPT) == 4187
    assert len(kept()) == 1


def test_a_window_that_is_closed_leaves_all_or_nothing(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    hands = to_be_a_counter(start, folder)
    type_office(hands)
    hands.press("Enter", "Enter")
    type_numbers(hands)
    says(hands, "Who works here")
    type_person(hands)
    hands.press("Enter")
    says(hands, "VS1")
    assert hands.window.may_close()
    assert not folder.exists()
    press(hands.window, Qt.Key.Key_Return)
    assert not hands.window.may_close(), "it closes itself once all is made"
    hands.until(lambda: not hands.window.window().isVisible(), "closed")
    assert called("verify", "--data", str(folder)).returncode == 0


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    hands = to_be_a_counter(start, folder)
    type_office(hands, code="22-14")
    hands.press("Enter", "Enter")
    says(hands, "1 to 12 digits or capital letters")
    hands.press("Esc")
    says(hands, "The file from the central office")
    hands.press("/nowhere/offices.toml", "Enter", "Enter", "Enter")
    says(hands, "offices.toml cannot be read")
    hands.press("Esc")
    hands.to("first_run")
    assert not Book.exists(folder)
    assert not kept()


def test_an_administrator_has_no_common_password(start: Start, tmp_path: Path) -> None:
    file = written(tmp_path, '[centre]\nurl = "https://127.0.0.1:9"\n', office(), office("2215"))
    hands = to_be_a_counter(start, tmp_path / "office")
    hands.press(str(file), "Enter", "2215", "Enter", "Enter")
    says(hands, "Counters are numbered from 1")
    hands.press("3", "Enter")
    type_numbers(hands)
    says(hands, "Who works here")
    hands.press("Enter")
    says(hands, "An administrator has to sign in first")
    type_person(hands, role="x", password="password1")
    hands.press("Enter")
    says(hands, "Type a digit from 1 to 6.")
    assert hands.window.page()._forms["people"].fields["role"].has_focus()
    press(hands.window, Qt.Key.Key_Backspace)
    hands.press("5", "Enter", "Enter", "Enter")
    says(hands, "everybody guesses it")
    assert not kept()


def test_an_unlinked_counter_knows_where_to_enrol(start: Start, tmp_path: Path) -> None:
    hands = start(tmp_path / "office")
    hands.press("1")
    says(hands, "यह PC क्या बने")
    hands.press("1")
    hands.to("set_up")
    type_office(hands, url="https://127.0.0.1:9")
    hands.press("Enter", "ABCD-EFGH-JKMN", "Enter")
    type_numbers(hands)
    says(hands, "यहाँ कौन काम करता है")
    type_person(hands)
    hands.press("Enter")
    says(hands, "VS1")
    hands.press("Enter")
    says(hands, "केंद्र से उत्तर नहीं मिला")
    sign_in(hands)
    hands.say("sync", "sync")
    page = hands.window.page()
    hands.until(
        lambda: "ABCD-EFGH-JKMN" in {edit.text() for edit in page.findChildren(QLineEdit)}, "the code"
    )
    assert "https://127.0.0.1:9" in {edit.text() for edit in page.findChildren(QLineEdit)}


@pytest.fixture
def at_centre(tmp_path: Path) -> Iterator[tuple[str, Gateway]]:
    """A centre that answers: its database and its gateway."""
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    centre_command("init", "--database", url)
    centre_command("key", "--database", url, "--out", str(tmp_path / "company.key"))
    with gateway(url) as running:
        yield url, running


def test_a_signed_file_enrols_and_its_key_is_compared(
    start: Start, tmp_path: Path, at_centre: tuple[str, Gateway]
) -> None:
    url, running = at_centre
    offices, out = written(tmp_path, centre(running.address), office(), person()), tmp_path / "2.setup"
    words = ("--database", url, "--key", str(tmp_path / "company.key"), "--offices", str(offices))
    key = str(centre_command("setup-file", *words, "2214", "2", "--out", str(out))["key"])
    hands = to_be_a_counter(start, tmp_path / "office")
    hands.press(str(out), "Enter", "Enter", "Enter")
    says(hands, key)
    hands.press("Enter")
    type_numbers(hands, "2", "Enter")
    says(hands, "Who works here")
    hands.press("Enter")
    hands.to("sign_in")
    says(hands, "Counter 2 of office 2214 is set up.")
    assert centre_command("status", "--database", url)["counters"][0]["counter"] == 2


@pytest.mark.parametrize("language", Language)
def test_the_first_administrator_is_led_from_step_to_step(
    start: Start, tmp_path: Path, language: Language
) -> None:
    """Printers, places for copies, who works here, each by Enter; Esc comes back to the next."""
    stick = tmp_path / "stick"
    stick.mkdir()
    hashed = password_hash(PASSWORD, memory_kib=1024, passes=1)
    file = written(tmp_path, office(), person("VS1", hashed=hashed))
    hindi = language is Language.HINDI
    not_yet, wait_long = ("अभी नहीं चुना", "हर कदम बाद में") if hindi else ("not chosen yet", "Each can wait")
    asked = ("--data", str(tmp_path / "office"), "--counter", "1", "--new")
    assert called("setup", str(file), *asked).returncode == 0
    hands = start(tmp_path / "office", "sign_in")
    hands.until(lambda: hands.window.is_open, "the data")
    hands.press(*(() if hindi else ("F11",)))
    hands.until(lambda: hands.window.page().language is language, "the language")
    hands.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "the cursor")
    sign_in(hands)
    says(hands, wait_long)
    hands.until(lambda: told(hands).count(not_yet) == 2, "both are not chosen")
    for page in ("printers", "backups"):
        hands.press("Enter")
        hands.to(page)
        if page == "backups":
            hands.press("2", str(stick), "Enter", "Enter")
            says(hands, "Copies go there from now on." if not hindi else "अब से प्रतियाँ वहीं")
        hands.press("Esc")
        hands.to("first_steps")
        says(hands, wait_long)
    hands.until(lambda: told(hands).count(not_yet) == 1, "places for copies are chosen")
    hands.press("F11")
    hands.until(lambda: hands.window.page().language is not language, "the other language")
    hands.press("Enter")
    hands.to("people")
    hands.press("Esc")
    hands.to("first_steps")
    hands.until(lambda: hands.window.page()._choices.key() == "4", "the last step")
    hands.press("Enter")
    hands.to("home")
    hands.say("first steps", "first_steps")


@pytest.mark.parametrize("language", Language)
def test_a_pc_without_a_keyring_is_told_so_before_anything_is_typed(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", fail.Keyring())
    hindi = language is Language.HINDI
    hands = start(tmp_path / "office")
    says(hands, "कुंजियाँ रखने की जगह (कीरिंग) नहीं है")
    hands.press("1" if hindi else "2")
    says(hands, "यह PC क्या बने" if hindi else "What this PC is to be")
    hands.press("1")
    says(hands, "इस कंप्यूटर की कोई कीरिंग नहीं खुलती" if hindi else "No keyring of this system opens")
    assert hands.window.page().name == "first_run"
    hands.press("2")
    hands.until(lambda: not hands.window.page().saving, "the answer")
    assert hands.window.page().name == "first_run"
    use_keyring(monkeypatch, tmp_path / "keyring.json")
    for way, page in (("1", "set_up"), ("2", "put_back")):
        hands.press(way)
        hands.to(page)
        hands.press("Esc")
        hands.to("first_run")


def test_to_look_around_makes_the_demo_office_and_nothing_else(start: Start, tmp_path: Path) -> None:
    hands = start(tmp_path / "office")
    hands.press("1")
    says(hands, "यह PC क्या बने")
    hands.press("3")
    hands.to("sign_in")
    hands.until(lambda: hands.window.is_open, "the demo office")
    assert "DEMO" in told(hands)
    assert Book.exists(tmp_path / "demo")
    assert not Book.exists(tmp_path / "office")


def test_a_copy_is_put_back(start: Start, tmp_path: Path) -> None:
    before, stick = tmp_path / "before", tmp_path / "stick"
    stick.mkdir()
    hashed = password_hash(PASSWORD, memory_kib=1024, passes=1)
    file = written(tmp_path, office(), person(hashed=hashed))
    assert called("setup", str(file), "--data", str(before), "--counter", "1", "--new").returncode == 0
    book = Book.open(before, office_keys(before), program=__version__, now=NOW, steady=None)
    with closing(book):
        desk = Desk(book, load_rules(), book.office)
        administrator = sign_in_at(desk, "ADM", PASSWORD, uuid4(), NOW)
        backups.choose_places(desk, administrator, uuid4(), [str(stick)], NOW)
        code = backups.new_recovery_code(desk, administrator, uuid4(), NOW)
        backups.back_up_now(desk, administrator, NOW)
    office_keys(tmp_path / "office")  # of other records: the code that is typed opens the copy all the same
    hands = start(tmp_path / "office")
    hands.press("2")
    says(hands, "What this PC is to be")
    hands.press("2")
    hands.to("put_back")
    hands.press(str(stick), "Enter", code, "Enter", "ADM", "Enter", PASSWORD, "Enter", "Enter")
    says(hands, "Type those of the last papers")
    hands.press("2214-1-004400", "Enter")
    hands.to("sign_in")
    says(hands, "Put back from")
    hands.until(lambda: hands.window.is_open, "the data")
    assert hands.window.desk.office.code == "2214"
