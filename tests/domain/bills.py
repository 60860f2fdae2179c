"""Bills for the tests of the domain."""

from dataclasses import replace
from datetime import date

from counter_app.domain.bill import Bill, Charge, ChargeLine, Reading
from counter_app.domain.days import Month

PLAIN = Bill(
    number="221402260187",
    consumer="N2204518731",
    month=Month(2026, 2),
    issued=date(2026, 3, 3),
    due=date(2026, 3, 18),
    basis="NORMAL",
    tariff="LV-1.2",
    rates="MPERC 2022-23",
    meter="4471902",
    previous=Reading(date(2026, 2, 1), 1000),
    current=Reading(date(2026, 3, 1), 1200),
    factor=1,
    metered=200,
    assessed=0,
    charges=(
        ChargeLine(Charge.ENERGY, 1103_00),
        ChargeLine(Charge.FIXED, 392_00),
        ChargeLine(Charge.DUTY, 118_00),
    ),
    slabs=(),
    fixed_steps=(14, 28_00),
    arrear=0,
    arrear_duty=0,
    surcharge=0,
    net=1613_00,
    late_surcharge=20_00,
)


def bill(**changed: object) -> Bill:
    """The plain bill of ₹1,613 with some fields changed."""
    return replace(PLAIN, **changed)  # type: ignore[arg-type]
