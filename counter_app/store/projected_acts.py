"""The rows of complaints, papers, sign-ins, the clock, and of numbers that went missing."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from counter_app.domain.acts import CopyAsked, NumberGap, Paper, PaperOutcome, SignedIn, SignInRefused
from counter_app.domain.clock import ClockDecided, ClockFound
from counter_app.domain.complaint import (
    AboutComplaint,
    CallMade,
    CentralNumberNoted,
    CompensationClaimed,
    ComplaintRegistered,
    ComplaintStep,
    OutageTold,
    PictureAttached,
)
from counter_app.domain.entry import Header
from counter_app.domain.numbering import Series, hash_letters
from counter_app.domain.priority import PriorityGiven
from counter_app.store.journal import signed
from counter_app.store.projected import DoesNotFollow, add_job, at, go_on_above, take_serial
from counter_app.store.tables import (
    clock_faults,
    complaint_events,
    complaints,
    paper_jobs,
    priorities,
    sign_ins,
    tries,
)


def _number_gap(connection: Connection, _header: Header, payload: NumberGap, _: bytes) -> None:
    for series, given in payload.given.items():
        go_on_above(connection, series, given)


def _complaint_registered(
    connection: Connection, header: Header, payload: ComplaintRegistered, entry_hash: bytes
) -> None:
    take_serial(connection, Series.COMPLAINT, payload.serial)
    connection.execute(
        complaints.insert(),
        {
            "serial": payload.serial,
            "act": header.act,
            "office": payload.office,
            "counter": payload.counter,
            "letters": hash_letters(entry_hash),
            "consumer": payload.consumer,
            "mobile": payload.mobile,
            "priority": payload.priority,
            "registered_at": payload.registered_at,
        },
    )
    add_job(connection, header, CopyAsked(Paper.SLIP, header.act, payload.consumer, "", 1, ""))


def _about_complaint(connection: Connection, header: Header, payload: AboutComplaint, _: bytes) -> None:
    connection.execute(complaint_events.insert(), {"act": header.act, "complaint": payload.complaint})


def _priority_given(connection: Connection, header: Header, payload: PriorityGiven, _: bytes) -> None:
    row = {"act": header.act, "day": payload.day, "to": payload.to, "clerk": payload.clerk}
    connection.execute(priorities.insert(), row)


def _copy_asked(connection: Connection, header: Header, payload: CopyAsked, _: bytes) -> None:
    add_job(connection, header, payload)


def _paper_outcome(connection: Connection, header: Header, payload: PaperOutcome, _: bytes) -> None:
    # The run that last had a hand in it: what is under way now is not asked about before the next start.
    moved = connection.execute(
        update(paper_jobs)
        .where(paper_jobs.c.job == payload.job)
        .values(state=payload.state, printer=payload.printer, segment=signed(header.place.segment))
    )
    if moved.rowcount != 1:
        raise DoesNotFollow("no such print job")


def _signed_in(connection: Connection, header: Header, payload: SignedIn, _: bytes) -> None:
    connection.execute(delete(tries).where(tries.c.code == payload.code))
    put = insert(sign_ins).values(code=payload.code, at=at(header))
    again = put.on_conflict_do_update(index_elements=["code"], set_={"at": put.excluded.at})
    connection.execute(again)


def _sign_in_refused(connection: Connection, header: Header, payload: SignInRefused, _: bytes) -> None:
    if payload.known:
        put = insert(tries).values(code=payload.code, failed=1, last_at=at(header))
        again = {"failed": tries.c.failed + 1, "last_at": put.excluded.last_at}
        connection.execute(put.on_conflict_do_update(index_elements=["code"], set_=again))


def _clock_found(connection: Connection, header: Header, payload: ClockFound, _: bytes) -> None:
    row = {"fault": payload.fault, "seconds": payload.seconds, "found_at": at(header)}
    undecided = {"decision": "", "decided_at": None, "decided_by": ""}
    connection.execute(clock_faults.insert().values(row | undecided))


def _clock_decided(connection: Connection, header: Header, payload: ClockDecided, _: bytes) -> None:
    newest = select(func.max(clock_faults.c.id)).scalar_subquery()
    decided = update(clock_faults).where(clock_faults.c.id == newest)
    values = {"decision": payload.decision, "decided_at": at(header), "decided_by": payload.code}
    if connection.execute(decided.values(values)).rowcount != 1:
        raise DoesNotFollow("nothing was found wrong with the clock")


ACTS: dict[type[Any], Callable[[Connection, Header, Any, bytes], None]] = {
    NumberGap: _number_gap,
    ComplaintRegistered: _complaint_registered,
    ComplaintStep: _about_complaint,
    CentralNumberNoted: _about_complaint,
    OutageTold: _about_complaint,
    CompensationClaimed: _about_complaint,
    CallMade: _about_complaint,
    PictureAttached: _about_complaint,
    PriorityGiven: _priority_given,
    CopyAsked: _copy_asked,
    PaperOutcome: _paper_outcome,
    SignedIn: _signed_in,
    SignInRefused: _sign_in_refused,
    ClockFound: _clock_found,
    ClockDecided: _clock_decided,
}
