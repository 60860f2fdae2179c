"""Version 13: receipts of other counters that count for another consumer; moves heard of are read again."""

from functools import partial

from counter_app.store.versions.heard import read_again

_PAYMENT_MOVED = "33.1"

STATEMENTS = (
    """CREATE TABLE moved_elsewhere (
        receipt TEXT NOT NULL PRIMARY KEY, slip INTEGER NOT NULL, consumer INTEGER NOT NULL,
        month TEXT NOT NULL) WITHOUT ROWID, STRICT""",
    partial(read_again, kinds=(_PAYMENT_MOVED,)),
)
