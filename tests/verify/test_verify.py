"""The verifier finds every change and every lie, and reads hostile files with sentences."""

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import verify
from counter_app.domain.acts import NumberGap, SegmentOpened
from counter_app.domain.drawer import DrawerOpened
from counter_app.domain.entry import NOBODY, NOWHERE, Entry, Header, commitment
from counter_app.verify import LONGEST_LINE, verify_export, verify_lines
from tests.verify.journals import (
    ACTS,
    DAY,
    DEVICE,
    DRAWER,
    FIRST,
    GAP,
    Act,
    act_of,
    at_number,
    journal,
    lines,
    payment,
    sealed,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "journal.jsonl"
WHOLE = GOLDEN.read_bytes().splitlines(keepends=True)
PARTS = ("header", "payload", "salt", "signature")


def flipped(line: bytes, part: str, bit: int) -> bytes:
    """The line with one bit of one part turned round; the bit counts from the first of the part."""
    row = json.loads(line)
    data = bytearray(base64.b64decode(row[part]))
    bit %= len(data) * 8
    data[bit // 8] ^= 1 << bit % 8
    row[part] = base64.b64encode(data).decode()
    return json.dumps(row).encode()


# -- bits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["header", "salt", "signature"])
def test_each_single_bit_of_a_payment_is_found(part: str) -> None:
    bits = len(base64.b64decode(json.loads(WHOLE[5])[part])) * 8
    unnoticed = [
        bit for bit in range(bits) if verify_lines([*WHOLE[:5], flipped(WHOLE[5], part, bit), *WHOLE[6:]]).ok
    ]
    assert not unnoticed


@given(st.integers(1, len(WHOLE) - 1), st.sampled_from(PARTS), st.integers(0, 1 << 16))
def test_any_single_bit_of_any_entry_is_found(line: int, part: str, bit: int) -> None:
    changed = [*WHOLE]
    changed[line] = flipped(WHOLE[line], part, bit)
    report = verify_lines(changed)
    assert not report.ok
    assert all(fault.startswith("Line ") for fault in report.faults)


@given(st.integers(0, sum(map(len, WHOLE)) * 8 - 1))
def test_a_bit_of_the_file_is_found_or_means_the_same(bit: int) -> None:
    data = bytearray(b"".join(WHOLE))
    data[bit // 8] ^= 1 << bit % 8
    report = verify_lines(bytes(data).splitlines(keepends=True))
    if report.ok:
        assert (report.entries, report.running_total) == (16, 3236_00)


@pytest.mark.parametrize("line", range(1, len(WHOLE) - 1))
def test_a_line_left_out_is_found(line: int) -> None:
    assert not verify_lines(WHOLE[:line] + WHOLE[line + 1 :]).ok


@pytest.mark.parametrize("line", range(1, len(WHOLE)))
def test_a_line_twice_is_found(line: int) -> None:
    report = verify_lines([*WHOLE, WHOLE[line]])
    assert any("taken by an earlier line" in fault for fault in report.faults)


def test_two_lines_in_the_wrong_order_are_found() -> None:
    assert not verify_lines([*WHOLE[:3], WHOLE[4], WHOLE[3], *WHOLE[5:]]).ok


# -- lies of somebody who has the key --------------------------------------------------------------------


LIES = {
    "another device": (at_number(6, device=act_of(99)), "another device"),
    "a repeated act": (at_number(6, act=act_of(5)), "same act"),
    "a payment without a drawer": (at_number(5, drawer=NOBODY), "no drawer that was opened"),
    "an unknown drawer": (at_number(5, drawer=act_of(77)), "no drawer that was opened"),
    "too small a total": (at_number(5, running_total=1617_00), "grows by 161700"),
    "money without a payment": (at_number(6, running_total=2000_00), "without a payment"),
    "a parent in the middle": (at_number(6, parent=replace(NOWHERE, segment=5, seq=5)), "names a parent"),
    "a second beginning": (at_number(8, parent=NOWHERE), "can only be the first"),
    "a hash of something else": (at_number(6, previous=bytes(32)), "does not follow"),
}


@pytest.mark.parametrize(("change", "words"), LIES.values(), ids=LIES)
def test_a_signed_lie_is_found(change: Callable[[int, Header], Header], words: str) -> None:
    assert any(words in fault for fault in verify_lines(lines(journal(change=change))).faults)


@pytest.mark.parametrize("serial", [1, 3, 5])
def test_a_serial_that_does_not_follow_is_found(serial: int) -> None:
    acts = [*ACTS]
    acts[10] = replace(acts[10], payload=payment(serial))
    report = verify_lines(lines(journal(acts)))
    assert report.faults == [
        f"Line 12, entry fedcba9876543210/4: The receipt serial is {serial}; 2 comes next."
    ]


def test_numbers_go_on_above_a_gap_that_is_told() -> None:
    after = [Act(payment(4191), drawer=DRAWER, money=1618_00, segment=1)]
    drawer = Act(DrawerOpened(DRAWER, "R07", DAY, 0), drawer=DRAWER)
    acts = [ACTS[0], drawer, Act(payment(1), drawer=DRAWER, money=1618_00)]
    opened = Act(replace(ACTS[0].payload, reason="second file missing"), segment=1)
    report = verify_lines(lines(journal([*acts, opened, GAP, *after])))
    assert (report.faults, report.gaps, report.unanchored) == ([], 1, 1)
    assert report.serials == {"receipt": (1, 4191)}
    report = verify_lines(lines(journal([*acts, opened, *after])))
    assert [fault.pattern for fault in report.faults] == ["The {0} serial is {1}; {2} comes next."]
    low = Act(NumberGap(0, 0), segment=1)
    report = verify_lines(lines(journal([*acts, opened, low, *after])))
    assert len(report.faults) == 1, "a gap does not take numbers back"


def test_a_segment_must_be_opened_and_only_at_its_beginning() -> None:
    for acts in (ACTS[1:], (*ACTS[:2], ACTS[0])):
        assert any("opens it" in fault for fault in verify_lines(lines(journal(acts))).faults)


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b"{}", "no whole number serial"),
        (b'{"serial":1}', "no whole number amount"),
        (b'{"serial":1,"amount":161850}', "whole rupees"),
        (b'{"serial":1,"amount":1618.0}', "no whole number amount"),
        (b'{"serial":true,"amount":161800}', "no whole number serial"),
        (b'{"serial":1,"amount":161800,"tenders":[{"amount":161800}],"shares":[]}', "do not add up"),
        (
            b'{"serial":1,"amount":161800,"tenders":[{"amount":161800}],"shares":[7]}',
            "no whole number amount",
        ),
        (b"[]", "not a JSON object"),
        (b"\xff\xfe", "not a JSON object"),
        (b"[" * 60_000, "not a JSON object"),
    ],
)
def test_a_payment_that_is_signed_but_no_payment_is_found(payload: bytes, words: str) -> None:
    entries = journal(ACTS[:5])
    salt = entries[4].salt
    header = replace(entries[4].header, payload_size=len(payload), commitment=commitment(salt, payload))
    report = verify_lines(lines([*entries[:4], sealed(header, payload, salt)]))
    assert any(words in fault for fault in report.faults)


