"""Papers as they were printed, kept small: what a paper shares with the first of its kind is kept once.

A complaint's slip stands alone, so that a lawful erasing takes all of it.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.engine import Connection

from counter_app import __version__
from counter_app.domain.acts import Paper
from counter_app.domain.refusals import StoreDamaged
from counter_app.store.page import Page
from counter_app.store.tables import complaint_states, kept_papers, paper_forms, paper_jobs
from counter_app.wire.squeeze import SqueezeDamaged, deflated, inflated

_WINDOW = 1 << 15
"""How far deflate looks back, in bytes."""


class KeptPaper(NamedTuple):
    """A paper as it went out: for which job, when, by the templates of which program, and its bytes."""

    job: UUID
    printed_at: datetime
    paper: Paper
    template: str
    body: bytes


def keep(page: Page, act: UUID, job: UUID, paper: Paper, body: bytes, at: datetime) -> None:
    """Keep what goes out now; ``act`` is that of the entry that says so."""
    form, phrases = (None, b"") if paper is Paper.SLIP else _form(page.connection, paper, body)
    kept = {
        "act": act, "job": job, "printed_at": at, "paper": str(paper), "template": __version__, "form": form,
        "body": deflated(body, phrases),
    }  # fmt: skip
    page.connection.execute(kept_papers.insert(), kept)


def kept(connection: Connection, job: UUID) -> tuple[KeptPaper, ...]:
    """All that went out for a job, the first first."""
    return tuple(_kept(connection, kept_papers.c.job == job))


def kept_between(
    connection: Connection, since: datetime, until: datetime, hidden: Collection[str]
) -> tuple[KeptPaper, ...]:
    """All that went out from an instant on and before another, the first first; no ``hidden`` slip."""
    at, of = kept_papers.c.printed_at, complaint_states.c
    slips = select(paper_jobs.c.job).join(complaint_states, of.act == paper_jobs.c.subject)
    unseen = slips.where(of.type.in_(hidden))
    return tuple(_kept(connection, at >= since, at < until, kept_papers.c.job.not_in(unseen)))


def erase(page: Page, subject: UUID) -> None:
    """Papers of a complaint go with what it said."""
    jobs = select(paper_jobs.c.job).where(paper_jobs.c.subject == subject)
    page.connection.execute(delete(kept_papers).where(kept_papers.c.job.in_(jobs)))


def _form(connection: Connection, paper: Paper, body: bytes) -> tuple[int, bytes]:
    """The first paper of this kind by these templates, or this one where there was none."""
    forms = paper_forms.c
    asked = select(forms.id, forms.body).where(forms.paper == str(paper), forms.template == __version__)
    row = connection.execute(asked).first()
    if row is not None:
        return row.id, _plain(row.body)
    phrases = body[-_WINDOW:]
    form = {"paper": str(paper), "template": __version__, "body": deflated(phrases, b"")}
    made = connection.execute(paper_forms.insert().returning(forms.id), form)
    return made.scalar_one(), phrases


def _kept(connection: Connection, *conditions: ColumnElement[bool]) -> Iterable[KeptPaper]:
    forms: dict[int | None, bytes] = {None: b""}
    asked = select(kept_papers).where(*conditions).order_by(kept_papers.c.id)
    for row in connection.execute(asked).all():
        if row.form not in forms:
            found = select(paper_forms.c.body).where(paper_forms.c.id == row.form)
            forms[row.form] = _plain(connection.execute(found).scalar_one())
        body = _plain(row.body, forms[row.form])
        yield KeptPaper(row.job, row.printed_at, Paper(row.paper), row.template, body)


def _plain(body: bytes, phrases: bytes = b"") -> bytes:
    try:
        return inflated(body, phrases)
    except SqueezeDamaged as fault:
        raise StoreDamaged("kept_papers") from fault
