"""The demo office's files, as its billing system would send them: what ``counter-app import`` takes in."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

from counter_app.demo.billing import Account, Biller
from counter_app.demo.town import consumers
from counter_app.domain.acts import FileKind
from counter_app.domain.bill import Bill, Charge
from counter_app.domain.consumer import Consumer
from counter_app.domain.days import Month
from counter_app.domain.money import RUPEE, Paise
from counter_app.domain.rules import Rules
from counter_app.store.rows import KnownPayment
from counter_app.words import dates

Cells = Sequence[str]

CONSUMERS = (
    "consumer", "name_hi", "name_en", "relation", "relation_hi", "relation_en", "house", "locality_hi",
    "locality_en", "ward", "mobile", "meter", "old_number", "tariff", "purpose", "premises", "load", "phases",
    "feeder", "feeder_hi", "feeder_en", "dtr", "pole", "group", "diary", "supply", "connected_on", "deposit",
)  # fmt: skip
BILLS = (
    "consumer", "bill_number", "month", "bill_date", "due_date", "basis", "tariff", "rates", "meter",
    "previous_date", "previous_reading", "current_date", "current_reading", "factor", "metered_units",
    "assessed_units", *map(str, Charge), "arrear", "arrear_duty", "surcharge", "net", "late_surcharge",
)  # fmt: skip
PAYMENTS = ("consumer", "month", "paid_on", "amount", "channel", "reference", "posted", "reversed")
ASSETS = ("kind", "code", "name_hi", "name_en", "above", "painted")


def dice_of(seed: int) -> Random:
    """Chance by which an office is invented, the same for the same seed; no secret is drawn from it."""
    return Random(seed)  # noqa: S311 - a demo has to come out the same again, which no secure generator does


def accounts(rules: Rules, count: int, today: date, seed: int, office: str = "2214") -> Iterator[Account]:
    """So many invented consumers of an office with their bills and payments, as of a day."""
    dice = dice_of(seed)
    biller = Biller(rules, today, dice)
    return map(biller.account, consumers(count, dice, office))


def write(folder: Path, found: Iterable[Account]) -> dict[FileKind, Path]:
    """Consumers, bills and payments as CSV files in a folder; their paths."""
    paths = {kind: folder / f"{kind}.csv" for kind in (FileKind.CONSUMERS, FileKind.BILLS, FileKind.PAYMENTS)}
    with (
        paths[FileKind.CONSUMERS].open("w", encoding="utf-8-sig", newline="") as people,
        paths[FileKind.BILLS].open("w", encoding="utf-8-sig", newline="") as bills,
        paths[FileKind.PAYMENTS].open("w", encoding="utf-8-sig", newline="") as payments,
    ):
        writers = [csv.writer(file) for file in (people, bills, payments)]
        for writer, names in zip(writers, (CONSUMERS, BILLS, PAYMENTS), strict=True):
            writer.writerow(names)
        for account in found:
            writers[0].writerow(consumer_cells(account.consumer))
            writers[1].writerows(map(bill_cells, account.bills))
            writers[2].writerows(map(payment_cells, account.payments))
    return paths


def consumer_cells(one: Consumer) -> Cells:
    """A consumer under ``CONSUMERS``."""
    special: dict[str, str] = {
        "consumer": one.number,
        "premises": "urban" if one.urban else "rural",
        "connected_on": dates.day(one.connected_on) if one.connected_on else "",
        "deposit": _rupees(one.deposit),
    }
    return [special[name] if name in special else str(getattr(one, name)) for name in CONSUMERS]


def bill_cells(bill: Bill) -> Cells:
    """A bill under ``BILLS``."""
    charged = {line.charge: line.amount for line in bill.charges}
    return [
        bill.consumer, bill.number, dates.month(bill.month), dates.day(bill.issued), dates.day(bill.due),
        bill.basis, bill.tariff, bill.rates, bill.meter,
        dates.day(bill.previous.on), str(bill.previous.value),
        dates.day(bill.current.on), str(bill.current.value),
        str(bill.factor), str(bill.metered), str(bill.assessed),
        *[_rupees(charged.get(charge, 0)) for charge in Charge],
        _rupees(bill.arrear), _rupees(bill.arrear_duty), _rupees(bill.surcharge),
        _rupees(bill.net), _rupees(bill.late_surcharge),
    ]  # fmt: skip


def payment_cells(paid: KnownPayment) -> Cells:
    """A payment under ``PAYMENTS``."""
    return [
        paid.consumer, dates.month(Month.read(paid.month)), dates.day(paid.on), str(paid.amount // RUPEE),
        paid.channel, paid.reference, "yes" if paid.posted else "no", "no",
    ]  # fmt: skip


def asset_cells(found: Sequence[Consumer]) -> Iterator[Cells]:
    """The feeders, transformers and poles that consumers hang on, under ``ASSETS``."""
    feeders = {one.feeder: ("feeder", one.feeder, one.feeder_hi, one.feeder_en, "", "") for one in found}
    # The code of a rural transformer is what is painted on its structure.
    dtrs = {one.dtr: ("dtr", one.dtr, "", "", one.feeder, one.dtr) for one in found}
    poles = {one.pole: ("pole", one.pole, "", "", one.dtr, "") for one in found}
    for assets in (feeders, dtrs, poles):
        yield from (assets[code] for code in sorted(assets))


def _rupees(amount: Paise) -> str:
    whole, part = divmod(abs(amount), RUPEE)
    return f"{'-' if amount < 0 else ''}{whole}.{part:02d}"
