"""What the central office and other counters say, from the command to a counter's rows, over a gateway."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.central.tables import arrivals, held
from counter_app.desk.rules import rules_of
from counter_app.domain.entry import Kind
from counter_app.domain.payment import PaymentTaken
from counter_app.domain.people import Role
from counter_app.resources import resource
from counter_app.store import people, told
from counter_app.store.book import Book
from counter_app.store.finds import complaints_of
from counter_app.store.held import held_entries
from counter_app.store.projections import rebuild_and_compare
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import once
from counter_app.wire.passwords import fits
from counter_app.wire.payloads import decode
from tests.central.databases import Centre
from tests.central.gateways import Gateway, centre_command, gateway, until
from tests.program import called
from tests.store.office import NOW, PERSON, SURESH, create, pay, register
from tests.sync.steps import clock

TYPED = "गल्ला बंद-42\n"


class Office:
    """Two counters at a gateway. ``linked`` lets one say and hear all there is."""

    def __init__(self, centre: Centre, running: Gateway, folder: Path) -> None:
        self.centre = centre
        self.key = folder / "company.key"
        self.said("key", "--out", str(self.key))
        self.books = tuple(create(folder / str(number), counter=number) for number in (2, 3))
        self._enrolled = {}
        for book in self.books:
            words = ("--office", "2214", "--counter", str(book.office.counter))
            code = centre_command("enrol", "--database", centre.url, *words)["code"]
            self._enrolled[book.device] = enrol(book, running.address, str(code), "", clock())

    def said(self, command: str, *words: str, typed: str = "") -> None:
        """A command of the central office."""
        done = called("central", command, "--database", self.centre.url, *words, typed=typed)  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    def linked(self, *books: Book) -> None:
        for book in books:
            assert once(book, self._enrolled[book.device], "1.0", clock)
            until(lambda: self.centre.count(arrivals) == 0)

    def shut_out(self, book: Book) -> bool:
        """Whether a counter is told nothing any more."""
        return not once(book, self._enrolled[book.device], "1.0", clock)


@pytest.fixture
def office(centre: Centre, tmp_path: Path) -> Iterator[Office]:
    with gateway(centre.url) as running:
        made = Office(centre, running, tmp_path)
        yield made
        for book in made.books:
            with book.reading() as connection:
                assert rebuild_and_compare(connection) == ()
            book.close()


def test_people_and_their_roles(office: Office) -> None:
    here, there = office.books
    asked = ("--office", "2214", "--code", "R31", "--name-hi", "रेखा जैन", "--name-en", "Rekha Jain", "--role")
    office.said("person", *asked, "cashier", typed=TYPED)
    office.linked(here, there)
    for book in office.books:
        with book.reading() as connection:
            rekha = people.person(connection, "R31")
            assert rekha is not None
            assert (rekha.role, rekha.name_hi) == (Role.CASHIER, "रेखा जैन")
            assert fits(people.password_hash(connection, "R31") or "", TYPED.strip())
    office.said("person", *asked, "supervisor", typed=TYPED)
    office.linked(here)
    with here.reading() as connection:
        assert people.role(connection, rekha.id) is Role.SUPERVISOR
    gone = (*asked[:5], "मीना राय", "--role", "supervisor", "--gone")  # another name, by mistake
    office.said("person", *gone)
    office.linked(here)
    with here.reading() as connection:
        assert people.password_hash(connection, "R31") == ""
        assert people.person(connection, "R31") == replace(rekha, role=Role.SUPERVISOR), "records name her"
    words = ("--database", office.centre.url, *gone[:-1])
    other = called("--json", "central", "person", *words, typed=TYPED)
    assert json.loads(other.stdout)["refused"] == "PersonCodeAnothers", "records name her, not who comes now"


def test_rules_that_the_company_signed(office: Office, tmp_path: Path) -> None:
    here, _ = office.books
    usual = rules_of(here)
    text = (resource("rules") / "tenders.toml").read_text(encoding="utf-8")
    changed = text.replace(f'name = "{usual.tenders[0].ruling.name}"', 'name = "Circular 7"', 1)
    assert changed != text
    (tmp_path / "tenders.toml").write_text(changed, encoding="utf-8")
    office.said("rules", str(tmp_path / "tenders.toml"), "--key", str(office.key))
    office.linked(here)
    assert rules_of(here).tenders[0].ruling.name == "Circular 7"


def test_what_a_complaint_said_is_erased_at_its_counter_and_the_other(office: Office) -> None:
    here, there = office.books
    with here.writing() as page:
        number = f"2214-2-C00001-{register(page).letters}"
    office.linked(here, there)
    for book, mobile in ((here, "9826048210"), (there, "9826048210")):
        assert mobile_of(book) == mobile
    office.said("erase", "--key", str(office.key), number)
    office.linked(here, there)
    assert (mobile_of(here), mobile_of(there)) == ("", "")


def mobile_of(book: Book) -> str:
    with book.reading() as connection:
        (row,) = complaints_of(connection, SURESH.number, ())
    return row.registered.mobile


def test_a_revoked_counter_is_known_to_its_office_and_told_nothing(office: Office) -> None:
    here, there = office.books
    office.linked(here, there)
    office.said("revoke", "--device", str(there.device))
    office.linked(here)
    assert office.shut_out(there)
    for book, revoked in ((here, there.device), (here, here.device)):
        with book.reading() as connection:
            assert told.is_revoked(connection, revoked) is (revoked == there.device)
    with there.writing() as page:
        pay(page, counter=3)
    assert office.shut_out(there)
    assert office.centre.count(held) > 0


def test_what_is_held_is_shown_at_its_counter_and_leaves_when_it_is_released(office: Office) -> None:
    here, _ = office.books
    with here.writing() as page:
        said = decode(Kind.PAYMENT_TAKEN, 1, pay(page).entry.payload)
        assert isinstance(said, PaymentTaken)
        # As a counter would that was given another number behind its back.
        wrong = replace(said, counter=9, serial=2, consumer="N2204518799")
        entry = page.record(wrong, act=uuid4(), person=PERSON, at=NOW, money=wrong.amount)
    office.linked(here)
    office.linked(here)
    with here.reading() as connection:
        (shown,) = held_entries(connection, here.device)
    assert (shown.reason, shown.consumer) == ("not_fitting", "N2204518799")
    found = centre_command("held", "--database", office.centre.url)["held"]
    assert [one["hash"] for one in found] == [entry.hash.hex()]


def test_a_bill_paid_at_both_is_told_to_both(office: Office) -> None:
    here, there = office.books
    for book in office.books:
        with book.writing() as page:
            pay(page, counter=book.office.counter)
    office.linked(here, there, here, there)
    for book in office.books:
        with book.reading() as connection:
            (one,) = told.surpluses_of(connection, SURESH.number)
        assert one.amount == 64000
