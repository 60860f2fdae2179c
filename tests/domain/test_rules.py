"""The dated rules: what came with the program, lookups by day, and files with a slip in them."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from counter_app.desk.rules import load_rules
from counter_app.domain.allocation import Head
from counter_app.domain.billing_reading import BillingRules
from counter_app.domain.complaint_reading import ComplaintRules
from counter_app.domain.drawer import Counted, Piece
from counter_app.domain.money_refusals import FaceUnknown
from counter_app.domain.payment import PAPER, TenderKind
from counter_app.domain.refusals import ComplaintTypeUnknown, RuleMissing, TenderOff
from counter_app.domain.rule_reading import read_rules
from counter_app.domain.rule_text import RuleFileWrong
from counter_app.domain.service_level import Level
from counter_app.resources import resource

RULES = load_rules()
TODAY = date(2026, 3, 12)

STAMP = 'name = "A"\nvalid_from = 2024-04-01\nscope = "company"\nsource = "S"\nconfidence = "high"\n'
ORDER = "[[order]]\n" + STAMP + 'heads = ["current_duty", "arrear_duty", "surcharge", "arrear", "current"]\n'
TARIFF = (
    "[[tariff]]\n"
    + STAMP
    + 'category = "LV-1.2"\nstep_units = 15\nslabs = [{ upto = 50, rate = 4 }, { rate = 5 }]\n'
)
GROUP = 'groups = [{ key = "supply", hi = "आपूर्ति", en = "Supply" }]\n'
ACTORS = 'actors = [{ key = "line", hi = "लाइन", en = "Line", level = "zone" }]\n'
QUESTIONS = 'questions = [{ key = "pole", hi = "खंभा", en = "Pole", answer = "text" }]\n'
TYPE = (
    '[[complaints.types]]\ncode = "SUP-04"\nkey = "11"\ngroup = "supply"\n'
    'hi = "बंद"\nen = "Off"\npriority = 3\nacts = "line"\nsource = "S"\n'
)
OUTAGE = "outage_from = 3\noutage_hours = 2\n"
COMPLAINTS = "[[complaints]]\n" + STAMP + OUTAGE + GROUP + ACTORS + QUESTIONS + TYPE
SERVICE = (
    '[[service_levels.services]]\nkey = "fuse_off"\nhi = "फ्यूज"\nen = "Fuse"\nsource = "S"\n'
    'urban = [{ level = "zone", hours = 4 }, { level = "circle", hours = 4 }]\n'
    'rural = [{ level = "zone", hours = 24 }]\n'
)
LEVELS = "[[service_levels]]\n" + STAMP + "claim_days = 30\n" + SERVICE
COUNTING = "[[counting]]\n" + STAMP + "notes = [500, 100]\ncoins = [2, 1]\ntolerance = 0\n"


def all_of(files: dict[str, str]) -> tuple[ComplaintRules, BillingRules]:
    """Read what is read at the start, and what is read later."""
    rules = read_rules(files)
    return rules.complaints, rules.billing


# -- what came with the program -----------------------------------------------------------------------


def test_every_day_of_this_year_has_the_rules_of_the_counter() -> None:
    for days in range(365):
        day = TODAY + timedelta(days=days)
        assert RULES.order(day).ruling.name == "sc-2013-9.10"
        assert RULES.surcharge(day).basis_points_a_month == 125
        assert RULES.duty(day).steps
        assert RULES.catalogue(day).types
        tenders = RULES.tenders_on(day)
        assert {*tenders.taken, *tenders.off} == {*TenderKind}
        assert set(tenders.off) == PAPER
        assert RULES.complete_tariff(day).name == "MPERC 2022-23"


def test_clause_9_10_is_the_order_of_appropriation() -> None:
    assert RULES.order(TODAY).heads == (
        Head.CURRENT_DUTY, Head.ARREAR_DUTY, Head.SURCHARGE, Head.ARREAR, Head.CURRENT,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "name", "complete"),
    [
        (date(2019, 8, 20), "MPERC 2019-20", False), (date(2021, 7, 8), "MPERC 2021-22", True),
        (date(2022, 4, 1), "MPERC 2022-23", True), (date(2023, 4, 1), "MPERC 2023-24", False),
        (date(2025, 4, 7), "MPERC 2024-25", False), (date(2025, 4, 8), "MPERC 2025-26", False),
        (date(2026, 4, 12), "MPERC 2025-26", False),
    ],
)  # fmt: skip
def test_the_order_in_force_is_found_by_day(on: date, name: str, complete: bool) -> None:
    tariff = RULES.tariff(on)
    assert (tariff.name, tariff.complete) == (name, complete)


def test_a_day_without_a_known_order_is_refused() -> None:
    for on in (date(2018, 1, 1), date(2021, 1, 1), date(2026, 4, 13)):
        with pytest.raises(RuleMissing):
            RULES.tariff(on)
    with pytest.raises(RuleMissing):
        RULES.complete_tariff(date(2021, 7, 7))
    with pytest.raises(RuleMissing):
        RULES.tariff(TODAY, "LV-2.2")
    for lookup in (RULES.duty, RULES.surcharge, RULES.order, RULES.tenders_on, RULES.catalogue):
        with pytest.raises(RuleMissing):
            lookup(date(2000, 1, 1))


def test_bills_can_be_made_from_the_latest_complete_order() -> None:
    assert RULES.complete_tariff(date(2022, 3, 31)).name == "MPERC 2021-22"
    assert RULES.complete_tariff(date(2030, 1, 1)).name == "MPERC 2022-23"


def test_a_cheque_is_known_and_not_taken() -> None:
    tenders = RULES.tenders_on(TODAY)
    for kind in (TenderKind.CASH, TenderKind.UPI, TenderKind.CARD, TenderKind.OTHER):
        tenders.demand(kind)
    for kind in (TenderKind.CHEQUE, TenderKind.DRAFT):
        with pytest.raises(TenderOff) as refused:
            tenders.demand(kind)
        assert refused.value.tender == kind
    assert tenders.off == ("cheque", "draft")


def test_a_drawer_is_counted_by_what_is_in_circulation_and_nothing_may_differ() -> None:
    rules = RULES.counting(TODAY)
    assert rules.total([Counted(Piece.NOTE, 500_00, 3), Counted(Piece.COIN, 20_00, 2)]) == 1_540_00
    assert rules.tolerance == 0
    for strange in (Counted(Piece.NOTE, 2000_00, 1), Counted(Piece.COIN, 500_00, 1)):
        with pytest.raises(FaceUnknown):
            rules.total([strange])
    with pytest.raises(RuleMissing):
        RULES.counting(date(2023, 10, 7))


def test_the_catalogue_has_the_keys_of_the_counter() -> None:
    catalogue = RULES.catalogue(TODAY)
    keys = {
        "11": "SUP-04",
        "12": "SUP-01",
        "13": "SUP-05",
        "14": "SUP-03",
        "15": "SUP-06",
        "21": "BIL-02",
        "22": "BIL-01",
        "24": "BIL-05",
        "31": "MTR-02",
        "32": "MTR-01",
        "91": "SAF-02",
        "92": "SAF-03",
    }
    assert {key: catalogue.type(key).code for key in keys} == keys
    assert catalogue.type("SUP-04") is catalogue.type("11")
    for key in ("", "99", "1", "SUP-99", "supply"):
        with pytest.raises(ComplaintTypeUnknown):
            catalogue.type(key)


def test_every_row_of_the_catalogue_is_whole() -> None:
    catalogue = RULES.catalogue(TODAY)
    assert Counter(row.code[:3] for row in catalogue.types) == {
        "SAF": 6, "SUP": 8, "MTR": 5, "BIL": 9, "CON": 6, "THF": 1, "STF": 1, "REQ": 12,
    }  # fmt: skip
    assert [group.key for group in catalogue.groups] == list(
        dict.fromkeys(row.group for row in catalogue.types)
    )
    for row in catalogue.types:
        assert row.dangerous == (row.code[:3] == "SAF") == (row.key[0] == "9")
        assert not (row.dangerous and row.needs_consumer)
        assert row.anonymous == (row.code == "THF-01")
        assert row.confidential == (row.code == "STF-01") == (row.actor.level is not Level.ZONE)
        assert row.source
        assert bool(RULES.service(row, TODAY)) == bool(row.service)
    assert {one.key for one in RULES.levels_on(TODAY).services} == {
        row.service for row in catalogue.types if row.service
    }


def test_what_is_asked_stands_in_the_catalogue() -> None:
    asked = {row.code: [one.key for one in row.questions] for row in RULES.catalogue(TODAY).types}
    assert asked["SAF-02"] == ["pole"]
    assert asked["SUP-02"] == ["dtr", "consumers", "arrears"]
    assert asked["BIL-05"] == ["paid_by", "paid_on", "transaction"]
    assert asked["SUP-04"] == []


# -- files with a slip --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (ORDER.replace("heads", "order"), "order[1].heads"),
        (ORDER + "colour = 1\n", "order[1].colour"),
        ("[[tarif]]\n" + STAMP, "tarif"),
        ("[order]\n" + STAMP, "order"),
        ("[order]\n", "order"),
        (ORDER.replace('"surcharge", ', ""), "order[1].heads"),
        (ORDER.replace('"surcharge"', '"arrear"'), "order[1].heads"),
        (ORDER.replace('"surcharge"', '"advance"'), "order[1].heads"),
        (ORDER.replace('"surcharge"', "3"), "order[1].heads"),
        (ORDER.replace('name = "A"', "name = 7"), "order[1].name"),
        (ORDER.replace('source = "S"', 'source = " "'), "order[1].source"),
        (ORDER.replace('source = "S"\n', ""), "order[1].source"),
        (ORDER.replace('"company"', '"everybody"'), "order[1].scope"),
        (ORDER.replace('"high"', '"low"'), "order[1].confidence"),
        (ORDER.replace("2024-04-01", '"2024-04-01"'), "order[1].valid_from"),
        (ORDER.replace("2024-04-01", "2024-04-01T00:00:00"), "order[1].valid_from"),
        (ORDER + "valid_to = 2024-03-31\n", "order[1].valid_to"),
        (ORDER + ORDER, "order[2].valid_from"),
        (ORDER + ORDER.replace("2024", "2025"), "order[2].valid_from"),
        (TARIFF.replace("rate = 4", "rate = 4.13"), "tariff[1].slabs[1].rate"),
        (TARIFF.replace("rate = 4", "rate = true"), "tariff[1].slabs[1].rate"),
        (TARIFF.replace("rate = 4", "rate = -4"), "tariff[1].slabs[1].rate"),
        (TARIFF.replace("upto = 50, ", ""), "tariff[1].slabs[2].upto"),
        (TARIFF.replace("{ rate = 5 }", "{ upto = 50, rate = 5 }"), "tariff[1].slabs[2].upto"),
        (TARIFF.replace("{ rate = 5 }", "{ upto = 90, rate = 5 }"), "tariff[1].slabs"),
        (TARIFF.replace("slabs = [{ upto = 50, rate = 4 }, { rate = 5 }]", "slabs = []"), "tariff[1].slabs"),
        (TARIFF + "fixed = [{ per = \"W\" }]\n", "tariff[1].fixed[1].per"),
        (TARIFF + "fixed = [{ per = \"kW\", urbane = 1 }]\n", "tariff[1].fixed[1].urbane"),
        (COMPLAINTS + TYPE, "complaints[1].types[2].key"),
        (COMPLAINTS + TYPE.replace("11", "12"), "complaints[1].types[2].code"),
        (COMPLAINTS.replace('key = "11"', 'key = "1"'), "complaints[1].types[1].key"),
        (COMPLAINTS.replace('group = "supply"', 'group = "bill"'), "complaints[1].types[1].group"),
        (COMPLAINTS.replace("priority = 3", "priority = 6"), "complaints[1].types[1].priority"),
        (COMPLAINTS + "urban_hours = 4\n", "complaints[1].types[1].urban_hours"),
        (COMPLAINTS + 'asks = ["house"]\n', "complaints[1].types[1].asks"),
        (COMPLAINTS.replace('acts = "line"', 'acts = "us"'), "complaints[1].types[1].acts"),
        (COMPLAINTS.replace('level = "zone"', 'level = "town"'), "complaints[1].actors[1].level"),
        (COMPLAINTS.replace('answer = "text"', 'answer = "colour"'), "complaints[1].questions[1].answer"),
        (LEVELS + SERVICE, "service_levels[1].services[2].key"),
        (LEVELS.replace("hours = 24", "minutes = 24"), "service_levels[1].services[1].rural[1].hours"),
        (LEVELS.replace('"circle"', '"zone"'), "service_levels[1].services[1].urban"),
        (LEVELS.replace("rural", "village"), "service_levels[1].services[1].rural"),
        (LEVELS + "same_day = true\n", "service_levels[1].services[1].urban"),
        (LEVELS + "compensation = 10000\n", "service_levels[1].services[1].per"),
        (LEVELS.replace("claim_days = 30\n", ""), "service_levels[1].claim_days"),
        (COMPLAINTS.replace(GROUP, GROUP.replace("}]", "}, { key = \"supply\", hi = \"अ\", en = \"B\" }]")),
         "complaints[1].groups"),
        (COUNTING.replace("500, 100", "100, 500"), "counting[1].notes"),
        (COUNTING.replace("[2, 1]", "[2, 0]"), "counting[1].coins"),
        (COUNTING.replace("[2, 1]", "[2.5, 1]"), "counting[1].coins"),
        (COUNTING.replace("tolerance = 0", "tolerance = -1"), "counting[1].tolerance"),
        (COUNTING.replace("tolerance = 0\n", ""), "counting[1].tolerance"),
    ],
)  # fmt: skip
def test_a_slip_is_named_by_file_and_key(text: str, key: str) -> None:
    with pytest.raises(RuleFileWrong) as wrong:
        all_of({"a.toml": text})
    assert (wrong.value.file, wrong.value.key) == ("a.toml", key)
    assert str(wrong.value).startswith(f"a.toml: {key}: ")


def test_what_is_no_toml_is_named_by_its_file() -> None:
    with pytest.raises(RuleFileWrong) as wrong:
        all_of({"a.toml": "name = "})
    assert (wrong.value.file, wrong.value.key) == ("a.toml", "")


def test_an_overlap_between_two_files_is_found() -> None:
    with pytest.raises(RuleFileWrong, match=r"b\.toml: order\[1\]\.valid_from: overlaps with A"):
        read_rules({"a.toml": ORDER, "b.toml": ORDER.replace("2024", "2025")})


def test_rules_that_follow_one_another_do_not_overlap() -> None:
    text = ORDER + "valid_to = 2025-03-31\n" + ORDER.replace("2024", "2025").replace('"A"', '"B"')
    rules = read_rules({"a.toml": text})
    assert rules.order(date(2025, 3, 31)).ruling.name == "A"
    assert rules.order(date(2025, 4, 1)).ruling.name == "B"


def test_categories_stand_beside_one_another() -> None:
    rules = read_rules({"a.toml": TARIFF, "b.toml": TARIFF.replace("LV-1.2", "LV-2.1")})
    assert {rules.tariff(TODAY, category).category for category in ("LV-1.2", "LV-2.1")} == {
        "LV-1.2",
        "LV-2.1",
    }


def test_every_file_that_came_along_is_read() -> None:
    assert {path.suffix for path in Path(resource("rules")).iterdir()} == {".toml"}


def test_a_service_without_a_level_is_found() -> None:
    with pytest.raises(RuleFileWrong, match="SUP-04: names the service fuse_off"):
        all_of({"a.toml": COMPLAINTS + 'service = "fuse_off"\n'})
    complaints, _ = all_of({"a.toml": COMPLAINTS + 'service = "fuse_off"\n', "b.toml": LEVELS})
    assert complaints.catalogues
