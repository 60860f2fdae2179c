"""The frozen bytes of the journal: program, payloads and verifier all agree with them, for ever.

``tests/golden`` was written once. A test that fails here is a change of the format: never edit the
files, add a new version beside the old one instead.
"""

import json
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counter_app.domain.acts import BillsOf, BillsPrinted, ContactShown, SegmentOpened
from counter_app.domain.entry import Header, Kind, Place, commitment, header_hash
from counter_app.domain.numbering import hash_letters
from counter_app.store.anchor import Anchor, Anchored, read_anchor
from counter_app.verify import signed, verify_export
from counter_app.wire.payloads import VERSIONS, decode, encode, kind_of
from tests.verify.journals import (
    ACTS,
    BACKUP_ACTS,
    COMPLAINT_ACTS,
    GAP,
    MONEY_ACTS,
    PICTURE_ACTS,
    STAFF_ACTS,
    WINDOW_ACTS,
    Act,
    journal,
    lines,
    written,
)

GOLDEN = Path(__file__).parents[1] / "golden"
FROZEN = json.loads((GOLDEN / "entries.json").read_text("utf-8"))
ENTRIES = FROZEN["entries"]
EACH = pytest.mark.parametrize("frozen", ENTRIES, ids=lambda frozen: frozen["kind"])


def header_of(fields: dict[str, object]) -> Header:
    """The header that the frozen fields describe."""
    values: dict[str, object] = {}
    for name, value in fields.items():
        if name in {"place", "parent"}:
            segment, seq = value  # type: ignore[misc]
            values[name] = Place(int(segment, 16), seq)  # type: ignore[has-type]
        elif name in {"previous", "commitment"}:
            values[name] = bytes.fromhex(str(value))
        elif name in {"boot", "device", "person", "act", "drawer"}:
            values[name] = UUID(str(value))
        else:
            values[name] = value
    return Header(**values)  # type: ignore[arg-type]


def test_every_kind_and_version_the_program_writes_is_frozen() -> None:
    frozen = {(Kind[one["kind"]], one["header_fields"]["kind_version"]) for one in ENTRIES}
    assert frozen == set(VERSIONS)


@EACH
def test_header_bytes_hash_and_letters(frozen: dict[str, str]) -> None:
    header = header_of(frozen["header_fields"])  # type: ignore[arg-type]
    packed = bytes.fromhex(frozen["header"])
    assert header.packed() == packed
    assert Header.unpacked(packed) == header
    assert header_hash(packed).hex() == frozen["hash"]
    assert hash_letters(bytes.fromhex(frozen["hash"])) == frozen["letters"]


@EACH
def test_commitment_and_signature(frozen: dict[str, str]) -> None:
    header = Header.unpacked(bytes.fromhex(frozen["header"]))
    assert commitment(bytes.fromhex(frozen["salt"]), frozen["payload"].encode()) == header.commitment
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(FROZEN["private_key"]))
    entry_hash, signature = bytes.fromhex(frozen["hash"]), bytes.fromhex(frozen["signature"])
    assert key.sign(entry_hash) == signature
    assert signed(bytes.fromhex(FROZEN["public_key"]), entry_hash, signature)


# Many bills printed together.
BILLS_ACTS = (
    Act(SegmentOpened("0.1.0", "3.53.4", "2214", 2)),
    Act(BillsPrinted("R07", BillsOf.FEEDER, "F-07", 1240, "")),
    Act(BillsPrinted("R07", BillsOf.OFFICE, "", 9874, "HP-M404")),
)

# A consumer's mobile and address shown whole.
CONTACT_ACTS = (
    Act(SegmentOpened("0.1.0", "3.53.4", "2214", 2)),
    Act(ContactShown("R07", "N2214070417")),
)

EVERY_ACT = (
    *ACTS, GAP, *MONEY_ACTS, *COMPLAINT_ACTS, *WINDOW_ACTS, *PICTURE_ACTS, *BACKUP_ACTS, *STAFF_ACTS,
    *BILLS_ACTS, *CONTACT_ACTS,
)  # fmt: skip


@pytest.mark.parametrize(("frozen", "act"), list(zip(ENTRIES, EVERY_ACT, strict=True)))
def test_payload_bytes(frozen: dict[str, str], act: Act) -> None:
    data = frozen["payload"].encode()
    fields = Header.unpacked(bytes.fromhex(frozen["header"]))
    assert written(act) == data
    if (fields.kind, fields.kind_version) == kind_of(act.payload):
        assert encode(act.payload) == data
    assert decode(fields.kind, fields.kind_version, data) == act.payload


def _last(*acts: Act) -> str:
    """The hash of the last of these acts, the first that are frozen."""
    return str(ENTRIES[len(acts) - 1]["hash"])


def test_the_whole_export_is_still_written_so_and_still_passes() -> None:
    frozen = GOLDEN / "journal.jsonl"
    assert b"".join(lines(journal())) == frozen.read_bytes()
    report = verify_export(frozen)
    assert report.faults == []
    assert (report.entries, report.segments, report.running_total) == (16, 2, 3236_00)
    assert report.serials == {"receipt": (1, 2), "complaint": (1, 1)}
    assert report.head.endswith(ENTRIES[len(ACTS) - 1]["hash"])


