"""What is held: shown to whoever looks after the centre, and tried again when its cause may have gone."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from counter_app import __version__
from counter_app.central.database import Transaction
from counter_app.central.tables import devices, entries, facts, held
from counter_app.domain.central_refusals import HeldUnknown
from counter_app.domain.entry import Entry, Header
from counter_app.wire.messages import Reason

FEWEST_DIGITS = 8

_PLACE = ("office", "device", "segment", "seq", "hash")
_AT = tuple(held.c[name] == bindparam(name) for name in _PLACE)
_STORED = tuple(entries.c[name] == held.c[name] for name in _PLACE)
_HELD = (
    select(
        held.c.office, devices.c.counter, held.c.device, held.c.segment, held.c.seq, held.c.hash,
        held.c.reason, entries.c.header, entries.c.received_ms,
    )
    .where(*_STORED, devices.c.device == held.c.device)
    .order_by(entries.c.received_ms, held.c.device, held.c.segment, held.c.seq)
)  # fmt: skip
# Held until the commit, so that nobody else tries the same one meanwhile.
_ENTRY = (
    select(entries.c.header, entries.c.payload, entries.c.salt, entries.c.signature)
    .where(*_AT, *_STORED)
    .with_for_update(of=held)
)
_TRIED_BY = select(facts.c.value).where(facts.c.name == "tried_by")
_TRIED = insert(facts).values(name="tried_by", value=bindparam("program"))
_TRIED = _TRIED.on_conflict_do_update(index_elements=["name"], set_={"value": _TRIED.excluded.value})


@dataclass(frozen=True, slots=True)
class Held:
    """An entry that is held. ``kind`` is the number of what it records; ``received_ms`` UTC."""

    office: str
    counter: int
    device: bytes
    segment: bytes
    seq: int
    hash: bytes
    reason: Reason
    kind: int
    received_ms: int


def all_held(transaction: Transaction) -> list[Held]:
    """Everything that is held, what came first before."""
    return [
        Held(office, counter, device, segment, seq, one, Reason(reason), Header.unpacked(header).kind, at_ms)
        for office, counter, device, segment, seq, one, reason, header, at_ms in transaction.rows(_HELD, {})
    ]


def held_named(transaction: Transaction, named: list[str]) -> list[Held]:
    """Those whose hashes begin with these texts. ``HeldUnknown``: one leads to none, or to several."""
    everything = all_held(transaction)
    found = []
    for text in named:
        those = [one for one in everything if one.hash.hex().startswith(text.lower())]
        if len(text) < FEWEST_DIGITS or len(those) != 1:
            raise HeldUnknown(text)
        found += those
    return found


def entry_of(transaction: Transaction, one: Held) -> Entry | None:
    """A held entry as it came; None when it is held no more."""
    found = transaction.rows(_ENTRY, {name: getattr(one, name) for name in _PLACE})
    return Entry(*found[0]) if found else None


def is_tried(transaction: Transaction) -> bool:
    """Whether this program, or a newer one, has tried what is held already."""
    found = transaction.rows(_TRIED_BY, {})
    return bool(found) and _age(found[0][0]) >= _age(__version__)


def note_tried(transaction: Transaction) -> None:
    """This program has tried it."""
    transaction.do(_TRIED, {"program": __version__})


def _age(program: str) -> tuple[int, ...]:
    """Versions in their order: "0.10.2" is newer than "0.9"."""
    return tuple(int(part) for part in program.split(".") if part.isdecimal())