# -- what is lawful ----------------------------------------------------------------------------------------


def test_the_tail_may_be_missing_because_only_the_anchors_can_know() -> None:
    assert verify_lines(WHOLE[:9]).ok


def test_a_counter_without_an_act_yet_is_whole() -> None:
    report = verify_lines(WHOLE[:1])
    assert (report.ok, report.entries) == (True, 0)


def erased(entry: Entry) -> Entry:
    """The entry after a lawful erasure."""
    return replace(entry, payload=b"", salt=b"")


def test_erased_payloads_are_counted_and_the_rest_still_adds_up() -> None:
    report = verify_lines(lines([erased(entry) for entry in journal()]))
    assert (report.faults, report.erased, report.running_total) == ([], 16, 3236_00)
    assert report.serials == {"receipt": (1, 2), "complaint": (1, 1)}


def test_only_payload_or_only_salt_erased_is_found() -> None:
    entries = journal()
    for half in (replace(entries[6], payload=b""), replace(entries[6], salt=b"")):
        assert not verify_lines(lines([*entries[:6], half, *entries[7:]])).ok


def test_an_entry_of_a_newer_program_is_counted_and_not_read() -> None:
    report = verify_lines(lines(journal(change=at_number(12, kind=999, running_total=4000_00))[:12]))
    assert (report.faults, report.unread) == ([], 1)


def test_two_segments_with_one_parent_are_shown_as_a_copy_of_the_data() -> None:
    first = journal(ACTS[:8])
    other = journal((*ACTS[:7], Act(ACTS[0].payload, segment=1)), change=at_number(8, act=act_of(50)))[7]
    moved = sealed(
        replace(other.header, place=replace(other.header.place, segment=99)), other.payload, other.salt
    )
    report = verify_lines(lines([*first, moved]))
    assert (report.faults, report.branches, report.segments) == ([], 1, 3)


