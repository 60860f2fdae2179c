"""An office's snapshot at the centre: what its feed comes to, kept, handed out, replaced, erased."""

import json
import secrets
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from signal import SIGINT, default_int_handler, getsignal
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import insert, select

from counter_app import progress
from counter_app.central import compacting, company, erasing, importing, snapshots
from counter_app.central.database import Database, retried
from counter_app.central.feeds import Feeds
from counter_app.central.ledger import Ledger, in_ledger
from counter_app.central.moving import Moves
from counter_app.central.snapshot_command import snapshot
from counter_app.central.staff import put_person
from counter_app.central.tables import chunks, floors, known
from counter_app.domain.acts import FileKind
from counter_app.domain.complaint import Stage
from counter_app.domain.entry import Entry
from counter_app.domain.numbering import Number, Series, hash_letters, read_number
from counter_app.domain.people import Role
from counter_app.resources import resource
from counter_app.store.book import Book
from counter_app.store.centre import centre as centre_of
from counter_app.store.keys import demo_keys
from counter_app.store.sync_ledger import SyncLedger
from counter_app.sync.rounds import who_of
from counter_app.wire.centre_side import hand_out, offer, read_on
from counter_app.wire.counter_feed import Reader, heard_reading, next_to_ask
from counter_app.wire.ledgers import Enrolled
from counter_app.wire.line import Moment, Rest
from counter_app.wire.messages import Ask, AskPiece, AskSnapshot, Snapshot
from counter_app.wire.snapshots import Part, Placed, name_of, read_chunk, read_manifest
from counter_app.words.say import Language
from tests.central.books import (
    belongs,
    cancelling,
    feed,
    heard,
    integrate,
    let_in,
    received,
    recorded,
    registering,
    stepping,
)
from tests.central.databases import LOCKED, Centre, kept, rows
from tests.central.gateways import Counter, centre_command, gateway, until, wall_ms
from tests.program import Program, called
from tests.store.hearing import COMPANY, enrolled, hear
from tests.store.office import NOW, OFFICE, TODAY
from tests.store.test_loading import compared, differing
from tests.terminal import Terminal

HERE, THERE = "2214", "2215"
SAMPLES = {kind: resource("demo") / f"{kind}.csv" for kind in FileKind}


@pytest.fixture(autouse=True)
def key(store: Database) -> None:
    public = COMPANY.public_key().public_bytes_raw()
    retried(store, lambda transaction: company.keep_key(transaction, public))


def new_book(folder: Path, counter: int = 2, office: str = HERE) -> Book:
    """A counter that knows nothing yet but who it is."""
    of = replace(OFFICE, code=office, counter=counter)
    return enrolled(Book.create(folder, demo_keys(folder), of, program="1.0", now=NOW, steady=None))


def bring(store: Database, office: str, *kinds: FileKind) -> None:
    files = {kind: SAMPLES[kind] for kind in kinds or FileKind}
    importing.take(store, office, files, {}, None, TODAY, wall_ms())


def numbers(store: Database) -> list[str]:
    asked = select(known.c.consumer).where(known.c.kind == str(FileKind.CONSUMERS)).order_by(known.c.consumer)
    return [one for (one,) in retried(store, lambda transaction: transaction.rows(asked, {}))]


def move(store: Database, consumer: str, office: str) -> None:
    def go(transaction: Any) -> None:
        feeds = Feeds(transaction)
        moves = Moves(transaction, feeds)
        moves.tell(office, *moves.to(office, [consumer]))
        feeds.write()

    retried(store, go)


def lived(store: Database) -> list[Entry]:
    """An office with files, people, moves, money, complaints, a cancelled receipt and an erased complaint."""
    bring(store, HERE)
    retried(store, lambda t: put_person(t, HERE, "R31", ("", "Ravi"), Role.CASHIER, "hash"))
    retried(store, lambda t: put_person(t, HERE, "R32", ("", "Rita"), Role.CASHIER, "hash"))
    retried(store, lambda t: put_person(t, HERE, "R32", ("", "Rita"), Role.CASHIER, ""))
    one, other = let_in(store, HERE, 3), let_in(store, THERE, 1)
    first, second, third, *_ = numbers(store)
    made = [*one.pay(2, consumer=first), *one.pay(1, consumer=second)]
    made.append(recorded(one, cancelling(made[2])))
    asked = recorded(one, registering(one, first))
    made += [asked, recorded(one, stepping(asked, Stage.ATTENDED, "ठीक हुआ"))]
    gone = recorded(one, registering(one, second, serial=2))
    made += [gone, recorded(one, stepping(gone, Stage.ASSIGNED, "माँ बीमार है"))]
    received(store, made)
    integrate(store)
    erase(store, gone, one)
    move(store, third, THERE)
    move(store, third, HERE)
    theirs = other.pay(1, consumer=first)
    received(store, theirs)
    integrate(store)
    return [*made, *theirs]


