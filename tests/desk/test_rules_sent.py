"""Rule files that the company sent: those that cannot be used are told, and never stop the counter."""

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.desk.rules import Rules, left_out, load_rules, rules_of, wait
from counter_app.domain.payment import TenderKind
from counter_app.resources import resource
from counter_app.store.book import Book
from tests.store.hearing import enrolled, hear, rules
from tests.store.office import create

DAY = date(2026, 3, 12)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = enrolled(create(tmp_path / "counter"))
    yield made
    made.close()


def unused(book: Book) -> tuple[str, ...]:
    with book.reading() as connection:
        return left_out(connection)


def test_without_sent_files_nothing_is_left_out(book: Book) -> None:
    assert rules_of(book) == load_rules()
    assert unused(book) == ()


@pytest.mark.parametrize("name", ["allocation", "duty"])
@pytest.mark.parametrize("text", ["heads = [", "", "x = 1", "x = " + "[" * 5000, '[[order]]\nname = ""'])
def test_a_file_that_cannot_be_used_is_told_and_the_others_are_used(
    book: Book, caplog: pytest.LogCaptureFixture, name: str, text: str
) -> None:
    shipped = (resource("rules") / "tenders.toml").read_text(encoding="utf-8")
    hear(book, rules(name, text), rules("tenders", shipped.replace(', "upi", "card"', "")))
    with caplog.at_level(logging.WARNING):
        found = rules_of(book)
    assert found.tenders_on(DAY).taken == (TenderKind.CASH, TenderKind.OTHER)
    assert found.order(DAY) == load_rules().order(DAY)
    assert found.duty(DAY) == load_rules().duty(DAY)
    assert unused(book) == (f"{name}.toml",)
    assert f"{name}.toml" in caplog.text


def test_the_centre_edits_the_catalogue_of_complaints(book: Book) -> None:
    shipped = (resource("rules") / "complaint_types.toml").read_text(encoding="utf-8")
    said = shipped.replace('hi = "स्मार्ट मीटर"', 'hi = "स्मार्ट मीटर का बैलेंस"').replace('"35"', '"39"')
    hear(book, rules("complaint_types", said))
    catalogue = rules_of(book).catalogue(DAY)
    assert catalogue.type("39").name_hi == "स्मार्ट मीटर का बैलेंस"
    assert len(catalogue.types) == len(load_rules().catalogue(DAY).types)
    assert unused(book) == ()


def test_what_came_since_the_start_waits_for_the_next_one(book: Book) -> None:
    running = rules_of(book)
    assert not waits(book, running)
    shipped = (resource("rules") / "tenders.toml").read_text(encoding="utf-8")
    hear(book, rules("tenders", shipped.replace(', "upi", "card"', "")))
    assert waits(book, running)
    assert not waits(book, rules_of(book))


def waits(book: Book, rules: Rules) -> bool:
    with book.reading() as connection:
        return wait(connection, rules)
