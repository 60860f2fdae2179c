"""Papers as they were printed. They grow with the years and are read when somebody asks for one."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table

from counter_app.store.columns import Identity, Instant

ARCHIVE = MetaData()

# The first paper of a kind that a template made: what those after it are compressed against.
paper_forms = Table(
    "paper_forms",
    ARCHIVE,
    Column("id", Integer, primary_key=True),
    Column("paper", String, nullable=False),
    Column("template", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# What went to a printer or into a file, each time it did; ``form`` is empty where it stands alone.
kept_papers = Table(
    "kept_papers",
    ARCHIVE,
    Column("id", Integer, primary_key=True),
    Column("act", Identity, nullable=False),
    Column("job", Identity, nullable=False),
    Column("printed_at", Instant, nullable=False),
    Column("paper", String, nullable=False),
    Column("template", String, nullable=False),
    Column("form", Integer),
    Column("body", LargeBinary, nullable=False),
)
