"""What this counter itself recorded about money, a restore has lost, and the office's feed tells of."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy.engine import Connection

from counter_app.domain.entry import EntryDamaged, Header, Kind, header_hash
from counter_app.store.finds.undone_elsewhere import BEGUN_AGAIN
from counter_app.wire.payloads import Payload, PayloadDamaged, PayloadUnknown, decode

_BEGUN = "SELECT j.id, j.header FROM $begun_again ORDER BY j.id".replace("$begun_again", BEGUN_AGAIN)
# Bytes 6 and 7 of a header are the kind, 104 to 119 the device (docs/journal.md). Only where a copy was put
# back is anything of the own device among the entries of others: elsewhere these are not looked through.
_LOST = """
    SELECT header, payload FROM foreign_entries
    WHERE hex(substr(header, 7, 2)) IN (SELECT value FROM json_each(?)) AND length(payload) > 0
        AND substr(header, 105, 16) = (
            SELECT substr(header, 105, 16) FROM journal ORDER BY id DESC LIMIT 1)"""

UNDOING = (Kind.PAYMENT_CANCELLED, Kind.TENDERS_CORRECTED, Kind.PAYMENT_MOVED, Kind.REFUND_ASKED)
"""What is done about receipts, with slips of its own."""


class Lost(NamedTuple):
    """An entry that is in this counter's journal no more; ``place``: where the journal goes on behind it."""

    header: Header
    payload: Payload
    hash: bytes
    place: int


def lost(connection: Connection, *kinds: Kind) -> Iterator[Lost]:
    """Those of some kinds, in no order; one that cannot be read is left out."""
    begun = connection.exec_driver_sql(_BEGUN).all()
    if not begun:
        return
    restores = [(place, Header.unpacked(packed).wall_ms) for place, packed in begun]
    named = "[" + ", ".join(f'"{int(kind):04X}"' for kind in kinds) + "]"
    for packed, body in connection.exec_driver_sql(_LOST, (named,)):
        try:
            header = Header.unpacked(packed)
            place = next((one for one, wall_ms in restores if wall_ms >= header.wall_ms), restores[-1][0])
            yield Lost(header, decode(header.kind, header.kind_version, body), header_hash(packed), place)
        except (EntryDamaged, PayloadUnknown, PayloadDamaged):
            continue
