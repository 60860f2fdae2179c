"""The people of an office, as the central office names them: their counters hear of it in the feed."""

from uuid import UUID, uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from counter_app.central.database import Transaction
from counter_app.central.enrolling import open_office
from counter_app.central.feeds import Feeds
from counter_app.central.tables import items, staff
from counter_app.domain.central_refusals import PersonCodeWrong, PersonNameMissing
from counter_app.domain.people import Person, Role
from counter_app.domain.setting_up import demand_same
from counter_app.domain.text import clean_text
from counter_app.wire.bodies import Staff, StaffMember, item, read_body
from counter_app.wire.messages import Item, ItemKind

LONGEST_CODE = 32
LONGEST_NAME = 80

_PERSON = select(staff.c.person).where(
    staff.c.office == bindparam("office"), staff.c.code == bindparam("code")
)
# All that an office's feed told of its people, the newest first.
_TOLD = (
    select(items.c.body)
    .where(items.c.office == bindparam("office"), items.c.kind == int(ItemKind.STAFF))
    .order_by(items.c.seq.desc())
)
_PUT = insert(staff).values({one.name: bindparam(one.name) for one in staff.columns})
_PUT = _PUT.on_conflict_do_update(index_elements=["office", "code"], set_={"gone": _PUT.excluded.gone})


def put_person(
    transaction: Transaction, office: str, code: str, names: tuple[str, str], role: Role, password_hash: str
) -> UUID:
    """Let somebody be of an office, or change role, password or one of the names. ``names``: in Hindi, in
    English.

    Without a ``password_hash`` nobody signs in under the code any more. ``OfficeCodeWrong``,
    ``PersonCodeWrong``, ``PersonNameMissing``, ``PersonCodeAnothers``.
    """
    code = read_code(code)
    hindi, english = (clean_text(name, LONGEST_NAME) for name in names)
    if not hindi and not english:
        raise PersonNameMissing
    open_office(transaction, office)
    found = transaction.rows(_PERSON, {"office": office, "code": code})
    person = UUID(bytes=found[0][0]) if found else uuid4()
    if found and (known := _named(transaction, office, person)):
        if password_hash:
            demand_same(known, hindi, english)
        else:
            hindi, english = known.name_hi, known.name_en
    transaction.do(_PUT, {"office": office, "code": code, "person": person.bytes, "gone": not password_hash})
    feeds = Feeds(transaction)
    member = StaffMember(Person(person, code, hindi, english, role), password_hash)
    feeds.publish(office, item(Staff((member,))), office)
    feeds.write()
    return person


def _named(transaction: Transaction, office: str, person: UUID) -> Person | None:
    """Somebody of an office as its counters were told last."""
    for (body,) in transaction.rows(_TOLD, {"office": office}):
        said = read_body(Item(ItemKind.STAFF, body))
        for member in said.members if isinstance(said, Staff) else ():
            if member.person.id == person:
                return member.person
    return None


def read_code(typed: str) -> str:
    """A code to sign in with, as it is kept. ``PersonCodeWrong``."""
    code = clean_text(typed, LONGEST_CODE).upper()
    if not code.isascii() or not code.isalnum():
        raise PersonCodeWrong
    return code
