"""Files of the billing side taken in for one office: what is new or changed goes into its feed.

A file is read through once before anything is written, so one that is not what it should be changes nothing.
Then it is written in short transactions, for counters are served meanwhile; who is stopped in between takes
the same files in once more, and only what is missing is written.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from counter_app.billing import rejects
from counter_app.billing.checks import day_of, fields_of, reject_of
from counter_app.billing.columns import ColumnNames
from counter_app.billing.records import Paid, Record, Reject, Table, Value
from counter_app.billing.safe_csv import SafeCsv
from counter_app.billing.source import Source
from counter_app.central import compacting
from counter_app.central.database import Database, Row, Transaction, among, retried
from counter_app.central.enrolling import open_office
from counter_app.central.feeds import Feeds
from counter_app.central.moving import Moves, begin_anew, begun_anew, ended
from counter_app.central.tables import consumers, imports, known
from counter_app.domain.acts import FileKind, FileTaken
from counter_app.domain.bill import Bill
from counter_app.domain.consumer import Consumer, completed
from counter_app.domain.days import from_millis, known_up_to, to_millis
from counter_app.domain.network import Asset, Shutdown
from counter_app.domain.office import Duty, Officer
from counter_app.wire.bodies import (
    Assets,
    Bills,
    Body,
    Consumers,
    DuesAsOf,
    Officers,
    PaidElsewhere,
    Payments,
    Roster,
    Shutdowns,
    item,
)

Kept = Consumer | Bill | PaidElsewhere | Officer | Asset | Shutdown | Duty
"""What of a row is kept and told."""

CHUNK = 1000
MOST_ONE_BY_ONE = 500
"""Consumers that move to an office in one import; of more a snapshot tells, not the feed."""

MOST_IN_BODY = 56 * 1024
"""Bytes of the values in one body; the whole of it is at most 64 KiB."""

_KNOWN = select(known.c.key, known.c.body).where(
    known.c.kind == bindparam("kind"), among(known.c.key, "keys")
)
_CHANGE = (
    update(known)
    .where(known.c.kind == bindparam("which"), known.c.key == bindparam("at"))
    .values(body=bindparam("now"))
)
_OF_CONSUMERS = (FileKind.BILLS, FileKind.PAYMENTS)
_AS_OF = (
    insert(known)
    .values(kind="dues as of", key=bindparam("office"), consumer="", body=bindparam("day"))
    .on_conflict_do_update(index_elements=["kind", "key"], set_={"body": bindparam("day")})
)
_NEWEST = select(known.c.body).where(known.c.kind == "dues as of", known.c.key == bindparam("office"))
_OF_OFFICE = select(consumers.c.consumer).where(consumers.c.office == bindparam("office"))


@dataclass(slots=True)
class _Counts:
    """What became of a file's rows so far."""

    read: int = 0
    rejected: int = 0
    taken: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Imported:
    """What became of each file, the first rows that were not taken, and how many consumers moved here."""

    files: list[FileTaken] = field(default_factory=list)
    rejects: list[tuple[FileKind, Reject]] = field(default_factory=list)
    moved: int = 0


def take(
    database: Database,
    office: str,
    files: Mapping[FileKind, Path],
    names: ColumnNames,
    rejected: Path | None,
    today: date,
    now_ms: int,
) -> Imported:
    """Take files in, in the order of their kinds; rows that cannot be go to ``rejected``.

    ``OfficeCodeWrong``, ``Unavailable``, and why a file is none.
    """
    rejects.refuse_to_overwrite(files.values(), rejected)
    named: set[str] = set()
    for kind in files:
        with closing(Source(files[kind])) as source:
            for record in Table(kind, source, names.get(kind, {})).records():
                if kind is FileKind.CONSUMERS and isinstance(record, Record):
                    named.add(_number(record.value))
    retried(database, lambda transaction: open_office(transaction, office))
    at_once = retried(database, lambda t: begin_anew(t, office, sorted(named), MOST_ONE_BY_ONE))
    found = retried(database, lambda transaction: transaction.rows(_OF_OFFICE, {"office": office}))
    with ExitStack() as opened:
        out = opened.enter_context(SafeCsv(rejected)) if rejected else None
        intake = _Intake(database, office, today, out, {one for (one,) in found}, at_once=at_once)
        for kind in FileKind:
            if kind in files:
                source = opened.enter_context(closing(Source(files[kind])))
                intake.take(Table(kind, source, names.get(kind, {})), now_ms)
        intake.tell_dues_as_of(from_millis(now_ms))
        if out:
            out.keep()
    if at_once:
        retried(database, lambda transaction: begun_anew(transaction, office))
        compacting.make(database, office, now_ms)
        retried(database, lambda transaction: ended(transaction, office))
    return intake.made


