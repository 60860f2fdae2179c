"""A real counter, its encrypted store and all, speaks to a real gateway over TLS."""

import csv
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from counter_app.central.database import retried
from counter_app.central.enrolling import new_code
from counter_app.central.staff import put_person
from counter_app.central.tables import arrivals, entries, payments
from counter_app.demo import extracts
from counter_app.domain.entry import Kind
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.people import Role
from counter_app.store import people, reference, told
from counter_app.store.book import Book
from counter_app.store.finds import complaints_of
from counter_app.store.journal import entries as journal_entries
from counter_app.store.keys import demo_keys
from counter_app.store.projections import rebuild_and_compare
from counter_app.sync.enrol import enrol
from counter_app.wire.payloads import decode
from tests.bench.sync_faults import through_faults
from tests.central.certificates import Root
from tests.central.databases import Centre
from tests.central.gateways import centre_command, gateway, until, wall_ms
from tests.store.office import NOW, OFFICE, PERSON, SURESH, create, pay, register
from tests.sync.centre import certificate
from tests.sync.steps import Counter, clock


def test_a_counter_enrols_sends_and_reads(centre: Centre, tmp_path: Path) -> None:
    pem, key = certificate()
    (tmp_path / "centre.pem").write_text(pem)
    (tmp_path / "centre.key").write_text(key)
    words = ("--certificate", str(tmp_path / "centre.pem"), "--key", str(tmp_path / "centre.key"))
    book = create(tmp_path / "counter")
    with gateway(centre.url, *words) as running:
        assert running.address.startswith("https://")
        code = retried(centre.store, lambda transaction: new_code(transaction, "2214", 2, wall_ms()))
        counter = Counter(book, enrol(book, running.address, code, pem, clock()))
        with book.writing() as page:
            pay(page)
        assert counter.drain()
        with book.reading() as connection:
            own = {entry.hash for entry in journal_entries(connection)}
        assert centre.count(entries) == len(own)
        until(lambda: centre.count(arrivals) == 0)
        assert centre.count(payments) == 1
        assert counter.read()
        counter.end()
    book.close()


def test_a_consumer_moves_while_both_offices_are_offline(centre: Centre, tmp_path: Path) -> None:
    here = create(tmp_path / "here")
    elsewhere = replace(OFFICE, code="2215")
    there = Book.create(
        tmp_path / "there", demo_keys(tmp_path / "there"), elsewhere, program="1.0", now=NOW, steady=None
    )
    with gateway(centre.url) as running:
        enrolments = []
        for book in (here, there):
            office = book.office.code
            code = centre_command("enrol", "--database", centre.url, "--office", office, "--counter", "2")
            enrolments.append(enrol(book, running.address, str(code["code"]), "", clock()))
    # Nobody is linked. Both take money, and the central office moves the consumer.
    with here.writing() as page:
        paid = decode(Kind.PAYMENT_TAKEN, 1, pay(page).entry.payload)
        register(page)
    assert isinstance(paid, PaymentTaken)
    with there.writing() as page:
        reference.put_consumers(page, [replace(SURESH, mobile="")])
        page.record(replace(paid, office="2215"), act=uuid4(), person=PERSON, at=NOW, money=paid.amount)
    rows = tmp_path / "consumers.csv"
    with rows.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([extracts.CONSUMERS, extracts.consumer_cells(SURESH)])
    for office in ("2214", "2215"):
        centre_command("import", "--database", centre.url, "--office", office, "--consumers", str(rows))
    with gateway(centre.url) as running:
        counters = [
            Counter(book, replace(one, url=running.address))
            for book, one in zip((here, there), enrolments, strict=True)
        ]
        assert all(counter.drain() for counter in counters)
        until(lambda: centre.count(payments) == 2)
        until(lambda: centre.count(arrivals) == 0)
        assert all(counter.read() for counter in counters)
        for counter in counters:
            counter.end()
    with here.reading() as connection:
        assert told.moved_to(connection, SURESH.number) == "2215"
        assert rebuild_and_compare(connection) == ()
    with there.reading() as connection:
        assert told.moved_to(connection, SURESH.number) is None
        # What the old office recorded is there, beside the own: its receipt and its complaint.
        assert [one.amount for one in reference.known_payments(connection, SURESH.number)] == [64000]
        assert len(complaints_of(connection, SURESH.number, ())) == 1
        assert reference.consumer(connection, SURESH.number) == SURESH
        assert told.surpluses_of(connection, SURESH.number), "the bill was paid at both"
    here.close()
    there.close()


