"""Version 26: the bank's words about one tender, own ones and those that the feed tells, are set against each
other by when they were recorded; what clones gave out under one slip number holds alike everywhere.

The bank's words, corrections and moves that were heard of are read again.
"""

from functools import partial

from sqlalchemy.engine import Connection

from counter_app.domain.entry import Header, header_hash
from counter_app.store.projected import word_age
from counter_app.store.versions.heard import read_again

_AGAIN = ("32.1", "33.1", "35.1")
_WORDS = """
    SELECT act, header, payload ->> '$.receipt_serial' AS payment, payload ->> '$.position' AS position
    FROM journal WHERE kind = 35 ORDER BY id"""
_SAY = "UPDATE tenders SET settled_word = ?, settled_age = ? WHERE payment = ? AND position = ?"
# A correction takes the word along to the same tender at its new place.
_UNSAID = """
    SELECT t.payment, t.position, b.settled_word, b.settled_age FROM tenders t JOIN tenders b ON
        b.payment = t.payment AND b.position < t.position AND b.kind = t.kind AND b.amount = t.amount
        AND b.reference = t.reference AND b.approval = t.approval AND b.bank = t.bank
        AND b.settled_as = t.settled_as AND b.settled_on = t.settled_on
    WHERE t.settled_as <> '' AND t.settled_word IS NULL AND b.settled_word IS NOT NULL
    ORDER BY t.payment, t.position, b.position DESC LIMIT 1"""


def _say_again(connection: Connection) -> None:
    for row in connection.exec_driver_sql(_WORDS).all():
        age = word_age(Header.unpacked(row.header), header_hash(row.header))
        connection.exec_driver_sql(_SAY, (row.act, age, row.payment, row.position))
    while copied := connection.exec_driver_sql(_UNSAID).first():
        said = copied.settled_word, copied.settled_age
        connection.exec_driver_sql(_SAY, (*said, copied.payment, copied.position))


STATEMENTS = (
    "ALTER TABLE tenders ADD COLUMN settled_word BLOB",
    "ALTER TABLE tenders ADD COLUMN settled_age BLOB",
    _say_again,
    "DROP TABLE settled_elsewhere",
    """CREATE TABLE settled_elsewhere (
        act BLOB NOT NULL, position INTEGER NOT NULL, age BLOB NOT NULL, word BLOB NOT NULL,
        outcome TEXT NOT NULL, amount INTEGER NOT NULL, reference TEXT NOT NULL,
        PRIMARY KEY (act, position)) WITHOUT ROWID, STRICT""",
    """CREATE INDEX settled_elsewhere_tail ON settled_elsewhere (substr(reference, -6))
        WHERE length(reference) >= 6""",
    "ALTER TABLE corrections_elsewhere ADD COLUMN entry BLOB NOT NULL DEFAULT x''",
    "ALTER TABLE moved_elsewhere ADD COLUMN entry BLOB NOT NULL DEFAULT x''",
    "CREATE INDEX moved_elsewhere_consumer ON moved_elsewhere (consumer)",
    partial(read_again, kinds=_AGAIN),
)
