"""The staff of the demo office. Their one password stands on the sign-in page: it guards nothing."""

from uuid import UUID

from counter_app.domain.people import Person, Role
from counter_app.wire.passwords import password_hash

PASSWORD = "navgram"  # noqa: S105 - shown to everybody on the sign-in page
CASHIER, CLERK, SUPERVISOR = "R07", "A03", "S01"
# A lighter hash than a real office's, so that a newcomer does not wait for a secret that is none.
_MEMORY_KIB, _PASSES = 19 * 1024, 2

STAFF = (
    Person(UUID(int=0x2214_0007, version=4), CASHIER, "रेखा पटेल", "Rekha Patel", Role.CASHIER),
    Person(UUID(int=0x2214_0003, version=4), CLERK, "महेश वर्मा", "Mahesh Verma", Role.CLERK),
    Person(UUID(int=0x2214_0001, version=4), SUPERVISOR, "अजय चौहान", "Ajay Chauhan", Role.SUPERVISOR),
    Person(UUID(int=0x2214_0002, version=4), "S02", "नीलिमा दुबे", "Neelima Dubey", Role.SUPERVISOR),
    Person(UUID(int=0x2214_0009, version=4), "ADM", "विकास सोनी", "Vikas Soni", Role.ADMINISTRATOR),
    Person(UUID(int=0x2214_000A, version=4), "AUD", "कविता जैन", "Kavita Jain", Role.AUDITOR),
)


def hashed() -> str:
    """The hash of the demo's password, made once for everybody."""
    return password_hash(PASSWORD, memory_kib=_MEMORY_KIB, passes=_PASSES)
