"""Version 24: what money of other counters was for, so that nobody takes it twice a day; their receipts and
the work that these left, by consumer.
"""

from sqlalchemy.engine import Connection

from counter_app.domain.entry import Entry
from counter_app.domain.payment import PaymentTaken
from counter_app.store.versions.heard import put_taken

_FOR = "UPDATE receipts_elsewhere SET charge = ? WHERE act = ?"


def _put_charge(connection: Connection, entry: Entry, said: PaymentTaken) -> None:
    if said.charge:
        connection.exec_driver_sql(_FOR, (said.charge, entry.header.act.bytes))


def _put_charges(connection: Connection) -> None:
    put_taken(connection, _put_charge)


STATEMENTS = (
    "ALTER TABLE receipts_elsewhere ADD COLUMN charge TEXT NOT NULL DEFAULT ''",
    _put_charges,
    "CREATE INDEX receipts_elsewhere_consumer ON receipts_elsewhere (consumer)",
    "CREATE INDEX known_tasks_receipt ON known_tasks (receipt)",
)
