"""Version 27: money that came after all, of a receipt whose refund was asked for before, is work that the
bank's word gives birth to; since when it was lost is known.
"""

from sqlalchemy.engine import Connection

from counter_app.domain.entry import Header

_SAID = """
    SELECT kind, act, header, payload ->> '$.receipt_serial' AS serial, payload ->> '$.position' AS position,
        payload ->> '$.outcome' IN ('failed', 'dishonoured') AS lost, payload ->> '$.amount' AS amount,
        payload ->> '$.consumer' AS consumer
    FROM journal WHERE kind IN (34, 35) ORDER BY id"""
_PUT = "INSERT INTO tasks VALUES (?, 'refund', ?, ?, ?, ?, NULL, '', '', ?)"
_LOST = "UPDATE tenders SET lost_at = ? WHERE payment = ? AND position = ?"


def _put_late_money(connection: Connection) -> None:
    asked: set[int] = set()
    lost: dict[tuple[int, int], int] = {}
    for row in connection.exec_driver_sql(_SAID).all():
        if row.kind == 34:
            asked.add(row.serial)
            continue
        part, said_at = (row.serial, row.position), Header.unpacked(row.header).wall_ms
        if row.lost:
            lost.setdefault(part, said_at)
        elif (lost_at := lost.pop(part, None)) is not None and row.serial in asked:
            about = row.act, row.serial, row.consumer, row.amount, said_at, lost_at
            connection.exec_driver_sql(_PUT, about)
    for (payment, position), lost_at in lost.items():
        connection.exec_driver_sql(_LOST, (lost_at, payment, position))


STATEMENTS = (
    "ALTER TABLE tenders ADD COLUMN lost_at INTEGER",
    "ALTER TABLE tasks ADD COLUMN lost_at INTEGER",
    _put_late_money,
)
