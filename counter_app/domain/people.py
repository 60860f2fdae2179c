"""Who works at the counter, and what each role may do."""

from enum import StrEnum
from uuid import UUID

from counter_app.domain.value import value


class Role(StrEnum):
    """Roles of the office; the supervisor is its JE or AE, an agent takes money on the company's behalf."""

    CLERK = "clerk"
    CASHIER = "cashier"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Right(StrEnum):
    """What the desk asks before it acts."""

    SEE_CONSUMERS = "see consumers"
    SEE_CONTACT = "see mobile and address whole"
    REGISTER_COMPLAINT = "register complaint"
    MOVE_COMPLAINT = "move complaint"
    SEE_CONFIDENTIAL = "see confidential complaints"
    SEE_BOARD = "see board"
    TAKE_PAYMENT = "take payment"
    PRINT_COPY = "print copy"
    PRINT_MANY = "print many bills"
    CHOOSE_PRINTERS = "choose printers"
    SEE_RECEIPTS = "see receipts"
    UNDO = "undo receipt"
    END_TASK = "end task"
    APPROVE = "approve"
    SET_PIN = "set pin"
    RECONCILE = "reconcile with the bank"
    SEE_BOOKS = "see books"
    DECIDE_CLOCK = "decide clock"
    VERIFY = "verify"
    IMPORT = "import files"
    POST = "post files out"
    SEE_LINE = "see line"
    SEE_RULES = "see the rules in force"
    ENROL = "enrol"
    BACK_UP = "make backups"
    CHOOSE_PLACES = "choose backup places"
    NAME_PEOPLE = "name people"


_EVERYBODY = frozenset({Right.SEE_LINE, Right.SEE_RULES, Right.SET_PIN})
_LOOKING = _EVERYBODY | {Right.SEE_CONSUMERS, Right.SEE_RECEIPTS}
_WINDOW = _LOOKING | {
    Right.SEE_CONTACT,
    Right.REGISTER_COMPLAINT,
    Right.MOVE_COMPLAINT,
    Right.PRINT_COPY,
    Right.END_TASK,
    Right.CHOOSE_PRINTERS,
}
_FILES = frozenset({Right.IMPORT, Right.POST})
_BOOKS = frozenset({Right.SEE_BOOKS, Right.SEE_BOARD})
_MONEY = _WINDOW | {Right.TAKE_PAYMENT, Right.UNDO}
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CLERK: _WINDOW | {Right.PRINT_MANY},
    Role.CASHIER: _MONEY,
    Role.AGENT: _MONEY,
    Role.SUPERVISOR: _MONEY
    | _FILES
    | _BOOKS
    | {Right.APPROVE, Right.DECIDE_CLOCK, Right.RECONCILE, Right.VERIFY, Right.ENROL, Right.BACK_UP}
    | {Right.PRINT_MANY},
    Role.ADMINISTRATOR: _EVERYBODY
    | _FILES
    | _BOOKS
    | {Right.RECONCILE, Right.VERIFY, Right.ENROL, Right.BACK_UP, Right.CHOOSE_PLACES, Right.CHOOSE_PRINTERS}
    | {Right.NAME_PEOPLE},
    Role.AUDITOR: _LOOKING | _BOOKS | {Right.VERIFY, Right.SEE_CONFIDENTIAL},
}


def may(role: Role, right: Right) -> bool:
    """Whether a role holds a right."""
    return right in RIGHTS[role]


@value
class Person:
    """Someone of the office. ``code`` is typed to sign in and printed on paper."""

    id: UUID
    code: str
    name_hi: str
    name_en: str
    role: Role


@value
class Session:
    """Someone signed in; ``drawer`` is the drawer opened with it (None without the right to take money)."""

    person: Person
    drawer: UUID | None
