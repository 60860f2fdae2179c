"""What the bank says of pending money: a statement read as a whole, or one tender by hand."""

from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from counter_app.billing.statement import Misread, Statement
from counter_app.desk.desk import Desk, demand, recorded
from counter_app.domain.days import business_day
from counter_app.domain.entry import Kind
from counter_app.domain.money import RUPEE, Paise
from counter_app.domain.money_refusals import NothingChanged, SettledOutOfTurn, WordStands
from counter_app.domain.payment import LONGEST_REFERENCE, PAPER, Tender
from counter_app.domain.people import Right, Session
from counter_app.domain.refusals import ReceiptUnknown
from counter_app.domain.statement import Claim, Finding, Match, Said, matched, said_of
from counter_app.domain.text import clean_text, western_digits
from counter_app.domain.undoing import Outcome, StatementRead, TenderSettled
from counter_app.store import journal, reference
from counter_app.store.book import Page
from counter_app.store.finds import claims
from counter_app.store.finds.claims import PendingRow
from counter_app.store.finds.claims_elsewhere import claims_elsewhere
from counter_app.store.finds.used import refusal_of_use

LOOKED_BACK = timedelta(days=180)
"""Receipts of so many days a statement may speak of."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A tender that waits for the bank, for how many days; ``late`` when somebody must ask.

    So they must where ``row.both``: what is known of it contradicts itself.
    """

    row: PendingRow
    days: int
    late: bool


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a statement came to. ``to_see`` are the rows that settle nothing by themselves."""

    read: StatementRead
    to_see: tuple[Match, ...] = ()
    misread: tuple[Misread, ...] = ()
    confirmed: Paise = 0


def pending(desk: Desk, session: Session, at: datetime) -> tuple[Pending, ...]:
    """Every tender that nobody has confirmed, oldest first."""
    demand(desk, session, Right.RECONCILE, at)
    today = business_day(at)
    asked_after = desk.rules.banking_on(today).pending_days
    with desk.book.reading() as connection:
        rows = claims.pending(connection)
    waited = [(row, (today - row.claim.day).days) for row in rows]
    return tuple(Pending(row, days, row.both or days > asked_after) for row, days in waited)


def read(desk: Desk, session: Session, act: UUID, file: Path, at: datetime) -> Reconciled:
    """Read a statement and settle what it speaks for, in one transaction.

    The same act again returns what was recorded. A file that cannot be read refuses whole.
    """
    if (again := _stored(desk, act)) is not None:
        return again
    demand(desk, session, Right.RECONCILE, at)
    with closing(Statement(file)) as statement:
        rows = list(statement.rows())
        name, sha256 = clean_text(statement.name, 200), statement.sha256
    said = [row for row in rows if isinstance(row, Said)]
    since = business_day(at) - LOOKED_BACK
    with desk.book.reading() as connection:  # these settle nothing here, and are many: nobody waits for them
        others = claims_elsewhere(connection, since)
    with desk.book.writing() as page:
        found = [
            _as_it_stands(page, one, at)
            for one in matched(said, claims.claims_since(page.connection, since), others)
        ]
        for match in found:
            claim = match.claims[0] if match.finding is Finding.MATCHED else None
            if isinstance(claim, Claim):
                _settle(desk, session, page, act, claim, match.said, sha256, at)
        of = {finding: sum(match.finding is finding for match in found) for finding in Finding}
        summed = StatementRead(
            session.person.code, name, sha256, len(found), of[Finding.MATCHED],
            len(found) - of[Finding.MATCHED] - of[Finding.KNOWN], of[Finding.KNOWN],
        )  # fmt: skip
        page.record(summed, act=act, person=session.person.id, at=at)
    confirmed = sum(
        one.said.amount for one in found
        if one.finding is Finding.MATCHED and one.said.outcome is Outcome.CONFIRMED
    )  # fmt: skip
    return Reconciled(
        summed,
        tuple(one for one in found if one.finding not in (Finding.MATCHED, Finding.KNOWN)),
        tuple(row for row in rows if isinstance(row, Misread)),
        confirmed,
    )


def settle(
    desk: Desk,
    session: Session,
    act: UUID,
    receipt: UUID,
    position: int,
    outcome: Outcome,
    reference: str,
    on: date,
    at: datetime,
) -> Claim:
    """Record by hand what the bank said of one tender on a day; ``reference`` is its whole number there.

    ``SettledOutOfTurn`` for what cannot follow: dishonoured is only a cheque or draft. ``WordStands`` where
    another word would hold against it.
    """
    with desk.book.reading() as connection:
        again = recorded(connection, act, Kind.TENDER_SETTLED) is not None
    if not again:
        demand(desk, session, Right.RECONCILE, at)
        known_as = clean_text(western_digits(reference), LONGEST_REFERENCE).upper()
        with desk.book.writing() as page:
            if recorded(page.connection, act, Kind.TENDER_SETTLED) is None:
                claim = _known(page, receipt, position)
                _demand_in_turn(claim, outcome, both=claims.said_both(page.connection, receipt, position))
                if more := _lacking(page, claim, at):
                    raise WordStands(more)
                said = Said(0, on, claim.amount, known_as or claim.settled_as or claim.reference, outcome)
                if outcome is Outcome.CONFIRMED:
                    _refuse_used(page, claim, said.reference)
                _record(desk, session, page, act, claim, said, "", at)
    with desk.book.reading() as connection:
        found = claims.claim(connection, receipt, position)
    if found is None:
        raise ReceiptUnknown(str(receipt))
    return found


def _known(page: Page, receipt: UUID, position: int) -> Claim:
    claim = claims.claim(page.connection, receipt, position)
    if claim is None:
        raise ReceiptUnknown(str(receipt))
    return claim


def _demand_in_turn(claim: Claim, outcome: Outcome, *, both: bool) -> None:
    """``both``: what holds may be said once more, to make it the last word."""
    if outcome is claim.outcome and not both:
        raise NothingChanged
    if outcome is Outcome.PENDING or said_of(claim.kind, outcome) is not outcome:
        raise SettledOutOfTurn


def _lacking(page: Page, claim: Claim, at: datetime) -> Paise:
    """How much more this counter must have taken before what is said now holds against what stands; 0: none.

    Of two words everybody believes the one behind which the counter had taken more, then the later clock
    (``word_age``). What a restore has lost may stand above all that is said since; and nothing is recorded
    that would count nowhere.
    """
    stands = claims.newest_word(page.connection, claim.receipt, claim.position)
    head = journal.head(page.connection)
    taken = head.running_total if head else 0
    if stands is None or stands <= (taken, at):
        return 0
    return max(stands[0] - taken, RUPEE)


def _as_it_stands(page: Page, match: Match, at: datetime) -> Match:
    """A row that matches, or one that another word stands against as yet."""
    (claim, *_) = match.claims or (None,)
    if match.finding is not Finding.MATCHED or not isinstance(claim, Claim):
        return match
    return match._replace(finding=Finding.STANDS) if _lacking(page, claim, at) else match


def _refuse_used(page: Page, claim: Claim, reference: str) -> None:
    """What came pays once, also where its whole number becomes known only now."""
    if claim.kind in PAPER:
        return
    place = claim.receipt_serial, (claim.reference,)
    refused = refusal_of_use(page.connection, Tender(claim.kind, claim.amount, 0, 0, reference), place)
    if refused is not None:
        raise refused


def _settle(
    desk: Desk, session: Session, page: Page, act: UUID, claim: Claim, said: Said, file: str, at: datetime
) -> None:
    """One row of a statement, under an act of its own."""
    of_row = uuid5(act, f"{claim.receipt} {claim.position} {said.line}")
    _record(desk, session, page, of_row, claim, said, file, at)


def _record(
    desk: Desk, session: Session, page: Page, act: UUID, claim: Claim, said: Said, file: str, at: datetime
) -> None:
    charge = 0
    if said.outcome is Outcome.DISHONOURED:
        consumer = reference.consumer(page.connection, claim.consumer)
        charge = desk.rules.banking_on(said.on).dishonoured(consumer.tariff if consumer else "")
    settled = TenderSettled(
        claim.receipt, claim.receipt_serial, claim.consumer, claim.position, claim.amount, said.outcome,
        said.reference, said.on, file, charge, session.person.code,
    )  # fmt: skip
    page.record(settled, act=act, person=session.person.id, at=at)


def _stored(desk: Desk, act: UUID) -> Reconciled | None:
    with desk.book.reading() as connection:
        found = recorded(connection, act, Kind.STATEMENT_READ)
    if found is None:
        return None
    assert isinstance(found[0], StatementRead)
    return Reconciled(found[0])
