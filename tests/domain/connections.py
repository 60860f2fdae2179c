"""A connection for the tests of the tariff."""

from counter_app.domain.consumer import Consumer, Supply

HOME = Consumer(
    number="N2204518731", name_hi="राधा", name_en="Radha", relation="", relation_hi="", relation_en="",
    house="", locality_hi="", locality_en="", ward="", mobile="", meter="1", old_number="",
    tariff="LV-1.2", purpose="domestic", urban=True, load=2000, phases=1, feeder="", feeder_hi="",
    feeder_en="", dtr="", pole="", group="", diary="", supply=Supply.LIVE, connected_on=None, deposit=0,
)  # fmt: skip
"""A home of 2 kW in a town."""
