"""Version 21: what was handed over at other counters, and what the bank said of it.

Corrections and settlements heard of are read again. Payments are not, for what the billing side made of them
stands.
"""

from functools import partial

from sqlalchemy.engine import Connection

from counter_app.domain.entry import Entry
from counter_app.domain.payment import PaymentTaken
from counter_app.store.versions.heard import put_taken, read_again

_AGAIN = ("32.1", "35.1")
_REFERRED = ("upi", "other")
_PUT = """
    INSERT OR REPLACE INTO tenders_elsewhere
    SELECT ?1, ?2, ?3, 0, ?4, ?5, ?6 WHERE ?1 NOT IN (SELECT receipt FROM cancelled_elsewhere)"""


def _put_tenders(connection: Connection, entry: Entry, said: PaymentTaken) -> None:
    receipt = f"{said.office}-{said.counter}-{said.serial:06d}"
    for position, one in enumerate(said.tenders):
        if one.kind != "cash":
            reference = one.reference if one.kind in _REFERRED else ""
            values = (receipt, position, entry.header.act.bytes, str(one.kind), one.amount, reference)
            connection.exec_driver_sql(_PUT, values)


STATEMENTS = (
    "ALTER TABLE known_payments ADD COLUMN lost INTEGER NOT NULL DEFAULT 0",
    """CREATE TABLE tenders_elsewhere (
        receipt TEXT NOT NULL, position INTEGER NOT NULL, act BLOB NOT NULL, slip INTEGER NOT NULL,
        kind TEXT NOT NULL, amount INTEGER NOT NULL, reference TEXT NOT NULL,
        PRIMARY KEY (receipt, position)) WITHOUT ROWID, STRICT""",
    "CREATE INDEX tenders_elsewhere_act ON tenders_elsewhere (act)",
    """CREATE INDEX tenders_elsewhere_tail ON tenders_elsewhere (substr(reference, -6))
        WHERE length(reference) >= 6""",
    """CREATE TABLE settled_elsewhere (
        act BLOB NOT NULL, position INTEGER NOT NULL, total INTEGER NOT NULL, "at" INTEGER NOT NULL,
        entry BLOB NOT NULL, outcome TEXT NOT NULL, amount INTEGER NOT NULL, reference TEXT NOT NULL,
        PRIMARY KEY (act, position)) WITHOUT ROWID, STRICT""",
    """CREATE INDEX settled_elsewhere_tail ON settled_elsewhere (substr(reference, -6))
        WHERE length(reference) >= 6""",
    partial(put_taken, put=_put_tenders),
    partial(read_again, kinds=_AGAIN),
)
