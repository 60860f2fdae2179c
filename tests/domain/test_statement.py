"""What a bank's row may speak for."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from counter_app.domain.payment import TenderKind
from counter_app.domain.statement import Claim, Finding, Said, matched, said_of
from counter_app.domain.undoing import Outcome

DAY = date(2026, 3, 12)
RRN = "607198418802"


CLAIM = Claim(
    UUID(int=1), 1, 0, "N2204518731", TenderKind.UPI, 500_00, RRN, DAY, Outcome.PENDING, ""
)  # fmt: skip


def claim(
    serial: int = 1, reference: str = RRN, outcome: Outcome = Outcome.PENDING, known_as: str = ""
) -> Claim:
    return replace(
        CLAIM, receipt=UUID(int=serial), receipt_serial=serial, reference=reference, outcome=outcome,
        settled_as=known_as,
    )  # fmt: skip


def said(reference: str = RRN, outcome: Outcome = Outcome.CONFIRMED, **changed: object) -> Said:
    return Said(2, DAY, 500_00, reference, outcome)._replace(**changed)


def findings(statement: list[Said], *claims: Claim) -> list[Finding]:
    return [one.finding for one in matched(statement, claims)]


def test_one_rrn_on_two_receipts_is_double() -> None:
    (found,) = matched([said()], [claim(1, "418802"), claim(2)])
    assert (found.finding, len(found.claims)) == (Finding.TWICE, 2)


def test_a_second_row_with_the_same_tail_does_not_take_a_settled_receipt() -> None:
    rows = [said(), said("507198418802")]
    assert findings(rows, claim(1, "418802")) == [Finding.MATCHED, Finding.TWICE]
    assert findings([said("507198418802")], claim(1, "418802", known_as=RRN)) == [Finding.UNMATCHED]


@pytest.mark.parametrize(("away", "finding"), [(5, Finding.MATCHED), (6, Finding.UNMATCHED)])
def test_a_tail_holds_only_near_its_day(away: int, finding: Finding) -> None:
    assert findings([said(on=DAY + timedelta(days=away))], claim(1, "418802")) == [finding]


def test_what_came_back_is_a_match_again_and_then_known() -> None:
    settled = claim(outcome=Outcome.CONFIRMED, known_as=RRN)
    assert findings([said(), said(outcome=Outcome.FAILED), said(outcome=Outcome.FAILED)], settled) == [
        Finding.KNOWN, Finding.MATCHED, Finding.KNOWN,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "lost"),
    [(TenderKind.CHEQUE, Outcome.DISHONOURED), (TenderKind.UPI, Outcome.FAILED)],
)
def test_each_way_of_paying_is_lost_in_its_own_word(kind: TenderKind, lost: Outcome) -> None:
    assert said_of(kind, Outcome.FAILED) is said_of(kind, Outcome.DISHONOURED) is lost
    assert said_of(kind, Outcome.CONFIRMED) is Outcome.CONFIRMED