def erase(store: Database, registered: Entry, counter: Counter, serial: int = 2) -> None:
    letters = hash_letters(registered.hash)
    number = str(Number(Series.COMPLAINT, counter.node.office, counter.node.counter, serial, letters))
    retried(store, lambda t: erasing.erase(t, COMPANY, read_number(number), number))


def read(store: Database, book: Book) -> list[object]:
    """The reader of a counter against the centre's ledger, until there is no more; what it asked."""
    with book.reading() as connection:
        at = centre_of(connection)
    assert at is not None
    who = who_of(book, at, "1.0")
    me = Enrolled(book.device, book.public_key, book.office.code, book.office.counter)
    reader, ledger, asked, steady = Reader(), SyncLedger(book), list[object](), 1000
    while True:
        now = Moment(wall_ms(), steady)
        reader, ask = next_to_ask(reader, who, ledger, now, secrets.randbits(64))
        if isinstance(ask, Rest):
            steady += ask.ms
            continue
        if isinstance(ask, Ask) and not reader.more:
            return asked
        asked.append(ask)
        answer = in_ledger(store, lambda there, ask=ask: served(there, me, ask))
        reader, actions = heard_reading(reader, ledger, answer, now, 5)
        ledger.do(actions)


def served(there: Ledger, me: Enrolled, ask: Any) -> Any:
    match ask:
        case AskSnapshot():
            return offer(there, me, ask, 5)
        case AskPiece():
            return hand_out(there, me, ask, 5)
    return read_on(there, me, ask, 5)


def place(book: Book) -> tuple[int, bytes]:
    cursor = SyncLedger(book).cursor()
    return cursor.seq, cursor.chain


@pytest.fixture
def books(tmp_path: Path) -> Iterator[tuple[Book, Book]]:
    made = new_book(tmp_path / "fed"), new_book(tmp_path / "loaded")
    yield made
    for one in made:
        one.close()


def test_it_comes_to_the_rows_of_a_counter_that_heard_everything(
    store: Database, books: tuple[Book, Book]
) -> None:
    lived(store)
    fed, loaded = books
    hear(fed, *feed(store, HERE))
    made = compacting.make(store, HERE, wall_ms())
    assert {chunk.part for chunk in made.chunks} == set(Part)
    asked = read(store, loaded)
    assert any(isinstance(one, AskPiece) for one in asked)
    assert differing(compared(loaded), compared(fed)) == {}
    assert place(loaded) == place(fed)


def test_what_came_behind_it_comes_in_the_feed(store: Database, books: tuple[Book, Book]) -> None:
    lived(store)
    fed, loaded = books
    compacting.make(store, HERE, wall_ms())
    later = let_in(store, HERE, 4)
    received(store, later.pay(3, consumer=numbers(store)[0]))
    integrate(store)
    hear(fed, *feed(store, HERE))
    read(store, loaded)
    assert differing(compared(loaded), compared(fed)) == {}
    assert place(loaded) == place(fed)


def test_of_who_moved_away_it_has_only_that(store: Database, books: tuple[Book, Book]) -> None:
    lived(store)
    fed, loaded = books
    gone = numbers(store)[5]
    move(store, gone, THERE)
    hear(fed, *feed(store, HERE))
    compacting.make(store, HERE, wall_ms())
    read(store, loaded)
    different = differing(compared(loaded), compared(fed))
    assert set(different) == {"consumers", "bills", "consumer_numbers", "known_payments"}
    assert all(gone[1:].lstrip("0") in line for lines in different.values() for line in lines)


def test_a_counter_that_was_burnt_goes_on_where_it_was(store: Database, tmp_path: Path) -> None:
    """What the lost PC had recorded comes as another's; its numbers are gone on above (Welcome)."""
    made = {one.hash for one in lived(store)} & heard(store, HERE)
    compacting.make(store, HERE, wall_ms())
    rebuilt = new_book(tmp_path / "rebuilt", counter=3)
    read(store, rebuilt)
    with rebuilt.reading() as connection:
        there = set(connection.exec_driver_sql("SELECT hash FROM foreign_entries").scalars())
    assert made
    assert made <= there
    rebuilt.close()


