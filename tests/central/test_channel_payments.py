"""Money that channels report is taken once, seen at the windows, and never refused for being too much."""

import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pypdfium2
import pytest

from counter_app.central.database import Transaction, retried
from counter_app.central.tables import channel_payments, known, payments, surpluses
from counter_app.domain.acts import FileKind
from counter_app.domain.approval import Approval, Way
from counter_app.domain.entry import Kind
from counter_app.domain.payment import PaymentTaken, Tender, cheque, other, upi
from counter_app.domain.refusals import UtrUsed
from counter_app.domain.undoing import Outcome, PaymentCancelled, TendersCorrected, TenderSettled, Why
from counter_app.store import finds, reference, told
from counter_app.store.finds.codes import taken_elsewhere
from counter_app.store.finds.used import receipt_like, refusal_of_use
from counter_app.wire.bodies import PaidElsewhere
from counter_app.wire.payloads import decode
from tests.central.books import feed
from tests.central.channels import THERE, Bot, key_for, refused
from tests.central.databases import Centre
from tests.central.gateways import Gateway
from tests.central.windows import Window
from tests.store.office import DRAWER, GEETA, NOW, OFFICE, PERSON, SURESH, TODAY, bill_of, pay

JE = Approval("S01", Way.PASSWORD)


def test_a_bill_paid_in_a_channel_is_paid_at_the_window(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path
) -> None:
    running, bot = channel
    assert bot.get(f"/consumers/{SURESH.number}/bills", SURESH.mobile).json()["paid"] == 0
    made = bot.payment().json()
    assert (made["amount"], made["bill_month"], made["paid_by"]) == (640, "2026-02", "paytm")
    window = Window(centre, running, tmp_path)
    window.linked()
    with window.book.reading() as connection:
        (paid,) = reference.known_payments(connection, SURESH.number)
        assert (paid.channel, paid.reference, paid.receipt) == ("whatsapp", "TXN0000001", made["receipt"])
        assert finds.paid_since(connection, bill_of(SURESH)).paid == 640_00
        tender = payload_of(centre).tenders[0]
        assert refusal_of_use(connection, tender) is not None, "the clerk is told that it is used already"
    bills = bot.get(f"/consumers/{SURESH.number}/bills", SURESH.mobile).json()
    assert bills["paid"] == 640
    window.end()
    assert centre.count(surpluses) == 0


def payload_of(centre: Centre) -> PaymentTaken:
    """The newest payment in the office's feed."""
    entries = [one for one in feed(centre.store, "2214") if hasattr(one, "packed_header")]
    payload = decode(Kind.PAYMENT_TAKEN, 2, entries[-1].payload)
    assert isinstance(payload, PaymentTaken)
    return payload


def test_what_the_files_say_of_it_takes_its_place(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path
) -> None:
    """The billing system tells of the same money: it counts once, and not at all once the bill knows it."""
    running, bot = channel
    bot.payment()
    window = Window(centre, running, tmp_path)
    window.linked()
    with window.book.writing() as page:
        from counter_app.store.extracts import Counts, Extracts

        said = PaidElsewhere(
            SURESH.number, "2026-02", date(2026, 3, 9), 640_00, "upay", "txn0000001", False, False
        )
        Extracts(page).put_payments([said], Counts())
        assert finds.paid_since(page.connection, bill_of(SURESH)).paid == 640_00
        Extracts(page).put_payments([replace(said, posted=True)], Counts())
        assert finds.paid_since(page.connection, bill_of(SURESH)).paid == 0
        assert [one.posted for one in reference.known_payments(page.connection, SURESH.number)] == [True]
    retried(centre.store, lambda transaction: told_by_files(transaction, replace(said, posted=True)))
    assert bot.get(f"/consumers/{SURESH.number}/bills", SURESH.mobile).json()["paid"] == 0
    window.end()


def told_by_files(transaction: Transaction, said: PaidElsewhere) -> None:
    key = f"{said.consumer} {said.on} {said.channel} {said.reference}"
    transaction.fill(known, [(str(FileKind.PAYMENTS), key, said.consumer, msgspec.json.encode(said))])


def test_paid_in_both_places_stands_twice_and_is_followed_up(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path
) -> None:
    running, bot = channel
    window = Window(centre, running, tmp_path)
    with window.book.writing() as page:
        pay(page)
    assert bot.payment().status == 201
    window.linked()
    window.linked()
    with window.book.reading() as connection:
        (surplus,) = told.surpluses_of(connection, SURESH.number)
        assert surplus.amount == 640_00
        assert surplus.work is not None
        assert told.surpluses_to_follow(connection) == (surplus,)
    both = bot.get(f"/consumers/{SURESH.number}/payments", SURESH.mobile)
    assert [(one["channel"], one["amount"]) for one in msgspec.json.decode(both.data)] == [
        ("whatsapp", 640), ("counter", 640),
    ]  # fmt: skip
    window.end()


