"""What a bill tells beside its figures: only what a dated rule, a plan or the bill itself gives."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from counter_app.desk.rules import load_rules
from counter_app.domain.bill import Charge, ChargeLine, payable
from counter_app.domain.bill_messages import About, BillMessage, bill_messages
from counter_app.domain.network import Shutdown
from counter_app.domain.payment import TenderKind
from counter_app.domain.rule_reading import read_rules
from counter_app.domain.rule_text import RuleFileWrong
from counter_app.domain.rules import Rules
from counter_app.resources import resource
from counter_app.words.bill_told import told
from counter_app.words.say import Language
from tests.documents.bills import BILL, CONSUMER, ORDER
from tests.documents.papers import OFFICE, TODAY

MESSAGE = (
    '[[message]]\nname = "Circular 9"\nname_hi = "परिपत्र 9"\n'
    'valid_from = 2026-03-01\nvalid_to = 2026-03-31\nscope = "company"\n'
    'source = "S"\nconfidence = "medium"\nhi = "मीटर के पास पेड़ न लगाएँ।"\nen = "No trees near the meter."\n'
)
"""A message for March."""


def rule_files() -> dict[str, str]:
    """The program's own, by name."""
    return {file.name: file.read_text("utf-8") for file in resource("rules").glob("*.toml")}


def with_file(name: str, text: str) -> Rules:
    return read_rules({**rule_files(), name: text})


def said(rules: Rules, on: date = TODAY, **changes: Any) -> dict[About, BillMessage]:
    unsubsidised: dict[str, Any] = {"charges": BILL.charges[:-1], "net": 161800 + 700}
    bill = replace(BILL, **(unsubsidised | changes))
    found = bill_messages(rules, OFFICE, CONSUMER, bill, payable(bill, 0, on, ORDER))
    return {one.about: one for one in found}


def test_what_the_rules_of_the_program_say_of_a_plain_bill() -> None:
    found = said(load_rules())
    assert list(found) == [About.NO_SUBSIDY, About.WRONG_BILL]
    assert found[About.NO_SUBSIDY].units == 150
    assert found[About.WRONG_BILL].days == 5


def test_a_place_in_the_country_has_its_own_standard() -> None:
    bill, due = BILL, payable(BILL, 0, TODAY, ORDER)
    found = bill_messages(load_rules(), OFFICE, replace(CONSUMER, urban=False), bill, due)
    assert found[-1] == BillMessage(About.WRONG_BILL, days=10)


@pytest.mark.parametrize(
    "changes", [{"metered": 150}, {"tariff": "LV-2.2"}, {"charges": (ChargeLine(Charge.SUBSIDY, -100),)}]
)
def test_nobody_is_told_of_a_subsidy_that_is_none_of_his(changes: dict[str, object]) -> None:
    assert About.NO_SUBSIDY not in said(load_rules(), **changes)


def test_a_bill_that_was_not_read_says_so() -> None:
    for basis in ("average", "ASSESSED"):
        assert About.NOT_READ in said(load_rules(), basis=basis)
    assert About.NOT_READ not in said(load_rules(), basis="actual")


def test_the_company_s_messages_stand_on_bills_while_they_are_valid() -> None:
    rules = with_file("messages.toml", MESSAGE)
    assert said(rules)[About.COMPANY].en == "No trees near the meter."
    assert About.COMPANY not in said(rules, date(2026, 4, 1))
    pumps = with_file("messages.toml", MESSAGE + 'category = "LV-5"\n')
    assert About.COMPANY not in said(pumps)
    assert About.COMPANY in said(pumps, tariff="LV-5.1")
    two = MESSAGE + MESSAGE.replace("Circular 9", "Circular 10").replace("03-01", "03-05").replace(
        "trees", "sheds"
    )
    bill = bill_messages(
        with_file("messages.toml", two), OFFICE, CONSUMER, BILL, payable(BILL, 0, TODAY, ORDER)
    )
    assert [one.en for one in bill if one.about is About.COMPANY] == [
        "No sheds near the meter.", "No trees near the meter.",
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", ['hi = "x"', 'en = "a\\nb"', f'en = "{"x" * 201}"', "colour = 1"])
def test_a_message_that_no_bill_can_carry_is_refused(wrong: str) -> None:
    key = wrong.split()[0]
    text = "".join(line for line in MESSAGE.splitlines(keepends=True) if not line.startswith(f"{key} "))
    rules = with_file("messages.toml", text + wrong + "\n")
    with pytest.raises(RuleFileWrong):
        said(rules)


def test_a_due_date_on_a_holiday_and_a_rebate_are_told_where_rules_give_them() -> None:
    holidays = rule_files()["holidays.toml"].replace("days = []", "days = [2026-03-18]")
    found = said(with_file("holidays.toml", holidays))
    assert found[About.HOLIDAY].on == date(2026, 3, 19)
    assert About.HOLIDAY not in said(with_file("holidays.toml", holidays), date(2026, 3, 20))
    rebated = rule_files()["tenders.toml"] + 'online_rebate = ["upi", "card"]\n'
    online = said(with_file("tenders.toml", rebated))[About.ONLINE]
    assert (online.amount, online.ways) == (8_13, (TenderKind.UPI, TenderKind.CARD))


def test_a_planned_shutdown_comes_first_and_says_when_and_why() -> None:
    since = datetime(2026, 3, 14, 4, 30, tzinfo=UTC)
    planned = Shutdown("F-07", since, since + timedelta(hours=4), "लाइन का रखरखाव", "Upkeep", False)
    due = payable(BILL, 0, TODAY, ORDER)
    first, *_ = bill_messages(load_rules(), OFFICE, CONSUMER, BILL, due, [planned])
    assert told(first, Language.ENGLISH) == "Supply off for work: 14/03/2026 10:00 to 14:00. Upkeep"
    assert told(first, Language.HINDI) == "काम के लिए बिजली बंद: 14/03/2026 10:00 से 14:00 तक। लाइन का रखरखाव"
    longer = replace(planned, until=since + timedelta(days=1), reason_hi="", reason_en="")
    first, *_ = bill_messages(load_rules(), OFFICE, CONSUMER, BILL, due, [longer])
    assert told(first, Language.ENGLISH) == "Supply off for work: 14/03/2026 10:00 to 15/03/2026 10:00."
