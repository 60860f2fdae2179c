"""What an older program left is brought to what this one needs, step by step, and nothing in it is lost."""

import hashlib
import json
from contextlib import closing
from pathlib import Path
from random import Random

import msgspec
import psycopg
import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import insert, select, update
from sqlalchemy.engine import make_url

from counter_app.central import database
from counter_app.central.feeds import Feeds
from counter_app.central.intake import Intake
from counter_app.central.ledger import in_ledger
from counter_app.central.steps import OLDEST
from counter_app.central.tables import VERSION, acts, arrivals, codes, facts, payments, serials, surpluses
from counter_app.domain.acts import NumberGap
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.numbering import Series
from counter_app.domain.payment import cash, upi
from counter_app.domain.undoing import Outcome
from counter_app.wire.ledgers import Enrolled
from tests.central.books import (
    belongs,
    books_of,
    correcting,
    feed,
    heard,
    integrate,
    let_in,
    paid_by,
    recorded,
    settling,
)
from tests.central.databases import Centre, new_centre, new_database
from tests.central.gateways import Counter, centre_command, enrolled, gateway, until, wall_ms
from tests.central.test_moved_receipts import A, B, arrive, moving
from tests.program import Program, called
from tests.simulation.node import Node

KEPT = Path(__file__).parent / "kept"
_COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
    WHERE table_schema = 'public'"""
_KEYS = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'"


def run(url: str, statements: list[str]) -> None:
    """Carry out statements in the database's own words."""
    if url.startswith("sqlite"):
        with closing(sqlcipher.connect(make_url(url).database, isolation_level=None)) as connection:
            for one in statements:
                connection.execute(one)
        return
    with psycopg.connect(url, autocommit=True) as connection:
        for one in statements:
            connection.execute(one.encode())


