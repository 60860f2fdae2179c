"""Checking the journal from the window, for who may: nothing lost, nothing changed."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.desk.desk import Desk, demand
from counter_app.domain.people import Right, Session
from counter_app.store import checking
from counter_app.verify import Fault


@dataclass(frozen=True, slots=True)
class Checked:
    """How many entries were checked, and one sentence for each thing that is not as it was recorded."""

    entries: int
    faults: tuple[Fault, ...]


def check_journal(desk: Desk, session: Session, at: datetime) -> Checked:
    """Chain, signatures, every row and the second file; takes seconds, and delays nobody's work.

    Only for who may verify.
    """
    demand(desk, session, Right.VERIFY, at)
    report = checking.check(desk.book)
    return Checked(report.entries, tuple(report.faults))