def test_the_newest_and_the_one_before_are_kept(store: Database) -> None:
    lived(store)
    names = []
    for number in range(4):
        manifest = compacting.make(store, HERE, wall_ms() + number)
        names.append(manifest.made_ms)
        retried(store, partial(snapshots.keep, manifest=manifest, made=[]))
    kept = retried(store, lambda t: t.rows(select(chunks.c.snapshot).distinct(), {}))
    assert len(kept) == snapshots.KEPT
    newest = read_manifest(retried(store, lambda t: snapshots.newest(t, HERE)))
    assert newest.made_ms == names[-1]
    device = let_in(store, HERE, 9).node
    me = Enrolled(device.device, device.public_key, HERE, 9)
    gone = AskPiece(5, device.device, bytes(32), 0, 0, 99)
    answer = in_ledger(store, lambda there: hand_out(there, me, gone, 5))
    assert isinstance(answer, Snapshot)
    assert read_manifest(answer.manifest) == newest


def test_pieces_make_the_chunk(store: Database) -> None:
    lived(store)
    manifest = compacting.make(store, HERE, wall_ms())
    packed = retried(store, lambda t: snapshots.newest(t, HERE))
    whole = retried(store, lambda t: snapshots.all_chunks(t, HERE, packed))
    assert [len(one) for one in whole] == [chunk.size for chunk in manifest.chunks]
    name, largest = name_of(packed), max(range(len(whole)), key=lambda at: len(whole[at]))
    piece = partial(snapshots.piece, office=HERE, snapshot=name, chunk=largest, most_bytes=100)
    got = b""
    while len(got) < len(whole[largest]):
        got += retried(store, partial(piece, start=len(got)))
    assert got == whole[largest]
    assert retried(store, partial(piece, start=len(got))) == b""
    assert retried(store, lambda t: snapshots.piece(t, THERE, name, largest, 0, 100)) == b""


def test_below_the_floor_none_is_handed_out(store: Database) -> None:
    lived(store)
    manifest = compacting.make(store, HERE, wall_ms())
    packed = retried(store, lambda t: snapshots.newest(t, HERE))
    assert packed
    floor = {"office": HERE, "seq": manifest.cursor.seq + 1, "moving": False}
    retried(store, lambda t: t.do(insert(floors).values(floor), {}))
    assert retried(store, lambda t: snapshots.newest(t, HERE)) == b""
    assert retried(store, lambda t: snapshots.piece(t, HERE, name_of(packed), 0, 0, 9)) == b""


def lived_and_asked(store: Database) -> tuple[Counter, Entry]:
    """An office with some past, and a complaint in its books; the counter that registered it."""
    lived(store)
    counter = let_in(store, HERE, 5)
    asked = recorded(counter, registering(counter, numbers(store)[0]))
    received(store, [*counter.node.disk.own().values()])
    integrate(store)
    return counter, asked


def test_what_is_erased_is_in_no_snapshot_from_then_on(centre: Centre, tmp_path: Path) -> None:
    store = centre.store
    counter, asked = lived_and_asked(store)
    compacting.make(store, HERE, wall_ms())
    assert retried(store, snapshots.owed) == []
    erase(store, asked, counter, serial=1)
    assert retried(store, snapshots.owed) == [HERE]
    assert retried(store, lambda t: snapshots.newest(t, HERE)) == b""
    assert centre.count(chunks) == 0
    compacting.make_owed(store, wall_ms())
    assert retried(store, snapshots.owed) == []
    assert centre.count(chunks) > 0


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_snapshot_that_was_begun_before_an_erasing_is_made_anew(centre: Centre) -> None:
    """It saw all as it was before, and would keep that."""
    store = centre.store
    counter, asked = lived_and_asked(store)
    with ThreadPoolExecutor(1) as thread:
        with kept(centre, "LOCK TABLE known IN ACCESS EXCLUSIVE MODE"):
            making = thread.submit(compacting.make, store, HERE, wall_ms())
            until(lambda: rows(centre.url, LOCKED) == 1)
            erase(store, asked, counter, serial=1)
        manifest = making.result()
    assert manifest.cursor == retried(store, lambda t: Feeds(t).head(HERE))
    packed = retried(store, lambda t: snapshots.newest(t, HERE))
    data = retried(store, lambda t: snapshots.all_chunks(t, HERE, packed))
    read = [row for said, chunk in zip(manifest.chunks, data, strict=True) for row in read_chunk(said, chunk)]
    placed = [one.item for one in read if isinstance(one, Placed) and isinstance(one.item, Entry)]
    assert [one.erased for one in placed if one.hash == asked.hash] == [True]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("goes_on", ["gateway", "erase"])
