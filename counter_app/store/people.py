"""The people of the office: who they are, their password hashes, and wrong passwords."""

from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.domain.clock import Reading
from counter_app.domain.entry import Kind
from counter_app.domain.people import Person, Role
from counter_app.store import facts
from counter_app.store.journal import clocks_about, count
from counter_app.store.rows import Tries
from counter_app.store.tables import people as people_table
from counter_app.store.tables import pins, sign_ins
from counter_app.store.tables import tries as tries_table

if TYPE_CHECKING:
    from counter_app.store.page import Page

# Asked before every act.
_ROLE = "SELECT role FROM people WHERE id = ? AND password_hash != ''"
# A PIN ends with the password that it was chosen by.
_END_PIN = """
    DELETE FROM pins WHERE person = ? AND person NOT IN (SELECT id FROM people WHERE password_hash = ?)"""
# One code is one person's: who was named at the set-up gives way to whom the centre names.
_END_ANOTHER = (
    "DELETE FROM pins WHERE person IN (SELECT id FROM people WHERE code = ? AND id != ?)",
    "DELETE FROM people WHERE code = ? AND id != ?",
)
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


def code_of(connection: Connection, person: UUID) -> str:
    """The code of somebody by id; empty for nobody of ours."""
    return connection.execute(select(people_table.c.code).where(people_table.c.id == person)).scalar() or ""


def people(connection: Connection) -> tuple[Person, ...]:
    """Everybody, by code."""
    found = connection.execute(select(*_PERSON).order_by(people_table.c.code)).mappings()
    return tuple(map(_person, found))


def ended(connection: Connection) -> frozenset[UUID]:
    """Those who sign in here no more."""
    found = connection.execute(select(people_table.c.id).where(people_table.c.password_hash == ""))
    return frozenset(found.scalars())


def put_person(page: "Page", person: Person, hashed: str) -> None:
    """Add someone, or replace what is known under the same id, or of another one with the same code.

    ``hashed``: the hash of the password; empty for who signs in no more. Another one ends the waiting after
    wrong tries: they stay in the journal, and count no more.
    """
    connection, code = page.connection, person.code
    if hashed and tries(connection, code).failed and password_hash(connection, code) != hashed:
        facts.put_fact(connection, _since(code), b"%d" % count(connection))
    row: dict[str, Any] = {
        "id": person.id,
        "code": code,
        "name_hi": person.name_hi,
        "name_en": person.name_en,
        "role": person.role,
        "password_hash": hashed,
    }
    for statement in _END_ANOTHER:
        connection.exec_driver_sql(statement, (code, person.id.bytes))
    connection.exec_driver_sql(_END_PIN, (person.id.bytes, hashed))
    put = insert(people_table).values(row)
    connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=row))


def role(connection: Connection, person: UUID) -> Role | None:
    """What somebody's role is now; None for who signs in here no more."""
    found = connection.exec_driver_sql(_ROLE, (person.bytes,)).scalar()
    return Role(found) if found is not None else None


def last_sign_in(connection: Connection, code: str) -> Reading | None:
    """Both clocks when somebody last signed in here by password; None before the first time."""
    at = connection.execute(select(sign_ins.c.at).where(sign_ins.c.code == code)).scalar()
    return None if at is None else next(clocks_about(connection, Kind.SIGNED_IN, code), None)


def pin_hash(connection: Connection, person: UUID) -> str | None:
    """The argon2id hash of a person's PIN; None without one."""
    return connection.execute(select(pins.c.hash).where(pins.c.person == person)).scalar()


def put_pin(page: "Page", person: UUID, hashed: str) -> None:
    """Give somebody a PIN, or another one."""
    put = insert(pins).values(person=person, hash=hashed)
    page.connection.execute(put.on_conflict_do_update(index_elements=["person"], set_={"hash": hashed}))


def tries(connection: Connection, code: str) -> Tries:
    """Wrong secrets of a code since its last sign-in or its newest password, as the journal has them."""
    failed = connection.execute(select(tries_table.c.failed).where(tries_table.c.code == code)).scalar()
    if not failed:
        return Tries(0, None)
    behind = int(facts.fact(connection, _since(code)) or 0)
    wrong = [*islice(clocks_about(connection, Kind.SIGN_IN_REFUSED, code, behind), failed)]
    return Tries(len(wrong), wrong[0] if wrong else None)


def _since(code: str) -> str:
    """The name of a fact: how many entries there were when another password ended a code's waiting."""
    return f"waits_since.{code}"


def _person(row: RowMapping) -> Person:
    return Person(row["id"], row["code"], row["name_hi"], row["name_en"], Role(row["role"]))
