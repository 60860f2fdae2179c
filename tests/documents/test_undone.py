"""The slip of what was done about a receipt says whose the money is, where a reader finds it."""

from counter_app.documents.undone import undone
from tests.documents.looking import place, texts, words_of
from tests.documents.papers import MOVED
from tests.documents.undoings import CANCELLED, undone_facts


def test_a_moved_payment_is_said_to_belong_to_the_consumer_who_stands_above() -> None:
    items = texts(undone(undone_facts(MOVED)).sheets[0])
    said = next(item for item in items if "दूसरे उपभोक्ता के खाते में" in item.text)
    consumers = [item for item in items if item.text in {MOVED.consumer, MOVED.to_consumer}]
    assert [item.text for item in consumers] == [MOVED.consumer, MOVED.to_consumer]
    assert all(place(item).bottom < place(said).top for item in consumers)
    assert not [item for item in items if "नीचे" in item.text]


def test_a_cancelled_receipt_is_named_and_what_was_given_back() -> None:
    said = words_of(undone(undone_facts(CANCELLED)))
    for part in ("2214-2-004187-Q7M", "RECEIPT CANCELLED", "N2204518731", "₹1,618", "अजय चौहान (S01)"):
        assert part in said
