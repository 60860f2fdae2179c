"""A receipt on half an A4 says what it says on the roll, and one that was put right says so on both."""

from dataclasses import replace

from counter_app.documents.money_line import money_line
from counter_app.documents.page import Text
from counter_app.documents.receipt import ReceiptFacts, receipt
from counter_app.domain.allocation import Head, Share
from counter_app.domain.payment import LONGEST_BANK, cash, cheque, other, upi
from counter_app.words.amounts import rupees
from tests.documents.looking import faults, texts, words_of
from tests.documents.papers import (
    CODE,
    TODAY,
    every_way,
    longest,
    other_money,
    payment,
    provisional,
    put_right,
    receipt_facts,
    without_line,
)
from tests.documents.test_what_papers_say import codes, white_on_black


def facts_of(said: list[Text]) -> set[str]:
    """All that is written, whatever the layout: words, without the pieces they stand in."""
    return {word for item in said for word in item.text.split()}


def many_heads() -> ReceiptFacts:
    """Every head there is, an advance, two ways of paying, a band."""
    shares = tuple(Share(head, 1000_00 * (1 + place)) for place, head in enumerate(Head))
    whole = sum(share.amount for share in shares)
    tenders = cash(whole - 1000_00, whole), upi(1000_00, "607212345678")
    taken = payment(whole, *tenders, shares=shares)
    return receipt_facts(payment=taken, balance=-6000_00, copy=3, reason="खो गई")


def halved(facts: ReceiptFacts) -> ReceiptFacts:
    """The same on half an A4, with its code."""
    return replace(facts, half=True, code=CODE)


def longest_ways() -> ReceiptFacts:
    """Cheques of banks with the longest names, and what has the longest reference."""
    bank = "Jila Sahakari Kendriya Bank Maryadit, Navgram, Shakha Purana Bazar"[:LONGEST_BANK]
    tenders = (
        cash(1000_00, 1000_00),
        *(cheque((100 + place) * 100, f"00421{place}", bank, TODAY, TODAY) for place in range(4)),
        other(212_00, "HDFC0NB2 60312004 17BHOPAL 22140017"),
    )
    return receipt_facts(payment=payment(1618_00, *tenders), code=CODE)


def test_half_an_a4_says_what_the_roll_says() -> None:
    for facts in (
        receipt_facts(), provisional(), longest(), other_money(), every_way(), put_right(), many_heads(),
    ):  # fmt: skip
        roll, half = receipt(replace(facts, code=CODE)), receipt(replace(facts, code=CODE, half=True))
        said, again = (
            {word.strip(",:") for sheet in one.sheets for word in facts_of(texts(sheet))}
            for one in (roll, half)
        )
        assert said - again == {"धन्यवाद", "Thank", "you"}
        assert set(codes(half)) == set(codes(roll)) == {CODE}
        assert {(sheet.width, sheet.height) for sheet in half.sheets} == {(210, 148)}


def test_half_an_a4_is_enough_for_all_but_the_longest() -> None:
    for facts in (receipt_facts(), provisional(), longest(), other_money(), without_line(), many_heads()):
        assert len(receipt(replace(facts, code=CODE, half=True)).sheets) == 1
    assert len(receipt(replace(every_way(), code=CODE, half=True)).sheets) == 2


def test_a_second_half_says_that_it_is_one_and_names_the_amount_on_the_first_alone() -> None:
    document = receipt(replace(every_way(), code=CODE, half=True))
    first, second = (facts_of(texts(sheet)) for sheet in document.sheets)
    assert {"1/2", "₹1,618"} <= first
    assert {"2/2", "HDFC0NB26031200417"} <= second - first
    assert money_line(document) == 1618_00
    assert [item.text for item in texts(document.sheets[1])].count("पहले पन्ने पर। On the first page.") == 2


def test_a_way_of_paying_stands_whole_on_one_half() -> None:
    for facts in (every_way(), longest_ways()):
        sheets = receipt(halved(facts)).sheets
        for one in facts.payment.tenders:
            wanted = {word.strip(",") for word in f"{one.reference} {one.bank} {rupees(one.amount)}".split()}
            held = [wanted <= {word.strip(",") for word in facts_of(texts(sheet))} for sheet in sheets]
            assert any(held), one
    assert not faults(receipt(halved(longest_ways())), 11.0)


def test_a_receipt_that_was_put_right_says_so_and_by_which_slip() -> None:
    for half in (False, True):
        document = receipt(replace(put_right(), half=half))
        said = " ".join(words_of(document).split())
        assert "Corrected on 12/03/2026, slip 2214-2-X00005-9AB. The first paper said: नकद Cash." in said
        assert "Moved on 12/03/2026, slip 2214-2-X00006-1CD. It counts for N2204518734" in said
        bands = " · ".join(white_on_black(document))  # what is too wide for one line stands on two
        for band in (
            "भुगतान विधि सुधारी गई",
            "WAY OF PAYING CORRECTED",
            "दूसरे खाते में डाला गया",
            "MOVED TO ANOTHER",
        ):
            assert band in bands
    assert "Corrected" not in words_of(receipt(receipt_facts()))
