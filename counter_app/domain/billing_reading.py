"""The rules by which a bill is made, from their TOML files."""

from collections.abc import Mapping
from typing import NamedTuple

from counter_app.domain import tariff_reading
from counter_app.domain.company_message import CompanyMessage, company_message
from counter_app.domain.rule_reading import read_kind
from counter_app.domain.rule_text import Table
from counter_app.domain.tariff.conditions import Conditions, Deposit, Fppas, Subsidy, Surcharge, TimeOfDay
from counter_app.domain.tariff.rates import Duty, Tariff


class BillingRules(NamedTuple):
    """Each kind in the order of validity."""

    tariffs: tuple[Tariff, ...]
    duties: tuple[Duty, ...]
    surcharges: tuple[Surcharge, ...]
    fppas_rates: tuple[Fppas, ...]
    general: tuple[Conditions, ...]
    times_of_day: tuple[TimeOfDay, ...]
    subsidies: tuple[Subsidy, ...]
    deposits: tuple[Deposit, ...]
    messages: tuple[CompanyMessage, ...]


def billing_rules(files: Mapping[str, str]) -> BillingRules:
    """Read the files, given as name and TOML text. ``RuleFileWrong`` names the file and key at fault."""
    roots = [Table.parse(file, text) for file, text in sorted(files.items())]
    rules = BillingRules(
        tariffs=read_kind("tariff", roots, tariff_reading.tariff),
        duties=read_kind("duty", roots, tariff_reading.duty),
        surcharges=read_kind("surcharge", roots, tariff_reading.surcharge),
        fppas_rates=read_kind("fppas", roots, tariff_reading.fppas),
        general=read_kind("conditions", roots, tariff_reading.conditions),
        times_of_day=read_kind("time_of_day", roots, tariff_reading.time_of_day),
        subsidies=read_kind("subsidy", roots, tariff_reading.subsidy),
        deposits=read_kind("deposit", roots, tariff_reading.deposit),
        messages=read_kind("message", roots, company_message),
    )
    for root in roots:
        root.finish()
    return rules
