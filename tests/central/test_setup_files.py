"""A signed file sets up and enrols one counter at a real centre; altered, old or foreign it makes nothing."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.numbering import Series
from counter_app.setting_up.making import BEFORE
from counter_app.store.book import Book
from counter_app.store.keys import known_keys, office_keys
from counter_app.store.projected import last_serial
from counter_app.wire.setup_files import BEGINS, Letter, fingerprint, packed
from tests.central.gateways import Gateway, centre_command, fetched, gateway, until, wall_ms
from tests.kept_keys import kept, use_keyring
from tests.program import Program, called
from tests.setup.set_ups import PASSWORD, centre, office, person, written
from tests.store.office import pay
from tests.sync.steps import clock

DAY_MS = 24 * 60 * 60_000


@dataclass
class Place:
    """A centre that answers, and the company's file that names it."""

    url: str
    gateway: Gateway
    folder: Path
    offices: Path

    @property
    def key(self) -> Path:
        return self.folder / "company.key"

    def file(self, counter: int = 2, **options: str) -> tuple[Path, str]:
        """A file for a counter of 2214, and the fingerprint of the letter."""
        out = self.folder / f"counter-{counter}.setup"
        words = ("--database", self.url, "--key", str(self.key), "--offices", str(self.offices))
        more = [word for name, value in options.items() for word in (f"--{name}", value)]
        told = centre_command("setup-file", *words, "2214", str(counter), "--out", str(out), *more)
        return out, str(told["key"])

    def set_up(self, file: Path, *words: str, folder: str = "data") -> CompletedProcess[str]:
        return called("setup", str(file), "--data", str(self.folder / folder), "--json", *words)

    def refusal(self, file: Path, *words: str) -> str:
        done = self.set_up(file, *words)
        assert done.returncode == 3, done.stdout + done.stderr
        assert not (self.folder / "data").exists()
        return str(json.loads(done.stdout)["refused"])

    def devices(self) -> list[tuple[str, int, bool]]:
        standing = centre_command("status", "--database", self.url)
        return [(one["office"], one["counter"], one["revoked"]) for one in standing["counters"]]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    use_keyring(monkeypatch, tmp_path / "keyring.json")
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    centre_command("init", "--database", url)
    centre_command("key", "--database", url, "--out", str(tmp_path / "company.key"))
    with gateway(url) as running:
        offices = written(tmp_path, centre(running.address), office(), office("2215"))
        yield Place(url, running, tmp_path, offices)


def test_the_file_makes_and_enrols_the_counter_it_is_for(place: Place) -> None:
    file, key = place.file()
    done = place.set_up(file, "--key", key.lower().replace(" ", ""))
    told = json.loads(done.stdout)
    assert told.pop("seconds") > 0
    assert told == {
        "ok": True, "office": "2214", "counter": 2, "enrolled": True, "unlinked": None, "read": True,
    }  # fmt: skip
    assert place.devices() == [("2214", 2, False)]
    data = ("--data", str(place.folder / "data"))
    assert called("sync", "once", *data).returncode == 0
    assert json.loads(called("sync", "status", *data, "--json").stdout)["enrolled"]
    used = place.set_up(file, "--key", key, folder="other")
    assert json.loads(used.stdout)["refused"] == "CodeNotGood"


def test_a_file_counts_only_by_the_key_of_the_letter(place: Place) -> None:
    file, key = place.file()
    asked = place.set_up(file)
    told = json.loads(asked.stdout)
    assert (asked.returncode, told["refused"], key in told["sentence"]) == (3, "FingerprintMissing", True)
    assert place.refusal(file, "--key", "0000 0000 0000 0000 0000") == "SetUpFileForeign"
    stranger = Ed25519PrivateKey.generate()
    public, good = stranger.public_key().public_bytes_raw(), file.read_bytes()
    data = good[len(BEGINS) + 32 : -64]
    file.write_bytes(packed(Letter(**json.loads(data)), public, stranger.sign))
    assert place.refusal(file, "--key", key) == "SetUpFileForeign"
    assert place.refusal(file, "--key", fingerprint(public)) == "SetUpFileForeign", "the centre has another"
    assert not place.devices(), "nobody was let in"
    file.write_bytes(good)
    assert place.set_up(file, "--key", key).returncode == 0, "the code is good for the right file"


