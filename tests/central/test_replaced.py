"""F33, F53: a PC that was replaced and is found again; a drawer that was sealed while nothing was sent."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from counter_app.central.tables import arrivals, held, payments
from counter_app.desk import clock as clocks
from counter_app.desk import drawers, undoing
from counter_app.desk import payments as taking
from counter_app.domain.clock import Decision
from counter_app.domain.drawer import DrawerClosed
from counter_app.domain.entry import Entry, Kind
from counter_app.domain.numbering import Series
from counter_app.domain.undoing import Why
from counter_app.store import finds
from counter_app.store.book import Book
from counter_app.store.centre import Centre as Enrolment
from counter_app.store.centre import unsent_count
from counter_app.store.finds import payments_of
from counter_app.store.held import held_entries
from counter_app.store.journal import count as journal_count
from counter_app.store.journal import entries as journal_entries
from counter_app.store.projections import rebuild_and_compare
from counter_app.sync.enrol import enrol
from counter_app.sync.rounds import once
from counter_app.wire.payloads import decode
from tests.central.databases import Centre
from tests.central.gateways import Gateway, centre_command, until
from tests.desk import small_office
from tests.desk.small_office import NOW, paying, sealed, signed_in
from tests.store.office import SURESH, create, pay
from tests.sync.steps import clock


def let_in(centre: Centre, running: Gateway, book: Book) -> Enrolment:
    words = ("--office", book.office.code, "--counter", str(book.office.counter))
    code = centre_command("enrol", "--database", centre.url, *words)["code"]
    return enrol(book, running.address, str(code), "", clock())


@contextmanager
def standing(folder: Path) -> Iterator[Book]:
    """A PC at the window."""
    book = create(folder)
    yield book
    book.close()


def takes(book: Book, many: int) -> list[str]:
    """Payments, and the numbers on their receipts."""
    printed = []
    for _ in range(many):
        with book.writing() as page:
            serial = page.next_serial(Series.RECEIPT)
            printed.append(f"2214-2-{serial:06d}-{pay(page).letters}")
    return printed


def own(book: Book) -> int:
    with book.reading() as connection:
        return journal_count(connection)


def unsent(book: Book) -> int:
    with book.reading() as connection:
        return unsent_count(connection)


def shown(book: Book) -> set[str]:
    """The numbers of all receipts of the consumer that the counter knows, its own without letters."""
    with book.reading() as connection:
        assert rebuild_and_compare(connection) == ()
        return {str(one.reference) for one in payments_of(connection, SURESH.number)}


def test_f33_a_pc_that_was_replaced_is_found_again_and_nothing_it_took_is_lost(
    centre: Centre, running: Gateway, tmp_path: Path
) -> None:
    with standing(tmp_path / "old") as old, standing(tmp_path / "new") as new:
        at = let_in(centre, running, old)
        printed = takes(old, 2)
        assert once(old, at, "1.0", clock)
        # It burns, as everybody thinks, with two receipts that nobody has; another PC takes its place.
        late = takes(old, 2)
        gone = own(old) - unsent(old)
        centre_command("revoke", "--database", centre.url, "--device", str(old.device))
        there = let_in(centre, running, new)
        assert once(new, there, "1.0", clock)
        anew = takes(new, 3)
        assert once(new, there, "1.0", clock)
        serials = [number.rsplit("-", 1)[0] for number in (*printed, *anew)]
        assert len(set(serials)) == 5, "the new one goes on above what is known"
        # It is found, and switched on.
        assert once(old, at, "1.0", clock) is False, "it is told nothing any more"
        until(lambda: centre.count(arrivals) == 0)
        assert (unsent(old), centre.count(held), centre.count(payments)) == (0, own(old) - gone, 5)
        found = centre_command("held", "--database", centre.url)["held"]
        assert {one["reason"] for one in found} == {"device_revoked"}
        # A person has looked at it, perhaps beside the paper: both receipts count.
        centre_command("release", "--database", centre.url, *(one["hash"] for one in found))
        until(lambda: (centre.count(held), centre.count(payments)) == (0, 7))
        assert once(new, there, "1.0", clock)
        every = {*printed, *late, *anew}
        assert len(every) == 7, "no two receipts have one printed number"
        assert shown(new) == {*printed, *late, *(number.rsplit("-", 1)[0] for number in anew)}


# -- F53 ---------------------------------------------------------------------------------------------


def of_kind(book: Book, kind: Kind) -> list[Entry]:
    with book.reading() as connection:
        return [one for one in journal_entries(connection) if one.header.kind == kind]


def test_f53_what_comes_late_changes_no_drawer_that_was_sealed_offline(
    centre: Centre, running: Gateway, tmp_path: Path
) -> None:
    """Neither what the counter itself adds later, nor what a copy of its disk had recorded in that drawer."""
    here = tmp_path / "here"
    small_office.make(here)
    desk = small_office.opened(here)
    at = let_in(centre, running, desk.book)
    cashier = signed_in(desk)
    receipt = taking.take(desk, cashier, paying(), NOW)
    desk.book.close()
    copy = shutil.copytree(here, tmp_path / "copy")
    desk, twin = small_office.opened(here), small_office.opened(copy)
    # The copy goes on in the drawer that is open on it as well.
    stray = taking.take(twin, cashier, paying(small_office.CREDIT, 700_00, advance=True), NOW)
    closed = sealed(desk, cashier, 1613_00)
    (before,) = of_kind(desk.book, Kind.DRAWER_CLOSED)
    assert unsent(desk.book) > 0
    again = signed_in(desk)
    undoing.ask_refund(desk, again, uuid4(), receipt.act, Why.TAKEN_TWICE, "", NOW)
    for one in (twin, desk):
        assert once(one.book, at, "1.0", clock)
    twin.book.close()
    until(lambda: centre.count(arrivals) == 0)
    assert (centre.count(payments), centre.count(held)) == (2, 0)
    assert once(desk.book, at, "1.0", clock)
    with desk.book.reading() as connection:
        assert drawers.stored_closing(connection, closed.act) == closed
        row = finds.drawer(connection, closed.report.drawer)
        assert rebuild_and_compare(connection) == ()
        assert [one.amount for one in payments_of(connection, small_office.CREDIT)] == [700_00]
        assert held_entries(connection, desk.book.device) == ()
    assert row
    assert (row.counted, row.expected) == (1613_00, 1613_00)
    # The centre's time is another than this test's: somebody says which is right, or no day ends.
    clocks.decide(desk, signed_in(desk, small_office.SUPERVISOR), uuid4(), Decision.IS_RIGHT, None, NOW)
    report = sealed(desk, again, 0).report
    assert [(one.what, one.amount) for one in report.carried] == [("refund", 1613_00)]
    assert of_kind(desk.book, Kind.DRAWER_CLOSED)[0] == before
    said = decode(Kind.DRAWER_CLOSED, before.header.kind_version, before.payload)
    assert isinstance(said, DrawerClosed)
    assert said.expected == 1613_00
    assert stray.number != receipt.number
    desk.book.close()