class _Intake:
    """One run for one office."""

    def __init__(
        self,
        database: Database,
        office: str,
        today: date,
        out: SafeCsv | None,
        here: set[str],
        *,
        at_once: bool,
    ) -> None:
        self._database, self._office, self._today, self._out, self._here = database, office, today, out, here
        self._at_once = at_once
        self.made = Imported()
        self._newest: date | None = None

    def take(self, table: Table, now_ms: int) -> None:
        """All rows of a file, and the note that it was taken."""
        counts, chunk = _Counts(), list[Value]()
        if self._out:
            rejects.begin(self._out, table)
        for record in table.records():
            counts.read += 1
            why = reject_of(table, record, self._today, self._here.__contains__)
            if why is not None:
                counts.rejected += 1
                self._note(table, why)
            elif isinstance(record, Record):
                chunk.append(record.value)
                self._newest = max(filter(None, (self._newest, day_of(record.value)[0])), default=None)
                if len(chunk) == CHUNK:
                    self._put(table, chunk, counts)
                    chunk.clear()
        self._put(table, chunk, counts)
        source = table.source
        taken = FileTaken(
            table.kind, source.name, source.sha256,
            counts.read, counts.taken, counts.changed, counts.unchanged, counts.rejected,
        )  # fmt: skip
        row = (
            self._office, now_ms, str(taken.kind), taken.name, taken.sha256,
            taken.read, taken.taken, taken.changed, taken.unchanged, taken.rejected,
        )  # fmt: skip
        retried(self._database, lambda transaction: transaction.fill(imports, [row]))
        self.made.files.append(taken)

    def tell_dues_as_of(self, at: datetime) -> None:
        """Tell the office up to when dues are known now; nothing when the files said nothing new."""
        newest = self._newest
        if newest is None:
            return
        new = any(one.taken or one.changed for one in self.made.files if one.kind in _OF_CONSUMERS)

        def tell(transaction: Transaction) -> None:
            told = [body.decode() for (body,) in transaction.rows(_NEWEST, {"office": self._office})]
            if max(told, default="") < newest.isoformat() or (new and told == [newest.isoformat()]):
                transaction.do(_AS_OF, {"office": self._office, "day": newest.isoformat().encode()})
                feeds, as_of = Feeds(transaction), to_millis(known_up_to(newest, at))
                feeds.publish(self._office, item(DuesAsOf(as_of)), self._office)
                feeds.write()

        retried(self._database, tell)

    def _note(self, table: Table, reject: Reject) -> None:
        if len(self.made.rejects) < rejects.SHOWN:
            self.made.rejects.append((table.kind, reject))
        if self._out:
            rejects.write(self._out, table, reject)

    def _put(self, table: Table, chunk: Sequence[Value], counts: _Counts) -> None:
        taken, changed, moved = retried(
            self._database, lambda transaction: self._written(transaction, table, chunk)
        )
        self.made.moved += moved
        counts.taken += taken
        counts.changed += changed
        counts.unchanged += len(chunk) - taken - changed
        if table.kind is FileKind.CONSUMERS:
            self._here.update(_number(value) for value in chunk)

    def _written(
        self, transaction: Transaction, table: Table, chunk: Sequence[Value]
    ) -> tuple[int, int, int]:
        """Write what is new and changed and tell the office; how many of both, and how many moved here."""
        kind, feeds = str(table.kind), Feeds(transaction)
        moves, arrived, unknown = Moves(transaction, feeds, self._at_once), set[str](), set[str]()
        if table.kind is FileKind.CONSUMERS:
            arrived, unknown = moves.to(self._office, list(map(_number, chunk)))
        keys = [_key(self._office, value) for value in chunk]
        here: dict[str, bytes] = dict(transaction.rows(_KNOWN, {"kind": kind, "keys": keys}))
        new: dict[str, Row] = {}
        changes: dict[str, bytes] = {}
        said: dict[str, tuple[Kept, int]] = {}
        for key, value in zip(keys, _completed(table, chunk, keys, here), strict=True):
            body, number = msgspec.json.encode(value), _number(value)
            if here.get(key) == body and number not in arrived:
                continue
            if key not in here or key in new:
                new[key] = kind, key, number, body
            elif here[key] != body:
                changes[key] = body
            here[key] = body
            said[key] = value, len(body)
        transaction.fill(known, list(new.values()))
        for key, body in changes.items():
            transaction.do(_CHANGE, {"which": kind, "at": key, "now": body})
        for body_of_many in _bodies(table.kind, said.values()) if not self._at_once else ():
            feeds.publish(self._office, item(body_of_many), self._office)
        moves.tell(self._office, arrived, unknown)
        feeds.write()
        return len(new), len(changes), len(arrived)


