"""Heads of other money: what a rate makes of a load, and rule files with a slip in them."""

from datetime import date, time

import pytest

from counter_app.desk.rules import load_rules
from counter_app.domain.charges import ChargeRate
from counter_app.domain.money_refusals import ChargeUnknown
from counter_app.domain.payment import TenderKind
from counter_app.domain.rule_reading import read_rules
from counter_app.domain.rule_text import RuleFileWrong

TODAY = date(2026, 3, 12)
RULES = load_rules()
STAMP = 'name = "A"\nvalid_from = 2024-04-01\nscope = "company"\nsource = "S"\nconfidence = "high"\n'
CHARGE = "[[charge]]\n" + STAMP + 'key = "meter charges"\ndigit = "4"\nhi = "मीटर"\nen = "Meter"\n'
TENDERS = "[[tenders]]\n" + STAMP + 'taken = ["cash", "cheque"]\noff = []\n'
HOLIDAYS = "[[holidays]]\n" + STAMP


def test_the_digits_lead_to_the_heads_of_a_day() -> None:
    assert {head.digit: head.key for head in RULES.charges_on(TODAY)} == {
        "4": "reconnection", "5": "name transfer", "6": "registration", "7": "supply affording",
        "8": "security deposit", "9": "vigilance dues", "0": "meter charges", "*": "dishonoured cheque",
    }  # fmt: skip
    assert [head.digit for head in RULES.charges_on(TODAY)][-2:] == ["0", "*"]
    assert [rate.amount for rate in RULES.charge(TODAY, "dishonoured cheque").rates] == [150_00, 1_000_00]
    assert {head.key for head in RULES.charges_on(TODAY) if head.for_anybody} == {
        "registration", "supply affording", "security deposit",
    }  # fmt: skip
    with pytest.raises(ChargeUnknown):
        RULES.charge(date(2000, 1, 1), "registration")


def test_what_no_source_gives_has_no_amount() -> None:
    for key in ("security deposit", "vigilance dues", "meter charges"):
        assert RULES.charge(TODAY, key).rates == ()
    assert not RULES.charge(TODAY, "registration").fits(
        50_00
    )  # nil or 50 for the poor: which when is not known


@pytest.mark.parametrize(
    ("kw", "amount"), [(0, None), (3, None), (4, 5_000_00), (10, 11_000_00), (11, None), (-1, None)]
)
def test_a_rate_by_the_load_knows_its_bounds(kw: int, amount: int | None) -> None:
    rate = ChargeRate("घरेलू", "Domestic", 1_000_00, 1_000_00, 4, 10)
    assert rate.at(kw) == amount
    assert amount is None or rate.fits(amount)
    assert not rate.fits(5_500_00)


def test_limits_of_the_ways_of_paying_are_read() -> None:
    text = TENDERS + (
        "cash_a_bill = 100000\ncash_a_day = 19999900\ncheque_until = 13:00:00\ncheque_days = 3\n"
        'online_rebate = ["cheque"]\n'
    )
    (rule,) = read_rules({"tenders.toml": text}).tenders
    assert (rule.cash_a_bill, rule.cash_a_day) == (1_000_00, 1_99_999_00)
    assert (rule.paper_until, rule.paper_days) == (time(13), 3)
    assert rule.rebated == (TenderKind.CHEQUE,)
    assert rule.last_day(TenderKind.CASH, TODAY) == TODAY
    assert rule.last_day(TenderKind.DRAFT, TODAY) == date(2026, 3, 9)


def test_the_shipped_rules_set_no_limit_that_no_source_gives() -> None:
    rule = RULES.tenders_on(TODAY)
    limits = rule.cash_a_bill, rule.cash_a_day, rule.paper_until, rule.paper_days, rule.rebated
    assert limits == (None, None, None, 0, ())
    assert RULES.last_day(date(2026, 3, 15)) == date(2026, 3, 15)


def test_holidays_move_a_due_date_to_the_next_day_that_is_none() -> None:
    text = HOLIDAYS + "days = [2026-03-14, 2026-03-15, 2026-03-17]\n"
    rules = read_rules({"holidays.toml": text})
    moved = {14: 16, 15: 16, 16: 16, 17: 18, 13: 13}
    assert {day: rules.last_day(date(2026, 3, day)).day for day in moved} == moved


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (CHARGE.replace('digit = "4"', 'digit = "1"'), "digit"),
        (CHARGE.replace('key = "meter charges"', 'key = "Meter"'), "key"),
        (CHARGE + 'rates = [{ hi = "अ", en = "A", amount = 150 }]\n', "amount"),
        (CHARGE + 'rates = [{ hi = "अ", en = "A", amount = 0 }]\n', "amount"),
        (CHARGE + 'rates = [{ hi = "अ", en = "A", amount = 0, per_kw = 100 }]\n', "least_kw"),
        (
            CHARGE
            + 'rates = [{ hi = "अ", en = "A", amount = 0, per_kw = 100, least_kw = 5, most_kw = 3 }]\n',
            "most_kw",
        ),
        (CHARGE + 'rates = [{ hi = "अ", en = "A", amount = 100, cap = 3 }]\n', "cap"),
        (CHARGE + "price = 3\n", "price"),
        (CHARGE + CHARGE, "overlaps"),
        (TENDERS + "cash_a_day = 0\n", "cash_a_day"),
        (TENDERS + 'cheque_until = "13:00"\n', "cheque_until"),
        (TENDERS + 'online_rebate = ["barter"]\n', "online_rebate"),
        (TENDERS.replace('taken = ["cash", "cheque"]', 'taken = ["barter"]'), "taken"),
        (TENDERS.replace("off = []", 'off = ["cash"]'), "off"),
        (HOLIDAYS + 'days = ["2026-03-15"]\n', "days"),
        (HOLIDAYS + "days = [2026-03-15, 2026-03-14]\n", "days"),
        (HOLIDAYS + "days = [2026-03-15, 2026-03-15]\n", "days"),
    ],
)
def test_a_slip_in_a_rule_file_is_found(text: str, where: str) -> None:
    with pytest.raises(RuleFileWrong, match=where):
        read_rules({"rules.toml": text})
