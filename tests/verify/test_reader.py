"""The page of the format is enough: a reader made of its tables alone reads the frozen examples."""

from typing import Any
from uuid import UUID

import pytest

from counter_app.domain.entry import HEADER as PROGRAM_S
from counter_app.domain.entry import Kind
from counter_app.domain.numbering import CROCKFORD
from counter_app.verify import LARGEST_PAYLOAD, LONGEST_LINE
from counter_app.wire.payloads import VERSIONS
from tests.verify import reader
from tests.verify.journals import ACTS
from tests.verify.test_golden import EACH, ENTRIES, GOLDEN

NAMES = {
    "kind version": "kind_version", "wall clock": "wall_ms", "steady clock": "steady_ms",
    "running total": "running_total", "payload size": "payload_size", "zone": "zone_minutes",
}  # fmt: skip


def test_the_tables_have_no_hole_and_no_overlap() -> None:
    for layout, size in ((reader.HEADER, PROGRAM_S.size), (reader.SLOT, 168 + 32)):
        ends = [at + length for at, length, _, _ in layout]
        assert [at for at, *_ in layout] == [0, *ends[:-1]]
        assert ends[-1] == size


@EACH
def test_each_frozen_header_reads_as_its_fields(frozen: dict[str, Any]) -> None:
    read = reader.read(bytes.fromhex(frozen["header"]), reader.HEADER)
    fields = dict(frozen["header_fields"])
    (segment, seq), (parent_segment, parent_seq) = fields.pop("place"), fields.pop("parent")
    assert (read.pop("segment"), read.pop("seq")) == (int(segment, 16), seq)
    assert (read.pop("parent segment"), read.pop("parent seq")) == (int(parent_segment, 16), parent_seq)
    assert (read.pop("magic"), read.pop("header version"), read.pop("filling")) == (b"CTRJ", 1, bytes(2))
    assert {NAMES.get(name, name): _frozen(value) for name, value in read.items()} == fields


def _frozen(value: object) -> object:
    """As the frozen file writes it."""
    return value.hex() if isinstance(value, bytes) else str(value) if isinstance(value, UUID) else value


@EACH
def test_each_frozen_payload_has_the_fields_of_the_page(frozen: dict[str, Any]) -> None:
    fields = frozen["header_fields"]
    assert reader.payload(fields["kind"], fields["kind_version"], frozen["payload"])


@pytest.mark.parametrize("text", ['{"code":"R07"}', '{"known":true,"code":"R07"}', '{"code":7,"known":true}'])
def test_a_payload_that_is_otherwise_does_not_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"code|known"):
        reader.payload(Kind.SIGN_IN_REFUSED, 1, text)


def test_the_page_names_every_kind_and_version() -> None:
    written = {(int(kind), str(version)) for kind, version in VERSIONS}
    assert {key for key in reader.PAYLOADS if key[1] != "–"} == written
    assert {kind for kind, _ in reader.PAYLOADS} == {int(kind) for kind in Kind}


def test_the_whole_export_reads() -> None:
    read = list(reader.entries(GOLDEN / "journal.jsonl"))
    assert [digest.hex() for _, digest, _ in read] == [one["hash"] for one in ENTRIES[: len(ACTS)]]
    assert [text for _, _, text in read] == [one["payload"] for one in ENTRIES[: len(ACTS)]]


def test_the_second_file_reads() -> None:
    slot = reader.second_file((GOLDEN / "money.anchor").read_bytes())
    named = ENTRIES[len(ACTS) + 1 + 12]
    assert (slot["slot magic"], slot["turn"], slot["receipts"], slot["complaints"]) == (
        b"CTRANCH2",
        2,
        4192,
        318,
    )
    assert (slot["slips"], slot["moves"], slot["closings"]) == (9, 9, 12)
    assert [f"{slot['anchored segment']:016x}", slot["anchored seq"]] == named["header_fields"]["place"]
    assert (slot["anchored hash"].hex(), slot["anchored signature"].hex()) == (
        named["hash"],
        named["signature"],
    )


@pytest.mark.parametrize("said", [f"{LONGEST_LINE:,}", f"{LARGEST_PAYLOAD:,}", CROCKFORD])
def test_the_limits_and_letters_of_the_page_are_those_of_the_program(said: str) -> None:
    assert said in reader.PAGE
