"""A receipt on half an A4 says what it says on the roll, and one that was put right says so on both."""

from dataclasses import replace

from counter_app.documents.page import Text
from counter_app.documents.receipt import receipt
from tests.documents.looking import texts, words_of
from tests.documents.papers import (
    CODE,
    every_way,
    longest,
    other_money,
    provisional,
    put_right,
    receipt_facts,
    without_line,
)
from tests.documents.test_what_papers_say import codes, white_on_black


def facts_of(said: list[Text]) -> set[str]:
    """All that is written, whatever the layout: words, without the pieces they stand in."""
    return {word for item in said for word in item.text.split()}


def test_half_an_a4_says_what_the_roll_says() -> None:
    for facts in (receipt_facts(), provisional(), longest(), other_money(), every_way(), put_right()):
        roll, half = receipt(replace(facts, code=CODE)), receipt(replace(facts, code=CODE, half=True))
        lost = (
            facts_of(texts(roll.sheets[0])) - facts_of(texts(half.sheets[0])) - {"काउंटर", "Counter", "2", "·"}
        )
        assert not lost
        assert codes(half) == codes(roll) == [CODE]
        assert half.sheets[0].width == 210


def test_half_an_a4_is_enough_for_all_but_the_longest() -> None:
    once = replace(put_right(), changes=put_right().changes[:1])
    for facts in (receipt_facts(), provisional(), longest(), other_money(), without_line(), once):
        assert receipt(replace(facts, code=CODE, half=True)).sheets[0].height == 148
    assert receipt(replace(every_way(), code=CODE, half=True)).sheets[0].height == 297


def test_a_receipt_that_was_put_right_says_so_and_by_which_slip() -> None:
    for half in (False, True):
        document = receipt(replace(put_right(), half=half))
        said = " ".join(words_of(document).split())
        assert "Corrected on 12/03/2026, slip 2214-2-X00005-9AB. The first paper said: नकद Cash." in said
        assert "Moved on 12/03/2026, slip 2214-2-X00006-1CD. It counts for N2204518734" in said
        bands = " · ".join(white_on_black(document))  # one too wide for its frame stands on two lines
        assert bands.endswith(
            "भुगतान विधि सुधारी गई · WAY OF PAYING CORRECTED · दूसरे खाते में डाला गया · MOVED TO ANOTHER ACCOUNT"
        )
    assert "Corrected" not in words_of(receipt(receipt_facts()))
