"""A counter without a line: what it recorded goes to the centre in a file, the answer comes back in one."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from counter_app.central import by_hand as at_centre
from counter_app.central import compacting, company, enrolling
from counter_app.central.database import Database, retried
from counter_app.central.tables import acts, devices, entries, held
from counter_app.domain.central_refusals import DeviceNotEnrolled
from counter_app.domain.file_refusals import CompanyKeyMissing, ParcelBroken, ParcelForeign, ParcelOld
from counter_app.domain.link import Brought
from counter_app.domain.refusals import Refused
from counter_app.store import centre as stored
from counter_app.store.book import Book
from counter_app.store.journal import entries as journal_entries
from counter_app.store.sync_ledger import SyncLedger
from counter_app.sync import by_hand
from tests.central.books import empty, feed, integrate, let_in, received
from tests.central.databases import Centre
from tests.central.gateways import wall_ms
from tests.central.test_snapshots import HERE, lived, new_book, numbers
from tests.program import called
from tests.store.hearing import COMPANY, STRANGER, enrolled, hear
from tests.store.office import pay, register
from tests.store.test_loading import compared, differing
from tests.sync.steps import clock


@pytest.fixture(autouse=True)
def key(store: Database) -> None:
    public = COMPANY.public_key().public_bytes_raw()
    retried(store, lambda transaction: company.keep_key(transaction, public))


@pytest.fixture
def book(store: Database, tmp_path: Path) -> Iterator[Book]:
    """A counter that was enrolled once, and has no line."""
    made = new_book(tmp_path / "counter")
    admit(store, made)
    yield made
    made.close()


def admit(store: Database, book: Book) -> None:
    row = (book.device.bytes, book.public_key, HERE, book.office.counter, 0, False)
    retried(store, lambda transaction: transaction.fill(devices, [row]))
    retried(store, lambda transaction: enrolling.open_office(transaction, HERE))


def write(book: Book) -> bytes:
    return by_hand.write(book, at(book), "1.0", clock()).data


def read(book: Book, data: bytes) -> Brought:
    return by_hand.read(book, at(book), "1.0", "answer", data, clock())


def at(book: Book) -> stored.Centre:
    with book.reading() as connection:
        centre = stored.centre(connection)
    assert centre is not None
    return centre


def exchange(store: Database, data: bytes, key: Ed25519PrivateKey = COMPANY) -> at_centre.Exchanged:
    return at_centre.exchange(store, key, "file", data, wall_ms())


def unsent(book: Book) -> int:
    with book.reading() as connection:
        return stored.unsent_count(connection)


def rows(book: Book) -> dict[str, set[Any]]:
    """All that comes from elsewhere, whichever counter it is."""
    return {name: found for name, found in compared(book).items() if name != "office_facts"}


def work(book: Book, times: int = 1) -> None:
    for _ in range(times):
        with book.writing() as page:
            pay(page, counter=book.office.counter)
            register(page, counter=book.office.counter)


def own(book: Book) -> set[bytes]:
    with book.reading() as connection:
        return {entry.hash for entry in journal_entries(connection)}


def test_what_was_recorded_arrives_and_what_is_new_comes_back(
    store: Database, book: Book, tmp_path: Path
) -> None:
    lived(store)
    work(book, 3)
    made = by_hand.write(book, at(book), "1.0", clock())
    assert made.entries == len(own(book)) == 7
    done = exchange(store, made.data)
    assert (done.office, done.counter, done.entries) == (HERE, 2, 7)
    fed = new_book(tmp_path / "fed", counter=9)
    hear(fed, *feed(store, HERE))
    brought = read(book, done.data)
    assert (brought.arrived, brought.shut_out, unsent(book)) == (7, False, 0)
    assert SyncLedger(book).cursor().seq == SyncLedger(fed).cursor().seq
    work(book)
    again = exchange(store, write(book))
    assert (again.entries, again.items) == (2, 2), "and nothing that it has already"
    assert read(book, again.data).arrived == 2
    fed.close()


def test_a_new_counter_gets_the_snapshot_with_the_answer(store: Database, book: Book, tmp_path: Path) -> None:
    lived(store)
    compacting.make(store, HERE, wall_ms())
    later = let_in(store, HERE, 4)
    received(store, later.pay(3, consumer=numbers(store)[0]))
    integrate(store)
    fed = new_book(tmp_path / "fed", counter=9)
    hear(fed, *feed(store, HERE))
    read(book, exchange(store, write(book)).data)
    assert differing(rows(book), rows(fed)) == {}
    fed.close()


def test_the_same_file_twice_comes_to_the_same(centre: Centre, book: Book) -> None:
    store = centre.store
    work(book, 2)
    data = write(book)
    first, second = exchange(store, data), exchange(store, data)
    assert centre.count(entries) == centre.count(acts) == len(own(book))
    assert second.entries == first.entries
    assert read(book, second.data).arrived == len(own(book))
    with pytest.raises(ParcelOld):
        read(book, first.data)
    with pytest.raises(ParcelOld):
        read(book, second.data)


def unchanged(book: Book, data: bytes, refusal: type[Refused]) -> None:
    """Refused for this, and nothing is other than before."""
    before = compared(book), SyncLedger(book).cursor(), unsent(book)
    with pytest.raises(refusal):
        read(book, data)
    assert (compared(book), SyncLedger(book).cursor(), unsent(book)) == before


def test_an_answer_to_an_older_file_is_not_read(store: Database, book: Book) -> None:
    work(book)
    old, new = write(book), write(book)
    unchanged(book, exchange(store, old).data, ParcelOld)
    assert read(book, exchange(store, new).data).arrived == 3


def test_files_of_others_and_for_others_are_not_read(store: Database, book: Book, tmp_path: Path) -> None:
    other = new_book(tmp_path / "other", counter=5)
    admit(store, other)
    work(book)
    theirs = exchange(store, write(other)).data
    unchanged(book, theirs, ParcelForeign)
    data = write(book)
    with pytest.raises(ParcelForeign):
        exchange(store, data, STRANGER)
    unchanged(book, data, ParcelForeign)
    nobody = new_book(tmp_path / "nobody", counter=6)
    with pytest.raises(DeviceNotEnrolled):
        exchange(store, write(nobody))
    for one in (other, nobody):
        one.close()


def test_a_stranger_who_knows_both_keys_is_not_believed(store: Database, book: Book) -> None:
    """Public keys are no secret: what counts is who signed."""
    work(book)
    data = write(book)
    unchanged(book, at_centre.snapshot_for(store, STRANGER, HERE, 2, wall_ms()), ParcelForeign)
    assert exchange(store, data).entries == 3


def test_a_damaged_file_changes_nothing_on_either_side(centre: Centre, book: Book) -> None:
    store = centre.store
    work(book)
    data = write(book)
    answer = exchange(store, data).data
    empty(store)
    admit(store, book)
    for spoilt in spoilt_ones(data):
        with pytest.raises(ParcelBroken):
            exchange(store, spoilt)
    assert centre.count(entries) == 0
    for spoilt in spoilt_ones(answer):
        unchanged(book, spoilt, ParcelBroken)


def spoilt_ones(data: bytes) -> Iterator[bytes]:
    yield b""
    yield b"PK\3\4 a spreadsheet"
    yield data[: len(data) // 2]
    yield data[:-1]
    yield data + b"\0"
    for place in (3, 40, len(data) // 2, len(data) - 70, len(data) - 1):
        yield data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def test_what_a_restored_centre_lost_goes_with_the_next_file(centre: Centre, book: Book) -> None:
    """What the counter remembers of acknowledgements decides nothing."""
    store = centre.store
    work(book, 2)
    read(book, exchange(store, write(book)).data)
    empty(store)
    public = COMPANY.public_key().public_bytes_raw()
    retried(store, lambda transaction: company.keep_key(transaction, public))
    admit(store, book)
    work(book)
    read(book, exchange(store, write(book)).data)
    assert unsent(book) > 0, "the answer said so"
    read(book, exchange(store, write(book)).data)
    assert (unsent(book), centre.count(entries)) == (0, len(own(book)))


def test_what_a_revoked_counter_brings_is_held_and_it_is_told_nothing(centre: Centre, book: Book) -> None:
    store = centre.store
    lived(store)
    retried(store, lambda transaction: enrolling.revoke(transaction, book.device))
    work(book)
    before = centre.count(held)
    brought = read(book, exchange(store, write(book)).data)
    assert (brought.arrived, brought.read, brought.shut_out) == (3, 0, True)
    assert centre.count(held) == before + 3


def test_without_a_company_key_nothing_goes_by_hand(tmp_path: Path) -> None:
    book = enrolled(new_book(tmp_path / "counter"), key=None)
    with pytest.raises(CompanyKeyMissing):
        write(book)
    with pytest.raises(CompanyKeyMissing):
        read(book, b"")
    book.close()


# -- a snapshot as a file ----------------------------------------------------------------------------


def test_a_snapshot_on_a_stick_is_for_one_counter_once(store: Database, book: Book, tmp_path: Path) -> None:
    lived(store)
    other, fed = new_book(tmp_path / "other", counter=5), new_book(tmp_path / "fed", counter=9)
    admit(store, other)
    data = at_centre.snapshot_for(store, COMPANY, HERE, 2, wall_ms())
    older = at_centre.snapshot_for(store, COMPANY, HERE, 2, wall_ms())
    unchanged(other, data, ParcelForeign)
    assert read(book, data).read > 0
    hear(fed, *feed(store, HERE))
    assert differing(rows(book), rows(fed)) == {}
    unchanged(book, data, ParcelOld)
    unchanged(book, older, ParcelOld)
    with pytest.raises(DeviceNotEnrolled):
        at_centre.snapshot_for(store, COMPANY, HERE, 77, wall_ms())
    for one in (other, fed):
        one.close()


def test_no_name_lies_in_a_file_in_the_clear(store: Database, book: Book) -> None:
    lived(store)
    work(book)
    data = write(book), exchange(store, write(book)).data, at_centre.snapshot_for(store, COMPANY, HERE, 2, 5)
    for one in data:
        assert not any(
            said in one for said in (b"Ravi", "मंदिर".encode(), b"6666648210", numbers(store)[0].encode())
        )


# -- the commands ------------------------------------------------------------------------------------


def run(*words: str, fails: bool = False) -> Any:
    done = called("--json", *words)
    assert done.returncode == (3 if fails else 0), done.stdout + done.stderr
    return json.loads(done.stdout)


def test_the_commands_carry_it_there_and_back(centre: Centre, book: Book, tmp_path: Path) -> None:
    lived(centre.store)
    work(book, 2)
    folder, count = str(book.folder), len(own(book))
    book.close()
    secret = tmp_path / "company.key"
    secret.write_bytes(COMPANY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    stick = tmp_path / "stick"
    stick.mkdir()
    out, back = str(stick / "out.parcel"), str(stick / "back.parcel")
    there = ("--database", centre.url, "--key", str(secret))
    assert run("sync", "write", out, "--data", folder)["entries"] == count
    done = run("central", "exchange", out, "--out", back, *there)
    assert (done["entries"], done["counter"]) == (count, 2)
    brought = run("sync", "read", back, "--data", folder)
    assert (brought["arrived"], run("sync", "status", "--data", folder)["unsent"]) == (count, 0)
    assert run("sync", "read", back, "--data", folder, fails=True)["refused"] == "ParcelOld"
    assert run("sync", "read", out, "--data", folder, fails=True)["refused"] == "ParcelForeign"
    run("sync", "write", out, "--data", folder)
    (stick / "letter.txt").write_text("private")
    for words in (("sync", "write", str(stick / "letter.txt"), "--data", folder),
                  ("central", "exchange", out, "--out", str(stick / "letter.txt"), *there)):  # fmt: skip
        assert run(*words, fails=True)["refused"] == "FileThere"
    words = ("central", "snapshot", HERE, "--counter", "2", "--out", back, *there)
    assert run(*words)["bytes"] == Path(back).stat().st_size


def test_a_snapshot_for_a_file_needs_all_that_belongs_to_it(centre: Centre) -> None:
    words = ("central", "snapshot", HERE, "--out", "x", "--database", centre.url)
    assert called(*words).returncode == 2


def test_times_of_signing_do_not_matter_to_who_carries(store: Database, book: Book) -> None:
    work(book)
    long_ago = clock() - timedelta(days=40)
    data = by_hand.write(book, at(book), "1.0", long_ago).data
    assert exchange(store, data).entries == 3
