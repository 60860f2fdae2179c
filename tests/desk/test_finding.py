"""Finding consumers and receipts, the card, half-typed work."""

from datetime import timedelta
from uuid import uuid4

import pytest

from counter_app.desk import complaints, drafts, finding, payments, receipts
from counter_app.desk.desk import Desk
from counter_app.domain.acts import ContactShown
from counter_app.domain.entry import Kind
from counter_app.domain.people import Session
from counter_app.domain.refusals import (
    AmountNotPositive,
    CardNumberTyped,
    ConsumerUnknown,
    NumberIncomplete,
    ReceiptUnknown,
)
from counter_app.store.engine import Connection
from counter_app.store.words_index import index_words_again
from tests.desk.small_office import (
    DUES_AS_OF,
    NO_BILL,
    NOW,
    OVERDUE,
    PAID_ONLINE,
    PLAIN,
    RURAL,
    complaining,
    nothing_recorded,
    paying,
    payloads,
)

NONSENSE = (
    "",
    " ",
    "\ud800",
    "x" * 10_000,
    "%_",
    "' OR 1=1 --",
    '"*" NEAR(',
    "\u202e",
    "\x00",
    "०",
    "-",
    "N",
)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        (PLAIN, "number"),
        ("२२०४५ १८७३१", "number"),
        ("98260 48200", "mobile"),
        ("4471900", "meter"),
        ("सुरेश माल", "name"),
        ("suresh malviya", "name"),
        (f"https://py.mpcz.in/x?k={PLAIN}&pad={'x' * 400}", "link"),
    ],
)
def test_a_consumer_is_found_by_what_people_bring(
    desk: Desk, cashier: Session, typed: str, understood: str
) -> None:
    found = finding.find(desk, cashier, typed, NOW)
    assert found.understood == understood
    assert found.rows[0].number == PLAIN


def test_an_index_of_names_that_is_not_whole_is_made_anew_before_the_first_search(
    desk: Desk, cashier: Session
) -> None:
    with desk.book.writing() as page:
        index_words_again(page.connection)
        whole = stored(page.connection)
        page.connection.exec_driver_sql("UPDATE word_index SET body = x'30' WHERE part = 'postings'")
    finding.get_ready(desk)
    with desk.book.reading() as connection:
        assert stored(connection) == whole
    assert finding.find(desk, cashier, "suresh malviya", NOW).rows[0].number == PLAIN
    assert not desk.book.words.is_lacking


def stored(connection: Connection) -> dict[str, bytes]:
    return dict(map(tuple, connection.exec_driver_sql("SELECT part, body FROM word_index")))


@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense_finds_nothing_and_breaks_nothing(desk: Desk, cashier: Session, typed: str) -> None:
    with nothing_recorded(desk):
        finding.find(desk, cashier, typed, NOW)
        receipts.find(desk, cashier, typed, NOW)
        complaints.status(desk, cashier, typed, NOW)


def test_the_card_says_what_is_payable_and_since_when(desk: Desk, cashier: Session) -> None:
    card = finding.card(desk, cashier, "n2204518731", NOW)
    assert card.payable is not None
    assert (card.consumer.number, card.payable.amount, card.dues_as_of) == (PLAIN, 1613_00, DUES_AS_OF)
    assert len(card.history) == 13
    assert card.history[0].month < card.history[-1].month


def test_the_card_after_work_at_the_counter(desk: Desk, cashier: Session) -> None:
    receipt = payments.take(desk, cashier, paying(PLAIN, 613_00), NOW)
    complaint = complaints.register(desk, cashier, complaining(), NOW)
    card = finding.card(desk, cashier, PLAIN, NOW)
    assert card.payable is not None
    assert card.payable.amount == 1000_00
    assert [payment.act for payment in card.payments] == [receipt.act, None]
    assert [row.act for row in card.complaints] == [complaint.act]
    preview = finding.preview(desk, cashier, PLAIN, NOW)
    assert preview.payable == card.payable
    assert preview.row.open_complaints == 1
    assert preview.last_payment == card.payments[0]
    assert [row.number for row in finding.recent(desk, cashier, NOW)] == [PLAIN]


def test_rows_and_card_agree_on_what_is_due(desk: Desk, cashier: Session) -> None:
    for number in (PLAIN, PAID_ONLINE, OVERDUE, NO_BILL):
        row = finding.find(desk, cashier, number, NOW).rows[0]
        assert finding.due_of(desk, row, NOW) == finding.card(desk, cashier, number, NOW).payable