def form(url: str) -> set[tuple[object, ...]]:
    """All tables, columns and keys, as the database tells them."""
    if url.startswith("sqlite"):
        with closing(sqlcipher.connect(make_url(url).database)) as connection:
            tables = [
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            found = {
                (table, name, kind, bool(never), key)
                for table in tables
                for _, name, kind, never, _, key in connection.execute(f"PRAGMA table_info({table})")
            }
            indexes = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index'").fetchall()
            return found | {(sql.replace("\n", ""),) for (sql,) in indexes if sql}
    with psycopg.connect(url) as connection:
        return {*connection.execute(_COLUMNS).fetchall(), *connection.execute(_KEYS).fetchall()}


@pytest.fixture
def old(url: str) -> str:
    """A store as version 2 left it."""
    kind = "sqlite" if url.startswith("sqlite") else "postgresql"
    kept = (KEPT / f"version2-{kind}.sql").read_text().splitlines()
    run(url, [line for line in kept if not line.startswith("--")])
    return url


def kept(transaction: database.Transaction, counter: Counter, opened: Entry, taken: Entry) -> None:
    """A payment is there, one run of which waits for the books, and one whose rows an older program wrote."""
    who = Enrolled(counter.node.device, counter.node.public_key, "2214", 3)
    intake = Intake(transaction)
    intake.store(who, [opened], (), wall_ms())
    intake.store(who, [taken], (), wall_ms())
    intake.settled(who, taken)
    intake.write()
    header, said = taken.header, msgspec.json.decode(taken.payload)
    amount, place = said["amount"], header.place
    row = {
        "consumer": said["consumer"], "bill_number": said["bill_number"], "nth": 1, "office": "2214",
        "counter": 3, "serial": said["serial"], "hash": taken.hash, "device": header.device.bytes,
        "segment": place.segment.to_bytes(8, "big"), "seq": place.seq, "total": header.running_total,
        "due": said["due"], "amount": amount, "settled": amount,
    }  # fmt: skip
    transaction.do(insert(payments).values(row), {})
    transaction.fill(serials, [("2214", 3, Series.RECEIPT.value, said["serial"])])
    transaction.fill(acts, [(header.act.bytes, taken.hash)])
    feeds = Feeds(transaction)
    feeds.publish("2214", taken, "2214")
    feeds.write()


def passed_over(transaction: database.Transaction, counter: Counter, entry: Entry) -> None:
    """An entry is there of which an older program made no rows; it told both offices."""
    who = Enrolled(counter.node.device, counter.node.public_key, "2214", 3)
    intake, feeds = Intake(transaction), Feeds(transaction)
    intake.store(who, [entry], (), wall_ms())
    intake.settled(who, entry)
    intake.write()
    transaction.fill(acts, [(entry.header.act.bytes, entry.hash)])
    for office in ("2214", "2215"):
        feeds.publish(office, entry, "2214")
    feeds.write()


def refused(*words: str) -> str:
    """Which refusal a command says."""
    done = called("--json", "central", *words)
    assert done.returncode == 3, done.stdout + done.stderr
    return str(json.loads(done.stdout)["refused"])


def test_an_older_store_waits_for_its_upgrade_and_goes_on_with_all_it_had(old: str) -> None:
    store = database.opened(old)
    counter = let_in(store, "2214", 3)
    opened, taken = made = counter.pay(1)
    database.retried(store, lambda transaction: kept(transaction, counter, opened, taken))
    for words in (("status",), ("serve", "--port", "0")):
        assert refused(*words, "--database", old) == "CentreBehind"
    said = centre_command("upgrade", "--database", old)
    assert (said["before"], said["after"]) == (OLDEST, VERSION)
    again = centre_command("upgrade", "--database", old)
    assert (again["before"], again["after"]) == (VERSION, VERSION)
    centre = Centre(old, store)
    with gateway(old) as running:
        other = enrolled(centre, running.address, number=4)
        other.pay(1)
        for one in (counter, other):
            one.send(running.address)
        until(lambda: centre.count(arrivals) == 0)
        counter.read(running.address, lambda: len(counter.heard()) == len(made) + 2)
    found = database.retried(store, lambda transaction: transaction.rows(select(surpluses.c.surplus), {}))
    assert found == [(500_00,)], "both payments of the bill are known"
    store.close()


def test_an_upgraded_store_is_like_a_new_one(
    old: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    centre_command("upgrade", "--database", old)
    if old.startswith("sqlite"):
        with new_centre(f"sqlite:///{tmp_path / 'new.db'}") as new:
            assert form(old) == form(new.url)
        return
    with new_database(request.getfixturevalue("server")) as url, new_centre(url) as new:
        assert form(old) == form(new.url)


def test_moves_that_were_recorded_before_are_folded_like_those_of_a_new_store(
    old: str, tmp_path: Path
) -> None:
    store = database.opened(old)
    counter = let_in(store, "2214", 3)
    opened, taken = counter.pay(1, consumer=A)
    made = [opened, taken, moved := recorded(counter, moving(taken, 1, A, B))]
    for consumer, office in ((A, "2214"), (B, "2215")):
        belongs(store, consumer, office)
    database.retried(store, lambda transaction: kept(transaction, counter, opened, taken))
    database.retried(store, lambda transaction: passed_over(transaction, counter, moved))
    centre_command("upgrade", "--database", old)
    integrate(store)
    with new_centre(f"sqlite:///{tmp_path / 'new.db'}") as new:
        let_in(new.store, "2214", 3)
        for consumer, office in ((A, "2214"), (B, "2215")):
            belongs(new.store, consumer, office)
        arrive(new.store, made)
        assert books_of(store) == books_of(new.store)
        assert {one.hash for one in feed(store, "2215") if isinstance(one, Entry)} == heard(new.store, "2215")
    assert centre_command("upgrade", "--database", old)["before"] == VERSION
    store.close()


def test_what_windows_took_before_is_known_with_what_became_of_it(old: str, tmp_path: Path) -> None:
    store = database.opened(old)
    counter = let_in(store, "2214", 3)
    taken = paid_by(counter, upi(300_00, "608712345678"), cash(200_00, 200_00), consumer=A)
    corrected = recorded(counter, correcting(taken, 1, upi(500_00, "608712345679")))
    opened, *_ = made = list(counter.node.disk.own().values())
    belongs(store, A, "2214")
    database.retried(store, lambda transaction: kept(transaction, counter, opened, taken))
    bounced = recorded(counter, settling(taken, Outcome.FAILED))
    made.append(bounced)
    for one in (corrected, bounced):
        database.retried(store, lambda transaction, one=one: passed_over(transaction, counter, one))
    centre_command("upgrade", "--database", old)
    integrate(store)
    with new_centre(f"sqlite:///{tmp_path / 'new.db'}") as new:
        let_in(new.store, "2214", 3)
        belongs(new.store, A, "2214")
        arrive(new.store, made)
        assert books_of(store) == books_of(new.store)
        assert [len(books_of(store)[name]) for name in ("tenders", "settled")] == [2, 1]
    store.close()


def test_numbers_that_were_declared_given_out_before_are_counted(old: str, tmp_path: Path) -> None:
    store = database.opened(old)
    counter, other = let_in(store, "2214", 3), let_in(store, "2214", 4)
    opened, taken = counter.pay(1)
    database.retried(store, lambda transaction: kept(transaction, counter, opened, taken))
    [first] = counter.record(Kind.NUMBER_GAP, b'{"receipts":4187,"complaints":318}')
    second = recorded(counter, NumberGap(4200, 0, slips=7, moves=8, closings=9))
    begun, third = other.record(Kind.NUMBER_GAP, b'{"receipts":0,"complaints":12}')
    gaps = [(counter, first), (counter, second), (other, begun), (other, third)]
    for who, one in gaps:
        database.retried(store, lambda transaction, who=who, one=one: passed_over(transaction, who, one))
    centre_command("upgrade", "--database", old)
    integrate(store)
    for number, known in ((3, (4200, 318, 7, 8, 9)), (4, (0, 12, 0, 0, 0))):
        greeted = in_ledger(store, lambda ledger, number=number: ledger.serials("2214", number))
        assert greeted == known
    with new_centre(f"sqlite:///{tmp_path / 'new.db'}") as new:
        for number in (3, 4):
            let_in(new.store, "2214", number)
        arrive(new.store, [opened, taken, *(one for _, one in gaps)])
        assert books_of(store) == books_of(new.store)
    assert {one.hash for one in feed(store, "2214") if isinstance(one, Entry)} == heard(store, "2214")
    store.close()


def test_of_the_codes_that_were_out_the_last_is_good_where_its_counter_is_free(old: str) -> None:
    """As whoever makes codes now leaves it; an older program ended none, and the second one met an error."""
    store = database.opened(old)
    let_in(store, "2214", 3)
    now_ms = wall_ms()
    waits = {
        "0LDER": (4, 20_000), "N0TE": (4, 30_000), "ST1CK": (4, 90_000), "0N1Y": (5, 90_000),
        "TAKEN": (3, 90_000), "T00LATE": (6, -1),
    }  # fmt: skip
    rows = [
        (
            hashlib.sha256(b"counter enrolment\0" + code.encode()).digest(),
            "2214",
            number,
            now_ms + more_ms,
            None,
        )
        for code, (number, more_ms) in waits.items()
    ]
    rows.append((bytes(32), "2214", 4, now_ms + 100_000, bytes(16)))
    database.retried(store, lambda transaction: transaction.fill(codes, rows))
    centre_command("upgrade", "--database", old)
    left = database.retried(store, lambda transaction: transaction.rows(select(codes.c.code_hash), {}))
    assert sorted(left) == sorted((rows[at][0],) for at in (2, 3, 5, 6))
    with gateway(old) as running:
        for code, (number, _) in waits.items():
            fresh = Counter(Node("pc", "2214", number, Random(code)))
            assert fresh.enrol(running.address, code).status == (200 if code in {"ST1CK", "0N1Y"} else 403)
    store.close()


def test_two_who_upgrade_at_once_take_each_step_once(old: str) -> None:
    both = [Program("--json", "central", "upgrade", "--database", old) for _ in range(2)]
    for one in both:
        done = one.ended()
        assert done.returncode == 0, done.stdout + done.stderr
    assert centre_command("upgrade", "--database", old)["before"] == VERSION


@pytest.mark.parametrize(
    ("made_by", "refusal"),
    [(OLDEST - 1, "CentreOlder"), (OLDEST, "CentreBehind"), (VERSION + 1, "CentreNewer")],
)
def test_a_store_of_another_program_is_left_alone(centre: Centre, made_by: int, refusal: str) -> None:
    another = update(facts).where(facts.c.name == "version").values(value=str(made_by))
    database.retried(centre.store, lambda transaction: transaction.do(another, {}))
    for words in (("status",), ("serve", "--port", "0")):
        assert refused(*words, "--database", centre.url) == refusal
    if refusal != "CentreBehind":
        assert refused("upgrade", "--database", centre.url) == refusal
