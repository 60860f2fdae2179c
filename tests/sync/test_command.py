"""``counter-app sync`` as scripts meet it, against a centre on loopback."""

import json
from pathlib import Path

import pytest

from counter_app.store.book import Book
from tests.program import called
from tests.store.office import pay
from tests.sync.centre import CODE, Centre


def sync(folder: Path, *arguments: str) -> tuple[int, dict[str, object]]:
    done = called("sync", *arguments, "--data", str(folder), "--json")
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_a_counter_is_enrolled_sends_and_says_how_it_stands(
    book: Book, centre: Centre, tmp_path: Path
) -> None:
    with book.writing() as page:
        pay(page)
    book.close()
    given = tmp_path / "given.pem"
    given.write_text(centre.certificate)
    status, said = sync(book.folder, "status")
    assert (status, said["enrolled"], said["unsent"], said["last_contact"]) == (0, False, 2, None)
    assert sync(book.folder, "once")[0] == 3
    place = ("--url", centre.url, "--certificate", str(given))
    status, said = sync(book.folder, "enrol", *place, "--code", "NO")
    assert (status, said["refused"]) == (3, "CodeNotGood")
    status, said = sync(book.folder, "enrol", *place, "--code", CODE)
    assert (status, said["office"], said["counter"]) == (0, "2214", 2)
    assert sync(book.folder, "once")[0] == 0
    status, said = sync(book.folder, "status")
    assert (status, said["enrolled"], said["unsent"], said["held"]) == (0, True, 0, [])
    assert said["last_contact"]
    assert len(centre.memory.entries) == 2
    centre.faults = ["portal"] * 9
    status, said = sync(book.folder, "once")
    assert (status, said["refused"]) == (3, "CentreSilent")


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://centre.example", "CentreAddressWrong"),
        ("https://", "CentreAddressWrong"),
        ("https://a.example/x?y=1", "CentreAddressWrong"),
        ("https://user@a.example", "CentreAddressWrong"),
        ("https://127.0.0.1:1", "CentreSilent"),
        ("nothing", "CentreAddressWrong"),
    ],
)
def test_an_address_that_is_none_is_refused(book: Book, url: str, error: str) -> None:
    book.close()
    status, said = sync(book.folder, "enrol", "--url", url, "--code", CODE)
    assert (status, said["refused"]) == (3, error)


def test_a_file_that_is_no_certificate_is_refused(book: Book, centre: Centre, tmp_path: Path) -> None:
    book.close()
    for name, content in (("key.pem", b"\xff\xfe"), ("text.pem", b"hello")):
        (tmp_path / name).write_bytes(content)
        asked = ("--url", centre.url, "--code", CODE, "--certificate", str(tmp_path / name))
        assert sync(book.folder, "enrol", *asked)[1]["refused"] == "CertificateUnreadable"
    missing = ("--url", centre.url, "--code", CODE, "--certificate", str(tmp_path / "none.pem"))
    assert sync(book.folder, "enrol", *missing)[1]["refused"] == "FileUnreadable"


def test_a_centre_that_cannot_prove_itself_gets_no_code(book: Book, centre: Centre) -> None:
    book.close()
    status, said = sync(book.folder, "enrol", "--url", centre.url, "--code", CODE)
    assert (status, said["refused"]) == (3, "CentreStrange")
    assert not centre.memory.devices