def test_a_certificate_runs_out_and_is_renewed(centre: Centre, tmp_path: Path) -> None:
    """Work goes on, nothing is believed meanwhile, and nobody has to do anything at the counter."""
    root, other = Root(), Root()
    book = create(tmp_path / "counter")
    with gateway(centre.url, *root.serving(tmp_path, -1, 1)) as running:
        code = retried(centre.store, lambda transaction: new_code(transaction, "2214", 2, wall_ms()))
        counter = Counter(book, enrol(book, running.address, code, root.pem, clock()))
        assert counter.drain()
        port = running.port
    for words in (root.serving(tmp_path, -9, -2), other.serving(tmp_path, -3, 3)):
        with gateway(centre.url, *words, port=port):
            with book.writing() as page:
                pay(page)
            until(lambda: not hurried(counter) and counter.outcomes[-1].stranger)
    assert centre.count(payments) == 0
    with gateway(centre.url, *root.serving(tmp_path, 0, 5), port=port):
        until(lambda: hurried(counter))
        until(lambda: centre.count(payments) == 2)
    counter.end()
    book.close()


def hurried(counter: Counter) -> bool:
    """Whether everything was sent, without a pause before."""
    counter.hurry()
    return counter.drain()


def test_what_somebody_records_who_is_gone_is_in_the_books_and_to_be_looked_at(
    centre: Centre, tmp_path: Path
) -> None:
    def say(known_by: str) -> None:
        names = ("", "Rekha Jain")
        retried(centre.store, lambda said: put_person(said, "2214", "R31", names, Role.CASHIER, known_by))

    book = create(tmp_path / "counter")
    with gateway(centre.url) as running:
        code = retried(centre.store, lambda transaction: new_code(transaction, "2214", 2, wall_ms()))
        counter = Counter(book, enrol(book, running.address, code, "", clock()))
        say("a hash")
        assert counter.drain()
        assert counter.read()
        with book.reading() as connection:
            rekha = people.person(connection, "R31")
        assert rekha
        # The counter is offline from here on, and does not hear of it.
        say("")
        with book.writing() as page:
            paid = decode(Kind.PAYMENT_TAKEN, 1, pay(page).entry.payload)
            assert isinstance(paid, PaymentTaken)
            again = replace(paid, serial=paid.serial + 1)
            page.record(again, act=uuid4(), person=rekha.id, at=NOW, money=again.amount)
        until(lambda: hurried(counter))
        until(lambda: centre.count(arrivals) == 0)
        (shown,) = centre_command("status", "--database", centre.url)["counters"]
        assert (centre.count(payments), shown["held"], shown["doubted"]) == (2, 0, 1)
        counter.end()
        counter = Counter(book, counter.centre)
        assert counter.read()
        with book.reading() as connection:
            assert not people.password_hash(connection, "R31")
        counter.end()
    book.close()


def test_counters_and_gateway_through_many_faults(url: str) -> None:
    """``python -m tests.bench sync --only faults`` lives through more of them."""
    outcome = through_faults(url, 80)
    assert outcome.injected >= 80
    assert outcome.recorded > 0
    assert (outcome.lost, outcome.doubled, outcome.paise, outcome.forks) == (0, 0, 0, 0)