def test_who_is_not_here(desk: Desk, cashier: Session) -> None:
    for number, why in (
        ("N2999999999", ConsumerUnknown),
        ("N22", NumberIncomplete),
        ("\ud800", NumberIncomplete),
    ):
        with pytest.raises(why):
            finding.card(desk, cashier, number, NOW)
    with pytest.raises(ConsumerUnknown):
        finding.preview(desk, cashier, "N2999999999", NOW)


def test_receipts_by_tail_amount_and_name(desk: Desk, cashier: Session) -> None:
    first = payments.take(desk, cashier, paying(PLAIN), NOW)
    second = payments.take(desk, cashier, paying(RURAL, 500_00), NOW + timedelta(minutes=1))
    assert [row.act for row in receipts.today(desk, cashier, NOW)] == [second.act, first.act]
    assert receipts.today(desk, cashier, NOW + timedelta(days=1)) == ()
    for typed in (str(first.number), "000001", "1613", "सुरेश", PLAIN):
        assert [row.act for row in receipts.find(desk, cashier, typed, NOW)] == [first.act], typed
    stored, jobs = receipts.receipt(desk, cashier, first.act, NOW)
    assert stored == first
    assert [job.job for job in jobs] == [first.job]
    with pytest.raises(ReceiptUnknown):
        receipts.receipt(desk, cashier, uuid4(), NOW)


# -- half-typed work ----------------------------------------------------------------------------------


def test_half_typed_work_is_kept_until_it_is_recorded(desk: Desk, cashier: Session) -> None:
    draft = complaining()
    body = {"note": "जमा नहीं" + "ं" * 10_000, "half": "a\ud800b"}
    with nothing_recorded(desk):
        drafts.keep(desk, cashier, draft.act, "complaint", PLAIN, body, NOW)
    (row,) = drafts.kept(desk, cashier)
    assert (row.act, row.screen, row.consumer, row.name_hi) == (draft.act, "complaint", PLAIN, "सुरेश मालवीय")
    assert row.body == body | {"half": "ab"}
    complaints.register(desk, cashier, draft, NOW)
    assert drafts.kept(desk, cashier) == ()
    drafts.keep(desk, cashier, draft.act, "complaint", PLAIN, body, NOW)
    assert drafts.kept(desk, cashier) == ()


def test_a_payment_ends_its_draft_and_a_refused_one_keeps_it(desk: Desk, cashier: Session) -> None:
    draft = paying(PLAIN, 0)
    drafts.keep(desk, cashier, draft.act, "pay", PLAIN, {"given": "2000"}, NOW)
    with pytest.raises(AmountNotPositive):
        payments.take(desk, cashier, draft, NOW)
    assert [row.act for row in drafts.kept(desk, cashier)] == [draft.act]
    payments.take(desk, cashier, paying(PLAIN, act=draft.act), NOW)
    assert drafts.kept(desk, cashier) == ()


def test_drafts_are_dropped_and_hold_no_card_number(desk: Desk, cashier: Session) -> None:
    act = uuid4()
    with pytest.raises(CardNumberTyped):
        drafts.keep(desk, cashier, act, "pay", PLAIN, {"tail": "4111111111111111"}, NOW)
    drafts.keep(desk, cashier, act, "pay", "", {"given": "20"}, NOW)
    drafts.keep(desk, cashier, act, "pay", "", {"given": "2000"}, NOW)
    assert [row.body for row in drafts.kept(desk, cashier)] == [{"given": "2000"}]
    drafts.drop(desk, cashier, act)
    drafts.drop(desk, cashier, act)
    assert drafts.kept(desk, cashier) == ()


def test_whoever_sees_mobile_and_address_whole_stands_in_the_journal(desk: Desk, cashier: Session) -> None:
    act = uuid4()
    for _ in range(2):  # the same act asked again is one showing
        seen = finding.see_whole(desk, cashier, act, PLAIN.removeprefix("N"), NOW)
        assert (seen.mobile, seen.house) == ("9826048200", "114")
    finding.see_whole(desk, cashier, uuid4(), PLAIN, NOW)
    assert payloads(desk, Kind.CONTACT_SHOWN) == [ContactShown(cashier.person.code, PLAIN)] * 2


def test_of_nobody_known_nothing_is_shown_and_nothing_recorded(desk: Desk, cashier: Session) -> None:
    with nothing_recorded(desk), pytest.raises(ConsumerUnknown):
        finding.see_whole(desk, cashier, uuid4(), "N0000000000", NOW)
