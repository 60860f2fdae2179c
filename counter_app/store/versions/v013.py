"""Version 13: receipts of other counters that count for another consumer; moves heard of are read again."""

import msgspec
from sqlalchemy.engine import Connection

_PAYMENT_MOVED = "33.1"


def _read_again(connection: Connection) -> None:
    asked = "SELECT body FROM office_facts WHERE name = 'feed_read'"
    read = msgspec.json.decode(connection.exec_driver_sql(asked).scalar() or b"[]", type=list[str])
    put = "UPDATE office_facts SET body = ? WHERE name = 'feed_read'"
    connection.exec_driver_sql(put, (msgspec.json.encode([one for one in read if one != _PAYMENT_MOVED]),))


STATEMENTS = (
    """CREATE TABLE moved_elsewhere (
        receipt TEXT NOT NULL PRIMARY KEY, slip INTEGER NOT NULL, consumer INTEGER NOT NULL,
        month TEXT NOT NULL) WITHOUT ROWID, STRICT""",
    _read_again,
)
