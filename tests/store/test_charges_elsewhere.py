"""Money that is no bill, taken at another counter, pays no bill here; an instalment does."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from counter_app.domain.entry import Entry, Kind
from counter_app.domain.payment import PaymentTaken
from counter_app.store import finds
from counter_app.store.book import Book
from counter_app.store.journal import entries, entry_of_act
from tests.store.hearing import enrolled, hear
from tests.store.office import DRAWER, NOW, PERSON, SURESH, create, pay


def taken_for(charge: str, folder: Path) -> Entry:
    """A payment of another counter, for a head of other money."""
    other = create(folder, counter=3)
    with other.writing() as page:
        first = pay(page, counter=3)
        found = entry_of_act(page.connection, first.entry.header.act)
        assert found is not None
        assert isinstance(found[1], PaymentTaken)
        payment = replace(found[1], serial=2, charge=charge)
        page.record(payment, act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER, money=payment.amount)
    with other.reading() as connection:
        made = [replace(one, signature=b"") for one in entries(connection)]
    other.close()
    return [one for one in made if one.header.kind == Kind.PAYMENT_TAKEN][-1]


@pytest.mark.parametrize(("charge", "pays"), [("reconnection", False), ("instalment", True), ("", True)])
def test_what_another_counter_took_for_a_head(book: Book, tmp_path: Path, charge: str, pays: bool) -> None:
    enrolled(book)
    hear(book, taken_for(charge, tmp_path / "other"))
    with book.reading() as connection:
        assert bool(finds.payments_of(connection, SURESH.number)) == pays