def test_a_cheque_that_came_back_is_owed_in_the_channels_again(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path
) -> None:
    running, bot = channel
    window = Window(centre, running, tmp_path)
    with window.book.writing() as page:
        taken = pay(page, cheque(640_00, "000123", "SBI", TODAY, TODAY)).entry.header.act
    window.linked()
    assert asked_of(bot) == (640, False, 0)
    for minutes, (outcome, reckoned) in enumerate(
        ((Outcome.DISHONOURED, (0, True, 640)), (Outcome.CONFIRMED, (640, False, 0)))
    ):
        said = TenderSettled(taken, 1, SURESH.number, 0, 640_00, outcome, "000123", TODAY, "", 150_00, "S01")
        with window.book.writing() as page:
            page.record(said, act=uuid4(), person=PERSON, at=NOW + timedelta(minutes=minutes))
        window.linked()
        assert asked_of(bot) == reckoned
    window.end()


def asked_of(bot: Bot) -> tuple[object, ...]:
    """What counts as paid, whether more is asked, and what of the one payment the bank did not pay."""
    bills = bot.get(f"/consumers/{SURESH.number}/bills", SURESH.mobile).json()
    (paid,) = msgspec.json.decode(bot.get(f"/consumers/{SURESH.number}/payments", SURESH.mobile).data)
    assert paid["amount"] == 640
    return bills["paid"], bills["payable"] > 0, paid["lost"]


def test_what_came_when_nothing_was_due_is_looked_into_unless_it_was_meant(bot: Bot, centre: Centre) -> None:
    bot.payment()
    meant = bot.payment(reference="TXN0000002", amount=100, advance=True).json()
    assert (meant["advance"], centre.count(surpluses)) == (100, 0)
    again = bot.payment(reference="TXN0000003").json()
    assert (again["advance"], centre.count(surpluses)) == (640, 1)
    bills = bot.get(f"/consumers/{SURESH.number}/bills", SURESH.mobile).json()
    assert (bills["payable"], bills["credit"]) == (0, 740)


def test_the_same_money_is_reported_once(bot: Bot) -> None:
    first = bot.payment(paid_by="bhim-upi", reference="608712345678").json()
    again = bot.payment(paid_by="bhim-upi", reference="6087 1234 5678", consumer=GEETA.number)
    assert refused(again) == (409, "PaymentReported")
    assert str(first["receipt"]) in str(again.json()["sentence"])
    assert bot.payment(paid_by="paytm", reference="608712345678").status == 201, "another way, another number"


UTR = "608712345678"


@pytest.mark.parametrize(
    "typed", [(upi(640_00, UTR), "bhim-upi", UTR), (other(640_00, "sbi0001"), "net-banking", "Sbi0001")]
)
def test_what_a_window_took_is_not_taken_again(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path, typed: tuple[Tender, str, str]
) -> None:
    running, bot = channel
    tender, paid_by, reference = typed
    window = Window(centre, running, tmp_path)
    with window.book.writing() as page:
        taken = pay(page, tender)
    window.linked()
    for consumer in (SURESH, GEETA):
        again = bot.payment(consumer=consumer.number, paid_by=paid_by, reference=reference)
        assert refused(again) == (409, "PaymentAtCounter")
        assert f"2214-2-000001-{taken.letters}" in str(again.json()["sentence"])
    assert (centre.count(payments), centre.count(channel_payments), centre.count(surpluses)) == (1, 0, 0)
    _, secret = key_for(centre, bot.channel, THERE.code)
    elsewhere = replace(bot, secret=secret).payment(
        consumer="N2204518799", paid_by=paid_by, reference=reference
    )
    assert refused(elsewhere) == (409, "PaymentAtCounter")
    assert OFFICE.code not in str(elsewhere.json()), "whose receipt it is, is not told"
    assert str(bot.payment().json()["receipt"]).startswith("2214-92-000001-"), "no number is lost"
    window.end()


def test_what_a_window_took_otherwise_or_gave_back_may_come_from_a_channel(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path
) -> None:
    running, bot = channel
    window = Window(centre, running, tmp_path)
    utrs = [f"60871234567{number}" for number in range(5)]
    with window.book.writing() as page:
        first = pay(page, upi(640_00, utrs[0])).entry.header.act
        second = pay(page, upi(640_00, utrs[1]), serial=2).entry.header.act
        page.record(correction(first, 1, utrs[2]), act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER)
        page.record(cancelling(second, 2), act=uuid4(), person=PERSON, at=NOW, drawer=DRAWER)
        third = pay(page, upi(640_00, utrs[4][-6:]), serial=3).entry.header.act
        came = TenderSettled(
            third, 3, SURESH.number, 0, 640_00, Outcome.CONFIRMED, utrs[4], TODAY, "", 0, "S01"
        )
        page.record(came, act=uuid4(), person=PERSON, at=NOW)
    window.linked()
    said = [bot.payment(paid_by="bhim-upi", reference=utr).status for utr in utrs]
    assert said == [201, 201, 409, 201, 409]
    window.end()


def correction(receipt: UUID, slip: int, utr: str) -> TendersCorrected:
    return TendersCorrected(
        slip, "2214", 2, TODAY, receipt, 1, SURESH.number, 640_00, (), (upi(640_00, utr),), 0,
        Why.WRONG_TENDER, "", "R01", JE,
    )  # fmt: skip


