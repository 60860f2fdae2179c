"""The people of the office: who they are, their password hashes, and wrong passwords."""

from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.domain.people import Person, Role
from counter_app.store.page import Page
from counter_app.store.rows import Tries
from counter_app.store.tables import people as people_table
from counter_app.store.tables import tries as tries_table

_PERSON = [column for column in people_table.c if column.name != "password_hash"]


def person(connection: Connection, code: str) -> Person | None:
    """Someone by the code typed to sign in; capital and small letters are alike."""
    found = connection.execute(select(*_PERSON).where(people_table.c.code == code)).mappings().first()
    return _person(found) if found else None


def password_hash(connection: Connection, code: str) -> str | None:
    """The argon2id hash of a person's password."""
    return connection.execute(
        select(people_table.c.password_hash).where(people_table.c.code == code)
    ).scalar()


def people(connection: Connection) -> tuple[Person, ...]:
    """Everybody, by code."""
    found = connection.execute(select(*_PERSON).order_by(people_table.c.code)).mappings()
    return tuple(map(_person, found))


def put_person(page: Page, person: Person, password_hash: str) -> None:
    """Add someone, or replace what is known under the same id."""
    row: dict[str, Any] = {
        "id": person.id,
        "code": person.code,
        "name_hi": person.name_hi,
        "name_en": person.name_en,
        "role": person.role,
        "password_hash": password_hash,
    }
    put = insert(people_table).values(row)
    page.connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=row))


def tries(connection: Connection, code: str) -> Tries:
    """Wrong passwords of a code since its last sign-in, as the journal has them."""
    asked = select(tries_table.c.failed, tries_table.c.last_at).where(tries_table.c.code == code)
    found = connection.execute(asked).first()
    return Tries(found.failed, found.last_at) if found else Tries(0, None)


def _person(row: RowMapping) -> Person:
    return Person(row["id"], row["code"], row["name_hi"], row["name_en"], Role(row["role"]))
