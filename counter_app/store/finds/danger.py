"""Danger about which nobody was telephoned: what must not be forgotten when a question was put off."""

import json
from collections.abc import Collection
from uuid import UUID

from sqlalchemy.engine import Connection

from counter_app.store.finds.complaints import complaints_at
from counter_app.store.rows import ComplaintRow

# An erased call stays a call: its kind is known without its payload. Whoever is on site knows of it. What was
# handed over is for both offices to telephone about: the other may not be there, its code mistyped.
_NOT_CALLED = """
    SELECT act FROM complaint_states s
    WHERE open AND priority = 1 AND done_at IS NULL AND stage <> 'on_site' AND NOT part
        AND type NOT IN (SELECT value FROM json_each(?1))
        AND ?2 IN (office, holder)
        AND NOT EXISTS (SELECT 1 FROM complaint_events e JOIN journal j USING (act)
            WHERE e.complaint = s.act AND j.kind = 46)
        AND NOT EXISTS (SELECT 1 FROM known_events k WHERE k.complaint = s.act AND k.kind = 46)
    ORDER BY registered_at, act LIMIT ?3"""


def not_called(
    connection: Connection, hidden: Collection[str], office: str, most: int
) -> tuple[ComplaintRow, ...]:
    """Open danger that an office took or has and about which no call is recorded, the oldest first."""
    asked = json.dumps(list(hidden)), office, most
    found = connection.exec_driver_sql(_NOT_CALLED, asked).scalars()
    rows = complaints_at(connection, [UUID(bytes=act) for act in found])
    return tuple(sorted(rows, key=lambda row: (row.registered.registered_at, row.act)))
