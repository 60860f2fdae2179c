"""What electricity costs: the charges of a bill and what stands beside them, from dated rules."""

from counter_app.domain.tariff.charges import (
    DAYS_A_MONTH,
    Charges,
    as_temporary,
    billed_days,
    charges,
    duty_exact,
    energy_slabs,
)
from counter_app.domain.tariff.load import Load
from counter_app.domain.tariff.surcharge import late_surcharge, surcharge_exact

__all__ = [
    "DAYS_A_MONTH",
    "Charges",
    "Load",
    "as_temporary",
    "billed_days",
    "charges",
    "duty_exact",
    "energy_slabs",
    "late_surcharge",
    "surcharge_exact",
]
