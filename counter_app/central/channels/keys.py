"""The keys by which channels are known. A key is shown once, when it is made; only its hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import bindparam, select, update

from counter_app.central.database import Transaction
from counter_app.central.tables import channel_keys
from counter_app.domain.central_refusals import ChannelKeyMissing, KeyElsewhere, KeyNotGood
from counter_app.domain.channel import Channel
from counter_app.domain.text import clean_text

LONGEST_NAME = 80
SECRET_BYTES = 32
_MARK = "ck_"

_KEY = select(channel_keys).where(channel_keys.c.key_hash == bindparam("key_hash"))
_ALL = select(channel_keys).order_by(channel_keys.c.channel, channel_keys.c.made_ms)
_REVOKE = (
    update(channel_keys)
    .where(channel_keys.c.identity == bindparam("which"), channel_keys.c.revoked_ms.is_(None))
    .values(revoked_ms=bindparam("now_ms"))
)
_THERE = select(channel_keys.c.channel).where(channel_keys.c.identity == bindparam("which"))


@dataclass(frozen=True, slots=True)
class ChannelKey:
    """A key as it is kept. ``offices`` is empty for all of them; ``per_s`` requests a second are agreed."""

    key: UUID
    channel: Channel
    name: str
    offices: tuple[str, ...]
    per_s: int
    made_ms: int
    revoked_ms: int | None

    def reaches(self, office: str) -> bool:
        """Whether it opens an office."""
        return not self.offices or office in self.offices


def new_key(
    transaction: Transaction, channel: Channel, name: str, offices: tuple[str, ...], per_s: int, now_ms: int
) -> tuple[UUID, str]:
    """Make a key: its identity, and the key itself, which nobody can be told again."""
    secret = _MARK + secrets.token_urlsafe(SECRET_BYTES)
    key = uuid4()
    row = (
        hashed(secret), key.bytes, str(channel), clean_text(name, LONGEST_NAME), " ".join(sorted(offices)),
        per_s, now_ms, None,
    )  # fmt: skip
    transaction.fill(channel_keys, [row])
    return key, secret


def all_keys(transaction: Transaction) -> list[ChannelKey]:
    """Every key, by channel and age."""
    return [_read(*row) for row in transaction.rows(_ALL, {})]


def revoke(transaction: Transaction, key: UUID, now_ms: int) -> Channel:
    """End a key, from the next request on; whose it was. ``ChannelKeyMissing``."""
    found = transaction.rows(_THERE, {"which": key.bytes})
    if not found:
        raise ChannelKeyMissing
    transaction.do(_REVOKE, {"which": key.bytes, "now_ms": now_ms})
    return Channel(found[0][0])


def hashed(secret: str) -> bytes:
    """What is kept of a key. It is drawn at random, so a plain hash gives nothing away."""
    return hashlib.sha256(b"counter channel\0" + secret.encode()).digest()


def known_key(transaction: Transaction, key_hash: bytes, channel: Channel) -> ChannelKey:
    """The good key of a channel. ``KeyNotGood``, ``KeyElsewhere``."""
    found = transaction.rows(_KEY, {"key_hash": key_hash})
    key = _read(*found[0]) if found else None
    if key is None or key.revoked_ms is not None:
        raise KeyNotGood
    if key.channel is not channel:
        raise KeyElsewhere
    return key


def _read(
    _: bytes, key: bytes, channel: str, name: str, offices: str, per_s: int, made: int, revoked: int | None
) -> ChannelKey:
    named = UUID(bytes=bytes(key))
    return ChannelKey(named, Channel(channel), name, tuple(offices.split()), per_s, made, revoked)
