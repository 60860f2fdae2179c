"""A database of each version that was handed out, as the program of its day made and left it, is opened now.

``tests/golden/databases`` holds them without their encryption and packed: the invented office of 30 consumers
after its walk (``demo --headless --consumers 30 --seed 7``). No program stood at 14 as it is today:
for an hour the step that is the fifteenth now was the fourteenth.
"""

import hashlib
import json
import lzma
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from counter_app import demo
from counter_app.desk import finding, payments
from counter_app.desk.desk import Desk
from counter_app.desk.payments import PaymentDraft
from counter_app.desk.rules import load_rules
from counter_app.desk.sign_in import sign_in
from counter_app.domain.payment import cash
from counter_app.domain.refusals import StoreNewer
from counter_app.store import checking, migrate
from counter_app.store.book import Book
from counter_app.store.keys import Keys
from counter_app.store.migrate import STEPS
from counter_app.store.projections import rebuild_and_compare
from tests.offices import some_consumers

KEPT = Path(__file__).parents[1] / "golden" / "databases"
DEVICES = json.loads((KEPT / "devices.json").read_text("utf-8"))
DATABASE_KEY = hashlib.sha256(b"kept").digest()
LATER = datetime(2026, 11, 27, 18, 15, tzinfo=UTC)
"""The late evening of the day of which they all are."""


def laid(version: str, folder: Path) -> Keys:
    """The kept database in a folder, encrypted again; its keys."""
    folder.mkdir()
    plain = folder / "plain.db"
    plain.write_bytes(lzma.decompress((KEPT / f"{version}.db.xz").read_bytes()))
    connection = sqlcipher.connect(str(plain), isolation_level=None)
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    key = f"x'{DATABASE_KEY.hex()}'"
    connection.execute("ATTACH ? AS whole KEY ?", (str(folder / "counter.db"), key))
    connection.execute("SELECT sqlcipher_export('whole')")
    connection.execute(f"PRAGMA whole.user_version = {number}")
    connection.close()
    plain.unlink()
    assert f"v{number:03d}" == version
    return Keys(DATABASE_KEY, bytes.fromhex(DEVICES[version]))


def journal_of(folder: Path, keys: Keys) -> list[tuple[object, ...]]:
    connection = sqlcipher.connect(str(folder / "counter.db"))
    connection.execute(f"PRAGMA key = \"x'{keys.database.hex()}'\"")
    rows = connection.execute("SELECT header, payload, salt, signature FROM journal ORDER BY id").fetchall()
    connection.close()
    return rows


def opened(folder: Path, keys: Keys) -> Book:
    return Book.open(folder, keys, program="now", now=LATER, steady=None)


def test_a_file_of_every_version_is_kept() -> None:
    kept = {int(file.name[1:4]) for file in KEPT.glob("v*.db.xz")}
    assert kept == set(range(1, len(STEPS) + 1)) - {14}


@pytest.mark.parametrize("version", sorted(DEVICES))
def test_it_opens_is_whole_and_works_on(version: str, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    keys = laid(version, folder)
    before = journal_of(folder, keys)
    book = opened(folder, keys)
    desk = Desk(book, load_rules(), book.office)
    session = sign_in(desk, demo.CASHIER, demo.PASSWORD, uuid4(), LATER)
    number = some_consumers(desk, 1)[0]
    assert finding.card(desk, session, number, LATER).consumer.number == number
    draft = PaymentDraft(uuid4(), number, 10_00, (cash(10_00, 10_00),), advance=True)
    payments.take(desk, session, draft, LATER)
    assert checking.check(book).faults == []
    book.close()
    assert journal_of(folder, keys)[: len(before)] == before
    copied = list(folder.glob("before-upgrade-*.backup"))
    assert [file.name for file in copied] == [] if int(version[1:]) == len(STEPS) else copied


def test_the_copy_before_the_steps_is_what_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    keys = laid("v011", folder)
    before = journal_of(folder, keys)
    opened(folder, keys).close()
    (copy,) = folder.glob("before-upgrade-11.backup")
    copy.replace(folder / "counter.db")
    assert journal_of(folder, keys) == before
    opened(folder, keys).close()


def test_a_step_that_dies_leaves_the_version_before_and_the_next_start_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "office"
    keys = laid("v009", folder)

    def dies(_connection: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(migrate, "STEPS", (*STEPS[:11], (*STEPS[11], dies), *STEPS[12:]))
        with pytest.raises(KeyboardInterrupt):
            opened(folder, keys)
    connection = sqlcipher.connect(str(folder / "counter.db"))
    connection.execute(f"PRAGMA key = \"x'{keys.database.hex()}'\"")
    assert connection.execute("PRAGMA user_version").fetchone() == (11,)
    connection.close()
    book = opened(folder, keys)
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
    book.close()


def test_a_file_of_a_newer_program_is_refused_and_not_touched(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    keys = laid("v016", folder)
    connection = sqlcipher.connect(str(folder / "counter.db"))
    connection.execute(f"PRAGMA key = \"x'{keys.database.hex()}'\"")
    connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.close()
    before = (folder / "counter.db").read_bytes()
    with pytest.raises(StoreNewer):
        opened(folder, keys)
    assert (folder / "counter.db").read_bytes() == before