def test_an_erasing_that_is_killed_before_the_new_snapshot_is_ended_by_who_comes_next(
    centre: Centre, tmp_path: Path, goes_on: str
) -> None:
    """The erasing itself is done; somebody keeps what the billing system says, so no snapshot is made."""
    store, signing = centre.store, tmp_path / "company.key"
    signing.write_bytes(COMPANY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    lived(store)
    counter = let_in(store, HERE, 5)
    asked = recorded(counter, registering(counter, numbers(store)[0]))
    received(store, [*counter.node.disk.own().values()])
    integrate(store)
    compacting.make(store, HERE, wall_ms())
    number = str(Number(Series.COMPLAINT, HERE, 5, 1, hash_letters(asked.hash)))
    words = ("erase", number, "--key", str(signing), "--database", centre.url)
    with kept(centre, "LOCK TABLE known IN ACCESS EXCLUSIVE MODE"):
        erasing_ = Program("central", *words)
        until(lambda: rows(centre.url, LOCKED) > 0)
        erasing_.kill()
        erasing_.ended()
    assert retried(store, lambda t: snapshots.newest(t, HERE)) == b""
    if goes_on == "erase":
        centre_command(*words)
    else:
        with gateway(centre.url):
            until(lambda: retried(store, lambda t: snapshots.newest(t, HERE)) != b"")
    assert retried(store, lambda t: snapshots.newest(t, HERE)) != b""
    assert retried(store, snapshots.owed) == []


# -- the command -------------------------------------------------------------------------------------


def test_the_command_makes_one_of_each_office_that_is_named(centre: Centre) -> None:
    lived(centre.store)
    told = centre_command("snapshot", HERE, THERE, "--database", centre.url)
    assert [one["office"] for one in told["snapshots"]] == [HERE, THERE]
    assert all(retried(centre.store, partial(snapshots.newest, office=one)) for one in (HERE, THERE))
    done = called("--json", "central", "snapshot", "9999", "--database", centre.url)
    assert (done.returncode, json.loads(done.stdout)["refused"]) == (3, "OfficeUnknown")


@pytest.mark.parametrize(
    ("language", "shown", "stopped"),
    [
        (Language.HINDI, "2214: 0 % हुआ, 0:0", "रोक दिया। 2214 का पहले वाला स्नैपशॉट वैसा ही है।"),
        (Language.ENGLISH, "2214: 0 % gathered, 0:0", "Of 2214 there is what was kept before."),
    ],
)
def test_a_terminal_shows_how_far_it_is_and_ctrl_c_leaves_what_was_kept(
    centre: Centre, monkeypatch: pytest.MonkeyPatch, language: Language, shown: str, stopped: str
) -> None:
    lived(centre.store)
    centre_command("snapshot", HERE, "--database", centre.url)
    before, terminal = retried(centre.store, lambda t: snapshots.newest(t, HERE)), Terminal(shown)
    monkeypatch.setattr(progress, "_OFTEN", 0)
    monkeypatch.setattr(sys, "stderr", terminal)
    with pytest.raises(KeyboardInterrupt):
        snapshot(centre.url, [HERE], language, as_json=False)
    assert shown in terminal.getvalue()
    assert terminal.getvalue().rstrip().endswith(f"{stopped}\n\r\033[K")
    assert retried(centre.store, lambda t: snapshots.newest(t, HERE)) == before
    assert getsignal(SIGINT) is default_int_handler


def test_it_is_told_from_nothing_to_all_of_it(store: Database) -> None:
    lived(store)
    told: list[tuple[int, int]] = []
    compacting.make(store, HERE, wall_ms(), lambda done, rows: told.append((done, rows)))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert (told[0][0], len({rows for _, rows in told})) == (0, 1)
    assert 0 < told[-1][0] <= told[-1][1]


def test_consumers_of_no_office_and_empty_offices_are_no_trouble(store: Database, tmp_path: Path) -> None:
    let_in(store, HERE, 1)
    belongs(store, "N2204500001", HERE)
    compacting.make(store, HERE, wall_ms())
    book = new_book(tmp_path / "counter")
    asked = read(store, book)
    assert [type(one) for one in asked[:2]] == [AskSnapshot, AskPiece]
    book.close()
