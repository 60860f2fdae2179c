"""What an agent may take (nothing limits it until a dated rule does, and then the cashier is still free), and
what becomes of it.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from counter_app.desk import books, cash, closings, drawers, payments, undoing
from counter_app.desk.cash import MoveDraft
from counter_app.desk.closings import Stamp
from counter_app.desk.desk import Desk
from counter_app.desk.rules import load_rules
from counter_app.desk.second import Word
from counter_app.domain.books import Which
from counter_app.domain.days import business_day
from counter_app.domain.drawer import Move
from counter_app.domain.money_refusals import AgentDayFull, AgentReceiptTooLarge
from counter_app.domain.payment import upi
from counter_app.domain.people import Session
from counter_app.domain.rule_reading import read_rules
from counter_app.domain.rule_text import RuleFileWrong
from counter_app.domain.undoing import Why
from counter_app.resources import resource
from counter_app.store import people
from counter_app.words.say import Language
from tests.desk.small_office import (
    AGENT,
    AUDITOR,
    CASHIER,
    NOW,
    OTHERS,
    PASSWORD,
    PLAIN,
    RURAL,
    SUPERVISOR,
    counted_as,
    nothing_recorded,
    paying,
    sealed,
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


# -- what they settle -----------------------------------------------------------------------------------


def book(desk: Desk, first: datetime = NOW, last: datetime = NOW) -> tuple[tuple[object, ...], ...]:
    """Code, role, held before, cash taken, other cash in, settled, outstanding; of who has any."""
    days = business_day(first), business_day(last)
    made = books.book(desk, signed_in(desk, AUDITOR, last), Which.SETTLED, *days, Language.ENGLISH, last)
    return tuple((code, str(name).rpartition(" ")[2], *sums) for code, name, *sums in made.rows)


def test_what_an_agent_took_is_outstanding_until_it_is_settled(desk: Desk, cashier: Session) -> None:
    """A float, and a drop to the head cashier, on the first day; a colleague takes the rest over later."""
    agent = drawers.open_with(desk, signed_in(desk, AGENT), uuid4(), 200_00, NOW)
    take(desk, agent, PLAIN, 600)
    payments.take(desk, agent, paying(RURAL, 400_00, upi(400_00, "607198418802")), NOW)
    take(desk, cashier, OTHERS[0], 100)
    word = Word(SUPERVISOR.code, PASSWORD)
    cash.move(desk, agent, MoveDraft(uuid4(), Move.DROP, 500_00), word, NOW)
    mine = "AGENT", "Agent", 0, 600_00, 200_00, 500_00, 300_00
    assert book(desk)[0][1:] == mine[1:]
    assert [row[0] for row in book(desk)] == [AGENT.code, CASHIER.code], "agents come first"
    closed = sealed(desk, agent, 300_00, handed_to=CASHIER.code)
    assert book(desk)[0][1:] == mine[1:], "it is on its way, and nobody has it"
    tomorrow = NOW + timedelta(days=1)
    sealed(desk, cashier, 100_00, kept=100_00)
    again = signed_in(desk, CASHIER, tomorrow)
    cash.accept(desk, again, uuid4(), closed.act, counted_as(300_00), "", tomorrow)
    assert book(desk, tomorrow, tomorrow) == (
        (AGENT.code, "Agent", 300_00, 0, 0, 300_00, 0),
        (CASHIER.code, "Cashier", 100_00, 0, 300_00, 0, 400_00),
    )
    assert book(desk, NOW, tomorrow)[0] == (AGENT.code, "Agent", 0, 600_00, 200_00, 800_00, 0)


def test_what_a_count_found_too_little_stays_outstanding(desk: Desk) -> None:
    agent = signed_in(desk, AGENT)
    take(desk, agent, PLAIN, 600)
    closed = sealed(desk, agent, 550_00)
    tomorrow = NOW + timedelta(days=1)
    stamp = Stamp(business_day(tomorrow), 550_00, "SBI", "42")
    closings.note_deposit(desk, signed_in(desk, AGENT, tomorrow), uuid4(), closed.act, stamp, tomorrow)
    assert book(desk, NOW, tomorrow) == ((AGENT.code, "Agent", 0, 600_00, 0, 550_00, 50_00),)


def test_a_float_that_stayed_comes_in_once(desk: Desk) -> None:
    """Nothing is done on the second day; its drawer ends with the third one's beginning."""
    agent = drawers.open_with(desk, signed_in(desk, AGENT), uuid4(), 500_00, NOW)
    take(desk, agent, PLAIN, 600)
    sealed(desk, agent, 1100_00, kept=1100_00)
    for days in (1, 2):
        agent = signed_in(desk, AGENT, NOW + timedelta(days=days))
    take_at = NOW + timedelta(days=2)
    payments.take(desk, agent, paying(RURAL, 100_00), take_at)
    assert book(desk, take_at, take_at) == ((AGENT.code, "Agent", 1100_00, 100_00, 0, 0, 1200_00),)


def test_an_agent_who_is_gone_stands_in_the_book_with_what_is_outstanding(desk: Desk) -> None:
    take(desk, signed_in(desk, AGENT), PLAIN, 600)
    with desk.book.writing() as page:
        people.put_person(page, AGENT, "")
    assert book(desk) == ((AGENT.code, "Agent", 0, 600_00, 0, 0, 600_00),)
