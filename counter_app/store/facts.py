"""Single facts about the office and this installation, as bytes under a name."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.store.tables import office_facts

OFFICE = "office"
DUES_AS_OF = "dues_as_of"
PUBLIC_KEY = "public_key"
WAYS = "ways"
LANGUAGE = "language"
LARGE_PRINT = "large_print"
HALF_RECEIPTS = "half_receipts"
CENTRE = "centre"
CENTRE_NAMED = "centre_named"
FEED_EPOCH = "feed_epoch"
FEED_READ = "feed_read"
SNAPSHOT = "snapshot"
SNAPSHOT_CHUNK = "snapshot_chunk"
CARRIED = "carried"
CLOCK_OFFSET = "clock_offset"
CENTRE_TIME = "centre_time"
FOLDED = "complaints_folded"
BACKUP_PLACES = "backup_places"
SEALED_KEYS = "sealed_keys"
DRILLS = "drills"


def fact(connection: Connection, name: str) -> bytes | None:
    """What is known under a name."""
    return connection.execute(select(office_facts.c.body).where(office_facts.c.name == name)).scalar()


def put_fact(connection: Connection, name: str, body: bytes) -> None:
    """Set what is known under a name."""
    put = insert(office_facts).values(name=name, body=body)
    connection.execute(put.on_conflict_do_update(index_elements=["name"], set_={"body": body}))


def drop_fact(connection: Connection, name: str) -> None:
    """Know nothing under a name any more."""
    connection.execute(delete(office_facts).where(office_facts.c.name == name))
