"""What a complaint slip says of 1912, of whom it goes to, of what may be claimed, and where it is signed."""

from dataclasses import replace
from uuid import UUID

from counter_app.documents.acknowledgement import slip
from counter_app.documents.page import Box, Document
from counter_app.domain.complaint import CompensationClaimed
from tests.documents.looking import texts, words_of
from tests.documents.papers import FUSE_OFF, NOON, SUPPLY_OFF, danger, slip_facts
from tests.documents.slips import above
from tests.documents.test_what_papers_say import white_on_black


def test_danger_that_1912_has_is_said_to_be_there() -> None:
    document = slip(replace(danger(), central_number="1912-55-20931"))
    assert "जान का खतरा: 1912 पर नीचे के नंबर से दर्ज है।" in white_on_black(document)
    assert "telephone" not in words_of(document)
    assert "1912-55-20931" in words_of(document)


def test_nobody_is_asked_to_telephone_about_danger_that_is_over() -> None:
    assert "telephone 1912 now" in words_of(slip(danger()))
    assert "telephone" not in words_of(slip(replace(danger(), over=True)))


def test_without_a_line_the_slip_of_a_supply_that_is_off_says_that_1912_is_to_be_telephoned() -> None:
    asks = "There is no line to the centre now: telephone 1912 as well."
    bill = replace(SUPPLY_OFF, group="bill")
    known = slip_facts(linked=False, central_number="1912-55-20931")
    for facts, asked in (
        (slip_facts(linked=False), True), (slip_facts(), False), (known, False),
        (slip_facts(type=bill, linked=False), False), (slip_facts(linked=False, over=True), False),
    ):  # fmt: skip
        assert (asks in " ".join(words_of(slip(facts)).split())) is asked


def test_the_head_of_a_slip_of_danger_stands_in_a_thick_red_frame() -> None:
    def thick(document: Document) -> list[Box]:
        return [item for item in document.sheets[0].items if isinstance(item, Box) and item.stroke >= 1]

    (frame,) = thick(slip(danger()))
    assert frame.red
    inside = [item.text for item in texts(slip(danger()).sheets[0]) if item.y < frame.y + frame.height]
    assert inside[-1] == "शिकायत पावती · COMPLAINT SLIP"
    assert not thick(slip(slip_facts()))


def test_the_slip_of_what_goes_above_says_where_to_ask_and_gives_no_code() -> None:
    said = words_of(slip(above()))
    assert "संभाग कार्यालय के पास जाती है" in said
    assert "It goes to Division office." in said
    for never in ("Tell this number", "Code to close", "signature"):
        assert never not in said


def test_compensation_says_what_must_be_so() -> None:
    said = " ".join(words_of(slip(slip_facts(claim_days=30))).split())
    assert "Only with all bills paid, and within 30 days of the end of the delay." in said
    once = " ".join(words_of(slip(slip_facts(claim_days=30, service=replace(FUSE_OFF, once=True)))).split())
    assert "within 30 days of that." in once


def test_what_was_claimed_stands_on_the_copy_instead_of_what_may_be() -> None:
    made = CompensationClaimed(UUID(int=4), 300_00, NOON, NOON, NOON, "C2-07")
    said = " ".join(words_of(slip(slip_facts(claim=made, copy=2, reason="दूसरी"))).split())
    assert "Compensation of ₹300 was claimed on 12/03/2026" in said
    assert "what it allows comes in a bill" in said
    assert "may be claimed" not in said


def test_a_slip_that_a_signature_closes_has_a_line_for_it() -> None:
    assert "काम हुआ: दिनांक, उपभोक्ता के हस्ताक्षर" in words_of(slip(slip_facts(code="482913")))
    nobody = replace(SUPPLY_OFF, anonymous=True)
    assert "हस्ताक्षर" not in words_of(slip(slip_facts(type=nobody)))
