"""What an agent may take: nothing limits it until a dated rule does, and then the cashier is still free."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from counter_app.desk import payments, undoing
from counter_app.desk.desk import Desk
from counter_app.desk.rules import load_rules
from counter_app.desk.second import Word
from counter_app.domain.money_refusals import AgentDayFull, AgentReceiptTooLarge
from counter_app.domain.people import Session
from counter_app.domain.rule_reading import read_rules
from counter_app.domain.rule_text import RuleFileWrong
from counter_app.domain.undoing import Why
from counter_app.resources import resource
from tests.desk.small_office import (
    AGENT,
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    SUPERVISOR,
    nothing_recorded,
    paying,
    signed_in,
)

RULE = (
    '[[agents]]\nname = "Circular 7"\nvalid_from = 2026-03-01\nscope = "company"\nsource = "S"\n'
    'confidence = "high"\n'
)


def with_rule(desk: Desk, limits: str) -> Desk:
    """The desk once the company has sent such a rule."""
    own = {file.name: file.read_text("utf-8") for file in resource("rules").glob("*.toml")}
    return replace(desk, rules=read_rules(own | {"agents.toml": RULE + limits}))


def take(desk: Desk, session: Session, consumer: str, rupees: int) -> payments.Receipt:
    return payments.take(desk, session, paying(consumer, rupees * 100), NOW)


def test_no_rule_no_limit(desk: Desk) -> None:
    assert load_rules().agents == ()
    assert desk.rules.agent_limits(NOW.date()) is None
    take(desk, signed_in(desk, AGENT), PLAIN, 90_000)


def test_on_one_receipt(desk: Desk, cashier: Session) -> None:
    limited, agent = with_rule(desk, "per_receipt = 100000\n"), signed_in(desk, AGENT)
    with nothing_recorded(desk), pytest.raises(AgentReceiptTooLarge) as refused:
        take(limited, agent, PLAIN, 1_001)
    assert refused.value.limit == 1_000_00
    take(limited, agent, PLAIN, 1_000)
    take(limited, cashier, RURAL, 1_001)


def test_on_one_day_cancelled_receipts_left_out(desk: Desk, cashier: Session) -> None:
    limited, agent = with_rule(desk, "per_day = 100000\n"), signed_in(desk, AGENT)
    first = take(limited, agent, PLAIN, 600)
    take(limited, cashier, RURAL, 5_000)
    with nothing_recorded(desk), pytest.raises(AgentDayFull) as refused:
        take(limited, agent, OTHERS[0], 401)
    assert refused.value.limit == 1_000_00
    take(limited, agent, OTHERS[0], 400)
    word = Word(SUPERVISOR.code, PASSWORD)
    undoing.cancel(limited, agent, uuid4(), first.act, Why.OTHER, "", word, NOW)
    take(limited, agent, OTHERS[1], 600)


def test_a_rule_holds_from_its_day_on(desk: Desk) -> None:
    rules = with_rule(desk, "per_day = 100000\n").rules
    assert rules.agent_limits(NOW.date()) is not None
    assert rules.agent_limits(NOW.date() - timedelta(days=12)) is None


@pytest.mark.parametrize("wrong", ["per_day = 0\n", "per_day = 99.5\n", "per_week = 100000\n"])
def test_a_slip_in_the_rule_is_found_at_the_start(desk: Desk, wrong: str) -> None:
    with pytest.raises(RuleFileWrong):
        with_rule(desk, wrong)
