"""What each paper says and what it never says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_app.documents.acknowledgement import slip
from counter_app.documents.bill import bill
from counter_app.documents.codes import stripes
from counter_app.documents.page import Barcode, Code, Document
from counter_app.documents.receipt import receipt
from counter_app.domain.allocation import Head, Share
from counter_app.domain.payment import card, cash, upi
from counter_app.words.say import Both
from tests.documents.bills import (
    TODAY,
    bill_facts,
)
from tests.documents.looking import texts, words_of
from tests.documents.papers import (
    DEMO_OFFICE,
    FUSE_OFF,
    NOON,
    danger,
    every_way,
    longest,
    of_a_basket,
    other_money,
    payment,
    provisional,
    receipt_facts,
    registered,
    slip_facts,
    without_line,
)
from tests.documents.slips import above


def white_on_black(document: Document) -> list[str]:
    return [item.text for item in texts(document.sheets[0]) if item.white]


def codes(document: Document) -> list[str]:
    return [item.text for item in document.sheets[0].items if isinstance(item, Code)]


# -- receipt ----------------------------------------------------------------------------------------


def test_a_receipt_says_who_what_and_when() -> None:
    said = words_of(receipt(receipt_facts()))
    for part in (
        "2214-2-004187-Q7M", "N2204518731", "सुरेश मालवीय", "Suresh Malviya", "12/03/2026 11:43", "FEB-2026",
        "18/03/2026", "₹1,618", "रुपये एक हजार छह सौ अठारह मात्र",
        "Rupees One Thousand Six Hundred Eighteen Only", "₹2,000", "₹382", "रेखा पटेल (C2-07)",
        "12/03/2026 11:43 · मूल प्रति Original", "अंतिम तिथि के भीतर प्राप्त",
    ):  # fmt: skip
        assert part in said


def test_a_receipt_claims_nothing_of_the_centre_and_promises_nothing() -> None:
    for facts in (receipt_facts(), provisional(), longest()):
        said = words_of(receipt(facts))
        assert "केंद्र को भेजी जाएगी · Will be sent to the centre" in said
        for never in ("Entered", "entered", "दर्ज हुई", "SMS", "छूट", "rebate", "upi://"):
            assert never not in said
        assert codes(receipt(facts)) == []


def test_the_amount_is_the_largest_thing_on_the_receipt() -> None:
    largest = max(texts(receipt(receipt_facts()).sheets[0]), key=lambda item: item.size)
    assert (largest.text, largest.bold) == ("₹1,618", True)


def test_money_that_nobody_confirmed_makes_a_provisional_receipt() -> None:
    said = words_of(receipt(provisional()))
    assert "अस्थायी रसीद · PROVISIONAL RECEIPT" in said
    assert "UPI की पुष्टि बाकी है।" in said
    assert "607212345678" in said
    assert "अंतिम तिथि के भीतर" not in said
    assert "PROVISIONAL" not in words_of(receipt(receipt_facts()))


def test_a_confirmed_upi_payment_is_no_provisional_one() -> None:
    taken = payment(161800, replace(upi(161800, "607212345678"), confirmed=True))
    assert "PROVISIONAL" not in words_of(receipt(receipt_facts(payment=taken)))


def test_a_card_without_its_approval_code_makes_a_provisional_receipt() -> None:
    said = words_of(receipt(receipt_facts(payment=payment(161800, card(161800, "4821")))))
    assert "कार्ड का अनुमोदन कोड नहीं मिला।" in said


def test_late_money_is_not_called_within_the_due_date() -> None:
    late = payment(due_date=date(2026, 3, 11))
    assert "within" not in words_of(receipt(receipt_facts(payment=late)))
    assert "अंतिम तिथि के भीतर" not in words_of(receipt(receipt_facts(payment=late)))
    assert "अंतिम तिथि के भीतर" in words_of(receipt(receipt_facts(payment=payment(due_date=TODAY))))


def test_without_a_line_on_the_due_day_the_clock_is_vouched_for() -> None:
    said = words_of(receipt(without_line()))
    for words in (
        "अंतिम तिथि के भीतर प्राप्त · Received by the due date",
        "18/03/2026 11:43:08 पर प्राप्त; तब केंद्र से संपर्क नहीं था।",
        "केंद्र से अंतिम संपर्क 18/03/2026 09:43 पर हुआ।",
        "The centre last answered on 18/03/2026 09:43.",
    ):
        assert words in said
    early = replace(without_line().payment, day=TODAY)
    assert "last answered" not in words_of(receipt(replace(without_line(), payment=early)))
    never = replace(without_line().payment, heard_at=None)
    said = words_of(receipt(replace(without_line(), payment=never)))
    assert "18/03/2026 11:43:08" in said
    assert "last answered" not in said


def test_a_cheque_is_subject_to_realisation_and_names_itself() -> None:
    said = words_of(receipt(every_way()))
    for words in (
        "PROVISIONAL RECEIPT", "PAID UNDER PROTEST", "वसूली के अधीन", "Subject to realisation", "004217",
        "STATE BANK OF INDIA, 12/03/2026", "114217", "HDFC0NB26031200417",
    ):  # fmt: skip
        assert words in said
    assert "due date" not in said.replace("Due date", "")
    assert "UPI" not in said


def test_other_money_says_what_for_and_by_which_rule_and_nothing_of_a_bill() -> None:
    said = words_of(receipt(other_money()))
    for words in ("पंजीयन शुल्क Registration", "MP gazette 31 May 2022; EZ11202603000123", "₹420"):
        assert words in said
    for words in ("Consumer no.", "Bill month", "Due date", "Amount due", "Balance due", "Applied to"):
        assert words not in said


def test_a_reconnection_names_its_six_working_hours() -> None:
    taken = replace(other_money().payment, charge="reconnection", consumer="N2204518731")
    facts = replace(other_money(), payment=taken, paid_for=Both("पुनः संयोजन", "Reconnection"))
    assert "within 6 working hours" in words_of(receipt(facts))
    assert "working hours" not in words_of(receipt(other_money()))


def test_of_cash_that_was_counted_together_no_receipt_says_what_was_given() -> None:
    said = words_of(receipt(of_a_basket()))
    assert "counted once" in said.replace("\n", " ")
    assert "Given" not in said
    assert "in doubt" in said.replace("\n", " ")
    assert "Received by the due date" not in said


def test_a_copy_never_passes_for_the_original() -> None:
    document = receipt(receipt_facts(copy=2, reason="रसीद खो गई", printed_at=NOON + timedelta(days=2)))
    assert "प्रति 2, मूल नहीं · COPY 2, NOT THE ORIGINAL" in white_on_black(document)
    said = words_of(document)
    assert "कारण Reason: रसीद खो गई" in said
    assert "छपी Printed 14/03/2026 11:43 · प्रति 2 Copy 2" in said
    assert "12/03/2026 11:43" in said
    assert "मूल प्रति" not in said


def test_a_preview_says_that_nothing_is_recorded() -> None:
    document = receipt(receipt_facts(number=None))
    assert "अभी दर्ज नहीं · Not recorded yet" in white_on_black(document)
    said = words_of(document)
    assert "अगली रसीद\nNext receipt" in said
    assert "2214-2-004187" in said
    assert "2214-2-004187-" not in said
    assert "Original" not in said
    assert "Will be sent" not in said


def test_an_advance_is_called_one() -> None:
    taken = payment(
        200000,
        cash(200000, 200000),
        shares=(Share(Head.CURRENT_DUTY, 11800), Share(Head.CURRENT, 150000), Share(Head.ADVANCE, 38200)),
    )
    said = words_of(receipt(receipt_facts(payment=taken, balance=-38200)))
    assert "अग्रिम जमा\nAdvance with us\n₹382" in said
    assert "The advance is set off against coming bills." in said
    assert "Balance due" not in said


def test_the_appropriation_shows_where_it_is_not_plain() -> None:
    assert "Applied to" not in words_of(receipt(receipt_facts()))
    said = words_of(receipt(provisional()))
    for amount in ("₹118", "₹80", "₹25", "₹777", "₹618", "₹382"):
        assert amount in said


# -- every paper ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        receipt(receipt_facts(office=DEMO_OFFICE)),
        slip(slip_facts(office=DEMO_OFFICE)),
        bill(bill_facts(office=DEMO_OFFICE)),
    ],
    ids=["receipt", "slip", "bill"],
)
def test_papers_of_the_invented_office_say_so_in_white_on_black(document: Document) -> None:
    assert "नमूना SPECIMEN · DEMO" in white_on_black(document)


def test_papers_of_a_real_office_are_no_specimens() -> None:
    for document in (receipt(receipt_facts()), slip(slip_facts()), bill(bill_facts())):
        assert "SPECIMEN" not in words_of(document)
        assert "DEMO" not in words_of(document)


def test_a_name_that_the_typeface_lacks_still_gets_its_receipt() -> None:
    said = words_of(receipt(receipt_facts(name_en="Suresh 中")))
    assert "Suresh �" in said


def test_the_number_can_be_scanned_from_what_is_recorded_only() -> None:
    def scanned(document: Document) -> list[str]:
        return [item.text for item in document.sheets[0].items if isinstance(item, Barcode)]

    assert scanned(receipt(receipt_facts())) == ["2214-2-004187-Q7M"]
    assert scanned(slip(slip_facts(copy=3))) == ["2214-2-C00318-7KD"]
    assert scanned(receipt(receipt_facts(number=None))) == []


def test_a_barcode_begins_and_ends_as_code_128_does() -> None:
    code = stripes("2214-2-004187-Q7M")
    assert [(run.start, run.length) for run in code.runs[:3]] == [
        (0, 2),
        (3, 1),
        (6, 3),
    ]  # start with digit pairs
    assert [code.side - run.start for run in code.runs[-4:]] == [13, 8, 4, 2]  # stop
    assert code.side * 0.25 <= 52


# -- slip -------------------------------------------------------------------------------------------


def test_a_slip_says_who_acts_by_when_and_what_may_be_claimed() -> None:
    said = words_of(slip(slip_facts()))
    for part in (
        "2214-2-C00318-7KD", "एक घर की बिजली बंद", "No supply in one house", "शिव मंदिर के पास", "••••• 48210",
        "नवग्राम जोन", "12/03/2026 15:43 तक", "₹100 प्रतिदिन", "Compensation".lower() + " of ₹100 a day",
        "1912 में अभी दर्ज नहीं", "Not yet registered at 1912",
    ):  # fmt: skip
        assert part in said
    assert "9826748210" not in said


@pytest.mark.parametrize("consumer", ["N2204518731", ""])
def test_a_slip_names_pole_transformer_and_feeder_as_far_as_they_are_known(consumer: str) -> None:
    place = {"consumer": consumer, "pole": "GM-18/6", "dtr": "2214070018", "feeder": "F-07"}
    said = words_of(slip(slip_facts(registered=registered(**place))))
    for label, code in (("Pole", "GM-18/6"), ("DTR", "2214070018"), ("Feeder", "F-07")):
        assert f"{label}\n{code}" in said
    unknown = words_of(slip(slip_facts(registered=registered(consumer=consumer, dtr=""))))
    assert not [label for label in ("Pole", "DTR", "Feeder") if label in unknown.split()]


def test_a_confidential_slip_says_nothing_of_1912_which_this_office_never_hears_from() -> None:
    said = words_of(slip(above()))
    assert "1912" not in said.replace("Helpline 1912", "").replace("हेल्पलाइन 1912", "")
    assert "this office does not show it." in " ".join(said.split())
    assert "code" not in said.casefold()


def test_the_number_is_the_largest_thing_on_the_slip() -> None:
    sizes = sorted(texts(slip(slip_facts()).sheets[0]), key=lambda item: -item.size)
    assert sizes[0].text == "2214-2-C00318-7KD"
    assert sizes[0].size > 1.8 * sizes[1].size


def test_a_slip_promises_no_time_and_no_money_that_no_rule_gives() -> None:
    said = words_of(slip(danger()))
    assert "By when" not in said
    assert "तक" not in said.split()
    assert "₹" not in said
    without = replace(FUSE_OFF, compensation=None)
    said = words_of(slip(slip_facts(service=without)))
    assert "By when" in said
    assert "₹" not in said


def test_danger_to_life_says_telephone() -> None:
    assert "जान का खतरा: अभी 1912 पर फोन करें।" in white_on_black(slip(danger()))


def test_the_1912_number_is_printed_once_it_is_known() -> None:
    said = words_of(slip(slip_facts(central_number="1912-55-20931")))
    assert "1912-55-20931" in said
    assert "Not yet registered" not in said


def test_the_code_that_closes_it_is_told_when_the_work_is_done() -> None:
    said = words_of(slip(slip_facts(code="482913")))
    assert "482913" in said
    assert "कोड तभी बताएँ" in said
    assert "कोड" not in words_of(slip(slip_facts()))


def test_a_place_without_a_consumer_leaves_no_empty_labels() -> None:
    said = words_of(
        slip(slip_facts(registered=registered(consumer="", mobile=""), name_hi="", name_en="", address=""))
    )
    assert "Consumer no." not in said
    assert "Mobile" not in said