@pytest.mark.parametrize("at", [0, len(BEGINS), 100, -1])
def test_an_altered_file_makes_nothing(place: Place, at: int) -> None:
    file, key = place.file()
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    assert place.refusal(file, "--key", key) == "SetUpFileBroken"
    file.write_bytes(data[:40])
    assert place.refusal(file, "--key", key) == "SetUpFileBroken"


def test_an_old_file_makes_nothing_and_a_centre_keeps_to_its_own_time(place: Place) -> None:
    file, _ = place.file(days="1")
    letter = json.loads(file.read_bytes()[len(BEGINS) + 32 : -64])
    seed = Ed25519PrivateKey.generate()
    public = seed.public_key().public_bytes_raw()
    letter["until_ms"] -= 2 * DAY_MS
    file.write_bytes(packed(Letter(**letter), public, seed.sign))
    assert place.refusal(file, "--key", fingerprint(public)) == "SetUpFileOld"


def test_a_file_is_for_its_counter_alone(place: Place) -> None:
    file, key = place.file(counter=3)
    assert place.refusal(file, "--key", key, "--counter", "2") == "SetUpFileUnfit"
    assert b"2215" not in file.read_bytes()


def test_what_no_file_is_made_of_gives_out_no_code(place: Place) -> None:
    out = place.folder / "x.setup"
    words = ("--json", "central", "setup-file", "--database", place.url, "--key", str(place.key))

    def refusal(offices: Path, *which: str) -> str:
        done = called(*words, "--offices", str(offices), *which, "--out", str(out))
        assert (done.returncode, out.exists()) == (3, False)
        return str(json.loads(done.stdout)["refused"])

    assert refusal(place.offices, "2216", "1") == "SetUpOfficeMissing"
    assert refusal(place.offices, "2214", "91") == "CounterNumberWrong"
    alone = place.folder / "alone"
    alone.mkdir()
    assert refusal(written(alone, office(), person()), "2214", "1") == "CentreNotNamed"


def test_without_the_line_the_same_file_serves_again(place: Place) -> None:
    file, key = place.file()
    place.gateway.stop()
    assert place.refusal(file, "--key", key) == "NobodySignsIn"
    with gateway(place.url, port=place.gateway.port):
        assert json.loads(place.set_up(file, "--key", key).stdout)["enrolled"]


def test_a_set_up_that_was_cut_is_made_good_by_the_same_call(place: Place) -> None:
    file, key = place.file()
    data = place.folder / "data"
    cut = Program("setup", str(file), "--data", str(data), "--key", key)
    until((data / "restoring" / "counter.db").exists)
    cut.kill()
    cut.ended()
    assert place.set_up(file, "--key", key).returncode == 0
    assert len(kept()) == 1
    assert place.devices() == [("2214", 2, False)]
    assert called("verify", "--data", str(data)).returncode == 0


def test_whom_the_centre_names_takes_the_place_of_who_had_the_code(place: Place) -> None:
    offices = written(place.folder, centre(place.gateway.address), office(), person())
    words = ("--database", place.url, "--office", "2214")
    code = centre_command("enrol", *words, "--counter", "1")["code"]
    assert json.loads(place.set_up(offices, "--counter", "1", "--code", code).stdout)["enrolled"]
    named = ("central", "person", *words, "--code", "ADM", "--name-en", "Asha Rao", "--role", "auditor")
    assert called(*named, typed=f"{PASSWORD}\n").returncode == 0
    data = ("--data", str(place.folder / "data"))
    assert called("sync", "once", *data).returncode == 0
    out = str(place.folder / "journal.jsonl")
    done = called("export-journal", *data, "--as", "ADM", "--out", out, typed=f"{PASSWORD}\n")
    assert done.returncode == 0, done.stderr


