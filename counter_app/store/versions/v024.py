"""Version 24: what money of other counters was for, so that nobody takes it twice a day; their receipts and
the work that these left, by consumer.
"""

from functools import partial

from sqlalchemy.engine import Connection

from counter_app.domain.entry import Entry
from counter_app.domain.payment import PaymentTaken
from counter_app.store.versions.heard import put_taken

_FOR = "UPDATE receipts_elsewhere SET charge = ? WHERE act = ?"


def _put_charge(connection: Connection, entry: Entry, said: PaymentTaken) -> None:
    if said.charge:
        connection.exec_driver_sql(_FOR, (said.charge, entry.header.act.bytes))


STATEMENTS = (
    "ALTER TABLE receipts_elsewhere ADD COLUMN charge TEXT NOT NULL DEFAULT ''",
    partial(put_taken, put=_put_charge),
    "CREATE INDEX receipts_elsewhere_consumer ON receipts_elsewhere (consumer)",
    "CREATE INDEX known_tasks_receipt ON known_tasks (receipt)",
)
