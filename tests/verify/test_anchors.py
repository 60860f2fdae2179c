"""With a second file the verifier also finds what no export shows by itself: a cut, old or rewritten end."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.entry import Entry, Header, Place
from counter_app.verify import verify_lines
from tests.verify.journals import ACTS, anchor, at_number, journal, lines
from tests.verify.test_verify import GOLDEN, run

ENTRIES = journal()
LAST = anchor(ENTRIES[-1], 2, 1)
SEGMENT = ENTRIES[-1].header.place.segment
SEGMENT_ACT = ENTRIES[0].header.boot


def faults(entries: list[Entry], *anchors: bytes) -> list[str]:
    """What the verifier says of these entries beside these second files."""
    return [*verify_lines(lines(entries), anchors).faults]


def test_a_whole_journal_agrees_with_its_second_file() -> None:
    report = verify_lines(lines(ENTRIES), [LAST])
    assert (report.faults, report.anchored) == ([], {f"{SEGMENT:016x}/9": 0})


@pytest.mark.parametrize("number", range(1, len(ENTRIES) + 1))
def test_entries_recorded_after_the_second_file_was_copied_are_counted(number: int) -> None:
    entry = ENTRIES[number - 1]
    receipts, complaints = sum(number >= n for n in (5, 11)), int(number >= 7)
    report = verify_lines(lines(ENTRIES), [anchor(entry, receipts, complaints)])
    assert (report.faults, [*report.anchored.values()]) == ([], [len(ENTRIES) - number])


@pytest.mark.parametrize("kept", range(len(ENTRIES)))
def test_an_end_cut_off_anywhere_is_found(kept: int) -> None:
    (fault,) = faults(ENTRIES[:kept], LAST)
    assert "is not here" in fault


@pytest.mark.parametrize("number", range(1, len(ENTRIES)))
def test_a_journal_that_went_on_from_older_data_is_found(number: int) -> None:
    before = ENTRIES[number - 1]

    def from_older_data(_number: int, header: Header) -> Header:
        return replace(
            header, place=Place(99, 1), previous=before.hash, parent=before.header.place, act=SEGMENT_ACT,
            running_total=before.header.running_total,
        )  # fmt: skip

    (opened,) = journal(ACTS[:1], from_older_data)
    rolled_back = [*ENTRIES[:number], opened]
    assert faults(rolled_back) == []
    assert any("is not here" in fault for fault in faults(rolled_back, LAST))


@pytest.mark.parametrize("number", range(1, len(ENTRIES) + 1))
def test_a_journal_written_anew_with_the_key_is_found(number: int) -> None:
    rewritten = journal(change=at_number(number, wall_ms=0))
    assert faults(rewritten) == []
    assert any("is not here" in fault for fault in faults(rewritten, LAST))


@pytest.mark.parametrize(("receipts", "complaints"), [(1, 1), (3, 1), (2, 0), (2, 2)])
def test_serials_that_do_not_agree_are_found(receipts: int, complaints: int) -> None:
    (fault,) = faults(ENTRIES, anchor(ENTRIES[-1], receipts, complaints))
    assert "counts its numbers otherwise" in fault


def test_a_second_file_of_somebody_else_is_found() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    forged = replace(ENTRIES[-1], signature=other.sign(ENTRIES[-1].hash))
    (fault,) = faults(ENTRIES, anchor(forged, 2, 1))
    assert "not signed by this device" in fault


def test_each_branch_is_held_to_its_own_second_file() -> None:
    seventh = anchor(ENTRIES[6], 1, 1)
    assert faults(ENTRIES, seventh, LAST) == []
    assert len(faults(ENTRIES[:6], seventh, LAST)) == 1


def test_a_torn_write_leaves_what_was_written_before() -> None:
    older, newest = anchor(ENTRIES[9], 1, 1, turn=4), LAST
    both = older[:4096] + newest[4096:]
    torn = bytearray(both)
    torn[4096 + 30] ^= 1
    assert faults(ENTRIES, both) == faults(ENTRIES, bytes(torn)) == []
    assert verify_lines(lines(ENTRIES), [bytes(torn)]).anchored == {f"{SEGMENT:016x}/3": 6}


@given(st.integers(0, 176 * 8 - 1))
def test_a_second_file_with_a_bit_turned_proves_nothing_and_says_so(bit: int) -> None:
    spoilt = bytearray(LAST)
    spoilt[4096 + bit // 8] ^= 1 << bit % 8
    (fault,) = faults(ENTRIES, bytes(spoilt))
    assert "proves nothing" in fault


@given(st.binary(max_size=9000))
def test_no_bytes_raise(data: bytes) -> None:
    assert len(faults(ENTRIES[:1], data)) == 1


def test_a_counter_without_an_act_has_an_empty_second_file() -> None:
    assert faults([], bytes(8192)) == []
    assert len(faults(ENTRIES, bytes(8192))) == 1


def test_the_command_takes_second_files(tmp_path: Path) -> None:
    second = GOLDEN.with_suffix(".anchor")
    done = run(str(GOLDEN), "--anchor", str(second), "--json")
    assert (done.returncode, json.loads(done.stdout)["anchored"]) == (0, {f"{SEGMENT:016x}/6": 3})
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(b"".join(GOLDEN.read_bytes().splitlines(keepends=True)[:-4]))
    assert run(str(cut)).returncode == 0
    assert run(str(cut), "--anchor", str(second)).returncode == 1
    assert run(str(GOLDEN), "--anchor", str(tmp_path / "none")).returncode == 1