def test_what_the_file_said_of_the_centre_is_kept_until_the_counter_is_enrolled(place: Place) -> None:
    offices = written(place.folder, centre(place.gateway.address), office(), person())
    stranger = Ed25519PrivateKey.generate()
    public = stranger.public_key().public_bytes_raw()
    code = centre_command("enrol", "--database", place.url, "--office", "2214", "--counter", "2")["code"]
    facts = tomllib.loads(offices.read_text("utf-8"))
    foreign = place.folder / "foreign.setup"
    foreign.write_bytes(packed(Letter(facts, 2, code, wall_ms() + DAY_MS), public, stranger.sign))
    place.gateway.stop()
    asked = ("--key", fingerprint(public))
    assert place.refusal(foreign, *asked) == "NumbersUnsaid"
    assert json.loads(place.set_up(foreign, *asked, "--new").stdout)["unlinked"] == "CentreSilent"
    data = ("--data", str(place.folder / "data"), "--json")
    with gateway(place.url, port=place.gateway.port) as running:
        asked = ("sync", "enrol", "--url", running.address, *data)
        no = called(*asked, "--code", code)
        assert json.loads(no.stdout)["refused"] == "SetUpFileForeign"
        assert not json.loads(called("sync", "status", *data).stdout)["enrolled"]
        assert place.devices() == [], "nobody was let in"


def test_a_code_of_the_centre_enrols_by_the_open_file(place: Place) -> None:
    code = centre_command("enrol", "--database", place.url, "--office", "2215", "--counter", "1")["code"]
    done = place.set_up(place.offices, "--office", "2214", "--counter", "1", "--code", code)
    assert json.loads(done.stdout)["refused"] == "EnrolledOtherwise"
    assert place.devices() == [], "nobody was let in there"
    mine = centre_command("enrol", "--database", place.url, "--office", "2214", "--counter", "1")["code"]
    typo = place.set_up(place.offices, "--office", "2214", "--counter", "1", "--code", "ABCD")
    assert json.loads(typo.stdout)["refused"] == "CodeNotGood"
    words = ("--office", "2214", "--counter", "1", "--code", mine)
    assert json.loads(place.set_up(place.offices, *words).stdout)["enrolled"]
    assert len(kept()) == 1
    words = ("--office", "2215", "--counter", "1", "--code", code)
    assert json.loads(place.set_up(place.offices, *words, folder="other").stdout)["enrolled"], "still good"


class Enrolling(BaseHTTPRequestHandler):
    """Lets a centre be reached as far as enrolling; the line breaks behind that."""

    gateway = ""

    def do_POST(self) -> None:
        if self.path != "/v1/enrol":
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = fetched(self.gateway, "POST", self.path, body, dict(self.headers.items()))
        self.send_response(answer.status)
        for name in ("Content-Type", "Content-Length"):
            self.send_header(name, answer.headers[name])
        self.end_headers()
        self.wfile.write(answer.data)

    def log_message(self, *_words: object) -> None:
        """Nothing is printed."""


@contextmanager
def breaking(to: str) -> Iterator[str]:
    """The address of a line that breaks behind enrolling."""
    handler = type("Handler", (Enrolling,), {"gateway": to})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_let_in_but_not_told_its_numbers_no_counter_is_made(place: Place) -> None:
    words = ("--database", place.url, "--office", "2214", "--counter", "2")
    code = centre_command("enrol", *words)["code"]
    asked = ("--office", "2214", "--counter", "2", "--code", code)
    with breaking(place.gateway.address) as line:
        offices = written(place.folder, centre(line), office(), person())
        assert place.refusal(offices, *asked) == "CentreSilent"
    assert place.devices() == [("2214", 2, False)]
    offices = written(place.folder, centre(place.gateway.address), office(), person())
    assert json.loads(place.set_up(offices, *asked).stdout)["enrolled"]
    assert len(kept()) == 1


