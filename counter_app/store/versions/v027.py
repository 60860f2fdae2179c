"""Version 27: money that came after all, of a receipt whose refund was asked for before, is work that the
bank's word gives birth to.
"""

from sqlalchemy.engine import Connection

from counter_app.domain.entry import Header

_SAID = """
    SELECT kind, act, header, payload ->> '$.receipt_serial' AS serial, payload ->> '$.position' AS position,
        payload ->> '$.outcome' IN ('failed', 'dishonoured') AS lost, payload ->> '$.amount' AS amount,
        payload ->> '$.consumer' AS consumer
    FROM journal WHERE kind IN (34, 35) ORDER BY id"""
_PUT = "INSERT INTO tasks VALUES (?, 'refund', ?, ?, ?, ?, NULL, '', '')"


def _put_late_money(connection: Connection) -> None:
    asked: set[int] = set()
    lost: set[tuple[int, int]] = set()
    for row in connection.exec_driver_sql(_SAID).all():
        if row.kind == 34:
            asked.add(row.serial)
            continue
        part = row.serial, row.position
        if part in lost and not row.lost and row.serial in asked:
            born_at = Header.unpacked(row.header).wall_ms
            connection.exec_driver_sql(_PUT, (row.act, row.serial, row.consumer, row.amount, born_at))
        (lost.add if row.lost else lost.discard)(part)


STATEMENTS = (_put_late_money,)
