"""What the papers of a closed drawer say, and the slips of cash that moved."""

from dataclasses import replace

from counter_app.documents.cash_slip import cash_slip
from counter_app.documents.day_papers import ClosingFacts
from counter_app.documents.day_report import day_report
from counter_app.documents.page import Sheet
from tests.documents.looking import texts, words_of
from tests.documents.papers import Z, closing_facts, longest_closing, move_facts, taken_over

WIDE = 210.0


def said_on(facts: ClosingFacts) -> list[str]:
    """What each sheet says, in the order in which they print."""
    document = day_report(facts)
    return [words_of(replace(document, sheets=(sheet,))) for sheet in document.sheets]


def sizes(facts: ClosingFacts) -> list[tuple[float, bool]]:
    """How wide each sheet is, and whether it is half an A4."""
    return [(sheet.width, sheet.height == 148.0) for sheet in day_report(facts).sheets]


def bold(sheet: Sheet) -> set[str]:
    return {item.text for item in texts(sheet) if item.bold}


def test_the_z_report_says_what_was_expected_counted_and_agreed() -> None:
    said = said_on(closing_facts())[0]
    for part in (
        "2214-2-Z00012-4KD", "004101 – 004187", "₹46,280", "₹46,010", "−₹270", "₹1,18,42,551", "₹84,310",
        "UPI की रसीद नकद लिखी गई, रसीद 004171", "अजय चौहान (S01)", "₹2,000", "₹44,010", "₹50 का एक नोट फटा",
    ):  # fmt: skip
        assert part in said, part


def test_what_became_of_sealed_days_stands_apart() -> None:
    said = said_on(closing_facts())[0]
    assert "Carried from sealed days" in said
    for part in ("2214-2-004071", "₹618", "2214-2-004066", "₹1,275", "₹28,400"):
        assert part in said
    assert "Carried" not in said_on(closing_facts(replace(Z, carried=())))[0]


def test_with_the_cash_go_notes_and_coins_the_bank_s_slip_and_the_certificate() -> None:
    assert sizes(closing_facts()) == [(80.0, False), (80.0, False), (WIDE, True), (WIDE, False)]
    _, notes, bank, certificate = said_on(closing_facts())
    assert "₹29,000" in notes
    assert "₹44,010" in bank
    assert "₹46,010" not in bank
    for part in ("₹46,280", "₹46,010", "₹44,010", "रेखा पटेल (C2-07)", "अजय चौहान (S01)"):
        assert part in certificate


def test_pieces_stand_on_the_bank_s_slip_only_when_all_of_them_go_there() -> None:
    assert "₹29,000" not in said_on(closing_facts())[2]
    assert "₹29,000" in said_on(closing_facts(replace(Z, kept=0)))[2]


def test_what_a_colleague_takes_over_or_stays_needs_no_bank() -> None:
    for report in (replace(Z, handed_to="M11", kept=0), replace(Z, kept=Z.counted)):
        facts = closing_facts(report, receiver_name="महेश वर्मा")
        assert [wide for wide, _ in sizes(facts)] == [80.0, 80.0, WIDE]


def test_a_copy_of_them_never_passes_for_the_original_and_a_specimen_says_so() -> None:
    facts = replace(longest_closing(), report=Z)
    for said in said_on(facts):
        assert "COPY 3, NOT THE ORIGINAL" in said
        assert "SPECIMEN" in said
    for said in said_on(closing_facts()):
        assert "NOT THE ORIGINAL" not in said
        assert "SPECIMEN" not in said


def test_a_slip_says_which_way_how_much_and_who_agreed() -> None:
    document = cash_slip(move_facts())
    said = words_of(document)
    for part in ("2214-2-M00007-0QX", "₹15,000", "अजय चौहान (S01)", "रेखा पटेल (C2-07)"):
        assert part in said
    assert any("₹15,000" in text for text in bold(document.sheets[0]))


def test_a_handover_s_slip_shows_both_sums_and_the_difference() -> None:
    said = words_of(cash_slip(taken_over()))
    for part in ("2214-2-Z00012-4KD", "₹46,010", "₹45,980", "−₹30", "महेश वर्मा (M11)"):
        assert part in said
