"""What the bank says of money that was not in hand when its receipt was given, beside what is pending."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from counter_app.domain.money import Paise
from counter_app.domain.payment import PAPER, TenderKind
from counter_app.domain.undoing import Outcome

WHOLE_UTR, UTR_TAIL = 12, 6
BOOKED_WITHIN = timedelta(days=5)
"""How far the bank's day may stand from the receipt's where only the tail of the UTR is known."""


class Said(NamedTuple):
    """One row of a statement: line in the file, the bank's day, paise, whole reference, outcome."""

    line: int
    on: date
    amount: Paise
    reference: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Claim:
    """A tender that the bank has to speak for. ``settled_as`` is empty while nobody has."""

    receipt: UUID
    receipt_serial: int
    position: int
    consumer: str
    kind: TenderKind
    amount: Paise
    reference: str
    day: date
    outcome: Outcome
    settled_as: str


@dataclass(frozen=True, slots=True)
class ClaimElsewhere:
    """The same of another counter's receipt or a channel's, by its number without letters.

    ``day`` is None where it is not known here. What the bank says of it is recorded where it was taken.
    """

    receipt: str
    kind: TenderKind
    amount: Paise
    reference: str
    day: date | None
    outcome: Outcome
    settled_as: str


class Finding(StrEnum):
    """What a row of the statement comes to. ``STANDS``: another word stands as yet (``WordStands``)."""

    MATCHED = "matched"
    KNOWN = "known"
    TWICE = "twice"
    OTHER_AMOUNT = "other amount"
    ELSEWHERE = "elsewhere"
    STANDS = "stands"
    UNMATCHED = "unmatched"


class Match(NamedTuple):
    """A row and the tenders it may speak for: one where matched, known or elsewhere, more where twice."""

    said: Said
    finding: Finding
    claims: tuple[Claim | ClaimElsewhere, ...]


def said_of(kind: TenderKind, outcome: Outcome) -> Outcome:
    """The trade's own word: a cheque that did not come in was dishonoured, anything else failed."""
    lost = Outcome.DISHONOURED if kind in PAPER else Outcome.FAILED
    return lost if outcome in (Outcome.DISHONOURED, Outcome.FAILED) else outcome


def matched(
    statement: Sequence[Said], claims: Iterable[Claim], elsewhere: Iterable[ClaimElsewhere] = ()
) -> tuple[Match, ...]:
    """Set every row against the claims. A row settles at most one claim, a claim takes at most one row.

    One reference on two receipts, at whatever counters, settles neither of them: somebody must look. Another
    outcome of what is settled already (a cheque that came back, a payment that was taken back) is a match
    again. What was taken ``elsewhere`` is settled there.
    """
    by_tail: dict[str, list[Claim | ClaimElsewhere]] = {}
    everywhere: list[Claim | ClaimElsewhere] = [*claims, *elsewhere]
    for claim in everywhere:
        for tail in {one[-UTR_TAIL:] for one in (claim.reference, claim.settled_as) if one}:
            by_tail.setdefault(tail, []).append(claim)
    settled: dict[tuple[UUID, int], Said] = {}
    return tuple(_match(said, by_tail, settled) for said in statement)


def _match(
    said: Said,
    by_tail: Mapping[str, list[Claim | ClaimElsewhere]],
    settled: dict[tuple[UUID, int], Said],
) -> Match:
    near = [claim for claim in by_tail.get(said.reference[-UTR_TAIL:], ()) if _may_be(said, claim)]
    exact = [claim for claim in near if claim.amount == said.amount]
    if not exact:
        return Match(said, Finding.OTHER_AMOUNT if near else Finding.UNMATCHED, tuple(near))
    exact += [claim for claim in near if claim not in exact and _is_named(said, claim)]
    if len(exact) > 1:
        return Match(said, Finding.TWICE, tuple(exact))
    claim = exact[0]
    said = said._replace(outcome=said_of(claim.kind, said.outcome))
    if isinstance(claim, ClaimElsewhere):
        known = claim.outcome is said.outcome
        return Match(said, Finding.KNOWN if known else Finding.ELSEWHERE, (claim,))
    before = settled.get((claim.receipt, claim.position))
    if before is not None and before.reference != said.reference:
        return Match(said, Finding.TWICE, (claim,))
    outcome = before.outcome if before else claim.outcome
    if outcome is said.outcome:
        return Match(said, Finding.KNOWN, (claim,))
    settled[claim.receipt, claim.position] = said
    return Match(said, Finding.MATCHED, (claim,))


def _is_named(said: Said, claim: Claim | ClaimElsewhere) -> bool:
    """Whether a claim has the whole number of a row; those of cheques are another at each bank."""
    return claim.kind not in PAPER and said.reference in (claim.reference, claim.settled_as)


def _may_be(said: Said, claim: Claim | ClaimElsewhere) -> bool:
    """Whether a row may speak for a claim, its amount aside."""
    if claim.settled_as and claim.kind not in PAPER:
        return claim.settled_as == said.reference
    if claim.reference == said.reference:
        return True
    tail_only = len(claim.reference) == UTR_TAIL and claim.kind not in PAPER
    return (
        tail_only
        and len(said.reference) == WHOLE_UTR
        and said.reference.endswith(claim.reference)
        and claim.amount == said.amount
        and (claim.day is None or abs(said.on - claim.day) <= BOOKED_WITHIN)
    )