# -- hostile files -----------------------------------------------------------------------------------------

HOSTILE = {
    "empty": b"",
    "blank": b"\n\n\n",
    "not text": bytes(range(256)) * 40,
    "not JSON": b"hello\n",
    "a number": b"7\n",
    "deep": b"[" * 100_000,
    "one endless line": b"{" + b" " * (3 * LONGEST_LINE),
    "another format": b'{"format":"something","version":1}\n',
    "a newer version": json.dumps({**FIRST, "version": 2}).encode(),
    "no key": json.dumps({**FIRST, "public_key": ""}).encode(),
    "a key that is a number": json.dumps({**FIRST, "public_key": 7}).encode(),
    "a device that is a list": json.dumps({**FIRST, "device": []}).encode(),
    "another device's key": json.dumps({**FIRST, "device": str(act_of(1))}).encode(),
    "a key of small order": json.dumps({**FIRST, "public_key": "01" + "00" * 31}).encode(),
    "an endless number": b'{"format":' + b"9" * 5000 + b"}",
    "a cut line": b"".join(WHOLE)[:-40],
    "entries that are none": WHOLE[0] + b'{"header":"AAAA","payload":"","salt":"","signature":""}\n',
    "no header": WHOLE[0] + b'{"payload":[],"salt":null}\n',
    "base64 with a tail": WHOLE[0] + WHOLE[1].replace(b'"salt":"', b'"salt":" '),
    "a letter for a bit": WHOLE[0] + b"{}\n" * 500,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gets_sentences(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    file.write_bytes(data)
    report = verify_export(file)
    assert 0 < len(report.faults) <= 60
    assert all(fault[0].isupper() and fault.endswith(".") and len(fault) < 200 for fault in report.faults)


@given(st.binary(max_size=2000))
def test_no_bytes_raise(data: bytes) -> None:
    assert verify_lines(data.splitlines()).faults
    verify_lines([WHOLE[0], *data.splitlines()])


def test_times_outside_the_calendar_do_no_harm() -> None:
    for wall_ms in (-(2**63), 2**63 - 1):
        assert verify_lines(lines(journal(change=at_number(3, wall_ms=wall_ms))[:3])).ok


# -- the command -----------------------------------------------------------------------------------------


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The file alone, run by a Python that knows nothing of the package."""
    command = [sys.executable, "-I", str(Path(verify.__file__)), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)


def test_the_file_alone_is_the_program() -> None:
    done = run(str(GOLDEN))
    assert (done.returncode, done.stderr) == (0, "")
    assert "entries: 16\nsegments: 2\n" in done.stdout
    assert done.stdout.endswith("जर्नल पूरा और सही है। The journal is whole.\n")


def test_for_scripts_it_prints_one_object(tmp_path: Path) -> None:
    file = tmp_path / "cut.jsonl"
    file.write_bytes(b"".join(WHOLE[:5] + WHOLE[6:]))
    done = run(str(file), "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"], told["device"]) == (1, False, DEVICE.hex)
    assert told["faults"]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = run(str(tmp_path / "none"))
    assert done.returncode == 1
    assert "cannot be read" in done.stdout
    assert not done.stderr


def test_every_kind_that_is_written_is_read() -> None:
    assert verify_lines(GOLDEN.read_bytes().splitlines(keepends=True)).unread == 0


def test_segments_that_began_without_a_second_file_are_counted_and_told(tmp_path: Path) -> None:
    opened = SegmentOpened("0.1.0", "3.53.4", "2214", 2, "second file missing")
    export = lines(journal([*ACTS, Act(opened, segment=2), Act(opened, segment=3)]))
    report = verify_lines(export)
    assert (report.faults, report.unanchored, verify_lines(WHOLE).unanchored) == ([], 2, 0)
    file = tmp_path / "export.jsonl"
    file.write_bytes(b"".join(export))
    done = run(str(file))
    assert done.returncode == 0
    assert "Starts without the second file: 2. Was older data put back?\n" in done.stdout
    assert json.loads(run(str(file), "--json").stdout)["unanchored"] == 2


def test_times_are_those_on_the_wall_in_india() -> None:
    assert verify_lines(WHOLE).first_at == "2026-03-12 11:43:09+05:30"
