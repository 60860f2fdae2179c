"""What queries see is what the versions make, and no version is lost by a kill."""

from pathlib import Path

import pytest
from sqlalchemy import Boolean, Integer, LargeBinary, String, Table
from sqlalchemy.exc import OperationalError

from counter_app.store import migrate, tables
from counter_app.store.book import Book
from counter_app.store.columns import BillMonth, Day, Identity, Instant
from counter_app.store.engine import Connections
from counter_app.store.keys import demo_keys
from tests.store.office import create

TYPES = {
    Integer: "INTEGER", Boolean: "INTEGER", Instant: "INTEGER", BillMonth: "INTEGER", String: "TEXT",
    Day: "TEXT", LargeBinary: "BLOB", Identity: "BLOB",
}  # fmt: skip
EVERY = [
    table
    for metadata in (tables.REFERENCE, tables.PROJECTION, tables.OWN, tables.ARCHIVE)
    for table in metadata.sorted_tables
]


@pytest.mark.parametrize("table", EVERY, ids=lambda table: table.name)
def test_a_table_is_as_queries_see_it(book: Book, table: Table) -> None:
    with book.reading() as connection:
        made = connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")').mappings().all()
        assert [(row["name"], row["type"]) for row in made] == [
            (column.name, TYPES[type(column.type)]) for column in table.columns
        ]
        assert {row["name"] for row in made if row["pk"]} == {column.name for column in table.primary_key}
        assert {row["name"] for row in made if not row["notnull"]} == {
            column.name for column in table.columns if column.nullable
        }


def test_no_table_is_forgotten(book: Book) -> None:
    with book.reading() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list"
            " WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%'"
        )
        assert set(names.scalars()) == {table.name for table in EVERY}


def test_a_step_that_fails_leaves_the_version_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(tmp_path).close()
    broken = ("CREATE TABLE half (x TEXT) STRICT", "CREATE TABLE half (x TEXT) STRICT")
    before = len(migrate.STEPS)
    connections = Connections(tmp_path / "counter.db", demo_keys(tmp_path).database, "rw")
    writer = connections.writer()
    before = len(migrate.STEPS)
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS, broken))
    with pytest.raises(OperationalError):
        migrate.migrate(writer)
    assert migrate.version_of(writer) == before
    assert writer.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = 'half'").scalar() == 0
    writer.rollback()
    monkeypatch.setattr(migrate, "STEPS", (*migrate.STEPS[:-1], broken[:1]))
    migrate.migrate(writer)
    assert migrate.version_of(writer) == before + 1
    connections.close()
