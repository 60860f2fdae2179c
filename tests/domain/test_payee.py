"""Whom a UPI app pays: by dated rule alone, and the link that it reads."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from counter_app.desk.rules import load_rules
from counter_app.domain.rule_reading import read_rules
from counter_app.domain.rule_text import RuleFileWrong

RULE = (
    '[[payee]]\nname = "Circular 7"\nvalid_from = 2026-03-01\nscope = "company"\nsource = "S"\n'
    'confidence = "medium"\naddress = "bills@examplebank"\npayee = "Navgram Vidyut & Co"\n'
)


def test_nobody_is_paid_by_upi_until_the_company_names_an_address() -> None:
    assert load_rules().payee(date(2026, 3, 12)) is None


def test_the_rule_holds_from_its_day_on() -> None:
    rules = read_rules({"payee.toml": RULE})
    assert rules.payee(date(2026, 2, 28)) is None
    payee = rules.payee(date(2026, 3, 1))
    assert payee is not None
    assert (payee.address, payee.name, payee.category) == ("bills@examplebank", "Navgram Vidyut & Co", "")


def test_the_link_is_what_upi_apps_read() -> None:
    payee = read_rules({"payee.toml": RULE + 'category = "4900"\n'}).payee(date(2026, 3, 1))
    assert payee is not None
    link = payee.link("2214-2 D1B2214022601873" + "9" * 30, 1495_05, "Bill N2204518731 FEB-2026")
    assert link.startswith(
        "upi://pay?pa=bills%40examplebank&pn=Navgram%20Vidyut%20%26%20Co&mc=4900&tr=22142D1B"
    )
    assert "+" not in link
    asked = {key: value for key, (value,) in parse_qs(urlsplit(link).query, strict_parsing=True).items()}
    assert asked["am"] == "1495.05"
    assert asked["tn"] == "Bill N2204518731 FEB-2026"
    assert len(asked["tr"]) == 35
    assert asked["cu"] == "INR"


def test_what_is_empty_is_left_out() -> None:
    payee = read_rules({"payee.toml": RULE}).payee(date(2026, 3, 1))
    assert payee is not None
    assert "mc=" not in payee.link("A1", 100, "x")


@pytest.mark.parametrize(
    "line",
    ['address = "no address"', 'address = "a@b@c"', 'payee = "मप्र"', 'category = "49"', 'rate = "x"'],
)
def test_a_slip_in_the_file_is_found(line: str) -> None:
    key = line.split(" ")[0]
    text = "".join(row + "\n" for row in RULE.splitlines() if not row.startswith(key)) + line + "\n"
    with pytest.raises(RuleFileWrong):
        read_rules({"payee.toml": text})