def cancelling(receipt: UUID, slip: int) -> PaymentCancelled:
    return PaymentCancelled(
        slip, "2214", 2, TODAY, receipt, 2, SURESH.number, 640_00, 0, Why.NOT_PAID, "", "R01", JE
    )


def test_the_window_is_told_which_receipt_of_a_channel_has_a_utr(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path
) -> None:
    running, bot = channel
    made = bot.payment(paid_by="bhim-upi", reference=UTR).json()
    window = Window(centre, running, tmp_path)
    window.linked()
    with window.book.reading() as connection:
        used = refusal_of_use(connection, upi(640_00, UTR))
        assert used == UtrUsed(str(made["receipt"])[:-4])
        assert receipt_like(connection, upi(640_00, UTR[-6:])) == str(made["receipt"])[:-4]
    window.end()


def test_of_another_offices_receipt_only_that_it_is_there(bot: Bot, centre: Centre) -> None:
    assert bot.payment(consumer="N2204518799").json()["office"] == THERE.code
    _, secret = key_for(centre, bot.channel, OFFICE.code)
    again = replace(bot, secret=secret).payment()
    assert refused(again) == (409, "PaymentReported")
    assert THERE.code not in str(again.json())


def test_what_cannot_be_money_is_refused(bot: Bot) -> None:
    for said, refusal in (
        ({"amount": 0}, "RequestUnfit"),
        ({"amount": 10.5}, "RequestUnfit"),
        ({"paid_by": "cash"}, "RequestUnfit"),
        ({"paid_by": "bhim-upi", "reference": "123456"}, "UtrWrong"),
        ({"reference": "ABCDEFGH"}, "ReferenceWrong"),
        ({"reference": "4111111111111111"}, "CardNumberTyped"),
        ({"paid_at": "2040-01-01T00:00:00Z"}, "PaidInFuture"),
        ({"paid_at": "2020-01-01T00:00:00Z"}, "PaidInFuture"),
        ({"paid_at": "2026-01-01T00:00:00"}, "RequestUnfit"),
    ):
        assert refused(bot.payment(**said)) == (422, refusal), said
    assert refused(bot.payment(consumer="N2299999999")) == (404, "ConsumerUnknown")
    assert str(bot.payment().json()["receipt"]).startswith("2214-92-000001-"), "no number is lost"


def test_the_receipt_is_the_paper_of_the_window(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path
) -> None:
    running, bot = channel
    made = bot.payment(paid_by="net-banking", reference="SBI0001234").json()
    path = f"/payments/{made['receipt']}/receipt.pdf"
    paper = bot.get(path, SURESH.mobile)
    assert (paper.status, paper.headers["Content-Type"]) == (200, "application/pdf")
    assert bot.get(path, SURESH.mobile).data == paper.data, "always the same file"
    text = text_of(paper.data)
    for words in (str(made["receipt"]), SURESH.number, "SBI0001234", "NET BANKING", "640"):
        assert words in text, words
    assert refused(bot.get(path, GEETA.mobile)) == (403, "ConsumerNotProven")
    assert refused(bot.get("/payments/2214-92-000001-ABC/receipt.pdf", "9826048210"))[0] == 404
    window = Window(centre, running, tmp_path)
    window.linked()
    with window.book.reading() as connection:
        entry = [one for one in feed(centre.store, "2214") if hasattr(one, "packed_header")][-1]
        assert taken_elsewhere(connection, entry.hash[:8]) is not None, "any counter tells that it is genuine"
    window.end()


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_provisional_receipt_says_so(bot: Bot) -> None:
    made = bot.payment(confirmed=False).json()
    paper = bot.get(f"/payments/{made['receipt']}/receipt.pdf", SURESH.mobile)
    assert "PROVISIONAL" in text_of(paper.data)
    assert bot.get(f"/payments/{made['receipt']}").json()["confirmed"] is False


def test_the_bill_is_the_paper_of_the_window(bot: Bot) -> None:
    paper = bot.get(f"/consumers/{SURESH.number}/bills/current.pdf", SURESH.meter)
    text = text_of(paper.data)
    for words in (SURESH.number, bill_of(SURESH).number, "FEB-2026"):
        assert words in text, words
    assert GEETA.number not in text


def test_a_receipt_of_a_window_is_not_given_out_by_a_channel(
    centre: Centre, channel: tuple[Gateway, Bot], tmp_path: Path
) -> None:
    """Its original was printed there, and its copies are counted there."""
    running, bot = channel
    window = Window(centre, running, tmp_path)
    with window.book.writing() as page:
        made = pay(page)
        page.record(
            replace(payload(made.entry.payload), serial=2), act=uuid4(), person=PERSON, at=NOW, money=640_00
        )
    window.linked()
    assert refused(bot.get(f"/payments/2214-2-000001-{made.letters}")) == (404, "ReceiptUnknown")
    window.end()


def payload(body: bytes) -> PaymentTaken:
    found = decode(Kind.PAYMENT_TAKEN, 2, body)
    assert isinstance(found, PaymentTaken)
    return found
