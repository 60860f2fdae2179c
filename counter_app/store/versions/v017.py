"""Version 17: what others did of waiting work is read again; money that nobody confirmed, by what it was.

Version 10 took tasks done ("36.1") for read when no program put those of others into rows yet, and version
13, which has moves read again, is handed out without them. The task about money that nobody confirmed had the
amount of the whole receipt; it is that of the tenders which still waited when somebody had asked.
"""

import json
from functools import partial
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.store.versions.heard import read_again

_TASK_DONE = "36.1"
_PAID, _CORRECTED, _SETTLED = 30, 32, 35
_LATE = "pending late"
_ABOUT = """
    SELECT kind, act, payload FROM journal WHERE length(payload) > 0 AND (kind IN (32, 35, 36)
        OR act IN (SELECT "of" FROM tasks WHERE task = ?)) ORDER BY id"""


def _what_waited(connection: Connection) -> None:
    """The tenders of a receipt by their positions: those of a correction follow those before it."""
    waits: dict[str, dict[int, int]] = {}
    positions: dict[str, int] = {}
    for kind, act, payload in connection.exec_driver_sql(_ABOUT, (_LATE,)).all():
        said = json.loads(payload)
        receipt = str(UUID(bytes=act)) if kind == _PAID else said.get("receipt", said.get("of"))
        if kind in (_PAID, _CORRECTED):
            first = positions.get(receipt, 0)
            positions[receipt] = first + len(said["tenders"])
            given = enumerate(said["tenders"], first)
            waits[receipt] = {place: one["amount"] for place, one in given if not one["confirmed"]}
        elif kind == _SETTLED:
            waits.get(receipt, {}).pop(said["position"], None)
        elif said["task"] == _LATE and receipt in waits:
            put = 'UPDATE tasks SET amount = ? WHERE "of" = ? AND task = ?'
            connection.exec_driver_sql(put, (sum(waits[receipt].values()), UUID(receipt).bytes, _LATE))


STATEMENTS = (partial(read_again, kinds=(_TASK_DONE,)), _what_waited)
