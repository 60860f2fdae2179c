"""Payloads go into bytes and come back equal; bytes from outside are believed only after checking."""

import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from counter_app.domain.acts import (
    CopyAsked,
    FileHandedOut,
    FileKind,
    FilesHandedOut,
    FilesImported,
    FileTaken,
    NumberGap,
    Paper,
    PaperOutcome,
    PaperState,
    Purpose,
    SegmentOpened,
    SignInRefused,
)
from counter_app.domain.allocation import Head, Share
from counter_app.domain.complaint import ComplaintStep, Stage
from counter_app.domain.drawer import DrawerOpened
from counter_app.domain.entry import Kind
from counter_app.domain.payment import PaymentTaken, cash, upi
from counter_app.wire.payloads import (
    VERSIONS,
    Payload,
    PayloadDamaged,
    PayloadUnknown,
    decode,
    encode,
    kind_of,
)

AT = datetime(2026, 3, 12, 6, 13, 8, tzinfo=UTC)
ACT = UUID("0195f2a0-0000-4000-8000-000000000001")
PAYMENT = PaymentTaken(
    serial=4187, office="2214", counter=2, day=date(2026, 3, 12), consumer="N2204518731",
    bill_number="221402260187", bill_month="2026-02", due_date=date(2026, 3, 18), due=1618_00,
    dues_as_of=AT, amount=1618_00, tenders=(cash(1000_00, 2000_00), upi(618_00, "412345678901")),
    shares=(Share(Head.CURRENT_DUTY, 118_00), Share(Head.CURRENT, 1500_00)), order="sc-2013-9.10",
    advance=False, clerk="R07",
)  # fmt: skip
EXAMPLES: list[Payload] = [
    FilesImported("S01", (FileTaken(FileKind.PAYMENTS, "जमा.csv", "0" * 64, 3, 1, 1, 1, 0),)),
    FilesHandedOut("AUD", Purpose.AUDIT, (FileHandedOut("जर्नल.jsonl", "0" * 64, 17),)),
    PAYMENT,
    SegmentOpened("0.1.0", "3.53.4", "2214", 2),
    SignInRefused("", known=False),
    DrawerOpened(ACT, "R07", date(2026, 3, 12), 0),
    ComplaintStep(ACT, Stage.REOPENED, AT, "R07", "फिर बंद"),
    CopyAsked(Paper.RECEIPT, ACT, "", "", 2, "कागज़ फटा"),
    PaperOutcome(ACT, PaperState.SENT, "TM-T82"),
]


@pytest.mark.parametrize("payload", EXAMPLES, ids=lambda payload: type(payload).__name__)
def test_a_payload_comes_back_equal(payload: Payload) -> None:
    kind, version = kind_of(payload)
    assert decode(kind, version, encode(payload)) == payload


def test_every_payload_type_stands_under_one_kind_and_is_written_in_its_newest_version() -> None:
    for payload in set(VERSIONS.values()):
        stands = sorted(key for key, one in VERSIONS.items() if one == payload)
        assert len({kind for kind, _ in stands}) == 1
        assert [version for _, version in stands] == list(range(1, len(stands) + 1))
    assert kind_of(NumberGap(1, 1)) == (Kind.NUMBER_GAP, 2)


def test_an_unknown_kind_or_version_is_told_apart_from_damage() -> None:
    with pytest.raises(PayloadUnknown):
        decode(999, 1, b"{}")
    with pytest.raises(PayloadUnknown):
        decode(Kind.PAYMENT_TAKEN, 99, b"{}")


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 1618.5},
        {"amount": "161800"},
        {"amount": 161801},
        {"amount": True},
        {"day": "12/03/2026"},
        {"tenders": [{"kind": "barter", "amount": 161800}]},
        {"shares": None},
    ],
)
def test_a_payment_with_a_wrong_field_is_damage(change: dict[str, object]) -> None:
    fields = json.loads(encode(PAYMENT)) | change
    with pytest.raises(PayloadDamaged):
        decode(Kind.PAYMENT_TAKEN, 1, json.dumps(fields).encode())


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b"{", b"\xff\xfe", b'{"amount":NaN}', b"[" * 100_000])
def test_bytes_that_are_no_payload_are_damage(data: bytes) -> None:
    with pytest.raises(PayloadDamaged):
        decode(Kind.PAYMENT_TAKEN, 1, data)


def test_a_field_of_a_newer_program_is_passed_over() -> None:
    fields = json.loads(encode(PAYMENT)) | {"colour": "blue"}
    assert decode(Kind.PAYMENT_TAKEN, 1, json.dumps(fields).encode()) == PAYMENT


def test_a_payload_too_large_for_an_entry_is_not_made() -> None:
    with pytest.raises(ValueError, match="size"):
        encode(ComplaintStep(ACT, Stage.ATTENDED, AT, "R07", "x" * 70_000))