def _completed(
    table: Table, chunk: Sequence[Value], keys: Sequence[str], here: Mapping[str, bytes]
) -> Iterator[Kept]:
    """The values as they are kept: payments as the counters read them, consumers with what was known in the
    columns that the file does not have.
    """
    unsaid = fields_of(table.unsaid) if table.kind is FileKind.CONSUMERS else frozenset()
    for key, value in zip(keys, chunk, strict=True):
        if unsaid and key in here and isinstance(value, Consumer):
            value = completed(value, msgspec.json.decode(here[key], type=Consumer), unsaid)
        yield PaidElsewhere(*value) if isinstance(value, Paid) else value


def _number(value: Value | Kept) -> str:
    """Of which consumer a value is; empty for those that are of none."""
    return value.number if isinstance(value, Consumer) else getattr(value, "consumer", "")


def _key(office: str, value: Value) -> str:
    """What a value replaces: that of the same kind and key."""
    match value:
        case Bill(consumer=consumer, month=month):
            return f"{consumer} {month}"
        case Paid(consumer=consumer, on=on, channel=channel, reference=reference):
            return f"{consumer} {on} {channel} {reference}"
        case Officer(post=post, category=category, group=group):
            return f"{office} {post} {category} {group}"
        case Asset(kind=what, code=code):
            return f"{office} {what} {code}"
        case Shutdown(line=line, since=since):
            return f"{office} {line} {to_millis(since)}"
        case Duty(post=post, category=category, group=group, since=since):
            return f"{office} {post} {category} {group} {to_millis(since)}"
    return value.number


def _bodies(kind: FileKind, said: Any) -> Iterator[Body]:
    """The values in bodies of a size that fits."""
    gathered, size = list[Any](), 0
    for value, length in said:
        if gathered and size + length > MOST_IN_BODY:
            yield _body(kind, tuple(gathered))
            gathered, size = [], 0
        gathered.append(value)
        size += length + 1
    if gathered:
        yield _body(kind, tuple(gathered))


def _body(kind: FileKind, values: tuple[Any, ...]) -> Body:
    match kind:
        case FileKind.CONSUMERS:
            return Consumers(values)
        case FileKind.BILLS:
            return Bills(values)
        case FileKind.PAYMENTS:
            return Payments(values)
        case FileKind.OFFICERS:
            return Officers(values)
        case FileKind.SHUTDOWNS:
            return Shutdowns(values)
        case FileKind.ROSTER:
            return Roster(values)
    return Assets(values)