def test_the_export_since_the_money_drawer_is_still_written_so_and_still_passes() -> None:
    frozen = GOLDEN / "money.jsonl"
    assert b"".join(lines(journal(MONEY_ACTS))) == frozen.read_bytes()
    report = verify_export(frozen)
    assert report.faults == []
    assert (report.gaps, report.unread, report.running_total) == (1, 0, 3236_00)
    assert report.serials == {"receipt": (4191, 4192), "move": (8, 9), "slip": (6, 9), "closing": (13, 13)}
    assert report.head.endswith(ENTRIES[len(ACTS) + len(MONEY_ACTS)]["hash"])


def test_the_export_of_complaints_is_still_written_so_and_still_passes() -> None:
    frozen = GOLDEN / "complaints.jsonl"
    assert b"".join(lines(journal(COMPLAINT_ACTS))) == frozen.read_bytes()
    report = verify_export(frozen)
    assert (report.faults, report.unread, report.serials) == ([], 0, {"complaint": (1, 2)})
    assert report.head.endswith(_last(*ACTS, GAP, *MONEY_ACTS, *COMPLAINT_ACTS))


def test_the_export_of_the_window_is_still_written_so_and_still_passes() -> None:
    frozen = GOLDEN / "window.jsonl"
    assert b"".join(lines(journal(WINDOW_ACTS))) == frozen.read_bytes()
    report = verify_export(frozen)
    assert (report.faults, report.unread, report.serials) == ([], 0, {})
    assert report.head.endswith(_last(*ACTS, GAP, *MONEY_ACTS, *COMPLAINT_ACTS, *WINDOW_ACTS))


def test_the_export_of_pictures_is_still_written_so_and_still_passes() -> None:
    frozen = GOLDEN / "pictures.jsonl"
    assert b"".join(lines(journal(PICTURE_ACTS))) == frozen.read_bytes()
    report = verify_export(frozen)
    assert (report.faults, report.unread, report.serials) == ([], 0, {"complaint": (1, 1)})
    assert report.head.endswith(_last(*ACTS, GAP, *MONEY_ACTS, *COMPLAINT_ACTS, *WINDOW_ACTS, *PICTURE_ACTS))


def test_the_export_of_what_is_decided_about_copies_is_still_written_so_and_still_passes() -> None:
    frozen = GOLDEN / "backups.jsonl"
    assert b"".join(lines(journal(BACKUP_ACTS))) == frozen.read_bytes()
    report = verify_export(frozen)
    assert (report.faults, report.unread, report.serials) == ([], 0, {})
    assert report.head.endswith(_last(*EVERY_ACT[: -len(STAFF_ACTS) - len(BILLS_ACTS) - len(CONTACT_ACTS)]))


def test_the_export_of_who_works_here_is_still_written_so_and_still_passes() -> None:
    frozen = GOLDEN / "staff.jsonl"
    assert b"".join(lines(journal(STAFF_ACTS))) == frozen.read_bytes()
    report = verify_export(frozen)
    assert (report.faults, report.unread, report.serials) == ([], 0, {})
    assert report.head.endswith(_last(*EVERY_ACT[: -len(BILLS_ACTS) - len(CONTACT_ACTS)]))


def test_the_export_of_many_bills_is_still_written_so_and_still_passes() -> None:
    frozen = GOLDEN / "bills.jsonl"
    assert b"".join(lines(journal(BILLS_ACTS))) == frozen.read_bytes()
    report = verify_export(frozen)
    assert (report.faults, report.unread, report.serials) == ([], 0, {})
    assert report.head.endswith(_last(*EVERY_ACT[: -len(CONTACT_ACTS)]))


def test_the_export_of_what_was_shown_whole_is_still_written_so_and_still_passes() -> None:
    frozen = GOLDEN / "contact.jsonl"
    assert b"".join(lines(journal(CONTACT_ACTS))) == frozen.read_bytes()
    report = verify_export(frozen)
    assert (report.faults, report.unread, report.serials) == ([], 0, {})
    assert report.head.endswith(_last(*EVERY_ACT))


def test_the_second_file_is_still_written_so_and_still_agrees(tmp_path: Path) -> None:
    frozen, entries = GOLDEN / "money.anchor", journal(MONEY_ACTS)
    file = Anchor(tmp_path)
    for number, serials in ((7, (4192, 318, 5, 8, 12)), (13, (4192, 318, 9, 9, 12))):
        entry = entries[number - 1]
        file.write(Anchored(entry.header.place, entry.hash, entry.signature, serials))
    file.close()
    assert (tmp_path / "counter.anchor").read_bytes() == frozen.read_bytes()
    report = verify_export(GOLDEN / "money.jsonl", [frozen])
    assert (report.faults, report.anchored) == ([], {"0123456789abcdef/13": 7})


def test_a_second_file_of_before_the_money_drawer_still_agrees(tmp_path: Path) -> None:
    frozen = GOLDEN / "journal.anchor"
    report = verify_export(GOLDEN / "journal.jsonl", [frozen])
    assert (report.faults, report.anchored) == ([], {"fedcba9876543210/6": 3})
    (tmp_path / "counter.anchor").write_bytes(frozen.read_bytes())
    entry = journal()[12]
    assert read_anchor(tmp_path) == Anchored(entry.header.place, entry.hash, entry.signature, (2, 1))


# RFC 8032, section 7.1: public key, message, and the two halves of the signature.
RFC_VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155",
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac",
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "first", "second"), RFC_VECTORS)
def test_signatures_of_the_standard(public: str, message: str, first: str, second: str) -> None:
    key, text, seal = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(first + second)
    assert signed(key, text, seal)
    assert not signed(key, text + b"\0", seal)
    assert not signed(key, text, seal[:63])
