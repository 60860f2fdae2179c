"""Consumers and the numbers people bring: N number in every written form, mobiles, the bill's QR link."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Supply(StrEnum):
    """State of a connection."""

    LIVE = "live"
    DISCONNECTED = "disconnected"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Consumer:
    """One connection as the billing system knows it. Text is as delivered; empty means not known.

    ``relation`` is "father" or "husband"; ``load`` is watts; ``deposit`` is paise.
    """

    number: str
    name_hi: str
    name_en: str
    relation: str
    relation_hi: str
    relation_en: str
    house: str
    locality_hi: str
    locality_en: str
    ward: str
    mobile: str
    meter: str
    old_number: str
    tariff: str
    purpose: str
    urban: bool
    load: int
    phases: int
    feeder: str
    feeder_hi: str
    feeder_en: str
    dtr: str
    pole: str
    group: str
    diary: str
    supply: Supply
    connected_on: date | None
    deposit: int
