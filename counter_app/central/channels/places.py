"""Where on the network a complaint is, as answered and as the office's list of lines knows it."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from sqlalchemy import select

from counter_app.central.database import Transaction, among
from counter_app.central.tables import known
from counter_app.domain.acts import FileKind
from counter_app.domain.consumer import Consumer
from counter_app.domain.network import Asset

_ABOVE = {"pole": "dtr", "dtr": "feeder"}
_ASSETS = select(known.c.body).where(known.c.kind == str(FileKind.ASSETS), among(known.c.key, "keys"))


class Place(NamedTuple):
    """Codes of the lists, or what was said where they do not know it."""

    dtr: str
    feeder: str
    pole: str


def placed(
    transaction: Transaction, office: str, consumer: Consumer | None, said: Mapping[str, str]
) -> Place:
    """As answered; what hangs on it by the lists; else as of the consumer."""
    found: dict[str, str] = {}
    for kind in ("pole", "dtr", "feeder"):  # a pole names its transformer, a transformer its feeder
        code = said.get(kind, "") or found.get(kind, "")
        if code:
            found[kind] = code
            asset = _asset(transaction, office, kind, code) if kind in _ABOVE else None
            if asset is not None:
                found[kind] = asset.code
                found.setdefault(_ABOVE[kind], asset.above)
    if consumer is not None:
        found = {"dtr": consumer.dtr, "feeder": consumer.feeder} | {k: v for k, v in found.items() if v}
    return Place(found.get("dtr", ""), found.get("feeder", ""), found.get("pole", ""))


def _asset(transaction: Transaction, office: str, kind: str, code: str) -> Asset | None:
    keys = [f"{office} {kind} {one}" for one in {code, code.upper()}]
    for (body,) in transaction.rows(_ASSETS, {"keys": keys}):
        return msgspec.json.decode(body, type=Asset)
    return None
