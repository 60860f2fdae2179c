"""The people of an office, as the central office names them: their counters hear of it in the feed."""

from uuid import UUID, uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Transaction
from counter_app.central.enrolling import open_office
from counter_app.central.feeds import Feeds
from counter_app.central.tables import staff
from counter_app.domain.central_refusals import PersonCodeWrong, PersonNameMissing
from counter_app.domain.people import Person, Role
from counter_app.domain.text import clean_text
from counter_app.wire.bodies import Staff, StaffMember, item

LONGEST_CODE = 32
LONGEST_NAME = 80

_PERSON = select(staff.c.person).where(
    staff.c.office == bindparam("office"), staff.c.code == bindparam("code")
)
_PUT = insert(staff).values({one.name: bindparam(one.name) for one in staff.columns})
_PUT = _PUT.on_conflict_do_update(index_elements=["office", "code"], set_={"gone": _PUT.excluded.gone})


def put_person(
    transaction: Transaction, office: str, code: str, names: tuple[str, str], role: Role, password_hash: str
) -> UUID:
    """Let somebody be of an office, or change who has this code. ``names``: in Hindi, in English.

    Without a ``password_hash`` nobody signs in under the code any more. ``OfficeCodeWrong``,
    ``PersonCodeWrong``, ``PersonNameMissing``.
    """
    code = read_code(code)
    hindi, english = (clean_text(name, LONGEST_NAME) for name in names)
    if not hindi and not english:
        raise PersonNameMissing
    open_office(transaction, office)
    found = transaction.rows(_PERSON, {"office": office, "code": code})
    person = UUID(bytes=found[0][0]) if found else uuid4()
    transaction.do(_PUT, {"office": office, "code": code, "person": person.bytes, "gone": not password_hash})
    feeds = Feeds(transaction)
    member = StaffMember(Person(person, code, hindi, english, role), password_hash)
    feeds.publish(office, item(Staff((member,))), office)
    feeds.write()
    return person


def read_code(typed: str) -> str:
    """A code to sign in with, as it is kept. ``PersonCodeWrong``."""
    code = clean_text(typed, LONGEST_CODE).upper()
    if not code.isascii() or not code.isalnum():
        raise PersonCodeWrong
    return code
