"""What a bill says, in both editions: its amounts, its codes, its months, whom to ask."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.documents.bill import BillFacts, bill
from counter_app.documents.codes import modules
from counter_app.documents.page import Box, Fill, Text
from counter_app.domain.bill import payable
from counter_app.domain.days import Month
from counter_app.words.amounts import exact, rupees
from counter_app.words.dates import month
from counter_app.words.say import Language
from tests.documents.bills import (
    BILL,
    CONSUMER,
    LONGEST_CONSUMER,
    ORDER,
    TODAY,
    bill_facts,
    by_demand,
    credit,
    crowded,
    payable_by_upi,
)
from tests.documents.looking import texts, words_of
from tests.documents.papers import NOON
from tests.documents.test_what_papers_say import codes, white_on_black


def test_a_bill_says_that_it_is_a_duplicate_and_when_it_was_printed() -> None:
    said = words_of(bill(bill_facts()))
    assert "DUPLICATE, PRINT NO.\n2\n" in said
    assert "Duplicate printed\n12/03/2026 11:43 · 2214-2" in said
    assert "Not the original bill." in said
    for never in ("SMS", "upi://", "₹8 off"):
        assert never not in said


def test_the_code_of_a_bill_is_the_link_of_the_company_s_bills() -> None:
    assert codes(bill(bill_facts())) == ["https://py.mpcz.in/x?k=N2204518731"]


def test_a_code_has_its_three_corners() -> None:
    code = modules("https://py.mpcz.in/x?k=N2204518731")
    top = [run for run in code.runs if run.row == 0]
    assert (top[0].start, top[0].length) == (0, 7)
    assert (top[-1].start, top[-1].length) == (code.side - 7, 7)
    assert any(run.row == code.side - 1 and run.start == 0 and run.length == 7 for run in code.runs)


def test_what_holds_on_the_day_of_printing_stands_white_on_black() -> None:
    assert white_on_black(bill(bill_facts())) == ["₹1,618"]
    late_day = date(2026, 3, 20)
    late = bill_facts(payable=payable(BILL, 0, late_day, ORDER), printed_at=NOON + timedelta(days=8))
    assert white_on_black(bill(late)) == ["₹1,638"]
    still_in_time = payable(BILL, 0, late_day, ORDER, last_day=late_day)  # the due date was a holiday
    assert white_on_black(bill(replace(late, payable=still_in_time))) == ["₹1,618"]


@pytest.mark.parametrize("facts", [bill_facts(), crowded(), credit()], ids=["plain", "crowded", "credit"])
def test_the_break_up_adds_up_to_the_total(facts: object) -> None:
    assert isinstance(facts, type(bill_facts()))
    items = [
        item for item in texts(bill(facts).sheets[0]) if item.align == "r" and abs(item.x - 102.3) < 0.01
    ]
    amounts = [(item.bold, paise(item.text)) for item in items]
    *rows, (_, total) = amounts
    assert sum(amount for bold, amount in rows if not bold) == total == facts.payable.balance


def paise(text: str) -> int:
    whole, _, part = text.replace("₹", "").replace(",", "").replace("−", "-").partition(".")
    sign = -1 if whole.startswith("-") else 1
    return sign * (abs(int(whole)) * 100 + int(part or 0))


def test_a_bill_in_the_consumer_s_favour_is_not_for_payment() -> None:
    document = bill(credit())
    said = words_of(document)
    assert "भुगतान हेतु नहीं\nNot for payment\nकुल देय\nTotal payable\n−₹3,382" in said
    assert "Not for payment" not in words_of(bill(bill_facts()))
    assert white_on_black(document)[-1] == "₹0"


def test_money_paid_since_the_bill_is_subtracted_and_named() -> None:
    document = bill(bill_facts(payable=payable(BILL, 100000, TODAY, ORDER)))
    assert "Paid, not yet in the bill\n−1,000.00" in words_of(document)
    assert rupees(61800) in white_on_black(document)


def test_bars_are_as_high_as_their_months() -> None:
    document = bill(bill_facts())
    bars = [
        item for item in document.sheets[0].items if isinstance(item, Box) and item.fill and 40 < item.y < 135
    ]
    bars = [bar for bar in bars if bar.x < 119 and bar.width < 10]
    assert len(bars) == 13
    assert max(bars, key=lambda bar: bar.height) is bars[4]
    assert bars[0].fill is Fill.WHITE
    assert bars[-1].fill is Fill.BLACK
    assert bars[-1].height / bars[4].height == pytest.approx(200 / 352)


def test_amounts_are_never_cut() -> None:
    said = words_of(bill(crowded()))
    facts = crowded()
    for amount in (facts.bill.arrear, facts.bill.arrear_duty, facts.payable.paid):
        assert exact(amount) in said
    assert rupees(facts.payable.amount) in said
    assert not [
        item
        for item in texts(bill(facts).sheets[0])
        if isinstance(item, Text) and "₹" in item.text and "…" in item.text
    ]


def test_a_bill_asks_upi_apps_only_where_the_company_named_whom_they_pay() -> None:
    assert not [text for text in codes(bill(bill_facts())) if text.startswith("upi:")]
    facts = payable_by_upi()
    (asked,) = (text for text in codes(bill(facts)) if text.startswith("upi:"))
    assert "pa=company.bills%40examplebank" in asked
    assert "am=1618.00" in asked
    other = bill(replace(facts, copy=facts.copy + 1))
    assert asked not in codes(other)  # a reference of this print alone
    paid = bill(replace(facts, payable=payable(BILL, BILL.net, TODAY, ORDER)))
    assert len(codes(paid)) == 1
    for document, amount in ((bill(facts), "₹1,618"), (paid, "–")):
        assert "Counts once the" in words_of(document)
        assert [item.text for item in texts(document.sheets[0]) if item.x == 42.0] == [amount]


def test_a_bill_gives_thirteen_months_as_bars_and_six_of_them_in_figures() -> None:
    facts = bill_facts()
    said = [item.text for item in texts(bill(facts).sheets[0])]
    assert len(facts.history) == 13
    assert all(str(use.units) in said for use in facts.history)
    in_figures = [use for use in facts.history if month(use.month) in said]
    assert [use.month for use in in_figures] == [
        Month(2025, 2),
        *(Month(2026, 2).plus(-n) for n in range(5, 0, -1)),
    ]
    assert all(str(use.reading) in said for use in in_figures)


def test_a_bill_gives_demand_power_factor_hours_and_deposits_where_the_office_holds_them() -> None:
    said = words_of(bill(by_demand()))
    for fact in (
        "12.0 kW / 12.0 kVA",
        "11.4 kVA",
        "0.925",
        "9.19 kVA",
        "₹2,500 / ₹1,200",
        "TOD3 90",
        "प्रीपेड",
    ):
        assert fact in said
    plain = words_of(bill(bill_facts()))
    assert "2.0 kW / –" in plain
    assert "₹2,500 / –" in plain


def test_a_bill_says_in_both_languages_what_the_supply_is_for() -> None:
    for written in ("domestic", "घरेलू"):
        facts = bill_facts(consumer=replace(CONSUMER, purpose=written))
        assert "LV-1.2 घरेलू Domestic" in words_of(bill(facts))
        assert "LV-1.2 Domestic" in words_of(bill(replace(facts, language=Language.ENGLISH)))


@pytest.mark.parametrize("facts", [bill_facts(), crowded(), credit(), by_demand()])
def test_the_english_edition_says_nothing_in_hindi_but_what_has_no_english(facts: BillFacts) -> None:
    english = bill(replace(facts, language=Language.ENGLISH, clerk_name="Rekha Patel", reason=""))
    own = {CONSUMER.purpose, LONGEST_CONSUMER.purpose, LONGEST_CONSUMER.house}
    hindi = [
        item.text
        for item in texts(english.sheets[0])
        if any("\u0900" <= sign <= "\u0963" for sign in item.text)
        and not any(one in item.text for one in own)
    ]
    assert all("SPECIMEN" in one for one in hindi)
    assert "Electricity bill" in words_of(english)


def test_messages_are_whole_and_the_weightier_come_first() -> None:
    said = words_of(bill(bill_facts()))
    assert "इस माह सब्सिडी नहीं: खपत 150 यूनिट से अधिक है।" in said
    assert "There is nothing else to say." in words_of(bill(bill_facts(messages=())))
    full = words_of(bill(replace(crowded(), language=Language.ENGLISH)))
    assert " ".join(full.split()).count("Give your mobile number.") == 14
    assert "Register a complaint" not in full  # no room was left for it


def test_whom_to_tell_is_named_as_far_as_the_office_s_list_has_it() -> None:
    assert "AE अजय चौहान 0755-2551001 · EE सुनीता वर्मा 0755-2551002" in words_of(bill(bill_facts()))
    assert "AE" not in words_of(bill(bill_facts(officers=())))