def test_the_same_pc_without_records_is_set_up_anew_by_a_code_alone(place: Place) -> None:
    file, key = place.file()
    folder = place.folder / "data"
    assert place.set_up(file, "--key", key, "--paper", "2214-2-004187").returncode == 0
    assert called("sync", "once", "--data", str(folder)).returncode == 0
    old = office_keys(folder)
    for name in ("counter.db", "counter.anchor"):
        (folder / name).unlink()
    offices = written(place.folder, centre(place.gateway.address), office(), person())
    asked = ("--office", "2214", "--counter", "2")
    assert json.loads(place.set_up(offices, *asked, "--new").stdout)["refused"] == "RecordsLost"
    device = centre_command("status", "--database", place.url)["counters"][0]["device"]
    centre_command("revoke", "--database", place.url, "--device", device)
    words = ("--database", place.url, *asked)
    code = centre_command("enrol", *words)["code"]
    place.gateway.stop()
    silent = place.set_up(offices, *asked, "--code", code, "--new")
    assert json.loads(silent.stdout)["refused"] == "RecordsLost"
    with gateway(place.url, port=place.gateway.port):
        done = place.set_up(offices, *asked, "--code", code, "--paper", "2214-2-004187")
    assert json.loads(done.stdout)["enrolled"], done.stdout
    assert office_keys(folder) != old
    kept_as = f"{BEFORE}-{hashlib.sha256(old.device).hexdigest()[:8]}"
    assert known_keys(folder / kept_as) == old
    book = Book.open(folder, office_keys(folder), program="1.0", now=clock())
    with closing(book), book.reading() as connection:
        assert last_serial(connection, Series.RECEIPT) == 4187


def last_given(folder: Path, takes: int = 0) -> tuple[int, int]:
    """The last numbers of receipts and complaints, after so many receipts more."""
    with closing(Book.open(folder, office_keys(folder), program="1.0", now=clock())) as book:
        for _ in range(takes):
            with book.writing() as page:
                pay(page)
        with book.reading() as connection:
            return last_serial(connection, Series.RECEIPT), last_serial(connection, Series.COMPLAINT)


def test_by_a_code_alone_another_pc_goes_on_above_all_that_the_centre_has_heard(place: Place) -> None:
    """Receipts and gaps; what the lost PC gave out and never sent, nobody can know."""
    offices = written(place.folder, centre(place.gateway.address), office(), person())
    asked = ("--office", "2214", "--counter", "2")
    words = ("--database", place.url, *asked)
    code = centre_command("enrol", *words)["code"]
    told = ("--code", code, "--paper", "2214-2-004187", "--paper", "2214-2-C00318")
    assert json.loads(place.set_up(offices, *asked, *told).stdout)["enrolled"]
    lost, anew = place.folder / "data", place.folder / "anew"
    assert last_given(lost, takes=2) == (4189, 318)
    assert called("sync", "once", "--data", str(lost)).returncode == 0
    assert last_given(lost, takes=1) == (4190, 318)
    device = centre_command("status", "--database", place.url)["counters"][0]["device"]
    centre_command("revoke", "--database", place.url, "--device", device)
    code = centre_command("enrol", *words)["code"]
    done = place.set_up(offices, *asked, "--code", code, folder="anew")
    assert json.loads(done.stdout)["enrolled"], done.stdout
    assert last_given(anew) == (4189, 318)
    checked = json.loads(called("verify", "--data", str(anew), "--json").stdout)
    assert (checked["ok"], checked["gaps"]) == (True, 1)
    assert last_given(anew, takes=1) == (4190, 318)
