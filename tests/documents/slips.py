"""Facts of complaint slips beyond the plain one: of an outage, above the office."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from counter_app.documents.acknowledgement import SlipFacts
from counter_app.domain.catalogue import Actor
from counter_app.domain.complaint import OutageTold
from counter_app.domain.service_level import Due, Level
from tests.documents.papers import NOON, SUPPLY_OFF, registered, slip_facts


def of_an_outage() -> SlipFacts:
    """A part of an outage, with three levels that act one after the other, a 1912 number and a code."""
    ladder = (
        Due(Level.ZONE, NOON + timedelta(hours=4)), Due(Level.DIVISION, NOON + timedelta(hours=8)),
        Due(Level.CIRCLE, NOON + timedelta(hours=20)),
    )  # fmt: skip
    told = OutageTold(
        complaint=UUID(int=4), at=NOON, cause="33 केवी लाइन का कंडक्टर टूटा, सुधार जारी",
        expected_at=NOON + timedelta(hours=3), by="C2-07",
    )  # fmt: skip
    return slip_facts(
        registered=registered(ladder=ladder), central_number="1912-55-20931", code="482913",
        outage="2214-2-C00311-2MX", told=told,
    )  # fmt: skip


STAFF_CONDUCT = replace(
    SUPPLY_OFF, code="STF-01", key="53", group="other", name_hi="कर्मचारी व्यवहार / फर्जी वसूली",
    name_en="Staff conduct, false collection", priority=5, confidential=True, service="", outage=None,
    actor=Actor("above", "संभाग कार्यालय", "Division office", Level.DIVISION),
)  # fmt: skip


def above() -> SlipFacts:
    """What goes above the office, and is not shown in it."""
    made = registered(type="STF-01", priority=5, due_at=None, note="")
    return slip_facts(registered=made, type=STAFF_CONDUCT, service=None)
